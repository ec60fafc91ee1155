"""Rare counts, short groups, old steps, and series that follow the season or wander."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from papergen.data.analysis import analyse
from papergen.data.control_limits import SpecialCause
from papergen.data.judgements import judge
from papergen.data.overview import overview
from papergen.diagnostics import Diagnostics
from papergen.values.periods import Month, Period
from tests.simulations.judgements import (
    RARE,
    SEASONAL,
    WANDERING,
    rare_counts,
    rare_rows,
    seasonal_counts,
    seasonal_rows,
    wandering_counts,
    wandering_rows,
)
from tests.support.builds import REPOSITORY
from tests.support.small import Workspace, workspace

GUIDE = (REPOSITORY / "docs" / "control-limits.md").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("mean", RARE)
def test_no_more_than_six_of_a_hundred_quarters_of_a_rare_count_are_judged_special(mean: float) -> None:
    assert rare_counts(mean)[1] <= 6


@pytest.mark.slow
@pytest.mark.parametrize(("mean", "swing"), SEASONAL)
def test_what_follows_the_season_is_told_and_then_judged_by_it(mean: float, swing: float) -> None:
    by_limits, by_season, told = seasonal_counts(mean, swing)
    if by_limits >= 12:
        assert told >= 90
        assert by_season <= 8
    if not swing:
        assert told <= 5


@pytest.mark.slow
def test_what_wanders_is_told() -> None:
    told = [wandering_counts(kept)[1] for kept in WANDERING]
    assert told == sorted(told)
    assert told[0] <= 10
    assert told[-1] >= 80


@pytest.mark.slow
def test_the_figures_of_the_guide_are_those_measured() -> None:
    for row in (*rare_rows(), *seasonal_rows(), *wandering_rows()):
        assert "| " + " | ".join(row) + " |" in GUIDE


# ---------------------------------------------------------------------------------------------------------------------


def counted(root: Path, values: Sequence[int], more: str = "", *, column: str = "month") -> Workspace:
    """A count whose last value is that of December 2015."""
    months = 3 if column == "quarter" else 1
    rows = []
    for index, value in enumerate(reversed(values)):
        month = Month(2015, 12).plus(-months * index)
        year = month.plus(-3).year
        quarter = f"{year}/{(year + 1) % 100:02} Q{(month.plus(-3).month - 1) // 3 + 1}"
        rows.append(f"{quarter if months == 3 else f'{month.year}-{month.month:02}'},{value}")
    measure = f"counted: {{title: Counted, unit: deaths, file: counted.csv, source: Deaths, good: lower{more}}}\n"
    data = f"{column},value\n" + "\n".join(reversed(rows)) + "\n"
    return workspace(root, {"measures.yaml": measure, "data/counted.csv": data})


def judged(found: Workspace) -> tuple[str, str]:
    judgement = judge(analyse(found.book.series("counted")), found.book.period)
    return judgement.words, judgement.reason


QUIET = [0, 1, 0, 0, 2, 0, 0, 0, 1, 0, 0, 1] * 4


@pytest.mark.parametrize(
    ("values", "words", "reason"),
    [
        ([*QUIET, 0, 0, 0], "No significant change", "No point of the period is special cause."),
        ([*QUIET, 1, 2, 3], "Increased volumes", "December 2015: closer together than chance would bring."),
        ([*QUIET, *[0] * 14], "Reduced volumes", "December 2015: longer without one than chance would bring."),
        ([*[0] * 20, 1, *[0] * 20, 1], "Too few to judge", "The current level rests on 2 in 42 months."),
        ([0] * 40, "Too few to judge", "The current level rests on 0 in 40 months."),
        ([*[0] * 40, 2, 0, 2], "Increased volumes", "December 2015: closer together than chance would bring."),
    ],
)
def test_a_rare_count_is_judged_by_gaps_and_clusters(
    values: list[int], words: str, reason: str, tmp_path: Path
) -> None:
    """20 events in 62 months: 14 months without one have a chance of (48/62)^20, less than 1 in 100."""
    assert judged(counted(tmp_path, values)) == (words, reason)


def test_the_limits_of_a_rare_count_end_where_a_month_alone_is_marked(tmp_path: Path) -> None:
    chart = analyse(counted(tmp_path, [*QUIET, 0, 0, 7]).book.series("counted")).chart
    assert chart.points[-1].lower == 0
    assert chart.points[-1].upper == 5
    assert chart.points[-1].special is SpecialCause.CLOSE
    assert all(point.value <= point.upper for point in chart.points if point.special is not SpecialCause.CLOSE)


def test_events_by_the_day_are_judged_by_the_month(tmp_path: Path) -> None:
    days = [f"{2011 + index // 4}-{3 * (index % 4) + 2:02}-11" for index in range(18)]
    measure = (
        "counted: {title: Counted, unit: deaths, file: counted.csv, source: Deaths,"
        " data_to: {2016-02-02: 2015-12-31}}\n"
    )
    found = workspace(
        tmp_path,
        {"measures.yaml": measure, "data/counted.csv": "date,value\n" + "".join(f"{day},1\n" for day in days)},
    )
    analysis = analyse(found.book.series("counted"))
    assert (len(analysis.observations), analysis.rare) == (58, True)
    assert judged(found)[0] == "No significant change"


def test_too_few_points_are_not_judged_though_one_is_special(tmp_path: Path) -> None:
    assert judged(counted(tmp_path, [50, 52, 51, 49, 50, 51, 52, 50, 90])) == (
        "Too few months to judge",
        "The current level has 9 points.",
    )


STEP = ", steps: [{from: %s, reason: New recording}]"


def test_a_step_of_three_years_ago_is_no_news(tmp_path: Path) -> None:
    """Twelve quarters since the step: too few for limits, and no longer a new level."""
    quarters = [30, 31, 29, 30] * 3 + [60, 61, 59, 60] * 3
    old = counted(tmp_path / "old", quarters, STEP % "2012/13 Q4", column="quarter")
    assert judged(old) == ("Too few quarters to judge", "The current level has 12 points.")
    recent = counted(tmp_path / "recent", [30, 31, 29, 30] * 6 + [60, 61], STEP % "2015/16 Q2", column="quarter")
    assert judged(recent)[0] == "Stable at a new level"


def test_data_check_tells_what_should_be_seasonal_with_the_figure(tmp_path: Path) -> None:
    year = [100, 105, 118, 122, 120, 110, 100, 95, 85, 80, 78, 90]
    values = [each + index % 5 for index, each in enumerate(year * 5)]
    diagnostics = Diagnostics()
    overview(counted(tmp_path / "plain", values).book, diagnostics)
    (told,) = [each for each in diagnostics if each.code.id == "D116"]
    assert told.message.startswith("“counted” follows the season: the time of the year explains 9")
    assert "seasonal: true" in told.hint
    diagnostics = Diagnostics()
    overview(counted(tmp_path / "seasonal", values, ", seasonal: true").book, diagnostics)
    assert [each for each in diagnostics if each.code.id == "D116"] == []


def test_data_check_tells_what_wanders_with_the_figure(tmp_path: Path) -> None:
    values = [100 + 3 * min(index % 30, 30 - index % 30) for index in range(60)]
    diagnostics = Diagnostics()
    overview(counted(tmp_path, values).book, diagnostics)
    (told,) = [each for each in diagnostics if each.code.id == "D117"]
    assert "“counted” wanders: each month keeps" in told.message


@pytest.mark.parametrize(
    ("column", "every", "events", "judged_by", "is_rare"),
    [
        ("date", 1, (0, 1, 2), "December 2015", False),
        ("date", 1, (1, *[0] * 39), "December 2015", True),
        ("week", 7, (1, *[0] * 4), "December 2015", True),
        ("week", 7, (30, 33, 29), "week from 28\u00a0December 2015", False),
    ],
)
def test_days_and_rare_weeks_are_judged_by_the_month(
    column: str, every: int, events: Sequence[int], judged_by: str, is_rare: bool, tmp_path: Path
) -> None:
    """Also where days and weeks without any are typed as zeros."""
    first = date(2011, 4, 4)
    days = range(0, (date(2016, 1, 3) - first).days, every)
    rows = [f"{first + timedelta(days=day)},{events[index % len(events)]}\n" for index, day in enumerate(days)]
    measure = "counted: {title: Counted, unit: deaths, file: counted.csv, source: Deaths, data_to: {2016-02-02: %s}}\n"
    files = {"measures.yaml": measure % ("2016-01-03" if every > 1 else "2015-12-31")}
    found = workspace(tmp_path, {**files, "data/counted.csv": f"{column},value\n{''.join(rows)}"})
    analysis = analyse(found.book.series("counted"))
    assert (analysis.observations[-1].period.name, analysis.rare) == (judged_by, is_rare)
    assert judged(found)[0] == "No significant change"


def test_a_rare_count_by_the_quarter_is_judged_by_gaps_and_clusters(tmp_path: Path) -> None:
    quarters = [*[0, 0, 1, 0] * 7, 0, 0, 0]
    assert judged(counted(tmp_path / "calm", quarters, column="quarter"))[0] == "No significant change"
    assert judged(counted(tmp_path / "one", [0] * 30 + [1], column="quarter")) == (
        "Too few to judge",
        "The current level rests on 1 in 31 quarters.",
    )
    assert judged(counted(tmp_path / "many", [*quarters, 2, 3], column="quarter"))[0] == "Increased volumes"


def test_a_period_shorter_than_a_month_is_judged_by_the_last_month(tmp_path: Path) -> None:
    found = counted(tmp_path, [50, 52, 49, 51] * 10 + [90])
    week = Period(date(2015, 12, 14), date(2015, 12, 20))
    assert judge(analyse(found.book.series("counted")), week).words == "Increased volumes"


def test_figures_below_zero_are_no_rare_count(tmp_path: Path) -> None:
    """A correction that takes counts back: the sum is negative, and no number of events has that chance."""
    found = counted(tmp_path, [-5, 3, -2] * 19)
    assert analyse(found.book.series("counted")).rare is False
    assert judged(found)[0] == "No significant change"
