"""Processes that share the work: what they do is what is done here, and none outlives its block."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from papergen.files import LinkError
from papergen.work import processes
from papergen.work.helpers import Helpers, Partner
from papergen.work.processes import no_preparation

pytestmark = pytest.mark.slow

REPOSITORY = Path(__file__).resolve().parents[2]
"""Not from ``support``, which every process here would load with all that it needs."""


def process() -> int:
    return os.getpid()


def doubled(number: int) -> int:
    return 2 * number


def divided(number: int) -> float:
    return 1 / number


def lost_elsewhere(home: int) -> str:
    """Ends the process that it runs in, unless that is the one at home."""
    if os.getpid() != home:
        os.kill(os.getpid(), signal.SIGKILL)
    return "done here"


def asleep(started: str) -> None:
    Path(started).touch()
    signal.pause()


def test_work_is_done_elsewhere_and_its_results_come_in_order() -> None:
    with Helpers(2) as helpers:
        waiting = [helpers.submit(doubled, number) for number in range(20)]
        assert [result() for result in waiting] == [2 * number for number in range(20)]
        assert helpers.submit(process)() != os.getpid()


def test_without_helpers_work_is_done_here() -> None:
    with Helpers() as helpers:
        assert helpers.submit(process)() == os.getpid()


def be_ready() -> None:
    os.environ["READY"] = "yes"


def readiness() -> str:
    return os.environ.get("READY", "no")


def test_helpers_begin_with_what_they_need_and_without_the_program_that_runs_here(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys.modules["__main__"], "__file__", __file__, raising=False)
    with Helpers(1, be_ready) as helpers:
        helpers.start()
        assert helpers.submit(readiness)() == "yes"
        assert helpers.submit(program)() == ""
    assert program() == __file__


def program() -> str:
    """The file of the program that a process runs."""
    return str(getattr(sys.modules["__main__"], "__file__", None) or "")


def test_what_goes_wrong_elsewhere_goes_wrong_here() -> None:
    with Helpers(1) as helpers, pytest.raises(ZeroDivisionError):
        helpers.submit(divided, 0)()


def test_what_a_lost_process_had_still_to_do_is_done_here() -> None:
    with Helpers(1) as helpers:
        assert helpers.submit(lost_elsewhere, os.getpid())() == "done here"


def stopped_while_a_helper_sleeps(started: Path) -> None:
    with Helpers(1) as helpers:
        helpers.submit(asleep, str(started))
        while not started.exists():
            pass
        raise KeyboardInterrupt


def test_no_process_outlives_a_block_that_was_stopped(tmp_path: Path) -> None:
    before = {*multiprocessing.active_children()}
    with pytest.raises(KeyboardInterrupt):
        stopped_while_a_helper_sleeps(tmp_path / "started")
    assert {*multiprocessing.active_children()} <= before


def test_a_block_ends_without_waiting_for_work_that_nobody_asked_after(tmp_path: Path) -> None:
    before = {*multiprocessing.active_children()}
    with Helpers(1) as helpers, Partner(no_preparation) as partner:
        helpers.submit(asleep, str(tmp_path / "helper"))
        partner.begin(asleep_over_it, str(tmp_path / "partner"))
        while not ((tmp_path / "helper").exists() and (tmp_path / "partner").exists()):
            time.sleep(0.01)
    assert {*multiprocessing.active_children()} <= before


def asleep_over_it(started: str) -> Generator[None, None, None]:
    asleep(started)
    yield


def in_parts(number: int, home: int, lost_before: str) -> Generator[int, int, tuple[int, bool]]:
    """Ends its process before one of its two answers, unless that is the one at home."""
    is_home = os.getpid() == home
    if lost_before == "part" and not is_home:
        os.kill(os.getpid(), signal.SIGKILL)
    times = yield number
    if lost_before == "result" and not is_home:
        os.kill(os.getpid(), signal.SIGKILL)
    if lost_before == "error":
        raise ZeroDivisionError
    return times * number, is_home


@pytest.mark.parametrize(("lost_before", "is_done_here"), [("nothing", False), ("part", True), ("result", True)])
def test_work_tells_of_a_part_first_and_is_done_here_where_its_process_is_lost(
    lost_before: str, is_done_here: bool
) -> None:
    with Partner(no_preparation) as partner:
        talk = partner.begin(in_parts, 3, os.getpid(), lost_before)
        talk.give(2)
        assert talk.part() == 3
        assert talk.result() == (6, is_done_here)


def test_without_a_process_work_in_parts_is_done_here_and_what_goes_wrong_there_goes_wrong_here() -> None:
    talk = Partner().begin(in_parts, 3, os.getpid(), "nothing")
    assert talk.part() == 3
    talk.give(2)
    assert talk.result() == (6, True)
    with Partner(no_preparation) as partner:
        talk = partner.begin(in_parts, 3, os.getpid(), "error")
        assert talk.part() == 3
        talk.give(2)
        with pytest.raises(ZeroDivisionError):
            talk.result()


KILLED = """
import os, signal
from papergen.files import LinkError
from papergen.work import processes
from papergen.work.helpers import Helpers, Partner
from papergen.work.processes import no_preparation
from tests.work.test_helpers import process

if __name__ == "__main__":
    with Helpers(1) as helpers:
        print(helpers.submit(process)(), flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
"""


def test_no_process_outlives_one_that_was_killed(tmp_path: Path) -> None:
    script = tmp_path / "killed.py"
    script.write_text(KILLED, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run(
        [sys.executable, script], env=environment, stdout=subprocess.PIPE, text=True, timeout=60, check=False
    )
    assert done.returncode == -signal.SIGKILL
    helper = Path("/proc", done.stdout.strip())
    for _ in range(100):
        if not helper.exists():
            break
        time.sleep(0.1)
    assert not helper.exists()


def no_room(*_arguments: object, **_named: object) -> None:
    raise BlockingIOError("no more processes")


def test_where_no_process_can_be_started_the_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes._AFRESH.Process, "start", no_room)
    with Helpers(2) as helpers, Partner(no_preparation) as partner:
        assert [helpers.submit(doubled, each)() for each in (1, 2)] == [2, 4]
        talk = partner.begin(in_two_parts, 5)
        assert talk.part() == 5
        talk.give(lambda: 2)
        assert talk.result() == 7


def in_two_parts(number: int) -> Generator[int, Callable[[], int], int]:
    more = yield number
    return number + more()


def test_what_cannot_be_handed_over_is_worked_on_here() -> None:
    with Partner(no_preparation) as partner:
        talk = partner.begin(in_two_parts, 5)
        assert talk.part() == 5
        talk.give(lambda: 2)
        assert talk.result() == 7


def refused(path: Path) -> None:
    raise LinkError(path)


def test_a_refusal_comes_back_as_it_was_raised(tmp_path: Path) -> None:
    with Helpers(1) as helpers, pytest.raises(LinkError, match="is a link to another place"):
        helpers.submit(refused, tmp_path / "paper.pdf")()
