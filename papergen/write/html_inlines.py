"""Words of the document model as HTML."""

from __future__ import annotations

from abc import ABC, abstractmethod
from html import escape
from typing import assert_never
from urllib.parse import quote

from papergen.model.nodes import (
    CrossReference,
    Emphasis,
    Footnote,
    Graphic,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Picture,
    Strong,
    Text,
    Value,
)
from papergen.write.elements import HtmlAttributes, element, start_tag


class HtmlInlines(ABC):
    """Writes inlines; where footnotes stand and pictures come from is left to the class that inherits from it."""

    @abstractmethod
    def footnote(self, footnote: Footnote) -> str:
        """A footnote at the place of its mark."""

    @abstractmethod
    def picture_address(self, picture: Picture) -> str:
        """Where the bytes of a picture are found."""

    def graphic(self, graphic: Graphic) -> str:
        """A small drawing in a line of words."""
        attributes: HtmlAttributes = {
            "src": self.picture_address(graphic.picture),
            "alt": graphic.said,
            "width": str(graphic.width),
            "height": str(graphic.height),
        }
        return start_tag("img", ["graphic"], attributes)

    def elsewhere(self, reference: CrossReference, words: Inlines) -> str:  # noqa: ARG002 - a web page links here
        """A reference to another paper."""
        return self.inlines(words)

    def inlines(self, inlines: Inlines) -> str:
        """Words with their markup."""
        return "".join(self._inline(inline) for inline in inlines)

    def _inline(self, inline: Inline) -> str:
        match inline:
            case Text(text=text, language=language) if language:
                return element("span", escape(text, quote=False), (), {"lang": language})
            case Text(text=text) | Value(text=text):
                return escape(text, quote=False)
            case LineBreak():
                return "<br>"
            case Strong(children=children):
                return element("strong", self.inlines(children))
            case Emphasis(children=children):
                return element("em", self.inlines(children))
            case Link(href=href, children=children):
                return self.marked_link(href, children, "hyperlink")
            case CrossReference(target=target, children=children, label=label, paper=paper):
                words = children or (Text(text=label),)
                if paper:
                    return self.elsewhere(inline, words)
                return self.marked_link(f"#{quote(target)}", words, "cross-reference")
            case Graphic():
                return self.graphic(inline)
            case Footnote():
                return self.footnote(inline)
            case _:
                assert_never(inline)

    def marked_link(self, address: str, children: Inlines, class_name: str) -> str:
        """A link; markup over all its words goes around it, so that its words are its direct children."""
        match children:
            case (Strong(children=inner),):
                return element("strong", self.marked_link(address, inner, class_name))
            case (Emphasis(children=inner),):
                return element("em", self.marked_link(address, inner, class_name))
            case _:
                return self._link(address, self.inlines(children), class_name)

    def _link(self, address: str, content: str, class_name: str) -> str:
        return element("a", content, [class_name], {"href": address})
