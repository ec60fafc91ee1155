"""Rules about figures: what each must find, and what it must leave alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papergen.check.rules.numbers.beside_data import Share, share_bound
from papergen.diagnostics import NOWHERE
from papergen.language.numerals import Sort, numerals
from papergen.language.passages import Passage, Place
from papergen.model.nodes import Paper, PaperKind, Section, Text
from tests.check.meetings import NOW, findings, reading, with_words
from tests.support.builds import NORFOLK

# In the Norfolk workspace: robbery.quarter is 97, previous_quarter 139; theft.quarter 4,363; violence.quarter 4,576.


def passage(text: str, place: Place = Place.TEXT) -> Passage:
    section = Section(title=(Text(text="Words"),), level=1)
    paper = Paper(name="p", kind=PaperKind.REPORT, title="P", template="p", fields={}, sections=(section,))
    return Passage(text, (), (), (), place, NOWHERE, section, paper)


@pytest.mark.parametrize(
    ("text", "sorts"),
    [
        ("On 2 February 2016 and on 1October, the 21st January 2016 and 2015/16", [Sort.DATE] * 4),
        ("The 3rd of 8 forces", [Sort.ORDINAL, Sort.COUNT]),
        ("See section 28 and Objective 7 of Part 2, Table 4 and section 12(3)", [Sort.REFERENCE] * 6),
        ("£452,000 was released, and £1.2 million more", [Sort.MONEY, Sort.MONEY]),
        ("within 20 minutes, over 6 months, 28 days and 40 hours", [Sort.SPAN] * 4),
        ("people under 18, the under-18s, and a girl aged 16", [Sort.AGE] * 3),
        ("20mph zones, the A449 and 999 calls", [Sort.UNIT, Sort.CALL]),
        ("6.9 offences for every 1,000 people", [Sort.COUNT, Sort.UNIT]),
        ("13,522 days were lost: 4.41% of them", [Sort.COUNT, Sort.PERCENTAGE]),
        ("regulations 15 and 16", [Sort.REFERENCE, Sort.REFERENCE]),
    ],
)
def test_numbers_are_known_for_what_they_are(text: str, sorts: list[Sort]) -> None:
    assert [each.sort for each in numerals(passage(text))] == sorts


@given(st.text(alphabet="0123456789,.%£()-–:; abfromtohe\u00a0\n", max_size=80))
def test_reading_numbers_never_fails_and_keeps_their_places(text: str) -> None:
    words = passage(text)
    for each in numerals(words):
        assert text[each.start : each.end] == each.text


TRIGGERS = [
    # typed, and bound nearby or given by the section's measures
    (
        "C101",
        "There were {{ theft.quarter }} thefts.\n\nOf the 4,363 thefts, some were of bicycles.",
        "",
    ),
    ("C101", "There were 97 robberies in the quarter.", "robbery"),
    ("C101", "In the quarter robbery fell by 30%.", "robbery"),
    ("C101", "The force recorded 4,363 thefts.", "theft"),
    # near the data, and not the same
    ("C102", "There were {{ theft.quarter }} thefts.\n\nThe 4,336 thefts were looked at.", ""),
    ("C102", "There were 94 robbery offences in the quarter.", "robbery"),
    # percentages and counts
    ("C103", "They were 145 people, of whom 134 (29%) were victims once.", ""),
    ("C103", "Of 200 cases, 25% (40) were closed.", ""),
    ("C103", "There were 97 robberies, against 139 in the quarter before: a fall of 35%.", ""),
    ("C103", "Reports went up from 100 to 150, a 40% increase.", ""),
    # sums
    (
        "C104",
        "There were 127 vacancies; 33 of these were filled for a time, the remaining 49 were not.",
        "",
    ),
    ("C104", "There are 102 volunteers. Another 107 watch speeds, which brings the total to 290.", ""),
    ("C104", "There were 153 offences: 100 in towns, 40 in villages and 10 elsewhere.", ""),
    ("C104", "Three types are 80% of it, namely theft (46%), fraud (19%) and damage (5%).", ""),
    ("C104", "On average there is a 40%:50% split.", ""),
    ("C104", "| Who | Number |\n|---|---:|\n| A | 102 |\n| B | 107 |\n| **Total** | 290 |", ""),
    (
        "C104",
        "| Area | April | May | June | Total |\n|---|---:|---:|---:|---:|\n| Coast | 10 | 20 | 30 | 66 |",
        "",
    ),
    # directions
    ("C105", "Reports rose to 883, compared with 920 in the quarter before.", ""),
    (
        "C105",
        "There were 883 reports, compared with 920 before. The increase is due to weather.",
        "",
    ),
    ("C105", "The share fell from 5.2% to 5.7%.", ""),
    ("C105", "Robbery rose by {{ robbery.quarter.change | percent }}.", ""),
    ("C105", "There was a {{ robbery.quarter.change | percent }} increase in robbery.", ""),
    ("C105", "Robbery rose by {{ robbery.quarter.change | sign }}.", ""),
    ("C105", "Robbery rose: {{ robbery.quarter.change | increase }} on the quarter.", ""),
    # bases
    (
        "C106",
        "14% of all recorded crime in the last quarter was domestic abuse related. "
        "5,059 domestic abuse offences & crimed incidents were recorded in the quarter.",
        "",
    ),
    (
        "C106",
        "Thefts were 5% above the previous quarter, and 7% below the same quarter last year. Robbery was up 4%.",
        "",
    ),
]


@pytest.mark.parametrize(
    ("code", "text", "measures"), TRIGGERS, ids=[f"{row[0]}-{i}" for i, row in enumerate(TRIGGERS)]
)
def test_a_rule_finds(tmp_path: Path, code: str, text: str, measures: str) -> None:
    found = findings(with_words(tmp_path, text, measures=measures), code)
    assert len(found) == 1
    assert found[0].at.line > 5
    assert found[0].message.endswith(".")
    assert found[0].hint


LEFT_ALONE = [
    (
        "C101",
        "There were {{ robbery.quarter }} robberies. Each takes 97 minutes, at £97, under section 97.",
        "",
    ),
    ("C101", "In the quarter robbery rose by 30%.", "robbery"),
    ("C101", "{{ theft.quarter }} thefts on 12 June 2018; 4 of them were near.", "theft"),
    ("C101", "The A97 was closed for 97 days.", "robbery"),
    (
        "C102",
        "There were {{ theft.quarter }} thefts, after 4,500 thefts in the quarter before.",
        "",
    ),
    ("C102", "There were about 100 robbery offences in the quarter.", "robbery"),
    ("C102", "In the quarter 12 robbery offences were near a school.", "robbery"),
    ("C102", "There were 97 robbery offences in the quarter.", "robbery"),
    (
        "C103",
        "They were 145 people, of whom 134 (92%) were victims once and 11 more than once.",
        "",
    ),
    ("C103", "In December 5% (203) of all victims were repeat victims.", ""),
    ("C103", "There were 120 before; now 153, a 28% increase.", ""),
    ("C103", "There were 443 offences, an increase of 13 offences (3%).", ""),
    ("C103", "Between 9,467 and 9,749 (27%–30% higher than 2014/15).", ""),
    ("C103", "More than 9 out of 10 (91%) were attended within 20 minutes.", ""),
    ("C103", "There were 97 robberies, against 139 in the quarter before: a fall of 30%.", ""),
    (
        "C104",
        "There were 127 vacancies; 33 of these were filled for a time, the remaining 94 were not.",
        "",
    ),
    ("C104", "Of 40 children, of whom 30 were under 18, 25 were in care.", ""),
    ("C104", "Three types are 80% of it, namely theft (46%), fraud (19%) and damage (15%).", ""),
    ("C104", "There were 10 deaths: 3 on foot and 2 in cars.", ""),
    (
        "C104",
        "| Area | Groups | April | May | Total |\n|---|---:|---:|---:|---:|\n| Coast | 9 | 100 | 20 | 120 |",
        "",
    ),
    ("C104", "| Who | Share (%) |\n|---|---:|\n| A | 50 |\n| B | 40 |\n| Total | 43 |", ""),
    ("C105", "Reports fell to 883, compared with 920 in the quarter before.", ""),
    ("C105", "Sickness improved, from 5.7% to 5.2%.", ""),
    ("C105", "Reports did not rise: 883, compared with 920 before.", ""),
    ("C105", "Theft rose by 3% while robbery fell from 139 to 97.", ""),
    ("C105", "Robbery {{ robbery.quarter.change | rose }} from the quarter before.", ""),
    ("C105", "Robbery fell by {{ robbery.quarter.change | percent }}.", ""),
    (
        "C105",
        "Robbery rose last year, but in the quarter: {{ robbery.quarter.change | increase }}.",
        "",
    ),
    (
        "C106",
        "14% of all recorded crime was domestic abuse offences. "
        "5,059 domestic abuse offences & crimed incidents were counted.",
        "",
    ),
    ("C106", "Robbery was up 4% on the quarter before, and down 3% on 2014/15.", ""),
]


@pytest.mark.parametrize(
    ("code", "text", "measures"), LEFT_ALONE, ids=[f"{row[0]}-{i}" for i, row in enumerate(LEFT_ALONE)]
)
def test_a_rule_leaves_alone(tmp_path: Path, code: str, text: str, measures: str) -> None:
    assert [str(each) for each in findings(with_words(tmp_path, text, measures=measures), code)] == []


def test_totals_that_differ_between_the_papers(tmp_path: Path) -> None:
    other = with_words(
        tmp_path / "a", "There are 209 police volunteers.", report="Norfolk has 290 police volunteers, near 209."
    )
    assert findings(other, "C107") == []  # too far apart to be the same thing
    near = with_words(tmp_path / "b", "There are 209 police volunteers.", report="Norfolk has 219 police volunteers.")
    (finding,) = findings(near, "C107")
    assert "219 police volunteer" in finding.message
    assert "panel-report" in finding.at.file
    same = with_words(tmp_path / "c", "There are 209 police volunteers.", report="Norfolk has 209 police volunteers.")
    assert findings(same, "C107") == []
    times = "There were 219 police volunteers in 2016/17."
    assert findings(with_words(tmp_path / "d", "209 police volunteers.", report=times), "C107") == []


def test_the_place_is_that_of_the_number(tmp_path: Path) -> None:
    (finding,) = findings(with_words(tmp_path, "Words.\n\nThe share fell from 5.2% to 5.7%."), "C105")
    assert (finding.at.line, finding.at.column) == (8, 11)


def test_the_share_of_numbers_bound_to_data(tmp_path: Path) -> None:
    text = "There were {{ robbery.quarter }} robberies. On 1 May 2018, 3 of 20 cases (15%) under section 7."
    share = share_bound(with_words(tmp_path, text))
    assert (share.bound, share.figures) == (1, 4)
    assert share.percentage == 25
    assert Share(0, 0).percentage == 100
    whole = share_bound(reading(NORFOLK, NOW))
    assert whole.bound == whole.figures > 50
