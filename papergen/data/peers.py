"""Comparison with the most similar group: level, rank, gaps and movement; numbers in, a judgement out.

A rate per 1,000 people is judged on the log scale against the other forces of the group, in the manner of a funnel plot
that allows for over-dispersion by an additive variance between forces (D. J. Spiegelhalter, "Funnel plots for comparing
institutional performance", Statistics in Medicine 24 (2005) 1185–1202, and "Handling over-dispersion of performance
indicators", Quality and Safety in Health Care 14 (2005) 347–351, here without winsorising).  That variance is the
moment estimator of R. DerSimonian and N. Laird, "Meta-analysis in clinical trials", Controlled Clinical Trials 7 (1986)
177–188.  A survey is judged by the interval of E. B. Wilson, "Probable inference, the law of succession, and
statistical inference", Journal of the American Statistical Association 22 (1927) 209–212.

The force itself is never part of the average it is compared with.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from statistics import NormalDist
from typing import TypeAlias

from papergen.data.control_limits import Direction, Real, Verdict, control_limits

PER = 1000
"""People to whom a rate refers."""
SIMILAR_BELOW = 1.96
"""A rate is similar to the group while its z-score is smaller than this, in either direction."""
CONFIDENCE = 0.95
NONE_COUNTED_AS = Fraction(1, 2)
"""What a count of zero is taken for where a logarithm is needed (as W. Viechtbauer's metafor does for log rates,
Journal of Statistical Software 36 (2010) 3); other counts stay as they are."""
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


@dataclass(frozen=True, slots=True)
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

    @property
    def rate(self) -> Fraction:
        """Exactly how many for every 1,000 people."""
        return Fraction(self.count) / Fraction(self.population) * PER


@dataclass(frozen=True, slots=True)
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

    @property
    def rate(self) -> Fraction:
        """The percentage, exactly, from 0 to 100."""
        return Fraction(self.successes) / Fraction(self.n) * 100


Peer: TypeAlias = PeerRate | Proportion


@dataclass(frozen=True, slots=True)
class Rank:
    """A place in the group: 1 to ``of``; ``tied_with`` are the other forces with exactly the same rate."""

    position: int
    of: int
    tied_with: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A force beside the other forces of its group, all in rates per 1,000 people or percentages (0 to 100).

    ``level`` is None where it cannot be judged, and the last of ``notes`` then says why.  For a rate, ``low`` to
    ``high`` are the rates that would be similar; for a survey they are the force's own interval, in which the average
    lies when the force is similar.  Forces that tie have the same ``rank``.  ``gap_to_top`` is this force less the one
    that ranks first, which ``top`` names; ``gap_to_average`` is this force less the average.  ``method`` is the
    sentence to print under an exhibit and includes ``average_kind``.
    """

    level: Level | None
    z: float | None
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


@dataclass(frozen=True, slots=True)
class Trend:
    """A movement and how it was found; ``movement`` is None for a change of which neither direction is better."""

    movement: Movement | None
    note: str


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


def wilson(successes: Real, n: Real, *, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """The score interval of a proportion, without continuity correction, from 0 to 1 (Wilson 1927)."""
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    people, share = float(n), float(Fraction(successes) / Fraction(n))
    middle = share + z * z / (2 * people)
    half = z * math.sqrt(share * (1 - share) / people + z * z / (4 * people * people))
    scale = 1 + z * z / people
    low = 0.0 if successes == 0 else max(0.0, (middle - half) / scale)
    high = 1.0 if successes == n else min(1.0, (middle + half) / scale)
    return low, high


def rank(own: Peer, others: Sequence[Peer], *, highest_first: bool) -> Rank:
    """The place of ``own`` among all the forces, by exact rates; forces that tie share the better place."""
    before = sum(other.rate > own.rate if highest_first else other.rate < own.rate for other in others)
    tied = tuple(sorted(other.force for other in others if other.rate == own.rate))
    return Rank(before + 1, len(others) + 1, tied)


def compare_rates(own: PeerRate, others: Sequence[PeerRate], *, highest_first: bool) -> Comparison:
    """The force's rate per 1,000 people beside those of the other forces.

    z is (log own rate − mean) / √(1/own count + τ²), the mean and τ² being those of the other forces' log rates, each
    with the sampling variance 1/count of a Poisson count.  A zero count is taken as a half for the logarithm only;
    where no force counted any, the force is similar.  With fewer than two other forces the level is None.  Raises
    ``ValueError`` for a force given twice.
    """
    _refuse_twice(own, others)
    average_kind = f"inverse-variance mean of the log rates of the {len(others)} other forces"
    if len(others) < LEAST_FORCES:
        return _unjudged(own, others, highest_first=highest_first)
    if not any(each.count for each in (own, *others)):
        return _Judged(
            own=own,
            others=others,
            highest_first=highest_first,
            level=Level.SIMILAR,
            z=0.0,
            average=Fraction(0),
            average_kind=average_kind,
            method=_rate_method(average_kind),
            notes=("No force of the group counted any.",),
        ).comparison()
    effects = dersimonian_laird([_log_rate(each) for each in others], [_log_variance(each) for each in others])
    spread = math.sqrt(_log_variance(own) + effects.tau_squared)
    z = (_log_rate(own) - effects.mean) / spread
    return _Judged(
        own=own,
        others=others,
        highest_first=highest_first,
        level=Level.SIMILAR if abs(z) < SIMILAR_BELOW else Level.ABOVE if z > 0 else Level.BELOW,
        z=z,
        average=Fraction(math.exp(effects.mean)),
        average_kind=average_kind,
        interval=(
            Fraction(math.exp(effects.mean - SIMILAR_BELOW * spread)),
            Fraction(math.exp(effects.mean + SIMILAR_BELOW * spread)),
        ),
        tau_squared=effects.tau_squared,
        method=_rate_method(average_kind),
        notes=_zero_notes((own, *others)),
    ).comparison()


def compare_survey(own: Proportion, others: Sequence[Proportion], *, highest_first: bool) -> Comparison:
    """The force's percentage beside those of the other forces: similar when their average is in its Wilson interval.

    The average is the plain mean of the other forces' percentages: how many people a force asked says nothing about its
    weight in the group.  z is the score statistic of the force against that average, whose size passes 1.96 where the
    average leaves the interval; it is None for an average of 0% or 100%.  With no other force the level is None.
    Raises ``ValueError`` for a force given twice.
    """
    _refuse_twice(own, others)
    if not others:
        return _unjudged(own, others, highest_first=highest_first)
    average = sum((other.rate for other in others), Fraction(0)) / len(others)
    low, high = (Fraction(end) * 100 for end in wilson(own.successes, own.n))
    average_kind = f"plain mean of the percentages of the {_others(len(others))}"
    variance = float(average * (100 - average)) / float(own.n)
    return _Judged(
        own=own,
        others=others,
        highest_first=highest_first,
        level=Level.BELOW if high < average else Level.ABOVE if low > average else Level.SIMILAR,
        z=float(own.rate - average) / math.sqrt(variance) if variance else None,
        average=average,
        average_kind=average_kind,
        interval=(low, high),
        method=(
            f"Similar: the 95% interval of the force’s own percentage (Wilson) holds the group average,"
            f" which is the {average_kind}."
        ),
    ).comparison()


def group_ratio(own: Peer, others: Sequence[Peer]) -> Fraction | None:
    """The force's rate ÷ the plain mean of the other forces' rates in one period; None without such a mean above 0."""
    total = sum((other.rate for other in others), Fraction(0))
    return own.rate * len(others) / total if total else None


def movement(ratios: Sequence[Real | None], *, good: Direction) -> Trend:
    """Whether the ratio to the group ends in special cause, on a control chart of the monthly or quarterly ratios.

    Periods without a ratio (None) are left out and said.  With fewer than 13 ratios the movement is "no change".
    """
    known = [float(ratio) for ratio in ratios if ratio is not None]
    left_out = len(ratios) - len(known)
    note = f"{left_out} left out, in which no other force counted any. " if left_out else ""
    if len(known) < LEAST_POINTS:
        few = f"{len(known)} point{'' if len(known) == 1 else 's'}: too few to call a movement (needs {LEAST_POINTS})."
        return Trend(Movement.NO_CHANGE, note + few)
    verdict = control_limits(known, good=good).points[-1].verdict
    note += f"Control limits on {len(known)} ratios of the force’s rate to the plain mean of the other forces’ rates"
    match verdict:
        case Verdict.IMPROVEMENT:
            return Trend(Movement.IMPROVING, f"{note}: special cause at the end, improvement.")
        case Verdict.CONCERN:
            return Trend(Movement.DETERIORATING, f"{note}: special cause at the end, concern.")
        case Verdict.COMMON:
            return Trend(Movement.NO_CHANGE, f"{note}: no special cause at the end.")
        case _:
            return Trend(None, f"{note}: special cause at the end, and neither direction is better.")


# ---------------------------------------------------------------------------------------------------------------------


def _refuse_twice(own: Peer, others: Sequence[Peer]) -> None:
    names = [own.force, *(other.force for other in others)]
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"{name} is given twice in a comparison")


def _log_rate(peer: PeerRate) -> float:
    return math.log(Fraction(peer.count or NONE_COUNTED_AS) / Fraction(peer.population) * PER)


def _log_variance(peer: PeerRate) -> float:
    return 1 / float(peer.count or NONE_COUNTED_AS)


def _others(count: int) -> str:
    return "one other force" if count == 1 else f"{count} other forces"


def _rate_method(average_kind: str) -> str:
    return (
        "Similar: within 1.96 standard deviations (chance and usual differences, DerSimonian–Laird)"
        f" of the group average, which is the {average_kind}."
    )


def _zero_notes(peers: Sequence[PeerRate]) -> tuple[str, ...]:
    none = sorted(peer.force for peer in peers if not peer.count)
    return (f"Counted none, and taken as a half in the comparison: {', '.join(none)}.",) if none else ()


def _unjudged(own: Peer, others: Sequence[Peer], *, highest_first: bool) -> Comparison:
    """Rank and gaps alone, where there are too few other forces for a level."""
    note = (
        "One other force does not show how far forces usually differ, so the level is not judged."
        if others
        else "There is no other force to compare with, so the level is not judged."
    )
    return _Judged(
        own=own,
        others=others,
        highest_first=highest_first,
        level=None,
        z=None,
        average=others[0].rate if others else None,
        average_kind=f"figure of the one other force, {others[0].force}" if others else "no average",
        method=note,
        notes=(note,),
    ).comparison()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    """A force beside the others, with what was worked out of them; the rest of a comparison follows from these."""

    own: Peer
    others: Sequence[Peer]
    highest_first: bool
    level: Level | None
    z: float | None
    average: Fraction | None
    average_kind: str
    method: str
    interval: tuple[Fraction, Fraction] | None = None
    tau_squared: float | None = None
    notes: tuple[str, ...] = ()

    def comparison(self) -> Comparison:
        own, others, average = self.own, self.others, self.average
        place = rank(own, others, highest_first=self.highest_first)
        sign = -1 if self.highest_first else 1
        top = min((own, *others), key=lambda peer: (sign * peer.rate, peer is not own, peer.force))
        tie = (f"{own.force} shares its rank with {', '.join(place.tied_with)}.",) if place.tied_with else ()
        return Comparison(
            level=self.level,
            z=self.z,
            own_rate=own.rate,
            group_average=average,
            average_kind=self.average_kind,
            low=self.interval[0] if self.interval else None,
            high=self.interval[1] if self.interval else None,
            rank=place.position,
            of=place.of,
            tied_with=place.tied_with,
            top=top.force,
            gap_to_top=own.rate - top.rate,
            gap_to_average=None if average is None else own.rate - average,
            tau_squared=self.tau_squared,
            method=self.method,
            notes=tie + self.notes,
        )
