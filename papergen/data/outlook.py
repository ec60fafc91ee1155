"""The projection of a measure to the end of the year: the analyst's own where there is one, or papergen's."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from papergen.data.book import Book
from papergen.data.histories import history_of
from papergen.data.projections import project
from papergen.data.series import is_whole
from papergen.diagnostics import Span
from papergen.values.facts import FactError
from papergen.values.periods import Period, financial_year, month_of, year_period, year_starts
from papergen.values.quantities import Origin, Quantity
from papergen.workspace.measures import ProjectionSettings


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is expected of a whole financial year: totals, and percentages (0 to 100) over the year before.

    There are no percentages over a year of zero, or one that is not known.
    ``basis`` says in words where it comes from; ``own`` is true of the analyst's projection.  ``point`` is None where
    the analyst gave a range alone.  ``origin`` has the rows, or the line of the analyst's figures.
    """

    year: Period
    low: Fraction
    high: Fraction
    point: Fraction | None
    low_change: Fraction | None
    high_change: Fraction | None
    basis: str
    own: bool
    origin: Origin


def outlook(book: Book, measure: str) -> Outlook:
    """The projection of the year in which the reporting period ends; raises ``FactError``."""
    year = year_period(year_starts(book.period.ends).year)
    before = _before(book, measure, year)
    settings = book.settings(measure)
    own = [
        (index, each)
        for index, each in enumerate(settings.projections)
        if each.year == year.name and each.date <= book.meeting
    ]
    if own:
        index, latest = max(own, key=lambda pair: pair[1].date)
        at = book.measures.place(measure, "projections", index)
        return _own(latest, measure, year, before, at)
    return _worked_out(book, measure, year, before)


def _before(book: Book, measure: str, year: Period) -> Quantity | None:
    """The total of the year before, or None where it is zero or not all of it is known."""
    try:
        before = book.series(measure).over(year.back(12))
    except FactError:
        return None
    return before if before.value else None


def _own(given: ProjectionSettings, measure: str, year: Period, before: Quantity | None, at: Span) -> Outlook:
    low, high = Fraction(str(given.low)), Fraction(str(given.high))
    changes = _change(low, before), _change(high, before)
    if given.as_ == "percentage":
        if before is None:
            raise FactError(
                f"“{measure}” was zero in {year.back(12).name}, or is not known for all of it, so that its projection"
                " cannot be a percentage over it.",
                "Give the projection “as: count” in content/measures.yaml.",
            )
        changes = low, high
        low, high = before.value * (100 + low) / 100, before.value * (100 + high) / 100
    point = low if low == high else None
    basis = f"{given.source}, {Period(given.date, given.date).name}"
    rows = before.origin.rows if before else ()
    origin = Origin(measures=(measure,), periods=(year,), rows=(at, *rows))
    return Outlook(year, low, high, point, *changes, basis, True, origin)


def _change(number: Fraction, before: Quantity | None) -> Fraction | None:
    return (number - before.value) / before.value * 100 if before else None


def _worked_out(book: Book, measure: str, year: Period, before: Quantity | None) -> Outlook:
    settings = book.settings(measure)
    if not is_whole(settings):
        raise FactError(
            f"“{measure}” is not a count of the months of a year, so its year cannot be projected.",
            "Only measures that are added up have a projection.",
        )
    series = book.series(measure)
    history = history_of(series)
    steps = [month_of(step.starts.starts) for step in settings.steps]
    try:
        found = project(
            history.figures,
            through=history.through,
            year=financial_year(year.starts),
            months=history.months,
            since=max((step for step in steps if step <= history.through), default=None),
        )
    except ValueError as problem:
        raise FactError(f"“{measure}” cannot be projected: {problem}.", "Correct the data.") from None
    if found is None:
        raise FactError(f"“{measure}” has too little data to project {year.name}.", "Months of this year are missing.")
    low, high, point = Fraction(found.low), Fraction(found.high), Fraction(found.point)
    rows = tuple(Span(series.file, line) for each in series.observations for line in each.lines)
    return Outlook(
        year=year,
        low=low,
        high=high,
        point=point,
        low_change=_change(low, before),
        high_change=_change(high, before),
        basis=f"papergen’s projection from data to {found.through}, {found.wording}",
        own=False,
        origin=Origin(measures=(measure,), periods=(year,), rows=rows),
    )
