"""The guides name what there is: facts, formats, keys of front matter, and every directive."""

from __future__ import annotations

import pytest

from papergen.diagnostics import Diagnostics, Span
from papergen.read.front_matter import FrontMatter
from papergen.read.rules.directives import DIRECTIVES
from papergen.values.formats import FORMATS
from papergen.workspace.names import paper_facts, settings_facts, template_fields
from papergen.workspace.settings import read_settings
from papergen.world import World
from tests.support.builds import REPOSITORY

OFFICER = (REPOSITORY / "docs" / "officer.md").read_text(encoding="utf-8")


def test_every_fact_is_in_the_officers_guide() -> None:
    diagnostics = Diagnostics()
    settings = read_settings(World(REPOSITORY, diagnostics), "2016-02-02", diagnostics)
    assert settings is not None
    of_paper = paper_facts(settings.papers[0], settings, title="Title", draft=True, source_note="Source", at=Span(""))
    names = template_fields({**settings_facts(settings), **of_paper})
    assert {"panel.name", "plan.title", "meeting.date", "paper.status"} <= names.keys()
    for name in names:
        if not name.startswith(("plan.objectives.", "plan.aim.")):
            assert f"{{{{ {name} }}}}" in OFFICER


@pytest.mark.parametrize("word", [*FORMATS, *DIRECTIVES, *FrontMatter.model_fields])
def test_every_format_key_and_box_is_in_the_officers_guide(word: str) -> None:
    assert f"`{word}`" in OFFICER or f"::: {word}" in OFFICER
