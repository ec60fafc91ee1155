"""What the live pages hand out: the page itself and its parts, papers as they are now, and files that were built."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from html import escape
from importlib import resources
from pathlib import PurePosixPath

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from papergen.serve.building import MOST_FILE, packed, written_files
from papergen.serve.people import COOKIE, Doorkeeper, Person
from papergen.serve.requested import NotFoundError, Requested
from papergen.workspace.settings import meetings
from papergen.write.dressing import own_web_stylesheet

PAPER_POLICY = (
    "sandbox allow-same-origin; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:;"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
_PDF_POLICY = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"
_KINDS = {".pdf": "application/pdf", ".html": "text/html", ".csv": "text/csv", ".json": "application/json"}
_PARTS = {"js": "text/javascript", "css": "text/css"}


@dataclass(frozen=True)
class Pages(Requested):
    """What is handed out, for one desk."""

    doorkeeper: Doorkeeper
    secure: bool
    editor: str

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
        kind = _PARTS.get(name.rpartition(".")[2])
        part = next(
            (each for each in resources.files(__package__).joinpath("page").iterdir() if each.name == name), None
        )
        if kind is None or part is None:
            raise NotFoundError
        return Response(part.read_bytes(), media_type=kind)

    async def paper(self, request: Request) -> Response:
        """A page of a paper, or the data of one of its charts, of a rendering that is held or the last good one."""
        meeting, draft = self.view(request)
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
        meeting, draft = self.view(request)
        edition = self.desk.printed.get((meeting, draft))
        data = edition.pack.files.get(request.path_params["name"]) if edition else None
        if data is None:
            raise NotFoundError
        return Response(data, media_type="application/pdf", headers={"content-security-policy": _PDF_POLICY})

    async def download(self, request: Request) -> Response:
        """A file that the last build wrote."""
        meeting, name = self.meeting(request), request.path_params["name"]
        files, _ = written_files(self.world, meeting)
        if name not in {each.name for each in files}:
            raise NotFoundError
        data = await asyncio.to_thread(self.world.folder.read, f"output/{meeting}/{name}", most=MOST_FILE)
        path = PurePosixPath(name)
        kind = _KINDS.get(path.suffix, "application/octet-stream")
        return Response(data, media_type=kind, headers={"content-disposition": f'attachment; filename="{path.name}"'})

    async def everything(self, request: Request) -> Response:
        """All that the last build wrote, in one file."""
        meeting = self.meeting(request)
        files, _ = written_files(self.world, meeting)
        if not files:
            raise NotFoundError
        data = await asyncio.to_thread(packed, self.world, meeting, files)
        disposition = f'attachment; filename="{meeting}.zip"'
        return Response(data, media_type="application/zip", headers={"content-disposition": disposition})
