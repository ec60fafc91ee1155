"""The addresses of the live pages, and what each of them answers."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from html import escape
from importlib import resources
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect
from watchfiles import awatch

from papergen.commands.sign import SigningRequest, sign_papers
from papergen.commands.usage import WrongUseError
from papergen.diagnostics import Diagnostics
from papergen.files import LinkError, TooLargeError, read_file
from papergen.serve import answers
from papergen.serve.building import MOST_FILE, packed, written_files
from papergen.serve.desk import Desk, Watcher, relative_paths
from papergen.serve.guard import START, App, Guard, ServedAddress
from papergen.serve.people import COOKIE, Doorkeeper, Person
from papergen.serve.pictures import picture_of
from papergen.serve.writing import NotWritableError, load, save
from papergen.workspace.settings import meetings
from papergen.world import World
from papergen.write.dressing import own_web_stylesheet

ASSETS = {
    "desk.js": "text/javascript",
    "frame.js": "text/javascript",
    "board.js": "text/javascript",
    "begin.js": "text/javascript",
    "editor.js": "text/javascript",
    "form.js": "text/javascript",
    "palette.js": "text/javascript",
    "paste.js": "text/javascript",
    "parts.js": "text/javascript",
    "codemirror.js": "text/javascript",
    "desk.css": "text/css",
}
PAPER_POLICY = (
    "sandbox allow-same-origin; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:;"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
_PDF_POLICY = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"
_MOST_MESSAGE = 4_000
_MOST_DIGITS = 9
_KINDS = {".pdf": "application/pdf", ".html": "text/html", ".csv": "text/csv", ".json": "application/json"}


class NotFoundError(Exception):
    """What was asked for is not there."""


@dataclass(frozen=True)
class Pages:
    """The answers, for one desk."""

    desk: Desk
    doorkeeper: Doorkeeper
    secure: bool
    editor: str

    @property
    def world(self) -> World:
        return World(self.desk.root, Diagnostics(), may_run=self.desk.may_run)

    # -----------------------------------------------------------------------------------------------------------------
    # Pages

    async def start(self, request: Request) -> Response:
        """A token becomes a cookie.  The page then goes on by itself: a strict cookie is not sent after a redirect."""
        cookie = self.doorkeeper.admit(request.query_params.get("token", ""), request.app.state.clock())
        if cookie is None:
            words = "This link does not hold. Start papergen serve again, or ask whoever gave it to you for another.\n"
            return PlainTextResponse(words, 403)
        meeting = request.query_params.get("meeting", "")
        on = f"/?meeting={meeting}" if meeting in meetings(self.world) else "/"
        page = (
            '<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>papergen</title>'
            f'<meta http-equiv="refresh" content="0;url={on}"></head>'
            f'<body><p><a href="{on}">Go on</a></p></body></html>'
        )
        response = HTMLResponse(page)
        response.set_cookie(
            COOKIE, cookie, max_age=14 * 24 * 3600, httponly=True, samesite="strict", secure=self.secure, path="/"
        )
        return response

    async def page(self, request: Request) -> Response:
        """The page that everything else stands in."""
        person: Person = request.state.person
        known = meetings(self.world)
        editor = "" if person.name else self.editor
        told = {"meetings": known[::-1], "name": person.name, "mayWrite": person.may_write, "editor": editor}
        text = resources.files(__package__).joinpath("page/desk.html").read_text(encoding="utf-8")
        text = text.replace("{{ nonce }}", request.state.nonce).replace("{{ told }}", escape(json.dumps(told)))
        return HTMLResponse(text)

    async def asset(self, request: Request) -> Response:
        """A part of the page; its colours are those of the papers."""
        name = request.path_params["name"]
        if name == "web.css":
            return Response(own_web_stylesheet(), media_type="text/css")
        if name not in ASSETS:
            raise NotFoundError
        return Response(resources.files(__package__).joinpath(f"page/{name}").read_bytes(), media_type=ASSETS[name])

    async def paper(self, request: Request) -> Response:
        """A page of a paper, or the data of one of its charts, of a rendering that is held or the last good one."""
        meeting, draft = self._view(request)
        name = request.path_params["name"]
        await self.desk.rendering(meeting, draft=draft)
        live = self.desk.live(meeting, draft=draft)
        held = live.with_number(request.path_params["number"])
        if (held is None or not held.is_good) and live.last_good is not None and name in live.last_good.files:
            view = "draft" if draft else "public"
            return RedirectResponse(f"/paper/{meeting}/{view}/{live.last_good.number}/{name}")
        if held is None or name not in held.files:
            raise NotFoundError
        headers = {"content-security-policy": PAPER_POLICY}
        kind = "text/html" if name.endswith(".html") else "text/csv"
        return Response(held.files[name], media_type=kind, headers=headers)

    async def pdf(self, request: Request) -> Response:
        """The print edition of a paper, as it was laid out last."""
        meeting, draft = self._view(request)
        edition = self.desk.printed.get((meeting, draft))
        data = edition.pack.files.get(request.path_params["name"]) if edition else None
        if data is None:
            raise NotFoundError
        return Response(data, media_type="application/pdf", headers={"content-security-policy": _PDF_POLICY})

    async def download(self, request: Request) -> Response:
        """A file that the last build wrote."""
        meeting, name = self._meeting(request), request.path_params["name"]
        files, _ = written_files(self.world, meeting)
        if name not in {each.name for each in files}:
            raise NotFoundError
        place = self.world.folder.path(f"output/{meeting}/{name}")
        data = await asyncio.to_thread(read_file, place, most=MOST_FILE, follow=False)
        kind = _KINDS.get(place.suffix, "application/octet-stream")
        return Response(data, media_type=kind, headers={"content-disposition": f'attachment; filename="{place.name}"'})

    async def everything(self, request: Request) -> Response:
        """All that the last build wrote, in one file."""
        meeting = self._meeting(request)
        files, _ = written_files(self.world, meeting)
        if not files:
            raise NotFoundError
        data = await asyncio.to_thread(packed, self.world, meeting, files)
        disposition = f'attachment; filename="{meeting}.zip"'
        return Response(data, media_type="application/zip", headers={"content-disposition": disposition})

    # -----------------------------------------------------------------------------------------------------------------
    # Answers

    async def state(self, request: Request) -> Response:
        """How a meeting stands: its outline, findings and board, and the papers that were built."""
        meeting, draft = self._view(request)
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
        given = await _body(request, path=str, text=str, base=str)
        saved = await asyncio.to_thread(save, self.world, given["path"], given["text"], given["base"])
        told = {"path": saved.file.path, "text": saved.file.text, "sha256": saved.file.sha256}
        if saved.saved:
            task = asyncio.create_task(self.desk.changed([saved.file.path], by=request.state.person))
            request.app.state.tasks.add(task)
            task.add_done_callback(request.app.state.tasks.discard)
        return JSONResponse(told, 200 if saved.saved else 409)

    async def vocabulary(self, request: Request) -> Response:
        """What an editor completes."""
        rendering = await self._read(request)
        session = rendering.meeting.session if rendering.meeting else None
        return JSONResponse(answers.vocabulary(session, rendering) if session else {})

    async def names(self, request: Request) -> Response:
        """The facts below a name, with what they print."""
        rendering = await self._read(request)
        if rendering.meeting is None:
            return JSONResponse([])
        prefix = request.query_params.get("prefix", "")[:200]
        return JSONResponse(await asyncio.to_thread(answers.names, rendering.meeting.session, prefix))

    async def place(self, request: Request) -> Response:
        """Where the words that were clicked stand, and why a number among them is printed."""
        rendering = await self._read(request)
        asked = request.query_params
        passage = answers.place(rendering, asked.get("paper", ""), asked.get("section", ""), asked.get("words", ""))
        if passage is None:
            raise NotFoundError
        word = asked.get("number", "")[:80]
        told = await asyncio.to_thread(answers.why_here, rendering, passage, word) if word else None
        return JSONResponse({"file": passage.at.file, "line": passage.at.line, "why": told})

    async def places(self, request: Request) -> Response:
        """What stands in the papers at a line of a file."""
        rendering = await self._read(request)
        line = request.query_params.get("line", "")
        if not line.isdecimal() or len(line) > _MOST_DIGITS:
            raise NotFoundError
        return JSONResponse(answers.places(rendering, request.query_params.get("file", ""), int(line)))

    async def picture(self, request: Request) -> Response:
        """The chart that a block asks for, drawn."""
        given = await _body(request, text=str)
        rendering = await self._read(request)
        if rendering.meeting is None:
            raise NotFoundError
        drawn = await asyncio.to_thread(picture_of, rendering.meeting.session, given["text"][:4000], self.desk.store)
        return JSONResponse(drawn)

    async def sign(self, request: Request) -> Response:
        """Sign a section off as it is printed now."""
        given = await _body(request, section=str, role=str)
        if not given["role"].strip():
            raise WrongUseError("Say as which role you sign.", "")
        meeting, person = self._meeting(request), request.state.person
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
        given = await _body(request, final=bool)
        begun = await self.desk.builder.start(self._meeting(request), final=given["final"])
        return JSONResponse({"begun": begun}, 202 if begun else 409)

    async def stop(self, _request: Request) -> Response:
        """Stop the build that is running."""
        self.desk.builder.stop()
        return JSONResponse({}, 202)

    # -----------------------------------------------------------------------------------------------------------------
    # The socket

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
        except (WebSocketDisconnect, ValueError, KeyError, TypeError):
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

    # -----------------------------------------------------------------------------------------------------------------
    # What requests name

    def _meeting(self, request: Request) -> str:
        meeting = request.path_params.get("meeting") or request.query_params.get("meeting", "")
        if meeting not in meetings(self.world):
            raise NotFoundError
        return str(meeting)

    def _view(self, request: Request) -> tuple[str, bool]:
        view = request.path_params.get("view") or request.query_params.get("view", "draft")
        return self._meeting(request), view != "public"

    async def _read(self, request: Request) -> Any:  # noqa: ANN401
        meeting, draft = self._view(request)
        rendering = await self.desk.rendering(meeting, draft=draft)
        last = self.desk.live(meeting, draft=draft).last_good
        return rendering if rendering.papers or last is None else last


async def _body(request: Request, **keys: type) -> dict[str, Any]:
    """The body of a request: an object with these keys of these kinds and no others."""
    try:
        given = json.loads(await request.body())
    except (ValueError, RecursionError):
        raise WrongUseError("The request cannot be read.", "") from None
    if not isinstance(given, dict) or given.keys() != keys.keys():
        raise WrongUseError("The request has other parts than it should.", "")
    if any(type(given[name]) is not kind for name, kind in keys.items()):
        raise WrongUseError("The request has a part of another kind than it should.", "")
    return given


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
        Route("/api/state", pages.state),
        Route("/api/file", pages.file),
        post("/api/file", pages.save),
        Route("/api/vocabulary", pages.vocabulary),
        Route("/api/names", pages.names),
        Route("/api/place", pages.place),
        Route("/api/places", pages.places),
        post("/api/picture", pages.picture),
        post("/api/sign", pages.sign),
        post("/api/build", pages.build),
        post("/api/stop", pages.stop),
        WebSocketRoute("/live", pages.live),
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
    told = {**gone, WrongUseError: _told, NotWritableError: _told}
    app = Starlette(routes=routes, lifespan=lifespan, exception_handlers=told)
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
