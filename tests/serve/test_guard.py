"""Who is let in to the live pages, and what is refused before anything is done."""

from __future__ import annotations

import asyncio
import json
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus

from papergen.commands.usage import WrongUseError
from papergen.diagnostics import Diagnostics
from papergen.serve.guard import (
    MOST_BODY,
    MOST_SOCKETS,
    MOST_WRITES,
    Guard,
    Message,
    Receive,
    Scope,
    Send,
    ServedAddress,
)
from papergen.serve.pages import PAPER_POLICY
from papergen.serve.patience import BoundedProtocol
from papergen.serve.people import COOKIE, Doorkeeper, Person, hash_of
from papergen.write.web import WrittenPapers, write_page
from tests.support.dresses import own_dress
from tests.support.every_node import every_node_paper
from tests.support.pages import one, parsed
from tests.support.serving import Served, serving
from tests.support.small import MEETING, lay_down

FILE = f"content/{MEETING}/panel-report/01-purpose.md"
TEXT = "---\ntitle: Purpose\n---\n\nThis says why.\n"


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    root = lay_down(tmp_path_factory.mktemp("guarded"), {f"{MEETING}/panel-report/01-purpose.md": TEXT})
    with serving(root, tmp_path_factory.mktemp("config")) as found:
        yield found


@pytest.fixture(scope="module")
def cookie(guarded: Served) -> str:
    return guarded.cookie()


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:{port}", 200),
        ("localhost:{port}", 200),
        ("localhost.:{port}", 200),
        ("[::1]:{port}", 200),
        ("LOCALHOST:{port}", 200),
        ("127.0.0.1", 403),
        ("127.0.0.1:1", 403),
        ("127.0.0.1.evil.example:{port}", 403),
        ("localhost.evil.example:{port}", 403),
        ("evil.example:{port}", 403),
        ("evil.example", 403),
        ("0.0.0.0:{port}", 403),
        ("", 403),
    ],
)
def test_only_names_of_this_machine_are_answered(host: str, status: int, guarded: Served, cookie: str) -> None:
    answer = guarded.ask("/", headers={"Host": host.format(port=guarded.port), "Cookie": cookie})
    assert answer.status in ({status} if status == 200 else {400, 403})


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Cookie": "papergen=owner.99999999999.forged"},
        {"Cookie": "papergen=owner"},
        {"Cookie": "papergen=" + "a" * 4000},
        {"Cookie": "other=1"},
        {"Cookie": "{cookie}", "Origin": "http://evil.example"},
        {"Cookie": "{cookie}", "Origin": "null"},
        {"Cookie": "{cookie}", "Origin": "http://127.0.0.1.evil.example:{port}"},
        {"Cookie": "{cookie}", "Origin": "https://127.0.0.1:{port}"},
        {"Cookie": "{cookie}", "Sec-Fetch-Site": "cross-site"},
        {"Cookie": "{cookie}", "Sec-Fetch-Site": "same-site"},
    ],
    ids=str,
)
@pytest.mark.parametrize("path", ["/", "/api/state?meeting=2016-02-02", f"/api/file?path={FILE}", "/assets/desk.js"])
def test_nothing_is_shown_to_a_stranger(headers: dict[str, str], path: str, guarded: Served, cookie: str) -> None:
    given = {name: value.format(cookie=cookie, port=guarded.port) for name, value in headers.items()}
    answer = guarded.ask(path, headers=given)
    assert answer.status == 403
    assert b"Purpose" not in answer.body


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({}, 200),
        ({"Origin": None}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"X-Papergen": None}, 403),
        ({"X-Papergen": "0"}, 403),
        ({"Cookie": None}, 403),
        ({"Content-Type": "text/plain"}, 415),
        ({"Content-Type": "application/x-www-form-urlencoded"}, 415),
        ({"Content-Length": "9999999"}, 413),
        ({"Content-Length": "-1"}, 400),
    ],
    ids=str,
)
def test_a_write_needs_everything(changed: dict[str, str | None], status: int, guarded: Served, cookie: str) -> None:
    loaded = guarded.ask(f"/api/file?path={FILE}", headers={"Cookie": cookie}).json
    body = json.dumps({"path": FILE, "text": TEXT, "base": loaded["sha256"]}).encode()
    headers = {**guarded.write_headers(cookie), **changed}
    answer = guarded.ask(
        "/api/file",
        method="POST",
        body=None if "Content-Length" in changed else body,
        headers={name: value for name, value in headers.items() if value is not None},
    )
    assert answer.status in ({status} if status != 400 else {400, 413})


@pytest.mark.parametrize(
    "path",
    [
        *("content/panel.yaml", "content/2016-02-02/meeting.yaml", "content/data/robbery.csv", "exhibits.py"),
        *("templates/web.css", "../outside.md", "content/../outside.md", "content/2016-02-02/../../outside.md"),
        *("/etc/passwd", "content/.hidden.md"),
        "content/2016-02-02/panel-report/.git/x.md",
        "content\\2016-02-02\\x.md",
        "content/2016-02-02/panel-report/link.md",
        "content/2016-02-02/nowhere/new.md",
        "content/2016-02-02/panel-report/01-purpose.md/x.md",
        "content/" + "a" * 300 + ".md",
        "content/a\x00.md",
        "",
    ],
)
def test_only_markdown_inside_the_content_is_written(path: str, guarded: Served, cookie: str) -> None:
    outside = guarded.root.parent / "outside.md"
    outside.write_text("outside", encoding="utf-8")
    link = guarded.root / "content" / MEETING / "panel-report" / "link.md"
    if not link.is_symlink():
        link.symlink_to(outside)
    answer = guarded.post("/api/file", cookie, path=path, text="changed", base="")
    link.unlink()
    assert answer.status in (400, 409)
    assert outside.read_text(encoding="utf-8") == "outside"
    assert not (guarded.root / "content" / MEETING / "nowhere").exists()


@pytest.mark.parametrize(
    "path",
    [
        "/api/file?path=content/panel.yaml",
        "/api/file?path=../../etc/passwd",
        "/assets/../people.py",
        "/assets/desk.html",
        "/assets/%2e%2e/people.py",
        f"/download/{MEETING}/../../content/panel.yaml",
        f"/download/{MEETING}/..%2f..%2fcontent%2fpanel.yaml",
        f"/download/{MEETING}/manifest.json",
        "/download/../content/panel.yaml",
        f"/paper/{MEETING}/draft/1/..%2f..%2fpanel.yaml",
        "/paper/nowhere/draft/1/panel-report.html",
        f"/pdf/{MEETING}/draft/1/panel-report.pdf",
        "/api/state?meeting=../..",
        "/openapi.json",
        "/content/panel.yaml",
    ],
)
def test_nothing_else_is_handed_out(path: str, guarded: Served, cookie: str) -> None:
    answer = guarded.ask(path, headers={"Cookie": cookie})
    assert answer.status in (400, 404)
    assert b"host_authority" not in answer.body


@pytest.mark.parametrize(
    ("headers", "let_in"),
    [
        ({"Cookie": "{cookie}", "Origin": "{origin}"}, True),
        ({"Cookie": "{cookie}"}, False),
        ({"Cookie": "{cookie}", "Origin": "http://evil.example"}, False),
        ({"Origin": "{origin}"}, False),
        ({"Cookie": "{cookie}", "Origin": "{origin}", "Host": "evil.example"}, False),
    ],
    ids=str,
)
def test_a_socket_is_looked_at_as_a_request_is(
    headers: dict[str, str], let_in: bool, guarded: Served, cookie: str
) -> None:
    given = {name: value.format(cookie=cookie, origin=guarded.origin) for name, value in headers.items()}
    origin = given.pop("Origin", None)
    if let_in:
        with guarded.socket(origin=origin, headers=given) as socket:
            assert json.loads(socket.recv())["type"] == "papers"
    else:
        with pytest.raises(InvalidStatus) as told, ExitStack() as held:
            held.enter_context(guarded.socket(origin=origin, headers=given))
        assert told.value.response.status_code in (400, 403)


@pytest.mark.parametrize(
    ("address", "body"),
    [
        ("/api/file", b""),
        ("/api/file", b"[" * 50_000),
        ("/api/file", b"9" * 50_000),
        ("/api/file", b"\xff\xfe{\x00"),
        ("/api/file", b'{"path": "x", "text": "x"}'),
        ("/api/file", b'{"path": ["x"], "text": "x", "base": ""}'),
        ("/api/file", b'{"path": "x", "text": true, "base": null}'),
        ("/api/file", json.dumps({"path": FILE, "text": "\ud800", "base": ""}).encode()),
        ("/api/exhibit", json.dumps({"block": "\ud800", "kind": "trend", "filled": {}, "near": []}).encode()),
        ("/api/sign", json.dumps({"section": "\ud800", "role": "Chair"}).encode()),
        ("/api/build", b'{"final": 1}'),
    ],
    ids=lambda given: given if isinstance(given, str) else repr(given[:40]),
)
def test_a_body_that_is_none_is_told_and_changes_nothing(
    address: str, body: bytes, guarded: Served, cookie: str
) -> None:
    before = (guarded.root / FILE).read_bytes()
    answer = guarded.ask(
        f"{address}?meeting={MEETING}", method="POST", body=body, headers=guarded.write_headers(cookie)
    )
    assert answer.status == 400
    assert str(answer.json["message"]).endswith(".")
    assert (guarded.root / FILE).read_bytes() == before


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ([b"{", b"}"], 200),
        ([b"x" * MOST_BODY, b"x"], 413),
        ([b"{", None], 400),
        ([b"{"], 408),
    ],
    ids=["whole", "too large", "broken off", "too slow"],
)
def test_what_is_sent_comes_whole_in_time_or_is_refused(sent: list[bytes | None], status: int) -> None:
    messages: list[Message] = [
        {"type": "http.disconnect"} if each is None else {"type": "http.request", "body": each, "more_body": True}
        for each in sent
    ]
    if status == 200:
        messages[-1]["more_body"] = False
    assert answered(messages) == status


def answered(messages: list[Message], *more: tuple[str, str]) -> int:
    """How the guard answers a write whose body comes in ``messages``, with ``more`` headers than it needs."""
    told: list[Message] = []

    async def receive() -> Message:
        return messages.pop(0) if messages else await asyncio.sleep(60, {})

    async def app(_scope: Scope, receive: Receive, send: Send) -> None:
        assert (await receive())["body"] == b"{}"
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(message: Message) -> None:
        told.append(message)

    door = Doorkeeper(b"key", {hash_of("token"): Person()})
    guard = Guard(app, ServedAddress(hosts=frozenset({"here"})), door, patience=0.02)
    headers = [("host", "here"), ("origin", "http://here"), ("x-papergen", "1"), ("content-type", "application/json")]
    headers += [("cookie", f"{COOKIE}={door.admit('token', time.time())}"), *more]
    scope = {"type": "http", "method": "POST", "path": "/api/file"}
    asked = {**scope, "headers": [(name.encode(), it.encode()) for name, it in headers]}
    with ThreadPoolExecutor(1) as thread:  # the browser of other tests has the loop of this one
        thread.submit(lambda: asyncio.run(guard(asked, receive, send))).result()
    return int(told[0]["status"])


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ([("sec-fetch-site", "same-origin")], 200),
        ([("sec-fetch-site", "same-origin"), ("sec-fetch-site", "cross-site")], 403),
        ([("origin", "http://evil.example")], 403),
        ([("host", "evil.example")], 403),
        ([("x-papergen", "1")], 403),
        ([("content-type", "text/plain")], 415),
        ([("transfer-encoding", "chunked")], 200),
        ([("transfer-encoding", "chunked"), ("content-length", "2")], 400),
        ([("content-length", "²")], 413),
    ],
    ids=str,
)
def test_a_header_that_says_two_things_lets_nobody_in(more: list[tuple[str, str]], status: int) -> None:
    assert answered([{"type": "http.request", "body": b"{}", "more_body": False}], *more) == status


def test_what_a_socket_says_wrongly_ends_it_alone(guarded: Served, cookie: str) -> None:
    for said in ("{", "[]", '{"shows": 1}', "x" * 5000, '{"stop": true}', "[" * 3_999):
        with guarded.socket(origin=guarded.origin, headers={"Cookie": cookie}) as socket:
            socket.recv()
            socket.send(said)
    assert guarded.ask("/", headers={"Cookie": cookie}).status == 200


def test_a_link_becomes_a_strict_cookie(guarded: Served) -> None:
    answer = guarded.ask(f"/start?token={guarded.token}&meeting={MEETING}")
    assert answer.status == 200
    assert "location" not in answer.headers
    assert f"url=/?meeting={MEETING}".encode() in answer.body
    words = answer.headers["set-cookie"].lower()
    assert all(each in words for each in ("httponly", "samesite=strict", "path=/"))
    assert guarded.token not in answer.headers["set-cookie"]
    assert guarded.ask("/start?token=guessed").status == 403
    assert guarded.ask('/start?token=x&meeting="><script>').status == 403


def test_answers_may_ask_nobody_else_and_are_kept_nowhere(guarded: Served, cookie: str) -> None:
    headers = guarded.ask("/", headers={"Cookie": cookie}).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert "access-control-allow-origin" not in headers
    assert "server" not in headers


def test_the_page_of_a_paper_may_show_here_all_that_it_may_by_itself() -> None:
    paper = every_node_paper()
    looks = '@font-face { font-family: "Council"; src: url(data:font/woff2;base64,AA==) }'
    dress, beside = replace(own_dress(), web_looks=looks), WrittenPapers((paper,), ())
    page = write_page(paper, dress=dress, beside=beside, findings=(), diagnostics=Diagnostics())
    assert page is not None
    own = sources(str(one(parsed(page.decode()), "//meta[@http-equiv]").get("content")))
    assert own.pop("style-src").startswith("'sha256-")
    assert own["font-src"] == "data:"
    here = sources(PAPER_POLICY)
    assert here.pop("style-src") == "'unsafe-inline'"
    assert own.items() <= here.items()


def sources(policy: str) -> dict[str, str]:
    """What may be shown or run, by directive."""
    return {name: allowed for name, _, allowed in (each.strip().partition(" ") for each in policy.split(";"))}


def test_requests_sockets_and_writes_are_measured(tmp_path: Path) -> None:
    root = lay_down(tmp_path / "panel", {f"{MEETING}/panel-report/01-purpose.md": TEXT})
    with serving(root, tmp_path / "config") as guarded:
        cookie = guarded.cookie()
        with ExitStack() as held:
            for _ in range(MOST_SOCKETS):
                held.enter_context(guarded.socket(origin=guarded.origin, headers={"Cookie": cookie}))
            with pytest.raises(InvalidStatus), guarded.socket(origin=guarded.origin, headers={"Cookie": cookie}):
                pass
        told = [
            guarded.post("/api/file", cookie, path="content/panel.yaml", text="", base="").status
            for _ in range(MOST_WRITES + 9)
        ]
        assert told == [400] * MOST_WRITES + [429] * 9


@pytest.mark.slow
def test_colleagues_come_by_links_of_their_own_behind_a_proxy(tmp_path: Path) -> None:
    root = lay_down(tmp_path / "panel", {f"{MEETING}/panel-report/01-purpose.md": TEXT})
    people = tmp_path / "colleagues.yaml"
    people.write_text("colleagues:\n  - {name: Ann, may: write}\n  - {name: Bob}\n", encoding="utf-8")
    with pytest.raises(WrongUseError), serving(root, tmp_path / "config", colleagues=people):
        pass
    for wrong in ("http://papers.example.org", "papers.example.org", "https://x@y", "https://papers.example.org/a"):
        with pytest.raises(WrongUseError), serving(root, tmp_path / "config", colleagues=people, behind=wrong):
            pass
    outside = "https://papers.example.org"
    with serving(root, tmp_path / "config", colleagues=people, behind=outside) as guarded:
        assert set(guarded.colleagues) == {"Ann", "Bob"}
        kept = people.read_text(encoding="utf-8")
        for link in guarded.colleagues.values():
            assert link.startswith(f"{outside}/start?token=")
            assert link.partition("token=")[2] not in kept
        there = {"Host": "papers.example.org"}
        set_cookie = guarded.ask(f"/start?token={guarded.colleagues['Bob'].partition('token=')[2]}", headers=there)
        assert "secure" in set_cookie.headers["set-cookie"].lower()
        bob = set_cookie.headers["set-cookie"].partition(";")[0]
        assert guarded.ask("/", headers={**there, "Cookie": bob}).status == 200
        assert guarded.ask("/", headers={"Cookie": bob}).status == 403  # not through the proxy
        write = {**guarded.write_headers(bob), **there, "Origin": outside}
        body = json.dumps({"path": FILE, "text": "x", "base": ""}).encode()
        assert guarded.ask("/api/file", method="POST", body=body, headers=write).status == 403
        ann = guarded.ask(f"/start?token={guarded.colleagues['Ann'].partition('token=')[2]}", headers=there)
        write["Cookie"] = ann.headers["set-cookie"].partition(";")[0]
        assert guarded.ask("/api/file", method="POST", body=body, headers=write).status == 409
    with serving(root, tmp_path / "config", colleagues=people, behind=outside) as guarded:
        assert guarded.colleagues == {}
        assert guarded.ask("/", headers={**there, "Cookie": bob}).status == 200  # a restart ends no cookie
    people.write_text("colleagues:\n  - {name: Ann, may: write}\n", encoding="utf-8")
    with serving(root, tmp_path / "config", colleagues=people, behind=outside) as guarded:
        assert guarded.ask("/", headers={**there, "Cookie": bob}).status == 403  # taking somebody out does


class Hasty(BoundedProtocol):
    seconds = 0.2


def test_a_request_that_never_ends_keeps_nobody_out(guarded: Served, tmp_path: Path) -> None:
    with (
        serving(guarded.root, tmp_path, protocol=Hasty) as hasty,
        socket.create_connection(("127.0.0.1", hasty.port), timeout=20) as slow,
    ):
        slow.sendall(b"GET / HTTP/1.1\r\nHo")
        assert slow.recv(1) == b""


class Small(BoundedProtocol):
    most = 20


@pytest.mark.slow
def test_silent_connections_give_way_to_new_ones(guarded: Served, tmp_path: Path) -> None:
    with serving(guarded.root, tmp_path, protocol=Small) as small, ExitStack() as held:
        here = ("127.0.0.1", small.port)
        silent = [held.enter_context(socket.create_connection(here, timeout=20)) for _ in range(60)]
        for each in silent[-10:]:
            each.sendall(b"GET / HTTP/1.1\r\nHost: nobody\r\n\r\n")  # answered, and silent since
        assert small.ask("/", headers={"Cookie": small.cookie()}).status == 200
        assert all(each.recv(1) == b"" for each in silent[:40])
