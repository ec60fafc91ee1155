"""Lists, tables and figures: what is inside them, and what they say of themselves.

Here these gaps are closed:

- a header cell does not say what it heads (#2508);
- a list inside an item stands beside it, and no list says how it is numbered (#2482);
- the caption of a figure stands beside it with nothing around both, and its bounds are not in the units of the page
  (#2482).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from papergen.model.numerals import Numerals, numeral
from papergen.write.pdf.repairs.boxes import PaintedPage, html_tag
from papergen.write.pdf.repairs.tree import Area, TagNode

POINTS_PER_PIXEL = 0.75

_SCOPES = {"row": "/Row", "rowgroup": "/Row"}


def mend_lists(root: TagNode) -> None:
    """Each item as its label and its body, which holds the lists inside it; each list with the kind of its numbers."""
    for listed in [node for node in root.walk() if node.kind == "L"]:
        for item in listed.nodes:
            _divide(item)
        labels = [_printed(node) for node in listed.walk() if node.part == "marker"]
        listed.attributes["List"] = {"ListNumbering": f"/{_numbering(listed, labels)}"}


def _divide(item: TagNode) -> None:
    labels = _take_labels(item)
    body = TagNode("LBody", kids=item.kids)
    item.kids = [*labels, body]


def _take_labels(node: TagNode) -> list[TagNode]:
    """The markers of an item, which WeasyPrint may have put into its first paragraph, taken out of it."""
    labels: list[TagNode] = []
    for kid in node.nodes:
        if kid.part == "marker":
            labels.append(kid)
        elif kid.kind != "L":
            labels += _take_labels(kid)
    node.kids = [kid for kid in node.kids if kid not in labels]
    return labels


def _printed(marker: TagNode) -> str:
    return "".join(getattr(box, "text", "") for box in marker.boxes[0][1].descendants())


def _numbering(listed: TagNode, labels: list[str]) -> str:
    """How the items of a list are numbered, from how the first one is."""
    number = re.sub(r"\W", "", labels[0]) if labels else ""
    if html_tag(listed.element) != "ol" or not number:
        return "Disc" if labels else "None"
    if number.isdigit():
        return "Decimal"
    case = "Upper" if number.isupper() else "Lower"
    letter = numeral(Numerals.LETTERS, int(listed.element.get("start", 1)))
    return f"{case}Alpha" if number.lower() == letter else f"{case}Roman"


def mend_tables(root: TagNode) -> None:
    """Header cells that say what they head, and cells that say over how many rows and columns they reach."""
    for cell in root.walk():
        if cell.kind not in ("TH", "TD"):
            continue
        said: dict[str, str | int] = {}
        if cell.kind == "TH":
            said["Scope"] = _SCOPES.get(cell.element.get("scope", ""), "/Column")
        for name, written in (("ColSpan", "colspan"), ("RowSpan", "rowspan")):
            if (count := int(cell.element.get(written, 1))) > 1:
                said[name] = count
        if said:
            cell.attributes["Table"] = said


def mend_figures(root: TagNode, pages: Sequence[PaintedPage]) -> None:
    """Pictures with their alternative text and their bounds on the page.

    A picture, its caption and its note stand in one ``Div``: the alternative text of a figure is read instead of all
    that is in it.
    """
    for figure in root.walk():
        if figure.kind != "Figure":
            continue
        figure.alternative = figure.element.get("alt", "")
        number, box = figure.boxes[0]
        left, top = box.content_box_x(), box.content_box_y()
        area = (left, top, left + box.width, top + box.height)
        figure.attributes["Layout"] = {"BBox": list(on_page(area, pages[number])), "Placement": "/Block"}


def on_page(area: Area, page: PaintedPage) -> Area:
    """Left, bottom, right and top of an area in the units of a PDF's page."""
    left, top, right, bottom = area
    return (
        round(left * POINTS_PER_PIXEL, 3),
        round((page.height - bottom) * POINTS_PER_PIXEL, 3),
        round(right * POINTS_PER_PIXEL, 3),
        round((page.height - top) * POINTS_PER_PIXEL, 3),
    )
