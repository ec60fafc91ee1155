"""The live pages of a workspace, served from a thread of the tests."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from unittest.mock import patch

from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from papergen.serve.guard import Guard
from papergen.serve.patience import BoundedProtocol
from papergen.serve.people import Person, hash_of
from papergen.serve.run import ServeRequest, prepare, server
from papergen.world import never

SECONDS = 60.0


@dataclass(frozen=True)
class Answer:
    """What a server answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, object]:
        found: dict[str, object] = json.loads(self.body)
        return found


@dataclass(frozen=True)
class Served:
    """Live pages that are up: the workspace, the port, the links, and what ends them."""

    root: Path
    port: int
    link: str
    colleagues: Mapping[str, str]

    @property
    def token(self) -> str:
        return self.link.partition("token=")[2]

    def ask(
        self, path: str, *, method: str = "GET", body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """One request with exactly these headers, and a ``Host`` where none is among them."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)) as connection:
            given = {"Host": f"127.0.0.1:{self.port}", **(headers or {})}
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in given.items():
                connection.putheader(name, value)
            if body is not None and "Content-Length" not in given:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            answer = connection.getresponse()
            return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())

    def cookie(self, token: str | None = None) -> str:
        """The cookie that a token becomes."""
        return self.ask(f"/start?token={token or self.token}").headers["set-cookie"].partition(";")[0]

    def socket(self, *, origin: str | None = None, headers: Mapping[str, str] | None = None) -> ClientConnection:
        """A socket of a page that looks at the newest meeting."""
        meeting = max(each.name for each in (self.root / "content").iterdir() if each.name[:1].isdigit())
        return connect(
            f"ws://127.0.0.1:{self.port}/live?meeting={meeting}",
            origin=None if origin is None else Origin(origin),
            additional_headers=dict(headers or {}),
        )

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def write_headers(self, cookie: str) -> dict[str, str]:
        """The headers of a write by a page of these."""
        return {"Cookie": cookie, "Origin": self.origin, "X-Papergen": "1", "Content-Type": "application/json"}

    def post(self, address: str, cookie: str, /, **body: object) -> Answer:
        """A write by a page of these."""
        return self.ask(address, method="POST", body=json.dumps(body).encode(), headers=self.write_headers(cookie))


NOBODY: Mapping[str, Person] = {}


@contextmanager
def serving(
    root: Path,
    config: Path,
    *,
    port: int = 0,
    colleagues: Path | None = None,
    behind: str | None = None,
    editor: str | None = None,
    people: Mapping[str, Person] = NOBODY,
    protocol: type[BoundedProtocol] = BoundedProtocol,
) -> Iterator[Served]:
    """Serve the workspace at ``root``; ``config`` stands for the folder of the user's own settings.

    ``people`` are more of those who may come, by the tokens of their links.
    """
    with patch.dict(os.environ, {"XDG_CONFIG_HOME": str(config)}):
        request = ServeRequest(root=root, port=port, colleagues=colleagues, behind=behind, editor=editor)
        prepared = prepare(request, never)
    assert isinstance(prepared.app, Guard)
    known = prepared.app.doorkeeper.tokens
    assert isinstance(known, dict)
    known.update({hash_of(token): person for token, person in people.items()})
    running = server(prepared.app, protocol)
    thread = threading.Thread(target=running.run, kwargs={"sockets": [prepared.listener]}, daemon=True)
    thread.start()
    until = time.monotonic() + SECONDS
    while not running.started and thread.is_alive() and time.monotonic() < until:
        time.sleep(0.01)
    assert running.started
    try:
        yield Served(root, prepared.listener.getsockname()[1], prepared.links.own, prepared.links.colleagues)
    finally:
        running.should_exit = True
        thread.join(SECONDS)
        prepared.listener.close()
