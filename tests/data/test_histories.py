"""Projections of counts by the day, the week, the month, the quarter and the year."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from papergen.data.histories import history_of
from papergen.data.overview import early_end, overview
from papergen.diagnostics import Diagnostics
from papergen.values.periods import Month, Period
from tests.support.small import Workspace, workspace

MEASURE = "counted: {{title: Counted, unit: visits, file: counted.csv, source: Visits{more}}}\n"


def days(first: date, last: date, apart: int = 1) -> Iterator[date]:
    day = first
    while day <= last:
        yield day
        day += timedelta(days=apart)


def counted(root: Path, rows: str, more: str = "") -> Workspace:
    return workspace(root, {"measures.yaml": MEASURE.format(more=more), "data/counted.csv": rows})


def by_day(value: int, last: date = date(2015, 12, 31), apart: int = 1) -> str:
    return "date,value\n" + "".join(f"{day},{value}\n" for day in days(date(2011, 4, 1), last, apart))


def by_month() -> str:
    months = (Month(2011, 4).plus(index) for index in range(57))
    return "month,value\n" + "".join(f"{month.year}-{month.month:02},300\n" for month in months)


def by_quarter() -> str:
    quarters = [f"{year}/{year % 100 + 1} Q{quarter}" for year in range(2011, 2016) for quarter in range(1, 5)]
    return "quarter,value\n" + "".join(f"{quarter},122\n" for quarter in quarters[:-1])


@pytest.mark.parametrize(
    ("rows", "to_date", "year"),
    [
        (by_day(10), 2750, 3660),
        (by_day(70, date(2015, 12, 28), apart=7), 39 * 70, 52 * 70),
        (by_month(), 2700, 3600),
        (by_quarter(), 366, 488),
    ],
    ids=["days", "weeks", "months", "quarters"],
)
def test_a_count_by_any_period_is_projected_to_its_year(rows: str, to_date: int, year: int, tmp_path: Path) -> None:
    found = counted(tmp_path, rows, more=", data_to: {2016-02-02: 2015-12-31}" if "date" in rows else "")
    low, point, high = (found.quantity(f"counted.projection.{name}").value for name in ("low", "point", "high"))
    assert found.quantity("counted.year_to_date").value == to_date
    assert float(point) == pytest.approx(year, rel=0.01)
    assert to_date <= low < point < high
    assert high - low < year / 10


def test_a_count_by_the_year_is_refused(tmp_path: Path) -> None:
    found = counted(
        tmp_path, "year,value\n" + "".join(f"{year}/{(year + 1) % 100:02},100\n" for year in range(2008, 2015))
    )
    code, message, hint = found.problem("counted.projection.point")
    assert (code, message) == (
        "V104",
        "“counted” is counted by periods as long as 2014/15, which make up no part of a year that could be projected.",
    )
    assert "quarter" in hint


def test_weeks_by_their_day_are_shared_out_among_their_months(tmp_path: Path) -> None:
    """Four Mondays in one month and five in the next would be projected as so many more."""
    found = counted(tmp_path, by_day(70, date(2015, 12, 28), apart=7), COMPLETE)
    figures = history_of(found.book.series("counted")).figures
    assert {figures[Month(2015, month)] / 10 for month in range(5, 13)} == {30, 31}


def test_weeks_of_a_column_week_have_no_projection_and_are_told_how_to_get_one(tmp_path: Path) -> None:
    found = counted(tmp_path, by_day(70, date(2015, 12, 21), apart=7).replace("date", "week"))
    assert (
        "weeks have one where a column “date” has the day on which each begins"
        in found.problem("counted.projection.point")[2]
    )


def test_the_week_before_is_the_previous_period_of_weeks(tmp_path: Path) -> None:
    rows = "week,value\n2014-12-29,40\n2015-12-21,50\n2015-12-28,60\n"
    found = workspace(
        tmp_path,
        {"measures.yaml": MEASURE.format(more=", data_to: {2016-02-02: 2016-01-03}"), "data/counted.csv": rows},
        period=("2015-12-28", "2016-01-03"),
    )
    assert [found.text(f"counted.{name}") for name in ("period", "previous_period", "same_period_last_year")] == [
        "60",
        "50",
        "40",
    ]
    assert found.text("counted.change.number") == "10"


def test_days_that_end_in_the_middle_of_a_month_are_projected_from_the_month_before(tmp_path: Path) -> None:
    found = counted(tmp_path, by_day(10, date(2015, 12, 20)))
    assert "data to November 2015" in found.text("counted.projection.basis")
    assert float(found.quantity("counted.projection.point").value) == pytest.approx(3660, rel=0.01)


EVENTS = ("2011-04-09", "2012-05-02", "2012-11-30", "2013-06-17", "2014-02-03", "2015-02-11", "2015-08-20")
COMPLETE = ", data_to: {2016-02-02: 2015-12-31}"


def test_days_without_an_event_had_none_where_data_are_complete_to_a_day(tmp_path: Path) -> None:
    events = "date,value\n" + "".join(f"{day},1\n" for day in EVENTS)
    found = counted(tmp_path / "complete", events, COMPLETE)
    assert found.text("counted.quarter") == "0"
    assert found.text("counted.year_to_date") == "1"
    assert found.text("counted.rolling_total") == "2"
    assert found.text("counted.data_to") == "31\u00a0December 2015"
    assert [source.line for source in found.value("counted.quarter").sources] == [8]
    assert early_end(found.book, "counted") is None
    assert (
        found.problem('counted.month("2016-01")')[2] == "Its data run from 9\u00a0April 2011 to 31\u00a0December 2015."
    )
    history = history_of(found.book.series("counted"))
    assert (history.through, len(history.figures), sum(history.figures.values())) == (Month(2015, 12), 56, 6)

    open_ended = counted(tmp_path / "open", events)
    assert open_ended.problem("counted.quarter")[1] == "“counted” has no complete data for 2015/16 Q3."
    told = early_end(open_ended.book, "counted")
    assert told is not None
    assert "where days without a row had none" in told.hint
    assert "data_to: {2016-02-02: 2015-12-31}" in told.hint


@pytest.mark.parametrize(
    ("rows", "stops"),
    [
        ("half,value\n2014/15 H2,5\n2015/16 H1,6\n", False),
        ("half,value\n2014/15 H1,5\n2014/15 H2,6\n", True),
        ("year,value\n2013/14,5\n2014/15,6\n", False),
        ("year,value\n2012/13,5\n2013/14,6\n", True),
        ("week,value\n2015-12-14,5\n2015-12-21,6\n", False),
        ("week,value\n2015-12-07,5\n2015-12-14,6\n", True),
        ("month,value\n2015-10,5\n2015-11,6\n", True),
        ("month,value\n2015-09,5\n2015-10,[c]\n2015-11,6\n", True),
        ("month,value\n2015-10,5\n2015-11,6\n2015-12,[c]\n", False),
    ],
)
def test_data_stop_early_where_a_row_that_could_be_there_is_not(rows: str, stops: bool, tmp_path: Path) -> None:
    assert (early_end(counted(tmp_path, rows).book, "counted") is not None) == stops


def test_a_measure_of_years_that_overlap_is_listed_without_a_judgement(tmp_path: Path) -> None:
    rows = "period,value\n12 months to June 2015,5\n12 months to September 2015,6\n12 months to December 2015,6\n"
    (found,) = overview(counted(tmp_path, rows).book, Diagnostics())
    assert (found.observations, found.last, found.judgement) == (3, "January to December 2015", "Not judged")


def test_a_number_of_a_day_is_not_taken_for_none_on_other_days(tmp_path: Path) -> None:
    levels = "date,value\n2015-04-01,12\n2015-08-01,14\n"
    found = counted(tmp_path, levels, COMPLETE + ", combine: last")
    assert found.problem("counted.quarter")[0] == "V104"


@pytest.mark.parametrize("rows", [by_month, by_quarter])
def test_a_year_after_one_of_zero_is_projected_all_the_same(rows: Callable[[], str], tmp_path: Path) -> None:
    text = rows()
    last_year = "2014-0[4-9]|2014-1|2015-0[1-3]|2014/15"
    zeros = "\n".join(re.sub(r",\d+$", ",0", line) if re.match(last_year, line) else line for line in text.splitlines())
    found = counted(tmp_path, zeros + "\n")
    assert found.quantity("counted.projection.point").value > found.quantity("counted.year_to_date").value
    assert found.problem("counted.projection.low_change")[1:] == (
        "“counted” was zero in 2014/15, or is not known for all of it, so that nothing can be said over it.",
        "Print .low and .high.",
    )


def test_the_previous_period_of_days_is_what_the_change_is_from(tmp_path: Path) -> None:
    """20 October to 31 December is 73 days, and so is 20 July to 30 September."""
    rows = MEASURE.format(more=COMPLETE)
    found = workspace(
        tmp_path, {"measures.yaml": rows, "data/counted.csv": by_day(1)}, period=("2015-10-20", "2015-12-31")
    )
    assert found.text("counted.period") == "73"
    assert found.text("counted.previous_period") == "73"
    assert found.quantity("counted.change.number").value == 0
    assert found.value("counted.previous_period").periods == (Period(date(2015, 7, 20), date(2015, 9, 30)),)
