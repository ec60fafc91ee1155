"""Access: what each rule must find, and what it must let pass."""

from __future__ import annotations

import pytest

from papergen.check.reading import Reading
from papergen.diagnostics import Diagnostic, Span
from papergen.model.nodes import Figure, Picture, Section, Text
from tests.check.language import found_in, reading_of, reading_with
from tests.support.reading import FILE


def find(code: str, text: str) -> list[Diagnostic]:
    return found_in(reading_with(text), code)


MUST = [
    ("C603", "Words.\n\n## Next steps\n\nOne.\n\n## Next Steps\n\nTwo.", 11, "“Next Steps”"),
    ("C604", "Words.\n\n## WHAT COMES NEXT\n\nWords.", 7, "“WHAT COMES NEXT”"),
    ("C604", "Words.\n\n## BACKGROUND\n\nWords.", 7, "“BACKGROUND”"),
    ("C605", "Words.\n\n**Next steps**\n\nWords.", 7, "“Next steps”"),
    ("C621", "For the plan [click here](https://example.org/plan).", 5, "“click here”"),
    ("C621", "See [here](https://example.org/plan).", 5, "“here”"),
    ("C621", "See [this link](https://example.org/plan).", 5, "“this link”"),
    ("C621", "[Read more](https://example.org/plan)", 5, "“Read more”"),
    ("C622", "See [https://example.org/plan](https://example.org/plan).", 5, "“https://example.org/plan”"),
    ("C622", "See [www.example.gov.uk](https://www.example.gov.uk).", 5, "“www.example.gov.uk”"),
    ("C623", "See [HMIC](https://example.org/plan).", 5, "“HMIC”"),
    ("C624", "[The plan](https://example.org/a) and [the plan](https://example.org/b).", 5, "“the plan”"),
    ("C631", "| | |\n|---|---|\n| a | b |", 5, "no header row"),
    ("C631", "| | 2014 |\n|---|---|\n| a | b |", 5, "Column 1"),
    ("C641", "The red line shows last year.", 5, "“red line”"),
    ("C641", "Compare the purple and green bars.", 5, "“purple and green bars”"),
    ("C641", "Last year is shown in red.", 5, "“shown in red”"),
    ("C642", "The chart overleaf shows it.", 5, "“overleaf”"),
    ("C642", "The chart on the left shows it.", 5, "“chart on the left”"),
    ("C642", "The trend is plain: see right.", 5, "“see right”"),
    ("C642", "It is in the right-hand column.", 5, "right-hand column”"),
    ("C642", "It stands on the next page.", 5, "“on the next page”"),
    ("C643", "See below.", 5, "“See below”"),
    ("C643", "The table below shows it.", 5, "“table below”"),
    ("C643", "As mentioned above, it rose.", 5, "“mentioned above”"),
    ("C643", "The above shows a rise.", 5, "“The above”"),
]


@pytest.mark.parametrize(("code", "text", "line", "quoted"), MUST)
def test_barriers_are_found_in_their_line(code: str, text: str, line: int, quoted: str) -> None:
    first = find(code, text)[0]
    assert first.at.line == line
    assert quoted in first.message
    assert first.hint


FINE = [
    ("C601", "Words.\n\n## One\n\nWords.\n\n### Two\n\nWords.\n\n## Three\n\nWords."),
    ("C603", "Words.\n\n## One\n\nWords.\n\n### Cases\n\nWords.\n\n## Two\n\nWords.\n\n### Cases\n\nWords."),
    ("C604", "Words.\n\n## TOIL/RDIL\n\nWords.\n\n## CCTV\n\nWords.\n\n## Part II\n\nWords."),
    ("C605", "**It rose.** Words.\n\n**A whole sentence in bold stands for nothing but itself.**\n\n- **Item**"),
    ("C621", "[The plan](https://a.org), [here to help](https://b.org) and [more people](https://c.org)."),
    ("C622", "[the plan](https://example.org/plan) and [a.b@example.org](mailto:a.b@example.org)."),
    ("C623", "[HMIC’s report](https://example.org/plan) and [BBC](https://example.org)."),
    ("C624", "[The plan](https://example.org/a) and [the plan](https://example.org/a)."),
    ("C631", "| Area | Cases |\n|---|---|\n| Coast | 3 |"),
    ("C641", "The red line (2014/15) and double yellow lines; a green paper, black people, red tape, rated as amber."),
    (
        "C642",
        "The right to know, on the right track, left to rot, what is left, the right side of the law, on the left of"
        " politics and the next steps. He left the page. See right through it. Figures at the top.",
    ),
    (
        "C643",
        "Above average, below the limit, people above the limit, figures below 50, results above target, 20 below."
        " It stands well above last year’s and is below what was expected. The above-average months. Scores above 3.",
    ),
]


@pytest.mark.parametrize(("code", "text"), FINE)
def test_what_is_open_to_all_passes(code: str, text: str) -> None:
    assert [str(found) for found in find(code, text)] == []


def test_a_place_that_is_named_as_well_passes() -> None:
    text = "Table 2 below shows it. As section 3 above says. The list below is [](#it).\n\n## It {#it}\n\nWords."
    assert find("C643", text) == []


def with_figure(figure: Figure) -> Reading:
    return reading_of(Section(title=(Text(text="One"),), level=1, blocks=(figure,), at=Span(FILE, 2)))


def figure(alternative: str, *, caption: str = "Robbery by month") -> Figure:
    picture = Picture(path="a.png", media_type="image/png", pixel_width=1, pixel_height=1, sha256="", data=b"")
    words = (Text(text=caption),) if caption else ()
    return Figure(picture=picture, alternative=alternative, caption=words, number=1, at=Span(FILE, 7))


@pytest.mark.parametrize(
    ("code", "alternative", "finds"),
    [
        ("C611", "", True),
        ("C611", "Robbery rose to 40 a month.", False),
        ("C612", "Figure 1: robbery by month.", True),
        ("C612", "Robbery by month rose to 40.", False),
        ("C613", "It rose. " * 60, True),
        ("C613", "It rose. " * 50, False),
        ("C614", "Image of a chart", True),
        ("C614", "A picture showing robberies", True),
        ("C614", "A line chart: robbery rose.", False),
        ("C614", "Imagery from a helicopter", False),
    ],
)
def test_alternative_text(code: str, alternative: str, finds: bool) -> None:
    found = found_in(with_figure(figure(alternative)), code)
    assert [each.at.line for each in found] == ([7] if finds else [])


def test_decoration_without_a_caption_needs_no_words() -> None:
    reading = with_figure(figure("", caption=""))
    assert found_in(reading, "C611") == []


def test_a_heading_that_skips_a_level_and_one_without_words() -> None:
    inner = Section(title=(), level=3, at=Span(FILE, 9))
    reading = reading_of(Section(title=(Text(text="One"),), level=1, sections=(inner,), at=Span(FILE, 2)))
    (step,) = found_in(reading, "C601")
    (empty,) = found_in(reading, "C602")
    assert (step.at.line, empty.at.line) == (9, 9)
