"""What stands around a paper in a Word template, in the layouts of its PDF and web page, and what papers leave out."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import pytest
from docx.document import Document as WordDocument
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_BREAK
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.shared import Pt

from papergen import codes
from papergen.diagnostics import Diagnostics, Severity
from papergen.model.numerals import Numerals
from papergen.write.docx.heading_numerals import heading_numerals
from papergen.write.dressing import dress
from tests.support.every_node import FIELDS
from tests.support.letterheads import DRAWN, crest, describe, dressed, field, letterhead, rewritten, word_of
from tests.support.word import template

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z" fill="#123456"/></svg>'


@pytest.mark.slow
def test_a_draft_says_so_in_word_and_pdf_where_the_template_says_nothing() -> None:
    def first_page(document: WordDocument) -> None:
        document.sections[0].different_first_page_header_footer = True

    data = letterhead(first_page)
    made, found = dressed(data)
    assert made.layout.count("{{ paper.status }}") == 2
    assert [each.severity for each in found if "is a draft" in each.message] == [Severity.NOTE]
    assert word_of(data).count(">Draft</w:t>") == 2


def test_the_field_of_a_running_heading_is_that_of_each_page() -> None:
    def header(document: WordDocument) -> None:
        line = document.sections[0].header.paragraphs[0]
        field(line, ' STYLEREF "Heading 1" ')
        line.add_run("\t")
        field(line, " TITLE ")

    made, _ = dressed(letterhead(header))
    assert '<span class="running-1">' in made.layout
    assert ".heading-1 { string-set: running-1 attr(data-title) }" in made.stylesheet
    assert "{{ paper.title }}" in made.layout.partition("running-header")[2].partition("</div>")[0]
    assert "running-1" not in made.web_layout


def test_a_running_field_of_another_style_is_told() -> None:
    def header(document: WordDocument) -> None:
        field(document.sections[0].header.paragraphs[0], " STYLEREF Surname ")

    _, found = dressed(letterhead(header))
    assert [each.code for each in found if "“STYLEREF Surname”" in each.message] == [codes.TEMPLATE_LOOK]


def test_a_vector_crest_is_a_vector_in_pdf_and_page_with_its_words_or_decorative() -> None:
    def header(document: WordDocument) -> None:
        line = document.sections[0].header.paragraphs[0]
        line.add_run().add_picture(io.BytesIO(crest()), height=Pt(50))
        describe(line, "Crest of Testshire")

    blip = (
        r'\1><a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}"><asvg:svgBlip'
        r' xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="rId50"/></a:ext></a:extLst>'
        r"</a:blip>"
    )
    relation = (
        '<Relationship Id="rId50" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"'
        ' Target="media/crest.svg"/></Relationships>'
    )
    data = rewritten(letterhead(header), "word/header1.xml", (r"(<a:blip [^>]*)/>", blip))
    data = rewritten(data, "word/_rels/header1.xml.rels", ("</Relationships>", relation))
    svg = '<Default Extension="svg" ContentType="image/svg+xml"/></Types>'
    data = rewritten(data, "[Content_Types].xml", ("</Types>", svg))
    data = with_part(data, "word/media/crest.svg", SVG)
    made, found = dressed(data)
    assert [held for held, _ in made.resources.values() if b"#123456" in held] != []
    assert 'alt="Crest of Testshire"' in made.layout
    assert 'src="data:image/svg+xml;base64,' in made.web_layout
    assert not found.has_errors
    decorative = (
        r'<wp:docPr\1><a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:ext uri="{1}">'
        r'<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext>'
        r"</a:extLst></wp:docPr>"
    )
    silent, _ = dressed(rewritten(data, "word/header1.xml", (r"<wp:docPr([^>]*)/>", decorative)))
    assert "<img" not in silent.layout
    assert "background-image: url(data:image/svg+xml" in silent.web_looks


def with_part(data: bytes, name: str, held: bytes) -> bytes:
    made = io.BytesIO(data)
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr(name, held)
    return made.getvalue()


def test_a_table_of_a_letterhead_has_the_head_bands_and_room_of_its_style() -> None:
    def facts(document: WordDocument) -> None:
        table = document.add_table(rows=3, cols=2)
        table.style = document.styles["Medium Shading 1 Accent 2"]
        said_in = (("Report", "Panel"), ("Author", "A N Other"), ("Place", "Hall"))
        for row, words in zip(table.rows, said_in, strict=True):
            for cell, said in zip(row.cells, words, strict=True):
                cell.text = said

    made, _ = dressed(letterhead(facts))
    assert "background: #c0504d" in made.stylesheet
    assert "color: #ffffff" in made.stylesheet
    grounds = set(re.findall(r"own-cell-\d+ \{[^}]*background: (#\w+)", made.stylesheet))
    assert len(grounds) == 2  # the head's, and that of every second row
    assert "own-cell" in made.web_looks


def test_a_text_box_stands_at_its_side_in_its_own_colour() -> None:
    drawn = (
        f'<w:r {DRAWN}><w:drawing><wp:anchor behindDoc="0"><wp:positionH relativeFrom="column"><wp:posOffset>3800000'
        '</wp:posOffset></wp:positionH><wp:extent cx="1800000" cy="900000"/><wp:docPr id="9" name="Box"/><a:graphic>'
        '<a:graphicData><wps:wsp><wps:spPr><a:solidFill><a:schemeClr val="accent1"><a:lumMod val="20000"/>'
        '<a:lumOff val="80000"/></a:schemeClr></a:solidFill></wps:spPr><wps:txbx><w:txbxContent><w:p><w:pPr><w:numPr>'
        '<w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>Shire Hall</w:t></w:r></w:p>'
        "</w:txbxContent>"
        "</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
    )
    made, found = dressed(
        letterhead(lambda document: document.sections[0].header.paragraphs[0]._p.append(parse_xml(drawn)))
    )
    row = made.layout.partition("shell-row")[2].partition("Shire Hall")
    assert row[0].count("shell-cell") == 2
    assert "background: #dce6f2" in made.stylesheet or "background: #dbe5f1" in made.stylesheet
    assert not [each for each in found if each.code is codes.TEMPLATE_ACCESS]


def columns(document: WordDocument) -> None:
    section = document.add_section(WD_SECTION.CONTINUOUS)
    section._sectPr.xpath("./w:cols")[0].set(qn("w:num"), "2")


def watermark(document: WordDocument) -> None:
    shape = f'<w:r {DRAWN}><w:pict><v:shape id="x"><v:textpath string="CONFIDENTIAL"/></v:shape></w:pict></w:r>'
    document.sections[0].header.paragraphs[0]._p.append(parse_xml(shape))


def contents(document: WordDocument) -> None:
    document.add_paragraph("Contents")
    field(document.add_paragraph(), ' TOC \\o "1-3" ')


def unfilled(document: WordDocument) -> None:
    control = (
        f"<w:sdt {W}><w:sdtPr><w:showingPlcHdr/><w:date/></w:sdtPr>"
        "<w:sdtContent><w:p><w:r><w:t>[Date]</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    document.element.body.insert(1, parse_xml(control))


def lines(document: WordDocument) -> None:
    document.sections[0]._sectPr.insert(0, parse_xml(f'<w:lnNumType {W} w:countBy="5"/>'))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "told", "gone"),
    [
        (columns, "The columns of the text are left out", 'w:num="2"'),
        (watermark, "The watermark “CONFIDENTIAL” is left out", "CONFIDENTIAL"),
        (contents, "A list of contents is left out", "TOC"),
        (unfilled, "“[Date]”, is the date of the meeting", "[Date]"),
        (lines, "The numbers of lines are left out", "lnNumType"),
    ],
)
def test_what_word_alone_would_print_is_left_out_and_told(
    change: Callable[[WordDocument], None], told: str, gone: str
) -> None:
    data = letterhead(change)
    made, found = dressed(data)
    assert [each.code for each in found if told in each.message] == [codes.TEMPLATE_LEFT_OUT]
    assert gone not in word_of(data)
    assert gone not in made.layout + made.web_layout


def test_pages_end_where_those_of_word_do() -> None:
    def cover(document: WordDocument) -> None:
        document.add_paragraph("Cover").add_run().add_break(WD_BREAK.PAGE)
        document.add_paragraph("Second page")
        document.add_section(WD_SECTION.NEW_PAGE)

    made, _ = dressed(letterhead(cover))
    assert made.layout.count("page-break") == 2


def test_headings_count_in_the_numerals_of_the_template() -> None:
    assert heading_numerals(template()) == (Numerals.FIGURES,) * 9
    roman = (
        r'(<w:lvl w:ilvl="0"(?:(?!</w:lvl>).)*?<w:numFmt w:val=")decimal("/>(?:(?!</w:lvl>).)*?w:lvlText w:val="%1\.)'
    )
    counted = rewritten(template(), "word/numbering.xml", (roman, r"\1upperRoman\2"))
    assert Numerals.ROMAN_CAPITALS in heading_numerals(counted)[:1]
    assert heading_numerals(b"no file") == ()


def test_what_is_wrong_is_told_with_its_paragraph() -> None:
    def fields(document: WordDocument) -> None:
        field(document.add_paragraph("Our file "), " FILENAME ")

    found = Diagnostics()
    made = dress("templates/a.docx", letterhead(fields), fields={**FIELDS}, fonts={}, diagnostics=found)
    assert made is None
    told = [each.message for each in found if each.severity is Severity.ERROR]
    field_told = "In the body paragraph “Our file 1”, the template has the field “FILENAME”, which would"
    assert told == [f"{field_told} change or fetch something by itself."]
    made = dress("a.docx", letterhead(box), fields=FIELDS, fonts={}, diagnostics=found)
    assert made is None
    assert "In the body paragraph “Signed ☐”, “☐” (U+2610) is in no font of the PDF." in [
        each.message for each in found
    ]


def box(document: WordDocument) -> None:
    document.add_paragraph("Signed ☐")


def test_the_text_of_each_page_begins_below_its_own_header() -> None:
    def tall_first_page(document: WordDocument) -> None:
        section = document.sections[0]
        section.different_first_page_header_footer = True
        for number in range(8):
            section.first_page_header.add_paragraph(f"Line {number} of the address")
        section.header.paragraphs[0].text = "Harbour Council"

    styles = dressed(letterhead(tall_first_page))[0].stylesheet
    every = re.search(r"@page { size: [\d.]+pt [\d.]+pt; margin: ([\d.]+)pt", styles)
    own = re.search(r"@page :first { margin-top: ([\d.]+)pt", styles)
    assert every is not None
    assert own is not None
    assert float(every[1]) < 80  # that of the page, of an inch, with its one line and the word “Draft”
    assert float(own[1]) > 150


def test_what_a_tab_parts_stands_apart_on_the_web_page() -> None:
    def parted(document: WordDocument) -> None:
        document.add_paragraph("Report of the Chief Executive\tFor decision")

    layout = dressed(letterhead(parted))[0].web_layout
    assert '<p class="normal tabbed"><span>Report of the Chief Executive</span> <span' in layout
