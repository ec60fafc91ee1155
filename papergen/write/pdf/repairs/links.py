"""Links.

Here this gap is closed: the description of a link is an address or the name of an anchor ("sums"), which tells nobody
where it leads (there is no issue).
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import unquote

import pikepdf

from papergen.values.chrome import Chrome
from papergen.write.pdf.repairs.boxes import PaintedPage
from papergen.write.pdf.repairs.tree import LinkArea, TagNode
from papergen.write.resources import LAYOUT_BASE


def describe_links(root: TagNode, pages: Sequence[PaintedPage], first_page: int, words: Chrome) -> None:
    """Say of each link what its words are and to which address or printed page it leads."""
    printed: dict[str, int] = {}
    for number, page in enumerate(pages, first_page):
        for anchor in page.anchors:
            printed.setdefault(anchor, number)
    for link in root.walk():
        for area in link.kids:
            if isinstance(area, LinkArea):
                area.words = _description(link, printed, words)


def lead_beside(pdf: pikepdf.Pdf) -> None:
    """Let links to files beside the paper lead there: WeasyPrint makes an address of the name of every file."""
    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", pikepdf.Array()):
            address = str(annotation.A.URI) if "/A" in annotation and "/URI" in annotation.A else ""
            if address.startswith(LAYOUT_BASE):
                annotation.A.URI = pikepdf.String(address.removeprefix(LAYOUT_BASE))


def _description(link: TagNode, printed: dict[str, int], words: Chrome) -> str:
    address = link.element.get("href", "")
    if address.startswith("#"):
        return words.of_page.format(words=link.words, number=printed[unquote(address[1:])])
    shown = address.removeprefix("mailto:")
    return link.words if shown in link.words else f"{link.words}: {shown}"
