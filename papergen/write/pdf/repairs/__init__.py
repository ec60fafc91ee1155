"""What WeasyPrint 70 leaves undone in a PDF, mended in the file that it wrote.

WeasyPrint tags each box of each page, which pleases validators more than readers.  The structure tree is read again
from the boxes that were painted (``boxes``), mended (``blocks``, ``contents``, ``links``, ``notes``, ``tidy``) and
written in the place of the first (``writing``); what repeats on pages becomes an artifact (``artifacts``), lines get
the spaces that they end with (``word_breaks``), and the file says that it follows both PDF/A-2a and PDF/UA-1
(``standards``).  Charts come into the rooms that were left for them (``papergen/write/pdf/chart_pages.py``).

Numbers such as #2903 are issues of WeasyPrint at https://github.com/Kozea/WeasyPrint/issues.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf

from papergen.values.chrome import ENGLISH, chrome
from papergen.write.pdf.chart_pages import put_charts
from papergen.write.pdf.repairs.artifacts import mark_artifacts
from papergen.write.pdf.repairs.blocks import mend_figures, mend_lists, mend_tables
from papergen.write.pdf.repairs.boxes import PaintedPage, read_tree
from papergen.write.pdf.repairs.contents import mend_contents
from papergen.write.pdf.repairs.fonts import settle_fonts
from papergen.write.pdf.repairs.links import describe_links, lead_beside
from papergen.write.pdf.repairs.notes import link_notes, place_notes
from papergen.write.pdf.repairs.standards import declare_standards, number_pages
from papergen.write.pdf.repairs.tidy import tidy
from papergen.write.pdf.repairs.word_breaks import ends_of_words, write_spaces
from papergen.write.pdf.repairs.writing import write_tree
from papergen.write.resources import ChartPages

__all__ = ["PaintedPage", "repair", "settle_fonts"]


def repair(
    data: bytes, pages: Sequence[PaintedPage], *, charts: ChartPages, first_page: int = 1, language: str = ENGLISH
) -> bytes:
    """The PDF with its gaps mended; the same file and pages give the same bytes.

    ``pages`` are those that the file was painted from, ``charts`` those for which they have
    room, and ``first_page`` is the number that the first one prints; ``language`` is that of the paper.
    """
    tree, words = read_tree(pages), chrome(language)
    describe_links(tree.root, pages, first_page, words)
    describe_links(tree.notes, pages, first_page, words)
    link_notes(tree, words)
    for root in (tree.root, tree.notes):
        mend_contents(root)
        mend_lists(root)
        mend_tables(root)
        mend_figures(root, pages)
        tidy(root)
    place_notes(tree)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        put_charts(pdf, charts)
        mark_artifacts(pdf, tree.artifacts)
        write_spaces(pdf, ends_of_words(tree.root, tree.lines))
        lead_beside(pdf)
        write_tree(pdf, tree.root, pages, dropped=tree.dropped)
        declare_standards(pdf)
        number_pages(pdf, first_page)
        mended = io.BytesIO()
        pdf.save(mended, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return mended.getvalue()
