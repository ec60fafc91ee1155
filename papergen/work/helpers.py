"""Processes that do a part of the work beside this one; without any, or where one is lost, it is done here."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from types import TracebackType
from typing import Any, TypeVar

from papergen.work.collecting import collect_seldom
from papergen.work.scratch import use_scratch

T = TypeVar("T")

Ready = Callable[[], object]

# A process that is copied from one with threads may never answer.
_AFRESH = multiprocessing.get_context("spawn")


def no_preparation() -> None:
    """What helpers begin with that need nothing."""


class Helpers:
    """Up to ``most`` processes, started when the first is needed, and ended with the block whatever happens in it.

    Each begins with ``ready``, which loads what it will need.
    """

    def __init__(self, most: int = 0, ready: Ready = no_preparation) -> None:
        self._most = most
        self._ready = ready
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Helpers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is None:
            return
        if problem is not None:
            for process in multiprocessing.active_children():
                process.kill()
        self._pool.shutdown(cancel_futures=True)

    def start(self) -> None:
        """Have the processes started now, so that they are ready when there is work for them."""
        if self._most > 0:
            self.submit(no_preparation)

    def submit(self, work: Callable[..., T], *arguments: Any) -> Callable[[], T]:  # noqa: ANN401
        """Have some work done, and get what waits for its result."""
        if self._most < 1:
            return lambda: work(*arguments)
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self._most, mp_context=_AFRESH, initializer=_begin, initargs=(self._ready,)
            )
        with _program_left_out():
            future = self._pool.submit(work, *arguments)
        return lambda: _result(future, work, *arguments)


def _result(future: Future[T], work: Callable[..., T], *arguments: Any) -> T:  # noqa: ANN401
    try:
        return future.result()
    except BrokenProcessPool:
        return work(*arguments)


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


def _begin(ready: Ready) -> None:
    """Stopping is the affair of whoever started the process, and its temporary files lie where others clear them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    use_scratch()
    collect_seldom()
    ready()


def _end_with_parent() -> None:
    """End this process as soon as the one that started it is gone, however that ended."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
