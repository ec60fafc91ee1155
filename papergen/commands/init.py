"""Laying down a new workspace: the starter content, and the templates that come with papergen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from papergen.commands.usage import WrongUseError
from papergen.files import Folder, read_file, reason
from papergen.world import MOST_BYTES, packaged_templates


def lay_down(folder: Path) -> None:
    """Make a workspace in ``folder``; raises ``WrongUseError`` when it is not empty or cannot be written."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WrongUseError(f"“{folder}” is not empty.", "Name a folder that does not exist yet.")
    target = Folder(folder.resolve())
    try:
        for file, name in _files():
            target.write(name, read_file(file, most=MOST_BYTES))
        target.make("output")
    except OSError as problem:
        raise WrongUseError(f"“{folder}” could not be made: {reason(problem)}.") from None


def _files() -> Iterator[tuple[Path, str]]:
    """The files of a new workspace, each with its place in it."""
    for source, name in ((Path(__file__).resolve().parent.parent / "starter", ""), (packaged_templates(), "templates")):
        for file in sorted(source.rglob("*")):
            inside = PurePosixPath(name, *file.relative_to(source).parts)
            hidden = any(part.startswith((".", "__")) for part in inside.parts)
            if file.is_file() and file.suffix != ".py" and not hidden:
                yield file, str(inside)
