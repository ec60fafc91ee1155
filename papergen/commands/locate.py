"""Where a command works: the workspace, the meeting, and the folder for the papers."""

from __future__ import annotations

from pathlib import Path

from papergen.commands.usage import WrongUseError
from papergen.diagnostics import did_you_mean
from papergen.workspace.settings import PANEL_FILE, meetings
from papergen.world import World


def find_root(workspace: Path | None) -> Path:
    """The folder that holds ``content/``: the one that was named, this one, or the nearest above it."""
    if workspace is not None:
        if not (workspace / "content").is_dir():
            raise WrongUseError(
                f"“{workspace}” has no folder content/.", "Name the folder that holds content/ and templates/."
            )
        return workspace
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / PANEL_FILE).is_file():
            return folder
    if (here / "content").is_dir():
        return here
    raise WrongUseError(
        "There is no workspace here: no folder content/ with panel.yaml in it.",
        "Go to your workspace's folder, name it with --workspace, or make one with: papergen init my-panel",
    )


def find_meeting(world: World, wanted: str | None) -> str:
    """The meeting that was named, or the newest."""
    known = meetings(world)
    if not known:
        raise WrongUseError(
            "content/ has no meeting.", "A meeting is a folder named for its date, such as content/2016-02-02/."
        )
    if wanted is None:
        return known[-1]
    if wanted not in known:
        raise WrongUseError(
            f"There is no meeting “{wanted}”.", did_you_mean(wanted, known, f"There are: {', '.join(known)}.")
        )
    return wanted


def output_folder(root: Path, wanted: Path | None) -> Path:
    """The folder to write papers to, which is never one that they are made from."""
    target = wanted.resolve() if wanted is not None else root / "output"
    if target.is_symlink():
        raise WrongUseError(
            f"“{relative(target)}” is a link to another folder.", "Name the folder it leads to with --output."
        )
    if target.exists() and not target.is_dir():
        raise WrongUseError(f"“{relative(target)}” is a file.", "Name a folder for the papers with --output.")
    if target == root or any(target.is_relative_to(root / name) for name in ("content", "templates")):
        raise WrongUseError(
            f"“{relative(target)}” holds what papers are made from.", "Name another folder with --output."
        )
    return target


def relative(path: Path) -> Path:
    """The path as seen from here, where it lies below."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
