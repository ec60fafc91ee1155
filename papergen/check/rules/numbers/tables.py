"""Typed tables: columns that do not follow from each other, and headings of which one is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from papergen.check.reading import Reading
from papergen.check.rule import Finding, rule
from papergen.check.typed_tables import figure_of, wrong_workings
from papergen.diagnostics import Severity
from papergen.language.dates import MONTH_NAME
from papergen.model.walk import cells_of
from papergen.values.period_names import MONTH_NUMBERS
from papergen.values.quantities import print_number


@rule("C108", Severity.WARNING, by_file=True)
def find_wrong_workings(reading: Reading) -> Iterator[Finding]:
    """A change, variance, share or score in a table does not follow from the columns before it, as in other rows.

    A row is told once, and not again where its total is wrong already.
    Source: Code of Practice for Statistics (2022), Q3: assured quality
    Example: | Robbery | 91 | 104 | +31 | in a table whose other rows give the difference.
    """
    for found in (each for each in reading.tables if not each.node.measures):
        for row, (one, two, cell, right) in wrong_workings(found.node):
            gives = print_number(right, cell.decimals) + "%" * ("%" in cell.text)
            parts = f"“{one.text}” and “{two.text}”"
            message = f"“{cell.text}” does not follow from {parts} as the rest of its column does: that is {gives}."
            yield Finding(reading.typed.row_place(row, of=found.at), message, "Correct the number that is wrong.")


_MONTH = re.compile(rf"({MONTH_NAME})\.?(?:[ ’'-]*(?:\d\d|\d{{4}}))?")
_QUARTER = re.compile(r"Q(?:uarter )?([1-4])\b.*|(First|Second|Third|Fourth) quarter\b.*")
_NUMBERS = MONTH_NUMBERS | {name: at % 4 for at, name in enumerate(("fourth", "first", "second", "third", *"4123"))}
_FEWEST_HEADS = 3
"""Headings beside which one that is missing can be told."""
_BEFORE_RECESS = 7
"""The month after which councils do not meet for one."""


@rule("C209", Severity.WARNING, by_file=True)
def find_missing_months(reading: Reading) -> Iterator[Finding]:
    """A month or quarter is missing from the headings of a table, or stands there twice.

    Months or quarters that follow one another at the head of the columns or rows of a typed table, but for one.
    Source: Code of Practice for Statistics (2022), Q3: assured quality
    Example: | Station | Apr | May | Jul | Aug |
    """
    for found in reading.tables:
        header, *rows = cells_of(found.node)
        cells = [cell for row in rows for cell in row[1:]]
        if found.node.measures or 2 * sum(map(bool, map(figure_of, cells))) < len(cells):
            continue  # meetings are held in some months
        for at, heads in ((found.at, header), (reading.typed.row_place(0, of=found.at), [row[0] for row in rows])):
            for told in filter(None, (_gap(heads, names, of) for names, of in ((_MONTH, 12), (_QUARTER, 4)))):
                hint = "Add what is missing, or correct the headings."
                yield Finding(at, f"{told} in the headings of {found.node.label or 'the table'}.", hint)


def _gap(heads: Sequence[str], names: re.Pattern[str], of: int) -> str:
    """What is said of the one step from heading to heading that is two or none, where all others are one."""
    found = [names.fullmatch(head) for head in heads]
    named = [(at, _NUMBERS[each[each.lastindex or 1].lower()], each[0]) for at, each in enumerate(found) if each]
    steps = [((two[1] - one[1]) % of, at) for at, (one, two) in enumerate(pairwise(named))]
    odd = sorted(step for step in steps if step[0] != 1)
    is_run = len(named) >= _FEWEST_HEADS and named[-1][0] - named[0][0] == len(named) - 1
    if not is_run or [size for size, _ in odd] not in ([0], [2], [0, 2]) or abs(odd[0][1] - odd[-1][1]) > 1:
        return ""
    size, at = odd[0]
    (_, number, before), (_, _, after) = named[at : at + 2]
    if len(steps) - len(odd) < of // 6 or (size and names is _MONTH and number == _BEFORE_RECESS):
        return ""
    return (
        f"Between “{before}” and “{after}” one is missing" if size else f"“{before}” stands twice" * (before == after)
    )
