"""Expressions that give no value: each is told with the reason and what to do, whatever stands in it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from papergen.data.expressions import evaluate
from papergen.diagnostics import Diagnostics
from papergen.values.periods import Month, months_period
from tests.data.known_numbers import FILES, MONTHS, burglary
from tests.support.small import HERE, Workspace, workspace


@pytest.mark.parametrize(
    ("expression", "code", "message", "hint"),
    [
        ("burglery.quarter", "V102", "“burglery” is not a name", "“burglary”"),
        ("burglary.quater", "V102", "“burglary.quater” is not a name", "“quarter”"),
        ("burglary", "V102", "“burglary” holds several facts", "quarter"),
        ("burglary.peers", "V104", "“burglary” is not compared with other forces", "“peers”"),
        ("burglary.projection", "V102", "holds several facts", "low"),
        ("burglary.average_before", "V104", "“burglary” has no step change", ".average"),
        (
            'burglary.by(kind="Home").quarter',
            "V104",
            "The column “kind” of content/data/burglary.csv has no “Home”",
            "“Homes”",
        ),
        ('burglary.by(kinds="Homes").quarter', "V104", "content/data/burglary.csv has no column “kinds”", "“kind”"),
        ('burglary.by(value="3").quarter', "V104", "no column “value”", "area, kind"),
        ('burglary.area("Nort").quarter', "V104", "has no “Nort”", "“North”"),
        ("burglary.by", "V102", "“burglary.by” must be told more", "by(…)"),
        ("burglary.by()", "V101", "after “by” cannot be understood", "by("),
        ('burglary.by("Homes").quarter', "V101", "after “by” cannot be understood", "by("),
        ("burglary.area(7).quarter", "V101", "after “area” cannot be understood", "area("),
        ("burglary.by(kind=burglary.quarter)", "V101", "after “by” cannot be understood", "by("),
        ("burglary.by(kind=true)", "V101", "in the brackets cannot be understood", "by("),
        ("burglary.quarter()", "V101", "“burglary.quarter” takes no brackets", "Delete"),
        ("burglary.quarters()", "V102", "“burglary.quarters(…)” is not known", "“quarter_of”"),
        ('burglary.month("2015-13")', "V101", "after “month” cannot be understood", 'month("2015-11")'),
        ("burglary.month()", "V101", "after “month” cannot be understood", 'month("2015-11")'),
        ('burglary.month("2012-03")', "V104", "no complete data for March 2012", "from April 2012 to December 2015"),
        ('burglary.month("2016-01")', "V104", "no complete data for January 2016", "to December 2015"),
        ('burglary.months("2015-11", "2015-10")', "V104", "October 2015 comes before November 2015", "earlier month"),
        ('burglary.quarter_of("2015/16")', "V101", "after “quarter_of” cannot be understood", "2015/16 Q2"),
        ('burglary.quarter_of("2015/16 Q4")', "V104", "no complete data for 2015/16 Q4", "to December 2015"),
        ('burglary.quarter_of("9999/00 Q4")', "V101", "after “quarter_of” cannot be understood", "2015/16 Q2"),
        ('burglary.year("9999/00")', "V101", "after “year” cannot be understood", "2014/15"),
        ('burglary.year("2015/16")', "V104", "no complete data for 2015/16", "to December 2015"),
        ('burglary.year("2015/17")', "V101", "after “year” cannot be understood", "2014/15"),
        ('burglary.year("2012/13").change', "V104", "no complete data for 2011/12", "from April 2012"),
        ('burglary.month("1800-01").change', "V104", "no complete data for January 1800", "from April 2012"),
        ("burglary.rolling(0)", "V101", "after “rolling” cannot be understood", "rolling(6)"),
        ("burglary.rolling(121)", "V101", "after “rolling” cannot be understood", "rolling(6)"),
        ("burglary.rolling(46)", "V104", "no complete data for March 2012 to December 2015", "from April 2012"),
        ("burglary.quarter.share_of(3)", "V101", "after “share_of” cannot be understood", "share_of("),
        ("burglary.quarter.share_of(burglary.title)", "V104", "A number is needed here", "robbery.quarter"),
        ("burglary.quarter.change_from(burglary)", "V101", "after “change_from” cannot be understood", "change_from("),
        ("burglary.quarter.share", "V102", "“burglary.quarter.share” is not a name", "share_of"),
        ("early.quarter", "V104", "“early” has no complete data for 2015/16 Q3", "from April 2012 to November 2015"),
        ("early.change", "V104", "“early” has no complete data for 2015/16 Q3", "November 2015"),
        ("none_yet.quarter_to_date", "V104", "“none_yet” has no data in 2015/16 Q3", "to September 2015"),
        ("yearly.quarter", "V104", "“yearly” has no complete data for 2015/16 Q3", "2012/13 to 2014/15"),
        ('quarterly.month("2015-11")', "V104", "no complete data for November 2015", "2013/14 Q1 to 2015/16 Q3"),
        ("burglary.quarter - 100", "V101", "“100” is typed, and only values are calculated with", "facts.csv"),
        ("< figure", "V101", "“< figure” cannot be understood", "meeting.date"),
        ("zeros.quarter.change", "V104", "no percentage", "zeros.quarter.change.number"),
        ("zeros.change.percent", "V104", "The earlier figure is 0 (2015/16 Q2), so there is no percentage", ".number"),
        ("zeros.change", "V104", "The earlier figure is 0", "Write zeros.change.number in its place"),
        ("zeros.change | rose", "V104", "The earlier figure is 0", "Write zeros.change.number | rose in its place"),
        ("zeros.change | percent(1)", "V104", "The earlier figure is 0", "Write zeros.change.number in its place"),
        ("zeros.quarter.share_of(zeros.last_year)", "V104", "Nothing can be a share of zero", "in words"),
        ("zeros.quarter / zeros.last_year", "V104", "“zeros.last_year” is zero", "in words"),
        ("zeros.projection.low_change", "V104", "“zeros” was zero in 2014/15", ".low and .high"),
        ("satisfied.projection.low", "V104", "“satisfied” is not a count", "added up"),
        ("satisfied.rolling_total", "V102", "“satisfied.rolling_total” is not a name", "“rolling"),
        ("satisfied.quarterly_average", "V102", "“satisfied.quarterly_average” is not a name", "average"),
        ("satisfied.quarter.per_day", "V102", "“satisfied.quarter.per_day” is not a name", "period"),
        ("satisfied.quarter.share_of(burglary)", "V104", "Percentage cannot be a share of count", "one kind"),
        ("satisfied.quarter + burglary.quarter", "V104", "are not of one kind (percentage, count)", "two counts"),
        ("satisfied.quarter - burglary.quarter", "V104", "are not of one kind (percentage, count)", "two counts"),
        ("grant / volunteers", "V104", "are not of one kind (pounds, people)", "two counts"),
        ("burglary.quarter.change_from(satisfied.quarter)", "V104", "between count and percentage", "one kind"),
        ("burglary.quarter + burglary.title", "V104", "“burglary.title” is not a number", "Only numbers"),
        ('burglary.area("North").projection', "V104", "“burglary (North)” has no projection", "whole measures"),
        ('rated.by(force="Clee").peers', "V104", "“rated (Clee)” is not compared", "whole measures"),
        ("burglary.quarter | ordinals", "V103", "“ordinals” is not a format", "“ordinal”"),
        ("burglary.quarter | increase", "V103", "“increase” does not fit “burglary.quarter”", "number, sign"),
        ("burglary.quarter | number(5)", "V103", "after “number” does not fit", "0 to 4"),
        ("burglary.quarter | number | sign", "V103", "“sign” does not fit", "lower_first"),
    ],
)
def test_what_cannot_be_had_says_why_and_what_to_do(
    expression: str, code: str, message: str, hint: str, orchard: Workspace
) -> None:
    found = orchard.problem(expression)
    assert found[0] == code
    assert message in found[1]
    assert hint in found[2]


def test_the_difference_on_zero_can_be_printed(orchard: Workspace) -> None:
    assert orchard.text("zeros.change.number | more") == "15 more than"


def test_a_percentage_of_nobody_is_told(tmp_path: Path) -> None:
    found = workspace(
        tmp_path,
        {
            "measures.yaml": "sat: {title: S, unit: people, kind: percentage, file: s.csv, of: asked, source: S}\n",
            "data/s.csv": "month,value,asked\n2015-10,0,0\n2015-11,0,0\n2015-12,0,0\n",
        },
    )
    code, message, hint = found.problem("sat.quarter")
    assert (code, message) == ("V104", "“sat” has nothing to divide by in 2015/16 Q3: “asked” is 0.")
    assert hint == "Take a longer period."
    assert found.problem("sat.judgement")[0] == "V104"


def test_averages_of_several_rows_are_not_put_together(tmp_path: Path) -> None:
    found = workspace(
        tmp_path,
        {
            "measures.yaml": "wait: {title: W, unit: minutes, kind: minutes, combine: mean, file: w.csv, source: S}\n",
            "data/w.csv": "month,area,value\n2015-11,North,4\n2015-11,South,6\n2015-12,North,5\n2015-12,South,5\n",
        },
    )
    (finding,) = found.findings
    assert (finding.code.id, str(finding.at)) == ("D110", "content/measures.yaml:1:7")
    code, message, _ = found.problem("wait.latest")
    assert code == "V104"
    assert message == "“wait” has several rows for one month, and averages cannot be put together."
    assert found.text('wait.area("North").latest') == "5.0"


def test_a_file_that_could_not_be_read_is_told_there_and_not_wherever_it_is_wanted(tmp_path: Path) -> None:
    found = workspace(
        tmp_path,
        {
            "measures.yaml": "robbery: {title: Robbery, unit: offences, file: r.csv, source: S}\n",
            "data/r.csv": "month,value\n2015-12,many\n",
        },
    )
    assert found.told == [("content/data/r.csv:2:9", "D104")]
    found.unread("robbery.quarter")
    found.unread("robbery.change | up")
    assert found.problem("robbry.quarter")[0] == "V102"


def test_a_negative_count_is_told_and_nothing_raises(tmp_path: Path) -> None:
    rows = "".join(f"{each.year}-{each.month:02},{-3 if each == Month(2015, 6) else 20}\n" for each in MONTHS)
    found = workspace(
        tmp_path,
        {
            "measures.yaml": "robbery: {title: Robbery, unit: offences, file: r.csv, source: S}\n",
            "data/r.csv": f"month,value\n{rows}",
        },
    )
    assert found.told == [("content/data/r.csv:40", "D109")]
    for name in ("quarter", "judgement", "year_to_date.change", "average"):
        found.text(f"robbery.{name}")
    assert found.problem("robbery.projection.low")[0] == "V104"


def test_a_measure_without_rows_before_the_meeting_is_told(tmp_path: Path) -> None:
    found = workspace(
        tmp_path,
        {
            "measures.yaml": "robbery: {title: Robbery, unit: offences, file: r.csv, source: S}\n",
            "data/r.csv": "month,value\n2016-01,3\n2016-02,4\n",
        },
    )
    for name in ("quarter", "latest", "data_to", "average", "judgement", "rolling_total", "projection.low"):
        code, message, hint = found.problem(f"robbery.{name}")
        assert code == "V104"
        assert "robbery" in message
        assert hint


def test_a_reporting_period_that_is_no_quarter_has_no_quarter_of_its_own(tmp_path: Path) -> None:
    found = workspace(tmp_path, FILES, period=("2015-11-01", "2015-12-31"))
    two = months_period(Month(2015, 11), Month(2015, 12))
    before = months_period(Month(2015, 9), Month(2015, 10))
    assert found.quantity("burglary.period").value == burglary(two).total
    assert found.quantity("burglary.previous_period").value == burglary(before).total
    assert found.quantity("burglary.same_period_last_year").value == burglary(two.back(12)).total
    code, _, hint = found.problem("burglary.quarter")
    assert code == "V102"
    assert "quarter_of" in hint


@pytest.mark.parametrize(
    "expression",
    [
        'burglary.by(__class__="x")',
        'burglary.by(**{"kind": "Homes"})',
        "burglary.by(*['Homes'])",
        "burglary.quarter.__class__",
        "burglary.by.__globals__",
        "burglary['__class__']",
        "burglary.quarter.value.numerator",
        "burglary.view.book",
        "burglary.area('{0.__class__}').quarter",
        *("burglary.month('%s').x", "burglary.month(burglary.month)", "burglary.by(kind=[1, 2])"),
        *("burglary.by(kind=[['Homes']])", "burglary.by(kind=[])", "burglary.by(kind=())"),
        *("burglary.by(kind={'Homes': 1})", "burglary.by(kind='')", "burglary.by(kind=none)"),
        *("burglary.rolling(6.0)", "burglary.rolling(10 ** 9)", "burglary.rolling(-6)"),
        f"burglary.rolling({'9' * 400})",
        *("burglary.quarter * 1000000", "burglary.quarter ** burglary.quarter", "-burglary.quarter"),
        *("burglary.quarter if burglary else 1", "burglary.quarter | attr('__class__')"),
        *("burglary.quarter | map('x')", "burglary[0:9]", "burglary[0]", "lambda: burglary", "range(1000000)"),
        "[burglary.quarter, burglary.quarter]",
        "burglary.by" * 40,
        "burglary" + '.by(kind="Homes")' * 27,
        "burglary.quarter" + ".change_from(burglary.quarter)" * 16,
        "burglary.quarter.share_of(" * 18 + "burglary" + ")" * 18,
        "burglary.by(" * 100 + "burglary" + ")" * 100,
        "burglary.by(kind=" * 25 + "burglary" + ")" * 25,
        "burglary.by(kind=[" + "'Homes', " * 1_000_000 + "])",
        "(" * 240 + "burglary.quarter" + ")" * 240,
        "burglary.quarter" + " + burglary.quarter" * 25 + " + x",
        "burglary" + ".quarter" * 60,
    ],
    ids=lambda expression: expression[:40],
)
def test_nobody_reaches_python_or_makes_a_build_wait(expression: str, orchard: Workspace) -> None:
    started = time.process_time()
    code, message, hint = orchard.problem(expression)
    assert code in ("V101", "V102", "V103", "V104")
    assert message
    assert hint
    assert "<" not in message + hint
    assert time.process_time() - started < 1


NAMES = st.sampled_from(["burglary", "satisfied", "zeros", "yearly", "daily", "early", "rated", "grant", "x"])
PARTS = st.sampled_from(
    [
        *("quarter", "previous_quarter", "latest", "year_to_date", "last_year", "rolling_total", "average"),
        *("average_before", "change", "share", "projection", "peers", "judgement", "number", "percent", "low"),
        *("level", "movement", "rank", "period", "title", "per_day", "data_to", "by", "area", "month", "months"),
        *("quarter_of", "year", "rolling", "share_of", "change_from", "reason", "quarterly_average"),
    ]
)
WORDS = st.sampled_from(
    ["North", "Homes", "Nobody", "2015-11", "2014/15", "2014/15 Q2", "9999/00", "9999-12", "0001/02", "0001-01", ""]
) | st.text(max_size=6)


def called(arguments: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(arguments, max_size=3).map(lambda given: f"({', '.join(given)})")


def chains(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    word = WORDS.map(lambda text: '"' + text.replace("\\", "").replace('"', "") + '"')
    argument = (
        word
        | st.integers(-3, 200).map(str)
        | inner
        | st.tuples(st.sampled_from(["kind", "area", "force", "x"]), word).map("=".join)
        | st.lists(word, max_size=3).map(lambda words: f"area=[{', '.join(words)}]")
    )
    part = st.tuples(PARTS, st.just("") | called(argument)).map("".join)
    return st.tuples(inner, st.lists(part, min_size=1, max_size=3)).map(lambda pair: ".".join([pair[0], *pair[1]]))


FORMATS = st.sampled_from(["", " | sign", " | increase", " | words", " | fraction", " | number(1)", " | ordinal"])
EXPRESSIONS = st.tuples(
    st.recursive(NAMES, chains, max_leaves=4),
    st.sampled_from(["", "", " + burglary.quarter", " - early.latest", " / zeros.last_year"]),
    FORMATS,
).map("".join)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(expression=EXPRESSIONS)
def test_no_expression_raises(expression: str, orchard: Workspace) -> None:
    diagnostics = Diagnostics()
    value = evaluate(expression, at=HERE, facts=orchard.facts, diagnostics=diagnostics)
    assert (value is None) == (len(diagnostics) == 1)
    assert value is None or (value.text and value.sources)
