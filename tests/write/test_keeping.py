"""What stays on one page is low, and no row of a table stands alone before or after a break unless it is text."""

from __future__ import annotations

import pytest

from papergen.model.nodes import Alignment, Box, BoxKind, RowKind, Table
from papergen.write.keeping import kept_rows
from papergen.write.styles import BOXES
from tests.support.blocks import figure, items
from tests.support.every_node import paper_of, paragraph, words
from tests.support.word import value, written

TEXT = "What the inspectors asked, what they found and what they recommend that the force should do about it now. " * 2


def table(*cells: str, sections: frozenset[int] = frozenset()) -> Table:
    kinds = tuple(RowKind.SECTION if row in sections else RowKind.BODY for row in range(len(cells)))
    rows = tuple((words(cell), words("1")) for cell in cells)
    return Table(header=(words("A"), words("B")), rows=rows, alignments=(Alignment.LEFT,) * 2, kinds=kinds)


def test_a_low_table_stays_whole() -> None:
    assert kept_rows(table(*["North"] * 5)) == {0, 1, 2, 3, 4}


def test_no_row_of_a_longer_table_stands_alone() -> None:
    assert kept_rows(table(*["North"] * 8)) == {0, 1, 7}


def test_a_row_of_text_may_stand_alone_but_its_header_may_not() -> None:
    assert kept_rows(table(TEXT, TEXT, TEXT)) == {0}
    assert kept_rows(table(TEXT, TEXT, "Short")) == {0, 1, 2}


def test_the_heading_of_a_section_stays_with_its_first_row() -> None:
    assert kept_rows(table(*["North"] * 9, sections=frozenset({0, 4}))) == {0, 1, 5, 8}


@pytest.mark.parametrize("kind", [BoxKind.AIM, BoxKind.SIGNS])
def test_in_word_the_end_of_a_box_stays_with_text_and_not_with_a_chart(kind: BoxKind) -> None:
    box, style = Box(kind=kind, blocks=(paragraph("Aim: to do well"),)), BOXES[kind].text.replace(" ", "")
    kept = []
    for following in (paragraph("Text"), items("One"), figure()):
        word = written(paper_of(box, following))
        (last,) = word.all(f"//w:p[w:pPr/w:pStyle/@w:val='{style}']")
        kept.append([value(each, "@w:val") for each in last.findall(".//{*}keepNext")])
    assert kept == [[""], [""], ["0"]]
