"""What holds for every text: reading never fails, nothing is lost without a word, and places are true."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from papergen.diagnostics import Diagnostics, Span
from papergen.model.nodes import (
    Beside,
    BlockQuote,
    Box,
    CrossReference,
    Figure,
    Footnote,
    InLanguage,
    Landscape,
    Link,
    List,
    ListItem,
    PageBreak,
    Paragraph,
    Section,
    Table,
    Text,
    Value,
)
from papergen.model.walk import find_in, plain_text
from tests.support.markdown import FRAGMENTS, well_made_files
from tests.support.reading import FILE, read

WORD = re.compile(r"w\d+")


def arrived(section: Section) -> set[str]:
    """Every word that the model holds, in whatever field."""
    whole = (section,)
    found = [text.text for text in find_in(whole, Text)]
    found += [value.expression for value in find_in(whole, Value)]
    found += [reference.target for reference in find_in(whole, CrossReference)]
    found += [link.href for link in find_in(whole, Link)]
    found += [plain_text(figure.alternative) for figure in find_in(whole, Figure)]
    found += [each.key for each in find_in(whole, Section, Figure, Table)]
    found += [each.key for each in find_in(whole, ListItem, Paragraph)]
    return set(WORD.findall(" ".join(found)))


# -- any text ----------------------------------------------------------------------------------------------------------

MARKDOWN = st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join)
ANYTHING = st.one_of(MARKDOWN, st.text(max_size=60), MARKDOWN.map(lambda body: f"---\ntitle: w0\n---\n{body}"))


def normalised(text: str) -> list[str]:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def check_place(at: Span, lines: list[str]) -> str:
    """The text of the file from ``at`` on, which lies within it."""
    assert at.file == FILE
    assert 1 <= at.line <= len(lines)
    assert 1 <= at.column <= len(lines[at.line - 1]) + 1
    return lines[at.line - 1][at.column - 1 :]


def check_places(section: Section, diagnostics: Diagnostics, text: str) -> None:
    lines = normalised(text)
    for found in diagnostics:
        check_place(found.at, lines)
    whole = (section,)
    begins = ((find_in(whole, Value), "{{"), (find_in(whole, Footnote), "[^"), (find_in(whole, CrossReference), "["))
    for nodes, mark in begins:
        assert all(check_place(node.at, lines).startswith(mark) for node in nodes)
    for inner in find_in(whole, Section):
        check_place(inner.at, lines)
    for blocks in (
        find_in(whole, Paragraph, List, Table),
        find_in(whole, Figure, BlockQuote, Landscape),
        find_in(whole, Box, Beside, InLanguage),
        find_in(whole, PageBreak),
    ):
        assert all(check_place(block.at, lines) for block in blocks)


def check_text(section: Section) -> None:
    for node in find_in((section,), Text):
        assert node.text
        assert "  " not in node.text
        assert not any(unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") for character in node.text)


@given(ANYTHING)
@example("![w1](a)\x0b")
@example("[^1]:")
@example("> ::: note\nw1")
@example("- \n\n  ::: note")
@example("[^1]: ::: note\n:::\n[^1]")
@example("\x0cw1 {{ w2 }}\n\x0b {{ w3 }}")
@example(">\t- {{ w1 }}\n>\t  {{ w2 }}\n")
def test_any_text_is_read(text: str) -> None:
    section, diagnostics = read(text)

    check_text(section)
    check_places(section, diagnostics, text)
    if not len(diagnostics):
        # The name of a footnote is not printed; its mark and its note are.
        given_words = set(WORD.findall(re.sub(r"\[\^[^\]]*\]", "", text)))
        assert given_words <= arrived(section) | ({"w0"} if text.startswith("---") else set())


@given(
    st.lists(
        st.sampled_from(
            [
                *("title: w1\n", "signs:\n", "  - w2\n", "owner: ", "{", "[", "'", "- ", "\n", "#", "&a ", "*a\n"),
                *("2016-13-45\n", "reviewed: no\n", "objective: 3\n", "\t", "? ", "!!python/object:os.system x\n"),
                *("|\n", "a"),
            ]
        ),
        max_size=12,
    ).map("".join)
)
def test_any_front_matter_is_read(yaml: str) -> None:
    text = f"---\n{yaml}\n---\nWords.\n"
    section, diagnostics = read(text)

    check_text(section)
    lines = normalised(text)
    for found in diagnostics:
        check_place(found.at, lines)
    check_place(section.at, lines)


# -- well-made files ---------------------------------------------------------------------------------------------------


@given(well_made_files())
def test_a_well_made_file_arrives_whole_and_in_place(text: str) -> None:
    section, diagnostics = read(text)

    assert [str(found) for found in diagnostics] == []
    assert arrived(section) == set(WORD.findall(text))
    check_text(section)
    check_places(section, diagnostics, text)
    written = {match[1]: match.start() for match in re.finditer(r"\{\{ (w\d+)", text)}
    for node in find_in((section,), Value):
        before = text[: written[node.expression.split(" ")[0]]]
        assert (node.at.line, node.at.column) == (before.count("\n") + 1, len(before) - before.rfind("\n"))
