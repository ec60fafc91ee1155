"""The days by which the papers of a meeting are due, and what may be wrong with the calendar they rest on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from papergen import codes
from papergen.calendar.bank_holidays import bank_holidays
from papergen.calendar.deadlines import Deadline, deadlines, late_item
from papergen.calendar.icalendar import icalendar
from papergen.commands.usage import WrongUseError
from papergen.diagnostics import Diagnostics
from papergen.files import Folder, reason
from papergen.values.periods import print_day
from papergen.workspace.settings import SettingsFiles, read_settings
from papergen.world import World

_YEAR_OF_DAYS = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingDeadlines:
    """The deadlines of a meeting as they stand ``today``; ``late`` says what the law asks of what is published now."""

    panel: str
    meeting: date
    today: date
    due: tuple[Deadline, ...]
    late: str = ""


def meeting_deadlines(world: World, meeting: str, *, today: date) -> MeetingDeadlines | None:
    """The deadlines of ``meeting``; None with diagnostics when its settings cannot be used."""
    settings = read_settings(world, meeting, world.diagnostics)
    if settings is None:
        return None
    check_calendar(settings, today, world.diagnostics)
    return deadlines_of(settings, today)


def deadlines_of(settings: SettingsFiles, today: date) -> MeetingDeadlines:
    """The deadlines by the settings of a meeting."""
    day, office = settings.meeting.date, settings.panel.office
    return MeetingDeadlines(
        panel=settings.panel.name,
        meeting=day,
        today=today,
        due=deadlines(day, office),
        late=late_item(day, office, today),
    )


def late_now(world: World, meeting: str, *, today: date) -> str:
    """What the law asks of papers of ``meeting`` that are published ``today``; nothing in time."""
    settings = read_settings(world.quietly(), meeting, Diagnostics())
    return "" if settings is None else deadlines_of(settings, today).late


def check_calendar(settings: SettingsFiles, today: date, diagnostics: Diagnostics) -> None:
    """Tell of a meeting that the table of bank holidays does not reach, and of a table that has grown old."""
    table, meeting = bank_holidays(), settings.meeting.date
    place = settings.sources["meeting"].place(("date",))
    compared = settings.panel.calendar.compared or table.as_at
    is_old = (today - compared).days >= _YEAR_OF_DAYS
    look = (
        "Compare the days with those that GOV.UK lists; under “calendar” in content/panel.yaml write what differs, and"
        f" “compared: {today}”."
    )
    if compared > table.as_at and not is_old:
        return
    if not table.first_year <= meeting.year <= table.last_year:
        diagnostics.add(
            codes.CALENDAR_BEYOND,
            place,
            f"The table of bank holidays has {table.first_year} to {table.last_year}, and not {meeting.year}.",
            look,
        )
    elif meeting.year > table.last_published:
        diagnostics.add(
            codes.CALENDAR_BEYOND,
            place,
            f"The bank holidays of {meeting.year} are not published yet; those of the rule are taken.",
            look,
        )
    if meeting >= today and is_old:
        diagnostics.add(
            codes.CALENDAR_OLD,
            place,
            f"The table of bank holidays was last compared with its sources on {print_day(compared)}.",
            f"Install a newer papergen. {look}",
        )


def write_icalendar(found: MeetingDeadlines, file: Path) -> None:
    """Write the deadlines as an iCalendar file; raises ``WrongUseError`` where that cannot be."""
    data = icalendar(found.due, panel=found.panel, meeting=found.meeting, made=found.today)
    try:
        Folder(file.absolute().parent).write(file.name, data)
    except OSError as problem:
        raise WrongUseError(f"“{file}” cannot be written: {reason(problem)}.", "Name another file.") from None
