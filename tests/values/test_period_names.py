from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papergen.values.period_names import parse_day, parse_month, parse_period, parse_quarter, parse_year
from papergen.values.periods import MONTHS, YEARS, Month, Period, months_period, print_day, quarter_period, year_period

DAY = date(2015, 12, 3)
DECEMBER = Month(2015, 12)
THIRD = quarter_period(2015, 3)
YEAR = year_period(2015)


@pytest.mark.parametrize(
    "text",
    [
        *("2015-12-03", "2015-12-3", " 2015-12-03 ", "2015-12-03 00:00:00", "2015-12-03T00:00:00"),
        *("2015-12-03 00:00:00.000", "2015-12-03 00:00", "20151203", "03/12/2015", "3/12/2015", "3/12/15"),
        *("03.12.2015", "03/12/2015 00:00", "03/12/2015 00:00:00", "03-Dec-15", "3-Dec-2015", "3 December 2015"),
        *("3 december 2015", "3 Dec. 2015", "3 December, 2015", "3\u00a0December 2015", "42341"),
    ],
)
def test_a_day_in_every_spelling(text: str) -> None:
    assert parse_day(text) == DAY
    assert parse_month(text) == DECEMBER
    assert parse_period(text) == Period(DAY, DAY)


@pytest.mark.parametrize(
    "text",
    [
        *("2015-12", "2015/12", "12/2015", "Dec-15", "dec-15", "DEC-15", "Dec 15", "Dec15", "Dec. 2015", "Dec-2015"),
        *("Dec ’15", "Dec. ’15", "Dec '15", "December 2015", "December  2015", "December\u00a02015", "DECEMBER 2015"),
        "201512",
    ],
)
def test_a_month_in_every_spelling(text: str) -> None:
    assert parse_month(text) == DECEMBER
    assert parse_day(text) is None
    assert parse_period(text) == months_period(DECEMBER, DECEMBER)


def test_a_day_or_a_year_alone_is_no_month_or_a_month() -> None:
    assert parse_month("31/12/2015") == parse_month("20151201") == DECEMBER
    assert parse_month("2015") is None


def test_september_has_a_fourth_letter() -> None:
    assert parse_month("Sept-15") == parse_month("Sep-15") == Month(2015, 9)


def test_a_month_with_one_figure() -> None:
    assert parse_month("2015-4") == parse_month("4/2015") == Month(2015, 4)


@pytest.mark.parametrize(
    "text",
    [
        *("2015/16 Q3", "2015-16 Q3", "2015–16 Q3", "2015/2016 Q3", "2015/16, Q3", "2015/16Q3", "2015/16 q3"),
        *("2015/16 Quarter 3", "FY2015/16 Q3", "FY 2015/16 Q3", "Q3 2015/16", "Q3 2015-16", "Q3, 2015/16"),
        *("Q3 FY2015/16", "quarter 3 2015/2016", "2015/16\u00a0Q3"),
    ],
)
def test_a_quarter_in_every_spelling(text: str) -> None:
    assert parse_quarter(text) == THIRD
    assert parse_period(text) == THIRD


@pytest.mark.parametrize("text", ["2015/16", "2015-16", "2015–16", "2015/2016", "2015 / 16", " 2015/16 "])
def test_a_financial_year_in_every_spelling(text: str) -> None:
    assert parse_year(text) == YEAR
    assert parse_period(text) == YEAR


def test_a_year_of_one_number_is_a_calendar_year() -> None:
    assert parse_year("2015") == parse_period("2015") == months_period(Month(2015, 1), DECEMBER)


def test_centuries_turn() -> None:
    assert parse_year("1999/00") == parse_year("1999/2000") == year_period(1999)
    assert parse_quarter("1999/00 Q4") == quarter_period(1999, 4)


@pytest.mark.parametrize("year", range(2000, 2012))
def test_a_month_of_the_first_years_is_not_taken_for_a_financial_year(year: int) -> None:
    """2011-12 is a month among months and a year among years; 2011/12 is a year wherever both may stand."""
    month = Month(year, (year + 1) % 100)
    assert parse_month(f"{year}-{month.month:02}") == month
    assert parse_period(f"{year}-{month.month:02}") == months_period(month, month)
    assert parse_year(f"{year}-{month.month:02}") == parse_period(f"{year}/{month.month:02}") == year_period(year)


WRONG = [
    *("", " ", "last month", "2015-13", "2015-00", "2015-12-32", "2015-02-29", "29/02/2015", "31/13/2015"),
    *("12/31/2015", "0000-01-01", "2015-12-03 12:30", "2015-12-03 00:00:01", "13/2015", "00/2015", "0000-01"),
    *("Dez-15", "Decem 2015", "Dec-155", "32 Dec 2015", "0 Dec 2015", "3 Dez 2015", "2015/17", "2015/15"),
    *("2015/1916", "2015/16 Q0", "2015/16 Q5", "2015/17 Q3", "Q3", "Q3 2015", "0000/01", "9999/00", "9999/10000"),
    *("9999/00 Q4", "0001-01", "1799/00", "2200", "31/12/9999", "9998-W52", "3015", "151", "1234567", "123456789"),
    *("201513", "2015-12-", "2015-1-", "15-12", "December", "-2015-12", "Total", "Dec", "£2015"),
]


@pytest.mark.parametrize("text", WRONG)
def test_what_is_no_period_is_none(text: str) -> None:
    for parse in (parse_day, parse_month, parse_quarter, parse_year, parse_period):
        assert parse(text) is None, parse.__name__


@pytest.mark.parametrize(("serial", "day"), [("42278", date(2015, 10, 1)), ("36526", date(2000, 1, 1))])
def test_excels_serial_numbers(serial: str, day: date) -> None:
    assert parse_day(serial) == day


DAYS = st.dates(date(YEARS[0], 1, 1), date(YEARS[-1], 12, 31))


@given(DAYS)
def test_a_day_comes_back_from_its_name(day: date) -> None:
    period = Period(day, day)
    assert parse_period(period.name) == period
    assert parse_day(print_day(day)) == day
    assert parse_period(str(day)) == period


@given(st.sampled_from(YEARS), st.integers(1, 12))
def test_a_month_comes_back_from_its_name(year: int, number: int) -> None:
    month = Month(year, number)
    assert parse_period(months_period(month, month).name) == months_period(month, month)
    assert parse_month(f"{MONTHS[number - 1][:3]}-{year}") == month
    assert parse_month(f"{year}-{number:02}") == month
    assert parse_month(f"{number:02}/{year}") == month


@given(st.sampled_from(YEARS), st.integers(1, 4))
def test_quarters_and_years_come_back_from_their_names(start: int, quarter: int) -> None:
    assert parse_period(quarter_period(start, quarter).name) == quarter_period(start, quarter)
    assert parse_period(year_period(start).name) == year_period(start)


PIECES = st.sampled_from([*"0123456789/-–. ,’'QqFY", "2015", "9999", "0001", "Dec", "T00:00", "\u00a0", "\u0663", "²"])


@given(st.text(max_size=20) | st.lists(PIECES, max_size=10).map("".join))
def test_no_text_raises(text: str) -> None:
    for parse in (parse_quarter, parse_year, parse_period):
        period = parse(text)
        assert period is None or period.starts <= period.ends
    parse_day(text)
    parse_month(text)
