"""Reading and checking a meeting again and again in one process, after a word of one file was changed each time.

python -m bench.warm WORKSPACE MEETING FILE RESULT      writes [{"wall": …, "cpu": …}, …] to RESULT
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import replace
from pathlib import Path

from bench.change import change_word
from papergen.commands.check import check_meeting
from papergen.commands.steps import assemble, open_meeting
from papergen.diagnostics import Diagnostics
from papergen.session import Session
from papergen.world import World

TIMES = 3


def opened(root: Path, meeting: str) -> Session:
    """The settings and data of the meeting, which stay while the text of its files changes."""
    session = open_meeting(World(root, Diagnostics()), meeting)
    if session is None:
        raise SystemExit("the settings of the meeting could not be read")
    return session


def read_and_check(session: Session) -> None:
    """What a change of words costs before anything is written."""
    check_meeting(assemble(replace(session, world=World(session.world.root, Diagnostics()))))


def main(root: Path, meeting: str, file: Path, result: Path) -> None:
    """Read and check once to get warm, then measure."""
    session = opened(root, meeting)
    read_and_check(session)
    costs = []
    for _ in range(TIMES):
        change_word(file)
        wall, cpu = time.perf_counter(), time.process_time()
        read_and_check(session)
        costs.append({"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu})
    result.write_text(json.dumps(costs), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]))
