"""Files far beyond anything a paper holds: read in reasonable time, or refused in a sentence."""

from __future__ import annotations

import time

import pytest

from papergen import codes
from papergen.model.walk import plain_text
from tests.support.reading import read, read_cleanly

pytestmark = pytest.mark.slow

SECONDS = 5.0
"""Of the processor: many times what any of these takes, and far less than a quadratic reader does."""


def found_codes(text: str) -> set[str]:
    started = time.process_time()
    _, diagnostics = read(text)
    assert time.process_time() - started < SECONDS
    return {found.code.id for found in diagnostics}


def test_a_large_ordinary_file_is_read() -> None:
    paragraph = "There were {{ robbery.quarter }} offences, *fewer* than [last year](https://example.org).\n\n"
    row = "| North | {{ x | percent }} |\n"
    text = "".join(f"## Part {part}\n\n{paragraph * 20}| A | B |\n|---|---|\n{row * 20}\n" for part in range(100))

    started = time.process_time()
    section = read_cleanly(text)

    assert time.process_time() - started < SECONDS
    assert [plain_text(inner.title) for inner in section.sections] == [f"Part {part}" for part in range(100)]
    assert all(len(inner.blocks) == 21 for inner in section.sections)


@pytest.mark.parametrize("size", [200, 3_000])
@pytest.mark.parametrize("marker", ["> ", "- ", "1. ", "> - "])
def test_nesting_on_one_line(marker: str, size: int) -> None:
    assert codes.TOO_DEEP.id in found_codes(marker * size + "words\n")


@pytest.mark.parametrize("size", [200, 1_000])
def test_nesting_line_by_line(size: int) -> None:
    assert codes.TOO_DEEP.id in found_codes("".join(f"{'  ' * depth}- item\n" for depth in range(size)))


def test_nesting_of_directives() -> None:
    fences = [":" * length for length in range(203, 3, -1)]
    text = "".join(f"{fence} landscape\n" for fence in fences) + "words\n" + "\n".join(reversed(fences))

    assert codes.TOO_DEEP.id in found_codes(text)


def test_nesting_of_emphasis() -> None:
    assert codes.TOO_DEEP.id in found_codes("*" * 4_000 + "words" + "*" * 4_000)
    assert codes.TOO_DEEP.id in found_codes("*a **b " * 500 + "c** d*" * 500)


@pytest.mark.parametrize(
    "noise",
    [
        *("{{ ", "{{", "[", "![", "[a](", "*a _b ", "**a ", "`", "<", "<!-- ", "<a ", "&", "\\", "[^a", "a|", "]"),
        *("{", "(", "~~", "{code}", "[a|b", "\\begin{a}\\b", "[NOTE]\n====\na\n", "a@b.", "_a _", "a,b\n"),
        "a  b  c\n",
    ],
)
def test_line_noise_in_a_paragraph(noise: str) -> None:
    found_codes(noise * (9_500 // len(noise)))


@pytest.mark.parametrize(
    "noise",
    [
        *("::: note\n", "::: note\n## a\n", "```\n", "<!-- a\n", "> a\n", "[a]: b\n", "[a\n", "[^1]: a\n", "| a\n"),
        *("Table: a\n", "- a\n", "---\n", "## a\n", "a\n=\n", "{{ x }} "),
    ],
)
def test_line_noise_over_many_lines(noise: str) -> None:
    found_codes(noise * (20_000 // len(noise)))


def test_a_paragraph_without_an_end() -> None:
    assert found_codes("words " * 300_000) == {codes.TOO_LONG.id}


def test_front_matter_without_an_end() -> None:
    assert found_codes("---\n" + "".join(f"key{number}: 1\n" for number in range(20_000)) + "---\n") == {
        codes.TOO_LONG.id
    }


def test_thousands_of_values_keep_their_places() -> None:
    section = read_cleanly("\n\n".join("{{ x }} " * 100 for _ in range(50)))

    assert len(section.blocks) == 50
