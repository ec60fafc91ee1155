"""Reads a wide extract: opens it, finds its shape, and reads its rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from papergen import codes
from papergen.data.wide.choices import NO_CHOICES, Choices
from papergen.data.wide.columns import KnownNames, SheetColumns, find_columns, find_columns_at
from papergen.data.wide.listing import looks_like_events, looks_tidy
from papergen.data.wide.opening import open_book
from papergen.data.wide.reading import SheetReading, WideExtract
from papergen.data.wide.report import Telling
from papergen.data.wide.shape import choose, choose_without_periods, sheets_of, tell_no_periods
from papergen.data.wide.size import UnreadableFileError
from papergen.diagnostics import Diagnostics
from papergen.values.periods import Period
from papergen.values.words import capital, joined

_SCALE = re.compile(r"£\s*['’]?(?P<thousands>000s?|k\b|thousands?)|£\s*(?P<millions>m\b|millions?)", re.IGNORECASE)


def read_wide(
    data: bytes,
    *,
    name: str,
    areas: Sequence[str],
    diagnostics: Diagnostics,
    forces: Sequence[str] = (),
    choices: Choices = NO_CHOICES,
) -> WideExtract | None:
    """The observations of a wide extract (.xlsx, .xls, .ods or .csv), or None with a diagnostic for each error.

    ``name`` is what the file is called in diagnostics.  ``areas`` are the policing areas that may be named; with none,
    any name is allowed; ``forces`` are names that are known to be forces.  Total rows and columns are known by their
    names, checked against the sum, and left out, as are rows that are sums of others.
    """
    telling = Telling(name, diagnostics)
    known = KnownNames.of(areas, forces)
    try:
        book = open_book(data, name)
        sheets = sheets_of(book, choices.sheet, telling)
    except UnreadableFileError as problem:
        telling.tell(codes.EXTRACT_UNREADABLE, str(problem), problem.hint)
        return None
    if sheets is None:
        return None
    hidden = book.hidden if choices.sheet is None else frozenset()
    if any(looks_tidy(sheet, known.areas) for sheet in sheets) and choices.when is None:
        message = "This file is tidy already: each row is one observation."
        telling.tell(codes.EXTRACT_SHAPE, message, "Take it in with --tidy, which names its columns as data files do.")
        return None
    if any(map(looks_like_events, sheets)):
        message = "This file lists events one by one."
        telling.tell(
            codes.EXTRACT_SHAPE, message, "Count them: --count month, and --by with the column to count apart."
        )
        return None
    columns: SheetColumns | None
    if choices.when is not None:
        at = choose_without_periods(sheets, telling)
        if at is None:
            return None
        columns = find_columns_at(at, choices.when, known, choices, telling)
    else:
        chosen = choose(sheets, known.areas, telling)
        if chosen is None and not telling.failed:
            tell_no_periods(sheets, hidden, telling)
        columns = None if chosen is None else find_columns(chosen, known, choices, telling)
    if columns is None or telling.failed:
        return None
    reading = SheetReading(columns, known)
    extract = None if telling.failed else reading.extract()
    return None if extract is None else replace(extract, understood=(*_understood(columns), *extract.understood))


def _understood(columns: SheetColumns) -> list[str]:
    """How the headings of a sheet were read, in sentences."""
    sheet = columns.sheet
    line, across = ("Column", "rows") if sheet.flipped else ("Row", "columns")
    periods = list(dict.fromkeys(columns.periods.values()))
    where = f" of the sheet “{sheet.name}”" if sheet.name else ""
    header = sheet.cell((columns.header, 0)).rpartition("!")[2] if not sheet.flipped else ""
    number = (
        "".join(filter(str.isdigit, header))
        if header
        else sheet.cell((columns.header, 0)).rpartition("!")[2].rstrip("0123456789")
    )
    said = []
    if columns.choices.when is None:
        span = periods[0].name if len(periods) == 1 else f"from {periods[0].name} through {periods[-1].name}"
        said.append(f"{line} {number}{where} holds the headings: {_lengths(periods)}, {span}.")
    else:
        said.append(f"{line} {number}{where} holds the headings; all numbers are of {periods[0].name}.")
    labels = [f"{_line(columns, column)} is “{name}”" for column, name in columns.labels.items()]
    if columns.extra_names:
        labels.append(f"the other headings of the {across} are “{joined(columns.extra_names)}”")
    said.append(f"{capital(joined(labels))}.")
    if columns.totals:
        said.append(f"Left out as sums: {joined([_line(columns, column) for column in columns.totals])}.")
    if columns.left_out:
        said.append(f"Left out as you said: {joined(list(dict.fromkeys(columns.left_out)))}.")
    if len(periods) > 1 and _are_apart(periods):
        said.append(
            "The periods do not follow one another: if they are standing numbers, such as posts, give the measure"
            " combine: last."
        )
    if scale := _scale(columns):
        said.append(f"The numbers are in {scale}: they stay as they are, and the measure needs the unit {scale}.")
    return said


def _line(columns: SheetColumns, column: int) -> str:
    """The column of a sheet, or its row where rows and columns are exchanged."""
    cell = columns.sheet.cell((columns.header, column)).rpartition("!")[2]
    digits = "".join(filter(str.isdigit, cell))
    return f"row {digits}" if columns.sheet.flipped else f"column {cell.removesuffix(digits)}"


def _lengths(periods: Sequence[Period]) -> str:
    names = {1: "month", 3: "quarter", 6: "half-year", 12: "year"}
    first = periods[0]
    word = "week" if first.days == 7 else "day" if first.days == 1 else names.get(first.length, "period")
    return f"1 {word}" if len(periods) == 1 else f"{len(periods)} {word}s"


def _are_apart(periods: Sequence[Period]) -> bool:
    return all(later.starts > earlier.ends and earlier.next() != later for earlier, later in pairwise(periods))


def _scale(columns: SheetColumns) -> str:
    """£000 or £m, where the title or a heading says so of all numbers."""
    found = set()
    for (row, _), value in columns.sheet.cells.items():
        if row < columns.first and isinstance(value, str) and (named := _SCALE.search(value)):
            found.add("£000" if named["thousands"] else "£m")
    return found.pop() if len(found) == 1 else ""
