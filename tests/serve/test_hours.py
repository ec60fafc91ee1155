"""Served as people do: from the command line, for ten people at once, and for as long as a day has saves."""

from __future__ import annotations

import hashlib
import json
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from papergen.serve.people import hash_of
from tests.support.builds import copy_of_sample
from tests.support.desk import seconds_to_paint
from tests.support.five_sections import FILES
from tests.support.serving import Served
from tests.support.small import MEETING, lay_down

pytestmark = pytest.mark.slow

PEOPLE = 10
OWN = [f"content/{MEETING}/panel-report/{number}-own-{number}.md" for number in range(10, 10 + PEOPLE)]
"""The section of each of them."""
NAMES = [f"Officer {number}" for number in range(PEOPLE)]
HOST = "papers.example.gov.uk"
HOUR = 120
"""How often ten people save in an hour, when each of them does every half a minute."""
ROUNDS = HOUR if os.environ.get("PAPERGEN_FUZZ") else 30
"""At night it is the whole hour."""
WARM = 5
MOST_GROWTH = 50_000
"""Kilobytes."""


@contextmanager
def command(root: Path, config: Path, *options: str, port: int = 0) -> Iterator[tuple[Served, subprocess.Popen[str]]]:
    """``papergen serve`` in a process of its own, which Ctrl-C ends."""
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "papergen", "serve", "--no-browser"),
            *("--port", str(port), "--workspace", str(root), *options),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "XDG_CONFIG_HOME": str(config), "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None
    with process.stdout:
        try:
            line = process.stdout.readline()
            found = re.search(r"(https?://[^:/]+(?::(\d+))?/start\?token=\S+)&meeting=", line)
            assert found, line
            served = Served(root, port or int(found[2]), found[1], {})
            _await(served)
            yield served, process
            process.send_signal(signal.SIGINT)
            assert process.wait(30) in (0, 130)
        finally:
            process.kill()
            process.wait()


def _await(served: Served) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            served.ask("/")
        except OSError:
            time.sleep(0.05)
        else:
            return


def memory(process: subprocess.Popen[str]) -> int:
    """The memory that a process holds, in kilobytes."""
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1])  # type: ignore[index]


def processor(process: subprocess.Popen[str]) -> float:
    """The seconds of the processor that a process has taken, which other work on the machine does not lengthen."""
    spent = Path(f"/proc/{process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[11:13]
    return sum(int(each) for each in spent) / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Officer:
    """Somebody at a page of their own, who comes through the proxy."""

    served: Served
    cookie: str
    page: ClientConnection
    file: str

    def save(self, words: str, base: str) -> str:
        """Save one's own section, and give the hash of what lies on the disk then."""
        text = f"---\ntitle: Own\nowner: Policy Officer\n---\n\n{words}\n"
        body = json.dumps({"path": self.file, "text": text, "base": base}).encode()
        headers = {**self.served.write_headers(self.cookie), "Host": HOST, "Origin": f"https://{HOST}"}
        answer = self.served.ask("/api/file", method="POST", body=body, headers=headers)
        assert answer.status == 200
        return str(answer.json["sha256"])

    def hear(self, words: set[str]) -> None:
        """Wait until one's page was told of papers with all of these words."""
        while words:
            message = str(self.page.recv(timeout=60))
            words = {each for each in words if each not in message}


@contextmanager
def ten_officers(served: Served) -> Iterator[list[Officer]]:
    """Ten people who look at the papers and write a section each."""
    with ExitStack() as held:
        found = []
        for name, file in zip(NAMES, OWN, strict=True):
            headers = {"Host": HOST}
            cookie = served.ask(f"/start?token={name.replace(' ', '-')}", headers=headers).headers["set-cookie"]
            cookie = cookie.partition(";")[0]
            page = held.enter_context(
                connect(
                    f"ws://{HOST}/live?meeting={MEETING}",
                    sock=socket.create_connection(("127.0.0.1", served.port)),
                    origin=Origin(f"https://{HOST}"),
                    additional_headers={"Cookie": cookie},
                )
            )
            number = json.loads(page.recv(timeout=60))["number"]
            page.send(json.dumps({"shows": "panel-report", "number": number}))
            found.append(Officer(served, cookie, page, file))
        yield found


@pytest.mark.hour
def test_ten_people_for_an_hour_leave_it_as_quick_and_as_small_as_it_was(tmp_path: Path) -> None:
    sections = {file.removeprefix("content/"): "---\ntitle: Own\n---\n\nWords.\n" for file in OWN}
    root = lay_down(tmp_path / "panel", {**FILES, **sections})
    lines = [f"  - {{name: {name}, may: write, token: {hash_of(name.replace(' ', '-'))}}}\n" for name in NAMES]
    colleagues = tmp_path / "colleagues.yaml"
    colleagues.write_text(f"colleagues:\n{''.join(lines)}", encoding="utf-8")
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    options = ("--colleagues", str(colleagues), "--behind-proxy", f"https://{HOST}")
    with (
        command(root, tmp_path / "config", *options, port=port) as (served, process),
        ten_officers(served) as officers,
        ThreadPoolExecutor(PEOPLE) as at_once,
    ):
        hashes = [hashlib.sha256((root / file).read_bytes()).hexdigest() for file in OWN]
        spent, sizes = [], []
        for count in range(ROUNDS):
            words = [f"Save number {count} of {name}." for name in NAMES]
            hashes = list(at_once.map(Officer.save, officers, words, hashes))
            list(at_once.map(Officer.hear, officers, [set(words)] * PEOPLE))
            spent.append(processor(process))
            sizes.append(memory(process))
        first, last = spent[2 * WARM] - spent[WARM], spent[-1] - spent[-WARM - 1]
        assert sizes[-1] - sizes[WARM] < MOST_GROWTH
        assert last < first * 1.5


def test_a_save_is_repainted_in_a_part_of_the_time_that_the_first_page_takes(
    desk_browser: Browser, tmp_path: Path
) -> None:
    root = copy_of_sample(tmp_path / "panel")
    file = root / "content" / "2016-02-02" / "panel-report" / "02-background.md"
    before = file.read_text(encoding="utf-8").rstrip()
    begun = time.perf_counter()
    with command(root, tmp_path / "config") as (served, _):
        context = desk_browser.new_context()
        context.set_default_timeout(120_000)
        page = context.new_page()
        page.goto(f"{served.link}&meeting=2016-02-02")
        page.wait_for_selector('body[data-live="yes"]')
        page.evaluate("location.hash = '#papers/background'")
        frame = page.frame_locator("#frame")
        frame.locator("#background").wait_for()
        first = time.perf_counter() - begun
        seconds = []
        for count in range(6):
            words = f"Save number {count} of the day."
            save = partial(file.write_text, f"{before}\n\n{words}\n", encoding="utf-8")
            seconds.append(seconds_to_paint(page, words, save))
        context.close()
    assert statistics.median(seconds[1:]) < 0.15 * first
