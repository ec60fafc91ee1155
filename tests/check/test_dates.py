"""How times are read; what the rules of dates find stands in ``fixtures``."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papergen.check.reading import Reading
from papergen.check.registry import RULES
from papergen.check.rules.dates.dating import Time, times
from papergen.diagnostics import Severity
from papergen.language.dates import stamps
from papergen.values.periods import print_day
from tests.check.proof import ANNEX, findings, reading, reading_of, workspace_text

# The Norfolk meeting is on Tuesday 12 June 2018, for January to March 2018; its plan is of April 2016 to March 2020.


@pytest.mark.parametrize(
    ("text", "starts", "ends"),
    [
        ("by April 2020", "1 April 2020", "30 April 2020"),
        ("since October 2015", "1 October 2015", "31 October 2015"),
        ("on 5 February", "5 February 2018", "5 February 2018"),
        ("in 2015/16", "1 April 2015", "31 March 2016"),
        ("from October to December 2017", "1 October 2017", "31 December 2017"),
        ("1 to 5 June 2018", "1 June 2018", "5 June 2018"),
        ("on 12/06/2018", "12 June 2018", "12 June 2018"),
    ],
)
def test_the_days_that_are_meant(text: str, starts: str, ends: str) -> None:
    (time,) = of_words(reading(f"It is told {text}, they say."))
    assert (print_day(time.period.starts), print_day(time.period.ends)) == (
        starts.replace(" ", "\u00a0", 1),
        ends.replace(" ", "\u00a0", 1),
    )
    assert time.text in text


def of_words(of: Reading) -> list[Time]:
    return [each for each in times(of) if each.passage.at.file.startswith("content/2018-06-12/annex/")]


def test_the_words_of_a_month_that_are_other_words() -> None:
    text = "Members may march. May be. They met in May, in March 2018 and from May to July 2017."
    wordings = [(each.text, each.wording) for each in of_words(reading(text))]
    assert wordings == [
        ("May", "month"),
        ("March 2018", "month"),
        ("May to July 2017", "span"),
    ]


@given(st.text(alphabet="0123456789 /–-,JanuaryMarchMayDecember of toandsthrd\u00a0", max_size=80))
def test_reading_dates_never_fails(text: str) -> None:
    for stamp in stamps(text):
        assert 0 <= stamp.start < stamp.end <= len(text)
        stamp.period(stamp.year or 2018)


def test_a_report_on_a_year_may_name_a_weekday_of_the_next() -> None:
    year = workspace_text("2018-06-12/meeting.yaml").replace("from: 2018-01-01", "from: 2017-04-01")
    section = (ANNEX, "It meets on Tuesday 19 June. It met on Tuesday 17 October. It met on Wednesday 7 June.")
    of = reading_of([section], settings={"2018-06-12/meeting.yaml": year})
    assert [each.message for code in ("C203", "C208") for each in findings(code, of)] == []


def test_certain_slips_are_errors() -> None:
    errors = {rule.code.id for rule in RULES if rule.code.id.startswith("C2") and rule.code.severity is Severity.ERROR}
    assert errors == {"C203", "C206", "C207"}
