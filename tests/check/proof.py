"""Words as the rules read them: sections of Markdown over the settings and data of Norfolk, which are read once."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from PIL import Image

from papergen.check.reading import Reading
from papergen.check.registry import RULES
from papergen.check.rule import Rule
from papergen.commands.steps import assemble, read_meeting
from papergen.data.book import Book
from papergen.diagnostics import Diagnostic, Diagnostics
from papergen.model.nodes import Paper, Paragraph, Section, Text
from papergen.model.walk import walk_sections
from papergen.session import Session
from papergen.workspace.settings import SettingsFiles, read_settings
from papergen.world import World
from tests.support.builds import NORFOLK
from tests.support.laid_over import LaidOver

MEETING = "2018-06-12"
BEFORE = "2018-03-13"
ANNEX = "annex"
REPORT = "panel-report"

_MEETING_BEFORE = """\
date: 2018-03-13
reporting_period: {from: 2017-10-01, to: 2017-12-31}
report_title: Crime in Norfolk
"""
_MORE_MEASURES = """
bus_fights:
  title: Fights on buses
  unit: fights
  file: recorded-crime.csv
  where: {offence_subgroup: Violence with injury}
  source: Constructed
  peers: {own: Norfolk, per: population.csv}
night_buses:
  title: Night buses
  unit: buses
  file: buses.csv
  source: Constructed
tram_fights:
  title: Fights on trams
  unit: fights
  file: buses.csv
  source: Constructed
  data_to: {2018-06-12: 2018-03}
tram_bells:
  title: Bells on trams
  unit: bells
  file: buses.csv
  source: Constructed
  data_to: {2018-06-12: 2018-02}
killed:
  title: Killed
  unit: people
  file: killed.csv
  source: Constructed
"""
_DATA = {"buses.csv": "month,value\n2018-01,4\n2018-02,6\n", "killed.csv": "month,value\n2018-02,5\n2018-03,2\n"}


@dataclass(frozen=True)
class _Norfolk:
    """A workspace without files of its papers: its settings and data at the meeting and at the one before."""

    folder: tempfile.TemporaryDirectory[str]
    now: tuple[SettingsFiles, Book]
    before: tuple[SettingsFiles, Book]

    @property
    def root(self) -> Path:
        return Path(self.folder.name)


@cache
def _norfolk() -> _Norfolk:
    folder = tempfile.TemporaryDirectory()
    content = Path(folder.name) / "content"
    for name in ("panel.yaml", "plan.yaml", "measures.yaml", f"{MEETING}/meeting.yaml", "data/recorded-crime.csv"):
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).write_bytes((NORFOLK / "content" / name).read_bytes())
    (content / "data/population.csv").write_bytes((NORFOLK / "content/data/population.csv").read_bytes())
    with (content / "measures.yaml").open("a", encoding="utf-8") as file:
        file.write(_MORE_MEASURES)
    for name, text in _DATA.items():
        (content / "data" / name).write_text(text, encoding="utf-8")
    for meeting in (MEETING, BEFORE):
        for paper in (ANNEX, REPORT):
            (content / meeting / paper).mkdir(parents=True)
    (content / BEFORE / "meeting.yaml").write_text(_MEETING_BEFORE, encoding="utf-8")
    Image.new("RGB", (4, 2), "#1F3864").save(content / MEETING / "map.png")
    world = World(Path(folder.name), Diagnostics())
    read = read_meeting(world, MEETING)
    settings = read_settings(world, BEFORE, world.diagnostics)
    assert read is not None
    assert settings is not None
    book = read.session.book.for_meeting(world, settings, world.diagnostics)
    return _Norfolk(folder, (read.session.settings, read.session.book), (settings, book))


def page(text: str) -> str:
    """A file of Markdown, with the title and owner that every file has where its front matter does not give them."""
    front, body = ("", text)
    if text.startswith("---\n"):
        front, _, body = text.removeprefix("---\n").partition("---\n")
    keys = {line.partition(":")[0] for line in front.splitlines()}
    for key, value in (("title", "Words"), ("owner", "Somebody")):
        if key not in keys and not (key == "title" and "objective" in keys):
            front += f"{key}: {value}\n"
    return f"---\n{front}---\n\n{body.strip()}\n"


def reading(annex: str = "", *, report: str = "", before: str = "") -> Reading:
    """The meeting with a section in its annex, one in its report and one in the annex of the meeting before."""
    now = [(ANNEX, annex)] * bool(annex) + [(REPORT, report)] * bool(report)
    return reading_of(now, before=[(ANNEX, before)] * bool(before))


def reading_of(
    sections: Sequence[tuple[str, str]],
    *,
    before: Sequence[tuple[str, str]] = (),
    problems: Iterable[str] = (),
    settings: Mapping[str, str] | None = None,
) -> Reading:
    """The meeting with sections of Markdown, each in a paper; ``problems`` are the errors that reading them gives.

    ``settings`` are other texts for files of settings and data, by their names in ``content/``.
    """
    base = _norfolk()
    diagnostics = Diagnostics()
    texts = _files(MEETING, sections)
    now = base.now
    others = {f"content/{name}": text for name, text in (settings or {}).items()}
    if others:
        read = read_meeting(LaidOver(base.root, others | texts, diagnostics), MEETING)
        assert read is not None, [str(each) for each in diagnostics]
        now = (read.session.settings, read.session.book)
    papers = _assembled(MEETING, others | texts, *now, diagnostics)
    previous = _assembled(BEFORE, _files(BEFORE, before), *base.before, Diagnostics()) if before else ()
    found = {each.code.id for each in diagnostics if each.severity is each.severity.ERROR}
    assert found == set(problems), [str(each) for each in diagnostics]
    return Reading(papers, *now, previous, texts)


def _files(meeting: str, sections: Sequence[tuple[str, str]]) -> dict[str, str]:
    """The files of the sections; a paper that would have none says nothing."""
    empty = {ANNEX, REPORT} - {paper for paper, _ in sections}
    return {
        f"content/{meeting}/{paper}/{number}-words-{number}.md": page(text)
        for number, (paper, text) in enumerate((*sections, *((paper, "Nothing.") for paper in sorted(empty))), 10)
    }


def _assembled(
    meeting: str, texts: Mapping[str, str], settings: SettingsFiles, book: Book, diagnostics: Diagnostics
) -> tuple[Paper, ...]:
    session = Session(
        world=LaidOver(_norfolk().root, texts, diagnostics), meeting=meeting, settings=settings, book=book
    )
    return assemble(session).papers


def words_alone(*texts: str) -> Reading:
    """The meeting with a paper that holds a paragraph of each text, whose words are taken as they are."""
    of = reading("Words.")
    paragraphs = tuple(Paragraph(inlines=(Text(text=text),)) for text in texts)
    section = Section(title=(Text(text="One"),), level=1, blocks=paragraphs)
    return replace(of, papers=(replace(of.papers[0], sections=(section,)),))


def whole_meeting(root: Path, meeting: str) -> Reading:
    """A meeting of a workspace on disk."""
    world = World(root, Diagnostics())
    read = read_meeting(world, meeting)
    assert read is not None
    files = {section.at.file for paper in read.papers for section in walk_sections(paper.sections)}
    texts = {file: world.read_text(file) or "" for file in sorted(files) if world.is_file(file)}
    return Reading(read.papers, read.session.settings, read.session.book, (), texts)


def workspace_text(file: str) -> str:
    """The text of a file of the settings."""
    return (_norfolk().root / "content" / file).read_text(encoding="utf-8")


def rule_of(code: str) -> Rule:
    """The rule with that code."""
    (rule,) = [rule for rule in RULES if rule.code.id == code]
    return rule


def findings(code: str, of: Reading) -> list[Diagnostic]:
    """What the rule with that code finds, in the order of files and lines."""
    return sorted(rule_of(code).check(of), key=lambda found: (found.at, found.message))
