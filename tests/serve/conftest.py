from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.support.desk import CLEAN, opened, put_back
from tests.support.programs import browser as chromium
from tests.support.serving import Served, serving
from tests.support.small import MEETING, lay_down

LONG = "".join(f"\n\nParagraph {number} of the plans, with words enough to fill a line or two." for number in range(60))


@pytest.fixture(scope="session")
def desk_browser() -> Iterator[Browser]:
    """One Chromium for every test of the live pages."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        yield running
        running.close()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The pages of a small workspace with a long section; tests put back what they write."""
    more = f"---\ntitle: More\nowner: Policy Officer\nreviewed: 2016-01-20\n---\n{LONG}\n"
    files = {**CLEAN, f"{MEETING}/panel-report/04-more.md": more}
    root = lay_down(tmp_path_factory.mktemp("desk"), files)
    with serving(root, tmp_path_factory.mktemp("config")) as found:
        yield found


@pytest.fixture
def page(desk_browser: Browser, served: Served) -> Iterator[Page]:
    """The desk as an officer has it open, with every file as it was."""
    before = {path: path.read_bytes() for path in (served.root / "content").rglob("*.*")}
    try:
        with opened(desk_browser, served) as found:
            yield found
    finally:
        put_back(served, before)
