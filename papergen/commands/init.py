"""Laying down a new workspace: the starter content, and the templates that come with papergen."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from papergen.files import Folder, read_file
from papergen.world import MOST_BYTES, packaged_templates


class FolderInUseError(Exception):
    """The folder that was named is there already, with something in it."""


def lay_down(folder: Path) -> None:
    """Make a workspace in ``folder``.

    Raises ``FolderInUseError`` when the folder is not empty, ``OSError`` when it cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderInUseError
    target = Folder(folder.resolve())
    for source, name in ((Path(__file__).resolve().parent.parent / "starter", ""), (packaged_templates(), "templates")):
        for file in sorted(source.rglob("*")):
            inside = PurePosixPath(name, *file.relative_to(source).parts)
            if (
                file.is_file()
                and file.suffix != ".py"
                and not any(part.startswith((".", "__")) for part in inside.parts)
            ):
                target.write(str(inside), read_file(file, most=MOST_BYTES))
    target.make("output")
