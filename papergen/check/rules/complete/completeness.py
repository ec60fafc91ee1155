"""Completeness: words, cells, parts, owners and measures that are not there, and topics that stand elsewhere."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, pairwise

from papergen.check.kinds import compiled
from papergen.check.reading import Reading
from papergen.check.rule import Finding, rule
from papergen.data.total_names import heads_sums
from papergen.diagnostics import Severity, Span
from papergen.language.passages import RUNNING, Passage, Place
from papergen.language.words import stems
from papergen.model.nodes import Box, BoxKind, CrossReference, Graphic, Paper, RowKind, Strong, Table, Value
from papergen.model.walk import cells_of, find, find_in, plain_text, walk_lines, walk_sections
from papergen.values.chrome import is_english
from papergen.values.words import first_few, one_line
from papergen.workspace.paper_settings import ABSENT

_EMPTY = re.compile(r"[\W_]*(?:n/?a)?[\W_]*", re.IGNORECASE)


@rule("C401", Severity.WARNING)
def find_nothing_said(reading: Reading) -> Iterator[Finding]:
    """An objective or a topic of the summary has no text.

    A topic has its line of activity. What stands for text to come is no text.
    Source: Police Reform and Social Responsibility Act 2011, s. 13(1); the paper of February 2016, which left ten
    cells of its summary blank
    Example: An objective under which “To follow” stands.
    """
    passages = [passage for passage in reading.passages if not _is_empty(passage.text)]
    told = {(each.paper.name, each.section.key) for each in passages if each.place in RUNNING}
    in_summary = {each.text.strip() for each in passages if each.place is Place.CELL}
    for section, paper in ((found.node, found.paper) for found in reading.sections):
        inside = ((paper.name, each.key) for each in walk_sections((section,)))
        is_read = is_english(section.language or paper.language)
        if section.objective is not None and is_read and told.isdisjoint(inside):
            message = f"Nothing is said on {section.label or plain_text(section.title)}."
            yield Finding(section.at, message, "Write what has been done; if nothing has, say so and why.")
        topic, activity = plain_text(section.topic), plain_text(section.activity)
        # In a summary, no line at all and one “to follow” are told in other words.
        lacks = activity and _EMPTY.fullmatch(activity) if topic in in_summary else _is_empty(activity)
        if topic and lacks:
            at = reading.typed.front_place(topic, of=section.at, key="topic")
            hint = "Write one line, “activity: …”, or say in the line why there is none."
            yield Finding(at, f"The topic “{topic}” has no activity.", hint)


def _is_empty(text: str) -> bool:
    return bool(_EMPTY.fullmatch(text) or compiled(r"(?is)\W*{to_come}\W*").fullmatch(text))


@rule("C406", Severity.WARNING, by_file=True)
def find_without_owner(reading: Reading) -> Iterator[Finding]:
    """A file names nobody who keeps it up to date and answers for it.

    Source: House practice: someone is responsible, and named
    Example: Front matter without “owner:”.
    """
    for section in reading.file_sections:
        if not section.owner:
            hint = "Add a line “owner: …” to its front matter, with the role of whoever answers for it."
            yield Finding(section.at, "This file names no owner.", hint)


@rule("C407", Severity.WARNING)
def find_not_pointed_at(reading: Reading) -> Iterator[Finding]:
    """A numbered table or figure is referred to nowhere.

    No sentence names it by cross-reference or number, no heading or line with a colon stands right above it, and no
    paragraph under its heading has a word of its caption or cells. A reader who meets it does not know what it is to
    show; one who cannot see it is never told that it is there.
    Source: House practice; WCAG 2.2, success criterion 1.3.1 (Info and Relationships)
    Example: Table 3, “Buses”, below “The Panel met twice.”, when neither “([](#buses))” nor “Table 3” stands anywhere.
    """
    targets = {found.node.target for found in find(reading.papers, CrossReference)}
    words_before = {found.node.label.rpartition(" ")[0] for found in reading.exhibits} - {""}
    named = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(words_before)))}) \d+(?![\d.]\d)(?!\d)")
    typed: defaultdict[str, set[str]] = defaultdict(set)
    around: defaultdict[str, set[str]] = defaultdict(set)
    for passage in reading.passages:
        if passage.place in (*RUNNING, Place.FOOTNOTE, Place.CELL):
            typed[passage.paper.name].update(named.findall(passage.text.replace("\u00a0", " ")))
        if passage.place in RUNNING:
            around[passage.section.key] |= stems(passage.text, least=4)
    introduced = {
        passage.at
        for before, passage in pairwise(each for each in reading.passages if each.place is not Place.ALTERNATIVE)
        if passage.place is Place.CAPTION
        and (before.place is Place.TITLE or (before.place in RUNNING and before.text.rstrip().endswith(":")))
    }
    for found in reading.exhibits:
        label, key = found.node.label, found.node.key
        cells = cells_of(found.node) if isinstance(found.node, Table) else []
        words = " ".join((plain_text(found.node.caption), *chain.from_iterable(cells)))
        if found.at in introduced or around[found.section.key] & stems(words, least=4):
            continue
        if label and key not in targets and label not in typed[found.paper.name]:
            message = f"{label}, “{plain_text(found.node.caption)}”, is referred to nowhere."
            needed = "" if key else "give it an id at the end of its caption, “{#its-id}”, and "
            hint = f"Where the text tells what it shows, {needed}add “([](#{key or 'its-id'}))”; or leave it out."
            yield Finding(found.at, message, hint)


@rule("C408", Severity.WARNING)
def find_measures_not_shown(reading: Reading) -> Iterator[Finding]:
    """A section declares a measure that no number, judgement or exhibit of the papers shows.

    Source: Police Reform and Social Responsibility Act 2011, s. 13(1); house practice: what is measured is shown, or
    no longer declared
    Example: “measures: [robbery, burglary]” in a section that only speaks of robbery.
    """
    hidden = reading.book.measures.settings.keys() - reading.shown_measures - reading.lost_measures
    for section in reading.file_sections:
        for measure in section.measures if section.at.file not in reading.shortened else ():
            if measure in hidden:
                at = reading.typed.front_place(measure, of=section.at, key="measures")
                message = f"The measure “{measure}” is declared here and shown nowhere."
                hint = "Print a number of it or put it in an exhibit; or take it out of “measures”, and out of"
                yield Finding(at, message, f"{hint} content/measures.yaml if no meeting needs it.")


@rule("C409", Severity.NOTE)
def find_unused_measures(reading: Reading) -> Iterator[Finding]:
    """A measure is shown nowhere in the papers of this meeting.

    Another meeting may show it, or papers in full.
    Source: House practice: data that nobody sees are collected for nothing
    Example: “bicycle_theft:” in measures.yaml, which no paper mentions.
    """
    if reading.shortened:
        return
    declared = {measure for section in reading.file_sections for measure in section.measures}
    for measure in reading.book.measures.settings:
        if measure not in declared | reading.shown_measures | reading.lost_measures:
            message = f"The measure “{measure}” is shown nowhere in the papers of this meeting."
            hint = "Show it where it belongs, or delete it if no meeting needs it."
            yield Finding(reading.book.measures.place(measure), message, hint)


@rule("C413", Severity.WARNING)
def find_lacking_parts(reading: Reading) -> Iterator[Finding]:
    """A part that the body's template asks for is not in the paper, or is there though it is said to be absent.

    They stand in the settings under “parts”; a reason makes one absent. A block of recommendations stands for a
    part of that name.
    Source: The report templates of councils (Brighton and Hove: “headings must not be amended or deleted”); Local
    Government Act 1972, s. 100D, for the list of background papers
    Example: “parts: {Financial implications: required}” and no heading “Financial implications”.
    """
    papers = {paper.name: paper for paper in reading.papers if paper.sections}
    for settings in (each for each in reading.settings.papers if each.folder in papers):
        paper = papers[settings.folder]
        there = {plain_text(section.title).casefold() for section in walk_sections(paper.sections)}
        if any(found.node.kind is BoxKind.RECOMMENDATIONS for found in find((paper,), Box)):
            there |= {"recommendation", "recommendations"}
        for part, presence in settings.parts.items():
            at = reading.settings.place(settings.folder, "parts", part)
            if presence == "required" and part.casefold() not in there:
                where = f"in meeting.yaml, under “papers”, “{paper.name}” and “parts”: “{part}: {ABSENT}…”"
                hint = (
                    f"Add a file or a heading “{part}”; where there is nothing to say, write {where} with the reason."
                )
                yield Finding(at, f"“{paper.title}” has no part “{part}”.", hint)
            elif presence.startswith(ABSENT) and part.casefold() in there:
                message = f"“{part}” is said to be absent, and “{paper.title}” has it."
                yield Finding(at, message, "Take it out of the paper, or write “required” or “optional” here.")


_REMARKS = re.compile(r"(?:remark|comment|note)s?", re.IGNORECASE)
_WORKED_OUT = re.compile(r"\W*(?:average|mean|net|balance|surplus|deficit|vacan(?:t|cy|cies))\b", re.IGNORECASE)


@rule("C402", Severity.WARNING, by_file=True)
def blank_cells(reading: Reading) -> Iterator[Finding]:
    """A cell of a table is blank.

    Nobody can tell “none” from “not known”. Told once for the table, with its first few. The first cells of a row
    may be blank, where the row goes on with the words above it; so may all others in a row that is a heading in
    bold, and any in a row of totals, averages, vacancies or what is left (“Net …”), in a last row that begins in
    bold, or in remarks.
    Source: WCAG 2.2, success criterion 1.3.1 (Info and Relationships); the paper of February 2016, which left ten
    cells of its summary blank
    Example: | Robbery | Stable | |
    """
    for found in reading.tables:
        if blanks := list(_blanks(found.node)):
            some = first_few([_name(found.node, *blank) for blank in blanks])
            plural = f"{len(blanks)} cells are" if len(blanks) > 1 else "A cell is"
            hint = "Write in each what is meant: “none”, “not applicable” or “not yet known”."
            yield Finding(reading.typed.row_place(blanks[0][0], of=found.at), f"{plural} blank: {some}.", hint)


def _name(table: Table, row: int, column: int) -> str:
    label = plain_text(table.rows[row][0]).strip() or f"row {row + 1}"
    heading = plain_text(table.header[column]).strip() if column < len(table.header) else ""
    return f"“{label}” under “{heading}”" if heading else f"“{label}”, column {column + 1}"


def _blanks(table: Table) -> Iterator[tuple[int, int]]:
    heads = enumerate(plain_text(cell).strip() for cell in table.header)
    remarks = {column for column, head in heads if _REMARKS.fullmatch(head)}
    for number, row in enumerate(table.rows):
        # A value that was not found, which is told as that, has no text.
        words = [plain_text(cell).strip() or "…" * any(find_in(cell, Graphic, Value)) for cell in row]
        is_bold = bool(row[0]) and all(isinstance(inline, Strong) for inline in row[0])
        sums_up = heads_sums(words[0]) or _WORKED_OUT.match(words[0]) or (is_bold and number == len(table.rows) - 1)
        is_heading = (is_bold and not any(words[1:])) or table.kind(number) is RowKind.SECTION
        if not sums_up and not is_heading:
            begins = next((column for column, text in enumerate(words) if text), 0)
            blanks = (column for column, text in enumerate(words) if column >= max(1, begins) and not text)
            yield from ((number, column) for column in blanks if column not in remarks)


@rule("C411", Severity.WARNING)
def misplaced_topics(reading: Reading) -> Iterator[Finding]:
    """A topic is told under another aim than the one its section stands under.

    In a paragraph, list item or typed table; one of “kind: summary” takes each topic from its section.
    Source: The paper of February 2016, in which response times stood under two aims
    Example: “To reduce crime and disorder: robbery, rape and response times”, when these stand under another aim.
    """
    titles = {aim.id: aim.title for aim in reading.settings.plan.aims}
    aims = {topic: aim for topic, aim in _aims(reading.papers) if aim in titles}
    heads = _heads(aims)
    for passage in reading.passages:
        told = _only_aim(passage.text, titles) if passage.place in RUNNING else None
        for topic, pattern in heads.items() if told else ():
            if told and aims[topic] != told and (found := pattern.search(passage.text)):
                yield _finding((passage, *found.span()), topic, titles[told], titles[aims[topic]])
    topics = {_plain(topic): topic for topic in aims}
    for table in reading.tables:
        named = (_only_aim(plain_text(words), titles) for words in (table.node.caption, table.section.title))
        aim = next(filter(None, named), None)
        for index, row in enumerate(table.node.rows if aim else ()):
            known = topics.get(_plain(plain_text(row[0]))) if row else None
            if known and aim and aims[known] != aim:
                yield _finding(reading.typed.row_place(index, of=table.at), known, titles[aim], titles[aims[known]])


def _finding(where: Span | tuple[Passage, int, int], topic: str, here: str, its: str) -> Finding:
    message = f"“{topic}” stands under the aim “{here}” here, and its section under “{its}”."
    hint = "Move it to its own aim here, or give its chapter the other “aim” in its front matter."
    return Finding(where, message, hint)


def _aims(papers: Iterable[Paper]) -> Iterator[tuple[str, str]]:
    """The topic of each section that has one, with the aim that it stands under."""
    for line in (line for paper in papers for line in walk_lines(paper.sections) if line[-1].topic):
        if aim := next((each.aim for each in reversed(line) if each.aim), None):
            yield plain_text(line[-1].topic), aim


def _heads(topics: Iterable[str]) -> Mapping[str, re.Pattern[str]]:
    """How each topic is spoken of: by its name, its first words (“response times”) or its abbreviations (“TOIL”)."""
    names = {topic: {topic, re.split(r" (?:to|of|for|in|on) | / ", topic)[0]} for topic in topics}
    for topic, known in names.items():
        known |= {part for part in re.split(r"[/ ]+", topic) if len(part) > 2 and part.isupper()}
    every = [name.lower() for known in names.values() for name in known]
    own = ((topic, [name for name in known if every.count(name.lower()) == 1]) for topic, known in names.items())
    longest = ((topic, "|".join(map(re.escape, sorted(some, key=len, reverse=True)))) for topic, some in own if some)
    return {topic: re.compile(rf"\b(?:{some})\b", re.IGNORECASE) for topic, some in longest}


def _only_aim(text: str, titles: Mapping[str, str]) -> str | None:
    """The aim whose title stands in some words; None where they name none, or several."""
    plain = _plain(text)
    named = [aim for aim, title in titles.items() if _plain(title).removeprefix("to ") in plain]
    return named[0] if len(named) == 1 else None


def _plain(text: str) -> str:
    return one_line(text.casefold())
