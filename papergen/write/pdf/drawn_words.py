"""Whether each word and picture of a paper can be seen on the pages of its PDF, whatever stylesheets made of it."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import count
from operator import itemgetter
from typing import Any

from papergen import codes
from papergen.diagnostics import Diagnostics, Span
from papergen.model.nodes import Paper
from papergen.write.colours import WHITE, contrast
from papergen.write.resources import first_place

LEAST_LETTERS = 4.0
"""CSS pixels, which are 3 points: less is no size for anyone."""
LEAST_CONTRAST = 1.5
_LEAST_OPACITY = 0.4
_LEAST_WIDTH = 0.1
"""Of its size, what a letter takes on average where letters are not set on each other: those of “ill” take 0.2."""
_LEAST_PICTURE = 5
_TOUCH = 1.5
_LONG = 40
_OF_THE_PAPER = frozenset({"paper-body", "contents", "head-lines"})
"""The classes of what papergen writes into a layout, beside its title."""
_SOFT = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\u2010-"))

_BEFORE = {
    "": "",
    "picture": "The picture ",
    "marker": "The number of ",
    "footnote-call": "The mark of ",
    "footnote-marker": "The number of ",
}
"""What is named with words of the paper, by its pseudo-element."""
_NOWHERE = "on no page of the PDF"
_OFF = "off the page or cut off"
_TOLD = frozenset({codes.INK_OUTSIDE, codes.ROW_TOO_TALL})
"""Findings about what is too long or too tall for its page, whose words end off it, and headings of tables nowhere."""


@dataclass(frozen=True, slots=True)
class _Ground:
    """What a box is drawn on: its colour (none where it is a picture), and what hides all that stands in it.

    ``right``, ``bottom``, ``left`` and ``top`` are how far it can be seen, in CSS pixels of the page.
    """

    colour: str
    left: float
    top: float
    right: float
    bottom: float
    opacity: float = 1.0
    hidden: str = ""

    def inside(self, box: Any) -> _Ground:  # noqa: ANN401 - WeasyPrint is untyped
        """The ground of what stands in ``box``."""
        style, made = box.style, self
        if style["clip"] or any(name != "rotate" for name, _ in style["transform"]):
            made = replace(made, hidden="turned, moved, stretched or cut off")
        if style["opacity"] < 1:
            made = replace(made, opacity=made.opacity * style["opacity"])
        kind, picture = style["background_image"][0]
        if kind == "url":
            made = replace(made, colour="")
        elif kind != "none" and not isinstance(picture.colors[0], str) and picture.colors[0].alpha:
            made = replace(made, colour=_over(picture.colors[0], made.colour))
        elif ground := _ink(style, "background_color"):
            made = replace(made, colour=_over(ground, made.colour))
        if style["overflow"] != "visible" and isinstance(box.height, int | float) and box.element_tag != "body":
            left, top = box.padding_box_x(), box.padding_box_y()
            made = replace(
                made,
                left=max(made.left, left),
                top=max(made.top, top),
                right=min(made.right, left + box.padding_width()),
                bottom=min(made.bottom, top + box.padding_height()),
            )
        return made

    def hides(self, box: Any) -> str:  # noqa: ANN401
        """How what is drawn of ``box`` cannot be seen on this ground, after “are drawn”, or nothing."""
        style = box.style
        right, bottom = box.position_x + box.width, box.position_y + box.height
        if self.hidden:
            return self.hidden
        if style["visibility"] != "visible" or self.opacity * style["opacity"] < _LEAST_OPACITY:
            return "invisibly"
        if min(right, self.right) - max(box.position_x, self.left) < min(box.width, _TOUCH) - 0.01 or (
            not self.top - _TOUCH <= (box.position_y + bottom) / 2 <= self.bottom + _TOUCH
        ):
            return _OFF
        if right > self.right + _TOUCH or box.position_x < self.left - _TOUCH:
            return _OFF
        return ""

    def hides_words(self, box: Any) -> str:  # noqa: ANN401
        """The same of a box of words."""
        style = box.style
        if style["font_size"] < LEAST_LETTERS:
            return "in letters too small to be seen"
        if box.width < _LEAST_WIDTH * style["font_size"] * len(box.text.strip()):
            return "on each other"
        if self.colour and contrast(_over(style["color"], self.colour), self.colour) < LEAST_CONTRAST:
            return "in a colour that does not stand out from what is behind them"
        return self.hides(box)


_Layer = tuple[int, int]
"""What is drawn over what: the z-index of what stands out of the flow, and its place among those."""
_Sides = tuple[float, float, float, float]
"""Left, top, right and bottom of a rectangle, in CSS pixels of the page."""


@dataclass(slots=True)
class _OnPage:
    """The lines of the paper's words on a page, and what may cover them, each with its layer."""

    lines: list[tuple[Any, _Layer]] = field(default_factory=list)
    covers: list[tuple[_Sides, _Layer]] = field(default_factory=list)
    apart: Iterator[int] = field(default_factory=lambda: count(1))

    def layer(self, style: Any, layer: _Layer) -> _Layer:  # noqa: ANN401
        """In which layer what has a style is drawn that stands in something of ``layer``."""
        if style["position"] == "static" and style["opacity"] == 1:
            return layer
        given = style["z_index"]
        return (max(layer[0], 0) if given == "auto" else given, next(self.apart))


@dataclass(slots=True)
class _Seen:
    """The words of each element that can be seen, by its tag with its pseudo-element, and how others are hidden."""

    expected: frozenset[Any]
    words: dict[tuple[Any, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    hidden: dict[tuple[Any, str], str] = field(default_factory=dict)

    def look(self, box: Any, ground: _Ground, page: _OnPage, layer: _Layer = (0, 0)) -> None:  # noqa: ANN401
        """Look through a box of a page, and note on that what is drawn where."""
        if type(box).__name__ == "MarginBox":
            return
        text = getattr(box, "text", None)
        if text is None:
            layer = page.layer(box.style, layer)
            if layer[1]:
                page.covers += ((sides, layer) for sides in _covered(box, ground))
        if text is None and "Replaced" not in type(box).__name__:
            children = getattr(box, "children", ())
            inner = ground.inside(box) if children else ground
            for child in children:
                self.look(child, inner, page, layer)
            return
        if text is not None and not text.strip():
            return
        tag, _, pseudo = box.element_tag.partition("::")
        at = (box.element, "picture" if text is None else "" if pseudo.startswith("first-") else pseudo)
        if text is None:
            small = min(box.width, box.height) < _LEAST_PICTURE
            how = "too small to be seen" if small and tag == "img" else ground.hides(box)
        else:
            how = ground.hides_words(box)
        if how:
            self.hidden.setdefault(at, how)
            return
        self.words[at].append(text or "")
        if text is not None and not pseudo and box.element in self.expected:
            page.lines.append((box, layer))

    def take_out_covered(self, page: _OnPage) -> None:
        """Take out what is drawn over other words of its page, or below what has a colour or is a picture."""
        spots = sorted(
            (
                (box.position_y + box.height / 2, box.position_x + box.width / 2, box, layer)
                for box, layer in page.lines
            ),
            key=itemgetter(0),
        )
        for (left, top, right, bottom), above in page.covers:
            first, last = bisect_right(spots, top, key=itemgetter(0)), bisect_left(spots, bottom, key=itemgetter(0))
            for _, across, box, layer in spots[first:last]:
                if layer < above and left < across < right:
                    self._take_out(box, "below something else")
        lines = sorted(((_foot(box), box.style["font_size"], box) for box, _ in page.lines), key=itemgetter(0))
        for index, (foot, size, box) in enumerate(lines):
            for lower, of_other, other in lines[index + 1 :]:
                least = min(size, of_other)
                if lower - foot > least / 4:
                    break
                right = min(box.position_x + box.width, other.position_x + other.width)
                if right - max(box.position_x, other.position_x) > least:
                    self._take_out(other, "over other words")

    def _take_out(self, box: Any, how: str) -> None:  # noqa: ANN401
        self.hidden.setdefault((box.element, ""), how)
        self.words.pop((box.element, ""), None)


def check_words(paper: Paper, document: Any, root: Any, where: str, found: Diagnostics) -> None:  # noqa: ANN401
    """Tell of words and pictures of the page ``root`` that cannot be seen in the ``document`` laid out from it.

    ``where`` is the file that the reader is sent to for what hides them.
    """
    expected = list(_expected(root))
    seen = _Seen(frozenset(element for element, *_ in expected))
    for page in document.pages:
        on_page = _OnPage()
        seen.look(page._page_box, _Ground(WHITE, 0, 0, page.width, page.height), on_page)
        seen.take_out_covered(on_page)
    lost: dict[str, list[tuple[str, str]]] = defaultdict(list)
    told = {each.code for each in found} & _TOLD
    for element, pseudo, words in expected:
        if codes.ROW_TOO_TALL in told and element.tag == "th":
            continue
        at = (element, pseudo)
        drawn = seen.words.get(at)
        if drawn is None or (not pseudo and _letters(words) not in _letters("".join(drawn))):
            lost[seen.hidden.get(at, _NOWHERE)].append((pseudo, " ".join(words.split())))
    if told:
        lost.pop(_OFF, None)
    for how, names in lost.items():
        pseudo, words = names[0]
        name = words if len(words) <= _LONG else f"{words[: _LONG - 1].rstrip()}…"
        others = f" and {len(names) - 1:,} more" if len(names) > 1 else ""
        seen_as = how if how is _NOWHERE else f"drawn {how} in the PDF"
        found.add(
            codes.OUTPUT_LOST_TEXT,
            first_place(paper, words) or Span(where),
            f"{_BEFORE[pseudo]}“{name}”{others} cannot be seen: {seen_as}.",
            f"Look in {where} for the rule or style that hides it, and take it out.",
        )


def _expected(root: Any) -> Iterator[tuple[Any, str, str]]:  # noqa: ANN401
    """What papergen wrote into a page: element, pseudo-element, and the words drawn or that name it."""
    written = [part for part in root.iter() if not _OF_THE_PAPER.isdisjoint(part.get("class", "").split())]
    for part in (*written, *root.iter("h1")):
        for element in part.iter():
            words = "".join((element.text or "", *(child.tail or "" for child in element)))
            if words.strip():
                yield element, "", words
            if element.tag == "img":
                yield element, "picture", element.get("alt", "")
            if element.tag == "ol":
                yield from ((item, "marker", "".join(item.itertext())) for item in element if item.tag == "li")
            if "footnote" in element.get("class", "").split():
                yield element, "footnote-call", "".join(element.itertext())
                yield element, "footnote-marker", "".join(element.itertext())


def _letters(words: str) -> str:
    """Words without what laying out changes of them: spaces, hyphens, and capital letters."""
    return "".join(unicodedata.normalize("NFKC", words).casefold().translate(_SOFT).split())


def _covered(box: Any, ground: _Ground) -> Iterator[_Sides]:  # noqa: ANN401
    """Where what stands in a lower layer cannot be seen through a box: below its ground or its thick borders."""
    style = box.style
    left, top = box.border_box_x(), box.border_box_y()
    right, bottom = left + box.border_width(), top + box.border_height()

    def hides(colour: Any) -> bool:  # noqa: ANN401
        return not isinstance(colour, str) and colour.alpha * ground.opacity * style["opacity"] > 1 - _LEAST_OPACITY

    kind, picture = style["background_image"][0]
    drawn = kind == "url" or (kind != "none" and all(map(hides, picture.colors)))
    if style["visibility"] != "visible":
        return
    if drawn or "Replaced" in type(box).__name__ or hides(_ink(style, "background_color") or ""):
        yield left, top, right, bottom
    elif hides(_ink(style, "border_top_color") or ""):
        thick = {side: style[f"border_{side}_width"] for side in ("left", "top", "right", "bottom")}
        yield left, top, left + thick["left"], bottom
        yield left, top, right, top + thick["top"]
        yield right - thick["right"], top, right, bottom
        yield left, bottom - thick["bottom"], right, bottom


def _foot(box: Any) -> float:  # noqa: ANN401
    return float(box.position_y + box.baseline)


def _ink(style: Any, name: str) -> Any:  # noqa: ANN401
    """The colour that a style has for ``name``, or None where it is wholly transparent."""
    colour = style["color"] if style[name] == "currentcolor" else style[name]
    return colour if colour.alpha else None


@lru_cache(maxsize=1024)
def _over(colour: Any, ground: str) -> str:  # noqa: ANN401
    """A colour of WeasyPrint's, which may let its ground show through, as it looks on that."""
    behind = bytes.fromhex((ground or WHITE)[1:])
    red, green, blue = colour.to("srgb").coordinates
    shown = (
        part * colour.alpha + under / 255 * (1 - colour.alpha)
        for part, under in zip((red, green, blue), behind, strict=True)
    )
    return "#" + "".join(f"{round(max(0.0, min(1.0, part)) * 255):02x}" for part in shown)
