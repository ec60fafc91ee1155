"""Building many workspaces: what one does has no effect on the others."""

from __future__ import annotations

import json
import math
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar

import pytest

from papergen.commands.build_all import BuildState, Job, Result, build_all, find_jobs, is_current
from tests.support.builds import REPOSITORY
from tests.support.orchard import FOLDER, MEETING
from tests.support.panels import (
    DIES,
    broken,
    hanging,
    is_running,
    panels,
    papers_alone,
    papers_of,
    run,
    start,
    wait_for,
    with_code,
)

pytestmark = pytest.mark.slow

T = TypeVar("T")


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who has agreed to no code but that of the test."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Two panels, one of two meetings and one of which the content has errors, built once; and what was said."""
    folder = panels(tmp_path_factory.mktemp("many"), number=2)
    broken(folder / "region" / "broken")
    code, said = run("build-all", "panels", "--jobs", "2", at=folder.parent)
    assert code == 1, said
    return folder, said


def test_every_workspace_below_a_folder_is_found_once(built: tuple[Path, str]) -> None:
    folder, _ = built
    found = find_jobs([folder, folder / "panel-01"])
    names = [(job.root.relative_to(folder.resolve()).as_posix(), job.meeting) for job in found]
    assert names == [("panel-01", MEETING), ("panel-02", MEETING), ("region/broken", MEETING)]


def test_what_became_of_each_is_told(built: tuple[Path, str]) -> None:
    _, said = built
    table = [line.split() for line in said.splitlines() if f"output/{MEETING}.log" in line]
    assert [line[:3] for line in table] == [
        ["panels/panel-01", MEETING, "built"],
        ["panels/panel-02", MEETING, "built"],
        ["panels/region/broken", MEETING, "content"],
    ]
    assert said.splitlines()[-1] in {"2 built, 1 content has errors.", "1 content has errors, 2 built."}


def test_each_has_a_log_of_its_own(built: tuple[Path, str]) -> None:
    folder, _ = built
    logs = {each: (folder / each / f"output/{MEETING}.log").read_text() for each in ("panel-01", "region/broken")}
    assert "What the papers were made from is in" in logs["panel-01"]
    assert "content/plan.yaml" in logs["region/broken"]


def test_papers_are_those_of_one_build_alone(built: tuple[Path, str], tmp_path: Path) -> None:
    folder, _ = built
    second = papers_alone(folder / "panel-02", tmp_path / "alone")
    assert second == papers_of(folder / "panel-02/output")
    assert second != papers_of(folder / "panel-01/output")


def test_a_second_run_does_what_is_left(built: tuple[Path, str], tmp_path: Path) -> None:
    folder = tmp_path / "panels"
    shutil.copytree(built[0], folder)
    plan = folder / "region/broken/content/plan.yaml"
    plan.write_bytes((folder / "panel-01/content/plan.yaml").read_bytes())
    code, said = run("build-all", folder, "--since", at=tmp_path)
    assert code == 0, said
    assert "2 of 3 meetings are as their manifests record." in said
    assert said.splitlines()[-1] == "1 built."
    code, said = run("build-all", folder, "--since", at=tmp_path)
    assert (code, said) == (0, "3 of 3 meetings are as their manifests record.\n")


def append(file: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        with (root / file).open("a", encoding="utf-8") as text:
            text.write("\n")

    return change


def write(file: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        (root / file).parent.mkdir(exist_ok=True)
        (root / file).write_text("---\ntitle: More\n---\n\nMore words.\n", encoding="utf-8")

    return change


def remove(file: str) -> Callable[[Path], None]:
    return lambda root: (root / file).unlink()


@pytest.mark.parametrize(
    "change",
    [
        append("content/panel.yaml"),
        append(f"{FOLDER}/meeting.yaml"),
        write(f"{FOLDER}/report/09-more.md"),
        write("templates/paper.css"),
        write("content/data/facts.csv"),
        remove(f"output/{MEETING}/manifest.json"),
        remove(f"output/{MEETING}/report.pdf"),
    ],
)
def test_what_changes_a_build_is_seen(built: tuple[Path, str], tmp_path: Path, change: Callable[[Path], None]) -> None:
    root = tmp_path / "panel"
    shutil.copytree(built[0] / "panel-01", root)
    job = Job(root=root, meeting=MEETING)
    assert is_current(job)
    assert not is_current(Job(root=root, meeting=MEETING, final=True))
    change(root)
    assert not is_current(job)


def test_one_that_hangs_or_dies_is_a_result(tmp_path: Path) -> None:
    hangs, pid = hanging(tmp_path / "hangs")
    dies = with_code(tmp_path / "dies", DIES)
    told: list[Result] = []

    def result(root: Path, timeout: int) -> tuple[BuildState, str]:
        with ThreadPoolExecutor(1) as threads:
            (one,) = build_all(find_jobs([root]), threads, timeout=timeout, done=told.append)
        assert one.job.root.name == root.name
        assert told.pop() == one
        return one.state, one.reason

    begun = time.monotonic()
    assert result(dies, 300) == (BuildState.KILLED, "SIGKILL")
    enough = 2 + 3 * math.ceil(time.monotonic() - begun)  # as long as this machine needs to come to that code
    assert result(hangs, enough) == (BuildState.TOO_LONG, f"stopped after {enough} seconds")
    assert not is_running(int(pid.read_text()))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_builds_end_with_the_command(tmp_path: Path, number: signal.Signals) -> None:
    root, pid = hanging(tmp_path / "hangs")
    with start("build-all", root, at=tmp_path) as process:
        wait_for(lambda: pid.is_file() and pid.read_text())
        process.send_signal(number)
        said, _ = process.communicate(timeout=60)
    assert process.returncode == (130 if number is signal.SIGINT else -number), said
    wait_for(lambda: not is_running(int(pid.read_text())), seconds=30)


class LosesTheFirst(ThreadPoolExecutor):
    """An executor that loses the worker of its first job before it can answer."""

    lost = False

    def submit(self, fn: Callable[..., T], /, *args: object, **kwargs: object) -> Future[T]:
        if self.lost:
            return super().submit(fn, *args, **kwargs)
        self.lost = True
        future: Future[T] = Future()
        future.set_exception(BrokenProcessPool("a worker ended abruptly"))
        return future


def test_a_job_that_is_lost_with_its_worker_is_a_result(tmp_path: Path) -> None:
    jobs = find_jobs([broken(tmp_path / "first"), broken(tmp_path / "second")])
    with LosesTheFirst(1) as executor:
        results = build_all(jobs, executor, timeout=300, done=lambda _: None)
    assert [(result.state, result.reason) for result in results] == [
        (BuildState.LOST, "a worker ended abruptly"),
        (BuildState.ERRORS, ""),
    ]


def test_a_log_that_cannot_be_written_is_a_result(tmp_path: Path) -> None:
    root = broken(tmp_path / "panel")
    (root / "output").symlink_to(tmp_path)
    with ThreadPoolExecutor(1) as threads:
        (result,) = build_all(find_jobs([root]), threads, timeout=300, done=lambda _: None)
    assert result.state is BuildState.FAULT
    assert result.reason.endswith("“output” is a link to another place")
    assert not list(tmp_path.glob("*.log"))


# ---------------------------------------------------------------------------------------------------------------------
# On a Dask cluster


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


def test_a_cluster_goes_on_without_a_worker_that_is_killed(
    built: tuple[Path, str], tmp_path: Path, stack: ExitStack
) -> None:
    folder = panels(tmp_path, number=1)
    file = tmp_path / "scheduler.json"
    serve(stack, "dask_scheduler", "--port", "0", "--no-dashboard", "--scheduler-file", str(file), at=tmp_path)
    options = ("--scheduler-file", str(file), "--nthreads", "1", "--no-nanny", "--no-dashboard")
    wait_for(lambda: file.is_file() and file.read_text())
    workers = [serve(stack, "dask_worker", *options, at=tmp_path) for _ in range(2)]
    address = json.loads(file.read_text())["address"]
    with start("build-all", folder, "--dask", address, at=tmp_path) as process:
        wait_for(lambda: any(builds_below(worker.pid) for worker in workers))
        next(worker for worker in workers if builds_below(worker.pid)).kill()
        said, _ = process.communicate(timeout=900)
    assert process.returncode == 0, said
    assert said.splitlines()[-1] == "1 built."
    assert papers_of(folder / "panel-01/output") == papers_of(built[0] / "panel-01/output")


def test_a_scheduler_that_is_not_there_is_told(tmp_path: Path) -> None:
    folder = panels(tmp_path, number=1)
    code, said = run("build-all", folder, "--dask", "tcp://127.0.0.1:9", at=tmp_path)
    assert code == 2
    assert "There is no Dask scheduler at “tcp://127.0.0.1:9”" in said
