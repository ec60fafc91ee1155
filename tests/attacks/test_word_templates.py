"""Word templates that would fetch, run, change by themselves, or hand out what nobody means to publish."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import etree

from papergen import codes
from papergen.diagnostics import Code, Diagnostics
from papergen.write.docx.adopt import adopt
from papergen.write.docx.allowed import hidden_styles
from papergen.write.docx.preflight import check_template
from papergen.write.docx.tags import BrokenTagError, tags_in
from papergen.write.docx.template_styles import TemplateStyles
from tests.attacks.test_picture_metadata import EXAMPLES, SECRET
from tests.support.every_node import FIELDS, paper_of, paragraph
from tests.support.letterheads import SAMPLE, saved
from tests.support.within import within
from tests.support.word import changed, refused, replaced, template, written

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "application/vnd.openxmlformats-officedocument"
Parts = dict[str, bytes]


def told(data: bytes) -> set[Code]:
    diagnostics = Diagnostics()
    check_template("templates/x.docx", data, fields=FIELDS, diagnostics=diagnostics)
    assert diagnostics.has_errors
    refused(paper_of(paragraph("x")), with_template=data)
    return {found.code for found in diagnostics if found.code is not codes.TEMPLATE_ACCESS}


def in_body(xml: str) -> bytes:
    return changed("word/document.xml", lambda text: text.replace("<w:body>", f"<w:body>{xml}", 1))


def in_settings(xml: str) -> bytes:
    return replaced("</w:settings>", f"{xml}</w:settings>", part="word/settings.xml")


def run(xml: str) -> str:
    return f"<w:p><w:r>{xml}</w:r></w:p>"


def field(*instruction: str) -> str:
    pieces = "".join(f'<w:r><w:instrText xml:space="preserve">{each}</w:instrText></w:r>' for each in instruction)
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return (
        f"<w:p>{mark.format('begin')}{pieces}{mark.format('separate')}<w:r><w:t>x</w:t></w:r>{mark.format('end')}</w:p>"
    )


def with_part(name: str, data: bytes, *, kind: str, content: str, at: str = "word/_rels/document.xml.rels") -> bytes:
    """A template with one more part, and what leads to it."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template())) as source, zipfile.ZipFile(made, "w") as target:
        for each in source.namelist():
            old = source.read(each)
            if each == "[Content_Types].xml":
                old = old.replace(
                    b"</Types>", f'<Override PartName="/{name}" ContentType="{content}"/></Types>'.encode()
                )
            if each == at:
                old = old.replace(
                    b"</Relationships>",
                    f'<Relationship Id="rId99" Type="{kind}" Target="/{name}"/></Relationships>'.encode(),
                )
            target.writestr(each, old)
        target.writestr(name, data)
    return made.getvalue()


@pytest.mark.parametrize(
    "instruction",
    [
        ('DDEAUTO c:\\\\windows\\\\cmd.exe "/k calc"',),
        ("DDE", 'AUTO cmd "x"'),
        (' INCLUDETEXT "\\\\\\\\a.example\\\\b.docx" ',),
        ('INCLUDEPICTURE "http://a.example/a.png" \\d',),
        ("includepicture x",),
        ("FILENAME \\p",),
        ("USERNAME",),
        ("DATE",),
        ("MACROBUTTON run x",),
        ("IMPORT x",),
        ("LINK Excel.Sheet.8 a.xls",),
        ("DATABASE x",),
        ("DOCPROPERTY secret",),
        ("= 1 + 1",),
        ('HYPERLINK "file:///c:/a.exe"',),
        ("HYPERLINK \\\\a.example\\b",),
        ('HYPERLINK \\o "tip" "javascript:x"',),
        ("",),
    ],
)
def test_a_field_that_is_not_on_the_list_is_refused(instruction: tuple[str, ...]) -> None:
    assert codes.TEMPLATE_RESOURCE in told(in_body(field(*instruction)))
    simple = f'<w:p><w:fldSimple w:instr="{"".join(instruction).replace(chr(34), "&quot;")}"/></w:p>'
    assert codes.TEMPLATE_RESOURCE in told(in_body(simple))


def test_a_field_within_a_field_is_looked_at_by_itself() -> None:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    inner = f"{mark.format('begin')}<w:r><w:instrText>DDEAUTO x</w:instrText></w:r>{mark.format('end')}"
    outer = f"{mark.format('begin')}<w:r><w:instrText>PAGE </w:instrText></w:r>{inner}{mark.format('end')}"
    assert codes.TEMPLATE_RESOURCE in told(in_body(f"<w:p>{outer}</w:p>"))


@pytest.mark.parametrize(
    "instruction",
    ["PAGE", " page \\* MERGEFORMAT ", "NUMPAGES", 'TOC \\o "1-3"', "PAGEREF _Toc1 \\h", 'STYLEREF "Title"'],
)
def test_fields_of_letterheads_may_stand(instruction: str) -> None:
    diagnostics = Diagnostics()
    check_template(
        "templates/x.docx",
        in_body(field(instruction.replace(chr(34), "&quot;"))),
        fields=FIELDS,
        diagnostics=diagnostics,
    )
    assert not diagnostics.has_errors, [str(each) for each in diagnostics]


@pytest.mark.parametrize(
    "xml",
    [
        run("<w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t>"),
        run('<w:rPr><w:specVanish w:val="1"/></w:rPr><w:t>hidden</w:t>'),
        '<w:p><w:ins w:id="1" w:author="Jane"><w:r><w:t>x</w:t></w:r></w:ins></w:p>',
        '<w:p><w:del w:id="1" w:author="Jane"><w:r><w:delText>x</w:delText></w:r></w:del></w:p>',
        '<w:p><w:pPr><w:pPrChange w:id="1" w:author="Jane"><w:pPr/></w:pPrChange></w:pPr></w:p>',
        '<w:p><w:moveFromRangeStart w:id="1" w:name="a" w:author="Jane"/></w:p>',
        '<w:p><w:commentRangeStart w:id="0"/></w:p>',
        '<w:p><w:permStart w:id="0" w:ed="jane@a.example"/><w:permEnd w:id="0"/></w:p>',
    ],
)
def test_what_papers_would_hand_out_is_refused(xml: str) -> None:
    assert told(in_body(xml)) == {codes.TEMPLATE_PRIVATE}


def test_text_that_a_style_hides_is_refused_and_a_style_that_nothing_uses_is_not() -> None:
    style = (
        '<w:style w:type="character" w:styleId="Quiet"><w:name w:val="Quiet"/><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Still"><w:name w:val="Still"/><w:basedOn w:val="Quiet"/></w:style>'
    )
    unused = replaced("</w:styles>", f"{style}</w:styles>", part="word/styles.xml")
    diagnostics = Diagnostics()
    check_template("templates/x.docx", unused, fields=FIELDS, diagnostics=diagnostics)
    assert not diagnostics.has_errors
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(unused)) as source, zipfile.ZipFile(made, "w") as target:
        for each in source.namelist():
            data = source.read(each)
            if each == "word/document.xml":
                hidden = run('<w:rPr><w:rStyle w:val="Still"/></w:rPr><w:t>hidden</w:t>')
                data = data.replace(b"<w:body>", f"<w:body>{hidden}".encode(), 1)
            target.writestr(each, data)
    assert told(made.getvalue()) == {codes.TEMPLATE_PRIVATE}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (in_body('<w:altChunk r:id="rId1"/>'), codes.TEMPLATE_RESOURCE),
        (in_body(run("<w:object/>")), codes.TEMPLATE_RESOURCE),
        (in_body(run('<w:fldChar w:fldCharType="begin"><w:ffData/></w:fldChar>')), codes.TEMPLATE_RESOURCE),
        (
            replaced(
                "</w:settings>",
                '<w:mailMerge><w:connectString w:val="x"/></w:mailMerge></w:settings>',
                part="word/settings.xml",
            ),
            codes.TEMPLATE_RESOURCE,
        ),
        (
            replaced(
                "</w:settings>",
                '<w:docVars><w:docVar w:name="a" w:val="b"/></w:docVars></w:settings>',
                part="word/settings.xml",
            ),
            codes.TEMPLATE_PRIVATE,
        ),
        (
            with_part("word/a.html", b"<p>x</p>", kind=f"{REL}/aFChunk", content="text/html"),
            codes.TEMPLATE_RESOURCE,
        ),
        (
            with_part("word/embeddings/a.bin", b"x", kind=f"{REL}/oleObject", content=f"{TYPES}.oleObject"),
            codes.TEMPLATE_RESOURCE,
        ),
        (
            with_part(
                "word/vbaProject.bin",
                b"x",
                kind="http://schemas.microsoft.com/office/2006/relationships/vbaProject",
                content="application/vnd.ms-office.vbaProject",
            ),
            codes.TEMPLATE_RESOURCE,
        ),
        (
            with_part("word/media/a.exe", b"MZ", kind=f"{REL}/image", content="application/octet-stream"),
            codes.TEMPLATE_RESOURCE,
        ),
        (
            with_part(
                "word/media/a.svg",
                b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
                kind=f"{REL}/image",
                content="image/svg+xml",
            ),
            codes.TEMPLATE_RESOURCE,
        ),
        (
            with_part(
                "word/comments.xml",
                f'<w:comments xmlns:w="{W}"/>'.encode(),
                kind=f"{REL}/comments",
                content=f"{TYPES}.wordprocessingml.comments+xml",
            ),
            codes.TEMPLATE_PRIVATE,
        ),
        (
            with_part(
                "docProps/custom.xml",
                b"<Properties/>",
                kind=f"{REL}/custom-properties",
                content=f"{TYPES}.custom-properties+xml",
                at="_rels/.rels",
            ),
            codes.TEMPLATE_PRIVATE,
        ),
        (
            with_part("word/unheard.xml", b"<x/>", kind="http://a.example/unheard", content="application/xml"),
            codes.TEMPLATE_RESOURCE,
        ),
    ],
)
def test_parts_and_elements_that_are_not_on_the_lists_are_refused(data: bytes, code: Code) -> None:
    assert code in told(data)


@pytest.mark.parametrize(
    ("name", "kind", "content"),
    [
        ("customXml/item1.xml", f"{REL}/customXml", "application/xml"),
        ("word/people.xml", "http://schemas.microsoft.com/office/2011/relationships/people", "application/xml"),
        ("word/glossary/document.xml", f"{REL}/glossaryDocument", f"{TYPES}.wordprocessingml.document.glossary+xml"),
    ],
)
def test_what_word_adds_by_itself_is_left_out(name: str, kind: str, content: str) -> None:
    data = with_part(name, b"<x>Officer Jane</x>", kind=kind, content=content)
    word = written(paper_of(paragraph("x")), with_template=data)
    assert word.paragraphs("Body Text") or word
    with zipfile.ZipFile(io.BytesIO(word.data)) as archive:
        assert name not in archive.namelist()
        assert all(b"Officer Jane" not in archive.read(each) for each in archive.namelist())


def test_properties_as_libreoffice_names_them_are_no_dead_end() -> None:
    named = r"http://schemas\.openxmlformats\.org/\w+/2006/relationships/metadata/core-properties"
    as_there = f"{REL.replace('officeDocument', 'officedocument')}/metadata/core-properties"
    data = changed("_rels/.rels", lambda text: re.sub(named, as_there, text))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert as_there in archive.read("_rels/.rels").decode()
    word = written(paper_of(paragraph("x")), with_template=data)
    with zipfile.ZipFile(io.BytesIO(word.data)) as archive:
        assert "package/2006/relationships/metadata/core-properties" in archive.read("_rels/.rels").decode()


@pytest.mark.parametrize("kind", ["jpeg", "png"])
def test_pictures_of_a_letterhead_tell_nothing(kind: str) -> None:
    data = with_part(f"word/media/a.{kind}", EXAMPLES[kind], kind=f"{REL}/image", content=f"image/{kind}")
    word = written(paper_of(paragraph("x")), with_template=data)
    with zipfile.ZipFile(io.BytesIO(word.data)) as archive:
        assert any(each.startswith("word/media/") for each in archive.namelist())
        assert all(SECRET not in archive.read(each) for each in archive.namelist())


Change = Callable[[str], str]


@pytest.mark.parametrize(
    "said", ["{{ (9**9)**(9**9) }}", "{{ 'x' * 2000000000 }}", "{% for a in 'x' * 9999 %}x{% endfor %}"]
)
def test_a_tag_outside_the_words_does_no_more_than_one_within(said: str) -> None:
    data = replaced("<w:body>", f'<w:body><w:p w:rsidR="{said}"/>')
    assert refused(paper_of(paragraph("x")), with_template=data).has_errors


@pytest.mark.parametrize("name", ["unheardOf", "altChunkPr", "smartTagThing"])
def test_an_element_that_is_on_no_list_is_refused(name: str) -> None:
    assert told(in_body(f"<w:p><w:{name}/></w:p>")) == {codes.TEMPLATE_RESOURCE}


def test_what_a_file_says_may_be_passed_over_is_left_out() -> None:
    spaces = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:x="http://a.example/x"'
    data = changed(
        "word/document.xml",
        lambda text: text.replace("<w:document ", f'<w:document {spaces} mc:Ignorable="x" ', 1).replace(
            "<w:body>", "<w:body><x:secret>canary</x:secret>", 1
        ),
    )
    word = written(paper_of(paragraph("x")), with_template=data)
    assert b"canary" not in word.parts["word/document.xml"]


def test_locks_printers_and_schemas_are_left_out() -> None:
    lock = '<w:documentProtection w:edit="forms" w:enforcement="1"/>'
    word = written(paper_of(paragraph("x")), with_template=in_settings(lock))
    assert b"documentProtection" not in word.parts["word/settings.xml"]


@pytest.mark.parametrize("part", ["header1.xml", "styles.xml", "footnotes.xml", "settings.xml", "../docProps/core.xml"])
def test_a_part_that_is_not_what_it_says_is_refused(part: str) -> None:
    name = part.removeprefix("../") if part.startswith("..") else f"word/{part}"
    assert told(changed(name, lambda _: f'<w:body xmlns:w="{W}"/>')) == {codes.TEMPLATE_UNREADABLE}


def test_styles_that_are_based_on_each_other_without_end_are_read_in_moments() -> None:
    one = '<w:style w:type="paragraph" w:styleId="A{0}"><w:name w:val="A{0}"/><w:basedOn w:val="A{1}"/></w:style>'
    chain = "".join(one.format(at, at + 1) for at in range(5000))
    styles = TemplateStyles(etree.fromstring(f'<w:styles xmlns:w="{W}">{chain}</w:styles>'))
    assert len([*styles.lineage("A0")]) < 100


def test_a_hidden_style_hides_all_that_rest_on_it_in_moments() -> None:
    one = '<w:style w:type="paragraph" w:styleId="A{0}"><w:basedOn w:val="A{1}"/></w:style>'
    chain = "".join(one.format(at, (at + 1) % 5000) for at in range(5000))
    hidden = chain.replace("</w:style>", "<w:rPr><w:vanish/></w:rPr></w:style>", 1)
    with within(seconds=5):
        assert len(hidden_styles(etree.fromstring(f'<w:styles xmlns:w="{W}">{hidden}</w:styles>'))) == 5000


def test_a_heading_that_says_nothing_of_itself_is_adopted() -> None:
    letterhead = docx.Document()
    letterhead.add_paragraph("", style="Heading 3")
    letterhead.styles["Normal"].element.get_or_add_pPr().append(OxmlElement("w:outlineLvl", {qn("w:val"): "2"}))
    letterhead.add_paragraph("County Council")
    letterhead.add_paragraph(SAMPLE)
    made = adopt("x.docx", saved(letterhead), mapped={}, place=SAMPLE[:9], diagnostics=Diagnostics())
    assert made is not None


@pytest.mark.parametrize("name", ["Body Text", "heading 1", "Caption"])
def test_a_style_of_papers_that_hides_its_words_is_refused(name: str) -> None:
    of_style = f'(<w:name w:val="{name}"/>.*?<w:rPr>)'
    hiding = changed(
        "word/styles.xml",
        lambda text: re.sub(of_style, r"\1<w:vanish/>", text, count=1, flags=re.DOTALL | re.IGNORECASE),
    )
    assert told(hiding) == {codes.TEMPLATE_PRIVATE}


@pytest.mark.parametrize(
    "body", [f"<w:p>{'<w:r><w:t>x</w:t></w:r>' * 60_000}</w:p>", "<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 40_000]
)
def test_text_without_end_is_refused_before_it_is_read(body: str) -> None:
    with within(seconds=2):
        assert told(in_body(body)) == {codes.TEMPLATE_UNREADABLE}


def test_styles_without_end_are_refused_before_they_are_read() -> None:
    style = '<w:style w:type="paragraph" w:styleId="A{0}"><w:basedOn w:val="A{1}"/></w:style>'
    chain = "".join(style.format(at, at + 1) for at in range(30_000))
    with within(seconds=2):
        styles = changed("word/styles.xml", lambda text: text.replace("</w:styles>", f"{chain}</w:styles>"))
        assert told(styles) == {codes.TEMPLATE_UNREADABLE}


@pytest.mark.slow
@pytest.mark.parametrize("sign", ["{{ ", "{% ", "{# "])
def test_braces_that_never_close_are_told_in_moments(sign: str) -> None:
    with within(seconds=20), pytest.raises(BrokenTagError):
        list(tags_in(sign * 30_000))
