from __future__ import annotations

import pytest

from papergen.model.nodes import Alignment, Section, Table
from papergen.model.walk import plain_text
from papergen.papers.negatives import with_negatives
from tests.support.every_node import words


@pytest.mark.parametrize(
    ("typed", "minus", "brackets"),
    [
        ("-4", "−4", "(4)"),
        ("− £1,200.50", "−£1,200.50", "(£1,200.50)"),
        ("(3%)", "−3%", "(3%)"),
        ("4", "4", "4"),
        ("-", "-", "-"),
        ("(a)", "(a)", "(a)"),
        ("2015-16", "2015-16", "2015-16"),
        ("-4 in May", "-4 in May", "-4 in May"),
    ],
)
def test_a_negative_number_alone_in_a_cell_is_written_as_the_body_wants(typed: str, minus: str, brackets: str) -> None:
    table = Table(header=(words("A"),), rows=((words(typed),),), alignments=(Alignment.RIGHT,))
    section = Section(title=words("T"), level=1, blocks=(table,))
    for expected, in_brackets in ((minus, False), (brackets, True)):
        (changed,) = with_negatives(section, brackets=in_brackets).blocks
        assert isinstance(changed, Table)
        assert plain_text(changed.rows[0][0]) == expected
