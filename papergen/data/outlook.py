"""The projection of a measure to the end of the year: the analyst's own where there is one, or papergen's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from papergen.data.analysis import analyse
from papergen.data.book import Book
from papergen.data.projections import project
from papergen.data.series import is_whole
from papergen.diagnostics import Span
from papergen.values.facts import FactError
from papergen.values.periods import Period, financial_year, month_of, year_period, year_starts
from papergen.values.quantities import Origin
from papergen.workspace.measures import ProjectionSettings


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is expected of a whole financial year: totals, and percentages (0 to 100) over the year before.

    ``basis`` says in words where it comes from; ``own`` is true of the analyst's projection.  ``point`` is None where
    the analyst gave a range alone.  ``origin`` has the rows, or the line of the analyst's figures.
    """

    year: Period
    low: Fraction
    high: Fraction
    point: Fraction | None
    low_change: Fraction
    high_change: Fraction
    basis: str
    own: bool
    origin: Origin


def outlook(book: Book, measure: str) -> Outlook:
    """The projection of the year in which the reporting period ends; raises ``FactError``."""
    year = year_period(year_starts(book.period.ends).year)
    before = book.series(measure).over(year.back(12))
    if not before.value:
        raise FactError(
            f"“{measure}” was zero in {year.back(12).name}, so that nothing can be said over it.", "Say so in words."
        )
    settings = book.settings(measure)
    own = [
        (index, each)
        for index, each in enumerate(settings.projections)
        if each.year == year.name and each.date <= book.meeting
    ]
    if own:
        index, latest = max(own, key=lambda pair: pair[1].date)
        at = book.measures.place(measure, "projections", index)
        return _own(latest, measure, year, before.value, before.origin.rows, at)
    return _worked_out(book, measure, year, before.value)


def _own(
    given: ProjectionSettings, measure: str, year: Period, before: Fraction, rows: tuple[Span, ...], at: Span
) -> Outlook:
    low, high = Fraction(str(given.low)), Fraction(str(given.high))
    if given.as_ == "percentage":
        changes = low, high
        low, high = before * (100 + low) / 100, before * (100 + high) / 100
    else:
        changes = (low - before) / before * 100, (high - before) / before * 100
    point = low if low == high else None
    basis = f"{given.source}, {_day(given.date)}"
    origin = Origin(measures=(measure,), periods=(year,), rows=(at, *rows))
    return Outlook(year, low, high, point, *changes, basis, True, origin)


def _day(day: date) -> str:
    return Period(day, day).name


def _worked_out(book: Book, measure: str, year: Period, before: Fraction) -> Outlook:
    settings = book.settings(measure)
    if not is_whole(settings):
        raise FactError(
            f"“{measure}” is not a count of the months of a year, so its year cannot be projected.",
            "Only measures that are added up have a projection.",
        )
    series = book.series(measure)
    history = {month_of(each.period.starts): each.value for each in series.observations if each.period.length == 1}
    through = month_of(series.last.period.ends)
    chart = analyse(series).chart if not settings.seasonal else None
    group = chart.groups[-1] if chart else None
    try:
        found = project(
            history,
            through=through,
            year=financial_year(year.starts),
            group_mean=group.mean if group else None,
            mean_moving_range=group.mean_moving_range if group else None,
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
        low_change=(low - before) / before * 100,
        high_change=(high - before) / before * 100,
        basis=f"papergen’s projection from data to {through}, {found.wording}",
        own=False,
        origin=Origin(measures=(measure,), periods=(year,), rows=rows),
    )
