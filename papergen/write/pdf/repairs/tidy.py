"""What is left when a tree was mended: elements that mean nothing, and text that stands in no paragraph.

Here this gap is closed: words with bold or italic letters, and boxes that only style them, are elements (#2482).
"""

from __future__ import annotations

from papergen.write.pdf.repairs.tree import Kid, TagNode

_GROUPS = frozenset({"Document", "Div", "BlockQuote"})
_KEPT = frozenset({"TD", "TH"})
_INLINE = frozenset({"Link", "Reference", "Span", "Lbl"})


def tidy(node: TagNode) -> None:
    """Take out what is empty or has no kind, and put text that stands in a group into a paragraph."""
    kids: list[Kid] = []
    for kid in node.kids:
        if not isinstance(kid, TagNode):
            kids.append(kid)
            continue
        tidy(kid)
        if kid.language and not kid.kind:
            kid.kind = "Span"
        if not kid.kids and kid.kind not in _KEPT:
            continue
        if kid.kind:
            kids.append(kid)
        else:
            kids += kid.kids
    node.kids = _in_paragraphs(kids) if node.kind in _GROUPS else kids


def _in_paragraphs(kids: list[Kid]) -> list[Kid]:
    """The kids of a group, with what is not a block in paragraphs."""
    blocks: list[Kid] = []
    loose: TagNode | None = None
    for kid in kids:
        if isinstance(kid, TagNode) and kid.kind not in _INLINE:
            loose = None
            blocks.append(kid)
            continue
        if loose is None:
            loose = TagNode("P")
            blocks.append(loose)
        loose.kids.append(kid)
    return blocks
