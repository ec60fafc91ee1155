"""What a page may draw on besides its own words: the package's font and the paper's own pictures, and nothing else."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from papergen import codes
from papergen.diagnostics import Diagnostics, Span
from papergen.model.nodes import Block, CrossReference, Figure, Graphic, Paper, Picture, Section, Table, Text, Value
from papergen.model.vector import only_drawing
from papergen.model.walk import Within, find, plain_text, rebuild
from papergen.write.font_letters import FONTS, letter_widths

if TYPE_CHECKING:
    from papergen.write.dress import Dress

ChartPages = Mapping[str, bytes]
"""The charts of a paper by their addresses, each as the page of a PDF; nothing where the engine could not draw it."""

PICTURES = "papergen:picture/"
LAYOUT_BASE = "papergen:layout/"
"""What WeasyPrint takes for the folder of a page."""
CHART_FONT = "Arimo"
"""The font that charts are drawn with; it has the widths of Arial, which Word files name."""
PRINT_FONT = "Papergen Sans"
WORD_FONT = "Arial"


def picture_address(picture: Picture) -> str:
    """The address by which a page asks for a picture of the paper."""
    return f"{PICTURES}{picture.sha256}"


def resource(address: str, pictures: Mapping[str, Picture]) -> tuple[bytes, str] | None:
    """The bytes and media type behind an address, or None for one that is not the paper's own."""
    if address in FONTS:
        return FONTS[address].read_bytes(), "font/ttf"
    picture = pictures.get(address)
    if picture is not None and picture.vector:
        return in_font(picture.vector, PRINT_FONT), "image/svg+xml"
    return None if picture is None else (picture.data, picture.media_type)


def in_font(drawing: bytes, name: str) -> bytes:
    """A chart whose words are set in the font that goes by ``name`` where it is shown, and nothing foreign with it."""
    return only_drawing(drawing).replace(f'font-family="{CHART_FONT}"'.encode(), f'font-family="{name}"'.encode())


def pictures_of(paper: Paper) -> dict[str, Picture]:
    """Every picture of a paper by its address."""
    pictures = [found.node.drawn for found in find((paper,), Figure)]
    pictures += [found.node.picture for found in find((paper,), Graphic)]
    return {picture_address(picture): picture for picture in pictures}


def pages_of(paper: Paper) -> dict[str, bytes]:
    """The pages of the charts of a paper."""
    return {address: each.page for address, each in pictures_of(paper).items() if each.vector}


def with_pages(paper: Paper, charts: ChartPages) -> Paper:
    """The paper with these as the pages of its charts."""

    def block(found: Block, _: Within) -> Block:
        if isinstance(found, Figure) and found.drawn.vector:
            return replace(found, picture=replace(found.drawn, page=charts[picture_address(found.drawn)]))
        return found

    return replace(paper, sections=tuple(rebuild(each, block=block) for each in paper.sections))


def keyed_nodes(paper: Paper) -> Iterator[tuple[str, Span]]:
    """The key of each section, figure and table that has one, with its place."""
    for found in find((paper,), Section, Figure, Table):
        if found.node.key:
            yield found.node.key, found.at


def undrawn_letters(text: str) -> list[str]:
    """The letters of ``text`` that the font does not hold, each once, in the order of their code points.

    A system's own fonts would stand in for them, and the pages would differ from one machine to the next.
    """
    drawn = letter_widths("Regular")
    missing = (letter for letter in set(text) if ord(letter) not in drawn)
    return sorted(letter for letter in missing if not letter.isspace() and unicodedata.category(letter) != "Cf")


def first_places(paper: Paper, words: str) -> dict[str, Span | None]:
    """Where the paper first has each letter of its ``words`` and of its charts that the font does not hold."""
    words += "".join(_drawn_words(each.node) for each in find((paper,), Figure))
    return {letter: first_place(paper, letter) for letter in undrawn_letters(words)}


def _drawn_words(figure: Figure) -> str:
    """The words of a chart, among the marks of its drawing, and of its data."""
    drawing = figure.picture.vector.decode() if figure.picture else ""
    return drawing if figure.data is None else "".join([drawing, *figure.data.columns, *chain(*figure.data.rows)])


_MOST_LETTERS = 20


def tell_of_letters(places: Mapping[str, Span | None], dress: Dress, found: Diagnostics) -> None:
    """Tell of those of the letters, by their places, that the fonts of a template do not hold either."""
    missing: dict[Span, list[str]] = {}
    for letter, at in places.items():
        if ord(letter) not in dress.letters:
            missing.setdefault(at or Span(dress.layout_file), []).append(letter)
    for at, (letter, *more) in missing.items():
        others = f", and none of “{''.join(more[:_MOST_LETTERS])}{'…' if more[_MOST_LETTERS:] else ''}”" if more else ""
        found.add(
            codes.LETTER_MISSING,
            at,
            f"The PDF's font has no “{letter}” (U+{ord(letter):04X}){others}.",
            "Write it in words or with other characters, or put it in a picture.",
        )


def first_place(paper: Paper, letters: str) -> Span | None:
    """Where letters are first written in the paper, as near as their block, or None where the content has them not."""
    words = ((each.at, each.node) for each in find((paper,), Text, Value, CrossReference))
    said = ((at, node.label if isinstance(node, CrossReference) else node.text) for at, node in words)
    head = ((each.at, f"{each.label} {plain_text(each.words)}") for each in paper.head)
    drawn = ((each.at, _drawn_words(each.node)) for each in find((paper,), Figure))
    return next((at for at, text in chain(head, said, drawn) if letters in text), None)
