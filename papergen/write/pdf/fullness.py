"""How full the pages of a PDF are, and why one that ends early does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from papergen.write.pdf.drawn_boxes import in_flow

FULL_ENOUGH = 0.75
"""A page that is filled down to here, of what its notes leave of it, does not end early."""
_SPACE_BETWEEN = 0.04
"""What the edge of a box and the space below it take of a page, at most."""
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_LEADING_BOXES = frozenset({"aim-box", "signs-box"})
_LONG = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlyPage:
    """A page that ends early: its printed number, how far it is filled (0–1), and why.

    ``following`` comes next, and is not divided; together with its headings it needs ``needs`` of a page (0–1).  Both
    are None where a page has to begin after this one; where nothing explains it, ``following`` alone is.
    """

    page: int
    filled: float
    following: str | None
    needs: float | None

    def __str__(self) -> str:
        told = f"page {self.page} is filled to {self.filled:.0%}"
        if self.needs is None:
            return f"{told}: a new page begins after it"
        if self.following is None:
            return told
        return f"{told}: {self.following} comes next, which is not divided and takes {self.needs:.0%} of a page"


def early_pages(document: Any, first: int = 1) -> tuple[EarlyPage, ...]:  # noqa: ANN401 - WeasyPrint is untyped
    """The pages of a document but its last that are filled to less than ``FULL_ENOUGH``, counted from ``first``."""
    boxes = [page._page_box for page in document.pages]
    told = (_told(box, after, page) for page, (box, after) in enumerate(pairwise(boxes), first))
    return tuple(each for each in told if each is not None)


def _told(box: Any, after: Any, page: int) -> EarlyPage | None:  # noqa: ANN401
    room = box.height - sum(part.margin_height() for part in box.children if _is_notes(part))
    top = box.content_box_y()
    filled = (max((_bottom(part) for part in in_flow(box)), default=top) - top) / room
    if filled >= FULL_ENOUGH:
        return None
    if box.width != after.width or any("page-break" in _classes(block) for block in _blocks(box)):
        return EarlyPage(page=page, filled=filled, following=None, needs=None)
    following, bottom = _undivided(after)
    needs = (bottom - after.content_box_y()) / after.height
    explained = following if needs > (1 - filled) * room / box.height - _SPACE_BETWEEN else None
    return EarlyPage(page=page, filled=filled, following=explained, needs=needs)


def _undivided(page: Any) -> tuple[str | None, float]:  # noqa: ANN401
    """What is first on a page, below headings, and is not divided, by its name, and where it ends; else None."""
    for block in _blocks(page):
        if block.element_tag not in _HEADINGS and _is_whole(block):
            if _classes(block) & _LEADING_BOXES:
                continue
            return _name(block.element), block.border_box_y() + block.border_height()
        if block.element_tag not in _HEADINGS:
            break
    return None, page.content_box_y()


def _is_whole(block: Any) -> bool:  # noqa: ANN401
    """Whether a block may not be divided; of a table it is the box inside that says so."""
    return "avoid" in {each.style["break_inside"] for each in (block, *block.children) if each.element is block.element}


def _blocks(box: Any) -> Iterator[Any]:  # noqa: ANN401
    """The blocks of a page, those in what only stands around several of them one by one."""
    for part in in_flow(box):
        if part.element_tag in {"html", "body"} or (part.element_tag == "div" and _classes(part) <= {"paper-body"}):
            yield from _blocks(part)
        else:
            yield part


def _bottom(box: Any) -> float:  # noqa: ANN401
    """Where the lowest line or picture of a box ends; a block that goes on overleaf is as high as its page."""
    name = type(box).__name__
    children = getattr(box, "children", ())
    if name == "LineBox" or "Replaced" in name or not children:
        height = box.height if isinstance(box.height, int | float) else 0
        return float(box.position_y + height)
    return max(_bottom(child) for child in children)


def _classes(box: Any) -> set[str]:  # noqa: ANN401
    return set() if box.element is None else set(box.element.get("class", "").split())


def _is_notes(box: Any) -> bool:  # noqa: ANN401
    return type(box).__name__ == "FootnoteAreaBox"


def _name(element: Any) -> str:  # noqa: ANN401
    """The label of an exhibit, or the first words of anything else."""
    for each in element.iter():
        if "caption-label" in each.get("class", "").split():
            return "".join(each.itertext()).rstrip(":")
    words = " ".join("".join(element.itertext()).split())
    return f"“{words}”" if len(words) <= _LONG else f"“{words[: _LONG - 1].rstrip()}…”"
