"""The days by which papers are due: worked out by hand near holidays, and as a property of every meeting."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from papergen.calendar.bank_holidays import bank_holidays
from papergen.calendar.deadlines import CLEAR_DAYS, Nation, OfficeRules, Stage, deadlines, late_item, publication_day
from papergen.calendar.icalendar import icalendar
from papergen.calendar.working_days import WorkingDays, days_between

ONE_DAY = timedelta(days=1)
NO_DAYS: dict[date, str] = {}
DAYS = st.dates(date(2010, 2, 1), date(2030, 12, 31))


def rules(
    nation: Nation = Nation.ENGLAND, *, closed: dict[date, str] = NO_DAYS, opened: date | None = None
) -> OfficeRules:
    days = WorkingDays(holidays=bank_holidays().days, closed=closed, open=frozenset({opened} if opened else ()))
    return OfficeRules(nation=nation, clear_days=CLEAR_DAYS[nation], drafts=13, clearances=8, final_papers=7, days=days)


@pytest.mark.parametrize(
    ("meeting", "published"),
    [
        ("2016-02-02", "2016-01-25"),
        ("2019-04-23", "2019-04-11"),  # Good Friday and Easter Monday lie between
        ("2022-09-27", "2022-09-16"),  # the day of the Queen's funeral lies between
        ("2023-05-09", "2023-04-27"),  # two Mondays in May, one of them the Coronation's
        ("2020-05-12", "2020-05-01"),  # the holiday of early May stood on Friday 8 May
        ("2012-06-05", "2012-05-25"),  # a bank holiday itself; that of the Monday was moved from May
        ("2024-01-02", "2023-12-20"),  # Christmas, Boxing Day and New Year
    ],
)
def test_papers_are_published_on_the_day_that_was_worked_out_by_hand(meeting: str, published: str) -> None:
    assert publication_day(date.fromisoformat(meeting), rules()) == date.fromisoformat(published)


def test_wales_has_three_clear_days() -> None:
    assert publication_day(date(2016, 2, 2), rules(Nation.WALES)) == date(2016, 1, 27)


def test_days_of_the_panels_own_count_or_do_not() -> None:
    eve = {date(2016, 1, 28): "Office closed"}
    assert publication_day(date(2016, 2, 2), rules(closed=eve)) == date(2016, 1, 22)
    assert publication_day(date(2022, 9, 27), rules(opened=date(2022, 9, 19))) == date(2022, 9, 19)


@given(DAYS, st.sampled_from(Nation), st.lists(st.integers(1, 20), max_size=4))
def test_publication_is_the_latest_day_with_enough_clear_days(meeting: date, nation: Nation, closed: list[int]) -> None:
    own = rules(nation, closed={meeting - ONE_DAY * back: "Closed" for back in closed})
    found = publication_day(meeting, own)
    assert own.days.counts(found)
    assert sum(own.days.counts(day) for day in days_between(found, meeting)) == own.clear_days
    later = found + ONE_DAY
    while later < meeting:
        left = sum(own.days.counts(day) for day in days_between(later, meeting))
        assert not own.days.counts(later) or left < own.clear_days
        later += ONE_DAY


@given(DAYS)
def test_deadlines_follow_each_other_on_working_days(meeting: date) -> None:
    found = deadlines(meeting, rules())
    assert [each.stage for each in found] == list(Stage)
    days = [each.day for each in found]
    assert days == sorted(days)
    assert all(rules().days.counts(day) for day in days)
    assert all(each.reason.endswith(".") and each.source for each in found)


def test_the_reason_names_the_holidays_that_were_left_out() -> None:
    published = deadlines(date(2019, 4, 23), rules())[-1]
    assert "Good Friday (19\u00a0April) and Easter Monday (22\u00a0April) do not count" in published.reason
    assert "100B" in published.source


def test_a_late_item_needs_the_chair_between_the_deadline_and_the_meeting() -> None:
    meeting = date(2016, 2, 2)
    told = [
        bool(late_item(meeting, rules(), date(2016, month, day))) for month, day in ((1, 25), (1, 26), (2, 2), (2, 3))
    ]
    assert told == [False, True, True, False]
    assert "special circumstances" in late_item(meeting, rules(), date(2016, 1, 26))


@pytest.mark.parametrize("subdivision", ["ENG", "WLS"])
def test_the_table_has_the_weekdays_that_another_source_has(subdivision: str) -> None:
    table = bank_holidays()
    other = holidays.country_holidays("GB", subdiv=subdivision, years=range(2010, 2031))
    assert set(table.days) == {day for day in other if day.weekday() < 5}
    assert (table.first_year, table.last_year) == (2010, 2030)


@pytest.mark.parametrize(
    "day",
    ["2011-04-29", "2012-06-04", "2012-06-05", "2020-05-08", "2022-06-02", "2022-06-03", "2022-09-19", "2023-05-08"],
)
def test_days_that_were_proclaimed_are_in_the_table(day: str) -> None:
    assert date.fromisoformat(day) in bank_holidays().days


def test_a_calendar_file_has_an_event_a_deadline_in_short_lines() -> None:
    meeting = date(2016, 2, 2)
    data = icalendar(deadlines(meeting, rules()), panel="Bath, and; Wells", meeting=meeting, made=date(2016, 1, 4))
    lines = data.decode().split("\r\n")
    assert lines[-1] == ""
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 4
    assert all(len(line.encode()) <= 75 for line in lines)
    assert "DTSTART;VALUE=DATE:20160125" in lines
    unfolded = data.decode().replace("\r\n ", "")
    assert "SUMMARY:Publication: Bath\\, and\\; Wells\\, 2 February 2016" in unfolded


def test_a_name_with_line_ends_adds_no_line_of_its_own() -> None:
    meeting = date(2016, 2, 2)
    panel = "Bath\r\nATTENDEE:mailto:a@a.example\rX\u2028Y\ud800"
    data = icalendar(deadlines(meeting, rules()), panel=panel, meeting=meeting, made=date(2016, 1, 4)).decode()
    assert "\r" not in data.replace("\r\n", "")
    assert not any(line.startswith(("ATTENDEE", "X")) for line in data.splitlines())
