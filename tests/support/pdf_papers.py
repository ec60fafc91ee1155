"""Papers for the gate of PDF files: one in which everything crosses pages, and one with a thing of each kind."""

from __future__ import annotations

from papergen.model.nodes import (
    Alignment,
    Beside,
    Block,
    BlockQuote,
    Box,
    BoxKind,
    CrossReference,
    Emphasis,
    Figure,
    Footnote,
    Link,
    List,
    ListItem,
    Paper,
    Section,
    Strong,
    Table,
    Text,
    Width,
)
from tests.support.every_node import paper_of, paragraph, picture, words

LONG = "What the force did in the quarter, and what it means for the people of the area."


def long(sentences: int) -> str:
    """So many sentences."""
    return " ".join([LONG] * sentences)


def note(number: int, *blocks: Block) -> Footnote:
    return Footnote(number=number, blocks=blocks)


def crossing_paper() -> Paper:
    """A table, a list, a paragraph, a quotation and a note that go on overleaf, and notes and links in odd places."""
    marked_link = Link(
        href="https://example.org/statistics",
        children=(Text(text="the "), Strong(children=words("statistics")), Text(text=" of the year")),
    )
    mail = Link(href="mailto:clerk@example.org", children=words("clerk@example.org"))
    long_table = Table(
        header=(words("Area"), (Text(text="Crimes"), note(3, paragraph("Recorded crimes only."))), words("Change")),
        rows=tuple(
            (
                words(f"Area {row}"),
                (Text(text=f"{row},000"), *((note(4, paragraph("Counted twice.")),) if row == 40 else ())),
                () if row % 7 == 0 else (marked_link,) if row == 30 else words(f"{row} per cent"),
            )
            for row in range(1, 71)
        ),
        alignments=(Alignment.LEFT, Alignment.RIGHT, Alignment.RIGHT),
        caption=(Text(text="Areas"), note(2, paragraph("As they were in 2015."))),
        note=words("Source: the force."),
        number=1,
        key="areas",
    )
    inner = List(ordered=True, items=tuple(ListItem(blocks=(paragraph(f"Step {step}"),)) for step in range(1, 9)))
    items = (
        ListItem(blocks=(paragraph("First ", note(5, paragraph("In an item.")), " of all"), inner)),
        *(ListItem(blocks=(paragraph(f"Item {item}. {LONG}"), paragraph(long(3)))) for item in range(2, 20)),
    )
    shown = Figure(
        picture=picture(),
        alternative=words("A blue box"),
        caption=(Text(text="A box"), note(7, paragraph("Drawn by hand."))),
        note=words("Source: the clerk."),
        number=1,
        key="box",
    )
    half = Figure(picture=picture(), alternative=words("Half a box"), caption=words("Half"), width=Width.HALF, number=2)
    deepest = List(ordered=False, items=(ListItem(blocks=(paragraph("In a note"),)),))
    sections = (
        Section(
            title=(
                Text(text="Tables "),
                Emphasis(children=words("and")),
                note(1, paragraph("And lists.")),
                *words(" lists"),
            ),
            level=1,
            key="tables",
            number="1",
            blocks=(
                paragraph(
                    "See ", CrossReference(target="box", label="Figure 1"), ", ", marked_link, " or write to ", mail
                ),
                long_table,
                List(ordered=False, items=items),
            ),
        ),
        Section(
            title=words("Long text"),
            level=1,
            key="long-text",
            number="2",
            blocks=(
                paragraph(
                    long(40),
                    note(6, paragraph(long(12), mail), paragraph("And more. ", marked_link), deepest),
                    f" {long(20)}",
                ),
                BlockQuote(blocks=(paragraph(long(30)), paragraph(long(8)))),
                shown,
                Figure(picture=picture(80, 20), alternative=()),
                Beside(exhibit=half, blocks=(paragraph(LONG), paragraph(LONG))),
                Box(kind=BoxKind.NOTE, title=words("A note"), blocks=(paragraph(long(20)), paragraph(long(20)))),
            ),
        ),
    )
    return paper_of(sections=sections, contents_depth=2)


def small_paper() -> Paper:
    """A page with all that a seeded fault needs: a link, a note, a picture, a table and a list."""
    table = Table(header=(words("Area"),), rows=((words("North"),),), alignments=(Alignment.LEFT,))
    return paper_of(
        paragraph(Link(href="https://example.org", children=words("A link")), note(1, paragraph("A note."))),
        Figure(picture=picture(80, 20), alternative=words("A blue box")),
        table,
        List(ordered=False, items=(ListItem(blocks=(paragraph("An item"),)),)),
    )
