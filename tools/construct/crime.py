"""Recorded crime: every crime type by month and policing area, and the subsets of it that the paper follows.

Each number that a published figure fixes stands beside the figure's number in ``tests/data/published.csv``.
"""

from __future__ import annotations

from construct.spread import AREAS, Cell, Table, fit, months, noisy, pins, shared_by_area, spread, stream, wobble

# April to March.  Total crime is highest in July and lowest in February, a short month.
ALL_CRIME = (0.98, 1.03, 1.03, 1.06, 1.04, 1.00, 1.03, 0.98, 0.96, 0.95, 0.92, 1.02)
VIOLENCE = (0.98, 1.04, 1.05, 1.07, 1.03, 0.99, 1.01, 0.97, 1.02, 0.95, 0.89, 1.00)
WINTER_BURGLARY = (0.99, 0.98, 0.96, 0.97, 0.99, 1.00, 1.02, 1.04, 1.01, 1.04, 0.97, 1.03)
SHOPS = (1.00, 1.02, 1.00, 1.03, 1.02, 1.00, 1.06, 0.98, 0.95, 0.98, 0.93, 1.03)

# Herefordshire, North Worcestershire, Shropshire, South Worcestershire, Telford & Wrekin
EVERYDAY_SHARES = (0.145, 0.235, 0.215, 0.220, 0.185)
TOWN_SHARES = (0.12, 0.25, 0.17, 0.23, 0.23)
RURAL_SHARES = (0.19, 0.20, 0.27, 0.22, 0.12)

# Total recorded crime.  It rose from March 2015 and has been level for two quarters.
# A028: 18,094 in 2015/16 Q3.  A029: 1% below the 18,276 of Q2.  A030: 2014/15 at 59,850, so that a fourth quarter
# about as large as the third ends the year 19% to 21% above it.
TOTAL_BY_YEAR = {"2011/12": 64_400, "2012/13": 59_300, "2013/14": 58_500, "2014/15": 59_850}
TOTAL_SINCE_MARCH_2015 = pins("2015-03", 5560, 5690, 6010, 6052, 6226, 6104, 5946, 6217, 5963, 5914)

# A034: 2,451 in Q3; A037: 808 a month from July 2015, so Q2 is 2,397; A036: 700 a month from November 2014;
# A033: 2014/15 at 7,477 puts the projections of 9,467 and 9,749 (A031, A032) 27% and 30% above it.
VIOLENCE_WITH_INJURY = fit(
    noisy("violence with injury", {"2011-04": 560, "2012-04": 540, "2013-04": 573, "2014-04": 594}, seasons=VIOLENCE),
    pinned=pins("2014-11", 672, 690, 641, 617, 700, 735, 764, 781, 829, 801, 767, 823, 796, 832),
    totals={"2011/12": 6720, "2012/13": 6480, "2013/14": 6880, "2014/15": 7477},
)
# A041: 248 in Q3; A042: 16% above the 214 of Q2; A040: 2014/15 at 697 puts 901 and 917 (A038, A039) 29% and 32% above.
# More rapes and other sexual offences have been recorded since November 2014.
RAPE = fit(
    noisy("rape", {"2011-04": 36, "2012-04": 38, "2013-04": 45, "2014-04": 50}),
    pinned=pins("2014-11", 73, 62, 75, 61, 80, 68, 84, 73, 79, 63, 72, 72, 97, 79),
    totals={"2014/15": 697},
)
# A043: 27 in November 2015; A044: 14 a month on average since November 2014 (196 in 14 months).
RAPE_NORTH_WORCESTERSHIRE = pins("2014-11", 14, 11, 13, 11, 15, 12, 16, 13, 14, 11, 12, 13, 27, 14)
# A049: 443 in Q3; A050, A051: 13 more than Q2 (430), 3%; A048: 2014/15 at 1,290 puts 1,778 and 1,821 at 38% and 41%.
OTHER_SEXUAL_OFFENCES = fit(
    noisy("other sexual offences", {"2011-04": 66, "2012-04": 69, "2013-04": 85, "2014-04": 91}),
    pinned=pins("2014-11", 127, 121, 134, 125, 143, 152, 168, 158, 149, 135, 146, 152, 137, 154),
    totals={"2014/15": 1290},
)
# A053, A055: 757 in Q3, 8 a day; A054: 6% above the 714 of Q2.
DOMESTIC_BURGLARY = fit(
    noisy(
        "domestic burglary", {"2011-04": 257, "2012-04": 249, "2013-04": 246, "2014-04": 244}, seasons=WINTER_BURGLARY
    ),
    pinned=pins("2015-04", 240, 231, 227, 228, 240, 246, 259, 262, 236),
    totals={"2011/12": 3080, "2012/13": 2990, "2013/14": 2950, "2014/15": 2930},
)
# A057: 139 in Q3; A058: 117 in Q2; A056: 30 a month in the long run (1,710 in 57 months).  A059: about 440 in the year
# would be 10% above the 400 of 2014/15.
ROBBERY = fit(
    noisy("robbery", {"2011-04": 28, "2012-04": 26, "2013-04": 27, "2014-04": 33}, times=0.9),
    pinned=pins("2015-04", 24, 22, 32, 38, 34, 45, 46, 51, 42),
    totals={"2011/12": 336, "2012/13": 312, "2013/14": 328, "2014/15": 400},
)
# A063: 46% of business crime in Q3 (1,509 of 3,280); A061: 4,600 from April to December, 3% below last year's 4,742.
SHOPLIFTING = fit(
    noisy("shoplifting", {"2011-04": 475, "2012-04": 487, "2013-04": 510, "2014-04": 523}, seasons=SHOPS),
    pinned=pins("2015-04", 508, 521, 506, 531, 519, 506, 537, 490, 482),
    totals={"2014-04..2014-12": 4742, "2014/15": 6260},
)

FIXED = {
    "violence with injury": VIOLENCE_WITH_INJURY,
    "rape": RAPE,
    "other sexual offences": OTHER_SEXUAL_OFFENCES,
    "domestic burglary": DOMESTIC_BURGLARY,
    "robbery": ROBBERY,
    "shoplifting": SHOPLIFTING,
}

# Crime types of which no figure is published: about how many a year, from April 2011, 2012, 2013 and 2014 and from
# March 2015, when recording changed.  Together they make up what the types above leave of the total.
FREE = {
    "violence without injury": (6300, 6000, 6500, 7000, 13600),
    "stalking and harassment": (800, 850, 1000, 1300, 3500),
    "public order offences": (2500, 2200, 2100, 2300, 3700),
    "criminal damage": (10400, 9000, 8400, 8300, 8700),
    "arson": (420, 350, 330, 330, 340),
    "other theft": (9600, 8300, 7600, 7000, 7000),
    "non-domestic burglary": (5000, 4500, 4250, 4050, 3950),
    "theft from a vehicle": (4300, 3800, 3500, 3300, 3200),
    "theft of a vehicle": (1350, 1200, 1130, 1100, 1060),
    "vehicle interference": (320, 260, 240, 240, 270),
    "theft from the person": (620, 640, 600, 530, 500),
    "bicycle theft": (1150, 1050, 1000, 920, 860),
    "possession of drugs": (2900, 2700, 2450, 2150, 1600),
    "trafficking of drugs": (560, 520, 520, 500, 450),
    "possession of weapons": (420, 360, 340, 350, 380),
    "miscellaneous crimes": (760, 700, 700, 800, 1100),
}
FREE_STARTS = ("2011-04", "2012-04", "2013-04", "2014-04", "2015-03")
FREE_SEASONS = {
    "violence without injury": VIOLENCE,
    "bicycle theft": (0.95, 1.10, 1.20, 1.25, 1.20, 1.15, 1.10, 0.90, 0.75, 0.75, 0.75, 0.90),
    "non-domestic burglary": WINTER_BURGLARY,
}
AREA_SHARES = {
    "robbery": (0.09, 0.31, 0.14, 0.22, 0.24),
    "shoplifting": TOWN_SHARES,
    "bicycle theft": TOWN_SHARES,
    "possession of drugs": TOWN_SHARES,
    "non-domestic burglary": RURAL_SHARES,
}
# Robbery has grown most in South Worcestershire and in Telford & Wrekin.
ROBBERY_BY_AREA = {
    "2015-10": (3, 11, 5, 13, 14),
    "2015-11": (4, 12, 5, 14, 16),
    "2015-12": (3, 10, 5, 11, 13),
}


def total_by_month() -> dict[str, int]:
    """Total recorded crime of the force."""
    levels = {f"{year[:4]}-04": total / 12 for year, total in TOTAL_BY_YEAR.items()}
    levels["2014-04"] = (TOTAL_BY_YEAR["2014/15"] - TOTAL_SINCE_MARCH_2015["2015-03"]) / 11
    expected = noisy("total recorded crime", levels, seasons=ALL_CRIME, times=1.3)
    return fit(expected, pinned=TOTAL_SINCE_MARCH_2015, totals=TOTAL_BY_YEAR)


def by_type() -> dict[str, dict[str, int]]:
    """Every crime type by month; together they are total recorded crime."""
    weights = {
        name: noisy(
            name,
            dict(zip(FREE_STARTS, (level / 12 for level in levels), strict=True)),
            seasons=FREE_SEASONS.get(name, ALL_CRIME),
        )
        for name, levels in FREE.items()
    }
    free: dict[str, dict[str, int]] = {name: {} for name in FREE}
    for month, total in total_by_month().items():
        rest = total - sum(values[month] for values in FIXED.values())
        for name, value in zip(FREE, spread(rest, [weights[name][month] for name in FREE]), strict=True):
            free[name][month] = value
    return FIXED | free


def areas_of(crime_type: str, month: str, total: int) -> list[int]:
    """A crime type's month, shared between the policing areas."""
    shares = AREA_SHARES.get(crime_type, EVERYDAY_SHARES)
    if crime_type == "robbery" and month in ROBBERY_BY_AREA:
        return list(ROBBERY_BY_AREA[month])
    if crime_type == "rape" and month in RAPE_NORTH_WORCESTERSHIRE:
        north = RAPE_NORTH_WORCESTERSHIRE[month]
        elsewhere = [share for area, share in zip(AREAS, shares, strict=True) if area != "North Worcestershire"]
        values = shared_by_area(crime_type, total - north, [share / sum(elsewhere) for share in elsewhere], month)
        return [values[0], north, *values[1:]]
    return shared_by_area(crime_type, total, shares, month)


def recorded_crime() -> Table:
    """Every crime type by month and policing area."""
    types = by_type()
    rows: list[tuple[Cell, ...]] = []
    for month in months():
        split = {name: areas_of(name, month, values[month]) for name, values in types.items()}
        for at, area in enumerate(AREAS):
            rows.extend((month, area, name, split[name][at]) for name in types)
    return Table(("month", "area", "crime_type", "value"), rows)


def sexual_offences_by_timing() -> Table:
    """Rape and other sexual offences: current (recorded within 28 days of being committed) and non-recent.

    A045: 40% and 60% of rapes, A052: 50% and 50% of other sexual offences, in 2015 and in its last quarter.  It is
    mostly current offences that move a month's total.
    """
    rows: list[tuple[Cell, ...]] = []
    for name, values, share in (("rape", RAPE, 0.40), ("other sexual offences", OTHER_SEXUAL_OFFENCES, 0.50)):
        rng = stream(f"{name}, current")
        expected = {}
        for month, total in values.items():
            near = [values[other] for other in values if abs(_number(other) - _number(month)) <= 3]
            moved = 0.45 * (total - sum(near) / len(near))
            expected[month] = share * total + moved + rng.gauss(0.0, 0.02 * total)
        last_quarter = sum(values[month] for month in months("2015-10"))
        last_year = sum(values[month] for month in months("2015-01"))
        totals = {"2015/16 Q3": round(share * last_quarter), "2015-01..2015-12": round(share * last_year)}
        current = fit(expected, totals=totals)
        for month, total in values.items():
            rows.append((month, name, "current", current[month]))
            rows.append((month, name, "non-recent", total - current[month]))
    return Table(("month", "crime_type", "timing", "value"), rows)


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:])


# Violence with injury with a marker, from April to December 2015.  Both shares are a little higher in the last quarter
# than in the one before, and within their limits.  Alcohol rises each December; there was less of it in December 2015
# than in any December before.
DOMESTIC_ABUSE_MARKER = pins("2015-04", 252, 256, 270, 281, 266, 258, 288, 276, 286)
ALCOHOL_MARKER = pins("2015-04", 113, 121, 115, 119, 113, 110, 121, 125, 128)
ALCOHOL_SEASONS = (0.97, 1.0, 1.0, 0.98, 1.02, 0.96, 0.99, 0.98, 1.66, 0.98, 0.97, 0.99)


def violence_markers() -> Table:
    """Violence with injury with the marker of domestic abuse and of alcohol, beside all violence with injury."""
    rows: list[tuple[Cell, ...]] = []
    counts = {}
    for marker, share, pinned in (("domestic abuse", 0.342, DOMESTIC_ABUSE_MARKER), ("alcohol", 0.147, ALCOHOL_MARKER)):
        rng = stream(f"violence with injury, {marker}")
        expected = {}
        for month, total in VIOLENCE_WITH_INJURY.items():
            high = ALCOHOL_SEASONS[(int(month[5:]) - 4) % 12] if marker == "alcohol" else 1.0
            expected[month] = wobble(rng, total * share * high, 0.8)
        counts[marker] = fit(expected, pinned=pinned)
    for month, total in VIOLENCE_WITH_INJURY.items():
        rows.extend((month, marker, values[month], total) for marker, values in counts.items())
    return Table(("month", "marker", "value", "offences"), rows)


# A060: 3,280 business crimes in Q3, of which A063 46% shoplifting, A064 19% other theft, A065 15% criminal damage and
# arson (A062: 80% together).  Generally fewer in November and December; level for some years.
BUSINESS_CRIME = fit(
    noisy("business crime", {"2011-04": 1158, "2012-04": 1125, "2013-04": 1121}, seasons=SHOPS),
    pinned=pins("2015-04", 1118, 1139, 1115, 1148, 1131, 1111, 1166, 1069, 1045),
    totals={"2011/12": 13_900, "2012/13": 13_500, "2013/14": 13_450, "2014-04..2014-12": 10_180, "2014/15": 13_500},
)
BUSINESS_TYPES_Q3 = {"other theft": 623, "criminal damage and arson": 492, "burglary": 361, "other crime": 295}


def business_crime() -> Table:
    """Business crime by type: all shoplifting, and part of other crime types."""
    rest = {month: total - SHOPLIFTING[month] for month, total in BUSINESS_CRIME.items()}
    table = split_by_type("business crime", rest, BUSINESS_TYPES_Q3)
    rows: list[tuple[Cell, ...]] = []
    for month, values in table.items():
        rows.append((month, "shoplifting", SHOPLIFTING[month]))
        rows.extend((month, name, value) for name, value in values.items())
    return Table(("month", "crime_type", "value"), rows)


# A066: 3,893 rural crimes in Q3.  Generally fewer in November and December; level, and made up alike, for some years.
RURAL_CRIME = fit(
    noisy("rural crime", {"2011-04": 1383, "2012-04": 1325, "2013-04": 1310}, seasons=ALL_CRIME, times=1.0),
    pinned=pins("2015-04", 1288, 1337, 1333, 1362, 1341, 1317, 1368, 1279, 1246),
    totals={"2011/12": 16_600, "2012/13": 15_900, "2013/14": 15_700, "2014/15": 15_740},
)
RURAL_TYPES_Q3 = {
    "violence against the person": 935,
    "theft": 930,
    "burglary": 702,
    "criminal damage and arson": 623,
    "vehicle crime": 428,
    "other crime": 275,
}


def rural_crime() -> Table:
    """Rural crime by type."""
    table = split_by_type("rural crime", RURAL_CRIME, RURAL_TYPES_Q3)
    rows: list[tuple[Cell, ...]] = [
        (month, name, value) for month, values in table.items() for name, value in values.items()
    ]
    return Table(("month", "crime_type", "value"), rows)


def split_by_type(name: str, totals: dict[str, int], last_quarter: dict[str, int]) -> dict[str, dict[str, int]]:
    """Monthly totals shared between types, so that the types meet their totals for 2015/16 Q3."""
    rng = stream(f"{name} by type")
    result: dict[str, dict[str, int]] = {}
    left = dict(last_quarter)
    for month, total in totals.items():
        if month < "2015-10":
            values = spread(
                total, [wobble(rng, total * part / sum(last_quarter.values())) for part in last_quarter.values()]
            )
        elif month < "2015-12":
            still = sum(totals[later] for later in months(month))
            values = spread(total, [wobble(rng, total * part / still, 0.5) for part in left.values()])
        else:
            values = list(left.values())
        result[month] = dict(zip(last_quarter, values, strict=True))
        if month >= "2015-10":
            left = {type_: left[type_] - result[month][type_] for type_ in left}
    return result


def tables() -> dict[str, Table]:
    """The files of recorded crime."""
    return {
        "recorded-crime.csv": recorded_crime(),
        "sexual-offences-timing.csv": sexual_offences_by_timing(),
        "violence-markers.csv": violence_markers(),
        "business-crime.csv": business_crime(),
        "rural-crime.csv": rural_crime(),
    }
