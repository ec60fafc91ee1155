"""Meetings for the rules to look at: small workspaces with a few files put in."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from papergen.check.reading import Reading
from papergen.check.registry import RULES
from papergen.check.rule import Rule
from papergen.commands.build import read_meeting
from papergen.diagnostics import Diagnostic, Diagnostics, Span
from papergen.model.nodes import Alignment, Paper, Paragraph, Section, Table, Text
from papergen.model.walk import walk_sections
from papergen.papers.assemble import assemble
from papergen.workspace.settings import read_settings
from papergen.world import World
from tests.support.builds import copy_of_norfolk, copy_of_sample, say_nothing

NOW = "2018-06-12"
BEFORE = "2018-03-13"
REPORT = f"content/{NOW}/panel-report"
ANNEX = f"content/{NOW}/annex"

_FILE = "90-words.md"
_MEETING_BEFORE = """\
date: 2018-03-13
reporting_period: {from: 2017-10-01, to: 2017-12-31}
report_title: Crime in Norfolk
"""


def page(text: str, *, title: str = "Words", front: str = "") -> str:
    """A file of Markdown with the front matter that every file has."""
    return f"---\ntitle: {title}\nowner: Somebody\n{front}---\n\n{text}\n"


def reading(root: Path, meeting: str, *, before: str | None = None) -> Reading:
    """What the rules look at in a meeting, with the papers of ``before`` as those of the last one."""
    world = World(root, Diagnostics())
    read = read_meeting(world, meeting, draft=True, diagnostics=world.diagnostics, progress=say_nothing)
    assert read is not None
    previous: tuple[Paper, ...] = ()
    if before is not None:
        settings = read_settings(world, before, world.diagnostics)
        assert settings is not None
        book = read.book.for_meeting(world, settings, world.diagnostics)
        previous = assemble(world, before, settings, book, renderer=None, draft=True, diagnostics=world.diagnostics)
    files = {section.at.file for paper in read.papers for section in walk_sections(paper.sections)}
    texts = {file: world.read_text(file) or "" for file in sorted(files) if world.is_file(file)}
    return Reading(read.papers, read.settings, read.book, previous, texts)


def norfolk_with(root: Path, text: str, *, before: str | None = None, front: str = "") -> Reading:
    """Norfolk's meeting with a section of the given words in its annex; ``before`` stood there at the last meeting."""
    return norfolk(root, {f"{ANNEX}/{_FILE}": page(text, front=front)}, before=before)


def norfolk(root: Path, files: Mapping[str, str], *, before: str | None = None) -> Reading:
    """Norfolk's meeting with some files written into it."""
    copy_of_norfolk(root)
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    if before is not None:
        folder = root / "content" / BEFORE / "annex"
        folder.mkdir(parents=True)
        (folder.parent / "meeting.yaml").write_text(_MEETING_BEFORE, encoding="utf-8")
        (folder / "01-words.md").write_text(page(before), encoding="utf-8")
    return reading(root, NOW, before=None if before is None else BEFORE)


def sample_after_december(root: Path) -> Path:
    """The sample workspace with the meeting of December 2015 before it."""
    copy_of_sample(root)
    december = Path(__file__).resolve().parent.parent / "workspaces" / "december-2015"
    shutil.copytree(december, root, dirs_exist_ok=True)
    return root


def findings(of: Reading, code: str) -> list[Diagnostic]:
    """What the rule with that code finds in the section that the test put in."""
    return [found for found in rule_of(code).check(of) if found.at.file.endswith(_FILE)]


def rule_of(code: str) -> Rule:
    """The rule with that code."""
    (rule,) = [rule for rule in RULES if rule.code.id == code]
    return rule


def paper_of(base: Reading, *paragraphs: str, caption: str = "", table: Iterable[Iterable[str]] = ()) -> Reading:
    """A meeting whose one paper has these paragraphs and, where there are rows, a table with a header row."""
    at = Span(f"{ANNEX}/{_FILE}", 1)
    blocks: list[Paragraph | Table] = [Paragraph(inlines=(Text(text=text),), at=at) for text in paragraphs]
    rows = [tuple((Text(text=cell),) if cell else () for cell in row) for row in table]
    if rows:
        alignments = (Alignment.LEFT,) * len(rows[0])
        words = (Text(text=caption),) if caption else ()
        blocks.append(
            Table(header=rows[0], rows=tuple(rows[1:]), alignments=alignments, caption=words, number=1, at=at)
        )
    section = Section(title=(Text(text="Words"),), level=1, blocks=tuple(blocks), key="words", owner="A", at=at)
    paper = replace(base.papers[0], sections=(section,))
    return replace(base, papers=(paper,), texts={at.file: "\n".join(paragraphs)})


def with_words(root: Path, text: str, *, measures: str = "", report: str = "") -> Reading:
    """The meeting with a section of its own in the annex, and one in the report where ``report`` is given."""
    copy_of_norfolk(root)
    for other in (root / "content" / NOW).glob("*/*.md"):
        other.unlink()  # its comparisons take long
    words = f"{ANNEX}/{_FILE}"
    more = f"measures: [{measures}]\n" if measures else ""
    (root / words).write_text(page(text, front=more), encoding="utf-8")
    other = root / words.replace("annex", "panel-report")
    other.write_text(page(report or "Nothing."), encoding="utf-8")
    return reading(root, NOW)
