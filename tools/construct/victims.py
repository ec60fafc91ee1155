"""What victims think of the service, how crimes are closed, and who is a victim, a defendant or missing repeatedly."""

from __future__ import annotations

from construct import crime
from construct.spread import AREAS, Cell, Table, fit, months, noisy, pins, quarter_of, spread, stream, wobble

# A004: 81.1% of victims of hate crime satisfied in the twelve months to December 2015 (120 of 148), rising this year.
HATE_INTERVIEWED = pins(
    "2014-04", 11, 12, 13, 12, 12, 11, 13, 12, 12, *(12, 13, 12, 11, 13, 12, 12, 13, 12, 13, 12, 13)
)
HATE_SATISFIED = pins("2014-04", 8, 8, 10, 9, 8, 9, 9, 10, 9, *(9, 10, 9, 9, 10, 10, 10, 10, 10, 11, 11, 11))


def hate_crime_satisfaction() -> Table:
    """Victims of hate crime interviewed, and those of them who were satisfied."""
    rng = stream("hate crime satisfaction")
    rows: list[tuple[Cell, ...]] = []
    for month in months():
        interviewed = HATE_INTERVIEWED.get(month, rng.randint(9, 14))
        satisfied = round(interviewed * min(0.92, max(0.58, rng.gauss(0.735, 0.08))))
        rows.append((month, HATE_SATISFIED.get(month, satisfied), interviewed))
    return Table(("month", "satisfied", "interviewed"), rows)


# The share satisfied with each stage, in percent, about level since 2011.
STAGES = {"ease of contact": 95.7, "actions": 80.6, "treatment": 92.6, "follow-up": 70.2, "whole experience": 83.0}
ASKED = {"ease of contact": 0.88, "actions": 1.0, "treatment": 1.0, "follow-up": 0.95, "whole experience": 1.0}
# A006, A007: 69% satisfied with follow-up in Q3 and 70% in Q2; A005: 83% with the whole experience in the two quarters.
# A008-A011 rest on the four quarters to 2015/16 Q2, which are kept close to the shares above.
QUARTER_SHARES = {
    "2014/15 Q3": {},
    "2014/15 Q4": {},
    "2015/16 Q1": {},
    "2015/16 Q2": {"follow-up": 69.9},
    "2015/16 Q3": {"follow-up": 69.0},
}


def victim_satisfaction() -> Table:
    """Victims interviewed about each stage of the service, and those of them who were satisfied."""
    rng = stream("victim satisfaction")
    asked = noisy("victims interviewed", {"2011-04": 158}, times=0.8)
    rows: dict[tuple[str, str], tuple[int, int]] = {}
    for stage, share in STAGES.items():
        interviewed = {month: round(count * ASKED[stage]) for month, count in asked.items()}
        totals = {
            quarter: round(
                shares.get(stage, share)
                / 100
                * sum(n for month, n in interviewed.items() if quarter_of(month) == quarter)
            )
            for quarter, shares in QUARTER_SHARES.items()
        }
        expected = {}
        for month, count in interviewed.items():
            spread_of_share = (share / 100 * (1 - share / 100) / count) ** 0.5
            drawn = share / 100 + spread_of_share * max(-1.6, min(1.6, rng.gauss(0, 1)))
            expected[month] = count * min(0.99, drawn)
        satisfied = fit(expected, totals=totals)
        for month, count in interviewed.items():
            rows[month, stage] = (satisfied[month], count)
    return Table(
        ("month", "stage", "satisfied", "interviewed"),
        [(month, stage, *rows[month, stage]) for month in months() for stage in STAGES],
    )


# How crimes recorded from April to December were closed by the end of December, in percent: action taken, no action,
# no suspect, other, not yet assigned.  Less action was taken in 2015/16 than in 2014/15, above all in violence with
# injury, other sexual offences and robbery, and a little more in domestic burglary; "no action" grew in every group,
# most in robbery and domestic burglary.
OUTCOMES = ("action taken", "no action", "no suspect", "other", "not yet assigned")
OUTCOME_SHARES = {
    "violence with injury": ((41, 33, 12.5, 4, 9.5), (33, 40, 12, 5, 10)),
    "rape": ((14, 39, 6, 5, 36), (12, 44, 6, 5, 33)),
    "other sexual offences": ((27, 34, 8, 4, 27), (19, 39, 8, 4.5, 29.5)),
    "domestic burglary": ((10, 5, 78, 0.5, 6.5), (11, 14, 67, 0.5, 7.5)),
    "robbery": ((27, 16, 45, 1.5, 10.5), (18, 26, 43, 2, 11)),
    "all other crime": ((25.5, 11.5, 51, 2.5, 9.5), (22, 16, 48, 3.5, 10.5)),
}


def crime_outcomes() -> Table:
    """Recorded crime by outcome, for the groups that do most harm and for all other crime, from April 2014.

    ``recorded`` is the group's offences of the month, whatever their outcome.
    """
    rng = stream("crime outcomes")
    total = crime.total_by_month()
    rows: list[tuple[Cell, ...]] = []
    for month in months("2014-04"):
        year = int(month >= "2015-04")
        high_harm = {name: crime.FIXED[name][month] for name in OUTCOME_SHARES if name in crime.FIXED}
        recorded = high_harm | {"all other crime": total[month] - sum(high_harm.values())}
        more = rng.uniform(0.92, 1.08)
        for name, count in recorded.items():
            weights = [wobble(rng, count * share / 100, 0.6) for share in OUTCOME_SHARES[name][year]]
            weights[0] *= more
            values = spread(count, weights)
            rows.extend((month, name, outcome, value, count) for outcome, value in zip(OUTCOMES, values, strict=True))
    return Table(("month", "crime_type", "outcome", "value", "recorded"), rows)


# How often the victims (defendants) of a month were victims (defendants) in the twelve months to its end, this once
# included.  A016: 21% of the 4,012 victims of December 2015 more than once (843); A017: 51 over 5 times; A018: 5 over
# 10 times; A014, A015: 203 of them (5%) more than once in December itself.
TIMES = ("once", "twice", "3 times", "4 times", "5 times", "6 to 10 times", "more than 10 times")
VICTIMS_DECEMBER = (3169, 521, 166, 72, 33, 46, 5)
SAME_MONTH_DECEMBER = (0, 96, 48, 26, 12, 18, 3)
# A019, A020: 30% of the 760 defendants of December 2015 (228) more than once; A021: 15 over 10 times.
DEFENDANTS_DECEMBER = (532, 104, 45, 24, 13, 27, 15)


def repeat_victims() -> Table:
    """Victims of each month from April 2013 by how often in twelve months, and those repeated in the month itself."""
    rng = stream("repeat victims")
    total = crime.total_by_month()
    rows: list[tuple[Cell, ...]] = []
    for month in months("2013-04"):
        people = round(total[month] * rng.uniform(0.665, 0.690))
        counts = spread(people, [wobble(rng, people * part / sum(VICTIMS_DECEMBER), 0.8) for part in VICTIMS_DECEMBER])
        same = [
            min(count, round(wobble(rng, count * again / part, 0.6))) if again else 0
            for count, again, part in zip(counts, SAME_MONTH_DECEMBER, VICTIMS_DECEMBER, strict=True)
        ]
        if month == "2015-12":
            counts, same = list(VICTIMS_DECEMBER), list(SAME_MONTH_DECEMBER)
        rows.extend((month, *row) for row in zip(TIMES, counts, repeated(counts), same, strict=True))
    return Table(("month", "times", "people", "repeated", "same_month"), rows)


def repeated(counts: list[int]) -> list[int]:
    """Of the people counted under each of ``TIMES``, those who are repeat victims or defendants: all but the first."""
    return [0, *counts[1:]]


def repeat_defendants() -> Table:
    """Defendants of each month from April 2013 by how often in twelve months."""
    rng = stream("defendants of the month")
    rows: list[tuple[Cell, ...]] = []
    for month in months("2013-04"):
        people = round(wobble(rng, 830 if month < "2015-04" else 790))
        counts = spread(
            people, [wobble(rng, people * part / sum(DEFENDANTS_DECEMBER), 0.6) for part in DEFENDANTS_DECEMBER]
        )
        if month == "2015-12":
            counts = list(DEFENDANTS_DECEMBER)
        rows.extend((month, *row) for row in zip(TIMES, counts, repeated(counts), strict=True))
    return Table(("month", "times", "people", "repeated"), rows)


# A023: 883 missing person reports in Q3; A024: 920 in Q2; A025: 497 for under 18s in Q3 (503 in Q2).  In November 2015
# below average in every area, in December above it.
MISSING_SEASONS = (0.98, 1.03, 1.02, 1.06, 1.04, 1.01, 1.02, 0.96, 1.00, 0.95, 0.91, 1.02)
MISSING = fit(
    noisy("missing persons", {"2011-04": 268, "2012-04": 276, "2013-04": 285, "2014-04": 290}, seasons=MISSING_SEASONS),
    pinned=pins("2015-04", 288, 305, 300, 312, 309, 299, 302, 259, 322),
    totals={"2013/14": 3420, "2014/15": 3480},
)
UNDER_18 = fit(
    noisy(
        "missing persons under 18",
        {"2011-04": 148, "2012-04": 153, "2013-04": 159, "2014-04": 162},
        seasons=MISSING_SEASONS,
        times=0.8,
    ),
    pinned=pins("2015-07", 173, 167, 163, 171, 145, 181),
)
MISSING_SHARES = (0.13, 0.25, 0.23, 0.24, 0.15)
MISSING_BY_AREA = {
    "2015-10": (39, 75, 70, 73, 45),
    "2015-11": (33, 64, 60, 62, 40),
    "2015-12": (42, 81, 73, 78, 48),
}
# A026: 30% of the reports of Q3 (265) for people who live in care homes; it varies little from quarter to quarter.
IN_CARE_UNDER_18, IN_CARE_ADULT = 0.487, 0.06
IN_CARE_Q3 = 265


def missing_persons() -> Table:
    """Reports of missing persons by policing area and age, and those for people who live in care homes."""
    rng = stream("missing persons by area and age")
    keys: list[tuple[str, str, str]] = []
    reports: list[int] = []
    care: list[int] = []
    for month, total in MISSING.items():
        weights = [wobble(rng, total * share, 0.9) for share in MISSING_SHARES]
        areas = list(MISSING_BY_AREA.get(month, spread(total, weights)))
        young = spread(UNDER_18[month], [wobble(rng, count * UNDER_18[month] / total, 0.4) for count in areas])
        for at, area in enumerate(AREAS):
            for age, count, rate in (
                ("under 18", young[at], IN_CARE_UNDER_18),
                ("18 and over", areas[at] - young[at], IN_CARE_ADULT),
            ):
                keys.append((month, area, age))
                reports.append(count)
                care.append(min(count, round(wobble(rng, count * rate, 0.5))))
    last = [at for at, key in enumerate(keys) if key[0] >= "2015-10"]
    for at, count in zip(last, spread(IN_CARE_Q3, [care[at] for at in last]), strict=True):
        care[at] = count
    rows: list[tuple[Cell, ...]] = [(*key, reports[at], care[at]) for at, key in enumerate(keys)]
    return Table(("month", "area", "age", "reports", "in_care"), rows)


# Out of those missing in a quarter, the share missing more than once in it is stable: about 35% of under 18s and 12% of
# adults.
MISSING_PEOPLE_Q3 = {"under 18": (262, 92), "18 and over": (330, 38)}


def missing_people() -> Table:
    """The people reported missing in each quarter, and those of them reported more than once in it."""
    rng = stream("missing people")
    reports: dict[tuple[str, str], int] = {}
    for month, total in MISSING.items():
        quarter = quarter_of(month)
        for age, count in (("under 18", UNDER_18[month]), ("18 and over", total - UNDER_18[month])):
            reports[quarter, age] = reports.get((quarter, age), 0) + count
    rows: list[tuple[Cell, ...]] = []
    for (quarter, age), count in reports.items():
        share, again = (0.53, 0.35) if age == "under 18" else (0.855, 0.117)
        people = round(count * share * rng.uniform(0.985, 1.015))
        repeated = round(people * again * rng.uniform(0.96, 1.04))
        if quarter == "2015/16 Q3":
            people, repeated = MISSING_PEOPLE_Q3[age]
        rows.append((quarter, age, people, repeated))
    return Table(("quarter", "age", "people", "repeat_people"), rows)


def tables() -> dict[str, Table]:
    """The files of victims, outcomes, defendants and missing persons."""
    return {
        "hate-crime-satisfaction.csv": hate_crime_satisfaction(),
        "victim-satisfaction.csv": victim_satisfaction(),
        "crime-outcomes.csv": crime_outcomes(),
        "repeat-victims.csv": repeat_victims(),
        "repeat-defendants.csv": repeat_defendants(),
        "missing-persons.csv": missing_persons(),
        "missing-people.csv": missing_people(),
    }
