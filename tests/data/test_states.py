"""Numbers that are provisional, held back or of any period: what is printed of them, and what is refused."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from papergen.values.states import NumberState, parse_cell, print_cell, split_state
from tests.support.small import Workspace, workspace

MEASURES = """\
theft: {title: Theft, unit: offences, file: theft.csv, source: S, good: lower}
north: {title: Theft in the north, unit: offences, file: theft.csv, where: {area: North}, source: S}
deaths: {title: Deaths, unit: deaths per 100 people, kind: number, combine: last, file: deaths.csv, source: S}
posts: {title: Posts, unit: posts, combine: last, file: posts.csv, source: S}
calls: {title: Calls, unit: calls, file: calls.csv, source: S}
rate: {title: Rate, unit: per cent of calls, kind: percentage, of: all, file: rate.csv, source: S, seasonal: true}
"""
MONTHS = [f"{year}-{month:02}" for year in (2014, 2015) for month in range(1, 13)]
THEFT = "month,area,value\n" + "".join(
    f"{month},North,{'[c]' if month == '2014-06' else 10}\n{month},South,{'5 [p]' if month > '2015-10' else 5}\n"
    for month in MONTHS
)
DEATHS = "period,value\n2011/12 to 2013/14,4.5\n2012/13 to 2014/15,5\n"
POSTS = "month,value\n2014-09,120\n2015-03,118\n2015-09,119 [r]\n"
CALLS = "week,value\n2015-12-14,7\n2015-12-21,9\n"
RATE = "year,value,all\n2013,10,20\n2014,5,20\n"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    files = {"theft": THEFT, "deaths": DEATHS, "posts": POSTS, "calls": CALLS, "rate": RATE}
    root = tmp_path_factory.mktemp("states")
    found = workspace(root, {"measures.yaml": MEASURES, **{f"data/{name}.csv": text for name, text in files.items()}})
    assert found.told == []
    return found


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("theft.quarter", "45 (provisional)"),
        ("theft.quarter.change | rose", "did not change (provisional)"),
        ("theft.previous_quarter", "45"),
        ('theft.month("2015-11")', "15 (provisional)"),
        ("north.quarter", "30"),
        ("posts.latest", "119"),
        ("posts.latest.change.number | sign", "+1"),
        ("deaths.latest", "5.0"),
        ("deaths.latest.change.number", "0.5"),
        ('deaths.during("2011/12 to 2013/14")', "4.5"),
        ('calls.during("w/c 14 December 2015")', "7"),
        ('rate.year("2014")', "25%"),
    ],
)
def test_a_sentence_says_what_is_provisional_and_of_which_period(expression: str, text: str, data: Workspace) -> None:
    assert data.text(expression) == text


def test_a_sum_of_a_number_held_back_is_refused(data: Workspace) -> None:
    code, message, hint = data.problem('theft.quarter_of("2014/15 Q1")')
    assert (code, message) == ("V104", "“theft” is held back for June 2014.")
    assert hint == "Take a longer or another period, or a part that has a number."
    assert data.text('theft.by(area="South").quarter_of("2014/15 Q1")') == "15"


def test_weeks_make_up_no_month(data: Workspace) -> None:
    assert "Weeks do not make up whole months" in data.problem("calls.quarter")[2]


def test_years_have_no_season_and_overlapping_periods_no_limits(data: Workspace) -> None:
    assert data.problem("rate.judgement")[1].startswith("“rate” is not counted by the month")
    assert data.problem("deaths.average")[1].startswith("The periods of “deaths” overlap")


@pytest.mark.parametrize(
    ("cell", "number", "state"),
    [
        ("12", "12", None),
        ("12 [p]", "12", NumberState.PROVISIONAL),
        ("-1,250.5[R]", "-1250.5", NumberState.REVISED),
        ("[c]", None, NumberState.HELD_BACK),
        ("..", None, NumberState.NOT_AVAILABLE),
        ("[z]", None, NumberState.NOT_APPLICABLE),
    ],
)
def test_a_cell_of_a_data_file_there_and_back(cell: str, number: str | None, state: NumberState | None) -> None:
    found = parse_cell(cell)
    assert found is not None
    assert found[1] is state
    assert (None if found[0] is None else f"{found[0]:f}") == number
    assert parse_cell(print_cell(*found)) == found


@pytest.mark.parametrize("cell", ["x", "c", "12p", "-", "p", "[p]", "about 12"])
def test_a_slip_in_a_data_file_is_no_state(cell: str) -> None:
    assert parse_cell(cell) is None


def test_a_state_stands_beside_a_number_only() -> None:
    assert split_state("Group") == ("Group", None)
    assert split_state("2015/16 (p)") == ("2015/16", NumberState.PROVISIONAL)
    assert split_state("12%r") == ("12%", NumberState.REVISED)


def test_the_rolling_average_is_that_of_the_observations_as_the_average_is(tmp_path: Path) -> None:
    files = {
        "data/staff.csv": "month,value\n" + "".join(f"{month},{100 + at}\n" for at, month in enumerate(MONTHS)),
        "data/visits.csv": "quarter,value\n"
        + "".join(f"2015/16 Q{at},{30 * at}\n" for at in (1, 2, 3))
        + "2014/15 Q4,0\n",
        "measures.yaml": "staff: {title: S, unit: posts, file: staff.csv, combine: last, source: S}\n"
        "visits: {title: V, unit: visits, file: visits.csv, source: S}\n",
    }
    found = workspace(tmp_path, files)
    first = 100 + len(MONTHS) - 12
    assert found.quantity("staff.rolling_average").value == first + Fraction(11, 2)
    assert found.text("visits.rolling_average") == found.text("visits.average") == "45"
