"""The charts of the most similar group, of direction and share, and of this period beside an earlier one."""

from __future__ import annotations

import shutil
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from papergen.data.book import Book
from papergen.data.comparison import compare
from papergen.data.peers import Level, Movement, PeerRate
from papergen.exhibits.charts import categories, matrix, peers, snapshot, stages
from papergen.exhibits.drawing import Drawing
from papergen.exhibits.palette import FORCE, FULL_WIDTH, HALF_WIDTH
from papergen.exhibits.pieces import lettering
from papergen.values.chrome import chrome
from papergen.values.facts import FactError
from papergen.values.quantities import Direction, print_number
from papergen.workspace.measures import TargetSettings
from tests.support.builds import NORFOLK
from tests.support.exhibits import book_of, draw, records

TYPES = [
    *("violence_with_injury", "rape", "other_sexual_offences", "domestic_burglary", "robbery", "shoplifting"),
    *("violence_without_injury", "stalking_and_harassment", "public_order_offences", "criminal_damage", "arson"),
    *("other_theft", "non_domestic_burglary", "theft_from_a_vehicle", "theft_of_a_vehicle", "vehicle_interference"),
    *("theft_from_the_person", "bicycle_theft", "possession_of_drugs", "trafficking_of_drugs"),
    *("possession_of_weapons", "miscellaneous_crimes"),
]
STAGES = ["ease_of_contact", "actions", "treatment", "follow_up", "whole_experience"]


@pytest.mark.parametrize(
    ("title", "language", "told"),
    [
        ("Rape", "en-GB", "Rape and the most similar group"),
        ("Rape", "cy", "Rape a’r grŵp mwyaf tebyg"),
        ("Treisio a’r grŵp mwyaf tebyg: y llynedd", "cy", "Treisio a’r grŵp mwyaf tebyg: y llynedd"),
        ("Rape in the similar group", "cy", "Rape in the similar group"),
    ],
)
def test_a_title_says_once_that_the_group_is_shown(title: str, language: str, told: str) -> None:
    assert peers.group_title(title, chrome(language)) == told
    assert "grŵp mwyaf tebyg" not in peers.without_group(title)


@pytest.fixture(scope="module")
def norfolk() -> Book:
    return book_of(NORFOLK, "2018-06-12")


@pytest.fixture
def made_up(tmp_path: Path) -> Book:
    """Norfolk's settings with two forces beside it and twenty made-up quarters."""
    shutil.copytree(NORFOLK, tmp_path, dirs_exist_ok=True)
    data = tmp_path / "content" / "data"
    quarters = [f"{2013 + index // 4}/{14 + index // 4} Q{index % 4 + 1}" for index in range(20)]
    forces = {"Norfolk": 100, "Suffolk": 80, "Wiltshire": 90}
    wobble = (0, 3, -2, 4, -3, 1, -1, 2)
    rows = ["quarter,force,kind,value,asked"]
    for index, quarter in enumerate(quarters):
        for force, base in forces.items():
            own = base * 3 if force == "Norfolk" and index == 19 else base
            value = own + wobble[(index + len(force)) % 8]
            rows += [f"{quarter},{force},bicycles,{value},1000", f"{quarter},{force},gnomes,{value // 2},1000"]
    (data / "made-up.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    panel = tmp_path / "content" / "panel.yaml"
    text = panel.read_text(encoding="utf-8")
    for force in ("Devon and Cornwall", "Gloucestershire", "North Yorkshire", "Warwickshire", "West Mercia"):
        text = text.replace(f"  - {force}\n", "")
    panel.write_text(text, encoding="utf-8")
    measures = []
    common = "  unit: thefts\n  file: made-up.csv\n  source: Made up\n"
    for name, more in {
        "thefts": "  good: lower\n  peers: {own: Norfolk, per: population.csv}\n",
        "recoveries": "  good: higher\n  peers: {own: Norfolk, per: population.csv}\n",
        "sightings": "  good: neither\n  peers: {own: Norfolk, per: population.csv}\n",
        "own_thefts": "  good: lower\n  where: {force: Norfolk}\n",
        "own_bicycles": "  good: lower\n  where: {force: Norfolk, kind: bicycles}\n",
        "share_seen": "  kind: percentage\n  of: asked\n  where: {force: Norfolk}\n",
        "below_zero": "  where: {force: Norfolk}\n",
    }.items():
        measures.append(f"{name}:\n  title: {name.replace('_', ' ').capitalize()}\n{common}{more}")
    file = tmp_path / "content" / "measures.yaml"
    file.write_text(f"{file.read_text(encoding='utf-8')}\n{''.join(measures)}", encoding="utf-8")
    return book_of(tmp_path, "2018-06-12")


def words(drawing: Drawing) -> list[dict[str, Any]]:
    return records(drawing, "label", "x", "align")


def boxes(drawing: Drawing) -> list[tuple[float, float, float, float]]:
    """The rectangles that words placed in pixels take up: left, top, right, bottom."""
    taken = []
    for each in words(drawing):
        lines = each["label"].split("\n")
        width = max(lettering.text_width(line, bold=each["weight"] == "bold") for line in lines)
        left = each["x"] - {"left": 0, "center": width / 2, "right": width}[each["align"]]
        top = each["y"] - 5
        taken.append((left, top, left + width, top + 10 + (len(lines) - 1) * lettering.LINE_HEIGHT))
    return taken


def assert_apart(drawing: Drawing, width: float) -> None:
    """No words stand on others, and none leaves the chart on its sides."""
    taken = boxes(drawing)
    assert taken
    for index, (left, top, right, bottom) in enumerate(taken):
        assert left >= -2
        assert right <= width + 2
        for other in taken[index + 1 :]:
            assert right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top, (index, other)


def compared(*names: str) -> list[str]:
    return [f"{name}_compared" for name in names]


# ---------------------------------------------------------------------------------------------------------------------
# Peers


def test_peers_ranks_the_forces_and_picks_out_its_own(sample_book: Book) -> None:
    drawing = draw(sample_book, kind="peers", measure="violence_with_injury_compared")
    bars = records(drawing, "force", "value")
    assert [bar["force"] for bar in bars][:2] == ["North Yorkshire", "Wiltshire"]
    assert [bar["value"] for bar in bars] == sorted(bar["value"] for bar in bars)
    assert [bar["force"] for bar in bars if bar["colour"] == FORCE] == ["West Mercia"]
    assert {bar["from"] for bar in bars} == {0.0}
    assert [each["weight"] for each in words(drawing) if each["label"] == "West Mercia"] == ["bold"]
    assert drawing.title == (
        "Violence with injury and the most similar group: offences for every 1,000 people by force,"
        " October 2014 to September 2015"
    )
    assert "West Mercia at 6.9 ranks 5th of 8 forces, lowest first, similar to the group average of 6.4" in (
        drawing.alternative
    )
    assert drawing.data.columns == ("Rank", "Force", "Offences for every 1,000 people")
    assert drawing.data.rows[4] == ("5", "West Mercia", "6.9")
    assert drawing.data.rows[-3:] == (
        ("", "Average of the 7 others", "6.44"),
        ("", "Similar to the group, from", "4.50"),
        ("", "Similar to the group, to", "9.22"),
    )
    comparison = compare(sample_book, "violence_with_injury_compared").comparison
    assert comparison.method in drawing.notes
    assert any(comparison.average_kind in note for note in drawing.notes)
    assert drawing.rows
    assert {"similar: 4.5 to 9.2", "average of the 7 others 6.4"} <= {each["label"] for each in words(drawing)}


def test_peers_shows_a_survey_as_dots_with_what_is_similar(sample_book: Book) -> None:
    drawing = draw(sample_book, kind="peers", measure="satisfaction_follow_up_compared")
    dots = records(drawing, "force", "value")
    assert [dot["force"] for dot in dots][-1] == "West Mercia"
    assert {dot["force"]: dot["shape"] for dot in dots}["West Mercia"] == "diamond"
    found = compare(sample_book, "satisfaction_follow_up_compared").comparison
    assert found.low is not None
    assert float(found.low) in {each["value"] for each in records(drawing, "value", "end")}
    assert any("does not start at zero" in note for note in drawing.notes)
    assert "below the group average of 78.6% (similar is 70.3% to 86.8%)" in drawing.alternative
    assert drawing.data.rows[-1] == ("", "Similar to the group, to", "86.80%")


@pytest.mark.parametrize(("width", "pixels"), [("full", FULL_WIDTH), ("half", HALF_WIDTH)])
@pytest.mark.parametrize("measure", ["homicide", "all_crime", "vehicle_crime", "drug_offences"])
def test_peers_of_real_figures_have_room(norfolk: Book, measure: str, width: str, pixels: int) -> None:
    assert_apart(draw(norfolk, kind="peers", measure=measure, width=width), pixels - 4)


def test_peers_of_rare_things_are_told_apart(norfolk: Book) -> None:
    drawing = draw(norfolk, kind="peers", measure="homicide")
    assert drawing.data.rows[3] == ("4", "Norfolk", "0.007")
    assert drawing.data.columns[-1] == "Offences for every 1,000 people"


def test_the_target_of_a_count_stands_beside_the_group_as_a_rate(sample_book: Book) -> None:
    settings = sample_book.measures.settings["robbery_compared"]
    target = TargetSettings(value=50)
    aimed = settings.model_copy(update={"target": target, "good": Direction.LOWER})
    measures = replace(sample_book.measures, settings={**sample_book.measures.settings, "robbery_compared": aimed})
    book = replace(sample_book, measures=measures, kept={})
    drawing = draw(book, kind="peers", measure="robbery_compared")
    own = compare(book, "robbery_compared").peers[0]
    assert isinstance(own, PeerRate)
    months = 12
    rate = Fraction(50 * months * 1000) / Fraction(own.population)
    assert drawing.data.rows[-1] == ("", "Target", print_number(rate, 3))
    assert f"the target, {print_number(rate, 2)}." in drawing.notes[1]
    assert drawing.notes[2] == "The target of 600 is shown as a rate."


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"measure": "robbery"}, "“robbery” is not compared with other forces."),
        ({"measure": "robery_compared"}, "There is no measure “robery_compared”."),
        ({"measure": "robbery_compared", "where": {"force": "Norfolk"}}, "takes the measure as it stands"),
    ],
)
def test_peers_that_cannot_be_made(sample_book: Book, keys: dict[str, Any], message: str) -> None:
    with pytest.raises(FactError) as raised:
        draw(sample_book, kind="peers", **keys)
    assert message in raised.value.message
    assert raised.value.hint


# ---------------------------------------------------------------------------------------------------------------------
# Matrix


def filled(drawing: Drawing) -> dict[tuple[str, str], str]:
    cells = records(drawing, "level", "movement")
    assert len(cells) == 9
    return {(each["level"], each["movement"]): each["words"] for each in cells if each["colour"] == FORCE}


def test_the_matrix_of_one_measure_fills_the_cell_of_the_force(sample_book: Book) -> None:
    drawing = draw(sample_book, kind="matrix", measure="robbery_compared")
    assert filled(drawing) == {("similar", "no change"): "West Mercia; 0.31, 6th of 8"}
    assert drawing.title == ("Robbery and the most similar group: level and movement, October 2014 to September 2015")
    assert "similar to the group, no change" in drawing.alternative
    assert compare(sample_book, "robbery_compared").comparison.method in drawing.notes


def test_the_matrix_of_several_measures_names_them_in_their_cells(sample_book: Book) -> None:
    names = compared(*(f"satisfaction_{stage}" for stage in STAGES))
    drawing = draw(sample_book, kind="matrix", measures=names, labels={names[1]: "What was done"})
    assert filled(drawing) == {
        ("similar", "no change"): "Ease of contact; What was done; Treatment; Whole experience",
        ("below", "no change"): "Follow-up",
    }
    assert drawing.title.startswith("Victims satisfied and the most similar group: level and movement, ")
    assert len([note for note in drawing.notes if note.startswith("Similar")]) == 1
    assert drawing.data.rows[3][0] == "Follow-up"
    assert drawing.data.rows[3][2:] == ("70.1%", "78.6%", "70.3% to 86.8%", "8 of 8", "below", "no change")


@pytest.mark.parametrize(("width", "pixels"), [("full", FULL_WIDTH), ("half", HALF_WIDTH)])
def test_the_matrix_of_real_figures_has_room(norfolk: Book, width: str, pixels: int) -> None:
    names = [name for name, settings in norfolk.measures.settings.items() if settings.peers]
    drawing = draw(norfolk, kind="matrix", measures=names, width=width)
    assert_apart(drawing, pixels - 4)
    assert filled(drawing)["below", "no change"] == "Non-domestic burglary"
    assert any("No movement can be called yet, as that needs 13" in note for note in drawing.notes)


def test_the_matrix_shows_movement_to_either_side(made_up: Book) -> None:
    drawing = draw(made_up, kind="matrix", measures=["thefts", "recoveries", "sightings"])
    assert {movement for _, movement in filled(drawing)} == {"deteriorating", "improving"}
    assert any(note.startswith("Sightings has no place in it: it shows special cause") for note in drawing.notes)
    assert drawing.data.rows[2][-1] == "neither direction is better"
    assert "Not placed: Sightings." in drawing.alternative


def test_a_matrix_with_nothing_to_place_cannot_be_made(made_up: Book) -> None:
    with pytest.raises(FactError, match="“sightings” has no place in the matrix"):
        draw(made_up, kind="matrix", measure="sightings")


@pytest.mark.parametrize(
    ("keys", "setting"),
    [
        ({}, "needs a “measure”"),
        ({"measure": "a", "measures": ["b"]}, "either “measure” or “measures”"),
        ({"measure": "a", "labels": {"b": "B"}}, "“b” is not one of the measures"),
        ({"measure": "a", "where": {"area": "Shropshire"}}, "where"),
    ],
)
def test_keys_that_a_matrix_does_not_take(keys: dict[str, Any], setting: str) -> None:
    with pytest.raises(ValidationError, match=setting):
        matrix.MatrixOptions(kind="matrix", **keys)


def test_every_level_and_movement_has_its_row_and_column() -> None:
    assert set(matrix.LEVELS) == set(Level)
    assert set(matrix.MOVEMENTS) == set(Movement)


# ---------------------------------------------------------------------------------------------------------------------
# Snapshot


@pytest.mark.parametrize(("width", "pixels"), [("full", FULL_WIDTH), ("half", HALF_WIDTH)])
def test_the_snapshot_of_every_type_has_room_for_every_name(sample_book: Book, width: str, pixels: int) -> None:
    drawing = draw(
        sample_book, kind="snapshot", measures=TYPES, of="total_recorded_crime", marked=TYPES[:5], width=width
    )
    assert_apart(drawing, pixels - 4)
    bars = records(drawing, "name", "direction")
    assert len(bars) == 22
    directions = {bar["name"]: bar["direction"] for bar in bars}
    assert directions["Robbery"] == "Increasing"
    assert directions["Possession of drugs"] == "Decreasing"
    assert directions["Violence with injury"] == "No change"
    scales = [(bar["end"] - bar["x"]) / bar["value"] for bar in bars]
    assert max(scales) == pytest.approx(min(scales))
    assert sum(bar["value"] for bar in bars) == pytest.approx(100)
    assert {bar["name"] for bar in bars if bar["marked"]} == {bar["name"] for bar in bars if bar["colour"] == FORCE}
    assert drawing.title == (
        "Total recorded crime: direction of 22 types and the share of each, October to December 2015"
    )


def test_the_snapshot_says_its_numbers_and_its_method(sample_book: Book) -> None:
    drawing = draw(sample_book, kind="snapshot", measures=TYPES, of="total_recorded_crime", marked=["robbery"])
    assert drawing.data.columns == ("Type", "Offences", "Share", "Direction", "Judgement", "Reported on")
    row = next(row for row in drawing.data.rows if row[0] == "Robbery")
    assert row[:4] == ("Robbery", "139", "0.8%", "increasing")
    assert row[-1] == "yes"
    assert [row[0] for row in drawing.data.rows][:2] == ["Violence without injury", "Violence with injury"]
    assert "increasing are 4 (Violence without injury 18.6%" in drawing.alternative
    assert "decreasing are 1 (Possession of drugs 2.2%)" in drawing.alternative
    assert any("shares are of 18,094 offences" in note for note in drawing.notes)
    assert any("Without change since a step change" in note for note in drawing.notes)
    assert drawing.measures[0] == "total_recorded_crime"


def test_a_snapshot_of_one_area_says_so(sample_book: Book) -> None:
    drawing = draw(
        sample_book, kind="snapshot", measures=["rape"], of="total_recorded_crime", where={"area": "Shropshire"}
    )
    assert "(Shropshire)" in drawing.title
    assert any("3,781 offences" in note for note in drawing.notes)


def test_types_with_too_few_months_are_named_below(made_up: Book) -> None:
    drawing = draw(made_up, kind="snapshot", measures=["own_bicycles", "homicide"], of="own_thefts")
    assert [each["name"] for each in records(drawing, "name", "direction")] == ["Own bicycles"]
    assert any(note.startswith("Too few to judge: Homicide (") for note in drawing.notes)
    assert drawing.data.rows[-1][3] == "not judged"


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"measures": ["robbery"], "of": "all_crime"}, "too few months to judge"),
        ({"measures": ["robbery"], "of": "homicide"}, "“homicide” is 0 in 2017/18 Q4"),
        ({"measures": ["robbery"], "of": "crime"}, "There is no measure “crime”"),
    ],
)
def test_a_snapshot_that_cannot_be_made(norfolk: Book, keys: dict[str, Any], message: str) -> None:
    with pytest.raises(FactError, match=message):
        draw(norfolk, kind="snapshot", **keys)


def test_a_snapshot_takes_counts_only(made_up: Book) -> None:
    with pytest.raises(FactError, match="“share_seen” does not count things"):
        draw(made_up, kind="snapshot", measures=["share_seen"], of="own_thefts")


@pytest.mark.parametrize(
    ("keys", "message"),
    [({"marked": ["rape"]}, "“rape” is not one of the measures"), ({"starts": "2014-04"}, "starts\n")],
)
def test_keys_that_a_snapshot_does_not_take(keys: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        snapshot.SnapshotOptions(kind="snapshot", measures=("robbery",), of="total", **keys)


# ---------------------------------------------------------------------------------------------------------------------
# Stages and categories


def test_stages_stand_beside_last_year(sample_book: Book) -> None:
    names = [f"satisfaction_{stage}" for stage in STAGES]
    drawing = draw(sample_book, kind="stages", measures=names, period="rolling_6")
    bars = records(drawing, "name", "period", "value")
    assert [(bar["name"], bar["period"], bar["label"]) for bar in bars[:2]] == [
        ("Ease of contact", "Jul–Dec 2014", "95%"),
        ("Ease of contact", "Jul–Dec 2015", "96%"),
    ]
    assert drawing.title == (
        "Victims satisfied: per cent of victims interviewed, July to December 2015 beside July to December 2014"
    )
    assert drawing.data.columns == ("Measure", "July to December 2014", "July to December 2015", "Change")
    assert drawing.data.rows[-1] == ("Whole experience", "82%", "83%", "+1.4 points")
    assert drawing.notes == ("Changes are worked out before the percentages are rounded.",)
    assert "Whole experience 83% (before: 82%)" in drawing.alternative
    assert "The largest rise is Whole experience (+1.4 points)" in drawing.alternative
    assert drawing.measures == tuple(names)
    assert len(drawing.rows) == 5 * 12


def test_bars_begin_at_zero_and_share_one_scale(sample_book: Book) -> None:
    drawing = draw(sample_book, kind="stages", measures=TYPES[:5], against="previous_quarter")
    encoded = [layer["encoding"] for layer in drawing.spec()["layer"] if "x2" in layer["encoding"]]
    assert encoded[0]["x"]["scale"]["domain"] == [0, 2451.0]
    assert encoded[0]["x2"] == {"datum": 0}
    assert drawing.data.columns[1:3] == ("2015/16 Q2", "2015/16 Q3")
    assert drawing.data.rows[4] == ("Robbery", "117", "139", "+19%")


@pytest.mark.parametrize(
    ("period", "against", "columns"),
    [
        ("quarter", "last_year", ("2014/15 Q3", "2015/16 Q3")),
        ("year_to_date", "last_year", ("April to December 2014", "April to December 2015")),
        ("rolling_6", "previous_quarter", ("April to September 2015", "July to December 2015")),
        ("rolling_12", "last_year", ("January to December 2014", "January to December 2015")),
    ],
)
def test_the_periods_and_what_they_are_set_against(
    sample_book: Book, period: str, against: str, columns: tuple[str, str]
) -> None:
    drawing = draw(sample_book, kind="stages", measures=["robbery"], period=period, against=against)
    assert drawing.data.columns[1:3] == columns
    (row,) = drawing.data.rows
    series = sample_book.series("robbery")
    months = dict.fromkeys(columns, 0)
    for each in series.observations:
        for name in columns:
            inside = f"{each.period.starts:%Y-%m}" in _months(name)
            months[name] += int(each.value) if inside else 0
    assert (row[1], row[2]) == tuple(f"{months[name]:,}" for name in columns)


def _months(name: str) -> set[str]:
    spans = {
        "2014/15 Q3": ("2014-10", 3),
        "2015/16 Q3": ("2015-10", 3),
        "April to December 2014": ("2014-04", 9),
        "April to December 2015": ("2015-04", 9),
        "April to September 2015": ("2015-04", 6),
        "July to December 2015": ("2015-07", 6),
        "January to December 2014": ("2014-01", 12),
        "January to December 2015": ("2015-01", 12),
    }
    first, count = spans[name]
    year, month = (int(part) for part in first.split("-"))
    return {f"{year}-{month + index:02d}" for index in range(count)}


@pytest.mark.parametrize(("width", "pixels"), [("full", FULL_WIDTH), ("half", HALF_WIDTH)])
def test_stages_and_categories_have_room(sample_book: Book, width: str, pixels: int) -> None:
    days = ["complaint_days_to_record", "complaint_days_to_close"]
    for keys in (
        {"kind": "stages", "measures": days, "period": "year_to_date"},
        {"kind": "categories", "measure": "complaints", "by": "complaint_type", "period": "year_to_date"},
        {"kind": "categories", "measure": "total_recorded_crime", "by": "crime_type", "period": "rolling_12"},
    ):
        assert_apart(draw(sample_book, width=width, **keys), pixels - 4)


def test_categories_are_ranked_and_the_rest_put_together(sample_book: Book) -> None:
    drawing = draw(
        sample_book, kind="categories", measure="complaints", by="complaint_type", period="year_to_date", most=6
    )
    assert drawing.title == "Complaints by complaint type, April to December 2015 beside April to December 2014"
    now = [int(row[2]) for row in drawing.data.rows]
    assert now[:6] == sorted(now[:6], reverse=True)
    assert drawing.data.rows[-1][0] == "All others (3)"
    whole = sample_book.series("complaints")
    assert sum(now) == sum(
        int(each.value) for each in whole.observations if each.period.starts.isoformat() >= "2015-04"
    )
    assert any(note.startswith("All others are ") for note in drawing.notes)
    assert {row[3] for row in drawing.data.rows} >= {"+9", "−7"}


def test_categories_of_real_figures_are_of_this_force_only(norfolk: Book) -> None:
    drawing = draw(
        norfolk, kind="categories", measure="theft", by="offence_subgroup", against="previous_quarter", most=20
    )
    assert sum(int(row[2].replace(",", "")) for row in drawing.data.rows) == 4363
    assert drawing.data.rows[0] == ("Other theft offences", "1,350", "1,345", "−0.4%")
    assert drawing.data.columns == ("Offence subgroup", "2017/18 Q3", "2017/18 Q4", "Change")


def test_one_word_too_many_is_shown_rather_than_called_the_rest(norfolk: Book) -> None:
    keys = {"kind": "categories", "measure": "theft", "by": "offence_subgroup", "against": "previous_quarter"}
    assert len(draw(norfolk, **keys).data.rows) == 9
    assert draw(norfolk, most=7, **keys).data.rows[-1][0] == "All others (2)"


def test_a_column_of_zeros_is_drawn(norfolk: Book) -> None:
    drawing = draw(norfolk, kind="stages", measures=["homicide"], against="previous_quarter")
    assert drawing.data.rows[0][2] == "0"


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"kind": "stages", "measures": ["robbery", "confidence"]}, "have no scale in common"),
        ({"kind": "stages", "measures": ["robbery"], "where": {"areas": "Shropshire"}}, "no column “areas”"),
        ({"kind": "stages", "measures": ["child_at_risk", "robberry"]}, "There is no measure “robberry”"),
        ({"kind": "stages", "measures": ["sickness_hours_staff"], "period": "quarter"}, "no complete data"),
        ({"kind": "categories", "measure": "robbery", "by": "areas"}, "no column “areas”"),
        ({"kind": "categories", "measure": "robbery", "by": "crime_type"}, "has only one word"),
    ],
)
def test_bars_that_cannot_be_made(sample_book: Book, keys: dict[str, Any], message: str) -> None:
    with pytest.raises(FactError) as raised:
        draw(sample_book, **keys)
    assert message in raised.value.message


def test_last_year_must_have_data(norfolk: Book) -> None:
    with pytest.raises(FactError, match="no complete data for 2016/17 Q4"):
        draw(norfolk, kind="stages", measures=["robbery"])


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"starts": "2014-04"}, "starts\n"),
        ({"period": "year_to_date", "against": "previous_quarter"}, "set against last year"),
        ({"period": "month"}, "year_to_date"),
    ],
)
def test_keys_that_stages_and_categories_do_not_take(keys: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        stages.StagesOptions(kind="stages", measures=("robbery",), **keys)
    with pytest.raises(ValidationError, match=message):
        categories.CategoriesOptions(kind="categories", measure="robbery", by="area", **keys)


def test_titles_share_what_stands_before_their_colon() -> None:
    assert stages.short_titles(["A: one", "A: two"]) == ("A", ["One", "Two"])
    assert stages.short_titles(["A: one", "B: two"]) == ("", ["A: one", "B: two"])
    assert stages.short_titles(["A: one"]) == ("", ["A: one"])


def test_words_break_where_they_are_wider_than_their_room() -> None:
    assert lettering.wrapped("Stalking and harassment", 80) == ("Stalking and", "harassment")
    assert lettering.wrapped("Theft and Unbreakableness", 60) == ("Theft and", "Unbreakabl-", "eness")
    assert lettering.wrapped("Www", 1) == ("W-", "w-", "w")
    assert lettering.text_width("Rape", bold=True) > lettering.text_width("Rape") > 0


def test_what_is_similar_is_said(sample_book: Book) -> None:
    comparison = compare(sample_book, "satisfaction_follow_up_compared").comparison
    assert peers.standing(comparison) == "below the group average"
