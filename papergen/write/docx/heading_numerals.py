"""How the headings of a Word template count: read before papers are numbered, so that references say the same."""

from __future__ import annotations

import io
import zipfile
from functools import lru_cache

from docx.oxml.parser import parse_xml

from papergen.model.numerals import Numerals
from papergen.write.docx.complete import house_list
from papergen.write.docx.numbering import Numbering, numerals_of
from papergen.write.docx.template import CANNOT_OPEN
from papergen.write.docx.template_styles import TemplateStyles
from papergen.write.docx.xml import found
from papergen.write.styles import COMMITTEE_HEADINGS, StyleKind

_PARTS = ("word/styles.xml", "word/numbering.xml")


@lru_cache(maxsize=16)
def heading_numerals(data: bytes) -> tuple[Numerals, ...]:
    """The numerals of each level of headings, the first one first; nothing where they count in figures alone."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            styles, numbering = (parse_xml(archive.read(part)) for part in _PARTS)
        named = TemplateStyles(styles)
        lists = Numbering(numbering, named)
        is_ours = named.has(COMMITTEE_HEADINGS) and named.kind(COMMITTEE_HEADINGS) is StyleKind.LIST
        if is_ours and not lists.levels_missing(COMMITTEE_HEADINGS):
            return numerals_of(lists.levels(COMMITTEE_HEADINGS)) or ()
        abstract = lists.abstract_of(house_list(COMMITTEE_HEADINGS, lists, named))
        return numerals_of(found(abstract, "w:lvl")) or ()
    except CANNOT_OPEN:
        return ()  # what is wrong with it is told where it is opened
