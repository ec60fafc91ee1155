"""Processes that do a part of the work beside this one; without any, or where one is lost, it is done here."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import suppress
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from papergen.work.processes import LostError, Ready, Worker, no_preparation

T = TypeVar("T")
P = TypeVar("P")


class _Ending:
    """Something whose processes end with its block, whatever they are at."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def end(self) -> None:
        """End the processes; work that was not waited for is not done."""
        raise NotImplementedError


class Helpers(_Ending):
    """Up to ``most`` processes that share many pieces of work, started when the first is needed.

    Each begins with ``ready``, which loads what it will need.
    """

    def __init__(self, most: int = 0, ready: Ready = no_preparation) -> None:
        self._most = most
        self._ready = ready
        self._lines: ThreadPoolExecutor | None = None
        self._own = threading.local()
        self._workers: list[Worker] = []
        self._ended = False

    def start(self) -> None:
        """Have the processes started now, so that they are ready when there is work for them."""
        for _ in range(self._most):
            self.submit(no_preparation)

    def submit(self, work: Callable[..., T], *arguments: Any) -> Callable[[], T]:  # noqa: ANN401
        """Have some work done, and get what waits for its result."""
        if self._most < 1:
            return lambda: work(*arguments)
        if self._lines is None:
            # A thread for each process, which waits for its answers.
            self._lines = ThreadPoolExecutor(self._most, initializer=self._begin)
        future = self._lines.submit(self._done, work, *arguments)
        return lambda: self._result(future, work, *arguments)

    def end(self) -> None:
        self._ended = True
        for worker in self._workers:
            worker.end()
        if self._lines is not None:
            self._lines.shutdown(cancel_futures=True)

    def _begin(self) -> None:
        self._own.worker = worker = Worker(self._ready)
        self._workers.append(worker)
        if self._ended:
            worker.end()

    def _done(self, work: Callable[..., T], *arguments: Any) -> T:  # noqa: ANN401
        worker: Worker = self._own.worker
        worker.ask(work, *arguments)
        result: T = worker.answer()
        return result

    def _result(self, future: Future[T], work: Callable[..., T], *arguments: Any) -> T:  # noqa: ANN401
        try:
            return future.result()
        except LostError:
            if self._ended:
                raise CancelledError from None
            return work(*arguments)


class Partner(_Ending):
    """One process for long work that tells of a part of it early; with None to begin with there is no such process."""

    def __init__(self, ready: Ready | None = None) -> None:
        self._worker = None if ready is None else Worker(ready)

    def begin(self, work: Callable[..., Generator[P, None, T]], *arguments: Any) -> Talk[P, T]:  # noqa: ANN401
        """Have some work done, one at a time, and get what waits for its parts."""
        return Talk(self._worker, work, arguments)

    def end(self) -> None:
        if self._worker is not None:
            self._worker.end()


class Talk(Generic[P, T]):
    """Work that was begun: first its early ``part`` is waited for, and then its ``result``."""

    def __init__(
        self, worker: Worker | None, work: Callable[..., Generator[P, None, T]], arguments: tuple[Any, ...]
    ) -> None:
        self._worker = worker
        self._work = work
        self._arguments = arguments
        self._here: Generator[P, None, T] | None = None
        if worker is not None:
            with suppress(LostError):  # it is told when an answer is waited for
                worker.ask(work, *arguments)

    def part(self) -> P:
        """What is known before the work is done."""
        if self._worker is not None:
            try:
                part: P = self._worker.answer()
            except LostError:
                self._worker = None
            else:
                return part
        self._here = self._work(*self._arguments)
        return next(self._here)

    def result(self) -> T:
        """What comes of the work, once its part was waited for."""
        if self._worker is not None:
            try:
                result: T = self._worker.answer()
            except LostError:
                self._worker = None
                self.part()
            else:
                return result
        try:
            while self._here is not None:
                next(self._here)
        except StopIteration as ended:
            done: T = ended.value
            return done
        raise RuntimeError("a part is waited for before the result")
