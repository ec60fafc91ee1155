"""Extracts of public bodies, read in a test: what was taken of them, or why they were refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from papergen.data.wide import Choices, Listed, WideExtract, read_listing, read_wide
from papergen.data.wide.names import KnownNames
from papergen.diagnostics import Diagnostic, Diagnostics, Severity
from papergen.values.states import print_cell

Table = dict[tuple[str, ...], list[str]]
"""The cells of a tidy file by their labels, in the order of periods."""


def reading(
    text: str | bytes,
    *,
    areas: Sequence[str] = (),
    forces: Sequence[str] = (),
    force: str = "",
    listed: Listed | None = None,
    name: str = "extract.csv",
    **choices: Any,
) -> tuple[WideExtract | None, list[Diagnostic]]:
    diagnostics = Diagnostics()
    data = text if isinstance(text, bytes) else text.encode()
    chosen, known = Choices(**choices), KnownNames.of(areas, forces, force)
    if listed is None:
        extract = read_wide(data, name=name, known=known, choices=chosen, diagnostics=diagnostics)
    else:
        extract = read_listing(data, name=name, known=known, choices=chosen, listed=listed, diagnostics=diagnostics)
    assert (extract is None) == diagnostics.has_errors
    return extract, list(diagnostics)


def taken(text: str | bytes, **options: Any) -> tuple[str, list[str], Table, str]:
    """The period column and the periods of an extract, its cells by labels, and all that was said of it."""
    extract, found = reading(text, **options)
    assert extract is not None, [f"{each} {each.hint}" for each in found]
    table: Table = {}
    for row in extract.rows:
        table.setdefault(row.labels, []).append(print_cell(row.value, row.state))
    said = " ".join([*(str(each) for each in found), *extract.understood])
    return extract.period_column, list(dict.fromkeys(row.period for row in extract.rows)), table, said


def refused(text: str | bytes, **options: Any) -> tuple[str, str]:
    """The one sentence with which an extract is refused, and what mends it."""
    extract, found = reading(text, **options)
    assert extract is None
    (error,) = [each for each in found if each.code.severity is Severity.ERROR]
    return error.message, error.hint
