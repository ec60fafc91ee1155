"""Comparison with the most similar group: level, rank, gaps and movement; numbers in, a judgement out.

Both kinds of comparison allow for chance and for the lasting differences between forces: random effects, in the manner
of a funnel plot with an additive variance between forces (D. J. Spiegelhalter, "Funnel plots for comparing
institutional performance", Statistics in Medicine 24 (2005) 1185–1202, and "Handling over-dispersion of performance
indicators", Quality and Safety in Health Care 14 (2005) 347–351, here without winsorising).  For rates, on the log
scale, that variance is the moment estimator of R. DerSimonian and N. Laird, "Meta-analysis in clinical trials",
Controlled Clinical Trials 7 (1986) 177–188; for surveys that of L. V. Hedges, "A random effects model for effect
sizes", Psychological Bulletin 93 (1983) 388–395, about the plain mean.  The variance rests on few forces, so that
limits are Student's t with one degree of freedom less than there are other forces, as in the prediction intervals of
J. P. T. Higgins, S. G. Thompson and D. J. Spiegelhalter, "A re-evaluation of random-effects meta-analysis", Journal of
the Royal Statistical Society A 172 (2009) 137–159, and the tests of J. Hartung and G. Knapp, "On tests of the overall
treatment effect in meta-analysis with normally distributed responses", Statistics in Medicine 20 (2001) 1771–1782.

The force itself is never part of the average it is compared with.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import cached_property
from statistics import harmonic_mean
from typing import TypeAlias

from papergen.data.control_limits import Real, Verdict, control_limits
from papergen.data.student import t_quantile
from papergen.values.quantities import Direction

PER = 1000
"""People to whom a rate refers."""
CONFIDENCE = 0.95
"""The share of forces like the others that are similar to them."""
NONE_COUNTED_AS = Fraction(1, 2)
"""What a count of zero is taken for where a logarithm is needed (as W. Viechtbauer's metafor does for log rates,
Journal of Statistical Software 36 (2010) 3); other counts stay as they are."""
LEAST_CHANCE = Fraction(1, 2)
"""The least sampling variance of a force, as a share of the others'. How far forces differ, τ², is known from theirs,
and beside a variance much smaller yet a τ² that comes out at 0 would call 8 to 13 of 100 alike different."""
LEAST_FORCES = 2
"""Other forces without which nothing can be said about how far forces usually differ."""
LEAST_POINTS = 13
"""Months or quarters without which no movement is called."""


class Level(Enum):
    """Where a force stands against its group."""

    BELOW = "below"
    SIMILAR = "similar"
    ABOVE = "above"


class Movement(Enum):
    """Where a force is going, relative to its group."""

    IMPROVING = "improving"
    NO_CHANGE = "no change"
    DETERIORATING = "deteriorating"


@dataclass(frozen=True)
class PeerRate:
    """A force's count of a period and its people; raises ``ValueError`` for a count below zero or no people."""

    force: str
    count: Real
    population: Real

    def __post_init__(self) -> None:
        if not (math.isfinite(self.count) and self.count >= 0):
            raise ValueError(f"{self.force}: a count cannot be {self.count}")
        if not (math.isfinite(self.population) and self.population > 0):
            raise ValueError(f"{self.force}: a population cannot be {self.population}")

    @cached_property
    def rate(self) -> Fraction:
        """Exactly how many for every 1,000 people."""
        return Fraction(self.count) / Fraction(self.population) * PER


@dataclass(frozen=True)
class Proportion:
    """Of ``n`` people asked in a force, how many said so; raises ``ValueError`` where that cannot be a proportion."""

    force: str
    successes: Real
    n: Real

    def __post_init__(self) -> None:
        if not (math.isfinite(self.n) and self.n > 0):
            raise ValueError(f"{self.force}: a survey cannot have asked {self.n} people")
        if not 0 <= self.successes <= self.n:
            raise ValueError(f"{self.force}: {self.successes} of {self.n} is no proportion")

    @cached_property
    def rate(self) -> Fraction:
        """The percentage, exactly, from 0 to 100."""
        return Fraction(self.successes) / Fraction(self.n) * 100


Peer: TypeAlias = PeerRate | Proportion


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerComparison:
    """A force beside the other forces of its group, all in rates per 1,000 people or percentages (0 to 100).

    ``level`` is None where it cannot be judged, and the last of ``notes`` then says why.  ``low`` to ``high`` are the
    rates that would be similar, and ``t`` how many spreads the force lies from the average.  Forces that tie have the
    same ``rank``.  ``gap_to_top`` is this force less the one that ranks first, which ``top`` names;
    ``gap_to_average`` is this force less the average.  ``method`` is the sentence to print under an exhibit and
    includes ``average_kind``.
    """

    level: Level | None
    t: float | None
    own_rate: Fraction
    group_average: Fraction | None
    average_kind: str
    low: Fraction | None
    high: Fraction | None
    rank: int
    of: int
    tied_with: tuple[str, ...]
    top: str
    gap_to_top: Fraction
    gap_to_average: Fraction | None
    tau_squared: float | None
    method: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RandomEffects:
    """The weighted mean of some effects, its variance, and the variance between them (τ²)."""

    mean: float
    variance: float
    tau_squared: float


def dersimonian_laird(effects: Sequence[float], variances: Sequence[float]) -> RandomEffects:
    """The random-effects mean of two or more effects, each with its own sampling variance (above zero).

    DerSimonian and Laird 1986: with w = 1/v, Q = Σw(y − ȳ)² about the w-weighted mean ȳ, and
    C = Σw − Σw²/Σw, τ² is (Q − (k − 1))/C, or 0 where that is negative; the mean weighs each effect by 1/(v + τ²).
    """
    if len(effects) < LEAST_FORCES or len(effects) != len(variances):
        raise ValueError("two or more effects are needed, and a variance for each")
    weights = [1 / variance for variance in variances]
    total = math.fsum(weights)
    fixed = math.fsum(w * y for w, y in zip(weights, effects, strict=True)) / total
    q = math.fsum(w * (y - fixed) ** 2 for w, y in zip(weights, effects, strict=True))
    c = total - math.fsum(w * w for w in weights) / total
    tau_squared = max(0.0, (q - (len(effects) - 1)) / c)
    weights = [1 / (variance + tau_squared) for variance in variances]
    total = math.fsum(weights)
    mean = math.fsum(w * y for w, y in zip(weights, effects, strict=True)) / total
    return RandomEffects(mean, 1 / total, tau_squared)


def rank(own: Peer, others: Sequence[Peer], *, highest_first: bool) -> tuple[int, tuple[str, ...]]:
    """The place of ``own`` among all the forces, by exact rates, and those that share it, which is the better one."""
    before = sum(other.rate > own.rate if highest_first else other.rate < own.rate for other in others)
    tied = tuple(sorted(other.force for other in others if other.rate == own.rate))
    return before + 1, tied


def compare_rates(own: PeerRate, others: Sequence[PeerRate], *, highest_first: bool) -> PeerComparison:
    """The force's rate per 1,000 people beside those of the other forces.

    t is (log own rate − mean) / √(1/own count + τ² + 1/Σw), the mean, its variance 1/Σw and τ² being those of the other
    forces' log rates, each with the sampling variance 1/count of a Poisson count; 1/own count is taken as no less than
    half of 1/their mean count.  A zero count is taken as a half for
    the logarithm only; where no force counted any, the force is similar.  With fewer than two other forces the level is
    None.  Raises ``ValueError`` for a force given twice.
    """
    group = _Group(own, others, highest_first)
    average_kind = f"inverse-variance mean of the log rates of the {len(others)} other forces"
    if len(others) < LEAST_FORCES:
        return group.unjudged()
    if not any(each.count for each in (own, *others)):
        return group.judged(
            level=Level.SIMILAR,
            t=0.0,
            average=Fraction(0),
            average_kind=average_kind,
            notes=("No force of the group counted any.",),
        )
    variances = [_log_variance(each) for each in others]
    effects = dersimonian_laird([_log_rate(each) for each in others], variances)
    own_variance = max(_log_variance(own), float(LEAST_CHANCE) * harmonic_mean(variances))
    spread = math.sqrt(own_variance + effects.tau_squared + effects.variance)
    t, most = (_log_rate(own) - effects.mean) / spread, _most(len(others))
    none = sorted(peer.force for peer in (own, *others) if not peer.count)
    return group.judged(
        level=_level(t, most),
        t=t,
        average=Fraction(math.exp(effects.mean)),
        average_kind=average_kind,
        interval=(Fraction(math.exp(effects.mean - most * spread)), Fraction(math.exp(effects.mean + most * spread))),
        tau_squared=effects.tau_squared,
        notes=(f"Counted none, and taken as a half in the comparison: {', '.join(none)}.",) if none else (),
    )


def compare_survey(own: Proportion, others: Sequence[Proportion], *, highest_first: bool) -> PeerComparison:
    """The force's percentage beside those of the other forces.

    The average is the plain mean of the other forces' percentages: how many people a force asked says nothing about its
    weight in the group.  With p̃ = (said so + ½) / (asked + 1), v = p̃(1 − p̃)/asked is a force's sampling variance; τ²
    is the variance of the k other percentages less the mean of their v, or 0 where that is negative; and t is (own −
    average) / √(own v + τ² + (τ² + mean v)/k), own v being taken as no less than half of their mean.  With fewer than
    two other forces the level is None.  Raises ``ValueError`` for a force given twice.
    """
    group = _Group(own, others, highest_first)
    if len(others) < LEAST_FORCES:
        return group.unjudged()
    average = sum((other.rate for other in others), Fraction(0)) / len(others)
    average_kind = f"plain mean of the percentages of the {len(others)} other forces"
    by_chance = sum((_sampling_variance(other) for other in others), Fraction(0)) / len(others)
    own_variance = max(_sampling_variance(own), LEAST_CHANCE * by_chance)
    found = sum(((other.rate - average) ** 2 for other in others), Fraction(0)) / (len(others) - 1)
    tau_squared = max(found - by_chance, Fraction(0))
    spread = math.sqrt(own_variance + tau_squared + (tau_squared + by_chance) / len(others))
    t, most = float(own.rate - average) / spread, _most(len(others))
    return group.judged(
        level=_level(t, most),
        t=t,
        average=average,
        average_kind=average_kind,
        interval=(
            max(average - Fraction(most * spread), Fraction(0)),
            min(average + Fraction(most * spread), Fraction(100)),
        ),
        tau_squared=float(tau_squared),
    )


def group_ratio(own: Peer, others: Sequence[Peer]) -> Fraction | None:
    """The force's rate ÷ the plain mean of the other forces' rates in one period; None without such a mean above 0."""
    total = sum((other.rate for other in others), Fraction(0))
    return own.rate * len(others) / total if total else None


def movement(ratios: Sequence[Real | None], *, good: Direction) -> Movement | None:
    """Whether the ratio to the group ends in special cause, on a control chart of the monthly or quarterly ratios.

    Periods without a ratio (None) are left out.  With fewer than 13 ratios the movement is "no change"; of a change of
    which neither direction is better it is None.
    """
    known = [float(ratio) for ratio in ratios if ratio is not None]
    if len(known) < LEAST_POINTS:
        return Movement.NO_CHANGE
    match control_limits(known, good=good).points[-1].verdict:
        case Verdict.IMPROVEMENT:
            return Movement.IMPROVING
        case Verdict.CONCERN:
            return Movement.DETERIORATING
        case Verdict.COMMON:
            return Movement.NO_CHANGE
        case Verdict.NEUTRAL:
            return None


def _log_rate(peer: PeerRate) -> float:
    return math.log(Fraction(peer.count or NONE_COUNTED_AS) / Fraction(peer.population) * PER)


def _log_variance(peer: PeerRate) -> float:
    return 1 / float(peer.count or NONE_COUNTED_AS)


def _sampling_variance(peer: Proportion) -> Fraction:
    """How far chance lets a percentage vary, in squared percentage points; above 0 for one of 0% or 100% too."""
    share = (Fraction(peer.successes) + Fraction(1, 2)) / (Fraction(peer.n) + 1)
    return share * (1 - share) * 10_000 / Fraction(peer.n)


def _most(others: int) -> float:
    """How many spreads from the average of so many other forces are similar still."""
    return t_quantile((1 + CONFIDENCE) / 2, others - 1)


def _level(t: float, most: float) -> Level:
    if abs(t) < most:
        return Level.SIMILAR
    return Level.ABOVE if t > 0 else Level.BELOW


@dataclass(frozen=True)
class _Group:
    """A force and the others that it is compared with; raises ``ValueError`` for one that is given twice."""

    own: Peer
    others: Sequence[Peer]
    highest_first: bool

    def __post_init__(self) -> None:
        names = [self.own.force, *(other.force for other in self.others)]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"{name} is given twice in a comparison")

    def unjudged(self) -> PeerComparison:
        """Rank and gaps alone, where there are too few other forces for a level."""
        others = self.others
        note = (
            "One other force does not show how far forces usually differ, so the level is not judged."
            if others
            else "There is no other force to compare with, so the level is not judged."
        )
        return self.judged(
            level=None,
            t=None,
            average=others[0].rate if others else None,
            average_kind=f"figure of the one other force, {others[0].force}" if others else "no average",
            notes=(note,),
        )

    def judged(
        self,
        *,
        level: Level | None,
        t: float | None,
        average: Fraction | None,
        average_kind: str,
        interval: tuple[Fraction, Fraction] | tuple[None, None] = (None, None),
        tau_squared: float | None = None,
        notes: tuple[str, ...] = (),
    ) -> PeerComparison:
        """The comparison, of whose parts the rest follow from these."""
        own, others = self.own, self.others
        place, tied = rank(own, others, highest_first=self.highest_first)
        sign = -1 if self.highest_first else 1
        top = min((own, *others), key=lambda peer: (sign * peer.rate, peer is not own, peer.force))
        tie = (f"{own.force} shares its rank with {', '.join(tied)}.",) if tied else ()
        similar = (
            "Similar: where 95 of 100 forces like the others would lie, by chance and by the usual differences between"
            f" forces, around the group average, which is the {average_kind}."
        )
        return PeerComparison(
            level=level,
            t=t,
            own_rate=own.rate,
            group_average=average,
            average_kind=average_kind,
            low=interval[0],
            high=interval[1],
            rank=place,
            of=len(others) + 1,
            tied_with=tied,
            top=top.force,
            gap_to_top=own.rate - top.rate,
            gap_to_average=None if average is None else own.rate - average,
            tau_squared=tau_squared,
            method=similar if level else notes[-1],
            notes=tie + notes,
        )
