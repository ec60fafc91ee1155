"""``papergen build-all``."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from papergen.cli.exits import SOME_NOT_BUILT
from papergen.cli.options import Quiet

if TYPE_CHECKING:
    from papergen.cli.console import Console
    from papergen.commands.build_all import Result

EXAMPLES = "Examples:  papergen build-all panels  ·  papergen build-all panels --since --jobs 8"


def build_all(
    folders: Annotated[
        list[Path],
        typer.Argument(metavar="FOLDER…", help="Workspaces, or folders that have workspaces somewhere below them."),
    ],
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs", "-j", min=1, metavar="N", help="How many at once on this machine. Otherwise one a core."
        ),
    ] = None,
    since: Annotated[
        bool, typer.Option("--since", help="Only those whose inputs differ from what their manifest records.")
    ] = False,
    timeout: Annotated[
        float, typer.Option("--timeout", min=1, metavar="SECONDS", help="The most time that one build may take.")
    ] = 900,
    final: Annotated[bool, typer.Option("--final", help="For publication: without the word “Draft”.")] = False,
    dask: Annotated[
        str | None, typer.Option("--dask", metavar="ADDRESS", help="Build on the cluster of this Dask scheduler.")
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Write the papers of every meeting of every workspace in some folders.

    One that fails, hangs or is killed does not stop the others. What each says is in a log beside its papers, such as
    output/2016-02-02.log. Leaves 1 when any was not built; run it again with --since to do what is left.
    """
    from papergen.cli.console import Console
    from papergen.commands.build_all import BuildState, find_jobs, is_current
    from papergen.commands.build_all import build_all as build_jobs
    from papergen.commands.locate import relative
    from papergen.commands.usage import WrongUseError

    for folder in folders:
        if not folder.is_dir():
            raise WrongUseError(
                f"There is no folder “{folder}”.", "Name a workspace, or a folder that has workspaces below it."
            )
    found = find_jobs(folders, final=final)
    if not found:
        raise WrongUseError(
            "There is no meeting to build here.",
            "A workspace is a folder that holds content/ with panel.yaml and the meetings in it.",
        )
    console = Console(quiet=quiet)
    wanted = tuple(job for job in found if not (since and is_current(job)))
    if since:
        console.line(f"{len(found) - len(wanted)} of {len(found)} meetings are as their manifests record.")
    if not wanted:
        return

    def done(result: Result) -> None:
        job = result.job
        console.line(f"{relative(job.root)} {job.meeting}: {result.state.value}, {result.seconds:.0f} s", whole=True)

    with _executor(jobs, dask) as executor:
        results = build_jobs(wanted, executor, timeout=timeout, done=done)
    _print_results(results, console)
    if any(result.state is not BuildState.BUILT for result in results):
        raise typer.Exit(SOME_NOT_BUILT)


@contextmanager
def _executor(jobs: int | None, dask: str | None) -> Iterator[Executor]:
    """Where the builds run: threads here that each wait for a process, or the workers of a cluster."""
    from papergen.commands.usage import WrongUseError

    if dask is None:
        with ThreadPoolExecutor(jobs or len(os.sched_getaffinity(0))) as threads:
            yield threads
        return
    try:
        from distributed import Client
    except ImportError:
        raise WrongUseError(
            "--dask needs the package distributed.", "Install it with: pip install 'papergen[dask]'"
        ) from None
    try:
        client = Client(dask, timeout="5s", set_as_default=False)
    except (OSError, ValueError) as problem:
        raise WrongUseError(
            f"There is no Dask scheduler at “{dask}”: {problem}.", "Name one such as tcp://cluster:8786"
        ) from None
    with client:
        yield client.get_executor()


def _print_results(results: Sequence[Result], console: Console) -> None:
    """What became of each, and how many of each kind there are."""
    from papergen.commands.locate import relative

    rows = []
    for each in results:
        what = f"{each.state.value} ({each.reason})" if each.reason else each.state.value
        log = str(each.job.log.relative_to(each.job.root))
        rows.append((str(relative(each.job.root)), each.job.meeting, what, f"{each.seconds:.0f}", log))
    console.table(("Workspace", "Meeting", "Result", "Seconds", "Log"), rows, right={"Seconds"})
    counts = Counter(result.state for result in results)
    console.line(f"{', '.join(f'{count} {state.value}' for state, count in counts.items())}.")
