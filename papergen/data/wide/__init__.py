"""Wide extracts: a workbook or CSV with months across and areas down, turned into the rows of a tidy data file.

In four steps: open (bytes to cells), shape (which sheet, where the months stand), read (values, labels, totals), and
merge (into the tidy file that is there, without losing or silently changing a row).
"""

from papergen.data.wide.merging import ChangedValue, Merge, merge
from papergen.data.wide.reading import TidyRow, WideExtract, read_wide

__all__ = ["ChangedValue", "Merge", "TidyRow", "WideExtract", "merge", "read_wide"]
