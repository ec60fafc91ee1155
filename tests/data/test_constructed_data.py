"""The constructed series of the sample workspace against the published figures, directions and judgements.

The files are read plainly, so that nothing of papergen stands between them and the published table; only the judgements
are papergen's own control limits.  That every published figure is printed is held in ``test_published.py``.
"""

from __future__ import annotations

import csv
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from papergen.data.control_limits import control_limits, seasonal_ratios
from papergen.values.periods import Month
from papergen.values.quantities import Direction

ROOT = Path(__file__).parents[2]
DATA = ROOT / "content" / "data"
SCRIPT = ROOT / "tools" / "construct_sample_data.py"

AREAS = ("Herefordshire", "North Worcestershire", "Shropshire", "South Worcestershire", "Telford & Wrekin")
PERIODS = ("month", "quarter", "date")
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


# ---------------------------------------------------------------------------------------------------------------------
# What is behind the published figures, which tests/data/test_published.py holds to be printed


VIOLENCE, OTHER_SEXUAL = "violence with injury", "other sexual offences"


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
# The published directions


def test_satisfaction_of_hate_crime_victims_is_improving() -> None:
    def rolling(last: str) -> Fraction:
        when = months("2011-04", last)[-12:]
        satisfied, asked = (
            total("hate-crime-satisfaction", when, column=each) for each in ("satisfied", "interviewed")
        )
        return Fraction(satisfied, asked)

    averages = [rolling(month) for month in ["2015-03", *TO_DATE]]
    assert all(after > before for before, after in pairwise(averages))


def test_hate_crime_is_above_the_quarterly_average() -> None:
    assert total("hate-crime", Q3) > Fraction(total("hate-crime", SINCE_2013), 11)


def test_confidence_moves_towards_the_national_average() -> None:
    gaps = []
    for quarter in ("2014/15 Q3", "2014/15 Q4", "2015/16 Q1"):
        own, national = (
            Fraction(
                total("confidence", [quarter], column="confident", force=force),
                total("confidence", [quarter], column="interviewed", force=force),
            )
            for force in ("West Mercia", "England and Wales")
        )
        gaps.append(national - own)
    assert gaps[0] > gaps[1] > gaps[2] > 0


def outcome(kind: str, name: str, when: list[str]) -> Fraction:
    words = {} if kind == "all" else {"crime_type": kind}
    return Fraction(total("crime-outcomes", when, outcome=name, **words), total("crime-outcomes", when, **words))


HIGH_HARM = (VIOLENCE, "rape", OTHER_SEXUAL, "domestic burglary", "robbery")


def test_outcomes_year_on_year() -> None:
    action = {kind: _year_on_year(kind, "action taken") for kind in ("all", *HIGH_HARM)}
    assert action["all"] < 0
    most = {VIOLENCE, OTHER_SEXUAL, "robbery"}
    assert max(action[kind] for kind in most) < min(change for kind, change in action.items() if kind not in most)
    assert 0 < action["domestic burglary"] < Fraction(3, 100)
    no_action = {kind: _year_on_year(kind, "no action") for kind in HIGH_HARM}
    assert min(no_action.values()) > 0
    assert set(sorted(no_action, key=no_action.__getitem__)[-2:]) == {"robbery", "domestic burglary"}


def _year_on_year(kind: str, name: str) -> Fraction:
    return outcome(kind, name, TO_DATE) - outcome(kind, name, TO_DATE_2014)


def test_missing_persons_in_november_and_december() -> None:
    for area in AREAS:
        average = Fraction(total("missing-persons", SINCE_2013, column="reports", area=area), len(SINCE_2013))
        november, december = (
            total("missing-persons", [month], column="reports", area=area) for month in ("2015-11", "2015-12")
        )
        assert november < average < december


def test_missing_rates_are_stable() -> None:
    quarters = [row["quarter"] for row in rows("missing-people") if row["age"] == "under 18"]
    for words in ({}, {"age": "under 18"}):
        rates = [
            Fraction(
                total("missing-people", [quarter], column="repeat_people", **words),
                total("missing-people", [quarter], column="people", **words),
            )
            for quarter in quarters
        ]
        assert max(rates) - min(rates) < Fraction(5, 100)
    under_18 = total("missing-persons", Q2, column="reports", age="under 18")
    assert abs(497 - under_18) <= 10


def test_domestic_abuse_and_alcohol_in_violence() -> None:
    for marker in ("domestic abuse", "alcohol"):
        now, then = (
            Fraction(
                total("violence-markers", when, marker=marker),
                total("violence-markers", when, column="offences", marker=marker),
            )
            for when in (Q3, Q2)
        )
        assert 0 < now - then < Fraction(3, 100)
    when = months("2011-04", "2015-12")
    alcohol = dict(zip(when, monthly("violence-markers", when, marker="alcohol"), strict=True))
    for year in range(2011, 2016):
        assert alcohol[f"{year}-12"] > max(alcohol[f"{year}-10"], alcohol[f"{year}-11"])
    assert alcohol["2015-12"] < min(alcohol[f"{year}-12"] for year in range(2011, 2015))


def test_rape_rose_with_north_worcestershire() -> None:
    rises = {area: crime("rape", area=area) - crime("rape", Q2, area=area) for area in AREAS}
    assert max(rises, key=rises.__getitem__) == "North Worcestershire"
    assert rises["North Worcestershire"] * 2 >= 248 - crime("rape", Q2)


def test_robbery_rose_most_in_south_worcestershire_and_telford() -> None:
    for before in (Q2, months("2014-10", "2014-12")):
        rises = {area: crime("robbery", area=area) - crime("robbery", before, area=area) for area in AREAS}
        assert set(sorted(rises, key=rises.__getitem__)[-2:]) == {"South Worcestershire", "Telford & Wrekin"}


@pytest.mark.parametrize("file", ["business-crime", "rural-crime"])
def test_business_and_rural_crime_are_lower_before_christmas(file: str) -> None:
    october, november, december = monthly(file, Q3)
    average = Fraction(total(file, SINCE_2013), len(SINCE_2013))
    assert max(november, december) < min(average, Fraction(october))


def test_children_at_risk_are_fewest_in_summer() -> None:
    assert total("child-at-risk", Q2) < min(2064, total("child-at-risk", months("2015-04", "2015-06")))


def test_recent_road_casualties_are_above_the_average() -> None:
    assert min(monthly("road-casualties", months("2015-06", "2015-11"))) > 33


def test_rolling_response_time_is_rising() -> None:
    def rolling(last: str) -> Fraction:
        when = months("2011-04", last)[-12:]
        minutes, incidents = (total("emergency-response", when, column=each) for each in ("minutes", "incidents"))
        return Fraction(minutes, incidents)

    averages = [rolling(month) for month in TO_DATE]
    assert all(after > before for before, after in pairwise(averages))


def test_sickness_rises_in_winter_and_is_below_last_year() -> None:
    last_year = total("sickness", months("2014-10", "2014-12"), column="days_lost")
    assert total("sickness", Q2, column="days_lost") < 13_522 < last_year


def test_fewer_people_are_owed_time() -> None:
    months_there = months("2015-05", "2015-11")
    for personnel in ("officer", "staff"):
        for file in ("rest-days-owed", "time-off-owed"):
            values = monthly(file, months_there, personnel=personnel)
            assert all(after < before for before, after in pairwise(values))
    departments = {row["department"] for row in rows("rest-days-owed")}
    fell = [
        total("rest-days-owed", ["2015-11"], department=each) < total("rest-days-owed", ["2015-05"], department=each)
        for each in departments
    ]
    assert len(fell) / 2 < sum(fell) < len(fell)


def test_deployable_officers_meet_the_establishment() -> None:
    last = rows("officer-strength")[-1]
    assert int(last["establishment"]) <= int(last["deployable"]) < int(last["strength"])


def test_complaints_and_conduct_year_on_year() -> None:
    def average(when: list[str], days: str, cases: str) -> Fraction:
        return Fraction(total("complaint-cases", when, column=days), total("complaint-cases", when, column=cases))

    for days, cases in (("days_to_record", "recorded"), ("days_to_close", "closed")):
        assert average(TO_DATE, days, cases) < average(TO_DATE_2014, days, cases)
    closed, closed_2014 = (total("complaint-cases", when, column="closed") for when in (TO_DATE, TO_DATE_2014))
    assert closed < closed_2014
    by_type: dict[str, int] = defaultdict(int)
    for row in rows("complaints"):
        by_type[row["complaint_type"]] += int(row["value"]) * (row["month"] in TO_DATE)
    assert max(by_type, key=by_type.__getitem__) == "neglect or failure in duty"
    assert len(by_type) > 6
    conduct, conduct_2014 = (total("conduct-cases", when) for when in (TO_DATE, TO_DATE_2014))
    assert conduct_2014 * Fraction(85, 100) < conduct < conduct_2014
    gross, gross_2014 = (total("conduct-cases", when, severity="gross misconduct") for when in (TO_DATE, TO_DATE_2014))
    assert gross > gross_2014


# ---------------------------------------------------------------------------------------------------------------------
# The published judgements, by the rules of the control limits


def special(values: list[Fraction], steps: list[str], good: Direction) -> list[str]:
    """What the rules say of the last three points, from April 2013: high, low or nothing."""
    indices = [SINCE_2013.index(step) for step in steps]
    points = control_limits(values, good=good, steps=indices).points[-3:]
    return ["high" if each.special.is_high else "low" if each.special.is_low else "" for each in points]


def counted(file: str, **words: str) -> Callable[[], list[Fraction]]:
    return lambda: [Fraction(each) for each in monthly(file, SINCE_2013, **words)]


def divided(file: str, value: str, of: str, **words: str) -> Callable[[], list[Fraction]]:
    return lambda: [
        Fraction(total(file, [month], column=value, **words), total(file, [month], column=of, **words))
        for month in SINCE_2013
    ]


NOVEMBER_2014 = ["2014-11"]
STABLE: dict[str, tuple[Callable[[], list[Fraction]], list[str]]] = {
    "Hate Crime": (counted("hate-crime"), []),
    "Victim Satisfaction": (
        divided("victim-satisfaction", "satisfied", "interviewed", stage="whole experience"),
        [],
    ),
    "Repeat Victimisation": (divided("repeat-victims", "repeated", "people"), []),
    "Repeat Offending": (divided("repeat-defendants", "repeated", "people"), []),
    "Total Recorded Crime": (counted("recorded-crime"), ["2015-03"]),
    "Violence with Injury": (counted("recorded-crime", crime_type=VIOLENCE), ["2014-11", "2015-07"]),
    "Alcohol in violence": (divided("violence-markers", "value", "offences", marker="alcohol"), []),
    "Domestic abuse in violence": (divided("violence-markers", "value", "offences", marker="domestic abuse"), []),
    "Rape": (counted("recorded-crime", crime_type="rape"), NOVEMBER_2014),
    "Other Sexual Offences": (counted("recorded-crime", crime_type=OTHER_SEXUAL), NOVEMBER_2014),
    "Domestic Burglary": (counted("recorded-crime", crime_type="domestic burglary"), []),
    "Business Crime": (counted("business-crime"), []),
    "Rural Crime": (counted("rural-crime"), []),
    "Domestic Abuse": (counted("domestic-abuse"), NOVEMBER_2014),
    "Child at Risk": (counted("child-at-risk"), []),
    "Complaints": (counted("complaints"), []),
    "Conducts": (counted("conduct-cases"), []),
}


@pytest.mark.parametrize("topic", STABLE)
def test_no_significant_change(topic: str) -> None:
    values, steps = STABLE[topic]
    assert special(values(), steps, Direction.LOWER) == ["", "", ""]


def test_child_sexual_exploitation_is_stable_since_april_2014() -> None:
    when = months("2014-04", "2015-12")
    points = control_limits(monthly("child-sexual-exploitation", when)).points[-3:]
    assert not any(each.special.is_high or each.special.is_low for each in points)


def test_robbery_has_increased() -> None:
    values = monthly("recorded-crime", months("2011-04", "2015-12"), crime_type="robbery")
    assert all(each.special.is_high for each in control_limits(values).points[-3:])


def test_response_times_have_lengthened() -> None:
    values = divided("emergency-response", "minutes", "incidents")()
    assert special(values, [], Direction.LOWER) == ["high", "high", "high"]


@pytest.mark.parametrize(("file", "column"), [("anti-social-behaviour", "value"), ("sickness", "days_lost")])
@pytest.mark.parametrize("first", ["2012-04", "2013-04"])
def test_seasonal_measures_have_fallen(file: str, column: str, first: str) -> None:
    """By each month over the mean of that month in up to three earlier years, whenever the chart starts."""
    when = months("2011-04", "2015-12")
    values = dict(zip(when, monthly(file, when, column=column), strict=True))
    ratios = seasonal_ratios({Month(int(month[:4]), int(month[5:])): value for month, value in values.items()})
    chosen = [ratio for month, ratio in ratios.items() if f"{month.year}-{month.month:02d}" >= first]
    points = control_limits(chosen, good=Direction.LOWER).points
    assert all(each.special.is_low for each in points[-3:])


def test_positive_outcomes_have_fallen() -> None:
    when = months("2014-04", "2015-12")
    shares = [outcome("all", "action taken", [month]) for month in when]
    assert control_limits(shares, good=Direction.HIGHER).points[-1].special.is_low


def test_time_owed_is_falling() -> None:
    values = monthly("rest-days-owed", months("2015-05", "2015-11"))
    assert all(after < before for before, after in pairwise(values))
    assert control_limits(values, good=Direction.LOWER).points[-1].special.is_low


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
