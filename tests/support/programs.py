"""The programs that check papers: where they are, or a failure that names what to install."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def program(*names: str, package: str) -> str:
    """The path of the first of ``names`` that is installed; the test fails when none is, and names the package."""
    for name in names:
        if found := shutil.which(name):
            return found
    pytest.fail(f"{names[0]} is not installed: install Debian's {package}, or run make test.", pytrace=False)


def java() -> list[str]:
    """The Java runtime, with the options that make a run of seconds cheap: half of it goes to compiling otherwise."""
    return [program("java", package="default-jre-headless"), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss4m"]


def browser() -> str:
    """A Chromium that runs without a screen."""
    return program(*BROWSERS, package="chromium-headless-shell")


def node_file(path: str) -> Path:
    """A file of one of the checkers that come from npm, as "axe-core/axe.min.js"."""
    file = Path(sys.prefix) / "node_modules" / path
    if not file.exists():
        pytest.fail(f"{path} is not installed: run make test, which fetches it.", pytrace=False)
    return file
