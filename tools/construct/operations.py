"""Road casualties and the response to emergencies."""

from __future__ import annotations

import math
from random import Random

from construct.spread import (
    AREAS,
    Cell,
    Table,
    fit,
    months,
    noisy,
    pins,
    season,
    shared_by_area,
    spread,
    stream,
    wobble,
)

ROAD_USERS = ("car driver", "car passenger", "motorcyclist", "pedal cyclist", "pedestrian")
USER_SHARES = (0.40, 0.17, 0.21, 0.07, 0.15)
ROAD_SHARES = (0.22, 0.17, 0.29, 0.22, 0.10)

# A076: 10 deaths in Q3: A079 3 pedestrians, A106 2 car passengers, A080 8 in Herefordshire and North Worcestershire.
DEATHS_Q3 = {
    ("2015-10", "Herefordshire", "pedestrian"): 1,
    ("2015-10", "Herefordshire", "car passenger"): 2,
    ("2015-10", "Shropshire", "motorcyclist"): 1,
    ("2015-11", "North Worcestershire", "pedestrian"): 1,
    ("2015-11", "North Worcestershire", "car driver"): 1,
    ("2015-11", "South Worcestershire", "car driver"): 1,
    ("2015-12", "Herefordshire", "car driver"): 1,
    ("2015-12", "North Worcestershire", "pedestrian"): 1,
    ("2015-12", "North Worcestershire", "pedal cyclist"): 1,
}
DEATHS_A_MONTH = 3.7
ROAD_SEASONS = (0.97, 1.03, 1.07, 1.10, 1.08, 1.05, 1.04, 1.00, 0.93, 0.88, 0.86, 0.99)


def deaths() -> dict[tuple[str, str, str], int]:
    """Road deaths by month, area and road user."""
    rng = stream("road deaths")
    found: dict[tuple[str, str, str], int] = {}
    for month in months():
        for at, area in enumerate(AREAS):
            for user, share in zip(ROAD_USERS, USER_SHARES, strict=True):
                level = DEATHS_A_MONTH * season(month, ROAD_SEASONS) * ROAD_SHARES[at] * share
                drawn = poisson(rng, level)
                found[month, area, user] = DEATHS_Q3.get((month, area, user), 0) if month >= "2015-10" else drawn
    return found


def poisson(rng: Random, level: float) -> int:
    """A count with a Poisson distribution (Knuth's way, for small levels)."""
    limit, product, count = math.exp(-level), rng.random(), 0
    while product > limit:
        product *= rng.random()
        count += 1
    return count


def road_deaths() -> Table:
    """Road deaths by policing area and road user."""
    return Table(("month", "area", "road_user", "value"), [(*key, value) for key, value in deaths().items()])


# A081: 33 killed or seriously injured a month since April 2013 (1,056 in 32 months, to November 2015), and more than
# that from June 2015.  A078: 76 seriously injured in October and November (83 with the 7 killed).
KILLED_OR_SERIOUSLY_INJURED = fit(
    noisy(
        "killed or seriously injured",
        {"2011-04": 35, "2013-04": 31.6},
        seasons=ROAD_SEASONS,
        over=months(last="2015-11"),
    ),
    pinned=pins("2015-05", 29, 36, 40, 38, 37, 43, 40),
    totals={"2013-04..2015-11": 1056},
)
# A077: 64 serious injury collisions in October and November.
COLLISIONS_PINNED = pins("2015-10", 33, 31)


def casualties() -> tuple[Table, Table]:
    """People killed and seriously injured, and the collisions that seriously injured them, to November 2015."""
    rng = stream("serious injury collisions")
    killed = deaths()
    people: list[tuple[Cell, ...]] = []
    crashes: list[tuple[Cell, ...]] = []
    for month, total in KILLED_OR_SERIOUSLY_INJURED.items():
        dead = [sum(killed[month, area, user] for user in ROAD_USERS) for area in AREAS]
        hurt = shared_by_area("seriously injured", total - sum(dead), ROAD_SHARES, month)
        collisions = COLLISIONS_PINNED.get(month, round(sum(hurt) * rng.uniform(0.81, 0.91)))
        spare = spread(sum(hurt) - collisions, [max(0.01, count - 1) for count in hurt])
        for at, area in enumerate(AREAS):
            people.append((month, area, "killed", dead[at]))
            people.append((month, area, "seriously injured", hurt[at]))
            crashes.append((month, area, hurt[at] - spare[at]))
    return Table(("month", "area", "severity", "value"), people), Table(("month", "area", "value"), crashes)


CALL_SEASONS = (0.99, 1.01, 1.01, 1.04, 1.03, 1.00, 1.01, 0.98, 1.02, 0.98, 0.93, 1.00)
# A082: 10,547 emergency incidents in Q3; A083: 10.7 minutes on average (112,853 in all); A084: 91% within 20 minutes.
# The average has been rising since 2013.
EMERGENCY_INCIDENTS = fit(
    noisy("emergency incidents", {"2011-04": 3420, "2013-04": 3480, "2015-04": 3530}, seasons=CALL_SEASONS, times=1.4),
    totals={"2015/16 Q3": 10_547},
)
MINUTES_Q3 = 112_853
WITHIN_20_Q3 = 9_598
SLOWNESS = (1.09, 0.90, 1.14, 1.03, 0.86)
INCIDENT_SHARES = (0.14, 0.25, 0.20, 0.22, 0.19)


def emergency_response() -> Table:
    """Emergency incidents by policing area: how many, the minutes to attend them all, and how many within 20."""
    rng = stream("response times")
    names = list(EMERGENCY_INCIDENTS)
    expected_minutes, expected_late = {}, {}
    for at, (month, incidents) in enumerate(EMERGENCY_INCIDENTS.items()):
        since = at - names.index("2013-04")
        average = 9.70 + (0.031 * since if since > 0 else 0.004 * since) + rng.uniform(-0.21, 0.21)
        expected_minutes[month] = average * incidents
        expected_late[month] = incidents * (0.066 + 0.024 * (average - 9.7) + rng.uniform(-0.003, 0.003))
    minutes = fit(expected_minutes, totals={"2015/16 Q3": MINUTES_Q3})
    late = fit(expected_late, totals={"2015/16 Q3": 10_547 - WITHIN_20_Q3})
    rows: list[tuple[Cell, ...]] = []
    for month, incidents in EMERGENCY_INCIDENTS.items():
        counts = shared_by_area("emergency incidents", incidents, INCIDENT_SHARES, month)
        slow = list(zip(counts, SLOWNESS, strict=True))
        times = spread(minutes[month], [count * each * rng.uniform(0.97, 1.03) for count, each in slow])
        missed = spread(
            late[month], [wobble(rng, late[month] * count / incidents * each**3, 0.6) for count, each in slow]
        )
        rows.extend((month, area, counts[at], times[at], counts[at] - missed[at]) for at, area in enumerate(AREAS))
    return Table(("month", "area", "incidents", "minutes", "within_20"), rows)


def tables() -> dict[str, Table]:
    """The files of road casualties and of emergencies."""
    people, crashes = casualties()
    return {
        "road-deaths.csv": road_deaths(),
        "road-casualties.csv": people,
        "serious-injury-collisions.csv": crashes,
        "emergency-response.csv": emergency_response(),
    }
