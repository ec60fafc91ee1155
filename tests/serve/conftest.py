from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.support.programs import browser as chromium


@pytest.fixture(scope="session")
def desk_browser() -> Iterator[Browser]:
    """One Chromium for every test of the live pages."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        yield running
        running.close()
