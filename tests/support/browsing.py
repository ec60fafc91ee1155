"""Looking at pages in a real browser: what axe finds in them, what they fetched, and how wide they grew."""

from __future__ import annotations

import fcntl
import itertools
import json
import os
import select
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.programs import browser, node_file

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
PHONE = 320
DESK = 1200
SECONDS = 300.0

_LOADED = 'new Promise(done => document.readyState === "complete" ? done() : addEventListener("load", () => done()))'
_LOOK = """
for (const each of document.querySelectorAll("details")) each.open = true;
axe.run(document, {runOnly: %s, resultTypes: ["violations"]}).then(result => ({
  violations: result.violations.flatMap(
    rule => rule.nodes.map(node => `${rule.id}: ${node.html} ${node.failureSummary}`)
  ),
  passes: result.passes.map(rule => rule.id),
  dark: matchMedia("(prefers-color-scheme: dark)").matches,
  fetched: performance.getEntriesByType("resource").map(entry => entry.name),
  width: innerWidth,
  needed: document.documentElement.scrollWidth,
}))
"""


@dataclass(frozen=True)
class Seen:
    """What was seen: every violation of a rule with its element, the rules that held, and facts of the window."""

    violations: tuple[str, ...]
    passes: frozenset[str]
    fetched: tuple[str, ...]
    needed: int


class Browser:
    """A Chromium without a screen, in which one page after another is opened.

    It is spoken to by the DevTools protocol over two pipes: messages of JSON, each ending in a zero byte.
    """

    def __init__(self, commands: int, answers: int, folder: Path) -> None:
        self._commands, self._answers, self._folder = commands, answers, folder
        self._numbers = itertools.count(1)
        self._heard = b""
        self._session: dict[str, str] = {}
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        session = self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self._session = {"sessionId": session}
        self._ask("Page.setBypassCSP", enabled=True)
        self._axe = node_file("axe-core/axe.min.js").read_text(encoding="utf-8")

    def look(self, page: str, *, width: int = DESK, dark: bool = False, rules: tuple[str, ...] = WCAG) -> Seen:
        """Open a page in a window of ``width`` CSS pixels and run axe in it, with its rules of these tags.

        The data of every chart is shown, and the page's policy, which would keep it from fetching, is passed over.
        """
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self._ask("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        self._ask("Emulation.setEmulatedMedia", features=[scheme])
        file = self._folder / f"page-{next(self._numbers)}.html"
        file.write_text(page, encoding="utf-8")
        self._ask("Page.navigate", url=file.as_uri())
        self._run(_LOADED)
        self._run(self._axe)
        seen = self._run(_LOOK % json.dumps(rules))
        assert seen["width"] == width
        assert seen["dark"] == dark
        return Seen(tuple(seen["violations"]), frozenset(seen["passes"]), tuple(seen["fetched"]), seen["needed"])

    def _run(self, script: str) -> Any:
        """What a script comes to in the page."""
        answer = self._ask("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def _ask(self, method: str, **parameters: object) -> dict[str, Any]:
        """What the browser answers to a command."""
        number = next(self._numbers)
        message = json.dumps({"id": number, "method": method, "params": parameters, **self._session})
        with open(self._commands, "wb", closefd=False) as commands:
            commands.write(message.encode() + b"\0")
        while (answer := self._message()).get("id") != number:
            pass  # what the browser tells of itself
        assert "error" not in answer, f"{method}: {answer['error']}"
        result: dict[str, Any] = answer["result"]
        return result

    def _message(self) -> dict[str, Any]:
        """The next message."""
        while b"\0" not in self._heard:
            ready, _, _ = select.select([self._answers], [], [], SECONDS)
            assert ready, "The browser does not answer."
            more = os.read(self._answers, 1 << 20)
            assert more, "The browser has gone."
            self._heard += more
        message, _, self._heard = self._heard.partition(b"\0")
        found: dict[str, Any] = json.loads(message)
        return found


@contextmanager
def running_browser(folder: Path) -> Iterator[Browser]:
    """One browser for many pages; it ends with the pipe that its commands come by."""
    pipes = [*os.pipe(), *os.pipe()]
    there, commands, answers, back = (fcntl.fcntl(each, fcntl.F_DUPFD_CLOEXEC, 10) for each in pipes)
    for each in pipes:
        os.close(each)
    program = browser()
    process = os.posix_spawn(
        program,
        [
            program,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--remote-debugging-pipe",
            f"--user-data-dir={folder / 'profile'}",
        ],
        os.environ,
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
            (os.POSIX_SPAWN_DUP2, there, 3),
            (os.POSIX_SPAWN_DUP2, back, 4),
        ],
    )
    os.close(there)
    os.close(back)
    try:
        yield Browser(commands, answers, folder)
    finally:
        os.close(commands)
        os.waitpid(process, 0)
        os.close(answers)
