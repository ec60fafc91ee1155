"""Pages are filled: one ends early only before what cannot be divided, and that is told."""

from __future__ import annotations

from random import Random

import pytest

from papergen.model.nodes import Alignment, Beside, Block, Box, BoxKind, Figure, PageBreak, Section, Table, Width
from papergen.write.pdf.fullness import EarlyPage, early_pages
from tests.support.blocks import items, table_of
from tests.support.builds import Built
from tests.support.every_node import paper_of, paragraph, picture, words
from tests.support.setting import laid_out

SENTENCE = "Members of the Panel asked how the force had come to its view, and what it would do about it in spring. "
PAGES = 40


def chart(height: int, width: Width = Width.FULL, note: int = 0, number: int = 1) -> Figure:
    """A chart of a height in pixels of which a page has some 1,500, with so many sentences below it."""
    return Figure(
        picture=picture(900 if width is Width.FULL else 420, height),
        alternative=words("A chart"),
        caption=words("A chart"),
        note=words(SENTENCE * note) if note else (),
        number=number,
        width=width,
    )


def early(*blocks: Block) -> tuple[EarlyPage, ...]:
    return early_pages(laid_out(paper_of(*blocks)).document)


@pytest.mark.slow
def test_a_chart_that_does_not_fit_is_named_with_the_room_it_needs() -> None:
    (told,) = early(paragraph(SENTENCE * 17), chart(1000, number=7), paragraph("It ends."))
    assert (told.page, told.following) == (1, "Figure 7")
    assert 0.4 < told.filled < 0.6 < (told.needs or 0) < 0.8
    assert str(told).startswith("page 1 is filled to ")
    assert "Figure 7 comes next, which is not divided and takes" in str(told)


def test_pages_that_have_to_begin_are_told_as_such() -> None:
    (told,) = early(paragraph("Short."), PageBreak(), paragraph("It ends."))
    assert told.needs is None
    assert str(told).endswith(": a new page begins after it")


def test_full_pages_and_the_last_are_not_told_of() -> None:
    assert early(*[paragraph(SENTENCE * 5)] * 30) == ()


def anything(random: Random, number: int) -> Block:
    """A block of one of the kinds and sizes that papers have."""
    match random.randrange(9):
        case 0 | 1 | 2:
            return paragraph(SENTENCE * random.randint(1, 6))
        case 3:
            return items(*[SENTENCE * random.randint(1, 2)] * random.randint(1, 9))
        case 4:
            return Box(
                kind=random.choice((BoxKind.SIGNS, BoxKind.NOTE, BoxKind.RECOMMENDATIONS)),
                title=words("A box"),
                blocks=(paragraph(SENTENCE), items(*["Something else"] * random.randint(1, 20))),
            )
        case 5:
            return table_of(random.randint(1, 40), f"t{number}")
        case 6:
            cells = words(SENTENCE * random.randint(1, 4)), words("None")
            return Table(
                header=(words("Report"), words("Judgement")),
                rows=(cells,) * random.randint(1, 6),
                alignments=(Alignment.LEFT,) * 2,
                caption=words("Reports"),
                number=number,
            )
        case 7:
            return chart(random.randint(150, 1000), note=random.randint(0, 2), number=number)
        case _:
            shown = chart(random.randint(150, 500), Width.HALF, random.randint(0, 3), number)
            return Beside(exhibit=shown, blocks=(paragraph(SENTENCE * random.randint(1, 4)),))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_of_papers_of_any_shape_only_a_chart_makes_a_page_end_early(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - any papers will do
    sections = tuple(
        Section(
            title=words(f"Section {number}"),
            level=2 + number % 3,
            blocks=(
                Box(kind=BoxKind.AIM, blocks=(paragraph("Aim: to do well"),)),
                Box(kind=BoxKind.SIGNS, title=words("Signs would be"), blocks=(items("One", "Two"),)),
                *(anything(random, 10 * number + index) for index in range(random.randint(0, 4))),
            ),
        )
        for number in range(PAGES)
    )
    pages = laid_out(paper_of(sections=sections))
    told = early_pages(pages.document)
    assert pages.pages > PAGES / 2
    assert [str(each) for each in told if not (each.following or "").startswith("Figure")] == []


def test_pages_of_the_sample_are_filled(sample: Built) -> None:
    for name in ("panel-report.pdf", "appendix-a.pdf"):
        assert sample.files[name].early == ()


def test_pages_of_other_bodies_end_early_only_where_turned_pages_begin(fourshire: Built, harbour: Built) -> None:
    told = [page for each in (fourshire, harbour) for file in each.files.values() for page in file.early]
    assert [str(page) for page in told if page.needs is not None] == []
    assert told, "Fourshire has a turned page"
