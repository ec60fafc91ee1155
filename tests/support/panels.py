"""Workspaces for building many at once: some that build, and some that fail, hang or die in the middle."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import chdir
from pathlib import Path

from bench import panels as bench
from construct_panels import construct_panels
from typer.testing import CliRunner

from papergen.cli.app import app
from papergen.commands.build import build
from papergen.commands.request import BuildRequest
from papergen.commands.trust import agree, workspace_code
from papergen.diagnostics import Diagnostics
from papergen.store.kept import Store
from papergen.world import World
from tests.support.builds import REPOSITORY
from tests.support.orchard import FILES, MEETING, PAGE, Orchard

HANGS = """
import os, signal, time
from pathlib import Path

signal.signal(signal.SIGTERM, signal.SIG_IGN)
Path("{pid}").write_text(str(os.getpid()), encoding="ascii")
time.sleep(3600)
"""
DIES = """
import os, signal

os.kill(os.getpid(), signal.SIGKILL)
"""
_ENVIRONMENT = {"COLUMNS": "300", "PYTHONPATH": str(REPOSITORY)}


def panels(folder: Path, *, number: int, meetings: int = 1) -> Path:
    """A folder with tiny workspaces of a chart and a table, each with data of its own."""
    source = Orchard(folder / "source").root
    (source / PAGE).write_text(f"{FILES[PAGE]}\n```chart\nkind: control\nmeasure: theft\n```\n", encoding="utf-8")
    construct_panels(source, folder / "panels", panels=number, meetings=meetings)
    return folder / "panels"


def with_code(root: Path, code: str) -> Path:
    """A small workspace at ``root`` whose own code is ``code``, to which the person of this environment has agreed."""
    Orchard(root)
    (root / "exhibits.py").write_text(code, encoding="utf-8")
    settings = root / "content/panel.yaml"
    settings.write_text(f"{settings.read_text(encoding='utf-8')}\nexhibits: [dots]\n", encoding="utf-8")
    world = World(root, Diagnostics())
    own = workspace_code(world)
    assert own is not None
    agree(world, own)
    return root


def hanging(root: Path) -> tuple[Path, Path]:
    """A workspace whose build hangs and cannot be asked to end, and the file in which it then writes its process."""
    pid = root.parent / f"{root.name}.pid"
    return with_code(root, HANGS.format(pid=pid)), pid


def broken(root: Path) -> Path:
    """A workspace whose content has an error."""
    Orchard(root)
    (root / "content/plan.yaml").write_text("title: [", encoding="utf-8")
    return root


def papers_of(output: Path) -> dict[str, str]:
    """The hash of every file of the papers below an output folder, by path, without logs and locks."""
    return dict(bench.papers_of(output))


def command(*arguments: str | Path) -> list[str]:
    """The command line that runs papergen here."""
    return [sys.executable, "-m", "papergen", *map(str, arguments)]


def start(*arguments: str | Path, at: Path) -> subprocess.Popen[str]:
    """papergen, started in ``at``."""
    environment = {**os.environ, **_ENVIRONMENT}
    return subprocess.Popen(
        command(*arguments), cwd=at, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def papers_alone(root: Path, output: Path) -> dict[str, str]:
    """The papers of a workspace, built by themselves into ``output``, with nothing that another build kept."""
    request = BuildRequest(meeting=MEETING, output=output, store=Store(output.with_suffix(".kept")))
    build(World(root, Diagnostics()), request)
    return papers_of(output)


def run(*arguments: str | Path, at: Path) -> tuple[int, str]:
    """What papergen left and said in ``at``: its command runs in this process, each build in one of its own."""
    with chdir(at):
        done = CliRunner().invoke(app, [*map(str, arguments)], env=_ENVIRONMENT)
    return done.exit_code, done.output


def wait_for(happened: Callable[[], object], *, seconds: float = 300) -> None:
    """Wait until something has happened, and fail where it does not."""
    until = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.05)


def is_running(pid: int) -> bool:
    """True while there is a process of that number that has not ended."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
