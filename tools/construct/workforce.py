"""The workforce of the alliance and of the force: strength, sickness, time owed, and assaults on duty."""

from __future__ import annotations

import calendar

from construct.spread import AREAS, Cell, Table, months, quarter_of, season, spread, stream, wobble

STAFF = 1920
"""Police staff of the alliance, in full-time equivalents."""


def officers() -> list[tuple[str, int, int, int]]:
    """Officers of the alliance at each month's end: establishment, strength, and strength that can be deployed.

    The establishment falls to 2,841 by April 2014; recruits bring the strength back to it and, from the autumn of 2015,
    the deployable strength, which leaves out officers in their first six months.
    """
    rng = stream("officers")
    rows = []
    for at, month in enumerate(months()):
        establishment = max(2841, 3060 - 6 * at - (at == 0))
        if month < "2014-07":
            strength, recruits = 3046 - round(6.9 * at), 6 + at // 4
        else:
            since = months("2014-07").index(month)
            strength, recruits = 2778 + round(7.4 * since), min(64, 16 + 5 * since)
        strength += rng.randint(-4, 4)
        rows.append((month, establishment, strength, strength - recruits - rng.randint(0, 3)))
    rows[-3:] = [
        ("2015-10", 2841, 2889, 2828),
        ("2015-11", 2841, 2897, 2836),
        ("2015-12", 2841, 2904, 2843),
    ]
    return rows


def officer_strength() -> Table:
    """Officers of the alliance: establishment, strength and deployable strength."""
    return Table(("month", "establishment", "strength", "deployable"), list(officers()))


def weekdays(month: str) -> int:
    """How many Mondays to Fridays a month has."""
    year, number = int(month[:4]), int(month[5:])
    _, days = calendar.monthrange(year, number)
    return sum(calendar.weekday(year, number, day) < 5 for day in range(1, days + 1))


# A085: 13,522 days lost in Q3, across the alliance: more than in Q2, as every year, and fewer than in 2014/15 Q3.
# A086, A087: 4.41% of officers' days and 4.02% of staff's.
DAYS_LOST = {"2011-04": 4520, "2012-04": 4500, "2013-04": 4560, "2014-04": 4610, "2015-04": 4300}
SICK_SEASONS = (0.97, 0.96, 0.95, 0.96, 0.94, 0.98, 1.05, 1.04, 1.05, 1.08, 0.98, 1.04)
DAYS_LOST_Q3 = {"officer": 8429, "staff": 5093}
OFFICERS_PART = DAYS_LOST_Q3["officer"] / sum(DAYS_LOST_Q3.values())


def sickness() -> Table:
    """Days lost to sickness, and days that could have been worked (Mondays to Fridays), of officers and staff."""
    rng = stream("sickness")
    available, expected = {}, {}
    for month, _, strength, _ in officers():
        available[month] = {"officer": strength * weekdays(month), "staff": STAFF * weekdays(month)}
        level = [value for start, value in DAYS_LOST.items() if start <= month][-1] * season(month, SICK_SEASONS)
        expected[month] = {
            "officer": wobble(rng, level * OFFICERS_PART),
            "staff": wobble(rng, level * (1 - OFFICERS_PART)),
        }
    last = months("2015-10")
    lost = {month: {who: round(days) for who, days in expected[month].items()} for month in expected}
    for who, total in DAYS_LOST_Q3.items():
        for month, days in zip(last, spread(total, [expected[month][who] for month in last]), strict=True):
            lost[month][who] = days
    rows: list[tuple[Cell, ...]] = [
        (month, who, lost[month][who], available[month][who]) for month in lost for who in DAYS_LOST_Q3
    ]
    return Table(("month", "personnel", "days_lost", "days_available"), rows)


# Hours lost of the hours contracted, half-year by half-year, in percent.  A088: officers of West Mercia 5.7% to March
# 2015 and 5.2% to September; A089: staff 5.2% and 4.7%.
HALF_YEARS = (
    "2011-09-30",
    "2012-03-31",
    "2012-09-30",
    "2013-03-31",
    "2013-09-30",
    "2014-03-31",
    "2014-09-30",
    "2015-03-31",
    "2015-09-30",
)
HOURS_LOST = {
    ("West Mercia", "officer"): (4.4, 4.6, 4.5, 4.9, 4.9, 5.2, 5.3, 5.7, 5.2),
    ("West Mercia", "staff"): (4.3, 4.5, 4.4, 4.7, 4.7, 4.9, 4.9, 5.2, 4.7),
    ("England and Wales", "officer"): (3.9, 4.1, 3.9, 4.2, 4.0, 4.2, 4.1, 4.4, 4.2),
    ("England and Wales", "staff"): (4.0, 4.2, 4.0, 4.2, 4.0, 4.2, 4.1, 4.3, 4.2),
}
HOURS_CONTRACTED = {
    ("West Mercia", "officer"): 2_142_000,
    ("West Mercia", "staff"): 1_493_000,
    ("England and Wales", "officer"): 133_900_000,
    ("England and Wales", "staff"): 83_400_000,
}


def sickness_national() -> Table:
    """Hours lost to sickness and hours contracted in each half-year, of the force and of England and Wales."""
    rng = stream("national sickness")
    rows: list[tuple[Cell, ...]] = []
    for at, half_year in enumerate(HALF_YEARS):
        for (force, who), shares in HOURS_LOST.items():
            contracted = round(HOURS_CONTRACTED[force, who] * rng.uniform(0.99, 1.01))
            lost = round(contracted * (shares[at] + rng.uniform(-0.04, 0.04)) / 100)
            rows.append((half_year, force, who, lost, contracted))
    return Table(("date", "force", "personnel", "hours_lost", "hours_contracted"), rows)


# A090: 452 people above the limit of 5 days of RDIL in May and 298 in November, 34% fewer; A091: 36 over 20 days.
OVER_LIMIT = {
    "over 5 to 10 days": (243, 233, 223, 210, 194, 187, 174),
    "over 10 to 20 days": (138, 132, 126, 118, 107, 97, 88),
    "more than 20 days": (71, 66, 61, 54, 49, 42, 36),
}
OFFICERS_OVER_LIMIT = 0.82
DEPARTMENTS = {
    "Local Policing": (0.36, 0.33),
    "Crime Investigation": (0.17, 0.165),
    "Protecting Vulnerable People": (0.14, 0.14),
    "Operations": (0.13, 0.125),
    "Operations Communications": (0.05, 0.085),
    "Criminal Justice": (0.07, 0.07),
    "Enabling Services": (0.08, 0.085),
}


def rest_days_owed() -> Table:
    """People owed more than 5 rest days in lieu, by department, personnel and balance, from May to November 2015."""
    rng = stream("rest days in lieu")
    span = months("2015-05", "2015-11")
    rows: list[tuple[Cell, ...]] = []
    for at, month in enumerate(span):
        part = at / (len(span) - 1)
        for balance, totals in OVER_LIMIT.items():
            keys = [(name, who) for name in DEPARTMENTS for who in ("officer", "staff")]
            weights = []
            for name, who in keys:
                first, last = DEPARTMENTS[name]
                staff = 0.6 if name in ("Operations Communications", "Criminal Justice", "Enabling Services") else 0.06
                share = (first + (last - first) * part) * (staff if who == "staff" else 1 - staff)
                weights.append(max(0.05, totals[at] * share + rng.uniform(-0.4, 0.4)))
            values = spread(totals[at], weights)
            rows.extend((month, *key, balance, value) for key, value in zip(keys, values, strict=True))
    return Table(("month", "department", "personnel", "balance", "value"), rows)


TIME_OFF_OWED = {"officer": (498, 481, 470, 449, 431, 408, 391), "staff": (163, 158, 150, 149, 141, 136, 128)}


def time_off_owed() -> Table:
    """People owed more than 40 hours of time off in lieu, from May to November 2015."""
    rows: list[tuple[Cell, ...]] = [
        (month, who, values[at])
        for at, month in enumerate(months("2015-05", "2015-11"))
        for who, values in TIME_OFF_OWED.items()
    ]
    return Table(("month", "personnel", "value"), rows)


def staff_vacancies() -> Table:
    """A093: 127 vacancies in November 2015; A094: 33 filled by temporary posts; A095: 94 being recruited for."""
    return Table(
        ("month", "status", "value"),
        [("2015-11", "occupied by temporary posts", 33), ("2015-11", "being recruited for", 94)],
    )


# A096: 153 offences in Q3; A097: 28% more than Q2's 120 (27.5%).
ASSAULTS_BY_QUARTER = {
    "2015/16 Q2": {
        "assault without injury on a constable": 79,
        "assault with injury": 20,
        "assault without injury": 15,
        "racially or religiously aggravated assault": 4,
        "assault with intent to cause serious harm": 2,
    },
    "2015/16 Q3": {
        "assault without injury on a constable": 98,
        "assault with injury": 27,
        "assault without injury": 19,
        "racially or religiously aggravated assault": 6,
        "assault with intent to cause serious harm": 3,
    },
}
ASSAULT_SHARES = (0.14, 0.24, 0.18, 0.22, 0.22)
ASSAULTS_A_MONTH = 41


def assaults() -> Table:
    """Offences against police personnel on duty, by the policing area of the crime and by offence type."""
    rng = stream("assaults on police personnel")
    usual = ASSAULTS_BY_QUARTER["2015/16 Q2"]
    left: dict[str, dict[str, int]] = {quarter: dict(types) for quarter, types in ASSAULTS_BY_QUARTER.items()}
    rows: list[tuple[Cell, ...]] = []
    for month in months():
        quarter = quarter_of(month)
        to_come = sum(quarter_of(later) == quarter for later in months(month))
        if quarter not in left:
            total = round(wobble(rng, ASSAULTS_A_MONTH))
            counts = spread(total, [wobble(rng, total * part / sum(usual.values()), 0.8) for part in usual.values()])
        elif to_come == 1:
            counts = list(left[quarter].values())
        else:
            counts = [round(rng.uniform(0.85, 1.15) * count / to_come) for count in left[quarter].values()]
        if quarter in left:
            left[quarter] = {name: left[quarter][name] - count for name, count in zip(usual, counts, strict=True)}
        by_type = [spread(count, [wobble(rng, max(count, 1) * share) for share in ASSAULT_SHARES]) for count in counts]
        for at, area in enumerate(AREAS):
            rows.extend((month, area, name, split[at]) for name, split in zip(usual, by_type, strict=True))
    return Table(("month", "area", "offence_type", "value"), rows)


# An offence may have several victims, and a person may be a victim several times.  A098: the victims of Q3's offences
# (157 in all) are 145 people; A099: 134 of them (92%) victims once; A100: 11 more than once.
PERSONNEL = ("police officer", "special constable", "PCSO", "police staff")
ASSAULT_VICTIMS = {
    "2015/16 Q2": {
        "assault without injury on a constable": (75, 5, 0, 0),
        "assault with injury": (17, 1, 1, 2),
        "assault without injury": (6, 0, 3, 6),
        "racially or religiously aggravated assault": (3, 0, 0, 1),
        "assault with intent to cause serious harm": (2, 0, 0, 0),
    },
    "2015/16 Q3": {
        "assault without injury on a constable": (93, 8, 0, 0),
        "assault with injury": (23, 1, 1, 3),
        "assault without injury": (7, 0, 4, 8),
        "racially or religiously aggravated assault": (5, 0, 0, 1),
        "assault with intent to cause serious harm": (3, 0, 0, 0),
    },
}
ASSAULTED_PEOPLE = {
    "2015/16 Q2": {"once": (93, 6, 4, 7), "more than once": (5, 0, 0, 1)},
    "2015/16 Q3": {"once": (110, 9, 5, 10), "more than once": (10, 0, 0, 1)},
}


def assault_victims() -> Table:
    """Victims of the offences of a quarter by offence type and personnel type; a person counts once an offence."""
    rows: list[tuple[Cell, ...]] = [
        (quarter, name, who, count)
        for quarter, types in ASSAULT_VICTIMS.items()
        for name, counts in types.items()
        for who, count in zip(PERSONNEL, counts, strict=True)
    ]
    return Table(("quarter", "offence_type", "personnel", "value"), rows)


def assaulted_people() -> Table:
    """The people who were victims in a quarter, by personnel type, once or more than once."""
    rows: list[tuple[Cell, ...]] = [
        (quarter, who, times, counts[at])
        for quarter, table in ASSAULTED_PEOPLE.items()
        for at, who in enumerate(PERSONNEL)
        for times, counts in table.items()
    ]
    return Table(("quarter", "personnel", "times", "value"), rows)


def tables() -> dict[str, Table]:
    """The files of the workforce."""
    return {
        "officer-strength.csv": officer_strength(),
        "staff-vacancies.csv": staff_vacancies(),
        "sickness.csv": sickness(),
        "sickness-national.csv": sickness_national(),
        "rest-days-owed.csv": rest_days_owed(),
        "time-off-owed.csv": time_off_owed(),
        "assaults.csv": assaults(),
        "assault-victims.csv": assault_victims(),
        "assaulted-people.csv": assaulted_people(),
    }
