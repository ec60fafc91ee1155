"""Snapshot: which way each type of crime is going, and its share of them all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import Any

from pydantic import model_validator

from papergen.data.analysis import analyse
from papergen.data.judgements import NEW_LEVEL, PeriodJudgement, judge
from papergen.data.series import Series, is_whole
from papergen.exhibits.drawing import Drawing, Told
from papergen.exhibits.lazily import alt
from papergen.exhibits.options import MeasureName, Request, SeveralMeasures, refuse_others
from papergen.exhibits.palette import FORCE, INK, OTHERS, QUIET
from papergen.exhibits.pieces.axes import ChartRecord, boxed, chart
from papergen.exhibits.pieces.by_column import narrowed_title
from papergen.exhibits.pieces.lettering import LINE_HEIGHT, MARGIN, fixed, lettered, text_width, words_at_pixel, wrapped
from papergen.exhibits.theme import width_of
from papergen.model.nodes import ChartData, Width
from papergen.values.chrome import Chrome
from papergen.values.facts import FactError
from papergen.values.periods import Period
from papergen.values.quantities import print_number, rounded
from papergen.values.words import joined, listed

COLUMN_GAP = 18
HEADING = 2 * LINE_HEIGHT + 10
BAND_GAP = 12
BAR = 8
ROW_PAD = 3
NAME_FULL, NAME_HALF = 116, 128
"""How wide names may be; longer ones break."""
MOST_NAMED = 6
"""How many types of a direction the alternative text names."""


class SnapshotDirection(Enum):
    """Where a type of crime is going."""

    DECREASING = "Decreasing"
    NO_CHANGE = "No change"
    INCREASING = "Increasing"


class SnapshotOptions(SeveralMeasures):
    """The keys of a snapshot: what the shares are ``of``, and which measures are ``marked`` as reported on."""

    of: MeasureName
    marked: tuple[MeasureName, ...] = ()

    @model_validator(mode="after")
    def _fits(self) -> SnapshotOptions:
        refuse_others("marked", self.marked, self.measures)
        return self


@dataclass(frozen=True, slots=True)
class _Type:
    """One type of crime in the reporting period."""

    name: str
    count: Fraction
    share: Fraction
    judgement: PeriodJudgement
    marked: bool

    @property
    def direction(self) -> SnapshotDirection | None:
        """Where it is going, as its judgement says."""
        way = self.judgement.way
        return None if way is None else list(SnapshotDirection)[way + 1]

    @property
    def said(self) -> str:
        return f"{print_number(self.share, 1)}%"


def draw(options: SnapshotOptions, request: Request) -> Drawing:
    """Three columns (or bands, in half the width) of types, the largest share first."""
    period = request.book.period
    whole = request.series(options.of, options.where)
    _refuse_no_count(whole)
    total = whole.over(period)
    if not total.value:
        raise FactError(f"“{options.of}” is 0 in {period.name}, and nothing is a share of zero.", "Choose another.")
    types: list[_Type] = []
    rows = list(total.origin.rows)
    for measure in options.measures:
        series = request.series(measure, options.where)
        _refuse_no_count(series)
        quantity = series.over(period)
        rows += quantity.origin.rows
        types.append(
            _Type(
                options.labels.get(measure, request.title(measure)),
                quantity.value,
                quantity.value / total.value * 100,
                judge(analyse(series), period),
                measure in options.marked,
            )
        )
    types.sort(key=lambda each: (-each.share, each.name))
    if all(each.direction is None for each in types):
        raise FactError(
            "There are too few months to judge any of these measures, so they have no direction.",
            "Show their numbers with “kind: stages” or a table.",
        )
    told, about = request.words, narrowed_title(request.title(options.of), options.where)
    base = f"{print_number(total.value)} {whole.settings.unit}"
    return Drawing(
        spec=lambda: _chart(types, told, options.width),
        title=Told(f"{about}: {told.directions_and_shares.format(number=len(types))}, {period.months_in(told)}"),
        alternative=_alternative(types, about, period),
        measures=(options.of, *options.measures),
        data=ChartData(
            language=request.language,
            columns=("Type", whole.settings.unit.capitalize(), "Share", "Direction", "Judgement", "Reported on"),
            rows=tuple(_row(each) for each in types),
        ),
        notes=tuple(_notes(types, base, period)),
        rows=tuple(dict.fromkeys(rows)),
    )


def _refuse_no_count(series: Series) -> None:
    if not is_whole(series.settings):
        raise FactError(f"“{series.measure}” does not count things, so it has no share.", "Choose counts.")


def _chart(types: Sequence[_Type], told: Chrome, width: Width) -> dict[str, Any]:
    """Names before bars on one scale, so that no name can meet another, and shares after them."""
    half = width is Width.HALF
    whole = width_of(width) - 2 * MARGIN
    placed = [each for each in types if each.direction is not None]
    groups = {direction: [each for each in placed if each.direction is direction] for direction in SnapshotDirection}
    complete = sum(each.share for each in types) <= 100
    columns = _columns(groups, whole, told, half=half, complete=complete)
    plain = not any(each.marked for each in placed)

    bars: list[ChartRecord] = []
    letters: list[ChartRecord] = []
    rules: list[ChartRecord] = []
    signs: list[ChartRecord] = []
    dots: list[ChartRecord] = []
    left = top = bottom = 0.0
    for direction, inside in groups.items():
        column = columns[direction]
        if half:
            top = bottom + BAND_GAP if bottom else 0.0
        together = _together(inside, told, complete=complete)
        letters.append(words_at_pixel(_named(direction, told), left + 14, top + LINE_HEIGHT / 2, bold=True))
        letters.append(words_at_pixel(together, left + 14, top + LINE_HEIGHT * 1.5 + 1, colour=QUIET))
        signs.append({"x": left + 5, "y": top + LINE_HEIGHT / 2, "shape": _SIGNS[direction]})
        y = top + HEADING
        rules.append({"x": left, "end": left + column.width, "y": y - 5})
        for each in inside:
            lines = wrapped(each.name, column.names - column.inset - 6, bold=each.marked)
            height = len(lines) * LINE_HEIGHT + ROW_PAD
            middle = y + height / 2
            first = middle - (len(lines) - 1) * LINE_HEIGHT / 2
            letters.append(words_at_pixel("\n".join(lines), left + column.inset, first, bold=each.marked))
            end = left + column.names + float(each.share) * column.scale
            letters.append(words_at_pixel(each.said, end + 4, middle, bold=each.marked))
            if each.marked:
                dots.append({"x": left + 3, "y": middle})
            bars.append(
                {
                    "name": each.name,
                    "direction": direction.value,
                    "value": float(each.share),
                    "marked": each.marked,
                    "x": left + column.names,
                    "end": end,
                    "y": middle - BAR / 2,
                    "bottom": middle + BAR / 2,
                    "colour": FORCE if each.marked or plain else OTHERS,
                }
            )
            y += height
        bottom = max(bottom, y)
        left += 0 if half else column.width + COLUMN_GAP

    x, y_at = alt.X("x:Q", scale=None, axis=None), alt.Y("y:Q", scale=None, axis=None)
    lines_under = chart(rules).mark_rule(color=QUIET, strokeWidth=1).encode(x=x, x2=alt.X2("end:Q"), y=y_at)
    sign = chart(signs).mark_point(filled=True, size=55, color=INK, opacity=1)
    shapes = sign.encode(x=x, y=y_at, shape=alt.Shape("shape:N", scale=None, legend=None))
    layers = [boxed(chart(bars).mark_bar()), lines_under, shapes]
    if dots:
        layers.append(chart(dots).mark_point(filled=True, size=22, color=FORCE, opacity=1).encode(x=x, y=y_at))
    return fixed([*layers, *lettered(letters)], whole, bottom + 2)


_SIGNS = {
    SnapshotDirection.DECREASING: "triangle-down",
    SnapshotDirection.NO_CHANGE: "M-1,-0.25L1,-0.25L1,0.25L-1,0.25Z",
    SnapshotDirection.INCREASING: "triangle-up",
}


@dataclass(frozen=True, slots=True)
class _Column:
    """The widths of a column in pixels: all of it, its names, one per cent of share, and the dot of a marked type."""

    width: float
    names: float
    scale: float
    inset: float


def _columns(
    groups: Mapping[SnapshotDirection, Sequence[_Type]], whole: float, told: Chrome, *, half: bool, complete: bool
) -> dict[SnapshotDirection, _Column]:
    """Columns as wide as their words and bars ask, with one scale for all bars; or bands as wide as the chart."""
    widest = NAME_HALF if half else NAME_FULL
    inset = 9.0 if any(each.marked for inside in groups.values() for each in inside) else 0.0
    names = {
        direction: min(max((text_width(each.name, bold=each.marked) for each in inside), default=0.0), widest)
        + inset
        + 6
        for direction, inside in groups.items()
    }
    numbers = max(text_width(each.said, bold=True) for inside in groups.values() for each in inside) + 5
    largest = {
        direction: float(max((each.share for each in inside), default=Fraction()))
        for direction, inside in groups.items()
    }
    if half:
        names = dict.fromkeys(groups, max(names.values()))
        scale = (whole - max(names.values()) - numbers) / (max(largest.values()) or 1.0)
        return {direction: _Column(whole, names[direction], scale, inset) for direction in groups}
    least = {
        direction: max(
            text_width(_together(inside, told, complete=complete)), text_width(_named(direction, told), bold=True)
        )
        + 16
        for direction, inside in groups.items()
    }
    # The scale at which the columns fill the width; those that need less than their heading get its width.
    low, high = 0.0, whole / (max(largest.values()) or 1.0)
    wide: dict[SnapshotDirection, float] = {}
    for _ in range(40):
        scale = (low + high) / 2
        wide = {each: max(least[each], names[each] + numbers + largest[each] * scale) for each in groups}
        over = sum(wide.values()) > whole - 2 * COLUMN_GAP
        low, high = (low, scale) if over else (scale, high)
    return {direction: _Column(wide[direction], names[direction], low, inset) for direction in groups}


def _named(direction: SnapshotDirection, told: Chrome) -> str:
    return told.directions[list(SnapshotDirection).index(direction)]


def _together(inside: Sequence[_Type], told: Chrome, *, complete: bool) -> str:
    """How many types a direction holds, and their share."""
    count = told.types[min(len(inside), 2)].format(number=len(inside))
    share = sum((each.share for each in inside), Fraction())
    return told.of_all.format(words=count, share=f"{print_number(share)}%") if complete and inside else count


def _row(each: _Type) -> tuple[str, ...]:
    return (
        each.name,
        print_number(each.count),
        each.said,
        each.direction.value.lower() if each.direction else "not judged",
        f"{each.judgement.words}. {each.judgement.reason}",
        "yes" if each.marked else "no",
    )


def _notes(types: Sequence[_Type], base: str, period: Period) -> Iterator[str]:
    yield f"Direction is special cause in {period.name} on a type’s control chart; shares are of {base}."
    if any(each.judgement.by_season for each in types):
        yield "A seasonal type changes too where seven or more months lie on one side of those of earlier years."
    if any(each.marked for each in types):
        yield "A dot, bold letters and a dark bar mark the types that this paper reports on."
    level = [each.name for each in types if each.direction and each.judgement.words == NEW_LEVEL]
    if level:
        yield f"Without change since a step change in the last twelve months: {listed(level)}."
    unjudged = [f"{each.name} ({each.said})" for each in types if each.direction is None]
    if unjudged:
        yield f"Too few to judge: {listed(unjudged)}."


def _alternative(types: Sequence[_Type], of: str, period: Period) -> str:
    """How many types go each way, with the largest of those that change."""
    parts: list[str] = []
    for direction in (SnapshotDirection.INCREASING, SnapshotDirection.DECREASING, SnapshotDirection.NO_CHANGE):
        inside = [each for each in types if each.direction is direction]
        named = [f"{each.name} {each.said}" for each in inside[:MOST_NAMED]]
        if len(inside) > MOST_NAMED:
            named.append(f"{len(inside) - MOST_NAMED} more")
        parts.append(f"{direction.value.lower()} are {len(inside)}{f' ({joined(named)})' if inside else ''}")
    largest = types[0]
    return (
        f"Direction of {len(types)} types and their share of {of}, {period.months}: {'; '.join(parts)}."
        f" The largest share is {largest.name} ({print_number(rounded(largest.share, 1), 1)}%)."
    )
