"""Rules about periods: what each must find, what it must leave alone, and how times are classed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papergen.check.reading import Reading
from papergen.check.registry import RULES
from papergen.check.rules.dates.dating import Against, Time, TimeWording, stamps, times
from papergen.diagnostics import Severity
from papergen.values.periods import print_day
from tests.check.meetings import findings, with_words

# The Norfolk meeting is on Tuesday 12 June 2018, for January to March 2018; its plan is of April 2016 to March 2020.

TRIGGERS = [
    ("C206", "This report covers the time period 1January – 31 March 2019 (unless otherwise stated)."),
    ("C206", "It covers 1 January to 31 March 2019 unless a section says otherwise."),
    ("C206", "This report covers January to March 2017."),
    ("C201", "The figures cover 1 April to 30 June 2018."),
    ("C201", "From January to September 2018 the force recorded more."),
    ("C202", "In the quarter, January to February 2018, there was more."),
    ("C202", "In the first quarter (February to April 2018) there was more."),
    ("C202", "The financial year from 1 January 2017 to 31 December 2017 was better."),
    ("C202", "The six months from 1 October 2017 to 30 April 2018 were better."),
    ("C203", "The board met on Monday 12 June 2018."),
    ("C203", "The board met on Tuesday, the 13th of June."),
    ("C204", "2016/17 is set beside 2017/18. In May there were fewer."),
    ("C204", "It was so in 2016 and in 2017. Since October it is better."),
    ("C205", "A second workshop is scheduled for May 2018."),
    ("C205", "The results are due to be released on 21st May 2018."),
    ("C205", "This issue will be discussed at the group’s meeting in May and details shared."),
    ("C205", "A workshop is to be held on 3 June."),
    ("C205", "Recruitment will be completed by April 2018."),
    ("C207", "It was signed on 31 April 2018."),
]


@pytest.mark.parametrize(("code", "text"), TRIGGERS, ids=[f"{row[0]}-{i}" for i, row in enumerate(TRIGGERS)])
def test_a_rule_finds(tmp_path: Path, code: str, text: str) -> None:
    found = findings(with_words(tmp_path, text), code)
    assert len(found) == 1
    assert found[0].at.line == 6
    assert found[0].message.endswith(".")
    assert found[0].hint


LEFT_ALONE = [
    ("C206", "This report covers 1 January to 31 March 2018."),
    ("C206", "It is compared with January to March 2017."),
    ("C206", "The next report will cover 1 January to 31 March 2019."),
    ("C201", "The Norfolk test plan runs from 1 April 2016 to 31 March 2020."),
    ("C201", "The contract from January 2018 to March 2019 was agreed; funding is for a term of years."),
    ("C201", "The force recorded more from April to May 2018."),
    ("C201", "The next report will cover April to June 2018."),
    ("C202", "In the quarter, January to March 2018, there was more."),
    ("C202", "In the fourth quarter of 2017/18 (January to March 2018) there was more."),
    ("C202", "In the year from 1 April 2017 to 31 March 2018 there was more."),
    ("C202", "The twelve months from October 2016 to September 2017 were better."),
    ("C202", "In the quarter 552 homes were entered; from May to November 2017 fewer."),
    ("C203", "The board met on Tuesday 12 June 2018, and on Wed 13 June."),
    ("C203", "The market on Sunday was in June 2018."),
    ("C204", "In May there were fewer. In February too."),
    ("C204", "2016/17 is set beside 2017/18. Every December there is more."),
    ("C204", "2016/17 is set beside 2017/18. Members may March in May 2018."),
    (
        "C204",
        "From May to November 2017 there were 5, and in 2018 more. The count for March is incomplete.",
    ),
    ("C205", "A second workshop was scheduled for May 2018."),
    ("C205", "The results were due on 21 May 2018 and belong in the report of June 2018."),
    ("C205", "A second workshop is scheduled for July 2018."),
    ("C205", "The group will use the figures published in December 2017."),
    ("C205", "The project, introduced in January 2018, will bring the teams together."),
    ("C205", "The gap is due to the change of system in April 2018."),
    ("C205", "A PCC is elected in May 2020; it will be for the new PCC to decide."),
    ("C205", "The recommendations will be agreed by the forces that met in May 2018."),
    ("C207", "It was signed on 29 February 2016 and on 30 April."),
]


@pytest.mark.parametrize(("code", "text"), LEFT_ALONE, ids=[f"{row[0]}-{i}" for i, row in enumerate(LEFT_ALONE)])
def test_a_rule_leaves_alone(tmp_path: Path, code: str, text: str) -> None:
    assert [str(each) for each in findings(with_words(tmp_path, text), code)] == []


@pytest.mark.parametrize(
    ("text", "starts", "ends", "report", "meeting", "plan"),
    [
        ("last quarter", "1 January 2018", "31 March 2018", "within", "before", "within"),
        ("the previous quarter", "1 October 2017", "31 December 2017", "before", "before", "within"),
        ("to date", "1 January 2018", "12 June 2018", "across", "across", "within"),
        ("next month", "1 July 2018", "31 July 2018", "after", "after", "within"),
        ("by April 2020", "1 April 2020", "30 April 2020", "after", "after", "after"),
        ("since October 2015", "1 October 2015", "31 October 2015", "across", "across", "across"),
        ("recently", "12 March 2018", "11 June 2018", "across", "before", "within"),
        ("imminently", "12 June 2018", "12 June 2019", "after", "across", "within"),
        ("in the coming months", "12 June 2018", "12 June 2019", "after", "across", "within"),
        ("on 5 February", "5 February 2018", "5 February 2018", "within", "before", "within"),
        ("in 2015/16", "1 April 2015", "31 March 2016", "before", "before", "before"),
        ("from October to December 2017", "1 October 2017", "31 December 2017", "before", "before", "within"),
        ("1 to 5 June 2018", "1 June 2018", "5 June 2018", "after", "before", "within"),
        ("on 12/06/2018", "12 June 2018", "12 June 2018", "after", "within", "within"),
    ],
)
def test_times_are_classed(
    tmp_path: Path, text: str, starts: str, ends: str, report: str, meeting: str, plan: str
) -> None:
    (time,) = of_words(with_words(tmp_path, f"It is told {text}, they say."))
    assert (print_day(time.period.starts), print_day(time.period.ends)) == (
        starts.replace(" ", "\u00a0", 1),
        ends.replace(" ", "\u00a0", 1),
    )
    assert (time.report, time.meeting, time.plan) == (Against(report), Against(meeting), Against(plan))
    assert time.text in text


def of_words(reading: Reading) -> list[Time]:
    return [each for each in times(reading) if each.passage.at.file.endswith("90-words.md")]


def test_the_words_of_a_month_that_are_other_words(tmp_path: Path) -> None:
    text = "Members may march. May be. They met in May, in March 2018 and from May to July 2017."
    wordings = [(each.text, each.wording) for each in of_words(with_words(tmp_path, text))]
    assert wordings == [
        ("May", TimeWording.MONTH),
        ("March 2018", TimeWording.MONTH),
        ("May to July 2017", TimeWording.SPAN),
    ]


@given(st.text(alphabet="0123456789 /–-,JanuaryMarchMayDecember of toandsthrd\u00a0", max_size=80))
def test_reading_dates_never_fails(text: str) -> None:
    for stamp in stamps(text):
        assert 0 <= stamp.start < stamp.end <= len(text)
        stamp.period(stamp.year or 2018)


def test_certain_slips_are_errors() -> None:
    errors = {rule.code.id for rule in RULES if rule.code.id.startswith("C2") and rule.code.severity is Severity.ERROR}
    assert errors == {"C203", "C206", "C207"}
