"""Plain words: what each rule must find, and what it must let pass."""

from __future__ import annotations

import time
from collections import deque
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papergen.check.registry import RULES
from papergen.diagnostics import Diagnostic
from papergen.model.nodes import Paragraph, Section, Text
from tests.check.language import found_in, reading_of, reading_with

MOST_LETTERS = 20_000


def find(code: str, text: str, *, known: tuple[str, ...] = ()) -> list[Diagnostic]:
    return found_in(reading_with(text, known=known), code)


MUST = [
    ("C501", "The EQRU meets in May.", 5, 5, "“EQRU”"),
    ("C501", "The PDRs are late.", 5, 5, "“PDR”"),
    ("C501", "Officers watch TOIL/RDIL closely.", 5, 16, "“TOIL”"),
    ("C503", "The figures are NOT to be published.", 5, 17, "“NOT”"),
    ("C503", "The figures were PUBLISHED early.", 5, 18, "“PUBLISHED”"),
    ("C504", "The force met the\nthe Panel in May.", 5, 1, "“the the”"),
    ("C504", "It was was late.", 5, 4, "“was was”"),
    ("C505", "Most were green (achieved or likely. The other was amber.", 5, 17, "“(achieved or likely.”"),
    ("C505", "Most were green, achieved or likely). The other was amber.", 5, 30, "“likely)”"),
    ("C505", "He called it “a good year. The Panel agreed.", 5, 14, "quotation mark"),
    ("C505", "He called it ‘a good year. The Panel agreed.", 5, 14, "quotation mark"),
    ("C506", "This covers 1October to 31 December.", 5, 13, "“1October”"),
    ("C506", "It ended in December2015 at last.", 5, 13, "“December2015”"),
    ("C506", "The year ended.Next year begins.", 5, 10, "“ended.Next”"),
    ("C506", "In May,June and July it rained.", 5, 4, "“May,June”"),
    ("C506", "It rained ( a lot) in May.", 5, 11, "“( a”"),
    ("C506", "It rained (a lot ) in May.", 5, 14, "“lot )”"),
    ("C506", "Items included .the terms of reference.", 5, 7, "“included .the”"),
    ("C506", "The report for October –December is late.", 5, 16, "“October –December”"),
    ("C506", "It rained(again and again) in May.", 5, 4, "“rained(again”"),
    ("C507", "It rained in May,, and in June.", 5, 14, "“May,,”"),
    ("C507", "It rained in May.. June was dry.", 5, 14, "“May..”"),
    ("C507", "It rained in May,.", 5, 14, "“May,.”"),
    ("C508", "The organization has a center for behavior.", 5, 5, "“organization”"),
    ("C508", "A safety program was analyzed.", 5, 10, "“program”"),
    ("C509", "The preceeding quarter was wet.", 5, 5, "“preceeding”"),
    ("C509", "Preceeding quarters were wet.", 5, 1, "“Preceeding”"),
    ("C509", "The goverment-funded scheme ended.", 5, 5, "“goverment”"),
    ("C509", "It met on monday.", 5, 11, "“monday”"),
    ("C510", "Analysis has show that it must change.", 5, 10, "“has show”"),
    ("C510", "The remit is currently been designed.", 5, 11, "“is currently been”"),
    ("C510", "It 2015 the area was selected.", 5, 1, "“It 2015”"),
    ("C510", "They should of known.", 5, 6, "“should of”"),
    ("C510", "This is a increase in number.", 5, 9, "“a increase”"),
]


@pytest.mark.parametrize(("code", "text", "line", "column", "quoted"), MUST)
def test_slips_are_found_in_their_place(code: str, text: str, line: int, column: int, quoted: str) -> None:
    first = find(code, text)[0]
    assert (first.at.line, first.at.column) == (line, column)
    assert quoted in first.message
    assert first.hint


FINE = [
    (
        "C501",
        "The Local Policing Team (LPT) met. The LPT, the BBC and 12 MPs talked of CCTV.\n\n"
        "CRASH, the national system, is new. So is PEEL (police efficiency, effectiveness and legitimacy).\n\n"
        "Part II of the A38, M5 and B4204 report is here. A unit called ROCU[^1] helped.\n\n"
        "[^1]: ROCU is the regional organised crime unit.",
    ),
    ("C502", "One sentence. Another one, e.g. this; and a list of forces is one value: {{ panel.policing_areas }}."),
    ("C503", "The Local Policing Team (LPT) and STORM (the force’s system) met. STORM is slow. Who is who?"),
    ("C504", "He said that that was so, and had had enough. Bora Bora is far. No-no. It is his; his is it."),
    (
        "C505",
        "Either a) this or b) that (1). The forces’ view is ‘fine’ and the 1990s’ was ‘not’. It is (as [he] said)"
        " “so”.\n\n"
        "“One paragraph of many.\n\n“And the last.” It’s 5 o’clock.",
    ),
    (
        "C506",
        "See gov.uk and https://example.org/a,b.html or mail a.b@example.org: 10:30 on 1 October, 1,000 people;"
        " (re)invested offence(s) and child(ren), pre– and post-tax, section 3(2)(a), 20mph and £3m. A file such as"
        " papers.docx. “Yes.”",
    ),
    ("C507", "It rained … a lot ... and so on, etc., in May, e.g., at 5 a.m.; was it so? Yes!"),
    (
        "C508",
        "The size of the prize, a computer program, to advise, seize and capsize; organised colour centres; a meter;"
        " the World Health Organization; humour; directors and terror; traveller; enrol.",
    ),
    (
        "C509",
        "Sixteen PCSOs from Kington and Bewdley re-offended; the co-ordinators’ well-being, anti-social behaviour,"
        " café. A ‘hot debrief’ of a ‘misper’, cyber crime, an underspend of £3m and the 3rd quarter; policing’s"
        " evidential needs. Shropshire’s 20mph zones are {{ panel.force }}’s. Its de-escalation isn’t unusual, is it?",
    ),
]


@pytest.mark.parametrize(("code", "text"), FINE)
def test_what_is_right_passes(code: str, text: str) -> None:
    assert [str(found) for found in find(code, text)] == []


def test_right_grammar_passes() -> None:
    text = (
        "It has shown and has control. It has been so. An hour, a one-off, a user, a European unit and an honest man."
        " It had cause to. In 2015 it rose. They have to be there, have need of it, and have been shown it."
    )
    assert find("C510", text) == []


def test_an_abbreviation_spelt_out_too_late_is_told_with_the_place() -> None:
    text = "The EQRU met.\n\nThe Extra Quick Response Unit (EQRU) met."
    (found,) = find("C501", text)
    assert (found.at.line, found.hint) == (
        5,
        f"It is spelt out only in {found.at.file}, line 7: spell it out here instead.",
    )


def test_a_table_may_use_an_abbreviation_before_the_text() -> None:
    table = "| Unit | Cases |\n|---|---|\n| EQRU | 3 |\n\n"
    assert find("C501", f"{table}The Extra Quick Response Unit (EQRU) met.") == []
    assert len(find("C501", table)) == 1


def test_the_panels_own_words_are_known() -> None:
    known = ("EQRU", "mispers")
    text = "The EQRU found mispers, and a misper."
    assert find("C501", text, known=known) == []
    assert find("C509", text.replace(", and a misper", ""), known=known) == []


def test_a_sentence_of_46_words_is_too_long_and_one_of_45_is_not() -> None:
    words = "word " * 44
    assert find("C502", f"Short one. The {words.strip()}. Another.") == []
    (found,) = find("C502", f"Short one. The new {words.strip()}. Another.")
    assert (found.at.column, found.message) == (12, "The sentence that begins “The new word word word …” has 46 words.")


def test_a_near_word_is_suggested() -> None:
    (found,) = find("C509", "The preceeding quarter.")
    assert found.hint == "Did you mean “preceding”? If not, add it to known_words in content/panel.yaml."


def test_the_sample_words_are_spelt_once_a_file() -> None:
    assert len(find("C509", "The preceeding and preceeding quarter.")) == 1


def test_an_american_spelling_is_not_told_as_an_unknown_word_too() -> None:
    assert find("C509", "The organization of colors.") == []


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab AB1().,;:“”‘’'\"–-/&\u00a0é", max_size=80))
def test_no_text_stops_a_rule_and_every_finding_says_what_to_do(text: str) -> None:
    reading = reading_of(Section(title=(Text(text="One"),), level=1, blocks=(Paragraph(inlines=(Text(text=text),)),)))
    for rule in (rule for rule in RULES if rule.code.id[:2] in ("C5", "C6")):
        for found in rule.check(reading):
            assert found.message.endswith(".")
            assert found.hint.endswith((".", "?"))


@pytest.mark.parametrize(
    "piece", ["(", "‘", "“a ", "a ", "AB ", "a.B", "word, word ", "see the ", "x", "the red ", "has ", '"', "1 –"]
)
def test_a_paragraph_as_long_as_may_be_is_checked_in_time(piece: str) -> None:
    words = (Text(text=piece * (MOST_LETTERS // len(piece))),)
    reading = reading_of(Section(title=(Text(text="One"),), level=1, blocks=(Paragraph(inlines=words),)))
    start = time.perf_counter()
    for rule in (rule for rule in RULES if rule.code.id[:2] in ("C5", "C6")):
        deque(islice(rule.check(reading), 50), maxlen=0)
    assert time.perf_counter() - start < 10
