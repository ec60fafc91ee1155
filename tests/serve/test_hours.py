"""Served as people do: from the command line, for ten people at once, and for as long as a day has saves."""

from __future__ import annotations

import json
import os
import re
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from websockets.sync.client import ClientConnection

from tests.commands.test_sign import FILES
from tests.support.builds import copy_of_sample
from tests.support.desk import seconds_to_paint
from tests.support.serving import Served
from tests.support.small import MEETING, lay_down

pytestmark = pytest.mark.slow

PEOPLE = 10
OWN = [f"content/{MEETING}/panel-report/{number}-own-{number}.md" for number in range(10, 10 + PEOPLE)]
"""The section of each of them."""
SAVES = 70
WARM = 10
MOST_GROWTH = 50_000
"""Kilobytes."""


@contextmanager
def command(root: Path, config: Path) -> Iterator[tuple[Served, subprocess.Popen[str]]]:
    """``papergen serve`` in a process of its own, which Ctrl-C ends."""
    process = subprocess.Popen(
        [sys.executable, "-m", "papergen", "serve", "--no-browser", "--port", "0", "--workspace", str(root)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "XDG_CONFIG_HOME": str(config), "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None
    with process.stdout:
        try:
            line = process.stdout.readline()
            found = re.search(r"(http://127\.0\.0\.1:(\d+)/start\?token=\S+)&meeting=", line)
            assert found, line
            served = Served(root, int(found[2]), found[1], {})
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


def heard(socket: ClientConnection, words: str) -> None:
    """Wait until a page is told of papers with these words."""
    while words not in str(socket.recv(timeout=60)):
        pass


def test_ten_people_for_many_saves_leave_it_as_quick_and_as_small_as_it_was(tmp_path: Path) -> None:
    sections = {file.removeprefix("content/"): "---\ntitle: Own\n---\n\nWords.\n" for file in OWN}
    root = lay_down(tmp_path / "panel", {**FILES, **sections})
    with command(root, tmp_path / "config") as (served, process), ExitStack() as held:
        cookie = served.cookie()
        headers = {"Cookie": cookie}
        sockets = [held.enter_context(served.socket(origin=served.origin, headers=headers)) for _ in range(PEOPLE)]
        for socket in sockets:
            number = json.loads(socket.recv(timeout=60))["number"]
            socket.send(json.dumps({"shows": "panel-report", "number": number}))
        spent, sizes = [], []
        known = {file: served.ask(f"/api/file?path={file}", headers=headers).json["sha256"] for file in OWN}
        for count in range(SAVES):
            file = OWN[count % PEOPLE]
            text = f"---\ntitle: Own\nowner: Policy Officer\n---\n\nSave number {count} of the day.\n"
            answer = served.post("/api/file", cookie, path=file, text=text, base=known[file])
            assert answer.status == 200
            known[file] = answer.json["sha256"]
            for socket in sockets:
                heard(socket, f"Save number {count} of the day.")
            spent.append(processor(process))
            sizes.append(memory(process))
        first, last = spent[WARM + 20] - spent[WARM], spent[-1] - spent[-21]
        assert sizes[-1] - sizes[WARM] < MOST_GROWTH
        assert last < first * 1.5


def test_a_save_is_repainted_in_a_part_of_the_time_that_a_check_takes(desk_browser: Browser, tmp_path: Path) -> None:
    root = copy_of_sample(tmp_path / "panel")
    file = root / "content" / "2016-02-02" / "panel-report" / "02-background.md"
    before = file.read_text(encoding="utf-8").rstrip()
    with command(root, tmp_path / "config") as (served, _):
        context = desk_browser.new_context()
        context.set_default_timeout(120_000)
        page = context.new_page()
        page.goto(f"{served.link}&meeting=2016-02-02")
        page.wait_for_selector('body[data-live="yes"]')
        page.evaluate("location.hash = '#papers/background'")
        frame = page.frame_locator("#frame")
        frame.locator("#background").wait_for()
        seconds = []
        for count in range(7):
            words = f"Save number {count} of the day."
            save = partial(file.write_text, f"{before}\n\n{words}\n", encoding="utf-8")
            seconds.append(seconds_to_paint(page, words, save))
        context.close()
    begun = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "papergen", "check", "--workspace", str(root)], stdout=subprocess.DEVNULL, check=False
    )
    cold = time.perf_counter() - begun
    assert statistics.median(seconds[1:]) < 0.35 * cold
