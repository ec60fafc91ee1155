"""The scorecard, the budget table, and targets on charts."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from papergen.diagnostics import Diagnostics
from papergen.exhibits.make import ExhibitMaker
from papergen.model.nodes import Figure, Graphic, Table, Text, Value
from papergen.model.vector import foreign
from papergen.model.walk import find_in, plain_text
from papergen.read.context import ExhibitBlock
from papergen.values.chrome import chrome
from papergen.values.periods import NBSP
from tests.support.exhibits import made, table
from tests.support.small import HERE, Workspace, workspace

MONTHS = [f"{year}-{month:02}" for year in (2014, 2015) for month in range(1, 13)]
FILES = {
    "data/theft.csv": "month,value\n" + "".join(f"{month},{30 + at * 7 % 11}\n" for at, month in enumerate(MONTHS)),
    "data/reached.csv": "month,value,all\n"
    + "".join(f"{month},{85 + at % 5},100\n" for at, month in enumerate(MONTHS)),
    "data/posts.csv": "month,value\n2014-09,120\n2015-03,118\n2015-09,119 [p]\n",
    "data/money.csv": "year,service,kind,value\n"
    + "".join(
        f"2014/15,{service},{kind},{value}\n"
        for service, plan, spent in (("policing", 98000, 98450.5), ("estates", 4200, 3900), ("fleet", 2500, 2500))
        for kind, value in (("plan", plan), ("spent", spent))
    ),
    "measures.yaml": """\
theft: {title: Thefts, unit: offences, file: theft.csv, source: S, good: lower, target: {value: 35, tolerance: 3},
  owner: Head of Crime}
reached: {title: Reached, unit: per cent of calls, kind: percentage, of: all, file: reached.csv, source: S,
  good: higher, target: {value: 90, tolerance: 2}}
posts: {title: Posts, unit: posts, file: posts.csv, combine: last, source: S}
planned: {title: Plan, unit: £000, kind: pounds, file: money.csv, where: {kind: plan}, source: S}
spent: {title: Spent, unit: £000, kind: pounds, file: money.csv, where: {kind: spent}, source: S}
""",
}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    found = workspace(tmp_path_factory.mktemp("scores"), FILES)
    assert found.told == []
    return found


def test_a_scorecard_has_a_row_for_each_measure(data: Workspace) -> None:
    rows, found = table(data, "kind: scorecard\nmeasures: [theft, reached, posts]\ncomments: {theft: Fewer patrols.}")
    assert rows == [
        [
            *("Measure", "Latest", "Period", "Target", "Against target", "Change", "Direction", "Rating", "Trend"),
            "Comment",
        ],
        [
            *("Thefts", "37", "December 2015", "35", "+2", "+23%", "Up, worse", "\u00a0Nearly met", ""),
            "Fewer patrols. (Head of Crime)",
        ],
        [
            *("Reached", "88%", "December 2015", "90%", "−2 points", "+1 point", "Up, better"),
            *("\u00a0Nearly met", "", "–"),
        ],
        ["Posts", "119 (p)", "September 2015", "No target", "–", "+1% (p)", "Up", "No target", "", "–"],
    ]
    assert "Nearly met is within a tolerance: Thefts 3 and Reached 2 points." in plain_text(found.note)
    assert "Changes are on the period before." in plain_text(found.note)


def test_a_scorecard_of_one_period_names_it_once(data: Workspace) -> None:
    rows, found = table(
        data,
        "kind: scorecard\nmeasures: [theft, reached]\nperiod: quarter\nagainst: last_year\nrating: false\ntrend: false",
    )
    assert rows[0] == ["Measure", "2015/16 Q3", "Target", "Against target", "Change", "Direction"]
    assert rows[1][1:3] == ["101", "105"]
    assert plain_text(found.caption) == "Thefts and Reached against their targets, 2015/16 Q3"


def test_ratings_differ_in_words_shape_and_colour_and_a_trend_is_said_in_words(data: Workspace) -> None:
    _, found = table(data, "kind: scorecard\nmeasures: [theft, posts]")
    graphics = [inline for row in found.rows for cell in row for inline in cell if isinstance(inline, Graphic)]
    mark, line, other = graphics
    assert mark.said == ""
    assert line.said == "Line from 30 in December 2014 to 37 in December 2015"
    assert other.said == "Line from 120 in September 2014 to 119 in September 2015"
    for each in graphics:
        assert foreign(each.picture.vector) == ()
        assert (each.picture.pixel_width, each.picture.pixel_height) == (each.width * 4, each.height * 4)


def test_a_comment_on_a_measure_that_is_not_there_is_told(data: Workspace) -> None:
    _, _, (found,) = made(data, "kind: scorecard\nmeasures: [theft]\ncomments: {robbery: x}", "table")
    assert "“robbery” is not one of the measures" in found


def test_a_budget_says_over_and_under_in_words_with_a_total(data: Workspace) -> None:
    rows, found = table(data, "kind: budget\nbudget: planned\nactual: spent\nby: service")
    assert rows == [
        ["Service", "Budget (£000)", "Actual (£000)", "Variance (£000)", "Variance (%)", "Over or under"],
        ["Policing", "98,000", "98,451", "451", "0.5", "Over"],
        ["Estates", "4,200", "3,900", "−300", "−7.1", "Under"],
        ["Fleet", "2,500", "2,500", "0", "0.0", "On budget"],
        ["Total", "104,700", "104,851", "151", "0.1", "Over"],
    ]
    assert plain_text(found.caption) == "Budget and actual by service, April 2014 to March 2015"
    assert "Variance is actual less budget." in plain_text(found.note)


def test_a_budget_as_the_body_wants_it(data: Workspace) -> None:
    lines = "kind: budget\nbudget: planned\nactual: spent\nby: service\ntotal: false\norder: [fleet]\n"
    rows, _ = table(data, f"{lines}unit: £m\nnegatives: brackets\ncalled: Forecast")
    assert rows[0][:3] == ["Service", "Budget (£m)", "Forecast (£m)"]
    assert rows[1][0] == "Fleet"
    assert rows[-1] == ["Estates", "4.2", "3.9", "(0.3)", "(7.1)", "Under"]
    assert table(data, f"{lines}unit: £")[0][-1][1:4] == ["4,200,000", "3,900,000", "−300,000"]


def test_a_budget_of_what_is_no_money_is_told(data: Workspace) -> None:
    _, _, (found,) = made(data, "kind: budget\nbudget: planned\nactual: theft\nby: service", "table")
    assert found.startswith("“theft” is not money.")


def test_a_target_is_a_line_with_its_name_and_is_said(data: Workspace) -> None:
    figure, spec, found = made(data, "kind: control\nmeasure: reached")
    assert found == []
    assert figure.data.columns[-2:] == ("Target", "Special cause")
    assert figure.data.rows[0][-2] == "90%"
    said = "Target 90%: within these limits the measure meets or misses the target by chance."
    assert said in plain_text(figure.note)
    assert said in plain_text(figure.alternative)
    records = [record for values in spec["datasets"].values() for record in values]
    assert {record["target"] for record in records if "target" in record} == {90.0}
    assert "target 90%" in [record.get("label") for record in records]


def test_a_trend_has_its_target_too(data: Workspace) -> None:
    figure, spec, _ = made(data, "kind: trend\nmeasure: reached\nrolling: 3")
    assert figure.data.columns == ("Month", "Per cent of calls", "3-month average", "Target")
    assert "The target is 90%." in plain_text(figure.alternative)
    assert "target 90%" in [record.get("label") for values in spec["datasets"].values() for record in values]


def test_charts_of_money_are_in_pounds(data: Workspace) -> None:
    figure, _, found = made(data, "kind: breakdown\nmeasure: spent\nby: service\nperiod: latest")
    assert found == []
    assert figure.data.rows[0][:2] == ("Policing", "£98,450,500")


def test_money_that_was_spent_and_not_planned_is_no_part_of_a_total(tmp_path: Path) -> None:
    files = {**FILES, "data/money.csv": FILES["data/money.csv"] + "2014/15,relief,spent,5000\n"}
    found = workspace(tmp_path, files)
    _, _, (finding,) = made(found, "kind: budget\nbudget: planned\nactual: spent\nby: service\ntotal: true", "table")
    assert finding.startswith("“relief” has money in “spent” and no row in “planned”.")


def test_rows_held_back_elsewhere_leave_a_narrowed_table_alone(tmp_path: Path) -> None:
    rows = [f"2015-{month:02},{area},{value}" for month in range(1, 13) for area, value in (("N", "[x]"), ("S", month))]
    files = {
        **FILES,
        "data/areas.csv": "\n".join(["month,place,value", *rows]) + "\n",
        "measures.yaml": FILES["measures.yaml"] + "areas: {title: Calls, unit: calls, file: areas.csv, source: S}\n",
    }
    found = workspace(tmp_path, files)
    shown, _, findings = made(found, "kind: scorecard\nmeasures: [areas]\nwhere: {place: [S]}", "table")
    assert findings == []
    assert isinstance(shown, Table)
    assert plain_text(shown.rows[0][1]) == "12"


# ---------------------------------------------------------------------------------------------------------------------
# Headings over several columns, from the data


def test_a_small_line_breaks_where_a_number_is_held_back(tmp_path: Path) -> None:
    months = [f"2015-{month:02}" for month in range(1, 13)]
    held = {
        "data/calls.csv": "month,value\n" + "".join(f"{each},{'[c]' if each == '2015-06' else 9}\n" for each in months)
    }
    measures = "calls: {title: Calls, unit: calls, file: calls.csv, source: S}\n"
    found = workspace(tmp_path, {**held, "measures.yaml": measures})
    _, shown = table(found, "kind: scorecard\nmeasures: [calls]\nrating: false")
    (line,) = (each for row in shown.rows for cell in row for each in cell if isinstance(each, Graphic))
    assert line.picture.vector.count(b"<polyline") == 2
    assert line.said.endswith("in December 2015, broken where numbers are held back")


# ---------------------------------------------------------------------------------------------------------------------
# Charts of money


def test_a_budget_is_a_chart_too_with_its_variances_in_words(data: Workspace) -> None:
    figure, spec, found = made(
        data, "kind: budget\nbudget: planned\nactual: spent\nby: service\nunit: £m\ncalled: Forecast"
    )
    assert found == []
    assert figure.data.columns == ("Service", "Budget (£m)", "Forecast (£m)", "Variance (£m)", "Over or under")
    assert figure.data.rows == (
        ("Policing", "98.0", "98.5", "0.5", "Over"),
        ("Estates", "4.2", "3.9", "−0.3", "Under"),
        ("Fleet", "2.5", "2.5", "0.0", "On budget"),
    )
    assert plain_text(figure.caption) == "Budget and forecast by service: £m, April 2014 to March 2015"
    assert plain_text(figure.alternative) == (
        "Bars of budget and forecast by service (£m), April 2014 to March 2015: Policing 98.5 (budget 98.0, 0.5 over);"
        " Estates 3.9 (budget 4.2, 0.3 under); Fleet 2.5 (budget 2.5, on budget)."
        " Furthest over is Policing and furthest under is Estates."
    )
    drawn = str(spec)
    for words in ("0.5 over", "0.3 under", "on budget", "Forecast", "variance"):
        assert words in drawn


def test_a_small_variance_never_prints_as_none(tmp_path: Path) -> None:
    money = FILES["data/money.csv"].replace("fleet,spent,2500", "fleet,spent,2490")
    small = workspace(tmp_path, {**FILES, "data/money.csv": money})
    lines = "kind: budget\nbudget: planned\nactual: spent\nby: service\nunit: £m"
    assert table(small, lines)[0][3] == ["Fleet", "2.5", "2.5", "less than 0.1", "−0.4", "Under"]
    figure, spec, _ = made(small, lines)
    assert figure.data.rows[2] == ("Fleet", "2.5", "2.5", "less than 0.1", "Under")
    assert "less than 0.1 under" in str(spec)


def test_lines_of_a_budget_that_differ_in_a_capital_are_two(tmp_path: Path) -> None:
    money = FILES["data/money.csv"].replace("estates", "Policing")
    figure, _, found = made(
        workspace(tmp_path, {**FILES, "data/money.csv": money}),
        "kind: budget\nbudget: planned\nactual: spent\nby: service",
    )
    assert found == []
    assert [row[:2] for row in figure.data.rows] == [("Policing", "98,000"), ("Policing", "4,200"), ("Fleet", "2,500")]


def test_a_budget_by_period_with_income_below_zero(tmp_path: Path) -> None:
    months = "".join(
        f"2015-{month:02},{kind},{value}\n" for month in (10, 11, 12) for kind, value in (("p", -5), ("s", month - 13))
    )
    files = {
        "data/income.csv": f"month,kind,value\n{months}",
        "measures.yaml": "".join(
            f"{name}: {{title: T, unit: £000, kind: pounds, file: income.csv, where: {{kind: {kind}}}, source: S}}\n"
            for name, kind in (("planned", "p"), ("spent", "s"))
        ),
    }
    found = workspace(tmp_path, files)
    figure, spec, told = made(found, "kind: budget\nbudget: planned\nactual: spent\nby: period\nnegatives: brackets")
    assert told == []
    assert figure.data.rows[0] == ("October 2015", "(5)", "(3)", "2", "Over")
    assert "'domain': [-5.0, 0.0]" in str(spec)


def test_a_budget_of_the_year_that_goes_on_says_what_it_needs(tmp_path: Path) -> None:
    rows = "".join(f"2015/16,{line},{kind},{5}\n" for line in ("a", "b") for kind in ("p", "s"))
    entry = "title: Plan, unit: £000, kind: pounds, file: money.csv, source: S"
    measures = f"planned: {{{entry}, where: {{kind: p}}MORE}}\nspent: {{{entry}, where: {{kind: s}}MORE}}\n"
    files = {"data/money.csv": f"year,line,kind,value\n{rows}", "measures.yaml": measures.replace("MORE", "")}
    lines = "kind: budget\nbudget: planned\nactual: spent\nby: line"
    _, _, (told,) = made(workspace(tmp_path / "a", files), lines, "table")
    assert told.startswith(
        "The numbers of “planned” for 2015/16 are left out, since that ends after the reporting period."
    )
    assert "add “data_to: {2016-02-02: 2016-03}” to “planned”" in told
    files["measures.yaml"] = measures.replace("MORE", ", data_to: {2016-02-02: 2016-03}")
    _, _, found = made(workspace(tmp_path / "b", files), lines, "table")
    assert found == []


# ---------------------------------------------------------------------------------------------------------------------
# Targets where measures or areas stand side by side


@pytest.fixture(scope="module")
def changing(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Months of which August is held back, weeks of two years, days of a standing number, and years that overlap."""
    weeks = [date(2014, 11, 3) + timedelta(weeks=at) for at in range(60)]
    ends = (("2015-03", 10), ("2015-06", 12), ("2015-09", 15))
    files = {
        "data/held.csv": "month,value\n"
        + "".join(f"{month},{'[c]' if month == '2015-08' else 30}\n" for month in MONTHS),
        "data/theft.csv": FILES["data/theft.csv"],
        "data/weeks.csv": "week,value\n" + "".join(f"{week},{100 + at}\n" for at, week in enumerate(weeks)),
        "data/days.csv": "date,value\n2015-12-01,5\n2015-12-03,7\n",
        "data/rolling.csv": "period,value\n" + "".join(f"12 months to {end},{value}\n" for end, value in ends),
        "measures.yaml": "".join(
            f"{name}: {{title: {name.capitalize()}, unit: cases, file: {name}.csv, source: S{more}}}\n"
            for name, more in (
                *(("held", ""), ("theft", ", good: lower, target: {by: {2014/15: 400}}"), ("weeks", "")),
                *(("days", ", combine: last"), ("rolling", "")),
            )
        ),
    }
    return workspace(tmp_path_factory.mktemp("changing"), files)


@pytest.mark.parametrize(
    ("measure", "options", "expression"),
    [
        ("theft", "period: year_to_date", "theft.year_to_date.change"),
        ("theft", "period: quarter", "theft.change"),
        ("theft", "period: rolling_12", "theft.rolling_total.change"),
        ("weeks", "period: latest", "weeks.latest.change"),
        ("weeks", "against: last_year", "weeks.latest.change_on_last_year"),
        ("days", "period: latest", "days.latest.change"),
        ("rolling", "period: latest", "rolling.latest.change"),
    ],
)
def test_a_scorecard_has_the_change_that_a_sentence_prints(
    measure: str, options: str, expression: str, changing: Workspace
) -> None:
    rows, found = table(changing, f"kind: scorecard\nmeasures: [{measure}]\n{options}")
    assert dict(zip(*rows, strict=True))["Change"] == changing.text(f"{expression} | sign")
    on_last_year = "year" in expression
    assert ("Changes are on the same period a year earlier." in plain_text(found.note)) == on_last_year


def test_a_week_is_compared_with_the_week_before_and_that_of_52_weeks_before(changing: Workspace) -> None:
    assert changing.text("weeks.latest.change.number") == "1"
    assert changing.text("weeks.latest.change_on_last_year.number") == "52"
    assert changing.text("days.latest.change.number") == "2"


def test_the_note_of_a_scorecard_says_why_there_is_no_change(changing: Workspace) -> None:
    _, found = table(changing, "kind: scorecard\nmeasures: [held]\nperiod: quarter")
    note = plain_text(found.note)
    assert "stands where there is no number: “Held” is held back for August 2015." in note
    assert "the period before;" not in note


@pytest.mark.parametrize(
    ("adults", "children", "noted"),
    [
        ((3001.5, 3040), (10, 10), True),
        ((3001, 3040), (10.4, 10.4), False),
        ((3001.4, 3001.4), (10.4, 10.4), True),
    ],
)
def test_a_budget_table_says_where_rounded_numbers_do_not_add_up(
    adults: tuple[float, float], children: tuple[float, float], noted: bool, tmp_path: Path
) -> None:
    rows = "".join(
        f"2014/15,{line},{kind},{value}\n"
        for line, values in (("adults", adults), ("children", children))
        for kind, value in zip(("plan", "spent"), values, strict=True)
    )
    files = {**FILES, "data/money.csv": "year,service,kind,value\n" + rows}
    found = workspace(tmp_path, files)
    _, shown = table(found, "kind: budget\nbudget: planned\nactual: spent\nby: service\nunit: £000")
    assert ("Numbers are rounded and may not add up." in plain_text(shown.note)) == noted


def test_a_budget_and_a_rating_are_in_welsh_in_a_welsh_text(data: Workspace) -> None:
    maker = ExhibitMaker(data.book, Diagnostics(), {}, words=chrome("cy"), language="cy")
    blocks = (
        "kind: budget\nbudget: planned\nactual: spent\nby: service\nnegatives: brackets",
        "kind: scorecard\nmeasures: [theft, reached]",
    )
    found = [made for each in blocks if (made := maker.make(ExhibitBlock("table", each, HERE)))]
    texts = [list(find_in((made.exhibit,), Text)) for made in found]
    assert [each.text for each in (*texts[0], *texts[1]) if each.language] == []
    budget, scorecard = ({each.text.strip(NBSP) for each in one} for one in texts)
    assert {"Cyllideb (£000)", "Gwirioneddol (£000)", "Amrywiant (%)", "Dros neu dan", "Dros", "Cyfanswm"} <= budget
    assert "Cyllideb, gwirioneddol fesul service, Ebrill 2014 i Fawrth 2015" in budget
    assert {"Sgôr", "Bron â’i gyrraedd", "I fyny, gwaeth", "I fyny, gwell"} <= scorecard
    values = [each.text for each in find_in((found[1].exhibit,), Value)]
    assert {"−2 pwynt", "+1 pwynt"} <= set(values)
    assert [each.said for each in find_in((found[1].exhibit,), Graphic)][1].startswith("Llinell o 30 (Rhagfyr 2014)")


@pytest.mark.parametrize(
    ("lines", "title", "columns", "letters"),
    [
        ("kind: control\nmeasure: theft", "Thefts: offences fesul mis, Ionawr", "Terfyn isaf", "uchaf "),
        ("kind: trend\nmeasure: theft\nrolling: 6", "gyda’r cyfartaledd 6 mis", "Cyfartaledd 6 mis", "Rhag 2015: 37"),
        ("kind: seasonal\nmeasure: theft", "2015/16; er cymhariaeth: 2 blynedd", "Isaf", "targed 35"),
        ("kind: comparison\nmeasures: [theft]", "Ionawr 2014 i Ragfyr 2015", "Targed", "targed 35"),
        ("kind: stages\nmeasures: [theft]", "2015/16 Q3; er cymhariaeth: 2014/15 Q3", "Newid", "newid"),
        (
            "kind: budget\nbudget: planned\nactual: spent\nby: service",
            "Cyllideb, gwirioneddol",
            "Dros neu dan",
            "amrywiant",
        ),
        ("kind: breakdown\nmeasure: spent\nby: service\nperiod: latest", "Spent fesul service", "Cyfran", "cyfran"),
    ],
)
def test_a_chart_is_in_welsh_in_a_welsh_text(
    lines: str, title: str, columns: str, letters: str, data: Workspace
) -> None:
    maker = ExhibitMaker(data.book, Diagnostics(), {}, words=chrome("cy"), language="cy")
    found = maker.make(ExhibitBlock("chart", lines, HERE))
    assert found is not None
    assert found.chart is not None
    figure, spec = found.exhibit, found.chart.spec()
    assert isinstance(figure, Figure)
    assert figure.data is not None
    assert title in plain_text(figure.caption)
    assert (figure.data.language, figure.told_in) == ("", "en-GB")
    assert columns in figure.data.columns
    assert letters in json.dumps(spec, ensure_ascii=False, default=list)
    assert list(spec["config"]["locale"]["time"]["shortMonths"])[1] == "Chw"
