"""Six Word files of bodies that never heard of papergen, as unlike each other as letterheads are."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import fontpkg_arimo
from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw

from papergen.diagnostics import Diagnostics
from papergen.write.docx.writer import write_docx
from papergen.write.docx.xml import PARAGRAPH_ORDER, put
from papergen.write.dress import Dress
from papergen.write.dressing import dress
from tests.support.every_node import FIELDS, paper_of, paragraph

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SAMPLE = "The report begins here, and this sentence is only sample text that nobody wants to publish, ever."


def crest(colour: str = "#7a1f3d") -> bytes:
    """A shield."""
    picture = Image.new("RGB", (160, 180), "#ffffff")
    ImageDraw.Draw(picture).polygon([(10, 10), (150, 10), (150, 110), (80, 170), (10, 110)], fill=colour)
    made = io.BytesIO()
    picture.save(made, "PNG")
    return made.getvalue()


def describe(paragraph: Paragraph, words: str) -> None:
    """Give the picture of a paragraph its alternative text."""
    for described in paragraph._p.iter(qn("wp:docPr")):
        described.set("descr", words)


def shade(properties: BaseOxmlElement, fill: str) -> None:
    """Set what holds ``properties`` on a ground."""
    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:fill"), fill)
    properties.append(shading)


def field(paragraph: Paragraph, code: str) -> None:
    """Add a field with its result."""
    for piece in (
        '<w:fldChar w:fldCharType="begin"/>',
        f"<w:instrText>{code}</w:instrText>",
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>1</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    ):
        paragraph._p.append(parse_xml(f"<w:r {W}>{piece}</w:r>"))


def saved(document: WordDocument) -> bytes:
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def font(document: WordDocument, name: str, size: float) -> None:
    """The font of a document, and no theme's."""
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = name, Pt(size)
    for fonts in document.styles.element.iter(qn("w:rFonts")):
        for each in [key for key in fonts.attrib if "Theme" in str(key)]:
            del fonts.attrib[each]
        fonts.set(qn("w:ascii"), name)
        fonts.set(qn("w:hAnsi"), name)


def with_crest() -> bytes:
    """A council's letterhead: crest, marking, address, lines for who and when, and a letter as sample text."""
    document = Document()
    font(document, "Calibri", 12)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(30)
    heading = document.styles["Heading 1"]
    heading.font.color.rgb, heading.font.size = RGBColor(0x7A, 0x1F, 0x3D), Pt(17)
    first = section.header.paragraphs[0]
    first.add_run().add_picture(io.BytesIO(crest()), height=Pt(54))
    describe(first, "Crest of Testshire County Council")
    marking = section.header.add_paragraph()
    marking.alignment = WD_ALIGN_PARAGRAPH.CENTER
    marking.add_run("NOT PROTECTIVELY MARKED").bold = True
    footer = section.footer.paragraphs[0]
    footer.text = "County Hall, Testford TS1 1AA\tPage "
    field(footer, "PAGE")
    for words in ("To:\tThe Police and Crime Panel", "From:\tThe Chief Executive", "Date:\t1 January 2015"):
        line = document.add_paragraph(words)
        line.paragraph_format.tab_stops.add_tab_stop(Mm(25))
    document.add_paragraph("")
    document.add_paragraph("Our report", style="Heading 1")
    document.add_paragraph("Dear members,")
    document.add_paragraph(SAMPLE)
    return saved(document)


def google_like() -> bytes:
    """What Google Docs exports: direct formatting, few styles, no notes, lists, theme or settings."""
    styles = (
        f'<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial"/>'
        '<w:sz w:val="22"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:line="276" w:lineRule="auto"/>'
        '</w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
        '<w:name w:val="normal"/></w:style><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/>'
        '<w:basedOn w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="400" w:after="120"/>'
        '<w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:color w:val="0B6E4F"/><w:sz w:val="40"/></w:rPr></w:style>'
        "</w:styles>"
    )
    body = (
        f'<w:document {W}><w:body><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:b/><w:color w:val="0B6E4F"/>'
        '<w:sz w:val="28"/></w:rPr><w:t>Panel Secretariat</w:t></w:r></w:p>'
        '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>'
        f"<w:r><w:t>Report title</w:t></w:r></w:p><w:p><w:r><w:t>{SAMPLE}</w:t></w:r></w:p>"
        '<w:sectPr><w:pgSz w:w="11909" w:h="16834"/><w:pgMar w:top="1440" w:right="1080" w:bottom="1440" w:left="1080"'
        ' w:header="720" w:footer="720"/></w:sectPr></w:body></w:document>'
    )
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml"'
        ' ContentType="application/xml"/>'
        + "".join(
            f'<Override PartName="/word/{part}.xml" ContentType="application/vnd.openxmlformats-officedocument'
            f'.wordprocessingml.{kind}+xml"/>'
            for part, kind in (("document", "document.main"), ("styles", "styles"))
        )
        + "</Types>"
    )
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    rels = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", types)
        to_document = f'<Relationship Id="rId1" Type="{office}/officeDocument" Target="word/document.xml"/>'
        archive.writestr("_rels/.rels", rels.format(to_document))
        to_styles = f'<Relationship Id="rId1" Type="{office}/styles" Target="styles.xml"/>'
        archive.writestr("word/_rels/document.xml.rels", rels.format(to_styles))
        archive.writestr("word/document.xml", body)
        archive.writestr("word/styles.xml", styles)
    return made.getvalue()


def dark_band() -> bytes:
    """A dark band with the title in white, teal headings, and tables with a dark head."""
    document = Document()
    font(document, "Arial", 10.5)
    for name in ("Heading 1", "Heading 2"):
        document.styles[name].font.color.rgb = RGBColor(0x00, 0x6D, 0x77)
    table = document.add_table(rows=1, cols=1)
    cell = table.rows[0].cells[0]
    shade(cell._tc.get_or_add_tcPr(), "12263A")
    title = cell.paragraphs[0]
    title.style = document.styles["Title"]
    for border in list(document.styles["Title"].element.iter(qn("w:pBdr"))):
        border.getparent().remove(border)
    run = title.add_run("Title of the report")
    run.font.color.rgb = RGBColor(0xFF, 0xFF, 0xFF)
    line = cell.add_paragraph()
    words = line.add_run("Office of the Police and Crime Commissioner")
    words.font.color.rgb = RGBColor(0xFF, 0xFF, 0xFF)
    document.add_paragraph("[Insert the text of the report here]")
    footer = document.sections[0].footer.paragraphs[0]
    footer.text = "OPCC Testshire\t\t"
    field(footer, "PAGE")
    return saved(document)


def serif() -> bytes:
    """A serif face, justified text, a centred title and numbered headings of the house's own list."""
    document = Document()
    font(document, "Georgia", 12)
    document.styles["Normal"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        f'<w:lvlText w:val="{".".join(f"%{each + 1}" for each in range(level + 1))}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{720 + 200 * level}" w:hanging="{720 + 200 * level}"/></w:pPr></w:lvl>'
        for level in range(9)
    )
    numbering = document.part.numbering_part.element
    abstract = parse_xml(
        f'<w:abstractNum {W} w:abstractNumId="77"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    )
    numbering.insert(0, abstract)
    numbering.append(parse_xml(f'<w:num {W} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for level in (1, 2, 3):
        style = document.styles[f"Heading {level}"]
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT
        properties = style.element.get_or_add_pPr()
        listed = parse_xml(f'<w:numPr {W}><w:ilvl w:val="{level - 1}"/><w:numId w:val="77"/></w:numPr>')
        put(properties, listed, PARAGRAPH_ORDER)
    title = document.styles["Title"]
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.font.color.rgb = RGBColor(0, 0, 0)
    header = document.sections[0].header.paragraphs[0]
    header.text = "Testshire Police and Crime Panel"
    header.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_paragraph("Report title", style="Title")
    document.add_paragraph("Introduction", style="Heading 1")
    document.add_paragraph(SAMPLE)
    return saved(document)


def landscape_first() -> bytes:
    """A title page on its side, and the report on upright pages after it."""
    document = Document()
    font(document, "Verdana", 11)
    document.styles["Heading 1"].font.color.rgb = RGBColor(0x4B, 0x2E, 0x83)
    document.add_paragraph("Annual report", style="Title")
    document.add_paragraph("Of the Police and Crime Panel")
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    upright = document.add_section(WD_SECTION.NEW_PAGE)
    upright.orientation, upright.page_width, upright.page_height = WD_ORIENT.PORTRAIT, Mm(210), Mm(297)
    document.add_paragraph("Start text here")
    upright.footer.is_linked_to_previous = False
    field(upright.footer.paragraphs[0], "PAGE")
    return saved(document)


def old_word() -> bytes:
    """What a Word of 2003 saved: a cover, a border around pages, a frame, drawn lines, signs and a list in a box."""
    document = Document()
    font(document, "Arial", 11)
    document.styles["Heading 1"].font.color.rgb = RGBColor(0x00, 0x33, 0x66)
    body, frame = document.element.body, '<w:framePr w:w="3000" w:hAnchor="page" w:x="8000"/>'
    side = '<w:{} w:val="single" w:sz="12" w:space="24" w:color="003366"/>'
    sides = "".join(map(side.format, ("top", "left", "bottom", "right")))
    line = '<v:line from="0,0" to="450pt,0" strokecolor="navy" strokeweight="2pt"/>'
    drawn = 'xmlns:v="urn:schemas-microsoft-com:vml"'
    document.add_paragraph("A cover of the Shire")
    upright = document.add_section(WD_SECTION.NEW_PAGE)
    for words in ("Shire Hall", "Oldford OF1 1AA"):
        placed = f"<w:p {W}><w:pPr>{frame}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"
        body.insert(len(body) - 1, parse_xml(placed))
    sign = '<w:sym w:font="Wingdings" w:char="F0FE"/>'
    body.insert(len(body) - 1, parse_xml(f"<w:p {W}><w:r>{sign}<w:t xml:space='preserve'> Open</w:t></w:r></w:p>"))
    box = document.add_table(rows=1, cols=1)
    box.style = document.styles["Table Grid"]
    box.cell(0, 0).text = "This report asks the panel to"
    for words in ("note it", "agree it"):
        box.cell(0, 0).add_paragraph(words, style="List Bullet")
    document.add_paragraph("Purpose", style="Heading 1")
    document.add_paragraph(SAMPLE)
    header = upright.header
    header.is_linked_to_previous = False
    header.paragraphs[0].text = "Oldshire Authority"
    header._element.append(parse_xml(f"<w:p {W}><w:r><w:pict {drawn}>{line}</w:pict></w:r></w:p>"))
    borders = parse_xml(f'<w:pgBorders {W} w:offsetFrom="page">{sides}</w:pgBorders>')
    upright._sectPr.insert(len(upright._sectPr) - 2, borders)
    return saved(document)


LETTERHEADS: dict[str, Callable[[], bytes]] = {
    "crest": with_crest,
    "google": google_like,
    "band": dark_band,
    "serif": serif,
    "landscape": landscape_first,
    "old": old_word,
}


def part_of(data: bytes, name: str) -> str:
    """The text of one part of a Word file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def rewritten(data: bytes, part: str, *changes: tuple[str, str]) -> bytes:
    """A Word file with one part changed by patterns, each of which must match."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            if name == part:
                words = text.decode()
                for old, new in changes:
                    words, count = re.subn(old, new, words, flags=re.DOTALL)
                    assert count, old
                text = words.encode()
            target.writestr(name, text)
    return made.getvalue()


DRAWN = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)


def letterhead(change: Callable[[WordDocument], None]) -> bytes:
    """A template with a title and the place of the body, changed."""
    document = Document()
    document.add_paragraph("{{ paper.title }}", style="Title")
    change(document)
    document.add_paragraph("{{p body }}")
    return saved(document)


def dressed(data: bytes) -> tuple[Dress, Diagnostics]:
    """What a draft wears that is set with a template, and what was found."""
    found = Diagnostics()
    made = dress("templates/a.docx", data, fields={**FIELDS, "paper.status": "Draft"}, fonts={}, diagnostics=found)
    assert made is not None, [str(each) for each in found]
    return made, found


def word_of(data: bytes) -> str:
    """The body and the headers of a draft that is written with a template."""
    paper = paper_of(paragraph("It fell."), fields={**FIELDS, "paper.status": "Draft"})
    made = write_docx(paper, template=data, page_of={}, pages=1, diagnostics=Diagnostics())
    assert made is not None
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        names = [name for name in archive.namelist() if name.startswith(("word/document.xml", "word/header"))]
        return "".join(archive.read(name).decode() for name in names)


NEW_FONT = "Council Sans"


@cache
def own_font(rights: int = 0) -> bytes:
    """A font of the body's own: papergen's under another name."""
    with TTFont(Path(fontpkg_arimo.ROOT) / "files" / "Arimo[wght].ttf") as font:
        for record in font["name"].names:
            if record.nameID in (1, 16):
                record.string = NEW_FONT
        font["OS/2"].fsType = rights
        made = io.BytesIO()
        font.save(made)
    return made.getvalue()
