"""``papergen verify``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from papergen.cli.exits import PAPERS_DIFFER
from papergen.cli.options import Quiet, Workspace

if TYPE_CHECKING:
    from papergen.cli.console import Console
    from papergen.commands.verify import Difference, Verified

EXAMPLES = (
    "Examples:  papergen verify  ·  papergen verify output/2016-02-02  ·  papergen verify output/2016-02-02/partial"
)


def verify(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="FOLDER",
            help="The folder of the papers, such as output/2016-02-02. Otherwise the newest meeting's.",
        ),
    ] = None,
    quiet: Quiet = False,
    workspace: Workspace = None,
) -> None:
    """Build papers again from what they were made from, and say whether they come out the same, byte by byte.

    What differs is told with the reason: a file that was changed afterwards, an input that has changed or is gone, a
    program that has another version. Leaves 0 when the papers are identical, 1 when they are not. Nothing is changed.
    """
    from papergen.cli.console import Console
    from papergen.commands.locate import relative
    from papergen.commands.trust import Consent
    from papergen.commands.verify import find_papers, verify_papers

    papers = find_papers(workspace, folder)
    console = Console(quiet=quiet)
    with console.progress() as progress:
        found = verify_papers(papers, progress=progress, may_run=Consent(console.problem))
    which = f"{relative(papers.folder)}/ ({'final' if papers.manifest.settings.final else 'draft'})"
    if found.identical:
        what = f"the {found.files} files" if found.files > 1 else "the file"
        verb = "come" if found.files > 1 else "comes"
        console.line(f"Identical: {what} in {which} {verb} out the same, byte by byte.")
        changed = [*found.inputs, *found.settings, *found.tools]
        _list("Changed since, and without effect on the papers:", changed, console)
        return
    console.problem(f"The papers in {which} are not what a build gives now.")
    _print_differences(found, console)
    raise typer.Exit(PAPERS_DIFFER)


def _print_differences(found: Verified, console: Console) -> None:
    """What is not as it was, and the reasons that are known."""
    _list("Changed since they were written:", found.edited, console)
    _list("Different in a second build:", found.rebuilt, console)
    _list("What the papers are made from:", found.inputs, console)
    _list("The settings:", found.settings, console)
    _list("The programs:", found.tools, console)
    if found.failed.has_errors:
        console.problem("They could not be built again:")
        console.findings(found.failed)
    elif found.rebuilt and not (found.inputs or found.settings or found.tools):
        console.problem(
            "Nothing that papers depend on has changed, so papergen itself is at fault.",
            "Please send manifest.json and both files to whoever looks after papergen.",
        )
    elif found.edited and not found.rebuilt:
        console.problem("A second build gives what was written then.", "To have it back, run: papergen build")


def _list(heading: str, differences: Sequence[Difference], console: Console) -> None:
    if differences:
        console.problem(heading)
        for each in differences:
            console.problem(f"    {each}")
