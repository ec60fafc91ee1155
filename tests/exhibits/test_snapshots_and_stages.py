"""The charts of direction and share, and of this period beside an earlier one."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from papergen.data.book import Book
from papergen.exhibits.charts import categories, snapshot, stages
from papergen.exhibits.palette import FORCE, FULL_WIDTH, HALF_WIDTH
from papergen.values.facts import FactError
from tests.support.exhibits import STAGES, TYPES, assert_apart, draw, records


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
def test_a_snapshot_that_cannot_be_made(norfolk_book: Book, keys: dict[str, Any], message: str) -> None:
    with pytest.raises(FactError, match=message):
        draw(norfolk_book, kind="snapshot", **keys)


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


def test_categories_of_real_figures_are_of_this_force_only(norfolk_book: Book) -> None:
    drawing = draw(
        norfolk_book, kind="categories", measure="theft", by="offence_subgroup", against="previous_quarter", most=20
    )
    assert sum(int(row[2].replace(",", "")) for row in drawing.data.rows) == 4363
    assert drawing.data.rows[0] == ("Other theft offences", "1,350", "1,345", "−0.4%")
    assert drawing.data.columns == ("Offence subgroup", "2017/18 Q3", "2017/18 Q4", "Change")


def test_one_word_too_many_is_shown_rather_than_called_the_rest(norfolk_book: Book) -> None:
    keys = {"kind": "categories", "measure": "theft", "by": "offence_subgroup", "against": "previous_quarter"}
    assert len(draw(norfolk_book, **keys).data.rows) == 9
    assert draw(norfolk_book, most=7, **keys).data.rows[-1][0] == "All others (2)"


def test_a_column_of_zeros_is_drawn(norfolk_book: Book) -> None:
    drawing = draw(norfolk_book, kind="stages", measures=["homicide"], against="previous_quarter")
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


def test_last_year_must_have_data(norfolk_book: Book) -> None:
    with pytest.raises(FactError, match="no complete data for 2016/17 Q4"):
        draw(norfolk_book, kind="stages", measures=["robbery"])


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
