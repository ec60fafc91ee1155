"""The figures that a section's measures give for the usual periods, to set typed numbers beside."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from papergen.check.reading import Reading, once, settled
from papergen.data.binding import measure_facts
from papergen.language.numbers import SORTS, Numeral, Sort
from papergen.language.words import stems
from papergen.values.facts import Fact, FactError
from papergen.values.quantities import Quantity, print_quantity, printed_decimals, rounded

_PERIODS = ("period", "previous_period", "same_period_last_year", "year_to_date", "year_to_date_last_year", "last_year")
_QUARTERS = ("quarter", "previous_quarter", "same_quarter_last_year")


@dataclass(frozen=True, slots=True)
class Expected:
    """What a measure gives under one of its names, and the words it goes by."""

    expression: str
    quantity: Quantity
    title: str
    unit: str
    is_change: bool
    is_period: bool

    @property
    def printed(self) -> str:
        return print_quantity(self.quantity)

    def prints(self, number: Numeral) -> bool:
        """Whether the number is this one as it would be printed; a change is printed without its sign."""
        if SORTS.get(self.quantity.kind, Sort.COUNT) is not number.sort:
            return False
        value = abs(self.quantity.value) if self.is_change else self.quantity.value
        places = number.decimals if number.decimals >= 0 else printed_decimals(self.quantity)
        return rounded(value, places) == abs(number.worth) and bool(value)

    def counts(self, thing: Collection[str]) -> bool:
        """Whether the stems of the words for what is counted hold the unit of the measure, or its title."""
        return stems(self.unit) <= set(thing) or self._names <= set(thing)

    def is_named(self, sentence: str) -> bool:
        """Whether a sentence has every long word of the measure's title but “total” and “recorded”."""
        return bool(self._names) and self._names - _SAY_NOTHING <= stems(sentence)

    @property
    def _names(self) -> frozenset[str]:
        return stems(self.title, least=4)


_SAY_NOTHING = stems("total recorded")


@once
def expected_figures(file: Reading) -> tuple[Expected, ...]:
    """The figures of the measures that a file declares in its front matter."""
    measures = dict.fromkeys(measure for found in file.sections for measure in found.node.measures)
    return tuple(figure for measure in measures for figure in _of_measure(file, measure))


def _of_measure(reading: Reading, measure: str) -> Iterator[Expected]:
    settings = reading.book.measures.settings.get(measure)
    if settings is None:
        return
    names = (*_QUARTERS, *_PERIODS[3:]) if reading.book.period.is_quarter else _PERIODS
    for path in (*((name,) for name in names), (names[0], "change")):
        fact = _facts(reading).parts[measure]
        try:
            for part in path:
                fact = fact.parts[part]
        except (FactError, KeyError):
            continue
        if isinstance(fact.value, Quantity) and fact.value.value:
            expression = ".".join((measure, *path))
            is_its = path == (names[0],)
            yield Expected(expression, fact.value, settings.title, settings.unit, len(path) > 1, is_its)


@settled
def _facts(reading: Reading) -> Fact:
    return measure_facts(reading.book)
