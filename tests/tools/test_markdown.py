from __future__ import annotations

import json
import re
from pathlib import Path

from bench.markdown import paper_markdown
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from papergen.model.nodes import Figure, LineBreak, Text
from tests.support.every_node import every_node_paper, paper_of, paragraph, picture

GOLDEN = Path(__file__).parent / "every-node.md"

# No control characters, and no spaces at the ends of a line, which Markdown drops.
LINES = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12)
PHRASES = st.lists(LINES, min_size=1, max_size=4).map(" ".join)


def body_of(text: str) -> str:
    """What stands below the heading of a paper of one section."""
    return text.partition("{#only-section}\n\n")[2]


def test_every_node_is_written() -> None:
    written = paper_markdown(every_node_paper(), address=lambda shown: f"{shown.drawn.pixel_width}.png")
    assert written == GOLDEN.read_text(encoding="utf-8")


@given(PHRASES, PHRASES)
@example("- no list", "+ nor here")
@example("1. no list", "2) nor here")
@example("# no heading", "=== nor here")
@example("> no quotation", "``` no code")
@example("<b> no element &amp; no entity", "[no link](#at) ![no picture](at.png)")
@example("*no* _markup_ ~~here~~", "| no | cells |")
@example("a\\", "[^1]: no note")
def test_words_are_read_back_as_they_were(first: str, second: str) -> None:
    block = paragraph(Text(text=first), LineBreak(), Text(text=second))
    tokens = MarkdownIt("commonmark").parse(body_of(paper_markdown(paper_of(block), address=lambda _: "")))
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    children = tokens[1].children or []
    assert "".join("\n" if child.type == "hardbreak" else child.content for child in children) == f"{first}\n{second}"


def test_titles_with_quotes_are_yaml() -> None:
    written = paper_markdown(paper_of(paragraph("Words."), title='The "first" \\ plan'), address=lambda _: "")
    title = re.search(r"^title: (.*)$", written, re.MULTILINE)
    assert title is not None
    assert json.loads(title[1]) == 'The "first" \\ plan'


def test_pictures_stand_where_they_are_found() -> None:
    figure = Figure(
        picture=picture(), alternative=(Text(text='Words in "quotes"'),), caption=(Text(text="A box"),), number=3
    )
    written = body_of(paper_markdown(paper_of(figure), address=lambda shown: f"charts/{shown.drawn.sha256[:4]}"))
    address = f"charts/{picture().sha256[:4]}"
    assert written == f'![Figure 3: A box](<{address}>){{width=100% alt="Words in \\"quotes\\""}}\n'
