"""What abbreviations need no spelling out, and to whom."""

from __future__ import annotations

import pytest

from papergen.language.abbreviations import EVERYBODY_KNOWS, MEANINGS, known_to
from papergen.language.lexicon import lines


@pytest.mark.parametrize(
    ("body", "known", "unknown"),
    [
        ("Netherby Schools Forum", "FSM", "CQC"),
        ("Three Rivers Ambulance Service NHS Trust", "ICB", "STEMI"),
        ("Eastmere Youth Justice Board", "YJS", "ETE"),
        ("Eastmere Police and Crime Panel", "NHS", "MARAC"),
    ],
)
def test_members_of_a_body_know_the_letters_of_its_field(body: str, known: str, unknown: str) -> None:
    assert known in known_to(body)
    assert unknown in MEANINGS
    assert unknown not in known_to(body)


def test_no_list_has_letters_that_another_makes_needless() -> None:
    listed = [*lines("abbreviations", " ")]
    assert len(set(listed)) == len(listed)
    assert not EVERYBODY_KNOWS & set(MEANINGS)
