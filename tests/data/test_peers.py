from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from papergen.data.peers import (
    Level,
    PeerComparison,
    PeerRate,
    Proportion,
    compare_rates,
    compare_survey,
    dersimonian_laird,
)
from papergen.data.student import t_quantile
from tests.simulations.peers import KINDS, SIZES, called_different, peer_table
from tests.support.builds import REPOSITORY

GUIDE = (REPOSITORY / "docs" / "peer-comparison.md").read_text(encoding="utf-8")


# ---------------------------------------------------------------------------------------------------------------------
# The variance between forces, against hand-worked and published numbers


def test_tau_squared_by_hand() -> None:
    """w = 2, 2, 2; mean 1; Q = 2·(1 + 0 + 1) = 4; C = 6 − 12/6 = 4; τ² = (4 − 2)/4."""
    found = dersimonian_laird([0, 1, 2], [0.5, 0.5, 0.5])
    assert found.tau_squared == pytest.approx(0.5)
    assert found.mean == pytest.approx(1)
    assert found.variance == pytest.approx(1 / 3)


def test_tau_squared_is_not_negative() -> None:
    assert dersimonian_laird([0.1, 0.2], [1, 1]).tau_squared == 0


def test_tau_squared_of_the_bcg_trials() -> None:
    """Colditz and others, JAMA 271 (1994) 698–702, thirteen trials; log risk ratios.

    τ² 0.3088 and the mean −0.7141 (−1.0644 to −0.3638) are those of metafor's ``rma(yi, vi, method="DL")`` on its
    ``dat.bcg``, which its tests hold against Stata's ``metan``.
    """
    trials = [
        (4, 119, 11, 128),
        (6, 300, 29, 274),
        (3, 228, 11, 209),
        (62, 13536, 248, 12619),
        (33, 5036, 47, 5761),
        (180, 1361, 372, 1079),
        (8, 2537, 10, 619),
        (505, 87886, 499, 87892),
        (29, 7470, 45, 7232),
        (17, 1699, 65, 1600),
        (186, 50448, 141, 27197),
        (5, 2493, 3, 2338),
        (27, 16886, 29, 17825),
    ]
    effects = [math.log(a / (a + b)) - math.log(c / (c + d)) for a, b, c, d in trials]
    variances = [1 / a - 1 / (a + b) + 1 / c - 1 / (c + d) for a, b, c, d in trials]
    found = dersimonian_laird(effects, variances)
    assert found.tau_squared == pytest.approx(0.3088, abs=0.00005)
    assert found.mean == pytest.approx(-0.7141, abs=0.00005)
    error = math.sqrt(found.variance)
    assert found.mean - 1.959964 * error == pytest.approx(-1.0644, abs=0.00005)
    assert found.mean + 1.959964 * error == pytest.approx(-0.3638, abs=0.00005)


# ---------------------------------------------------------------------------------------------------------------------
# Rates


def at_log_rate(force: str, log_rate: float) -> PeerRate:
    """Two offences among so many people that the logarithm of the rate per 1,000 is ``log_rate``."""
    return PeerRate(force, 2, 2000 / math.exp(log_rate))


OTHERS = [at_log_rate("Ashire", 0), at_log_rate("Bshire", 1), at_log_rate("Cshire", 2)]


def test_a_comparison_by_hand() -> None:
    """Mean 1, its variance 1/3 and τ² 0.5, as worked in the first test; the force's own variance is 1/2.

    So t = (3 − 1)/√(1/2 + 1/2 + 1/3), and 4.303 of t with two degrees of freedom is similar still.
    """
    found = compare_rates(at_log_rate("Own", 3), OTHERS, highest_first=False)
    spread = math.sqrt(4 / 3)
    assert found.t == pytest.approx(2 / spread)
    assert found.level is Level.SIMILAR
    assert found.tau_squared == pytest.approx(0.5)
    assert found.group_average is not None
    assert found.low is not None
    assert found.high is not None
    assert found.gap_to_average is not None
    assert float(found.group_average) == pytest.approx(math.e)
    assert float(found.low) == pytest.approx(math.exp(1 - 4.3027 * spread), rel=1e-3)
    assert float(found.high) == pytest.approx(math.exp(1 + 4.3027 * spread), rel=1e-3)
    assert float(found.own_rate) == pytest.approx(math.exp(3))
    assert float(found.gap_to_average) == pytest.approx(math.exp(3) - math.e)
    assert (found.rank, found.of, found.top) == (4, 4, "Ashire")
    assert float(found.gap_to_top) == pytest.approx(math.exp(3) - 1)
    assert compare_rates(at_log_rate("Own", 3), OTHERS, highest_first=True).rank == 1


@pytest.mark.parametrize(
    ("t", "level"),
    [
        (4.304, Level.ABOVE),
        (4.302, Level.SIMILAR),
        (0, Level.SIMILAR),
        (-4.302, Level.SIMILAR),
        (-4.304, Level.BELOW),
    ],
)
def test_similar_goes_by_students_t(t: float, level: Level) -> None:
    """Three other forces: t with two degrees of freedom is 4.3027."""
    own = at_log_rate("Own", 1 + t * math.sqrt(4 / 3))
    assert compare_rates(own, OTHERS, highest_first=False).level is level


def test_a_force_much_larger_than_the_others_is_no_surer_than_twice_as_large_a_one() -> None:
    """Of others that are all alike τ² is 0, and v of the force is half of theirs."""
    others = [PeerRate(f"F{n}", 100, 1000) for n in range(4)]
    found = compare_rates(PeerRate("Own", 100_000, 500_000), others, highest_first=True)
    assert found.t == pytest.approx(math.log(2) / math.sqrt(0.01 / 2 + 0.01 / 4))
    surveys = [Proportion(f"F{n}", 350, 500) for n in range(4)]
    share = 350.5 / 501
    chance = share * (1 - share) * 10_000 / 500
    asked = compare_survey(Proportion("Own", 37_500, 50_000), surveys, highest_first=True)
    assert asked.t == pytest.approx(5 / math.sqrt(chance / 2 + chance / 4))


def test_the_force_itself_is_no_part_of_its_group() -> None:
    some = compare_rates(PeerRate("Own", 40, 1000), OTHERS, highest_first=False)
    many = compare_rates(PeerRate("Own", 900, 1000), OTHERS, highest_first=False)
    assert some.group_average == many.group_average
    assert some.tau_squared == many.tau_squared


def test_an_extreme_force_is_not_winsorised() -> None:
    """A force far out widens what is usual by as much as the estimator says."""
    usual = [PeerRate(f"F{n}", 1000, 10_000 + 200 * n) for n in range(6)]
    own = PeerRate("Own", 1000, 7500)
    assert compare_rates(own, usual, highest_first=False).level is Level.ABOVE
    extreme = [*usual[:5], PeerRate("F6", 1000, 2000)]
    found = compare_rates(own, extreme, highest_first=False)
    by_hand = dersimonian_laird([math.log(1000 / float(f.population) * 1000) for f in extreme], [1 / 1000] * 6)
    assert found.tau_squared == pytest.approx(by_hand.tau_squared)
    assert found.level is Level.SIMILAR


def test_forces_that_are_all_alike_are_similar() -> None:
    found = compare_rates(PeerRate("Own", 30, 1000), [PeerRate(name, 30, 1000) for name in "ABC"], highest_first=True)
    assert found.level is Level.SIMILAR
    assert found.t == pytest.approx(0)
    assert found.tau_squared == 0
    assert (found.rank, found.of, found.tied_with) == (1, 4, ("A", "B", "C"))
    assert found.gap_to_top == 0
    assert "shares its rank with A, B, C" in found.notes[0]


def test_a_count_of_zero_is_taken_as_a_half_and_said() -> None:
    others = [PeerRate("A", 0, 1000), PeerRate("B", 2, 1000), PeerRate("C", 3, 1000)]
    found = compare_rates(PeerRate("Own", 0, 1000), others, highest_first=False)
    half = compare_rates(PeerRate("Own", 0.5, 1000), [PeerRate("A", 0.5, 1000), *others[1:]], highest_first=False)
    assert found.t == half.t
    assert found.own_rate == 0
    assert (found.rank, found.tied_with) == (1, ("A",))
    assert found.notes[-1] == "Counted none, and taken as a half in the comparison: A, Own."


def test_a_group_without_any_is_similar() -> None:
    found = compare_rates(PeerRate("Own", 0, 900), [PeerRate("A", 0, 10), PeerRate("B", 0, 10**6)], highest_first=True)
    assert found.level is Level.SIMILAR
    assert (found.t, found.group_average, found.gap_to_average) == (0.0, Fraction(0), Fraction(0))
    assert found.notes[-1] == "No force of the group counted any."


def test_one_other_force_gives_a_rank_and_no_level() -> None:
    found = compare_rates(PeerRate("Own", 10, 1000), [PeerRate("Threeshire", 8, 1000)], highest_first=False)
    assert (found.level, found.t, found.low, found.high) == (None, None, None, None)
    assert (found.rank, found.of) == (2, 2)
    assert (found.group_average, found.gap_to_top) == (Fraction(8), Fraction(2))
    assert "does not show how far forces usually differ" in found.notes[-1]
    assert found.average_kind == "figure of the one other force, Threeshire"


@pytest.mark.parametrize("empty", ["rates", "survey"])
def test_no_other_force_gives_nothing_to_compare_with(empty: str) -> None:
    found = (
        compare_rates(PeerRate("Own", 10, 1000), [], highest_first=True)
        if empty == "rates"
        else compare_survey(Proportion("Own", 1, 100), [], highest_first=True)
    )
    assert (found.level, found.group_average, found.gap_to_average, found.rank, found.of) == (None, None, None, 1, 1)
    assert found.notes == ("There is no other force to compare with, so the level is not judged.",)


def test_the_method_says_the_average() -> None:
    found = compare_rates(at_log_rate("Own", 3), OTHERS, highest_first=False)
    assert found.average_kind in found.method
    assert "mean of the log rates of the 3 other forces" in found.method
    assert found.method.count(". ") == 0


@pytest.mark.parametrize(
    ("count", "population"), [(-1, 1000), (1, 0), (1, -5), (math.nan, 10), (math.inf, 10), (1, math.inf)]
)
def test_what_is_no_rate_is_refused(count: float, population: float) -> None:
    with pytest.raises(ValueError, match=r"^Own: a (count|population) cannot be"):
        PeerRate("Own", count, population)


def test_a_force_given_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="Own is given twice"):
        compare_rates(PeerRate("Own", 1, 10), [*OTHERS, PeerRate("Own", 1, 10)], highest_first=False)


# ---------------------------------------------------------------------------------------------------------------------
# What must hold of any rates


@st.composite
def groups(draw: st.DrawFn, least: int = 2) -> list[PeerRate]:
    """A force and at least so many others."""
    size = draw(st.integers(least + 1, 9))
    return [PeerRate(f"F{n}", draw(st.integers(0, 5000)), draw(st.integers(100_000, 3_000_000))) for n in range(size)]


def judged(forces: list[PeerRate]) -> tuple[PeerComparison, float]:
    found = compare_rates(forces[0], forces[1:], highest_first=False)
    assert found.t is not None
    return found, found.t


@given(groups(), st.randoms(use_true_random=False))
def test_the_order_of_the_other_forces_does_not_matter(forces: list[PeerRate], random: Random) -> None:
    others = forces[1:]
    random.shuffle(others)
    assert judged(forces)[0] == judged([forces[0], *others])[0]


@given(groups(), st.floats(0.001, 1000))
def test_counting_people_in_another_unit_does_not_matter(forces: list[PeerRate], factor: float) -> None:
    before, t = judged(forces)
    after, scaled = judged([replace(force, population=force.population * Fraction(factor)) for force in forces])
    assert scaled == pytest.approx(t, abs=1e-6)
    assert (after.rank, after.tied_with) == (before.rank, before.tied_with)


@given(groups())
def test_a_group_in_the_mirror_is_judged_the_other_way(forces: list[PeerRate]) -> None:
    """Each rate is turned into its inverse, with the same count and so the same sampling variance."""
    assume(all(force.count for force in forces))
    before, t = judged(forces)
    after, mirrored = judged(
        [replace(force, population=Fraction(force.count) ** 2 / Fraction(force.population)) for force in forces]
    )
    assert mirrored == pytest.approx(-t, abs=1e-6)
    assert after.rank + before.rank + len(before.tied_with) == before.of + 1
    assume(abs(abs(t) - t_quantile(0.975, before.of - 2)) > 1e-6)
    opposite = {Level.ABOVE: Level.BELOW, Level.SIMILAR: Level.SIMILAR, Level.BELOW: Level.ABOVE}
    assert before.level is not None
    assert after.level is opposite[before.level]


@given(groups())
def test_a_force_is_similar_just_when_its_rate_is_in_the_interval(forces: list[PeerRate]) -> None:
    assume(all(force.count for force in forces))
    found, t = judged(forces)
    assume(abs(abs(t) - t_quantile(0.975, found.of - 2)) > 1e-6)
    assert found.low is not None
    assert found.high is not None
    assert (found.level is Level.SIMILAR) == (found.low < found.own_rate < found.high)


@given(groups(least=0))
def test_rank_and_gap_agree(forces: list[PeerRate]) -> None:
    for highest_first in (True, False):
        found = compare_rates(forces[0], forces[1:], highest_first=highest_first)
        assert (found.gap_to_top == 0) == (found.rank == 1)
        assert found.gap_to_top <= 0 if highest_first else found.gap_to_top >= 0
        assert 1 <= found.rank <= found.of == len(forces)


@pytest.mark.slow
@pytest.mark.parametrize("name", KINDS)
def test_of_forces_that_are_alike_no_more_than_seven_in_a_hundred_are_called_different(name: str) -> None:
    assert all(called_different(name, size) <= 7 for size in SIZES)
    assert "| " + " | ".join(peer_table()[name]) + " |" in GUIDE


# ---------------------------------------------------------------------------------------------------------------------
# Surveys


def test_a_survey_by_hand() -> None:
    """Others at 30, 36 and 42 of 100: an average of 36, a variance of 36, and p̃(1 − p̃)·10,000/n by chance.

    With 1,000 asked each that is 21.02, 23.05 and 24.36 of 10 points: 2.281 on average.
    """
    others = [Proportion(f"F{n}", each * 10, 1000) for n, each in enumerate((30, 36, 42))]
    found = compare_survey(Proportion("Own", 260, 1000), others, highest_first=True)
    chance = [(p * 1000 + 0.5) / 1001 for p in (0.3, 0.36, 0.42)]
    mean = sum(p * (1 - p) * 10 for p in chance) / 3
    own = 260.5 / 1001 * (1 - 260.5 / 1001) * 10
    tau_squared = 36 - mean
    spread = math.sqrt(own + tau_squared + 36 / 3)
    assert found.tau_squared == pytest.approx(tau_squared)
    assert found.t == pytest.approx(-10 / spread)
    assert found.group_average == 36
    assert found.level is Level.SIMILAR
    assert found.low is not None
    assert found.high is not None
    assert float(found.low) == pytest.approx(36 - 4.3027 * spread, abs=0.001)
    assert float(found.high) == pytest.approx(36 + 4.3027 * spread, abs=0.001)
    assert (found.rank, found.of, found.top) == (4, 4, "F2")
    assert found.gap_to_top == -16
    assert found.average_kind == "plain mean of the percentages of the 3 other forces"


def test_a_large_survey_is_similar_where_forces_differ_as_usual() -> None:
    """Ten thousand asked in each force leave no room for chance, and a force within the others' range is similar."""
    others = [Proportion(f"F{n}", each * 100, 10_000) for n, each in enumerate((76, 78, 80, 82, 84, 86, 88))]

    def level(percentage: int) -> Level | None:
        return compare_survey(Proportion("Own", percentage * 100, 10_000), others, highest_first=True).level

    assert [level(each) for each in (60, 75, 87, 99)] == [Level.BELOW, Level.SIMILAR, Level.SIMILAR, Level.ABOVE]


def test_percentages_that_would_be_similar_stay_from_0_to_100() -> None:
    others = [Proportion(name, 99, 100) for name in "ABC"]
    found = compare_survey(Proportion("Own", 100, 100), others, highest_first=True)
    assert found.high == 100
    assert found.level is Level.SIMILAR


def test_each_force_weighs_the_same_in_a_surveys_average() -> None:
    others = [Proportion("Many", 9000, 10_000), Proportion("Few", 7, 10)]
    assert compare_survey(Proportion("Own", 80, 100), others, highest_first=True).group_average == 80


def test_one_other_force_is_too_few_for_a_survey() -> None:
    found = compare_survey(Proportion("Own", 80, 100), [Proportion("A", 50, 50)], highest_first=True)
    assert (found.level, found.t) == (None, None)
    assert found.average_kind == "figure of the one other force, A"


@pytest.mark.parametrize(("successes", "n"), [(1, 0), (-1, 10), (11, 10), (math.nan, 10)])
def test_what_is_no_proportion_is_refused(successes: float, n: int) -> None:
    with pytest.raises(ValueError, match="Own: "):
        Proportion("Own", successes, n)


@given(
    st.lists(st.integers(1, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=3, max_size=9)
)
def test_a_survey_is_similar_just_when_its_percentage_is_in_the_interval(forces: list[tuple[int, int]]) -> None:
    own, *others = (Proportion(f"F{index}", *force) for index, force in enumerate(forces))
    found = compare_survey(own, others, highest_first=True)
    assert found.t is not None
    assert found.low is not None
    assert found.high is not None
    assume(abs(abs(found.t) - t_quantile(0.975, len(others) - 1)) > 1e-6)
    assert (found.level is Level.SIMILAR) == (found.low <= own.rate <= found.high)
