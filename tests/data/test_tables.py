"""Data files as analysts really save them, and as they arrive broken."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from papergen.data.checks import check_table
from papergen.data.tables import DataRow, DataTable, parse_table
from papergen.data.text_files import MOST_FINDINGS
from papergen.diagnostics import Diagnostics
from papergen.values.periods import Period
from tests.support.slips import slips
from tests.support.small import AREAS, TIDY, table_of


def rows(table: DataTable | None) -> list[tuple[object, ...]]:
    """The rows without the lines they stand on."""
    assert table is not None
    return [
        (row.period.starts, row.period.ends, row.period.name, *row.texts.values(), *row.numbers.values())
        for row in table.rows
    ]


def lines(table: DataTable | None) -> list[int]:
    assert table is not None
    return [row.line for row in table.rows]


def read(root: Path, data: str | bytes) -> DataTable:
    table, findings = table_of(root, data)
    assert findings == []
    assert table is not None
    return table


def test_a_tidy_file_is_a_typed_table(tmp_path: Path) -> None:
    table = read(tmp_path, TIDY)
    assert (table.file, table.period_column, table.texts, table.numbers) == (
        "counts.csv",
        "month",
        ("area", "kind"),
        ("value",),
    )
    assert table.rows[0] == DataRow(
        line=2,
        period=Period(date(2015, 10, 1), date(2015, 10, 31)),
        texts={"area": "North", "kind": "Café burglary"},
        numbers={"value": Fraction(1234)},
    )
    assert lines(table) == [2, 3, 4, 5]


def with_first_column(*names: str) -> str:
    """The tidy file with the two months spelt otherwise."""
    october, november = names
    return TIDY.replace("2015-10", october).replace("2015-11", november)


SAVED = {
    "UTF-8 with a byte order mark": TIDY.encode("utf-8-sig"),
    "line ends of Windows": TIDY.replace("\n", "\r\n").encode(),
    "line ends of old Macs": TIDY.replace("\n", "\r").encode(),
    "line ends mixed": TIDY.replace("\n", "\r\n", 2).encode(),
    "no line end at the end": TIDY.rstrip("\n").encode(),
    "UTF-16 with tabs, as Excel's Unicode text": TIDY.replace(",", "\t").replace("\n", "\r\n").encode("utf-16"),
    "UTF-16 of the other order": b"\xfe\xff" + TIDY.replace(",", "\t").encode("utf-16-be"),
    "UTF-16 without its mark": TIDY.encode("utf-16-le"),
    "Windows-1252": TIDY.encode("cp1252"),
    "a line that says what separates the cells": f"sep=;\n{TIDY.replace(',', ';')}".encode(),
    "semicolons": TIDY.replace(",", ";").encode(),
    "semicolons and thousands separators": TIDY.replace(",", ";").replace("1234", "1 234").encode(),
    "thousands separators between marks": TIDY.replace("1234", '"1,234"').encode(),
    "thousands separators with spaces": TIDY.replace("1234", "1 234").replace("1250", "1\u00a0250").encode(),
    "pounds": TIDY.replace("1234", '"£1,234"').replace(",12\n", ",£12\n").encode(),
    "pounds in Windows-1252": TIDY.replace("1234", '"£ 1,234"').encode("cp1252"),
    "decimals of zero": TIDY.replace("1234", "1234.0").replace(",12\n", ",12.00\n").encode(),
    "every cell between marks": "\n".join(
        ",".join(f'"{cell}"' for cell in line.split(",")) for line in TIDY.splitlines()
    ).encode(),
    "blank last lines": f"{TIDY}\n\n\n".encode(),
    "last lines of commas": f"{TIDY},,,\n,,,\n".encode(),
    "a line of spaces": f"{TIDY}   \n".encode(),
    "trailing empty columns": TIDY.replace("\n", ",,\n").encode(),
    "trailing empty columns in some rows": TIDY.replace("12\n", "12,,,\n").encode(),
    "a header with capitals and spaces": TIDY.replace("month,area,kind", " Month , AREA,Kind ").encode(),
    "spaces round cells": TIDY.replace(",", " , ").encode(),
    "two spaces and a hard one in a cell": TIDY.replace("Café burglary", "Café \u00a0 burglary").encode(),
    "months of Excel in Britain": with_first_column("Oct-15", "Nov-15").encode(),
    "days of Excel in Britain": with_first_column("01/10/2015", "01/11/2015").encode(),
    "days with the hour": with_first_column("2015-10-01 00:00:00", "2015-11-01T00:00:00").encode(),
    "days of two-figure years": with_first_column("01/10/15", "30/11/15").encode(),
    "names of months": with_first_column("October 2015", "NOVEMBER 2015").encode(),
    "Excel's serial numbers": with_first_column("42278", "42309").encode(),
    "figures alone": with_first_column("20151001", "201511").encode(),
}


@pytest.mark.parametrize("data", SAVED.values(), ids=SAVED.keys())
def test_what_analysts_save_is_the_same_table(data: bytes, tmp_path: Path) -> None:
    assert rows(read(tmp_path, data)) == rows(read(tmp_path, TIDY))


def test_lines_are_those_of_the_file_whatever_is_blank(tmp_path: Path) -> None:
    assert lines(read(tmp_path, TIDY.replace("\n", "\r\n"))) == [2, 3, 4, 5]
    assert lines(read(tmp_path, TIDY.replace("2015-11,N", "\n,,,\n2015-11,N"))) == [2, 3, 6, 7]
    assert lines(read(tmp_path, "\n" + TIDY)) == [3, 4, 5, 6]


def test_header_words_become_the_names_of_columns(tmp_path: Path) -> None:
    table, findings = table_of(
        tmp_path, "Month,Crime Type,Sub-type,No of offences\n2015-10,a,b,3\n", numbers=("no_of_offences",)
    )
    assert findings == []
    assert table is not None
    assert table.texts == ("crime_type", "sub_type")
    assert table.numbers == ("no_of_offences",)


def test_numbers_are_exact(tmp_path: Path) -> None:
    cells = ["0.1", "-2.675", "\u22123", "999999999999999", "0.000000001", "12.50"]
    text = "month,value\n" + "".join(f"2015-{index:02},{cell}\n" for index, cell in enumerate(cells, 1))
    assert [row[-1] for row in rows(read(tmp_path, text))] == [
        Decimal(cell) for cell in ("0.1", "-2.675", "-3", "999999999999999", "0.000000001", "12.5")
    ]


@pytest.mark.parametrize(
    ("column", "cell", "starts", "ends"),
    [
        ("quarter", "2015/16 Q3", date(2015, 10, 1), date(2015, 12, 31)),
        ("year", "2015/16", date(2015, 4, 1), date(2016, 3, 31)),
        ("year", "2011-12", date(2011, 4, 1), date(2012, 3, 31)),
        ("date", "31/12/2015", date(2015, 12, 31), date(2015, 12, 31)),
        ("month", "2011-12", date(2011, 12, 1), date(2011, 12, 31)),
    ],
)
def test_a_column_says_when_by_its_name(column: str, cell: str, starts: date, ends: date, tmp_path: Path) -> None:
    table = read(tmp_path, f"{column},value\n{cell},3\n")
    assert table.period_column == column
    assert table.rows[0].period == Period(starts, ends)


# ---------------------------------------------------------------------------------------------------------------------
# Refusals, each with its place, its code and what to do

REFUSED = {
    "a year that is none": (
        "year,value\n2015/17,3\n9999/00,3\n",
        [
            ("2:1", "D105", "“2015/17” is no year.", "Write a year such as 2015/16, 2015"),
            ("3:1", "D105", "“9999/00” is no year.", "Write a year"),
        ],
    ),
    "the same observation three times, spelt otherwise": (
        TIDY + "Oct-15,South,Café  burglary,13\n\n01/10/2015,South,Café burglary,14\n",
        [("6", "D106", "stands in row 3 already.", "Delete"), ("8", "D106", "stands in row 3 already.", "Delete")],
    ),
    "more lines than anybody counts": (
        "month,value\n" + "2015-10,1\n" * 500_000,
        [("500001", "D101", "goes on after 500,000 lines", "Delete the rows that hold nothing, or count by month")],
    ),
    "a byte order mark alone": ("\ufeff", [("1", "D101", "The file is empty.", "Export it again.")]),
    "lines of nothing": ("\n\r\n  \n", [("1", "D101", "The file is empty.", "Export it again.")]),
    "a mark never closed in a large file": (
        TIDY + '2015-12,North,"Shops,4\n' + "2015-12,South,Shops,4\n" * 10_000,
        [("6", "D101", "A quotation mark is opened here and never closed.", "Export the file again.")],
    ),
    "a picture": (
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        [("1", "D101", "This is not a text file.", "Save it as “CSV")],
    ),
    "a workbook": (
        b"PK\x03\x04\x14\x00\x06\x00\x08\x00",
        [("1", "D101", "This is not a text file.", "Save it as “CSV")],
    ),
    "UTF-16 cut short": (TIDY.encode("utf-16")[:-1], [("1", "D101", "This is not a text file.", "Save it")]),
    "bytes that no encoding has": (
        TIDY.encode() + b"2015-12,North,\x81,3\n",
        [("1", "D101", "not a text file", "Save")],
    ),
    **{
        slip.name: (slip.text, [(slip.place, slip.code, slip.message, slip.hint)])
        for slip in slips(Path(__file__).with_name("slips-of-files.md"), TIDY)
    },
}


@pytest.mark.parametrize(("data", "expected"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_broken_is_refused_at_its_place(
    data: str | bytes, expected: list[tuple[str, str, str, str]], tmp_path: Path
) -> None:
    table, findings = table_of(tmp_path, data)
    assert table is None
    assert [(place, code) for place, code, _, _ in findings] == [
        (f"counts.csv:{place}", code) for place, code, _, _ in expected
    ]
    for (_, _, message, hint), (_, _, wanted, act) in zip(findings, expected, strict=True):
        assert wanted in message
        assert act in hint
        assert hint


def test_a_column_counts_letters_and_not_cells(tmp_path: Path) -> None:
    for data, place in (
        ('month,area,kind,value\n2015-10,"North","a, ""b"", c",x\n', "2:31"),
        ("month;area;kind;value\n2015-10;North;a, b, c;x\n", "2:23"),
        ("month\tarea\tkind\tvalue\n2015-10\tNorth\ta\tx\n", "2:17"),
        ("\r\nmonth,area,kind,value\r\n2015-10,North,é£,x\r\n", "3:18"),
    ):
        _, findings = table_of(tmp_path, data)
        assert [found[:2] for found in findings] == [(f"counts.csv:{place}", "D104")]


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    _, findings = table_of(tmp_path, "month,area,value\n2015-13,Norht,x\n2015-10,North\n2015-10,South,4%\n")
    assert [found[:2] for found in findings] == [
        ("counts.csv:2:1", "D105"),
        ("counts.csv:2:9", "D108"),
        ("counts.csv:2:15", "D104"),
        ("counts.csv:3", "D103"),
        ("counts.csv:4:15", "D104"),
    ]


def test_of_very_many_faults_twenty_are_told_and_that_there_are_more(tmp_path: Path) -> None:
    _, findings = table_of(tmp_path, "month,value\n" + "".join(f"2015-10,x{'y' * index}\n" for index in range(500)))
    assert len(findings) == MOST_FINDINGS + 1
    place, _, message, hint = findings[-1]
    assert place == f"counts.csv:{MOST_FINDINGS + 2}"
    assert (message, hint) == (
        "There is more that is wrong in this file, from this row on.",
        "Mend what is listed first.",
    )


def test_any_area_will_do_where_the_panel_names_none(tmp_path: Path) -> None:
    table, findings = table_of(tmp_path, TIDY.replace("South", "Elsewhere"), areas=())
    assert findings == []
    assert rows(table)[1][3] == "Elsewhere"


def test_a_measure_cannot_take_its_numbers_from_the_months(tmp_path: Path) -> None:
    table, findings = table_of(tmp_path, TIDY, numbers=("value", "month"))
    assert table is None
    assert [found[:3] for found in findings] == [
        ("counts.csv:1", "D102", "The column “month” says when, and a measure takes its numbers from it.")
    ]


# ---------------------------------------------------------------------------------------------------------------------
# Anything at all


def no_crash(data: bytes) -> DataTable | None:
    diagnostics = Diagnostics()
    table = parse_table(data, "counts.csv", numbers=("value",), areas=AREAS, diagnostics=diagnostics)
    assert (table is None) == diagnostics.has_errors
    if table is not None:
        check_table(table, diagnostics)
    for found in diagnostics:
        assert found.at.line >= 1
        assert found.hint
    return table


@given(st.binary(max_size=300))
def test_no_bytes_raise(data: bytes) -> None:
    no_crash(data)


PIECES = st.sampled_from(
    ["month", "date", "year", "quarter", "value", "area", "#starts", ",", ";", "\t", "\n", "\r\n", '"', '""', "2015-12",
     "Dec-15", "9999-12", "0001-01", "99999", "2015/16", "9999/00", "2015/16 Q3", "North", "-3", "1,234", "£", "%",
     "\u0663", "\ufeff", "\x00", "\x85", "1e9", "9" * 30, " "]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_no_mixture_of_the_usual_pieces_raises(text: str, encoding: str) -> None:
    no_crash(text.encode(encoding))


CELLS = st.text(max_size=8) | PIECES


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=5), st.sampled_from(["month", "date", "quarter"]))
def test_no_cells_under_a_good_header_raise(body: list[tuple[str, str, str]], when: str) -> None:
    quoted = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in body]
    table = no_crash("\n".join([f"{when},area,value", *quoted]).encode("utf-8", errors="replace"))
    assert table is None or set(table.by_word("area")) <= set(AREAS)


NUMBERS = st.integers(0, 10**9)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(NUMBERS, min_size=1, max_size=24), st.sampled_from([",", ";", "\t"]), st.booleans(), st.booleans())
def test_whatever_a_table_holds_is_read_back(numbers: list[int], mark: str, separators: bool, blank: bool) -> None:
    months = [f"{2014 + index // 12}-{index % 12 + 1:02}" for index in range(len(numbers))]
    between = " " if mark == ";" else ","
    cells = [f'"{number:,}"'.replace(",", between) if separators else str(number) for number in numbers]
    body = "\n".join(f"{month}{mark}{cell}" for month, cell in zip(months, cells, strict=True))
    table = no_crash(f"month{mark}value\n{body}{mark if blank else ''}\n".encode())
    assert table is not None
    assert [row.numbers["value"] for row in table.rows] == numbers
    starts = [row.period.starts for row in table.rows]
    assert starts == sorted(starts)


def test_a_comma_before_three_digits_is_refused_in_a_file_with_semicolons() -> None:
    diagnostics = Diagnostics()
    text = "month;value\n2015-11;3,125\n2015-12;1,234,567\n2016-01;4,125\n"
    assert parse_table(text.encode(), "m.csv", numbers=("value",), areas=(), diagnostics=diagnostics) is None
    (told,) = diagnostics
    assert str(told).startswith("m.csv:2:9 D104 “3,125” could be 3125 or 3.125: in a file with semicolons")
    assert "begins decimals; 1 more is like it." in str(told)


@pytest.mark.parametrize("form", ["{0}/1/{1}", "{0:02}/01/{1}", "{0:02}.01.{1}", "{0}/13/{1}"])
def test_months_written_the_american_way_are_told_once(tmp_path: Path, form: str) -> None:
    days = [form.format(month, year) for year in (2013, 2014, 2015) for month in range(1, 13)]
    _, (told,) = table_of(tmp_path, "month,value\n" + "".join(f"{day},1\n" for day in days))
    assert told[:2] == ("counts.csv:2:1", "D105")
    assert told[2].startswith(f"“{days[0]}” has its month first")
    _, told_of = table_of(tmp_path, "month,value\n01/01/2013,1\n01/01/2014,2\n")
    assert told_of == []


@pytest.mark.parametrize("cells", ["2015M10 2015M11 2015M12", "23-Jan 23-Feb 23-Mar", "5,(20) 5,(21) 5,(22)"])
def test_cells_of_one_form_are_told_once(tmp_path: Path, cells: str) -> None:
    rows = [cell if "-" in cell or "M" in cell else f"2015-1{cell[4:5]},{cell[2:]}" for cell in cells.split()]
    rows = [row if "," in row else f"{row},1" for row in rows]
    _, (told,) = table_of(tmp_path, "month,value\n" + "\n".join(rows) + "\n")
    assert "; 2 more are like it." in told[2]


@pytest.mark.parametrize("sign", ["\u202e", "\u2067", "\x1b", "\x9b"])
def test_signs_that_nobody_sees_are_refused(tmp_path: Path, sign: str) -> None:
    rows = f"month,area,kind,value\n2015-10,North,{sign}live,1\n2015-11,North,{sign}live,1\n"
    table, (told,) = table_of(tmp_path, rows)
    assert table is None
    assert told[:2] == ("counts.csv:2", "W104")
    assert told[2].endswith(f"(U+{ord(sign):04X}) cannot be printed; 1 more is like it.")
