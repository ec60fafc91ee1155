"""What templates have wrong, and what pages may have no room or no letter for, set by itself: before a build.

Only a build sets the whole paper, and keeps with it which headings stand alone at a foot and which words are cut.
It is found from plain data, in whatever process.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from papergen import codes
from papergen.diagnostics import Diagnostic, Diagnostics
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

if TYPE_CHECKING:
    from papergen.write.dress import Dress

_COLUMNS = 6
_CELL_LETTERS = 1_500
_LONG_WORD = re.compile(r"\S{40}")
_LONG_IN_CELL = re.compile(r"\S{16}")


def found_in_templates(root: Path, meeting: str) -> tuple[Diagnostic, ...]:
    """What is wrong in the templates that the papers of ``meeting`` use."""
    from papergen.commands.templates import check_templates

    world = World(root, Diagnostics())
    check_templates(world, meeting)
    return tuple(world.diagnostics)


def found_on_pages(root: Path, papers: tuple[Paper, ...]) -> tuple[Diagnostic, ...]:
    """Letters that the font lacks, tables and long words that no page has room for, and what exceptions have wrong.

    Those are layouts and stylesheets that the workspace has beside its Word templates.
    """
    from papergen.commands.dresses import dress_of
    from papergen.write.resources import check_letters

    found = Diagnostics()
    for paper in papers:
        made = dress_of(World(root, Diagnostics()), paper.template, paper.fields)
        if made is None:
            continue
        check_letters(paper, "".join(plain_text(run.inlines) for run in flatten((paper,))), made.dress, found)
        has_exceptions = made.dress.exceptions or not made.dress.layout_file.endswith(".docx")
        blocks = tuple(_suspects(paper, None if has_exceptions else made.dress))
        if blocks or has_exceptions:
            _try_out(paper, blocks, made.dress, found)
    return tuple(each for each in found if each.code is not codes.HEADING_ALONE)


def _try_out(paper: Paper, blocks: tuple[Block, ...], dress: Dress, found: Diagnostics) -> None:
    """Set some blocks of a paper in pages."""
    from papergen.work.scratch import use_scratch
    from papergen.write.pdf import lay_out

    use_scratch()
    whole = Section(title=(Text(text=paper.title),), level=1, blocks=blocks or _NOTHING)
    lay_out(_alone(replace(paper, sections=(whole,), contents_depth=0)), dress=dress, diagnostics=found)


_NOTHING = (Paragraph(inlines=(Text(text="…"),)),)


def _suspects(paper: Paper, dress: Dress | None) -> Iterator[Block]:
    """What may not fit on its page; what surely does in ``dress`` need not be tried."""
    for section in walk_sections(paper.sections):
        for block in section.blocks:
            drawn = all(figure.picture is not None for figure in find_in((block,), Figure))
            if drawn and (_has_wide_table(block, dress) or _LONG_WORD.search(_words(paper, block))):
                yield block


def _has_wide_table(block: Block, dress: Dress | None) -> bool:
    from papergen.write.columns import surely_fits

    for table in find_in((block,), Table):
        cells = [cell for row in cells_of(table) for cell in row]
        longest = max(map(len, cells), default=0)
        if longest > _CELL_LETTERS:
            return True
        is_wide = len(table.header) >= _COLUMNS or (len(table.header) > 1 and any(map(_LONG_IN_CELL.search, cells)))
        is_low = longest * len(table.header) <= _CELL_LETTERS
        is_alone = isinstance(block, Table | Landscape)
        if is_wide and not (
            dress and is_low and is_alone and surely_fits(table, dress, landscape=isinstance(block, Landscape))
        ):
            return True
    return False


def _words(paper: Paper, block: Block) -> str:
    alone = replace(paper, sections=(Section(title=(), level=1, blocks=(block,)),))
    return " ".join(plain_text(run.inlines) for run in flatten((alone,)))


def _alone(paper: Paper) -> Paper:
    """The paper with the words of its references in their place, for what they lead to is not in it."""

    def inline(found: Inline) -> Inline:
        if isinstance(found, CrossReference):
            return Text(text=plain_text(found.children) or found.label)
        return found

    return replace(paper, sections=tuple(rebuild(each, inline=inline) for each in paper.sections))
