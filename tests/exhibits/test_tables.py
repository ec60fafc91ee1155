"""The tables: their numbers, totals, words and what they refuse."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from papergen.data.book import Book
from papergen.data.expressions import evaluate
from papergen.diagnostics import Diagnostics
from papergen.exhibits.kinds import TABLES
from papergen.model.nodes import Alignment, Value
from papergen.model.walk import find_in, plain_text
from papergen.values.facts import Fact
from tests.support.exhibits import lay_out, printed, refusal, values
from tests.support.small import HERE, Workspace, workspace

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
def test_every_number_is_the_value_that_its_name_gives(keys: dict[str, Any], sample_book: Book, facts: Fact) -> None:
    made = lay_out(sample_book, **keys)
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
def test_every_cell_is_filled_and_numbers_stand_at_the_right(keys: dict[str, Any], sample_book: Book) -> None:
    made = lay_out(sample_book, **keys)
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


def test_quarters(sample_book: Book) -> None:
    made = lay_out(sample_book, **TABLES_OF_THE_PAPER["missing"])
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


def test_labels_stand_as_they_were_written(sample_book: Book) -> None:
    labels = {"missing_persons_in_care": "In care homes"}
    made = lay_out(sample_book, "quarters", measures=MISSING[1:], labels=labels, where={"age": "under 18"}, quarters=1)
    assert printed(made)[2][0] == "In care homes"
    assert made.title == (
        "People missing more than once in the quarter and In care homes (under 18) by quarter, 2015/16 Q3"
    )


def test_small_numbers_change_by_so_many(sample_book: Book) -> None:
    made = lay_out(sample_book, **TABLES_OF_THE_PAPER["several"])
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


def test_a_cross_by_quarter_has_totals_at_the_foot(sample_book: Book) -> None:
    made = lay_out(sample_book, **TABLES_OF_THE_PAPER["assaults-by-quarter"])
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
def test_a_cross_of_two_columns_adds_up_both_ways(name: str, sample_book: Book) -> None:
    made = lay_out(sample_book, **TABLES_OF_THE_PAPER[name])
    header, *rows, total = printed(made)
    assert header[-1] == total[0] == "Total"
    for row in (*rows, total):
        assert sum(int(cell.replace(",", "")) for cell in row[1:-1]) == int(row[-1].replace(",", ""))
    for column in range(1, len(header)):
        below = sum(int(row[column].replace(",", "")) for row in rows)
        assert below == int(total[column].replace(",", ""))
    sizes = [int(row[-1].replace(",", "")) for row in rows]
    assert sizes == sorted(sizes, reverse=True)


def test_assaults_by_area_and_their_victims(sample_book: Book) -> None:
    made = lay_out(sample_book, **TABLES_OF_THE_PAPER["assaults-by-area"])
    areas = ["Herefordshire", "North Worcestershire", "Shropshire", "South Worcestershire", "Telford & Wrekin"]
    assert printed(made)[0] == ["Offence type", *areas, "Total"]
    assert printed(made)[-1][-1] == "153"
    assert made.title == (
        "Assaults on police personnel on duty by offence type and policing area: offences, October to December 2015"
    )
    by_area = lay_out(sample_book, kind="cross", measure="assaults_on_personnel", rows="area", columns="offence_type")
    assert [row[0] for row in printed(by_area)] == ["Policing area", *areas, "Total"]
    victims = lay_out(sample_book, **TABLES_OF_THE_PAPER["victims"])
    assert printed(victims)[0] == [
        *("Offence type", "Police officer", "Special constable", "PCSO", "Police staff", "Total")
    ]


def test_months_as_far_as_there_are_data(sample_book: Book) -> None:
    made = lay_out(sample_book, **TABLES_OF_THE_PAPER["rest-days"])
    assert printed(made)[0] == [
        *("Personnel", "May 2015", "Jun 2015", "Jul 2015", "Aug 2015", "Sep 2015", "Oct 2015", "Nov 2015")
    ]
    assert made.title == "People owed more than 5 rest days in lieu by personnel and month, May to November 2015"
    assert made.notes == ("The data begin with May 2015.",)


def test_percentages_are_never_added_up(sample_book: Book) -> None:
    made = lay_out(sample_book, **TABLES_OF_THE_PAPER["outcomes"])
    assert printed(made)[-1] == ["All", "23.1%", "23.1%", "23.2%"]


def test_totals_may_be_left_out_and_rows_put_in_order(sample_book: Book) -> None:
    keys = {**TABLES_OF_THE_PAPER["victims"], "totals": False, "order": ["assault with injury"]}
    made = lay_out(sample_book, **keys)
    assert [row[0] for row in printed(made)][1:3] == ["Assault with injury", "Assault without injury on a constable"]
    assert "Total" not in {cell for row in printed(made) for cell in row}


def test_ranked(sample_book: Book) -> None:
    made = lay_out(sample_book, **TABLES_OF_THE_PAPER["complaints"])
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


def test_ranked_without_shares(sample_book: Book) -> None:
    keys = {**TABLES_OF_THE_PAPER["strands"], "share": False}
    made = lay_out(sample_book, **keys)
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
