"""What is wrong with data that can be read: gaps, negative counts, and measures that ask for what is not there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from fractions import Fraction
from itertools import islice, pairwise
from statistics import median

from papergen import codes
from papergen.data.analysis import judged_observations
from papergen.data.series import is_whole, read_series
from papergen.data.tables import DataRow, DataTable
from papergen.data.total_names import LabelledFigure, is_total, totals_by_sum
from papergen.diagnostics import Diagnostics, Span
from papergen.values.facts import FactError
from papergen.values.periods import Period, print_day
from papergen.workspace.measures import Measures, MeasureSettings

MOST_FINDINGS = 20
LEAST_DAYS = 12
LEAST_GAP, GAPS_APART = 92, 20
"""Days without a row, and how many times as many as usual, that are no accident."""
LEAST_APART = 3
"""How many times its own length two observations must lie apart for that to be no single gap."""


def check_table(table: DataTable, diagnostics: Diagnostics, *, is_stock: bool = False) -> None:
    """Report each part of a series (an area, a crime type) that lacks a month between its first and the file's last.

    In files by the day a day without a row may be one on which nothing happened, and months of them are told; a stock
    is let pass, which is known when it was counted.  Data that stand evenly apart are told of once.
    """
    if table.period_column == "date":
        _check_days(table, diagnostics)
    if table.period_column == "date" or is_stock:
        return
    if table.period_column == "period" and _tell_lengths(table, diagnostics):
        return
    last = max((row.period for row in table.rows), key=lambda period: period.starts, default=None)
    parts: dict[tuple[str, ...], list[DataRow]] = {}
    for row in sorted(table.rows, key=lambda row: row.period.starts):
        parts.setdefault(tuple(row.texts.values()), []).append(row)
    steps = Counter(_months_apart(before, after) for rows in parts.values() for before, after in pairwise(rows))
    step = min(steps, default=0)
    first = table.rows[0].period
    is_even = len(steps) == 1 and (max(map(len, parts.values())) > 2 or step >= LEAST_APART * first.length)
    if is_even and step > first.length and first.is_months:
        _tell_apart(table, step, first, diagnostics)
        return
    told = 0
    for words, rows in parts.items():
        what = f" for {', '.join(words)}" if words else ""
        for before, after in pairwise(rows):
            rolls_on = after.period.starts <= before.period.ends and _months_apart(before, after) == step
            if not rolls_on and after.period.starts != before.period.ends + timedelta(days=1):
                told += 1
                _gap(table, before.line, before.period.next(), what, told, diagnostics)
        if rows[-1].period != last:
            told += 1
            _gap(table, rows[-1].line, rows[-1].period.next(), what, told, diagnostics)


def _tell_lengths(table: DataTable, diagnostics: Diagnostics) -> bool:
    """Tell of periods of several lengths, which are no series: months, and the quarters that they make up."""
    first = table.rows[0]
    other = next((row for row in table.rows if row.period.length != first.period.length), None)
    if other is not None:
        diagnostics.add(
            codes.DATA_GAP,
            Span(table.file, other.line),
            f"Here stands {other.period.name}, and {first.period.name} in row {first.line}: periods of two lengths.",
            "Put each length into a data file of its own.",
        )
    return other is not None


def _check_days(table: DataTable, diagnostics: Diagnostics) -> None:
    """Tell of days whose day and month seem to stand the American way round, or of months without a row among days."""
    first_rows = {row.period.starts: row.line for row in reversed(table.rows)}
    days = sorted(first_rows)
    if (
        len(days) >= LEAST_DAYS
        and {day.month for day in days} == {days[0].month}
        and max(day.day for day in days) <= 12
    ):
        diagnostics.add(
            codes.DATA_GAP,
            Span(table.file, first_rows[days[0]]),
            f"Every day is one of the first twelve of {days[0]:%B}: are these months, written the American way?",
            "Write months as 2023-02 in a column “month”, and days as 2023-02-01.",
        )
        return
    apart = [(after - before).days for before, after in pairwise(days)]
    usual = median(apart) if apart else 0
    for before, after in pairwise(days):
        if (after - before).days > max(LEAST_GAP, usual * GAPS_APART) and usual <= 7:
            diagnostics.add(
                codes.DATA_GAP,
                Span(table.file, first_rows[before]),
                f"There is no observation between {print_day(before)} and {print_day(after)}, and the file goes on"
                " after it.",
                "Add the rows; a day on which none was counted needs one with 0 in each month.",
            )
            return


def _months_apart(before: DataRow, after: DataRow) -> int:
    earlier, later = before.period.starts, after.period.starts
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def _tell_apart(table: DataTable, step: int, first: Period, diagnostics: Diagnostics) -> None:
    diagnostics.add(
        codes.DATA_GAP,
        Span(table.file, table.rows[0].line),
        f"The data stand {step} months apart: after {first.name} there is none for {first.next().name}.",
        "If they are standing numbers, such as posts, give the measure “combine: last”; if each is for all of the"
        f" {step} months, say so in a column half, year or period.",
    )


def _gap(table: DataTable, line: int, missing: Period, what: str, told: int, diagnostics: Diagnostics) -> None:
    if told > MOST_FINDINGS:
        return
    if told == MOST_FINDINGS:
        diagnostics.add(
            codes.DATA_GAP, Span(table.file, line), "More observations are missing in this file.", "Export it again."
        )
        return
    diagnostics.add(
        codes.DATA_GAP,
        Span(table.file, line),
        f"There is no observation for {missing.name}{what}, and the file goes on after it.",
        "Add the row; write 0 if none was counted, or [x] if there is no number.",
    )


def check_measure(name: str, measures: Measures, table: DataTable, diagnostics: Diagnostics) -> None:
    """Report a measure whose words or columns the file does not have, whose counts are negative, or with odd steps."""
    settings = measures.settings[name]
    try:
        series = read_series(name, settings, table, within={}, until=None)
    except FactError as problem:
        diagnostics.add(codes.DATA_FILTER, measures.place(name, "where"), problem.message, problem.hint)
        return
    counted = {line for each in series.observations for line in each.lines}
    rows = [row for row in table.only(*settings.where.items()) if row.line in counted]
    if is_whole(settings) or settings.of is not None:
        columns = [settings.value] if settings.of is None else [settings.value, settings.of]
        for column in columns:
            below = (row.line for row in rows if column in row.numbers and row.numbers[column].numerator < 0)
            for line in islice(below, MOST_FINDINGS):
                diagnostics.add(
                    codes.DATA_NEGATIVE,
                    Span(table.file, line),
                    f"“{column}” is below zero, which nothing counted for {settings.title} can be.",
                    "Correct the number.",
                )
    if is_whole(settings) and not settings.decimals:
        _check_whole(settings, table, rows, diagnostics)
    _check_totals(name, measures, table, rows, diagnostics)
    if not series.observations:
        return
    judged = judged_observations(series) or series.observations
    first, last = judged[0].period, judged[-1].period
    begins = {each.period.starts for each in judged}
    found = [
        (measures.place(name, "steps", index, "from"), "The step change begins in", step.starts)
        for index, step in enumerate(settings.steps)
    ]
    found += [(measures.place(name, "starts"), "“starts” is", settings.starts)] if settings.starts is not None else []
    for at, what, period in found:
        if period.starts not in begins:
            message = f"{what} {period.name}, where the data have no observation."
            diagnostics.add(codes.SETTING_INVALID, at, message, f"Choose one from {first.name} to {last.name}.")


def _check_totals(
    name: str, measures: Measures, table: DataTable, rows: Sequence[DataRow], diagnostics: Diagnostics
) -> None:
    """Report a measure that adds rows of a total to those that it is the total of."""
    settings = measures.settings[name]
    figures: list[LabelledFigure] = []
    for index, column in enumerate(table.texts):
        words = list(dict.fromkeys([row.texts[column] for row in rows]))
        if len(words) < 2:
            continue
        figures = figures or [(row.period, tuple(row.texts.values()), row.numbers.get(settings.value)) for row in rows]
        summed = totals_by_sum(figures, index)
        totals = [word for word in words if word in summed or is_total(word, column)]
        if totals:
            total, title = totals[0], settings.title
            others = ", ".join(word for word in words if word not in totals)
            diagnostics.add(
                codes.DATA_FILTER,
                measures.place(name, "where"),
                f"{title} counts twice: the rows of “{total}” in the column “{column}”, and those of {others}.",
                f"Choose one of the two, as with “where: {{{column}: {total}}}”; or delete the rows of the total.",
            )


def _check_whole(
    settings: MeasureSettings, table: DataTable, rows: Sequence[DataRow], diagnostics: Diagnostics
) -> None:
    """Report the first number with decimals of a measure that is counted one by one, and how many there are."""
    parts = [row.line for row in rows if row.numbers.get(settings.value, Fraction()).denominator != 1]
    if parts:
        more = f", as in {len(parts) - 1} more" if len(parts) > 1 else ""
        diagnostics.add(
            codes.DATA_NUMBER,
            Span(table.file, parts[0]),
            f"The number in the column “{settings.value}” has decimals here{more}, and {settings.unit} are counted in"
            " whole numbers.",
            "Correct it; write thousands without a mark between them, as 1234. Where parts of one are counted, give"
            " the measure “decimals: 1”.",
        )
