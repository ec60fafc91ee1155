"""The other forces of the most similar group, and the national average: recorded crime, satisfaction and confidence.

What is said of another force is constructed too; only the populations are real.
"""

from __future__ import annotations

from construct import crime, victims
from construct.spread import Cell, Table, months, quarter_of, stream, wobble

OWN = "West Mercia"

# Mid-year estimates by the Office for National Statistics, 2011 to 2015, summed from local authority districts.
# Contains public sector information licensed under the Open Government Licence v3.0.
POPULATION = {
    "Devon & Cornwall": (1_671_475, 1_680_488, 1_689_175, 1_702_397, 1_714_522),
    "Gloucestershire": (598_289, 601_301, 605_213, 611_331, 617_671),
    "Norfolk": (859_426, 864_776, 870_771, 876_986, 882_938),
    "North Yorkshire": (798_989, 803_120, 805_319, 805_878, 806_923),
    "Suffolk": (730_133, 732_697, 734_875, 740_175, 744_501),
    "Warwickshire": (546_554, 550_276, 553_178, 557_454, 561_471),
    OWN: (1_224_115, 1_230_212, 1_235_813, 1_244_301, 1_251_892),
    "Wiltshire": (684_028, 689_607, 695_499, 703_342, 710_182),
}

# A force's rate of each crime as a multiple of West Mercia's.
LEVELS = {
    "violence with injury": (1.09, 0.92, 1.06, 0.74, 1.04, 0.90, 0.86),
    "rape": (1.16, 0.93, 1.12, 0.88, 1.06, 0.84, 0.97),
    "other sexual offences": (1.12, 0.94, 1.13, 0.90, 1.08, 0.83, 0.99),
    "domestic burglary": (0.88, 1.22, 0.74, 0.70, 0.79, 1.26, 0.87),
    "robbery": (0.93, 1.18, 0.98, 0.66, 1.02, 1.21, 0.95),
    "all other crime": (0.97, 1.05, 0.93, 0.84, 0.95, 1.08, 0.90),
}
OTHERS = tuple(force for force in POPULATION if force != OWN)
LAST_MONTH = "2015-09"


def population() -> Table:
    """The people who live in each force's area at the middle of each year."""
    rows: list[tuple[Cell, ...]] = [
        (f"{2011 + at}-06-30", force, people[at]) for at in range(5) for force, people in POPULATION.items()
    ]
    return Table(("date", "force", "value"), rows)


def recorded_crime() -> Table:
    """Recorded crime of the eight forces, to September 2015.

    The rises in recording were national, so the others follow the course of West Mercia's crime at levels of their own;
    in robbery they stay where they were.
    """
    own = {name: crime.FIXED[name] for name in LEVELS if name in crime.FIXED}
    total = crime.total_by_month()
    own["all other crime"] = {month: total[month] - sum(values[month] for values in own.values()) for month in total}
    rows: list[tuple[Cell, ...]] = []
    rng = stream("recorded crime of other forces")
    names = months()
    for at, month in enumerate(months(last=LAST_MONTH)):
        year = min(int(month[:4]) - 2011, 4)
        for force, people in POPULATION.items():
            for name, values in own.items():
                if force == OWN:
                    rows.append((month, force, name, values[month]))
                    continue
                near = [values[names[other]] for other in range(max(0, at - 1), min(at + 2, len(names)))]
                level = 29.0 if name == "robbery" else (values[month] + sum(near)) / (1 + len(near))
                share = LEVELS[name][OTHERS.index(force)] * people[year] / POPULATION[OWN][year]
                rows.append((month, force, name, round(wobble(rng, level * share, 1.0))))
    return Table(("month", "force", "crime_type", "value"), rows)


# The others' shares satisfied with each stage, in percent.  Beside West Mercia's (victims.STAGES) in the four quarters
# to September 2015 they give A008: 3rd for ease of contact; A009, A013: 8th for actions, 8 points below the top; A010:
# 6th for treatment; A011, A012: 8th for follow-up, 14 points below the top.
SATISFACTION = {
    "ease of contact": (95.0, 97.0, 94.4, 96.5, 93.9, 94.7, 93.2),
    "actions": (83.9, 85.6, 86.8, 88.6, 85.0, 82.6, 84.6),
    "treatment": (91.4, 94.6, 94.1, 95.4, 93.8, 90.9, 94.9),
    "follow-up": (74.5, 79.2, 80.6, 84.1, 78.1, 76.2, 77.3),
    "whole experience": (84.4, 86.8, 87.6, 88.7, 85.9, 81.4, 85.1),
}


def satisfaction() -> Table:
    """Victims interviewed about each stage by the eight forces, and those of them who were satisfied, by quarter."""
    rng = stream("satisfaction of other forces")
    own: dict[tuple[str, str], list[int]] = {}
    for month, stage, satisfied, interviewed in victims.victim_satisfaction().rows:
        if str(month) <= LAST_MONTH:
            both = own.setdefault((quarter_of(str(month)), str(stage)), [0, 0])
            both[0] += int(satisfied)
            both[1] += int(interviewed)
    rows: list[tuple[Cell, ...]] = []
    for quarter in dict.fromkeys(quarter_of(month) for month in months(last=LAST_MONTH)):
        noise = 0.12 if quarter >= "2014/15 Q3" else 0.9
        for force in POPULATION:
            asked = round(rng.uniform(0.94, 1.06) * (330 + 0.16 * POPULATION[force][0] / 1000))
            for stage, shares in SATISFACTION.items():
                if force == OWN:
                    rows.append((quarter, force, stage, *own[quarter, stage]))
                    continue
                interviewed = round(asked * victims.ASKED[stage])
                share = shares[OTHERS.index(force)] + rng.uniform(-noise, noise)
                rows.append((quarter, force, stage, round(interviewed * share / 100), interviewed))
    return Table(("quarter", "force", "stage", "satisfied", "interviewed"), rows)


# Confidence in the police, in percent of those interviewed in the twelve months to the end of each quarter.  Since
# December 2014 West Mercia has been moving towards the national average.
CONFIDENCE = {
    OWN: (70.9, 71.3, 71.8, 72.0, 72.4, 72.1, 72.9, 73.4, 73.0, 73.6, 73.9, 73.3, 72.6, 72.1, 71.4, 72.7, 73.9),
    "England and Wales": (
        *(72.1, 72.3, 72.6, 72.9, 73.2, 73.4, 73.6, 73.9, 74.2, 74.5, 74.7, 74.9, 75.1),
        *(75.2, 75.3, 75.4, 75.5),
    ),
}
INTERVIEWED = {OWN: 760, "England and Wales": 34_200}


def confidence() -> Table:
    """Adults interviewed in the twelve months to the end of each quarter, and those confident, to June 2015."""
    rng = stream("confidence")
    rows: list[tuple[Cell, ...]] = []
    quarters = list(dict.fromkeys(quarter_of(month) for month in months(last="2015-06")))
    for at, quarter in enumerate(quarters):
        for force, shares in CONFIDENCE.items():
            interviewed = round(INTERVIEWED[force] * rng.uniform(0.97, 1.03))
            rows.append((quarter, force, round(interviewed * shares[at] / 100), interviewed))
    return Table(("quarter", "force", "confident", "interviewed"), rows)


def tables() -> dict[str, Table]:
    """The files that name other forces."""
    return {
        "population.csv": population(),
        "recorded-crime-by-force.csv": recorded_crime(),
        "satisfaction-by-force.csv": satisfaction(),
        "confidence.csv": confidence(),
    }
