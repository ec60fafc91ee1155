"""``papergen check``."""

from __future__ import annotations

import os
from functools import partial
from importlib import import_module
from typing import Annotated, Literal

import typer

from papergen.cli.exits import CONTENT_HAS_ERRORS
from papergen.cli.options import Jobs, MeetingName, Workspace, open_workspace

EXAMPLES = "Examples:  papergen check  ·  papergen check --select C2  ·  papergen check --format sarif"


def check(
    meeting: MeetingName = None,
    form: Annotated[
        Literal["text", "json", "github", "sarif"],
        typer.Option("--format", metavar="FORM", help="text, json, github or sarif."),
    ] = "text",
    select: Annotated[
        list[str] | None, typer.Option("--select", metavar="CODE", help="Only findings whose code begins so.")
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", metavar="CODE", help="No findings whose code begins so.")
    ] = None,
    jobs: Jobs = None,
    workspace: Workspace = None,
) -> None:
    """Look for everything that a careful colleague would find in the papers of a meeting. Nothing is written.

    Leaves 1 when there is an error. What a code means is told by: papergen explain CODE
    """
    from papergen.work.helpers import Helpers

    ready = partial(import_module, "papergen.commands.dresses")
    with Helpers(min(1, (jobs or os.cpu_count() or 1) - 1), ready) as helpers:
        helpers.start()
        from papergen.cli.console import Console
        from papergen.cli.report import as_github, as_json, as_sarif  # while the helper gets ready
        from papergen.commands.check import check_papers
        from papergen.commands.locate import find_meeting
        from papergen.store.kept import Store, cache_folder

        world = open_workspace(workspace)
        named = find_meeting(world, meeting)
        checked = check_papers(
            world, named, select=select or (), ignore=ignore or (), helpers=helpers, store=Store(cache_folder())
        )
    match form:
        case "text":
            console = Console()
            console.findings(checked.findings)
            for each in checked.waived:
                console.waived(each.found, each.waiver.reason)
            if checked.share is not None:
                console.line(str(checked.share))
        case "json":
            typer.echo(as_json(checked.findings, checked.share))
        case "github":
            typer.echo(as_github(checked.findings))
        case "sarif":
            typer.echo(as_sarif(checked.findings))
    if checked.findings.has_errors:
        raise typer.Exit(CONTENT_HAS_ERRORS)
