"""One-off facts: what stands in facts.csv, as a meeting sees it."""

from __future__ import annotations

from pathlib import Path

import pytest

from papergen.diagnostics import Span
from papergen.values.quantities import Kind
from tests.support.small import Workspace, workspace

FILE = "content/data/facts.csv"
HEADER = "id,value,unit,date,scope,source,owner\n"
MEASURES = "robbery: {title: Robbery, unit: offences, file: crime.csv, source: S}\n"
CRIME = "month,value\n2015-10,1\n2015-11,2\n2015-12,3\n"


def facts(root: Path, rows: str | bytes) -> Workspace:
    """A workspace (its meeting is on 2 February 2016) with one measure and the facts of ``rows``."""
    data = rows if isinstance(rows, bytes) else HEADER + rows
    return workspace(root, {"measures.yaml": MEASURES, "data/crime.csv": CRIME, "data/facts.csv": data})


@pytest.mark.parametrize(
    ("value", "unit", "kind", "printed"),
    [
        ('"£500,000"', "pounds", Kind.POUNDS, "£500,000"),
        ("500000", "pounds", Kind.POUNDS, "£500,000"),
        ("12.50", "pounds", Kind.POUNDS, "£12.50"),
        ("40", "hours", Kind.HOURS, "40"),
        ("16", "recruits", Kind.COUNT, "16"),
        ("16", "", Kind.COUNT, "16"),
        ("2044", "people", Kind.PEOPLE, "2,044"),
        ("81.1", "percentage", Kind.PERCENTAGE, "81.1%"),
        ("81", "percent", Kind.PERCENTAGE, "81%"),
        ("81", "%", Kind.PERCENTAGE, "81%"),
        ("14", "percentage points", Kind.POINTS, "14 percentage points"),
        ("-3", "count", Kind.COUNT, "−3"),
        ("−3", "count", Kind.COUNT, "−3"),
        ("11.25", "minutes", Kind.MINUTES, "11.25"),
        ('"1,234.0"', "number", Kind.NUMBER, "1,234.0"),
    ],
)
def test_a_fact_is_a_number_of_its_unit(value: str, unit: str, kind: Kind, printed: str, tmp_path: Path) -> None:
    found = facts(tmp_path, f"ocu_grant,{value},{unit},2015-12-31,force,Home Office,Finance\n")
    assert found.findings == ()
    assert found.quantity("ocu_grant").kind is kind
    told = found.value("ocu_grant")
    assert told.text == printed
    assert told.sources == (Span(FILE, 2),)
    assert told.measures == ("ocu_grant",)
    assert [period.name for period in told.periods] == ["31\u00a0December 2015"]


def test_a_fact_of_words_is_printed_as_it_stands(tmp_path: Path) -> None:
    found = facts(tmp_path, "grade,Requires improvement,text,2015-12,force,HMIC,Chief Constable\n")
    assert found.findings == ()
    assert found.text("grade") == "Requires improvement"
    assert found.text("grade | lower_first") == "requires improvement"
    assert found.value("grade").sources == (Span(FILE, 2),)
    assert found.value("grade").measures == ("grade",)
    assert found.problem("grade | number")[0] == "V103"
    assert found.problem("grade + grade")[0] == "V104"


def test_the_parts_of_a_fact_come_from_its_row(tmp_path: Path) -> None:
    found = facts(
        tmp_path, "limit,40,hours,2015-12-01,alliance,Policy,Human Resources\nstaff,3,,2015/16 Q3,force,S,O\n"
    )
    assert found.text("limit.unit") == "hours"
    assert found.text("limit.scope") == "alliance"
    assert found.text("limit.source") == "Policy"
    assert found.text("limit.owner") == "Human Resources"
    assert found.text("limit.date | month") == "December 2015"
    assert found.text("staff.date | quarter") == "third quarter of 2015/16"
    assert found.value("limit.owner").sources == (Span(FILE, 2),)
    assert found.problem("staff.unit")[0] == "V102"


def test_the_latest_on_or_before_the_meeting_counts(tmp_path: Path) -> None:
    dates = ["2015-12-01", "2016-02-03", "2016-02-02", "2014/15", "2016-03", "2016-01"]
    found = facts(tmp_path, "".join(f"pcsos,{n},,{day},force,S,O\n" for n, day in enumerate(dates, 1)))
    assert found.findings == ()
    assert found.text("pcsos") == "3"
    assert found.value("pcsos").sources == (Span(FILE, 4),)


def test_a_fact_of_after_the_meeting_alone_is_not_known_yet(tmp_path: Path) -> None:
    found = facts(tmp_path, "pcsos,5,,2016-02-03,force,S,O\npcso,5,,2016-02-01,force,S,O\n")
    assert found.findings == ()
    code, _, hint = found.problem("pcsos")
    assert (code, hint) == ("V102", "Did you mean “pcso”?")


def test_a_month_of_2011_is_a_month(tmp_path: Path) -> None:
    found = facts(tmp_path, "pcsos,5,,2011-12,force,S,O\n")
    assert found.text("pcsos.date") == "December 2011"


@pytest.mark.parametrize(
    ("row", "code", "message", "hint"),
    [
        ("Grant,5,,2015-12,force,S,O", "W113", "“Grant” cannot be the id of a fact.", "small letters"),
        ("ocu-grant,5,,2015-12,force,S,O", "W113", "“ocu-grant” cannot be the id of a fact.", "ocu_grant"),
        (",5,,2015-12,force,S,O", "W113", "“” cannot be the id of a fact.", "small letters"),
        ("5th,5,,2015-12,force,S,O", "W113", "“5th” cannot be the id", "beginning with a letter"),
        ("meeting,5,,2015-12,force,S,O", "W113", "“meeting” cannot be the id of a fact.", "ocu_grant"),
        (
            "robbery,5,,2015-12,force,S,O",
            "D113",
            "“robbery” stands in content/measures.yaml, as a measure already",
            "id",
        ),
        (
            "grant,5,,2015-12,force,S,O\ngrant,6,,Dec-15,force,S,O",
            "D113",
            "“grant” stands in row 2 already.",
            "another id",
        ),
        ("grant,5,,last week,force,S,O", "D105", "“last week” is no date.", "such as 2015/16 Q3"),
        ("grant,5,,,force,S,O", "D105", "“” is no date.", "Write a day"),
        ("grant,many,,2015-12,force,S,O", "D104", "“many” is no number.", "for words write “text”"),
        ("grant,12%,,2015-12,force,S,O", "D104", "“12%” is no number.", "Write the number alone"),
        ('grant,"12,5",,2015-12,force,S,O', "D104", "“12,5” is no number.", "Write the number alone"),
        ("grant,,,2015-12,force,S,O", "D103", "The fact “grant” has no value.", "Fill it in."),
        ("grant,5,,2015-12,force,,O", "D103", "The fact “grant” has no source.", "Fill it in."),
        ("grant,5,,2015-12,force,S,", "D103", "The fact “grant” has no owner.", "Fill it in."),
        ("grant,5,,2015-12,forces,S,O", "W113", "The scope “forces” is not known.", "Write force or alliance."),
        ("grant,5,,2015-12,,S,O", "W113", "The scope “” is not known.", "Write force or alliance."),
        ("grant,5,,2015-12,force,S,O,and more", "D103", "This row has 8 cells; the header has 7.", "straight marks"),
    ],
)
def test_a_bad_row_is_told_and_the_others_stand(row: str, code: str, message: str, hint: str, tmp_path: Path) -> None:
    found = facts(tmp_path, f"{row}\nvolunteers,102,people,2015-12-31,force,S,O\n")
    (finding,) = found.findings
    assert finding.at == Span(FILE, 2 + row.count("\n"))
    assert finding.code.id == code
    assert message in finding.message
    assert hint in finding.hint
    assert found.text("volunteers") == "102"


def test_every_bad_row_is_told(tmp_path: Path) -> None:
    found = facts(tmp_path, "a,x,,2015-12,force,S,O\n\nB,1,,2015-12,force,S,O\nc,1,,never,force,S,O\n")
    assert found.told == [(f"{FILE}:2", "D104"), (f"{FILE}:4", "W113"), (f"{FILE}:5", "D105")]


@pytest.mark.parametrize(
    ("data", "code", "message"),
    [
        (b"", "D101", "The file is empty."),
        (b"PK\x03\x04\x00\x00", "D101", "This is not a text file."),
        (HEADER.replace("owner", "onwer").encode(), "D102", "There is no column “owner”, which is needed."),
        (HEADER.encode() + b'grant,"5,,2015-12,force,S,O\n', "D101", "A quotation mark is opened here"),
    ],
)
def test_a_list_that_is_none_is_refused(data: bytes, code: str, message: str, tmp_path: Path) -> None:
    found = facts(tmp_path, data)
    (finding,) = found.findings
    assert (finding.at.file, finding.code.id) == (FILE, code)
    assert message in finding.message
    assert finding.hint


def test_a_list_as_excel_saves_it(tmp_path: Path) -> None:
    text = "ID,Value,Unit,Date,Scope,Source,Owner\r\ngrant,£500,pounds,31/12/2015,force,Café fund,Finance\r\n,,,,,,\r\n"
    for index, data in enumerate((text.encode("utf-8-sig"), text.encode("cp1252"), text.replace(",", ";").encode())):
        found = facts(tmp_path / str(index), data)
        assert found.findings == ()
        assert found.text("grant") == "£500"
        assert found.text("grant.source") == "Café fund"


def test_columns_may_stand_in_another_order_with_others_between(tmp_path: Path) -> None:
    data = b"owner,note,id,unit,value,source,scope,date\nO,n,grant,hours,7,S,force,2015-12\n"
    assert facts(tmp_path, data).text("grant") == "7"


def test_a_row_may_leave_its_last_cells_out_only_where_they_may_be_empty(tmp_path: Path) -> None:
    found = facts(tmp_path, "grant,5,,2015-12,force,S\n")
    assert [finding.message for finding in found.findings] == ["The fact “grant” has no owner."]


def test_no_list_is_no_fault(tmp_path: Path) -> None:
    found = workspace(tmp_path, {"measures.yaml": MEASURES, "data/crime.csv": CRIME})
    assert found.findings == ()
    assert set(found.facts.parts) == {"robbery"}
