"""What stands in the place of a hot function of WeasyPrint gives what that gives."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

import pytest

from papergen.write.weasyprint_sooner import VERSION
from tests.support.every_node import every_node_paper
from tests.support.setting import laid_out


def test_it_was_held_against_the_version_in_use() -> None:
    """Of another one, see whether the function is called in the same way, and then name it there."""
    assert version("weasyprint") == VERSION


@pytest.mark.slow
def test_sizes_are_the_same() -> None:
    pages = [page._page_box for page in laid_out(every_node_paper()).document.pages]
    from weasyprint.layout.block import resolve_percentages

    sooner: Any = resolve_percentages
    boxes = [box for page in pages for box in (page, *page.descendants()) if not hasattr(box, "_box")]
    assert len(boxes) > 500
    for box in boxes:
        for block in ((300, "auto"), (300, 200)):
            one, other = box.copy(), box.copy()
            sooner(one, block)
            sooner.__wrapped__(other, block)
            assert vars(one) == vars(other)
