"""How forces rank and move beside their group, by hand and in real data."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from papergen.data.peers import Level, Movement, PeerRate, compare_rates, group_ratio, movement, rank
from papergen.values.quantities import Direction
from tests.support.builds import REPOSITORY

GUIDE = (REPOSITORY / "docs" / "peer-comparison.md").read_text(encoding="utf-8")
DATA = Path(__file__).parents[1] / "workspaces" / "norfolk" / "content" / "data"


def test_forces_that_tie_share_the_better_rank() -> None:
    others = [PeerRate("A", 3, 10), PeerRate("B", 6, 20), PeerRate("C", 1, 10)]
    assert rank(PeerRate("Own", 9, 30), others, highest_first=True) == (1, ("A", "B"))
    assert rank(PeerRate("Own", 9, 30), others, highest_first=False) == (2, ("A", "B"))
    assert rank(PeerRate("Own", 1, 20), others, highest_first=True) == (4, ())


def test_the_ratio_to_the_group_is_to_the_plain_mean() -> None:
    others = [PeerRate("A", 10, 1000), PeerRate("B", 60, 2000)]
    assert group_ratio(PeerRate("Own", 30, 1000), others) == Fraction(3, 2)
    assert group_ratio(PeerRate("Own", 30, 1000), [PeerRate("A", 0, 1000)]) is None
    assert group_ratio(PeerRate("Own", 30, 1000), []) is None


LEVEL_RATIOS = [1.00, 1.02, 0.99, 1.01, 0.98, 1.00, 1.01, 0.99, 1.02, 0.98, 1.01, 0.99, 1.00, 1.01, 0.99]


@pytest.mark.parametrize(
    ("last", "good", "expected"),
    [
        (1.0, Direction.LOWER, Movement.NO_CHANGE),
        (1.4, Direction.LOWER, Movement.DETERIORATING),
        (1.4, Direction.HIGHER, Movement.IMPROVING),
        (0.6, Direction.LOWER, Movement.IMPROVING),
        (0.6, Direction.HIGHER, Movement.DETERIORATING),
        (1.4, Direction.NEITHER, None),
        (1.0, Direction.NEITHER, Movement.NO_CHANGE),
    ],
)
def test_movement_is_special_cause_at_the_end(last: float, good: Direction, expected: Movement | None) -> None:
    assert movement([*LEVEL_RATIOS, last], good=good) is expected


def test_special_cause_before_the_end_is_no_movement() -> None:
    assert movement([*LEVEL_RATIOS, 1.4, 1.0], good=Direction.LOWER) is Movement.NO_CHANGE


@pytest.mark.parametrize("ratios", [[], [1.0], [1.0, 9.0] * 6, [None, *LEVEL_RATIOS[:12]]])
def test_too_few_points_are_no_change(ratios: list[float | None]) -> None:
    assert movement(ratios, good=Direction.LOWER) is Movement.NO_CHANGE


def test_a_period_without_a_ratio_is_left_out() -> None:
    assert movement([None, *LEVEL_RATIOS, 1.4], good=Direction.LOWER) is Movement.DETERIORATING


def test_a_ratio_that_never_changes_does_not_move() -> None:
    assert movement([1.0] * 20, good=Direction.LOWER) is Movement.NO_CHANGE


def rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def recorded(column: str, name: str, *quarters: str) -> tuple[PeerRate, list[PeerRate]]:
    """Norfolk's rate and those of the others, for the offences of one group or subgroup."""
    population = {row["force"]: int(row["value"]) for row in rows("population.csv")}
    counts = dict.fromkeys(population, 0)
    for row in rows("recorded-crime.csv"):
        if row[column] == name and row["quarter"] in quarters:
            counts[row["force"]] += int(row["value"])
    forces = {force: PeerRate(force, counts[force], population[force]) for force in population}
    return forces.pop("Norfolk"), list(forces.values())


YEAR = ("2017/18 Q1", "2017/18 Q2", "2017/18 Q3", "2017/18 Q4")


@pytest.mark.parametrize(
    ("column", "name", "quarters", "numbers", "level", "place"),
    [
        ("offence_group", "Theft offences", YEAR[3:], (4363, 4.856, 5.689, -0.730), Level.SIMILAR, 3),
        ("offence_group", "Drug offences", YEAR[3:], (525, 0.584, 0.397, 2.165), Level.SIMILAR, 8),
        ("offence_subgroup", "Non-domestic burglary", YEAR[3:], (316, 0.352, 0.445, -3.265), Level.BELOW, 1),
        ("offence_group", "Violence against the person", YEAR, (18484, 20.571, 18.367, 0.549), Level.SIMILAR, 4),
        ("offence_group", "Drug offences", YEAR, (2019, 2.247, 1.744, 1.548), Level.SIMILAR, 8),
        ("offence_group", "Theft offences", YEAR, (18726, 20.840, 24.615, -0.819), Level.SIMILAR, 3),
        ("offence_subgroup", "Non-domestic burglary", YEAR, (1278, 1.422, 1.898, -3.719), Level.BELOW, 1),
    ],
)
def test_norfolk_beside_its_group(
    column: str,
    name: str,
    quarters: tuple[str, ...],
    numbers: tuple[int, float, float, float],
    level: Level,
    place: int,
) -> None:
    count, rate, average, t = numbers
    own, others = recorded(column, name, *quarters)
    found = compare_rates(own, others, highest_first=False)
    assert own.count == count
    assert float(found.own_rate) == pytest.approx(rate, abs=0.0005)
    assert found.group_average is not None
    assert float(found.group_average) == pytest.approx(average, abs=0.0005)
    assert found.t == pytest.approx(t, abs=0.0005)
    assert (found.level, found.rank, found.of) == (level, place, 8)


def test_the_worked_example_of_the_guide() -> None:
    found = compare_rates(*recorded("offence_group", "Drug offences", "2017/18 Q4"), highest_first=True)
    assert found.tau_squared == pytest.approx(0.02598, abs=0.000005)
    assert found.low is not None
    assert found.high is not None
    assert found.gap_to_average is not None
    assert [round(float(each), 3) for each in (found.low, found.high)] == [0.256, 0.615]
    assert round(float(found.gap_to_average), 3) == 0.188
    assert (found.rank, found.of, found.top, found.gap_to_top) == (1, 8, "Norfolk", Fraction(0))
    assert found.method in GUIDE.replace("\n> ", " ")


def test_a_real_quarter_without_a_homicide_is_judged() -> None:
    own, others = recorded("offence_subgroup", "Homicide", "2017/18 Q4")
    found = compare_rates(own, others, highest_first=False)
    assert own.count == 0
    assert found.level is Level.SIMILAR
    assert found.notes[-1] == "Counted none, and taken as a half in the comparison: Norfolk, Suffolk, Wiltshire."


def test_the_real_data_carry_their_attribution() -> None:
    text = "Contains public sector information licensed under the Open Government Licence v3.0"
    assert text in (DATA / "README.md").read_text(encoding="utf-8")
    assert sum(int(row["value"]) for row in rows("recorded-crime.csv") if row["force"] == "Norfolk") == 56_398
