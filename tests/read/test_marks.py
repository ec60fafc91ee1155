"""What looks like markup and is none, and what is markup and does not look it: told where it stands, and mended so."""

from __future__ import annotations

import pytest

from papergen.diagnostics import Diagnostic
from papergen.read.marks import notations
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
    ("| A |\n|---|\n| 1 |\n\n* These are provisional", "M121 5:1", "| A |\n|---|\n| 1 |\n\n\\* These are provisional"),
    ("Thefts* rose.\n\n* In the market", "M121 3:1", "Thefts* rose.\n\n- In the market"),
    ("* Provisional figures", "M121 1:1", "\\* Provisional figures"),
    ("(c) 2015", "M121 1:1", "© 2015"),
    ("(c) Crown copyright", "M121 1:1", "\\(c) Crown copyright"),
    # tables and lists that make none
    ("A,B\n1,2\n3,4", "M113 1:1", "| A | B |\n| --- | --- |\n| 1 | 2 |\n| 3 | 4 |"),
    ('Area,Thefts\n"North, upper",12', "M113 1:1", "Area,Thefts\n\n“North, upper”,12"),
    ("A;B;C\n1;2;3", "M113 1:1", "| A | B | C |\n| --- | --- | --- |\n| 1 | 2 | 3 |"),
    ("A    B\n1    2", "M113 1:1", "| A | B |\n| --- | --- |\n| 1 | 2 |"),
    ("A  B  C\n1  2  3", "M113 1:1", "| A | B | C |\n| --- | --- | --- |\n| 1 | 2 | 3 |"),
    ("| A | B |\n|---|\n| 1 | 2 |\n| 3 | 4 |", "M108 2:1", "| A | B |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |"),
    ("| A |\n|---|---|\n| 1 | 2 |", "M108 1:1", "| A | B |\n|---|---|\n| 1 | 2 |"),
    ("- one\n  – two", "M113 2:3", "- one\n  - two"),
    # notes
    ("Words[^a].\n\n[^a] : A note.", "M105 3:1", "Words[^a].\n\n[^a]: A note."),
    ("Words[^a].\n\n[^A]: A note.", "M105 1:6", "Words[^A].\n\n[^A]: A note."),
    ("[^1] is [^1]", "M105 1:1", "[^1] is [^1]\n\n[^1]: A note."),
    ("Words.[1]\n\n[1]: A note.", "M113 3:1", "Words.[^1]\n\n[^1]: A note."),
    ("#", "M103 1:1", "## Heading\n\nWords."),
    # marks of other programs
    ("h2. Means", "M113 1:1", "## Means\n\nWords."),
    ("bq. Words", "M113 1:1", "> Words"),
    ("{code}\nwords\n{code}", "M113 1:1", "words"),
    ("A {color:red}word{color} of it", "M113 1:3", "A word of it"),
    ("[words|https://example.org]", "M113 1:1", "[words](https://example.org)"),
    ("[~officer] said so", "M113 1:1", "The officer said so"),
    ("!map.png|width=300!", "M113 1:1", "![A map](map.png)"),
    ("=== Means ===", "M113 1:1", "## Means\n\nWords."),
    ("It was '''bold''' so", "M113 1:8", "It was **bold** so"),
    ("It was ''said'' so", "M113 1:8", "It was “said” so"),
    ("[https://example.org words]", "M113 1:1", "[words](https://example.org)"),
    ("* one\n** two\n*** three", "M113 2:1", "* one\n  - two\n    - three"),
    ("![[map.png]]", "M113 1:1", "![A map](map.png)"),
    ("Words ^abc12", "M113 1:7", "Words {#abc12}"),
    ("owner:: Policy", "M113 1:1", "owner: Policy"),
    ("It [status:: done] is", "M113 1:4", "It is"),
    ("??? note\n    Words", "M113 1:1", "::: note\nWords\n:::"),
    ('=== "Tab"\nWords', "M113 1:1", "Words"),
    (".. note:: Words", "M113 1:1", "::: note\nWords\n:::"),
    ("See :ref:`means` for it", "M102 1:5", "See [](#means) for it"),
    ("See `means <https://example.org>`_ for it", "M102 1:5", "See [means](https://example.org) for it"),
    ("See ``means``_ for it", "M102 1:5", "See [means](https://example.org) for it"),
    ("[NOTE]\n====\nWords\n====", "M113 1:1", "::: note\nWords\n:::"),
    ('[cols="1,2"]', "M113 1:1", ""),
    ("image::map.png[]", "M113 1:1", "![A map](map.png)"),
    ("https://example.org[the page]", "M113 1:1", "[the page](https://example.org)"),
    ("He says so [@smith2015, p. 3].", "M113 1:12", "He says so [^1].\n\n[^1]: Smith."),
    ("As @fig:map shows", "M113 1:4", "As [](#map) shows"),
    ("\\textbf{Means} of it", "M113 1:1", "**Means** of it"),
    ("\\begin{itemize}\n\\item one\n\\end{itemize}", "M113 1:1", "- one"),
    ("It is \\approx 5", "M113 1:7", "It is about 5"),
    ("``quoted'' words", "M113 1:1", "“quoted” words"),
    ("A~Smith and Table~2", "M113 1:1", "A&nbsp;Smith and Table 2"),
    ("\\[x = 1\\]", "M113 1:1", "x is 1"),
    ("Here \\(x^2\\) is", "M113 1:6", "Here x² is"),
    ("See Error! Reference source not found. for it", "M113 1:5", "See [](#means) for it"),
    ("See { REF _Ref123 \\h } for it", "M113 1:5", "See [](#means) for it"),
    ("Dear MERGEFIELD Name,", "M113 1:6", "Dear officer,"),
    ("\\pard Words", "M113 1:1", "Words"),
    ("(words)[https://example.org]", "M113 1:1", "[words](https://example.org)"),
    ("[words]{https://example.org}", "M113 1:1", "[words](https://example.org)"),
    # signs
    ("Arts &amp;amp; crafts", "M113 1:6", "Arts & crafts"),
    ("A& nbsp;B", "M113 1:2", "A B"),
    ("One \\\\\ntwo", "M113 1:5", "One \\\ntwo"),
    ("1\u00ad234 of them", "M113 1:2", "1234 of them"),
    ("2,\u200b451 of them", "M113 1:3", "2,451 of them"),
    ("The file __init__.py is lost", "M121 1:10", "The file \\_\\_init\\_\\_.py is lost"),
    ("The field __NAME__ of it", "M121 1:11", "The field **NAME** of it"),
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
        "It was __very important__ and __NOT__ so",
        "A site: https://example.org/__init__/~smith, or <https://example.org/[1]>.",
        "[words](https://example.org/__init__) and [@handle](https://example.org)",
        "Write to a.b@example.org, or [a.b@example.org], of R&D, at 3 * 4 = 12.",
        "NOTE: the figures are provisional (see note [1]).",
        "The quarters’ ends, dogs’ and ’twas: it’s O’Brien’s ''.",
        "Mae’r heddlu wedi cofnodi’r troseddau – rhai ohonynt – yn y gogledd.",
        "Quoi ! L’année : « dernière » ? Oui.",
        "1,204 officers\n2,310 staff",
        "May,June\nand July",
        "Words; more\nand more; words",
        "One.  Two follow\nThree.  Four follow",
        "- Offences fell as they did last year – and the year before\n  – if less",
        "- one – of many\n  – two",
        "PROGRA~1 and C:\\Users\\smith\\text and ~50%",
        "As it says \\[sic\\] and \\(so\\), 50\\% of \\#4 and 5 \\* 4.",
        "[Yes|No] or [delete|amend], std::x and 10::20",
        "This is Error!, and they REF it. HYPERLINK and { PAGE",
        "(c) the plan goes on",
        "(a) one\n\n(b) two\n\n(c) 2015 and on",
        "* Provisional figures\n* Final figures",
        "Wow!!! He said !no! twice.",
        "(see above)[note]",
        "\\h2. Words and \\{code} and \\__NAME\\__",
    ],
)
def test_what_is_meant_is_left_alone(text: str) -> None:
    assert found(HEAD + text) == []


def test_every_mark_of_another_program_is_tried() -> None:
    tried = [mark.find for mark, pattern in notations() if any(pattern.search(text) for text, *_ in MENDED)]
    assert [mark.find for mark, _ in notations() if mark.find not in tried] == []


def test_a_number_in_a_title_is_not_changed_without_a_word() -> None:
    (told,) = found("---\ntitle: A 2*3*4 grid\n---\nWords.")
    assert (told.code.id, told.at.line, told.at.column) == ("M121", 2, 11)
