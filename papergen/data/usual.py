"""What a measure gives for the usual periods, under the names by which sentences ask for it."""

from __future__ import annotations

from collections.abc import Iterator

from papergen.values.facts import Fact, FactError
from papergen.values.periods import Period
from papergen.values.quantities import Quantity

_QUARTERS = ("quarter", "previous_quarter", "same_quarter_last_year")
_PERIODS = ("period", "previous_period", "same_period_last_year")
_YEARS = ("year_to_date", "year_to_date_last_year", "last_year")


def usual_figures(measure: Fact, reported: Period) -> Iterator[tuple[str, Quantity]]:
    """The numbers of a measure but 0, by their names after its id; that of the period ``reported`` on is the first.

    The change of that period, ``"quarter.change"``, is the last.  What cannot be worked out is passed over.
    """
    here = _QUARTERS if reported.is_quarter else _PERIODS
    for name in (*here, *_YEARS, f"{here[0]}.change"):
        fact = measure
        try:
            for part in name.split("."):
                fact = fact.parts[part]
        except (FactError, KeyError):
            continue
        if isinstance(fact.value, Quantity) and fact.value.value:
            yield name, fact.value
