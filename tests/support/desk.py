"""The live pages as an officer has them open in a browser."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.support.five_sections import FILES
from tests.support.serving import Served

PATIENCE = 30_000
CLEAN = {name: text for name, text in FILES.items() if not name.endswith(("03-plans.md", "05-nothing.md"))}
"""Sections without a finding that stops anything."""


@contextmanager
def opened(browser: Browser, served: Served, *, width: int = 1400) -> Iterator[Page]:
    """A page of the desk; what its console says is a fault, but for a refusal that a test asks for.

    In the frame no script may run, not even one that looks for an element on behalf of a test.
    """
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme="light", accept_downloads=True)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    said: list[str] = []
    page.on(
        "console",
        lambda message: said.append(f"{message.text} {message.location}") if message.type == "error" else None,
    )
    page.on("pageerror", lambda problem: said.append(str(problem)))
    page.goto(served.link)
    page.wait_for_selector("#board table")
    page.wait_for_selector('body[data-live="yes"]')
    yield page
    context.close()
    unexpected = [
        each
        for each in said
        if not re.search(
            r"40[039]|WebSocket connection|ERR_CONNECTION|ERR_INTERNET_DISCONNECTED|Blocked script execution", each
        )
    ]
    assert not unexpected


def put_back(served: Served, before: dict[Path, bytes]) -> None:
    """Make the files of the workspace those that were there before."""
    for path in {*(served.root / "content").rglob("*.*"), *before}:
        if path not in before:
            path.unlink()
        elif not path.exists() or path.read_bytes() != before[path]:
            path.write_bytes(before[path])


def paper(page: Page, key: str = "robbery") -> None:
    """Go to a section of the paper, and wait until it is in the frame."""
    page.evaluate("key => { location.hash = `#papers/${key}` }", key)
    page.frame_locator("#frame").locator(f"#{key}").wait_for()


def write(page: Page, key: str = "robbery") -> None:
    """Open a section in the editor."""
    paper(page, key)
    if not page.locator("#writing").is_visible():
        page.click("#show-editor")
    page.wait_for_selector(".cm-content")
    expect(page.locator(".file-name")).to_contain_text(key)


def type_at_end(page: Page, words: str) -> None:
    """Type at the end of the text."""
    page.click(".cm-content")
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def click_words(page: Page, block: str, words: str) -> None:
    """Click some words of a block in the paper."""
    found = page.frame_locator("#frame").get_by_text(block)
    script = """(node, words) => { const range = document.createRange(); const text = node.firstChild;
        const at = text.data.indexOf(words); range.setStart(text, at); range.setEnd(text, at + words.length);
        const box = range.getBoundingClientRect(), all = node.getBoundingClientRect();
        return {x: box.x + box.width / 2 - all.x, y: box.y + box.height / 2 - all.y}; }"""
    found.click(position=found.evaluate(script, words))


def same_as_afresh(page: Page) -> bool:
    """Whether the document in the frame is the one that the server would send now."""
    script = """async () => {
        const frame = document.getElementById("frame");
        const shown = frame.contentWindow.location.pathname.split("/");
        const answer = await fetch([...shown.slice(0, 4), frame.dataset.number, shown.at(-1)].join("/"));
        const page = (await answer.text()).replace(/<style>[^]*?<.style>/, "");
        const fresh = new DOMParser().parseFromString(page, "text/html");
        fresh.body.normalize(); frame.contentDocument.body.normalize();
        return fresh.body.isEqualNode(frame.contentDocument.body);
    }"""
    same: bool = page.evaluate(script)
    return same


_WATCH = """words => { const inside = document.getElementById("frame").contentDocument;
    window.painted = new Promise(done => new MutationObserver((_, watching) => {
        if (!inside.body.textContent.includes(words)) return;
        watching.disconnect();
        requestAnimationFrame(() => setTimeout(() => done(Date.now() / 1000)));
    }).observe(inside.body, {subtree: true, childList: true, characterData: true})); }"""


def seconds_to_paint(page: Page, words: str, save: Callable[[], object]) -> float:
    """How long after ``save`` began the words are painted, as the browser itself sees it."""
    page.evaluate(_WATCH, words)
    begun = time.time()
    save()
    painted: float = page.evaluate("window.painted")
    return painted - begun
