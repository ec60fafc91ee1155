"""Charts and tables of data by any period, with numbers that are provisional or held back."""

from __future__ import annotations

from pathlib import Path

import pytest

from papergen.diagnostics import Diagnostics
from papergen.exhibits.make import ExhibitMaker
from papergen.model.nodes import Figure, Table, Text
from papergen.model.walk import find_in, plain_text
from papergen.read.context import ExhibitBlock
from papergen.values.chrome import chrome
from tests.support.exhibits import made
from tests.support.small import HERE, Workspace, workspace

MEASURES = """\
years: {title: Thefts, unit: offences, file: years.csv, source: S}
calendar: {title: Thefts, unit: offences, file: calendar.csv, source: S}
quarters: {title: Thefts, unit: offences, file: quarters.csv, source: S}
halves: {title: Thefts, unit: offences, file: halves.csv, source: S}
january_halves: {title: Thefts, unit: offences, file: january_halves.csv, source: S}
weeks: {title: Thefts, unit: offences, file: weeks.csv, source: S}
months: {title: Thefts, unit: offences, file: months.csv, source: S}
rolling: {title: Thefts, unit: offences, combine: last, file: rolling.csv, source: S}
"""
FILES = {
    "years": ("year", [f"{year}/{(year + 1) % 100:02}" for year in range(2001, 2015)]),
    "calendar": ("quarter", [f"{year} Q{quarter}" for year in range(2012, 2016) for quarter in (1, 2, 3, 4)]),
    "quarters": (
        "quarter",
        [f"{year}/{year - 1999} Q{quarter}" for year in range(2011, 2015) for quarter in (1, 2, 3, 4)],
    ),
    "halves": ("half", [f"{year}/{(year + 1) % 100:02} H{half}" for year in range(2008, 2015) for half in (1, 2)]),
    "january_halves": ("half", [f"{half} {year}" for year in range(2011, 2015) for half in ("Jan-Jun", "Jul-Dec")]),
    "weeks": ("week", [f"2015-{month:02}-{day:02}" for month, day in ((11, 2), (11, 9), (11, 16), (11, 23), (11, 30))]),
    "months": ("month", [f"{year}-{month:02}" for year in (2014, 2015) for month in range(1, 13)]),
    "rolling": ("year", [f"12 months to {month} 2015" for month in ("March", "June", "September")]),
}


def cell(name: str, index: int, period: str) -> str:
    if (name, period) in (("months", "2014-06"), ("calendar", "2013 Q2")):
        return "[c]"
    return f"{100 + index * 37 % 41}{' [p]' if period in ('2015-12', '2015 Q4') else ''}"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    files = {
        f"data/{name}.csv": f"{column},value\n"
        + "".join(f"{period},{cell(name, index, period)}\n" for index, period in enumerate(periods))
        for name, (column, periods) in FILES.items()
    }
    found = workspace(tmp_path_factory.mktemp("periods"), {"measures.yaml": MEASURES, **files})
    assert found.told == []
    return found


@pytest.mark.parametrize(
    ("measure", "caption", "word", "label"),
    [
        ("years", "Thefts: offences by year, 2001/02 to 2014/15", "Year", '"2001-04-01": ["2001/02"]'),
        ("calendar", "Thefts: offences by quarter, 2012 Q1 to 2015 Q4", "Quarter", '"2012-01-01": ["Q1", "2012"]'),
        (
            "quarters",
            "offences by quarter, 2011/12 Q1 to 2014/15 Q4",
            "Quarter",
            '"2011-04-01": ["Q1", "2011/12"]',
        ),
        (
            "halves",
            "by half-year, April 2008 to March 2015",
            "Half-year",
            '"2008-04-01": ["Apr–Sep", "2008"]',
        ),
        ("weeks", "by week, week from 2\u00a0November 2015 to week from 30\u00a0November 2015", "Week", "%b"),
        ("months", "Thefts: offences by month, January 2014 to December 2015", "Month", "%b"),
    ],
)
def test_each_period_has_its_name_in_captions_columns_and_on_the_axis(
    measure: str, caption: str, word: str, label: str, data: Workspace
) -> None:
    figure, spec, found = made(data, f"kind: control\nmeasure: {measure}")
    assert found == []
    assert isinstance(figure, Figure)
    assert caption in plain_text(figure.caption)
    assert figure.data is not None
    assert figure.data.columns[0] == word
    encoded = [layer["encoding"].get("x", {}) for layer in spec["layer"]]
    axes = [x["axis"]["labelExpr"] for x in encoded if "axis" in x]
    assert all(label in axis for axis in axes)
    assert axes


def test_a_line_breaks_where_a_number_is_held_back_and_the_note_says_so(data: Workspace) -> None:
    for kind in ("control\nmeasure: months", "comparison\nmeasures: [months]", "trend\nmeasure: months\nrolling: 3"):
        figure, spec, found = made(data, f"kind: {kind}")
        assert found == []
        note = plain_text(figure.note)
        assert "The number for June 2014 is held back." in note
        assert "The number for December 2015 is provisional." in note
        records = [each for values in spec["datasets"].values() for each in values]
        assert "2014-06-01T00:00:00Z" in [each["month"] for each in records if each.get("value", 0) is None]


def test_a_table_marks_what_is_provisional_and_gives_the_reason_for_what_is_held_back(
    data: Workspace,
) -> None:
    table, _, found = made(data, "kind: quarters\nmeasures: [months]\nquarters: 8", "table")
    assert found == []
    assert isinstance(table, Table)
    cells = [plain_text(cell) for cell in table.rows[0]]
    assert cells[2] == "–"
    assert cells[-2].endswith(" (p)")
    note = plain_text(table.note)
    assert "“Thefts” is held back for June 2014" in note
    assert "(p) provisional." in note


@pytest.mark.parametrize(("measure", "word"), [("weeks", "week"), ("halves", "half-year"), ("years", "year")])
def test_what_makes_no_quarters_is_told_where_it_can_be_shown(measure: str, word: str, data: Workspace) -> None:
    _, _, (found,) = made(data, f"kind: quarters\nmeasures: [quarters, {measure}]", "table")
    assert found == (
        f"“{measure}” is by the {word}, which makes no quarters. Show it in a scorecard or a comparison chart."
    )


def test_quarters_of_the_calendar_year_keep_their_names(data: Workspace) -> None:
    table, _, _ = made(data, "kind: quarters\nmeasures: [calendar]", "table")
    header = [plain_text(cell) for cell in table.header]
    assert (header[1], header[-2:]) == ("2014 Q4", ["2015 Q4", "Change on 2014 Q4"])


@pytest.mark.parametrize(
    ("lines", "caption", "first", "note"),
    [
        (
            "seasonal\nmeasure: calendar",
            "by quarter, 2015 beside the 3 years before",
            "Q1",
            "the same quarters of the 3",
        ),
        ("seasonal\nmeasure: quarters", "by quarter, 2014/15 beside the 3 years before", "Q1", "the same quarters"),
        ("seasonal\nmeasure: halves", "by half-year, 2014/15 beside", "Apr–Sep", "the same half-years"),
        (
            "trend\nmeasure: calendar",
            "by quarter, with the 4-quarter average, 2012 Q1",
            "2012 Q1",
            "the 4 quarters up to",
        ),
        ("trend\nmeasure: quarters\nrolling: 6", "the 2-quarter average", "2011/12 Q1", "the 2 quarters up to each"),
        ("trend\nmeasure: halves", "the 2-half-year average", "April to September 2008", "up to each half-year"),
    ],
)
def test_seasons_and_rolling_averages_are_of_quarters_and_half_years_too(
    lines: str, caption: str, first: str, note: str, data: Workspace
) -> None:
    figure, spec, found = made(data, f"kind: {lines}")
    assert found == []
    assert isinstance(figure, Figure)
    assert caption in plain_text(figure.caption)
    assert note in plain_text(figure.note)
    assert "month" not in f"{figure.alternative}{plain_text(figure.note)}".replace("12 months", "").replace(
        "6 months", ""
    )
    assert figure.data is not None
    assert figure.data.rows[0][0] == first
    assert spec["layer"]


def test_a_season_of_halves_of_the_calendar_year_begins_in_january(data: Workspace) -> None:
    figure, _, found = made(data, "kind: seasonal\nmeasure: january_halves")
    assert found == []
    assert isinstance(figure, Figure)
    assert "2014 beside the 3 years before" in plain_text(figure.caption)
    assert figure.data is not None
    assert [row[0] for row in figure.data.rows] == ["Jan–Jun", "Jul–Dec"]


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("kind: control\nmeasure: rolling", "The periods of “rolling” overlap"),
        ("kind: trend\nmeasure: years", "“years” is by the year, so it has no rolling average over 12 months."),
        ("kind: trend\nmeasure: quarters\nrolling: 3", "Give “rolling: 6” or “rolling: 12”."),
        ("kind: trend\nmeasure: halves\nrolling: 6", "Give “rolling: 12”."),
        ("kind: seasonal\nmeasure: weeks", "“weeks” is by the week, so it shows no season."),
    ],
)
def test_what_a_period_cannot_show_is_refused_in_a_sentence(lines: str, words: str, data: Workspace) -> None:
    _, _, (found,) = made(data, lines)
    assert words in found


def test_what_papergen_writes_in_a_welsh_text_is_marked_as_english(data: Workspace) -> None:
    def marked(lines: str, language: str, block: str = "table") -> tuple[Figure | Table, list[str], list[str]]:
        """The exhibit, and the words in it that are marked as English and that are not."""
        maker = ExhibitMaker(data.book, Diagnostics(), {}, words=chrome(language), language=language)
        made = maker.make(ExhibitBlock(block, lines, HERE))
        assert made is not None
        texts = list(find_in((made.exhibit,), Text))
        assert {each.language for each in texts} <= {"", "en-GB"}
        english = [each.text.strip() for each in texts if each.language]
        return made.exhibit, english, [each.text for each in texts if not each.language]

    _, english, own = marked("kind: scorecard\nmeasures: [months]", "cy")
    assert english == []
    assert own[:7] == [
        *("Thefts: y targedau, Rhagfyr 2015", "Mesur", "Rhagfyr 2015", "Targed"),
        *("O’i gymharu â’r targed", "Newid", "Cyfeiriad"),
    ]
    assert "Dim targed" in own
    assert own[-1].startswith("Newidiadau ers y cyfnod blaenorol a roddir.")
    assert "; data hyd at: Rhagfyr 2015." in own[-1]
    _, english, own = marked("kind: scorecard\nmeasures: [months]", "en-GB")
    assert (english, "December 2015" in own) == ([], True)
    _, english, own = marked("kind: scorecard\nmeasures: [months]", "fr")
    assert english[:2] == ["Thefts against their targets, December 2015", "Measure"]
    _, english, own = marked("kind: quarters\nmeasures: [quarters]", "cy")
    assert english == []
    assert own[0].startswith("Thefts fesul chwarter, 2014/15 Q3 i 2014/15 Q4")
    assert "Newid ers 2013/14 Q4" in own
    trend, english, own = marked("kind: trend\nmeasure: months\ncaption: Lladradau\nnote: Nodyn.", "cy", "chart")
    assert isinstance(trend, Figure)
    assert trend.told_in == "en-GB"
    assert trend.data is not None
    assert (trend.data.language, trend.data.columns) == ("", ("Mis", "Offences", "Cyfartaledd 12 mis"))
    assert trend.data.rows[-1][0] == "Rhagfyr 2015"
    assert own[:2] == ["Lladradau", "Nodyn."]
    assert "Ffynhonnell: " in own[-1]
    assert english == []
    assert "Y llinell drwchus yw’r cyfartaledd 12 mis hyd at bob mis." in own[-1]
    assert "Statws y rhif ar gyfer Mehefin 2014: a ddelir yn ôl." in own[-1]


def test_a_number_outside_its_limits_never_prints_as_one_of_them(tmp_path: Path) -> None:
    months = [f"{year}-{month:02}" for year in (2014, 2015) for month in range(1, 13)]
    rows = [f"{month},{100 + (at % 3) / 100}" for at, month in enumerate(months[:-1])]
    settings = "costs: {title: Costs, unit: pounds, kind: pounds, combine: mean, file: costs.csv, source: S}\n"
    text = "\n".join(["month,value", *rows, f"{months[-1]},99.6", ""])
    data = workspace(tmp_path, {"measures.yaml": settings, "data/costs.csv": text})
    figure, _, _ = made(data, "kind: control\nmeasure: costs")
    assert isinstance(figure, Figure)
    assert "£99.60 in December 2015, against an average of £99.99 and limits of £99.96 to £100.03." in plain_text(
        figure.alternative
    )


@pytest.mark.parametrize(
    ("values", "block", "words"),
    [
        (
            [9000, 9001, 9002],
            "kind: control\nmeasure: share",
            "highest 90.02% in December 2014 and 4 others, lowest 90.00%",
        ),
        (
            [9000, 9001, 9002],
            "kind: trend\nmeasure: share",
            "Highest 90.02% in December 2014 and 4 others, lowest 90.00%",
        ),
        ([9000], "kind: control\nmeasure: share", "No special cause; 90% at every point."),
        ([9000], "kind: trend\nmeasure: share", "90% at every point."),
        ([9000, 9900, 9000], "kind: comparison\nmeasures: [share]", "highest at 99% in November 2014 and 4 others."),
        ([9000, 9001, 9000], "kind: comparison\nmeasures: [share]", "In December 2015, 90%, from 90% in October 2014."),
    ],
)
def test_what_an_alternative_tells_apart_prints_apart_and_ties_are_told(
    values: list[int], block: str, words: str, tmp_path: Path
) -> None:
    months = [f"2014-{month}" for month in (10, 11, 12)] + [f"2015-{month:02}" for month in range(1, 13)]
    rows = [f"{month},{values[at % len(values)]},10000" for at, month in enumerate(months)]
    settings = "share: {title: Share, unit: '%', kind: percentage, value: a, of: b, file: s.csv, source: S}\n"
    data = workspace(tmp_path, {"measures.yaml": settings, "data/s.csv": "\n".join(["month,a,b", *rows, ""])})
    figure, _, found = made(data, block)
    assert isinstance(figure, Figure), found
    assert words in plain_text(figure.alternative)
