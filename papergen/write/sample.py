"""A paper that shows every style that papers have, for a look at a template."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from datetime import date

from papergen.model.nodes import (
    Alignment,
    Block,
    BlockQuote,
    Box,
    BoxKind,
    CrossReference,
    Emphasis,
    Figure,
    Footnote,
    HeadBand,
    HeadLine,
    Inline,
    Inlines,
    Link,
    List,
    ListItem,
    Paper,
    PaperKind,
    Paragraph,
    Picture,
    RowKind,
    Section,
    Strong,
    Table,
    Text,
)

_BARS = (36, 58, 44, 70, 52, 64)


def sample_paper(template: str, fields: Mapping[str, str]) -> Paper:
    """The paper in a template, with the words of the workspace in its fields."""
    title = "How this template looks"
    fifth = Section(title=_text("A heading of the fifth level"), level=5, key="fifth", blocks=(_words("Its words."),))
    fourth = Section(title=_text("A heading of the fourth level"), level=4, key="fourth", sections=(fifth,))
    quote = BlockQuote(blocks=(_words("Words that somebody else wrote or said."),))
    bullets = _list("an item of a list", "an item within it", "and one within that", ordered=False)
    numbers = _list("a numbered step", "a step within it", "and one within that", ordered=True)
    deep = Section(
        title=_text("A heading of the third level"), level=3, key="third", blocks=(quote,), sections=(fourth,)
    )
    second = Section(
        title=_text("A heading of the second level"),
        level=2,
        number="1.1",
        key="second",
        blocks=(bullets, numbers, _box(BoxKind.NOTE, "A note"), _box(BoxKind.SIGNS, "Signs of improvement")),
        sections=(deep,),
    )
    first = Section(
        title=_text("A heading of the first level"),
        level=1,
        number="1",
        label="section 1",
        key="first",
        blocks=(Box(kind=BoxKind.AIM, blocks=(_words("Aim: a banner"),)), _prose()),
        sections=(second,),
    )
    exhibits = Section(
        title=_text("Tables and figures"),
        level=1,
        number="2",
        label="section 2",
        key="exhibits",
        blocks=(_table(), _words("Words after a table."), _figure(), _box(BoxKind.RECOMMENDATIONS, "Recommendations")),
    )
    return Paper(
        name=f"{template}-preview",
        kind=PaperKind.REPORT,
        title=title,
        template=template,
        fields={**fields, "paper.title": title, "paper.name": fields.get("paper.name") or "Preview"},
        sections=(first, exhibits),
        head=(HeadLine(label="Contact officer", words=_text("A line of facts at the head")),),
        contents_depth=4,
        issued=date(2000, 1, 1),
        author=fields.get("panel.name", ""),
    )


def _text(words: str) -> Inlines:
    return (Text(text=words),)


def _words(*inlines: Inline | str) -> Paragraph:
    return Paragraph(inlines=tuple(Text(text=each) if isinstance(each, str) else each for each in inlines))


def _prose() -> Paragraph:
    note = Footnote(number=1, blocks=(_words("A note at the foot of the page."),))
    return _words(
        "This is the text of a paper. Words can be ",
        Strong(children=_text("strong")),
        " or ",
        Emphasis(children=_text("stressed")),
        ", and lead to ",
        Link(href="https://www.example.org/", children=_text("an address")),
        ", to ",
        CrossReference(target="exhibits", label="section 2"),
        " or to a note.",
        note,
    )


def _item(words: str, *blocks: Block) -> ListItem:
    return ListItem(blocks=(_words(words), *blocks))


def _list(words: str, *inside: str, ordered: bool) -> List:
    """A list in a list in a list, each with an item that goes on in a second paragraph."""
    deeper = (_list(inside[0], *inside[1:], ordered=ordered),) if inside else ()
    return List(ordered=ordered, items=(_item(words, _words("which goes on below."), *deeper),))


def _box(kind: BoxKind, title: str) -> Box:
    held = (_small_table(), _words("Words after a table of a box.")) if kind is BoxKind.NOTE else ()
    items = List(ordered=False, items=(_item("an item of a box"), _item("another item")))
    return Box(kind=kind, title=_text(title), blocks=(_words("The words of a box."), items, *held))


def _small_table() -> Table:
    return Table(
        header=(_text("A table in a box"), _text("Cases")),
        rows=((_text("North"), _text("1,204")), (_text("South"), _text("968"))),
        alignments=(Alignment.LEFT, Alignment.RIGHT),
    )


def _table() -> Table:
    rows = {
        ("Towns", "", "", ""): RowKind.SECTION,
        ("North", "1,204", "98%", "yes"): RowKind.BODY,
        ("South", "968", "95%", "no"): RowKind.BODY,
        ("All", "2,172", "97%", "–"): RowKind.TOTAL,
    }
    return Table(
        header=tuple(map(_text, ("Area", "Cases", "Answered", "On time"))),
        rows=tuple(tuple(map(_text, row)) for row in rows),
        kinds=tuple(rows.values()),
        bands=(HeadBand(words=(), columns=1), HeadBand(words=_text("In the quarter"), columns=3)),
        row_headings=True,
        alignments=(Alignment.LEFT, Alignment.RIGHT, Alignment.RIGHT, Alignment.CENTRE),
        caption=_text("Cases by area"),
        number=1,
        key="cases",
    )


def _figure() -> Figure:
    return Figure(
        picture=_chart(),
        alternative=_text("Six bars of different heights."),
        caption=_text("Cases by month"),
        note=_text("Source: a note below a figure."),
        number=1,
        key="months",
    )


def _chart() -> Picture:
    from PIL import Image, ImageDraw

    width, height = 900, 200
    image = Image.new("RGB", (width, height), "#ffffff")
    draw = ImageDraw.Draw(image)
    for number, high in enumerate(_BARS):
        left = 30 + number * 145
        draw.rectangle((left, height - 20 - high * 2, left + 90, height - 20), fill="#5b6b82")
    made = io.BytesIO()
    image.save(made, "PNG")
    data = made.getvalue()
    return Picture(
        path="preview.png",
        media_type="image/png",
        pixel_width=width,
        pixel_height=height,
        sha256=hashlib.sha256(data).hexdigest(),
        data=data,
    )
