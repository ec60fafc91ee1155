"""What a request names: a meeting that there is, one of its views, and a body with the parts that it should have."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from papergen.commands.usage import WrongUseError
from papergen.diagnostics import Diagnostics
from papergen.serve.desk import Desk
from papergen.serve.live import Rendering
from papergen.workspace.settings import meetings
from papergen.world import World


class NotFoundError(Exception):
    """What was asked for is not there."""


@dataclass(frozen=True)
class Requested:
    """What requests name, at one desk."""

    desk: Desk

    @property
    def world(self) -> World:
        return World(self.desk.root, Diagnostics(), may_run=self.desk.may_run)

    def meeting(self, request: Request) -> str:
        meeting = request.path_params.get("meeting") or request.query_params.get("meeting", "")
        if meeting not in meetings(self.world):
            raise NotFoundError
        return str(meeting)

    def view(self, request: Request) -> tuple[str, bool]:
        """The meeting, and whether it is looked at as a draft."""
        view = request.path_params.get("view") or request.query_params.get("view", "draft")
        return self.meeting(request), view != "public"

    async def rendering(self, request: Request) -> Rendering:
        """The papers that are looked at: as they are now, or the last good ones where those have errors."""
        meeting, draft = self.view(request)
        rendering = await self.desk.rendering(meeting, draft=draft)
        last = self.desk.live(meeting, draft=draft).last_good
        return rendering if rendering.papers or last is None else last


async def body_of(request: Request, **keys: type) -> dict[str, Any]:
    """The body of a request: an object with these keys of these kinds and no others."""
    try:
        given = json.loads(await request.body())
        json.dumps(given, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise WrongUseError("The text holds half a letter, which no file can hold.", "") from None
    except (ValueError, RecursionError):
        raise WrongUseError("The request cannot be read.", "") from None
    if not isinstance(given, dict) or given.keys() != keys.keys():
        raise WrongUseError("The request has other parts than it should.", "")
    if any(type(given[name]) is not kind for name, kind in keys.items()):
        raise WrongUseError("The request has a part of another kind than it should.", "")
    return given
