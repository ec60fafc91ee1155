"""Adopting a letterhead: what is taken, what is done and told, and what is refused."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsmap, qn
from docx.oxml.parser import parse_xml
from docx.shared import Pt, RGBColor
from typer.testing import CliRunner, Result

from papergen.cli.app import app
from papergen.diagnostics import Diagnostics
from papergen.write.docx.adopt import Adopted, adopt
from papergen.write.docx.adopt_place import place_of_sample
from papergen.write.docx.preflight import check_template
from papergen.write.docx.template_styles import TemplateStyles
from papergen.write.sample import sample_paper
from papergen.write.styles import NEEDED_STYLES, SPACER, StyleKind
from tests.support.builds import starter
from tests.support.every_node import FIELDS
from tests.support.letterheads import (
    LETTERHEADS,
    SAMPLE,
    W,
    crest,
    google_like,
    part_of,
    rewritten,
    saved,
    serif,
    with_crest,
)
from tests.support.word import replaced, template, written

RUN = CliRunner()
DOCUMENT = "word/document.xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_CHART = (
    '<w:p {}><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
    'wordprocessingDrawing"><c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"/></wp:inline>'
    "</w:drawing></w:r></w:p>"
)


def adopted(data: bytes, *, place: str | None = None, **mapped: str) -> Adopted:
    found = Diagnostics()
    made = adopt("letterhead.docx", data, mapped=mapped, place=place, diagnostics=found)
    assert made is not None, [str(each) for each in found]
    return made


def paragraphs(made: Adopted) -> list[str]:
    return [each.text for each in docx.Document(io.BytesIO(made.data)).paragraphs]


def test_sample_text_gives_way_to_the_paper_and_lines_are_filled_in() -> None:
    made = adopted(with_crest())
    words = paragraphs(made)
    assert words[:4] == [
        "To:\tThe Police and Crime Panel",
        "From:\tThe Chief Executive",
        "Date:\t{{ meeting.date }}",
        "{{ paper.title }}",
    ]
    assert words[4] == "{{p body }}"
    assert any("from “Dear members,” on" in each for each in made.done)
    assert any("Brought" in each for each in made.done)


def test_the_place_of_the_body_may_be_named() -> None:
    made = adopted(with_crest(), place="The report begins")
    assert "Dear members," in paragraphs(made)
    found = Diagnostics()
    assert adopt("a.docx", with_crest(), mapped={}, place="Nothing", diagnostics=found) is None
    assert [(each.code.id, each.message) for each in found] == [
        ("T104", "No paragraph of the letterhead begins with “Nothing”.")
    ]


@pytest.mark.slow
def test_a_style_may_look_like_one_of_the_house() -> None:
    found = Diagnostics()
    made = adopt("a.docx", serif(), mapped={"Heading 3": "Intense Quote"}, place=None, diagnostics=found)
    assert made is not None
    styles = docx.Document(io.BytesIO(made.data)).styles
    assert styles["Heading 3"].base_style.name == "Intense Quote"
    assert adopt("a.docx", serif(), mapped={"Heading 3": "Intens Quote"}, place=None, diagnostics=found) is None
    (told,) = found
    assert told.hint == "Did you mean “Intense Quote”?"


def test_a_house_heading_is_known_by_its_outline_level() -> None:
    house = (
        '<w:style w:type="paragraph" w:styleId="Kop"><w:name w:val="Kop"/><w:basedOn w:val="Normal"/>'
        '<w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:color w:val="AA0000"/></w:rPr></w:style></w:styles>'
    )
    made = adopted(rewritten(google_like(), "word/styles.xml", ("</w:styles>", house)))
    assert docx.Document(io.BytesIO(made.data)).styles["Heading 2"].base_style.name == "Kop"
    assert "“Heading 2” looks like “Kop” of the letterhead." in made.done


def test_fields_that_change_by_themselves_become_words() -> None:
    def field(code: str, shown: str) -> str:
        mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
        return (
            f"<w:p>{mark.format('begin')}<w:r><w:instrText>{code}</w:instrText></w:r>{mark.format('separate')}"
            f"<w:r><w:t>{shown}</w:t></w:r>{mark.format('end')}</w:p>"
        )

    fields = (("DOCPROPERTY Office", "County Hall"), ("FILENAME", "C:/jo/letter.docx"), ("DATE", "1 January 2001"))
    first = "".join(field(*each) for each in fields)
    made = adopted(rewritten(google_like(), DOCUMENT, ("<w:body>", f"<w:body>{first}")))
    assert paragraphs(made)[:2] == ["County Hall", "{{ meeting.date }}"]
    assert "letter.docx" not in part_of(made.data, DOCUMENT)
    assert "instrText" not in part_of(made.data, DOCUMENT)


def test_facts_of_a_letterhead_are_filled_by_their_whole_label_and_in_the_cell_beside_it() -> None:
    document = docx.Document(io.BytesIO(google_like()))
    first = document.paragraphs[0]
    for line in ("Date of publication: 4 March 2026", "Agenda item title: Housing"):
        first.insert_paragraph_before(line)
    facts = document.add_table(rows=2, cols=2)
    for row, cells in zip(facts.rows, (("Date:", "1 January 2026"), ("Agenda Item No:", "5")), strict=True):
        row.cells[0].text, row.cells[1].text = cells
    document.element.body.insert(0, facts._tbl)
    held = io.BytesIO()
    document.save(held)
    made = docx.Document(io.BytesIO(adopted(held.getvalue()).data))
    assert [[cell.text for cell in row.cells] for row in made.tables[0].rows] == [
        ["Date:", "{{ meeting.date }}"],
        ["Agenda Item No:", "{{ paper.agenda_item }}"],
    ]
    words = [each.text for each in made.paragraphs]
    assert "Date of publication: 4 March 2026" in words
    assert "Agenda item title: Housing" in words


@pytest.mark.slow
@pytest.mark.parametrize("name", LETTERHEADS)
def test_adopting_twice_changes_nothing_more(name: str) -> None:
    once = adopted(LETTERHEADS[name]())
    again = adopted(once.data)
    assert part_of(again.data, DOCUMENT) == part_of(once.data, DOCUMENT)
    assert part_of(again.data, "word/styles.xml") == part_of(once.data, "word/styles.xml")


def test_what_papers_may_not_hand_out_is_taken_out_and_told() -> None:
    def change(kind: str, words: str) -> str:
        return f'<w:{kind} w:id="9" w:author="Jo">{words}</w:{kind}>'

    line = (
        f"<w:p>{change('del', '<w:r><w:delText>the board</w:delText></w:r>')}"
        f"{change('ins', '<w:r><w:t>To members</w:t></w:r>')}"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>a note to self</w:t></w:r>"
        '<w:r><w:rPr><w:lang w:val="en-US"/></w:rPr><w:t> of all</w:t></w:r>'
        '<w:r><w:object><w:control w:name="x"/></w:object></w:r></w:p>'
    )
    made = adopted(rewritten(google_like(), DOCUMENT, ("<w:body>", f"<w:body>{line}")))
    text = part_of(made.data, DOCUMENT)
    assert paragraphs(made)[0] == "To members of all"
    assert not re.search("Jo|note to self|the board|w:object|en-US", text)
    told = " ".join(made.done)
    for words in ("Accepted 2 tracked changes", "hidden text: “a note to self”", "one object", "British English"):
        assert words in told


def test_what_no_paper_may_hold_is_taken_out_and_its_words_stay() -> None:
    document = docx.Document()
    for element in ('<w:p {}><foo:bar xmlns:foo="urn:foo"><w:r><w:t>odd words</w:t></w:r></foo:bar></w:p>', _CHART):
        document.element.body.insert(0, parse_xml(element.format(W)))
    share = document.part.relate_to("file:///S:/share.docx", RT.HYPERLINK, is_external=True)
    words = f'<w:hyperlink r:id="{share}" xmlns:r="{_OFFICE}"><w:r><w:t>our share</w:t></w:r></w:hyperlink>'
    link = f"<w:p {W}>{words}</w:p>"
    document.element.body.insert(0, parse_xml(link))
    logo = document.part.relate_to("http://intranet/logo.png", RT.IMAGE, is_external=True)
    document.add_paragraph(SAMPLE)
    made = adopted(saved(document))
    text = part_of(made.data, DOCUMENT)
    assert "odd words" in text
    assert "our share" in text
    assert not re.search(rf"foo:bar|c:chart|{share}\b|{logo}\b", text)
    told = " ".join(made.done)
    for words in ("Took out a chart", "“bar”", "“file:///S:/share.docx”"):
        assert words in told


def test_a_vector_picture_that_would_act_gives_way_to_its_points() -> None:
    document = docx.Document()
    document.add_paragraph("Crest").add_run().add_picture(io.BytesIO(crest()), height=Pt(40))
    document.add_paragraph(SAMPLE)
    acting = b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'
    drawn = Part(PackURI("/word/media/a.svg"), "image/svg+xml", acting, document.part.package)
    name = document.part.relate_to(drawn, RT.IMAGE)
    vector = f'<v:svgBlip xmlns:v="{_SVG}" xmlns:r="{_OFFICE}" r:embed="{name}"/>'
    extension = f'<a:ext xmlns:a="{nsmap["a"]}" uri="x">{vector}</a:ext>'
    next(document.element.body.iter(qn("a:blip"))).append(parse_xml(extension))
    made = adopted(saved(document))
    text = part_of(made.data, DOCUMENT)
    assert "a:blip" in text
    assert "svgBlip" not in text
    assert "Took out what no paper may hold: “word/media/a.svg”." in made.done


def test_macros_are_left_behind() -> None:
    macros = (".openxmlformats-officedocument.wordprocessingml.document.main", ".ms-word.document.macroEnabled.main")
    data = rewritten(with_crest(), "[Content_Types].xml", macros)
    assert "macroEnabled" not in part_of(adopted(data).data, "[Content_Types].xml")


def test_empty_paragraphs_in_boxes_and_styles_that_are_not_there_go() -> None:
    box = (
        '<w:p {0}><w:pPr><w:pStyle w:val="Gone"/></w:pPr><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml">'
        "<v:textbox><w:txbxContent><w:p><w:r><w:t>County Hall</w:t></w:r></w:p><w:p/><w:p><w:r><w:t>Hall</w:t></w:r>"
        "</w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )
    document = docx.Document()
    document.element.body.insert(0, parse_xml(box.format(W)))
    document.add_paragraph(SAMPLE)
    text = part_of(adopted(saved(document)).data, DOCUMENT)
    assert text.partition("<w:txbxContent>")[2].partition("</w:txbxContent>")[0].count("<w:p>") == 2
    assert "Gone" not in text


def test_a_heading_of_a_section_is_no_title_and_a_title_may_stand_in_a_box() -> None:
    document = docx.Document()
    title = document.add_table(1, 1).cell(0, 0).paragraphs[0]
    title.text, title.style = "Annual report", document.styles["Title"]
    document.add_paragraph("Introduction", style="Heading 1")
    document.add_paragraph(SAMPLE)
    made = adopted(saved(document))
    assert "The title of the paper stands where “Annual report” stood." in made.done
    assert "Introduction" not in part_of(made.data, DOCUMENT)


@pytest.mark.slow
@pytest.mark.parametrize("title", ["TITLE OF THE REPORT", "HOUSING STRATEGY UPDATE", "Name of report"])
def test_a_title_is_known_by_its_place_and_words_and_keeps_its_look(title: str) -> None:
    document = docx.Document()
    document.add_paragraph("County Hall")
    document.add_paragraph().add_run(title).bold = True
    document.add_paragraph("1. PURPOSE OF REPORT")
    document.add_paragraph(SAMPLE)
    made = adopted(saved(document))
    assert paragraphs(made)[:3] == ["County Hall", "{{ paper.title }}", "{{p body }}"]
    styles = docx.Document(io.BytesIO(made.data)).styles
    assert styles["Title"].base_style.name == "Normal"
    assert styles["Title"].font.size is None


@pytest.mark.slow
def test_what_a_crest_shows_is_asked_for_or_given() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].add_run().add_picture(io.BytesIO(crest()), height=Pt(40))
    document.add_paragraph(SAMPLE).add_run().add_picture(io.BytesIO(crest()), height=Pt(40))
    data, asked = saved(document), "A picture says nothing to who cannot see it; what is shown"
    assert f'{asked} can be said with --crest "Crest of …".' in adopted(data).done
    found = Diagnostics()
    made = adopt("a.docx", data, mapped={}, place=None, crest="Crest of Testshire", diagnostics=found)
    assert made is not None
    assert f"{asked} is “Crest of Testshire” now." in made.done
    assert 'descr="Crest of Testshire"' in part_of(made.data, "word/header1.xml")
    check_template("a.docx", made.data, fields=FIELDS, diagnostics=found)
    assert not [str(each) for each in found if "alternative text" in each.message]


def test_rows_of_a_letterhead_head_it_and_do_not_split_in_headers_too() -> None:
    document = docx.Document()
    document.add_paragraph(SAMPLE)
    table = document.sections[0].header.add_table(1, 2, Pt(400))
    for cell, words in zip(table.rows[0].cells, ("County Hall", "Testford"), strict=True):
        cell.text = words
    made = adopted(saved(document))
    header = part_of(made.data, "word/header1.xml")
    assert header.count("<w:cantSplit/>") == header.count("<w:tblHeader/>") == 1


def test_house_styles_are_found_by_name_size_and_use() -> None:
    document = docx.Document()
    for each in [each for each in document.styles if each.name.startswith(("Heading", "Title"))]:
        each.element.getparent().remove(each.element)
    for name, size in (("HCC Main Heading", 22), ("HCC Heading", 15), ("HCC Body", 10)):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.font.size, style.font.color.rgb = Pt(size), RGBColor(0x5B, 0x2C, 0x83)
    document.add_paragraph("Name of the report", style="HCC Main Heading")
    document.add_paragraph("Introduction", style="HCC Heading")
    document.add_paragraph(SAMPLE, style="HCC Body")
    made = adopted(saved(document))
    assert paragraphs(made)[:2] == ["{{ paper.title }}", "{{p body }}"]
    result = docx.Document(io.BytesIO(made.data))
    for ours, theirs in (("Title", "HCC Main Heading"), ("Heading 1", "HCC Heading"), ("Body Text", "HCC Body")):
        assert result.styles[ours].base_style.name == theirs
    assert not any("These words stand" in each for each in made.done)
    assert 'w:fill="5B2C83"' in result.styles["Aim Box"].element.xml


def test_a_style_of_the_house_that_rests_on_ours_is_copied() -> None:
    document = docx.Document()
    red = document.styles.add_style("House Red", WD_STYLE_TYPE.PARAGRAPH)
    red.base_style = document.styles["Heading 1"]
    red.font.color.rgb = RGBColor(0xB5, 0x12, 0x1B)
    document.add_paragraph(SAMPLE)
    made = docx.Document(io.BytesIO(adopted(saved(document), **{"Heading 1": "House Red"}).data))
    assert str(made.styles["Heading 1"].font.color.rgb) == "B5121B"
    assert made.styles["Heading 1"].base_style.name == "Normal"


@pytest.mark.parametrize(
    ("lines", "begins", "is_sure"),
    [
        (("County Hall", "Body text here"), 1, True),
        (("County Hall", "<<Report text>>"), 1, True),
        (("County Hall", "To whom it may concern", SAMPLE), 1, True),
        (("County Hall", "1. PURPOSE OF REPORT", SAMPLE), 1, False),
        (("County Hall", "1. Purpose", "Lorem ipsum"), 1, True),
        (("County Hall", "1.  PURPOSE OF REPORT", "1.1\tTo inform."), 1, False),
        (("Subject: policing", SAMPLE), 1, False),
        (("NAME OF REPORT", "2. BACKGROUND", SAMPLE), 1, False),
        (("County Hall", "Tel: 01632 960 123"), 2, False),
    ],
)
def test_where_sample_text_begins(lines: tuple[str, ...], begins: int, is_sure: bool) -> None:
    document = docx.Document()
    blocks = [document.add_paragraph(line)._p for line in lines]
    found = place_of_sample(blocks, TemplateStyles(document.styles.element))
    assert (found.at, found.is_sure) == (begins, is_sure)


# ---------------------------------------------------------------------------------------------------------------------
# The command


def run(root: Path, *arguments: str) -> Result:
    return RUN.invoke(app, ["template", "adopt", *arguments, "--workspace", str(root)])


@pytest.mark.slow
def test_the_command_keeps_the_letterhead_and_the_template_before(tmp_path: Path) -> None:
    root = starter(tmp_path / "panel")
    before = (root / "templates" / "panel-report.docx").read_bytes()
    letterhead = tmp_path / "letterhead.dotx"
    data = with_crest()
    letterhead.write_bytes(data)
    done = run(root, str(letterhead))
    assert done.exit_code == 0, done.output
    assert letterhead.read_bytes() == data
    assert (root / "templates" / "panel-report-before.docx").read_bytes() == before
    assert (root / "templates" / "panel-report.docx").read_bytes() != before
    assert "which is as it was" in done.output


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("nowhere.docx",), 2, "cannot be read"),
        (("{file}", "--as", "minutes"), 2, "No paper uses a template “minutes”"),
        (("{file}", "--map", "Heading 1"), 2, "is not a style and yours"),
        (("{text}",), 1, "not a Word file"),
    ],
)
def test_what_cannot_be_adopted_is_told_and_nothing_changes(
    tmp_path: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    root = starter(tmp_path / "panel")
    before = {each.name: each.read_bytes() for each in (root / "templates").iterdir()}
    (tmp_path / "a.docx").write_bytes(google_like())
    (tmp_path / "b.docx").write_bytes(b"words")
    files = {"file": str(tmp_path / "a.docx"), "text": str(tmp_path / "b.docx")}
    done = run(root, *(each.format(**files) for each in arguments))
    assert done.exit_code == code, done.output
    assert words in " ".join(done.output.split())
    assert {each.name: each.read_bytes() for each in (root / "templates").iterdir()} == before


def test_a_letterhead_that_would_stop_every_build_is_not_taken(tmp_path: Path) -> None:
    root = starter(tmp_path / "panel")
    before = {each.name: each.read_bytes() for each in (root / "templates").iterdir()}
    letterhead = tmp_path / "a.docx"
    letterhead.write_bytes(rewritten(google_like(), DOCUMENT, ("Panel Secretariat", "{{ panel.naem }}")))
    done = run(root, str(letterhead), "--as", "appendix.docx")
    assert done.exit_code == 1
    assert "“panel.naem” is not a field" in " ".join(done.output.split())
    assert {each.name: each.read_bytes() for each in (root / "templates").iterdir()} == before
    letterhead.write_bytes(google_like())
    assert run(root, str(letterhead), "--as", "appendix.docx").exit_code == 0
    assert (root / "templates" / "appendix.docx").read_bytes() != before["appendix.docx"]


@pytest.mark.slow
def test_a_preview_shows_the_editions_side_by_side(tmp_path: Path) -> None:
    from PIL import Image

    root = starter(tmp_path / "panel")
    done = RUN.invoke(app, ["template", "preview", "--workspace", str(root)])
    assert done.exit_code == 0, done.output
    assert "Word, PDF, Web page" in done.output or "PDF, Web page" in done.output
    with Image.open(root / "output" / "preview" / "panel-report.png") as picture:
        assert picture.width > 1500
    assert {each.suffix for each in (root / "output" / "preview").iterdir()} == {".png", ".docx", ".pdf", ".html"}
    refused = RUN.invoke(app, ["template", "preview", "minutes", "--workspace", str(root)])
    assert refused.exit_code == 2


def test_a_preview_uses_every_style_that_has_a_look() -> None:
    data = written(sample_paper("panel-report", FIELDS)).data
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        names = dict(STYLE_NAME.findall(file.read("word/styles.xml").decode()))
        parts = [file.read(name).decode() for name in file.namelist() if name.endswith(".xml")]
    used = {names[style].casefold() for part in parts for style in STYLE_USED.findall(part)}
    looks = {name for name, kind in NEEDED_STYLES.items() if kind is not StyleKind.LIST} - {SPACER}
    assert {name for name in looks if name.casefold() not in used} == set()


STYLE_NAME = re.compile(r'w:styleId="([^"]+)"[^>]*>\s*<w:name w:val="([^"]+)"')
STYLE_USED = re.compile(r'<w:(?:pStyle|rStyle|tblStyle) w:val="([^"]+)"')


@pytest.mark.slow
def test_a_warning_of_a_template_stops_papers_for_publication(tmp_path: Path) -> None:
    root = starter(tmp_path / "workspace")
    logo = (
        '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        '<wp:docPr id="1" name="Crest"/></wp:inline></w:drawing></w:r></w:p>'
    )
    (root / "templates").mkdir(exist_ok=True)
    (root / "templates" / "panel-report.docx").write_bytes(replaced("</w:p>", logo, part="word/header1.xml"))
    arguments = ["build", "--final", "--only", "html", "--jobs", "1", "--workspace", str(root)]
    done = RUN.invoke(app, arguments)
    assert done.exit_code == 1
    assert "T109" in done.output
    assert "O107" in done.output
    assert not (root / "output" / "2026-03-12").exists()
    (root / "templates" / "panel-report.docx").write_bytes(template())
    assert RUN.invoke(app, arguments).exit_code == 0
