"""Checking a Word template: the fields and styles it uses, those it lacks, and those it does not know."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from docx.oxml.parser import parse_xml
from jinja2 import TemplateSyntaxError

from papergen import codes
from papergen.diagnostics import Diagnostics, Span, did_you_mean
from papergen.write.layout import BODY, _Environment as FieldEnvironment, _names as names_in
from papergen.write.word.styles import NEEDED, TemplateStyles, template_styles
from papergen.write.word.xml import Element, qn, text_of

MOST_BYTES = 60_000_000
MOST_PARTS = 2000

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_PREFIX = re.compile(r"(\{[{%])-?(?:p|tr|tc|r)\s")
_BODY_TAG = re.compile(r"\{\{p\s+body\s*\}\}")
_NEEDED_PARTS = ("word/document.xml", "word/styles.xml", "word/numbering.xml", "word/footnotes.xml")


@dataclass(frozen=True, slots=True)
class TemplateUse:
    """What a template uses: fields in the order of the alphabet, and styles by the names that Word shows."""

    fields: tuple[str, ...]
    unknown_fields: tuple[str, ...]
    styles: tuple[str, ...]
    missing_styles: tuple[str, ...]
    is_usable: bool


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph with a tag in it: where it stands, as a person would say it, and its words."""

    where: str
    text: str

    def __str__(self) -> str:
        shown = self.text if len(self.text) <= 60 else f"{self.text[:57]}…"
        return f"{self.where}, “{shown}”"


def check_template(
    name: str, data: bytes, *, fields: Mapping[str, str], diagnostics: Diagnostics
) -> TemplateUse | None:
    """What the template uses, with diagnostics for what is wrong in it; None when it cannot be opened."""
    found = Diagnostics()
    parts = _parts(name, data, found)
    if parts is None:
        diagnostics.extend(found)
        return None
    paragraphs = list(_paragraphs(parts))
    known, unknown = _check_fields(name, paragraphs, fields, found)
    _check_body(name, paragraphs, found)
    styles = template_styles(parts["word/styles.xml"])
    missing = styles.missing(NEEDED)
    for style in missing:
        found.add(
            codes.TEMPLATE_STYLE,
            Span(name),
            f"The style “{style}” is not in the template.",
            "Make it in Word (Home, Styles, New Style), or copy it from the template that comes with papergen.",
        )
    for style in styles.of_other_kind(NEEDED):
        found.add(
            codes.TEMPLATE_STYLE,
            Span(name),
            f"The style “{style}” is there, but it is not a {NEEDED[style].value} style.",
            "Delete it in Word, and make it anew with the right “style type”.",
        )
    use = TemplateUse(
        tuple(sorted(known)), tuple(sorted(unknown)), _used(parts, styles), tuple(missing), not found.has_errors
    )
    diagnostics.extend(found)
    return use


def _parts(name: str, data: bytes, found: Diagnostics) -> dict[str, Element] | None:
    """The XML parts of the template that hold text or styles, or None with a diagnostic."""

    def refuse(message: str, hint: str) -> None:
        found.add(codes.TEMPLATE_UNREADABLE, Span(name), message, hint)

    mend = "Open it in Word and save it as a Word document (.docx), or take the template that comes with papergen."
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_BYTES:
                refuse("The template unpacks to more than any Word template holds.", mend)
                return None
            names = {entry.filename for entry in entries}
            missing = [part for part in _NEEDED_PARTS if part not in names]
            if missing:
                refuse(f"The template lacks a part that papers need ({missing[0]}).", mend)
                return None
            parts: dict[str, Element] = {}
            for part in sorted(names):
                if not part.endswith((".xml", ".rels")):
                    continue
                content = archive.read(part)
                if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
                    refuse(f"The template declares entities in {part}, which Word never does.", mend)
                    return None
                root = parse_xml(content)
                if part.endswith(".rels"):
                    _check_links(name, part, root, found)
                elif re.fullmatch(r"word/(document|styles|header\d*|footer\d*)\.xml", part):
                    parts[part] = root
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, RuntimeError) as problem:
        refuse(f"The template cannot be opened as a Word file ({type(problem).__name__}).", mend)
        return None
    except SyntaxError:  # what lxml raises for XML that is not well formed
        refuse("The template holds a part that is not whole.", mend)
        return None
    return parts


def _check_links(name: str, part: str, root: Element, found: Diagnostics) -> None:
    for relation in root:
        kind = relation.get("Type", "").rsplit("/", 1)[-1]
        if relation.get("TargetMode") == "External" and kind != "hyperlink":
            found.add(
                codes.TEMPLATE_RESOURCE,
                Span(name),
                f"The template takes something from “{relation.get('Target')}” ({kind}, in {part}).",
                "Put it into the template itself: in Word, File, Info, Edit Links to Files, Break Link.",
            )


def _paragraphs(parts: Mapping[str, Element]) -> Iterator[_Paragraph]:
    for part, root in parts.items():
        where = {"word/document.xml": "the body"}.get(part, "a header" if "header" in part else "a footer")
        if part == "word/styles.xml":
            continue
        for found in root.iter(qn("w:p")):
            text = text_of(found)
            if "{" in text:
                yield _Paragraph(f"in {where}", text)


def _check_fields(
    name: str, paragraphs: list[_Paragraph], fields: Mapping[str, str], found: Diagnostics
) -> tuple[set[str], set[str]]:
    """The fields that are known and those that are not; tags that are broken are diagnosed."""
    environment = FieldEnvironment()
    known: set[str] = set()
    unknown: set[str] = set()
    for paragraph in paragraphs:
        for tag in _TAG.findall(paragraph.text):
            plain = _PREFIX.sub(r"\1 ", tag)
            match = re.match(r"\{%-?\s*(?:el)?if\b(.*?)-?%\}", plain, re.DOTALL)
            source = f"{{{{ {match[1]} }}}}" if match else "" if plain.startswith("{%") else plain
            try:
                names = {dotted for dotted, _ in names_in(environment.parse(source))}
            except TemplateSyntaxError as problem:
                found.add(
                    codes.TEMPLATE_SYNTAX,
                    Span(name),
                    f"The tag “{tag}” is broken, {paragraph}: {problem.message}.",
                    "Write a field as {{ meeting.date }}.",
                )
                continue
            for dotted in sorted(names - {BODY}):
                if dotted in fields:
                    known.add(dotted)
                    continue
                unknown.add(dotted)
                found.add(
                    codes.TEMPLATE_FIELD,
                    Span(name),
                    f"“{dotted}” is not a field, {paragraph}.",
                    did_you_mean(dotted, fields, "The fields are listed in the guide for officers."),
                )
        rest = _TAG.sub("", paragraph.text)
        if any(mark in rest for mark in ("{{", "}}", "{%", "%}")):
            found.add(
                codes.TEMPLATE_SYNTAX,
                Span(name),
                f"A tag is not closed, {paragraph}.",
                "Every {{ needs its }}, and every {% its %}, in the same paragraph.",
            )
    if not found.has_errors:
        _check_structure(name, paragraphs, environment, found)
    return known, unknown


def _check_structure(
    name: str, paragraphs: list[_Paragraph], environment: FieldEnvironment, found: Diagnostics
) -> None:
    """Every ``{% if %}`` has its ``{% endif %}``, in the same part of the file."""
    for where in dict.fromkeys(paragraph.where for paragraph in paragraphs):
        text = [_PREFIX.sub(r"\1 ", each.text) for each in paragraphs if each.where == where]
        try:
            environment.parse("\n".join(text))
        except TemplateSyntaxError as problem:
            near = [each for each in paragraphs if each.where == where][max(0, min(problem.lineno, len(text)) - 1)]
            found.add(
                codes.TEMPLATE_SYNTAX,
                Span(name),
                f"The tags do not fit together, {near}: {problem.message}.",
                "Every {% if … %} needs its {% endif %}.",
            )


def _check_body(name: str, paragraphs: list[_Paragraph], found: Diagnostics) -> None:
    holding = [each for each in paragraphs if re.search(r"\{\{\w*\s*body\b", each.text)]
    if not holding:
        found.add(
            codes.TEMPLATE_BODY,
            Span(name),
            "The template has no place for the body of the paper.",
            "Write {{p body }} in a paragraph of its own where the paper should stand.",
        )
    for each in holding:
        if not _BODY_TAG.fullmatch(each.text.strip()) or each.where != "in the body":
            found.add(
                codes.TEMPLATE_BODY,
                Span(name),
                f"The body of the paper would be lost, {each}.",
                "Write {{p body }}, with the p, in a paragraph that holds nothing else.",
            )
    if len(holding) > 1:
        found.add(
            codes.TEMPLATE_BODY, Span(name), "The template asks for the body more than once.", "Keep one of them."
        )


def _used(parts: Mapping[str, Element], styles: TemplateStyles) -> tuple[str, ...]:
    """The names of the styles that the template's own text is set in."""
    names = {key: name for name, (key, _) in styles.by_name.items()}
    ids = {
        found.get(qn("w:val"))
        for part, root in parts.items()
        if part != "word/styles.xml"
        for found in root.iter(qn("w:pStyle"), qn("w:rStyle"), qn("w:tblStyle"))
    }
    return tuple(sorted(names.get(each, each) for each in ids if each))
