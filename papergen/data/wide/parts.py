"""Rows that are not like the others: “of which domestic”, a rate among counts, and a name that became a day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from papergen import codes
from papergen.data.total_names import is_part
from papergen.data.wide.columns import SheetColumns
from papergen.data.wide.totals import SheetRow
from papergen.values.periods import MONTHS

_OTHER_KIND = re.compile(
    r".*\bper (?:1,?000|10,?000|100,?000|head|capita|cent)\b.*|%.*|.*%|.*\bpercentage\b.*|target|benchmark|variance"
    r"|(?:(?:un)?weighted )?(?:base|sample)(?: size)?|difference|change(?: on .*)?|rank",
    re.IGNORECASE,
)
_MEASURES = frozenset({"measure", "indicator", "metric", "statistic", "kpi", "description"})
_MOST_WORDS = 3
_DAY = re.compile(rf"\d{{1,2}}-(?:{'|'.join(month[:3] for month in MONTHS)})", re.IGNORECASE)


def without_parts(columns: SheetColumns, rows: Sequence[SheetRow], notes: Sequence[int]) -> list[SheetRow]:
    """The rows but for those that what stands above them holds already, with a warning.

    Of ``notes``, the rows without numbers, “of which:” is told of: nobody can say where the parts below it end.
    """
    for row in notes:
        place = (row, columns.rows[row][0])
        if is_part(text := columns.sheet.words(place)) and len(text.split()) <= _MOST_WORDS:
            what = f"says “{text}”, and the rows below it may be parts of the row above"
            hint = "Write it before each of them, as in “of which domestic”, or leave them out with --leave-out."
            columns.tell(place, codes.EXTRACT_TOTAL, what, hint)
    parts = [row for row in rows if any(map(is_part, row.labels)) and not columns.choices.keeps(row.labels)]
    if parts:
        name, more = next(filter(is_part, parts[0].labels)), len(parts) - 1
        what = f"names “{name}”, which is a part of a row above and left out{f'; {more} more like it' if more else ''}"
        hint = "Nothing to do; if it is not in that row, say so with --keep and its name."
        columns.tell((parts[0].row, columns.first_name), codes.EXTRACT_LEFT_OUT, what, hint)
    return [row for row in rows if row not in parts]


def ask_about_kinds(columns: SheetColumns, rows: Sequence[SheetRow]) -> None:
    """Ask of a row such as “Rate per 1,000” or “Target” among others that are none, unless they are called measures."""
    others = {name: row for row in rows for name in row.labels if _OTHER_KIND.fullmatch(name)}
    if not others or 2 * len(others) > len(rows) or _MEASURES.intersection(columns.labels.values()):
        return
    asked = {name: row for name, row in others.items() if not columns.choices.keeps([name])}
    for name, row in list(asked.items())[:1]:
        what = f"names “{name}”, numbers of another kind than those of the other rows"
        typed = [" ".join(f'{option} "{each}"' for each in asked) for option in ("--leave-out", "--keep")]
        hint = f"Leave it out, {typed[0]}; or, if it is a name like the others, {typed[1]}."
        columns.tell((row.row, columns.first_name), codes.EXTRACT_LABEL, what, hint)


def tell_days(columns: SheetColumns, rows: Sequence[SheetRow]) -> None:
    """Tell of a name such as 1-10 that a spreadsheet program made a day, among others that are none."""
    for column, name in columns.labels.items():
        cells = {(row.row, column): columns.sheet.cells.get((row.row, column)) for row in rows}
        days = [at for at, cell in cells.items() if isinstance(cell, date) or _DAY.fullmatch(str(cell))]
        if days and 2 * len(days) < len(cells):
            what = f"names “{columns.sheet.words(days[0])}”, a day, where the other rows name another {name}"
            hint = "Spreadsheet programs read 1-10 as a day: format the cell as text, and type the name again."
            columns.tell(days[0], codes.EXTRACT_LABEL, what, hint)
