"""The 100% bars and the ranked bars: their numbers, totals, words and what they refuse."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from pydantic import ValidationError

from papergen.data.book import Book
from papergen.data.expressions import evaluate
from papergen.diagnostics import Diagnostics
from papergen.exhibits.charts.outcomes import SEGMENTS
from papergen.exhibits.drawing import Drawing
from papergen.exhibits.kinds import CHARTS, TABLES
from papergen.exhibits.palette import FORCE, FULL_WIDTH, HALF_WIDTH, OTHERS
from papergen.values.facts import Fact
from tests.support.exhibits import GROUPS, OUTCOMES, draw, records, refusal
from tests.support.small import HERE, Workspace

# ---------------------------------------------------------------------------------------------------------------------
# Outcomes


@pytest.fixture(scope="module")
def outcomes(sample_book: Book) -> Drawing:
    return draw(
        sample_book,
        "outcomes",
        measures=["crime_outcomes", *(f"crime_outcomes_{group}" for group in GROUPS)],
        labels={"crime_outcomes": "Total recorded crime"},
        by="outcome",
        order=OUTCOMES,
    )


def test_outcome_bars_are_whole(outcomes: Drawing) -> None:
    pieces = records(outcomes, "segment", "value")
    bars: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for piece in pieces:
        bars.setdefault((piece["name"], piece["period"]), []).append(piece)
    assert len(bars) == 12
    for (_, period), inside in bars.items():
        assert [piece["segment"].lower() for piece in inside] == OUTCOMES
        assert sum(piece["value"] for piece in inside) == pytest.approx(100)
        assert all(left["end"] == right["x"] for left, right in pairwise(inside))
        assert period in ("Apr–Dec 2014", "Apr–Dec 2015")
    lengths = {round(inside[-1]["end"] - inside[0]["x"], 6) for inside in bars.values()}
    starts = {inside[0]["x"] for inside in bars.values()}
    assert len(lengths) == len(starts) == 1
    tops = [inside[0]["top"] for inside in bars.values()]
    assert tops == sorted(tops)


def test_outcomes_agree_with_the_measure_of_crimes_with_action(outcomes: Drawing, facts: Fact) -> None:
    for row, period in zip(outcomes.data.rows[:2], ("year_to_date_last_year", "year_to_date"), strict=True):
        value = evaluate(f"positive_outcomes.{period} | percent(1)", at=HERE, facts=facts, diagnostics=Diagnostics())
        assert value is not None
        assert row[3] == value.text


def test_outcomes_have_their_words(outcomes: Drawing) -> None:
    assert outcomes.title == (
        "Crime outcomes: share of offences by outcome, April to December 2015 beside April to December 2014"
    )
    assert outcomes.data.columns == (
        *("Measure", "Period", "Offences", "Action taken", "No action", "No suspect", "Other", "Not yet assigned"),
    )
    assert [row[0] for row in outcomes.data.rows[::2]] == [
        *(
            "Total recorded crime",
            "Violence with injury",
            "Rape",
            "Other sexual offences",
            "Domestic burglary",
            "Robbery",
        )
    ]
    assert outcomes.alternative.startswith("Bars of 100%. Crime outcomes: share of offences by outcome, April to")
    assert "Action taken: Total recorded crime 23% (before: 27%); Violence with injury 33% (before: 42%);" in (
        outcomes.alternative
    )
    assert "The rest of Total recorded crime in April to December 2015: No action 20%" in outcomes.alternative
    assert outcomes.notes == (
        "Segments without a number are 0.7% or less.",
        "Percentages are rounded and may not add up to 100.",
    )
    assert outcomes.measures[0] == "crime_outcomes"
    assert {row.file for row in outcomes.rows} == {"content/data/crime-outcomes.csv"}


def test_neighbouring_segments_differ_in_more_than_hue() -> None:
    def lightness(colour: str) -> float:
        parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def contrast(one: str, other: str) -> float:
        high, low = sorted((lightness(one), lightness(other)), reverse=True)
        return (high + 0.05) / (low + 0.05)

    fills = [fill for fill, _ in SEGMENTS]
    assert len(set(fills)) == len(fills)
    assert all(contrast(*pair) > 1.5 for pair in pairwise(fills))
    assert all(contrast(fill, ink) >= 4.5 for fill, ink in SEGMENTS)


def test_words_left_out_of_the_order_are_put_together(sample_book: Book) -> None:
    made = draw(
        sample_book,
        "outcomes",
        measures=["crime_outcomes_rape", "crime_outcomes_other_sexual_offences"],
        by="outcome",
        order=["action taken", "no suspect"],
        period="quarter",
        against="previous_quarter",
        width="half",
    )
    assert made.title == "Crime outcomes: share of offences by outcome, 2015/16 Q3 beside 2015/16 Q2"
    assert made.data.columns[3:] == ("Action taken", "No suspect", "All others (3)")
    assert [row[:2] for row in made.data.rows] == [
        ("Rape", "2015/16 Q2"),
        ("Rape", "2015/16 Q3"),
        ("Other sexual offences", "2015/16 Q2"),
        ("Other sexual offences", "2015/16 Q3"),
    ]
    assert made.notes[0] == "All others (3) are no action, other and not yet assigned."
    assert made.spec()["width"] < HALF_WIDTH


def test_one_word_left_over_keeps_its_name(sample_book: Book) -> None:
    made = draw(sample_book, "outcomes", measures=["crime_outcomes"], by="outcome", order=OUTCOMES[:-1])
    assert made.data.columns[-1] == "Not yet assigned"


def test_a_word_that_one_measure_lacks_is_no_part_of_its_bar(cases: Workspace) -> None:
    made = draw(cases.book, "outcomes", measures=["cases", "old_cases"], by="result", period="quarter")
    assert made.title == "Cases and Cases, old: share of cases by result, 2015/16 Q3 beside 2014/15 Q3"
    assert made.data.columns[3:] == ("Held", "Closed", "Lost")
    assert made.data.rows[-1] == ("Cases, old", "2015/16 Q3", "270", "66.7%", "33.3%", "0.0%")


def test_outcomes_refuse_what_is_no_whole(cases: Workspace) -> None:
    book = cases.book

    def of(measure: str, **keys: Any) -> Callable[[], object]:
        return lambda: draw(book, "outcomes", **{"measures": [measure], "by": "kind", "period": "quarter", **keys})

    assert refusal(of("shared", by="result"))[0] == "The parts of “shared” do not make up a whole."
    assert refusal(of("below"))[0] == "Bars cannot show numbers below zero."
    assert refusal(of("cases", by="resul")) == (
        "content/data/cases.csv has no column “resul” to choose by.",
        "Did you mean “result”?",
    )
    assert refusal(of("cases", by="result", order=["helt"])) == (
        "The column “result” has no “helt” in the rows shown.",
        "Did you mean “held”?",
    )
    assert refusal(of("cases", by="result", where={"result": "held"}))[0] == (
        "The column “result” has only one word here, so there is nothing to split."
    )
    assert "no complete data for 2014/15 Q3" in refusal(of("few"))[0]


def test_more_segments_than_can_be_told_apart_are_refused(sample_book: Book) -> None:
    message, hint = refusal(lambda: draw(sample_book, "outcomes", measures=["complaints"], by="complaint_type"))
    assert message == "The column “complaint_type” has 9 words here; a bar can be cut into 6."
    assert hint == "Name up to 5 of them in “order”, and the rest are put together."


# ---------------------------------------------------------------------------------------------------------------------
# Breakdown


def test_a_breakdown_is_ranked_with_shares_that_add_up(sample_book: Book) -> None:
    made = draw(sample_book, "breakdown", measure="complaints", by="complaint_type", period="year_to_date", most=6)
    bars = records(made, "share", "value")
    assert [(bar["name"], bar["label"], bar["share"]) for bar in bars] == [
        ("Neglect or failure in duty", "262", "37%"),
        ("Incivility", "117", "16%"),
        ("Other assault", "74", "10%"),
        ("Oppressive conduct or harassment", "61", "9%"),
        ("Other complaint", "49", "7%"),
        ("Lack of fairness", "46", "6%"),
        ("All others (3)", "101", "14%"),
    ]
    assert [bar["colour"] for bar in bars] == [FORCE] * 6 + [OTHERS]
    assert made.title == "Complaints by complaint type, April to December 2015"
    assert made.data.columns == ("Complaint type", "Complaints", "Share")
    assert made.data.rows[-1] == ("Total", "710", "100%")
    assert sum(int(row[1]) for row in made.data.rows[:-1]) == 710
    assert made.notes == (
        "Shares are of 710 complaints.",
        "All others (3) are irregularity in procedure, unlawful or unnecessary arrest and breach of custody code.",
    )
    assert made.alternative == (
        "Ranked bars of Complaints by complaint type, April to December 2015: Neglect or failure in duty 262 (37%),"
        " Incivility 117 (16%), Other assault 74 (10%), Oppressive conduct or harassment 61 (9%),"
        " Other complaint 49 (7%), Lack of fairness 46 (6%), and 1 more. Together: 710."
    )
    assert made.spec()["width"] < FULL_WIDTH


def test_bars_start_at_zero_and_reach_as_far_as_their_numbers(sample_book: Book) -> None:
    made = draw(sample_book, "breakdown", measure="child_sexual_exploitation", by="offence_type", width="half")
    scales = [layer["encoding"]["x"]["scale"] for layer in made.spec()["layer"] if layer["mark"]["type"] == "bar"]
    (scale,) = scales
    assert scale["domain"] == [0, 34]
    assert scale["range"][1] < made.spec()["width"] < HALF_WIDTH


def test_the_latest_month_in_the_order_asked_for(sample_book: Book) -> None:
    order = ["once", "twice", "3 times", "4 times", "5 times"]
    made = draw(sample_book, "breakdown", measure="victims", by="times", period="latest", order=order)
    assert made.title == "Victims identified in the month by times: people, December 2015"
    assert [row[0].lower() for row in made.data.rows[:5]] == order
    shares = [bar["share"] for bar in records(made, "share", "value")]
    assert shares == ["79.0%", "13.0%", "4.1%", "1.8%", "0.8%", "1.1%", "0.1%"]


def test_percentages_have_no_shares_and_are_never_put_together(sample_book: Book) -> None:
    made = draw(sample_book, "breakdown", measure="positive_outcomes", by="crime_type", period="rolling_12", most=2)
    assert made.title == "Crimes with action taken by crime type: per cent of recorded crime, January to December 2015"
    assert made.data.columns == ("Crime type", "Per cent of recorded crime")
    assert len(made.data.rows) == 7
    assert made.data.rows[-1] == ("All", "23.7%")
    assert made.notes == ("All together: 23.7%.",)
    assert made.alternative.endswith("Domestic burglary 10.9%. For all: 23.7%.")


def test_a_narrowed_breakdown_says_so(sample_book: Book) -> None:
    made = draw(sample_book, "breakdown", measure="hate_crime", by="strand", where={"kind": "offence"}, most=3)
    assert made.title == "Hate crime, offences and incidents (offence) by strand, October to December 2015"
    assert made.data.rows[-1] == ("Total", "207", "100%")


def test_a_breakdown_refuses_what_has_no_bars(cases: Workspace) -> None:
    def of(measure: str, **keys: Any) -> Callable[[], object]:
        return lambda: draw(cases.book, "breakdown", **{"measure": measure, "by": "kind", **keys})

    assert refusal(of("few"))[0] == "“few” is 0 in 2015/16 Q3, so there is nothing to show."
    assert refusal(of("below"))[0] == "Bars cannot show numbers below zero."
    assert refusal(of("cases", by="quarter"))[1] == "Its columns are: age, result."
    assert refusal(of("casses"))[0] == "There is no measure “casses”."
    assert "no complete data for 2015/16 Q3" in refusal(of("late"))[0]
    assert refusal(of("cases", by="result", where={"age": "odd"}))[0] == (
        "The column “age” of content/data/cases.csv has no “odd”."
    )


@pytest.mark.parametrize("kind", ["breakdown", "ranked"])
def test_keys_that_mean_nothing_are_refused(kind: str) -> None:
    options = (CHARTS.get(kind) or TABLES[kind]).options
    for keys in ({"starts": "2015-04"}, {"period": "weekly"}, {"most": 0}, {"against": "last_year"}):
        with pytest.raises(ValidationError):
            options.model_validate({"kind": kind, "measure": "complaints", "by": "complaint_type", **keys})


def test_outcomes_refuse_keys_that_do_not_go_together() -> None:
    options = CHARTS["outcomes"].options
    for keys in ({"starts": "2015-04"}, {"against": "previous_quarter"}, {"order": ["other", "other"]}):
        with pytest.raises(ValidationError):
            options.model_validate({"kind": "outcomes", "measures": ["crime_outcomes"], "by": "outcome", **keys})


def test_nothing_is_drawn_off_the_page(sample_book: Book, outcomes: Drawing) -> None:
    drawings = [
        outcomes,
        draw(sample_book, "breakdown", measure="complaints", by="complaint_type"),
        draw(sample_book, "breakdown", measure="complaints", by="complaint_type", width="half"),
        draw(sample_book, "outcomes", measures=["crime_outcomes_rape"], by="outcome", order=OUTCOMES, width="half"),
    ]
    for made in drawings:
        spec = made.spec()
        for word in records(made, "label", "x", "y"):
            assert 0 <= word["x"] <= spec["width"] + 0.01
            assert 0 <= word["y"] <= spec["height"]
