"""The contents list.

Here this gap is closed: it is a list like any other, with the page number before the words (there is no issue).
"""

from __future__ import annotations

from papergen.write.pdf.repairs.tree import Kid, TagNode


def mend_contents(root: TagNode) -> None:
    """The contents list as a ``TOC`` with one inside it for each level below the first."""
    for parent in list(root.walk()):
        for node in parent.nodes:
            if node.kind == "L" and "toc" in node.classes:
                entries = [(_level(entry), _entry(entry)) for entry in node.nodes]
                parent.kids[parent.kids.index(node)] = _nested(entries)


def _level(entry: TagNode) -> int:
    return next((int(name[4:]) for name in entry.classes if name[:4] == "toc-" and name[4:].isdigit()), 1)


def _entry(entry: TagNode) -> TagNode:
    """The number of an entry, and its words and page as one link."""
    link = next(node for node in entry.walk() if node.kind == "Link")
    link.kids += [node for node in entry.walk() if "toc-page" in node.classes]
    labels: list[Kid] = [TagNode("Lbl", kids=[node]) for node in entry.walk() if "number" in node.classes]
    return TagNode("TOCI", kids=[*labels, TagNode("Reference", kids=[link])])


def _nested(entries: list[tuple[int, TagNode]]) -> TagNode:
    top = TagNode("TOC")
    open_lists = [(min((level for level, _ in entries), default=1), top)]
    for level, entry in entries:
        while level < open_lists[-1][0] and len(open_lists) > 1:
            open_lists.pop()
        if level > open_lists[-1][0]:
            inner = TagNode("TOC")
            open_lists[-1][1].kids.append(inner)
            open_lists.append((level, inner))
        open_lists[-1][1].kids.append(entry)
    return top
