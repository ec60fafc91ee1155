"""Reads a wide extract: opens it, finds its shape, and reads its rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from papergen import codes
from papergen.data.wide.cells import Sheet
from papergen.data.wide.choices import NO_CHOICES, Choices
from papergen.data.wide.columns import SheetColumns, find_columns
from papergen.data.wide.heads import heads, scale_of, tell_heads
from papergen.data.wide.listing import headings_lacking, looks_like_events, looks_tidy, money_column
from papergen.data.wide.names import KnownNames, column_name
from papergen.data.wide.opening import open_book
from papergen.data.wide.reading import SheetReading, WideExtract
from papergen.data.wide.report import Telling
from papergen.data.wide.shape import choose, choose_without_periods, sheets_of, tell_no_periods
from papergen.data.wide.size import UnreadableFileError
from papergen.diagnostics import Diagnostics
from papergen.values.periods import Period
from papergen.values.words import as_typed, capital, joined

_COUNTED = re.compile(r"\b(?:hundreds|thousands|millions|000s)\b", re.IGNORECASE)


def read_wide(
    data: bytes, *, name: str, known: KnownNames, diagnostics: Diagnostics, choices: Choices = NO_CHOICES
) -> WideExtract | None:
    """The observations of a wide extract (.xlsx, .xls, .ods or .csv), or None with a diagnostic for each error.

    ``name`` is what the file is called in diagnostics.  ``known`` are the policing areas that may be named; with none,
    any name is allowed; and names that are known to be forces.  Total rows and columns are known by their
    names, checked against the sum, and left out, as are rows that are sums of others.
    """
    telling = Telling(name, diagnostics)
    try:
        book = open_book(data, name)
        sheets = sheets_of(book, choices.sheet, telling)
    except UnreadableFileError as problem:
        telling.tell(codes.EXTRACT_UNREADABLE, str(problem), problem.hint)
        return None
    if sheets is None:
        return None
    if any(map(looks_like_events, sheets)):
        hint = "Count them: --count month, and --by with the column to count apart."
        telling.tell(codes.EXTRACT_SHAPE, "This file lists events one by one.", hint)
        return None
    if amounts := next(filter(None, map(money_column, sheets)), ""):
        message = "This file lists payments, or other amounts, one by one."
        count = f"--count month --sum {as_typed(column_name(amounts))}, and --by with the column to tell apart"
        telling.tell(codes.EXTRACT_SHAPE, message, f"Add them up: {count}; or take each row as it is with --tidy.")
        return None
    if headings := next(filter(None, map(headings_lacking, sheets)), ""):
        telling.headless(headings)
        return None
    if any(looks_tidy(sheet, known.areas) for sheet in sheets) and choices.when is None:
        message = "This file is tidy already: each row is one observation."
        telling.tell(codes.EXTRACT_SHAPE, message, "Take it in with --tidy, which names its columns as data files do.")
        return None
    if choices.when is not None:
        chosen = choose_without_periods(sheets, telling)
    elif (chosen := choose(sheets, known.areas, telling)) is None and not telling.failed:
        tell_no_periods(sheets, book.hidden if choices.sheet is None else frozenset(), telling)
    columns = None if chosen is None else find_columns(chosen, known, choices, telling)
    if columns is None or telling.failed:
        return None
    tell_heads(columns)
    reading = SheetReading(columns, known)
    extract = None if telling.failed else reading.extract()
    return None if extract is None else replace(extract, understood=(*_understood(columns), *extract.understood))


def _understood(columns: SheetColumns) -> list[str]:
    """How the headings of a sheet were read, in sentences."""
    sheet = columns.sheet
    periods = list(dict.fromkeys(columns.periods.values()))
    header = _across(sheet, columns.header) if columns.header >= 0 else "No row"
    where = f"{header} of the sheet “{sheet.name}”" if sheet.name else header
    if columns.choices.when is None:
        span = periods[0].name if len(periods) == 1 else f"from {periods[0].name} through {periods[-1].name}"
        said = [f"{capital(where)} holds the headings: {_lengths(periods)}, {span}."]
    else:
        said = [f"{capital(where)} holds the headings; all numbers are of {columns.choices.when.name}."]
    labels = [f"{_line(columns, column)} is “{name}”" for column, name in columns.labels.items()]
    if columns.parts is not None:
        labels.append(f"{_line(columns, columns.parts)} says which part of the year")
    if columns.extra_names:
        across = "rows" if sheet.flipped else "columns"
        labels.append(f"the other headings of the {across} are “{joined(columns.extra_names)}”")
    said.append(f"{capital(joined(labels))}.")
    if columns.totals:
        said.append(f"Checked as sums and left out: {joined([_line(columns, column) for column in columns.totals])}.")
    if columns.in_all:
        said.append(f"All headings say “{columns.in_all}” too, which is left out: say it in the title of the measure.")
    if columns.left_out:
        said.append(f"Left out as you said: {joined(list(dict.fromkeys(columns.left_out)))}.")
    if hidden := _hidden(columns):
        said.append(f"Hidden in the file, and read too: {joined(hidden)}.")
    apart = [later.starts > earlier.ends and earlier.next() != later for earlier, later in pairwise(periods)]
    if apart and all(apart) and columns.parts is None:
        said.append(
            "The periods do not follow one another: if they are standing numbers, such as posts, give the measure"
            " combine: last."
        )
    if scale := scale_of(columns):
        said.append(f"The numbers are in {scale}: they stay as they are, and the measure needs the unit {scale}.")
    elif any(_COUNTED.search(sheet.words(place)) for place in heads(columns)):
        said.append("A heading speaks of hundreds, thousands or millions: the numbers stay as they are.")
    return said


def _across(sheet: Sheet, row: int) -> str:
    """The row of a sheet, or its column where rows and columns are exchanged."""
    letters = sheet.cell((row, 0)).rpartition("!")[2].rstrip("0123456789")
    return f"column {letters}" if sheet.flipped else f"row {row + 1}"


def _line(columns: SheetColumns, column: int) -> str:
    """The column of a sheet, or its row where rows and columns are exchanged."""
    return _across(columns.sheet.flip(), column)


def _hidden(columns: SheetColumns) -> list[str]:
    """The rows and columns of numbers that the file does not show."""
    read = [(row, at) for row in columns.rows for at in columns.periods if (row, at) in columns.sheet.cells]
    hidden = [place for place in read if place in columns.sheet.hidden]
    whole = [at for at in columns.periods if all(place in hidden for place in read if place[1] == at)]
    rows = sorted({row for row, at in hidden if at not in whole})
    return [*(_line(columns, at) for at in whole), *(_across(columns.sheet, row) for row in rows)]


def _lengths(periods: Sequence[Period]) -> str:
    names = {1: "month", 3: "quarter", 6: "half-year", 12: "year"}
    first = periods[0]
    word = "week" if first.days == 7 else "day" if first.days == 1 else names.get(first.length, "period")
    return f"1 {word}" if len(periods) == 1 else f"{len(periods)} {word}s"
