"""Every name of the officers' guide, worked out a second time in plain Python over a workspace of known numbers."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from papergen.data.binding import MeasureFact
from papergen.data.expressions import evaluate
from papergen.diagnostics import Diagnostics, Span
from papergen.values.periods import Month, Period, months_period, quarter_period, year_period
from tests.support.builds import REPOSITORY
from tests.support.small import AREAS, HERE, Workspace, workspace

TYPES = ("Homes", "Shops")
FIRST, LAST = Month(2012, 4), Month(2016, 2)


def months(first: Month, last: Month) -> list[Month]:
    return [first.plus(index) for index in range((last.year - first.year) * 12 + last.month - first.month + 1)]


MONTHS = months(FIRST, LAST)


# ---------------------------------------------------------------------------------------------------------------------
# The data: each row with its line, for the files and for the tests


@dataclass(frozen=True)
class Row:
    line: int
    month: Month
    words: tuple[str, ...]
    value: int


def numbered(rows: Iterable[tuple[Month, tuple[str, ...], int]]) -> list[Row]:
    return [Row(line, *row) for line, row in enumerate(rows, 2)]


def csv(header: str, rows: list[Row]) -> str:
    lines = (f"{row.month.year}-{row.month.month:02},{','.join((*row.words, str(row.value)))}" for row in rows)
    return "\n".join([header, *lines]) + "\n"


BURGLARY = numbered(
    (month, (area, kind), 400 + 80 * a + 5 * t + (index * 7 + a * 5 + t * 3) % 17)
    for index, month in enumerate(MONTHS)
    for a, area in enumerate(AREAS)
    for t, kind in enumerate(TYPES)
)
STEP = Month(2014, 4)
STEPPED = numbered((month, (), (40 if month < STEP else 60) + index % 3) for index, month in enumerate(MONTHS))
SPIKE = numbered((month, (), 40 if month == Month(2015, 11) else 10 + index % 2) for index, month in enumerate(MONTHS))
QUIET = numbered((month, (), 10 + index % 2) for index, month in enumerate(MONTHS))
ZEROS = numbered((month, (), 5 if month >= Month(2015, 10) else 0) for month in MONTHS)
PEOPLE = numbered((month, (), 2000 + index) for index, month in enumerate(MONTHS))
MINUTES = numbered((month, (), 10 + index % 7) for index, month in enumerate(MONTHS))
LEVELS = (2000, 1900, 1852, 1822)
"""A decline by a twentieth on the mean of the years before, year by year."""
SEASON = numbered(
    (month, (), LEVELS[index // 12] * (12 + month.month) // 12 + ((index * 5) % 7 - 3) * 12)
    for index, month in enumerate(MONTHS)
)
FORCES = ("Orchard", "Avonside", "Bredon", "Clee")
PER_MONTH = {"Orchard": 900, "Avonside": 500, "Bredon": 505, "Clee": 510}
RATED = numbered(
    (month, (force,), PER_MONTH[force] + (index % 2) + (700 if force == "Orchard" and month == Month(2015, 12) else 0))
    for index, month in enumerate(MONTHS)
    for force in FORCES
)
POPULATION = "".join(
    f"{day},{force},{people}\n"
    for day, people in (("2014-06-30", 999), ("2015-06-30", 100_000), ("2016-06-30", 777))
    for force in FORCES
)
ANSWERED = numbered((month, (), 60 + index % 11) for index, month in enumerate(MONTHS))
ASKED = {row.line: 80 + (row.line * 3) % 13 for row in ANSWERED}
YEARLY = {"2012/13": 40, "2013/14": 50, "2014/15": 65, "2015/16": 99}
QUARTERS = [(year, quarter) for year in (2013, 2014, 2015) for quarter in (1, 2, 3, 4)]
QUARTERLY = {pair: 30 + index * index for index, pair in enumerate(QUARTERS)}
DAYS = [date(2014, 4, 1) + timedelta(days=index) for index in range((date(2016, 1, 20) - date(2014, 4, 1)).days)]
DAILY = [(line, day, day.day % 5) for line, day in enumerate(DAYS, 2) if day.day % 9]

MEASURES = """\
burglary: {title: Burglary, unit: offences, file: burglary.csv, good: lower, source: Crime system}
homes: {title: Burglary of homes, unit: offences, file: burglary.csv, where: {kind: Homes}, source: Crime system}
towns: {title: Burglary in towns, unit: offences, file: burglary.csv, where: {area: [North, South]}, source: Crimes}
early:
  {title: Early, unit: offences, file: burglary.csv, data_to: {2016-02-02: 2015-11}, source: Crime system}
late:
  {title: Late, unit: offences, file: burglary.csv, data_to: {2016-02-02: 2016-01}, source: Crime system}
none_yet:
  {title: None yet, unit: offences, file: burglary.csv, data_to: {2016-02-02: 2015-09}, source: Crime system}
own_range:
  title: Own range
  unit: offences
  file: burglary.csv
  source: Crime system
  projections:
    - {year: 2015/16, low: 30000, high: 33000.5, date: 2015-10-20, source: Force analysts}
    - {year: 2015/16, low: -4.5, high: 12, as: percentage, date: 2016-01-20, source: Force analysts}
    - {year: 2015/16, low: 1, high: 2, date: 2016-02-03, source: After the meeting}
own_figure:
  title: Own figure
  unit: offences
  file: burglary.csv
  source: Crime system
  projections:
    - {year: 2015/16, low: 31000, high: 31000, date: 2016-01-20, source: Force analysts}
stepped:
  title: Stepped
  unit: offences
  file: stepped.csv
  source: Crime system
  steps: [{from: 2014-04, reason: New recording}]
spike: {title: Spike, unit: offences, file: spike.csv, good: lower, source: Crime system}
quiet: {title: Quiet, unit: offences, file: quiet.csv, good: lower, source: Crime system, starts: 2013-04}
zeros: {title: Zeros, unit: offences, file: zeros.csv, source: Crime system}
officers: {title: Officers, unit: officers, file: people.csv, kind: people, combine: last, source: Staff system}
response: {title: Response, unit: minutes, file: minutes.csv, kind: minutes, combine: mean, source: Control room}
season: {title: Season, unit: incidents, file: season.csv, seasonal: true, good: lower, source: Control room}
rated:
  title: Rated
  unit: offences
  file: rated.csv
  good: lower
  source: Home Office
  peers: {own: Orchard, per: population.csv}
satisfied:
  title: Satisfied
  unit: people
  kind: percentage
  file: answered.csv
  of: asked
  good: higher
  source: Survey
yearly: {title: Yearly, unit: schools, file: yearly.csv, source: Schools}
quarterly: {title: Quarterly, unit: cases, file: quarterly.csv, source: Cases}
daily: {title: Daily, unit: visits, file: daily.csv, source: Visits}
"""

FACTS = """\
id,value,unit,date,scope,source,owner
volunteers,102,people,2015-12-31,force,Volunteers' list,Citizens in Policing
watchers,107,people,2015-12-31,force,Volunteers' list,Citizens in Policing
grant,"£500,000",pounds,2015/16,alliance,Home Office,Finance
"""

FILES: dict[str, str | bytes] = {
    "measures.yaml": MEASURES,
    "data/burglary.csv": csv("month,area,kind,value", BURGLARY),
    "data/stepped.csv": csv("month,value", STEPPED),
    "data/spike.csv": csv("month,value", SPIKE),
    "data/quiet.csv": csv("month,value", QUIET),
    "data/zeros.csv": csv("month,value", ZEROS),
    "data/people.csv": csv("month,value", PEOPLE),
    "data/minutes.csv": csv("month,value", MINUTES),
    "data/season.csv": csv("month,value", SEASON),
    "data/rated.csv": csv("month,force,value", RATED),
    "data/population.csv": "date,force,value\n" + POPULATION,
    "data/answered.csv": "month,value,asked\n"
    + "".join(f"{row.month.year}-{row.month.month:02},{row.value},{ASKED[row.line]}\n" for row in ANSWERED),
    "data/yearly.csv": "year,value\n" + "".join(f"{year},{value}\n" for year, value in YEARLY.items()),
    "data/quarterly.csv": "quarter,value\n"
    + "".join(f"{y}/{y % 100 + 1} Q{q},{value}\n" for (y, q), value in QUARTERLY.items()),
    "data/daily.csv": "date,value\n"
    + "".join(f"{day},{day.day % 5}\n" if day.day % 9 else "\n" for day in DAYS),  # a blank line is no observation
    "data/facts.csv": FACTS,
}


@pytest.fixture(scope="module")
def orchard(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    found = workspace(tmp_path_factory.mktemp("orchard"), FILES)
    assert [str(each) for each in found.findings] == []
    return found


# ---------------------------------------------------------------------------------------------------------------------
# What a name should come to: the number, its text, the lines of its rows and its periods

Q3 = quarter_period(2015, 3)
Q2 = quarter_period(2015, 2)
Q3_BEFORE = quarter_period(2014, 3)
TO_DATE = months_period(Month(2015, 4), Month(2015, 12))
TO_DATE_BEFORE = months_period(Month(2014, 4), Month(2014, 12))
LAST_YEAR = year_period(2014)
TWELVE = months_period(Month(2015, 1), Month(2015, 12))
UP_TO_NOW = months_period(FIRST, Month(2015, 12))


def month(year: int, number: int) -> Period:
    return months_period(Month(year, number), Month(year, number))


@dataclass(frozen=True)
class Sum:
    """What the rows of one file in one period come to."""

    file: str
    total: Fraction
    lines: frozenset[int]
    period: Period


def total(rows: list[Row], period: Period, *words: str, file: str = "burglary") -> Sum:
    """The sum over the months of ``period``, of the rows that have one of ``words`` (all of them without any)."""
    inside = [
        row
        for row in rows
        if period.starts <= row.month.first_day <= period.ends and (not words or set(words) & set(row.words))
    ]
    return Sum(file, Fraction(sum(row.value for row in inside)), frozenset(row.line for row in inside), period)


def burglary(period: Period, *words: str) -> Sum:
    return total(BURGLARY, period, *words)


def both(*parts: Sum) -> frozenset[int]:
    return frozenset[int]().union(*(part.lines for part in parts))


def shown(number: Fraction, decimals: int = 0) -> str:
    """``number`` rounded half up by the decimal module, with the separators and the minus sign of a paper."""
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    return f"{exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):,}".replace("-", "\u2212")


@dataclass(frozen=True)
class Case:
    expression: str
    number: Fraction
    text: str
    lines: frozenset[int]
    periods: tuple[Period, ...]
    measures: tuple[str, ...]
    file: str = "burglary"


def plain(expression: str, part: Sum, *, over: int = 1, decimals: int = 0, measure: str = "burglary") -> Case:
    number = part.total / over
    return Case(expression, number, shown(number, decimals), part.lines, (part.period,), (measure,), part.file)


def percent(expression: str, new: Sum, old: Sum, *, measure: str = "burglary") -> Case:
    """A percentage change; it is printed without its sign where no format gives it words."""
    number = (new.total - old.total) / old.total * 100
    periods = tuple(dict.fromkeys((new.period, old.period)))
    text = "less than 1%" if 0 < abs(number) < Fraction(1, 2) else f"{shown(abs(number))}%"
    return Case(expression, number, text, both(new, old), periods, (measure,), new.file)


def share(expression: str, part: Sum, whole: Sum, *measures: str) -> Case:
    number = part.total / whole.total * 100
    periods = tuple(dict.fromkeys((part.period, whole.period)))
    return Case(expression, number, f"{shown(number)}%", both(part, whole), periods, measures or ("burglary",))


def mean(expression: str, rows: list[Row], period: Period, *, times: int = 1, measure: str) -> Case:
    found = total(rows, period, file=measure)
    number = found.total / period.length * times
    return Case(expression, number, shown(number), found.lines, (period,), (measure,), measure)


def satisfied(period: Period) -> tuple[Fraction, frozenset[int]]:
    inside = [row for row in ANSWERED if period.starts <= row.month.first_day <= period.ends]
    return (
        Fraction(sum(row.value for row in inside) * 100, sum(ASKED[row.line] for row in inside)),
        frozenset(row.line for row in inside),
    )


NEW, NEW_ROWS = satisfied(Q3)
OLD, OLD_ROWS = satisfied(Q2)

CASES = [
    plain("burglary.quarter", burglary(Q3)),
    plain("burglary.period", burglary(Q3)),
    plain("burglary.quarter_to_date", burglary(Q3)),
    plain("burglary.period_to_date", burglary(Q3)),
    plain("burglary.previous_quarter", burglary(Q2)),
    plain("burglary.previous_period", burglary(Q2)),
    plain("burglary.same_quarter_last_year", burglary(Q3_BEFORE)),
    plain("burglary.same_period_last_year", burglary(Q3_BEFORE)),
    plain("burglary.latest", burglary(month(2015, 12))),
    plain('burglary.month("2015-11")', burglary(month(2015, 11))),
    plain('burglary.months("2015-10", "2015-11")', burglary(months_period(Month(2015, 10), Month(2015, 11)))),
    plain('burglary.quarter_of("2014/15 Q2")', burglary(quarter_period(2014, 2))),
    plain('burglary.year("2013/14")', burglary(year_period(2013))),
    plain('burglary.year("2014")', burglary(months_period(Month(2014, 1), Month(2014, 12)))),
    plain("burglary.last_year", burglary(LAST_YEAR)),
    plain("burglary.year_to_date", burglary(TO_DATE)),
    plain("burglary.year_to_date_last_year", burglary(TO_DATE_BEFORE)),
    plain("burglary.rolling_total", burglary(TWELVE)),
    plain("burglary.rolling_average", burglary(TWELVE), over=12),
    plain("burglary.rolling(6)", burglary(months_period(Month(2015, 7), Month(2015, 12)))),
    plain("burglary.average", burglary(UP_TO_NOW), over=45),
    plain("burglary.quarterly_average", burglary(UP_TO_NOW), over=15),
    plain("burglary.quarter.per_day", burglary(Q3), over=92),
    plain("burglary.quarter.per_month", burglary(Q3), over=3),
    plain('burglary.month("2015-11").per_day', burglary(month(2015, 11)), over=30),
    plain('burglary.area("North").quarter', burglary(Q3, "North")),
    plain('burglary.area("Telford & Wrekin").latest', burglary(month(2015, 12), "Telford & Wrekin")),
    plain('burglary.by(kind="Homes").year_to_date', burglary(TO_DATE, "Homes")),
    plain('burglary.by(area=["North", "South"]).quarter', burglary(Q3, "North", "South")),
    plain('burglary.by(area=("North",)).quarter', burglary(Q3, "North")),
    plain("homes.quarter", burglary(Q3, "Homes"), measure="homes"),
    plain("towns.previous_quarter", burglary(Q2, "North", "South"), measure="towns"),
    share('burglary.by(kind="Homes").share', burglary(Q3, "Homes"), burglary(Q3)),
    share('burglary.by(kind="Homes").last_year.share', burglary(LAST_YEAR, "Homes"), burglary(LAST_YEAR)),
    share('burglary.area("South").share', burglary(Q3, "South"), burglary(Q3)),
    share("homes.quarter.share_of(burglary)", burglary(Q3, "Homes"), burglary(Q3), "homes", "burglary"),
    share(
        'homes.month("2015-11").share_of(burglary)',
        burglary(month(2015, 11), "Homes"),
        burglary(month(2015, 11)),
        "homes",
        "burglary",
    ),
    share(
        'homes.quarter.share_of(burglary.area("South"))',
        burglary(Q3, "Homes"),
        burglary(Q3, "South"),
        "homes",
        "burglary",
    ),
    share(
        "homes.quarter.share_of(burglary.last_year)", burglary(Q3, "Homes"), burglary(LAST_YEAR), "homes", "burglary"
    ),
    percent("burglary.change", burglary(Q3), burglary(Q2)),
    percent("burglary.quarter.change", burglary(Q3), burglary(Q2)),
    percent("burglary.change.percent", burglary(Q3), burglary(Q2)),
    percent("burglary.previous_quarter.change", burglary(Q2), burglary(quarter_period(2015, 1))),
    percent("burglary.latest.change", burglary(month(2015, 12)), burglary(month(2015, 11))),
    percent("burglary.quarter.change_on_last_year", burglary(Q3), burglary(Q3_BEFORE)),
    percent("burglary.year_to_date.change", burglary(TO_DATE), burglary(TO_DATE_BEFORE)),
    percent("burglary.last_year.change", burglary(LAST_YEAR), burglary(year_period(2013))),
    percent('burglary.year("2013/14").change', burglary(year_period(2013)), burglary(year_period(2012))),
    percent(
        "burglary.rolling_total.change", burglary(TWELVE), burglary(months_period(Month(2014, 1), Month(2014, 12)))
    ),
    percent(
        "burglary.rolling(6).change",
        burglary(months_period(Month(2015, 7), Month(2015, 12))),
        burglary(months_period(Month(2015, 1), Month(2015, 6))),
    ),
    percent("burglary.quarter.change_from(burglary.last_year)", burglary(Q3), burglary(LAST_YEAR)),
    percent('burglary.area("South").change', burglary(Q3, "South"), burglary(Q2, "South")),
    Case(
        "burglary.change.number",
        burglary(Q3).total - burglary(Q2).total,
        shown(abs(burglary(Q3).total - burglary(Q2).total)),
        both(burglary(Q3), burglary(Q2)),
        (Q3, Q2),
        ("burglary",),
    ),
    Case(
        "burglary.quarter - burglary.previous_quarter",
        burglary(Q3).total - burglary(Q2).total,
        shown(abs(burglary(Q3).total - burglary(Q2).total)),
        both(burglary(Q3), burglary(Q2)),
        (Q3, Q2),
        ("burglary",),
    ),
    Case(
        "burglary.quarter + burglary.last_year",
        burglary(Q3).total + burglary(LAST_YEAR).total,
        shown(burglary(Q3).total + burglary(LAST_YEAR).total),
        both(burglary(Q3), burglary(LAST_YEAR)),
        (Q3, LAST_YEAR),
        ("burglary",),
    ),
    share("burglary.quarter / burglary.last_year", burglary(Q3), burglary(LAST_YEAR)),
    # a step change
    mean("stepped.average", STEPPED, months_period(STEP, Month(2015, 12)), measure="stepped"),
    mean("stepped.quarterly_average", STEPPED, months_period(STEP, Month(2015, 12)), times=3, measure="stepped"),
    mean("stepped.average_before", STEPPED, months_period(FIRST, Month(2014, 3)), measure="stepped"),
    mean("quiet.average", QUIET, months_period(Month(2013, 4), Month(2015, 12)), measure="quiet"),
    # data that go to another month than the reporting period
    plain("early.quarter_to_date", burglary(months_period(Month(2015, 10), Month(2015, 11))), measure="early"),
    plain("early.year_to_date", burglary(months_period(Month(2015, 4), Month(2015, 11))), measure="early"),
    plain("early.year_to_date_last_year", burglary(months_period(Month(2014, 4), Month(2014, 11))), measure="early"),
    percent(
        "early.year_to_date.change",
        burglary(months_period(Month(2015, 4), Month(2015, 11))),
        burglary(months_period(Month(2014, 4), Month(2014, 11))),
        measure="early",
    ),
    percent(
        "early.quarter_to_date.change_on_last_year",
        burglary(months_period(Month(2015, 10), Month(2015, 11))),
        burglary(months_period(Month(2014, 10), Month(2014, 11))),
        measure="early",
    ),
    plain("early.latest", burglary(month(2015, 11)), measure="early"),
    plain("early.rolling_total", burglary(months_period(Month(2014, 12), Month(2015, 11))), measure="early"),
    plain("late.latest", burglary(month(2016, 1)), measure="late"),
    plain("late.quarter", burglary(Q3), measure="late"),
    plain("late.year_to_date", burglary(TO_DATE), measure="late"),
    plain("late.rolling_total", burglary(months_period(Month(2015, 2), Month(2016, 1))), measure="late"),
    # other ways of putting months together
    Case("officers.quarter", Fraction(2044), "2,044", frozenset({46}), (Q3,), ("officers",), "people"),
    Case("officers.change.number", Fraction(3), "3", frozenset({46, 43}), (Q3, Q2), ("officers",), "people"),
    Case("officers.last_year", Fraction(2035), "2,035", frozenset({37}), (LAST_YEAR,), ("officers",), "people"),
    plain("response.quarter", total(MINUTES, Q3, file="minutes"), over=3, decimals=1, measure="response"),
    plain("response.rolling_average", total(MINUTES, TWELVE, file="minutes"), over=12, decimals=1, measure="response"),
    Case("satisfied.quarter", NEW, f"{shown(NEW)}%", NEW_ROWS, (Q3,), ("satisfied",), "answered"),
    Case(
        "satisfied.rolling_average",
        satisfied(TWELVE)[0],
        f"{shown(satisfied(TWELVE)[0])}%",
        satisfied(TWELVE)[1],
        (TWELVE,),
        ("satisfied",),
        "answered",
    ),
    Case(
        "satisfied.change",
        NEW - OLD,
        f"{shown(abs(NEW - OLD))} percentage point{'' if shown(abs(NEW - OLD)) == '1' else 's'}",
        NEW_ROWS | OLD_ROWS,
        (Q3, Q2),
        ("satisfied",),
        "answered",
    ),
    Case(
        "satisfied.change.percent",
        (NEW - OLD) / OLD * 100,
        f"{shown(abs(NEW - OLD) / OLD * 100)}%",
        NEW_ROWS | OLD_ROWS,
        (Q3, Q2),
        ("satisfied",),
        "answered",
    ),
    Case(
        "satisfied.average",
        sum(
            (Fraction(row.value * 100, ASKED[row.line]) for row in ANSWERED if row.month <= Month(2015, 12)), Fraction()
        )
        / 45,
        f"{shown(sum((Fraction(r.value * 100, ASKED[r.line]) for r in ANSWERED[:45]), Fraction()) / 45)}%",
        frozenset(range(2, 47)),
        (UP_TO_NOW,),
        ("satisfied",),
        "answered",
    ),
    # years, quarters and days
    Case("yearly.last_year", Fraction(65), "65", frozenset({4}), (LAST_YEAR,), ("yearly",), "yearly"),
    Case("yearly.latest", Fraction(65), "65", frozenset({4}), (LAST_YEAR,), ("yearly",), "yearly"),
    Case(
        "yearly.latest.change",
        Fraction(30),
        "30%",
        frozenset({3, 4}),
        (LAST_YEAR, year_period(2013)),
        ("yearly",),
        "yearly",
    ),
    Case('yearly.year("2012/13")', Fraction(40), "40", frozenset({2}), (year_period(2012),), ("yearly",), "yearly"),
    Case("quarterly.quarter", Fraction(130), "130", frozenset({12}), (Q3,), ("quarterly",), "quarterly"),
    Case(
        "quarterly.change", Fraction(19, 111) * 100, "17%", frozenset({11, 12}), (Q3, Q2), ("quarterly",), "quarterly"
    ),
    Case(
        "quarterly.rolling_total",
        Fraction(sum(30 + index * index for index in (7, 8, 9, 10))),
        "414",
        frozenset({9, 10, 11, 12}),
        (TWELVE,),
        ("quarterly",),
        "quarterly",
    ),
    Case(
        "quarterly.quarterly_average",
        Fraction(sum(30 + index * index for index in range(11)), 11),
        "65",
        frozenset(range(2, 13)),
        (months_period(Month(2013, 4), Month(2015, 12)),),
        ("quarterly",),
        "quarterly",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.expression)
def test_a_name_is_the_number_worked_out_from_its_rows(case: Case, orchard: Workspace) -> None:
    quantity, value = orchard.quantity(case.expression), orchard.value(case.expression)
    assert quantity.value == case.number
    assert value.text == case.text
    assert {source.line for source in value.sources} == case.lines
    assert {source.file for source in value.sources} == {f"content/data/{case.file}.csv"}
    assert len(value.sources) == len(case.lines)
    assert value.periods == case.periods
    assert value.measures == case.measures
    assert (value.expression, value.at) == (case.expression, HERE)


def daily(first: date, last: date) -> tuple[Fraction, set[int]]:
    inside = [(line, number) for line, day, number in DAILY if first <= day <= last]
    return Fraction(sum(number for _, number in inside)), {line for line, _ in inside}


@pytest.mark.parametrize(
    ("expression", "period"),
    [
        ("daily.quarter", Q3),
        ("daily.previous_quarter", Q2),
        ("daily.year_to_date", TO_DATE),
        ("daily.year_to_date_last_year", TO_DATE_BEFORE),
        ("daily.last_year", LAST_YEAR),
        ("daily.rolling_total", TWELVE),
        ('daily.month("2015-02")', month(2015, 2)),
    ],
)
def test_days_are_added_up_and_a_day_without_a_row_is_none(expression: str, period: Period, orchard: Workspace) -> None:
    number, lines = daily(period.starts, period.ends)
    assert orchard.quantity(expression).value == number
    assert {source.line for source in orchard.value(expression).sources} == lines
    assert orchard.value(expression).periods == (period,)


def test_the_latest_of_days_is_a_day(orchard: Workspace) -> None:
    assert orchard.text("daily.latest.period") == "31\u00a0December 2015"
    assert orchard.quantity("daily.latest").value == 31 % 5


def test_days_that_begin_or_end_inside_a_period_do_not_make_it_up(orchard: Workspace, tmp_path: Path) -> None:
    """Otherwise a year whose first half was never recorded would be told as the sum of its second."""
    code, message, _ = orchard.problem('daily.year("2013/14")')
    assert (code, message) == ("V104", "“daily” has no complete data for 2013/14.")
    assert orchard.problem('daily.months("2014-03", "2014-04")')[0] == "V104"
    found = workspace(
        tmp_path,
        {
            "measures.yaml": "days: {title: Days, unit: visits, file: days.csv, source: Visits}\n",
            "data/days.csv": "date,value\n" + "".join(f"2015-12-{day:02},1\n" for day in range(1, 11)),
        },
    )
    assert found.problem("days.quarter")[1] == "“days” has no complete data for 2015/16 Q3."
    assert found.problem("days.quarter_to_date")[0] == "V104"
    assert found.text("days.latest") == "1"


def test_days_are_compared_with_the_same_days_a_year_earlier(tmp_path: Path) -> None:
    days = [date(2014, 4, 1) + timedelta(days=index) for index in range(619)]  # to 10 December 2015
    found = workspace(
        tmp_path,
        {
            "measures.yaml": "days: {title: Days, unit: visits, file: days.csv, source: Visits}\n",
            "data/days.csv": "date,value\n" + "".join(f"{day},1\n" for day in days),
        },
    )
    assert found.quantity("days.year_to_date").value == 254
    assert found.quantity("days.year_to_date_last_year").value == 254
    assert found.value("days.year_to_date_last_year").periods == (Period(date(2014, 4, 1), date(2014, 12, 10)),)
    assert found.text("days.year_to_date.change | increase") == "no change"
    assert found.text("days.quarter_to_date.change_on_last_year | up") == "unchanged"


# ---------------------------------------------------------------------------------------------------------------------
# Words, days and periods


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("burglary.title", "Burglary"),
        ("burglary.unit", "offences"),
        ("burglary.source", "Crime system"),
        ("burglary.data_to", "31\u00a0December 2015"),
        ("early.data_to", "30\u00a0November 2015"),
        ("late.data_to", "31\u00a0January 2016"),
        ("yearly.data_to", "31\u00a0March 2015"),
        ("burglary.latest.period", "December 2015"),
        ("burglary.latest.period | months", "December 2015"),
        ("burglary.quarter.period", "1\u00a0October to 31\u00a0December 2015"),
        ("burglary.quarter.period | quarter", "third quarter of 2015/16"),
        ("yearly.latest.period", "1\u00a0April 2014 to 31\u00a0March 2015"),
        ("yearly.latest.period | months", "April 2014 to March 2015"),
        ("volunteers", "102"),
        ("volunteers + watchers", "209"),
        ("(watchers - volunteers) | more", "5 more than"),
        ("(volunteers - watchers) | more", "5 fewer than"),
        ("grant", "£500,000"),
        ("grant.source", "Home Office"),
    ],
)
def test_words_days_and_facts(expression: str, text: str, orchard: Workspace) -> None:
    assert orchard.text(expression) == text


def test_a_sum_of_facts_comes_from_the_lines_of_both(orchard: Workspace) -> None:
    value = orchard.value("volunteers + watchers")
    assert value.sources == (Span("content/data/facts.csv", 2), Span("content/data/facts.csv", 3))
    assert value.measures == ("volunteers", "watchers")


def test_the_words_of_a_measure_come_from_the_catalogue(orchard: Workspace) -> None:
    (source,) = orchard.value("burglary.title").sources
    assert (source.file, source.line) == ("content/measures.yaml", 1)


@pytest.mark.parametrize(
    ("expression", "text", "lines"),
    [
        ("spike.judgement", "Increased volumes", range(2, 47)),
        ("spike.judgement.reason", "November 2015: above the upper limit.", range(2, 47)),
        ("quiet.judgement", "No significant change", range(14, 47)),  # from April 2013, where the measure starts
        ("season.judgement", "Continued decline in volumes", range(2, 47)),
    ],
)
def test_a_judgement_rests_on_the_rows_that_are_judged(
    expression: str, text: str, lines: range, orchard: Workspace
) -> None:
    value = orchard.value(expression)
    assert value.text == text
    assert [source.line for source in value.sources] == list(lines)
    assert value.measures == (expression.split(".", maxsplit=1)[0],)


def test_a_seasonal_measure_has_no_average_of_its_months(orchard: Workspace) -> None:
    code, message, hint = orchard.problem("season.average")
    assert (code, message) == ("V104", "“season” is judged by its season, so it has no average of its months.")
    assert ".rolling_average" in hint
    assert orchard.problem("season.quarterly_average")[:2] == (code, message)
    assert orchard.text("season.rolling_average") == shown(total(SEASON, TWELVE).total / 12)


# ---------------------------------------------------------------------------------------------------------------------
# Projections and the most similar group


def test_the_analysts_own_projection_is_the_latest_before_the_meeting(orchard: Workspace) -> None:
    before = burglary(LAST_YEAR)
    assert orchard.quantity("own_range.projection.low").value == before.total * Fraction(955, 1000)
    assert orchard.quantity("own_range.projection.high").value == before.total * Fraction(112, 100)
    assert orchard.text("own_range.projection.low_change | increase") == "a reduction of 5%"
    assert orchard.text("own_range.projection.high_change | increase") == "an increase of 12%"
    assert orchard.text("own_range.projection.basis") == "Force analysts, 20\u00a0January 2016"
    assert orchard.text("own_range.projection.year") == "2015/16"
    first, *rows = orchard.value("own_range.projection.low").sources
    assert first == Span("content/measures.yaml", 17, 7)
    assert {row.line for row in rows} == before.lines


def test_one_projected_figure_is_a_point_and_one_change(orchard: Workspace) -> None:
    before = burglary(LAST_YEAR).total
    assert orchard.text("own_figure.projection.point") == "31,000"
    assert orchard.quantity("own_figure.projection.change").value == (31000 - before) / before * 100
    code, _, hint = orchard.problem("own_range.projection.change")
    assert code == "V102"
    assert "low_change" in hint


def test_a_projection_worked_out_rests_on_all_rows_up_to_now(orchard: Workspace) -> None:
    low, point, high = (orchard.quantity(f"burglary.projection.{name}").value for name in ("low", "point", "high"))
    to_date = burglary(TO_DATE).total

    def past(first: Month, last: Month, years: int) -> Fraction:
        """The same months of so many years before; the data begin in April 2012."""
        months = [months_period(first.plus(-12 * back), last.plus(-12 * back)) for back in range(1, years + 1)]
        return sum((burglary(each).total for each in months), Fraction())

    left = Month(2016, 1), Month(2016, 3)
    by_year = to_date * past(*left, 3) / past(Month(2015, 4), Month(2015, 12), 3)
    by_twelve_months = burglary(TWELVE).total * past(*left, 2) / past(Month(2015, 1), Month(2015, 12), 2)
    quarter = Month(2015, 10), Month(2015, 12)
    by_quarter = burglary(months_period(*quarter)).total * past(*left, 3) / past(*quarter, 3)
    assert float(point - to_date) == pytest.approx(math.cbrt(by_year * by_twelve_months * by_quarter))
    assert to_date < low < point < high
    before = burglary(LAST_YEAR).total
    assert orchard.quantity("burglary.projection.low_change").value == (low - before) / before * 100
    assert {source.line for source in orchard.value("burglary.projection.low").sources} == burglary(UP_TO_NOW).lines
    assert orchard.value("burglary.projection.low").periods == (year_period(2015),)
    assert "data to December 2015" in orchard.text("burglary.projection.basis")


def rate(force: str) -> Fraction:
    return Fraction(total(RATED, TWELVE, force).total * 1000, 100_000)


OTHERS = ("Avonside", "Bredon", "Clee")


@pytest.mark.parametrize(
    ("expression", "number"),
    [
        ("rated.peers.rank", Fraction(4)),
        ("rated.peers.of", Fraction(4)),
        ("rated.peers.rate", rate("Orchard")),
        ("rated.peers.gap_to_top", rate("Orchard") - rate("Avonside")),
    ],
)
def test_a_force_beside_its_group(expression: str, number: Fraction, orchard: Workspace) -> None:
    quantity, value = orchard.quantity(expression), orchard.value(expression)
    assert quantity.value == number
    assert value.periods == (TWELVE,)
    assert value.measures == ("rated",)
    twelve = {("content/data/rated.csv", line) for line in total(RATED, TWELVE).lines}
    people = {("content/data/population.csv", line) for line in range(6, 10)}  # those of mid-2015
    assert {(source.file, source.line) for source in value.sources} == twelve | people


def test_level_and_movement_in_the_group(orchard: Workspace) -> None:
    assert orchard.text("rated.peers.level") == "above"
    assert orchard.text("rated.peers.top") == "Avonside"
    assert orchard.text("rated.peers.movement") == "deteriorating"
    assert orchard.text("rated.peers.period | months") == "January to December 2015"
    assert "Similar: where 95 of 100 forces" in orchard.text("rated.peers.method")


def test_movement_rests_on_every_month_and_not_only_on_the_last_twelve(orchard: Workspace) -> None:
    sources = {(source.file, source.line) for source in orchard.value("rated.peers.movement").sources}
    counted = {("content/data/rated.csv", line) for line in total(RATED, UP_TO_NOW).lines}
    people = {("content/data/population.csv", line) for line in range(2, 10)}
    assert sources == counted | people


def test_a_measure_with_peers_counts_its_own_force_alone(orchard: Workspace) -> None:
    own = total(RATED, Q3, "Orchard")
    assert orchard.quantity("rated.quarter").value == own.total
    assert {source.line for source in orchard.value("rated.quarter").sources} == own.lines
    assert orchard.quantity('rated.by(force="Clee").quarter').value == total(RATED, Q3, "Clee").total


# ---------------------------------------------------------------------------------------------------------------------
# Narrowing twice


def test_a_measure_may_be_narrowed_by_one_column_after_another(orchard: Workspace) -> None:
    both_ways = total([row for row in BURGLARY if "North" in row.words], Q3, "Homes")
    for expression in (
        'burglary.area("North").by(kind="Homes")',
        'burglary.by(kind="Homes").area("North")',
        'burglary.by(kind="Homes", area="North")',
    ):
        assert orchard.quantity(f"{expression}.quarter").value == both_ways.total
        assert {source.line for source in orchard.value(f"{expression}.quarter").sources} == both_ways.lines


def test_a_part_of_a_part_is_a_share_of_that_part(orchard: Workspace) -> None:
    north = burglary(Q3, "North")
    homes = total([row for row in BURGLARY if "North" in row.words], Q3, "Homes")
    assert orchard.quantity('burglary.area("North").by(kind="Homes").share').value == homes.total / north.total * 100
    towns = burglary(Q3, "North", "South")
    share_of_towns = orchard.quantity('burglary.by(area=["North", "South"]).area("North").share').value
    assert share_of_towns == north.total / towns.total * 100


@pytest.mark.parametrize(
    "expression",
    [
        'burglary.area("North").area("South").share',
        'burglary.by(kind="Homes").by(kind="Shops").quarter',
        'burglary.by(area=["North", "South"]).by(area=["South", "Telford & Wrekin"]).quarter',
        'homes.by(kind="Shops").quarter',
    ],
)
def test_a_measure_narrowed_to_nothing_is_refused(expression: str, orchard: Workspace) -> None:
    code, message, hint = orchard.problem(expression)
    assert code == "V104"
    assert "“Shops”" in message or "“South”" in message or "“Telford & Wrekin”" in message
    assert hint


# ---------------------------------------------------------------------------------------------------------------------
# What cannot be had


@pytest.mark.parametrize(
    ("expression", "code", "message", "hint"),
    [
        ("burglery.quarter", "V102", "“burglery” is not a name", "“burglary”"),
        ("burglary.quater", "V102", "“burglary.quater” is not a name", "“quarter”"),
        ("burglary", "V102", "“burglary” holds several facts", "quarter"),
        ("burglary.peers", "V104", "“burglary” is not compared with other forces", "“peers”"),
        ("burglary.projection", "V102", "holds several facts", "low"),
        ("burglary.average_before", "V104", "“burglary” has no step change", ".average"),
        (
            'burglary.by(kind="Home").quarter',
            "V104",
            "The column “kind” of content/data/burglary.csv has no “Home”",
            "“Homes”",
        ),
        ('burglary.by(kinds="Homes").quarter', "V104", "content/data/burglary.csv has no column “kinds”", "“kind”"),
        ('burglary.by(value="3").quarter', "V104", "no column “value”", "area, kind"),
        ('burglary.area("Nort").quarter', "V104", "has no “Nort”", "“North”"),
        ("burglary.by", "V102", "“burglary.by” must be told more", "by(…)"),
        ("burglary.by()", "V101", "after “by” cannot be understood", "by("),
        ('burglary.by("Homes").quarter', "V101", "after “by” cannot be understood", "by("),
        ("burglary.area(7).quarter", "V101", "after “area” cannot be understood", "area("),
        ("burglary.by(kind=burglary.quarter)", "V101", "after “by” cannot be understood", "by("),
        ("burglary.by(kind=true)", "V101", "in the brackets cannot be understood", "by("),
        ("burglary.quarter()", "V101", "“burglary.quarter” takes no brackets", "Delete"),
        ("burglary.quarters()", "V102", "“burglary.quarters(…)” is not known", "“quarter_of”"),
        ('burglary.month("2015-13")', "V101", "after “month” cannot be understood", 'month("2015-11")'),
        ("burglary.month()", "V101", "after “month” cannot be understood", 'month("2015-11")'),
        ('burglary.month("2012-03")', "V104", "no complete data for March 2012", "from April 2012 to December 2015"),
        ('burglary.month("2016-01")', "V104", "no complete data for January 2016", "to December 2015"),
        ('burglary.months("2015-11", "2015-10")', "V104", "October 2015 comes before November 2015", "earlier month"),
        ('burglary.quarter_of("2015/16")', "V101", "after “quarter_of” cannot be understood", "2015/16 Q2"),
        ('burglary.quarter_of("2015/16 Q4")', "V104", "no complete data for 2015/16 Q4", "to December 2015"),
        ('burglary.quarter_of("9999/00 Q4")', "V101", "after “quarter_of” cannot be understood", "2015/16 Q2"),
        ('burglary.year("9999/00")', "V101", "after “year” cannot be understood", "2014/15"),
        ('burglary.year("2015/16")', "V104", "no complete data for 2015/16", "to December 2015"),
        ('burglary.year("2015/17")', "V101", "after “year” cannot be understood", "2014/15"),
        ('burglary.year("2012/13").change', "V104", "no complete data for 2011/12", "from April 2012"),
        ('burglary.month("1800-01").change', "V104", "no complete data for January 1800", "from April 2012"),
        ("burglary.rolling(0)", "V101", "after “rolling” cannot be understood", "rolling(6)"),
        ("burglary.rolling(121)", "V101", "after “rolling” cannot be understood", "rolling(6)"),
        ("burglary.rolling(46)", "V104", "no complete data for March 2012 to December 2015", "from April 2012"),
        ("burglary.quarter.share_of(3)", "V101", "after “share_of” cannot be understood", "share_of("),
        ("burglary.quarter.share_of(burglary.title)", "V104", "A number is needed here", "robbery.quarter"),
        ("burglary.quarter.change_from(burglary)", "V101", "after “change_from” cannot be understood", "change_from("),
        ("burglary.quarter.share", "V102", "“burglary.quarter.share” is not a name", "share_of"),
        ("early.quarter", "V104", "“early” has no complete data for 2015/16 Q3", "from April 2012 to November 2015"),
        ("early.change", "V104", "“early” has no complete data for 2015/16 Q3", "November 2015"),
        ("none_yet.quarter_to_date", "V104", "“none_yet” has no data in 2015/16 Q3", "to September 2015"),
        ("yearly.quarter", "V104", "“yearly” has no complete data for 2015/16 Q3", "2012/13 to 2014/15"),
        ('quarterly.month("2015-11")', "V104", "no complete data for November 2015", "2013/14 Q1 to 2015/16 Q3"),
        ("zeros.quarter.change", "V104", "no percentage", "zeros.quarter.change.number"),
        ("zeros.change.percent", "V104", "The earlier figure is 0 (2015/16 Q2), so there is no percentage", ".number"),
        ("zeros.change", "V104", "The earlier figure is 0", "Write zeros.change.number in its place"),
        ("zeros.change | rose", "V104", "The earlier figure is 0", "Write zeros.change.number | rose in its place"),
        ("zeros.change | percent(1)", "V104", "The earlier figure is 0", "Write zeros.change.number in its place"),
        ("zeros.quarter.share_of(zeros.last_year)", "V104", "Nothing can be a share of zero", "in words"),
        ("zeros.quarter / zeros.last_year", "V104", "“zeros.last_year” is zero", "in words"),
        ("zeros.projection.low_change", "V104", "“zeros” was zero in 2014/15", ".low and .high"),
        ("satisfied.projection.low", "V104", "“satisfied” is not a count", "added up"),
        ("satisfied.rolling_total", "V102", "“satisfied.rolling_total” is not a name", "“rolling"),
        ("satisfied.quarterly_average", "V102", "“satisfied.quarterly_average” is not a name", "average"),
        ("satisfied.quarter.per_day", "V102", "“satisfied.quarter.per_day” is not a name", "period"),
        ("satisfied.quarter.share_of(burglary)", "V104", "Percentage cannot be a share of count", "one kind"),
        ("satisfied.quarter + burglary.quarter", "V104", "are not of one kind (percentage, count)", "two counts"),
        ("satisfied.quarter - burglary.quarter", "V104", "are not of one kind (percentage, count)", "two counts"),
        ("grant / volunteers", "V104", "are not of one kind (pounds, people)", "two counts"),
        ("burglary.quarter.change_from(satisfied.quarter)", "V104", "between count and percentage", "one kind"),
        ("burglary.quarter + burglary.title", "V104", "“burglary.title” is not a number", "Only numbers"),
        ('burglary.area("North").projection', "V104", "“burglary (North)” has no projection", "whole measures"),
        ('rated.by(force="Clee").peers', "V104", "“rated (Clee)” is not compared", "whole measures"),
        ("burglary.quarter | ordinals", "V103", "“ordinals” is not a format", "“ordinal”"),
        ("burglary.quarter | increase", "V103", "“increase” does not fit “burglary.quarter”", "number, sign"),
        ("burglary.quarter | number(5)", "V103", "after “number” does not fit", "0 to 4"),
        ("burglary.quarter | number | sign", "V103", "“sign” does not fit", "lower_first"),
    ],
)
def test_what_cannot_be_had_says_why_and_what_to_do(
    expression: str, code: str, message: str, hint: str, orchard: Workspace
) -> None:
    found = orchard.problem(expression)
    assert found[0] == code
    assert message in found[1]
    assert hint in found[2]


def test_the_difference_on_zero_can_be_printed(orchard: Workspace) -> None:
    assert orchard.text("zeros.change.number | more") == "15 more than"


def test_a_percentage_of_nobody_is_told(tmp_path: Path) -> None:
    found = workspace(
        tmp_path,
        {
            "measures.yaml": "sat: {title: S, unit: people, kind: percentage, file: s.csv, of: asked, source: S}\n",
            "data/s.csv": "month,value,asked\n2015-10,0,0\n2015-11,0,0\n2015-12,0,0\n",
        },
    )
    code, message, hint = found.problem("sat.quarter")
    assert (code, message) == ("V104", "“sat” has nothing to divide by in 2015/16 Q3: “asked” is 0.")
    assert hint == "Take a longer period."
    assert found.problem("sat.judgement")[0] == "V104"


def test_averages_of_several_rows_are_not_put_together(tmp_path: Path) -> None:
    found = workspace(
        tmp_path,
        {
            "measures.yaml": "wait: {title: W, unit: minutes, kind: minutes, combine: mean, file: w.csv, source: S}\n",
            "data/w.csv": "month,area,value\n2015-11,North,4\n2015-11,South,6\n2015-12,North,5\n2015-12,South,5\n",
        },
    )
    (finding,) = found.findings
    assert (finding.code.id, str(finding.at)) == ("D110", "content/measures.yaml:1:7")
    code, message, _ = found.problem("wait.latest")
    assert code == "V104"
    assert message == "“wait” has several rows for one month, and averages cannot be put together."
    assert found.text('wait.area("North").latest') == "5.0"


def test_a_file_that_could_not_be_read_is_told_there_and_not_wherever_it_is_wanted(tmp_path: Path) -> None:
    found = workspace(
        tmp_path,
        {
            "measures.yaml": "robbery: {title: Robbery, unit: offences, file: r.csv, source: S}\n",
            "data/r.csv": "month,value\n2015-12,many\n",
        },
    )
    assert found.told == [("content/data/r.csv:2:9", "D104")]
    found.unread("robbery.quarter")
    found.unread("robbery.change | up")
    assert found.problem("robbry.quarter")[0] == "V102"


def test_a_negative_count_is_told_and_nothing_raises(tmp_path: Path) -> None:
    rows = "".join(f"{each.year}-{each.month:02},{-3 if each == Month(2015, 6) else 20}\n" for each in MONTHS)
    found = workspace(
        tmp_path,
        {
            "measures.yaml": "robbery: {title: Robbery, unit: offences, file: r.csv, source: S}\n",
            "data/r.csv": f"month,value\n{rows}",
        },
    )
    assert found.told == [("content/data/r.csv:40", "D109")]
    for name in ("quarter", "judgement", "year_to_date.change", "average"):
        found.text(f"robbery.{name}")
    assert found.problem("robbery.projection.low")[0] == "V104"


def test_a_measure_without_rows_before_the_meeting_is_told(tmp_path: Path) -> None:
    found = workspace(
        tmp_path,
        {
            "measures.yaml": "robbery: {title: Robbery, unit: offences, file: r.csv, source: S}\n",
            "data/r.csv": "month,value\n2016-01,3\n2016-02,4\n",
        },
    )
    for name in ("quarter", "latest", "data_to", "average", "judgement", "rolling_total", "projection.low"):
        code, message, hint = found.problem(f"robbery.{name}")
        assert code == "V104"
        assert "robbery" in message
        assert hint


def test_a_reporting_period_that_is_no_quarter_has_no_quarter_of_its_own(tmp_path: Path) -> None:
    found = workspace(tmp_path, FILES, period=("2015-11-01", "2015-12-31"))
    two = months_period(Month(2015, 11), Month(2015, 12))
    before = months_period(Month(2015, 9), Month(2015, 10))
    assert found.quantity("burglary.period").value == burglary(two).total
    assert found.quantity("burglary.previous_period").value == burglary(before).total
    assert found.quantity("burglary.same_period_last_year").value == burglary(two.back(12)).total
    code, _, hint = found.problem("burglary.quarter")
    assert code == "V102"
    assert "quarter_of" in hint


def test_rows_after_the_reporting_period_are_left_out(orchard: Workspace, tmp_path: Path) -> None:
    """January and February 2016 are in the files, and change nothing that this meeting's papers print."""
    changed = [row if row.month < Month(2016, 1) else Row(row.line, row.month, row.words, 9999) for row in BURGLARY]
    found = workspace(tmp_path, {**FILES, "data/burglary.csv": csv("month,area,kind,value", changed)})
    for case in CASES:
        if case.file == "burglary" and case.measures != ("late",):
            assert found.value(case.expression) == orchard.value(case.expression)
    for expression in ("burglary.judgement", "burglary.projection.low", "burglary.projection.basis"):
        assert found.value(expression) == orchard.value(expression)
    assert found.quantity("late.latest").value == 6 * 9999


# ---------------------------------------------------------------------------------------------------------------------
# The guide


def test_any_period_by_its_name(orchard: Workspace) -> None:
    assert orchard.text('burglary.during("October to December 2015")') == orchard.text("burglary.quarter")
    assert orchard.problem('burglary.during("last month")')[0] == "V101"


def test_every_name_that_a_measure_offers_is_worked_out_here(orchard: Workspace) -> None:
    offered = {
        name
        for fact in orchard.facts.parts.values()
        if isinstance(fact, MeasureFact)
        for name in (*fact.parts, *fact.calls)
    }
    source = (REPOSITORY / "tests" / "data" / "test_binding.py").read_text(encoding="utf-8")
    assert {name for name in offered if not re.search(rf"\.{name}\b", source)} == set()


def test_every_name_of_the_officers_guide_is_worked_out_here() -> None:
    guide = (REPOSITORY / "docs" / "officer.md").read_text(encoding="utf-8")
    section = guide.split("## Figures by name")[1].split("\n## ")[0]
    braced = re.findall(r"\{\{(.+?)\}\}", section)
    named = {name for words in braced for name in re.findall(r"\.([a-z_]+)", re.sub(r'"[^"]*"', "", words))}
    assert {"quarter", "share_of", "low_change", "gap_to_top"} <= named
    source = (REPOSITORY / "tests" / "data" / "test_binding.py").read_text(encoding="utf-8")
    assert {name for name in named if not re.search(rf"\.{name}\b", source)} == set()


# ---------------------------------------------------------------------------------------------------------------------
# What nobody should write


@pytest.mark.parametrize(
    "expression",
    [
        'burglary.by(__class__="x")',
        'burglary.by(**{"kind": "Homes"})',
        "burglary.by(*['Homes'])",
        "burglary.quarter.__class__",
        "burglary.by.__globals__",
        "burglary['__class__']",
        "burglary.quarter.value.numerator",
        "burglary.view.book",
        "burglary.area('{0.__class__}').quarter",
        "burglary.month('%s').x",
        "burglary.month(burglary.month)",
        "burglary.by(kind=[1, 2])",
        "burglary.by(kind=[['Homes']])",
        "burglary.by(kind=[])",
        "burglary.by(kind=())",
        "burglary.by(kind={'Homes': 1})",
        "burglary.by(kind='')",
        "burglary.by(kind=none)",
        "burglary.rolling(6.0)",
        "burglary.rolling(10 ** 9)",
        "burglary.rolling(-6)",
        f"burglary.rolling({'9' * 400})",
        "burglary.quarter * 1000000",
        "burglary.quarter ** burglary.quarter",
        "-burglary.quarter",
        "burglary.quarter if burglary else 1",
        "burglary.quarter | attr('__class__')",
        "burglary.quarter | map('x')",
        "burglary[0:9]",
        "burglary[0]",
        "lambda: burglary",
        "range(1000000)",
        "[burglary.quarter, burglary.quarter]",
        "burglary.by" * 40,
        "burglary" + '.by(kind="Homes")' * 27,
        "burglary.quarter" + ".change_from(burglary.quarter)" * 16,
        "burglary.quarter.share_of(" * 18 + "burglary" + ")" * 18,
        "burglary.by(" * 100 + "burglary" + ")" * 100,
        "burglary.by(kind=" * 25 + "burglary" + ")" * 25,
        "burglary.by(kind=[" + "'Homes', " * 1_000_000 + "])",
        "(" * 240 + "burglary.quarter" + ")" * 240,
        "burglary.quarter" + " + burglary.quarter" * 25 + " + x",
        "burglary" + ".quarter" * 60,
    ],
    ids=lambda expression: expression[:40],
)
def test_nobody_reaches_python_or_makes_a_build_wait(expression: str, orchard: Workspace) -> None:
    started = time.perf_counter()
    code, message, hint = orchard.problem(expression)
    assert code in ("V101", "V102", "V103", "V104")
    assert message
    assert hint
    assert "<" not in message + hint
    assert time.perf_counter() - started < 1


NAMES = st.sampled_from(["burglary", "satisfied", "zeros", "yearly", "daily", "early", "rated", "grant", "x"])
PARTS = st.sampled_from(
    [
        "quarter",
        "previous_quarter",
        "latest",
        "year_to_date",
        "last_year",
        "rolling_total",
        "average",
        "average_before",
        "change",
        "share",
        "projection",
        "peers",
        "judgement",
        "number",
        "percent",
        "low",
        "level",
        "movement",
        "rank",
        "period",
        "title",
        "per_day",
        "data_to",
        "by",
        "area",
        "month",
        "months",
        "quarter_of",
        "year",
        "rolling",
        "share_of",
        "change_from",
        "reason",
        "quarterly_average",
    ]
)
WORDS = st.sampled_from(
    ["North", "Homes", "Nobody", "2015-11", "2014/15", "2014/15 Q2", "9999/00", "9999-12", "0001/02", "0001-01", ""]
) | st.text(max_size=6)


def called(arguments: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(arguments, max_size=3).map(lambda given: f"({', '.join(given)})")


def chains(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    word = WORDS.map(lambda text: '"' + text.replace("\\", "").replace('"', "") + '"')
    argument = (
        word
        | st.integers(-3, 200).map(str)
        | inner
        | st.tuples(st.sampled_from(["kind", "area", "force", "x"]), word).map("=".join)
        | st.lists(word, max_size=3).map(lambda words: f"area=[{', '.join(words)}]")
    )
    part = st.tuples(PARTS, st.just("") | called(argument)).map("".join)
    return st.tuples(inner, st.lists(part, min_size=1, max_size=3)).map(lambda pair: ".".join([pair[0], *pair[1]]))


FORMATS = st.sampled_from(["", " | sign", " | increase", " | words", " | fraction", " | number(1)", " | ordinal"])
EXPRESSIONS = st.tuples(
    st.recursive(NAMES, chains, max_leaves=4),
    st.sampled_from(["", "", " + burglary.quarter", " - early.latest", " / zeros.last_year"]),
    FORMATS,
).map("".join)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(expression=EXPRESSIONS)
def test_no_expression_raises(expression: str, orchard: Workspace) -> None:
    diagnostics = Diagnostics()
    value = evaluate(expression, at=HERE, facts=orchard.facts, diagnostics=diagnostics)
    assert (value is None) == (len(diagnostics) == 1)
    assert value is None or (value.text and value.sources)
