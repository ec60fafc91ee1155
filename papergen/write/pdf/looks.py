"""The stylesheet of the PDF, worked out from the look of a Word template."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from papergen.model.nodes import Alignment
from papergen.write.columns import DENSE_LETTERS
from papergen.write.css import Inks, css_name, edge_css, letters_css, line_css, paragraph_css, points, rule, sides_css
from papergen.write.looks import CellsLook, Edge, Letters, Mark, ParagraphLook, TemplateLook
from papergen.write.marks import CSS_COUNTERS, WORD_COUNTERS
from papergen.write.styles import (
    BODY_TEXT,
    BOXES,
    CAPTION,
    CONTENTS,
    CROSS_REFERENCE,
    EMPHASIS,
    EXHIBIT_NOTE,
    FIGURE,
    FIGURE_CAPTION,
    FOOTNOTE_TEXT,
    HEAD_LINE,
    HEADINGS,
    HYPERLINK,
    LIST_BULLETS,
    LIST_NUMBERS,
    QUOTE,
    STRONG,
    TABLE_SECTION,
    TABLE_TOTALS,
    TOC_HEADING,
)

_BASE = Path(__file__).with_name("print.css")
_SPACE = 0.278
"""The width of a space in times of the size of its letters."""
_RAISED = 0.68
"""The size of a footnote's mark in times of the letters around it."""
_LEVELS = ("", "li ", "li li ")
_NO_CELLS = CellsLook()


def base_stylesheet() -> str:
    """The rules of every PDF, which no Word template has a say in: breaks, notes, and what WeasyPrint needs."""
    return _BASE.read_text(encoding="utf-8") + "".join(_typed_marks())


def _typed_marks() -> Iterator[str]:
    """The marks of lists that an author typed: “(a)” and “a)”."""
    for numerals, word in WORD_COUNTERS.items():
        for shape, prefix in (("in-brackets", 'prefix: "("; '), ("before-bracket", "")):
            name = f"{numerals.value}-{shape}"
            yield f'@counter-style {name} {{ system: extends {CSS_COUNTERS[word]}; {prefix}suffix: ")\\2002" }}\n'
            yield f".list-number.{name} {{ list-style-type: {name} }}\n"


def print_stylesheet(look: TemplateLook, *, fonts: Mapping[str, str], inks: Inks) -> str:
    """The rules of the PDF that a template's look comes to; ``fonts`` gives the families of CSS for Word's fonts."""
    return "".join(_PrintLooks(look, fonts, inks).rules())


class _PrintLooks:
    def __init__(self, look: TemplateLook, fonts: Mapping[str, str], inks: Inks) -> None:
        self._look, self._fonts, self._inks = look, fonts, inks
        self._body = look.paragraph(BODY_TEXT)

    def rules(self) -> Iterator[str]:
        """Every rule."""
        yield from self._text()
        yield from self._headings()
        yield from self._contents()
        yield from self._lists()
        yield from self._boxes()
        yield from self._exhibits()
        yield from self._table()

    def _letters(
        self, look: ParagraphLook, where: str, *, ground: str = "", base: Letters | None = None
    ) -> dict[str, str]:
        ink = self._inks.on(look.ground or ground, look.letters.colour, where)
        return letters_css(look.letters, ink=ink, fonts=self._fonts, base=base)

    def _paragraph(self, selector: str, style: str, **more: str) -> str:
        """The rule of a paragraph style, whole."""
        look = self._look.paragraph(style)
        return rule(selector, {**paragraph_css(look), **self._letters(look, f"“{style}”"), **line_css(look), **more})

    def _text(self) -> Iterator[str]:
        body = self._body
        yield rule("body", {**self._letters(body, f"“{BODY_TEXT}”"), **line_css(body)})
        yield rule(".body-text", paragraph_css(body))
        yield self._paragraph(".quote", QUOTE)
        yield self._paragraph(".head-line", HEAD_LINE)
        for selector, style in (
            ("strong", STRONG),
            ("em", EMPHASIS),
            (".hyperlink", HYPERLINK),
            (".cross-reference", CROSS_REFERENCE),
        ):
            yield rule(selector, self._stated(style))
        note = self._look.paragraph(FOOTNOTE_TEXT)
        yield rule(
            ".footnote-text",
            {
                **self._letters(note, f"“{FOOTNOTE_TEXT}”"),
                **line_css(note),
                "margin-bottom": points(note.after),
                "text-align": note.align.value,
            },
        )

        for part, size in (("call", self._body.letters.size * _RAISED), ("marker", note.letters.size * _RAISED)):
            yield rule(f".footnote::footnote-{part}", {"font-size": points(size)})

    def _stated(self, style: str) -> dict[str, str]:
        """What a character style says, and nothing of what it leaves as it is."""
        said = self._look.letters.get(style.casefold(), {})
        letters = replace(Letters(), **said)  # type: ignore[arg-type]
        ink = self._inks.on("", letters.colour, f"“{style}”") if said.get("colour") else ""
        whole = letters_css(letters, ink=ink, fonts=self._fonts, base=Letters(font="", size=0))
        kept = {"bold": "font-weight", "italic": "font-style", "font": "font-family", "size": "font-size"}
        spoken = {kept[name] for name in said if name in kept}
        whole = {name: value for name, value in whole.items() if name in spoken or name not in kept.values()}
        for name, plain in (("bold", "font-weight"), ("italic", "font-style")):
            if said.get(name) is False:
                whole[plain] = "normal"
        if style in (HYPERLINK, CROSS_REFERENCE):
            whole.setdefault("text-decoration", "none")
        return whole

    def _headings(self) -> Iterator[str]:
        for level, style in enumerate(HEADINGS):
            selector = f".heading-{level + 1}"
            look = self._look.paragraph(style)
            yield self._paragraph(selector, style)
            mark = self._look.headings[min(level, len(self._look.headings) - 1)] if self._look.headings else None
            if mark is not None and mark.hangs > 0:
                yield rule(
                    f"{selector}.numbered", {"padding-left": points(mark.words_at), "text-indent": points(-mark.hangs)}
                )
                least = max(mark.hangs - _SPACE * look.letters.size, 0)
                yield rule(f"{selector} .number", {"min-width": points(least)})

        mark = self._look.headings[1] if len(self._look.headings) > 1 else None
        if mark is not None:
            hangs, selector = points(mark.words_at), ".numbered-paragraph"
            yield rule(f".body-text{selector}", {"padding-left": hangs, "text-indent": points(-mark.words_at)})
            least = max(mark.words_at - _SPACE * self._body.letters.size, 0)
            yield rule(f"{selector} .number", {"min-width": points(least)})
            yield rule(f"{selector} + :is(.list-bullet, .list-number)", {"margin-left": hangs})

    def _contents(self) -> Iterator[str]:
        yield self._paragraph(".toc-heading", TOC_HEADING)
        for level, style in enumerate(CONTENTS, 1):
            look = self._look.paragraph(style)
            hangs = max(-look.first, 0.0)
            start = max(look.left + min(look.first, 0.0), 0.0)
            said = {
                **self._letters(look, f"“{style}”", base=replace(self._body.letters, colour="")),
                **line_css(look),
                "margin": f"{points(look.before)} 0 {points(look.after)}",
                "padding-left": points(start),
            }
            yield rule(f".toc .toc-{level}", said)
            if hangs:
                yield rule(f".toc-{level}:not(.unnumbered) > .toc-line", {"padding-left": points(hangs)})
                yield rule(f".toc-{level} .number", {"width": points(hangs), "margin-left": points(-hangs)})

    # -----------------------------------------------------------------------------------------------------------------
    # Lists and boxes

    def _lists(self) -> Iterator[str]:
        after = self._body.after
        for kind, marks, styles in (
            ("bullet", self._look.bullets, LIST_BULLETS),
            ("number", self._look.numbers, LIST_NUMBERS),
        ):
            before = 0.0
            for level, (deep, style) in enumerate(zip(_LEVELS, styles, strict=True)):
                mark = marks[min(level, len(marks) - 1)]
                if kind == "number":
                    yield _counter_style(level, mark)
                shown = f'"{_quoted(mark.pattern)}\\2003"' if kind == "bullet" else f"numbers-{level + 1}"
                look = self._look.paragraph(style)
                yield rule(
                    f"{deep}.list-{kind}",
                    {
                        "margin": f"{points(look.before)} 0 {points(0 if level else after)}",
                        "padding-left": points(max(mark.words_at - before, 12.0)),
                        "list-style-type": shown,
                    },
                )
                if mark.letters is not None and mark.letters.colour:
                    ink = self._inks.on("", mark.letters.colour, f"the marks of “{style}”")
                    yield rule(f"{deep}.list-{kind} > li::marker", {"color": ink})
                letters = self._letters(look, f"“{style}”", base=replace(self._body.letters, colour=""))
                ink = letters.pop("color", "")
                if look.letters.colour != self._body.letters.colour:
                    letters["color"] = ink
                between = 0 if look.close_to_its_like else look.after
                yield rule(f"{deep}.list-{kind} > li", {"margin-bottom": points(between), **letters})
                before = mark.words_at
        outer, inner = (self._look.paragraph(style) for style in LIST_BULLETS[:2])
        below = inner.after if inner.close_to_its_like else 0  # they are close to their like, and lists within are not
        yield rule("li > .list-bullet, li > .list-number", {"margin": f"{points(outer.after)} 0 {points(below)}"})

    def _boxes(self) -> Iterator[str]:
        for box in BOXES.values():
            text, name = self._look.paragraph(box.text), css_name(box.text)
            title = self._look.paragraph(box.title)
            before = title.before if box.title != box.text else text.before
            shape = replace(text, before=before, keeps_lines=False, first=0.0)
            said = paragraph_css(shape) | ({} if text.sides or text.ground else {"padding": "0"})
            yield rule(f".{name}", {**said, **self._letters(text, f"“{box.text}”"), **line_css(text)})
            between = "0" if text.close_to_its_like else points(text.after)
            yield rule(f".{name} .body-text", {"margin": f"0 0 {between}", "text-align": text.align.value})
            yield rule(f".{name} :is(.list-bullet, .list-number)", {"margin": f"0 0 {between}"})
            yield rule(f".{name} li", {"margin-bottom": between})
            if text.sides:  # where Word has a border, the marks of a list stand at it
                for kind, marks in (("bullet", self._look.bullets), ("number", self._look.numbers)):
                    out = points(marks[0].hangs - marks[0].words_at)
                    yield rule(f".{name} > .list-{kind}", {"margin-left": out})
            if box.title != box.text:
                letters = self._letters(title, f"“{box.title}”", ground=text.ground)
                yield rule(f".{name}-title", {**letters, **line_css(title), "margin-bottom": points(title.after)})
            yield rule(f".{name} > :last-child", {"margin-bottom": "0"})

    # -----------------------------------------------------------------------------------------------------------------
    # Tables and figures

    def _exhibits(self) -> Iterator[str]:
        caption, below = self._look.paragraph(CAPTION), self._look.paragraph(FIGURE_CAPTION)
        note, figure = self._look.paragraph(EXHIBIT_NOTE), self._look.paragraph(FIGURE)
        letters = self._letters(caption, f"“{CAPTION}”")
        yield rule(".caption", {**letters, **line_css(caption), "text-align": caption.align.value})
        yield rule(".committee-table .caption", {"margin-bottom": points(caption.after)})
        yield rule(".committee-table", {"margin": f"{points(caption.before)} 0 {points(self._after_table)}"})
        yield rule(".figure", {"margin": f"{points(figure.before)} 0 {points(below.after)}"})
        yield rule(
            ".figure .caption",
            {
                **self._letters(below, f"“{FIGURE_CAPTION}”"),
                **line_css(below),
                "margin-top": points(max(figure.after, below.before)),
                "text-align": below.align.value,
            },
        )
        spoken = {**self._letters(note, f"“{EXHIBIT_NOTE}”"), **line_css(note), "text-align": note.align.value}
        yield rule(".exhibit-note", {**spoken, "margin": f"{points(note.before)} 0 0"})
        pulled = note.before - self._after_table
        yield rule(".exhibit-note.below-table", {"margin": f"{points(pulled)} 0 {points(note.after)}"})

    @property
    def _after_table(self) -> float:
        return self._look.paragraph("After Table").before

    def _table(self) -> Iterator[str]:
        table, words, heads = (
            self._look.table,
            self._look.paragraph("Table Text"),
            self._look.paragraph("Table Heading"),
        )
        ground = table.cells.ground
        yield rule(
            ".committee-table",
            {**self._letters(words, "“Table Text”", ground=ground), **line_css(words), "background": ground},
        )
        sides = dict(table.cells.sides)
        inside_h, inside_v = sides.pop("insideH", None), sides.pop("insideV", None)
        room = table.room
        cells = {
            "padding": f"{points(room['top'] + words.before)} {points(room['right'])}"
            f" {points(room['bottom'] + words.after)} {points(room['left'])}",
            "border-bottom": edge_css(inside_h) if inside_h else "",
            "border-left": edge_css(inside_v) if inside_v else "",
        }
        yield rule(".committee-table th, .committee-table td", cells)
        for side, edges in (("left", "first-child"), ("right", "last-child")):
            if side in sides:
                yield rule(f".committee-table tr > :{edges}", {f"border-{side}": edge_css(sides[side])})
            elif side == "left" and inside_v:
                yield rule(".committee-table tr > :first-child", {"border-left": "none"})
        yield from self._band("odd", table.odd, words)
        yield from self._band("even", table.even, words)
        yield rule(".committee-table thead th", self._head(table.head, heads, sides.get("top")))
        total = TABLE_TOTALS[Alignment.LEFT]
        for selector, name in (("tbody .section-row th", TABLE_SECTION), (".total-row > *", total)):
            spoken = self._letters(self._look.paragraph(name), f"“{name}”", ground=ground, base=words.letters)
            yield rule(f".committee-table {selector}", spoken)
        for selector, style in ((".committee-table.dense", words), (".committee-table.dense thead th", heads)):
            yield rule(selector, {"font-size": points(DENSE_LETTERS * style.letters.size)})
        if "bottom" in sides:
            yield rule(".committee-table tbody tr:last-child > *", {"border-bottom": edge_css(sides["bottom"])})

    def _band(self, which: str, cells: CellsLook, words: ParagraphLook) -> Iterator[str]:
        if cells == _NO_CELLS:
            return
        ink = self._inks.on(cells.ground, words.letters.colour or cells.colour, f"the {which} rows of tables")
        said = {"background": cells.ground, "color": ink, "font-weight": "bold" if cells.bold else ""}
        yield rule(f".committee-table tbody tr:nth-child({which}) > *", {**said, **sides_css(cells.sides)})

    def _head(self, cells: CellsLook, heads: ParagraphLook, top: Edge | None) -> dict[str, str]:
        """The head of tables: its ground from the table style, its words from “Table Heading”."""
        ground = cells.ground or self._look.table.cells.ground
        letters = replace(
            heads.letters, colour=heads.letters.colour or cells.colour, bold=heads.letters.bold or cells.bold
        )
        said = self._letters(replace(heads, letters=letters, ground=ground), "“Table Heading”")
        edges = {"border-top": edge_css(top)} if top else {}
        return {
            **said,
            **line_css(heads),
            **edges,
            **sides_css(cells.sides),
            "background": cells.ground,
            "vertical-align": cells.at,
        }


def _counter_style(level: int, mark: Mark) -> str:
    """How the numbers of one level of lists are written, with the room that follows them."""
    before, _, after = mark.pattern.partition(f"%{level + 1}")
    if "%" in before or "%" in after or not mark.pattern:
        before, after = "", "."
    system = CSS_COUNTERS.get(mark.counts, "decimal")
    room = "\\2002\\2009" if after == "." else "\\2002"
    prefix = f' prefix: "{_quoted(before)}";' if before else ""
    return (
        f'@counter-style numbers-{level + 1} {{ system: extends {system};{prefix} suffix: "{_quoted(after)}{room}" }}\n'
    )


def _quoted(words: str) -> str:
    """Words as they stand in a string of CSS."""
    return "".join(f"\\{ord(each):x} " if each in '"\\<\n' else each for each in words)
