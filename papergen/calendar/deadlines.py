"""The days by which the papers of a meeting are due, each with its reason and its source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from papergen.calendar.working_days import WorkingDays
from papergen.values.formats import number_in_words
from papergen.values.periods import NBSP, print_day, print_weekday
from papergen.values.words import capital, joined


class Nation(Enum):
    """Whose law a panel meets under."""

    ENGLAND = "England"
    WALES = "Wales"


CLEAR_DAYS = {Nation.ENGLAND: 5, Nation.WALES: 3}
"""The clear days for which papers are open to inspection before a meeting, unless a panel's own rules say more."""

LAW = {
    Nation.ENGLAND: "Local Government Act 1972, section 100B(3) and (4), with five days by SI 2002/715",
    Nation.WALES: "Local Government Act 1972, section 100B, with three days by the Local Government and Elections"
    " (Wales) Act 2021, Schedule 4",
}
_CLEAR = (
    "Clear days leave out the day of publication and that of the meeting, weekends and bank holidays"
    " (R v Swansea City Council, ex parte Elitestone, 1993; section 243 of the Act)"
)


class Stage(Enum):
    """What is due on a day."""

    DRAFTS = "Drafts"
    CLEARANCES = "Clearances"
    FINAL_PAPERS = "Final papers"
    PUBLICATION = "Publication"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeRules:
    """What an office asks for: its nation's law, clear days, and the working days before a meeting for the rest."""

    nation: Nation
    clear_days: int
    drafts: int
    clearances: int
    final_papers: int
    days: WorkingDays


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The last day for a stage, why it is that day, and which law or practice says so."""

    stage: Stage
    day: date
    reason: str
    source: str

    def days_left(self, today: date) -> int:
        """The days from ``today`` to the deadline; less than 0 once it has passed."""
        return (self.day - today).days


def deadlines(meeting: date, rules: OfficeRules) -> tuple[Deadline, ...]:
    """The deadlines of a meeting in the order in which work goes on: drafts, clearances, final papers, publication."""
    return (
        _own(Stage.DRAFTS, meeting, rules.drafts, rules, f"{rules.drafts - rules.clearances} before clearances end"),
        _own(Stage.CLEARANCES, meeting, rules.clearances, rules, "so that what they ask for can still be written"),
        _own(
            Stage.FINAL_PAPERS, meeting, rules.final_papers, rules, "so that papers are whole when they are published"
        ),
        Deadline(
            stage=Stage.PUBLICATION,
            day=publication_day(meeting, rules),
            reason=_clear_days(meeting, rules),
            source=f"{LAW[rules.nation]}. {_CLEAR}.",
        ),
    )


def publication_day(meeting: date, rules: OfficeRules) -> date:
    """The latest day on which papers may be published so that the clear days lie between it and the meeting.

    It is a working day: nothing is open to inspection in an office that is closed.
    """
    return rules.days.before(meeting, rules.clear_days + 1)


def late_item(meeting: date, rules: OfficeRules, today: date) -> str:
    """What the law asks of an item that becomes public ``today``; nothing in time, and nothing after the meeting."""
    due = publication_day(meeting, rules)
    if not due < today <= meeting:
        return ""
    return (
        f"These papers were due to be open to inspection by {print_weekday(due)}. Whatever is published later can be"
        " considered only if the chair is of the opinion that it is urgent by reason of special circumstances, which"
        " the minutes must specify; it is open to inspection from when it is added to the agenda"
        f" (Local Government Act 1972, section 100B(3) and (4)(b), in {rules.nation.value})."
    )


def _own(stage: Stage, meeting: date, count: int, rules: OfficeRules, why: str) -> Deadline:
    return Deadline(
        stage=stage,
        day=rules.days.before(meeting, count),
        reason=f"{_counted(count, 'working day')} before the meeting of {print_day(meeting)}, {why}.",
        source="The office’s own practice (“calendar” in content/panel.yaml).",
    )


def _clear_days(meeting: date, rules: OfficeRules) -> str:
    due = publication_day(meeting, rules)
    named = [f"{name} ({day.day}{NBSP}{day:%B})" for day, name in rules.days.not_counted(due, meeting)]
    but = f"; {joined(named)} {'do' if len(named) > 1 else 'does'} not count" if named else ""
    counted = _counted(rules.clear_days, "clear day")
    return f"{counted} lie between publication and the meeting of {print_day(meeting)}{but}."


def _counted(count: int, what: str) -> str:
    return f"{capital(number_in_words(count))} {what}{'' if count == 1 else 's'}"
