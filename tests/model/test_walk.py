"""The walks over the tree, held against the fields of the dataclasses themselves."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any, get_args

import pytest
from hypothesis import given

from papergen.model.nodes import Block, Figure, HeadBand, Inline, ListItem, Paper, Section, Table, Text, Value
from papergen.model.walk import (
    Node,
    Place,
    Within,
    find,
    find_in,
    flatten,
    keys,
    plain_text,
    rebuild,
    rebuild_blocks,
    walk_sections,
)
from papergen.write.text import paper_text
from tests.support.any_paper import papers
from tests.support.every_node import every_node_paper
from tests.support.examples import FUZZ
from tests.support.reflection import everything_in

KINDS: tuple[Any, ...] = (Section, ListItem, *get_args(Inline), *get_args(Block))


def test_the_kinds_are_all_there_are() -> None:
    assert set(get_args(Node)) == set(KINDS)
    seen = {type(node) for node, _ in everything_in(every_node_paper())}
    assert set(KINDS) <= seen


def titles_and_blocks(paper: Paper) -> list[object]:
    """Every node that is printed: what a section holds of itself beside them, such as its judgement, is no part."""
    sections = list(walk_sections(paper.sections))
    inside = [node for each in sections for node, _ in everything_in((each.title, each.blocks))]
    return [*sections, *(node for node in inside if isinstance(node, KINDS))]


@FUZZ
@given(papers())
def test_every_node_is_found_once_with_its_section_and_paper(paper: Paper) -> None:
    found = [each for kind in KINDS for each in find((paper,), kind)]
    assert Counter(id(each.node) for each in found) == Counter(id(node) for node in titles_and_blocks(paper))
    assert all(each.paper is paper for each in found)
    for each in found:
        assert each.node is each.section or any(
            each.node is node for node, _ in everything_in((each.section.title, each.section.blocks))
        )


@pytest.mark.slow
@FUZZ
@given(papers())
def test_what_is_found_in_a_section_is_what_is_found_in_its_paper(paper: Paper) -> None:
    for kind in KINDS:
        assert [id(each) for each in find_in(paper.sections, kind)] == [id(each.node) for each in find((paper,), kind)]


@FUZZ
@given(papers())
def test_rebuilding_without_a_change_is_the_same_paper(paper: Paper) -> None:
    assert tuple(rebuild(each) for each in paper.sections) == paper.sections


@FUZZ
@given(papers())
def test_rebuilding_meets_every_block_and_inline_in_reading_order(paper: Paper) -> None:
    met: list[object] = []

    def block(node: Block, _: Within) -> Block:
        met.append(node)
        return node

    def inline(node: Inline) -> Inline:
        met.append(node)
        return node

    for section in paper.sections:
        rebuild(section, block=block, inline=inline)
    order = [
        node
        for section in paper.sections
        for node in find_in((section,), Section, *KINDS[1:])
        if not isinstance(node, Section | ListItem)
    ]
    read = {id(node) for node in order}
    assert [id(node) for node in met if id(node) in read] == [id(node) for node in order]
    assert all(isinstance(node, Text | Value) for node in met if id(node) not in read)


@pytest.mark.slow
@FUZZ
@given(papers())
def test_every_text_of_a_paper_is_in_its_words_once(paper: Paper) -> None:
    """Words that a cross-reference, whose own words come first, prints in place of a label among them."""
    runs = list(flatten((paper,)))
    printed = "".join(plain_text(run.inlines) for run in runs if run.place is not Place.ALTERNATIVE)
    texts = [found.node.text for found in find((paper,), Text)]
    assert Counter(printed) >= Counter("".join(texts))
    assert len(paper_text(paper).lines) + len(paper_text(paper).notes) == sum(
        run.place is not Place.ALTERNATIVE for run in runs
    )


def test_keys_are_those_of_sections_and_blocks() -> None:
    paper = every_node_paper()
    wanted = [found.node.key for found in find((paper,), Section, Table, Figure) if found.node.key]
    assert [key for key, _ in keys(paper) if key in wanted] == wanted


@pytest.mark.parametrize("kind", [Table, Figure])
def test_the_place_of_what_has_none_is_that_of_what_holds_it(kind: type[Table | Figure]) -> None:
    paper = every_node_paper()
    places = {id(node): at for node, at in everything_in(paper)}
    for found in find((paper,), kind):
        assert found.at == places[id(found.node)]


@pytest.mark.parametrize(
    ("bands", "order"),
    [
        ((("", 1), ("2014/15", 2)), ["Area", "2014/15", "Q1", "Q2"]),
        ((("All", 1), ("2014/15", 2)), ["All", "2014/15", "Area", "Q1", "Q2"]),
        ((("2014/15", 2),), ["Area", "Q1", "Q2"]),
    ],
)
def test_two_rows_of_headings_are_rebuilt_in_the_order_they_are_read_in(
    bands: tuple[tuple[str, int], ...], order: list[str]
) -> None:
    table = Table(
        header=tuple((Text(text=each),) for each in ("Area", "Q1", "Q2")),
        rows=(),
        alignments=(),
        bands=tuple(HeadBand(words=(Text(text=words),) if words else (), columns=columns) for words, columns in bands),
    )
    met: list[str] = []

    def inline(node: Inline) -> Inline:
        assert isinstance(node, Text)
        met.append(node.text)
        return replace(node, text=node.text.upper())

    (rebuilt,) = rebuild_blocks((table,), inline=inline)
    assert isinstance(rebuilt, Table)
    assert [word for word in met if word in order] == order
    assert [plain_text(each) for each in rebuilt.header] == ["AREA", "Q1", "Q2"]
    assert [plain_text(each.words) for each in rebuilt.bands] == [words.upper() for words, _ in bands]
