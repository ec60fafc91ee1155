"""What the palette puts in: each kind that there is, filled in by what the data have, with its looks."""

from __future__ import annotations

from pathlib import Path

import pytest

from papergen.commands.steps import assemble, open_meeting
from papergen.diagnostics import Diagnostics
from papergen.exhibits.kinds import CHARTS, TABLES, ExhibitKind
from papergen.serve.exhibits import Control, Palette, keys_of
from papergen.store.kept import Store
from papergen.world import World
from tests.support.small import AREAS, MEETING, PANEL, lay_down

MONTHS = [f"{year}-{month:02d}" for year in (2014, 2015) for month in range(1, 13)]
CATALOGUE = """\
thefts: {title: Thefts, unit: offences, file: theft.csv, source: S, good: lower, target: {value: 35, tolerance: 3}}
robbery: {title: Robbery, unit: offences, file: crime.csv, where: {type: robbery}, source: S}
arson: {title: Arson, unit: offences, file: crime.csv, where: {type: arson}, source: S}
crime: {title: Crime, unit: offences, file: crime.csv, source: S}
budget: {title: Budget, unit: £000, kind: pounds, file: money.csv, where: {kind: plan}, source: S}
spending: {title: Spending, unit: £000, kind: pounds, file: money.csv, where: {kind: spent}, source: S}
"""
CODE = '''def dots(options, request):
    """A dot for each month."""
    raise SystemExit
'''
PANEL_WITH_DOTS = f"exhibits: [dots]\n{PANEL}"
FILES = {
    "measures.yaml": CATALOGUE,
    "data/theft.csv": "month,value\n" + "".join(f"{month},{30 + at % 7}\n" for at, month in enumerate(MONTHS)),
    "data/crime.csv": "month,area,type,value\n"
    + "".join(
        f"{month},{area},{kind},{5 + at % 4}\n"
        for at, month in enumerate(MONTHS)
        for area in AREAS
        for kind in ("robbery", "arson")
    ),
    "data/money.csv": "year,service,kind,value\n2014/15,fleet,plan,98\n2014/15,fleet,spent,99\n"
    "2014/15,estates,plan,42\n2014/15,estates,spent,39\n",
    f"{MEETING}/panel-report/01-crime.md": "---\ntitle: Crime\n---\n\n```chart\nkind: areas\nmeasure: robbery\n"
    "id: arson-trend\n```\n",
}


def palette_of(root: Path, *near: str, files: dict[str, str] | None = None, agreed: bool = False) -> Palette:
    world = World(lay_down(root, {**FILES, **(files or {})}), Diagnostics(), may_run=lambda _file, _code: agreed)
    session = open_meeting(world, MEETING)
    assert session is not None
    return Palette(assemble(session), Store(None), near)


@pytest.fixture(scope="module")
def palette(tmp_path_factory: pytest.TempPathFactory) -> Palette:
    return palette_of(tmp_path_factory.mktemp("palette"), "arson")


@pytest.mark.parametrize("kind", [*CHARTS.values(), *TABLES.values()])
def test_whatever_a_kind_needs_can_be_chosen(kind: ExhibitKind) -> None:
    assert kind.says
    assert [key.name for key in keys_of(kind) if key.needed and key.names is None] == []


def test_every_kind_is_offered_with_what_it_shows(palette: Palette) -> None:
    told = palette.told()
    assert [each["name"] for each in told["chart"]] == list(CHARTS)
    assert [each["name"] for each in told["table"]] == list(TABLES)
    shown = {each["name"]: each["says"] for each in told["chart"]}
    assert shown["trend"] == (
        "The months (or quarters, halves) of a measure as a thin line, and their rolling average as a strong one."
    )


@pytest.mark.parametrize(
    ("block", "kind", "text"),
    [
        ("chart", "control", "measure: arson\n"),
        ("chart", "categories", "measure: arson\nby: area\n"),
        ("chart", "comparison", "measures: [arson, robbery]\n"),
        ("chart", "snapshot", "measures: [arson, robbery]\nof: crime\n"),
        ("chart", "budget", "budget: budget\nactual: spending\nby: service\n"),
        ("table", "scorecard", "measures: [arson, robbery]\n"),
        ("table", "budget", "budget: budget\nactual: spending\nby: service\n"),
        ("table", "cross", "measure: arson\nrows: area\ncolumns: quarter\n"),
        ("table", "quarters", "measures: [arson, robbery]\n"),
    ],
)
def test_a_kind_is_filled_in_with_what_is_near_the_text_and_fits(
    block: str, kind: str, text: str, palette: Palette
) -> None:
    shown = palette.shown(block, kind, {})
    assert shown["text"] == f"kind: {kind}\n{text}"
    assert "problems" not in shown
    if block == "chart":
        assert shown["picture"].startswith("data:image/svg+xml;base64,")
        assert shown["alternative"]
    else:
        assert len(shown["rows"][0]) == len(shown["head"])


def test_where_nothing_fits_it_is_told_why(palette: Palette) -> None:
    shown = palette.shown("chart", "peers", {})
    assert shown["text"] == "kind: peers\nmeasure: arson\n"
    assert "not compared with other forces" in shown["problems"][0]
    assert palette.shown("chart", "pie", {}) == {"problems": ["There is no kind of chart “pie”."]}


def test_what_is_filled_in_is_kept_and_what_is_usual_is_not_written(palette: Palette) -> None:
    filled = {
        "measure": "thefts",
        "rolling": "6",
        "width": "full",
        "target": True,
        "starts": "2014-06",
        "evil": "x",
        "id": "a\n```",
    }
    shown = palette.shown("chart", "trend", filled)
    assert shown["text"] == "kind: trend\nmeasure: thefts\nstarts: 2014-06\nrolling: 6\n"
    assert {key["name"]: key["value"] for key in shown["keys"]}["rolling"] == 6
    shown = palette.shown("table", "ranked", {"measure": "robbery", "by": "area\n```\n", "most": "2", "share": False})
    assert shown["text"].splitlines() == ["kind: ranked", "measure: robbery", "by: area ```", "most: 2", "share: false"]
    assert "area ```" in shown["problems"][0]


def test_an_id_is_one_that_no_paper_has(palette: Palette) -> None:
    assert palette.shown("chart", "trend", {})["id"] == "arson-trend-2"


def test_small_drawings_stand_in_a_table(palette: Palette) -> None:
    rows = palette.shown("table", "scorecard", {"measures": ["thefts"]})["rows"]
    assert rows[0][0] == {"words": "Thefts", "graphics": []}
    assert any(cell["graphics"] and cell["graphics"][0]["said"] for cell in rows[0])


@pytest.mark.parametrize("agreed", [True, False])
def test_a_kind_of_the_workspace_is_offered_and_its_fault_told(agreed: bool, tmp_path: Path) -> None:
    files = {"../exhibits.py": CODE, "panel.yaml": PANEL_WITH_DOTS}
    palette = palette_of(tmp_path, files=files, agreed=agreed)
    dots = palette.told()["chart"][-1]
    assert dots == {"name": "dots", "says": "A dot for each month." if agreed else "A kind of the workspace’s own"}
    shown = palette.shown("chart", "dots", {})
    assert shown["text"] == "kind: dots\nmeasure: thefts\n"
    assert [key["control"] for key in shown["keys"] if key["needed"]] == [Control.CHOICE.value]
    assert shown["problems"]
