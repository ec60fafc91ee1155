"""One look: what a clerk changes in a Word template changes the Word file, the PDF and the web page alike."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from dataclasses import dataclass, replace
from functools import cache

import docx
import pikepdf
import pypdfium2
import pytest
from docx.shared import Mm, Pt, RGBColor
from fontTools.ttLib import TTFont
from PIL.Image import Image

from papergen import codes
from papergen.diagnostics import Diagnostics, Severity
from papergen.model.nodes import Paper, Section
from papergen.write.docx.writer import write_docx
from papergen.write.dress import Dress
from papergen.write.dressing import dress
from papergen.write.pdf.writer import LaidOut, lay_out
from papergen.write.web import WrittenPapers, write_page
from tests.support.every_node import FIELDS, paper_of, paragraph, table, words
from tests.support.letterheads import NEW_FONT, crest, describe, own_font, part_of, rewritten
from tests.support.setting import set_pages
from tests.support.word import changed, template

NAME = "templates/panel-report.docx"


@dataclass(frozen=True)
class Editions:
    """A paper in its three editions, the dress of two of them, and what was found."""

    word: docx.document.Document
    word_data: bytes
    pdf: bytes
    pages: LaidOut
    page: str
    dress: Dress
    found: Diagnostics


def paper() -> Paper:
    section = Section(
        title=words("Burglary"),
        level=1,
        number="1",
        key="burglary",
        blocks=(paragraph("It fell."), table("cases", 1, "Cases")),
    )
    return paper_of(sections=(section,))


def restyled() -> bytes:
    """papergen's template as a clerk changed it in Word: heading, table head, font, margins and a crest."""
    document = docx.Document(io.BytesIO(template()))
    heading = document.styles["Heading 1"]
    heading.font.color.rgb, heading.font.size, heading.font.italic = RGBColor(0x8A, 0x0F, 0x3C), Pt(19), True
    document.styles["Normal"].font.name = NEW_FONT
    section = document.sections[0]
    section.left_margin = section.right_margin = Mm(35)
    header = section.first_page_header.paragraphs[0].insert_paragraph_before()
    header.add_run().add_picture(io.BytesIO(crest()), height=Pt(40))
    describe(header, "Crest of Testshire")
    made = io.BytesIO()
    document.save(made)
    return rewritten(made.getvalue(), "word/styles.xml", (r'w:fill="EEF1F6"/><w:vAlign', 'w:fill="F7D9E3"/><w:vAlign'))


def written(data: bytes, fonts: dict[str, bytes] | None = None) -> Editions:
    found = Diagnostics()
    made = dress(NAME, data, fields=FIELDS, fonts=fonts or {}, diagnostics=found)
    assert made is not None, [str(each) for each in found]
    pages = lay_out(paper(), dress=made, diagnostics=found)
    assert pages is not None, [str(each) for each in found]
    pdf = pages.write(found)
    word = write_docx(paper(), template=data, page_of=pages.page_of, pages=pages.pages, diagnostics=found)
    page = write_page(paper(), dress=made, beside=WrittenPapers((paper(),), ()), findings=(), diagnostics=found)
    assert pdf is not None
    assert word is not None
    assert page is not None
    assert not found.has_errors
    return Editions(docx.Document(io.BytesIO(word)), word, pdf.data, pages, page.decode(), made, found)


@cache
def before() -> Editions:
    return written(template())


@cache
def after() -> Editions:
    return written(restyled(), {"council.ttf": own_font()})


def heading_on_paper(editions: Editions) -> tuple[float, float, float, int]:
    """The left edge, the right edge, the height and the colour of the heading, measured on the page of the PDF."""
    document = pypdfium2.PdfDocument(editions.pdf)
    page = document[0]
    text = page.get_textpage()
    at = text.get_text_range().index("Burglary")
    left, bottom, _, top = text.get_charbox(at)
    picture = page.render(scale=4).to_pil()
    box = [round(each * 4) for each in (left, page.get_height() - top, left + 9, page.get_height() - bottom)]
    darkest = min(colours(picture.crop((box[0], box[1], box[2], box[3]))), key=sum)
    right = max(part.right for part in set_pages(editions.pages)[0].body if "heading-1" in part.classes)
    return left, right, top - bottom, int("".join(f"{each:02x}" for each in darkest), 16)


def colours(picture: Image) -> set[tuple[int, ...]]:
    return {colour for _, colour in picture.getcolors(10_000_000) or () if isinstance(colour, tuple)}


def near(one: int, other: int) -> bool:
    return all(abs((one >> shift & 255) - (other >> shift & 255)) < 12 for shift in (0, 8, 16))


@pytest.mark.slow
def test_heading_1_changes_alike() -> None:
    old, new = before(), after()
    assert near(heading_on_paper(old)[3], 0x1F3864)
    assert near(heading_on_paper(new)[3], 0x8A0F3C)
    assert heading_on_paper(new)[2] / heading_on_paper(old)[2] == pytest.approx(19 / 15, rel=0.1)
    assert "--heading-1: #8a0f3c" in new.page
    assert "--heading-1: #1f3864" in old.page
    sizes = [float(re.search(r"\.heading-1 \{[^}]*font-size: ([\d.]+)rem", each.page)[1]) for each in (old, new)]  # type: ignore[index]
    assert sizes[1] / sizes[0] == pytest.approx(19 / 15, rel=0.01)
    assert re.search(r"\.heading-1 \{[^}]*font-style: italic", new.page)
    style = new.word.styles["Heading 1"].font
    assert (str(style.color.rgb), style.size, style.italic) == ("8A0F3C", Pt(19), True)


@pytest.mark.slow
def test_the_head_of_tables_changes_alike() -> None:
    assert 'w:fill="F7D9E3"' in part_of(after().word_data, "word/styles.xml")
    assert "background: #f7d9e3" in after().dress.stylesheet
    assert "--head: #f7d9e3" in after().page
    old, new = (pypdfium2.PdfDocument(each.pdf)[0].render(scale=1).to_pil() for each in (before(), after()))
    assert (0xF7, 0xD9, 0xE3) in colours(new)
    assert (0xF7, 0xD9, 0xE3) not in colours(old)


@pytest.mark.slow
def test_the_font_of_the_text_changes_alike() -> None:
    def embedded(data: bytes) -> set[str]:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            fonts = [font for page in pdf.pages for font in page.obj.Resources.Font.values()]
            return {str(font.BaseFont).partition("+")[2] for font in fonts}

    assert any("Council" in name for name in embedded(after().pdf)), embedded(after().pdf)
    assert not any("Council" in name for name in embedded(before().pdf))
    assert f'font-family: "{NEW_FONT}"' in after().page
    assert "font-src data:" in after().page
    assert "font-src" not in before().page
    assert after().word.styles["Normal"].font.name == NEW_FONT
    assert codes.TEMPLATE_FONT_INSTEAD not in {found.code for found in after().found}


def fonts_in(stylesheet: str) -> list[bytes]:
    return [base64.b64decode(each) for each in re.findall(r"src: url\(data:font/woff2;base64,([^)]+)\)", stylesheet)]


@pytest.mark.slow
def test_a_page_holds_the_font_of_a_body_as_far_as_papers_need_it() -> None:
    data = changed("word/styles.xml", lambda text: text.replace('w:asciiTheme="minorHAnsi"', f'w:ascii="{NEW_FONT}"'))
    made, found = dressed(data, {"council.ttf": own_font()})
    assert made is not None
    (held,) = fonts_in(made.web_looks)
    with TTFont(io.BytesIO(held)) as font:
        assert {ord("a"), ord("Ŵ"), ord("£"), ord("–")} <= set(font.getBestCmap())
        assert ord("я") not in font.getBestCmap()
    assert len(held) < 70_000
    assert codes.TEMPLATE_FONT_INSTEAD not in {each.code for each in found}
    made, found = dressed(data, {"council.ttf": own_font(rights=4)})
    assert made is not None
    assert fonts_in(made.web_looks) == []
    assert ["for documents alone" in each.message for each in found] == [True]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("table", "rights"), [("glyf", 0), ("GSUB", 0), ("maxp", 0), ("loca", 0), ("cmap", 0), ("glyf", 4)]
)
def test_a_font_that_is_damaged_is_told_at_its_file(table: str, rights: int) -> None:
    whole = own_font(rights)
    with TTFont(io.BytesIO(whole)) as font:
        place = font.reader.tables[table]
    damaged = whole[: place.offset] + b"\xff" * place.length + whole[place.offset + place.length :]
    data = changed("word/styles.xml", lambda text: text.replace('w:asciiTheme="minorHAnsi"', f'w:ascii="{NEW_FONT}"'))
    _, found = dressed(data, {"council.ttf": damaged})
    assert [str(each.at) for each in found if each.code is codes.TEMPLATE_FONT] == ["templates/fonts/council.ttf"]


@pytest.mark.slow
def test_margins_change_alike() -> None:
    margin = 35 / 25.4 * 72
    assert heading_on_paper(before())[1] == pytest.approx((595.3 - 70.85) / 0.75, abs=1)
    assert heading_on_paper(after())[1] == pytest.approx((595.3 - margin) / 0.75, abs=1)
    assert after().word.sections[0].left_margin == pytest.approx(Mm(35), abs=Pt(0.1))


@pytest.mark.slow
def test_a_crest_comes_out_in_all() -> None:
    assert 'alt="Crest of Testshire"' in after().page
    assert "data:image/png;base64," in after().page
    with pikepdf.open(io.BytesIO(after().pdf)) as pdf:
        assert len(pdf.pages[0].get_images()) == 1
    assert any(name.endswith(".png") for name in names_in(after().word_data))
    with pikepdf.open(io.BytesIO(before().pdf)) as pdf:
        assert len(pdf.pages[0].get_images()) == 0


def names_in(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.namelist()


# ---------------------------------------------------------------------------------------------------------------------
# Words, colours and fonts


def dressed(data: bytes, fonts: dict[str, bytes] | None = None) -> tuple[Dress | None, Diagnostics]:
    found = Diagnostics()
    return dress(NAME, data, fields=FIELDS, fonts=fonts or {}, diagnostics=found), found


@pytest.mark.slow
def test_fixed_words_of_the_template_stand_in_every_edition_once() -> None:
    def add(text: str) -> str:
        return text.replace("{{ panel.name }} · ", "NOT PROTECTIVELY MARKED {{ panel.name }} · ")

    def line(text: str) -> str:
        return text.replace("<w:body>", "<w:body><w:p><w:r><w:t>To: The members</w:t></w:r></w:p>")

    marked = rewritten(changed("word/header1.xml", add), "word/document.xml", ("<w:body>", line("<w:body>")))
    editions = written(marked)
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(editions.pdf))
    for said in ("To: The members",):
        assert text.count(said) == editions.page.count(said) == 1
        assert said in part_of(editions.word_data, "word/document.xml")
    assert editions.page.count("NOT PROTECTIVELY MARKED") == 1
    assert "NOT PROTECTIVELY MARKED" in part_of(editions.word_data, "word/header1.xml")
    assert "NOT PROTECTIVELY MARKED" in editions.dress.layout


def test_words_that_cannot_be_read_are_changed_and_told() -> None:
    pale = rewritten(template(), "word/styles.xml", (r'(w:styleId="Heading2".*?w:color w:val=")1F3864', r"\g<1>AACCEE"))
    made, found = dressed(pale)
    assert made is not None
    (told,) = [each for each in found if each.code is codes.TEMPLATE_CONTRAST]
    assert told.severity is Severity.NOTE
    assert "“Heading 2”, #aaccee on #ffffff, have a contrast" in told.message
    assert "#aaccee" not in made.stylesheet
    assert "#aaccee" not in made.web_looks


@pytest.mark.parametrize("rights", [0x0002, 0x0100, 0x0200])
def test_a_font_whose_licence_forbids_it_is_refused(rights: int) -> None:
    data = changed("word/styles.xml", lambda text: text.replace('w:asciiTheme="minorHAnsi"', f'w:ascii="{NEW_FONT}"'))
    made, found = dressed(data, {"a.ttf": own_font(rights)})
    assert made is None
    assert [(each.code, each.at.file) for each in found if each.severity is Severity.ERROR] == [
        (codes.TEMPLATE_FONT, "templates/fonts/a.ttf")
    ]


@pytest.mark.parametrize("data", [b"", b"no font", b"\0\1\0\0" + b"\0" * 300])
def test_what_is_no_font_is_told(data: bytes) -> None:
    made, found = dressed(template(), {"a.ttf": data})
    assert made is None
    assert {each.code for each in found} == {codes.TEMPLATE_FONT}


def test_a_font_that_is_not_there_is_told() -> None:
    data = changed("word/styles.xml", lambda text: text.replace('w:asciiTheme="minorHAnsi"', 'w:ascii="Georgia"'))
    made, found = dressed(data)
    assert made is not None
    (told,) = found
    assert told.code is codes.TEMPLATE_FONT_INSTEAD
    assert "“Georgia”" in told.message
    assert 'font-family: "Georgia"' in made.web_looks


@pytest.mark.slow
def test_a_band_of_rows_a_list_mark_and_heading_numbers_are_taken() -> None:
    banded = rewritten(
        template(),
        "word/styles.xml",
        (
            r'(<w:tblStylePr w:type="firstRow">)',
            r'<w:tblStylePr w:type="band1Horz"><w:tcPr><w:shd w:val="clear" w:fill="E8F4EA"/></w:tcPr>'
            r"</w:tblStylePr>\1",
        ),
    )
    marks = rewritten(banded, "word/numbering.xml", ('w:val="•"', 'w:val="▪"'), ('w:val="%1."', 'w:val="Part %1"'))
    editions = written(marks)
    assert "nth-child(odd) > * { background: #e8f4ea" in editions.dress.stylesheet
    assert '"▪\\2003"' in editions.dress.stylesheet
    text = pypdfium2.PdfDocument(editions.pdf)[0].get_textpage().get_text_range()
    assert "Part 1" in text
    assert "Part 1</span> Burglary" in editions.page
    assert 'w:noHBand="0"' in part_of(editions.word_data, "word/document.xml")


@pytest.mark.slow
def test_rows_of_sections_and_totals_look_as_their_styles_in_the_template() -> None:
    document = docx.Document(io.BytesIO(template()))
    document.styles["Table Section"].font.color.rgb = RGBColor(0x8A, 0x0F, 0x3C)
    document.styles["Table Total"].font.bold = False
    made = io.BytesIO()
    document.save(made)
    stylesheet = written(made.getvalue()).dress.stylesheet
    (section,) = re.findall(r"\.committee-table tbody \.section-row th \{([^}]*)\}", stylesheet)
    assert "#8a0f3c" in section
    assert "font-weight: bold" in section
    assert not re.search(r"total-row[^}]*font-weight: bold", stylesheet)
    assert re.search(r"total-row[^}]*font-weight: bold", before().dress.stylesheet)


def test_nothing_is_told_of_papergens_own_templates() -> None:
    assert list(before().found) == []
    assert replace(before().dress, exceptions="") == before().dress
