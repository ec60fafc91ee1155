"""Workspaces built for tests: laid out in a temporary folder, built once, and looked at by many tests."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from papergen.commands.build import build
from papergen.commands.init import lay_down
from papergen.commands.request import BuildRequest
from papergen.diagnostics import Diagnostic, Diagnostics
from papergen.model.nodes import Paper
from papergen.world import World
from papergen.write.files import MadeFile

REPOSITORY = Path(__file__).resolve().parents[2]
WORKSPACES = REPOSITORY / "tests" / "workspaces"
NORFOLK = WORKSPACES / "norfolk"
FOURSHIRE = WORKSPACES / "fourshire"
HARBOUR = WORKSPACES / "harbour"


def copy_of_sample(folder: Path) -> Path:
    """The West Mercia workspace, copied so that a test may change it."""
    for name in ("content", "templates"):
        shutil.copytree(REPOSITORY / name, folder / name)
    return folder


def copy_of_fourshire(folder: Path) -> Path:
    """The second workspace, with the templates that come with papergen."""
    shutil.copytree(FOURSHIRE, folder, dirs_exist_ok=True)
    return folder


def copy_of_harbour(folder: Path) -> Path:
    """The third workspace: a council without a plan, a commissioner, a force or policing areas."""
    shutil.copytree(HARBOUR, folder, dirs_exist_ok=True)
    return folder


def copy_of_norfolk(folder: Path) -> Path:
    """The workspace with real figures, of a meeting of 2018."""
    shutil.copytree(NORFOLK, folder, dirs_exist_ok=True)
    return folder


def starter(folder: Path) -> Path:
    """What ``papergen init`` lays down."""
    lay_down(folder)
    return folder


@dataclass(frozen=True)
class Built:
    """A build that was run: its papers as models, its files and its findings."""

    root: Path
    folder: Path
    papers: tuple[Paper, ...]
    files: dict[str, MadeFile]
    findings: tuple[Diagnostic, ...]

    def data(self, name: str) -> bytes:
        """The bytes of a file, as they lie in the meeting's folder."""
        return (self.folder / name).read_bytes()


def built(root: Path, meeting: str, *, final: bool = False, may_run: bool = False) -> Built:
    """Build a meeting of the workspace at ``root``, whose own code runs when it ``may_run``."""
    diagnostics = Diagnostics()
    world = World(root, diagnostics, may_run=lambda _file, _text: may_run)
    request = BuildRequest(meeting=meeting, output=root / "output", final=final)
    made = build(world, request)
    return Built(
        root, made.folder, made.papers, {Path(file.name).name: file for file in made.files}, tuple(diagnostics)
    )
