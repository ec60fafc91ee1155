"""Prints how well what papergen says of a series holds where the truth is known: ``python -m tests.simulations``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import fmean

from papergen.data.projections import Basis
from tests.simulations import judgements, london, peers, projections


def _print_table(title: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    print(f"\n{title}\n")
    for cells in (headings, ["---"] * len(headings), *rows):
        print("| " + " | ".join(cells) + " |")


def main() -> None:
    """Print every table of simulated and real series that the guides have."""
    table = projections.projection_table()
    _print_table("Projections", projections.HEADINGS, table.values())
    scores = fmean(projections.score_ratio(name) for name in table)
    past = projections.all_kinds(Basis.PAST_YEARS)
    short = projections.all_kinds(Basis.CURRENT_LEVEL, projections.SHORT)
    print(f"\nAll kinds: by past years {past:.0%}, score {scores:.2f}; at the current level {short:.0%}")
    _print_table("Projections of crimes in London", london.HEADINGS, london.london_rows())
    _print_table("Called below or above, of 100 forces", peers.HEADINGS, peers.peer_table().values())
    _print_table("Quarters judged to be special, of 100", judgements.RARE_HEADINGS, judgements.rare_rows())
    _print_table("With a season", judgements.SEASONAL_HEADINGS, judgements.seasonal_rows())
    _print_table("With a level that wanders", judgements.WANDERING_HEADINGS, judgements.wandering_rows())


if __name__ == "__main__":
    main()
