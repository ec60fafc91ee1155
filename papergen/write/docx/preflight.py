"""Checking a Word template: the fields and styles it uses, those it lacks and those nobody knows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import partial

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import Part

from papergen import codes
from papergen.diagnostics import Code, Diagnostics, Span, did_you_mean
from papergen.write.docx.accessibility import own_headings, template_faults
from papergen.write.docx.allowed import hidden_by_style, package_faults
from papergen.write.docx.stories import Story, paragraph_text, paragraphs, part_of, stories, tree
from papergen.write.docx.story_faults import quote
from papergen.write.docx.tags import BODY, BrokenTagError, Tag, TagKind, tags_in
from papergen.write.docx.template import StrictTemplate, open_template
from papergen.write.docx.template_styles import TemplateStyles
from papergen.write.docx.xml import Element, attribute, first, found, is_a
from papergen.write.fields import groups
from papergen.write.styles import NEEDED_STYLES, StyleKind

_KINDS = {
    StyleKind.PARAGRAPH: "a paragraph style",
    StyleKind.CHARACTER: "a character style",
    StyleKind.TABLE: "a table style",
    StyleKind.LIST: "a list style",
}
_quote = partial(quote, longest=60)
_MOST_BLOCKS = 500
_LANGUAGE, _OTHERS = "en-GB", ("cy-GB",)
"""The language of papers, and that of words which a bilingual letterhead has beside them."""
_BREAK_HINT = "Add an empty paragraph after it, before the section break."
_BODY_HINT = "Write {{p body }} in a paragraph of its own, in the body, where the paper should begin."


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateUse:
    """What a template uses and lacks; names of fields come with the places where they stand.

    ``missing_styles`` are those that papergen brings.  A template that is not ``usable`` has errors.
    """

    fields: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unknown_fields: dict[str, tuple[str, ...]] = field(default_factory=dict)
    used_styles: tuple[str, ...] = ()
    needed_styles: tuple[str, ...] = tuple(NEEDED_STYLES)
    missing_styles: tuple[str, ...] = ()
    usable: bool = False


def check_template(name: str, data: bytes, *, fields: Collection[str], diagnostics: Diagnostics) -> TemplateUse:
    """What the template ``data`` uses and lacks, with a diagnostic at ``name`` for everything wrong in it."""
    template = open_template(name, data, diagnostics)
    if template is None:
        return TemplateUse()
    return check_opened(name, template, fields=fields, diagnostics=diagnostics)


def check_opened(
    name: str, template: StrictTemplate, *, fields: Collection[str], diagnostics: Diagnostics
) -> TemplateUse:
    """The same for a template that is open already."""
    check = _Check(name, fields)
    part = template.docx.part
    told = list(stories(part))
    for story in told:
        check.story(story)
    check.body_count()
    check.size(told[0])
    root = tree(part_of(part, RT.STYLES))
    styles = TemplateStyles(root)
    check.package(part, told, root)
    check.styles(styles)
    check.headings(told[0], styles)
    for fault in template_faults(part, language=_LANGUAGE, others=_OTHERS):
        check.add(codes.TEMPLATE_ACCESS, fault.message, fault.hint)
    diagnostics.extend(check.found)
    return TemplateUse(
        fields={name: tuple(places) for name, places in sorted(check.used.items())},
        unknown_fields={name: tuple(places) for name, places in sorted(check.unknown.items())},
        used_styles=_styles_in(told, styles),
        missing_styles=template.completed.styles,
        usable=not check.found.has_errors,
    )


class _Check:
    def __init__(self, name: str, fields: Collection[str]) -> None:
        self.found = Diagnostics()
        self.used: dict[str, list[str]] = {}
        self.unknown: dict[str, list[str]] = {}
        self._name = name
        self._fields = frozenset(fields)
        self._groups = groups(self._fields)
        self._bodies = 0

    def add(self, code: Code, message: str, hint: str) -> None:
        self.found.add(code, Span(self._name), message, hint)

    def story(self, story: Story) -> None:
        """Look at every tag of one part."""
        open_tags: list[tuple[Tag, Element]] = []
        for paragraph in paragraphs(story.root):
            text = paragraph_text(paragraph)
            where = _where(story, text)
            try:
                for tag in tags_in(text):
                    self._names(tag, story.place, where)
                    self._place(tag, text, paragraph, story, where, inside=bool(open_tags))
                    self._pair(tag, paragraph, open_tags)
            except BrokenTagError as problem:
                self.add(codes.TEMPLATE_SYNTAX, f"{where} {problem.message}.", problem.hint)
                self._bodies += BODY in text  # the broken tag is its place
            for tag, opened in open_tags:
                if opened is paragraph and tag.scope != "p":
                    self.add(
                        codes.TEMPLATE_SYNTAX,
                        f"{where} “{tag.written}” has no {{% endif %}}.",
                        "Close it in the same paragraph; for whole paragraphs write {%p if … %} and {%p endif %},"
                        " each in a paragraph of its own.",
                    )
            open_tags = [(tag, opened) for tag, opened in open_tags if tag.scope == "p"]
        for tag, opened in open_tags:
            self.add(
                codes.TEMPLATE_SYNTAX,
                f"{_where(story, paragraph_text(opened))} “{tag.written}” has no {{%p endif %}}.",
                "Write {%p endif %} in a paragraph of its own after the last one that it is about.",
            )

    def _names(self, tag: Tag, place: str, where: str) -> None:
        for name in tag.names:
            if name == BODY:
                continue
            if name in self._fields:
                self.used.setdefault(name, []).append(place)
                continue
            self.unknown.setdefault(name, []).append(place)
            below = sorted(known for known in self._fields if known.startswith(f"{name}."))
            hint = did_you_mean(name, (*self._fields, BODY), "The fields are listed in the guide for officers.")
            if name in self._groups:
                hint = f"It holds others: {', '.join(below[:8])}."
            self.add(codes.TEMPLATE_FIELD, f"{where} “{name}” is not a field.", hint)

    def _place(self, tag: Tag, text: str, paragraph: Element, story: Story, where: str, *, inside: bool) -> None:
        if BODY in tag.names:
            self._bodies += 1
            if problem := _body_problem(tag, text, paragraph, story, inside=inside):
                hint = _BREAK_HINT if "section break" in problem else _BODY_HINT
                self.add(codes.TEMPLATE_BODY, f"{where} {problem}.", hint)
        elif tag.scope == "p" and first(paragraph, "w:pPr/w:sectPr") is not None:
            raise BrokenTagError(
                f"“{tag.written}” stands where a section ends, and the section break would be lost", _BREAK_HINT
            )
        elif tag.kind is TagKind.PRINT and tag.scope:
            raise BrokenTagError(f"“{tag.written}” prints a field", "Leave the letter after the braces out.")
        elif tag.scope == "p" and text.strip() != tag.written:
            raise BrokenTagError(
                f"“{tag.written}” stands beside other words, which would be lost",
                "Give it a paragraph of its own, or leave the “p” out.",
            )

    def _pair(self, tag: Tag, paragraph: Element, open_tags: list[tuple[Tag, Element]]) -> None:
        match tag.kind:
            case TagKind.IF:
                open_tags.append((tag, paragraph))
            case TagKind.ELSE | TagKind.END:
                if not open_tags:
                    raise BrokenTagError(
                        f"“{tag.written}” has no {{% if … %}} before it", "Write the “if”, or leave it out."
                    )
                opener, opened = open_tags[-1]
                if opener.scope != tag.scope or opened.getparent() is not paragraph.getparent():
                    raise BrokenTagError(
                        f"“{tag.written}” does not fit “{opener.written}”",
                        "Write both with “p”, each in a paragraph of its own, or both without it.",
                    )
                if tag.kind is TagKind.END:
                    open_tags.pop()
            case TagKind.PRINT | TagKind.COMMENT:
                pass

    def body_count(self) -> None:
        if self._bodies == 0:
            self.add(codes.TEMPLATE_BODY, "The template has no place for the body of the paper.", _BODY_HINT)
        elif self._bodies > 1:
            self.add(
                codes.TEMPLATE_BODY, "The template has the body of the paper more than once.", "Keep one {{p body }}."
            )

    def size(self, body: Story) -> None:
        """Tell of text that no letterhead has; every paper would hold all of it."""
        count = len(found(body.root, "w:body/*"))
        if count > _MOST_BLOCKS:
            self.add(
                codes.TEMPLATE_UNREADABLE,
                f"The template has {count:,} paragraphs of its own, which would stand in every paper.",
                "Delete the text that is not part of the letterhead, or name where the paper goes with --body.",
            )

    def package(self, document: Part, told: list[Story], styles: Element) -> None:
        """Tell of what the template holds and papers may not: Word would hand it out, fetch it or run it."""
        for fault in package_faults(document):
            self.add(fault.code, fault.message, fault.hint)
        hidden = hidden_by_style(told, styles)
        if hidden is not None:
            self.add(hidden.code, hidden.message, hidden.hint)

    def styles(self, styles: TemplateStyles) -> None:
        """Tell of the styles that papers need as another kind of style than the template has them."""
        for name, kind in NEEDED_STYLES.items():
            if styles.kind(name) is not kind:
                self.add(
                    codes.TEMPLATE_STYLE,
                    f"The style “{name}” is {_KINDS[styles.kind(name)]}; the paper needs {_KINDS[kind]} of that name.",
                    f"Rename it in Word; papergen then brings “{name}” as {_KINDS[kind]}.",
                )

    def headings(self, body: Story, styles: TemplateStyles) -> None:
        """Tell of headings in the template's own text that are empty or skip a level."""
        for heading in own_headings(body, styles):
            if heading.fault:
                words = f"“{_quote(heading.words)}”" if heading.words else f"number {heading.place}, which is empty,"
                self.add(
                    codes.TEMPLATE_HEADING,
                    f"In the body, the paragraph {words} has the style “{heading.style}”; {heading.fault}.",
                    "Give it the style “Title”, or another one that is no heading, or delete it.",
                )


def _body_problem(tag: Tag, text: str, paragraph: Element, story: Story, *, inside: bool) -> str | None:
    """Why the body would be lost where its tag stands, or None."""
    parent = paragraph.getparent()
    if tag.kind is not TagKind.PRINT or tag.names != (BODY,) or "|" in tag.written:
        return f"“{tag.written}” is no place for the body"
    if story.place != "body" or parent is None or not is_a(parent, "w:body"):
        return "the body of the paper stands in a header, a footer, a table or a box"
    if tag.scope != "p":
        return f"“{tag.written}” would leave the body out"
    if text.strip() != tag.written:
        return "the words beside {{p body }} would be lost"
    if first(paragraph, "w:pPr/w:sectPr") is not None:
        return "{{p body }} stands where a section ends, and the section break would be lost"
    if inside:
        return "{{p body }} stands between {%p if … %} and {%p endif %}"
    return None


def _styles_in(told: list[Story], styles: TemplateStyles) -> tuple[str, ...]:
    """The names of the styles that a template's own text uses."""
    ids = {
        attribute(each, "w:val") or ""
        for story in told
        for each in found(story.root, ".//w:pStyle|.//w:rStyle|.//w:tblStyle")
    }
    return tuple(sorted(filter(None, map(styles.name_of, ids))))


def _where(story: Story, text: str) -> str:
    return f"In the {story.place} paragraph “{_quote(text)}”,"
