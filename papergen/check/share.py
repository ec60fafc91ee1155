"""How many of the figures printed in the papers are bound to data."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from papergen.check.reading import Reading, once
from papergen.check.rules.numbers.beside_data import is_typed
from papergen.values.quantities import print_number


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the figures printed in the papers are bound to data."""

    bound: int
    figures: int

    @property
    def percentage(self) -> Fraction:
        """0 to 100; 100 where there are no figures."""
        return Fraction(100 * self.bound, self.figures) if self.figures else Fraction(100)

    def __str__(self) -> str:
        """``"460 of 462 figures are bound to data (99.6%)."``; a share short of all is never printed as 100%."""
        if not self.figures:
            return "No figures are printed."
        shown = self.percentage if self.bound == self.figures else min(self.percentage, Fraction(999, 10))
        return f"{self.bound:,} of {self.figures:,} figures are bound to data ({print_number(shown, 1)}%)."


def share_bound(reading: Reading) -> Share:
    """How many of the counts, percentages and sums of money in the words of the papers are bound to data.

    Dates, ordinals, ages, lengths of time, numbers of sections and objectives, statutory references and numbers written
    in words without data behind them are not figures.
    """
    shares = [_share_of(each) for each in reading.parts]
    return Share(sum(each.bound for each in shares), sum(each.figures for each in shares))


@once
def _share_of(file: Reading) -> Share:
    every = [(passage, each) for passage in file.passages for each in passage.every_number]
    others = [(passage, each) for passage, each in every if not (each.bound and each.bound.measures)]
    bound = len(every) - len(others)
    return Share(bound, bound + sum(is_typed(file, *each) for each in others))
