"""Working out the dress of papers from their Word template."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache, lru_cache

from docx.opc.part import Part

from papergen import codes
from papergen.diagnostics import Diagnostic, Diagnostics, Span
from papergen.write.css import Inks
from papergen.write.docx.looks import Looks
from papergen.write.docx.own_template import OWN_NAME, own_template
from papergen.write.docx.preflight import check_opened
from papergen.write.docx.sections import section_around
from papergen.write.docx.shell_reader import body_place, read_shell
from papergen.write.docx.stories import paragraph_text, paragraphs, stories
from papergen.write.docx.story_faults import quote
from papergen.write.docx.template import CANNOT_OPEN, SAVE_AGAIN, open_template
from papergen.write.dress import Dress
from papergen.write.elements import data_address
from papergen.write.fonts import FOLDER, WEB_FONTS, choose_fonts
from papergen.write.looks import TemplateLook
from papergen.write.page_borders import border_pictures
from papergen.write.pdf.looks import base_stylesheet, print_stylesheet
from papergen.write.resources import undrawn_letters
from papergen.write.shell import Shell, ShellBlock, ShellParagraph, ShellRow, ShellWords
from papergen.write.shell_html import ShellWriter, page_rules, print_layout
from papergen.write.styles import (
    EMPHASIS,
    HYPERLINK,
    NEEDED_STYLES,
    STRONG,
    TABLE_HEADINGS,
    TABLE_SECTION,
    TABLE_TEXTS,
    TABLE_TOTALS,
)
from papergen.write.web.layout import web_layout
from papergen.write.web.looks import web_looks
from papergen.write.web.page import web_stylesheet

_CHOOSE = "Choose a darker or lighter colour in Word, if you would rather have another."
_LOOK = "Look at the PDF and the page, and change it in Word if need be."


def dress(
    name: str, template: bytes, *, fields: Mapping[str, str], fonts: Mapping[str, bytes], diagnostics: Diagnostics
) -> Dress | None:
    """The dress that the template ``name`` gives its papers, or None with diagnostics about it.

    ``fonts`` are the workspace's own, by file name.
    """
    made, found = _dress(name, template, frozenset(fields), tuple(sorted(fonts.items())))
    diagnostics.extend(found)
    return made


@lru_cache(maxsize=8)
def _dress(
    name: str, data: bytes, fields: frozenset[str], files: tuple[tuple[str, bytes], ...]
) -> tuple[Dress | None, tuple[Diagnostic, ...]]:
    """The dress and what was found, worked out once for the same template, names of fields and fonts."""
    found = Diagnostics()
    try:
        made = _worked_out(name, data, fields, dict(files), found)
    except CANNOT_OPEN:
        made = None
        found.add(
            codes.TEMPLATE_UNREADABLE, Span(name), "The template holds something that no Word file has.", SAVE_AGAIN
        )
    return None if found.has_errors else made, tuple(found)


def _worked_out(
    name: str, data: bytes, fields: Collection[str], files: Mapping[str, bytes], found: Diagnostics
) -> Dress | None:
    template = open_template(name, data, found)
    if template is None or not check_opened(name, template, fields=fields, diagnostics=found).usable:
        return None
    part = template.docx.part
    looks, section = Looks(part), section_around(body_place(template.docx.element.body))
    look, shell = looks.template(section), read_shell(part, looks, section)
    fonts = choose_fonts(name, _fonts(look, shell), files, found)
    _check_letters(name, part, fonts.letters, found)
    inks = Inks()
    writer = ShellWriter(fonts.families, inks, column=shell.page.column)
    layout = print_layout(shell, writer)
    stylesheet = "".join(
        (
            base_stylesheet(),
            fonts.faces,
            *page_rules(shell),
            print_stylesheet(look, fonts=fonts.families, inks=inks),
            writer.stylesheet(),
        )
    )
    shown = {address: data_address(*held) for address, held in shell.resources.items()}
    web_writer = ShellWriter(fonts.web, inks, shown)
    page_layout = web_layout(shell, web_writer)
    for message in inks.changed():
        found.add(codes.TEMPLATE_CONTRAST, Span(name), message, _CHOOSE)
    for message in shell.troubles:
        found.add(codes.TEMPLATE_LOOK, Span(name), message, _LOOK)
    return Dress(
        layout=layout,
        stylesheet=stylesheet,
        web_layout=page_layout,
        web_layout_file=name,
        web_looks=fonts.web_faces + web_looks(look, fonts=fonts.web, inks=inks) + web_writer.stylesheet(),
        page=look.page,
        size=look.paragraph("Table Text").letters.size,
        largest=_largest_in_tables(look),
        beside=_beside_in_tables(look),
        headings=look.headings,
        layout_file=name,
        resources={**shell.resources, **border_pictures(shell), **fonts.resources},
        letters=fonts.letters,
    )


def _largest_in_tables(look: TemplateLook) -> float:
    """The size of letters that take as much room as the largest of the styles in tables, in points."""
    names = (*TABLE_TEXTS.values(), *TABLE_HEADINGS.values(), *TABLE_TOTALS.values(), TABLE_SECTION)
    styles = (each.letters for each in look.used(names))
    sizes = [
        each.size * (_CAPITALS if each.capitals or each.small_capitals else 1) + 2 * max(each.apart, 0.0)
        for each in styles
    ]
    within = (look.letters.get(name.casefold(), {}).get("size") for name in (STRONG, EMPHASIS, HYPERLINK))
    return max(*sizes, *(float(size or 0) for size in within))


_CAPITALS = 1.5
"""How much wider capitals are than small letters."""


def _beside_in_tables(look: TemplateLook) -> float:
    """The room and the lines on both sides of the words of a cell, in points."""
    table, words = look.table, look.paragraph("Table Text")
    every = (cells.sides for cells in (table.cells, table.head, table.odd, table.even))
    lines = (edge.width for sides in every for side, edge in sides.items() if side in ("left", "right", "insideV"))
    return table.room["left"] + table.room["right"] + words.left + words.right + 2 * max(lines, default=0.0)


def _check_letters(name: str, document: Part, held: Collection[int], found: Diagnostics) -> None:
    """Tell of letters of the template's own text that no font of the PDF has, where they stand first."""
    told: set[str] = set()
    for story in stories(document):
        for paragraph in paragraphs(story.root):
            text = paragraph_text(paragraph)
            for letter in [each for each in undrawn_letters(text) if ord(each) not in held and each not in told]:
                told.add(letter)
                found.add(
                    codes.LETTER_MISSING,
                    Span(name),
                    f"In the {story.place} paragraph “{quote(text)}”, “{letter}” (U+{ord(letter):04X}) is in no font of"
                    " the PDF.",
                    f"Write it in words or with another character, or put a font that has it into {FOLDER}/.",
                )


def _fonts(look: TemplateLook, shell: Shell) -> Iterator[str]:
    """Every font that the styles of papers and the words of the shell name, that of the text first."""
    yield look.paragraph("Body Text").letters.font
    for style in look.used(NEEDED_STYLES):
        yield style.letters.font
    for blocks in shell.stories:
        yield from _named(blocks)


def _named(blocks: tuple[ShellBlock, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, ShellParagraph):
            yield block.look.letters.font
            yield from (each.letters.font for each in block.inlines if isinstance(each, ShellWords))
        elif isinstance(block, ShellRow):
            for cell in block.cells:
                yield from _named(cell.blocks)


@cache
def own_web_stylesheet() -> str:
    """The stylesheet of pages as papergen's own Word template has them, for what is shown beside papers."""
    template = open_template(OWN_NAME, own_template(), Diagnostics())
    assert template is not None  # noqa: S101 - it is papergen's own
    part = template.docx.part
    look = Looks(part).template(section_around(body_place(template.docx.element.body)))
    return web_looks(look, fonts={"Arial": WEB_FONTS}, inks=Inks()) + web_stylesheet()
