"""Hate crime, the markers of risk (domestic abuse, children, cyber crime) and anti-social behaviour."""

from __future__ import annotations

from construct.spread import (
    AREAS,
    Cell,
    Table,
    fit,
    months,
    noisy,
    pins,
    quarter_of,
    shared_by_area,
    spread,
    stream,
    wobble,
)

# A002: 279 offences and incidents in Q3, more than the quarterly average (245 since April 2013); A001: 11% above the
# 950 of 2014/15 by the end of the year.
HATE_CRIME = fit(
    noisy("hate crime", {"2011-04": 62, "2012-04": 70, "2013-04": 78}, times=1.0),
    pinned=pins("2015-04", 79, 91, 86, 103, 77, 87, 92, 98, 89),
    totals={"2013/14": 940, "2014/15": 950},
)
# A003: 72% of hate offences are racial, quarter after quarter.
RACIAL = 0.72
OTHER_STRANDS = {"sexual orientation": 11, "disability": 6, "religious": 5, "prejudice": 4, "transgender": 2}
INCIDENT_STRANDS = {
    "racial": 64,
    "sexual orientation": 13,
    "disability": 10,
    "religious": 6,
    "prejudice": 5,
    "transgender": 2,
}


def hate_crime() -> Table:
    """Hate offences and hate incidents by strand."""
    rng = stream("hate crime by strand")
    offences = {
        month: round(total * min(0.80, max(0.66, rng.gauss(0.73, 0.02)))) for month, total in HATE_CRIME.items()
    }
    by_quarter: dict[str, int] = {}
    for month, count in offences.items():
        by_quarter[quarter_of(month)] = by_quarter.get(quarter_of(month), 0) + count
    racial = fit(
        {month: wobble(rng, count * RACIAL, 0.3) for month, count in offences.items()},
        totals={quarter: round(RACIAL * count) for quarter, count in by_quarter.items()},
    )
    rows: list[tuple[Cell, ...]] = []
    for month, total in HATE_CRIME.items():
        others = spread(
            offences[month] - racial[month], [wobble(rng, part / 2, 0.9) for part in OTHER_STRANDS.values()]
        )
        rows.append((month, "offence", "racial", racial[month]))
        rows.extend((month, "offence", name, value) for name, value in zip(OTHER_STRANDS, others, strict=True))
        incidents = total - offences[month]
        shares = spread(incidents, [wobble(rng, incidents * part / 100) for part in INCIDENT_STRANDS.values()])
        rows.extend((month, "incident", name, value) for name, value in zip(INCIDENT_STRANDS, shares, strict=True))
    return Table(("month", "kind", "strand", "value"), rows)


# A068: 5,059 offences and crimed incidents in Q3; A069: 4% below the 5,270 of Q2.  More have been recorded since the
# assessments of risk (DASH) came onto the crime system, here from November 2014.
SUMMER = (0.99, 1.03, 1.03, 1.06, 1.04, 1.00, 0.99, 0.95, 1.01, 0.98, 0.91, 1.00)
DOMESTIC_ABUSE = fit(
    noisy("domestic abuse", {"2011-04": 930, "2012-04": 960, "2013-04": 1040, "2014-04": 1120}, seasons=SUMMER),
    pinned=pins("2014-11", 1612, 1701, 1655, 1520, 1662, 1640, 1722, 1728, 1812, 1758, 1700, 1702, 1634, 1723),
)
# A067: 2,533 offences in Q3 are 14% of the 18,094 recorded; A070: 82% of them (2,077) are violent.
DOMESTIC_ABUSE_Q3 = {"violent offence": 2077, "other offence": 456, "crimed incident": 2526}


def domestic_abuse() -> Table:
    """Domestic abuse: violent offences, other offences, and crimed incidents."""
    rng = stream("domestic abuse by kind")
    share = {kind: part / sum(DOMESTIC_ABUSE_Q3.values()) for kind, part in DOMESTIC_ABUSE_Q3.items()}
    violent = fit(
        {month: wobble(rng, total * share["violent offence"], 0.8) for month, total in DOMESTIC_ABUSE.items()},
        totals={"2015/16 Q3": DOMESTIC_ABUSE_Q3["violent offence"]},
    )
    other = fit(
        {month: wobble(rng, total * share["other offence"], 0.8) for month, total in DOMESTIC_ABUSE.items()},
        totals={"2015/16 Q3": DOMESTIC_ABUSE_Q3["other offence"]},
    )
    rows: list[tuple[Cell, ...]] = []
    for month, total in DOMESTIC_ABUSE.items():
        rows.append((month, "violent offence", violent[month]))
        rows.append((month, "other offence", other[month]))
        rows.append((month, "crimed incident", total - violent[month] - other[month]))
    return Table(("month", "kind", "value"), rows)


# A071: 2,064 offences and incidents in Q3, more than Q2's 1,794: there are fewer referrals in the summer holidays.
SCHOOL_YEAR = (0.98, 1.04, 1.05, 0.98, 0.86, 0.95, 1.05, 1.07, 0.98, 1.02, 0.96, 1.06)
CHILD_AT_RISK = fit(
    noisy("child at risk", {"2011-04": 480, "2012-04": 560, "2013-04": 640, "2014-04": 650}, seasons=SCHOOL_YEAR),
    pinned=pins("2015-04", 640, 694, 676, 631, 548, 615, 702, 711, 651),
)


def child_at_risk() -> Table:
    """Offences and incidents with the marker of a child at risk."""
    rng = stream("child at risk by kind")
    rows: list[tuple[Cell, ...]] = []
    for month, total in CHILD_AT_RISK.items():
        offences = round(wobble(rng, total * 0.38, 0.7))
        rows.append((month, "offence", offences))
        rows.append((month, "incident", total - offences))
    return Table(("month", "kind", "value"), rows)


# A072: 97 offences in Q3.  The profile by offence type is that of the quarter.
CHILD_SEXUAL_EXPLOITATION = fit(
    noisy("child sexual exploitation", {"2011-04": 9, "2012-04": 14, "2013-04": 23, "2014-04": 30}),
    pinned=pins("2015-04", 29, 34, 29, 27, 28, 33, 31, 35, 31),
    totals={"2014/15": 362},
)
CHILD_SEXUAL_EXPLOITATION_Q3 = {
    "sexual activity with a child": 34,
    "indecent images": 17,
    "rape": 14,
    "sexual assault": 12,
    "grooming": 11,
    "other offence": 9,
}


def child_sexual_exploitation() -> Table:
    """Offences with the marker of child sexual exploitation, by type."""
    rng = stream("child sexual exploitation by type")
    rows: list[tuple[Cell, ...]] = []
    left = dict(CHILD_SEXUAL_EXPLOITATION_Q3)
    for month, total in CHILD_SEXUAL_EXPLOITATION.items():
        if month == "2015-12":
            values = list(left.values())
        else:
            part = left if month >= "2015-10" else CHILD_SEXUAL_EXPLOITATION_Q3
            whole = sum(part.values())
            times = 0.4 if month >= "2015-10" else 1.0
            values = spread(total, [wobble(rng, total * share / whole, times) for share in part.values()])
        if month >= "2015-10":
            left = {kind: left[kind] - value for kind, value in zip(left, values, strict=True)}
        rows.extend((month, kind, value) for kind, value in zip(CHILD_SEXUAL_EXPLOITATION_Q3, values, strict=True))
    return Table(("month", "offence_type", "value"), rows)


# A073: 191 offences in Q3.  The marker came in with April 2014 and took about half a year to come into use.
CYBER_CRIME = pins("2014-04", 21, 28, 33, 41, 44, 52, 58, 63, 55, 64, 57, 66, 60, 67, 59, 64, 57, 65, 62, 69, 60)


def cyber_crime() -> Table:
    """Offences with the marker of cyber crime, from April 2014."""
    return Table(("month", "value"), list(CYBER_CRIME.items()))


# A074: 10,076 incidents in Q3; A075: 18% below the 12,288 of Q2.  Most in late spring and summer; falling for years,
# and in 2015/16 by more than before.
OUTDOORS = (1.02, 1.12, 1.13, 1.17, 1.14, 1.03, 1.05, 0.89, 0.80, 0.83, 0.82, 1.00)
ANTI_SOCIAL_BEHAVIOUR = fit(
    noisy(
        "anti-social behaviour", {"2011-04": 4500, "2012-04": 4230, "2013-04": 4080, "2014-04": 3990}, seasons=OUTDOORS
    )
    | noisy(
        "anti-social behaviour since April 2015", {"2015-04": 3677}, seasons=OUTDOORS, times=0.5, over=months("2015-04")
    ),
    totals={"2015/16 Q1": 12_031, "2015/16 Q2": 12_288, "2015/16 Q3": 10_076},
)
BEHAVIOUR_SHARES = (0.14, 0.24, 0.20, 0.22, 0.20)


def anti_social_behaviour() -> Table:
    """Incidents of anti-social behaviour by policing area."""
    rows: list[tuple[Cell, ...]] = []
    for month, total in ANTI_SOCIAL_BEHAVIOUR.items():
        values = shared_by_area("anti-social behaviour", total, BEHAVIOUR_SHARES, month)
        rows.extend((month, area, value) for area, value in zip(AREAS, values, strict=True))
    return Table(("month", "area", "value"), rows)


def tables() -> dict[str, Table]:
    """The files of hate crime, of risk markers and of anti-social behaviour."""
    return {
        "hate-crime.csv": hate_crime(),
        "domestic-abuse.csv": domestic_abuse(),
        "child-at-risk.csv": child_at_risk(),
        "child-sexual-exploitation.csv": child_sexual_exploitation(),
        "cyber-crime.csv": cyber_crime(),
        "anti-social-behaviour.csv": anti_social_behaviour(),
    }
