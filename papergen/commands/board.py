"""The board: how each section of a meeting stands, the days that are left, and what stops the final papers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from papergen import codes
from papergen.commands.check import check_meeting
from papergen.commands.deadlines import MeetingDeadlines, check_calendar, deadlines_of
from papergen.commands.sign import SignatureState, signature_states, unsigned
from papergen.commands.steps import Meeting, read_meeting
from papergen.commands.templates import check_templates
from papergen.diagnostics import Diagnostic, Diagnostics, Severity
from papergen.manifest.listing import heading_of
from papergen.model.nodes import Paper, PaperKind, Section
from papergen.papers.printed_text import file_sections
from papergen.workspace.signatures import read_signatures
from papergen.world import World


class Standing(Enum):
    """How far a section has come."""

    MISSING = "missing"
    CARRIED_OVER = "carried over"
    DRAFT = "draft"
    REVIEWED = "reviewed"
    SIGNED = "signed off"
    CHANGED = "signed, then changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    """A section: ``findings`` are counted by weight, ``changed`` is when its file was last saved.

    ``key`` and ``file`` are empty for the objective of a section that is missing; ``title`` is that of the objective.
    """

    paper: str
    heading: str
    objective: int | None
    title: str = ""
    owner: str
    standing: Standing
    key: str = ""
    file: str = ""
    findings: Mapping[Severity, int]
    changed: datetime | None = None
    signatures: tuple[SignatureState, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The board of a meeting; ``stops`` are the findings that keep ``--final`` from writing papers."""

    deadlines: MeetingDeadlines
    rows: tuple[BoardRow, ...]
    stops: tuple[Diagnostic, ...]
    calendar: tuple[Diagnostic, ...] = ()

    @property
    def counts(self) -> Mapping[Standing, int]:
        """The number of sections by how far they have come."""
        return Counter(row.standing for row in self.rows)


def read_board(world: World, meeting: str, *, today: date) -> Board | None:
    """The board of ``meeting``; None with diagnostics when its settings cannot be used."""
    read = read_meeting(world, meeting)
    if read is None:
        return None
    world.diagnostics.extend(check_meeting(read).findings)
    check_templates(world, meeting)
    return board_of(read, tuple(world.diagnostics), today=today)


def board_of(meeting: Meeting, findings: Collection[Diagnostic], *, today: date) -> Board:
    """The board of a meeting that was read and checked, with all that was found in it."""
    session, papers = meeting.session, meeting.papers
    found = Diagnostics()
    signatures = read_signatures(session.world, session.meeting, found) or ()
    found.extend(unsigned(session.settings, papers, signatures))
    found.extend(each for each in findings if each.severity >= Severity.WARNING)
    rows: list[BoardRow] = []
    for paper, section in file_sections(papers):
        own = [each for each in findings if each.at.file == section.at.file]
        states = signature_states(signatures, paper, section)
        rows.append(
            BoardRow(
                paper=paper.fields.get("paper.name", paper.name),
                heading=heading_of(section),
                objective=section.objective,
                owner=section.owner or "",
                standing=_standing(section, own, states),
                key=section.key,
                file=section.at.file,
                findings=Counter(each.severity for each in own),
                changed=session.world.changed(section.at.file),
                signatures=states,
            )
        )
    calendar = Diagnostics()
    check_calendar(session.settings, today, calendar)
    return Board(
        deadlines=deadlines_of(session.settings, today),
        rows=(*rows, *_missing(meeting, papers)),
        stops=tuple(sorted(found, key=lambda each: -each.severity)),
        calendar=tuple(calendar),
    )


def _standing(section: Section, findings: Iterable[Diagnostic], states: Sequence[SignatureState]) -> Standing:
    told = {each.code.id for each in findings}
    if any(not each.holds for each in states):
        return Standing.CHANGED
    if codes.EMPTY_SECTION.id in told and not section.blocks and not section.sections:
        return Standing.MISSING
    if codes.NOT_REVIEWED.id in told:  # a signature leaves it so, and it stops the final papers
        return Standing.CARRIED_OVER
    if states:
        return Standing.SIGNED
    return Standing.DRAFT if section.reviewed is None else Standing.REVIEWED


def _missing(meeting: Meeting, papers: Sequence[Paper]) -> Iterator[BoardRow]:
    """The objectives of the plan on which the report says nothing."""
    plan = meeting.session.settings.plan
    reports = [paper for paper in papers if paper.kind is PaperKind.REPORT]
    told = {section.objective for _, section in file_sections(reports)}
    for paper in reports[:1]:
        for number, title in enumerate(plan.objectives, 1):
            if number not in told:
                yield BoardRow(
                    paper=paper.fields.get("paper.name", paper.name),
                    heading=f"{plan.objective_name} {number}: {title}",
                    objective=number,
                    title=title,
                    owner="",
                    standing=Standing.MISSING,
                    findings={},
                )
