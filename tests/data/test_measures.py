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
from tests.support.small import Workspace, workspace

FILE = "content/measures.yaml"
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


SLIPS = {
    "an unknown key": (GOOD + "  onwer: Head\n", "8:3", "W111", "“onwer” is not a name", "Did you mean “owner”?"),
    "an unknown key like none": (GOOD + "  xyzzy: 1\n", "8:3", "W111", "“xyzzy” is not a name", "title, unit, kind"),
    "an unknown key of a step": (
        GOOD + "  steps:\n    - {from: 2015-01, raeson: x, reason: y}\n",
        "9:23",
        "W111",
        "“raeson” is not a name",
        "“reason”",
    ),
    "an unknown key of peers": (
        GOOD + "  peers: {own: North, pre: population.csv, per: crime.csv}\n",
        "8:23",
        "W111",
        "“pre” is not a name",
        "“per”",
    ),
    "a key left out": (GOOD.replace("  source: Crime system\n", ""), "2:3", "W112", "“source” is not given", "source:"),
    "an empty title": (GOOD.replace("Robbery\n", '""\n', 1), "2:10", "W113", "“title” cannot be empty", ""),
    "a bad kind": (GOOD + "  kind: counts\n", "8:9", "W113", "“kind” cannot be “counts”: it must be 'count'", ""),
    "a bad direction": (GOOD.replace("lower", "down"), "6:9", "W113", "“good” cannot be “down”: it must be 'h", ""),
    "a bad combine": (GOOD + "  combine: total\n", "8:12", "W113", "“combine” cannot be “total”", ""),
    "a bad scope": (GOOD + "  scope: county\n", "8:10", "W113", "“scope” cannot be “county”", ""),
    "too many decimals": (GOOD + "  decimals: 5\n", "8:13", "W113", "cannot be “5”: it must be 4 or less", ""),
    "a file that is no CSV": (
        GOOD.replace("crime.csv", "crime.xlsx"),
        "4:9",
        "W113",
        "“file” cannot be “crime.xlsx”: it must be the name of a file in content/data/",
        "",
    ),
    "a file in another folder": (GOOD.replace("crime.csv", "../crime.csv"), "4:9", "W113", "“../crime.csv”", ""),
    "a missing file": (
        GOOD.replace("crime.csv", "crimes.csv"),
        "4:9",
        "W101",
        "The data file crimes.csv is not in content/data/.",
        "Did you mean “crime.csv”?",
    ),
    "a missing file of people": (
        GOOD + "  peers: {own: Orchard, per: people.csv}\n",
        "8:30",
        "W101",
        "The data file people.csv is not in content/data/.",
        "There are: crime.csv.",
    ),
    "a percentage of nothing": (
        GOOD + "  kind: percentage\n",
        "8:9",
        "W113",
        "Percentages cannot be added up; give “of”",
        "Correct",
    ),
    "peers of a plain count": (
        GOOD + "  peers: {own: Orchard}\n",
        "8:10",
        "W113",
        "Without “per” only a proportion, which has “of”, can be compared.",
        "Correct",
    ),
    "a number divided by itself": (GOOD + "  of: value\n", "8:7", "W113", "nothing is divided by itself", "Correct"),
    "steps out of order": (
        GOOD + "  steps: [{from: 2015-03, reason: x}, {from: 2015-01, reason: y}]\n",
        "8:10",
        "W113",
        "Step changes must stand in the order of their months.",
        "Correct",
    ),
    "a step twice": (
        GOOD + "  steps: [{from: 2015-03, reason: x}, {from: 2015-03, reason: y}]\n",
        "8:10",
        "W113",
        "Step changes must stand in the order",
        "Correct",
    ),
    "a step without a reason": (
        GOOD + "  steps: [{from: 2015-03}]\n",
        "8:11",
        "W112",
        "reason” is not given",
        "reason:",
    ),
    "a step of no month": (
        GOOD + "  steps: [{from: spring, reason: x}]\n",
        "8:18",
        "W113",
        "cannot be “spring”: it must be a month such as 2015-11",
        "Change the value.",
    ),
    "a step before the data": (
        GOOD + "  steps:\n    - {from: 2013-12, reason: x}\n",
        "9:14",
        "W113",
        "The step change begins in December 2013, where the data have no observation.",
        "Choose one from January 2014 to December 2015.",
    ),
    "a step after the data": (
        GOOD + "  steps:\n    - {from: 2014-12, reason: x}\n    - {from: 2016-01, reason: x}\n",
        "10:14",
        "W113",
        "The step change begins in January 2016",
        "Choose one from",
    ),
    "a start outside the data": (
        GOOD + "  starts: 2011-12\n",
        "8:11",
        "W113",
        "“starts” is December 2011, where the data have no observation.",
        "January 2014",
    ),
    "a date of data that is none": (
        GOOD + "  data_to:\n    2016-02-02: 2015-11\n    2016-04-19: soon\n",
        "10:17",
        "W113",
        "“data_to.2016-04-19” cannot be “soon”: it must be a month such as 2015-11",
        "Change",
    ),
    "a meeting that is no day": (GOOD + "  data_to: {soon: 2015-11}\n", "8:", "W113", "cannot be “soon”", "Change"),
    "a baseline of one": (GOOD + "  baseline: 1\n", "8:13", "W113", "cannot be “1”: it must be 2 or more", ""),
    "a target of words": (GOOD + "  target: many\n", "8:11", "W113", "“target” cannot be “many”", ""),
    "a target that is no number": (GOOD + "  target: .nan\n", "8:11", "W113", "“target” cannot be “.nan”", ""),
    "a target without end": (GOOD + "  target: .inf\n", "8:11", "W113", "“target” cannot be “.inf”", ""),
    "a projection upside down": (
        GOOD + "  projections:\n    - {year: 2015/16, low: 5, high: 4, date: 2016-01-01, source: S}\n",
        "9:37",
        "W113",
        "The projection's high figure, 4, is below its low one.",
        "Correct",
    ),
    "a projection of no year": (
        GOOD + "  projections:\n    - {year: 2015/17, low: 4, high: 5, date: 2016-01-01, source: S}\n",
        "9:14",
        "W113",
        "“2015/17” is not a financial year such as 2015/16.",
        "Correct",
    ),
    "a projection without end": (
        GOOD + "  projections:\n    - {year: 2015/16, low: 4, high: .inf, date: 2016-01-01, source: S}\n",
        "9:37",
        "W113",
        "cannot be “.inf”",
        "Write the number",
    ),
    "an unknown column": (
        GOOD.replace("crime_type", "crime_typ"),
        "5:10",
        "D110",
        "content/data/crime.csv has no column “crime_typ” to choose by.",
        "Did you mean “crime_type”?",
    ),
    "an unknown column like none": (
        GOOD.replace("crime_type", "xyzzy"),
        "5:10",
        "D110",
        "has no column “xyzzy”",
        "Its columns are: area, crime_type, asked.",
    ),
    "an unknown word": (
        GOOD.replace("crime_type: Robbery", "crime_type: Robery"),
        "5:10",
        "D110",
        "The column “crime_type” of content/data/crime.csv has no “Robery”.",
        "Did you mean “Robbery”?",
    ),
    "a word of the second condition": (
        GOOD.replace("{crime_type: Robbery}", "{area: North, crime_type: [Robbery, Burglary]}"),
        "5:10",
        "D110",
        "has no “Burglary”",
        "It has: Robbery, Theft.",
    ),
    "a condition that is empty": (
        GOOD.replace("{crime_type: Robbery}", "{crime_type: }"),
        "5:",
        "W113",
        "it must be a word, or a list of words",
        "Write the value",
    ),
    "a condition that looks like a switch": (
        GOOD.replace("crime_type: Robbery", "crime_type: yes"),
        "5:10",
        "D110",
        "has no “yes”",
        "It has",
    ),
    "a column with a capital": (
        GOOD.replace("crime_type", "Crime type"),
        "5:",
        "W113",
        "it must be small letters, digits and underscores",
        "Change",
    ),
    "a bad id": (GOOD.replace("robbery:", "robbery-business:"), "1:1", "W113", "“robbery-business” cannot be", "small"),
    "an id with a capital": (
        GOOD.replace("robbery:", "Robbery:"),
        "1:1",
        "W113",
        "“Robbery” cannot be the id",
        "small",
    ),
    "a number for an id": (GOOD.replace("robbery:", "2016:"), "1:1", "W113", "“2016” cannot be the id", "letter"),
    "a reserved id": (GOOD.replace("robbery:", "plan:"), "1:1", "W113", "“plan” cannot be the id", "but not meeting"),
    "an id twice": (GOOD + GOOD, "8:1", "W110", "“robbery” is given twice.", "Delete one of the two."),
    "a measure of nothing": ("robbery:\n", "1:9", "W113", "not a list of names and values", "name: value"),
    "a list of measures": ("- robbery\n- theft\n", "1:1", "W113", "are not a list of ids", "“robbery:”"),
    "a tab": ("robbery:\n\ttitle: x\n", "2:1", "W110", "there is a tab here; use spaces", "Type spaces"),
    "a colon in a title": (
        GOOD.replace("title: Robbery", "title: Robbery: all"),
        "2:17",
        "W110",
        "a colon stands here where none may",
        "straight marks",
    ),
    "a line too far in": (
        GOOD.replace("  unit", "   unit"),
        "3:8",
        "W110",
        "“unit: offences” does not fit the lines above it",
        "number of spaces",
    ),
    "a bracket left open": (GOOD + "  target: [1\n", "9:1", "W110", "is not closed with “]”", "Close it"),
    "an alias": (GOOD + "  owner: *x\n", "8:10", "W110", "An alias (“*x”) is not allowed here.", "write a value out"),
    "a control character": (GOOD + "  owner: \x07\n", "8:10", "W104", "control character", "Delete it"),
}


@pytest.mark.parametrize(("measures", "place", "code", "message", "hint"), SLIPS.values(), ids=SLIPS.keys())
def test_a_slip_is_told_at_its_place(
    measures: str, place: str, code: str, message: str, hint: str, tmp_path: Path
) -> None:
    found = catalogue(tmp_path, measures)
    here = [each for each in found.findings if each.at.file == FILE]
    (finding,) = here
    assert f"{finding.at.line}:{finding.at.column}".startswith(place)
    assert finding.code.id == code
    assert message in finding.message
    assert hint in finding.hint
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
