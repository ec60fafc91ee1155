"""A paper of one section for the rules of plain words and of access, with the settings of the Fourshire workspace."""

from __future__ import annotations

import dataclasses
import tempfile
from functools import cache
from pathlib import Path

from papergen.check.reading import Reading
from papergen.commands.build import read_meeting
from papergen.diagnostics import Diagnostic, Diagnostics
from papergen.model.nodes import Section
from papergen.world import World
from tests.check.meetings import rule_of
from tests.support.builds import copy_of_fourshire, say_nothing
from tests.support.reading import FILE, read


@cache
def _fourshire() -> Reading:
    with tempfile.TemporaryDirectory() as folder:
        world = World(copy_of_fourshire(Path(folder)), Diagnostics())
        meeting = read_meeting(world, "2022-09-20", draft=True, diagnostics=world.diagnostics, progress=say_nothing)
    assert meeting is not None
    return Reading(meeting.papers, meeting.settings, meeting.book, (), {})


def reading_with(text: str, *, known: tuple[str, ...] = ()) -> Reading:
    """A paper that holds ``text``, which begins in line 5 of its file; ``known`` are the panel's own words."""
    whole = f"---\ntitle: More words\n---\n\n{text}\n"
    section, problems = read(whole)
    assert not problems.has_errors, [str(problem) for problem in problems]
    return reading_of(section, text=whole, known=known)


def reading_of(section: Section, *, text: str = "", known: tuple[str, ...] = ()) -> Reading:
    """A paper that holds a section and nothing else."""
    base = _fourshire()
    paper = dataclasses.replace(base.papers[0], sections=(section,))
    panel = base.settings.panel.model_copy(update={"known_words": known})
    settings = dataclasses.replace(base.settings, panel=panel)
    return Reading((paper,), settings, base.book, (), {FILE: text})


def found_in(reading: Reading, code: str) -> list[Diagnostic]:
    """What the rule of a code finds, in the order of lines."""
    return sorted(rule_of(code).check(reading), key=lambda found: found.at)
