"""Starting the live pages: the socket, who may come, and the server that runs until it is stopped."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import quote, urlsplit

import uvicorn

from papergen.commands.usage import WrongUseError
from papergen.serve.app import make_app
from papergen.serve.desk import Desk
from papergen.serve.editors import editor_address
from papergen.serve.guard import START, App, ServedAddress, local_hosts
from papergen.serve.patience import BoundedProtocol
from papergen.serve.people import Doorkeeper, Person, hash_of, new_token, read_colleagues, signing_key
from papergen.work.scratch import use_scratch
from papergen.world import MayRun

LOOPBACK = "127.0.0.1"
DEFAULT_PORT = 8754


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeRequest:
    """What is served and to whom; ``behind`` is the address at which a proxy that ends TLS is reached.

    ``editor`` is the one that whoever starts the pages writes in; it is left out where others come too.
    """

    root: Path
    port: int = DEFAULT_PORT
    colleagues: Path | None = None
    behind: str | None = None
    poll: bool = False
    editor: str | None = None


@dataclass(frozen=True, slots=True)
class Links:
    """The link of whoever starts the pages, and the new links of colleagues by name, which are shown this once."""

    own: str
    colleagues: dict[str, str]


@dataclass(frozen=True, slots=True)
class Prepared:
    """Everything before the server runs: its socket is bound already, so that its links hold."""

    app: App
    listener: socket.socket
    links: Links

    def run(self) -> None:
        """Serve until the process is asked to end."""
        server(self.app).run(sockets=[self.listener])


def prepare(request: ServeRequest, may_run: MayRun, *, today: Callable[[], date] = date.today) -> Prepared:
    """Bind the socket and make the links; raises ``WrongUseError`` for what is not safe or not possible."""
    root = request.root.resolve()
    outside = None if request.behind is None else _outside(request.behind)
    editor = editor_address(request.editor, root) if request.editor else ""
    own = new_token()
    tokens = {hash_of(own): Person()}
    new: dict[str, str] = {}
    if request.colleagues is not None:
        if outside is None:
            raise WrongUseError(
                "Colleagues come from other machines, and without TLS anybody on the way could read their links.",
                "Put a proxy that ends TLS before these pages, and give its address with --behind-proxy"
                " (docs/serving.md).",
            )
        colleagues, new = read_colleagues(request.colleagues)
        tokens.update({each.token: Person(each.name, each.may == "write") for each in colleagues if each.token})
    listener = _bind(request.port)
    use_scratch()
    port: int = listener.getsockname()[1]
    address = outside or ServedAddress(hosts=local_hosts(port))
    base = f"{address.scheme}://{next(iter(outside.hosts)) if outside else f'{LOOPBACK}:{port}'}"
    desk = Desk(root, may_run, today=today, now=lambda: datetime.now(UTC))
    doorkeeper = Doorkeeper(signing_key(root), tokens)
    app = make_app(desk, doorkeeper, address, clock=time.time, poll=request.poll, editor="" if outside else editor)
    links = {name: f"{base}{START}?token={quote(token)}" for name, token in new.items()}
    return Prepared(app, listener, Links(f"{base}{START}?token={quote(own)}", links))


def _bind(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((LOOPBACK, port))
    except (OSError, OverflowError):
        listener.close()
        raise WrongUseError(
            f"Port {port} is taken, or may not be used.", "Name another with --port, or 0 for any that is free."
        ) from None
    return listener


def _outside(written: str) -> ServedAddress:
    """The address at which a proxy is reached."""
    parts = urlsplit(written)
    if parts.scheme != "https" or not parts.netloc or parts.path not in ("", "/") or "@" in parts.netloc:
        raise WrongUseError(
            f"“{written}” is no address of a proxy that ends TLS.",
            "Write it as colleagues type it: --behind-proxy https://papers.example.gov.uk",
        )
    return ServedAddress(hosts=frozenset({parts.netloc.lower()}), scheme="https")


def server(app: App, protocol: type[BoundedProtocol] = BoundedProtocol) -> uvicorn.Server:
    """The server of the pages, which says nothing by itself and believes no header about where a request comes from."""
    config = uvicorn.Config(
        app,
        http=protocol,
        log_level="critical",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        ws="websockets-sansio",
        ws_max_size=16_384,
        limit_concurrency=protocol.most,
        backlog=50,  # taken up at once: each must be heard before so many have come that it gives way
        timeout_keep_alive=30,
        timeout_graceful_shutdown=2,
        lifespan="on",
    )
    return uvicorn.Server(config)
