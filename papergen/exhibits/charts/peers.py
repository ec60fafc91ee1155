"""Peers: the forces of the most similar group in order of rank, this force picked out, and what counts as similar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from papergen.data.comparison import GroupComparison, compare
from papergen.data.peers import PER, Level, Peer, PeerComparison, PeerRate
from papergen.data.targets import target_of
from papergen.exhibits.drawing import Drawing, Told
from papergen.exhibits.lazily import alt
from papergen.exhibits.options import OneMeasure, Request, WithTarget
from papergen.exhibits.palette import BAND, FORCE, GRID, INK, LIMITS, OTHERS, PAGE, QUIET, TARGET, TARGET_DASH
from papergen.exhibits.pieces.axes import ChartRecord, chart, upright
from papergen.exhibits.pieces.lettering import LINE_HEIGHT, MARGIN, fixed, lettered, text_width, words_at_pixel
from papergen.exhibits.theme import width_of
from papergen.model.nodes import ChartData, Width
from papergen.values.chrome import Chrome, chrome, languages
from papergen.values.facts import FactError
from papergen.values.formats import ordinal
from papergen.values.quantities import Direction, Kind, Quantity, print_number, print_quantity, rounded
from papergen.values.words import capital, lowered, plural
from papergen.workspace.measures import MeasureSettings

ROW_FULL, ROW_HALF = 20, 18
BAR = 12
HEADING = 2 * LINE_HEIGHT + 4
AXIS = 34


class PeersOptions(OneMeasure, WithTarget):
    """The keys of peers: the measure, which must have ``peers`` in the catalogue."""


def draw(options: PeersOptions, request: Request) -> Drawing:
    """Bars of rates from zero, or dots of percentages, with the group's average and what is similar."""
    if options.where:
        raise FactError(
            "A comparison with the group takes the measure as it stands.",
            "Leave “where” out, or give the catalogue a measure narrowed so.",
        )
    settings = request.book.settings(options.measure)
    found = compare(request.book, options.measure)
    ranked = _ranked(found, settings)
    decimals = decimals_for(found, settings)
    words = request.words
    unit, survey = unit_of(settings, words), settings.kind is Kind.PERCENTAGE
    title = group_title(settings.title, words)
    percent = "%" if survey else ""

    rows = [
        (
            str(_rank(peer, ranked)),
            peer.force,
            print_number(peer.rate, max(decimals, 1) if survey else decimals) + percent,
        )
        for peer in ranked
    ]
    comparison = found.comparison
    more: list[tuple[str, Fraction | None]] = [(_average_words(comparison, words), comparison.group_average)]
    more += [(words.similar_from, comparison.low), (words.similar_to, comparison.high)]
    given = target_of(request.series(options.measure), found.period)
    target = _as_rate(given, found.peers[0], decimals) if given else None
    more += [(words.target, target.value)] if target else []
    rows += [("", capital(name), print_number(rate, decimals + 1) + percent) for name, rate in more if rate is not None]
    by_force = words.by.format(name=f"{title}{',' if ':' in title else ':'} {unit}", by=request.book.force_name)
    forces, aim = plural(request.book.force_name), f" The target is {print_quantity(target)}." if target else ""
    alternative = _alternative(
        found,
        ranked,
        settings,
        f"{group_title(settings.title)} ({unit_of(settings)}), {found.period.months}",
        decimals,
        forces,
    )
    return Drawing(
        spec=lambda: _chart(found, ranked, settings, request, options.width, decimals, target),
        title=Told(f"{by_force}, {found.period.months_in(words)}"),
        alternative=f"{alternative}{aim}",
        measures=(options.measure,),
        data=ChartData(
            columns=(words.rank, capital(request.book.force_name), capital(unit)),
            rows=tuple(rows),
        ),
        notes=(
            *_reading(found, settings),
            *((Told(words.long_dashes_at.format(target=print_quantity(target))),) if target else ()),
            *((Told(words.as_a_rate.format(target=print_quantity(given))),) if given and not survey else ()),
            *method_notes([comparison]),
        ),
        rows=found.rows,
    )


def _as_rate(target: Quantity, own: Peer, decimals: int) -> Quantity:
    """The target as it stands beside the group: that of a count as a rate of the people of its own force."""
    if not isinstance(own, PeerRate):
        return target
    rate = target.value / Fraction(own.population) * PER
    return replace(target, value=rate, kind=Kind.RATE, decimals=decimals)


def unit_of(settings: MeasureSettings, words: Chrome | None = None) -> str:
    """The unit of a rate or percentage that is compared."""
    if settings.kind is Kind.PERCENTAGE or "1,000" in settings.unit:
        return settings.unit
    return (words or chrome()).per_1000.format(unit=settings.unit)


def group_title(title: str, words: Chrome | None = None) -> str:
    """The title of a measure, saying that the most similar group is shown too."""
    says_so = "similar group" in title or title != without_group(title)
    return title if says_so else (words or chrome()).similar_group.format(name=title)


def without_group(title: str) -> str:
    """The title of a measure without the words that the most similar group is shown too, in whatever language."""
    for language in languages():
        title = title.replace(chrome(language).similar_group.format(name=""), "")
    return title


def decimals_for(found: GroupComparison, settings: MeasureSettings) -> int:
    """With how many decimals rates are printed so that they can be told apart: more for rare things.

    One more where a force that is not similar would be printed as an end of what is.
    """
    if settings.kind is Kind.PERCENTAGE:
        decimals = settings.decimals or 0
    else:
        highest = max(peer.rate for peer in found.peers)
        decimals = 1 if highest >= 2 else 2 if highest >= Fraction(1, 5) else 3
    compared = found.comparison
    ends = [rounded(end, decimals) for end in (compared.low, compared.high, compared.group_average) if end is not None]
    different = compared.level not in (None, Level.SIMILAR)
    return decimals + (different and rounded(compared.own_rate, decimals) in ends)


def method_notes(comparisons: Sequence[PeerComparison]) -> tuple[str, ...]:
    """How the level was judged and which average was taken, each sentence once."""
    notes: dict[str, None] = {}
    for each in comparisons:
        notes[each.method] = None
        if each.group_average is not None and each.average_kind not in each.method:
            notes[f"The group average is the {each.average_kind}."] = None
        notes.update(dict.fromkeys(note for note in each.notes if note != each.method))
    return tuple(notes)


def standing(comparison: PeerComparison) -> str:
    """ "similar to the group average", "below …", "above …"; "not judged" where it cannot be."""
    match comparison.level:
        case None:
            return "not judged against the group average"
        case Level.SIMILAR:
            return "similar to the group average"
        case level:
            return f"{level.value} the group average"


def _average_words(comparison: PeerComparison, words: Chrome) -> str:
    return words.average_of_others.format(number=comparison.of - 1)


def _ranked(found: GroupComparison, settings: MeasureSettings) -> list[Peer]:
    sign = 1 if settings.good is Direction.LOWER else -1
    own = found.peers[0]
    return sorted(found.peers, key=lambda peer: (sign * peer.rate, peer is not own, peer.force))


def _rank(peer: Peer, ranked: Sequence[Peer]) -> int:
    return next(index for index, each in enumerate(ranked, 1) if each.rate == peer.rate)


def _chart(
    found: GroupComparison,
    ranked: Sequence[Peer],
    settings: MeasureSettings,
    request: Request,
    width: Width,
    decimals: int,
    target: Quantity | None,
) -> dict[str, Any]:
    """Rank and name, bar or dot, and the number in a column of its own, where no line can cross it."""
    comparison, survey, told = found.comparison, settings.kind is Kind.PERCENTAGE, request.words
    own, row = found.peers[0], ROW_HALF if width is Width.HALF else ROW_FULL
    whole = width_of(width) - 2 * MARGIN
    percent = "%" if survey else ""
    numbers = [print_number(peer.rate, decimals) + percent for peer in ranked]
    rank_width = text_width("8" * len(str(len(ranked))))
    left = rank_width + 10 + max(text_width(peer.force, bold=True) for peer in ranked) + 16
    right = whole - max(text_width(number, bold=True) for number in numbers) - 12
    low, high = _domain(found, target, from_zero=not survey)
    bottom = float(len(ranked) * row)

    def across(value: Fraction | float) -> float:
        return left + (float(value) - low) / (high - low) * (right - left)

    records = [_record(peer, low, (index + 0.5) * row, mine=peer is own) for index, peer in enumerate(ranked)]
    words: list[ChartRecord] = []
    for peer, number, record in zip(ranked, numbers, records, strict=True):
        middle, mine = record["y"], record["own"]
        words.append(words_at_pixel(str(_rank(peer, ranked)), rank_width, middle, align="right", colour=QUIET))
        words.append(words_at_pixel(peer.force, rank_width + 10, middle, bold=mine))
        words.append(words_at_pixel(number, whole, middle, align="right", bold=mine))

    ticks = 4 if width is Width.HALF else 6
    named: Any = {"tickCount": ticks}
    if right - left < 2 * text_width(f"{high:,.0f}"):  # the numbers beside the bars say enough
        named = {"values": [low]}
    axis = alt.Axis(grid=True, gridColor=GRID, domain=False, title=None, labelFlush=False, **named)
    scale = alt.Scale(domain=[low, high], range=[left, right], nice=False, zero=False)
    x = alt.X("value:Q", scale=scale, axis=axis)
    mine_at = chart([{"x": left - 8, "y": each["y"]} for each in records if each["own"]])
    pointer = mine_at.mark_point(filled=True, shape="triangle-right", size=45, color=FORCE, opacity=1)
    layers = [pointer.encode(x=alt.X("x:Q", scale=None, axis=None), y=alt.Y("y:Q", scale=None, axis=None))]
    words.append(words_at_pixel(unit_of(settings, told), right, bottom + 26, align="right", colour=QUIET))
    layers += _similar(found, x, bottom=bottom)
    base = chart(records)
    y = alt.Y("y:Q", scale=None, axis=None)
    colour = alt.Color("colour:N", scale=None, legend=None)
    average = _average(found, x, bottom=bottom, on_bars=not survey)
    if survey:
        shape, size = alt.Shape("shape:N", scale=None, legend=None), alt.Size("size:Q", scale=None, legend=None)
        layers += average
        dots = base.mark_point(filled=True, opacity=1)
        layers.append(dots.encode(x=x, y=y, color=colour, shape=shape, size=size))
    else:
        layers += [upright(base.mark_bar(), x=x, x2=alt.X2Datum(0), color=colour), *average]
    if comparison.group_average is not None:
        text = f"{_average_words(comparison, told)} {print_number(comparison.group_average, decimals)}{percent}"
        words.append(_heading(text, across(comparison.group_average), -9, whole, colour=INK))
    if comparison.low is not None and comparison.high is not None:
        low_said, high_said = (print_number(end, decimals) for end in (comparison.low, comparison.high))
        ends = told.similar_ends.format(low=low_said, high=f"{high_said}{percent}")
        middle = (across(comparison.low) + across(comparison.high)) / 2
        words.append(_heading(ends, middle, -9 - LINE_HEIGHT, whole, colour=QUIET))
    if target is not None:
        layers.append(_goal(target, x, bottom=bottom))
        text = f"{lowered(told.target)} {print_quantity(target)}"
        words.append(_heading(text, across(target.value), -9 - 2 * LINE_HEIGHT, whole, colour=TARGET))
    above = HEADING + (LINE_HEIGHT if target else 0)
    return fixed([*layers, *lettered(words)], whole, bottom, above=above, below=AXIS)


def _record(peer: Peer, low: float, middle: float, *, mine: bool) -> ChartRecord:
    """The bar or dot of a force, in a row whose middle is so many pixels from the top."""
    return {
        "force": peer.force,
        "value": float(peer.rate),
        "from": low,
        "y": middle,
        "top": middle - BAR / 2,
        "bottom": middle + BAR / 2,
        "colour": FORCE if mine else OTHERS,
        "shape": "diamond" if mine else "circle",
        "size": 120 if mine else 60,
        "own": mine,
    }


def _goal(target: Quantity, x: alt.X, *, bottom: float) -> alt.Chart:
    """The line of the target, with long dashes, up to its name."""
    line = chart([{"value": float(target.value), "top": -3 - 2 * LINE_HEIGHT, "bottom": bottom}])
    mark = line.mark_rule(color=TARGET, strokeWidth=1.5, strokeDash=list(TARGET_DASH))
    return upright(mark, x=x)


def _domain(found: GroupComparison, target: Quantity | None, *, from_zero: bool) -> tuple[float, float]:
    values = [peer.rate for peer in found.peers]
    values += [target.value] if target else []
    comparison = found.comparison
    values += [value for value in (comparison.low, comparison.high, comparison.group_average) if value is not None]
    highest = float(max(values)) or 1.0
    if from_zero:
        return 0.0, highest * 1.03
    lowest = float(min(values))
    air = max((highest - lowest) * 0.08, 1.0)
    return max(0.0, lowest - air), min(100.0, highest + air)


def _similar(found: GroupComparison, x: alt.X, *, bottom: float) -> list[alt.Chart]:
    """The band of rates that are similar to the group, with dashed edges."""
    low, high = found.comparison.low, found.comparison.high
    if low is None or high is None:
        return []
    band = chart([{"value": float(low), "end": float(high), "top": 0, "bottom": bottom}])
    edges = chart([{"value": float(end), "top": 0, "bottom": bottom} for end in (low, high)])
    return [
        upright(band.mark_rect(color=BAND), x=x, x2=alt.X2("end:Q")),
        upright(edges.mark_rule(color=LIMITS, strokeDash=[4, 3], strokeWidth=1), x=x),
    ]


def _average(found: GroupComparison, x: alt.X, *, bottom: float, on_bars: bool) -> list[alt.Chart]:
    """The line of the group's average; over bars it has light edges, so that it is seen on a dark one."""
    average = found.comparison.group_average
    if average is None:
        return []
    line = chart([{"value": float(average), "top": -3, "bottom": bottom}])
    marks = [line.mark_rule(color=PAGE, strokeWidth=3.5)] if on_bars else []
    marks.append(line.mark_rule(color=INK, strokeWidth=1.5))
    return [upright(mark, x=x) for mark in marks]


def _heading(text: str, x: float, y: float, whole: float, *, colour: str) -> ChartRecord:
    """Words centred on a place, moved in from the edges."""
    half = text_width(text) / 2
    return words_at_pixel(text, min(max(x, half), whole - half), y, align="center", colour=colour)


def _reading(found: GroupComparison, settings: MeasureSettings) -> list[str]:
    """How to read the marks."""
    own = found.peers[0].force
    order = "lowest" if settings.good is Direction.LOWER else "highest"
    if settings.kind is Kind.PERCENTAGE:
        return [f"Ranked from the {order}; the diamond is {own}; the scale does not start at zero."]
    return [f"Ranked from the {order}; the dark bar with the pointer is {own}."]


def _alternative(
    found: GroupComparison, ranked: Sequence[Peer], settings: MeasureSettings, subject: str, decimals: int, forces: str
) -> str:
    """The force's rate and rank, its standing against the average, and the ends of the ranking."""
    comparison, survey = found.comparison, settings.kind is Kind.PERCENTAGE
    own = found.peers[0]

    def said(rate: Fraction) -> str:
        return print_number(rate, decimals) + ("%" if survey else "")

    order = "lowest" if settings.good is Direction.LOWER else "highest"
    tied = " equal" if comparison.tied_with else ""
    average = ""
    if comparison.group_average is not None:
        average = f", {standing(comparison)} of {said(comparison.group_average)}"
    if comparison.low is not None and comparison.high is not None:
        average += f" (similar is {said(comparison.low)} to {said(comparison.high)})"
    first, last = ranked[0], ranked[-1]
    return (
        f"Ranked {'dots' if survey else 'bars'} of {subject}: {own.force} at {said(own.rate)} ranks{tied}"
        f" {ordinal(comparison.rank)} of {comparison.of} {forces}, {order} first{average}."
        f" First is {first.force} ({said(first.rate)}), last {last.force} ({said(last.rate)})."
    )
