"""Seasonal: the months, quarters or halves of this year over those of earlier years, with the range of those."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

from pydantic import Field

from papergen.data.control_limits import mean_of
from papergen.data.series import Series
from papergen.data.targets import target_of
from papergen.exhibits.drawing import Drawing, Told
from papergen.exhibits.lazily import alt
from papergen.exhibits.options import OneMeasure, OverTime, Request, WithTarget
from papergen.exhibits.palette import FORCE, INK, LIMITS, PALE, TARGET, TARGET_DASH
from papergen.exhibits.pieces.axes import (
    ChartRecord,
    chart,
    ends_of,
    is_counted,
    rows_of,
    said,
    subject,
    value_axis,
    zero_note,
)
from papergen.exhibits.pieces.by_period import part_of_year, period_word
from papergen.exhibits.pieces.lettering import LINE_HEIGHT, text_width
from papergen.exhibits.theme import layered, themed, width_of
from papergen.model.nodes import ChartData, Width
from papergen.values.chrome import Chrome
from papergen.values.facts import FactError
from papergen.values.periods import CALENDAR, FINANCIAL, Month, Period, month_of, months_period
from papergen.values.quantities import Quantity, print_quantity
from papergen.values.words import capital, joined, lowered

HEIGHT_FULL, HEIGHT_HALF = 200, 165
_GAP = 7


class SeasonalOptions(OneMeasure, OverTime, WithTarget):
    """The keys of a seasonal chart: how many earlier years the range is of; ``starts`` leaves older months out."""

    years: int = Field(default=3, ge=1, le=6)


@dataclass(frozen=True, slots=True)
class _Season:
    """The months (or quarters, halves) of this year, and the numbers of the same ones earlier, the latest first.

    Each stands under its first month.
    """

    series: Series
    year: Period
    this: dict[Month, Fraction]
    earlier: dict[Month, list[Fraction]]
    targets: dict[Month, Quantity]

    @property
    def last_target(self) -> str:
        """The target of the last month of this year, as it is printed; empty where it has none."""
        return print_quantity(target) if (target := self.targets.get(max(self.this))) else ""

    @property
    def years(self) -> int:
        return max(len(values) for values in self.earlier.values())

    @property
    def uneven(self) -> bool:
        """Whether some months have fewer earlier years than others."""
        return min(len(values) for values in self.earlier.values()) < self.years

    @property
    def before(self) -> str:
        """ "the year before", "the 3 years before"."""
        return "the year before" if self.years == 1 else f"the {self.years} years before"

    @property
    def year_before(self) -> str:
        return self.year.back(12).name

    def period(self, first: Month) -> Period:
        """The month, quarter or half that begins with the month ``first``."""
        return replace(self.series.last.period, starts=first.first_day, ends=first.plus(self.length - 1).last_day)

    @property
    def length(self) -> int:
        """How many months one observation is of."""
        return self.series.last.period.length

    def word(self, words: Chrome | None = None, *, several: bool = False) -> str:
        """``"month"``, ``"quarter"``."""
        return period_word(self.series.last.period, words, several=several)

    @property
    def values(self) -> list[float]:
        return [
            float(value) for value in (*self.this.values(), *(each for one in self.earlier.values() for each in one))
        ] + [float(target.value) for target in self.targets.values()]


def draw(options: SeasonalOptions, request: Request) -> Drawing:
    """This financial year beside the range of the earlier ones."""
    season = _season(options, request)
    series, unit, title = season.series, season.series.settings.unit, subject(request, options.measure, options.where)
    words = request.words
    by, before = season.word(words), words.years_before[season.years > 1].format(number=season.years)
    beside = words.beside.format(now=season.year.name, before=before)
    return Drawing(
        spec=lambda: themed(_chart(season, words, options.width)),
        title=Told(f"{words.by.format(name=f'{title}: {unit}', by=by)}, {beside}"),
        alternative=_alternative(season, title),
        measures=(options.measure,),
        data=_table(season, request),
        notes=tuple(_notes(season, words)),
        rows=rows_of(series, [each for each in series.observations if month_of(each.period.starts) in _used(season)]),
    )


def _season(options: SeasonalOptions, request: Request) -> _Season:
    series = request.series(options.measure, options.where)
    last = series.last.period
    if not last.is_months or last.length not in (1, 3, 6):
        raise FactError(
            f"“{options.measure}” is by the {period_word(last)}, so it shows no season.", "Choose another kind."
        )
    starts = options.starts.starts if options.starts else series.observations[0].period.starts
    numbers = {
        month_of(each.period.starts): series.number(each)
        for each in series.observations
        if each.period.starts >= starts
    }
    # The halves January to June and July to December are those of no financial year.
    year_from = next(
        each
        for each in (last.year_from or FINANCIAL, CALENDAR, last.starts.month)
        if (last.starts.month - each) % last.length == 0
    )
    begins = month_of(last.starts).plus(-((last.starts.month - year_from) % 12))
    months = [begins.plus(index) for index in range(0, 12, last.length)]
    earlier = {
        month: [numbers[same] for back in range(1, options.years + 1) if (same := month.plus(-12 * back)) in numbers]
        for month in months
    }
    this = {month: numbers[month] for month in months if month in numbers}
    if not this or any(not values for values in earlier.values()):
        hint = "Give an earlier “starts”, or choose another kind." if options.starts else "Choose another kind."
        raise FactError(f"“{options.measure}” has no whole year before this one.", hint)
    season = _Season(series, months_period(begins, begins.plus(11), year_from), this, earlier, {})
    targets = {month: found for month in months if (found := target_of(series, season.period(month)))}
    return replace(season, targets=targets)


def _used(season: _Season) -> set[Month]:
    """The months that are shown, and those that their range is of."""
    earlier = {month.plus(-12 * back) for month in season.earlier for back in range(1, season.years + 1)}
    return earlier | set(season.this)


def _chart(season: _Season, told: Chrome, width: Width) -> dict[str, Any]:
    half = width is Width.HALF
    wide, height = width_of(width), HEIGHT_HALF if half else HEIGHT_FULL
    values = season.values
    low, high = min(values), max(values)
    band = [
        {"index": index, "value": float(mean_of(each)), "low": float(min(each)), "high": float(max(each))}
        for index, each in enumerate(season.earlier.values())
    ]
    places = {month: index for index, month in enumerate(season.earlier)}
    now = [{"index": places[month], "value": float(value)} for month, value in season.this.items()]
    before = _name_of_band(season, told, half=half)
    names = [part_of_year(season.period(month), told) for month in season.earlier]
    last = len(names) - 1
    plot = wide - text_width(said(season.series, Fraction(high))) - 12
    room = max(text_width(line) for line in before) + _GAP + 2
    # As many pixels to a month as are left when the name of the band has its room to the right of the last.
    step = (plot - room) / (last + 0.4)
    end = last + room / step
    x = alt.X(
        "index:Q",
        title=None,
        scale=alt.Scale(domain=[-0.4, end], nice=False, zero=False),
        axis=alt.Axis(
            values=list(range(0, last + 1, 2 if half and last > 5 else 1)),
            labelExpr=f"{names}[datum.value]",
            tickSize=4,
        ),
    )
    whole = is_counted(season.series)
    y = value_axis(season.series.settings.unit, low, high, zero=False, whole=whole)
    layers: list[alt.Chart] = []
    if season.years > 1:
        lowest = value_axis(season.series.settings.unit, low, high, zero=False, field="low:Q", whole=whole)
        layers.append(chart(band).mark_area(color=PALE, opacity=1).encode(x=x, y=lowest, y2=alt.Y2("high:Q")))
    layers.append(chart(band).mark_line(color=LIMITS, strokeWidth=1).encode(x=x, y=y))
    layers.append(chart(now).mark_line(color=FORCE, strokeWidth=2.2).encode(x=x, y=y))
    layers.append(chart(now).mark_point(color=FORCE, filled=True, size=26, opacity=1).encode(x=x, y=y))
    goals = [{"index": places[month], "value": float(goal.value)} for month, goal in season.targets.items()]
    if goals:
        mark = chart(goals).mark_line(color=TARGET, strokeWidth=1.5, strokeDash=list(TARGET_DASH), interpolate="step")
        layers.append(mark.encode(x=x, y=y))
    bottom, top = ends_of(y)
    scale = _Scale(step, height / (top - bottom), top, plot, height)
    words = _Words(scale, band, now, goals)
    now_said = f"{season.year.name}: {said(season.series, season.this[max(season.this)])}"
    named = [_label(words.beside_band(before), INK), _label(words.beside_this_year(now_said), FORCE, bold=True)]
    if goals:
        target = words.along_target(f"{lowered(told.target)} {print_quantity(list(season.targets.values())[-1])}")
        named.append(_label(target, TARGET))
    layers += [each.encode(x=x, y=y, text=alt.Text("label:N")) for each in named]
    return layered(layers, width=wide, height=height)


def _name_of_band(season: _Season, told: Chrome, *, half: bool) -> tuple[str, ...]:
    if season.years == 1:
        return (season.year_before,)
    lines = told.years_before_short if half else told.average_and_range
    return tuple(line.format(number=season.years) for line in lines)


def _label(record: ChartRecord, colour: str, *, bold: bool = False) -> alt.Chart:
    mark: alt.Chart = chart([record]).mark_text(
        align="left",
        baseline="middle",
        color=colour,
        lineBreak="\n",
        lineHeight=LINE_HEIGHT,
        fontWeight="bold" if bold else "normal",
    )
    return mark


@dataclass(frozen=True, slots=True)
class _Scale:
    """Pixels from the left of April and from the top, and back to the places of the two axes."""

    step: float
    unit: float
    top: float
    width: float
    height: float

    def x(self, index: float) -> float:
        return (index + 0.4) * self.step

    def y(self, value: float) -> float:
        return (self.top - value) * self.unit

    def record(self, label: str, left: float, middle: float) -> ChartRecord:
        return {"index": left / self.step - 0.4, "value": self.top - middle / self.unit, "label": label}


@dataclass
class _Words:
    """Finds places for the names of band and line where they lie on neither."""

    scale: _Scale
    band: Sequence[ChartRecord]
    now: Sequence[ChartRecord]
    goals: Sequence[ChartRecord] = ()
    _taken: list[tuple[float, float, float, float]] = field(default_factory=list)

    def beside_band(self, lines: Sequence[str]) -> ChartRecord:
        """The name of the earlier years, to the right of their last month."""
        half = len(lines) * LINE_HEIGHT / 2
        left = self.scale.x(self.band[-1]["index"]) + _GAP
        middle = min(max(self.scale.y(self.band[-1]["value"]), half), self.scale.height - half)
        wide = max(text_width(line) for line in lines)
        self._taken.append((left, middle - half, left + wide, middle + half))
        # A text of several lines hangs from its first one, whose middle is the place given.
        return self.scale.record("\n".join(lines), left, middle - half + LINE_HEIGHT / 2)

    def beside_this_year(self, label: str) -> ChartRecord:
        """The name of this year, as near as can be to its last point."""
        last = self.now[-1]
        x, y = self.scale.x(last["index"]), self.scale.y(last["value"])
        wide = text_width(label, bold=True)
        beside = [(x + _GAP, y + down) for down in (0, -10, 10, -18, 18, -26, 26, -38, 38)]
        over = [(x - wide / 2, y + down) for down in (-13, 13, -20, 20)]
        before = [(x - wide - _GAP, y + down) for down in (-10, 10, -18, 18)]
        return self._freest(label, [*beside, *over, *before], wide)

    def along_target(self, label: str) -> ChartRecord:
        """The name of the target, above or below its line where least is covered, the last months first."""
        wide = text_width(label)
        ends = [(self.scale.x(each["index"]), self.scale.y(each["value"])) for each in reversed(self.goals)]
        return self._freest(label, [(x - wide / 2, y + down) for x, y in ends for down in (-9, 9)], wide)

    def _freest(self, label: str, places: Sequence[tuple[float, float]], wide: float) -> ChartRecord:
        left, middle = min(places, key=lambda place: self._hidden(place, wide))
        self._taken.append((left, middle - LINE_HEIGHT / 2, left + wide, middle + LINE_HEIGHT / 2))
        return self.scale.record(label, left, middle)

    def _hidden(self, place: tuple[float, float], wide: float) -> int:
        """How much of the chart words at a place would cover."""
        left, middle = place
        half = LINE_HEIGHT / 2 + 1
        box = (left - 2, middle - half, left + wide + 2, middle + half)
        outside = box[0] < 0 or box[1] < 0 or box[2] > self.scale.width or box[3] > self.scale.height
        found = 1000 if outside or any(_touch(box, taken) for taken in self._taken) else 0
        return found + sum(box[0] <= x <= box[2] and up <= box[3] and down >= box[1] for x, up, down in self._marks())

    def _marks(self) -> Iterator[tuple[float, float, float]]:
        """Upright slices of band and line: place, upper and lower end."""
        lines = ((self.band, "high", "low"), (self.now, "value", "value"), (self.goals, "value", "value"))
        for records, high, low in lines:
            for one, two in pairwise(records):
                for part in (index / 24 for index in range(25)):
                    upper, lower = (one[end] + (two[end] - one[end]) * part for end in (high, low))
                    index = one["index"] + (two["index"] - one["index"]) * part
                    yield self.scale.x(index), self.scale.y(upper), self.scale.y(lower)


def _touch(one: tuple[float, float, float, float], two: tuple[float, float, float, float]) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


def _notes(season: _Season, words: Chrome) -> Iterator[str]:
    if season.years == 1:
        yield Told(words.strong_and_thin.format(now=season.year.name, before=season.year_before))
    else:
        before = words.years_before[1].format(number=season.years)
        yield Told(words.band_of_years.format(before=before, periods=season.word(words, several=True)))
    if season.targets:
        yield Told(words.long_dashes)
    if season.uneven:
        yield Told(words.fewer_years.format(number=season.years, periods=season.word(words, several=True)))
    yield from zero_note(season.values, words)


def _table(season: _Season, request: Request) -> ChartData:
    words = request.words

    def row(month: Month, values: Sequence[Fraction]) -> tuple[str, ...]:
        now = said(season.series, season.this[month]) if month in season.this else ""
        numbers = values if season.years == 1 else (mean_of(values), min(values), max(values))
        goal = [print_quantity(season.targets[month]) if month in season.targets else ""] if season.targets else []
        period = season.period(month)
        name = words.months[month.month - 1] if period.is_month else part_of_year(period, words)
        return name, now, *(said(season.series, value) for value in numbers), *goal

    ends = (words.average_of_earlier, words.lowest, words.highest)
    earlier = (season.year_before,) if season.years == 1 else ends
    return ChartData(
        columns=(capital(season.word(words)), season.year.name, *earlier, *([words.target] if season.targets else [])),
        rows=tuple(row(month, values) for month, values in season.earlier.items()),
    )


def _alternative(season: _Season, title: str) -> str:
    series, last = season.series, max(season.this)
    usual = season.earlier[last]
    low, high = said(series, min(usual)), said(series, max(usual))
    of = "a year before" if season.years == 1 else f"in the same {season.word()} of {season.before}"
    return (
        f"Line chart of {lowered(title)}: {series.settings.unit} by {season.word()} of {season.year.name} "
        f"beside {season.before}. {said(series, season.this[last])} in {season.period(last).name}, "
        f"against {low if low == high else f'{low} to {high}'} {of}. {_outside(season)}."
        f"{f' The target is {season.last_target}.' if season.last_target else ''}"
    )


def _outside(season: _Season) -> str:
    """How many months lie above, within and below the range, the most first."""
    count = len(season.this)
    above = sum(value > max(season.earlier[month]) for month, value in season.this.items())
    below = sum(value < min(season.earlier[month]) for month, value in season.this.items())
    ends = dict.fromkeys(("above", "below", "within"), f" the range of {season.before}")
    if season.years == 1:
        ends = {"higher": " than a year before", "lower": " than a year before", "as a year before": ""}
    found = sorted(zip((above, below, count - above - below), ends, strict=True), reverse=True)
    (most, first), *others = [(number, word) for number, word in found if number]
    than = ends[first]
    if most == count:
        all_of = f"All {count} {season.word(several=True)} are" if count > 1 else f"The {season.word()} is"
        return f"{all_of} {first}{than}"
    listed = [f"{most} are {first}{than}" if most > 1 else f"{most} is {first}{than}"]
    listed += [f"{number} {word}" for number, word in others]
    return f"Of {count} {season.word(several=True)}, {joined(listed)}"
