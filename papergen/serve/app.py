"""The addresses of the live pages, and what each of them answers."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect
from watchfiles import awatch

from papergen.commands.sign import SigningRequest, sign_papers
from papergen.commands.usage import WrongUseError
from papergen.files import LinkError, TooLargeError
from papergen.serve import answers
from papergen.serve.building import written_files
from papergen.serve.desk import Desk, Watcher, relative_paths
from papergen.serve.exhibits import Palette
from papergen.serve.guard import START, App, Guard, ServedAddress
from papergen.serve.pages import Pages
from papergen.serve.people import Doorkeeper
from papergen.serve.requested import NotFoundError, Requested, body_of
from papergen.serve.writing import NotWritableError, load, save
from papergen.workspace.settings import meetings

_MOST_MESSAGE = 4_000
_MOST_DIGITS = 9


class Answers(Requested):
    """What the page asks for and does, for one desk."""

    async def state(self, request: Request) -> Response:
        """How a meeting stands: its outline, findings and board, and the papers that were built."""
        meeting, draft = self.view(request)
        rendering = await self.desk.rendering(meeting, draft=draft)
        today = self.desk.today()
        live = self.desk.live(meeting, draft=draft)
        built, final = written_files(self.world, meeting)
        state = self.desk.builder.state
        return JSONResponse(
            {
                "number": rendering.number,
                "good": rendering.is_good,
                "lastGood": live.last_good.number if live.last_good else "",
                "findings": [answers.finding(each, today) for each in rendering.findings],
                "outline": answers.outline(rendering if rendering.meeting or not live.last_good else live.last_good),
                "board": answers.board(rendering.board, today) if rendering.board else None,
                "built": [{"name": each.name, "size": each.size, "pages": each.pages} for each in built],
                "final": final,
                "build": answers.build_state(state) if state else None,
            }
        )

    async def file(self, request: Request) -> Response:
        """The text of a file."""
        found = await asyncio.to_thread(load, self.world, request.query_params.get("path", ""))
        return JSONResponse({"path": found.path, "text": found.text, "sha256": found.sha256})

    async def save(self, request: Request) -> Response:
        """Save a file; 409 with the text on the disk where it is not the one that the editor loaded."""
        given = await body_of(request, path=str, text=str, base=str)
        saved = await asyncio.to_thread(save, self.world, given["path"], given["text"], given["base"])
        told = {"path": saved.file.path, "text": saved.file.text, "sha256": saved.file.sha256}
        if saved.saved:
            task = asyncio.create_task(self.desk.changed([saved.file.path], by=request.state.person))
            request.app.state.tasks.add(task)
            task.add_done_callback(request.app.state.tasks.discard)
        return JSONResponse(told, 200 if saved.saved else 409)

    async def vocabulary(self, request: Request) -> Response:
        """What an editor completes."""
        rendering = await self.rendering(request)
        if rendering.meeting is None:
            return JSONResponse({})
        kinds = Palette(rendering.meeting, self.desk.store).told()
        return JSONResponse(answers.vocabulary(rendering.meeting, kinds))

    async def names(self, request: Request) -> Response:
        """The facts below a name, with what they print."""
        rendering = await self.rendering(request)
        if rendering.meeting is None:
            return JSONResponse([])
        prefix = request.query_params.get("prefix", "")[:200]
        return JSONResponse(await asyncio.to_thread(answers.names, rendering.meeting.session, prefix))

    async def place(self, request: Request) -> Response:
        """Where the words that were clicked stand, and why a number among them is printed."""
        rendering = await self.rendering(request)
        asked = request.query_params
        passage = answers.place(rendering, asked.get("paper", ""), asked.get("section", ""), asked.get("words", ""))
        if passage is None:
            raise NotFoundError
        word = asked.get("number", "")[:80]
        told = await asyncio.to_thread(answers.why_here, rendering, passage, word) if word else None
        return JSONResponse({"file": passage.at.file, "line": passage.at.line, "why": told})

    async def places(self, request: Request) -> Response:
        """What stands in the papers at a line of a file."""
        rendering = await self.rendering(request)
        line = request.query_params.get("line", "")
        if not line.isdecimal() or len(line) > _MOST_DIGITS:
            raise NotFoundError
        return JSONResponse(answers.places(rendering, request.query_params.get("file", ""), int(line)))

    async def exhibit(self, request: Request) -> Response:
        """A chart or table that can be put in: its keys, its text and its looks."""
        given = await body_of(request, block=str, kind=str, filled=dict, near=list)
        rendering = await self.rendering(request)
        if rendering.meeting is None:
            raise NotFoundError
        near = tuple(each for each in given["near"] if isinstance(each, str))
        palette = Palette(rendering.meeting, self.desk.store, near)
        return JSONResponse(await asyncio.to_thread(palette.shown, given["block"], given["kind"], given["filled"]))

    async def sign(self, request: Request) -> Response:
        """Sign a section off as it is printed now."""
        given = await body_of(request, section=str, role=str)
        if not given["role"].strip():
            raise WrongUseError("Say as which role you sign.", "")
        meeting, person = self.meeting(request), request.state.person
        rendering = await self.desk.rendering(meeting, draft=True)
        if rendering.meeting is None:
            raise NotFoundError
        signing = SigningRequest(
            sections=[given["section"]], role=given["role"].strip(), name=person.name or None, when=self.desk.now()
        )
        async with self.desk.signing:
            signed = await asyncio.to_thread(sign_papers, rendering.meeting.session, rendering.meeting.papers, signing)
        if signed is None:
            raise WrongUseError("Nothing was signed: the section has errors.", "Mend them first.")
        await self.desk.changed([f"content/{meeting}/signatures.yaml"], by=person)
        return JSONResponse({"signed": list(signed.headings), "unreviewed": list(signed.unreviewed)})

    async def build(self, request: Request) -> Response:
        """Begin to build the papers of a meeting."""
        given = await body_of(request, final=bool)
        begun = await self.desk.builder.start(self.meeting(request), final=given["final"])
        return JSONResponse({"begun": begun}, 202 if begun else 409)

    async def stop(self, _request: Request) -> Response:
        """Stop the build that is running."""
        self.desk.builder.stop()
        return JSONResponse({}, 202)

    async def live(self, socket: WebSocket) -> None:
        """Tell a page whatever changes, until it goes."""
        meeting = socket.query_params.get("meeting", "")
        if meeting not in meetings(self.world):
            await socket.close(1008)
            return
        await socket.accept()
        draft = socket.query_params.get("view") != "public"
        watcher = Watcher(socket, socket.state.person, meeting, draft)
        self.desk.watchers.add(watcher)
        try:
            await self.desk.tell_papers(watcher)
            while True:
                text = await socket.receive_text()
                if len(text) > _MOST_MESSAGE:
                    break
                await self._heard(watcher, text)
        except (WebSocketDisconnect, ValueError, KeyError, TypeError, RecursionError):
            pass
        finally:
            self.desk.watchers.discard(watcher)
            with suppress(RuntimeError):
                await socket.close()

    async def _heard(self, watcher: Watcher, text: str) -> None:
        message: dict[str, Any] = json.loads(text)
        match message:
            case {"shows": str(paper), "number": str(number)}:
                watcher.shown[paper] = number
                live = self.desk.live(watcher.meeting, draft=watcher.draft)
                if live.last_good is not None and number != live.last_good.number:
                    await self.desk.tell_papers(watcher)
            case {"print": bool(wanted)}:
                watcher.wants_print = wanted
                if wanted:
                    await watcher.tell(self.desk.print_message(watcher.meeting, draft=watcher.draft))
                    await self.desk.print_now()


async def _not_found(_request: Request, _problem: Exception) -> Response:
    return PlainTextResponse("Not found\n", 404)


async def _told(_request: Request, problem: Exception) -> Response:
    hint = problem.hint if isinstance(problem, WrongUseError) else ""
    words = problem.message if isinstance(problem, WrongUseError) else str(problem)
    return JSONResponse({"message": words, "hint": hint}, 400)


def make_app(
    desk: Desk,
    doorkeeper: Doorkeeper,
    address: ServedAddress,
    *,
    clock: Callable[[], float],
    poll: bool,
    editor: str = "",
) -> App:
    """The live pages behind their guard; files are watched while they are served, by looking at them where ``poll``.

    ``editor`` is the address that opens a file in the editor of whoever started them.
    """
    pages = Pages(desk, doorkeeper, secure=address.scheme == "https", editor=editor)
    told = Answers(desk)

    def post(path: str, answer: Callable[[Request], Awaitable[Response]]) -> Route:
        return Route(path, answer, methods=["POST"])

    routes = [
        Route(START, pages.start),
        Route("/", pages.page),
        Route("/assets/{name}", pages.asset),
        Route("/paper/{meeting}/{view}/{number}/{name:path}", pages.paper),
        Route("/pdf/{meeting}/{view}/{number}/{name}.pdf", pages.pdf),
        Route("/download/{meeting}.zip", pages.everything),
        Route("/download/{meeting}/{name:path}", pages.download),
        Route("/api/state", told.state),
        Route("/api/file", told.file),
        post("/api/file", told.save),
        Route("/api/vocabulary", told.vocabulary),
        Route("/api/names", told.names),
        Route("/api/place", told.place),
        Route("/api/places", told.places),
        post("/api/exhibit", told.exhibit),
        post("/api/sign", told.sign),
        post("/api/build", told.build),
        post("/api/stop", told.stop),
        WebSocketRoute("/live", told.live),
    ]

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        app.state.clock, app.state.tasks = clock, set()
        watching = asyncio.create_task(_watch(desk, poll=poll))
        try:
            yield
        finally:
            watching.cancel()
            with suppress(asyncio.CancelledError):
                await watching
            desk.close()

    gone = dict.fromkeys((NotFoundError, FileNotFoundError, LinkError, TooLargeError), _not_found)
    handlers = {**gone, WrongUseError: _told, NotWritableError: _told}
    app = Starlette(routes=routes, lifespan=lifespan, exception_handlers=handlers)
    return Guard(app, address, doorkeeper, clock)


async def _watch(desk: Desk, *, poll: bool) -> None:
    """Look for files that are written by anybody."""
    folders = [str(place) for name in ("content", "templates") if (place := Path(desk.root) / name).is_dir()]
    try:
        async for changes in awatch(*folders, debounce=100, step=20, force_polling=poll or None, recursive=True):
            paths = relative_paths(desk.root, (path for _, path in changes))
            if paths:
                await desk.changed(paths)
    except OSError:  # the machine has no more watches to give
        if not poll:
            await _watch(desk, poll=True)
