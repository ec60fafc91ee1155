"""Rows that lie within others, such as “of which domestic”, and rows of rates among numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from papergen import codes
from papergen.data.total_names import is_part
from papergen.data.wide.columns import SheetColumns
from papergen.data.wide.totals import SheetRow

_RATE = re.compile(r"\bper (?:1,?000|10,?000|100,?000|head|capita|cent)\b|^%|%$|\bpercentage\b", re.IGNORECASE)
_MEASURES = frozenset({"measure", "indicator", "metric", "statistic", "kpi", "description"})
_MOST_WORDS = 3


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


def ask_about_rates(columns: SheetColumns, rows: Sequence[SheetRow]) -> None:
    """Ask of a row such as “Rate per 1,000” among others that are none, unless they are called measures."""
    rates = {name: row for row in rows for name in row.labels if _RATE.search(name)}
    if not rates or 2 * len(rates) > len(rows) or _MEASURES.intersection(columns.labels.values()):
        return
    asked = {name: row for name, row in rates.items() if not columns.choices.keeps([name])}
    for name, row in list(asked.items())[:1]:
        what = f"names “{name}”, numbers of another kind than those of the other rows"
        typed = [" ".join(f'{option} "{each}"' for each in asked) for option in ("--leave-out", "--keep")]
        hint = f"Leave it out, {typed[0]}; or, if it is a name like the others, {typed[1]}."
        columns.tell((row.row, columns.first_name), codes.EXTRACT_LABEL, what, hint)
