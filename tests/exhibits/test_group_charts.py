"""The charts of the most similar group, of direction and share, and of this period beside an earlier one."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from pydantic import ValidationError

from papergen.data.book import Book
from papergen.data.comparison import compare
from papergen.data.peers import Level, Movement, PeerRate
from papergen.exhibits.charts import matrix, peers
from papergen.exhibits.drawing import Drawing
from papergen.exhibits.palette import FORCE, FULL_WIDTH, HALF_WIDTH
from papergen.exhibits.pieces import lettering
from papergen.values.chrome import chrome
from papergen.values.facts import FactError
from papergen.values.quantities import Direction, print_number
from papergen.workspace.measures import TargetSettings
from tests.support.exhibits import STAGES, assert_apart, draw, records, words


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
def test_peers_of_real_figures_have_room(norfolk_book: Book, measure: str, width: str, pixels: int) -> None:
    assert_apart(draw(norfolk_book, kind="peers", measure=measure, width=width), pixels - 4)


def test_peers_of_rare_things_are_told_apart(norfolk_book: Book) -> None:
    drawing = draw(norfolk_book, kind="peers", measure="homicide")
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
def test_the_matrix_of_real_figures_has_room(norfolk_book: Book, width: str, pixels: int) -> None:
    names = [name for name, settings in norfolk_book.measures.settings.items() if settings.peers]
    drawing = draw(norfolk_book, kind="matrix", measures=names, width=width)
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
# Stages and categories


def test_words_break_where_they_are_wider_than_their_room() -> None:
    assert lettering.wrapped("Stalking and harassment", 80) == ("Stalking and", "harassment")
    assert lettering.wrapped("Theft and Unbreakableness", 60) == ("Theft and", "Unbreakabl-", "eness")
    assert lettering.wrapped("Www", 1) == ("W-", "w-", "w")
    assert lettering.text_width("Rape", bold=True) > lettering.text_width("Rape") > 0


def test_what_is_similar_is_said(sample_book: Book) -> None:
    comparison = compare(sample_book, "satisfaction_follow_up_compared").comparison
    assert peers.standing(comparison) == "below the group average"
