"""The structure tree read from the boxes that were painted: one element for each element of the HTML.

Here these gaps are closed:

- a table, list or paragraph that goes on overleaf is a structure element for each of its pages (#2903);
- running heads and feet and the repeated heads of tables are tagged as text (#1836; for tables there is no issue);
- each line of text, and each element without a meaning in a PDF, is an element of its own (#2482);
- markup in a link brings a second link annotation, which stands in no Link element (#185, #2482);
- the language of an element other than the whole is lost (there is no issue).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from papergen.write.pdf.repairs.tree import LinkArea, MarkedContent, TagNode, TextLine, Tree

_KINDS = {
    "a": "Link",
    "blockquote": "BlockQuote",
    "caption": "Caption",
    "div": "Div",
    "figcaption": "Caption",
    "figure": "Div",
    "img": "Figure",
    "li": "LI",
    "ol": "L",
    "p": "P",
    "table": "Table",
    "tbody": "TBody",
    "td": "TD",
    "tfoot": "TFoot",
    "th": "TH",
    "thead": "THead",
    "tr": "TR",
    "ul": "L",
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
}
_PARTS = {"marker": "Lbl", "footnote-call": "Reference", "footnote-marker": "Lbl"}

_REPEATED = "/Type /Pagination"
_FURNITURE = {
    "top": "/Type /Pagination /Subtype /Header /Attached [/Top]",
    "bottom": "/Type /Pagination /Subtype /Footer /Attached [/Bottom]",
}


class PaintedPage:
    """A page of WeasyPrint's that remembers, once it is painted, which box is which marked content."""

    def __init__(self, page: Any) -> None:  # noqa: ANN401 - WeasyPrint is untyped
        self._page = page
        self.box = page._page_box
        self.marks: dict[Any, int] = {}
        # Of an empty page WeasyPrint writes no tags, which would take as long as the pages and be replaced.
        self._page_box = self.box.copy_with_children([])

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self._page, name)

    def paint(self, stream: Any, scale: float = 1) -> None:  # noqa: ANN401
        """Paint the page into the stream of a PDF's page."""
        self._page.paint(stream, scale)
        self.marks = {box: mark["mcid"] for box, mark in stream._tags.items()}
        stream._tags.clear()


def read_tree(pages: Sequence[PaintedPage]) -> Tree:
    """The structure of what was painted on ``pages``, each of which must have been painted."""
    reader = _Reader()
    for number, page in enumerate(pages):
        reader.read(number, page)
    return reader.tree


def html_tag(element: Any) -> str:  # noqa: ANN401
    """The tag of an element, or the one that a ``span`` in a footnote stands for."""
    for name in element.get("class", "").split():
        if element.tag == "span" and name.startswith("as-"):
            return str(name.removeprefix("as-"))
    return str(element.tag)


class _Reader:
    def __init__(self) -> None:
        self.tree = Tree()
        self._nodes: dict[tuple[Any, str], TagNode] = {}
        self._head_pages: dict[Any, int] = {}
        self._page = 0
        self._marks: dict[Any, int] = {}

    def read(self, number: int, page: PaintedPage) -> None:
        """Add what stands on a page to the tree."""
        self._page, self._marks = number, dict(page.marks)
        self._box(page.box, self.tree.root)
        if self._marks:
            raise ValueError(f"page {number + 1} has marked content of boxes that are not on it")

    def _box(self, box: Any, parent: TagNode, *, in_link: bool = False, artifact: str = "") -> None:  # noqa: ANN401
        from weasyprint.formatting_structure import boxes

        box = getattr(box, "_box", box)  # a placeholder for something positioned
        if isinstance(box, boxes.MarginBox):
            artifact = _FURNITURE["top" if "top" in box.at_keyword else "bottom"]
        elif isinstance(box, boxes.FootnoteAreaBox):
            parent = self.tree.notes
        artifact = artifact or self._repeated(box)
        node = parent if artifact else self._node(box, parent)
        in_link = self._link(box, node, in_link, bool(artifact))
        if isinstance(box, boxes.LineBox) and not artifact:
            self._line(box, node)
        if box in self._marks:
            mark = MarkedContent(self._page, self._marks.pop(box))
            if artifact:
                self.tree.artifacts[mark] = artifact
            else:
                node.kids.append(mark)
        for child in getattr(box, "children", ()):
            self._box(child, node, in_link=in_link, artifact=artifact)

    def _node(self, box: Any, parent: TagNode) -> TagNode:  # noqa: ANN401
        """The node of the element that a box is painted of, put into ``parent`` where it is new.

        Boxes that WeasyPrint adds carry the element around them.
        """
        if box.element is None:
            return parent
        part = box.element_tag.partition("::")[2]
        key = (box.element, part)
        node = self._nodes.get(key)
        if node is None:
            tag = html_tag(box.element)
            kind = _PARTS.get(part, "") if part else _KINDS.get(tag, "")
            node = self._nodes[key] = TagNode(kind, box.element, part)
            if not part and tag not in ("html", "body"):
                node.language = box.element.get("lang", "")
            parent.kids.append(node)
        if node is not parent:
            node.boxes.append((self._page, box))
        return node

    def _line(self, line: Any, node: TagNode) -> None:  # noqa: ANN401
        texts = [box for box in line.descendants() if box in self._marks]
        if texts:
            words = "".join(getattr(box, "text", "") for box in texts)
            marks = tuple(MarkedContent(self._page, self._marks[box]) for box in texts)
            self.tree.lines.setdefault(node, []).append(TextLine(words, marks))

    def _repeated(self, box: Any) -> str:  # noqa: ANN401
        """The properties of an artifact, if a box is the head of a table on a later page than its first."""
        if not getattr(box, "is_header", False):
            return ""
        return _REPEATED if self._head_pages.setdefault(box.element, self._page) != self._page else ""

    def _link(self, box: Any, node: TagNode, in_link: bool, is_artifact: bool) -> bool:  # noqa: ANN401
        """Take up the link annotation of a box; whether what is inside stands in a link."""
        annotation = getattr(box, "link_annotation", None)
        if annotation is None:
            return in_link
        if in_link or is_artifact:
            self.tree.dropped.add(annotation.number)
        else:
            node.kids.append(LinkArea(self._page, annotation.number))
        return True
