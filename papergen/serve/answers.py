"""What the pages are told, as plain values that JSON can hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from papergen.commands.board import Board, BoardRow
from papergen.commands.steps import Meeting
from papergen.commands.why import Why, why_in
from papergen.data.binding import measure_facts
from papergen.diagnostics import Diagnostic
from papergen.language.passages import Passage, passages
from papergen.manifest.listing import heading_of
from papergen.model.nodes import Figure, Section, Table
from papergen.model.walk import find, keys, plain_text, walk_sections
from papergen.papers.assemble import typed_ids
from papergen.serve.building import DeskBuild
from papergen.serve.live import Rendering
from papergen.session import Session
from papergen.values.facts import Fact, FactError
from papergen.values.formats import FORMATS, print_fact
from papergen.values.words import one_line
from papergen.workspace.names import settings_facts
from papergen.workspace.settings import meeting_folder

Plain = dict[str, Any]

_NUMBER = re.compile(r"(\d{2,})-")
_MOST_NAMES = 400
_MOST_PLACES = 12
_MOST_LINES = 60


def finding(found: Diagnostic, today: date) -> Plain:
    """A finding, with the exchange of words that mends it where one does."""
    return {
        "code": found.code.id,
        "severity": str(found.severity),
        "file": found.at.file,
        "line": found.at.line,
        "column": found.at.column,
        "message": found.message,
        "hint": found.hint,
        "fix": _fix(found, today),
    }


def _fix(found: Diagnostic, today: date) -> Plain | None:
    """What to write in place of what, on the line of the finding."""
    if found.code.id == "W130":
        return {"from": "no", "to": str(today), "words": "Mark as reviewed today"}
    if found.exchange is None:
        return None
    typed, meant = found.exchange
    return {"from": typed, "to": meant, "words": f"Write “{meant}”"}


def board(found: Board, today: date) -> Plain:
    """The board."""
    due = found.deadlines
    return {
        "panel": due.panel,
        "meeting": str(due.meeting),
        "late": due.late,
        "deadlines": [
            {
                "stage": each.stage.value,
                "day": str(each.day),
                "left": each.days_left(due.today),
                "reason": each.reason,
                "source": each.source,
            }
            for each in due.due
        ],
        "rows": [_row(row) for row in found.rows],
        "stops": [finding(each, today) for each in found.stops],
        "calendar": [finding(each, today) for each in found.calendar],
    }


def _row(row: BoardRow) -> Plain:
    return {
        "paper": row.paper,
        "heading": row.heading,
        "objective": row.objective,
        "title": row.title,
        "owner": row.owner,
        "standing": row.standing.value,
        "key": row.key,
        "file": row.file,
        "findings": {str(severity): count for severity, count in row.findings.items()},
        "changed": row.changed.isoformat() if row.changed else "",
        "signatures": [
            {
                "role": each.signature.role,
                "name": each.signature.name or "",
                "signed": each.signature.signed.isoformat(),
                "holds": each.holds,
            }
            for each in row.signatures
        ],
    }


def outline(rendering: Rendering) -> list[Plain]:
    """The papers with their sections, each with the file that it is written in."""
    papers = rendering.papers or (rendering.meeting.papers if rendering.meeting else ())
    return [
        {
            "name": paper.name,
            "title": paper.fields.get("paper.name", paper.name),
            "sections": [
                {
                    "key": each.key,
                    "heading": heading_of(each),
                    "level": each.level,
                    "file": each.at.file,
                    "line": each.at.line,
                }
                for each in walk_sections(paper.sections)
            ],
        }
        for paper in papers
    ]


def places(rendering: Rendering, file: str, line: int) -> list[Plain]:
    """What stands in the papers at a line of a file: the keys that begin there or before, the nearest first."""
    papers = rendering.papers or (rendering.meeting.papers if rendering.meeting else ())
    placed = ((at, {"paper": paper.name, "key": key}) for paper in papers for key, at in keys(paper))
    found = [(at.line, place) for at, place in placed if at.file == file and at.line <= line]
    found.sort(key=lambda each: each[0])
    return [place for _, place in found[: -_MOST_PLACES - 1 : -1]]


def place(rendering: Rendering, paper: str, section: str, words: str) -> Passage | None:
    """The passage of a section that has these words, or begins the section where none has them."""
    wanted = one_line(words).casefold()
    inside = [each for each in passages(rendering.papers) if each.paper.name == paper and each.section.key == section]
    texts = [(one_line(each.text).casefold(), each) for each in inside]
    exact = next((each for text, each in texts if text == wanted), None)
    near = next((each for text, each in texts if wanted and (text in wanted or wanted in text)), None)
    return exact or near or next(iter(inside), None)


def why_here(rendering: Rendering, passage: Passage, asked: str) -> Plain | None:
    """Why a number or value of a passage is printed; None where the words asked for are no number of these papers."""
    basis, meeting = rendering.basis, rendering.meeting
    if basis is None or meeting is None:
        return None
    wanted = one_line(asked)
    bound = next((each for each in passage.values if wanted and wanted in one_line(each.value.text)), None)
    at = str(bound.value.at if bound else passage.at)
    answer = why_in(meeting.session.world, basis, bound.value.text if bound else wanted, at=at)
    return _why(answer, bound.value.text if bound else wanted) if answer.numbers or answer.charts else None


def _why(answer: Why, asked: str) -> Plain:
    return {
        "asked": asked,
        "numbers": [
            {
                "print": each.places[0].print,
                "expression": each.places[0].expression,
                "places": [f"{number.paper}, {number.section}" for number in each.places],
                "how": each.how or "typed",
                "typed": each.typed_at,
                "periods": [period for number in each.places[:1] for period in map(str, number.periods)],
                "measures": [{"id": it.id, "title": it.title, "source": it.source} for it in each.measures],
                "rows": [
                    {
                        "file": rows.file,
                        "heading": rows.heading,
                        "shown": [[line, text] for line, text in rows.shown],
                        "more": len(rows.left),
                    }
                    for rows in each.rows
                ],
            }
            for each in answer.numbers
        ],
        "charts": [{"label": each.label, "title": each.title, "section": each.section} for each in answer.charts],
    }


def vocabulary(meeting: Meeting, kinds: Plain) -> Plain:
    """What an editor completes: ids, owners, aims, measures, formats, and the ``kinds`` of chart and table."""
    session, plan = meeting.session, meeting.session.settings.plan
    sections = [found.node for found in find(meeting.papers, Section)]
    measures = session.book.measures.settings
    return {
        "references": [
            *({"id": each.key, "title": heading_of(each)} for each in sections if each.key),
            *({"id": each.key, "title": f"{each.label}: {plain_text(each.caption)}"} for each in _named(meeting)),
        ],
        "owners": sorted({each.owner for each in sections if each.owner}),
        "aims": [{"id": each.id, "title": each.title} for each in plan.aims],
        "objectives": [{"id": str(number), "title": title} for number, title in enumerate(plan.objectives, 1)],
        "measures": [{"id": name, "title": each.title} for name, each in measures.items()],
        "formats": list(FORMATS),
        "kinds": kinds,
        "folders": list(_folders(session, sections)),
    }


def _named(meeting: Meeting) -> Iterator[Table | Figure]:
    """The tables and figures that were given an id; another one's key moves with what stands before it."""
    typed = {file: typed_ids(text) for file, text in meeting.texts.items()}
    for found in find(meeting.papers, Table, Figure):
        if found.node.caption and found.node.key in typed.get(found.node.at.file, ()):
            yield found.node


def _folders(session: Session, sections: Iterable[Section]) -> Iterator[Plain]:
    """The folders in which sections stand, with what they are called and the number that a new section would have."""
    root = meeting_folder(session.meeting)
    titles = {f"{root}/{each.folder}": each.name for each in session.settings.papers}
    titles |= {each.at.file.removesuffix("/index.md"): heading_of(each) for each in sections if _heads(each)}
    for folder, title in sorted(titles.items()):
        numbers = (int(found[1]) for name in session.world.names(folder) if (found := _NUMBER.match(name)))
        yield {"folder": folder, "title": title, "next": max(numbers, default=0) + 1}


def _heads(section: Section) -> bool:
    """Whether a section is the head of a folder, and no heading inside its file."""
    return section.at.file.endswith("/index.md") and section.key == section.at.file.split("/")[-2].partition("-")[2]


def names(session: Session, prefix: str) -> list[Plain]:
    """The facts below a dotted name, each with what it prints now."""
    facts = Fact(parts={**measure_facts(session.book).parts, **settings_facts(session.settings)})
    *above, _ = prefix.split(".")
    for name in above:
        part = facts.parts.get(name)
        if part is None:
            return []
        facts = part
    found = []
    for name in list(facts.parts)[:_MOST_NAMES]:
        try:
            fact = facts.parts[name]
            printed = "" if fact.value is None else print_fact(fact.value)
        except FactError as problem:
            printed = problem.message
        measure = None if above else session.book.measures.settings.get(name)
        found.append({"name": ".".join((*above, name)), "prints": printed, "title": measure.title if measure else ""})
    return found


def build_state(state: DeskBuild) -> Plain:
    """How far a build is."""
    return {
        "meeting": state.meeting,
        "final": state.final,
        "step": state.step,
        "what": state.what,
        "share": state.share,
        "running": state.is_running,
        "code": state.code,
        "told": list(state.told[-_MOST_LINES:]),
    }
