"""Nothing that a workspace, a manifest or an argument holds can steer the terminal."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import papergen
from papergen.cli.marks import visible
from tests.support.commands import invoke
from tests.support.orchard import FILES, FOLDER, MEETING, PAGE, Orchard

ESCAPE = "\x1b]0;taken\x07\x1b[31m"
TURNED = "\u202egnp.exe"
STEERING = "\x1b\x07\x08\r\x9b\x90\u202e\u2066\u200f\u2028"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    Orchard(tmp_path)
    return tmp_path


def told(workspace: Path, *arguments: str) -> str:
    done = invoke(*arguments, "-w", str(workspace))
    output = done.stdout + done.stderr
    assert not set(STEERING) & set(output), repr(output)
    return output


@pytest.mark.parametrize("folder", [f"{FOLDER}/report", "content", FOLDER, "content/data", "templates"])
def test_names_of_files_are_shown(folder: str, workspace: Path) -> None:
    (workspace / folder).mkdir(exist_ok=True)
    for name in (f"05-{ESCAPE}.md", f"06-{TURNED}.md", "07-a\nforged.md W101 line", "08-\x9b31m.md"):
        (workspace / folder / name).write_text("x", encoding="utf-8")
    output = told(workspace, "check")
    assert not any(line.startswith("forged.md") for line in output.splitlines())


def test_a_name_that_is_no_text_is_shown(workspace: Path) -> None:
    Path(os.fsdecode(os.fsencode(workspace / FOLDER / "report") + b"/05-\xff\x9b.md")).write_bytes(b"x")
    assert "05-" in told(workspace, "check")


def test_keys_and_expressions_are_shown(workspace: Path) -> None:
    panel = workspace / "content" / "panel.yaml"
    panel.write_text(f'{FILES["content/panel.yaml"]}"\\e]0;taken\\a": 1\n"\\u202eabc": 1\n', encoding="utf-8")
    output = told(workspace, "check")
    assert "␛]0;taken" in output
    panel.write_text(FILES["content/panel.yaml"], encoding="utf-8")
    page = workspace / PAGE
    page.write_text(FILES[PAGE] + '\n{{ meeting["\\x1b[31m"] }} and {{ meeting["\\u202ex"] }}\n', encoding="utf-8")
    assert "V102" in told(workspace, "check")


def test_the_names_in_a_manifest_are_shown(workspace: Path) -> None:
    told(workspace, "build", "--only", "html", "-q")
    folder = workspace / "output" / MEETING / "partial"
    record = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    record["outputs"][0]["name"] = f"a{ESCAPE}.html"
    record["outputs"][1]["name"] = "b\nIdentical: the 9 files"
    (folder / "manifest.json").write_text(json.dumps(record), encoding="utf-8")
    output = told(workspace, "verify", str(folder))
    assert "taken" in output
    assert not any(line.startswith("Identical") for line in output.splitlines())


RUN_EACH = """
import json, os, sys
import papergen.commands.build, papergen.commands.check
from papergen.cli.app import main
for arguments in json.loads(sys.argv[1]):
    if not os.fork():
        sys.argv = ["papergen", *arguments]
        main()
    print("ended with", os.waitstatus_to_exitcode(os.wait()[1]), flush=True)
"""


@pytest.mark.slow
def test_arguments_are_shown(workspace: Path) -> None:
    arguments = [
        ["check", f"--{ESCAPE}"],
        ["check", ESCAPE],
        ["check", MEETING, ESCAPE],
        ["check", "--format", ESCAPE],
        [ESCAPE],
        ["explain", ESCAPE],
        ["init", f"{ESCAPE}/a\x00b".replace("\x00", "")],
        ["verify", TURNED],
        ["data", "import", ESCAPE, "--into", "x.csv"],
        ["figures", "--why", TURNED],
    ]
    done = subprocess.run(
        [sys.executable, "-c", RUN_EACH, json.dumps(arguments)],
        capture_output=True,
        text=True,
        check=False,
        cwd=workspace,
        env={**os.environ, "COLUMNS": "200", "NO_COLOR": "1"},
    )
    output = done.stdout + done.stderr
    assert not set(STEERING) & set(output), repr(output)
    ended = [line for line in done.stdout.splitlines() if line.startswith("ended with ")]
    assert len(ended) == len(arguments)
    assert set(ended) <= {f"ended with {code}" for code in (0, 1, 2)}


def test_a_list_of_figures_is_as_plain(workspace: Path) -> None:
    page = workspace / PAGE
    page.write_text(FILES[PAGE].replace("There were", f"{TURNED} There were 31 and"), encoding="utf-8")
    told(workspace, "figures")
    told(workspace, "figures", "--csv")
    told(workspace, "figures", "--why", "31")


@given(st.text())
def test_whatever_is_shown_steers_nothing_and_words_stay(text: str) -> None:
    shown = visible(text, keep="")
    assert not set(STEERING) & set(shown)
    shown.encode()
    assert visible(shown, keep="") == shown
    if text.isalnum():
        assert shown == text


def test_what_people_write_stays_as_it_is() -> None:
    words = "Ynys Môn – £1.4\u00a0million, “naïve” co\u00adoperation, 👩\u200d⚖️ 山"
    assert visible(words) == words


@pytest.mark.slow
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&- <&-"])
def test_streams_that_are_closed_change_nothing(closed: str, tmp_path: Path) -> None:
    done = subprocess.run(
        ["sh", "-c", f'exec "$0" -m papergen explain C403 {closed}', sys.executable],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(papergen.__file__).parent.parent)},
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert ("C403" in done.stdout) is (closed == "2>&-")
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_a_full_disk_under_the_log_is_not_told_of_the_papers(workspace: Path) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "papergen", "build", "--only", "html", "-w", str(workspace)],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert "cannot be printed: no space left on device" in done.stderr
    assert "O101" not in done.stderr
