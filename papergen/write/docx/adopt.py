"""Adopting a letterhead: a body's own Word file becomes a template, with all that papers need."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import XmlPart
from docx.oxml.ns import qn

from papergen import codes
from papergen.diagnostics import Diagnostics, Span, did_you_mean
from papergen.values.words import joined
from papergen.write.docx.accessibility import own_headings
from papergen.write.docx.adopt_clean import cleaned, described
from papergen.write.docx.adopt_fields import unlinked
from papergen.write.docx.adopt_place import level_of, names_title, place_named, place_of_sample
from papergen.write.docx.adopt_styles import TITLE, house_styles, look_like, no_heading
from papergen.write.docx.adopt_tables import take_apart
from papergen.write.docx.adopt_words import add_space, run_of, say, say_runs
from papergen.write.docx.complete import Bringing, recolour
from papergen.write.docx.looks import TWENTIETHS, Looks
from papergen.write.docx.package import canonical
from papergen.write.docx.stories import (
    Story,
    block_text,
    holds_body,
    paragraph_text,
    paragraphs,
    part_of,
    stories,
    tree,
)
from papergen.write.docx.story_faults import is_empty, style_name
from papergen.write.docx.template import StrictTemplate, open_template
from papergen.write.docx.template_styles import TemplateStyles
from papergen.write.docx.tidy import let_go_of_pictures, plain_columns
from papergen.write.docx.xml import (
    PARAGRAPH_ORDER,
    Element,
    child,
    el,
    first,
    found,
    is_a,
    put,
    put_before,
    remove,
    val,
)
from papergen.write.styles import NEEDED_STYLES, SPACER, StyleKind

_AFTER = r"(?:\s*:\s*|\t+|\s+(?=\d)|\s*$)"
_DATE = re.compile(rf"(date of meeting|meeting date|dated?|dyddiad(?: y cyfarfod)?){_AFTER}", re.IGNORECASE)
_SUBJECT = re.compile(
    rf"(subject|report title|title of report|title|re|pwnc|teitl(?: yr adroddiad)?){_AFTER}", re.IGNORECASE
)
_ITEM = re.compile(rf"(agenda item(?:\s+no\.?|\s+number)?|eitem(?: ar yr)? agenda){_AFTER}", re.IGNORECASE)
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
_NAMED_STYLES = ".//w:pStyle|.//w:rStyle|.//w:tblStyle"
_SHOWN = 50
_LISTED = 8


@dataclass(frozen=True, slots=True)
class Adopted:
    """A template made of a letterhead, and what was done to it, a sentence each."""

    data: bytes
    done: tuple[str, ...]


def adopt(
    name: str,
    data: bytes,
    *,
    mapped: Mapping[str, str],
    place: str | None,
    crest: str | None = None,
    diagnostics: Diagnostics,
) -> Adopted | None:
    """A template from the letterhead ``data``, or None with a diagnostic at ``name``.

    ``mapped`` gives for styles of papergen's those of the letterhead that they shall look like; ``place`` is how the
    paragraph begins in whose place the body goes, ``crest`` what a picture shows that does not say so.
    """
    quiet = Diagnostics()
    template = open_template(name, data, quiet, may_hold_macros=True)
    if template is None:
        diagnostics.extend(quiet)
        return None
    adopting = _Adopting(name, template, diagnostics)
    adopting.clean()
    if not adopting.map_styles(mapped) or not adopting.place_body(place):
        return None
    adopting.fill_fields()
    adopting.tidy()
    adopting.done += described(stories(template.docx.part), crest)
    adopting.tell_what_stays()
    let_go_of_pictures(template.docx.part)
    saved = io.BytesIO()
    template.docx.save(saved)
    return Adopted(canonical(saved.getvalue()), (*_brought(template), *adopting.done))


def _brought(template: StrictTemplate) -> Iterator[str]:
    completed = template.completed
    if completed.parts:
        yield f"Brought what it did not hold: {joined(completed.parts)}."
    if completed.styles:
        names = joined(completed.styles)
        yield f"Brought {len(completed.styles)} styles that it lacks, in its font and colour: {names}."
    if completed.drafts:
        yield "Its headers say “Draft” on every page of a draft."
    yield from (each.message for each in template.tidied)


class _Adopting:
    def __init__(self, name: str, template: StrictTemplate, diagnostics: Diagnostics) -> None:
        self.done: list[str] = []
        self._name, self._diagnostics = name, diagnostics
        self._part: XmlPart = template.docx.part
        self._document: Document = template.docx
        self._body: Element = template.docx.element.body
        self._styles_root: Element = template.docx.styles.element
        self._styles = TemplateStyles(self._styles_root)
        self._brought = template.completed.styles
        self._looks = Looks(self._part)
        self._accent = self._looks.accent()
        self._mapped: Mapping[str, str] = {}
        self._titled: Element | None = None

    def clean(self) -> None:
        """Take out what papers may not hand out."""
        settings = tree(part_of(self._part, RT.SETTINGS))
        told = [story for story in stories(self._part) if story.place != "footnote"]
        self.done += cleaned(self._part, told, [self._styles_root, settings])

    def map_styles(self, mapped: Mapping[str, str]) -> bool:
        """Make styles look like the house's own; whether every name was right."""
        blocks = found(self._body, "*[not(self::w:sectPr)]")
        chosen = {**house_styles(blocks, self._styles, self._brought), **mapped}
        if TITLE in chosen:
            self._own_style(TITLE)
        for ours, theirs in chosen.items():
            for name, known in ((ours, [*NEEDED_STYLES, TITLE]), (theirs, self._styles.names())):
                if name.casefold() not in {each.casefold() for each in known}:
                    hint = did_you_mean(name, known, "Write it as --map “Heading 1=Name of your style”.")
                    self._diagnostics.add(
                        codes.TEMPLATE_STYLE, Span(self._name), f"There is no style “{name}” to map.", hint
                    )
                    return False
            if any(self._styles.kind(name) is not StyleKind.PARAGRAPH for name in (ours, theirs)):
                self._diagnostics.add(
                    codes.TEMPLATE_STYLE,
                    Span(self._name),
                    f"“{ours}” cannot look like “{theirs}”: both must be styles of paragraphs.",
                    "Leave it out of --map.",
                )
                return False
            look_like(self._styles, ours, theirs)
            if ours == TITLE:
                no_heading(self._styles.element(ours))
            self.done.append(f"“{ours}” looks like “{theirs}” of the letterhead.")
        self._mapped = chosen
        brought = [self._styles.element(name) for name in self._brought if self._styles.has(name)]
        recolour(brought, self._accent, Looks(self._part).accent())
        return True

    def place_body(self, place: str | None) -> bool:
        """Put the place of the body where the sample text begins, and take that out; whether the place was found."""
        blocks = found(self._body, "*[not(self::w:sectPr)]")
        if any(map(holds_body, paragraphs(self._body))):
            return True
        begins = place_of_sample(blocks, self._styles) if place is None else place_named(blocks, place)
        if begins is None:
            self._diagnostics.add(
                codes.TEMPLATE_BODY,
                Span(self._name),
                f"No paragraph of the letterhead begins with “{place}”.",
                "Write --body with the first words of the paragraph in whose place the paper goes.",
            )
            return False
        start, self._titled = begins.at, begins.titled
        gone = [each for each in blocks[start:] if first(each, "w:pPr/w:sectPr") is None]
        words = next((words for each in gone if (words := " ".join(block_text(each).split()))), "")
        marker = el("w:p", None, run_of("{{p body }}"))
        if start < len(blocks):
            blocks[start].addprevious(marker)
        else:
            put_before(self._body, marker, frozenset({qn("w:sectPr")}))
        remove(gone)
        self.done += [each.message for each in plain_columns(self._body)]
        if words:
            count = f"{len(gone)} paragraphs" if len(gone) > 1 else "a paragraph"
            self.done.append(f"Took out {count} of sample text, from “{words[:_SHOWN]}” on; the paper goes there.")
        else:
            self.done.append("There seems to be no sample text, so the paper goes below all that the letterhead holds.")
        if not begins.is_sure:
            self.done.append("If that is the wrong place, say --body with the first words of what the paper replaces.")
        self._source_note(marker)
        return True

    def _source_note(self, marker: Element) -> None:
        """Add the note on sources below the body, as papergen's template has it."""
        style = self._own_style("Source Note")
        lines = ("{%p if paper.source_note %}", "{{ paper.source_note }}", "{%p endif %}")
        for words in reversed(lines):
            marker.addnext(el("w:p", None, el("w:pPr", None, val("w:pStyle", style)), run_of(words)))

    def _own_style(self, name: str) -> str:
        """The id of a style of papergen's that the shell of a paper needs, brought as it is needed."""
        if not self._styles.has(name):
            Bringing(self._part).bring(name)
            self._styles = TemplateStyles(self._styles_root)
        return self._styles.id_of(name)

    def fill_fields(self) -> None:
        """Let the letterhead print the title, the date and the status of papers, where it does not yet."""
        told = list(stories(self._part))
        self.done += unlinked(told)
        every = "".join(paragraph_text(each) for story in told for each in paragraphs(story.root))
        if not any("paper.title" in paragraph_text(each) for each in paragraphs(self._body)):
            self._title()
        self._after_label(_SUBJECT, "{{ paper.title }}", "the title of the paper")
        if "meeting.date" not in every:
            self._after_label(_DATE, "{{ meeting.date }}", "the date of the meeting")
        if ".agenda_item" not in every:
            self._after_label(_ITEM, "{{ paper.agenda_item }}", "the agenda item")

    def _title(self) -> None:
        """Let the title be a field: where a title or a heading stands, or in a paragraph of its own."""
        every = paragraphs(self._body)
        marker = next(filter(holds_body, every))
        before = every[: every.index(marker)]
        house = {TITLE.casefold(), self._mapped.get(TITLE, TITLE).casefold()}
        titles = [each for each in before if style_name(each, self._styles).casefold() in house]
        titles += [each for each in before if level_of(each, self._styles)]
        titles = [each for each in titles if paragraph_text(each).strip()]
        titles += [each for each in before if each is self._titled or names_title(each)]
        if not titles:
            style = el("w:pPr", None, val("w:pStyle", self._own_style(TITLE)))
            marker.addprevious(el("w:p", None, style, run_of("{{ paper.title }}")))
            self.done.append("The title of the paper stands above it, in the style “Title”.")
            return
        words, had = paragraph_text(titles[0]).strip(), style_name(titles[0], self._styles) or self._styles.plain
        say(titles[0], "{{ paper.title }}", self._own_style(TITLE))
        if had and had.casefold() != TITLE.casefold() and had != self._mapped.get(TITLE):
            look_like(self._styles, TITLE, had)
            no_heading(self._styles.element(TITLE))
        self.done.append(f"The title of the paper stands where “{words[:_SHOWN]}” stood.")

    def _after_label(self, label: re.Pattern[str], tag: str, what: str) -> None:
        for paragraph in paragraphs(self._body):
            text = paragraph_text(paragraph)
            match = label.match(text.lstrip())
            if match and "{{" not in text:
                kept = text[: text.index(match.group()) + len(match.group())]
                alone = not text[len(kept) :].strip()
                beside = first(paragraph, "parent::w:tc/following-sibling::w:tc[1]/w:p") if alone else None
                line = paragraph if beside is None else beside  # a table of facts has a cell for each
                if beside is None and match.end() == len(text.lstrip()) and text[-1:] not in {":", "\t", " "}:
                    continue  # a line that is the word alone
                kept = "" if beside is not None else kept if kept[-1:].isspace() else f"{kept} "
                runs = found(line, "w:r[w:t or w:tab]")
                if runs:
                    say_runs(line, runs, kept, tag)
                    self.done.append(f"“{match[1]}” is followed by {what}.")
                    return

    def tell_what_stays(self) -> None:
        """Say which words of the letterhead's own stand in every paper."""
        words: dict[str, None] = {}
        for story in stories(self._part):
            for paragraph in paragraphs(story.root) if story.place != "footnote" else ():
                fixed = " ".join(_TAG.sub(" ", paragraph_text(paragraph)).split())
                if any(each.isalpha() for each in fixed):
                    words[f"“{fixed[:_SHOWN]}”"] = None
        if words:
            more = f" and {len(words) - _LISTED} more" if len(words) > _LISTED else ""
            self.done.append(f"These words stand in every paper: {', '.join([*words][:_LISTED])}{more}.")

    def tidy(self) -> None:
        """Take out what papers may not hand out or need not hold."""
        relations = self._document.part.package.rels
        custom = [name for name, rel in relations.items() if rel.reltype.endswith("/custom-properties")]
        for name in custom:
            del relations[name]
        variables = found(tree(part_of(self._part, RT.SETTINGS)), "w:docVars")
        remove(variables)
        if custom or variables:
            self.done.append("Took out properties and variables of its own, which papers would hand out.")
        for story in stories(self._part):
            self.done += take_apart(self._root_of(story), self._looks, self._spacer)
            for row in found(story.root, ".//w:tbl/w:tr"):  # it stays on one page, and the first says what it heads
                properties = child(row, "w:trPr", ("w:tblPrEx", "w:trPr"))
                is_first = first(row, "preceding-sibling::w:tr") is None
                for tag in ("w:cantSplit", *(["w:tblHeader"] if is_first else [])):
                    if first(properties, tag) is None:
                        properties.append(el(tag))
        self._headings()
        emptied = 0
        for story in (each for each in stories(self._part) if each.place != "footnote"):
            for holder in (self._root_of(story), *found(story.root, ".//w:txbxContent")):
                emptied += self._close_up(holder, is_body=holder is self._body)
        if emptied:
            count = f"{emptied} empty paragraphs" if emptied > 1 else "an empty paragraph"
            self.done.append(f"Took out {count} used as space, and set that space in the paragraphs before.")
        named = (each for story in stories(self._part) for each in found(self._root_of(story), _NAMED_STYLES))
        remove([each for each in named if not self._styles.named(each)])
        remembered = self._document.core_properties
        for each in ("author", "last_modified_by", "comments", "category", "keywords", "subject", "title"):
            setattr(remembered, each, "")

    def _root_of(self, story: Story) -> Element:
        return self._body if story.place == "body" else story.root

    def _spacer(self) -> Element:
        return el("w:p", None, el("w:pPr", None, val("w:pStyle", self._own_style(SPACER))))

    def _headings(self) -> None:
        """Headings of the letterhead's own that could not stand there become plain paragraphs of their look."""
        for heading in list(own_headings(Story("body", self._body), self._styles)):
            if heading.fault:
                paragraph = paragraphs(self._body)[heading.place - 1]
                style = found(paragraph, "w:pPr/w:pStyle")
                put(child(paragraph, "w:pPr", ("w:pPr",)), val("w:outlineLvl", 9), PARAGRAPH_ORDER)
                if style and heading.words:
                    style[0].set(qn("w:val"), self._own_style(TITLE))
                    remove(found(paragraph, "w:pPr/w:outlineLvl"))
                    self.done.append(
                        f"“{heading.words[:_SHOWN]}” has the style “Title”, as it is no heading of the paper."
                    )
                elif style:
                    remove([paragraph])

    def _close_up(self, holder: Element, *, is_body: bool) -> int:
        """Take out empty paragraphs used as space, and give that space to the paragraph before; how many there were."""
        gone = 0
        for paragraph in found(holder, "w:p"):
            before, style = paragraph.getprevious(), style_name(paragraph, self._styles)
            last = paragraph.getnext() is None or is_a(cast(Element, paragraph.getnext()), "w:sectPr")
            if not is_empty(paragraph):
                continue
            is_after_table = before is not None and is_a(before, "w:tbl")
            if (last and before is None and not is_body) or (is_after_table and (last or style == SPACER)):
                # Word needs a paragraph in every part and box, after a table that ends one, and between two tables
                put(child(paragraph, "w:pPr"), val("w:pStyle", self._own_style(SPACER)), PARAGRAPH_ORDER)
                continue
            look = self._looks.paragraph(style)
            room = round((look.letters.size * 1.15 * (1 if look.exact else look.line) + look.after) * TWENTIETHS)
            if before is not None and is_a(before, "w:p"):
                add_space(before, room, self._looks.paragraph(style_name(before, self._styles)).after)
            remove([paragraph])
            gone += 1
        return gone
