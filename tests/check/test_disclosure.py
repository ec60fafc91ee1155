"""Small counts beside what is sensitive, and beside enough to tell who is meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papergen.check.reading import Reading
from papergen.check.rules.disclosure.people import small_counts
from papergen.diagnostics import Diagnostic
from tests.check.meetings import ANNEX, NOW, findings, norfolk, norfolk_with, page, paper_of, reading


@pytest.fixture(scope="module")
def norfolk_meeting(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    return norfolk_with(tmp_path_factory.mktemp("norfolk"), "Words.")


def found(of: Reading) -> list[Diagnostic]:
    return [each for code in ("C701", "C702", "C703") for each in findings(of, code)]


def codes(of: Reading) -> list[str]:
    return [each.code.id for each in found(of)]


@pytest.mark.parametrize(
    "sentence",
    [
        "2 further fatalities were foreign nationals who were car passengers not wearing seat belts.",
        "2 foreign nationals, car passengers not wearing seat belts, died.",
        "Of those who died, two were foreign nationals who wore no seat belt.",
        "Two people died. Both were foreign nationals, passengers without seat belts.",
        "Three people were hurt in Cromer when crossing the road.",
        "One was intoxicated, one distracted by a mobile phone, and one, a visitor from abroad, looked the wrong way.",
        "A 15-year-old girl was robbed in Thetford.",
        "Four women were attacked in King’s Lynn.",
        "Three of the victims were men aged 84 and over.",
    ],
)
def test_a_small_count_with_enough_beside_it_is_found(norfolk_meeting: Reading, sentence: str) -> None:
    assert codes(paper_of(norfolk_meeting, sentence)) == ["C702"]


@pytest.mark.parametrize(
    ("sentence", "attribute"),
    [
        ("Three of the victims were under 13.", "age"),
        ("Four rapes were recorded in the month.", "sexual offences"),
        ("There were 3 offences against Muslims in the quarter.", "religion"),
        ("One victim was transgender.", "sexual orientation"),
        ("Two of the complainants have a learning disability.", "disability"),
        ("Four people had tried suicide before.", "health"),
        ("Two offences were racially aggravated.", "ethnicity"),
        ("Two children were reported missing more than once.", "children"),
        ("Reports of offences against children: 3.", "children"),
        ("There were two reports of child sexual exploitation.", "children"),
    ],
)
def test_a_small_count_beside_a_sensitive_attribute_is_found(
    norfolk_meeting: Reading, sentence: str, attribute: str
) -> None:
    (diagnostic,) = found(paper_of(norfolk_meeting, sentence))
    assert diagnostic.code.id == "C701"
    assert attribute in diagnostic.message
    assert "::: waive C701 Signed off by" in diagnostic.hint


@pytest.mark.parametrize(
    "sentence",
    [
        "There were 14 rapes in the quarter, and 5 victims were children.",
        "Two reviews of provision for victims of rape are planned.",
        "Two reports on vulnerable children were published in May 2018.",
        "Women’s Aid has three more advisers for victims of domestic violence.",
        "One in four women has been a victim.",
        "1 in 20 children was reported missing.",
        "Part 2 deals with offences against children.",
        "Objective 3 is about children.",
        "Satisfaction rose by 3% among women in Norwich.",
        "More than one child was there.",
        "One person in each policing area looks after children at risk.",
        "The two forces together trained officers to help children in Norwich and Cromer.",
        "On 2 May 2018 children were taught in Norwich by officers.",
        "A three-year programme helps women in Thetford.",
        "Robbery came to 3 offences.",
        "Four times as many women were asked.",
        "The first two parts deal with men and women.",
        "Both chief constables visited a school in Norwich.",
    ],
)
def test_large_counts_and_numbers_of_other_things_are_let_pass(norfolk_meeting: Reading, sentence: str) -> None:
    assert codes(paper_of(norfolk_meeting, sentence)) == []


def test_a_number_from_data_counts_as_a_typed_one_does(tmp_path: Path) -> None:
    norfolk(tmp_path, {f"{ANNEX}/90-words.md": page("Words.\n\n{{ killed.latest | words }} women died in Cromer.")})
    with (tmp_path / "content/measures.yaml").open("a", encoding="utf-8") as file:
        file.write("\nkilled:\n  title: Killed\n  unit: people\n  file: killed.csv\n  source: Constructed\n")
    (tmp_path / "content/data/killed.csv").write_text("month,value\n2018-02,5\n2018-03,2\n", encoding="utf-8")
    ((code, line, message),) = [(each.code.id, each.at.line, each.message) for each in found(reading(tmp_path, NOW))]
    assert (code, line) == ("C702", 8)
    assert message.startswith("“two women”")


@pytest.mark.parametrize(
    ("caption", "table"),
    [
        ("Hate crime by strand", [("Strand", "Offences"), ("Race", "41"), ("Religion", "3")]),
        ("Offences", [("Offence", "2016/17", "2017/18"), ("Rape", "4", "11")]),
        ("Victims", [("Age", "Men", "Women"), ("Under 18", "12", "2")]),
        ("Deaths", [("Place", "Pedestrian", "Car driver"), ("Norwich", "6", "1")]),
    ],
)
def test_small_counts_in_a_table_are_found_once(
    norfolk_meeting: Reading, caption: str, table: Sequence[Sequence[str]]
) -> None:
    assert codes(paper_of(norfolk_meeting, caption=caption, table=table)) == ["C703"]


@pytest.mark.parametrize(
    ("caption", "table"),
    [
        ("Offences", [("Offence", "Quarter"), ("Robbery", "3"), ("Theft", "2")]),
        ("Offences against children", [("Offence", "Quarter"), ("Robbery", "0"), ("Theft", "12")]),
        ("Sexual offences", [("Force", "Rank"), ("Norfolk", "3"), ("Suffolk", "4")]),
        ("Sexual offences", [("Force", "Change"), ("Norfolk", "+3"), ("Suffolk", "3%")]),
        ("Deaths", [("Place", "2016/17", "2017/18"), ("Norwich", "6", "1")]),
    ],
)
def test_tables_of_other_things_are_let_pass(
    norfolk_meeting: Reading, caption: str, table: Sequence[Sequence[str]]
) -> None:
    assert codes(paper_of(norfolk_meeting, caption=caption, table=table)) == []


@given(st.text(alphabet="1234 onetw,.:;’both-children were victims of Norwich\u00a0\n", max_size=80))
def test_any_words_are_read_and_what_is_found_stands_in_them(text: str) -> None:
    for count in small_counts(text, 5):
        assert 0 <= count.start < count.end <= len(text)
        assert " ".join(text[count.start : count.end].split()) == count.text


@given(st.integers(min_value=2, max_value=50), st.integers(min_value=0, max_value=10_000))
def test_a_count_is_small_below_the_threshold_alone(threshold: int, more: int) -> None:
    number = threshold + more
    assert not list(small_counts(f"There were {number:,} children and {number} victims.", threshold))
    assert list(small_counts(f"There were {threshold - 1} children.", threshold))


def test_the_panel_sets_the_threshold(norfolk_meeting: Reading) -> None:
    text, table = "Seven women were attacked.", [("Strand", "Offences"), ("Religion", "9")]
    assert codes(paper_of(norfolk_meeting, text, caption="Hate crime", table=table)) == []
    panel = norfolk_meeting.settings.panel.model_copy(update={"disclosure_threshold": 10})
    higher = replace(norfolk_meeting, settings=replace(norfolk_meeting.settings, panel=panel))
    told = found(paper_of(higher, text, caption="Hate crime", table=table))
    assert [each.code.id for each in told] == ["C701", "C703"]
    assert "fewer than 10" in told[0].message
    assert "below 10" in told[1].message
