"""Extracts put into data files: there and back, and beside the rows that are there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papergen.data.wide import Merge, TidyRow, WideExtract, merge
from papergen.diagnostics import Diagnostic, Diagnostics
from tests.support.extracts import tidy, warned

AREAS = ("Herefordshire", "North Worcestershire", "Shropshire", "South Worcestershire", "Telford & Wrekin")


# There and back


@st.composite
def tidy_tables(draw: st.DrawFn) -> tuple[list[str], list[tuple[str, ...]]]:
    """The columns and rows of a tidy file with every month for every area and crime type."""
    first = draw(st.integers(2000 * 12, 2050 * 12))
    months = [f"{at // 12}-{at % 12 + 1:02d}" for at in range(first, first + draw(st.integers(1, 14)))]
    areas = draw(st.lists(st.sampled_from(AREAS), min_size=1, unique=True))
    crimes = draw(st.lists(st.sampled_from(["robbery", "theft", "hate crime"]), max_size=3, unique=True))
    labels = (
        [(area, crime) for area in sorted(areas) for crime in sorted(crimes)]
        if crimes
        else [(a,) for a in sorted(areas)]
    )
    values = st.decimals(0, 10**6, places=draw(st.integers(0, 2))).map(lambda value: f"{value.normalize():f}")
    rows = [(month, *label, draw(values)) for month in months for label in labels]
    return ["month", "area", *(["crime_type"] if crimes else []), "value"], rows


def widened(columns: Sequence[str], rows: Sequence[tuple[str, ...]]) -> list[list[Any]]:
    months = sorted({row[0] for row in rows})
    labels = list(dict.fromkeys(row[1:-1] for row in rows))
    values = {row[:-1]: float(row[-1]) for row in rows}
    head = [*columns[1:-1], *(date(int(month[:4]), int(month[5:]), 1) for month in months)]
    return [head, *([*label, *(values[(month, *label)] for month in months)] for label in labels)]


def flipped(rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    return [list(each) for each in zip(*rows, strict=True)]


@given(tidy_tables(), st.booleans())
def test_tidy_to_wide_to_tidy_is_the_identity(table: tuple[list[str], list[tuple[str, ...]]], flip: bool) -> None:
    columns, rows = table
    wide = widened(columns, rows)
    extract, _ = warned(flipped(wide) if flip else wide, areas=AREAS)
    assert ["month", *extract.columns, "value"] == columns
    assert tidy(extract) == rows
    text = merged(None, extract).text
    assert text == "".join(",".join(row) + "\n" for row in [tuple(columns), *rows])
    again = merged(text, extract)
    assert again == Merge(text, 0, len(rows), ())


# Merging


def merging(existing: str | None, extract: WideExtract, **options: Any) -> tuple[Merge | None, list[Diagnostic]]:
    diagnostics = Diagnostics()
    options = {"constants": {}, "overwrite": False, **options}
    result = merge(existing, extract, diagnostics=diagnostics, file="content/data/robbery.csv", **options)
    assert (result is None) == diagnostics.has_errors
    return result, list(diagnostics)


def merged(existing: str | None, extract: WideExtract, **options: Any) -> Merge:
    result, found = merging(existing, extract, **options)
    assert result is not None, [str(each) for each in found]
    return result


def refused(existing: str | None, extract: WideExtract, **options: Any) -> list[str]:
    result, found = merging(existing, extract, **options)
    assert result is None
    return [f"{each.code.id} {each.message}" for each in found]


def extract_of(*rows: tuple[str, ...], columns: tuple[str, ...] = ("area",), period: str = "month") -> WideExtract:
    return WideExtract(
        period,
        columns,
        tuple(TidyRow(row[0], row[1:-1], Decimal(row[-1]), f"B{at}") for at, row in enumerate(rows, 2)),
    )


APRIL = extract_of(("2015-04", "Herefordshire", "10"), ("2015-04", "Shropshire", "20"))
MAY = extract_of(("2015-05", "Herefordshire", "11"), ("2015-05", "Shropshire", "21"))
FILE = "month,area,value\n2015-04,Herefordshire,10\n2015-04,Shropshire,20\n"


def test_a_new_file() -> None:
    assert merged(None, APRIL) == Merge(FILE, 2, 0, ())
    assert merged("\ufeff\n", APRIL).text == FILE
    robbery = merged(None, APRIL, constants={"crime_type": "theft, other"}, value_column="offences")
    assert robbery.text.splitlines() == [
        "month,area,crime_type,offences",
        '2015-04,Herefordshire,"theft, other",10',
        '2015-04,Shropshire,"theft, other",20',
    ]


def test_a_later_month_goes_to_the_end_and_an_earlier_one_to_the_beginning() -> None:
    both = FILE + "2015-05,Herefordshire,11\n2015-05,Shropshire,21\n"
    assert merged(FILE, MAY).text == both
    assert merged(merged(None, MAY).text, APRIL).text == both


def test_a_row_goes_between_others() -> None:
    existing = "month,area,value\n2015-04,Herefordshire,10\n2015-05,Herefordshire,11\n"
    assert merged(existing, APRIL).text.splitlines()[1:] == [
        "2015-04,Herefordshire,10",
        "2015-04,Shropshire,20",
        "2015-05,Herefordshire,11",
    ]


def test_a_file_not_in_the_order_of_its_periods_gets_new_rows_at_the_end() -> None:
    rows = ["2015-06,Shropshire,1", "2015-04,Shropshire,20", "2015-06,Herefordshire,2", "2015-03,Shropshire,3"]
    existing = "\n".join(["month,area,value", *rows, ""])
    result = merged(existing, MAY)
    assert result.text.startswith(existing)
    assert result.added == 2


def test_column_order_line_ends_quotes_and_periods_stay_as_they_are() -> None:
    existing = '\ufeff"Value",Area,Month\r\n"1,010", Herefordshire,Apr-15\r\n20,"Shropshire",01/04/2015\r\n\r\n'
    result = merged(existing, extract_of(("2015-04", "Herefordshire", "1010"), *[("2015-05", "Shropshire", "21")]))
    assert result.text == existing[:-2] + "21,Shropshire,2015-05\r\n\r\n"
    assert (result.added, result.same) == (1, 1)


def test_a_last_line_without_an_end() -> None:
    assert merged(FILE.rstrip("\n"), APRIL).text == FILE.rstrip("\n")
    assert merged(FILE.rstrip("\n"), MAY).text.splitlines()[2:4] == [
        "2015-04,Shropshire,20",
        "2015-05,Herefordshire,11",
    ]


def test_a_value_that_differs_stays_unless_told() -> None:
    extract = extract_of(("2015-04", "Herefordshire", "12"), ("2015-04", "Shropshire", "20"))
    kept = merged(FILE, extract)
    assert (kept.text, kept.added, kept.same) == (FILE, 0, 1)
    (difference,) = kept.differing
    assert (difference.period, difference.labels) == ("2015-04", ("Herefordshire",))
    assert (difference.old, difference.new, difference.line, difference.cell) == ("10", "12", 2, "B2")
    replaced = merged(FILE, extract, overwrite=True)
    assert replaced.text == FILE.replace(",10\n", ",12\n")
    assert replaced.differing == kept.differing


def test_a_constant_joins_the_rows_that_are_there() -> None:
    existing = "month,area,crime_type,value\n2015-04,Herefordshire,robbery,10\n2015-04,Herefordshire,burglary,7\n"
    result = merged(existing, APRIL, constants={"crime_type": "Robbery"})
    assert (result.added, result.same) == (1, 1)
    assert "2015-04,Shropshire,robbery,20\n" in result.text
    assert refused(existing, APRIL) == [
        "D211 The data file has a column “crime_type”, for which the import has nothing."
    ]


def test_columns_that_do_not_fit() -> None:
    assert refused(FILE, APRIL, constants={"strand": "race"}) == [
        "D211 The data file has no column “strand”, which the import brings."
    ]
    assert refused(FILE, APRIL, value_column="number") == ["D102 There is no column “number”, which is needed."]
    assert refused(None, APRIL, constants={"area": "Shropshire"}) == ["D211 There would be two columns “area”."]
    assert refused(None, APRIL, constants={"Crime type": "x"}) == [
        "D211 “Crime type” is no name for a column of words or numbers."
    ]
    assert refused(None, APRIL, constants={"quarter": "2015/16 Q1"}) == [
        "D211 “quarter” is no name for a column of words or numbers."
    ]
    quarters = extract_of(("2015/16 Q1", "Shropshire", "2"), period="quarter")
    assert "D211 The data file has no column “quarter”, which the import brings." in refused(FILE, quarters)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("2015-04,Shropshire,20\n", "D106"),
        ("2015-13,Shropshire,20\n", "D105"),
        ("2015-05,Shropshire,many\n", "D104"),
        ("2015-05,Shropshire\n", "D103"),
        ('2015-05,"Shropshire,20\n', "D101"),
    ],
)
def test_a_data_file_that_is_broken_is_left_alone(line: str, code: str) -> None:
    assert [message.split()[0] for message in refused(FILE + line, MAY)] == [code]


@given(tidy_tables(), st.randoms(use_true_random=False), st.booleans())
def test_merging_never_loses_or_changes_a_row(
    table: tuple[list[str], list[tuple[str, ...]]], random: Any, shuffled: bool
) -> None:
    columns, rows = table
    kept = [row for row in rows if random.random() < 0.6] or rows[:1]  # a header alone is refused, as D101
    if shuffled:
        random.shuffle(kept)
    extract = extract_of(*(row for row in rows if random.random() < 0.6), columns=tuple(columns[1:-1]))
    existing = "".join(",".join(row) + "\r\n" for row in [tuple(columns), *kept])
    result = merged(existing, extract)
    lines = result.text.split("\r\n")
    there = iter(lines)
    assert all(",".join(row) in there for row in kept), "the rows that were there keep their order"
    assert result.added + result.same == len(extract.rows)
    assert len(lines) == len(kept) + result.added + 2
    if not shuffled:
        months = [line[:7] for line in lines[1:-1]]
        assert months == sorted(months)


@given(st.text(alphabet='month,areavlu\n\r"2015-04;\t é\ufeff', max_size=60), st.booleans())
def test_no_data_file_crashes_the_merge(existing: str, replace: bool) -> None:
    merging(existing, APRIL, overwrite=replace)
    merging("month,area,value\n" + existing, APRIL, overwrite=replace)
