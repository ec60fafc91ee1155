"""What templates have wrong, and what pages may have no room or no letter for, set by itself: before a build.

Only a build sets the whole paper, and keeps with it which headings stand alone at a foot and which words are cut.
It is found from plain data, in whatever process.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from papergen import codes
from papergen.diagnostics import Diagnostic, Diagnostics, Span
from papergen.model.nodes import (
    Block,
    CrossReference,
    Figure,
    Inline,
    Landscape,
    Paper,
    Paragraph,
    Section,
    Table,
    Text,
)
from papergen.model.walk import cells_of, find_in, flatten, plain_text, rebuild, walk_sections
from papergen.world import World
from papergen.write.resources import first_places, tell_of_letters

if TYPE_CHECKING:
    from papergen.write.dress import Dress

_COLUMNS = 6
_CELL_LETTERS = 1_500
_LONG_WORD = re.compile(r"\S{40}")
_LONG_IN_CELL = re.compile(r"\S{16}")


def found_in_templates(root: Path, templates: Iterable[str], fields: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """What is wrong in the files of some templates, which may print ``fields``."""
    from papergen.commands.dresses import check_file, used_files

    world = World(root, Diagnostics())
    for name in used_files(world, templates):
        if (data := world.template(name)) is not None:
            check_file(world, name, data, fields)
    return tuple(world.diagnostics)


@dataclass(frozen=True, slots=True)
class Suspected:
    """A paper cut to what may not fit on its pages, and where its words first hold each letter that our font lacks."""

    paper: Paper
    letters: Mapping[str, Span | None]


def suspected(paper: Paper) -> Suspected:
    """What is to be looked at of a paper."""
    words = "\n".join(plain_text(run.inlines) for run in flatten((paper,)))
    may_be_long = _LONG_WORD.search(words) is not None
    blocks = (block for section in walk_sections(paper.sections) for block in section.blocks)
    drawn = (block for block in blocks if all(figure.picture is not None for figure in find_in((block,), Figure)))
    wide = (
        block
        for block in drawn
        if any(map(_may_be_wide, find_in((block,), Table))) or (may_be_long and _has_long_word(paper, block))
    )
    whole = Section(title=(Text(text=paper.title),), level=1, blocks=tuple(wide))
    return Suspected(_alone(replace(paper, sections=(whole,), contents_depth=0)), first_places(paper, words))


def found_on_pages(root: Path, suspects: Iterable[Suspected]) -> tuple[Diagnostic, ...]:
    """Letters that the font lacks, tables and long words that no page has room for, and what exceptions have wrong.

    Those are layouts and stylesheets that the workspace has beside its Word templates.
    """
    from papergen.commands.dresses import dress_of

    found = Diagnostics()
    for each in suspects:
        made = dress_of(World(root, Diagnostics()), each.paper.template, each.paper.fields)
        if made is None:
            continue
        tell_of_letters(each.letters, made.dress, found)
        has_exceptions = bool(made.dress.exceptions) or not made.dress.layout_file.endswith(".docx")
        (whole,) = each.paper.sections
        blocks = tuple(block for block in whole.blocks if has_exceptions or not _surely_fits(block, made.dress))
        if blocks or has_exceptions:
            _try_out(replace(each.paper, sections=(replace(whole, blocks=blocks or _NOTHING),)), made.dress, found)
    return tuple(each for each in found if each.code is not codes.HEADING_ALONE)


_NOTHING = (Paragraph(inlines=(Text(text="…"),)),)


def _try_out(paper: Paper, dress: Dress, found: Diagnostics) -> None:
    from papergen.work.scratch import use_scratch
    from papergen.write.pdf.writer import lay_out

    use_scratch()
    lay_out(paper, dress=dress, diagnostics=found)


def _may_be_wide(table: Table) -> bool:
    cells = [cell for row in cells_of(table) for cell in row]
    is_wide = len(table.header) >= _COLUMNS or (len(table.header) > 1 and any(map(_LONG_IN_CELL.search, cells)))
    return is_wide or max(map(len, cells), default=0) > _CELL_LETTERS


def _surely_fits(block: Block, dress: Dress) -> bool:
    """Whether a block is a table whose words and rows surely have room."""
    from papergen.write.columns import surely_fits

    table = block.blocks[0] if isinstance(block, Landscape) and len(block.blocks) == 1 else block
    if not isinstance(table, Table) or _LONG_WORD.search(plain_text((*table.caption, *table.note))):
        return False
    longest = max((len(cell) for row in cells_of(table) for cell in row), default=0)
    is_low = longest * len(table.header) <= _CELL_LETTERS
    return is_low and surely_fits(table, dress, landscape=table is not block)


def _has_long_word(paper: Paper, block: Block) -> bool:
    alone = replace(paper, sections=(Section(title=(), level=1, blocks=(block,)),))
    return any(_LONG_WORD.search(plain_text(run.inlines)) for run in flatten((alone,)))


def _alone(paper: Paper) -> Paper:
    """The paper with the words of its references in their place, for what they lead to is not in it."""

    def inline(found: Inline) -> Inline:
        if isinstance(found, CrossReference):
            return Text(text=plain_text(found.children) or found.label)
        return found

    return replace(paper, sections=tuple(rebuild(each, inline=inline) for each in paper.sections))
