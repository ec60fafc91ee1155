"""Faults put into a sound PDF, one at a time, and who must catch each."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import TypeAlias

import pikepdf
from pikepdf import Name

Fault: TypeAlias = Callable[[pikepdf.Pdf], None]


def elements(pdf: pikepdf.Pdf, kind: str) -> list[pikepdf.Object]:
    """The structure elements of a kind, in reading order."""

    def below(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
        kids = element.get("/K", pikepdf.Array())
        for kid in list(kids) if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield kid
                yield from below(kid)

    return [each for each in below(pdf.Root.StructTreeRoot.K) if kind == each.S]


def with_fault(data: bytes, fault: Fault) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        fault(pdf)
        saved = io.BytesIO()
        pdf.save(saved)
    return saved.getvalue()


def without_alternative(pdf: pikepdf.Pdf) -> None:
    del elements(pdf, "/Figure")[0].Alt


def without_profile(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


def without_explanation(pdf: pikepdf.Pdf) -> None:
    metadata = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata.write(metadata.replace(b"pdfaExtension:schemas", b"pdfaExtension:others"))


def without_print(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].Annots[0].F


def without_note_id(pdf: pikepdf.Pdf) -> None:
    del elements(pdf, "/Note")[0].ID


def with_link_as_text(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "/Link")[0].S = Name.Span


def without_scope(pdf: pikepdf.Pdf) -> None:
    for head in elements(pdf, "/TH"):
        del head.A


def with_split_heading(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "/H2")[0].S = Name.H5


def with_stray_item(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "/L")[0].S = Name.Div


def swap_first_rows(pdf: pikepdf.Pdf) -> None:
    rows = elements(pdf, "/TBody")[0].K
    rows[0], rows[1] = rows[1], rows[0]


def with_words_run_together(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        stream = page.obj.Contents
        stream.write(stream.read_bytes().replace(b"<0003>] TJ", b"] TJ"))


def without_list_body(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "/LBody")[0].S = Name.P


def with_odd_row(pdf: pikepdf.Pdf) -> None:
    row = elements(pdf, "/TR")[1]
    row.K = pikepdf.Array(list(row.K)[1:])


def with_lost_text(pdf: pikepdf.Pdf) -> None:
    del elements(pdf, "/P")[0].K


def with_wrong_parent(pdf: pikepdf.Pdf) -> None:
    owners = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    owners[0], owners[4] = owners[4], owners[0]


def with_split_table(pdf: pikepdf.Pdf) -> None:
    table = elements(pdf, "/Table")[0]
    table.K.append(pdf.make_indirect(pikepdf.Dictionary(S=Name.THead, P=table)))


def with_bounds_of_another_page(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "/Figure")[0].A[0].BBox = pikepdf.Array([0, 0, 2000, 10])


def with_dumb_link(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Annots[0].Contents = pikepdf.String("long-text")


def with_note_that_nothing_leads_to(pdf: pikepdf.Pdf) -> None:
    call = next(each for each in elements(pdf, "/Reference") if each.P.S != "/TOCI")
    call.K.S = Name.Span


def with_contents_that_lead_nowhere(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "/TOCI")[0].K[-1].K.S = Name.Span


def without_tab_order(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].Tabs


VERA_FAULTS: dict[Fault, tuple[str, str]] = {
    without_alternative: ("PDFUA-1", "7.3-1"),
    without_profile: ("PDFA-2A", "6.2.4.3-2"),
    without_explanation: ("PDFA-2A", "6.6.2.3"),
    without_print: ("PDFA-2A", "6.3.2-1"),
    without_note_id: ("PDFUA-1", "7.9-1"),
    with_link_as_text: ("PDFUA-1", "7.18.5-1"),
}
"""The standard and the rule of it by which veraPDF catches each fault."""

OUTLOUD_FAULTS: dict[Fault, str] = {
    without_scope: "TBL-002",
    with_split_heading: "HDG-001",
    with_stray_item: "LST-001",
    without_alternative: "FIG-001",
    without_note_id: "NOTE-001",
}
"""The rule by which outloud catches each fault."""

TAG_FAULTS: dict[Fault, str] = {
    without_scope: "does not say what it heads",
    without_alternative: "no alternative text",
    without_note_id: "notes have the ids",
    without_list_body: "a list item is made of",
    with_odd_row: "a table has rows of",
    with_lost_text: "in the tree or on the page alone",
    with_wrong_parent: "does not hold it",
    with_split_table: "a table is made of",
    with_bounds_of_another_page: "which is not on the page",
    with_dumb_link: "does not say where it leads",
    without_print: "does not print",
    with_note_that_nothing_leads_to: "nothing leads from",
    with_contents_that_lead_nowhere: "does not lead to its heading",
    without_tab_order: "not tabbed through",
}
"""What our own reading of the tags says of each fault."""
