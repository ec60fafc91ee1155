"""What CONTRIBUTING.md and the decisions name is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.builds import REPOSITORY

CONTRIBUTING = REPOSITORY / "CONTRIBUTING.md"
PAGES = (CONTRIBUTING, REPOSITORY / "CHANGELOG.md", *sorted((REPOSITORY / "docs" / "decisions").glob("*.md")))


def paths_in(text: str) -> Iterator[str]:
    """The files and folders that stand in code letters: words with a stroke, or with an ending that files have."""
    for words in re.findall(r"`([^`\s]+)`", text):
        if "/" in words or words.endswith((".md", ".py", ".yaml", ".css", ".json")):
            yield words


def test_every_file_of_the_checklists_is_there() -> None:
    named = list(paths_in(CONTRIBUTING.read_text(encoding="utf-8")))
    assert [name for name in named if not (REPOSITORY / name).exists()] == []
    assert {"papergen/model/walk/words.py", "papergen/cli/app.py", "tests/gates/", "CHANGELOG.md"} <= set(named)


def test_every_target_of_make_that_is_named_is_there() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (REPOSITORY / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"`make ([a-z]+)`", CONTRIBUTING.read_text(encoding="utf-8")))
    assert named == {"check", "test", "fuzz", "bench"}
    assert named <= targets


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_to_a_file(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_decision_is_in_the_list() -> None:
    folder = REPOSITORY / "docs" / "decisions"
    pages = {page.name for page in folder.glob("*.md")} - {"README.md"}
    assert set(re.findall(r"\]\(([^)]+)\)", (folder / "README.md").read_text(encoding="utf-8"))) == pages
