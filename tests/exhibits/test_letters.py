"""Every word of every chart lies inside its picture and on no other word, measured in what the engine draws."""

from __future__ import annotations

import pytest

from papergen.commands.steps import Meeting
from papergen.diagnostics import Diagnostics, Span
from papergen.exhibits.engine import Copies
from papergen.exhibits.letters import misplaced
from papergen.exhibits.make import ExhibitMaker, Made
from papergen.exhibits.render import AskedChart, Renderer
from papergen.model.nodes import Figure
from papergen.model.walk import find, plain_text
from papergen.read.context import ExhibitBlock
from papergen.store.kept import Store
from papergen.values.words import MOST_HEARD, MOST_LISTED
from tests.exhibits.extremes import SHAPES, asked, extreme_meeting
from tests.support.builds import Built

HERE = Span("content/2016-02-02/report/01-page.md", 3)
MOST_LETTERS = 700
"""The longest note or alternative text that papergen writes: six lines of small print."""


@pytest.fixture(scope="module")
def meeting(tmp_path_factory: pytest.TempPathFactory) -> Meeting:
    return extreme_meeting(tmp_path_factory.mktemp("extremes"))


def make(meeting: Meeting, lines: str, diagnostics: Diagnostics | None = None, *, block: str = "chart") -> Made | None:
    found = Diagnostics() if diagnostics is None else diagnostics
    return ExhibitMaker(meeting.session.book, found, {}).make(ExhibitBlock(block, lines, HERE))


def test_no_words_of_the_sample_are_cut_or_lie_on_others(sample: Built) -> None:
    vectors = [figure.node.picture.vector for figure in find(sample.papers, Figure) if figure.node.picture]
    drawn = [vector for vector in vectors if vector]
    assert len(drawn) > 40
    assert [found for vector in drawn for found in misplaced(vector)] == []


@pytest.mark.slow
def test_no_words_of_charts_of_extreme_data_are_cut_or_lie_on_others(meeting: Meeting) -> None:
    charts: dict[str, AskedChart] = {}
    for lines in asked():
        made = make(meeting, lines)
        if made is not None and made.chart is not None:
            charts[lines] = made.chart
    assert len(charts) > 120
    drawn = Renderer(Store(None)).draw_all(charts, Copies(pixels=False, page=False))
    found = {lines: misplaced(each.svg) for lines, each in drawn.items()}
    assert {lines: faults for lines, faults in found.items() if faults} == {}


@pytest.mark.slow
def test_what_cannot_be_drawn_is_refused_with_its_reason(meeting: Meeting) -> None:
    for lines in asked():
        diagnostics = Diagnostics()
        if make(meeting, lines, diagnostics) is None:
            (told,) = diagnostics
            assert told.code.id == "E102", told
            assert told.hint


@pytest.mark.slow
def test_the_words_written_for_a_chart_have_a_limit_and_its_data_have_them_all(meeting: Meeting) -> None:
    for lines in asked():
        made = make(meeting, lines)
        if made is not None and isinstance(made.exhibit, Figure):
            assert len(plain_text(made.exhibit.note)) < MOST_LETTERS, lines
            assert len(plain_text(made.exhibit.alternative)) <= MOST_HEARD, lines
    made = make(meeting, "kind: breakdown\nmeasure: hundred\nby: kind")
    assert made is not None
    assert isinstance(made.exhibit, Figure)
    assert "and 80 more." in plain_text(made.exhibit.note)
    assert made.exhibit.data is not None
    assert len(made.exhibit.data.rows) == 8 + 1 + 92 + 1


def test_of_many_sources_and_categories_the_first_are_named(meeting: Meeting) -> None:
    names = [name for shape in SHAPES for name in (shape, f"{shape}_long", f"{shape}_pounds")]
    assert len(names) > MOST_LISTED + 1
    made = make(meeting, f"kind: scorecard\nmeasures: [{', '.join(names)}]", block="table")
    assert made is not None
    assert plain_text(made.exhibit.note).endswith(f" and {len(names) - MOST_LISTED} more; data to December 2015.")
    found = Diagnostics()
    assert make(meeting, "kind: ranked\nmeasure: hundred\nby: kind", found, block="table") is not None
    assert list(found) == []


def test_a_measure_in_which_nothing_varies_says_so(meeting: Meeting) -> None:
    made = make(meeting, "kind: control\nmeasure: zeros")
    assert made is not None
    assert isinstance(made.exhibit, Figure)
    assert "Nothing varies" in plain_text(made.exhibit.note)


def _drawing(*texts: str) -> bytes:
    inside = "".join(texts)
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50" viewBox="0 0 100 50">{inside}</svg>'
    return svg.encode()


def _text(words: str, x: float, y: float, anchor: str = "start") -> str:
    return f'<text font-size="10px" text-anchor="{anchor}" transform="translate({x},{y})">{words}</text>'


def test_words_over_the_edge_or_on_others_are_found() -> None:
    assert misplaced(_drawing(_text("robbery", 10, 20), _text("theft", 10, 34))) == ()
    assert misplaced(_drawing(_text("robbery", 80, 20))) == ("“robbery” is cut off at the edge",)
    assert misplaced(_drawing(_text("robbery", 10, 20, "end"))) == ("“robbery” is cut off at the edge",)
    assert misplaced(_drawing(_text("robbery", 10, 20), _text("theft", 30, 24))) == ("“robbery” lies on “theft”",)
    assert misplaced(_drawing(_text("edge", 10, 20), _text("edge", 10, 20))) == ()
