"""Comparison: several measures over time on one pair of axes, such as the force and the country."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from papergen.data.series import Observation, Series
from papergen.data.targets import target_of
from papergen.exhibits.drawing import Drawing, Told
from papergen.exhibits.options import OverTime, Request, SeveralMeasures, WithTarget
from papergen.exhibits.palette import CATEGORIES, TARGET, TARGET_DASH
from papergen.exhibits.pieces.axes import at_time, gaps_of, in_order, is_counted, rows_of, said, span_words, zero_note
from papergen.exhibits.pieces.by_column import narrowed_title
from papergen.exhibits.pieces.by_period import period_word
from papergen.exhibits.pieces.lines import DrawnLine, line_chart
from papergen.exhibits.theme import themed
from papergen.model.nodes import ChartData
from papergen.values.chrome import Chrome, chrome
from papergen.values.facts import FactError
from papergen.values.periods import Period
from papergen.values.quantities import Quantity, print_quantity
from papergen.values.words import capital, joined, lowered

DASHES = ((1, 0), (5, 3), (2, 2), (7, 2), (1, 2), (4, 1))


class LinesOptions(SeveralMeasures, OverTime):
    """The keys of several lines."""


class ComparisonOptions(LinesOptions, WithTarget):
    """The keys of a comparison."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """A measure as it is shown: its name beside its line, and its observations."""

    measure: str
    name: str
    series: Series
    observations: tuple[Observation, ...]

    def at(self, index: int) -> str:
        """The number of one observation as it is printed."""
        return said(self.series, self.series.number(self.observations[index]))

    @property
    def targets(self) -> dict[Period, Quantity]:
        """The target of each period that has one."""
        found = ((each.period, target_of(self.series, each.period)) for each in self.observations)
        return {period: target for period, target in found if target is not None}


def draw(options: ComparisonOptions, request: Request) -> Drawing:
    """The measures as lines, the first of them solid."""
    return drawing_of(options, request, in_steps=())


def drawing_of(options: LinesOptions, request: Request, *, in_steps: tuple[str, ...]) -> Drawing:
    """The chart of several lines; those of the measures ``in_steps`` hold their level until it changes."""
    if len(options.measures) > len(CATEGORIES):
        raise FactError("More than six lines cannot be told apart.", "Choose fewer measures.")
    about, names = _words(options, request)
    shown = [_shown(options, request, measure, names[measure]) for measure in dict.fromkeys(options.measures)]
    units = sorted({each.series.settings.unit for each in shown})
    if len(units) > 1:
        raise FactError(f"These measures have different units: {joined(units)}.", "Choose those of one unit.")
    lines = [
        DrawnLine(
            tuple((each.period, float(one.series.number(each))) for each in one.observations),
            CATEGORIES[index],
            label=one.at(-1) if len(shown) == 1 and not options.labels else f"{one.name} {one.at(-1)}",
            dash=DASHES[index],
            in_steps=one.measure in in_steps,
            gaps=gaps_of(one.series),
        )
        for index, one in enumerate(shown)
    ]
    told = request.words
    goals = _goals(shown, told)
    lines += [
        DrawnLine(
            tuple((period, float(target.value)) for period, target in each.by_period.items()),
            each.colour,
            label=f"{each.name} {each.last}",
            dash=TARGET_DASH,
            in_steps=True,
        )
        for each in goals
    ]
    whole = all(is_counted(one.series) for one in shown)
    periods = in_order(each.period for one in shown for each in one.observations)
    span = span_words(periods, told)
    return Drawing(
        spec=lambda: themed(line_chart(lines, told, unit=units[0], width=options.width, whole=whole)),
        title=Told(f"{about}: {units[0]}, {span}"),
        alternative=f"Line chart: {about}, {units[0]}, {span_words(periods)}. {_alternative(shown)}"
        f"{_goals_said(_goals(shown, chrome()))}",
        measures=tuple(one.measure for one in shown),
        data=_table(shown, goals, request),
        notes=zero_note((value for line in lines for _, value in line.points), told),
        rows=tuple(row for one in shown for row in rows_of(one.series, one.observations)),
    )


def _shown(options: LinesOptions, request: Request, measure: str, name: str) -> _Shown:
    series = request.series(measure, options.where)
    starts = options.starts or series.observations[0].period
    observations = tuple(each for each in series.observations if each.period.starts >= starts.starts)
    if len(observations) < 2:
        hint = "Give an earlier “starts”." if options.starts else f"Look into {series.file}."
        raise FactError(f"“{measure}” has too few observations for a line.", hint)
    return _Shown(measure, name, series, observations)


def _words(options: LinesOptions, request: Request) -> tuple[str, Mapping[str, str]]:
    """What the chart is about, and the name of each line.

    Where all titles begin alike ("Confidence in the police, West Mercia"), what they share is said once.
    """
    measures = tuple(dict.fromkeys(options.measures))
    titles = {measure: request.title(measure) for measure in measures}
    alike = _alike(list(titles.values())) if len(measures) > 1 else ""
    names = {measure: options.labels.get(measure, title.removeprefix(alike)) for measure, title in titles.items()}
    narrowed = narrowed_title("", options.where)
    if all(request.book.settings(measure).scope == "alliance" for measure in measures):
        narrowed = f"{narrowed} (alliance)"
    if len(measures) == 1:
        return f"{titles[measures[0]]}{narrowed}", names
    together = _listed(list(names.values()), request.words)
    return (f"{alike[:-2]}{narrowed}{alike[-2:]}{together}" if alike else f"{together}{narrowed}"), names


def _alike(titles: Sequence[str]) -> str:
    """What stands before a comma or colon in all of the titles, with that mark, where each of them says more."""
    alike = (letters[0] for letters in takewhile(lambda letters: len(set(letters)) == 1, zip(*titles, strict=False)))
    shared = "".join(alike)
    ends = [shared.rfind(mark) + len(mark) for mark in (", ", ": ") if mark in shared]
    return shared[: max(ends)] if ends and all(len(title) > max(ends) for title in titles) else ""


def _listed(names: Sequence[str], words: Chrome) -> str:
    """The names in a row, told apart where they hold commas or "and" themselves."""
    if all("," not in name and " and " not in name for name in names):
        return words.listed(tuple(names))
    return words.beside.format(now=names[0], before=names[1]) if len(names) == 2 else "; ".join(names)


def _alternative(shown: Sequence[_Shown]) -> str:
    """The last and the first number of each line, and where the first line turned in between."""

    def name(one: _Shown) -> str:
        return f"{one.name} " if len(shown) > 1 else ""

    told: list[str] = []
    for one in shown:
        first, last = one.observations[0].period, one.observations[-1].period
        same = one is not shown[0] and (first, last) == (
            shown[0].observations[0].period,
            shown[0].observations[-1].period,
        )
        since = "" if same else f" {at_time(first)}"
        told.append(f"{'' if same else f'{at_time(last)}, '}{name(one)}{one.at(-1)}, from {one.at(0)}{since}")
    told += [f"{name(shown[0])}{turn}" for turn in _turns(shown[0])]
    words = "; ".join(told)
    return f"{capital(words)}."


def _turns(one: _Shown) -> Iterator[str]:
    """The highest and the lowest number of a line where they stand at neither end of it, and how many others tie."""
    numbers = [one.series.number(each) for each in one.observations]
    for word, extreme in (("highest", max(numbers)), ("lowest", min(numbers))):
        index, others = numbers.index(extreme), numbers.count(extreme) - 1
        if one.at(index) not in (one.at(0), one.at(-1)):
            ties = "" if not others else " and one other" if others == 1 else f" and {others} others"
            yield f"{word} at {one.at(index)} {at_time(one.observations[index].period)}{ties}"


@dataclass(frozen=True, slots=True)
class _Goal:
    """A target as it is shown: its name, the number of each period, and the colour of its line."""

    name: str
    by_period: Mapping[Period, Quantity]
    colour: str

    @property
    def last(self) -> str:
        return print_quantity(self.by_period[max(self.by_period, key=lambda each: each.starts)])


def _goals(shown: Sequence[_Shown], words: Chrome) -> list[_Goal]:
    """The targets of the measures: one where all of those that have one have the same."""
    found = [(one, targets, colour) for one, colour in zip(shown, CATEGORIES, strict=False) if (targets := one.targets)]
    numbers = [{period: target.value for period, target in targets.items()} for _, targets, _ in found]
    if numbers and all(each == numbers[0] for each in numbers):
        return [_Goal(lowered(words.target), found[0][1], TARGET)]
    return [_Goal(words.target_for.format(name=one.name), targets, colour) for one, targets, colour in found]


def _goals_said(goals: Sequence[_Goal]) -> str:
    return f" {capital('; '.join(f'the {each.name} is {each.last}' for each in goals))}." if goals else ""


def _table(shown: Sequence[_Shown], goals: Sequence[_Goal], request: Request) -> ChartData:
    """A row a period; blank where a measure has no number for it."""
    told = request.words
    numbers = {(one.measure, each.period): one.at(i) for one in shown for i, each in enumerate(one.observations)}
    periods = in_order(period for _, period in numbers)
    kinds = {period_word(period, told) for period in periods}
    names = [capital(each.name) for each in goals]

    def aims(period: Period) -> Iterator[str]:
        return (print_quantity(each.by_period[period]) if period in each.by_period else "" for each in goals)

    return ChartData(
        columns=(capital(kinds.pop()) if len(kinds) == 1 else told.period, *(one.name for one in shown), *names),
        rows=tuple(
            (period.name_in(told), *(numbers.get((one.measure, period), "") for one in shown), *aims(period))
            for period in periods
        ),
    )
