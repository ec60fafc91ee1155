"""How far a build is: a bar on a terminal, a line a step in a log."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from papergen.session import share_done
from tests.support.five_sections import FILES
from tests.support.small import MEETING, lay_down

STEPS = ("Mark", "Read", "Bind", "Assemble", "Draw", "Check", "Write", "Seal")


def test_each_step_is_further_than_the_one_before() -> None:
    shares = [share_done(step) for step in STEPS]
    assert shares == sorted(set(shares))
    assert shares[0] == 0
    assert shares[-1] < 1


@pytest.mark.slow
def test_a_terminal_shows_a_bar_with_the_step(tmp_path: Path) -> None:
    root = lay_down(tmp_path, FILES)
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "papergen", "build", MEETING, "--only", "html", "--workspace", str(root)],
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "100"},
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            more = os.read(ours, 1 << 16)
        except OSError:  # the terminal ends with its process
            break
        if not more:
            break
        shown += more
    os.close(ours)
    assert process.wait(60) == 0
    text = shown.decode()
    assert "━" in text
    assert "%" in text
    assert any(f"{step}: " in text for step in STEPS)
