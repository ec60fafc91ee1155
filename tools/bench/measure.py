"""What a command costs: seconds by the clock and of processors, and memory, its children's and theirs included."""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER of <linux/prctl.h>
_SAMPLE_SECONDS = 0.1
_ORPHAN_SECONDS = 10.0
_KILOBYTE = 1024 if sys.platform == "linux" else 1  # the unit in which the system says ru_maxrss


class CommandFailedError(Exception):
    """A measured command did not do its work; the message holds the end of what it printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What one run cost: seconds ``wall`` and ``cpu``, bytes of its ``largest`` process.

    ``together`` is the most bytes that all its processes held at one moment, shared pages counted once; None where that
    was not sampled.
    """

    wall: float
    cpu: float
    largest: int
    together: int | None = None


def adopt_orphans() -> None:
    """Let processes whose parent ends become children of this one, so that what they used is counted too."""
    with suppress(OSError, AttributeError):  # only Linux can
        ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)


def run(
    command: Sequence[str],
    *,
    cwd: Path,
    environment: Mapping[str, str],
    sampled: bool = False,
) -> Usage:
    """Run ``command`` and wait for every process that it started; ``sampled`` measures memory together, and is slower.

    Raises CommandFailedError where it ends with another code than 0.
    """
    with tempfile.TemporaryFile() as printed:
        started = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=cwd, env=environment, stdin=subprocess.DEVNULL, stdout=printed, stderr=subprocess.STDOUT
        )
        sampler = _Sampler() if sampled else None
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        together = sampler.stop() if sampler is not None else None
        cpu, largest = used.ru_utime + used.ru_stime, used.ru_maxrss
        for orphan in _orphans():
            cpu += orphan.ru_utime + orphan.ru_stime
            largest = max(largest, orphan.ru_maxrss)
        if process.returncode:
            printed.seek(0)
            said = printed.read().decode(errors="replace")[-2000:]
            shown = " ".join(command)
            raise CommandFailedError(f"{shown}\nended with {process.returncode} and said:\n{said}")
    return Usage(wall=wall, cpu=cpu, largest=largest * _KILOBYTE, together=together)


def _orphans() -> list[resource.struct_rusage]:
    """What the processes used that outlived the command which started them."""
    found: list[resource.struct_rusage] = []
    until = time.perf_counter() + _ORPHAN_SECONDS
    while time.perf_counter() < until:
        try:
            pid, _, used = os.wait4(-1, os.WNOHANG)
        except ChildProcessError:
            break
        if pid:
            found.append(used)
        else:
            time.sleep(0.01)
    return found


class _Sampler:
    """Adds up, again and again, what the processes below this one hold."""

    def __init__(self) -> None:
        self._most = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._sample, daemon=True)
        self._thread.start()

    def stop(self) -> int | None:
        """The most bytes seen; None where the system does not tell."""
        self._ended.set()
        self._thread.join()
        return self._most or None

    def _sample(self) -> None:
        while not self._ended.wait(_SAMPLE_SECONDS):
            self._most = max(self._most, sum(_proportional(pid) for pid in _family(os.getpid())))


def _family(root: int) -> list[int]:
    """The processes below one."""
    below: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            below.setdefault(parent, []).append(int(entry.name))
    found = list(below.get(root, ()))
    for pid in found:
        found += below.get(pid, ())
    return found


def _proportional(pid: int) -> int:
    """The bytes that a process holds, of shared pages its share."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0
