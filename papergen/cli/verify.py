"""The command that builds papers a second time and says whether they come out the same."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from papergen.cli.options import Quiet, Workspace, find_meeting, find_root, relative, stop

if TYPE_CHECKING:
    from papergen.cli.console import Show
    from papergen.commands.verify import Difference, Verified
    from papergen.manifest.record import Manifest

VERIFY_EXAMPLES = (
    "Examples:  papergen verify  ·  papergen verify output/2016-02-02  ·  papergen verify output/2016-02-02/partial"
)
DIFFERS = 1


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
    from papergen.cli.console import Show
    from papergen.commands.verify import verify_papers
    from papergen.diagnostics import Diagnostics
    from papergen.world import World

    folder = folder.parent if folder is not None and folder.is_file() else folder
    root = _root(workspace, folder)
    if folder is None:
        folder = root / "output" / find_meeting(World(root, Diagnostics()), None)
    recorded = load_manifest(folder)
    meeting = recorded.settings.meeting
    if not (root / "content" / meeting).is_dir():
        stop(
            f"These are papers of the meeting of {meeting}, which “{relative(root.resolve())}” does not have.",
            "Name the workspace they were made from with --workspace.",
        )
    show = Show(quiet=quiet)
    with show.progress() as progress:
        found = verify_papers(root, folder, recorded, progress=progress)
    _tell(found, recorded, relative(folder), show)
    if not found.identical:
        raise typer.Exit(DIFFERS)


def load_manifest(place: Path) -> Manifest:
    """The manifest in the file or folder ``place``; ends the command when there is none that can be used."""
    from papergen.files import TooLargeError, read_file
    from papergen.manifest.record import NAME, UnreadableManifestError, read_manifest
    from papergen.world import MOST_BYTES

    file = place / NAME if place.is_dir() else place
    try:
        return read_manifest(read_file(file, most=MOST_BYTES, follow=file == place))
    except TooLargeError:
        stop(f"“{relative(file)}” cannot be used: it is larger than any manifest.")
    except FileNotFoundError:
        stop(f"There is no {NAME} in “{relative(place)}”.", "papergen build writes one beside the papers.")
    except OSError as problem:
        stop(f"“{relative(file)}” cannot be read: {(problem.strerror or 'unknown reason').lower()}.")
    except UnreadableManifestError as problem:
        stop(f"“{relative(file)}” cannot be used: it {problem}.", "Build the papers again to have a new one.")


def _root(workspace: Path | None, folder: Path | None) -> Path:
    """The workspace that was named, or the one that the folder lies in, or the one around here."""
    if workspace is None and folder is not None:
        for above in folder.resolve().parents:
            if (above / "content" / "panel.yaml").is_file():
                return above
    return find_root(workspace)


def _tell(found: Verified, recorded: Manifest, folder: Path, show: Show) -> None:
    kind = "final" if recorded.settings.final else "draft"
    reasons = (
        ("What the papers are made from:", found.inputs),
        ("The settings:", found.settings),
        ("The programs:", found.tools),
    )
    if found.identical:
        what = f"the {found.files} files" if found.files > 1 else "the file"
        verb = "come" if found.files > 1 else "comes"
        show.line(f"Identical: {what} in {folder}/ ({kind}) {verb} out the same, byte by byte.")
        _list("Changed since, and without effect on the papers:", [*found.inputs, *found.settings, *found.tools], show)
        return
    show.problem(f"The papers in {folder}/ ({kind}) are not what a build gives now.")
    _list("Changed since they were written:", found.edited, show)
    _list("Different in a second build:", found.rebuilt, show)
    for heading, differences in reasons:
        _list(heading, differences, show)
    if found.failed.has_errors:
        show.problem("They could not be built again:")
        show.findings(found.failed)
    elif found.rebuilt and not any(differences for _, differences in reasons):
        show.problem(
            "Nothing that papers depend on has changed, so papergen itself is at fault.",
            "Please send manifest.json and both files to whoever looks after papergen.",
        )
    elif found.edited and not found.rebuilt:
        show.problem("A second build gives what was written then.", "To have it back, run: papergen build")


def _list(heading: str, differences: Sequence[Difference], show: Show) -> None:
    if differences:
        show.problem(heading)
        for each in differences:
            show.problem(f"    {each}")
