"""Words off their page or cell, rows without their header and headings alone at a foot are told of a PDF."""

from __future__ import annotations

from dataclasses import replace

import pytest

from papergen import codes
from papergen.diagnostics import Diagnostic, Diagnostics, Span
from papergen.model.nodes import Alignment, Block, Figure, Footnote, Paragraph, Section, Strong, Table, Text
from papergen.write.pdf.writer import lay_out
from tests.support.dresses import changed_dress, own_dress
from tests.support.every_node import paper_of, paragraph, picture, words

AT = Span("content/a.md", 9, 1)
LONG = "CommitteeRoomOneCountyHallAnyshireVersionThreeFinalAndMoreOfItUntilItLeavesThePage"


def told_of(*blocks: Block) -> list[Diagnostic]:
    """What is told of a PDF with these blocks, which is written all the same."""
    diagnostics = Diagnostics()
    paper = paper_of(*blocks)
    assert lay_out(paper, dress=own_dress(paper.template), diagnostics=diagnostics)
    return list(diagnostics)


def codes_of(*blocks: Block) -> list[str]:
    return [each.code.id for each in told_of(*blocks)]


def table(*cells: str) -> Table:
    rows = tuple((words("North"), words(cell)) for cell in cells)
    return Table(header=(words("Area"), words("Text")), rows=rows, alignments=(Alignment.LEFT,) * 2, key="t", at=AT)


def test_a_long_word_is_wrapped_unless_something_stands_in_it() -> None:
    assert codes_of(paragraph(f"See {LONG}{LONG} for it.")) == []
    bold = Paragraph(inlines=(Text(text="See "), Strong(children=words(LONG)), Text(text=f"{LONG}.pdf")), at=AT)
    (told,) = told_of(bold)
    assert told.code is codes.INK_OUTSIDE
    assert told.message.startswith("“CommitteeRoomOneCountyHall")
    note = Footnote(blocks=(paragraph("A note."),), number=1)
    assert codes_of(Paragraph(inlines=(Text(text=LONG), note, Text(text=LONG)), at=AT)) == ["O111"]


TALL = "This sentence is one of many in a tall cell. " * 120


@pytest.mark.slow
@pytest.mark.parametrize("columns", [2, 9])
def test_a_row_taller_than_a_page_goes_on_below_its_header(columns: int) -> None:
    beside = tuple(words("ab cd") for _ in range(columns - 1))
    rows = tuple((*beside, words(cell)) for cell in ("short", TALL, "short"))
    header = tuple(words(f"Head {index}") for index in range(columns))
    assert codes_of(Table(header=header, rows=rows, alignments=(Alignment.LEFT,) * columns, key="t", at=AT)) == []


@pytest.mark.slow
def test_a_header_that_fills_a_page_is_told_and_a_long_table_is_not() -> None:
    assert codes_of(table(*["A sentence of some length that stands in a cell of its own."] * 80)) == []
    (told,) = told_of(replace(table("short"), header=(words("Area"), words(f"Text {TALL}"))))
    assert (told.code, told.at) == (codes.ROW_TOO_TALL, AT)
    assert "“Area Text This" in told.message


def test_a_note_of_a_page_is_no_fault() -> None:
    note = Footnote(blocks=(paragraph("A sentence of a long note at the foot of a page. " * 60),), number=1)
    assert codes_of(Paragraph(inlines=(Text(text="Words"), note, Text(text=" and more.")), at=AT)) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("stylesheet", "alone"),
    [
        (".heading-2 { break-after: page }", "The heading “What was done”"),
        (
            ".committee-table, .committee-table .caption { display: block; break-after: page; break-inside: auto }",
            "The caption “Crimes”",
        ),
        (
            ".committee-table, thead, tbody { display: block } thead { break-after: page }",
            "The header of the table “Text”",
        ),
    ],
)
def test_what_a_stylesheet_leaves_alone_at_a_foot_is_told(stylesheet: str, alone: str) -> None:
    shown = replace(table("one", "two"), caption=words("Crimes"), number=1)
    section = Section(title=words("What was done"), level=2, blocks=(paragraph("This."), shown))
    diagnostics = Diagnostics()
    dress = changed_dress("panel-report", stylesheet=stylesheet)
    assert lay_out(paper_of(sections=(section,)), dress=dress, diagnostics=diagnostics)
    (told,) = diagnostics
    assert told.code is codes.HEADING_ALONE
    assert told.message == f"{alone} stands alone at the foot of a page of the PDF."


@pytest.mark.parametrize("alternative", ["A map", ""], ids=["read out", "decorative"])
def test_a_heading_above_a_picture_without_a_caption_is_not_alone(alternative: str) -> None:
    shown = Figure(picture=picture(900, 700), alternative=words(alternative) if alternative else ())
    sections = (Section(title=words(name), level=2, key=name, blocks=(shown,)) for name in ("One", "Two", "Three"))
    diagnostics = Diagnostics()
    pages = lay_out(paper_of(sections=tuple(sections)), dress=own_dress("panel-report"), diagnostics=diagnostics)
    assert pages is not None
    assert pages.pages == 3
    assert list(diagnostics) == []
