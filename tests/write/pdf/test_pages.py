"""The rules of the page, held over every place on a page where a thing can fall."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from papergen.model.nodes import (
    Beside,
    Block,
    Box,
    BoxKind,
    Figure,
    Footnote,
    LineBreak,
    PageBreak,
    Paragraph,
    Section,
    Text,
    Width,
)
from tests.support.blocks import figure, items, table_of
from tests.support.every_node import paper_of, paragraph, picture, words
from tests.support.setting import Part, SetPage, laid_out, set_pages

pytestmark = pytest.mark.slow

FIRST_LINE, LINES_OF_A_PAGE = 3, 18
SENTENCE = "Members of the Panel asked how the force had come to its view, and what it would do about it in spring. "


def lines(count: int) -> Paragraph:
    """A paragraph of exactly ``count`` lines."""
    inlines = [part for number in range(count) for part in (Text(text=f"Line {number + 1}"), LineBreak())]
    return Paragraph(inlines=tuple(inlines[:-1]))


def section(title: str, *blocks: Block, level: int = 3, sections: tuple[Section, ...] = ()) -> Section:
    return Section(title=words(title), level=level, blocks=blocks, sections=sections)


def box(kind: BoxKind, *blocks: Block, title: str = "") -> Box:
    return Box(kind=kind, blocks=blocks, title=words(title) if title else ())


CHART = figure(600, 250, key="")
HALF = replace(CHART, width=Width.HALF)
TALL = Figure(picture=picture(900, 869), alternative=())
"""A picture as high as thirty lines, and sooner set."""

SITUATIONS: dict[str, Section] = {
    "heading and paragraph": section("A heading", paragraph(SENTENCE * 4)),
    "headings of three levels": section(
        "A heading", level=2, sections=(section("Next", sections=(section("Last", paragraph(SENTENCE * 3), level=4),)),)
    ),
    "heading and aim": section("A heading", box(BoxKind.AIM, paragraph("Aim: to do well")), paragraph(SENTENCE * 3)),
    "heading and signs": section(
        "A heading", box(BoxKind.SIGNS, items("One sign", "Another sign"), title="Signs would be"), paragraph(SENTENCE)
    ),
    "heading and long note": section(
        "A heading", box(BoxKind.NOTE, *[paragraph(SENTENCE * 3) for _ in range(6)], title="A long note")
    ),
    "heading and short table": section("A heading", table_of(6, "")),
    "heading and long table": section("A heading", table_of(24, "")),
    "heading and figure": section("A heading", CHART),
    "figure after text": section("A heading", paragraph(SENTENCE * 2), CHART, paragraph(SENTENCE * 2)),
    "figure beside text": section("A heading", Beside(exhibit=HALF, blocks=(paragraph(SENTENCE * 3),))),
    "table beside text": section("A heading", Beside(exhibit=table_of(4, ""), blocks=(paragraph(SENTENCE * 2),))),
    "list after its lead-in": section("A heading", paragraph(SENTENCE * 3 + "It did:"), items(SENTENCE * 2, "Two")),
    "footnotes": section(
        "A heading",
        paragraph(SENTENCE, Footnote(number=1, blocks=(paragraph("Note one. " * 20),)), SENTENCE),
        paragraph(SENTENCE, Footnote(number=2, blocks=(paragraph("Note two. " * 20),)), SENTENCE),
    ),
}


@cache
def pages_of(situation: str) -> list[SetPage]:
    """Pages on which the situation falls at every line from the middle of a page to its end."""
    trials = [
        section(
            f"Trial {count}",
            TALL,
            lines(count),
            level=2,
            sections=(SITUATIONS[situation], section("End", paragraph("It ends."), PageBreak())),
        )
        for count in range(FIRST_LINE, LINES_OF_A_PAGE)
    ]
    return set_pages(laid_out(paper_of(sections=tuple(trials))))


def leaves(page: SetPage) -> list[Part]:
    """The parts of a page that hold words or a picture themselves."""
    tags = {"h2", "h3", "h4", "h5", "h6", "p", "li", "td", "th", "img", "caption", "figcaption"}
    return [part for part in page.body if part.tag in tags]


def every_part(pages: list[SetPage]) -> Iterator[tuple[int, Part]]:
    for number, page in enumerate(pages):
        for part in page.body:
            yield number, part


def pages_by_element(pages: list[SetPage], *selected: str) -> dict[int, set[int]]:
    """The pages on which each element stands, for elements of a tag or class."""
    places: dict[int, set[int]] = defaultdict(set)
    for number, part in every_part(pages):
        if part.tag in selected or part.classes & set(selected):
            places[id(part.element)].add(number)
    return places


@pytest.mark.parametrize("situation", SITUATIONS)
def test_nothing_that_leads_on_stands_last_on_a_page(situation: str) -> None:
    for page in pages_of(situation):
        last = leaves(page)[-1]
        assert last.tag not in {"h2", "h3", "h4", "h5", "h6", "caption", "th"}, last.words
        assert not last.classes & {"note-box-title", "signs-box-title"}, last.words
        assert not last.words.endswith(":"), last.words
        assert "aim-box" not in last.within


@pytest.mark.parametrize("situation", SITUATIONS)
def test_what_must_stay_whole_is_on_one_page(situation: str) -> None:
    places = pages_by_element(pages_of(situation), "figure", "beside", "keep-together", "h3", "h4", "figcaption")
    assert all(len(numbers) == 1 for numbers in places.values())


@pytest.mark.parametrize("situation", SITUATIONS)
def test_nothing_leaves_the_text_area(situation: str) -> None:
    for page in pages_of(situation):
        for part in leaves(page):
            assert part.bottom <= page.bottom + 0.01, part.words
            assert part.left >= page.left - 0.01, part.words
            assert part.right <= page.right + 0.01, part.words


def test_no_row_of_a_long_table_is_split_and_its_header_is_repeated() -> None:
    pages = pages_of("heading and long table")
    rows = defaultdict(set)
    headed = 0
    for number, page in enumerate(pages):
        body = [part for part in page.body if part.tag == "tr" and "tbody" in part.within]
        for part in body:
            rows[id(part.element)].add(number)
        heads = [part for part in page.body if part.tag == "th"]
        assert len(body) != 1, "one row alone"
        assert bool(heads) == bool(body)
        headed += len({id(part.element) for part in heads}) // 2
    assert all(len(numbers) == 1 for numbers in rows.values())
    assert headed > LINES_OF_A_PAGE - FIRST_LINE, "the table is split on some page"


def test_a_note_stands_on_the_page_of_its_mark() -> None:
    for page in pages_of("footnotes"):
        marks = [part.element.get("data-number") for part in page.body if part.tag == "span::footnote-call"]
        notes = [part.element.get("data-number") for part in page.notes if part.tag == "span::footnote-marker"]
        assert sorted(set(notes)) == sorted(set(marks))


def test_page_numbers_of_a_contents_list_stand_at_its_right_edge() -> None:
    sections = tuple(
        Section(title=words(f"Section {n}"), level=1, key=f"s{n}", number=str(n), blocks=(lines(3), TALL))
        for n in range(60)
    )
    pages = set_pages(laid_out(paper_of(sections=sections, contents_depth=1, first_page=70)))
    numbers = [(page, part) for page in pages for part in page.body if part.tag == "span::before"]
    assert len({id(part.element) for _, part in numbers}) == 60
    for page, part in numbers:
        assert part.right == pytest.approx(page.right, abs=0.01)
