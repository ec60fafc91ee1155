"""Outcomes: bars of 100% for each measure, an earlier period above this one, cut into the words of a column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from pydantic import model_validator

from papergen.exhibits.drawing import Drawing, Spec, Told, rows_behind
from papergen.exhibits.options import DataColumn, Request, SeveralMeasures
from papergen.exhibits.palette import FORCE, INK, OTHERS, PAGE, PALE, QUIET
from papergen.exhibits.pieces.axes import ChartRecord, boxed, chart
from papergen.exhibits.pieces.by_column import check_words, column_words, narrowed_title, parts_add_up, words_of
from papergen.exhibits.pieces.by_period import short_name
from papergen.exhibits.pieces.lettering import LINE_HEIGHT, MARGIN, fixed, lettered, text_width, words_at_pixel, wrapped
from papergen.exhibits.pieces.two_periods import BesideEarlier, PeriodWord, TwoPeriods, two_periods
from papergen.exhibits.theme import width_of
from papergen.model.nodes import ChartData, Width
from papergen.values.chrome import Chrome
from papergen.values.facts import FactError
from papergen.values.periods import Period
from papergen.values.quantities import Quantity, print_number, rounded
from papergen.values.words import capital, first_heard, joined, listed, lowered
from papergen.workspace.validate import MisfitError

BAR = 14
GAP_IN_PAIR = 2
GAP_BETWEEN = 10
NAME_WIDTH = 124
KEY = 9
"""The side of the square before a name in the key above the bars."""
MOST_SAID = 6
"""How many measures the alternative text names one by one."""

SEGMENTS = (
    (FORCE, PAGE),
    (OTHERS, INK),
    ("#1d7a74", PAGE),
    (PALE, INK),
    (PAGE, INK),
    ("#6b3fa0", PAGE),
)
"""The fills of the segments in order and the letters on them: neighbours differ in lightness, so that they can be told
apart in grey, and all are outlined."""


class OutcomesOptions(SeveralMeasures, BesideEarlier):
    """The keys of outcomes: the column (``by``), the order of its words, the period and the earlier one.

    Words that ``order`` leaves out are put together.
    """

    by: DataColumn
    order: tuple[str, ...] = ()
    period: PeriodWord = "year_to_date"

    @model_validator(mode="after")
    def _fits(self) -> OutcomesOptions:
        if len(set(self.order)) != len(self.order):
            raise MisfitError("order", "a word stands twice in the order")
        return self


@dataclass(frozen=True, slots=True)
class _Bar:
    """One measure in one period: the count, and the share of each word of it as 0 to 100."""

    name: str
    period: Period
    whole: Quantity
    shares: tuple[Fraction, ...]


def draw(options: OutcomesOptions, request: Request) -> Drawing:
    """Two bars for each measure, cut into shares of its whole."""
    series = [request.series(measure, options.where) for measure in options.measures]
    for each in series:
        if not parts_add_up(each.settings):
            raise FactError(
                f"The parts of “{each.measure}” do not make up a whole.", "Choose measures that are counts."
            )
    periods = two_periods(request.book, series, options.period, options.against)
    segments = _segments(options, request, periods)
    subject, names = _names(options, request)
    bars = [
        _bar(request, options, measure, name, period, segments)
        for measure, name in zip(options.measures, names, strict=True)
        for period in (periods.before, periods.now)
    ]
    column = column_words(options.by, request)
    units = joined(list(dict.fromkeys(each.settings.unit for each in series)))
    told, about = request.words, narrowed_title(subject, options.where)
    title = f"{about}: share of {units} by {column}, {periods.words}"
    shares = told.by.format(name=f"{about}: {told.share_of.format(units=units)}", by=column)
    words = [capital(name) for name, _ in segments]
    picture, unlettered = _chart(bars, words, units, told, options.width)
    return Drawing(
        spec=picture,
        title=Told(f"{shares}, {periods.words_in(told)}"),
        alternative=_alternative(bars, words, title),
        measures=options.measures,
        data=ChartData(
            columns=(told.measure, told.period, capital(units), *words),
            rows=tuple(
                (
                    bar.name,
                    bar.period.name_in(told),
                    str(bar.whole),
                    *(f"{print_number(share, 1)}%" for share in bar.shares),
                )
                for bar in bars
            ),
        ),
        notes=tuple(_notes(bars, segments, unlettered, told)),
        rows=rows_behind(bar.whole for bar in bars),
    )


Segment = tuple[str, tuple[str, ...]]
"""A segment's name, and the words that it puts together."""


def _segments(options: OutcomesOptions, request: Request, periods: TwoPeriods) -> list[Segment]:
    """The segments from left to right; raises ``FactError`` for more than can be told apart."""
    there: dict[str, None] = {}
    for measure in options.measures:
        words = words_of(request, measure, options.where, options.by, [periods.before, periods.now])
        there.update(dict.fromkeys(words))
    check_words(options.order, list(there), options.by)
    rest = [word for word in there if word not in options.order]
    segments: list[Segment] = [(word, (word,)) for word in options.order or rest]
    if options.order and rest:
        segments.append(
            (rest[0] if len(rest) == 1 else lowered(request.words.all_others.format(number=len(rest))), tuple(rest))
        )
    if len(segments) > len(SEGMENTS):
        raise FactError(
            f"The column “{options.by}” has {len(segments)} words here; a bar can be cut into {len(SEGMENTS)}.",
            f"Name up to {len(SEGMENTS) - 1} of them in “order”, and the rest are put together.",
        )
    return segments


def _bar(
    request: Request, options: OutcomesOptions, measure: str, name: str, period: Period, segments: Sequence[Segment]
) -> _Bar:
    """A measure in one period; a word that has no row there counts as none."""
    whole = request.series(measure, options.where).over(period)
    if not whole.value:
        raise FactError(
            f"“{measure}” is 0 in {period.name}, and nothing is a share of zero.",
            "Leave it out, or take longer periods.",
        )
    there = words_of(request, measure, options.where, options.by, [period])
    shares: list[Fraction] = []
    for _, words in segments:
        found = tuple(word for word in words if word in there)
        part = request.series(measure, {**options.where, options.by: found}).over(period) if found else None
        shares.append(part.value / whole.value * 100 if part else Fraction())
    if any(share < 0 for share in shares):
        raise FactError("Bars cannot show numbers below zero.", "Choose measures whose numbers are zero or more.")
    return _Bar(name, period, whole, tuple(shares))


def _names(options: OutcomesOptions, request: Request) -> tuple[str, list[str]]:
    """What the measures have in common ("Crime outcomes"), and the name of each without it."""
    titles = [request.title(measure) for measure in options.measures]
    subject = titles[0].partition(": ")[0]
    if not all(title == subject or title.startswith(f"{subject}: ") for title in titles):
        names = [options.labels.get(measure, title) for measure, title in zip(options.measures, titles, strict=True)]
        return (joined(names) if len(names) <= 3 else joined([*names[:2], f"{len(names) - 2} more"])), names
    shorter = [capital(title.removeprefix(f"{subject}: ")) for title in titles]
    return subject, [options.labels.get(measure, name) for measure, name in zip(options.measures, shorter, strict=True)]


def _chart(
    bars: Sequence[_Bar], names: Sequence[str], units: str, told: Chrome, width: Width
) -> tuple[Callable[[], Spec], list[Fraction]]:
    """Bars of one length, with the shares in them as whole numbers, and how many each is of after it.

    Beside it stand the shares that are too small to hold their number.
    """
    half = width is Width.HALF
    whole = width_of(width) - 2 * MARGIN
    labels = [short_name(bar.period, told) for bar in bars]
    label_width = max(text_width(label, bold=True) for label in labels) + 8
    lines = {bar.name: wrapped(bar.name, whole if half else NAME_WIDTH) for bar in bars}
    left = label_width + (0.0 if half else max(text_width(line) for each in lines.values() for line in each) + 12)
    counts = [str(bar.whole) for bar in bars]
    right = whole - max(text_width(text, bold=True) for text in (*counts, "offences")) - 8

    key, squares, heading = _key(names, 0.0 if half else left, right if not half else whole)
    words: list[ChartRecord] = [*key]
    y_heading = heading + LINE_HEIGHT / 2
    words.append(words_at_pixel(told.per_cent, left, y_heading, colour=QUIET))
    words.append(words_at_pixel(units, whole, y_heading, align="right", colour=QUIET))
    pieces: list[ChartRecord] = list(squares)
    unlettered: list[Fraction] = []
    y = heading + LINE_HEIGHT + 4
    for index, (bar, label, count) in enumerate(zip(bars, labels, counts, strict=True)):
        now = bool(index % 2)
        if not now:
            pair_height = 2 * BAR + GAP_IN_PAIR
            name = lines[bar.name]
            if half:
                words.append(words_at_pixel("\n".join(name), 0, y + LINE_HEIGHT / 2))
                y += len(name) * LINE_HEIGHT + 2
            else:
                first = y + pair_height / 2 - (len(name) - 1) * LINE_HEIGHT / 2
                words.append(words_at_pixel("\n".join(name), 0, first))
        middle = y + BAR / 2
        words.append(words_at_pixel(label, left - 6, middle, align="right", bold=now, colour=QUIET))
        words.append(words_at_pixel(count, whole, middle, align="right", bold=now))
        x = left
        for share, segment, (fill, ink) in zip(bar.shares, names, SEGMENTS, strict=False):
            end = x + float(share) / 100 * (right - left)
            pieces.append(
                {
                    "name": bar.name,
                    "period": label,
                    "segment": segment,
                    "value": float(share),
                    "x": x,
                    "end": end,
                    "top": y,
                    "bottom": y + BAR,
                    "fill": fill,
                }
            )
            number = print_number(share)
            if text_width(number, bold=now) + 2 <= end - x:
                words.append(words_at_pixel(number, (x + end) / 2, middle, align="center", bold=now, colour=ink))
            elif share:
                unlettered.append(share)
            x = end
        y += BAR + (GAP_BETWEEN if now else GAP_IN_PAIR)

    return partial(_picture, pieces, words, whole, y - GAP_BETWEEN + 2), unlettered


def _picture(pieces: Sequence[ChartRecord], words: Sequence[ChartRecord], width: float, height: float) -> Spec:
    drawn = boxed(chart(pieces).mark_rect(stroke=QUIET, strokeWidth=0.8, opacity=1), top="top:Q", colour="fill:N")
    return fixed([drawn, *lettered(words)], width, height)


def _key(names: Sequence[str], left: float, right: float) -> tuple[list[ChartRecord], list[ChartRecord], float]:
    """The names of the segments in their order with a square each, in as many lines as they need."""
    words: list[ChartRecord] = []
    squares: list[ChartRecord] = []
    x, y, lines = left, 0.0, 1
    for name, (fill, _) in zip(names, SEGMENTS, strict=False):
        broken = wrapped(name, right - left - KEY - 4)
        needed = KEY + 4 + max(map(text_width, broken))
        if x > left and (x + needed > right or lines > 1):
            x, y = left, y + lines * LINE_HEIGHT + 3
        lines = len(broken)
        middle = y + LINE_HEIGHT / 2
        squares.append(
            {"segment": name, "x": x, "end": x + KEY, "top": middle - KEY / 2, "bottom": middle + KEY / 2, "fill": fill}
        )
        words.append(words_at_pixel("\n".join(broken), x + KEY + 4, middle))
        x += needed + 12
    return words, squares, y + lines * LINE_HEIGHT + 4


def _notes(
    bars: Sequence[_Bar], segments: Sequence[Segment], unlettered: Sequence[Fraction], told: Chrome
) -> list[str]:
    """What was put together, how large segments without a number are, and why numbers may not make 100."""
    notes = [f"{capital(name)} are {listed(words)}." for name, words in segments if len(words) > 1]
    if unlettered:
        notes.append(Told(told.small_segments.format(share=f"{print_number(max(unlettered), 1)}%")))
    if any(sum(rounded(share) for share in bar.shares) != 100 for bar in bars):
        notes.append(Told(told.rounded_shares))
    return notes


def _alternative(bars: Sequence[_Bar], names: Sequence[str], title: str) -> str:
    """The share of the first segment in each measure beside the earlier one, and the largest segment of the first."""
    pairs = list(zip(bars[::2], bars[1::2], strict=True))
    said = [
        f"{now.name} {print_number(now.shares[0])}% (before: {print_number(before.shares[0])}%)"
        for before, now in pairs
    ]
    first = pairs[0][1]
    rest = listed([f"{name} {print_number(share)}%" for name, share in zip(names[1:], first.shares[1:], strict=True)])
    start, end = f"Bars of 100%. {title}. {names[0]}", f" The rest of {first.name} in {first.period.name}: {rest}."
    return f"{start}: {first_heard(said, MOST_SAID, start + end)}.{end}"
