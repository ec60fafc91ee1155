"""Every hint that reading a file gives, done as told, gives a file in which nothing is wrong."""

from __future__ import annotations

import pytest

from tests.support.hints import form_of
from tests.support.reading import CASES, read

MAP = "images/map.png"
DEEP = "> - > - > - > - > - > - > - > - > - > words"
WIDE = f"|{' a |' * 64}\n|{' - |' * 64}\n|{' 1 |' * 64}"
FRONT = "---\ntitle: A\nowner: B\n{}\n---\n\nWords."

MENDS: list[tuple[str, str, *tuple[str, ...]]] = [
    # Blocks between colons
    ("M107", "::: note\nWords.", "::: note\nWords.\n:::"),
    ("M113", ":: note\nWords.\n::", "::: note\nWords.\n:::"),
    ("M107", "::note\n\nWords.\n\n:::", "::: note\n\nWords.\n\n:::"),
    ("M107", "Words.\n\n```table\nkind: summary\n\nMore.", "Words.\n\n```table\nkind: summary\n```\n\nMore."),
    (
        "M107",
        "```table\nkind: a\n\nMore.\n\n```table\nkind: b\n```",
        "```table\nkind: a\n```\n\nMore.\n\n```table\nkind: b\n```",
    ),
    ("M106", "::: nte\nWords.\n:::", "::: note\nWords.\n:::"),
    ("M107", "Words.\n:::", "Words."),
    ("M117", "::: note\n:::", "::: note\nWords.\n:::", ""),
    (
        "M107",
        f"::: beside Title\n![A map]({MAP})\n\nWords.\n:::",
        f"::: beside\n![A map]({MAP})\n\nTitle\n\nWords.\n:::",
    ),
    ("M112", "::: note Title {#id}\nWords.\n:::", "::: note Title\nWords.\n:::", "::: note Title \\{#id}\nWords.\n:::"),
    ("M107", "::: note\n> words\n:::", "> words"),
    ("M107", f"::: beside\nWords.\n\n![A map]({MAP})\n:::", f"::: beside\n![A map]({MAP})\n\nWords.\n:::"),
    ("M107", f"::: beside\n![A map]({MAP})\n:::", f"::: beside\n![A map]({MAP})\n\nWords.\n:::"),
    ("M102", "> ::: note\n> Words.\n> :::", "::: note\nWords.\n:::"),
    ("M119", "::: waive C201\n\nWords.", "::: waive C201 The date is that of the PCC’s own report\n\nWords."),
    ("M107", "::: language Welsh\nGeiriau.\n:::", "::: language cy\nGeiriau.\n:::"),
    # Pictures
    ("P103", f"![]({MAP})", f"![A map]({MAP})", f"![]({MAP}){{decorative}}"),
    ("P103", f"![A map]({MAP}){{decorative}}", f"![A map]({MAP})", f"![]({MAP}){{decorative}}"),
    ("P101", "![A map](missing.png)", f"![A map]({MAP})"),
    ("M112", f"![A map]({MAP}){{width=third}}", f"![A map]({MAP}){{width=half}}", f"![A map]({MAP}){{width=full}}"),
    ("M112", f"![A map]({MAP}){{.class}}", f"![A map]({MAP}){{width=half}}"),
    ("M112", f"![A map]({MAP}){{#id}}", f"![A map]({MAP})\nFigure: A map {{#id}}"),
    ("M112", f"![A map]({MAP}){{widht=half}}", f"![A map]({MAP}){{width=half}}"),
    ("M102", f'![A map]({MAP} "A title")', f"![A map]({MAP})\n\nFigure: A title"),
    ("M102", f"![A map]({MAP}) and words", f"![A map]({MAP})\n\nand words"),
    ("M117", "[](https://example.org)", "[words](https://example.org)"),
    ("M102", f"![A [link](https://example.org)]({MAP})", f"![A link]({MAP})"),
    ("V102", "{{ unknown }}", "{{ added }}"),
    ("M104", f"Figure: Areas\n\n![A map]({MAP})", f"![A map]({MAP})\n\nFigure: Areas"),
    # Front matter
    ("W130", FRONT.format("reviewed: no"), FRONT.format("reviewed: 2016-01-25")),
    ("W111", "---\ntitle: A\nownr: B\n---\n", "---\ntitle: A\nowner: B\n---\n"),
    ("W110", FRONT.format("owner: C"), FRONT.format("")),
    ("W113", FRONT.format("topic: 2016"), FRONT.format('topic: "2016"')),
    ("W113", FRONT.format("objective: five"), FRONT.format("objective: 5")),
    (
        "W113",
        FRONT.format("reviewed: soon"),
        FRONT.format("reviewed: 2016-01-25"),
        FRONT.format("reviewed: no").replace("reviewed: no\n", ""),
    ),
    ("W113", FRONT.format('topic: ""'), FRONT.format("topic: A"), FRONT.format("")),
    ("W113", FRONT.format("signs: Fewer"), FRONT.format("signs:\n- Fewer")),
    ("W110", FRONT.format("topic: a: b"), FRONT.format('topic: "a: b"')),
    ("W110", FRONT.format("topic:A"), FRONT.format("topic: A")),
    ("W110", "---\ntitle:A\nowner:B\ntopic: C\n---\n\nWords.", "---\ntitle: A\nowner: B\ntopic: C\n---\n\nWords."),
    ("W110", "---\ntitle:A\n---\n\nWords.", "---\ntitle: A\n---\n\nWords."),
    ("W110", FRONT.format("topic: “a: b”"), FRONT.format('topic: "a: b"')),
    ("W113", "---\n- title\n---\n", "---\ntitle: A\n---\n"),
    ("W110", "---\ntitle: A\n", "---\ntitle: A\n---\n"),
    ("W110", "---\ntitle: A\n...\n", "---\ntitle: A\n---\n"),
    ("W110", '+++\ntitle = "A"\n+++\n', '---\ntitle: "A"\n---\n'),
    ("W110", '{"title": "A", "owner": "B"}\n', "---\ntitle: A\nowner: B\n---\n"),
    ("M102", "Above\n---", "## Above\n\nWords."),
    ("W110", FRONT.format("topic: &a A"), FRONT.format('topic: "&a A"')),
    (
        "M102",
        FRONT.format("topic: with [^1]") + "[^1]\n\n[^1]: A note.",
        FRONT.format("topic: with") + "[^1]\n\n[^1]: A note.",
    ),
    ("V101", "Words {{ and", "Words {{ and }}"),
    ("M102", "Words `code`", "Words code"),
    ("M102", "Words.\n\n* * *\n\nMore.", "Words.\n\nMore.", "Words.\n\n::: page-break\n\nMore."),
    # Headings
    ("M103", "## A\n\nWords.\n\n#### B\n\nWords.", "## A\n\nWords.\n\n### B\n\nWords."),
    ("M103", "# A\n\nWords.", "## A\n\nWords."),
    ("M111", "## A", "## A\n\nWords.", ""),
    ("M103", "##\n\nWords.", "## A\n\nWords.", "Words."),
    ("M113", "## A {#a b} {#c}\n\nWords.", "## A {#c}\n\nWords."),
    ("M112", "## A {.class}\n\nWords.", "## A {#a}\n\nWords.", "## A \\{.class}\n\nWords."),
    ("M112", "## A {#ä}\n\nWords.", "## A {#robbery-by-area}\n\nWords."),
    ("M103", "- # In a list", "- **In a list**", "## In a list\n\nWords."),
    ("M113", "Words. {savings}", "Words. {#savings}", "{{ savings }}", "Words. \\{savings}"),
    ("M112", "Table: One {totles}\n\n| a |\n|---|\n| 1 |", "Table: One {#totles}\n\n| a |\n|---|\n| 1 |"),
    # Lists
    ("M116", "1. one\n3. two", "1. one\n2. two", "1\\. one\n\n3\\. two"),
    ("M109", "- a\n  - b\n    - c\n      - d", "- a\n  - b\n    - c\n    - d"),
    ("M117", "- a\n-\n- b", "- a\n- c\n- b", "- a\n- b"),
    ("M117", "- In May\n2013.", "- In May\n2013\\.", "- In May"),
    ("M102", "- - a", "- words\n  - a", "- \\- a"),
    ("M113", "Words\n(a) this and\n(b) that", "Words\n\n(a) this and\n(b) that"),
    ("M121", "2015. A year.", "2015\\. A year."),
    # Quotations and notes
    ("M109", "> One\n> > Two", "> One\n> “Two”"),
    ("M117", ">", "> Words", ""),
    ("M105", "Words[^a].", "Words[^a].\n\n[^a]: A note.", "Words\\[^a]."),
    ("M105", "Words[^tow][^two].\n\n[^two]: A note.", "Words[^two][^two].\n\n[^two]: A note."),
    ("M105", "Words.\n\n[^a]: A note.", "Words[^a].\n\n[^a]: A note.", "Words."),
    ("M115", "Words[^a].\n\n[^a]: One.\n\n[^a]: Two.", "Words[^a][^b].\n\n[^a]: One.\n\n[^b]: Two."),
    ("M117", "Words[^a].\n\n[^a]:", "Words[^a].\n\n[^a]: A note."),
    ("M113", "[words] (https://example.org)", "[words](https://example.org)", "[words\\] (https://example.org)"),
    ("M113", "[words](a b)", "[words](https://example.org)", "[words\\](a b)"),
    # What a paper does not have
    ("M102", "```python\nx\n```", "x"),
    ("M101", "<div>", "", "\\<div>"),
    ("M101", "<!-- hidden -->", "", "::: note\nhidden\n:::"),
    ("M109", DEEP, "> - words"),
    # Tables
    ("M108", "| A | B |\n|---|---|\n| 1 |", "| A | B |\n|---|---|\n| 1 | 2 |"),
    (
        "M108",
        "| A |\n|---|\n| 1 |\nSource: words",
        "| A |\n|---|\n| 1 |\n\nSource: words",
        "| A |\n|---|\n| 1 |\n| Source: words |",
    ),
    ("M108", "| A | B |\n| 1 | 2 |", "| A | B |\n| --- | --- |\n| 1 | 2 |"),
    ("M104", "Table: No table", "Table: No table\n\n| A |\n|---|\n| 1 |"),
    ("M104", "Table:\n\n| A |\n|---|\n| 1 |", "Table: Words\n\n| A |\n|---|\n| 1 |", "| A |\n|---|\n| 1 |"),
    ("M104", "| A |\n|---|\n| 1 |\n\nTable 2: Words", "Table: Words\n\n| A |\n|---|\n| 1 |"),
    ("M104", f"Figure 2: Words\n\n![A map]({MAP})", f"![A map]({MAP})\nFigure: Words"),
    ("M102", f"![A map]({MAP})\n*Words*", f"![A map]({MAP})\nFigure: Words", f"![A map]({MAP})\n\n*Words*"),
    ("W104", "\u202eone\u202c \u2067two\u2069", "one two"),
    ("M104", "Table 2: Words\n\n| A |\n|---|\n| 1 |", "Table: Words\n\n| A |\n|---|\n| 1 |"),
    ("M104", "Table:Words\n\n| A |\n|---|\n| 1 |", "Table: Words\n\n| A |\n|---|\n| 1 |"),
    ("M108", WIDE, "\n\n".join(["| a | a |\n|---|---|\n| 1 | 1 |"] * 2)),
    (
        "M108",
        "Table: One {heads=2 sections}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |",
        "Table: One {heads=2 sections}\n\n| a | b |\n|---|---|\n| c | d |\n| e |  |\n| 3 | 4 |",
    ),
    (
        "M108",
        "Table: One {heads=2}\n\n| a | b |\n|---|---|\n| 1 | 2 |",
        "Table: One {heads=2}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |",
    ),
    (
        "M108",
        "Table: One {columns=text,date}\n\n| a | b |\n|---|---|\n| 1 | soon |",
        "Table: One {columns=text,date}\n\n| a | b |\n|---|---|\n| 1 | 2 May |",
        "Table: One {columns=text,text}\n\n| a | b |\n|---|---|\n| 1 | soon |",
    ),
    (
        "M108",
        "Table: One {columns=text,money}\n\n| a | b |\n|---|---|\n| 1 | dear |",
        "Table: One {columns=text,money}\n\n| a | b |\n|---|---|\n| 1 | £2 |",
        "Table: One {columns=text,text}\n\n| a | b |\n|---|---|\n| 1 | dear |",
    ),
    (
        "M108",
        "Table: One {columns=text,monye}\n\n| a | b |\n|---|---|\n| 1 | £2 |",
        "Table: One {columns=text,money}\n\n| a | b |\n|---|---|\n| 1 | £2 |",
    ),
    # Marks that would be printed
    ("M113", "the panel`s", "the panel’s", "the panel\\`s"),
    ("M113", "Money **£4.2m* more", "Money **£4.2m** more", "Money *£4.2m* more", "Money \\**£4.2m* more"),
    ("M113", "See (#calls)", "See [](#calls)", "See \\(#calls)"),
    ("M113", "Table: One (#vol)\n\n| a |\n|---|\n| 1 |", "Table: One {#vol}\n\n| a |\n|---|\n| 1 |"),
    ("M117", "[ ](https://example.org)", "[words](https://example.org)"),
    ("M113", "a &unknown; b", "a u b", "a \\&unknown; b"),
    ("M110", "[a](other.md)", "[a](#other)", "[a](https://example.org)"),
    ("M110", "[a](www.example.org)", "[a](https://www.example.org)"),
    ("M110", "[a](javascript:alert)", "[a](https://example.org)", "[a](mailto:a@example.org)"),
    ("M110", "[a]()", "[a](https://example.org)", "[a](#b)"),
    ("M110", "[a](a@example.org)", "[a](mailto:a@example.org)"),
    ("M110", "[a]({{x}})", "[{{x}}](https://example.org)"),
    ("M113", "On { meeting.date }.", "On {{ meeting.date }}.", "On \\{ meeting.date }."),
    ("M113", "Words\n• first", "Words\n\n- first"),
    ("M113", "- [ ] done", "- is to do"),
    ("M113", "==done==", "done", "**done**", "\\==done\\=="),
    ("M113", "**never closed", "**never** closed", "\\**never closed"),
    (
        "M113",
        "[words][undefined]",
        "[words](https://example.org)",
        "[words][undefined]\n\n[undefined]: https://example.org",
    ),
    ("M113", "~~never closed", "never closed", "\\~~never closed"),
    ("M113", "Words[^ x]", "Words[^x]\n\n[^x]: A note.", "Words\\[^ x]"),
    ("M113", "Words ^[inline note]", "Words [^1]\n\n[^1]: inline note", "Words \\^[inline note]"),
    ("M113", "{% if x %}Words", "Words", "\\{\\% if x \\%}Words"),
    ("V101", "words }}", "{{ words }}", "words \\}}"),
    ("M113", "Words <!-- open", "Words", "Words \\<!-- open"),
    ("M102", '[a](https://example.org "Title")', "[a](https://example.org)"),
    ("M102", "[b <https://example.org/c>](https://example.org)", "[b](https://example.org)"),
    (
        "M114",
        "[a][a]\n\n[a]: https://example.org/1\n[a]: https://example.org/2",
        "[a][a]\n\n[a]: https://example.org/1",
    ),
    ("M114", "Words.\n\n[note]: important", "Words.", "Words.\n\n\\[note]: important"),
    ("M101", "a<br>b", "a\\\nb"),
    ("M101", "a <b>b</b>", "a **b**"),
    ("M101", "a <em>b</em>", "a *b*"),
    ("M101", "a<sup>2</sup>", "a²"),
    ("M101", 'a <a href="https://example.org">b</a>', "a [b](https://example.org)"),
    ("M102", "~~struck~~ words", "words", "struck words"),
    ("M103", "Words\n===", "## Words\n\nMore."),
    ("M113", "##Words", "## Words\n\nMore."),
    ("M113", "####### Words", "## Words\n\nMore."),
    ("M113", "##\u00a0Words", "## Words\n\nMore."),
    ("M109", "*a **b *c **d *e **f *g **h** g* f** e* d** c* b** a*", "*a* **b**"),
    ("W104", "Words \ufffe here.", "Words here."),
    ("V101", "{{ }}", "{{ x }}"),
    # What is neither printed nor told by Markdown itself
    ("M121", "See \\\\server\\share.", "See \\\\\\\\server\\share."),
    ("M121", "See N:\\(2015)\\a.", "See N:\\\\(2015)\\a."),
    ("M113", "- first\n-second", "- first\n- second", "- first\n\n-second"),
    ("M113", "1. one\n2.two", "1. one\n2. two"),
    ("M113", "- one\n– two", "- one\n- two"),
    ("M113", "Name ..... 5\nOther .... 6", "Name ..... 5\n\nOther .... 6"),
    ("W104", "turned \u202eround\u202c", "turned round"),
    ("M102", "***\n\nWords", "Words", "::: page-break\n\nWords"),
    ("M102", "Words\n***\nMore", "Words\n\nMore"),
]
"""For each code what is wrong in a file, and each thing that the hint tells its author to make of it."""


@pytest.mark.parametrize(("code", "faulty", "mended"), [(each[0], each[1], each[2:]) for each in MENDS])
def test_a_hint_done_as_told_mends(code: str, faulty: str, mended: tuple[str, ...]) -> None:
    _, found = read(faulty)
    assert code in {each.code.id for each in found}
    for text in mended:
        assert [f"{each} {each.hint}" for each in read(text)[1]] == [], text


@pytest.mark.parametrize(
    "text",
    [
        "- first\n  -second",
        "5\\*3 and a\\_b",
        "C:\\new\\temp",
        "Wait.... what\nreally.... no",
        "N: \\- or \\+",
        "(\\\\) x",
    ],
)
def test_what_only_looks_like_it_is_left_alone(text: str) -> None:
    assert [str(each) for each in read(text)[1]] == []


def test_every_hint_is_followed_once() -> None:
    given = {(each.code.id, form_of(each.hint)) for case in CASES if case[3] for each in read(case[1])[1]}
    followed = {(each.code.id, form_of(each.hint)) for mend in MENDS for each in read(mend[1])[1]}
    assert given - followed == set()


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("---\ntitle:A\nowner: B\n---\n\nWords.", "Put a space after the colon: “title: A”."),
        ("---\ntitle: A\nowner:B\n---\n\nWords.", "Put a space after the colon: “owner: B”."),
        ("---\ntitle: “A: B”\n---\n\nWords.", 'Put the whole value between straight marks: "A: B".'),
        ("Table:Words {#a}\n\n| A |\n|---|\n| 1 |", "Put a space after the colon: “Table: Words”."),
    ],
)
def test_a_hint_gives_the_mended_text(text: str, hint: str) -> None:
    assert [each.hint for each in read(text)[1]] == [hint]
