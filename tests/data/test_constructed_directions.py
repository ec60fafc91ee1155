"""The published directions and judgements hold of the constructed series, which papergen's own limits judge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise

import pytest

from papergen.data.control_limits import control_limits, seasonal_ratios
from papergen.values.periods import Month
from papergen.values.quantities import Direction
from tests.data.constructed import (
    AREAS,
    HIGH_HARM,
    OTHER_SEXUAL,
    Q2,
    Q3,
    SINCE_2013,
    TO_DATE,
    TO_DATE_2014,
    VIOLENCE,
    crime,
    monthly,
    months,
    outcome,
    rows,
    total,
)


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
