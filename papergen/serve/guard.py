"""The guard before the live pages: every request and socket is looked at before anything else sees it."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from typing import Any, TypeAlias

from papergen.serve.people import COOKIE, Doorkeeper, Person

Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
App: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]

START = "/start"
WRITE_HEADER = b"x-papergen"
MOST_BODY = 2_500_000
MOST_REQUESTS = 1200
"""Requests a person may make in a minute; writes are a tenth of them."""
MOST_WRITES = 120
MOST_SOCKETS = 12
"""Sockets that a person may hold at once."""
_MINUTE = 60.0
_POLICY_VIOLATED = 1008
_LATER = 1013
_SAFE = frozenset({"GET", "HEAD"})


def local_hosts(port: int) -> frozenset[str]:
    """What a browser on this machine calls the loopback address."""
    return frozenset(f"{name}:{port}" for name in ("localhost", "localhost.", "127.0.0.1", "[::1]"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedAddress:
    """Under which names the pages are reached: hosts with their ports, and ``https`` where a proxy ends TLS."""

    hosts: frozenset[str]
    scheme: str = "http"

    def is_own(self, origin: str) -> bool:
        """Whether a page of that origin is one of these."""
        scheme, _, host = origin.partition("://")
        return scheme == self.scheme and host in self.hosts


@dataclass
class _Use:
    """What a person has asked for in the last minute."""

    requests: deque[float] = field(default_factory=deque)
    writes: deque[float] = field(default_factory=deque)
    sockets: int = 0

    def is_too_much(self, now: float, *, write: bool) -> bool:
        for times, most in ((self.requests, MOST_REQUESTS), *(((self.writes, MOST_WRITES),) if write else ())):
            while times and times[0] < now - _MINUTE:
                times.popleft()
            if len(times) >= most:
                return True
            times.append(now)
        return False


@dataclass
class Guard:
    """Lets through what comes from a page of these, from somebody with a cookie, and in measure; refuses all else."""

    app: App
    address: ServedAddress
    doorkeeper: Doorkeeper
    clock: Callable[[], float] = time.time
    patience: float = 60.0
    """The seconds in which the whole of what is sent must come."""
    _uses: dict[str, _Use] = field(default_factory=dict)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        is_socket = scope["type"] == "websocket"
        scope.setdefault("state", {})
        nonce = secrets.token_urlsafe(16)
        scope["state"]["nonce"] = nonce
        refused, person = self._look(scope)
        if refused is not None:
            await _refuse(scope, receive, send, refused)
            return
        scope["state"]["person"] = person
        # Whoever has no cookie yet is counted apart, so that guessing tokens keeps nobody else out.
        use = self._uses.setdefault(f"person {person.name}" if person else "start", _Use())
        is_write = not is_socket and scope["method"] not in _SAFE
        if use.is_too_much(self.clock(), write=is_write) or (is_socket and use.sockets >= MOST_SOCKETS):
            await _refuse(scope, receive, send, HTTPStatus.TOO_MANY_REQUESTS)
            return
        if is_write:
            body = await self._body(receive)
            if isinstance(body, HTTPStatus):
                await _refuse(scope, receive, send, body)
                return
            receive = _first(body, receive)
        use.sockets += is_socket
        try:
            await self.app(scope, receive, send if is_socket else _with_headers(send, nonce))
        finally:
            use.sockets -= is_socket

    async def _body(self, receive: Receive) -> bytes | HTTPStatus:
        """The whole body of a request, or why it is refused: it is too large, or comes too slowly."""
        body = bytearray()
        try:
            async with asyncio.timeout(self.patience):
                while len(body) <= MOST_BODY:
                    message = await receive()
                    if message["type"] != "http.request":
                        return HTTPStatus.BAD_REQUEST  # whoever sent it has gone
                    body += message.get("body", b"")
                    if not message.get("more_body", False):
                        return bytes(body)
        except TimeoutError:
            return HTTPStatus.REQUEST_TIMEOUT
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE

    def _look(self, scope: Scope) -> tuple[HTTPStatus | None, Person | None]:
        """Why a request is refused, or else who makes it (nobody yet, at the start)."""
        headers: dict[bytes, list[bytes]] = {}
        for name, value in scope["headers"]:
            headers.setdefault(name, []).append(value)
        hosts = headers.get(b"host", [])
        if len(hosts) != 1 or hosts[0].decode("latin-1").lower() not in self.address.hosts:
            return HTTPStatus.FORBIDDEN, None
        method = "GET" if scope["type"] == "websocket" else scope["method"]
        if not self._is_own(headers, needed=scope["type"] == "websocket" or method not in _SAFE):
            return HTTPStatus.FORBIDDEN, None
        if scope["path"] == START and method == "GET":
            return None, None
        person = self._person(headers.get(b"cookie", []))
        if person is None or not {b"same-origin", b"none"}.issuperset(headers.get(b"sec-fetch-site", [])):
            return HTTPStatus.FORBIDDEN, None
        if method not in _SAFE and (not person.may_write or headers.get(WRITE_HEADER) != [b"1"]):
            return HTTPStatus.FORBIDDEN, None
        kinds = [each.split(b";")[0] for each in headers.get(b"content-type", [])]
        if method not in _SAFE and kinds != [b"application/json"]:
            return HTTPStatus.UNSUPPORTED_MEDIA_TYPE, None
        if b"transfer-encoding" in headers and b"content-length" in headers:
            return HTTPStatus.BAD_REQUEST, None  # a proxy before this may see another end of the request
        length = headers.get(b"content-length", [b"0"])[0]
        if not length.isdigit() or int(length) > MOST_BODY:
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE, None
        return None, person

    def _is_own(self, headers: Mapping[bytes, list[bytes]], *, needed: bool) -> bool:
        """Whether a request comes from a page of these; a browser that does not say where from may only look."""
        origins = [each.decode("latin-1").lower() for each in headers.get(b"origin", [])]
        return all(self.address.is_own(each) for each in origins) and (bool(origins) or not needed)

    def _person(self, cookies: list[bytes]) -> Person | None:
        try:
            jar: SimpleCookie = SimpleCookie("; ".join(each.decode("latin-1") for each in cookies))
        except CookieError:
            return None
        given = jar.get(COOKIE)
        return None if given is None else self.doorkeeper.person(given.value, self.clock())


def _first(body: bytes, receive: Receive) -> Receive:
    """What a request says, whose body has come already."""
    messages = iter([{"type": "http.request", "body": body, "more_body": False}])

    async def received() -> Message:
        return next(messages, None) or await receive()

    return received


def page_policy(nonce: str) -> str:
    """What the live pages may do: run and show their own, and ask nobody else for anything."""
    own = "'self'"
    return (
        f"default-src 'none'; script-src {own}; style-src {own} 'nonce-{nonce}'; img-src {own} data:;"
        f" font-src {own} data:; connect-src {own}; frame-src {own}; base-uri 'none'; form-action {own};"
        " frame-ancestors 'none'"
    )


def _with_headers(send: Send, nonce: str) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            given = {name.lower() for name, _ in message["headers"]}
            more = {
                b"content-security-policy": page_policy(nonce).encode(),
                b"x-content-type-options": b"nosniff",
                b"referrer-policy": b"no-referrer",
                b"cross-origin-opener-policy": b"same-origin",
                b"cross-origin-resource-policy": b"same-origin",
                b"cache-control": b"no-store",
            }
            message["headers"] = [
                *message["headers"],
                *((name, value) for name, value in more.items() if name not in given),
            ]
        await send(message)

    return sending


async def _refuse(scope: Scope, receive: Receive, send: Send, status: HTTPStatus) -> None:
    if scope["type"] == "websocket":
        await receive()
        code = _LATER if status is HTTPStatus.TOO_MANY_REQUESTS else _POLICY_VIOLATED
        await send({"type": "websocket.close", "code": code})
        return
    words = f"{status.value} {status.phrase}\n".encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(words)).encode())]
    await send({"type": "http.response.start", "status": status.value, "headers": headers})
    await send({"type": "http.response.body", "body": words})
