"""Months and quarters that head the columns or rows of a table one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from papergen.check.reading import Reading
from papergen.check.rule import Finding, rule
from papergen.diagnostics import Severity
from papergen.language.dates import MONTH_NAME
from papergen.model.walk import cells_of
from papergen.values.period_names import MONTH_NUMBERS
from papergen.values.periods import MONTHS
from papergen.values.printed_cells import number_of

_MONTH = re.compile(rf"(?P<month>{MONTH_NAME})\.?(?:[ ’'-]*(?:\d\d|\d{{4}}))?")
_QUARTER = re.compile(r"Q(?:uarter )?(?P<quarter>[1-4])\b.*|(?P<word>First|Second|Third|Fourth) quarter\b.*")
_FEWEST = 3
"""Headings beside which one that is missing can be told."""
_ORDINALS = ("First", "Second", "Third", "Fourth")


@rule("C209", Severity.WARNING, by_file=True)
def find_missing_months(reading: Reading) -> Iterator[Finding]:
    """A month or quarter is missing from the headings of a table, or stands there twice.

    Months or quarters that follow one another at the head of the columns or rows of a typed table, but for one.
    Source: Code of Practice for Statistics (2022), Q3: assured quality
    Example: | Station | Apr | May | Jul | Aug |
    """
    for found in (each for each in reading.tables if not each.node.measures):
        header, *rows = cells_of(found.node)
        cells = [cell for row in rows for cell in row[1:]]
        if 2 * sum(number_of(cell) is not None for cell in cells) < len(cells):
            continue  # meetings are held in some months
        label = found.node.label or "the table"
        for at, heads in ((found.at, header), (reading.typed.row_place(0, of=found.at), [row[0] for row in rows])):
            for of in (12, 4):
                if told := _gap([_number(each, of) for each in heads], heads, of):
                    hint = "Add what is missing, or correct the headings."
                    yield Finding(at, f"{told} in the headings of {label}.", hint)


def _number(head: str, of: int) -> int | None:
    """Which of so many months or quarters a heading names."""
    if of == len(MONTHS):
        month = _MONTH.fullmatch(head)
        return MONTH_NUMBERS[month["month"].lower()] if month else None
    quarter = _QUARTER.fullmatch(head)
    return (
        (int(quarter["quarter"]) if quarter["quarter"] else _ORDINALS.index(quarter["word"]) + 1) if quarter else None
    )


def _gap(numbers: Sequence[int | None], heads: Sequence[str], of: int) -> str:
    """What is said of the one step from heading to heading that is two or none, where all others are one."""
    named = [(number, head) for number, head in zip(numbers, heads, strict=True) if number is not None]
    first = next((at for at, number in enumerate(numbers) if number is not None), 0)
    if len(named) < _FEWEST or None in numbers[first : first + len(named)]:
        return ""
    steps = [((two - one) % of, before, after) for (one, before), (two, after) in pairwise(named)]
    twice = [at for at, (step, before, after) in enumerate(steps) if step == 0 and before == after]
    odd = [at for at, (step, *_) in enumerate(steps) if step != 1]
    told, jumps = odd[0] if odd else 0, [steps[at][0] for at in odd if at not in twice]
    if len(steps) - len(odd) < of // 6 or len(odd) > 2 or odd[-1:] > [told + 1] or jumps not in ([], [2]):
        return ""
    if twice:
        return f"“{steps[twice[0]][1]}” stands twice"
    return f"Between “{steps[told][1]}” and “{steps[told][2]}” one is missing" if odd else ""
