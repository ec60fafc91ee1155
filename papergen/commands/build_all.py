"""Building many: every meeting of many workspaces, each in a process of its own, by any executor.

An executor only says where and how many at once: threads of this machine, or the workers of a cluster.  A build that
fails, hangs or is killed is a result like any other.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import BinaryIO

from pydantic import ValidationError

from papergen.commands.check import OUTPUT
from papergen.commands.unchanged import differing
from papergen.commands.verify import compare, look
from papergen.diagnostics import Diagnostics
from papergen.files import Folder, TooLargeError, reason
from papergen.manifest.names import MANIFEST, OFFICE
from papergen.manifest.office import OfficeRecord
from papergen.manifest.record import read_manifest
from papergen.model.serial import UnreadableRecordError
from papergen.workspace.settings import PANEL_FILE, meetings
from papergen.world import MOST_BYTES, World

_INTERRUPTED = 130  # as papergen itself leaves when it is asked to end
_GRACE_SECONDS = 5.0
_LOOK_UP_SECONDS = 0.5


class BuildState(Enum):
    """What became of a build, in the words of the table."""

    BUILT = "built"
    ERRORS = "content has errors"
    FAULT = "papergen at fault"
    TOO_LONG = "took too long"
    KILLED = "killed"
    LOST = "worker lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A meeting of a workspace, to be built as drafts or, where ``final``, for publication."""

    root: Path
    meeting: str
    final: bool = False

    @property
    def log(self) -> Path:
        """Where everything goes that the build says."""
        return self.root / OUTPUT / f"{self.meeting}.log"

    def open_log(self) -> BinaryIO:
        """A new log in place of an old one.  Raises ``OSError`` when there can be none."""
        with Folder(self.root / OUTPUT).held(make=True) as output:
            path = output / self.log.name
            path.unlink(missing_ok=True)
            return path.open("xb")


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of a job, after how many seconds, and why where its log does not say."""

    job: Job
    state: BuildState
    seconds: float
    reason: str = ""


def find_jobs(folders: Iterable[Path], *, final: bool = False) -> tuple[Job, ...]:
    """Every meeting of every workspace in or below ``folders``, each once, in the order of their paths."""
    roots = {root.resolve() for folder in folders for root in _workspaces(folder)}
    return tuple(
        Job(root=root, meeting=meeting, final=final)
        for root in sorted(roots)
        for meeting in meetings(World(root, Diagnostics()))
    )


def _workspaces(folder: Path) -> Iterator[Path]:
    """The folders that hold ``content/panel.yaml``; what lies inside such a one is its own."""
    if (folder / PANEL_FILE).is_file():
        yield folder
        return
    with suppress(OSError):  # a folder that may not be looked into has nothing for us
        for entry in sorted(folder.iterdir()):
            if entry.is_dir() and not entry.is_symlink() and not entry.name.startswith("."):
                yield from _workspaces(entry)


def is_current(job: Job) -> bool:
    """True when the papers are there, and their records tell of inputs and programs as they are now.

    That is the manifest for what was read, and the record for the office for what was looked for and listed.
    """
    output, folder = Folder(job.root / OUTPUT), job.root / OUTPUT / job.meeting
    try:
        recorded = read_manifest(output.read(f"{job.meeting}/{MANIFEST}", most=MOST_BYTES))
        beside = output.read(f"{OFFICE}/{job.meeting}.json", most=MOST_BYTES)
        looked_for = OfficeRecord.model_validate_json(beside).looked_for
    except (OSError, TooLargeError, UnreadableRecordError, ValidationError):
        return False
    present = look(job.root, folder, recorded)
    found = compare(recorded, None, present)
    return (
        recorded.settings.final == job.final
        and all(each.name in present.papers for each in recorded.outputs)
        and not (found.inputs or found.tools)
        and bool(looked_for)
        and not any(differing(job.root, ((each.asked, each.answer) for each in looked_for)))
    )


@dataclass(slots=True)
class Builder:
    """Builds one job at a time for each of its callers, in a process with a time limit of ``timeout`` seconds.

    It can be sent to another machine; ``stop`` ends what runs here.
    """

    timeout: float
    _running: set[int] = field(default_factory=set)
    _stopped: bool = False

    def __call__(self, job: Job) -> Result:
        """What became of ``job``."""
        started = time.perf_counter()

        def result(state: BuildState, why: str = "") -> Result:
            return Result(job=job, state=state, seconds=time.perf_counter() - started, reason=why)

        try:
            with job.open_log() as log:
                code = self._run(job, log.fileno())
        except subprocess.TimeoutExpired:
            return result(BuildState.TOO_LONG, f"stopped after {self.timeout:.0f} seconds")
        except OSError as problem:
            return result(BuildState.FAULT, f"{problem.filename}: {reason(problem)}")
        match code:
            case 0:
                return result(BuildState.BUILT)
            case 1:
                return result(BuildState.ERRORS)
            case _ if code == _INTERRUPTED:
                return result(BuildState.KILLED, "stopped")
            case _ if code < 0:
                return result(BuildState.KILLED, signal.Signals(-code).name)
            case _:
                return result(BuildState.FAULT, f"it left with {code}")

    def _run(self, job: Job, log: int) -> int:
        """The exit code of the build, negative where a signal ended it.  Raises TimeoutExpired."""
        command = [sys.executable, "-m", "papergen.commands.apart", "build", job.meeting, "--workspace", str(job.root)]
        command += ["--jobs", "1"]  # builds share the processors, not the parts of one
        command += ["--final"] if job.final else []
        with subprocess.Popen(  # noqa: S603 - papergen itself
            command, stdin=subprocess.PIPE, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        ) as process:
            self._running.add(process.pid)
            try:
                if self._stopped:
                    _end(process.pid, signal.SIGKILL)
                return process.wait(self.timeout)
            except subprocess.TimeoutExpired:
                _end(process.pid, signal.SIGTERM)
                with suppress(subprocess.TimeoutExpired):
                    process.wait(_GRACE_SECONDS)
                raise
            finally:
                self._running.discard(process.pid)
                _end(process.pid, signal.SIGKILL)  # with whatever it started

    def stop(self) -> None:
        """End every build that runs here, and let none begin."""
        self._stopped = True
        for pid in tuple(self._running):
            _end(pid, signal.SIGKILL)


def _end(group: int, number: signal.Signals) -> None:
    with suppress(OSError):  # it has ended by itself
        os.killpg(group, number)


def build_all(
    jobs: Iterable[Job], executor: Executor, *, timeout: float, done: Callable[[Result], None]
) -> tuple[Result, ...]:
    """What became of every job, in the order of ``jobs``; ``done`` is told each result as it comes.

    ``executor`` may be any that has ``submit``.
    """
    builder = Builder(timeout)
    futures: dict[Future[Result], Job] = {}
    results: dict[Job, Result] = {}
    finished: SimpleQueue[Future[Result]] = SimpleQueue()
    try:
        for job in jobs:
            future = executor.submit(builder, job)
            futures[future] = job
            future.add_done_callback(finished.put)
        while len(results) < len(futures):
            # A signal that reaches a thread of a library wakes nobody: who waits has to look up for it now and then.
            with suppress(Empty):
                future = finished.get(timeout=_LOOK_UP_SECONDS)
                job = futures[future]
                results[job] = _result(job, future)
                done(results[job])
    except BaseException:
        for future in futures:
            future.cancel()
        builder.stop()
        raise
    return tuple(results[job] for job in futures.values())


def _result(job: Job, future: Future[Result]) -> Result:
    """What the executor gave back; it may have lost the job along with a worker."""
    try:
        return future.result()
    except Exception as problem:
        return Result(job=job, state=BuildState.LOST, seconds=0.0, reason=str(problem) or type(problem).__name__)
