"""The data of a meeting: what each measure comes to, and how past projections held."""

from __future__ import annotations

from collections.abc import Sequence

from papergen.commands.usage import WrongUseError
from papergen.data.backtest import Backtest
from papergen.data.book import Book, read_book
from papergen.data.overview import MeasureOverview, backtests, overview
from papergen.diagnostics import did_you_mean
from papergen.workspace.settings import read_settings
from papergen.world import World


def check_data(world: World, meeting: str) -> tuple[MeasureOverview, ...]:
    """What the data of each measure come to; all that is wrong with them is in the findings of ``world``."""
    book = _book(world, meeting)
    return () if book is None else overview(book, world.diagnostics)


def backtest(world: World, meeting: str, measures: Sequence[str] = ()) -> tuple[tuple[str, Backtest], ...] | None:
    """How past projections of the monthly counts among ``measures`` held, or of all; None when settings have errors."""
    book = _book(world, meeting)
    if book is None:
        return None
    known = book.measures.settings
    for measure in measures:
        if measure not in known:
            raise WrongUseError(
                f"There is no measure “{measure}”.", did_you_mean(measure, known, f"There are: {', '.join(known)}.")
            )
    return backtests(book, measures or list(known))


def _book(world: World, meeting: str) -> Book | None:
    settings = read_settings(world, meeting, world.diagnostics)
    return None if settings is None else read_book(world, settings, world.diagnostics)
