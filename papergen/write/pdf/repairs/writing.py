"""The mended tree as the structure tree of the PDF, in the place of the one that WeasyPrint wrote.

Here this gap is closed: ids of elements are in no ``IDTree``, without which nothing finds them (there is no issue).
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from papergen.write.pdf.repairs.blocks import on_page
from papergen.write.pdf.repairs.boxes import PaintedPage
from papergen.write.pdf.repairs.tree import Kid, LinkArea, MarkedContent, TagNode

_PRINTED = 4
_LOGGER = logging.getLogger("weasyprint")


def write_tree(pdf: pikepdf.Pdf, root: TagNode, pages: Sequence[PaintedPage], *, dropped: Collection[int]) -> None:
    """Write the structure tree, its way back from pages and annotations, and the annotations of new links."""
    _Writer(pdf, pages).write(root, dropped)


class _Writer:
    def __init__(self, pdf: pikepdf.Pdf, pages: Sequence[PaintedPage]) -> None:
        self._pdf = pdf
        self._pages = pages
        self._of_marks: dict[MarkedContent, pikepdf.Object] = {}
        self._of_annotations: list[pikepdf.Object] = []
        self._identified: dict[str, pikepdf.Object] = {}

    def write(self, root: TagNode, dropped: Collection[int]) -> None:
        for page in self._pdf.pages:
            if "/Annots" in page:
                page.Annots = Array([each for each in page.Annots if each.objgen[0] not in dropped])
        tree = self._pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        tree.K = self._element(root, tree)
        tree.ParentTree = self._pdf.make_indirect(Dictionary(Nums=self._parents()))
        tree.ParentTreeNextKey = len(self._pages) + len(self._of_annotations)
        if self._identified:
            names = [part for name in sorted(self._identified) for part in (String(name), self._identified[name])]
            tree.IDTree = self._pdf.make_indirect(Dictionary(Names=Array(names)))
        self._pdf.Root.StructTreeRoot = tree

    def _element(self, node: TagNode, parent: pikepdf.Object) -> pikepdf.Object:
        written = self._pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{node.kind}"), P=parent))
        page = next((mark.page for mark in node.kids if isinstance(mark, MarkedContent)), None)
        if page is not None:
            written.Pg = self._pdf.pages[page].obj
        kids = [self._kid(kid, written, page) for kid in node.kids]
        if kids:
            written.K = Array(kids) if len(kids) > 1 else kids[0]
        if node.attributes:
            written.A = Array([_attributes(owner, said) for owner, said in node.attributes.items()])
        if node.alternative:
            written.Alt = String(node.alternative)
        elif node.kind == "Figure":  # WeasyPrint says so of the tags that it writes, which are left out
            shown = "unknown" if node.element is None else node.element.get("src", "unknown")
            _LOGGER.error('Image "%s" has no required alt description', shown)
        if node.language:
            written.Lang = String(node.language)
        if node.identifier:
            written.ID = String(node.identifier)
            self._identified[node.identifier] = written
        return written

    def _kid(self, kid: Kid, parent: pikepdf.Object, page: int | None) -> Any:  # noqa: ANN401
        match kid:
            case TagNode():
                return self._element(kid, parent)
            case MarkedContent():
                self._of_marks[kid] = parent
                if kid.page == page:
                    return kid.number
                return Dictionary(Type=Name.MCR, Pg=self._pdf.pages[kid.page].obj, MCID=kid.number)
            case LinkArea():
                annotation = self._annotation(kid)
                annotation.StructParent = len(self._pages) + len(self._of_annotations)
                self._of_annotations.append(parent)
                return Dictionary(Type=Name.OBJR, Pg=self._pdf.pages[kid.page].obj, Obj=annotation)

    def _annotation(self, link: LinkArea) -> pikepdf.Object:
        if link.number:
            annotation = self._pdf.get_object(link.number, 0)
            annotation.Contents = String(link.words)
            return annotation
        target, area = link.target
        left, _, _, top = on_page(area, self._pages[target])
        annotation = self._pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Link,
                Rect=Array(on_page(link.area, self._pages[link.page])),
                BS=Dictionary(W=0),
                F=_PRINTED,
                Contents=String(link.words),
                Dest=Array([self._pdf.pages[target].obj, Name.XYZ, left, top, 0]),
            )
        )
        page = self._pdf.pages[link.page]
        if "/Annots" not in page:
            page.Annots = Array()
        page.Annots.append(annotation)
        return annotation

    def _parents(self) -> pikepdf.Array:
        """For each page the elements of its marked content, by number, then the element of each annotation."""
        entries: list[Any] = []
        for index, page in enumerate(self._pages):
            owners = [self._of_marks.get(MarkedContent(index, number)) for number in range(len(page.marks))]
            entries += [index, self._pdf.make_indirect(Array(owners))]
        for number, element in enumerate(self._of_annotations, len(self._pages)):
            entries += [number, element]
        return Array(entries)


def _attributes(owner: str, said: dict[str, Any]) -> pikepdf.Dictionary:
    written = Dictionary(O=Name(f"/{owner}"))
    for name, value in said.items():
        if isinstance(value, str):
            written[f"/{name}"] = Name(value)
        else:
            written[f"/{name}"] = Array(value) if isinstance(value, list) else value
    return written
