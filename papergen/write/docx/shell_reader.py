"""Reading the shell of a Word template: its title block, headers and footers, with the looks of their words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import Part

from papergen.write.docx.looks import Looks, page_look
from papergen.write.docx.shell_blocks import ShellBlockReader
from papergen.write.docx.shell_fields import of_the_page
from papergen.write.docx.stories import holds_body, part_of, stories, tree
from papergen.write.docx.xml import Element, attribute, first, found, is_on
from papergen.write.looks import Letters
from papergen.write.shell import Shell, ShellPages


def body_place(body: Element) -> Element:
    """The paragraph of a checked template where the body of a paper goes."""
    return next(filter(holds_body, found(body, "w:p")))


def read_shell(document: Part, looks: Looks, section: Element) -> Shell:
    """The shell of a checked template, whose body stands in ``section``."""
    reader = ShellBlockReader(document, looks, page_look(section))
    root = tree(document)
    body = found(root, "w:body")[0]
    before: list[ShellPages] = []
    group: list[Element] = []
    after: list[Element] = []
    place, is_before = body_place(body), True
    for block in found(body, "*[not(self::w:sectPr)]"):
        if block is place:
            is_before = False
            continue
        (group if is_before else after).append(block)
        ending = first(block, "w:pPr/w:sectPr")
        if is_before and ending is not None:
            ends_page = not is_continuous(next_section(ending, root))
            own = {kind: _at_first(document, ending, kind) for kind in _KINDS}
            bodys = {kind: _at_first(document, section, kind, is_first=not before) for kind in _KINDS}
            running = (
                None
                if own == bodys or not ends_page
                else {kind: reader.part_blocks(part) for kind, part in own.items()}
            )
            before.append(ShellPages(looks.page(ending), reader.blocks(group), ends_page, running))
            group = []
    page = looks.page(section)
    reader.troubles += [*page_troubles(root, section), *field_troubles(story.root for story in stories(document))]
    before.append(ShellPages(page, reader.blocks(group)))
    headers, footers = (_running(document, section, kind) for kind in _KINDS)
    return Shell(
        page=page,
        before=tuple(each for each in before if each.blocks) or (ShellPages(page, ()),),
        after=reader.blocks(after),
        headers={key: reader.part_blocks(part) for key, part in headers.items()},
        footers={key: reader.part_blocks(part) for key, part in footers.items()},
        resources=reader.resources,
        troubles=tuple(dict.fromkeys(reader.troubles)),
    )


def _running(document: Part, section: Element, kind: str) -> dict[str, Part]:
    """The headers or footers of a section by their type; what it does not name it has from the section before."""
    every = found(tree(document), ".//w:sectPr")
    used = every[: every.index(section) + 1] if section in every else [section]
    named: dict[str, Part] = {}
    for each in used:
        for reference in found(each, f"w:{kind}Reference"):
            relation = attribute(reference, "r:id") or ""
            if relation in document.rels and not document.rels[relation].is_external:
                named[attribute(reference, "w:type") or "default"] = document.rels[relation].target_part
    has_even = is_on(first(tree(part_of(document, RT.SETTINGS)), "w:evenAndOddHeaders"))
    shown = {"default", *(["first"] if is_on(first(section, "w:titlePg")) else []), *(["even"] if has_even else [])}
    return {key: part for key, part in named.items() if key in shown}


def _at_first(document: Part, section: Element, kind: str, *, is_first: bool = True) -> Part | None:
    """The header or footer on the first page of a section, or on those after it."""
    key = "first" if is_first and is_on(first(section, "w:titlePg")) else "default"
    return _running(document, section, kind).get(key)


_KINDS = ("header", "footer")


def page_troubles(root: Element, section: Element) -> Iterator[str]:
    """What Word alone has around a page, or behind it."""
    if first(root, "w:background") is not None:
        yield "The colour of the page is left out of the PDF and the web page; Word shows it on a screen alone."
    if first(section, "w:pgBorders") is not None:
        yield "The border around the page stands in Word and the PDF; a web page has no pages."


def field_troubles(roots: Iterable[Element]) -> Iterator[str]:
    """Fields that print what stands on a page in a style that papers do not have."""
    for root in roots:
        simple = [attribute(each, "w:instr") or "" for each in found(root, ".//w:fldSimple")]
        for code in [*simple, *(each.text or "" for each in found(root, ".//w:instrText"))]:
            if code.split()[:1] == ["STYLEREF"] and of_the_page(code, Letters()) is None:
                yield (
                    f"The field “{' '.join(code.split())[:60]}” has the words of the template on every page of the PDF:"
                    " papers have headings of the styles “Heading 1” to “Heading 5”."
                )


def next_section(section: Element, root: Element) -> Element:
    """The ``w:sectPr`` of the pages after those of one, or that itself where it is the last."""
    every = found(root, ".//w:sectPr")
    return every[min(every.index(section) + 1, len(every) - 1)]


def is_continuous(section: Element) -> bool:
    """Whether a section goes on where the one before it ends."""
    return attribute(first(section, "w:type"), "w:val") in {"continuous", "nextColumn"}
