"""The settings files of a workspace: ``panel.yaml``, ``plan.yaml`` and each meeting's ``meeting.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from papergen import codes
from papergen.calendar.bank_holidays import bank_holidays
from papergen.calendar.deadlines import CLEAR_DAYS, Nation, OfficeRules
from papergen.calendar.working_days import WorkingDays
from papergen.diagnostics import Diagnostics, Span, did_you_mean
from papergen.values.chrome import ENGLISH, Chrome, chrome
from papergen.values.periods import YEARS, Month, Period, print_day
from papergen.workspace.fields import (
    AgendaItem,
    Day,
    DayOrMonth,
    FolderName,
    Language,
    Line,
    OwnFact,
    PythonName,
    SettingsModel,
)
from papergen.workspace.paper_settings import PaperChanges, PaperSettings
from papergen.workspace.validate import M, MisfitError, validate
from papergen.workspace.yaml_source import Yaml, parse_yaml
from papergen.world import World

PANEL_FILE = "content/panel.yaml"
PLAN_FILE = "content/plan.yaml"


class Commissioner(SettingsModel):
    """The commissioner's full title and the short form used after it."""

    title: Line
    short: Line


class CalendarSettings(SettingsModel):
    """Which days count in this office, and how many working days before a meeting its papers are due.

    ``clear_days`` is None where the law's own number holds; ``compared`` is the day on which somebody compared the bank
    holidays with their source.
    """

    clear_days: int | None = Field(default=None, ge=1, le=30)
    drafts: int = Field(default=13, ge=1, le=60)
    clearances: int = Field(default=8, ge=1, le=60)
    final_papers: int = Field(default=7, ge=1, le=60)
    closed_days: Mapping[date, Line] = Field(default_factory=dict)
    open_days: tuple[date, ...] = ()
    compared: date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> CalendarSettings:
        if not self.drafts >= self.clearances >= self.final_papers:
            raise MisfitError("drafts", "Drafts are due before clearances, and clearances before final papers")
        return self


class PanelSettings(SettingsModel):
    """Who meets, who is held to account, who reports, and which papers every meeting gets."""

    name: Line
    host_authority: Line | None = None
    force: Line | None = None
    commissioner: Commissioner | None = None
    report_of: Line | None = None
    alliance_partner: Line | None = None
    policing_areas: tuple[Line, ...] = ()
    area_name: Line = "policing area"
    force_name: Line = "force"
    most_similar_group: tuple[Line, ...] = ()
    language: Language = ENGLISH
    signs_heading: Line | None = None
    aim_banner: Line | None = None
    source_note: str = ""
    exception_word: Line | None = None
    chart_data_title: Line | None = None
    appendices_title: Line | None = None
    summary_headings: tuple[Line, Line, Line] | None = None
    exhibits: tuple[PythonName, ...] = ()
    checks: Mapping[str, Literal["error", "warning", "note", "off"]] = Field(default_factory=dict)
    negatives: Literal["minus", "brackets"] | None = None
    disclosure_threshold: int = Field(default=5, ge=2, le=50)
    known_words: tuple[Line, ...] = ()
    facts: Mapping[PythonName, OwnFact] = Field(default_factory=dict)
    nation: Literal["England", "Wales"] = "England"
    must_sign: tuple[Line, ...] = ()
    calendar: CalendarSettings = Field(default_factory=CalendarSettings)
    papers: tuple[PaperSettings, ...] = Field(min_length=1)

    @property
    def office(self) -> OfficeRules:
        """The days that count here, and when papers are due."""
        own, nation = self.calendar, Nation(self.nation)
        days = WorkingDays(holidays=bank_holidays().days, closed=own.closed_days, open=frozenset(own.open_days))
        return OfficeRules(
            nation=nation,
            clear_days=own.clear_days or CLEAR_DAYS[nation],
            drafts=own.drafts,
            clearances=own.clearances,
            final_papers=own.final_papers,
            days=days,
        )

    @model_validator(mode="after")
    def _folders_differ(self) -> PanelSettings:
        folders = [paper.folder for paper in self.papers]
        twice = {folder for folder in folders if folders.count(folder) > 1}
        if twice:
            raise MisfitError("papers", f"Two papers have the folder “{twice.pop()}”")
        law = CLEAR_DAYS[Nation(self.nation)]
        if self.calendar.clear_days is not None and self.calendar.clear_days < law:
            raise MisfitError("calendar", f"The law asks for {law} clear days in {self.nation} at least")
        if self.calendar.final_papers <= self.office.clear_days:
            raise MisfitError("calendar", "Final papers would be due after the day of publication")
        if taken := self.facts.keys() & {*PanelSettings.model_fields, "pcc"}:
            raise MisfitError("facts", f"“{taken.pop()}” is a name of papergen's own")
        if self.aim_banner is not None and "{aim}" not in self.aim_banner:
            raise MisfitError("aim_banner", "“aim_banner” must hold {aim}, where the words of the aim go")
        return self


class Aim(SettingsModel):
    """An aim of the plan; ``id`` is what front matter names."""

    id: FolderName
    title: Line


class PlanSettings(SettingsModel):
    """The Police and Crime Plan: its dates, aims and objectives."""

    title: Line
    starts: date
    ends: date
    varied: tuple[DayOrMonth, ...] = ()
    objective_name: Line = "Objective"
    aims: tuple[Aim, ...] = ()
    objectives: tuple[Line, ...] = ()

    @model_validator(mode="after")
    def _ends_after_start(self) -> PlanSettings:
        if self.ends <= self.starts:
            raise MisfitError("ends", f"The plan ends on {self.ends}, before it starts on {self.starts}")
        ids = [aim.id for aim in self.aims]
        if len(ids) != len(set(ids)):
            raise MisfitError("aims", "Two aims have the same id")
        return self


class ReportingPeriod(SettingsModel):
    """The days that the papers report on, both included."""

    starts: Day = Field(alias="from")
    ends: Day = Field(alias="to")

    @model_validator(mode="after")
    def _ends_after_start(self) -> ReportingPeriod:
        if self.ends < self.starts:
            raise MisfitError("to", f"The period ends on {self.ends}, before it starts on {self.starts}")
        return self

    @property
    def period(self) -> Period:
        return Period(self.starts, self.ends)


class MeetingSettings(SettingsModel):
    """One meeting: its day, the period reported on, and what the host authority gave (agenda item, first page).

    A body whose papers hold no data needs no reporting period.
    """

    date: Day
    reporting_period: ReportingPeriod | None = None
    report_title: Line | None = None
    previous_meeting: DayOrMonth | None = None
    agenda_item: AgendaItem | None = None
    first_page: int | None = Field(default=None, ge=1, le=9999)
    exceptions_only: bool = False
    facts: Mapping[PythonName, OwnFact] = Field(default_factory=dict)
    papers: Mapping[FolderName, PaperChanges] = Field(default_factory=dict)

    @property
    def period(self) -> Period:
        """The period reported on; the day of the meeting where none is given."""
        return self.reporting_period.period if self.reporting_period else Period(self.date, self.date)

    @model_validator(mode="after")
    def _names_differ(self) -> MeetingSettings:
        if taken := self.facts.keys() & {*MeetingSettings.model_fields, "period", "previous"}:
            raise MisfitError("facts", f"“{taken.pop()}” is a name of papergen's own")
        return self


NO_PLAN = PlanSettings(title="None", starts=date.min, ends=date.max)
"""What stands in for the plan of a body that has none."""


@dataclass(frozen=True, slots=True)
class SettingsFiles:
    """The settings files of one meeting, read and valid, with the places their values were typed.

    ``papers`` are those of this meeting, each with what ``meeting.yaml`` says of it; ``plan`` is ``NO_PLAN`` for a body
    that has none.
    """

    panel: PanelSettings
    plan: PlanSettings
    meeting: MeetingSettings
    papers: tuple[PaperSettings, ...]
    sources: Mapping[str, Yaml]

    @property
    def templates(self) -> tuple[str, ...]:
        """The names of the templates of the papers, each once."""
        return tuple(dict.fromkeys(paper.template for paper in self.papers))

    def words(self, paper: PaperSettings) -> Chrome:
        """The words round the text of a paper: those of its language, or the panel's own in their place."""
        panel, words = self.panel, chrome(paper.in_language)
        return replace(
            words,
            signs=panel.signs_heading or words.signs,
            aim=panel.aim_banner or words.aim,
            exception=panel.exception_word or words.exception,
            chart_data=panel.chart_data_title or words.chart_data,
            appendices=panel.appendices_title or words.appendices,
            summary=panel.summary_headings or words.summary,
        )

    def place(self, folder: str, *path: str | int) -> Span:
        """Where a setting of the paper in ``folder`` was typed: for this meeting, or for every one."""
        own = ("papers", folder, *path)
        if own in self.sources["meeting"].places:
            return self.sources["meeting"].place(own)
        index = next((index for index, paper in enumerate(self.panel.papers) if paper.folder == folder), 0)
        return self.sources["panel"].place(("papers", index, *path))


def meeting_folder(meeting: str) -> str:
    """``"content/2016-02-02"`` for the meeting ``"2016-02-02"``."""
    return f"content/{meeting}"


def meetings(world: World) -> list[str]:
    """The names of the meetings in the workspace, oldest first."""
    return [name for name in world.names("content") if _is_day(name) and world.is_folder(f"content/{name}")]


def _is_day(name: str) -> bool:
    with suppress(ValueError):
        return bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", name)) and date.fromisoformat(name).year in YEARS
    return False


def check_folders(world: World, meeting: str, folders: Iterable[str], diagnostics: Diagnostics) -> None:
    """Tell of folders in ``content/`` that look like meetings, and of Markdown in the meeting, that nothing takes up.

    ``folders`` are those of the meeting's papers.
    """
    for name in world.names("content"):
        path = f"content/{name}"
        is_folder = world.is_folder(path)
        unfit = name not in (*meetings(world), "data", "images") if is_folder else _is_day(name)
        if unfit and not world.leads_outside(path):
            message = f"“{name}” is not the name of a meeting's folder, so no papers are made from it."
            hint = "Name it for the day of the meeting, such as 2016-04-19, or move it out of content/."
            diagnostics.add(codes.FILE_UNUSED, Span(path), message, hint)
    known = (*folders, "images", "attachments")
    for name in world.names(meeting_folder(meeting)):
        path = f"{meeting_folder(meeting)}/{name}"
        is_folder = world.is_folder(path)
        if (is_folder and name not in known) or (not is_folder and name.endswith(".md")):
            diagnostics.add(
                codes.FILE_UNUSED,
                Span(path),
                f"“{name}” is in no paper.",
                did_you_mean(name, known, f"The folders of the papers are: {', '.join(folders)}.")
                if is_folder
                else f"Move it into a folder of a paper: {', '.join(folders)}.",
            )


def _check_dates(meeting: str, settings: MeetingSettings, source: Yaml, diagnostics: Diagnostics) -> None:
    if str(settings.date) != meeting:
        message = f"The meeting's date is {settings.date}, and its folder is named {meeting}."
        hint = "Correct the one that is wrong."
        diagnostics.add(codes.MEETING_DATE, source.place(("date",)), message, hint)
    before = settings.previous_meeting
    day = before.first_day if isinstance(before, Month) else before
    if day is not None and day >= settings.date:
        message = f"The meeting before, {before}, is not before this one, {settings.date}."
        hint = "Correct the date that is wrong."
        diagnostics.add(codes.MEETING_DATE, source.place(("previous_meeting",)), message, hint)


def _check_period(settings: MeetingSettings, source: Yaml, diagnostics: Diagnostics) -> None:
    """A period that goes beyond the meeting is most often a year wrong."""
    ends = settings.period.ends
    if ends > settings.date:
        message = f"The reporting period ends on {print_day(ends)}, after the meeting of {print_day(settings.date)}."
        hint = "Correct the year or the day of “to”."
        diagnostics.add(codes.PERIOD_NOT_OVER, source.place(("reporting_period", "to")), message, hint)


def read_settings(world: World, meeting: str, diagnostics: Diagnostics) -> SettingsFiles | None:
    """The settings of ``meeting``, or None with a diagnostic for everything that is wrong in any of the files."""
    sources: dict[str, Yaml] = {}

    def read(name: str, file: str, model: type[M]) -> M | None:
        text = world.read_text(file)
        source = None if text is None else parse_yaml(text, file=file, diagnostics=diagnostics)
        if source is None:
            return None
        sources[name] = source
        return validate(model, source, diagnostics=diagnostics)

    panel = read("panel", PANEL_FILE, PanelSettings)
    plan = read("plan", PLAN_FILE, PlanSettings) if world.is_file(PLAN_FILE) else NO_PLAN
    settings = read("meeting", f"{meeting_folder(meeting)}/meeting.yaml", MeetingSettings)
    if settings is not None:
        _check_dates(meeting, settings, sources["meeting"], diagnostics)
        _check_period(settings, sources["meeting"], diagnostics)
    if panel is None or plan is None or settings is None:
        return None
    papers = _papers(world, meeting, panel, settings, sources["meeting"], diagnostics)
    return SettingsFiles(panel, plan, settings, papers, sources)


def _papers(
    world: World, meeting: str, panel: PanelSettings, settings: MeetingSettings, source: Yaml, diagnostics: Diagnostics
) -> tuple[PaperSettings, ...]:
    """The papers of the meeting with what it says of each; one that not every meeting has is left out without files."""
    known = [paper.folder for paper in panel.papers]
    for folder in settings.papers:
        if folder not in known:
            message = f"“{folder}” is no paper of content/panel.yaml."
            hint = did_you_mean(folder, known, f"The papers are: {', '.join(known)}.")
            diagnostics.add(codes.SETTING_UNKNOWN, source.place(("papers", folder)), message, hint)
    there = (
        paper
        for paper in panel.papers
        if not paper.optional or world.is_folder(f"{meeting_folder(meeting)}/{paper.folder}")
    )
    return tuple(
        paper.with_changes(settings.papers.get(paper.folder, PaperChanges()), language=panel.language)
        for paper in there
    )
