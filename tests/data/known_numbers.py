"""A workspace of known numbers: its data, each row with its line, and what rows come to by plain sums."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from papergen.values.periods import Month, Period, months_period, quarter_period, year_period
from tests.support.small import AREAS

TYPES = ("Homes", "Shops")
FIRST, LAST = Month(2012, 4), Month(2016, 2)


def months(first: Month, last: Month) -> list[Month]:
    return [first.plus(index) for index in range((last.year - first.year) * 12 + last.month - first.month + 1)]


MONTHS = months(FIRST, LAST)


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
