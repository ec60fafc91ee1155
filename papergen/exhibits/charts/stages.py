"""Stages: several measures, each this period beside an earlier one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from papergen.data.series import Series
from papergen.data.targets import target_of
from papergen.exhibits.drawing import Drawing, Told, rows_behind
from papergen.exhibits.options import Options, Request, SeveralMeasures, WithTarget
from papergen.exhibits.pieces.by_column import narrowed_title
from papergen.exhibits.pieces.by_period import short_name
from papergen.exhibits.pieces.paired_bars import Bar, BarPair, paired_bars
from papergen.exhibits.pieces.two_periods import BesideEarlier, Change, TwoPeriods, changes, two_periods
from papergen.model.nodes import ChartData
from papergen.values.chrome import Chrome, chrome
from papergen.values.facts import FactError
from papergen.values.quantities import Kind, Quantity, print_quantity, rounded
from papergen.values.words import capital, first_heard, joined, lowered

MOST_SAID = 8
"""How many categories the alternative text names one by one."""


class StagesOptions(SeveralMeasures, BesideEarlier, WithTarget):
    """The keys of stages."""


@dataclass(frozen=True, slots=True)
class Category:
    """One category: its number of this period, that of the earlier one, and the target of this period if it has one."""

    name: str
    now: Quantity
    before: Quantity
    target: Quantity | None = None


def draw(options: StagesOptions, request: Request) -> Drawing:
    """Bars of several measures of one kind, this period and the earlier one for each."""
    series = [request.series(measure, options.where) for measure in options.measures]
    _refuse_mixed(series)
    subject, names = short_titles([request.title(measure) for measure in options.measures])
    names = [options.labels.get(measure, name) for measure, name in zip(options.measures, names, strict=True)]
    periods = two_periods(request.book, series, options.period, options.against)
    pairs = [
        Category(name, each.over(periods.now), each.over(periods.before), target_of(each, periods.now))
        for name, each in zip(names, series, strict=True)
    ]
    several = names if len(names) <= 5 else [*names[:2], f"{len(names) - 2} other measures"]
    title = narrowed_title(subject or joined(several), options.where)
    unit = joined(list(dict.fromkeys(each.settings.unit for each in series)))
    return drawing_of(pairs, periods, options, request, title=title, unit=unit, measures=options.measures)


def _refuse_mixed(series: Sequence[Series]) -> None:
    first = series[0]
    for each in series[1:]:
        if each.settings.kind is not first.settings.kind:
            raise FactError(
                f"“{first.measure}” is a {first.settings.kind.value} and “{each.measure}” a"
                f" {each.settings.kind.value}, which have no scale in common.",
                "Make a chart for each kind of number.",
            )


def short_titles(titles: Sequence[str]) -> tuple[str, list[str]]:
    """What the titles share before their colon, and each without it: "Victims satisfied", "Ease of contact", …

    Titles that share nothing are given back as they are, with no words for what they share.
    """
    parts = [title.partition(": ") for title in titles]
    subject = parts[0][0]
    if len(titles) > 1 and all(head == subject and rest for head, _, rest in parts):
        return subject, [capital(rest) for _, _, rest in parts]
    return "", list(titles)


def rows_of_data(pairs: Sequence[Category], words: Chrome) -> tuple[tuple[str, ...], ...]:
    """A row for each pair: its name, the earlier number, this one, the change, and the target where any has one."""
    aimed = any(pair.target for pair in pairs)
    said = changes([(pair.now, pair.before) for pair in pairs], words)
    return tuple(
        (pair.name, str(pair.before), str(pair.now), change.words, *([_target_said(pair)] if aimed else []))
        for pair, change in zip(pairs, said, strict=True)
    )


def drawing_of(
    pairs: Sequence[Category],
    periods: TwoPeriods,
    options: Options,
    request: Request,
    *,
    title: str,
    unit: str,
    measures: tuple[str, ...],
    by: str = "",
) -> Drawing:
    """The bars of ``pairs`` from above to below, with their words and data."""
    if any(quantity.value < 0 for pair in pairs for quantity in (pair.now, pair.before)):
        raise FactError("Bars cannot show numbers below zero.", "Choose measures whose numbers are zero or more.")
    compared, told = [(pair.now, pair.before) for pair in pairs], request.words
    said = changes(compared, told)
    named, english = (words.by.format(name=title, by=by) if by else title for words in (told, chrome()))
    goals = [pair for pair in pairs if pair.target]
    labels = (short_name(periods.before, told), short_name(periods.now, told))
    return Drawing(
        spec=lambda: paired_bars(
            _bars(pairs, said),
            labels,
            width=options.width,
            largest=_top(pairs),
            heading=lowered(told.change),
            target=lowered(told.target),
        ),
        title=Told(
            f"{named}{'' if title.casefold().startswith(unit.casefold()) else f': {unit}'}, {periods.words_in(told)}"
        ),
        alternative=(f"{_alternative(pairs, changes(compared), periods, f'{english} ({unit})')}{_targets_said(goals)}"),
        measures=measures,
        data=ChartData(
            columns=(
                *(capital(by) or told.measure, periods.before.name_in(told), periods.now.name_in(told), told.change),
                *([told.target] if goals else []),
            ),
            rows=rows_of_data(pairs, told),
        ),
        notes=(*([Told(told.long_dashes)] if goals else []), *_rounding(pairs, said)),
        rows=rows_behind(quantity for pair in pairs for quantity in (pair.before, pair.now)),
    )


def _target_said(pair: Category) -> str:
    return print_quantity(pair.target) if pair.target else ""


def _targets_said(goals: Sequence[Category]) -> str:
    """The targets in a sentence: the one that all have, or that of each."""
    told = list(dict.fromkeys(map(_target_said, goals)))
    if len(told) < 2:
        return f" The target is {told[0]}." if told else ""
    return f" The targets are {joined([f'{each.name} {_target_said(each)}' for each in goals])}."


def _bars(pairs: Sequence[Category], said: Sequence[Change]) -> list[BarPair]:
    return [
        BarPair(
            pair.name,
            Bar(float(pair.before.value), str(pair.before)),
            Bar(float(pair.now.value), str(pair.now)),
            end,
            Bar(float(pair.target.value), print_quantity(pair.target)) if pair.target else None,
        )
        for pair, end in zip(pairs, (change.words for change in said), strict=True)
    ]


def _top(pairs: Sequence[Category]) -> float:
    """How far the axis of the bars reaches: to 100% where most of it is filled."""
    values = [each.value for pair in pairs for each in (pair.now, pair.before, pair.target) if each]
    largest = float(max(values))
    return 100.0 if pairs[0].now.kind is Kind.PERCENTAGE and largest > 50 else largest


def _rounding(pairs: Sequence[Category], said: Sequence[Change]) -> tuple[str, ...]:
    """A sentence where a change is not the difference of the numbers as they are printed."""
    if pairs[0].now.kind is not Kind.PERCENTAGE:
        return ()
    for pair, change in zip(pairs, said, strict=True):
        printed = [rounded(quantity.value, quantity.decimals) for quantity in (pair.now, pair.before)]
        if printed[0] - printed[1] != change.size:
            return ("Changes are worked out before the percentages are rounded.",)
    return ()


def _alternative(pairs: Sequence[Category], said: Sequence[Change], periods: TwoPeriods, subject: str) -> str:
    """Each number with the earlier one, and the largest rise and fall."""
    first = f"Bars of {subject}, {periods.words}"
    numbers = [f"{pair.name} {pair.now} (before: {pair.before})" for pair in pairs]
    moved = sorted(zip(pairs, said, strict=True), key=lambda each: each[1].size)
    ends: list[str] = []
    for (pair, change), rises in ((moved[-1], True), (moved[0], False)):
        if change.size and (change.size > 0) is rises:
            ends.append(f"the largest {'rise' if rises else 'fall'} is {pair.name} ({change.words})")
    second = f" {capital(joined(ends))}." if ends and len(pairs) > 1 else ""
    return f"{first}: {first_heard(numbers, MOST_SAID, first + second)}.{second}"
