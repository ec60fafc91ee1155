"""A Dask cluster builds many workspaces, and goes on when a worker is killed in the middle."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.support.builds import REPOSITORY
from tests.support.panels import panels, papers_alone, papers_of, run, start, wait_for

pytestmark = pytest.mark.slow


def serve(stack: ExitStack, name: str, *arguments: str, at: Path) -> subprocess.Popen[bytes]:
    """A part of Dask that runs until the test is over."""
    process = stack.enter_context(
        subprocess.Popen(
            [sys.executable, "-m", "distributed.cli." + name, *arguments],
            cwd=at,
            env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    )
    stack.callback(process.kill)
    return process


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def builds_below(worker: int) -> list[int]:
    """The processes that a worker has started."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        found += [int(entry.parent.name)] if int(fields[1]) == worker and fields[0] != "Z" else []
    return found


def test_a_cluster_goes_on_without_a_worker_that_is_killed(tmp_path: Path, stack: ExitStack) -> None:
    folder = panels(tmp_path, number=2)
    file = tmp_path / "scheduler.json"
    serve(stack, "dask_scheduler", "--port", "0", "--no-dashboard", "--scheduler-file", str(file), at=tmp_path)
    options = ("--scheduler-file", str(file), "--nthreads", "1", "--no-nanny", "--no-dashboard")
    wait_for(lambda: file.is_file() and file.read_text())
    first, second = (serve(stack, "dask_worker", *options, at=tmp_path) for _ in range(2))
    address = json.loads(file.read_text())["address"]
    with start("build-all", folder, "--dask", address, at=tmp_path) as process:
        wait_for(lambda: builds_below(first.pid) and builds_below(second.pid))
        first.kill()
        said, _ = process.communicate(timeout=900)
    assert process.returncode == 0, said
    assert said.splitlines()[-1] == "2 built."
    for number in (1, 2):
        panel = folder / f"panel-0{number}"
        assert papers_alone(panel, tmp_path / f"alone-{number}") == papers_of(panel / "output")


def test_a_scheduler_that_is_not_there_is_told(tmp_path: Path) -> None:
    folder = panels(tmp_path, number=1)
    code, said = run("build-all", folder, "--dask", "tcp://127.0.0.1:9", at=tmp_path)
    assert code == 2
    assert "There is no Dask scheduler at “tcp://127.0.0.1:9”" in said
