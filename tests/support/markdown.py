"""Markdown made at random: its marks in any order, and files in which nothing is wrong."""

from __future__ import annotations

from hypothesis import strategies as st

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
