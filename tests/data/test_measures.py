"""The measure catalogue: what it gives, and every slip told with its line and the near match."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from papergen.diagnostics import Span
from papergen.values.facts import Fact
from papergen.values.quantities import Direction, Kind
from papergen.workspace.measures import Combine
from tests.support.slips import Slip, slips
from tests.support.small import Workspace, workspace

FILE = "content/measures.yaml"
SLIPS = Path(__file__).with_name("slips-of-measures.md")
GOOD = """\
robbery:
  title: Robbery
  unit: offences
  file: crime.csv
  where: {crime_type: Robbery}
  good: lower
  source: Crime system
"""
CRIME = "month,area,crime_type,value,asked\n" + "".join(
    f"{2014 + index // 12}-{index % 12 + 1:02},North,{kind},{20 + index % 3},30\n"
    for index in range(24)
    for kind in ("Robbery", "Theft")
)


def catalogue(root: Path, measures: str | bytes, **files: str) -> Workspace:
    """A workspace with the catalogue ``measures`` and the data file crime.csv, January 2014 to December 2015."""
    return workspace(root, {"measures.yaml": measures, "data/crime.csv": CRIME, **files})


def test_a_measure_is_read(tmp_path: Path) -> None:
    found = catalogue(tmp_path, GOOD)
    assert found.findings == ()
    measure = found.book.settings("robbery")
    assert (measure.title, measure.unit, measure.file, measure.source) == (
        "Robbery",
        "offences",
        "crime.csv",
        "Crime system",
    )
    assert (measure.kind, measure.combine, measure.good, measure.screen) == (
        Kind.COUNT,
        Combine.SUM,
        Direction.LOWER,
        True,
    )
    assert measure.where == {"crime_type": ("Robbery",)}


def test_everything_a_measure_may_say(tmp_path: Path) -> None:
    more = """\
  kind: number
  decimals: 2
  value: value
  combine: mean
  scope: alliance
  owner: Head of Crime
  data_to: {2016-02-02: 2015-11, 2016-04-19: 2015/16 Q4, 2016-06-01: 2016-05-15}
  starts: 2014-03
  steps:
    - {from: 2014-06, reason: New recording}
    - {from: 2015/16 Q1, reason: New system}
  baseline: 12
  screen: false
  target: 12.5
  projections:
    - {year: 2015/16, low: -4, high: 2.5, as: percentage, date: 2016-01-20, source: Analysts}
"""
    found = catalogue(tmp_path, GOOD + more)
    assert [str(each) for each in found.findings] == []
    measure = found.book.settings("robbery")
    assert {day: period.ends for day, period in measure.data_to.items()} == {
        date(2016, 2, 2): date(2015, 11, 30),
        date(2016, 4, 19): date(2016, 3, 31),
        date(2016, 6, 1): date(2016, 5, 15),
    }
    assert [step.starts.starts for step in measure.steps] == [date(2014, 6, 1), date(2015, 4, 1)]
    assert measure.target is not None
    assert (measure.target.value, measure.baseline, measure.screen) == (12.5, 12, False)


def test_words_that_yaml_makes_numbers_of_are_words(tmp_path: Path) -> None:
    data = "month,code,value\n2015-12,28,3\n2015-12,8A,4\n"
    found = catalogue(
        tmp_path,
        "one: {title: T, unit: u, file: c.csv, where: {code: 28}, source: S}\n"
        "both: {title: T, unit: u, file: c.csv, where: {code: [28, 8A]}, source: S}\n"
        "robbery: {title: T, unit: u, file: crime.csv, source: S}\n",
        **{"data/c.csv": data},
    )
    assert found.findings == ()
    assert found.text("one.latest") == "3"
    assert found.text("both.latest") == "7"


def test_no_catalogue_is_no_fault(tmp_path: Path) -> None:
    found = workspace(tmp_path, {})
    assert found.findings == ()
    assert found.facts == Fact()


@pytest.mark.parametrize("slip", slips(SLIPS, GOOD), ids=lambda slip: slip.name)
def test_a_slip_is_told_at_its_place(slip: Slip, tmp_path: Path) -> None:
    found = catalogue(tmp_path, slip.text)
    (finding,) = (each for each in found.findings if each.at.file == FILE)
    assert f"{finding.at.line}:{finding.at.column}".startswith(slip.place)
    assert finding.code.id == slip.code
    assert slip.message in finding.message
    assert slip.hint in finding.hint
    assert finding.hint
    rest = [each.code.id for each in found.findings if each.at.file != FILE]
    assert rest in ([], ["D112"])  # its file may then be used by no measure


def test_other_measures_stand_when_one_is_wrong(tmp_path: Path) -> None:
    found = catalogue(tmp_path, GOOD.replace("good: lower", "good: down") + GOOD.replace("robbery:", "robberies:"))
    assert [str(each.at) for each in found.findings] == [f"{FILE}:6:9"]
    assert found.text("robberies.quarter") == "63"
    found.unread("robbery.quarter")
    found.unread("robberies.quarter - robbery.quarter")
    found.unread("robberies.quarter.change_from(robbery)")
    assert found.problem("robery.quarter")[0] == "V102"


def test_every_slip_of_a_catalogue_is_told(tmp_path: Path) -> None:
    bad = GOOD.replace("good: lower", "good: down").replace("unit:", "units:").replace("Crime system", "")
    found = catalogue(tmp_path, bad + "Theft: {}\n")
    assert {(each.at.line, each.code.id) for each in found.findings if each.at.file == FILE} == {
        (2, "W112"),
        (3, "W111"),
        (6, "W113"),
        (7, "W113"),
        (8, "W113"),
    }


def test_a_catalogue_in_another_encoding_is_told(tmp_path: Path) -> None:
    found = catalogue(tmp_path, GOOD.replace("Crime system", "Café").encode("cp1252"))
    (finding,) = found.findings
    found.unread("robbery.quarter")
    assert (finding.at, finding.code.id) == (Span(FILE, 7, 14), "W104")


def test_a_column_of_numbers_that_the_file_lacks_is_told_in_the_file(tmp_path: Path) -> None:
    found = catalogue(tmp_path, GOOD + "  value: vale\n")
    assert found.told == [("content/data/crime.csv:1", "D102")]
    assert found.findings[0].hint == "Did you mean “value”?"


def test_the_file_of_facts_is_no_file_of_a_measure(tmp_path: Path) -> None:
    found = catalogue(tmp_path, GOOD.replace("file: crime.csv", "file: facts.csv"))
    assert [each.code.id for each in found.findings if each.at.file == FILE] == ["W113"]
    found.unread("robbery.quarter")


def test_a_measure_may_not_count_its_months(tmp_path: Path) -> None:
    found = catalogue(tmp_path, GOOD + "  value: month\n")
    assert found.told == [("content/data/crime.csv:1", "D102")]
    assert "says when" in found.findings[0].message


def test_two_numbers_in_one_file_are_read_for_their_measures(tmp_path: Path) -> None:
    share = "share: {title: T, unit: u, kind: percentage, file: crime.csv, of: asked, source: S}\n"
    found = catalogue(tmp_path, GOOD + share)
    assert found.findings == ()
    rows = [line.split(",") for line in CRIME.splitlines()[1:] if "2015-1" in line]
    yes, asked = sum(int(row[3]) for row in rows), sum(int(row[4]) for row in rows)
    assert found.quantity("share.quarter").value * asked == yes * 100


def test_a_count_is_a_whole_number(tmp_path: Path) -> None:
    months = [f"{year}-{month:02}" for year in (2014, 2015) for month in range(1, 13)]
    data = "month,value\n" + "".join(f"{month},1.{200 + index}\n" for index, month in enumerate(months))
    measure = "theft: {title: Theft, unit: offences, file: theft.csv, source: S}\n"
    (told,) = catalogue(tmp_path, GOOD + measure, **{"data/theft.csv": data}).findings
    assert (str(told.at), told.code.id) == ("content/data/theft.csv:2", "D104")
    assert "column “value” has decimals here, as in 23 more" in told.message
    with_decimals = measure.replace("}", ", decimals: 1}")
    assert catalogue(tmp_path, GOOD + with_decimals, **{"data/theft.csv": data}).findings == ()


def test_a_measure_that_adds_a_total_to_what_it_sums_is_told(tmp_path: Path) -> None:
    rows = [
        (f"2015-{month:02}", kind, count)
        for month in range(1, 13)
        for kind, count in (("a", 1), ("b", 2), ("Total", 3))
    ]
    crime = "month,kind,value\n" + "".join(f"{month},{kind},{count}\n" for month, kind, count in rows)
    text = "crime: {title: Crime, unit: offences, file: crime.csv, source: S}\n"
    (found,) = catalogue(tmp_path, text, **{"data/crime.csv": crime}).findings
    assert found.code.id == "D110"
    assert found.message == "Crime counts twice: the rows of “Total” in the column “kind”, and those of a, b."
    assert found.hint.startswith("Choose one of the two, as with “where: {kind: Total}”")
    for words in ("Total", "[a, b]"):
        chosen = text.replace("source", f"where: {{kind: {words}}}, source")
        assert catalogue(tmp_path, chosen, **{"data/crime.csv": crime}).findings == ()


@pytest.mark.parametrize(
    ("words", "numbers", "total"),
    [
        ("good/average/poor", lambda n: (50 + n, 20, 30 - n % 7), None),
        ("a/b/Overall", lambda n: (n, 3, n + 3), "Overall"),
        ("a/b/Overall", lambda n: (n, 3, n), None),
        ("a/b/Average", lambda n: (n, n + 4, n + 2), "Average"),
        ("a/b/All", lambda n: (n, 3, 1), "All"),
    ],
)
def test_a_name_that_may_be_an_answer_is_a_total_where_its_numbers_are(
    tmp_path: Path, words: str, numbers: Callable[[int], tuple[int, ...]], total: str | None
) -> None:
    rows = [
        f"2015-{month:02},{word},{number}\n"
        for month in range(1, 13)
        for word, number in zip(words.split("/"), numbers(month), strict=True)
    ]
    text = "views: {title: Views, unit: answers, file: crime.csv, source: S}\n"
    found = catalogue(tmp_path, text, **{"data/crime.csv": "month,rating,value\n" + "".join(rows)}).findings
    told = [f"Views counts twice: the rows of “{total}” in the column “rating”, and those of a, b."] if total else []
    assert [each.message for each in found] == told


def test_a_unit_with_a_comma_between_braces_is_told(tmp_path: Path) -> None:
    text = "rate: {title: Rate, unit: per 1,000, file: crime.csv, source: S}\nother: {title: O, ? x, unit: y}\n"
    found = catalogue(tmp_path, text).findings
    assert found[0].message == "Between braces a comma begins the next name, so that “unit” is not “per 1,000”."
    assert found[0].hint == 'Put it between straight marks: "per 1,000".'
