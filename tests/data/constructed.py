"""The files of the sample's data, read plainly: nothing of papergen stands between them and the published table."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]


DATA = ROOT / "content" / "data"


PERIODS = ("month", "quarter", "date")


AREAS = ("Herefordshire", "North Worcestershire", "Shropshire", "South Worcestershire", "Telford & Wrekin")
NUMBERS = {
    *("value", "offences", "satisfied", "interviewed", "recorded", "people", "repeated", "same_month", "reports"),
    *("in_care", "repeat_people", "incidents", "minutes", "within_20", "days_lost", "days_available", "hours_lost"),
    *("hours_contracted", "establishment", "strength", "deployable", "confident", "closed", "within_10_days"),
    *("days_to_record", "days_to_close"),
}
Row = dict[str, str]


@cache
def rows(file: str) -> list[Row]:
    with (DATA / f"{file}.csv").open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


@cache
def by_period(file: str) -> dict[str, list[Row]]:
    """The rows of each month, quarter or day."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows(file):
        found[next(row[name] for name in PERIODS if name in row)].append(row)
    return dict(found)


def months(first: str, last: str) -> list[str]:
    at, end = (int(each[:4]) * 12 + int(each[5:]) - 1 for each in (first, last))
    return [f"{each // 12}-{each % 12 + 1:02d}" for each in range(at, end + 1)]


Q2, Q3 = months("2015-07", "2015-09"), months("2015-10", "2015-12")


YEAR_2014 = months("2014-04", "2015-03")


TO_DATE, TO_DATE_2014 = months("2015-04", "2015-12"), months("2014-04", "2014-12")


TWELVE = months("2015-01", "2015-12")


SINCE_2013 = months("2013-04", "2015-12")


def total(file: str, when: Iterable[str] = Q3, *, column: str = "value", **words: str | tuple[str, ...]) -> int:
    """The sum of a column over some months (or quarters or days), of the rows that have the words."""
    chosen = {name: (each,) if isinstance(each, str) else each for name, each in words.items()}
    table = by_period(file)
    return sum(
        int(row[column])
        for period in when
        for row in table[period]
        if all(row[name] in each for name, each in chosen.items())
    )


def monthly(file: str, when: Iterable[str], *, column: str = "value", **words: str | tuple[str, ...]) -> list[int]:
    return [total(file, [month], column=column, **words) for month in when]


def rounded(value: Fraction) -> int:
    """Rounded, half away from zero."""
    return int((Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal(1), ROUND_HALF_UP))


def percent(part: int, whole: int) -> int:
    return rounded(Fraction(part * 100, whole))


def change(new: int, old: int) -> int:
    return percent(new - old, old)


def crime(kind: str, when: Iterable[str] = Q3, **words: str) -> int:
    return total("recorded-crime", when, crime_type=kind, **words)


VIOLENCE, OTHER_SEXUAL = "violence with injury", "other sexual offences"


def outcome(kind: str, name: str, when: list[str]) -> Fraction:
    words = {} if kind == "all" else {"crime_type": kind}
    return Fraction(total("crime-outcomes", when, outcome=name, **words), total("crime-outcomes", when, **words))


HIGH_HARM = (VIOLENCE, "rape", OTHER_SEXUAL, "domestic burglary", "robbery")
