"""What a killed process leaves goes with the next build, and a fault tells nothing of the machine."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

import papergen
from papergen.cli.fault import fault_report
from papergen.work.scratch import PREFIX, clear
from tests.support.orchard import Orchard

pytestmark = pytest.mark.slow

SOURCE = Path(papergen.__file__).resolve().parent.parent


def build(workspace: Path, temporary: Path, *more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "papergen", "build", "-w", str(workspace), *more],
        env={**os.environ, "TMPDIR": str(temporary), "PYTHONPATH": str(SOURCE)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=workspace,
    )


def test_nothing_is_left_of_a_killed_build_after_the_next(tmp_path: Path) -> None:
    workspace, temporary = tmp_path / "workspace", tmp_path / "temporary"
    Orchard(workspace)
    temporary.mkdir()
    killed = build(workspace, temporary)
    until = time.monotonic() + 60
    while not list(temporary.rglob("*/weasyprint-*")) and killed.poll() is None and time.monotonic() < until:
        time.sleep(0.005)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    left = list(temporary.iterdir())
    assert left
    assert all(each.name.startswith(PREFIX) for each in left)
    (temporary / "mine").mkdir()
    done = build(workspace, temporary)
    _, told = done.communicate()
    assert done.returncode == 0, told
    assert "Exception ignored" not in told
    assert [each.name for each in temporary.iterdir()] == ["mine"]


def test_what_is_in_use_or_is_no_such_folder_is_left_alone(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "letter.txt").write_bytes(b"mine")
    place = tmp_path / "temporary"
    place.mkdir()
    (place / f"{PREFIX}link").symlink_to(outside)
    (place / f"{PREFIX}file").write_bytes(b"mine")
    code = (
        "import sys, tempfile; tempfile.tempdir = sys.argv[1]\n"
        "from papergen.work.scratch import use_scratch\n"
        "use_scratch(); print(tempfile.gettempdir(), flush=True); sys.stdin.read()\n"
    )
    busy = subprocess.Popen(
        [sys.executable, "-c", code, str(place)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
    )
    assert busy.stdout is not None
    folder = Path(busy.stdout.readline().strip())
    clear(place)
    assert folder.is_dir()
    assert (place / f"{PREFIX}file").read_bytes() == b"mine"
    busy.kill()
    busy.communicate()
    clear(place)
    assert not folder.exists()
    assert (outside / "letter.txt").read_bytes() == b"mine"


@pytest.mark.parametrize("words", [str(SOURCE), str(Path.home()), sys.prefix, sys.base_prefix, tempfile.gettempdir()])
def test_the_report_of_a_fault_names_no_path_of_the_machine(words: str, tmp_path: Path) -> None:
    try:
        raise FileNotFoundError(2, "No such file or directory", f"{words}/content/a.md")
    except FileNotFoundError as problem:
        report = fault_report(problem)
    assert "FileNotFoundError" in report
    assert "tests/attacks/test_leftovers.py" in report
    assert f"{words}/" not in report
    assert str(tmp_path) not in report


def test_a_fault_is_kept_beside_a_link_and_not_through_it(tmp_path: Path) -> None:
    Orchard(tmp_path / "workspace")
    letter = tmp_path / "letter.txt"
    letter.write_bytes(b"mine")
    (tmp_path / "workspace" / "papergen-fault.txt").symlink_to(letter)
    code = (
        "import sys\nfrom papergen.workspace import settings\nfrom papergen.cli.app import main\n"
        "def fail(*_): raise RuntimeError(sys.prefix + '/x')\n"
        "settings.meetings = fail\nsys.argv = ['papergen', 'check']\nmain()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path / "workspace",
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert letter.read_bytes() == b"mine"
    assert done.returncode == 3, done.stderr
    assert sys.prefix not in done.stderr


def test_a_module_of_the_folder_one_works_in_is_not_taken_for_a_library(tmp_path: Path) -> None:
    Orchard(tmp_path)
    for name in ("typer", "rich", "jinja2"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('taken')\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "papergen", "--version"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "taken" not in done.stderr
    assert done.returncode == 0, done.stderr
