"""The rest of a year at the current level, for a series too short for the pattern of past years.

1. Point: the mean of the last twelve months, or of as many as there are since a gap or the last step change, times the
   periods that remain.
2. Range: from a variance s² and an autocorrelation r of the series. With 24 months s² is half the mean square of the
   differences between each of the last twelve and the same month a year before, so that seasons do not count and a
   level that moves does; r is the autocorrelation of those differences. With fewer months both are those of the figures
   themselves. The total of k periods of a series in which each keeps r of the last one's distance from the level has
   the variance s² × V(k), where V(k) = k + 2 × Σ (k − j) × rʲ over j from 1 to k − 1; the mean of n periods, taken for
   each of k, adds (k ÷ n)² × s² × V(n). Where the last twelve months lie above or below those before by more than
   chance gives them, d a month, the point lags by (d × k × (12 + k) ÷ 24), whose square is added, k counting months; d²
   is the square of the mean difference less its own variance. The range is ± t × √ of the sum, t being Student's at
   90%, with as many degrees of freedom as s² rests on. r is corrected for its bias (F. H. C. Marriott and J. A. Pope,
   "Bias in the estimation of autocorrelations", Biometrika 41 (1954) 390–402) and kept between 0 and 0.95.
3. Where four or more earlier months can be checked as the projections by past years are, the range also reaches as far
   as the method's own errors, by the same rank.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from papergen.data.dependence import autocorrelation
from papergen.data.foreseen import COVERAGE, Figures, Rest, counted, ranked
from papergen.data.student import t_quantile

LEAST_ORIGINS = 4
MOST_CORRELATION = 0.95


def from_current_level(figures: Figures, reasons: tuple[str, ...], since: int | None) -> Rest | None:
    """The rest of the year at the level that holds since the period of number ``since``; None without a figure of it.

    ``reasons`` say why past years cannot tell, and begin its notes.
    """
    recent: list[float] = []
    while (figure := figures.by_number.get(number := figures.last - len(recent))) is not None:
        if since is not None and number < since:
            break
        recent.append(figure)
    if not recent:
        return None
    stepped = since is not None and figures.last - len(recent) < since and len(recent) < len(figures.by_number)
    level = recent[: figures.per_year]
    point = _mean(level) * figures.remaining
    notes = (*reasons, f"The level is the mean of {_which(figures, len(level), len(recent), stepped=stepped)}.")
    if not point:
        notes += ("The current level is zero, so that nothing is foreseen for the rest of the year.",)
    spread = _spread(recent, figures.per_year, len(level), figures.remaining)
    if spread is None:
        notes += (f"There is a single {figures.noun}, so that swings from one to the next are not allowed for.",)
    low, high = point - (spread or 0.0), point + (spread or 0.0)
    errors = _errors(figures, len(recent))
    checked = point > 0 and len(errors) >= LEAST_ORIGINS
    if checked:
        error = ranked(errors, COVERAGE)
        low, high = min(low, point * (1 - error)), max(high, point * (1 + error))
        checks = counted(len(errors), "earlier projection")
        notes += (f"The range is at least as wide as the errors of {checks} as far ahead.",)
    return Rest(point, low, high, notes, origins=len(errors) if checked else 0)


def _spread(recent: Sequence[float], per_year: int, level: int, remaining: int) -> float | None:
    """How far the rest may lie from its point, by the swings of the last months, newest first; None for one."""
    if len(recent) < 2:
        return None
    if len(recent) >= 2 * per_year:
        swings = [now - before for now, before in zip(recent[:per_year], recent[per_year:], strict=False)]
        variance, degrees = math.fsum(swing * swing for swing in swings) / (2 * per_year), per_year
        moved = max(_mean(swings) ** 2 - 2 * variance / per_year, 0.0)
        drift = moved * (remaining * (per_year + remaining) / (2 * per_year)) ** 2
    else:
        drift = 0.0
        swings = list(recent)
        variance, degrees = _squares(swings) / (len(swings) - 1), len(swings) - 1
    kept = min(max(autocorrelation(swings), 0.0), MOST_CORRELATION)
    in_all = variance * (_times(remaining, kept) + (remaining / level) ** 2 * _times(level, kept))
    return t_quantile((1 + COVERAGE) / 2, degrees) * math.sqrt(in_all + drift)


def _squares(values: Sequence[float]) -> float:
    mean = _mean(values)
    return math.fsum((value - mean) ** 2 for value in values)


def _times(periods: int, kept: float) -> float:
    """The variance of the total of so many periods ÷ that of one, each keeping a share of the last one's distance."""
    return periods + 2 * math.fsum((periods - apart) * kept**apart for apart in range(1, periods))


def _errors(figures: Figures, run: int) -> list[float]:
    """The errors that the level of twelve months would have had, as shares of it, at origins in the run of figures."""
    errors: list[float] = []
    earliest = figures.last - run + figures.per_year
    for origin in range(figures.last - figures.remaining, earliest - 1, -1):
        before = figures.total(origin - figures.per_year + 1, figures.per_year)
        after = figures.after(origin)
        if before and after is not None:
            errors.append(abs(after * figures.per_year / before / figures.remaining - 1))
    return errors


def _which(figures: Figures, used: int, run: int, *, stepped: bool) -> str:
    """The periods that the current level was worked out from, in words."""
    months = counted(used, figures.noun)
    if used < run:
        return f"the last {months}"
    if stepped:
        return f"the {months} since the step change"
    return f"the {months} since the gap" if used < len(figures.by_number) else f"all {months} there are"


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values)
