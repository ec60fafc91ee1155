"""The measure catalogue, ``content/measures.yaml``: what each series counts, where it stands and how it is judged."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from math import isfinite
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, FiniteFloat, model_validator

from papergen import codes
from papergen.diagnostics import Diagnostics, Span
from papergen.values.period_names import parse_period, parse_year
from papergen.values.periods import Period
from papergen.values.quantities import Direction, Kind
from papergen.workspace.fields import Line, SettingsModel, matching
from papergen.workspace.validate import MisfitError, validate
from papergen.workspace.yaml_source import Yaml, parse_yaml
from papergen.world import World

MEASURES_FILE = "content/measures.yaml"
DATA_FOLDER = "content/data"
DATA_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 _.-]*\.csv")

RESERVED = frozenset({"panel", "plan", "meeting", "paper"})
ID = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


class Combine(Enum):
    """How the observations of several months become one number."""

    SUM = "sum"
    MEAN = "mean"
    LAST = "last"


def _period(value: Any) -> Any:  # noqa: ANN401
    period = parse_period(str(value))
    if period is None:
        raise ValueError("it must be a month such as 2015-11, a quarter such as 2015/16 Q3 or a day")
    return period


def _days_as_typed(value: Any) -> Any:  # noqa: ANN401
    """Days that YAML read as such, as text again, so that a wrong entry is found at its line."""
    return {str(key): each for key, each in value.items()} if isinstance(value, dict) else value


def _words(value: Any) -> Any:  # noqa: ANN401
    """One word or a list of them; YAML makes numbers of some."""
    items = value if isinstance(value, list) else [value]
    if not items or any(isinstance(item, dict | list | bool) or item is None for item in items):
        raise ValueError("it must be a word, or a list of words, as they stand in the column")
    return tuple(str(item) for item in items)


NumberInReach = Annotated[FiniteFloat, Field(ge=-(10**15), le=10**15)]
ColumnName = Annotated[str, matching(ID, "it must be small letters, digits and underscores, such as crime_type")]
DataFileName = Annotated[
    str, matching(DATA_FILE_NAME, "it must be the name of a file in content/data/, such as robbery.csv")
]
PeriodName = Annotated[Period, BeforeValidator(_period)]
ByMeeting = Annotated[Mapping[date, PeriodName], BeforeValidator(_days_as_typed)]
Words = Annotated[tuple[str, ...], BeforeValidator(_words)]


class StepChange(SettingsModel):
    """A new level of a series, adopted by the analyst: the month in which it begins, and why."""

    starts: PeriodName = Field(alias="from")
    reason: Line


class PeerSettings(SettingsModel):
    """How a measure is set beside the most similar group.

    ``own`` is this force's name in the column ``force`` of the file; ``per`` is a file with the populations by year and
    force, for a rate per 1,000 people.  Without it the measure must be a proportion.  ``months`` is how many are put
    together for the comparison.
    """

    own: Line
    months: int = Field(default=12, ge=1, le=36)
    per: DataFileName | None = None


class ProjectionSettings(SettingsModel):
    """The analyst's own projection of a financial year: a range or one figure, as a count or over last year."""

    year: str
    low: NumberInReach
    high: NumberInReach
    as_: Literal["count", "percentage"] = Field(default="count", alias="as")
    date: date
    source: Line

    @model_validator(mode="after")
    def _low_first(self) -> ProjectionSettings:
        if self.high < self.low:
            raise MisfitError("high", f"The projection's high figure, {self.high:g}, is below its low one")
        if not re.fullmatch(r"\d{4}/\d{2}", self.year) or parse_year(self.year) is None:
            raise MisfitError("year", f"“{self.year}” is not a financial year such as 2015/16")
        return self


def _by_period(value: Any) -> Any:  # noqa: ANN401
    if not isinstance(value, dict):
        raise ValueError("it must be periods and numbers, such as {2015/16: 90}")
    return {_period(key): number for key, number in value.items()}


def _target(value: Any) -> Any:  # noqa: ANN401
    """A number alone is the target of every period."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        if not isfinite(value):
            raise ValueError("it must be a number that ends")
        return {"value": value}
    return value


class TargetSettings(SettingsModel):
    """What a measure is meant to reach: a number for every period or ``by`` period, and how near is nearly met."""

    value: NumberInReach | None = None
    tolerance: Annotated[FiniteFloat, Field(ge=0, le=10**15)] = 0
    by: Annotated[Mapping[Period, NumberInReach], BeforeValidator(_by_period)] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _given(self) -> TargetSettings:
        if self.value is None and not self.by:
            raise MisfitError("tolerance", "A target needs a “value”, or one “by” each period")
        return self


TargetGiven = Annotated[TargetSettings, BeforeValidator(_target)]


class MeasureSettings(SettingsModel):
    """One measure of the catalogue."""

    title: Line
    unit: Line
    kind: Kind = Kind.COUNT
    decimals: int | None = Field(default=None, ge=0, le=4)
    file: DataFileName
    where: Mapping[ColumnName, Words] = Field(default_factory=dict)
    value: ColumnName = "value"
    of: ColumnName | None = None
    combine: Combine = Combine.SUM
    scope: Literal["force", "alliance"] = "force"
    good: Direction = Direction.NEITHER
    source: Line
    owner: Line | None = None
    data_to: ByMeeting = Field(default_factory=dict)
    starts: PeriodName | None = None
    steps: tuple[StepChange, ...] = ()
    baseline: int | None = Field(default=None, ge=2)
    screen: bool = True
    seasonal: bool = False
    target: TargetGiven | None = None
    peers: PeerSettings | None = None
    projections: tuple[ProjectionSettings, ...] = ()
    chart: Mapping[str, Any] = Field(default_factory=dict)

    @property
    def adds_up(self) -> bool:
        """Whether the number of several periods or parts is the sum of theirs."""
        return self.of is None and self.combine is Combine.SUM

    @model_validator(mode="after")
    def _fits(self) -> MeasureSettings:
        if self.kind is Kind.PERCENTAGE and self.adds_up:
            raise MisfitError("kind", "Percentages cannot be added up; give “of”, or “combine: mean” or “last”")
        if self.of == self.value:
            raise MisfitError("of", f"“of” is “{self.of}”, as is “value”, and nothing is divided by itself")
        if self.peers is not None and self.peers.per is None and self.of is None:
            raise MisfitError("peers", "Without “per” only a proportion, which has “of”, can be compared")
        if self.target is not None and self.good is Direction.NEITHER:
            raise MisfitError("target", "A target needs “good: higher” or “good: lower”, which say when it is met")
        begins = [step.starts.starts for step in self.steps]
        if begins != sorted(set(begins)):
            raise MisfitError("steps", "Step changes must stand in the order of their months")
        return self


@dataclass(frozen=True, slots=True)
class Measures:
    """The measures by id, and the place in the file where each of their settings was typed.

    ``unread`` are the ids of those whose settings are wrong; ``is_broken`` is true where the whole file is.
    """

    settings: Mapping[str, MeasureSettings]
    source: Yaml
    unread: frozenset[str] = frozenset()
    is_broken: bool = False

    def may_have(self, measure: str) -> bool:
        """Whether the file could have a measure of that id, as far as it can be read."""
        return self.is_broken or measure in self.settings or measure in self.unread

    def place(self, measure: str, *path: str | int) -> Span:
        return self.source.place((measure, *path))


NO_MEASURES = Measures({}, Yaml(MEASURES_FILE, {}, {}))


def read_measures(world: World, diagnostics: Diagnostics) -> Measures:
    """The measure catalogue; empty when the workspace has none, and without the measures that are wrong."""
    if not world.is_file(MEASURES_FILE):
        return NO_MEASURES
    text = world.read_text(MEASURES_FILE)
    return replace(NO_MEASURES, is_broken=True) if text is None else parse_measures(text, diagnostics)


def parse_measures(text: str, diagnostics: Diagnostics) -> Measures:
    """The measure catalogue in the text of its file, without the measures that are wrong."""
    source = parse_yaml(text, file=MEASURES_FILE, diagnostics=diagnostics)
    if source is None:
        return replace(NO_MEASURES, is_broken=True)
    if not isinstance(source.data, dict):
        diagnostics.add(
            codes.SETTING_INVALID,
            source.place(()),
            "The measures are not a list of ids with their settings.",
            "Begin each with its id and a colon on a line of its own, such as “robbery:”.",
        )
        return replace(NO_MEASURES, is_broken=True)
    found: dict[str, MeasureSettings] = {}
    for key, entry in source.each().items():
        name = str(key)
        at = source.places.get((name, "?key"), source.place((name,)))
        if not ID.fullmatch(name) or name in RESERVED:
            diagnostics.add(
                codes.SETTING_INVALID,
                at,
                f"“{name}” cannot be the id of a measure.",
                "Use small letters, digits and underscores, beginning with a letter, such as robbery_business"
                f" (but not {', '.join(sorted(RESERVED))}).",
            )
            continue
        measure = validate(MeasureSettings, entry, diagnostics=diagnostics)
        if measure is not None:
            found[name] = measure
    return Measures(found, source, frozenset(str(key) for key in source.data) - found.keys())
