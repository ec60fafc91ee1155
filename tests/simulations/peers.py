"""Forces that are alike, and how often one of them is called different from its group."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache
from random import Random

from papergen.data.peers import Level, PeerRate, Proportion, compare_rates, compare_survey

GROUPS = 500
SIZES = (14, 7, 4, 2)
PEOPLE = 1_000_000


def _count(random: Random, mean: float) -> int:
    """A count of so many by chance, as a normal draw that is rounded: right enough for the means used here."""
    return max(0, round(random.gauss(mean, math.sqrt(mean))))


def _rates(mean: float, spread: float, own_times: int = 1) -> Callable[[Random, int], bool]:
    def called(random: Random, others: int) -> bool:
        own, *rest = (
            PeerRate(f"Force {index}", _count(random, size * mean * math.exp(random.gauss(0, spread))), size * PEOPLE)
            for index, size in enumerate((own_times, *[1] * others))
        )
        return compare_rates(own, rest, highest_first=True).level is not Level.SIMILAR

    return called


def _surveys(
    asked: int, share: float, spread: float, uneven: float = 1.0, own_times: int = 1
) -> Callable[[Random, int], bool]:
    def called(random: Random, others: int) -> bool:
        def force(index: int) -> Proportion:
            people = round(asked * uneven ** random.uniform(-1, 1)) * (1 if index else own_times)
            truth = min(max(random.gauss(share, spread), 0.01), 0.99)
            said = min(people, round(random.gauss(people * truth, math.sqrt(people * truth * (1 - truth)))))
            return Proportion(f"Force {index}", max(0, said), people)

        own, *rest = (force(index) for index in range(others + 1))
        return compare_survey(own, rest, highest_first=True).level is not Level.SIMILAR

    return called


KINDS: dict[str, Callable[[Random, int], bool]] = {
    "rates, 400 each, forces differ by 20%": _rates(400, 0.2),
    "rates, 400 each, forces differ by 50%": _rates(400, 0.5),
    "rates, 400 each, by chance alone": _rates(400, 0.0),
    "rates, 30 each, forces differ by 20%": _rates(30, 0.2),
    "rates, 5,000 each, forces differ by 20%": _rates(5000, 0.2),
    "rates, 400 each and 16,000 in the force, forces differ by 5%": _rates(400, 0.05, own_times=40),
    "surveys, 500 asked, by chance alone": _surveys(500, 0.8, 0.0),
    "surveys, 500 asked, forces differ by 3 points": _surveys(500, 0.8, 0.03),
    "surveys, 3,000 asked, forces differ by 3 points": _surveys(3000, 0.8, 0.03),
    "surveys, 100 to 2,500 asked, forces differ by 3 points": _surveys(500, 0.8, 0.03, uneven=5.0),
    "surveys, 500 asked and 6,000 in the force, forces differ by 2 points": _surveys(500, 0.7, 0.02, own_times=12),
    "surveys, 150 asked, at 95%, by chance alone": _surveys(150, 0.95, 0.0),
}
HEADINGS = ("forces that are alike", *(f"{size} others" for size in SIZES))


@cache
def called_different(name: str, others: int) -> float:
    """How many of 100 forces drawn as the others are were called below or above."""
    random = Random(f"peers {name} {others}")  # noqa: S311
    return 100 * sum(KINDS[name](random, others) for _ in range(GROUPS)) / GROUPS


@cache
def peer_table() -> dict[str, tuple[str, ...]]:
    """For each kind of comparison the cells under ``HEADINGS``, of 100, as docs/peer-comparison.md has them."""
    return {name: (name, *(f"{called_different(name, size):.0f}" for size in SIZES)) for name in KINDS}
