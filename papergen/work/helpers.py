"""Processes that do a part of the work beside this one; without any, or where one is lost, it is done here."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from papergen.work.processes import LostError, Ready, Worker, no_preparation

T = TypeVar("T")
P = TypeVar("P")
G = TypeVar("G")


class Ending:
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


class Helpers(Ending):
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

    def dismiss(self) -> None:
        """Let the processes stop, for which there is no more work; ``end`` waits until they have."""
        for worker in self._workers:
            worker.kill()

    def end(self) -> None:
        self._ended = True
        for worker in self._workers:
            worker.end()
        if self._lines is not None:
            self._lines.shutdown(cancel_futures=True)

    def _begin(self) -> None:
        self._own.worker = worker = _started(self._ready)
        if worker is None:
            return
        self._workers.append(worker)
        if self._ended:
            worker.end()

    def _done(self, work: Callable[..., T], *arguments: Any) -> T:  # noqa: ANN401
        worker: Worker | None = self._own.worker
        if worker is None:
            raise LostError
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


class Partner(Ending):
    """One process for long work that tells of a part of it early; with None to begin with there is no such process."""

    def __init__(self, ready: Ready | None = None) -> None:
        self._worker = None if ready is None else _started(ready)

    def begin(self, work: Callable[..., Generator[P, G, T]], *arguments: Any) -> Talk[P, G, T]:  # noqa: ANN401
        """Have some work done, one at a time, and get what waits for its part and its result."""
        return Talk(self._worker, work, arguments)

    def dismiss(self) -> None:
        """Let the process stop, for which there is no more work; ``end`` waits until it has."""
        if self._worker is not None:
            self._worker.kill()

    def end(self) -> None:
        if self._worker is not None:
            self._worker.end()


class Talk(Generic[P, G, T]):
    """Work that was begun: its early ``part`` comes, it is given what it goes on with, and its ``result`` comes."""

    def __init__(
        self, worker: Worker | None, work: Callable[..., Generator[P, G, T]], arguments: tuple[Any, ...]
    ) -> None:
        self._worker = worker
        self._here = partial(work, *arguments)
        self._begun: Generator[P, G, T] | None = None
        self._given: list[G] = []
        if worker is not None:
            with suppress(LostError):  # it is told when an answer is waited for
                worker.ask(work, *arguments)

    def give(self, value: G) -> None:
        """What the work goes on with after its part; it need not have come that far."""
        self._given.append(value)
        if self._worker is not None:
            # The process takes it when it is ready for it.
            threading.Thread(target=_hand_over, args=(self._worker, value), daemon=True).start()

    def part(self) -> P:
        """What is known before the work is done."""
        if self._worker is not None:
            try:
                part: P = self._worker.answer()
            except LostError:
                self._worker = None
            else:
                return part
        self._begun = self._here()
        return next(self._begun)

    def result(self) -> T:
        """What comes of the work, once its part was waited for and it was given what it goes on with."""
        if self._worker is not None:
            try:
                result: T = self._worker.answer()
            except LostError:
                self._worker = None
                self.part()
            else:
                return result
        if self._begun is None:
            raise RuntimeError("a part is waited for before the result")
        try:
            self._begun.send(self._given[0])
        except StopIteration as ended:
            done: T = ended.value
            return done
        raise RuntimeError("work has one early part")


def _started(ready: Ready) -> Worker | None:
    """A process, or None where the machine lets no more be started."""
    try:
        return Worker(ready)
    except LostError:
        return None


def _hand_over(worker: Worker, value: object) -> None:
    try:
        worker.give(value)
    except LostError:  # it is told when an answer is waited for
        pass
    except Exception:  # what cannot be handed over is worked on here
        worker.kill()
