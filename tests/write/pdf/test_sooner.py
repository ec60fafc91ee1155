"""What stands in the place of hot functions of WeasyPrint gives what they give."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

import pytest

from papergen.write.weasyprint_loading import load_weasyprint
from papergen.write.weasyprint_sooner import VERSION
from tests.support.every_node import every_node_paper
from tests.support.setting import laid_out


def test_it_was_held_against_the_version_in_use() -> None:
    """Of another one, see whether these functions are called in the same way, and then name it there."""
    assert version("weasyprint") == VERSION


@pytest.mark.slow
def test_sizes_values_and_fonts_are_the_same() -> None:
    load_weasyprint()
    from weasyprint.css import ComputedStyle
    from weasyprint.css.properties import INITIAL_VALUES
    from weasyprint.layout.block import resolve_percentages
    from weasyprint.text.ffi import pango
    from weasyprint.text.line_break import get_font_description

    sizes: Any = resolve_percentages
    missing: Any = ComputedStyle.__missing__
    described: Any = get_font_description
    pages = [page._page_box for page in laid_out(every_node_paper()).document.pages]
    boxes = [box for page in pages for box in (page, *page.descendants()) if not hasattr(box, "_box")]
    assert len(boxes) > 500
    for box in boxes:
        for block in ((300, "auto"), (300, 200)):
            one, other = box.copy(), box.copy()
            sizes(one, block)
            sizes.__wrapped__(other, block)
            assert vars(one) == vars(other)
    styles = {id(box.style): box.style for box in boxes if isinstance(box.style, ComputedStyle)}.values()
    assert len(styles) > 50
    for style in styles:
        one, other = map(pango.pango_font_description_hash, (described(style), described.__wrapped__(style)))
        assert one == other
        one, other = style.copy(), style.copy()
        for name in INITIAL_VALUES:
            if name not in style:
                assert missing(one, name) == missing.__wrapped__(other, name), name
