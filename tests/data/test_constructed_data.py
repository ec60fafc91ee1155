"""The constructed series of the sample workspace against the published figures, directions and judgements.

The files are read plainly, so that nothing of papergen stands between them and the published table; only the judgements
are papergen's own control limits.  That every published figure is printed is held in ``test_published.py``.
"""

from __future__ import annotations

import subprocess
import sys
from collections import defaultdict
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

from papergen.values.periods import Month
from tests.data.constructed import (
    AREAS,
    DATA,
    HIGH_HARM,
    NUMBERS,
    OTHER_SEXUAL,
    PERIODS,
    Q3,
    ROOT,
    TO_DATE,
    TWELVE,
    VIOLENCE,
    YEAR_2014,
    change,
    crime,
    monthly,
    months,
    percent,
    rounded,
    rows,
    total,
)

SCRIPT = ROOT / "tools" / "construct_sample_data.py"


# ---------------------------------------------------------------------------------------------------------------------
# What is behind the published figures, which tests/data/test_published.py holds to be printed


@pytest.mark.parametrize(
    ("kind", "low", "high", "changes"),
    [
        (VIOLENCE, 9467, 9749, (27, 30)),  # A031-A033
        ("rape", 901, 917, (29, 32)),  # A038-A040
        (OTHER_SEXUAL, 1778, 1821, (38, 41)),  # A046-A048
    ],
)
def test_projections_over_last_year(kind: str, low: int, high: int, changes: tuple[int, int]) -> None:
    before = crime(kind, YEAR_2014)
    assert (change(low, before), change(high, before)) == changes
    assert crime(kind, TO_DATE) < low


@pytest.mark.parametrize(
    ("file", "words", "over"),
    [
        ("recorded-crime", {}, (19, 21)),  # A030
        ("recorded-crime", {"crime_type": "robbery"}, (10, 10)),  # A059
        ("hate-crime", {}, (11, 11)),  # A001
    ],
)
def test_percentage_projections_go_with_the_year_so_far(
    file: str, words: dict[str, str], over: tuple[int, int]
) -> None:
    """The year to date and a fourth quarter as large as the average of the first three come near the projection."""
    before, so_far = total(file, YEAR_2014, **words), total(file, TO_DATE, **words)
    assert over[0] - 3 <= change(so_far * 4 // 3, before) <= over[1] + 3


def test_current_and_non_recent_sexual_offences() -> None:
    for kind, share in (("rape", 40), (OTHER_SEXUAL, 50)):  # A045, A052
        for when in (Q3, TWELVE):
            current = total("sexual-offences-timing", when, crime_type=kind, timing="current")
            assert percent(current, crime(kind, when)) == share
        by_month = months("2011-04", "2015-12")
        for month in by_month:
            assert total("sexual-offences-timing", [month], crime_type=kind) == crime(kind, [month])
        now, then = (
            monthly("sexual-offences-timing", by_month, crime_type=kind, timing=timing)
            for timing in ("current", "non-recent")
        )
        assert _moves(now) > _moves(then) * (0.9 if kind == OTHER_SEXUAL else 1.0)


def _moves(values: list[int]) -> float:
    """The mean step from month to month over the mean."""
    return sum(abs(after - before) for before, after in pairwise(values)) / sum(values)


@pytest.mark.parametrize("quarters", [1, 4])
@pytest.mark.parametrize(
    ("stage", "rank", "gap"),
    [
        ("ease of contact", 3, None),  # A008
        ("actions", 8, -8),  # A009, A013
        ("treatment", 6, None),  # A010
        ("follow-up", 8, -14),  # A011, A012
    ],
)
def test_ranks_in_the_most_similar_group(stage: str, rank: int, gap: int | None, quarters: int) -> None:
    """The ranks and gaps hold for the quarter to September 2015 and for the twelve months."""
    when = ["2014/15 Q3", "2014/15 Q4", "2015/16 Q1", "2015/16 Q2"][-quarters:]
    shares = {
        force: Fraction(
            100 * total("satisfaction-by-force", when, column="satisfied", stage=stage, force=force),
            total("satisfaction-by-force", when, column="interviewed", stage=stage, force=force),
        )
        for force in {row["force"] for row in rows("satisfaction-by-force")}
    }
    own = shares["West Mercia"]
    assert len(shares) == 8
    assert sum(share > own for share in shares.values()) + 1 == rank
    if gap is not None:
        assert rounded(own - max(shares.values())) == gap


def test_people_met_again_are_some_of_all() -> None:
    for file in ("repeat-victims", "repeat-defendants"):
        for row in rows(file):
            assert row["repeated"] == ("0" if row["times"] == "once" else row["people"])
            assert int(row.get("same_month", 0)) <= int(row["repeated"])
    quarter = ["2015/16 Q3"]
    once, more = (total("assaulted-people", quarter, times=times) for times in ("once", "more than once"))
    assert total("assault-victims", quarter) >= once + 2 * more


def test_missing_people_are_no_more_than_their_reports() -> None:
    for row in rows("missing-persons"):
        assert int(row["in_care"]) <= int(row["reports"])
    for age in ("under 18", "18 and over"):
        people = total("missing-people", ["2015/16 Q3"], column="people", age=age)
        again = total("missing-people", ["2015/16 Q3"], column="repeat_people", age=age)
        assert people + again <= total("missing-persons", Q3, column="reports", age=age)


def test_road_deaths_are_the_killed_of_the_casualties() -> None:
    for month in months("2011-04", "2015-11"):
        for area in AREAS:
            killed = total("road-casualties", [month], area=area, severity="killed")
            assert killed == total("road-deaths", [month], area=area)
            hurt = total("road-casualties", [month], area=area, severity="seriously injured")
            assert min(1, hurt) <= total("serious-injury-collisions", [month], area=area) <= hurt


def test_markers_and_response_times_are_of_the_same_incidents() -> None:
    for row in rows("violence-markers"):
        assert int(row["offences"]) == crime(VIOLENCE, [row["month"]])
    for row in rows("emergency-response"):
        assert int(row["within_20"]) <= int(row["incidents"])


# ---------------------------------------------------------------------------------------------------------------------
# The files


def test_crime_types_and_subsets_fit_together() -> None:
    for month in months("2011-04", "2015-12"):
        whole = total("recorded-crime", [month])
        assert total("rural-crime", [month]) + total("business-crime", [month]) < whole
        assert total("business-crime", [month], crime_type="shoplifting") == crime("shoplifting", [month])
        if month >= "2014-04":
            assert total("crime-outcomes", [month]) == whole
            for kind in HIGH_HARM:
                assert total("crime-outcomes", [month], crime_type=kind) == crime(kind, [month])
        if month <= "2015-09":
            assert total("recorded-crime-by-force", [month], force="West Mercia") == whole
            for kind in HIGH_HARM:
                own = total("recorded-crime-by-force", [month], force="West Mercia", crime_type=kind)
                assert own == crime(kind, [month])
    for row in rows("crime-outcomes"):
        assert int(row["recorded"]) == total("crime-outcomes", [row["month"]], crime_type=row["crime_type"])


def test_own_satisfaction_is_the_same_in_both_files() -> None:
    for row in rows("satisfaction-by-force"):
        if row["force"] == "West Mercia":
            year, quarter = int(row["quarter"][:4]), int(row["quarter"][-1])
            first = Month(year, 4).plus(3 * quarter - 3)
            when = [f"{each.year}-{each.month:02d}" for each in (first, first.plus(1), first.plus(2))]
            for column in ("satisfied", "interviewed"):
                assert int(row[column]) == total("victim-satisfaction", when, column=column, stage=row["stage"])


@pytest.mark.parametrize("path", sorted(DATA.glob("*.csv")), ids=lambda path: path.stem)
def test_every_series_is_complete(path: Path) -> None:
    """Each month or quarter from the first to the last has each part once, each area among them, and whole numbers."""
    if path.stem == "facts":
        return
    table = rows(path.stem)
    (period,) = (name for name in table[0] if name in PERIODS)
    words = [name for name in table[0] if name != period and name not in NUMBERS]
    parts: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for row in table:
        parts[row[period]].append(tuple(row[name] for name in words))
        assert all(row[name].isascii() and row[name].isdigit() for name in row if name in NUMBERS), row
    first, *others = (sorted(each) for each in parts.values())
    assert len(first) == len(set(first))
    assert all(each == first for each in others)
    if "area" in words:
        assert {row["area"] for row in table} == set(AREAS)
    if period == "month":
        assert list(parts) == months(next(iter(parts)), list(parts)[-1])
    if period == "quarter":
        names = [f"{year}/{year % 100 + 1} Q{quarter}" for year in range(2011, 2016) for quarter in range(1, 5)]
        begins = names.index(next(iter(parts)))
        assert list(parts) == names[begins : begins + len(parts)]


def test_the_script_writes_the_same_bytes(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(SCRIPT), str(tmp_path)], check=True, capture_output=True)
    written = sorted(path.name for path in tmp_path.iterdir())
    assert written == sorted(path.name for path in DATA.glob("*.csv") if path.name != "facts.csv")
    for name in written:
        assert (tmp_path / name).read_bytes() == (DATA / name).read_bytes(), name
