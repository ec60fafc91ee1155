"""Templates: what is wrong in one is told in the words of its paragraphs, and no paper is written with it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import pytest

from papergen import codes
from papergen.diagnostics import Code, Diagnostics
from papergen.write.docx.preflight import TemplateUse, check_template
from papergen.write.styles import NEEDED_STYLES
from tests.support.every_node import FIELDS, paper_of, paragraph
from tests.support.word import changed, refused, replaced, template, written

TITLE = "{{ paper.title }}"
BODY = "{{p body }}"


def checked(data: bytes) -> tuple[TemplateUse, list[tuple[Code, str, str]]]:
    diagnostics = Diagnostics()
    use = check_template("templates/x.docx", data, fields=FIELDS, diagnostics=diagnostics)
    assert use.usable is not diagnostics.has_errors
    return use, [(found.code, found.message, found.hint) for found in diagnostics]


@pytest.mark.parametrize("name", ["panel-report", "appendix"])
def test_the_templates_that_come_with_papergen_are_sound(name: str) -> None:
    use, found = checked(template(name))
    assert found == []
    assert use.missing_styles == ()
    assert use.unknown_fields == {}
    assert set(use.needed_styles) == set(NEEDED_STYLES)
    assert {"panel.name", "meeting.date", "paper.title", "paper.status", "paper.source_note"} <= set(use.fields)
    assert use.fields["paper.status"] == ("header", "first-page header")
    assert {"Report Of", "Meeting Line", "Title", "header", "footer"} <= set(use.used_styles)


@pytest.mark.parametrize("name", ["panel-report", "appendix"])
def test_every_style_shows_in_words_gallery(name: str) -> None:
    """A clerk restyles what is in the gallery."""
    with zipfile.ZipFile(io.BytesIO(template(name))) as archive:
        styles = archive.read("word/styles.xml").decode()
    names = {each.casefold() for each in re.findall('<w:name w:val="([^"]+)"', styles)}
    assert [each for each in NEEDED_STYLES if each.casefold() not in names] == [], f"templates/{name}.docx lacks them"
    for style in styles.split("<w:style ")[1:]:
        if 'w:type="paragraph"' in style or 'w:type="character" w:styleId' in style:
            assert "<w:qFormat/>" in style
        assert "semiHidden" not in style


def in_title(xml: str) -> bytes:
    return replaced(TITLE, xml)


def in_body(xml: str) -> bytes:
    return replaced(BODY, xml)


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (
            in_title("{{ paper.titel }}"),
            codes.TEMPLATE_FIELD,
            "In the body paragraph “{{ paper.titel }}”, “paper.titel”",
        ),
        (in_title("{{ meeting }}"), codes.TEMPLATE_FIELD, "“meeting” is not a field"),
        (in_title("{{ paper.title }"), codes.TEMPLATE_SYNTAX, "“{{” without its partner"),
        (in_title("{{ paper.title"), codes.TEMPLATE_SYNTAX, "“{{” without its partner"),
        (in_title("paper.title }}"), codes.TEMPLATE_SYNTAX, "“}}” without its partner"),
        (in_title("{{ paper. }}"), codes.TEMPLATE_SYNTAX, "“{{ paper. }}” cannot be understood"),
        (in_title("{{ paper.title|month }}"), codes.TEMPLATE_SYNTAX, "“month”"),
        (in_title("{{ 9**9**9 }}"), codes.TEMPLATE_SYNTAX, "does more than a template may"),
        (in_title("{{ paper.title() }}"), codes.TEMPLATE_SYNTAX, "does more than a template may"),
        (in_title("{{p paper.title }}"), codes.TEMPLATE_SYNTAX, "prints a field"),
        (in_title("{{- paper.title }}"), codes.TEMPLATE_SYNTAX, "sign at its edge"),
        (in_title("{% for x in y %}{% endfor %}"), codes.TEMPLATE_SYNTAX, "not a tag that papergen knows"),
        (in_title("{% include 'x' %}"), codes.TEMPLATE_SYNTAX, "not a tag that papergen knows"),
        (in_title("{%tr if paper.title %}"), codes.TEMPLATE_SYNTAX, "table rows"),
        (in_title("{% if paper.title %}x"), codes.TEMPLATE_SYNTAX, "has no {% endif %}"),
        (in_title("x{% endif %}"), codes.TEMPLATE_SYNTAX, "has no {% if … %} before it"),
        (in_title("{%p if paper.title %}"), codes.TEMPLATE_SYNTAX, "has no {%p endif %}"),
        (in_title("{%p if paper.title %} and more {%p endif %}"), codes.TEMPLATE_SYNTAX, "would be lost"),
        (in_body("{{ body }}"), codes.TEMPLATE_BODY, "“{{ body }}” would leave the body out"),
        (in_body("Here: {{p body }}"), codes.TEMPLATE_BODY, "words beside {{p body }}"),
        (in_body("{{p body|upper }}"), codes.TEMPLATE_BODY, "is no place for the body"),
        (in_body("nothing"), codes.TEMPLATE_BODY, "has no place for the body"),
        (in_title(BODY), codes.TEMPLATE_BODY, "more than once"),
        (
            replaced("{{ panel.name }}", "{{p body }}", part="word/header1.xml"),
            codes.TEMPLATE_BODY,
            "stands in a header",
        ),
        (replaced("panel.name", "panel.nam", part="word/header1.xml"), codes.TEMPLATE_FIELD, "In the header paragraph"),
        (
            replaced("paper.status", "paper.stat", part="word/header2.xml"),
            codes.TEMPLATE_FIELD,
            "In the first-page header",
        ),
        (
            replaced("meeting.first", "meeting.furst", part="word/footer1.xml"),
            codes.TEMPLATE_FIELD,
            "In the footer paragraph",
        ),
    ],
)
def test_a_broken_tag_is_told_and_nothing_is_written(data: bytes, code: Code, words: str) -> None:
    _, found = checked(data)
    assert [(each, message) for each, message, _ in found if each is code and words in message], found
    assert [found.message for found in refused(paper_of(paragraph("x")), with_template=data)] == [
        message for _, message, _ in found
    ]


def test_a_hint_names_the_near_field() -> None:
    _, ((_, _, hint),) = checked(in_title("{{ paper.titel }}"))
    assert hint == "Did you mean “paper.title”?"


def test_the_body_may_not_hang_on_a_condition() -> None:
    data = changed(
        "word/document.xml",
        lambda text: text.replace("{{ paper.title }}", "{%p if paper.title %}").replace(
            "{%p if paper.source_note %}", "x"
        ),
    )
    _, found = checked(data)
    assert any("stands between" in message for _, message, _ in found)


def test_the_body_may_not_stand_in_a_table() -> None:
    def into_table(text: str) -> str:
        start = text.index("<w:p>", text.index("Title"))
        end = text.index("</w:p>", start) + len("</w:p>")
        cell = f"<w:tc><w:tcPr/>{text[start:end]}</w:tc>"
        return (
            f"{text[:start]}<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr>{cell}</w:tr></w:tbl>{text[end:]}"
        )

    _, found = checked(changed("word/document.xml", into_table))
    assert [code for code, _, _ in found if code is not codes.TEMPLATE_ACCESS] == [codes.TEMPLATE_BODY]


@pytest.mark.parametrize(("tag", "code"), [(BODY, codes.TEMPLATE_BODY), ("{%p endif %}", codes.TEMPLATE_SYNTAX)])
def test_a_section_break_may_not_stand_on_a_tags_paragraph(tag: str, code: Code) -> None:
    """docxtpl takes the whole paragraph away, and the break with it."""

    def end_section(text: str) -> str:
        at = text.rindex("</w:pPr>", 0, text.index(tag))
        return f"{text[:at]}<w:sectPr/>{text[at:]}"

    _, found = checked(changed("word/document.xml", end_section))
    assert [each for each, message, _ in found if "section break would be lost" in message] == [code]


def test_curly_quotes_and_filters_are_understood() -> None:
    data = in_title("{% if paper.status == “Draft” %}{{ paper.title | upper }}{% else %}no{% endif %}")
    assert written(paper_of(paragraph("x")), with_template=data).paragraphs("Title") == [
        "MONITORING REPORT OF A&E <28 DAYS"
    ]


# ---------------------------------------------------------------------------------------------------------------------
# Styles


def renamed(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(f'<w:name w:val="{old}"/>', f'<w:name w:val="{new}"/>')


def test_a_missing_style_is_brought_and_named() -> None:
    data = changed("word/styles.xml", renamed("Signs Box", "Sign Box"))
    use, ((code, message, _),) = checked(data)
    assert (code, use.missing_styles, use.usable) == (codes.TEMPLATE_BROUGHT, ("Signs Box",), True)
    assert "“Signs Box”" in message


def test_words_spelling_of_its_own_styles_does_not_matter() -> None:
    assert checked(changed("word/styles.xml", renamed("heading 1", "Heading 1,h1")))[1] == []


def test_a_style_of_the_wrong_kind_is_told() -> None:
    data = replaced(
        '<w:style w:type="character" w:styleId="Strong">',
        '<w:style w:type="paragraph" w:styleId="Strong">',
        part="word/styles.xml",
    )
    _, found = checked(data)
    assert "“Strong” is a paragraph style; the paper needs a character style" in found[0][1]


def test_many_missing_styles_are_one_note() -> None:
    def drop_boxes(text: str) -> str:
        for name in ("Note Box", "Note Box Title", "Signs Box", "Signs Box Title", "Aim Box", "Quote"):
            text = renamed(name, f"Old {name[::-1]}")(text)
        return text

    use, found = checked(changed("word/styles.xml", drop_boxes))
    assert len(found) == 1
    assert len(use.missing_styles) == 6


def test_a_list_style_without_its_list_is_given_one() -> None:
    data = replaced('<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>', "", part="word/numbering.xml")
    use, ((code, _, _),) = checked(data)
    assert (code, use.missing_styles) == (codes.TEMPLATE_BROUGHT, ("Committee Bullets",))


# ---------------------------------------------------------------------------------------------------------------------
# Files that are no templates


def archive(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in parts.items():
            target.writestr(name, data)
    return made.getvalue()


def without(*names: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(template())) as source:
        return archive({name: source.read(name) for name in source.namelist() if name not in names})


def with_macros() -> bytes:
    return replaced("wordprocessingml.document.main", "ms-word.document.macroEnabled.main", part="[Content_Types].xml")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: b"", "not a Word file"),
        (lambda: b"Just some text.", "not a Word file"),
        (lambda: template()[:3000], "not a Word file"),
        (lambda: archive({"a.txt": b"x"}), "not a Word file"),
        (lambda: b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "of the old kind (.doc)"),
        (lambda: b"{\\rtf1 x}", "Rich Text Format"),
        (lambda: b"%PDF-1.7", "is a PDF"),
        (lambda: archive({"mimetype": b"application/vnd.oasis.opendocument.text"}), "OpenDocument"),
        (lambda: archive({"[Content_Types].xml": b"", "xl/workbook.xml": b""}), "an Excel workbook"),
        (
            lambda: archive({"[Content_Types].xml": b"", "word/a.xml": "<!DOCTYPE x>".encode("utf-16-le")}),
            "document type",
        ),
        (with_macros, "saved as .docm or .dotm"),
        (lambda: without("word/document.xml"), "not a Word file"),
        (lambda: changed("word/document.xml", lambda text: text[:400]), "not a Word file"),
        (lambda: archive({f"{number}.xml": b"" for number in range(2100)}), "far more than"),
        (lambda: archive({"word/document.xml": b" " * 210_000_000}), "far more than"),
    ],
    ids=[
        *("empty", "text", "cut short", "zip", "locked", "old", "rtf", "pdf", "odt", "xlsx", "entities", "macros"),
        *("no document", "broken XML", "parts", "bomb"),
    ],
)
def test_what_is_no_template_is_refused(make: Callable[[], bytes], words: str) -> None:
    data = make()
    use, found = checked(data)
    assert not use.usable
    ((code, message, hint),) = found
    assert code is codes.TEMPLATE_UNREADABLE
    assert words in message
    assert hint
    refused(paper_of(paragraph("x")), with_template=data)
