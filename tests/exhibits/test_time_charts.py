"""Charts over time: control, trend, seasonal, comparison, areas and strength, from the sample's data."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import altair as alt
import jsonschema  # type: ignore[import-untyped]
import pytest
from altair.utils.schemapi import validate_jsonschema

from papergen.commands.steps import assemble, open_meeting
from papergen.data.book import Book
from papergen.data.comparison import compare
from papergen.data.tables import DataTable
from papergen.diagnostics import Diagnostics, Span
from papergen.exhibits.charts import control
from papergen.exhibits.kinds import CHARTS
from papergen.exhibits.make import ExhibitMaker
from papergen.exhibits.options import Request
from papergen.exhibits.pieces.axes import when
from papergen.exhibits.render import AskedChart, Renderer
from papergen.model.nodes import Figure, Section, Text, Value
from papergen.model.walk import plain_text
from papergen.papers.draw import draw_charts
from papergen.papers.gather import walk_gathered
from papergen.papers.read import read_papers
from papergen.read.context import ExhibitBlock
from papergen.session import Session
from papergen.store.kept import Store
from papergen.values.facts import FactError
from papergen.values.periods import Month, Period, months_period
from papergen.world import World
from tests.support.builds import REPOSITORY
from tests.support.every_node import paper_of

HERE = Span("content/2016-02-02/appendix-a/00-here.md", 3)


@pytest.fixture(scope="module")
def session() -> Session:
    """The sample's settings and data."""
    opened = open_meeting(World(REPOSITORY, Diagnostics()), "2016-02-02")
    assert opened is not None
    return opened


def made(session: Session, lines: str, *, renderer: Renderer | None = None) -> tuple[Figure | None, list[str]]:
    """The figure of a chart, drawn where there is a renderer, and what was found."""
    diagnostics = Diagnostics()
    made = ExhibitMaker(session.book, diagnostics, {}).make(ExhibitBlock("chart", lines, HERE))
    figure = made.exhibit if made else None
    assert figure is None or isinstance(figure, Figure)
    if figure and made and made.chart and renderer:
        section = Section(title=(), level=1, blocks=(figure,))
        (paper,) = draw_charts([paper_of(sections=(section,))], {HERE: made.chart}, renderer).wait()
        (figure,) = (block for block in paper.sections[0].blocks if isinstance(block, Figure))
    return figure, [f"{found.at.line} {found.code.id} {found.message} {found.hint}" for found in diagnostics]


def drawn(session: Session, lines: str) -> Figure:
    figure, findings = made(session, lines, renderer=Renderer(Store(None)))
    assert figure is not None, findings
    assert not findings
    return figure


CHARTS_OVER_TIME = [
    ("kind: control\nmeasure: robbery", "Robbery: offences by month, April 2011 to December 2015", 57),
    ("kind: control\nmeasure: anti_social_behaviour", "Anti-social behaviour: incidents by month", 33),
    ("kind: trend\nmeasure: response_minutes", "with the 12-month average", 33),
    ("kind: trend\nmeasure: robbery\nrolling: 3\nstarts: 2014-04", "with the 3-month average", 21),
    ("kind: seasonal\nmeasure: anti_social_behaviour", "2015/16 beside the 3 years before", 12),
    ("kind: comparison\nmeasures: [confidence, confidence_national]", "2011/12 Q1 to 2015/16 Q1", 17),
    ("kind: areas\nmeasure: robbery\nstarts: 2013-04", "Robbery by policing area: offences by month", 33),
    ("kind: strength\nmeasures: [officer_establishment, officer_strength]", "April 2011 to December 2015", 57),
]


@pytest.mark.parametrize("width", ["full", pytest.param("half", marks=pytest.mark.slow)])
@pytest.mark.parametrize(("lines", "title", "rows"), CHARTS_OVER_TIME, ids=[case[0] for case in CHARTS_OVER_TIME])
def test_a_chart_says_what_it_shows(session: Session, lines: str, title: str, rows: int, width: str) -> None:
    figure = drawn(session, f"{lines}\nwidth: {width}")
    assert title in plain_text(figure.caption)
    assert figure.data is not None
    assert len(figure.data.rows) == rows
    assert all(len(row) == len(figure.data.columns) for row in figure.data.rows)
    assert 60 < len(plain_text(figure.alternative)) < 700
    note = plain_text(figure.note)
    assert "constructed to agree with the published totals" in note
    assert "; data to " in note
    assert figure.drawn.vector.startswith(b"<svg")
    assert figure.drawn.pixel_width <= 2 * (604 if width == "full" else 290) + 8


def test_a_control_chart_names_its_lines_and_explains_its_steps(session: Session) -> None:
    figure = drawn(session, "kind: control\nmeasure: violence_with_injury\nprojection: true")
    svg = figure.drawn.vector.decode()
    assert "mean 808" in svg
    assert ">A<" in svg
    assert ">B<" in svg
    note = plain_text(figure.note)
    assert "A: step change in November 2014" in note
    assert "B: step change in July 2015" in note
    assert "Expected in 2015/16: 9,467 to 9,749" in note
    assert "against an average of 808" in plain_text(figure.alternative)


@pytest.mark.slow
def test_a_projection_is_a_band_that_brings_the_year_to_its_end(session: Session) -> None:
    """9,467 to 9,749 in 2015/16, of which nine months are known: the band is a third of what is left of each."""
    options = control.ControlOptions(kind="control", measure="violence_with_injury", projection=True)
    spec = control.draw(options, Request(session.book, HERE)).spec()
    ((low, high),) = re.findall(r'"low": ([\d.]+), "high": ([\d.]+)', json.dumps(spec))
    known = session.book.series("violence_with_injury").over(Period(date(2015, 4, 1), date(2015, 12, 31))).value
    assert float(known) + 3 * float(low) == pytest.approx(9467, abs=1)
    assert float(known) + 3 * float(high) == pytest.approx(9749, abs=1)
    figure = drawn(session, "kind: control\nmeasure: violence_with_injury\nprojection: true")
    assert ">expected<" in figure.drawn.vector.decode()
    assert "the band is what each of the 3 months left would then average" in plain_text(figure.note)
    assert "Expected in 2015/16: 9,467 to 9,749." in plain_text(figure.alternative)
    assert ">expected<" not in drawn(session, "kind: control\nmeasure: violence_with_injury").drawn.vector.decode()


def test_special_cause_is_told_by_shape_and_in_words(session: Session) -> None:
    figure = drawn(session, "kind: control\nmeasure: robbery")
    assert figure.data is not None
    marked = [row for row in figure.data.rows if row[-1]]
    assert marked
    assert "Special cause in the last twelve months: " in plain_text(figure.alternative)
    assert "Triangles mark special cause" in plain_text(figure.note)


def test_an_officer_may_replace_caption_alternative_text_and_add_a_note(session: Session) -> None:
    lines = (
        "kind: control\nmeasure: robbery\ncaption: Robbery {{ x }}\nalternative: A line.\nnote: Mind the gap.\nid: mine"
    )
    figure = drawn(session, lines)
    value = Value(text="", expression="x", at=Span(HERE.file, 5, 18))
    assert figure.caption == (Text(text="Robbery "), value)
    assert (plain_text(figure.alternative), figure.key) == ("A line.", "mine")
    assert plain_text(figure.note).startswith("Mind the gap. ")
    assert any(isinstance(word, Value) for word in figure.caption)


@pytest.mark.parametrize(
    ("lines", "finding"),
    [
        ("kind: contrl\nmeasure: robbery", "3 E101 There is no kind of chart “contrl”. Did you mean “control”?"),
        ("measure: hate_crime", "3 E101 This chart does not say its kind."),
        ("kind: quarters\nmeasures: [robbery]", "3 E101 There is no kind of chart “quarters”. “quarters” is a kind of"),
        ("kind: control\nmeasure: robery", "4 D114 There is no measure “robery”. Did you mean “robbery”?"),
        (
            "kind: control\nmeasure: robbery\nprojections: true",
            "5 W111 “projections” is not a name that papergen knows",
        ),
        ("kind: control\nmeasure: robbery\nwhere: {area: Nowhere}", "4 E102 The column “area” of content/data/"),
        (
            "kind: control\nmeasure: robbery\nprojection: true\nwhere: {area: Shropshire}",
            "4 E102 The projection of “robbery” is of the whole measure, and this chart is of a part of it.",
        ),
        ("kind: control", "3 W112 “measure” is not given."),
        ("kind: [", "3 W110 These settings cannot be understood"),
        ("- one", "3 E101 This chart does not say its kind."),
        ("kind: areas\nmeasure: hate_crime", "4 E102 “hate_crime” has no data by policing area."),
        ("kind: trend\nmeasure: confidence\nrolling: 3", "4 E102 “confidence” is by the quarter"),
        ("kind: comparison\nmeasures: [robbery, response_minutes]", "4 E102 These measures have different units"),
    ],
)
def test_what_cannot_be_made_is_told_with_its_line(session: Session, lines: str, finding: str) -> None:
    figure, findings = made(session, lines)
    assert figure is None
    assert len(findings) == 1
    assert findings[0].startswith(finding)


def test_a_measure_gives_the_keys_of_its_usual_chart(session: Session) -> None:
    settings = session.book.measures.settings["robbery"]
    usual = settings.model_copy(update={"chart": {"kind": "trend", "rolling": 6}})
    book = session.book.measures.settings
    book["robbery"] = usual  # type: ignore[index]
    try:
        assert "6-month average" in plain_text(drawn(session, "measure: robbery").caption)
        assert "3-month average" in plain_text(drawn(session, "measure: robbery\nrolling: 3").caption)
        assert "average" not in plain_text(drawn(session, "measure: robbery\nkind: control").caption)
    finally:
        book["robbery"] = settings  # type: ignore[index]


@pytest.mark.slow
def test_the_same_chart_is_drawn_once_and_kept(session: Session, tmp_path: Path) -> None:
    def drawn_again() -> Figure | None:
        return made(session, "kind: control\nmeasure: robbery", renderer=Renderer(Store(tmp_path)))[0]

    def kept() -> dict[Path, int]:
        return {path: path.stat().st_ino for path in tmp_path.glob("??/*")}

    first = drawn_again()
    before = kept()
    assert first is not None
    assert len(before) == 4  # which specification the block gave, and its three pictures
    assert drawn_again() == first
    assert kept() == before
    for path in before:
        path.write_bytes(path.read_bytes().replace(b"<", b"("))
        assert drawn_again() == first
    assert kept() != before


def test_every_kind_of_chart_takes_the_common_keys() -> None:
    for kind in CHARTS.values():
        assert {"kind", "id", "caption", "alternative", "note", "width"} <= set(kind.options.model_fields)


@pytest.mark.slow
def test_every_chart_of_the_sample_is_a_valid_specification(session: Session) -> None:
    """Specifications are made without looking at Vega-Lite's schema, which takes longer than making them."""
    specs = [dict(chart.spec()) for chart in assemble(session).charts.values()]
    schema = alt.load_schema()
    for spec in specs:
        kind = "TopLevelLayerSpec" if "layer" in spec else "TopLevelSpec"
        validate_jsonschema(spec, {"$ref": f"#/definitions/{kind}"}, rootschema=schema)
    with pytest.raises(jsonschema.ValidationError):
        validate_jsonschema({**specs[0], "layer": [{"mark": "badger"}]}, schema)


def test_a_book_notes_every_file_that_it_is_asked_for(session: Session) -> None:
    def asked(book: Book, measure: str) -> set[str]:
        apart = book.apart()
        try:
            compare(apart, measure)
        except FactError:
            apart.series(measure)
        return apart.asked

    book = replace(session.book, asked=set(), kept={})
    for _ in range(2):  # worked out, and kept
        assert asked(book, "robbery") == {"recorded-crime.csv"}
        assert asked(book, "robbery_compared") == {"recorded-crime-by-force.csv", "population.csv"}
    assert book.asked == set()
    lost = with_tables(book, {"recorded-crime.csv"}, {})
    for _ in range(2):
        with pytest.raises(FactError):
            lost.series("robbery")
    assert lost.basis == ("recorded-crime.csv ",)


def with_tables(book: Book, files: Collection[str], changed: Mapping[str, DataTable]) -> Book:
    """The book without some files, or with others in their place."""
    tables = {**{file: table for file, table in book._tables.items() if file not in files}, **changed}
    return replace(book, _tables=tables, asked=set(), kept={})


@pytest.mark.slow
def test_a_chart_is_kept_for_as_long_as_the_files_that_it_asks_for_are_as_they_were(session: Session) -> None:
    """All other data may change, or go, and neither its key nor its specification does."""
    gathered = [each for paper in read_papers(session) for each in walk_gathered(paper.sections)]
    blocks = {block.at: block for each in gathered for block in each.exhibits}
    charts = assemble(session).charts
    one_of_each_kind = {blocks[at].lines.partition("\n")[0]: at for at in charts}
    for at in one_of_each_kind.values():
        chart = charts[at]
        spec = chart.spec()

        def again(book: Book, at: Span = at) -> AskedChart | None:
            found = ExhibitMaker(book, Diagnostics(), {}, session.inputs).make(blocks[at])
            return found.chart if found else None

        files = {line.rpartition(" ")[0] for line in chart.basis()[3:]}
        alone = again(with_tables(session.book, session.book._tables.keys() - files, {}))
        assert alone is not None
        assert (alone.spec(), alone.key) == (spec, chart.key)
        for file in files:
            other = replace(session.book._tables[file], sha256="of other bytes")
            changed = again(with_tables(session.book, (), {file: other}))
            assert changed is not None
            assert changed.key != chart.key


def test_when_a_value_was_reached_names_the_ties() -> None:
    months = [months_period(Month(2015, number), Month(2015, number)) for number in (1, 2, 3)]
    for values, words in (
        ((7, 3, 3), "January 2015"),
        ((7, 7, 3), "January 2015 and February 2015"),
        ((7, 7, 7), "January 2015 and 2 others"),
    ):
        assert when(list(zip(months, map(Fraction, values), strict=True)), Fraction(7)) == words
