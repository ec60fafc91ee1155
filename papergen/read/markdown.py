"""The Markdown that papergen reads: CommonMark without indented code and underlined headings, and papergen's rules."""

from __future__ import annotations

from functools import cache

from markdown_it import MarkdownIt
from markdown_it.parser_block import ParserBlock, RuleFuncBlockType
from markdown_it.parser_inline import ParserInline
from markdown_it.ruler import Ruler
from markdown_it.rules_block import blockquote, fence, heading, hr, html_block, list_block, paragraph, reference
from markdown_it.token import Token
from markdown_it.utils import EnvType

from papergen.read.rules.attributes import image_with_attributes, take_attributes
from papergen.read.rules.captions import caption
from papergen.read.rules.depth import MOST_NESTING, too_deep
from papergen.read.rules.directives import directive
from papergen.read.rules.footnotes import footnote_definition, footnote_mark
from papergen.read.rules.lists import bracketed_list
from papergen.read.rules.places import PlacedInline, line_of_heading, lines_of_paragraph, placed, with_lines
from papergen.read.rules.tables import table
from papergen.read.rules.values import escaped_value, value

MOST_CHARACTERS = 20_000
"""The longest paragraph that is read, some eight printed pages: a few kinds of line noise take quadratic time."""

_ANYTHING = ["paragraph", "reference", "blockquote", "list"]

# Each rule with the blocks that it may interrupt.
_BLOCKS: tuple[tuple[str, RuleFuncBlockType, list[str]], ...] = (
    ("too_deep", too_deep, []),
    ("table", table, ["paragraph", "reference"]),
    ("fence", fence, _ANYTHING),
    ("directive", directive, _ANYTHING),
    ("blockquote", blockquote, _ANYTHING),
    ("hr", hr, _ANYTHING),
    ("list", list_block, ["paragraph", "reference", "blockquote"]),
    ("bracketed_list", bracketed_list, ["paragraph"]),
    ("footnote_definition", footnote_definition, ["paragraph", "reference"]),
    ("reference", reference, []),
    ("html_block", html_block, ["paragraph", "reference", "blockquote"]),
    ("heading", with_lines(heading, line_of_heading), ["paragraph", "reference", "blockquote"]),
    ("caption", caption, _ANYTHING),
    ("paragraph", with_lines(paragraph, lines_of_paragraph), []),
)


class _Blocks(ParserBlock):
    def __init__(self) -> None:
        super().__init__()
        self.ruler = Ruler[RuleFuncBlockType]()
        for name, rule, interrupts in _BLOCKS:
            self.ruler.push(name, placed(rule), {"alt": interrupts})


class _Inlines(ParserInline):
    def __init__(self) -> None:
        super().__init__()
        self.ruler.disable("linkify")
        self.ruler.before("text", "value", value)
        self.ruler.before("escape", "escaped_value", escaped_value)
        self.ruler.before("link", "footnote_mark", footnote_mark)
        self.ruler.at("image", image_with_attributes)
        # Joined text would no longer know where its parts stood.
        self.ruler2.disable("fragments_join")

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        if len(src) > MOST_CHARACTERS:
            token = Token("too_long", "", 0)
            tokens.append(token)
            return tokens
        state = PlacedInline(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


class _Markdown(MarkdownIt):
    """Takes every address as it is written: what cannot be followed is reported later, not printed as text."""

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802
        return link


@cache
def _parser() -> MarkdownIt:
    options = {"html": True, "maxNesting": MOST_NESTING, "inline_definitions": True, "store_labels": True}
    markdown = _Markdown("commonmark", options)
    markdown.block = _Blocks()
    markdown.inline = _Inlines()
    markdown.core.ruler.enableOnly(["normalize", "block", "inline"])
    markdown.core.ruler.after("block", "attributes", take_attributes)
    return markdown


def parse_blocks(body: str) -> list[Token]:
    """The tokens of the body of a file."""
    return _parser().parse(body, {})


def parse_inlines(text: str) -> list[Token]:
    """The tokens of a text that stands on one line: a title, a caption, a sign of improvement."""
    children = _parser().parseInline(text, {})[0].children
    return children or []
