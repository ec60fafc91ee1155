"""Every name of the officers' guide, worked out a second time in plain Python over a workspace of known numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from papergen.data.binding import MeasureFact
from papergen.values.periods import Month, Period, months_period, quarter_period, year_period
from tests.data.known_numbers import (
    ANSWERED,
    ASKED,
    BURGLARY,
    DAILY,
    FILES,
    FIRST,
    LAST_YEAR,
    MINUTES,
    Q2,
    Q3,
    Q3_BEFORE,
    QUIET,
    STEP,
    STEPPED,
    TO_DATE,
    TO_DATE_BEFORE,
    TWELVE,
    UP_TO_NOW,
    Row,
    Sum,
    both,
    burglary,
    csv,
    month,
    shown,
    total,
)
from tests.support.builds import REPOSITORY
from tests.support.small import HERE, Workspace, workspace


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


BY = burglary(Q3).total - burglary(Q2).total
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
    *(
        Case(expression, BY, shown(abs(BY)), both(burglary(Q3), burglary(Q2)), (Q3, Q2), ("burglary",))
        for expression in ("burglary.change.number", "burglary.quarter - burglary.previous_quarter")
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
    *(
        Case(expression, rate, f"{shown(rate)}%", rows, (period,), ("satisfied",), "answered")
        for expression, period in (("satisfied.quarter", Q3), ("satisfied.rolling_average", TWELVE))
        for rate, rows in [satisfied(period)]
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


def test_any_period_by_its_name(orchard: Workspace) -> None:
    assert orchard.text('burglary.during("October to December 2015")') == orchard.text("burglary.quarter")
    assert orchard.problem('burglary.during("last month")')[0] == "V101"


WORKED_OUT = "".join(file.read_text(encoding="utf-8") for file in Path(__file__).parent.glob("test_binding*.py"))


def test_every_name_that_a_measure_offers_is_worked_out_here(orchard: Workspace) -> None:
    offered = {
        name
        for fact in orchard.facts.parts.values()
        if isinstance(fact, MeasureFact)
        for name in (*fact.parts, *fact.calls)
    }
    assert {name for name in offered if not re.search(rf"\.{name}\b", WORKED_OUT)} == set()


def test_every_name_of_the_officers_guide_is_worked_out_here() -> None:
    guide = (REPOSITORY / "docs" / "officer.md").read_text(encoding="utf-8")
    section = guide.split("## Figures by name")[1].split("\n## ")[0]
    braced = re.findall(r"\{\{(.+?)\}\}", section)
    named = {name for words in braced for name in re.findall(r"\.([a-z_]+)", re.sub(r'"[^"]*"', "", words))}
    assert {"quarter", "share_of", "low_change", "gap_to_top"} <= named
    assert {name for name in named if not re.search(rf"\.{name}\b", WORKED_OUT)} == set()
