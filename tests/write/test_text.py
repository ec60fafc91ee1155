from __future__ import annotations

from papergen.write.text import paper_text
from tests.support.every_node import every_node_paper


def test_every_word_of_a_paper_is_in_its_text() -> None:
    text = paper_text(every_node_paper())
    assert text.lines[0] == "Text and lists"
    assert text.lines[1:4] == (
        "Aim: to protect people from harm",
        "Signs of improvement would be",
        "Increased reporting",
    )
    assert "Nested two" in text.lines
    assert "Deepest bullet" in text.lines
    assert "Table 1: Sums of A&E" in text.lines
    assert "Figure 2: A half box" in text.lines
    assert text.lines[-1] == "Upright again."
    assert text.notes == ("The first note.", "Second note.")
    (long,) = [line for line in text.lines if line.startswith("Hereford")]
    assert long == (
        "Hereford’s A&E saw <28 days, £452,000, ‘no crimed’ and {{ braces }} or {_{ these }_}; bold, italic and both, "
        "a\u00a0non-breaking space – and dashes —\non a new line, a link, 31\u00a0December 2015, section 2, Table 1, "
        "the plain picture and Appendix A.[^1]"
    )
