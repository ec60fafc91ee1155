"""Meetings made for the tests of rules: a copy of the Norfolk workspace with some Markdown put into it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from papergen.build import read_meeting
from papergen.check.subject import Subject
from papergen.diagnostics import Diagnostic, Diagnostics
from papergen.model import walk_sections
from papergen.world import World
from tests.builds import copy_of_norfolk, say_nothing

MEETING = "2018-06-12"
SAMPLE = "2016-02-02"
FILE = f"content/{MEETING}/annex/90-words.md"

_FRONT_MATTER = "---\ntitle: Words\nowner: Somebody\n{more}---\n\n"


def subject_of(root: Path, meeting: str) -> Subject:
    """What the rules look at in a meeting of the workspace at ``root``, whatever else is wrong in it."""
    world = World(root, Diagnostics())
    read = read_meeting(world, meeting, draft=True, diagnostics=world.diagnostics, progress=say_nothing)
    assert read is not None
    files = {section.at.file for paper in read.papers for section in walk_sections(paper.sections)}
    texts = {file: world.read_text(file) or "" for file in files}
    return Subject(read.papers, read.settings, read.book, (), texts)


def with_words(root: Path, text: str, *, measures: str = "", report: str = "") -> Subject:
    """The meeting with a section of its own in the annex, and one in the report where ``report`` is given."""
    copy_of_norfolk(root)
    for other in (root / "content" / MEETING).glob("*/*.md"):
        other.unlink()  # its comparisons take long
    more = f"measures: [{measures}]\n" if measures else ""
    (root / FILE).write_text(_FRONT_MATTER.format(more=more) + text + "\n", encoding="utf-8")
    other = root / FILE.replace("annex", "panel-report")
    other.write_text(_FRONT_MATTER.format(more="") + (report or "Nothing.") + "\n", encoding="utf-8")
    return subject_of(root, MEETING)


def found(check: Callable[[Subject], Iterable[Diagnostic]], subject: Subject) -> list[Diagnostic]:
    """The findings in the sections that the test put in."""
    return [each for each in check(subject) if each.at.file.endswith("90-words.md")]
