"""Layout tables of adopted letterheads: merged and empty cells are taken apart, and every word stays in its place."""

from __future__ import annotations

import io
from collections.abc import Callable

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table

from papergen.diagnostics import Diagnostics
from papergen.write.docx.adopt import Adopted, adopt
from papergen.write.docx.preflight import check_template
from tests.support.every_node import FIELDS
from tests.support.letterheads import SAMPLE, crest, describe, saved

WIDTHS = (Cm(3), Cm(6), Cm(7))


def adopted(fill: Callable[[Table], None], rows: int, columns: int = 3, *, style: str | None = None) -> Adopted:
    """A letterhead with one table above its sample text, adopted; nothing in the template stops final papers."""
    document = docx.Document()
    table = document.add_table(rows, columns)
    table.style = None if style is None else document.styles[style]
    for row in table.rows:
        for cell, width in zip(row.cells, WIDTHS, strict=False):
            cell.width = width
    fill(table)
    document.add_paragraph("")
    document.add_paragraph(SAMPLE)
    made = adopt("a.docx", saved(document), mapped={}, place=None, diagnostics=Diagnostics())
    assert made is not None
    found = Diagnostics()
    assert check_template("a.docx", made.data, fields=FIELDS, diagnostics=found).usable
    assert [each for each in found if each.code.id == "T109"] == []
    return made


def shown(made: Adopted) -> list[str | list[list[str]]]:
    """The paragraphs and tables above the title, in their order, without spacers."""
    document = docx.Document(io.BytesIO(made.data))
    found: list[str | list[list[str]]] = []
    for each in document.element.body.iterchildren(qn("w:p"), qn("w:tbl")):
        if each.tag == qn("w:tbl"):
            found.append([[cell.text for cell in row.cells] for row in Table(each, document).rows])
        elif words := "".join(
            node.text if node.tag == qn("w:t") else "\t"
            for node in each.iter(qn("w:t"), qn("w:tab"))
            if node.getparent().tag == qn("w:r")
        ):
            found.append(words)
    return found[: found.index("{{ paper.title }}")]


def text(table: Table, *rows: tuple[str, ...]) -> None:
    for row, words in zip(table.rows, rows, strict=True):
        for cell, said in zip(row.cells, words, strict=True):
            if said:
                cell.text = said


def crest_beside_address(table: Table) -> None:
    text(table, ("", "County Hall", ""), ("", "Testford", "Tel 1"), ("", "", ""))
    line = table.cell(0, 0).merge(table.cell(1, 0)).paragraphs[0]
    line.add_run().add_picture(io.BytesIO(crest()), height=Pt(40))
    describe(line, "Crest of Testshire")
    table.cell(2, 0).merge(table.cell(2, 2)).text = "Making Testshire safer"


@pytest.mark.slow
def test_a_crest_beside_its_address_is_one_row_with_lines_in_it() -> None:
    assert shown(adopted(crest_beside_address, 3)) == [
        [["", "County Hall\nTestford\tTel 1"]],
        "Making Testshire safer",
    ]


def test_facts_without_lines_are_lines_with_tabs_where_the_columns_were() -> None:
    made = adopted(lambda table: text(table, ("To", "The panel", ""), ("Ref", "", "A/1"), ("", "", "")), 3)
    assert shown(made) == ["To\tThe panel", "Ref\tA/1"]
    lines = docx.Document(io.BytesIO(made.data)).paragraphs
    stops = [[stop.position for stop in line.paragraph_format.tab_stops] for line in lines[:2]]
    assert stops[0][0] < stops[1][0]
    assert any("is lines with tabs now" in each for each in made.done)


def test_facts_with_lines_stay_tables_whose_cells_reach_over_the_empty_ones() -> None:
    def fill(table: Table) -> None:
        text(table, ("To", "The panel", ""), ("From", "The clerk", ""), ("", "Ref", "A/1"))
        table.cell(0, 1).merge(table.cell(0, 2))

    made = adopted(fill, 3, style="Table Grid")
    assert shown(made) == [[["To", "The panel"], ["From", "The clerk"]], [["Ref", "A/1"]]]
    first, second = docx.Document(io.BytesIO(made.data)).tables
    assert sum(cell.width for cell in first.rows[0].cells) == sum(cell.width for cell in second.rows[0].cells)
    assert second.cell(0, 0).paragraphs[0].paragraph_format.left_indent == pytest.approx(Cm(3), abs=Pt(0.1))


@pytest.mark.slow
@pytest.mark.parametrize("style", [None, "Table Grid"])
def test_a_table_that_can_be_read_aloud_stays_as_it_is(style: str | None) -> None:
    made = adopted(lambda table: text(table, ("To", "The panel", "2"), ("From", "The clerk", "3")), 2, style=style)
    assert shown(made) == [[["To", "The panel", "2"], ["From", "The clerk", "3"]]]
    assert not any("merged" in each for each in made.done)


def test_a_table_of_nothing_is_gone() -> None:
    made = adopted(lambda _: None, 2)
    assert shown(made) == []
    assert "Took out a table with nothing in it." in made.done


def test_cells_that_turn_around_a_middle_one_keep_their_words() -> None:
    def fill(table: Table) -> None:
        for (top, left, bottom, right), words in {
            (0, 0, 0, 1): "one",
            (0, 2, 1, 2): "two",
            (2, 1, 2, 2): "three",
            (1, 0, 2, 0): "four",
            (1, 1, 1, 1): "five",
        }.items():
            table.cell(top, left).merge(table.cell(bottom, right)).text = words

    assert shown(adopted(fill, 3)) == ["one", "two", "four", "five", "three"]
