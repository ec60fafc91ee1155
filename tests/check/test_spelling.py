"""The British dictionary: its words, its suggestions, and American forms."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papergen.language.spelling import british, british_form, is_rare


@pytest.mark.parametrize("word", ["likes", "uncovered", "tried", "Monday", "Like", "LIKE", "MONDAY", "café", "Board’s"])
def test_words_are_known_in_all_their_forms(word: str) -> None:
    assert british().knows(word)


@pytest.mark.parametrize("word", ["unlikes", "tryed", "untry", "monday", "lik", "organize"])
def test_no_others_are_known(word: str) -> None:
    assert not british().knows(word)


@pytest.mark.parametrize("word", ["aardwolf", "subdural", "quinquinas", "aa", "étuis"])
def test_rare_words_are_right(word: str) -> None:
    assert is_rare(word)


@pytest.mark.parametrize("word", ["", "wich", "publically", "recieve", "zzzz", "subdura"])
def test_no_slips_are_rare_words(word: str) -> None:
    assert not is_rare(word)


def test_a_rude_word_is_never_suggested() -> None:
    assert british().near("shitt") != "shit"


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("preceeding", "preceding"),
        ("recieve", "receive"),
        ("seperate", "separate"),
        ("accomodation", "accommodation"),
        ("goverment", "government"),
        ("comittee", "committee"),
        ("teh", "the"),
        ("reccomend", "recommend"),
        ("definately", "definitely"),
        ("Goverment", "Government"),
        ("monday", "Monday"),
        ("wednsday", "Wednesday"),
    ],
)
def test_common_slips_have_their_word_suggested(wrong: str, right: str) -> None:
    assert not british().knows(wrong)
    assert british().near(wrong) == right


@pytest.mark.parametrize(
    ("american", "form"),
    [
        ("organization", "organisation"),
        ("color", "colour"),
        ("center", "centre"),
        ("centered", "centred"),
        ("Neighborhoods", "Neighbourhoods"),
        ("analyzed", "analysed"),
        ("traveled", "travelled"),
        ("fulfill", "fulfil"),
        ("defense", "defence"),
        ("pediatric", "paediatric"),
        ("programs", "programmes"),
        ("catalogs", "catalogues"),
        ("victimized", "victimised"),
    ],
)
def test_american_forms_have_their_british_ones(american: str, form: str) -> None:
    assert british_form(american) == form


@pytest.mark.parametrize(
    "word", ["size", "prize", "seize", "director", "older", "meter", "colour", "travelled", "fuller", "tense"]
)
def test_british_words_are_not_american(word: str) -> None:
    assert british_form(word) is None


@given(st.text(max_size=60))
def test_any_word_has_an_answer(word: str) -> None:
    dictionary = british()
    dictionary.knows(word)
    near = dictionary.near(word)
    assert near is None or dictionary.knows(near)
    british_form(word)


def test_a_word_that_no_hand_typed_is_answered_at_once() -> None:
    start = time.process_time()
    assert british().near("x" * 100_000) is None
    assert time.process_time() - start < 1
