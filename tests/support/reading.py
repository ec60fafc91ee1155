"""Reading a text as a file of a workspace would be read, and what came of it as plain text."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import assert_never

from PIL import Image

from papergen import codes
from papergen.diagnostics import NOWHERE, Diagnostics, Span
from papergen.model.nodes import (
    Alignment,
    Beside,
    Block,
    BlockQuote,
    Blocks,
    Box,
    CrossReference,
    Emphasis,
    Figure,
    Footnote,
    Graphic,
    InLanguage,
    Inlines,
    Landscape,
    LineBreak,
    Link,
    List,
    PageBreak,
    Paragraph,
    Picture,
    Section,
    Strong,
    Table,
    Text,
    Value,
    Width,
)
from papergen.model.walk import plain_text
from papergen.papers.bind import bind_section
from papergen.read.context import ExhibitBlock
from papergen.read.section import read_section

FILE = "content/2016-02-02/report/01-file.md"


@cache
def picture() -> Picture:
    buffer = io.BytesIO()
    Image.new("RGB", (4, 2), "#1F3864").save(buffer, "PNG")
    data = buffer.getvalue()
    return Picture(
        path="content/2016-02-02/images/map.png",
        media_type="image/png",
        pixel_width=4,
        pixel_height=2,
        sha256=hashlib.sha256(data).hexdigest(),
        data=data,
    )


def read(text: str) -> tuple[Section, Diagnostics]:
    """The section of ``text``; every value is known save ``unknown``, and every picture save ``missing.png``."""
    diagnostics = Diagnostics()

    def value(found: Value) -> Value | None:
        if found.expression == "unknown":
            diagnostics.add(codes.VALUE_UNKNOWN, found.at, "There is no value “unknown”.", "Add it.")
            return None
        return replace(found, text=f"‹{found.expression}›")

    def load_picture(target: str, at: Span) -> Picture | None:
        if target.endswith("missing.png"):
            diagnostics.add(codes.PICTURE_MISSING, at, f"The picture “{target}” is not there.", "Add it.")
            return None
        return picture()

    def exhibit(block: ExhibitBlock) -> Figure | Table:
        shown = (Text(text=f"{block.block}: {' '.join(block.lines.split())}"),)
        if block.block == "table":
            return Table(header=(shown,), rows=((shown,),), alignments=(Alignment.LEFT,), at=block.at)
        return Figure(picture=picture(), alternative=shown, at=block.at)

    read = read_section(
        FILE,
        text,
        load_picture=load_picture,
        signs_heading="Signs would be",
        measures=None,
        diagnostics=diagnostics,
    )
    bound = bind_section(read.section, read.exhibits, value=lambda found, _: value(found), exhibit=exhibit)
    return bound, diagnostics


def read_cleanly(text: str) -> Section:
    """The section of ``text``, which has nothing wrong in it."""
    section, diagnostics = read(text)
    assert [str(found) for found in diagnostics] == []
    return section


def shown_diagnostics(diagnostics: Diagnostics) -> list[str]:
    """Each finding as "3:7 M101 its sentence"."""
    return [f"{found.at.line}:{found.at.column} {found.code.id} {found.message}" for found in diagnostics]


def dump(section: Section) -> list[str]:
    """The section as indented lines: what each node is, where it stands, and its words."""
    fields = {
        "key": section.key,
        "objective": section.objective,
        "aim": section.aim,
        "owner": section.owner,
        "reviewed": section.reviewed,
        "topic": plain_text(section.topic),
        "activity": plain_text(section.activity),
        "signs": tuple(plain_text(sign) for sign in section.signs),
        "measures": section.measures,
        "language": section.language,
    }
    given = "".join(f" {name}={value!s}" for name, value in fields.items() if value or value == 0)
    lines = [f"section {section.level} {_at(section.at)}{given}: {words(section.title)}"]
    lines.extend(f"  {line}" for line in _blocks(section.blocks))
    for inner in section.sections:
        lines.extend(f"  {line}" for line in dump(inner))
    return [line.rstrip() for line in lines]


def _at(at: Span) -> str:
    assert at != NOWHERE, "a node does not know its place"
    return f"{at.line}:{at.column}"


def _blocks(blocks: Blocks) -> Iterator[str]:
    for block in blocks:
        yield from _block(block)


def _block(block: Block) -> Iterator[str]:  # noqa: C901 - a case for each kind of block
    at = _at(block.at)
    match block:
        case Paragraph(inlines=inlines, key=key, unnumbered=unnumbered):
            more = f"{f' key={key}' if key else ''}{' unnumbered' if unnumbered else ''}"
            yield f"paragraph {at}{more}: {words(inlines)}"
        case List(ordered=ordered, start=start, items=items, marks=marks):
            counted = f"{marks.numerals.value} {'(' if marks.both_brackets else ''}a)" if marks else "numbers"
            yield f"{f'{counted} from {start}' if ordered else 'bullets'} {at}"
            for item in items:
                yield f"  item key={item.key}" if item.key else "  item"
                yield from (f"    {line}" for line in _blocks(item.blocks))
        case Table(caption=caption, key=key, header=header, rows=rows, alignments=alignments):
            sides = " ".join(alignment.name.lower() for alignment in alignments)
            yield f"table {at}{f' key={key}' if key else ''} ({sides}): {words(caption)}"
            if block.bands:
                yield f"  bands {' | '.join(f'{words(band.words)} ({band.columns})' for band in block.bands)}"
            for row in rows if block.headless else (header, *rows):
                yield f"  | {' | '.join(words(cell) for cell in row)} |"
            if block.kinds or block.row_headings:
                kinds = " ".join(kind.value for kind in block.kinds)
                yield f"  {'row headings ' if block.row_headings else ''}{kinds}".rstrip()
        case Figure() as figure:
            half = " half" if figure.width is Width.HALF else ""
            key = f" key={figure.key}" if figure.key else ""
            yield f"figure {at}{key}{half} “{plain_text(figure.alternative)}”: {words(figure.caption)}"
        case BlockQuote(blocks=inside):
            yield f"quotation {at}"
            yield from (f"  {line}" for line in _blocks(inside))
        case Box(kind=kind, title=title, blocks=inside):
            yield f"box {kind.value} {at}: {words(title)}"
            yield from (f"  {line}" for line in _blocks(inside))
        case Beside(exhibit=exhibit, blocks=inside):
            yield f"beside {at}"
            yield from (f"  {line}" for line in _blocks((exhibit, *inside)))
        case PageBreak():
            yield f"page break {at}"
        case InLanguage(language=language, blocks=inside):
            yield f"in {language} {at}"
            yield from (f"  {line}" for line in _blocks(inside))
        case Landscape(blocks=inside):
            yield f"landscape {at}"
            yield from (f"  {line}" for line in _blocks(inside))
        case _:
            assert_never(block)


def words(inlines: Inlines) -> str:
    """The inline nodes in a notation close to Markdown: ``{{name@3:7}}``, ``[words](#id)``, ``⏎``, ``(^note^)``."""
    parts: list[str] = []
    for inline in inlines:
        match inline:
            case Text(text=text):
                parts.append(text.replace("\u00a0", "⍽"))
            case LineBreak():
                parts.append("⏎")
            case Strong(children=children):
                parts.append(f"**{words(children)}**")
            case Emphasis(children=children):
                parts.append(f"*{words(children)}*")
            case Link(href=href, children=children):
                parts.append(f"[{words(children)}]({href})")
            case CrossReference(target=target, children=children, at=at):
                parts.append(f"[{words(children)}](#{target}@{_at(at)})")
            case Footnote(blocks=blocks, at=at):
                parts.append(f"(^{_at(at)} {' / '.join(_blocks(blocks))}^)")
            case Value(expression=expression, at=at):
                parts.append(f"{{{{{expression}@{_at(at)}}}}}")
            case Graphic():
                parts.append("■")
            case _:
                assert_never(inline)
    return "".join(parts)


FIXTURES = sorted((Path(__file__).parents[1] / "read" / "fixtures").glob("*.md"))


def cases() -> list[tuple[str, str, str, str]]:
    """The cases of tests/read/fixtures: name, Markdown, model, and findings."""
    found = []
    for path in FIXTURES:
        for case in path.read_text(encoding="utf-8").split("%%% case: ")[1:]:
            name, _, rest = case.partition("\n")
            markdown, _, expected = rest.partition("%%% model\n")
            model, _, diagnostics = expected.partition("%%% diagnostics\n")
            found.append((f"{path.stem}: {name}", markdown, model.rstrip("\n"), diagnostics.rstrip("\n")))
    return found


CASES = cases()
