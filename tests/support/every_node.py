"""A small paper that has every kind of node of the model at least once."""

from __future__ import annotations

import hashlib
import io
from datetime import date

from PIL import Image

from papergen.data.targets import Rating
from papergen.diagnostics import Span
from papergen.exhibits.pieces.small import rating_mark, trend_line
from papergen.model.nodes import (
    Alignment,
    Beside,
    Block,
    BlockQuote,
    Box,
    BoxKind,
    CrossReference,
    Emphasis,
    Figure,
    Footnote,
    HeadBand,
    InLanguage,
    Inline,
    Landscape,
    LineBreak,
    Link,
    List,
    ListItem,
    Marks,
    PageBreak,
    Paper,
    PaperKind,
    Paragraph,
    Picture,
    RowKind,
    Section,
    Strong,
    Table,
    Text,
    Value,
    Width,
)
from papergen.model.numerals import Numerals

FIELDS = {
    "panel.name": "Testshire Police and Crime Panel",
    "panel.host_authority": "Testshire County Council",
    "panel.force": "Testshire Police",
    "panel.commissioner": "Police and Crime Commissioner for Testshire",
    "panel.pcc": "PCC",
    "panel.report_of": "Chief Executive",
    "panel.policing_areas": "North and South",
    "panel.most_similar_group": "Eastshire and Westshire",
    "plan.title": "Police and Crime Plan for Testshire",
    "plan.starts": "1 April 2013",
    "plan.ends": "31 March 2017",
    "plan.varied": "March 2014 and July 2015",
    "meeting.date": "2 February 2016",
    "meeting.period": "1 October to 31 December 2015",
    "meeting.period.starts": "1 October 2015",
    "meeting.period.ends": "31 December 2015",
    "meeting.period.quarter": "third quarter of 2015/16",
    "meeting.previous": "December 2015",
    "meeting.report_title": "Monitoring report of A&E <28 days",
    "meeting.agenda_item": "7",
    "meeting.first_page": "",
    "paper.title": "Monitoring report of A&E <28 days",
    "paper.name": "Panel report",
    "paper.status": "Draft",
    "words.page": "Page",
    "words.of": "of",
    "words.report_of": "Report of the",
    "words.agenda_item": "Agenda item",
    "words.meeting_of": "Meeting of",
    "words.to_top": "Back to the top",
    "words.host": "Testshire County Council is its host authority.",
    "paper.source_note": "",
    "paper.report_of": "Chief Executive",
    "paper.author": "",
    "paper.agenda_item": "7",
    "paper.head": "",
}


def words(text: str) -> tuple[Inline, ...]:
    return (Text(text=text),)


def paragraph(*inlines: Inline | str) -> Paragraph:
    return Paragraph(inlines=tuple(Text(text=part) if isinstance(part, str) else part for part in inlines))


def picture(width: int = 300, height: int = 150, colour: str = "#1F3864") -> Picture:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(buffer, "PNG")
    data = buffer.getvalue()
    return Picture(
        path="content/2016-02-02/images/plain.png",
        media_type="image/png",
        pixel_width=width,
        pixel_height=height,
        sha256=hashlib.sha256(data).hexdigest(),
        data=data,
    )


def table(key: str, number: int, caption: str, columns: int = 3) -> Table:
    rows = [tuple(words(f"Cell {row}.{column}") for column in range(1, columns + 1)) for row in range(1, 4)]
    rows[-1] = (*rows[-1][:-1], (rating_mark(Rating.MET), *rows[-1][-1], trend_line([1, 3, 2], "Line from 1 to 2")))
    return Table(
        header=tuple(words(f"Column {column}") for column in range(1, columns + 1)),
        rows=tuple(rows),
        alignments=(Alignment.LEFT, *[Alignment.RIGHT] * (columns - 2), Alignment.CENTRE),
        caption=words(caption),
        number=number,
        key=key,
    )


def paper_of(*blocks: Block, **changes: object) -> Paper:
    """A paper of one section that holds ``blocks``."""
    section = Section(
        title=words("Only section"), level=1, blocks=blocks, key="only-section", number="1", label="section 1"
    )
    settings: dict[str, object] = {
        "name": "panel-report",
        "kind": PaperKind.REPORT,
        "title": FIELDS["paper.title"],
        "template": "panel-report",
        "fields": dict(FIELDS),
        "sections": (section,),
        "issued": date(2016, 2, 2),
        "author": "Testshire County Council",
    }
    return Paper(**(settings | changes))  # type: ignore[arg-type]


def every_node_paper(**changes: object) -> Paper:
    """The paper, with any of its fields replaced by ``changes``."""
    first = Section(
        title=words("Text and lists"),
        level=1,
        key="text-and-lists",
        number="1",
        label="section 1",
        blocks=(
            Box(kind=BoxKind.AIM, blocks=(paragraph("Aim: to protect people from harm"),)),
            Box(
                kind=BoxKind.SIGNS,
                title=words("Signs of improvement would be"),
                blocks=(
                    List(
                        ordered=False,
                        items=(
                            ListItem(blocks=(paragraph("Increased reporting"),)),
                            ListItem(blocks=(paragraph("Sustained satisfaction"),)),
                        ),
                    ),
                ),
            ),
            paragraph(
                "Hereford’s A&E saw <28 days, £452,000, ‘no crimed’ and {{ braces }} or {_{ these }_}; ",
                Strong(children=words("bold")),
                ", ",
                Emphasis(children=(Text(text="italic "), Strong(children=words("and both")))),
                ", a\u00a0non-breaking space – and dashes —",
                LineBreak(),
                "on a new line, ",
                Link(href="https://example.org/a?b=1&c=2", children=words("a link")),
                ", ",
                Value(
                    text="31\u00a0December 2015",
                    expression="meeting.period.ends",
                    at=Span("content/a.md", 3, 1),
                    sources=(Span("content/2016-02-02/meeting.yaml", 4, 7),),
                ),
                ", ",
                CrossReference(target="money", label="section 2"),
                ", ",
                CrossReference(target="sums", label="Table 1"),
                ", ",
                CrossReference(target="plain", children=words("the plain picture"), label="Figure 1"),
                " and ",
                CrossReference(target="appendix-a", label="Appendix A", paper="appendix-a"),
                ".",
                Footnote(number=1, blocks=(paragraph("The first ", Strong(children=words("note")), "."),)),
            ),
            List(
                ordered=False,
                items=(
                    ListItem(
                        blocks=(
                            paragraph("First bullet"),
                            List(
                                ordered=True,
                                items=(
                                    ListItem(blocks=(paragraph("Nested one"),)),
                                    ListItem(
                                        blocks=(
                                            paragraph("Nested two"),
                                            List(
                                                ordered=False, items=(ListItem(blocks=(paragraph("Deepest bullet"),)),)
                                            ),
                                        )
                                    ),
                                ),
                            ),
                        )
                    ),
                    ListItem(blocks=(paragraph("Second bullet"), paragraph("with a second paragraph"))),
                ),
            ),
            List(
                ordered=True,
                items=(ListItem(blocks=(paragraph("One"),)), ListItem(blocks=(paragraph("Two"),))),
            ),
            List(ordered=True, start=5, items=(ListItem(blocks=(paragraph("Five"),)),)),
            Paragraph(inlines=words("A numbered paragraph:"), number="1.1", label="paragraph 1.1", key="numbered"),
            List(
                ordered=True,
                start=2,
                marks=Marks(numerals=Numerals.LETTERS),
                items=(
                    ListItem(blocks=(paragraph("Lettered"),), label="paragraph 1.1(b)", key="lettered"),
                    ListItem(
                        blocks=(
                            paragraph("With Roman numerals"),
                            List(
                                ordered=True,
                                marks=Marks(numerals=Numerals.ROMAN, both_brackets=False),
                                items=(ListItem(blocks=(paragraph("inside"),)),),
                            ),
                        )
                    ),
                ),
            ),
            Box(
                kind=BoxKind.RECOMMENDATIONS,
                title=words("Recommendations"),
                blocks=(
                    paragraph("The Panel is asked to ", CrossReference(target="lettered", label="paragraph 1.1(b)")),
                    List(ordered=True, items=(ListItem(blocks=(paragraph("note it"),), label="recommendation 1"),)),
                ),
            ),
            BlockQuote(blocks=(paragraph("Quoted words."), paragraph("And more of them."))),
            Box(kind=BoxKind.NOTE, title=words("A note"), blocks=(paragraph("Mind this."), paragraph("And this."))),
        ),
        sections=(
            Section(
                title=words("Objective 1 – To try everything"),
                level=2,
                key="everything",
                label="Objective 1",
                blocks=(paragraph("Under the objective.", Footnote(number=2, blocks=(paragraph("Second note."),))),),
                sections=(
                    Section(
                        title=words("Third level"),
                        level=3,
                        key="third",
                        language="cy",
                        blocks=(paragraph("Deep down."),),
                    ),
                ),
            ),
        ),
    )
    second = Section(
        title=(Text(text="Money & "), Emphasis(children=words("pictures"))),
        level=1,
        key="money",
        number="2",
        label="section 2",
        blocks=(
            table("sums", 1, "Sums of A&E"),
            Table(
                header=(words("Service"), words("Budget"), words("Actual"), words("Change")),
                bands=(HeadBand(words=(), columns=1), HeadBand(words=words("Revenue"), columns=3)),
                rows=(
                    (words("People"), (), (), ()),
                    (words("Care"), words("£5"), words("£6"), words("20%")),
                    (words("All"), words("£5"), words("£6"), words("20%")),
                ),
                alignments=(Alignment.LEFT, *[Alignment.RIGHT] * 3),
                row_headings=True,
                kinds=(RowKind.SECTION, RowKind.BODY, RowKind.TOTAL),
                key="banded",
            ),
            Table(
                header=((), ()),
                rows=((words("Clerk"), words("01632 960 123")), (words("Chair"), words("01632 960 124"))),
                alignments=(Alignment.LEFT, Alignment.LEFT),
                headless=True,
                row_headings=True,
                key="headless",
            ),
            paragraph("A picture follows."),
            Figure(
                picture=picture(),
                alternative=words("A plain box"),
                caption=words("A plain box"),
                number=1,
                key="plain",
            ),
            Figure(picture=picture(80, 20, "#888888"), alternative=()),
            Beside(
                exhibit=Figure(
                    picture=picture(),
                    alternative=words("A half box"),
                    caption=words("A half box"),
                    width=Width.HALF,
                    number=2,
                    key="half",
                ),
                blocks=(paragraph("Text that stands beside the picture."), paragraph("More of it.")),
            ),
            Beside(exhibit=table("small", 2, "A small table", 2), blocks=(paragraph("Text beside the table."),)),
            InLanguage(
                language="cy",
                blocks=(
                    paragraph("Crynodeb yn Gymraeg, gyda ", Strong(children=words("geiriau amlwg")), "."),
                    List(ordered=False, items=(ListItem(blocks=(paragraph("pwynt"),)),)),
                ),
            ),
            paragraph("Before the break."),
            PageBreak(),
            paragraph("After the break."),
            Landscape(blocks=(paragraph("A wide table follows."), table("wide", 3, "A wide table", 8))),
            paragraph("Upright again."),
        ),
    )
    settings: dict[str, object] = {"sections": (first, second), "contents_depth": 2}
    return paper_of(**(settings | changes))
