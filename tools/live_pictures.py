"""Takes the pictures of the live pages in the guides: python tools/live_pictures.py, after make set-up-tests."""

from __future__ import annotations

import io
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright
from set_up import BROWSERS

from papergen.commands.sign import SigningRequest, sign
from papergen.diagnostics import Diagnostics
from papergen.serve.run import ServeRequest, prepare, server
from papergen.world import World, never

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
MEETING = "2016-02-02"
DAY = date(2016, 1, 20)


@contextmanager
def desk(root: Path) -> Iterator[str]:
    """The live pages of a copy of the sample, as on a day before its meeting."""
    prepared = prepare(ServeRequest(root=root, port=0), never, today=lambda: DAY)
    running = server(prepared.app)
    thread = threading.Thread(target=running.run, kwargs={"sockets": [prepared.listener]}, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.05)
    try:
        yield prepared.links.own
    finally:
        running.should_exit = True
        thread.join()


def take(page: Page, name: str) -> None:
    """A picture of the page with few colours, which is small."""
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(128, dither=Image.Dither.NONE).save(PICTURES / f"{name}.png", optimize=True)


def change(file: Path, old: str, new: str) -> None:
    """Write other words into a file."""
    file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


def main() -> None:
    """Take the pictures."""
    browser = next(found for name in BROWSERS if (found := shutil.which(name)))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        root = Path(folder)
        for name in ("content", "templates"):
            shutil.copytree(ROOT / name, root / name)
        report = root / "content" / MEETING / "panel-report"
        change(report / "03-format.md", "reviewed: 2016-01-22", "reviewed: no")
        world = World(root, Diagnostics())
        when = SigningRequest(sections=["purpose"], role="Chief Executive Officer", when=_noon())
        sign(world, MEETING, when)
        sign(world, MEETING, SigningRequest(sections=["background"], role="Chief Executive Officer", when=_noon()))
        change(report / "02-background.md", "The ", "Now the ")
        with desk(root) as link:
            chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
            page = chromium.new_page(viewport={"width": 1360, "height": 860})
            page.set_default_timeout(120_000)
            page.goto(link)
            page.locator("#board table").first.wait_for()
            page.locator('body[data-live="yes"]').wait_for()
            take(page, "live-board")
            page.evaluate("location.hash = '#papers/robbery'")
            page.frame_locator("#frame").locator("#robbery").wait_for()
            page.wait_for_timeout(1000)
            page.click("#show-editor")
            page.locator(".cm-content").wait_for()
            page.wait_for_timeout(1000)
            take(page, "live-papers")
            page.click('.palette button:text-is("Chart")')
            page.locator(".exhibit-preview img").wait_for()
            page.wait_for_timeout(500)
            take(page, "live-palette")
            chromium.close()


def _noon() -> datetime:
    return datetime(2016, 1, 19, 12, tzinfo=UTC)


if __name__ == "__main__":
    main()
