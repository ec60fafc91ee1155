"""Laying down a new workspace: the starter content, and the templates that come with papergen."""

from __future__ import annotations

import shutil
from pathlib import Path

from papergen.world import packaged_templates


class FolderInUseError(Exception):
    """The folder that was named is there already, with something in it."""


def lay_down(folder: Path) -> None:
    """Make a workspace in ``folder``.

    Raises ``FolderInUseError`` when the folder is not empty, ``OSError`` when it cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderInUseError
    unwanted = shutil.ignore_patterns("__pycache__", "*.py", ".*")
    shutil.copytree(Path(__file__).resolve().parent.parent / "starter", folder, dirs_exist_ok=True, ignore=unwanted)
    shutil.copytree(packaged_templates(), folder / "templates", dirs_exist_ok=True, ignore=unwanted)
    (folder / "output").mkdir(exist_ok=True)
