"""Lines, boxes, frames, lists, signs and pages of letterheads: in the PDF and on the page as in Word."""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Callable

import pytest
from docx.document import Document as WordDocument
from docx.enum.section import WD_SECTION
from docx.oxml.parser import parse_xml
from docx.shared import Pt
from PIL import Image

from papergen import codes
from papergen.write.docx.shell_pictures import no_larger
from papergen.write.docx.signs import bullet
from papergen.write.docx.strict import transitional
from tests.support.letterheads import DRAWN, crest, describe, dressed, letterhead, word_of

GROUPED = (
    'xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
MARK = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'


def in_header(*paragraphs: str) -> Callable[[WordDocument], None]:
    """A header with what stands in some paragraphs."""

    def change(document: WordDocument) -> None:
        header = document.sections[0].header
        header.paragraphs[0].text = "Testshire"
        for each in paragraphs:
            header._element.append(parse_xml(f"<w:p {DRAWN}>{each}</w:p>"))

    return change


def in_body(block: str) -> Callable[[WordDocument], None]:
    return lambda document: document.element.body.insert(0, parse_xml(block.replace(">", f" {DRAWN}>", 1)))


def shape(kind: str, *, high: int, colours: str, behind: str = "0", words: str = "") -> str:
    box = f"<wps:txbx><w:txbxContent>{words}</w:txbxContent></wps:txbx>" if words else ""
    return (
        f'<w:r><w:drawing><wp:anchor behindDoc="{behind}"><wp:positionH><wp:align>right</wp:align></wp:positionH>'
        f'<wp:extent cx="2600000" cy="{high}"/><wp:docPr id="31" name="Shape 31"/><a:graphic>'
        f'<a:graphicData><wps:wsp><wps:spPr><a:prstGeom prst="{kind}"/>{colours}</wps:spPr>{box}</wps:wsp>'
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
    )


INK = '<a:solidFill><a:srgbClr val="00594C"/></a:solidFill>'


@pytest.mark.slow
@pytest.mark.parametrize(
    ("drawn", "rule"),
    [
        (shape("line", high=0, colours=f'<a:ln w="25400">{INK}</a:ln>'), "border-bottom: 2pt solid #00594c"),
        (shape("rect", high=152400, colours=INK), "border-bottom: 12pt solid #00594c"),
        (
            '<w:r><w:pict><v:line from="0,0" to="450pt,0" strokecolor="navy" strokeweight="2.25pt"/></w:pict></w:r>',
            "border-bottom: 2.25pt solid #000080",
        ),
        (
            '<w:r><w:pict><v:rect style="width:450pt;height:12pt" fillcolor="#003366 [3213]"/></w:pict></w:r>',
            "border-bottom: 12pt solid #003366",
        ),
    ],
    ids=["line", "band", "old line", "old band"],
)
def test_a_line_across_the_page_is_drawn(drawn: str, rule: str) -> None:
    made, found = dressed(letterhead(in_header(drawn)))
    assert rule in made.stylesheet
    assert rule in made.web_looks
    assert not [each for each in found if "drawn shape" in each.message]


@pytest.mark.slow
@pytest.mark.parametrize(
    "drawn",
    [
        shape("ellipse", high=900000, colours=INK),
        '<w:r><w:pict><v:line from="0,0" to="0,90pt"/></w:pict></w:r>',
        '<w:r><w:pict><v:oval style="width:90pt;height:90pt"/></w:pict></w:r>',
    ],
)
def test_a_shape_that_is_no_line_is_told(drawn: str) -> None:
    _, found = dressed(letterhead(in_header(drawn)))
    assert [each.code for each in found if "A drawn shape is left out" in each.message] == [codes.TEMPLATE_LOOK]


@pytest.mark.slow
def test_what_is_large_and_behind_the_text_is_left_out_of_all_editions() -> None:
    large, small = (shape("rect", high=high, colours=INK, behind="1") for high in (9_000_000, 120_000))
    made, found = dressed(letterhead(in_header(large)))
    assert [each.code for each in found if "behind the text" in each.message] == [codes.TEMPLATE_LEFT_OUT]
    assert "Shape 31" not in word_of(letterhead(in_header(large)))
    made, found = dressed(letterhead(in_header(small)))
    assert "solid #00594c" in made.stylesheet


def test_a_box_of_text_has_its_outline_and_a_list_in_it_its_marks() -> None:
    item = '<w:p><w:pPr><w:pStyle w:val="ListBullet"/></w:pPr><w:r><w:t>note the report</w:t></w:r></w:p>'
    box = shape("rect", high=900000, colours=f'<a:ln w="19050">{INK}</a:ln>', words=item)
    made, _ = dressed(letterhead(in_header(box)))
    cell = re.search(r"own-cell-\d+ \{[^}]*1\.5pt solid #00594c", made.stylesheet)
    assert cell is not None
    listed = re.search(r'<p class="(shell-list-bullet [^"]*)"><span class="tab-left ([\w-]+)">•</span>', made.layout)
    assert listed is not None, "not in the class of the lists of papers, which stand in by themselves"
    assert f".{listed[2]} {{ width: 18pt }}" in made.stylesheet
    own = next(each for each in listed[1].split() if each.startswith("own-"))
    rule = re.search(rf"\.{own} \{{([^}}]*)\}}", made.stylesheet)
    assert rule is not None
    assert "text-indent" not in rule[1]
    assert "margin: 0 0 10pt 0" in rule[1] or "margin: 0 0 0 0" in rule[1]


def test_lists_within_lists_whose_style_keeps_its_like_close_have_room_around_them() -> None:
    made, _ = dressed(letterhead(in_header()))
    assert "li > .list-bullet, li > .list-number { margin: 10pt 0 10pt }" in made.stylesheet
    assert re.search(r"\.list-bullet > li \{ margin-bottom: 0[;p ]", made.stylesheet)


def test_the_parts_of_a_group_stand_side_by_side_in_their_own_sizes() -> None:
    def placed(left: int, top: int, wide: int, high: int) -> str:
        return f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'

    def grouped(document: WordDocument) -> None:
        relation, _ = document.sections[0].header.part.get_or_add_image(io.BytesIO(crest()))
        picture = (
            '<pic:pic><pic:nvPicPr><pic:cNvPr id="7" name="Arms" descr="Arms of Testshire"/></pic:nvPicPr>'
            f'<pic:blipFill><a:blip r:embed="{relation}"/></pic:blipFill>'
            f"<pic:spPr>{placed(0, 0, 508000, 635000)}</pic:spPr></pic:pic>"
        )
        words = "<w:p><w:r><w:t>Testshire Council</w:t></w:r></w:p>"
        box = (
            f"<wps:wsp><wps:spPr>{placed(635000, 0, 2540000, 635000)}</wps:spPr><wps:txbx><w:txbxContent>{words}"
            "</w:txbxContent></wps:txbx></wps:wsp>"
        )
        line = f'<wps:wsp><wps:spPr>{placed(0, 700000, 5080000, 0)}<a:ln w="25400">{INK}</a:ln></wps:spPr></wps:wsp>'
        whole = '<a:ext cx="5080000" cy="762000"/><a:chOff x="0" y="0"/><a:chExt cx="5080000" cy="762000"/>'
        group = (
            '<w:r><w:drawing><wp:anchor behindDoc="0"><wp:extent cx="5080000" cy="762000"/><wp:docPr id="8" name="G"/>'
            f"<a:graphic><a:graphicData><wpg:wgp {GROUPED}><wpg:grpSpPr><a:xfrm>{whole}</a:xfrm></wpg:grpSpPr>"
            f"{picture}{box}{line}</wpg:wgp></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
        )
        in_header(group)(document)

    made, found = dressed(letterhead(grouped))
    row = made.layout.partition('<div class="shell-row">')[2]
    assert row.index('alt="Arms of Testshire"') < row.index("Testshire Council")
    assert "{ width: 40pt; height: 50pt }" in made.stylesheet
    assert "border-bottom: 2pt solid #00594c" in made.stylesheet
    assert not [each for each in found if "drawn shape" in each.message or "Times New Roman" in each.message]


def test_a_frame_stands_at_its_side() -> None:
    frame = '<w:p><w:pPr><w:framePr w:w="3000" w:x="7000" w:hAnchor="page"/></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>'

    def framed(document: WordDocument) -> None:
        for words in ("Frameton FR1 1ME", "Shire Hall"):
            document.element.body.insert(0, parse_xml(frame.format(words).replace("<w:p>", f"<w:p {DRAWN}>", 1)))

    made, found = dressed(letterhead(framed))
    row = made.layout.partition('<div class="shell-row">')[2]
    assert row.index("{{ paper.title }}") < row.index("Shire Hall") < row.index("Frameton")
    assert row.partition("</header>")[0].count("shell-cell") == 2
    assert [each.code for each in found if "A text box stands beside" in each.message] == [codes.TEMPLATE_LOOK]


def test_the_border_of_a_page_is_drawn_in_the_pdf() -> None:
    side = '<w:{} w:val="single" w:sz="18" w:space="24" w:color="0B6E4F"/>'
    sides = "".join(map(side.format, ("top", "left", "bottom", "right")))

    def bordered(document: WordDocument) -> None:
        properties = document.sections[0]._sectPr
        properties.insert(
            len(properties) - 2, parse_xml(f'<w:pgBorders {DRAWN} w:offsetFrom="page">{sides}</w:pgBorders>')
        )

    made, found = dressed(letterhead(bordered))
    drawn = [data.decode() for data, kind in made.resources.values() if kind == "image/svg+xml"]
    assert len(drawn) == 2  # upright and on its side
    assert '<rect x="24.00" y="24.00" width="564.00" height="2.25" fill="#0b6e4f"/>' in drawn[0]
    assert "no-repeat fixed" in made.stylesheet
    assert [each.code for each in found if "The border around the page" in each.message] == [codes.TEMPLATE_LOOK]


@pytest.mark.slow
def test_a_cover_has_its_own_header_and_footer_and_pages_count_alike() -> None:
    def cover(document: WordDocument) -> None:
        document.sections[0].footer.paragraphs[0].text = "Published by the clerk"
        section = document.add_section(WD_SECTION.NEW_PAGE)
        section.footer.is_linked_to_previous = False
        section.footer.paragraphs[0].text = "Testshire"
        section._sectPr.insert(len(section._sectPr) - 2, parse_xml(f'<w:pgNumType {DRAWN} w:start="1"/>'))

    data = letterhead(cover)
    made, found = dressed(data)
    assert ".running-shell-0-footer { position: running(running-shell-0-footer) }" in made.stylesheet
    assert made.layout.index("Published by the clerk") < made.layout.index("{{ paper.title }}")
    assert "Published by the clerk" in made.web_layout
    assert [each.code for each in found if "Pages count in figures" in each.message] == [codes.TEMPLATE_LEFT_OUT]
    assert "pgNumType" not in word_of(data)


@pytest.mark.slow
def test_signs_are_letters_and_those_that_no_letter_stands_for_are_told() -> None:
    signs = "".join(f'<w:r><w:sym w:font="Wingdings" w:char="{each}"/></w:r>' for each in ("F0A8", "F0FE", "F028"))
    typed = '<w:r><w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr><w:t>\xfc</w:t></w:r>'
    data = letterhead(in_body(f"<w:p>{signs}<w:r><w:t> Exempt</w:t></w:r>{typed}</w:p>"))
    made, found = dressed(data)
    assert "□■ Exempt√" in made.layout
    assert "w:sym" not in word_of(data)
    assert ">□<" in word_of(data)
    told = [each.code for each in found if "A sign of the font “Wingdings”" in each.message]
    assert told == [codes.TEMPLATE_LEFT_OUT]
    assert [bullet(*each) for each in (("\uf0b7", ""), ("\uf0a8", "Symbol"), ("x", "Arial"))] == ["•", "◊", "x"]


def test_fields_without_results_show_what_they_will_or_are_left_out() -> None:
    def code(words: str) -> str:
        return f"{MARK.format('begin')}<w:r><w:instrText>{words}</w:instrText></w:r>{MARK.format('end')}"

    unclosed = f"{MARK.format('begin')}<w:r><w:instrText>SEQ a</w:instrText></w:r>"
    data = letterhead(in_header(f"<w:r><w:t>Page </w:t></w:r>{code('PAGE')}", code("REF lost"), unclosed))
    made, found = dressed(data)
    assert 'Page <span class="page-number">' in made.layout
    assert [each.message for each in found if each.code is codes.TEMPLATE_LEFT_OUT] == [
        "A field that shows nothing, “REF lost”, is left out.",
        "A field that shows nothing, “SEQ a”, is left out.",
    ]
    assert not [each for each in found if each.code is codes.TEMPLATE_ACCESS and "field" in each.message]


def test_a_control_for_the_title_is_the_title_whatever_was_typed_into_it() -> None:
    bound = '<w:dataBinding w:xpath="/ns1:coreProperties[1]/ns0:title[1]"/>'
    words = "<w:sdtContent><w:p><w:r><w:t>Last year</w:t></w:r></w:p></w:sdtContent>"
    control = f"<w:sdt><w:sdtPr>{bound}</w:sdtPr>{words}</w:sdt>"
    made, found = dressed(letterhead(in_body(control)))
    assert "Last year" not in made.layout
    assert made.layout.count("{{ paper.title }}") == 2
    assert [each.message for each in found if "Last year" in each.message] == [
        "A content control, “Last year”, is the title of the paper."
    ]


def test_tabs_lead_to_the_middle_to_words_own_stops_or_just_on() -> None:
    def lines(document: WordDocument) -> None:
        document.sections[0].header.paragraphs[0].text = "Crest\tIn the middle"
        document.add_paragraph("{{ panel.name }}\tABC/1")
        document.add_paragraph("To:\t\tMembers")
        document.add_paragraph("From:\t\tThe clerk")

    made = dressed(letterhead(lines))[0]
    layout = made.layout
    assert '<span>Crest</span><span>In the middle</span><span class="at-right"></span>' in layout
    assert re.search(r'<span>\{\{ panel.name \}\}</span><span class="own-tab-\d+">ABC/1</span>', layout)
    for words in ("To:", "From:"):
        width = re.search(rf'<span class="tab-left (own-tab-\d+)">{words}</span>', layout)
        assert width is not None
        assert f".{width[1]} {{ width: 36pt }}" in made.stylesheet


@pytest.mark.slow
def test_a_crest_of_far_too_many_points_is_smaller_in_pdf_and_page_and_told() -> None:
    noise = io.BytesIO()
    Image.effect_noise((900, 900), 90).convert("RGB").save(noise, "PNG")

    def huge(document: WordDocument) -> None:
        line = document.sections[0].header.paragraphs[0]
        line.add_run().add_picture(noise, height=Pt(40))
        describe(line, "Crest")

    made, found = dressed(letterhead(huge))
    (picture,) = [data for data, kind in made.resources.values() if kind == "image/png"]
    with Image.open(io.BytesIO(picture)) as shown:
        assert shown.size == (167, 167)
    assert [each.code for each in found if "more points than can be seen" in each.message] == [codes.TEMPLATE_LOOK]
    assert no_larger(crest(), "image/png", width=1, height=1) == crest()


@pytest.mark.parametrize("wide", [15_000, 0], ids=["far too large", "cut short"])
def test_a_picture_that_cannot_be_read_is_left_out_and_told(wide: int) -> None:
    picture = crest()
    head = struct.pack(">II", wide, wide)
    header = b"IHDR" + head + picture[24:29]
    broken = picture[:12] + header + struct.pack(">I", zlib.crc32(header)) + picture[33:] if wide else picture[:200]

    def in_its_place(document: WordDocument) -> None:
        run = document.sections[0].header.paragraphs[0].add_run()
        run.add_picture(io.BytesIO(picture), height=Pt(40))
        next(each for each in run.part.package.iter_parts() if each.blob == picture)._blob = broken

    made, found = dressed(letterhead(in_its_place))
    assert not made.resources
    assert "damaged, far too large" in " ".join(each.message for each in found)


def test_a_crest_as_a_bitmap_is_shown_too() -> None:
    bitmap = io.BytesIO()
    Image.open(io.BytesIO(crest())).save(bitmap, "BMP")

    def header(document: WordDocument) -> None:
        line = document.sections[0].header.paragraphs[0]
        line.add_run().add_picture(bitmap, height=Pt(40))
        describe(line, "Crest of Testshire")

    made, found = dressed(letterhead(header))
    assert [kind for _, kind in made.resources.values() if kind.startswith("image")] == ["image/png"]
    assert 'alt="Crest of Testshire"' in made.web_layout
    assert not [each for each in found if "of a kind that neither" in each.message]


def test_measures_of_strict_files_are_twentieths_and_half_points() -> None:
    strict = (
        b'<w:p xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:sz w:val="11pt"/>'
        b'<w:pgSz w:w="210mm"/></w:p>'
    )
    assert transitional(strict) == (
        b'<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:sz w:val="22"/>'
        b'<w:pgSz w:w="11906"/></w:p>'
    )
