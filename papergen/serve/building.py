"""Building from the page: the command itself in a process of its own, followed line by line, and stopped on request."""

from __future__ import annotations

import asyncio
import io
import sys
import zipfile
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from papergen.manifest.names import MANIFEST
from papergen.manifest.record import read_manifest
from papergen.model.serial import UnreadableRecordError
from papergen.session import read_step, share_done
from papergen.world import World

_MOST_LINES = 400
MOST_FILE = 200_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskBuild:
    """How far a build is, ``share`` from 0 to 1; once it has ended, its exit ``code`` and what it ``told``."""

    meeting: str
    final: bool
    step: str = "Start"
    what: str = "papergen build"
    share: float = 0.0
    code: int | None = None
    told: tuple[str, ...] = ()

    @property
    def is_running(self) -> bool:
        return self.code is None


Tell = Callable[[DeskBuild], Awaitable[None]]


@dataclass
class DeskBuilder:
    """Runs one build at a time for the workspace at ``root``."""

    root: Path
    tell: Tell
    state: DeskBuild | None = None
    _process: asyncio.subprocess.Process | None = field(default=None, repr=False)

    async def start(self, meeting: str, *, final: bool) -> bool:
        """Begin a build; False where one is running already."""
        if self.state is not None and self.state.is_running:
            return False
        self.state = DeskBuild(meeting=meeting, final=final)
        await self.tell(self.state)
        command = [sys.executable, "-m", "papergen", "build", meeting, "--workspace", str(self.root)]
        self._process = await asyncio.create_subprocess_exec(
            *command,
            *(["--final"] if final else []),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        self._follow = asyncio.create_task(self._followed(self._process))
        return True

    def stop(self) -> None:
        """Ask the build that is running to end; the papers in place stay whole."""
        if self._process is not None and self._process.returncode is None:
            self._process.terminate()

    async def _followed(self, process: asyncio.subprocess.Process) -> None:
        told: list[str] = []
        assert process.stdout is not None  # noqa: S101 - it was asked for
        async for raw in process.stdout:
            line = raw.decode(errors="replace").rstrip()
            if (found := read_step(line)) and self.state is not None:
                step, what = found
                self.state = replace(self.state, step=step, what=what, share=share_done(step))
                await self.tell(self.state)
            elif len(told) < _MOST_LINES:
                told.append(line)
        code = await process.wait()
        if self.state is not None:
            self.state = replace(self.state, code=code, told=tuple(told), share=1.0 if not code else self.state.share)
            await self.tell(self.state)


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file of the papers of a meeting that may be taken away."""

    name: str
    size: int
    pages: int


def written_files(world: World, meeting: str) -> tuple[tuple[WrittenFile, ...], bool]:
    """The files that the last build of ``meeting`` wrote, as its manifest lists them, and whether they are final."""
    path = f"output/{meeting}/{MANIFEST}"
    data = world.quietly().read_bytes(path) if world.is_file(path) else None
    if data is None:
        return (), False
    try:
        manifest = read_manifest(data)
    except UnreadableRecordError:
        return (), False
    files = tuple(WrittenFile(each.name, each.size, each.pages or 0) for each in manifest.outputs)
    return (*files, WrittenFile(MANIFEST, len(data), 0)), manifest.settings.final


def packed(world: World, meeting: str, files: Sequence[WrittenFile]) -> bytes:
    """The files as a ZIP archive, in a folder named for the meeting."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as written:
        for each in files:
            name = f"{meeting}/{each.name}"
            written.writestr(name, world.folder.read(f"output/{name}", most=MOST_FILE))
    return archive.getvalue()
