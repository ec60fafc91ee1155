"""Checking a meeting: the rules are given its papers, those of the meeting before, and the text of its files."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from papergen import codes
from papergen.check.reading import Reading, in_files
from papergen.check.run import Checked, Waived, check, unknown_codes
from papergen.check.share import Share, share_bound
from papergen.commands.kept_findings import kept_findings
from papergen.commands.steps import Meeting, assemble, mark, open_meeting
from papergen.commands.suspects import found_in_templates, found_on_pages, suspected
from papergen.commands.templates import template_words
from papergen.data.book import Book
from papergen.diagnostics import Diagnostic, Diagnostics, Severity, Span
from papergen.manifest.names import MANIFEST
from papergen.manifest.record import read_manifest
from papergen.model.nodes import Paper
from papergen.model.serial import UnreadableRecordError
from papergen.model.walk import walk_sections
from papergen.read.marks import foreign_marks
from papergen.session import Memory, Session, no_progress
from papergen.store.kept import Store
from papergen.work.helpers import Helpers
from papergen.workspace.settings import meetings, read_settings
from papergen.world import World

OUTPUT = "output"

_MARKS = (codes.STRAY_MARKUP, codes.UNMEANT_MARKUP, codes.VALUE_BESIDE)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class CheckedPapers:
    """The findings that were asked for, the findings that somebody let stand, and the share of bound figures.

    ``share`` is None where the papers could not be read.
    """

    findings: Diagnostics
    waived: tuple[Waived, ...] = ()
    share: Share | None = None


def check_papers(
    world: World,
    meeting: str,
    *,
    select: Collection[str] = (),
    ignore: Collection[str] = (),
    helpers: Helpers | None = None,
    store: Store | None = None,
) -> CheckedPapers:
    """Everything wrong with the papers of ``meeting`` whose code begins with one of ``select`` and none of ``ignore``.

    Without ``select``, every code is meant.  What is wrong in the templates would stop a build, so it is told too, and
    so are letters and tables that no page has room for: both are looked for by ``helpers`` meanwhile.  What only whole
    papers show, such as headings alone at a foot, is told where ``store`` has the same papers from a build.
    """
    helpers = helpers or Helpers()
    session = open_meeting(mark(world), meeting)
    if session is None:
        return CheckedPapers(chosen(world.diagnostics, select=select, ignore=ignore))
    fields = template_words(world.quietly(), session.settings, session.book.facts)
    in_templates = helpers.submit(found_in_templates, world.root, session.settings.templates, fields)
    read = assemble(session, helpers)
    on_pages = helpers.submit(found_on_pages, world.root, [suspected(paper) for paper in read.papers])
    checked = check_meeting(read)
    world.diagnostics.extend(checked.findings)
    world.diagnostics.extend(in_templates())
    if not world.diagnostics.has_errors:
        if store is not None:
            world.diagnostics.extend(kept_findings(read, store))
        world.diagnostics.extend(on_pages())
    findings = chosen(world.diagnostics, select=select, ignore=ignore)
    return CheckedPapers(findings, checked.waived, share_bound(checked.reading))


def chosen(findings: Iterable[Diagnostic], *, select: Collection[str], ignore: Collection[str]) -> Diagnostics:
    """The findings whose code begins with one of ``select`` (all, if it is empty) and with none of ``ignore``."""
    kept, begins = Diagnostics(), tuple(select) or ("",)
    codes_kept = (each for each in findings if each.code.id.startswith(begins))
    kept.extend(each for each in codes_kept if not each.code.id.startswith(tuple(ignore)))
    return kept


def check_meeting(meeting: Meeting) -> Checked:
    """What the rules find in a meeting that was read."""
    session = meeting.session
    session.progress("Check", "the rules")
    files = {section.at.file for paper in meeting.papers for section in walk_sections(paper.sections)}
    quiet = replace(session, world=session.world.quietly(), progress=no_progress)
    texts = {file: text for file, text in sorted(meeting.texts.items()) if file in files}
    previous = _previous(quiet)
    unchanged = frozenset() if previous else _unchanged(quiet.world, session.meeting, texts)
    lost = _measures_lost(texts, session.book, session.diagnostics)
    whole = Reading(meeting.papers, session.settings, session.book, previous, texts, unchanged, lost)
    found = check(in_files(whole, session.memory))
    kept = _told_by_nothing_else(found.findings, session.diagnostics, texts)
    return replace(found, findings=(*unknown_codes(session.settings), *kept))


def _told_by_nothing_else(
    findings: Iterable[Diagnostic], told: Diagnostics, texts: Mapping[str, str]
) -> Iterator[Diagnostic]:
    """The findings but those that come of what was told already.

    A heading as that of another file for the same objective (C603), and what a mistyped reference leads to (C407).
    Signs and spaces (C504 to C507) in or above a line whose marks were told, or of which a reference or a value is left
    out for a mistake in it or in its data, which may bring the same word together twice; and the letters of a mark,
    which are no abbreviation (C501) and no loud word (C503).
    """
    marks = [each.at for each in told if each.code in _MARKS]
    causes = (*marks, *(each.at for each in told if each.severity is Severity.ERROR))
    lines = {(at.file, at.line - back) for at in causes for back in (0, 1)}
    if any(each.severity is Severity.ERROR and not each.at.file.endswith(".md") for each in told):
        numbered = ((file, *line) for file, text in texts.items() for line in enumerate(text.split("\n"), 1))
        lines |= {(file, number) for file, number, line in numbered if "{{" in line}
    letters = set(_letters(marks, texts))
    twice = {each.at for each in told if each.code is codes.OBJECTIVE_TWICE}
    meant = [f"](#{each.exchange[1]})" for each in told if each.code is codes.REFERENCE_UNKNOWN and each.exchange]
    for each in findings:
        match each.code.id:
            case "C504" | "C505" | "C506" | "C507":
                is_told = (each.at.file, each.at.line) in lines
            case "C501" | "C503":
                is_told = each.at in letters
            case "C603":
                is_told = each.at in twice
            case "C407":
                is_told = any(reference in each.hint for reference in meant)
            case _:
                is_told = False
        if not is_told:
            yield each


def _letters(marks: Iterable[Span], texts: Mapping[str, str]) -> Iterator[Span]:
    """The places of all letters of marks that were told, each once: a mark ends with its word, or further."""
    lines = {file: text.split("\n") for file, text in texts.items()}
    done: dict[tuple[str, int], int] = {}
    for at in sorted(each for each in marks if each.column and each.line <= len(lines.get(each.file, ()))):
        words, first, here = lines[at.file][at.line - 1], at.column - 1, (at.file, at.line)
        foreign = (each.end for each in foreign_marks(words) if each.covers(first))
        end = 1 + max(first + len(words[first:].partition(" ")[0]), *foreign, 0)
        yield from (replace(at, column=column) for column in range(max(at.column, done.get(here, 0)), end))
        done[here] = max(end, done.get(here, 0))


def _measures_lost(texts: Mapping[str, str], book: Book, told: Diagnostics) -> frozenset[str]:
    """The measures that an error keeps from being shown.

    Their data could not be read, or they are named in a file with an error; one that has no text may name any.
    """
    settings = book.measures.settings
    wrong = {each.at.file for each in told if each.severity is Severity.ERROR}
    links = {each.at.file for each in told if each.code is codes.FILE_OUTSIDE}
    if any(file not in texts for file in wrong if file.endswith(".md") or file in links):
        return frozenset(settings)
    named = {word for file in wrong for word in re.findall(r"\w+", texts.get(file, ""))}
    chosen = {each.at for each in told if each.code is codes.DATA_FILTER}
    unread = (each for each in settings if book.measures.place(each, "where") in chosen)
    return frozenset(each for each in settings if each in named or not book.has_table(settings[each].file)) | {*unread}


PREVIOUS = ("previous meeting",)
"""The key under which the papers of the meeting before are kept; whoever knows that their files changed forgets it."""


def _previous(session: Session) -> tuple[Paper, ...]:
    """The papers of the meeting before, as far as they can be read; what is wrong in them is no matter here."""
    earlier = [name for name in meetings(session.world) if name < str(session.settings.meeting.date)]
    if not earlier:
        return ()
    papers, world = session.memory.unless_changed(PREVIOUS, earlier[-1], lambda: _read_previous(session, earlier[-1]))
    session.world.include(world)
    return papers


def _read_previous(session: Session, meeting: str) -> tuple[tuple[Paper, ...], World]:
    world = World(session.world.root, Diagnostics(), may_run=session.world.may_run)
    settings = read_settings(world, meeting, world.diagnostics)
    if settings is None:
        return (), world
    book = session.book.for_meeting(world, settings, world.diagnostics)
    apart = replace(session, world=world, meeting=meeting, settings=settings, book=book, draft=True, memory=Memory())
    return assemble(apart).papers, world


def _unchanged(world: World, meeting: str, files: Iterable[str]) -> frozenset[str]:
    """The files that are byte for byte those that the manifest of the last papers built records."""
    for last in reversed(world.names(OUTPUT, before=meeting)):
        data = world.read_bytes(f"{OUTPUT}/{last}/{MANIFEST}") if _DAY.fullmatch(last) else None
        if data is None:
            continue
        try:
            recorded = {each.name: each.sha256 for each in read_manifest(data).inputs}
        except UnreadableRecordError:
            continue
        digests = {file: hashlib.sha256(world.read_bytes(file) or b"").hexdigest() for file in files}
        return frozenset(
            file
            for file, digest in digests.items()
            if recorded.get(file.replace(f"/{meeting}/", f"/{last}/", 1)) == digest
        )
    return frozenset()
