"""``{#id}`` and ``{width=half}``: words in braces after a heading, caption, paragraph, title of a box or picture."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, image
from markdown_it.token import Token

_AT_END = re.compile(r"(?<![\\{])\{([^{}\\\n]*)\}$")
_AT_END_OF_TEXT = re.compile(r"(?<![\\{])\{ *((?:#[^\s{}\\]+|unnumbered)(?: +(?:#[^\s{}\\]+|unnumbered))*) *\}$")
_AFTER_PICTURE = re.compile(r" ?\{(?!\{)([^{}\n]*)\}")
_CLOSING_MARKS = re.compile(r"(?:^|[ \t]+)#+$")
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Attribute:
    """One word of those in braces, ``#id``, ``name=value`` or ``name``, at ``position`` of the text it came from."""

    word: str
    position: int

    @property
    def id(self) -> str:
        return self.word[1:] if self.word.startswith("#") else ""

    @property
    def name(self) -> str:
        return self.word.partition("=")[0]

    @property
    def value(self) -> str:
        return self.word.partition("=")[2]


def attributes_of(token: Token) -> tuple[Attribute, ...]:
    """The attributes that were taken from the text of ``token``."""
    found: tuple[Attribute, ...] = token.meta.get("attributes", ())
    return found


def take_attributes(state: StateCore) -> None:
    """Take the attributes from the ends of headings, captions, titles of boxes and paragraphs, before they are parsed.

    Of what stands in braces at the end of a paragraph only ids and ``unnumbered`` are taken.
    """
    for before, token in pairwise(state.tokens):
        if token.type != "inline":
            continue
        if before.type in ("heading_open", "caption_open", "directive_open"):
            found = _AT_END.search(token.content)
        elif before.type == "paragraph_open" and not token.content.startswith("!["):
            found = _AT_END_OF_TEXT.search(token.content, 1)
        else:
            continue
        if found:
            token.meta["attributes"] = _attributes(found)
            rest = token.content[: found.start()].rstrip()
            token.content = rest if before.type == "paragraph_open" else _CLOSING_MARKS.sub("", rest)


def image_with_attributes(state: StateInline, silent: bool) -> bool:
    """CommonMark's picture, with the attributes that follow it."""
    if not image(state, silent):
        return False
    found = _AFTER_PICTURE.match(state.src, state.pos, state.posMax)
    if found:
        if not silent:
            state.tokens[-1].meta["attributes"] = _attributes(found)
        state.pos = found.end()
    return True


def _attributes(found: re.Match[str]) -> tuple[Attribute, ...]:
    return tuple(Attribute(word[0], found.start(1) + word.start()) for word in _WORD.finditer(found[1]))
