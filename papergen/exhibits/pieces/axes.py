"""Pieces that several kinds of chart share: axes, records for the specification, and the words for numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, Literal

from papergen.data.series import Observation, Series
from papergen.diagnostics import Span
from papergen.exhibits.drawing import Told
from papergen.exhibits.lazily import alt
from papergen.exhibits.options import Request
from papergen.exhibits.palette import PAGE, QUIET, SMALL_TEXT_SIZE
from papergen.exhibits.pieces.by_column import narrowed_title
from papergen.exhibits.pieces.by_period import are_long, label_expression
from papergen.values.chrome import Chrome, chrome
from papergen.values.periods import Period, month_of
from papergen.values.quantities import Kind, at_edge, print_number

ChartRecord = dict[str, Any]
Align = Literal["left", "center", "right"]

MOST_LABELS_FULL = 12
MOST_LABELS_HALF = 6
MOST_FINER = 4

_MONTHS_APART = (1, 2, 3, 6, 12, 24, 60, 120)
_MONTH_LABEL = (
    "[utcFormat(datum.value, '%b'),"
    " (utcmonth(datum.value) == 0 || datum.index == 0) ? utcFormat(datum.value, '%Y') : '']"
)


def chart(records: Iterable[ChartRecord]) -> alt.Chart:
    """A chart of records that stand in the specification itself; Altair would copy a list of them again and again."""
    return alt.Chart(alt.InlineData(values=tuple(records)))


def boxed(mark: alt.Chart, *, top: str = "y:Q", colour: str = "colour:N") -> alt.Chart:
    """A layer of boxes at places in pixels, from ``x`` to ``end`` and from ``top`` to ``bottom``."""
    drawn: alt.Chart = mark.encode(
        x=alt.X("x:Q", scale=None, axis=None),
        x2=alt.X2("end:Q"),
        y=alt.Y(top, scale=None, axis=None),
        y2=alt.Y2("bottom:Q"),
        color=alt.Color(colour, scale=None, legend=None),
    )
    return drawn


def upright(mark: alt.Chart, **encodings: Any) -> alt.Chart:  # noqa: ANN401 - channels are of many types of Altair's
    """A layer of bars or lines that reach in pixels from ``top`` to ``bottom``."""
    drawn: alt.Chart = mark.encode(y=alt.Y("top:Q", scale=None, axis=None), y2=alt.Y2("bottom:Q"), **encodings)
    return drawn


def day(moment: date) -> str:
    """A day as Vega reads it, in universal time."""
    return f"{moment.isoformat()}T00:00:00Z"


def time_axis(
    periods: Sequence[Period], words: Chrome, *, most_labels: int = MOST_LABELS_FULL, room_after: int = 0
) -> alt.X:
    """The axis of time: months by name, the year below the first and every January; longer periods by their own names.

    As many labels as there is room for stand upright; ``room_after`` is how many more months the axis leaves free.
    """
    months = [month_of(period.starts) for period in periods]
    first, last = months[0], months[-1]
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    every = next((step for step in _MONTHS_APART if count / step <= most_labels), _MONTHS_APART[-1])
    shown = [each for index in range(count) if ((each := first.plus(index)).year * 12 + each.month - 1) % every == 0]
    shown = shown or [first]
    domain = [day(first.first_day), day(last.plus(room_after).first_day)]
    ticks, labels = [day(month.first_day) for month in shown], _MONTH_LABEL
    if are_long(periods):
        named = _thinned(in_order(periods), most_labels)
        ticks, labels = [day(period.starts) for period in named], label_expression(named, words)
    return alt.X(
        "month:T",
        title=None,
        scale=alt.Scale(type="utc", domain=domain, nice=False),
        axis=alt.Axis(values=ticks, labelExpr=labels, tickSize=4),
    )


def _thinned(periods: Sequence[Period], most: int) -> Sequence[Period]:
    """The periods whose names there is room for: every one, or as many apart as make whole years where they can."""
    first, length = periods[0], periods[0].length
    count = Period(first.starts, periods[-1].ends).length // length
    a_year = max(1, 12 // length)
    steps = [1, *(step for step in range(2, count + 1) if step % a_year == 0 or a_year % step == 0)]
    every = next((step for step in steps if count / step <= most), steps[-1])
    anchor = next((each for each in periods if (each.starts.month - each.year_from) % 12 == 0), first)
    return [each for each in periods if (_months(each) - _months(anchor)) // length % every == 0]


def _months(period: Period) -> int:
    return period.starts.year * 12 + period.starts.month


def value_axis(
    title: str, low: float, high: float, *, zero: bool, field: str = "value:Q", ticks: int = 5, whole: bool = False
) -> alt.Y:
    """The axis of values, with a little air; from zero where ``zero``, as it must be for bars.

    With ``whole`` only whole numbers are named, as is right for counts.
    """
    scale = alt.Scale(domain=list(ends_of_values(low, high, zero=zero)), nice=False, zero=False)
    axis = alt.Axis(tickCount=ticks, tickMinStep=1) if whole else alt.Axis(tickCount=ticks)
    return alt.Y(field, title=title, scale=scale, axis=axis)


def ends_of_values(low: float, high: float, *, zero: bool) -> tuple[float, float]:
    """Where the axis of values from ``low`` to ``high`` begins and ends."""
    air = (high - low) * 0.08 or abs(high) * 0.1 or 1
    return 0.0 if zero or (low >= 0 and low - air < 0) else low - air, high + air


def words_at(
    records: Iterable[ChartRecord], *, dx: int = 4, dy: int = 0, align: Align = "left", colour: str = QUIET
) -> list[alt.Chart]:
    """Words (``label``) set beside places (``month``, ``value``): labels in place of a legend.

    A white edge lies behind them, so that no line of the grid crosses a letter.
    """
    base = chart(records).mark_text(
        align=align, baseline="middle", dx=dx, dy=dy, color=colour, fontSize=SMALL_TEXT_SIZE
    )
    words: alt.Chart = base.encode(x=alt.X("month:T"), y=alt.Y("value:Q"), text=alt.Text("label:N"))
    return [edge_of(words), words]


def edge_of(words: alt.Chart) -> alt.Chart:
    """The white edge that lies behind a layer of words."""
    edge = words.copy()
    edge.mark = edge.mark.copy()
    edge.mark.color, edge.mark.stroke, edge.mark.strokeWidth, edge.mark.strokeJoin = PAGE, PAGE, 3, "round"
    return edge


def said(series: Series, value: Fraction | float, *, finer: int = 0) -> str:
    """A number of the series as it is printed: "2,451", "81.1%", "10.7"; "less than 1" where that would be 0.

    ``finer`` is how many decimals more than usual it has.
    """
    kind, decimals = series.settings.kind, series.decimals + finer
    words, number = at_edge(Fraction(value), decimals, share=kind is Kind.PERCENTAGE) or ("", Fraction(value))
    text = print_number(number, decimals)
    sized = f"£{text}" if kind is Kind.POUNDS else f"{text}%" if kind is Kind.PERCENTAGE else text
    return f"{words} {sized}" if words else sized


def telling_apart(series: Series, *pairs: tuple[Fraction | float, Fraction | float]) -> int:
    """How many more decimals than usual show that the numbers of each pair differ, where they do; 0 if four do not."""

    def differ(one: Fraction | float, other: Fraction | float, finer: int) -> bool:
        return one == other or said(series, one, finer=finer) != said(series, other, finer=finer)

    return next((finer for finer in range(MOST_FINER) if all(differ(*pair, finer) for pair in pairs)), 0)


def is_counted(series: Series) -> bool:
    """Whether the numbers of a series are whole."""
    return series.settings.kind is Kind.COUNT and not series.decimals


def gaps_of(series: Series) -> tuple[Period, ...]:
    """The periods whose numbers are held back, where a line breaks."""
    return tuple(each.period for each in series.withheld)


def rows_of(series: Series, observations: Iterable[Observation]) -> tuple[Span, ...]:
    """The rows of the data file behind some observations."""
    return tuple(dict.fromkeys(Span(series.file, line) for each in observations for line in each.lines))


def span_words(periods: Sequence[Period], words: Chrome | None = None) -> str:
    """ "April 2013 to December 2015"."""
    words, first, last = words or chrome(), periods[0], periods[-1]
    whole = Period(first.starts, last.ends, first.year_from)
    if first.is_from_to and whole.is_months:
        return whole.name_in(words)
    is_months = whole.is_months and first.length == 1
    return whole.months_in(words) if is_months else f"{first.name_in(words)} {words.to} {last.name_in(words)}"


def subject(request: Request, measure: str, where: Mapping[str, tuple[str, ...]]) -> str:
    """The title of a measure with what it is of: "Robbery (Shropshire)", "Days lost to sickness, alliance"."""
    whose = ", alliance" if request.book.settings(measure).scope == "alliance" else ""
    return narrowed_title(f"{request.title(measure)}{whose}", where)


def in_order(periods: Iterable[Period]) -> list[Period]:
    """The periods, each of them once, from the earliest to the latest."""
    return sorted(set(periods), key=lambda each: (each.starts, each.ends))


def when(values: Iterable[tuple[Period, Fraction]], value: Fraction) -> str:
    """The period with that value, and how many others tie with it: "May 2014", "May 2014 and 2 others"."""
    first, *others = [period.name for period, each in values if each == value]
    match len(others):
        case 0:
            return first
        case 1:
            return f"{first} and {others[0]}"
        case count:
            return f"{first} and {count} others"


def at_time(period: Period, words: Chrome | None = None) -> str:
    """ "in December 2015", "on 30 September 2015"."""
    words = words or chrome()
    return words.at_time[period.days > 1].format(period=period.name_in(words))


def ends_of(axis: alt.Y) -> tuple[float, float]:
    """The lowest and the highest value that an axis of values has room for."""
    encoding: Any = axis.to_dict()
    low, high = encoding["scale"]["domain"]
    return float(low), float(high)


def zero_note(values: Iterable[float], words: Chrome) -> tuple[str, ...]:
    """A sentence where the axis of these values does not begin at zero."""
    numbers = list(values)
    bottom, _ = ends_of_values(min(numbers), max(numbers), zero=False)
    return (Told(words.axis_not_zero),) if bottom > 0 else ()
