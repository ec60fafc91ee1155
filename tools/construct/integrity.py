"""Complaints against officers and staff, how long they take, and conduct cases."""

from __future__ import annotations

from construct.spread import Cell, Table, fit, months, noisy, pins, spread, stream, wobble

# Complaints by type from April to December 2015.  Neglect or failure in duty is the most common; volume and types are
# stable.
COMPLAINT_TYPES = {
    "neglect or failure in duty": 262,
    "incivility": 117,
    "other assault": 74,
    "oppressive conduct or harassment": 61,
    "lack of fairness": 46,
    "irregularity in procedure": 41,
    "unlawful or unnecessary arrest": 33,
    "breach of custody code": 27,
    "other complaint": 49,
}
COMPLAINTS = fit(
    noisy("complaints", {"2011-04": 76, "2012-04": 78, "2013-04": 79}, times=1.0),
    pinned=pins("2015-04", 77, 84, 75, 86, 71, 82, 83, 79, 73),
)


def complaints() -> Table:
    """Complaints by type; a case may hold several."""
    rng = stream("complaints by type")
    rows: list[tuple[Cell, ...]] = []
    left = dict(COMPLAINT_TYPES)
    for month, total in COMPLAINTS.items():
        if month == "2015-12":
            values = list(left.values())
        else:
            part, times = (left, 0.6) if month >= "2015-04" else (COMPLAINT_TYPES, 1.0)
            whole = sum(part.values())
            values = spread(total, [wobble(rng, total * share / whole, times) for share in part.values()])
        if month >= "2015-04":
            left = {name: left[name] - value for name, value in zip(left, values, strict=True)}
        rows.extend((month, name, value) for name, value in zip(COMPLAINT_TYPES, values, strict=True))
    return Table(("month", "complaint_type", "value"), rows)


# A101: 77% of the cases of April to December 2015 recorded within 10 days (360 of 468); A102: 71% in 2014/15 (435 of
# 612).  Days to record and to finalise are better than last year; fewer cases were closed.
CASES = fit(noisy("complaint cases", {"2011-04": 50}, times=0.9), totals={"2014/15": 612, "2015-04..2015-12": 468})
WITHIN_10_DAYS = {"2014/15": 435, "2015-04..2015-12": 360}
CLOSED = fit(
    noisy("complaint cases closed", {"2011-04": 49}, times=0.9),
    totals={"2014-04..2014-12": 457, "2015-04..2015-12": 403},
)


def complaint_cases() -> Table:
    """Cases recorded, those within 10 days, and the days to record all; cases closed, and the days to close all."""
    rng = stream("complaint cases")
    within = fit({month: count * rng.uniform(0.67, 0.73) for month, count in CASES.items()}, totals=WITHIN_10_DAYS)
    rows: list[tuple[Cell, ...]] = []
    for month, cases in CASES.items():
        to_record = rng.uniform(8.8, 10.2) if month >= "2015-04" else rng.uniform(11.0, 12.8)
        to_close = rng.uniform(104, 116) if month >= "2015-04" else rng.uniform(112, 126)
        rows.append(
            (month, cases, within[month], round(cases * to_record), CLOSED[month], round(CLOSED[month] * to_close))
        )
    return Table(("month", "recorded", "within_10_days", "days_to_record", "closed", "days_to_close"), rows)


# From April to December: 41 cases of misconduct and 9 of gross misconduct in 2014, 33 and 13 in 2015.
CONDUCT = {
    "misconduct": fit(
        noisy("misconduct", {"2011-04": 4.2}, times=0.8), totals={"2014-04..2014-12": 41, "2015-04..2015-12": 33}
    ),
    "gross misconduct": fit(
        noisy("gross misconduct", {"2011-04": 1.1}, times=0.8), totals={"2014-04..2014-12": 9, "2015-04..2015-12": 13}
    ),
}


def conduct_cases() -> Table:
    """Conduct cases, of misconduct and of gross misconduct."""
    rows: list[tuple[Cell, ...]] = [
        (month, severity, values[month]) for month in months() for severity, values in CONDUCT.items()
    ]
    return Table(("month", "severity", "value"), rows)


def tables() -> dict[str, Table]:
    """The files of the Professional Standards Department."""
    return {
        "complaints.csv": complaints(),
        "complaint-cases.csv": complaint_cases(),
        "conduct-cases.csv": conduct_cases(),
    }
