"""What every command needs: the workspace, the meeting, and how a wrong use is told."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from papergen.world import World

CONTENT_HAS_ERRORS = 1
WRONG_USAGE = 2

MeetingName = Annotated[
    str | None,
    typer.Argument(
        metavar="MEETING", help="The meeting's date, as its folder in content/ is named. Otherwise the newest."
    ),
]
Workspace = Annotated[
    Path | None,
    typer.Option(
        "--workspace",
        "-w",
        metavar="DIR",
        help="The folder that holds content/. Otherwise this folder, or the nearest above it that does.",
        show_default=False,
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but findings.")]


def stop(words: str, hint: str = "") -> NoReturn:
    """Say what is wrong with how the command was used, and end with exit code 2."""
    from papergen.cli.console import Show

    Show().problem(words, hint)
    raise typer.Exit(WRONG_USAGE)


def find_root(workspace: Path | None) -> Path:
    """The folder that holds ``content/``."""
    if workspace is not None:
        if not (workspace / "content").is_dir():
            stop(f"“{workspace}” has no folder content/.", "Name the folder that holds content/ and templates/.")
        return workspace
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "content" / "panel.yaml").is_file():
            return folder
    if (here / "content").is_dir():
        return here
    stop(
        "There is no workspace here: no folder content/ with panel.yaml in it.",
        "Go to your workspace's folder, name it with --workspace, or make one with: papergen init my-panel",
    )


def relative(path: Path) -> Path:
    """The path as seen from here, where it lies below."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def find_meeting(world: World, wanted: str | None) -> str:
    """The meeting that was named, or the newest."""
    from papergen.diagnostics import did_you_mean
    from papergen.workspace.settings import meetings

    known = meetings(world)
    if not known:
        stop("content/ has no meeting.", "A meeting is a folder named for its date, such as content/2016-02-02/.")
    if wanted is None:
        return known[-1]
    if wanted not in known:
        stop(f"There is no meeting “{wanted}”.", did_you_mean(wanted, known, f"There are: {', '.join(known)}."))
    return wanted
