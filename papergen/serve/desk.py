"""The desk: the meetings that are looked at, who looks, and what each of them is told when something changes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from starlette.websockets import WebSocket, WebSocketDisconnect

from papergen.diagnostics import Diagnostics
from papergen.serve import answers
from papergen.serve.building import DeskBuild, DeskBuilder
from papergen.serve.live import LiveMeeting, Rendering
from papergen.serve.patches import patch
from papergen.serve.people import Person
from papergen.serve.printing import PrintedPack, Printer, print_request
from papergen.store.kept import Store, cache_folder
from papergen.world import MayRun, World

QUIET_SECONDS = 1.0
"""How long nothing may change before the print edition is laid out."""
_SEND_SECONDS = 20.0


@dataclass(eq=False)
class Watcher:
    """A page that is open: what it looks at, and the rendering of each paper that it shows."""

    socket: WebSocket
    person: Person
    meeting: str
    draft: bool
    shown: dict[str, str] = field(default_factory=dict)
    wants_print: bool = False

    async def tell(self, message: answers.Plain) -> None:
        """Send a message; a page that has gone, or takes nothing, is let go."""
        with suppress(WebSocketDisconnect, RuntimeError, asyncio.TimeoutError):
            await asyncio.wait_for(self.socket.send_text(json.dumps(message, ensure_ascii=False)), _SEND_SECONDS)


@dataclass(frozen=True, slots=True)
class PrintEdition:
    """The PDFs of a meeting, the rendering that they were laid out from, and when."""

    number: str
    at: datetime
    pack: PrintedPack


@dataclass
class Desk:
    """Everything that the live pages of one workspace share."""

    root: Path
    may_run: MayRun
    today: Callable[[], date]
    now: Callable[[], datetime]
    store: Store = field(default_factory=lambda: Store(cache_folder()))
    watchers: set[Watcher] = field(default_factory=set)
    meetings: dict[tuple[str, bool], LiveMeeting] = field(default_factory=dict)
    printed: dict[tuple[str, bool], PrintEdition] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.builder = DeskBuilder(self.root, self._tell_of_build)
        self.printer = Printer()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="render")
        self._printing = ThreadPoolExecutor(1, thread_name_prefix="print")
        self._stale: set[tuple[str, bool]] = set()
        self._rendering = asyncio.Lock()
        self.signing = asyncio.Lock()
        self._quiet: asyncio.Task[None] | None = None

    def close(self) -> None:
        """End what runs beside."""
        if self._quiet is not None:
            self._quiet.cancel()
        self.builder.stop()
        self.printer.close()
        self._thread.shutdown(wait=False, cancel_futures=True)
        self._printing.shutdown(wait=False, cancel_futures=True)

    def live(self, meeting: str, *, draft: bool) -> LiveMeeting:
        """The live papers of a meeting in one view."""
        key = (meeting, draft)
        if key not in self.meetings:
            self.meetings[key] = LiveMeeting(self.root, meeting, draft, self.may_run, self.store)
            self._stale.add(key)
        return self.meetings[key]

    async def rendering(self, meeting: str, *, draft: bool) -> Rendering:
        """The papers as they are now, rendered if that has not been done since the last change."""
        live, key = self.live(meeting, draft=draft), (meeting, draft)
        async with self._rendering:
            while key in self._stale or live.latest is None:
                self._stale.discard(key)
                loop = asyncio.get_running_loop()
                try:
                    await loop.run_in_executor(self._thread, lambda: live.render(today=self.today()))
                except Exception as problem:  # the pages must live on, to say so
                    live.fail(problem)
                if self._quiet is not None and self._quiet is not asyncio.current_task():
                    self._quiet.cancel()
                self._quiet = asyncio.create_task(self._print_when_quiet())
        latest = live.latest
        assert latest is not None  # noqa: S101 - the loop above ends with one
        return latest

    async def changed(self, paths: Sequence[str], by: Person | None = None) -> None:
        """Render again, and tell every page what is other than it shows, after files were written."""
        loop = asyncio.get_running_loop()
        for key, live in self.meetings.items():
            if await loop.run_in_executor(self._thread, live.changed, list(paths)):
                self._stale.add(key)
        if not self._stale:
            return
        looked_at = {(each.meeting, each.draft) for each in self.watchers}
        for meeting, draft in sorted(self._stale & looked_at):
            await self.rendering(meeting, draft=draft)
            await self._tell_all(meeting, draft=draft, paths=paths, by=by)

    async def _tell_all(self, meeting: str, *, draft: bool, paths: Sequence[str], by: Person | None) -> None:
        watching = [each for each in self.watchers if (each.meeting, each.draft) == (meeting, draft)]
        await asyncio.gather(*(self.tell_papers(each, paths=paths, by=by) for each in watching))

    async def tell_papers(self, watcher: Watcher, *, paths: Sequence[str] = (), by: Person | None = None) -> None:
        """Tell a page how the papers stand, with the patches of those that it shows."""
        rendering = await self.rendering(watcher.meeting, draft=watcher.draft)
        live = self.live(watcher.meeting, draft=watcher.draft)
        message: answers.Plain = {
            "type": "papers",
            "number": rendering.number,
            "good": rendering.is_good,
            "findings": [answers.finding(each, self.today()) for each in rendering.findings],
            "outline": answers.outline(rendering),
            "board": answers.board(rendering.board, self.today()) if rendering.board else None,
            "patches": self._patches(watcher, rendering, live) if rendering.is_good else {},
            "paths": list(paths),
            "by": by.name if by else "",
        }
        await watcher.tell(message)

    def _patches(self, watcher: Watcher, rendering: Rendering, live: LiveMeeting) -> answers.Plain:
        """The patch of each paper that a page shows, or that it must be loaded again where too much lies between."""
        patches: answers.Plain = {}
        for paper, number in list(watcher.shown.items()):
            old = live.cut.get(number, {}).get(paper)
            pieces = rendering.pieces.get(paper)
            if pieces is None or number == rendering.number:
                continue
            if old is None:
                patches[paper] = None
            elif pieces != old:
                patches[paper] = patch(old, pieces)
            watcher.shown[paper] = rendering.number
        return patches

    async def _print_when_quiet(self) -> None:
        await asyncio.sleep(QUIET_SECONDS)
        loop = asyncio.get_running_loop()
        for live in list(self.meetings.values()):
            await loop.run_in_executor(self._thread, live.settle)
        await self.print_now()

    async def print_now(self) -> None:
        """Lay out what pages look at, where that is older than the papers; and look at their web pages."""
        for meeting, draft in {(each.meeting, each.draft) for each in self.watchers if each.wants_print}:
            live = self.live(meeting, draft=draft)
            rendering, key = live.last_good, (meeting, draft)
            if rendering is None or (key in self.printed and self.printed[key].number == rendering.number):
                continue
            at = self.now()
            loop = asyncio.get_running_loop()
            try:
                papers = await loop.run_in_executor(self._printing, live.printable, rendering)
                request = print_request(World(self.root, Diagnostics()), papers, rendering.files)
                pack = None
                if request is not None:
                    pack = await loop.run_in_executor(self._printing, self.printer.print, request)
            except Exception:  # the pages must live on, to say so
                pack = None
            if pack is None:
                await self._tell_of_print(meeting, draft=draft, failed=True)
                continue
            if pack.of_pages and live.latest is rendering:
                live.refuse(pack.of_pages)
                await self._tell_all(meeting, draft=draft, paths=(), by=None)
                continue
            self.printed[key] = PrintEdition(rendering.number, at, pack)
            await self._tell_of_print(meeting, draft=draft)

    async def _tell_of_print(self, meeting: str, *, draft: bool, failed: bool = False) -> None:
        for each in self.watchers:
            if (each.meeting, each.draft) == (meeting, draft) and each.wants_print:
                await each.tell({**self.print_message(meeting, draft=draft), "failed": failed})

    def print_message(self, meeting: str, *, draft: bool) -> answers.Plain:
        """What a page is told of the print edition."""
        edition, live = self.printed.get((meeting, draft)), self.live(meeting, draft=draft)
        current = edition is not None and live.last_good is not None and edition.number == live.last_good.number
        return {
            "type": "print",
            "at": edition.at.isoformat() if edition else "",
            "current": current,
            "number": edition.number if edition else "",
            "papers": sorted(edition.pack.files) if edition else [],
            "findings": [answers.finding(each, self.today()) for each in edition.pack.of_print] if edition else [],
        }

    async def _tell_of_build(self, state: DeskBuild) -> None:
        message = {"type": "build", **answers.build_state(state)}
        await asyncio.gather(*(each.tell(message) for each in list(self.watchers)))


def relative_paths(root: Path, paths: Iterable[str]) -> list[str]:
    """Changed files of a workspace as it names them, without hidden ones and without papers."""
    found = []
    for path in paths:
        place = Path(path)
        if place.is_relative_to(root):
            inside = place.relative_to(root)
            if inside.parts[:1] != ("output",) and not any(part.startswith((".", "~$", "#")) for part in inside.parts):
                found.append(inside.as_posix())
    return sorted(set(found))
