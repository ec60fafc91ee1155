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

FRAGMENTS = [
    *[f"w{number}" for number in range(10)],
    *" \n\t|{}[]()*_`~<>&\\#!:-+=.'\"^",
    *[
        *("\n\n", "\n    ", "\n- ", "\n1. ", "\n> ", "\n## ", "\n# ", "\n### ", "\n---\n"),
        *("\n| w1 | w2 |\n|---|:-:|\n| ", " | "),
    ],
    *["{{", "}}", "{{ w3 }}", "{{ w4 | w5 }}", "{#", "{#w6}", "{width=half}", "{decorative}", "\\{{ ", "{%"],
    *[
        "\n::: note\n",
        "\n::: signs w7\n",
        "\n::: beside\n",
        "\n:::: landscape\n",
        "\n:::\n",
        "\n::::\n",
        "\n::: page-break\n",
    ],
    *["\nTable: ", "\nFigure: ", "![w8](map.png)", "\n![w8](map.png)\n", "](#w9)", "](https://example.org/w1)", "[^1]"],
    *[
        *("\n[^1]: ", "\n[w2]: ", "**", "--", "---", "~~", "```", "\n```\n", "<b>", "<!--", "-->", "&nbsp;", "&#10;"),
        "<https://",
    ],
    *["\u00a0", "\u2028", "\ufeff", "\x00", "\x0c", "\x85", "\ufffe", "é", "🙂", "  \n", "\\\n", "\r\n"],
]
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


class Written:
    """A file being written, in which no word stands twice."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw
        self._count = 0
        self.notes: list[str] = []

    def word(self) -> str:
        self._count += 1
        return f"w{self._count}"

    def words(self, *, notes: bool = True) -> str:
        kinds = ["plain", "strong", "emphasis", "link", "value", "reference", "break", *(["note"] if notes else [])]
        parts: list[str] = []
        for kind in self._draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=4)):
            parts.append(self._part(kind))
        return " ".join(parts)

    def _part(self, kind: str) -> str:
        match kind:
            case "strong":
                return f"**{self.word()} {self.word()}**"
            case "emphasis":
                return f"*{self.word()} {{{{ {self.word()} }}}}*"
            case "link":
                return f"[{self.word()}](https://example.org/{self.word()})"
            case "value":
                return f"{{{{ {self.word()} | {self.word()} }}}}"
            case "reference":
                return f"[{self.word()}](#{self.word()})"
            case "note":
                name = f"n{len(self.notes)}"
                self.notes.append(f"[^{name}]: {self.words(notes=False)}")
                return f"{self.word()}[^{name}]"
            case "break":
                return f"{self.word()} -- &amp; A&E\\\n{self.word()}"
            case _:
                return f"{self.word()} <28 days"

    def line(self) -> str:
        """Words without a line break, for a cell, a heading or a caption."""
        return self.words(notes=False).replace("\\\n", " ").replace("\n", " ")

    def block(self, kind: str) -> list[str]:
        match kind:
            case "paragraph":
                return self.words().split("\n")
            case "heading":
                return [f"## {self.line()}", "", *self.words().split("\n")]
            case "bullets" | "numbers":
                marks = ["- ", "- "] if kind == "bullets" else ["1. ", "2. "]
                return [line for mark in marks for line in self._item(mark)]
            case "quotation":
                return [f"> {line}" for line in [*self.words().split("\n"), "", *self.block("table")]]
            case "table":
                row = f"| {self.line()} | {self.line()} |"
                return [f"Table: {self.line()}", "", f"| {self.line()} | {self.word()} |", "|:--|---|", row]
            case "figure":
                return [f"![{self.word()} {{{{ {self.word()} }}}}](map.png)", f"Figure: {self.line()}"]
            case "note":
                return [f"::: note {self.line()}", *self.block("bullets"), ":::"]
            case "beside":
                return ["::: beside", *self.block("figure"), "", *self.block("paragraph"), ":::"]
            case _:
                return [":::: landscape", *self.block("note"), "", *self.block("table"), "::::"]

    def _item(self, mark: str) -> list[str]:
        first, *rest = self.words().split("\n")
        indent = " " * len(mark)
        nested = [f"{indent}- {self.line()}"] if self._draw(st.booleans()) else []
        return [mark + first, *(indent + line for line in rest), *nested]


KINDS = ["paragraph", "heading", "bullets", "numbers", "quotation", "table", "figure", "note", "beside", "landscape"]


@st.composite
def well_made_files(draw: st.DrawFn) -> str:
    written = Written(draw)
    lines = ["---", f"title: {written.line()!r}".replace("'", '"'), f"signs: [{written.word()}]", "---"]
    for kind in draw(st.lists(st.sampled_from(KINDS), max_size=5)):
        block = written.block(kind)
        lines += ["", *block] if kind not in ("bullets", "numbers") else ["", *block, "", written.word()]
    for note in written.notes:
        first, *rest = note.split("\n")
        lines += ["", first, *(f"    {line}" for line in rest)]
    return "\n".join(lines) + "\n"


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
