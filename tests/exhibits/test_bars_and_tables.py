"""The 100% bars, the ranked bars and the tables: their numbers, totals, words and what they refuse."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from papergen.data.binding import measure_facts
from papergen.data.book import Book
from papergen.data.expressions import evaluate
from papergen.diagnostics import Diagnostics
from papergen.exhibits.charts.outcomes import SEGMENTS
from papergen.exhibits.drawing import Drawing, Rows
from papergen.exhibits.kinds import CHARTS, TABLES
from papergen.exhibits.options import Request
from papergen.exhibits.palette import FORCE, FULL_WIDTH, HALF_WIDTH, OTHERS
from papergen.model.nodes import Alignment, Value
from papergen.model.walk import find_in, plain_text
from papergen.values.facts import Fact, FactError
from tests.support.exhibits import book_of
from tests.support.small import HERE, Workspace, workspace

OUTCOMES = ["action taken", "no action", "no suspect", "other", "not yet assigned"]
GROUPS = ["violence_with_injury", "rape", "other_sexual_offences", "domestic_burglary", "robbery"]


@pytest.fixture(scope="module")
def sample() -> Book:
    return book_of()


@pytest.fixture(scope="module")
def facts(sample: Book) -> Fact:
    return measure_facts(sample)


def request_of(book: Book) -> Request:
    return Request(book, HERE)


def draw(book: Book, kind: str, **keys: Any) -> Drawing:
    made = CHARTS[kind].make(CHARTS[kind].options(kind=kind, **keys), request_of(book))
    assert isinstance(made, Drawing)
    return made


def lay_out(book: Book, kind: str, **keys: Any) -> Rows:
    made = TABLES[kind].make(TABLES[kind].options(kind=kind, **keys), request_of(book))
    assert isinstance(made, Rows)
    return made


def refusal(make: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(FactError) as caught:
        make()
    return caught.value.message, caught.value.hint


def printed(rows: Rows) -> list[list[str]]:
    """The words of the table, the header first."""
    return [[plain_text(cell) for cell in row] for row in (rows.header, *rows.rows)]


def values(rows: Rows) -> list[Value]:
    return [value for row in rows.rows for cell in row for value in find_in(cell, Value)]


def records(drawing: Drawing, *fields: str) -> Iterator[dict[str, Any]]:
    """The records of the specification that have these fields."""
    spec = drawing.spec()
    for layer in spec["layer"]:
        name = layer.get("data", spec.get("data"))
        data = name.get("values") or spec["datasets"][name["name"]]
        yield from (record for record in data if all(field in record for field in fields))


def once(found: Iterator[dict[str, Any]]) -> list[dict[str, Any]]:
    return list({str(record): record for record in found}.values())


# ---------------------------------------------------------------------------------------------------------------------
# Outcomes


@pytest.fixture(scope="module")
def outcomes(sample: Book) -> Drawing:
    return draw(
        sample,
        "outcomes",
        measures=["crime_outcomes", *(f"crime_outcomes_{group}" for group in GROUPS)],
        labels={"crime_outcomes": "Total recorded crime"},
        by="outcome",
        order=OUTCOMES,
    )


def test_outcome_bars_are_whole(outcomes: Drawing) -> None:
    pieces = once(records(outcomes, "segment", "value"))
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


def test_words_left_out_of_the_order_are_put_together(sample: Book) -> None:
    made = draw(
        sample,
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


def test_one_word_left_over_keeps_its_name(sample: Book) -> None:
    made = draw(sample, "outcomes", measures=["crime_outcomes"], by="outcome", order=OUTCOMES[:-1])
    assert made.data.columns[-1] == "Not yet assigned"


CASES = {
    "measures.yaml": """\
cases: {title: Cases, unit: cases, file: cases.csv, source: Made up}
old_cases: {title: "Cases, old", unit: cases, file: cases.csv, where: {age: old}, source: Made up}
shared: {title: Shared, unit: per cent of all cases, kind: percentage, of: all, file: cases.csv, source: Made up}
days: {title: Days, unit: days, kind: days, combine: mean, file: days.csv, source: Made up}
few: {title: Few, unit: cases, file: few.csv, source: Made up}
late: {title: Late, unit: cases, file: late.csv, source: Made up}
late_shares: {title: Late shares, unit: per cent, kind: percentage, of: all, file: late.csv, source: Made up}
below: {title: Below, unit: cases, file: below.csv, source: Made up}
""",
    "data/cases.csv": "quarter,age,result,value,all\n"
    + "".join(
        f"{quarter},{age},{result},{count},{2 * count}\n"
        for quarter, times in (("2014/15 Q3", 1), ("2015/16 Q2", 2), ("2015/16 Q3", 3))
        for age, result, count in (
            ("old", "held", 60 * times),
            ("old", "closed", 30 * times),
            ("young", "held", 5),
            ("young", "closed", 10),
            ("young", "lost", 10),
        )
    ),
    "data/days.csv": "quarter,kind,value\n2014/15 Q3,fast,2.5\n2015/16 Q3,fast,3.5\n2015/16 Q3,slow,9\n",
    "data/few.csv": "quarter,kind,value\n2015/16 Q3,a,0\n2015/16 Q3,b,0\n",
    "data/late.csv": (
        "quarter,kind,value,all\n2015/16 Q1,a,4,8\n2015/16 Q1,b,1,4\n2015/16 Q2,a,6,8\n2015/16 Q2,b,0,0\n"
    ),
    "data/below.csv": ("quarter,kind,value\n2014/15 Q3,a,5\n2014/15 Q3,b,3\n2015/16 Q3,a,-2\n2015/16 Q3,b,3\n"),
}


@pytest.fixture
def cases(tmp_path: Path) -> Workspace:
    """Made-up data with gaps and numbers below zero, which a build refuses before any exhibit is made of them."""
    return workspace(tmp_path, CASES)


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


def test_more_segments_than_can_be_told_apart_are_refused(sample: Book) -> None:
    message, hint = refusal(lambda: draw(sample, "outcomes", measures=["complaints"], by="complaint_type"))
    assert message == "The column “complaint_type” has 9 words here; a bar can be cut into 6."
    assert hint == "Name up to 5 of them in “order”, and the rest are put together."


# ---------------------------------------------------------------------------------------------------------------------
# Breakdown


def test_a_breakdown_is_ranked_with_shares_that_add_up(sample: Book) -> None:
    made = draw(sample, "breakdown", measure="complaints", by="complaint_type", period="year_to_date", most=6)
    bars = once(records(made, "share", "value"))
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


def test_bars_start_at_zero_and_reach_as_far_as_their_numbers(sample: Book) -> None:
    made = draw(sample, "breakdown", measure="child_sexual_exploitation", by="offence_type", width="half")
    scales = [layer["encoding"]["x"]["scale"] for layer in made.spec()["layer"] if layer["mark"]["type"] == "bar"]
    (scale,) = scales
    assert scale["domain"] == [0, 34]
    assert scale["range"][1] < made.spec()["width"] < HALF_WIDTH


def test_the_latest_month_in_the_order_asked_for(sample: Book) -> None:
    order = ["once", "twice", "3 times", "4 times", "5 times"]
    made = draw(sample, "breakdown", measure="victims", by="times", period="latest", order=order)
    assert made.title == "Victims identified in the month by times: people, December 2015"
    assert [row[0].lower() for row in made.data.rows[:5]] == order
    shares = [bar["share"] for bar in once(records(made, "share", "value"))]
    assert shares == ["79.0%", "13.0%", "4.1%", "1.8%", "0.8%", "1.1%", "0.1%"]


def test_percentages_have_no_shares_and_are_never_put_together(sample: Book) -> None:
    made = draw(sample, "breakdown", measure="positive_outcomes", by="crime_type", period="rolling_12", most=2)
    assert made.title == "Crimes with action taken by crime type: per cent of recorded crime, January to December 2015"
    assert made.data.columns == ("Crime type", "Per cent of recorded crime")
    assert len(made.data.rows) == 7
    assert made.data.rows[-1] == ("All", "23.7%")
    assert made.notes == ("All together: 23.7%.",)
    assert made.alternative.endswith("Domestic burglary 10.9%. For all: 23.7%.")


def test_a_narrowed_breakdown_says_so(sample: Book) -> None:
    made = draw(sample, "breakdown", measure="hate_crime", by="strand", where={"kind": "offence"}, most=3)
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


# ---------------------------------------------------------------------------------------------------------------------
# Tables

MISSING = ["missing_persons", "missing_people_repeat_rate", "missing_persons_in_care"]
TABLES_OF_THE_PAPER: dict[str, dict[str, Any]] = {
    "missing": {"kind": "quarters", "measures": MISSING},
    "missing-under-18": {"kind": "quarters", "measures": MISSING, "where": {"age": "under 18"}, "quarters": 3},
    "several": {
        "kind": "quarters",
        "measures": ["robbery", "response_minutes", "road_deaths", "killed_or_seriously_injured"],
        "against": "previous_quarter",
    },
    "assaults-by-quarter": {
        "kind": "cross",
        "measure": "assaults_on_personnel",
        "rows": "offence_type",
        "columns": "quarter",
    },
    "assaults-by-area": {
        "kind": "cross",
        "measure": "assaults_on_personnel",
        "rows": "offence_type",
        "columns": "area",
    },
    "victims": {"kind": "cross", "measure": "assault_victims", "rows": "offence_type", "columns": "personnel"},
    "rest-days": {
        "kind": "cross",
        "measure": "rest_days_owed_over_limit",
        "rows": "personnel",
        "columns": "month",
        "period": "year_to_date",
    },
    "outcomes": {
        "kind": "cross",
        "measure": "positive_outcomes",
        "rows": "crime_type",
        "columns": "quarter",
        "quarters": 3,
    },
    "strands-in-the-year": {
        "kind": "cross",
        "measure": "hate_crime",
        "rows": "strand",
        "columns": "kind",
        "where": {"strand": ["racial", "religious", "disability"]},
        "period": "rolling_12",
    },
    "complaints": {
        "kind": "ranked",
        "measure": "complaints",
        "by": "complaint_type",
        "period": "year_to_date",
        "most": 6,
    },
    "victims-by-times": {"kind": "ranked", "measure": "victims", "by": "times", "period": "latest"},
    "strands": {"kind": "ranked", "measure": "hate_crime", "by": "strand", "where": {"kind": "offence"}},
}


@pytest.mark.parametrize("keys", TABLES_OF_THE_PAPER.values(), ids=TABLES_OF_THE_PAPER)
def test_every_number_is_the_value_that_its_name_gives(keys: dict[str, Any], sample: Book, facts: Fact) -> None:
    made = lay_out(sample, **keys)
    found = values(made)
    assert found
    for value in found:
        diagnostics = Diagnostics()
        named = evaluate(value.expression, at=HERE, facts=facts, diagnostics=diagnostics)
        assert named is not None, (value.expression, [str(each) for each in diagnostics])
        assert (named.text, named.measures, named.periods) == (value.text, value.measures, value.periods)
        assert set(named.sources) == set(value.sources)
        assert value.at == HERE
        assert all(source.line for source in value.sources)


@pytest.mark.parametrize("keys", TABLES_OF_THE_PAPER.values(), ids=TABLES_OF_THE_PAPER)
def test_every_cell_is_filled_and_numbers_stand_at_the_right(keys: dict[str, Any], sample: Book) -> None:
    made = lay_out(sample, **keys)
    assert made.alignments[0] is Alignment.LEFT
    assert set(made.alignments[1:]) == {Alignment.RIGHT}
    for row in printed(made):
        assert len(row) == len(made.alignments)
        assert all(row)
    for inside in made.rows:
        for cell in inside[1:]:
            assert plain_text(cell) == "–" or any(find_in(cell, Value))
    assert ("–" in {cell for row in printed(made) for cell in row}) == any(
        note.startswith("– stands where there is no number") for note in made.notes
    )


def test_quarters(sample: Book) -> None:
    made = lay_out(sample, **TABLES_OF_THE_PAPER["missing"])
    header, reports, repeats, care = printed(made)
    assert header == [
        *("Measure", "2014/15 Q3", "2014/15 Q4", "2015/16 Q1", "2015/16 Q2", "2015/16 Q3", "Change on 2014/15 Q3")
    ]
    assert reports[0] == "Missing person reports"
    assert reports[-3:-1] == ["920", "883"]
    assert repeats[0] == "People missing more than once in the quarter (of people missing)"
    assert care[0] == "Missing person reports for people in care homes (of reports)"
    assert care[-2:] == ["30%", "+1 percentage point"]
    assert values(made)[5].expression == "missing_persons.quarter.change_on_last_year | sign"
    assert made.title.endswith("by quarter, 2014/15 Q3 to 2015/16 Q3")
    assert made.measures == tuple(MISSING)


def test_labels_stand_as_they_were_written(sample: Book) -> None:
    labels = {"missing_persons_in_care": "In care homes"}
    made = lay_out(sample, "quarters", measures=MISSING[1:], labels=labels, where={"age": "under 18"}, quarters=1)
    assert printed(made)[2][0] == "In care homes"
    assert made.title == (
        "People missing more than once in the quarter and In care homes (under 18) by quarter, 2015/16 Q3"
    )


def test_small_numbers_change_by_so_many(sample: Book) -> None:
    made = lay_out(sample, **TABLES_OF_THE_PAPER["several"])
    robbery, minutes, deaths, injured = printed(made)[1:]
    assert robbery[-3:] == ["117", "139", "+19%"]
    assert minutes[0] == "Average time to attend an emergency (minutes)"
    assert "%" not in minutes[-1] + deaths[-1]
    assert injured[-2:] == ["–", "–"]
    assert made.notes == (
        "– stands where there is no number: “Killed or seriously injured on the roads” has no complete data for"
        " 2015/16 Q3.",
    )
    assert made.title == "Robbery and 3 other measures by quarter, 2014/15 Q3 to 2015/16 Q3"


def test_a_cross_by_quarter_has_totals_at_the_foot(sample: Book) -> None:
    made = lay_out(sample, **TABLES_OF_THE_PAPER["assaults-by-quarter"])
    header, *rows, total = printed(made)
    assert header == ["Offence type", "2014/15 Q3", "2014/15 Q4", "2015/16 Q1", "2015/16 Q2", "2015/16 Q3"]
    assert [row[0] for row in rows][:2] == ["Assault without injury on a constable", "Assault with injury"]
    assert total[0] == "Total"
    assert total[-2:] == ["120", "153"]
    for column in range(1, 6):
        assert sum(int(row[column]) for row in rows) == int(total[column])
    assert made.title == (
        "Assaults on police personnel on duty by offence type and quarter: offences, 2014/15 Q3 to 2015/16 Q3"
    )
    assert values(made)[0].expression == (
        'assaults_on_personnel.by(offence_type="assault without injury on a constable").quarter_of("2014/15 Q3")'
    )


@pytest.mark.parametrize("name", ["assaults-by-area", "victims", "strands-in-the-year"])
def test_a_cross_of_two_columns_adds_up_both_ways(name: str, sample: Book) -> None:
    made = lay_out(sample, **TABLES_OF_THE_PAPER[name])
    header, *rows, total = printed(made)
    assert header[-1] == total[0] == "Total"
    for row in (*rows, total):
        assert sum(int(cell.replace(",", "")) for cell in row[1:-1]) == int(row[-1].replace(",", ""))
    for column in range(1, len(header)):
        below = sum(int(row[column].replace(",", "")) for row in rows)
        assert below == int(total[column].replace(",", ""))
    sizes = [int(row[-1].replace(",", "")) for row in rows]
    assert sizes == sorted(sizes, reverse=True)


def test_assaults_by_area_and_their_victims(sample: Book) -> None:
    made = lay_out(sample, **TABLES_OF_THE_PAPER["assaults-by-area"])
    areas = ["Herefordshire", "North Worcestershire", "Shropshire", "South Worcestershire", "Telford & Wrekin"]
    assert printed(made)[0] == ["Offence type", *areas, "Total"]
    assert printed(made)[-1][-1] == "153"
    assert made.title == (
        "Assaults on police personnel on duty by offence type and policing area: offences, October to December 2015"
    )
    by_area = lay_out(sample, kind="cross", measure="assaults_on_personnel", rows="area", columns="offence_type")
    assert [row[0] for row in printed(by_area)] == ["Policing area", *areas, "Total"]
    victims = lay_out(sample, **TABLES_OF_THE_PAPER["victims"])
    assert printed(victims)[0] == [
        *("Offence type", "Police officer", "Special constable", "PCSO", "Police staff", "Total")
    ]


def test_months_as_far_as_there_are_data(sample: Book) -> None:
    made = lay_out(sample, **TABLES_OF_THE_PAPER["rest-days"])
    assert printed(made)[0] == [
        *("Personnel", "May 2015", "Jun 2015", "Jul 2015", "Aug 2015", "Sep 2015", "Oct 2015", "Nov 2015")
    ]
    assert made.title == "People owed more than 5 rest days in lieu by personnel and month, May to November 2015"
    assert made.notes == ("The data begin with May 2015.",)


def test_percentages_are_never_added_up(sample: Book) -> None:
    made = lay_out(sample, **TABLES_OF_THE_PAPER["outcomes"])
    assert printed(made)[-1] == ["All", "23.1%", "23.1%", "23.2%"]


def test_totals_may_be_left_out_and_rows_put_in_order(sample: Book) -> None:
    keys = {**TABLES_OF_THE_PAPER["victims"], "totals": False, "order": ["assault with injury"]}
    made = lay_out(sample, **keys)
    assert [row[0] for row in printed(made)][1:3] == ["Assault with injury", "Assault without injury on a constable"]
    assert "Total" not in {cell for row in printed(made) for cell in row}


def test_ranked(sample: Book) -> None:
    made = lay_out(sample, **TABLES_OF_THE_PAPER["complaints"])
    assert printed(made) == [
        ["Complaint type", "Complaints", "Share"],
        ["Neglect or failure in duty", "262", "37%"],
        ["Incivility", "117", "16%"],
        ["Other assault", "74", "10%"],
        ["Oppressive conduct or harassment", "61", "9%"],
        ["Other complaint", "49", "7%"],
        ["Lack of fairness", "46", "6%"],
        ["All others (3)", "101", "14%"],
        ["Total", "710", "100%"],
    ]
    assert made.title == "Complaints by complaint type, April to December 2015"
    assert values(made)[0].expression == ('complaints.by(complaint_type="neglect or failure in duty").year_to_date')
    assert made.notes == (
        "All others (3) are irregularity in procedure, unlawful or unnecessary arrest and breach of custody code.",
    )


def test_ranked_without_shares(sample: Book) -> None:
    keys = {**TABLES_OF_THE_PAPER["strands"], "share": False}
    made = lay_out(sample, **keys)
    assert printed(made)[0] == ["Strand", "Offences and incidents"]
    assert printed(made)[-1] == ["Total", "207"]


def test_a_share_of_nothing_is_a_dash_with_its_reason(cases: Workspace) -> None:
    made = lay_out(cases.book, "ranked", measure="few", by="kind")
    assert printed(made) == [["Kind", "Cases", "Share"], ["A", "0", "–"], ["B", "0", "–"], ["Total", "0", "–"]]
    assert made.notes == ("– stands where there is no number: nothing is a share of zero.",)


def test_quarters_without_data_are_left_out_and_gaps_are_dashes(cases: Workspace) -> None:
    book = cases.book
    made = lay_out(book, "cross", measure="late_shares", rows="kind", columns="quarter")
    assert printed(made) == [
        ["Kind", "2015/16 Q1", "2015/16 Q2"],
        ["A", "50%", "75%"],
        ["B", "25%", "–"],
        ["All", "42%", "75%"],
    ]
    assert made.notes == (
        "The data begin with 2015/16 Q1.",
        "There are no complete data for 2015/16 Q3 yet.",
        "– stands where there is no number: “B” has nothing to divide by in 2015/16 Q2: “all” is 0.",
    )
    gaps = lay_out(book, "quarters", measures=["cases"], quarters=5)
    assert printed(gaps)[1] == ["Cases", "115", "–", "–", "205", "295", "+157%"]
    assert gaps.notes == (
        "– stands where there is no number: “Cases” has no complete data for 2014/15 Q4 and 2015/16 Q1.",
    )


def test_a_measure_whose_earlier_quarter_is_missing_has_no_change(cases: Workspace) -> None:
    made = lay_out(cases.book, "quarters", measures=["few"], quarters=1)
    assert printed(made)[1] == ["Few", "0", "–"]
    assert "“Few” has no complete data for 2014/15 Q3" in made.notes[0]


def test_averages_cannot_be_totalled(cases: Workspace) -> None:
    message, _ = refusal(lambda: lay_out(cases.book, "cross", measure="days", rows="kind", columns="quarter"))
    assert "averages cannot be put together" in message


def test_tables_refuse_what_they_cannot_lay_out(cases: Workspace) -> None:
    book = cases.book
    assert refusal(lambda: lay_out(book, "cross", measure="cases", rows="ag", columns="result")) == (
        "content/data/cases.csv has no column “ag” to choose by.",
        "Did you mean “age”?",
    )
    assert refusal(lambda: lay_out(book, "cross", measure="cases", rows="age", columns="quarters"))[1].startswith("Its")
    assert refusal(lambda: lay_out(book, "quarters", measures=["late"], quarters=1))[0] == (
        "There are no complete data for 2015/16 Q3."
    )
    assert refusal(lambda: lay_out(book, "ranked", measure="case", by="age"))[0] == "There is no measure “case”."


@pytest.mark.parametrize(
    "keys",
    [
        {"kind": "cross", "measure": "cases", "rows": "age", "columns": "age"},
        {"kind": "cross", "measure": "cases", "rows": "quarter", "columns": "age"},
        {"kind": "cross", "measure": "cases", "rows": "age", "columns": "result", "starts": "2015-04"},
        {"kind": "quarters", "measures": ["cases"], "quarters": 0},
        {"kind": "quarters", "measures": ["cases"], "starts": "2015-04"},
        {"kind": "scorecard", "measures": ["cases"], "starts": "2015-04"},
        {"kind": "quarters", "measures": []},
    ],
)
def test_tables_refuse_keys_that_mean_nothing(keys: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        TABLES[keys["kind"]].options(**keys)


def test_words_with_quotation_marks_keep_their_names(tmp_path: Path) -> None:
    made = workspace(
        tmp_path,
        {
            "measures.yaml": "signs: {title: Signs, unit: signs, file: signs.csv, source: Made up}\n",
            "data/signs.csv": 'quarter,word,value\n2015/16 Q3,"the ""Old"" sign",5\n2015/16 Q3,it\\’s new,7\n',
        },
    )
    table = lay_out(made.book, "ranked", measure="signs", by="word")
    assert [row[:2] for row in printed(table)[1:]] == [["It\\’s new", "7"], ['The "Old" sign', "5"], ["Total", "12"]]
    for value in values(table):
        assert made.text(value.expression) == value.text


def test_nothing_is_drawn_off_the_page(sample: Book, outcomes: Drawing) -> None:
    drawings = [
        outcomes,
        draw(sample, "breakdown", measure="complaints", by="complaint_type"),
        draw(sample, "breakdown", measure="complaints", by="complaint_type", width="half"),
        draw(sample, "outcomes", measures=["crime_outcomes_rape"], by="outcome", order=OUTCOMES, width="half"),
    ]
    for made in drawings:
        spec = made.spec()
        for word in once(records(made, "label", "x", "y")):
            assert 0 <= word["x"] <= spec["width"] + 0.01
            assert 0 <= word["y"] <= spec["height"]
