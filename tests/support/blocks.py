"""Lists, figures and tables of which a test needs only that they are there."""

from __future__ import annotations

from dataclasses import replace

from papergen.model.nodes import Alignment, Figure, List, ListItem, Table
from tests.support.every_node import paragraph, picture, words


def items(*texts: str, ordered: bool = False, start: int = 1) -> List:
    return List(ordered=ordered, start=start, items=tuple(ListItem(blocks=(paragraph(text),)) for text in texts))


def figure(wide: int = 300, high: int = 150, **changes: object) -> Figure:
    made = Figure(
        picture=picture(wide, high),
        alternative=words("What it shows"),
        caption=words("Words"),
        number=3,
        key="f",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def table_of(rows: int, key: str) -> Table:
    return Table(
        header=(words("Area"), words("Offences")),
        rows=tuple(
            (words(f"Area {row} " + "with a long name " * (row % 3 * 4)), words(f"{row}")) for row in range(rows)
        ),
        alignments=(Alignment.LEFT, Alignment.RIGHT),
        caption=words("Offences by area"),
        number=1,
        key=key,
    )
