"""What is wrong with data that can be read: gaps, negative counts, and measures that ask for what is not there."""

from __future__ import annotations

from datetime import timedelta

import polars as pl

from papergen import codes
from papergen.data.series import is_whole, read_series
from papergen.data.tables import ENDS, LINE, STARTS, DataTable
from papergen.diagnostics import Diagnostics, Span
from papergen.values.facts import FactError
from papergen.values.periods import Period
from papergen.workspace.measures import Measures

MOST_FINDINGS = 20


def check_table(table: DataTable, diagnostics: Diagnostics) -> None:
    """Report each part of a series (an area, a crime type) that lacks a month between its first and the file's last.

    Files by the day are let pass: a day without a row may be one on which nothing happened.
    """
    if table.period_column == "date":
        return
    last: Period | None = None
    for row in table.frame.select(STARTS, ENDS).unique().sort(STARTS).tail(1).iter_rows():
        last = Period(*row)
    told = 0
    parts = table.frame.sort(STARTS).group_by(table.texts, maintain_order=True) if table.texts else [((), table.frame)]
    for words, part in parts:
        what = f" for {', '.join(str(word) for word in words)}" if words else ""
        before: tuple[Period, int] | None = None
        for line, starts, ends in part.sort(STARTS).select(LINE, STARTS, ENDS).iter_rows():
            period = Period(starts, ends)
            if before is not None and starts != before[0].ends + timedelta(days=1):
                told += 1
                _gap(table, before[1], before[0].next(), what, told, diagnostics)
            before = (period, line)
        if before is not None and last is not None and before[0] != last:
            told += 1
            _gap(table, before[1], before[0].next(), what, told, diagnostics)


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
        "Add the row; write 0 if none was counted.",
    )


def check_measure(name: str, measures: Measures, table: DataTable, diagnostics: Diagnostics) -> None:
    """Report a measure whose words or columns the file does not have, whose counts are negative, or with odd steps."""
    settings = measures.settings[name]
    try:
        series = read_series(name, settings, table, within={}, until=None)
    except FactError as problem:
        diagnostics.add(codes.DATA_FILTER, measures.place(name, "where"), problem.message, problem.hint)
        return
    if is_whole(settings) or settings.of is not None:
        columns = [settings.value] if settings.of is None else [settings.value, settings.of]
        rows = table.frame.filter(pl.col(LINE).is_in([line for each in series.observations for line in each.lines]))
        for column in columns:
            for (line,) in rows.filter(pl.col(column) < 0).select(LINE).head(MOST_FINDINGS).iter_rows():
                diagnostics.add(
                    codes.DATA_NEGATIVE,
                    Span(table.file, line),
                    f"“{column}” is below zero, which nothing counted for {settings.title} can be.",
                    "Correct the number.",
                )
    if not series.observations:
        return
    first, last = series.observations[0].period, series.observations[-1].period
    begins = {each.period.starts for each in series.observations}
    for index, step in enumerate(settings.steps):
        if step.starts.starts not in begins:
            diagnostics.add(
                codes.SETTING_INVALID,
                measures.place(name, "steps", index, "from"),
                f"The step change begins in {step.starts.name}, where the data have no observation.",
                f"Choose one from {first.name} to {last.name}.",
            )
    if settings.starts is not None and settings.starts.starts not in begins:
        diagnostics.add(
            codes.SETTING_INVALID,
            measures.place(name, "starts"),
            f"“starts” is {settings.starts.name}, where the data have no observation.",
            f"Choose one from {first.name} to {last.name}.",
        )
