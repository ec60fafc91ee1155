"""Papers as JSON and back, exactly; and what a file that holds none is told to be."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papergen.diagnostics import Span, print_lines, read_lines
from papergen.model.nodes import Block, Figure, Graphic, Inline, Judgement, Paper, Section, Value, Waiver
from papergen.model.published import published
from papergen.model.serial import FORMAT, UnreadableRecordError, read_model, write_model
from papergen.model.walk import Within, find, rebuild, rebuild_inlines, walk_sections
from tests.support.any_paper import papers
from tests.support.every_node import every_node_paper
from tests.support.examples import FUZZ

JSON: dict[str, Any] = json.loads(write_model([every_node_paper()]))


def without_bytes(paper: Paper) -> Paper:
    """The paper with pictures that are known by their hash alone."""

    def block(node: Block, _: Within) -> Block:
        if isinstance(node, Figure) and node.picture is not None:
            return replace(node, picture=replace(node.picture, data=b"", vector=b""))
        return node

    def inline(node: Inline) -> Inline:
        if isinstance(node, Graphic):
            return replace(node, picture=replace(node.picture, data=b"", vector=b""))
        return node

    attachments = tuple(replace(each, data=b"") for each in paper.attachments)
    sections = tuple(rebuild(each, block=block, inline=inline) for each in paper.sections)
    head = tuple(replace(each, words=rebuild_inlines(each.words, inline)) for each in paper.head)
    return replace(paper, sections=sections, attachments=attachments, head=head)


@FUZZ
@given(st.lists(papers(), max_size=2))
def test_what_is_read_is_what_was_written(written: list[Paper]) -> None:
    data = write_model(written)
    assert read_model(data) == tuple(without_bytes(each) for each in written)
    assert write_model(read_model(data)) == data


def test_every_kind_of_node_is_among_what_is_written() -> None:
    (paper,) = read_model(write_model([every_node_paper()]))
    assert paper == without_bytes(every_node_paper())
    for kind in (*get_args(Block), *get_args(Inline)):
        assert list(find((paper,), kind))


def test_the_order_of_the_fields_is_no_matter() -> None:
    paper = every_node_paper()
    turned = replace(paper, fields=dict(reversed(paper.fields.items())))
    assert list(turned.fields) != list(paper.fields)
    assert write_model([turned]) == write_model([paper])


def test_blocks_and_sections_stand_on_lines_of_their_own() -> None:
    lines = write_model([every_node_paper()]).decode().splitlines()
    (first,) = [line for line in lines if "Aim: to protect" in line]
    assert json.loads(first)["type"] == "Paragraph"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "not JSON"),
        (b'{"format": "papergen mo', "cut short"),
        (b"[" * 100_000, "not JSON"),
        (b"[]", "not written by papergen"),
        (b'{"format": "papergen manifest 1"}', "not written by papergen"),
        (b'{"format": "papergen model 9"}', "does not know"),
        (f'{{"format": "{FORMAT}"}}'.encode(), "no paper has: “None” is no list"),
        (f'{{"format": "{FORMAT}", "papers": [{{}}]}}'.encode(), "a Paper lacks its “name”"),
        (f'{{"format": "{FORMAT}", "papers": [{{"nose": 1}}]}}'.encode(), "a Paper has no “nose”"),
        (b"\xff\xfe", "not JSON"),
    ],
)
def test_a_file_that_holds_no_papers_is_told_in_words(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableRecordError, match=words):
        read_model(data)


def places(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    match value:
        case dict():
            return [path, *(place for key, each in value.items() for place in places(each, (*path, key)))]
        case list():
            return [path, *(place for index, each in enumerate(value) for place in places(each, (*path, index)))]
        case _:
            return [path]


def papers_or_reason(data: bytes) -> tuple[Paper, ...] | str:
    try:
        return read_model(data)
    except UnreadableRecordError as problem:
        return str(problem)


@FUZZ
@given(
    st.sampled_from(places(JSON["papers"])[1:]),
    st.sampled_from([None, True, -1, 2.5, "", "1/0", "1e999999999", ":", [], [[]], {}, {"type": []}, {"type": "Text"}]),
)
def test_a_file_that_was_changed_is_read_or_refused(place: tuple[str | int, ...], other: object) -> None:
    changed = json.loads(json.dumps(JSON))
    holder = changed["papers"]
    for step in place[:-1]:
        holder = holder[step]
    holder[place[-1]] = other
    read = papers_or_reason(json.dumps(changed).encode())
    assert read
    assert isinstance(read, str) or read_model(write_model(read)) == read


def test_what_the_office_keeps_to_itself_is_not_published() -> None:
    secrets = ("Head of Crime", "2015-11-30", "Nobody need know", "The group asked for other words")
    judgement = Judgement(words="Stable", value=Value(text="Rising", expression="robbery.judgement"))
    private = {
        "owner": secrets[0],
        "reviewed": date(2015, 11, 30),
        "waivers": (Waiver(code="C101", reason=secrets[2], at=Span("a.md", 3)),),
        "judgement": replace(judgement, overruled=secrets[3]),
    }
    paper = every_node_paper()
    kept = tuple(
        rebuild(each, section=lambda section: replace(section, **private))  # type: ignore[arg-type]
        for each in paper.sections
    )
    secret = replace(paper, sections=kept)
    assert all(word in write_model([secret]).decode() for word in secrets)
    public = published([secret])
    assert not any(word in write_model(public).decode() for word in secrets)

    def without(section: Section) -> Section:
        return replace(section, judgement=None)

    assert tuple(rebuild(each, section=without) for each in public[0].sections) == paper.sections
    assert all(each.judgement == judgement for each in walk_sections(public[0].sections))


@given(st.lists(st.integers(0, 9), min_size=1))
def test_lines_are_read_as_they_were_printed(lines: list[int]) -> None:
    assert list(read_lines(print_lines(lines))) == lines
