"""What looks like markup and is none, and what is markup and does not look it: told where it stands, and mended so."""

from __future__ import annotations

import pytest

from papergen.diagnostics import Diagnostic
from tests.support.reading import read

HEAD = "---\ntitle: T\n---\n"


def found(text: str) -> list[Diagnostic]:
    return list(read(text)[1])


# A text, the code and the place of the one finding in it, and the text as its hint says.
MENDED = [
    # lines that would run together
    ("The options:\n(a) one\n(b) two", "M113 2:1", "The options:\n\n(a) one\n(b) two"),
    (
        "Either:\n(i) one that goes\non and on\n(ii) two",
        "M113 2:1",
        "Either:\n\n(i) one that goes\non and on\n(ii) two",
    ),
    ("a. alpha\nb. beta", "M113 1:1", "(a) alpha\n(b) beta"),
    ("The steps:\n2) two\n3) three", "M113 2:1", "The steps:\n\n2) two\n3) three"),
    ("1.no space\n2.no space", "M113 1:1", "1. no space\n2. no space"),
    ("-no space\n-another", "M113 1:1", "- no space\n- another"),
    ("*no space\n*another", "M113 1:1", "* no space\n* another"),
    ("– one\n– two", "M113 1:1", "- one\n- two"),
    ("The force:\n— one", "M113 2:1", "The force:\n\n- one"),
    ("o\tone\no\ttwo", "M113 1:1", "- one\n- two"),
    ("● one", "M113 1:1", "- one"),
    ("Name\tNumber\nNorth\t12", "M113 1:1", "| Name | Number |\n| --- | --- |\n| North | 12 |"),
    ("Name | Number\nNorth | 12", "M108 1:1", "| Name | Number |\n| --- | --- |\n| North | 12 |"),
    ("+-----+-----+\n+ North + 12 +", "M108 1:1", "| Name | Number |\n| --- | --- |\n| North | 12 |"),
    (
        "10 January 2026 - first\n11 January 2026 - second",
        "M113 1:1",
        "10 January 2026 - first\n\n11 January 2026 - second",
    ),
    ("Items:\n10.30am Welcome\n11.15am Close", "M113 2:1", "Items:\n\n- 10.30am Welcome\n- 11.15am Close"),
    ("Contact: Policy Officer\nPlace: County Hall", "M113 1:1", "Contact: Policy Officer\\\nPlace: County Hall"),
    ("Pilot\n: A trial", "M113 2:1", "**Pilot:** A trial"),
    # whatever counts on, or begins alike
    ("A. one\nB. two", "M113 1:1", "(A) one\n(B) two"),
    ("I. one\nII. two", "M113 1:1", "(I) one\n(II) two"),
    ("(a)one\n(b)two", "M113 1:1", "(a) one\n(b) two"),
    ("We ask:\nQ1) what\nQ2) when", "M113 2:1", "We ask:\n\nQ1) what\n\nQ2) when"),
    ("R1. one\nR2. two", "M113 1:1", "R1. one\n\nR2. two"),
    ("Option A one\nOption B two", "M113 1:1", "Option A one\n\nOption B two"),
    ("No. 1 one\nNo. 2 two", "M113 1:1", "No. 1 one\n\nNo. 2 two"),
    ("1: one\n2: two", "M113 1:1", "1. one\n2. two"),
    ("(1.1) one\n(1.2) two", "M113 1:1", "(1.1) one\n\n(1.2) two"),
    ("a/ one\nb/ two", "M113 1:1", "(a) one\n(b) two"),
    ("a] one\nb] two", "M113 1:1", "(a) one\n(b) two"),
    ("a. one\n\nb. two\n\nc. three", "M113 1:1", "(a) one\n\n(b) two\n\n(c) three"),
    ("-> one\n-> two", "M113 1:1", "- one\n- two"),
    ("✅ one\n✅ two", "M113 1:1", "- one\n- two"),
    ("☐ one", "M113 1:1", "- one"),
    ("① one\n② two", "M113 1:1", "- one\n- two"),
    ("\uf02d one", "M113 1:1", "- one"),
    ("1\\. one\n3\\. two", "M113 1:1", "1\\. one\n\n3\\. two"),
    ("1. one\n3. two", "M116 1:1", "1\\. one\n\n3\\. two"),
    ("a) one\nd) two", "M116 1:1", "a\\) one\n\nd\\) two"),
    ("Savings were made. {savings}", "M113 1:20", "Savings were made. {#savings}"),
    ("Words {unnumbered} and more.", "M113 1:7", "Words and more. {unnumbered}"),
    ("Words. {Unnumbered}", "M113 1:8", "Words. {unnumbered}"),
    # marks that are printed
    ("#Heading", "M113 1:1", "## Heading\n\nWords."),
    ("Words.\n##Heading", "M113 2:1", "Words.\n\n## Heading\n\nWords."),
    ("10 km^2^ wide", "M113 1:6", "10 km² wide"),
    ("the 21^st^ century", "M113 1:7", "the 21st century"),
    ("about 10^6 of them", "M113 1:9", "about 10⁶ of them"),
    ("H~2~O was tested", "M113 1:2", "H2O was tested"),
    ("Here $a^2 + b$ is", "M113 1:6", "Here a² plus b is"),
    ("Thanks :smile: to all", "M113 1:8", "Thanks to all"),
    ("It was ==marked== so", "M113 1:8", "It was **marked** so"),
    ("See [[Robbery]] for it", "M113 1:5", "See [](#robbery) for it"),
    ("It was ++added++ late", "M113 1:8", "It was added late"),
    ("[Words]{.underline} here", "M113 1:8", "[Words] here"),
    ("A%%note%% here", "M113 1:2", "A here"),
    ("An &unknown; name", "M113 1:4", "An … name"),
    ("A&nbsp B", "M113 1:2", "A B"),
    ("The end\\", "M113 1:8", "The end"),
    ("The end\\\\", "M113 1:8", "The end"),
    ("!!! note\nWords", "M113 1:1", "::: note\nWords\n:::"),
    ("[TOC]", "M113 1:1", "::: page-break"),
    ("*[PCC]: Police and Crime Commissioner", "M113 1:1", "Police and Crime Commissioner"),
    ("Item*2 again", "M113 1:5", "Item×2 again"),
    ("a 1_000 of them", "M113 1:4", "a 1,000 of them"),
    ("__bold", "M113 1:1", "__bold__"),
    # markup that was not meant
    ("A grid of 2*3*4 boxes", "M121 1:12", "A grid of 2×3×4 boxes"),
    ("A grid of 5**10**15 boxes", "M121 1:12", "A grid of 5\\*\\*10\\*\\*15 boxes"),
    ("2015. A year to remember", "M121 1:1", "2015\\. A year to remember"),
    ("19) And so on", "M121 1:1", "19\\) And so on"),
    ("+ 3.2% on last year", "M121 1:1", "\\+ 3.2% on last year"),
    ("- 3.2% on last year", "M121 1:1", "− 3.2% on last year"),
    ("> 28 days", "M121 1:1", "more than 28 days"),
]


@pytest.mark.parametrize(("text", "expected", "mended"), MENDED, ids=[text for text, *_ in MENDED])
def test_a_mark_is_told_once_and_its_hint_mends_it(text: str, expected: str, mended: str) -> None:
    told = found(HEAD + text)
    assert [f"{each.code.id} {each.at.line - 3}:{each.at.column}" for each in told] == [expected], told
    assert found(HEAD + mended) == []


@pytest.mark.parametrize(
    "text",
    [
        "In all {{ meeting.date | short }} were\nand {{ meeting.date | long }} were told.",
        "The panel met on\n10 January 2026 and again on\n11 January 2026, in Hereford.",
        "Offences fell – as they did\n– if less – last year.",
        "It cost $5 and $10, or US$5m–US$6m.",
        "At 10:30 and 11:15:20 the ratio was 3:2:1.",
        "snake_case, C++, 5 * 4, 100% and a ~ b, ~20 of them.",
        "Line one\\\nline two",
        "See\nTable 1 of it, and then\nTable 2 of it.",
        "The force had\n1,204 officers, and\n2,310 staff.",
        "A. Smith and others wrote to\nC. Jones.",
        "Savings were made in full. { #savings }",
        "(v) a list that goes on",
        "(a) alone in a line of its own",
        "The figures[^1] are provisional*.\n\n[^1]: A note.",
        "1. One\n\nWords between.\n\n2. Two",
        "- 5 officers joined\n- two left",
        "PackOf2026**Committee**Room",
        "un*believ*able and **2**, *3* or 4*",
        "Contact: the officer whose name\nstands below.",
        "AT&T; R&D;",
        "It was **never***, ***both*** and *one* * of **two**; **a *b* c** and *a **b** c*",
        "The campaign (#WhiteRibbon) and [one](#a).",
    ],
)
def test_what_is_meant_is_left_alone(text: str) -> None:
    assert found(HEAD + text) == []


def test_a_number_in_a_title_is_not_changed_without_a_word() -> None:
    (told,) = found("---\ntitle: A 2*3*4 grid\n---\nWords.")
    assert (told.code.id, told.at.line, told.at.column) == ("M121", 2, 11)
