"""Processes that do a part of the work beside this one; without any, or where one is lost, it is done here."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import Any, TypeVar

from papergen.work.scratch import use_scratch

T = TypeVar("T")

# A process that is copied from one with threads may never answer.
_AFRESH = multiprocessing.get_context("spawn")


class Helpers:
    """Up to ``most`` processes, started when the first is needed, and ended with the block whatever happens in it."""

    def __init__(self, most: int = 0) -> None:
        self._most = most
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

    def submit(self, work: Callable[..., T], *arguments: Any) -> Callable[[], T]:  # noqa: ANN401
        """Have some work done, and get what waits for its result."""
        if self._most < 1:
            return lambda: work(*arguments)
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self._most, mp_context=_AFRESH, initializer=_begin)
        future = self._pool.submit(work, *arguments)
        return lambda: _result(future, work, *arguments)


def _result(future: Future[T], work: Callable[..., T], *arguments: Any) -> T:  # noqa: ANN401
    try:
        return future.result()
    except BrokenProcessPool:
        return work(*arguments)


def _begin() -> None:
    """Stopping is the affair of whoever started the process, and its temporary files lie where others clear them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    use_scratch()


def _end_with_parent() -> None:
    """End this process as soon as the one that started it is gone, however that ended."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
