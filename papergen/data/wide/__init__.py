"""Extracts in whatever shape: turned into the rows of a tidy data file.

In four steps: open (bytes to cells), shape (which sheet, where the periods stand), read (values, labels, totals), and
merge (into the tidy file that is there, without losing or silently changing a row).  Files that are tidy already, and
lists of events, are read by ``listing`` and ``tidy``.
"""

from papergen.data.wide.choices import Choices, Listed
from papergen.data.wide.merging import ChangedValue, Merge, merge
from papergen.data.wide.read import read_wide
from papergen.data.wide.reading import TidyRow, WideExtract
from papergen.data.wide.tidy import read_listing

__all__ = ["ChangedValue", "Choices", "Listed", "Merge", "TidyRow", "WideExtract", "merge", "read_listing", "read_wide"]
