"""The pages of a letterhead: where they end, and what Word alone has around them or prints anew on each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from papergen.write.docx.shell_fields import of_the_page
from papergen.write.docx.xml import Element, attribute, first, found
from papergen.write.looks import Letters


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
