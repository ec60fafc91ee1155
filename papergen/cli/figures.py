"""The commands that say where the numbers come from: ``figures`` and ``background-papers``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from papergen.cli.options import CONTENT_HAS_ERRORS, MeetingName, Workspace, find_meeting, find_root, stop
from papergen.cli.verify import load_manifest

if TYPE_CHECKING:
    from papergen.cli.console import Show
    from papergen.manifest.record import Evidence
    from papergen.world import World

FIGURES_EXAMPLES = "Examples:  papergen figures  ·  papergen figures --why 2,451  ·  papergen figures --csv > all.csv"
BACKGROUND_EXAMPLE = "Example:  papergen background-papers > background-papers.md"

ManifestFile = Annotated[
    Path | None,
    typer.Option(
        "--manifest",
        metavar="FILE",
        help="Answer from the manifest.json of papers that were built, instead of from the content as it is now.",
        show_default=False,
    ),
]


def figures(
    meeting: MeetingName = None,
    typed: Annotated[bool, typer.Option("--typed", help="Only the numbers that are typed.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="As CSV, each with every row it was worked out from.")] = False,
    asked: Annotated[
        str | None,
        typer.Option(
            "--why",
            metavar="NUMBER",
            help="Say of one number where it is printed, and how and from which rows it was worked out.",
            show_default=False,
        ),
    ] = None,
    manifest: ManifestFile = None,
    workspace: Workspace = None,
) -> None:
    """List every number in the papers of a meeting: where each bound one comes from, and which are typed.

    A number is bound when it is worked out from content/data/, or printed by name from the settings.
    """
    from papergen.cli.console import Show
    from papergen.commands.steps import read_meeting
    from papergen.diagnostics import Diagnostics
    from papergen.language.numbers import State
    from papergen.manifest.listing import list_numbers
    from papergen.world import World

    if manifest is not None and asked is None:
        stop("--manifest goes with --why.", "For example: papergen figures --why 2,451 --manifest FILE")
    if asked is not None and not asked.strip():
        stop("No number was given.", "Write it after --why, such as: papergen figures --why 2,451")
    diagnostics = Diagnostics()
    world = World(find_root(workspace), diagnostics)
    show = Show()
    if asked is not None:
        _why(world, meeting, manifest, asked, show)
        return
    read = read_meeting(world, find_meeting(world, meeting))
    listed = [each for each in list_numbers(read.papers if read else ()) if not typed or each.state is State.TYPED]
    if as_csv:
        show.numbers_as_csv(listed)
    else:
        show.numbers(listed)
    show.findings(diagnostics)
    if diagnostics.has_errors:
        raise typer.Exit(CONTENT_HAS_ERRORS)


def background_papers(meeting: MeetingName = None, manifest: ManifestFile = None, workspace: Workspace = None) -> None:
    """Draft the list of background papers from the sources that the papers of a meeting use.

    Each source is listed once, with the files to keep for inspection. Which of them belong in the published list is for
    the proper officer to say.
    """
    from papergen.cli.console import Show
    from papergen.diagnostics import Diagnostics
    from papergen.manifest.background import HEADING
    from papergen.manifest.background import background_papers as drafted
    from papergen.world import World

    world = World(find_root(workspace), Diagnostics())
    show = Show()
    rests_on, _ = _evidence(world, meeting, manifest, show)
    show.line(f"{HEADING}\n")
    for each in drafted(rests_on.measures):
        show.line(f"- {each}")
    show.problem(
        "\nThis is a draft, from the data alone.",
        "Leave out published works and exempt information, and add what else the report was based on.",
    )


def _evidence(world: World, meeting: str | None, file: Path | None, show: Show) -> tuple[Evidence, Mapping[str, str]]:
    """What the papers rest on, and the hashes of the files as they were then (none for the content as it is now)."""
    from papergen.commands.steps import read_meeting
    from papergen.manifest.evidence import evidence

    if file is not None:
        found = load_manifest(file)
        return found, {each.name: each.sha256 for each in found.inputs}
    read = read_meeting(world, find_meeting(world, meeting))
    if read is None or world.diagnostics.has_errors:
        show.findings(world.diagnostics)
        raise typer.Exit(CONTENT_HAS_ERRORS)
    return evidence(read.papers, read.session.book), {}


def _why(world: World, meeting: str | None, manifest: Path | None, asked: str, show: Show) -> None:
    from papergen.cli.why import WhyTeller
    from papergen.manifest.why import why

    rests_on, hashes = _evidence(world, meeting, manifest, show)
    answer = why(asked, rests_on)
    if not answer.numbers and not answer.charts:
        like = f"Like it are: {'; '.join(answer.near)}." if answer.near else "Nothing like it is printed either."
        show.problem(f"“{asked}” is printed in none of the papers.", like)
        raise typer.Exit(CONTENT_HAS_ERRORS)
    WhyTeller(world, hashes, rests_on, show).tell(asked, answer)
