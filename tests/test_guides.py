"""The guides name what there is: facts, formats, keys of front matter, and every directive."""

from __future__ import annotations

import pytest

from papergen.commands.build import read_papers
from papergen.diagnostics import Diagnostics
from papergen.read.front_matter import FrontMatter
from papergen.read.rules.directives import DIRECTIVES
from papergen.values.formats import FORMATS
from papergen.world import World
from tests.support.builds import REPOSITORY, say_nothing

OFFICER = (REPOSITORY / "docs" / "officer.md").read_text(encoding="utf-8")


def names() -> list[str]:
    diagnostics = Diagnostics()
    paper = read_papers(
        World(REPOSITORY, diagnostics), "2016-02-02", draft=True, diagnostics=diagnostics, progress=say_nothing
    )[0]
    return [name for name in paper.fields if not name.startswith(("plan.objectives.", "plan.aim."))]


@pytest.mark.parametrize("name", names())
def test_every_fact_is_in_the_officers_guide(name: str) -> None:
    assert f"{{{{ {name} }}}}" in OFFICER


@pytest.mark.parametrize("word", [*FORMATS, *DIRECTIVES, *FrontMatter.model_fields])
def test_every_format_key_and_box_is_in_the_officers_guide(word: str) -> None:
    assert f"`{word}`" in OFFICER or f"::: {word}" in OFFICER
