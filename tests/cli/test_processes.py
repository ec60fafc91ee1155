"""The command as a process: in a log, in a pipe whose reader goes away, and interrupted."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from papergen.cli.exits import WRONG_USE
from papergen.session import read_step, share_done
from tests.support.builds import REPOSITORY, starter

pytestmark = pytest.mark.slow

MEETING = "2026-03-12"


def papergen(*arguments: str, at: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "papergen", *arguments],
        cwd=at,
        env={**os.environ, "COLUMNS": "80", "PYTHONPATH": str(REPOSITORY)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@dataclass(frozen=True)
class Logged:
    """A workspace that was built once by a process, and what that printed."""

    workspace: Path
    printed: str
    errors: str
    code: int


@pytest.fixture(scope="module")
def logged(tmp_path_factory: pytest.TempPathFactory) -> Logged:
    folder = tmp_path_factory.mktemp("processes")
    workspace = starter(folder / "panel")
    process = papergen("build", "--jobs", "1", "--cache", str(folder / "kept"), at=workspace)
    printed, errors = process.communicate(timeout=120)
    return Logged(workspace, printed, errors, process.returncode)


def listing(folder: Path) -> set[str]:
    return {str(file.relative_to(folder)) for file in folder.rglob("*")}


def test_a_log_has_plain_lines_and_ends_with_a_table(logged: Logged) -> None:
    assert logged.code == 0, logged.errors
    assert "\x1b" not in logged.printed + logged.errors
    lines = logged.printed.splitlines()
    assert lines[0].startswith("Read: ")
    shares = [share_done(told[0]) for line in lines if (told := read_step(line))]
    assert shares == sorted(shares)
    assert {"Draw: 1 chart", "Seal: putting 7 files in place"} <= set(lines)
    assert lines.count("Write: panel-report: pages") == lines.count("Write: panel-report.html") == 1
    table = [line.split() for line in lines if ".docx" in line and "kB" in line]
    assert [row[0] for row in table] == ["panel-report.docx", "appendix-a.docx"]
    assert all(int(row[1]) >= 1 for row in table)
    assert max(len(line) for line in lines if "kB" in line) <= 80
    assert f"What the papers were made from is in output/{MEETING}/manifest.json." in lines


def test_a_wrong_value_of_an_option_is_told_in_plain_words(tmp_path: Path) -> None:
    process = papergen("build", "--only", "word", at=tmp_path)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == WRONG_USE
    assert "'word' is not one of" in errors
    assert "Value error" not in errors


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["explain"], 0),
        (["--help"], 0),
        (["figures", "--csv"], 0),
        (["check", "--format", "json", "--jobs", "1"], 0),
        (["explain", "C1O1"], WRONG_USE),
    ],
)
def test_a_command_goes_on_to_its_end_when_nobody_reads(arguments: list[str], code: int, logged: Logged) -> None:
    with papergen(*arguments, at=logged.workspace) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        errors = process.stderr.read()
    assert "Traceback" not in errors
    assert process.returncode == code, errors
    assert not (logged.workspace / "papergen-fault.txt").exists()


@pytest.mark.parametrize("delay", [0.3, 1.5])
def test_ctrl_c_leaves_the_last_papers_and_no_traceback(delay: float, logged: Logged) -> None:
    workspace = logged.workspace
    before = listing(workspace / "output")
    process = papergen("build", at=workspace)
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(delay)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert "Traceback" not in errors
    if process.returncode:
        assert process.returncode == 130
        assert "Stopped" in errors
    after = listing(workspace / "output")
    assert after == before
    assert not [name for name in after if name.startswith(".2026") and not name.endswith(".lock")]
