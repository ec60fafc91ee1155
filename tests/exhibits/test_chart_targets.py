"""Targets where measures or areas stand side by side."""

from __future__ import annotations

import pytest

from papergen.model.walk import plain_text
from tests.support.exhibits import made
from tests.support.small import Workspace, workspace

MONTHS = [f"{year}-{month:02}" for year in (2014, 2015) for month in range(1, 13)]


@pytest.fixture(scope="module")
def aimed(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    rows = "".join(
        f"{month},{area},{80 + at % 7 + more},100\n"
        for more, area in enumerate(("North", "South", "Telford & Wrekin"))
        for at, month in enumerate(MONTHS)
    )
    entry = "unit: per cent of calls, kind: percentage, of: all, file: calls.csv, source: S, good: higher"
    found = workspace(
        tmp_path_factory.mktemp("aimed"),
        {
            "data/calls.csv": f"month,area,value,all\n{rows}",
            "measures.yaml": f"one: {{title: One, {entry}, where: {{area: North}}, target: 90}}\n"
            f"same: {{title: Same, {entry}, target: 90}}\n"
            f"other: {{title: Other, {entry}, where: {{area: South}},\n"
            "  target: {by: {2014/15: 80, 2015/16: 85}}}\n"
            "count: {title: Calls, unit: calls, value: all, file: calls.csv, source: S, good: higher, target: 150}\n",
        },
    )
    assert found.told == []
    return found


def test_one_target_of_several_measures_is_one_line_with_its_name(aimed: Workspace) -> None:
    figure, spec, found = made(aimed, "kind: comparison\nmeasures: [one, same]")
    assert found == []
    assert figure.data.columns == ("Month", "One", "Same", "Target")
    assert figure.data.rows[0][-1] == "90%"
    assert plain_text(figure.alternative).endswith(" The target is 90%.")
    assert str(spec).count("target 90%") == 1


def test_targets_that_differ_are_named_for_their_measures_by_year(aimed: Workspace) -> None:
    figure, spec, found = made(aimed, "kind: comparison\nmeasures: [one, other]")
    assert found == []
    assert figure.data.columns[-2:] == ("Target for One", "Target for Other")
    assert [row[-1] for row in figure.data.rows if row[0] in ("March 2015", "April 2015")] == ["80%", "85%"]
    assert "The target for One is 90%; the target for Other is 85%." in plain_text(figure.alternative)
    assert "target for Other 85%" in str(spec)


def test_areas_have_the_target_of_a_share_and_none_of_a_count(aimed: Workspace) -> None:
    figure, spec, found = made(aimed, "kind: areas\nmeasure: same")
    assert found == []
    assert "The target is 90%." in plain_text(figure.alternative)
    assert "the target, 90%" in plain_text(figure.note)
    assert "'target'" in str(spec)
    figure, _, found = made(aimed, "kind: areas\nmeasure: count")
    assert found == []
    assert "target" not in plain_text(figure.alternative)


def test_a_season_has_the_target_of_each_month(aimed: Workspace) -> None:
    figure, spec, found = made(aimed, "kind: seasonal\nmeasure: other")
    assert found == []
    assert figure.data.columns[-1] == "Target"
    assert (figure.data.rows[0][-1], figure.data.rows[-1][-1]) == ("85%", "85%")
    assert "The line with long dashes is the target." in plain_text(figure.note)
    assert plain_text(figure.alternative).endswith(" The target is 85%.")
    assert str(spec).count("'target 85%'") == 1


def test_stages_have_a_line_for_each_target(aimed: Workspace) -> None:
    figure, spec, found = made(aimed, "kind: stages\nmeasures: [one, other]")
    assert found == []
    assert figure.data.columns[-1] == "Target"
    assert [row[-1] for row in figure.data.rows] == ["90%", "85%"]
    assert plain_text(figure.alternative).endswith(" The targets are One 90% and Other 85%.")
    _, spec, _ = made(aimed, "kind: stages\nmeasures: [one, same]")
    assert str(spec).count("'target 90%'") == 1


@pytest.mark.parametrize("kind", ["control", "trend", "seasonal", "areas"])
def test_a_target_may_be_left_off_a_chart(aimed: Workspace, kind: str) -> None:
    measure = "same" if kind == "areas" else "one"
    figure, spec, found = made(aimed, f"kind: {kind}\nmeasure: {measure}\ntarget: false")
    assert found == []
    assert "arget" not in f"{plain_text(figure.alternative)}{plain_text(figure.note)}{figure.data.columns}"
    assert "target 90" not in str(spec)


@pytest.mark.parametrize(("kind", "block"), [("matrix", "chart"), ("snapshot", "chart"), ("ranked", "table")])
def test_a_target_where_none_can_stand_is_refused(aimed: Workspace, kind: str, block: str) -> None:
    _, _, (found,) = made(aimed, f"kind: {kind}\nmeasure: one\ntarget: true", block)
    assert found.startswith(f"A {block} of kind “{kind}” has no line for a target.")
    assert "charts of kind control, peers, stages, categories, trend, seasonal, comparison and areas have one" in found
