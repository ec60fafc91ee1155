"""What the data come to, measure by measure, for ``papergen data check`` and ``papergen data backtest``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from papergen import codes
from papergen.data.analysis import Analysis, analyse
from papergen.data.backtest import Backtest, backtest
from papergen.data.book import Book
from papergen.data.dependence import LEANING_FROM, SEASONAL_FROM, autocorrelation, season_share
from papergen.data.histories import history_of
from papergen.data.judgements import judge
from papergen.data.series import Series, is_whole
from papergen.data.step_changes import suggest_steps
from papergen.diagnostics import Diagnostic, Diagnostics
from papergen.values.facts import FactError
from papergen.values.periods import print_day
from papergen.workspace.measures import MEASURES_FILE

MOST_WITH_TWO_DECIMALS = 10
NOT_JUDGED = "Not judged"
LEAST_LEANING = 36
"""Points of a group without which it is not said to wander."""


@dataclass(frozen=True, slots=True)
class MeasureOverview:
    """One measure: how many observations it has, their first and last period, and what they say of the period."""

    measure: str
    observations: int
    first: str
    last: str
    judgement: str


def overview(book: Book, diagnostics: Diagnostics) -> tuple[MeasureOverview, ...]:
    """Every measure whose data can be read; data that stop early and steps that could be adopted are in findings."""
    found: list[MeasureOverview] = []
    for measure in book.measures.settings:
        try:
            series = book.series(measure)
            last = series.last.period
        except FactError:
            continue
        if stopped := early_end(book, measure):
            diagnostics.extend([stopped])
        words = _judged(book, series, diagnostics)
        first = series.observations[0].period
        found.append(MeasureOverview(measure, len(series.observations), first.name, last.name, words))
    return tuple(found)


def _judged(book: Book, series: Series, diagnostics: Diagnostics) -> str:
    """The judgement of the period."""
    try:
        analysis = analyse(series)
    except FactError:
        return NOT_JUDGED
    if not _suggest(book, analysis, diagnostics):  # months on two levels seem to lean on each other
        _find_dependence(book, analysis, diagnostics)
    return judge(analysis, book.period).words


def early_end(book: Book, measure: str) -> Diagnostic | None:
    """A finding where the data of a measure stop before the end of the period, and its settings do not say so."""
    try:
        series = book.series(measure)
    except FactError:
        return None
    expected = book.data_to(measure)
    if not series.observations or series.ends >= expected:
        return None
    last = series.last.period
    if last.days > 1 and series.next_row.ends > expected:
        return None
    how_far, condition = f"{last.ends:%Y-%m}", "where there are none yet, say"
    if last.days == 1:
        how_far, condition = f"{expected}", "where days without a row had none, say"
    return Diagnostic(
        codes.DATA_STOPS,
        book.measures.place(measure, "data_to"),
        f"The data of “{measure}” stop on {print_day(last.ends)}, and the papers should show them to"
        f" {print_day(expected)}.",
        f"Add the later rows to content/data/{series.file.rsplit('/', 1)[-1]}; or, {condition} in"
        f" {MEASURES_FILE} how far they go: “data_to: {{{book.meeting}: {how_far}}}”.",
    )


def _suggest(book: Book, analysis: Analysis, diagnostics: Diagnostics) -> bool:
    """Whether a step change seems right; it is never made by the program: the analyst adopts one, with a reason."""
    measure = analysis.series.measure
    steps = [group.start for group in analysis.chart.groups[1:]]
    suggested = suggest_steps([point.value for point in analysis.chart.points], steps=steps)
    for suggestion in suggested:
        begins = analysis.observations[suggestion.index].period.name
        diagnostics.add(
            codes.STEP_SUGGESTED,
            book.measures.place(measure, "steps"),
            f"“{measure}” seems to hold a new level from {begins}:"
            f" {_level(suggestion.new_mean)} after {_level(suggestion.old_mean)}.",
            f"If there is a reason for it, add it to “steps” in {MEASURES_FILE}; otherwise leave it.",
        )
    return bool(suggested)


def _find_dependence(book: Book, analysis: Analysis, diagnostics: Diagnostics) -> None:
    """Tell where months depend on the time of the year or on each other, which limits take them not to do."""
    if analysis.seasonal or analysis.rare or not analysis.observations[-1].period.is_month:
        return
    measure, group = analysis.series.measure, analysis.chart.groups[-1]
    values = [point.value for point in analysis.chart.points]
    share = season_share(values, 12)
    if share is not None and share >= SEASONAL_FROM:
        diagnostics.add(
            codes.SEASON_SUGGESTED,
            book.measures.place(measure),
            f"“{measure}” follows the season: the time of the year explains {share:.0%} of how its months differ.",
            f"Write “seasonal: true” under it in {MEASURES_FILE}; otherwise months are marked for their season.",
        )
        return
    leaning = autocorrelation(values[group.start : group.end])
    if group.end - group.start >= LEAST_LEANING and leaning >= LEANING_FROM:
        diagnostics.add(
            codes.LEVEL_WANDERS,
            book.measures.place(measure),
            f"“{measure}” wanders: each month keeps {min(leaning, 1):.0%} of the last one’s distance from the mean.",
            "Limits mark such a series more often than chance would; look at its chart before calling it a change.",
        )


def _level(mean: float) -> str:
    return f"{mean:,.1f}" if mean >= MOST_WITH_TWO_DECIMALS else f"{mean:.2f}"


def backtests(book: Book, measures: Iterable[str]) -> tuple[tuple[str, Backtest], ...]:
    """How past projections of each count among ``measures`` held; a count by the year has none."""
    found: list[tuple[str, Backtest]] = []
    for measure in measures:
        if not is_whole(book.settings(measure)):
            continue
        try:
            history = history_of(book.series(measure))
        except FactError:
            continue
        found.append((measure, backtest(history.figures, months=history.months)))
    return tuple(found)
