"""Reading the words back from finished papers, to hold them against the model's."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2
from lxml import etree, html

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NOT_BODY = {
    *("Title", "Report Of", "Meeting Line", "Source Note", "Head Line", "TOC Heading", "TOC 1", "TOC 2", "TOC 3"),
    "TOC 4",
}


# ---------------------------------------------------------------------------------------------------------------------
# Word


@dataclass(frozen=True)
class WordText:
    """The body paragraphs and footnotes of a Word paper; an empty paragraph is not there."""

    lines: tuple[str, ...]
    notes: tuple[str, ...]


def word_text(data: bytes) -> WordText:
    """The words of a .docx below its title block and contents list, every character as it stands."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        document = etree.fromstring(archive.read("word/document.xml"))
        styles = etree.fromstring(archive.read("word/styles.xml"))
        notes = etree.fromstring(archive.read("word/footnotes.xml"))
    names = {
        style.get(f"{W}styleId"): style.find(f"{W}name").get(f"{W}val")  # type: ignore[union-attr]
        for style in styles.iter(f"{W}style")
    }

    def style_of(paragraph: etree._Element) -> str:
        found = paragraph.find(f"{W}pPr/{W}pStyle")
        return _title(names.get(found.get(f"{W}val"), "")) if found is not None else ""

    lines = tuple(
        text
        for paragraph in document.iter(f"{W}p")
        if style_of(paragraph) not in NOT_BODY and (text := _paragraph(paragraph))
    )
    real = [note for note in notes.iter(f"{W}footnote") if note.get(f"{W}type") is None]
    return WordText(lines, tuple(_paragraph(p).strip() for note in real for p in note.iter(f"{W}p")))


def _title(name: str | None) -> str:
    return "TOC " + name[4:] if name and name.startswith("toc ") and name[4:].isdigit() else name or ""


def _paragraph(paragraph: etree._Element) -> str:
    parts: list[str] = []
    for node in paragraph.iter(f"{W}t", f"{W}br", f"{W}tab", f"{W}footnoteReference"):
        if node.tag == f"{W}t":
            parts.append(node.text or "")
        elif node.tag == f"{W}br" and node.get(f"{W}type") is None:
            parts.append("\n")
        elif node.tag == f"{W}footnoteReference":
            parts.append(f"[^{node.get(f'{W}id')}]")
        elif node.tag == f"{W}tab" and node.getparent().tag == f"{W}r":  # type: ignore[union-attr]
            parts.append("\t")
    return "".join(parts)


# ---------------------------------------------------------------------------------------------------------------------
# HTML

BLOCKS = frozenset({"h2", "h3", "h4", "h5", "h6", "p", "li", "caption", "figcaption", "th", "td"})
HOLDERS = frozenset({"p", "ul", "ol", "div", "blockquote", "table", "figure", "details"})


@dataclass(frozen=True)
class PageText:
    """The words of a web page below its title block and contents list, and of its notes; an empty line is not there."""

    lines: tuple[str, ...]
    notes: tuple[str, ...]


def page_text(data: bytes) -> PageText:
    """The words of a page, every character as it stands, without a draft's findings and the data of charts."""
    root: Any = html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8"))
    for unseen in root.xpath("//*[@class='finding' or @class='number' or @class='chart-data']"):
        if unseen.get("class") == "number":
            unseen.tail = (unseen.tail or "").removeprefix(" ")
        unseen.drop_tree()
    (body,) = root.find_class("paper-body")
    notes = [note for each in root.find_class("note-words") for note in _page_lines(each)]
    return PageText(tuple(_page_lines(body)), tuple(notes))


def _page_lines(within: html.HtmlElement) -> Iterator[str]:
    for block in within.iter(*BLOCKS):
        if text := _page_words(block).rstrip("\n"):
            yield text


def _page_words(element: html.HtmlElement) -> str:
    """The words of an element up to the blocks inside it."""
    parts = [element.text or ""]
    for child in element:
        if child.tag in HOLDERS:
            continue
        if child.tag == "br":
            parts.append("\n")
        elif child.get("class") == "note-mark":
            parts.append(f"[^{child.text_content()}]")
        else:
            parts.append(_page_words(child))
        parts.append(child.tail or "")
    return "".join(parts)


# ---------------------------------------------------------------------------------------------------------------------
# PDF


def pdf_pages(data: bytes) -> list[str]:
    """The text of each page of a PDF."""
    document = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def squeezed(text: str) -> str:
    """``text`` without white space, with letters that a PDF may hold in two ways made the same."""
    text = text.replace("\u00a0", "").replace("\ufffe", "-").replace("\u00ad", "-")
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


@dataclass(frozen=True)
class Found:
    """The squeezed text of a PDF without its margins and footnotes, where each line ends in it, and what is missing."""

    text: str
    ends: tuple[int, ...]
    missing: tuple[str, ...]


def found_lines(pages: Sequence[str], lines: Sequence[str], notes: Sequence[str], running: Sequence[str]) -> Found:
    """Look for ``lines`` and ``notes`` in the pages, in their order, each whole.

    Text of the page margins (``running``, regular expressions) and the footnotes are taken out first, since they come
    between the two halves of a paragraph that goes on overleaf.
    """
    missing: list[str] = []
    squeezed_pages = [_without_running(page, running) for page in pages]
    page_number, number = 0, 1
    for note in notes:
        for marked in (f"{number}{squeezed(note)}", squeezed(note)):  # a note's second paragraph has no number
            index, at = _last_on_a_page(marked, squeezed_pages, page_number)
            if at >= 0:
                squeezed_pages[index] = squeezed_pages[index][:at] + squeezed_pages[index][at + len(marked) :]
                page_number = index
                number += marked != squeezed(note)
                break
        else:
            missing.append(note)
    if number - 1 != sum(line.count("[^") for line in lines):
        missing.append(f"{number - 1} notes have their number")
    text = "".join(squeezed_pages)
    position = 0
    ends: list[int] = []
    for line in lines:
        end = _end_of(squeezed(line), text, position)
        if end is None:
            missing.append(f"{line} (near {text[position : position + 120]})")
        position = end or position
        ends.append(position)
    return Found(text, tuple(ends), tuple(missing))


def _last_on_a_page(wanted: str, pages: Sequence[str], first: int) -> tuple[int, int]:
    """The first page from ``first`` on that holds ``wanted``, and where it stands last on it; -1 for nowhere."""
    for index in range(first, len(pages)):
        if (at := pages[index].rfind(wanted)) >= 0:
            return index, at
    return first, -1


def _end_of(wanted: str, text: str, position: int) -> int | None:
    """Where ``wanted`` ends in ``text`` after ``position``; a footnote mark ``[^1]`` is printed as its number."""
    printed = re.sub(r"\[\^(\d+)\]", r"\1", wanted)
    at = text.find(printed, position)
    return None if at < 0 else at + len(printed)


def _without_running(page: str, running: Sequence[str]) -> str:
    kept: Iterator[str] = (
        line for line in page.splitlines() if not any(re.fullmatch(pattern, line.strip()) for pattern in running)
    )
    return squeezed("\n".join(kept))
