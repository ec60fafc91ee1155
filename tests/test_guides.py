"""The guides name what there is: facts, formats, keys of front matter, and every directive."""

from __future__ import annotations

import pytest

from papergen.diagnostics import Diagnostics, Span
from papergen.exhibits.kinds import CHARTS, TABLES
from papergen.read.blocks import DIRECTIVES
from papergen.read.front_matter import FrontMatter
from papergen.values.formats import FORMATS
from papergen.workspace.names import paper_facts, settings_facts, template_fields
from papergen.workspace.settings import read_settings
from papergen.world import World
from tests.support.builds import REPOSITORY

OFFICER = (REPOSITORY / "docs" / "officer.md").read_text(encoding="utf-8")


def is_told(words: str) -> bool:
    """Whether they stand in the guide; a function of its own, so that a test that fails does not print all of it."""
    return words in OFFICER


def test_every_fact_is_in_the_officers_guide() -> None:
    diagnostics = Diagnostics()
    settings = read_settings(World(REPOSITORY, diagnostics), "2016-02-02", diagnostics)
    assert settings is not None
    of_paper = paper_facts(settings.papers[0], settings, title="Title", draft=True, source_note="Source", at=Span(""))
    names = template_fields({**settings_facts(settings), **of_paper})
    assert {"panel.name", "plan.title", "meeting.date", "paper.status"} <= names.keys()
    for name in names:
        if not name.startswith(("plan.objectives.", "plan.aim.")):
            assert is_told(f"{{{{ {name} }}}}"), f"docs/officer.md lacks {{{{ {name} }}}}"


@pytest.mark.parametrize("word", [*FORMATS, *DIRECTIVES, *FrontMatter.model_fields, *CHARTS, *TABLES])
def test_every_format_key_box_and_kind_of_exhibit_is_in_the_officers_guide(word: str) -> None:
    assert is_told(f"`{word}`") or is_told(f"::: {word}"), f"docs/officer.md lacks `{word}`"
