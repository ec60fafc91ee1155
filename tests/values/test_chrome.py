"""The words that papergen prints round the text: every language has all of them, and no writer has words of its own."""

from __future__ import annotations

import ast
import re
from dataclasses import fields
from datetime import date

import pytest
import yaml

from papergen.values.chrome import Chrome, chrome, languages
from papergen.values.formats import print_fact
from papergen.values.periods import NBSP, Month, Period, months_period, print_weekday
from tests.support.code import PACKAGE, tree_of

FILES = PACKAGE / "values" / "chrome"

NAMES_OF_OTHERS = {
    "exhibits/charts/control.py": {"Target"},
    "exhibits/charts/seasonal.py": {"All"},
    "exhibits/charts/snapshot.py": {"Decreasing", "No change", "Increasing", "Type", "Share", "Direction"},
    "write/styles.py": {"Figure"},
    "write/pdf/repairs/blocks.py": {"Table", "Figure", "Upper", "Lower"},
    "write/pdf/repairs/boxes.py": {"Figure", "Table"},
    "write/pdf/repairs/notes.py": {"Note"},
    "write/pdf/repairs/writing.py": {"Figure"},
}
"""Names of Word's styles and of the tags of PDFs, printed nowhere, and words of sentences that are always English."""


ABOUT_PAPERS = ("write/sample.py", "write/web/findings.py", "papers/printed_text.py")
"""The preview of a template, the findings shown in a draft, and what a signature holds for."""


def typed(language: str) -> dict[str, object]:
    found = yaml.safe_load((FILES / f"{language}.yaml").read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def test_every_language_has_the_same_words_for_the_same_things() -> None:
    assert languages() == ("cy", "en")
    english = typed("en")
    assert {each.name for each in fields(Chrome)} == english.keys()
    for language in languages():
        words = typed(language)
        assert list(words) == list(english)
        for key, each in words.items():
            braces = [sorted(re.findall(r"\{\w+\}", str(found))) for found in (each, english[key])]
            assert braces[0] == braces[1], key
            assert isinstance(each, list) is isinstance(english[key], list)
            if isinstance(each, list):
                assert len(each) == len(english[key])  # type: ignore[arg-type]


def test_words_that_nobody_reviewed_say_so() -> None:
    assert "REVIEWED BY NOBODY" in (FILES / "cy.yaml").read_text(encoding="utf-8")


def _words(node: ast.AST) -> str:
    """What a node prints by itself: text with a capital, or the one piece of text beside what an f-string fills in."""
    match node:
        case ast.Constant(value=str(text)) if text[:1].isupper():
            return text
        case ast.JoinedStr(values=[ast.Constant(value=str(text)), ast.FormattedValue()]):
            return text
        case _:
            return ""


@pytest.mark.parametrize("room", ["write", "papers", "exhibits"])
def test_no_writer_has_words_of_its_own(room: str) -> None:
    known = {
        word.casefold()
        for each in typed("en").values()
        for words in (each if isinstance(each, list) else [each])
        if (word := re.sub(r"\W*\{\w+\}\W*", "", str(words)).strip()) and len(word) > 2
    }
    found = []
    for path in sorted((PACKAGE / room).rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        for node in ast.walk(tree_of(path)):
            word = _words(node).strip(" :,.")
            is_name = word.isupper() or word in NAMES_OF_OTHERS.get(name, ())
            if word.casefold() in known and not is_name and name not in ABOUT_PAPERS:
                found.append(f"{name}: {word}")
    assert found == []


def test_days_and_periods_in_welsh() -> None:
    welsh = chrome("cy")
    day = date(2016, 2, 2)
    quarter = months_period(Month(2015, 10), Month(2015, 12))
    assert print_fact(day, welsh) == f"2{NBSP}Chwefror 2016"
    assert print_weekday(day, welsh) == f"Dydd Mawrth 2{NBSP}Chwefror 2016"
    assert print_fact(quarter, welsh) == f"1{NBSP}Hydref i 31{NBSP}Rhagfyr 2015"
    assert quarter.months_in(welsh) == "Hydref i Ragfyr 2015"
    assert quarter.quarter_in(welsh) == "trydydd chwarter 2015/16"
    assert print_fact(Month(2015, 12), welsh) == "Rhagfyr 2015"
    assert print_fact(("Powys", "Penfro", "Gwent"), welsh) == "Powys, Penfro, Gwent"
    assert Period(date(2015, 12, 1), date(2016, 2, 29)).months_in(welsh) == "Rhagfyr 2015 i Chwefror 2016"
    assert (welsh.pages_of(2), chrome().pages_of(1), chrome().pages_of(2)) == ("tudalennau: 2", "1 page", "2 pages")
    assert (welsh.listed(("a", "b", "c", "d"), 2), chrome().listed(("a", "b", "c", "d"), 2)) == (
        "a, b, 2 arall",
        "a, b and 2 more",
    )
    assert chrome("cy-GB") is not chrome("en-GB")
    assert chrome("cy-GB") == welsh
