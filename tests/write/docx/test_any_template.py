"""Templates of other programs, and templates that lack what a paper needs: papers are written with them all."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping

import docx
import pytest

from papergen import codes
from papergen.diagnostics import Code, Diagnostics, Severity
from papergen.write.docx.preflight import check_template
from papergen.write.docx.writer import write_docx
from papergen.write.styles import NEEDED_STYLES
from tests.support.every_node import FIELDS, every_node_paper
from tests.support.word import Word, changed, replaced, template

PARTS = ("footnotes", "numbering", "settings", "theme", "fontTable")
NOTES = "word/footnotes.xml"
Edit = Callable[[str], str]


def repacked(edits: Mapping[str, Edit], *, without: tuple[str, ...] = ()) -> bytes:
    """The template with some parts edited, and others gone with all that leads to them."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template())) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            if re.fullmatch(rf"word/(theme/)?({'|'.join(without) or '-'})1?\.xml", name):
                continue
            text = source.read(name).decode()
            for part in without:
                text = re.sub(rf'<(Relationship|Override) [^>]*{part}1?\.xml"[^>]*/>', "", text)
            target.writestr(name, edits.get(name, str)(text))
    return made.getvalue()


def without_styles(text: str) -> str:
    """Only the styles that Word writes of itself, as in a short letter."""
    kept = re.findall(r'<w:style [^>]*w:default="1".*?</w:style>', text, re.DOTALL)
    return re.sub(r"(<w:docDefaults>.*</w:docDefaults>).*(</w:styles>)", rf"\1{''.join(kept)}\2", text, flags=re.DOTALL)


def letterhead() -> bytes:
    """What python-docx saves: other styles than ours, no footnotes, Word's own numbering."""
    document = docx.Document()
    document.add_paragraph("{{ paper.title }}", style="Title")
    document.add_paragraph("{{p body }}")
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def strict() -> bytes:
    """The template as Word saves a “Strict Open XML Document”."""

    def stricter(text: str) -> str:
        return re.sub(r"http://schemas\.openxmlformats\.org/(\w+)/2006/", r"http://purl.oclc.org/ooxml/\1/", text)

    with zipfile.ZipFile(io.BytesIO(template())) as archive:
        parts = [name for name in archive.namelist() if name.endswith((".xml", ".rels")) and "Content" not in name]
    kept = [name for name in parts if not name.startswith(("docProps", "["))]
    return repacked(dict.fromkeys(kept, stricter))


def written(data: bytes) -> tuple[Word, set[Code]]:
    """A paper with every kind of node, written with a template, which may bring notes and no more."""
    diagnostics = Diagnostics()
    check_template("templates/panel-report.docx", data, fields=FIELDS, diagnostics=diagnostics)
    assert [str(found) for found in diagnostics if found.severity is Severity.ERROR] == []
    before = {str(found) for found in diagnostics}
    made = write_docx(every_node_paper(), template=data, page_of={}, pages=3, diagnostics=diagnostics)
    assert {str(found) for found in diagnostics} == before, "the check tells all that the build does"
    assert made is not None
    return Word(made), {found.code for found in diagnostics}


@pytest.mark.slow
@pytest.mark.parametrize(
    "data",
    [
        *(repacked({}, without=(part,)) for part in PARTS),
        repacked({}, without=PARTS),
        repacked({"word/styles.xml": without_styles}),
        repacked({"word/styles.xml": lambda text: re.sub("<w:docDefaults>.*</w:docDefaults>", "", text)}),
        repacked({"word/styles.xml": without_styles}, without=PARTS),
        letterhead(),
        replaced(".document.main+xml", ".template.main+xml", part="[Content_Types].xml"),
        strict(),
    ],
    ids=[*PARTS, "none of them", "no styles", "no defaults", "neither", "python-docx", "dotx", "strict"],
)
def test_a_template_that_lacks_something_serves(data: bytes) -> None:
    word, found = written(data)
    assert found <= {codes.TEMPLATE_BROUGHT, codes.TEMPLATE_ACCESS}
    names = {name.casefold() for name in word.values("//w:style/w:name/@w:val", "word/styles.xml")}
    assert {name.casefold() for name in NEEDED_STYLES} <= names
    ids = word.values("//w:style/@w:styleId", "word/styles.xml")
    assert len(ids) == len(set(ids))
    named = word.values("//w:basedOn/@w:val|//w:next/@w:val", "word/styles.xml")
    assert set(named) <= set(ids)
    numbers = word.values("//w:numId/@w:val", "word/styles.xml") + word.values("//w:numId/@w:val")
    assert set(numbers) - {"0"} <= set(word.values("//w:num/@w:numId", "word/numbering.xml"))


def test_what_is_brought_has_the_font_size_and_colour_of_the_template() -> None:
    def larger_and_green(text: str) -> str:
        text = without_styles(text).replace('<w:sz w:val="22"/>', '<w:sz w:val="24"/>')
        heading = (
            '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>'
            '<w:rPr><w:color w:val="0B5D1E"/></w:rPr></w:style>'
        )
        return text.replace("</w:styles>", f"{heading}</w:styles>")

    word, _ = written(repacked({"word/styles.xml": larger_and_green}))
    styles = "word/styles.xml"
    assert word.values("//w:style[w:name/@w:val='heading 2']//w:color/@w:val", styles) == ["0B5D1E"]
    assert word.values("//w:style[w:name/@w:val='heading 2']//w:sz/@w:val", styles) == ["27"]
    assert word.values("//w:style[w:name/@w:val='Table Text']//w:sz/@w:val", styles) == ["22"]
    assert "1F3864" not in word.parts[styles].decode()


@pytest.mark.parametrize(
    ("mark", "serves"), [("–", True), ("-" * 60_000, False), ("", False)], ids=["one", "endless", "none"]
)
def test_a_house_list_of_bullets_serves_before_papergens_if_its_marks_are_some(mark: str, serves: bool) -> None:
    def without_ours(text: str) -> str:
        return re.sub(r"<w:style [^>]*CommitteeBullets.*?</w:style>", "", text, flags=re.DOTALL)

    def marked(text: str) -> str:
        return re.sub(
            r'(<w:numFmt w:val="bullet"/>(?:(?!</w:lvl>).)*?<w:lvlText w:val=")[^"]*',
            rf"\g<1>{mark}",
            text,
            flags=re.DOTALL,
        )

    word, found = written(repacked({"word/styles.xml": without_ours, "word/numbering.xml": marked}))
    assert found == {codes.TEMPLATE_BROUGHT}
    own = "//w:style[w:name/@w:val='{}']//w:numId/@w:val"
    (number,) = word.values(own.format("Committee Bullets"), "word/styles.xml")
    assert ([number] == word.values(own.format("List Bullet"), "word/styles.xml")) is serves


def test_notes_of_text_that_is_gone_are_left_out() -> None:
    note = '<w:footnote w:id="7"><w:p><w:r><w:t>Sample text</w:t></w:r></w:p></w:footnote>'
    data = replaced("</w:footnotes>", f"{note}</w:footnotes>", part=NOTES)
    word, found = written(data)
    assert found == {codes.TEMPLATE_LEFT_OUT}
    assert b"Sample text" not in word.parts[NOTES]


def test_a_content_control_is_plain_text() -> None:
    control = "<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    whole = control.format("<w:p><w:r><w:t>{{p body }}</w:t></w:r></w:p>")
    data = changed(
        "word/document.xml",
        lambda text: re.sub(r"<w:p>(?:(?!</w:p>).)*\{\{p body \}\}.*?</w:p>", lambda _: whole, text, flags=re.DOTALL),
    )
    word, found = written(data)
    assert found == {codes.TEMPLATE_LEFT_OUT}
    assert word.all("//w:sdt") == []


@pytest.mark.parametrize(
    ("style", "words", "told"),
    [
        ("Heading1", "", "number 1, which is empty, has the style “heading 1”; a heading needs words"),
        ("Heading3", "Our force", "“Our force” has the style “heading 3”; a heading of level 3 cannot follow nothing"),
    ],
)
def test_a_heading_of_the_templates_own_is_named_before_a_build(style: str, words: str, told: str) -> None:
    heading = f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>'
    data = replaced("<w:body>", f"<w:body>{heading}")
    diagnostics = Diagnostics()
    use = check_template("templates/x.docx", data, fields=FIELDS, diagnostics=diagnostics)
    assert not use.usable
    ((code, message, hint),) = [
        (each.code, each.message, each.hint) for each in diagnostics if each.code is not codes.TEMPLATE_ACCESS
    ]
    assert code is codes.TEMPLATE_HEADING
    assert told in message
    assert "“Title”" in hint
