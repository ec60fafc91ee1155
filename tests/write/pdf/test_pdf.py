"""The PDF: its words, properties and page numbers, and that it is the same on every run."""

from __future__ import annotations

import ctypes
import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path

import pypdfium2
import pytest

from papergen.model.nodes import Alignment, CrossReference, LineBreak, List, ListItem, PageBreak, Paper, Section, Table
from papergen.write.pdf.writer import PdfFile
from papergen.write.text import paper_text
from tests.support.builds import REPOSITORY
from tests.support.every_node import FIELDS, every_node_paper, paper_of, paragraph, words
from tests.support.setting import laid_out, set_pages, written
from tests.support.word import written as written_in_word

pytestmark = pytest.mark.slow

LAYOUT = "templates/panel-report.html"
FONT = "@font-face { font-family: Own; src: url(papergen:font/Arimo-Regular.ttf) } body { font-family: Own }"


@contextmanager
def opened(pdf: PdfFile) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(pdf.data)
    try:
        yield document
    finally:
        document.close()


def page_texts(pdf: PdfFile) -> list[str]:
    """The words of each page on one line."""
    with opened(pdf) as document:
        texts = []
        for page in document:
            text_page = page.get_textpage()
            texts.append(" ".join(text_page.get_text_range().replace("\ufffe", "").split(" ")))
            text_page.close()
            page.close()
        return [" ".join(text.split()) for text in texts]


@cache
def every_node_pdf() -> PdfFile:
    return written(every_node_paper())


def one_line(text: str) -> str:
    return " ".join(text.split())


# ---------------------------------------------------------------------------------------------------------------------
# Words


def test_every_word_of_the_model_is_in_the_pdf() -> None:
    pages = " ".join(page_texts(every_node_pdf()))
    text = paper_text(every_node_paper())
    for line in (*text.lines, *text.notes):
        for part in re.split(r"\n|\[\^\d+\]", line):
            assert one_line(part) in pages, part


def test_awkward_text_arrives_exactly() -> None:
    sentences = ["Hereford’s A&E", "<28 days", "£452,000", "‘no crimed’", "{{ braces }}", "</p> & <b>", "“Ŵ – — …”"]
    (page,) = page_texts(written(paper_of(*[paragraph(sentence) for sentence in sentences])))
    for sentence in sentences:
        assert sentence in page


def test_a_non_breaking_space_never_ends_a_line() -> None:
    dates = paragraph("On the day of " + "31\u00a0December\u00a02015 " * 30)
    (page,) = set_pages(laid_out(paper_of(dates)))
    paragraph_ = next(part for part in page.body if "body-text" in part.classes)
    lines = [line for line in lines_of(paper_of(dates)) if "December" in line]
    assert paragraph_.words.count("\u00a0") == 60
    assert len(lines) > 3
    assert all(line.endswith("2015") for line in lines)


def lines_of(paper: Paper) -> list[str]:
    with opened(written(paper)) as document:
        page = document[0]
        text_page = page.get_textpage()
        text = str(text_page.get_text_range())
        text_page.close()
        page.close()
    return [line.strip() for line in text.splitlines()]


def test_a_line_break_breaks_the_line() -> None:
    lines = lines_of(paper_of(paragraph("Before", LineBreak(), "After")))
    assert "Before" in lines
    assert "After" in lines


def test_words_are_never_hyphenated() -> None:
    long = "antidisestablishmentarianism " * 40
    text = " ".join(lines_of(paper_of(paragraph(long))))
    assert text.count("antidisestablishmentarianism") == 40


def test_numbers_and_labels_are_printed() -> None:
    pages = " ".join(page_texts(every_node_pdf()))
    for words_ in (
        "1. Text and lists",
        "2. Money & pictures",
        "Table 1: Sums of A&E",
        "Figure 2: A half box",
        "section 2",
    ):
        assert words_ in pages


def test_words_stand_in_the_order_of_the_model() -> None:
    pages = " ".join(page_texts(written(every_node_paper(contents_depth=0))))
    lines = [re.split(r"\n|\[\^\d+\]", line)[0] for line in paper_text(every_node_paper()).lines]
    at = 0
    for line in lines:
        at = pages.index(one_line(line), at)


# ---------------------------------------------------------------------------------------------------------------------
# Page numbers


def long_paper(**changes: object) -> Paper:
    """Sections over many pages, three levels deep, with a table in each chapter."""
    chapters = []
    for number in range(1, 9):
        parts = tuple(
            Section(
                title=words(f"Part {number}.{part}"),
                level=2,
                key=f"part-{number}-{part}",
                number=f"{number}.{part}",
                blocks=tuple(paragraph("What the force did in the quarter. " * 9) for _ in range(number)),
            )
            for part in (1, 2, 3)
        )
        table = Table(
            header=(words("Area"),),
            rows=((words("North"),), (words("South"),)),
            alignments=(Alignment.LEFT,),
            caption=words(f"Areas of {number}"),
            number=number,
            key=f"table-{number}",
        )
        chapters.append(
            Section(
                title=words(f"Chapter {number}"),
                level=1,
                key=f"chapter-{number}",
                number=str(number),
                blocks=(table,),
                sections=parts,
            )
        )
    return paper_of(**{"sections": tuple(chapters), "contents_depth": 2, **changes})


def test_contents_and_page_of_agree_with_the_pages() -> None:
    pdf = written(long_paper())
    texts = page_texts(pdf)
    assert pdf.pages == len(texts) > 9
    contents, body = " ".join(texts[:2]), texts
    assert len(pdf.page_of) == 8 * 5
    for number in range(1, 9):
        printed = pdf.page_of[f"chapter-{number}"]
        assert f"{number}. Chapter {number} {printed}" in contents
        assert f"{number}. Chapter {number} Table {number}: Areas" in body[printed - 1]
        assert f"Table {number}: Areas of {number}" in body[pdf.page_of[f"table-{number}"] - 1]
        for part in (1, 2, 3):
            printed = pdf.page_of[f"part-{number}-{part}"]
            assert f"{number}.{part} Part {number}.{part} {printed}" in contents
            assert f"{number}.{part} Part {number}.{part} What" in body[printed - 1]


def test_pages_say_which_of_how_many_they_are() -> None:
    texts = page_texts(every_node_pdf())
    for number, text in enumerate(texts, 1):
        assert f"Page {number} of {len(texts)}" in text


def test_pages_of_a_pack_are_numbered_from_its_first_page() -> None:
    pdf = written(long_paper(first_page=90, fields={**FIELDS, "meeting.first_page": "90"}))
    texts = page_texts(pdf)
    for number, text in enumerate(texts, 90):
        assert f"Page {number}" in text
        assert f"Page {number} of" not in text
    for key, printed in pdf.page_of.items():
        if key.startswith("part"):
            _, chapter, part = key.split("-")
            assert f"Part {chapter}.{part} What" in texts[printed - 90]
            assert f"Part {chapter}.{part} {printed}" in " ".join(texts[:2])


def test_laying_out_gives_the_page_numbers_of_the_pdf() -> None:
    pages = laid_out(every_node_paper())
    assert pages.page_of == every_node_pdf().page_of
    assert pages.pages == every_node_pdf().pages


def test_every_section_figure_and_table_has_a_page() -> None:
    keys = {
        *("text-and-lists", "everything", "third", "money", "sums", "plain", "half", "small", "wide", "banded"),
        "headless",
    }
    assert set(every_node_pdf().page_of) == keys


def test_a_key_with_other_letters_is_found() -> None:
    section = Section(
        title=words("Ŵales"),
        level=1,
        key="ŵales-100%",
        number="1",
        blocks=(paragraph(CrossReference(target="ŵales-100%", label="section 1")),),
    )
    pdf = written(paper_of(sections=(section,), contents_depth=1))
    assert pdf.page_of == {"ŵales-100%": 1}
    assert "1. Ŵales 1" in page_texts(pdf)[0]


def test_a_landscape_block_has_pages_of_its_own() -> None:
    with opened(every_node_pdf()) as document:
        wide = [page.get_width() > page.get_height() for page in document]
    texts = page_texts(every_node_pdf())
    assert [number for number, is_wide in enumerate(wide) if is_wide] == [
        number for number, text in enumerate(texts) if "A wide table follows" in text
    ]
    assert "Upright again" in texts[-1]
    assert not wide[-1]


def test_a_page_break_begins_a_page_and_leaves_none_empty() -> None:
    texts = page_texts(written(paper_of(paragraph("One."), PageBreak(), paragraph("Two."), PageBreak())))
    assert len(texts) == 2
    assert "Two." in texts[1]


# ---------------------------------------------------------------------------------------------------------------------
# Properties, headers and bookmarks


def test_properties_come_from_the_paper() -> None:
    with opened(written(every_node_paper(issued=date(2016, 1, 21)))) as document:
        properties = document.get_metadata_dict()
        assert properties["Title"] == "Monitoring report of A&E <28 days (draft)"
        assert properties["Author"] == "Testshire County Council"
        assert properties["Keywords"] == "Draft"
        assert properties["CreationDate"] == "D:20160121"
        assert properties["ModDate"] == "D:20160121"
        assert properties["Creator"].startswith("papergen ")
        assert pypdfium2.raw.FPDFCatalog_IsTagged(document)
        assert language(document) == "en-GB"


def language(document: pypdfium2.PdfDocument) -> str:
    length = pypdfium2.raw.FPDFCatalog_GetLanguage(document, None, 0)
    buffer = ctypes.create_string_buffer(length)
    pypdfium2.raw.FPDFCatalog_GetLanguage(document, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return buffer.raw.decode("utf-16-le").rstrip("\0")


def test_a_final_paper_says_draft_nowhere() -> None:
    paper = every_node_paper(draft=False, fields={**every_node_paper().fields, "paper.status": ""})
    pdf = written(paper)
    with opened(pdf) as document:
        properties = document.get_metadata_dict()
    assert properties["Title"] == "Monitoring report of A&E <28 days"
    assert properties["Keywords"] == ""
    assert not any("Draft" in text for text in page_texts(pdf))


def test_the_header_is_on_every_page_and_the_first_has_the_title_block_instead() -> None:
    first, *others = page_texts(every_node_pdf())
    assert first.count("2 February 2016") == 1
    assert "Report of the Chief Executive" in first
    for text in others:
        assert "Testshire Police and Crime Panel · 2 February 2016" in text
    assert all("Draft" in text for text in (first, *others))


def test_sections_are_bookmarks() -> None:
    with opened(every_node_pdf()) as document:
        bookmarks = [(bookmark.level, bookmark.get_title()) for bookmark in document.get_toc()]
    assert bookmarks == [
        (0, "1. Text and lists"),
        (1, "Objective 1 – To try everything"),
        (2, "Third level"),
        (0, "2. Money & pictures"),
    ]


# ---------------------------------------------------------------------------------------------------------------------
# The same on every run

_WRITE_AGAIN = """
import hashlib
from tests.support import setting, word
from tests.support.every_node import every_node_paper
for each in (setting, word):
    print(hashlib.sha256(each.written(every_node_paper()).data).hexdigest())
"""


def test_the_same_paper_gives_the_same_bytes_in_another_process_as_pdf_and_in_word(tmp_path: Path) -> None:
    here = [hashlib.sha256(each.data).hexdigest() for each in (every_node_pdf(), written_in_word(every_node_paper()))]
    other = {"PYTHONHASHSEED": "1", "PYTHONPATH": str(REPOSITORY), "TZ": "Asia/Tokyo", "HOME": str(tmp_path)}
    again = [sys.executable, "-c", _WRITE_AGAIN]
    told = subprocess.run(again, cwd=tmp_path, env={**os.environ, **other}, capture_output=True, text=True, check=True)
    assert told.stdout.split() == here


def test_the_font_comes_from_the_package() -> None:
    with opened(every_node_pdf()) as document:
        families = set()
        for page in document:
            for found_object in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
                families.add(found_object.get_font().get_family_name())
    assert all("Papergen" in family or "Arimo" in family for family in families), families


def test_lists_are_numbered_by_figures_letters_and_numerals() -> None:
    def numbered(words_: str, *inner: List, start: int = 1) -> List:
        return List(ordered=True, start=start, items=(ListItem(blocks=(paragraph(words_), *inner)),))

    (page,) = page_texts(written(paper_of(numbered("Outer", numbered("Middle", numbered("Inner", start=4)), start=7))))
    for printed in ("7. Outer", "(a) Middle", "(iv) Inner"):
        assert printed in page
