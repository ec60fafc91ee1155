from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papergen.values.chrome import chrome
from papergen.values.periods import Month, Period, financial_year, month_of, print_day, print_weekday

DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))


def test_a_day_keeps_its_number_with_its_month() -> None:
    assert print_day(date(2016, 2, 2)) == "2\u00a0February 2016"
    assert print_weekday(date(2016, 2, 2)) == "Tuesday 2\u00a0February 2016"


@pytest.mark.parametrize(
    ("starts", "ends", "printed", "months", "quarter"),
    [
        (
            date(2015, 10, 1),
            date(2015, 12, 31),
            "1\u00a0October to 31\u00a0December 2015",
            "October to December 2015",
            "third quarter of 2015/16",
        ),
        (
            date(2016, 1, 1),
            date(2016, 3, 31),
            "1\u00a0January to 31\u00a0March 2016",
            "January to March 2016",
            "fourth quarter of 2015/16",
        ),
        (
            date(2015, 12, 1),
            date(2016, 2, 29),
            "1\u00a0December 2015 to 29\u00a0February 2016",
            "December 2015 to February 2016",
            "1\u00a0December 2015 to 29\u00a0February 2016",
        ),
        (
            date(2015, 10, 1),
            date(2015, 10, 31),
            "1\u00a0October to 31\u00a0October 2015",
            "October 2015",
            "1\u00a0October to 31\u00a0October 2015",
        ),
    ],
)
def test_a_period_in_words(starts: date, ends: date, printed: str, months: str, quarter: str) -> None:
    period = Period(starts, ends)
    assert str(period) == printed
    assert period.months == months
    assert period.quarter_in(chrome()) == quarter


def test_the_financial_year_turns_on_1_april() -> None:
    assert financial_year(date(2016, 3, 31)) == "2015/16"
    assert financial_year(date(2016, 4, 1)) == "2016/17"
    assert financial_year(date(1999, 4, 1)) == "1999/00"


def test_the_next_period_is_as_many_months_long() -> None:
    assert Period(date(2015, 10, 1), date(2015, 12, 31)).next() == Period(date(2016, 1, 1), date(2016, 3, 31))
    assert Period(date(2015, 12, 1), date(2015, 12, 31)).next() == Period(date(2016, 1, 1), date(2016, 1, 31))


@given(DAYS, st.integers(0, 500))
def test_the_next_period_follows_at_once(starts: date, length: int) -> None:
    period = Period(starts, date.fromordinal(starts.toordinal() + length))
    following = period.next()
    assert following.starts.toordinal() == period.ends.toordinal() + 1
    assert following.ends >= following.starts


@pytest.mark.parametrize(
    ("starts", "ends", "before"),
    [
        (date(2015, 10, 1), date(2015, 12, 31), Period(date(2015, 7, 1), date(2015, 9, 30))),
        (date(2015, 12, 1), date(2015, 12, 31), Period(date(2015, 11, 1), date(2015, 11, 30))),
        (date(2015, 10, 20), date(2015, 12, 31), Period(date(2015, 7, 20), date(2015, 9, 30))),
        (date(2015, 10, 1), date(2015, 12, 12), Period(date(2015, 7, 1), date(2015, 9, 12))),
        (date(2015, 11, 20), date(2015, 12, 10), Period(date(2015, 10, 20), date(2015, 11, 10))),
        (date(2015, 3, 31), date(2015, 3, 31), Period(date(2015, 2, 28), date(2015, 2, 28))),
    ],
)
def test_the_previous_period_has_the_same_days_of_earlier_months(starts: date, ends: date, before: Period) -> None:
    assert Period(starts, ends).previous == before


@given(DAYS, st.integers(0, 500))
def test_the_previous_period_shares_no_day_and_leaves_no_month_between(starts: date, length: int) -> None:
    period = Period(starts, date.fromordinal(starts.toordinal() + length))
    before = period.previous
    assert before.ends < period.starts
    assert period.starts.toordinal() - before.ends.toordinal() <= 62


@given(DAYS, st.integers(-200, 200))
def test_months_can_be_counted_there_and_back(day: date, months: int) -> None:
    month = month_of(day)
    assert month.plus(months).plus(-months) == month
    assert month.first_day <= day <= month.last_day
    assert Month(day.year, day.month).plus(12) == Month(day.year + 1, day.month)
