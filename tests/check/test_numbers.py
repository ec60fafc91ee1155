"""How numbers are read, and how many are bound to data; what the rules find stands in ``fixtures``."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papergen.check.share import Share, share_bound
from papergen.diagnostics import NOWHERE
from papergen.language.joints import SIGNS, joint, shape
from papergen.language.numbers import Sort
from papergen.language.passages import Passage, Place
from papergen.model.nodes import Paper, PaperKind, Section, Text
from tests.check.proof import reading, whole_meeting
from tests.support.builds import NORFOLK


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
        ("Under-18s", [Sort.AGE]),
        ("20mph zones, the A449 and 999 calls", [Sort.UNIT, Sort.CALL]),
        ("6.9 offences for every 1,000 people", [Sort.COUNT, Sort.UNIT]),
        ("Per 1,000 residents", [Sort.UNIT]),
        ("13,522 days were lost: 4.41% of them", [Sort.COUNT, Sort.PERCENTAGE]),
        ("regulations 15 and 16", [Sort.REFERENCE, Sort.REFERENCE]),
    ],
)
def test_numbers_are_known_for_what_they_are(text: str, sorts: list[Sort]) -> None:
    assert [each.sort for each in passage(text).numbers] == sorts


@given(st.text(alphabet="0123456789,.%£()-–:; abfromtohe\u00a0\n", max_size=80))
def test_reading_numbers_never_fails_and_keeps_their_places(text: str) -> None:
    words = passage(text)
    for each in words.numbers:
        assert text[each.start : each.end] == each.text


@given(st.text(alphabet="0129,.%£№¶¤#(): abfromtohe\n", max_size=80))
def test_a_shape_has_a_sign_for_each_figure_and_no_other_sign(text: str) -> None:
    words = passage(text)
    figures = [each for _, here in words.figures for each in here]
    of = shape(text, words.sentences, figures)
    assert list(of.figures.values()) == figures
    assert all(of.text[at] == SIGNS[each.sort] for at, each in of.figures.items())
    assert sum(map(of.text.count, SIGNS.values())) == len(figures)
    assert of.text.count("¶") == len(words.sentences)


def test_a_joint_gives_its_figures_by_their_roles_and_those_in_brackets_for_want_of_others() -> None:
    text = "There were 12 (9 of them new) in 3 towns. It cost £4 (£3 and £1)."
    words = passage(text)
    of = shape(text, words.sentences, [each for _, here in words.figures for each in here])
    assert of.text == "¶There were № (№ of them new) in № towns.¶It cost £ (£ and £)."
    (found,) = of.joints(joint(r"(total=£) (parts=\(.*?\))(none=x)?"))
    assert found.the("total").text == "£4"
    assert [each.text for each in found.every["parts"]] == ["£3", "£1"]
    assert (found.every["none"], found.says("none"), found.says("parts")) == ((), "", "(£ and £)")
    assert [each.text for each in of.between(0, of.text.index("towns"))] == ["12", "3"]


def test_the_share_of_numbers_bound_to_data() -> None:
    text = "There were {{ robbery.quarter }} robberies. On 1 May 2018, 3 of 20 cases (15%) under section 7."
    share = share_bound(reading(text))
    assert (share.bound, share.figures) == (1, 4)
    assert share.percentage == 25
    assert Share(0, 0).percentage == 100
    whole = share_bound(whole_meeting(NORFOLK, "2018-06-12"))
    assert whole.bound == whole.figures > 50
