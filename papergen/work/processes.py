"""A process that does one piece of work after the other, and ends when whoever started it ends it or is gone."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from papergen.work.collecting import collect_seldom
from papergen.work.scratch import clear_after, use_scratch

Ready = Callable[[], object]

# A process that is copied from one with threads may never answer.
_AFRESH = multiprocessing.get_context("spawn")
_ONE_BY_ONE = threading.Lock()


def no_preparation() -> None:
    """What a process begins with that needs nothing."""


class LostError(Exception):
    """The process that was to answer is gone."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of some work, or a part of it; ``problem`` is what went wrong there."""

    value: Any
    problem: Exception | None = None


class Worker:
    """One process.  It begins with ``ready``, which loads what it will need, and is asked for one thing at a time."""

    def __init__(self, ready: Ready) -> None:
        """Start the process.  Raises ``LostError`` where the machine lets no more be started."""
        try:
            self._end, other = _AFRESH.Pipe()
            self._process = _AFRESH.Process(target=_serve, args=(other, ready), daemon=True)
            with _ONE_BY_ONE, _program_left_out():
                self._process.start()
        except OSError:
            raise LostError from None
        other.close()

    def ask(self, work: Callable[..., Any], *arguments: Any) -> None:  # noqa: ANN401
        """Have some work done; a generator tells of a part of it, and goes on with what it is given for that."""
        self.give((work, arguments))

    def give(self, value: Any) -> None:  # noqa: ANN401
        """Hand over what the process waits for.  Raises ``LostError``."""
        try:
            self._end.send(value)
        except OSError:
            raise LostError from None

    def answer(self) -> Any:  # noqa: ANN401
        """The next part of the work, or what came of it; raises what it raised, and ``LostError``."""
        try:
            answer: Reply = self._end.recv()
        except (EOFError, OSError):
            raise LostError from None
        if answer.problem is not None:
            raise answer.problem
        return answer.value

    def kill(self) -> None:
        """End the process whatever it is at; whoever waits for its answer is told."""
        self._process.kill()

    def end(self) -> None:
        """End the process and let go of it; its temporary files go with it."""
        self.kill()
        self._process.join()
        self._end.close()
        clear_after()


@contextmanager
def _program_left_out() -> Iterator[None]:
    """Processes started within load what they work with, and not the program that this process runs."""
    program = vars(sys.modules["__main__"])
    known: dict[str, object] = {each: program[each] for each in ("__file__", "__spec__") if each in program}
    program.update(dict.fromkeys(known))
    try:
        yield
    finally:
        program.update(known)


def _serve(end: Connection, ready: Ready) -> None:
    """Stopping is the affair of whoever started the process, and its temporary files lie where others clear them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    use_scratch()
    collect_seldom()
    ready()
    with suppress(EOFError, OSError):
        while True:
            work, arguments = end.recv()
            for answer in _answers(work, arguments, end):
                end.send(answer)


def _answers(work: Callable[..., Any], arguments: tuple[Any, ...], end: Connection) -> Iterator[Reply]:
    try:
        made = work(*arguments)
        if isinstance(made, Generator):
            made = yield from _parts(made, end)
        yield Reply(made)
    except Exception as problem:  # it is raised where the work was asked for
        yield Reply(None, problem=problem)


def _parts(work: Generator[Any, Any, Any], end: Connection) -> Generator[Reply, None, Any]:
    yield Reply(next(work))
    try:
        work.send(end.recv())
    except StopIteration as ended:
        return ended.value
    raise RuntimeError("work has one early part")


def _end_with_parent() -> None:
    """End this process as soon as the one that started it is gone, however that ended."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
