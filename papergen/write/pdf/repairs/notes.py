"""Footnotes.

Here these gaps are closed (there is no issue): a footnote is neither a Note nor has it a Reference, it is read at the
end of its page, in the middle of what goes on overleaf, and nothing leads to it or back.
"""

from __future__ import annotations

from typing import Any

from papergen.values.chrome import Chrome
from papergen.write.pdf.repairs.tree import Area, Kid, LinkArea, TagNode, Tree

_HOLDERS = frozenset({"Document", "Div", "BlockQuote", "LBody"})
_INLINE = frozenset({"Reference", "Link", "Span"})

# A mark is smaller than a finger or a shaky hand; in CSS pixels.
_ROOM = 2


def link_notes(tree: Tree, words: Chrome) -> None:
    """Make each note a ``Note`` that its mark leads to and whose number leads back to the mark."""
    calls = {node.element: node for node in tree.root.walk() if node.part == "footnote-call"}
    for note in tree.notes.nodes:
        call = calls[note.element]
        marker = next(node for node in note.walk() if node.part == "footnote-marker")
        number = note.element.get("data-number", "")
        note.kind, note.identifier = "Note", f"note-{number}"
        here, there = _place(call), _place(marker)
        call.kids = [_leading(call.kids, here, there, words.note.format(number=number))]
        marker.kids = [_leading(marker.kids, there, here, words.back_to_note.format(number=number))]


def _leading(kids: list[Kid], here: tuple[int, Area], there: tuple[int, Area], words: str) -> TagNode:
    return TagNode("Link", kids=[LinkArea(here[0], area=here[1], target=there, words=words), *kids])


def _place(node: TagNode) -> tuple[int, Area]:
    """The page of a mark and its area there: its box has no height, since it must not push lines apart."""
    page, box = node.boxes[0]
    text = next(each for each in box.descendants() if getattr(each, "text", None))
    size: Any = text.style["font_size"]
    foot = text.position_y + text.baseline
    return page, (
        text.position_x - _ROOM,
        foot - size - _ROOM,
        text.position_x + text.width + _ROOM,
        foot + _ROOM,
    )


def place_notes(tree: Tree) -> None:
    """Put each note after the paragraph, heading, caption or table that calls it.

    Inside a table it would be read out again with every cell that its header stands over.
    """
    notes = {note.element: note for note in tree.notes.nodes}
    if _place_within(tree.root, notes) or notes:
        raise ValueError("a footnote has no mark")


def _place_within(node: TagNode, notes: dict[Any, TagNode]) -> list[TagNode]:
    """Place the notes that are called in ``node``; those that must stand after it are handed back."""
    is_holder = node.kind in _HOLDERS
    called: list[TagNode] = []
    kids: list[Kid] = []
    for kid in node.kids:
        is_block = isinstance(kid, TagNode) and kid.kind not in _INLINE
        if is_holder and is_block:
            kids, called = [*kids, *called], []
        kids.append(kid)
        if isinstance(kid, TagNode):
            called += [notes.pop(kid.element)] if kid.part == "footnote-call" else _place_within(kid, notes)
        if is_holder and is_block:
            kids, called = [*kids, *called], []
    node.kids = [*kids, *called] if is_holder else kids
    return [] if is_holder else called
