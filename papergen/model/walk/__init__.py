"""The only walks over the tree of a paper: finding nodes, changing them, and the words of a paper in reading order.

Each ends in ``assert_never``, so that a new node cannot be forgotten.  The order is everywhere the order of reading: a
heading before what stands under it, a caption before the cells of its table.
"""

from papergen.model.walk.changing import Within, rebuild, rebuild_blocks, rebuild_inlines
from papergen.model.walk.finding import Found, Node, find, find_in, keys, walk_files, walk_lines, walk_sections
from papergen.model.walk.words import Place, Run, cells_of, flatten, leaves, plain_text, printed

__all__ = [
    "Found",
    "Node",
    "Place",
    "Run",
    "Within",
    "cells_of",
    "find",
    "find_in",
    "flatten",
    "keys",
    "leaves",
    "plain_text",
    "printed",
    "rebuild",
    "rebuild_blocks",
    "rebuild_inlines",
    "walk_files",
    "walk_lines",
    "walk_sections",
]
