"""Writes the constructed series of the sample workspace to ``content/data/``, the same bytes every time.

No monthly series of West Mercia for these years can be had, so they are constructed: every published total, average,
share, rank and change is met exactly, and the months, areas and types between them are filled in with the noise and the
seasons of real police data.  ``content/data/facts.csv`` is kept by hand and left alone.  The populations are real.

    python tools/construct_sample_data.py [FOLDER]
"""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

from construct import crime, integrity, operations, peers, risk, victims, workforce
from construct.spread import Table

FOLDER = Path(__file__).resolve().parent.parent / "content" / "data"


def tables() -> dict[str, Table]:
    """Every file by name."""
    found: dict[str, Table] = {}
    for part in (crime, risk, operations, victims, workforce, integrity, peers):
        found |= part.tables()
    return found


def text_of(table: Table) -> str:
    """The table as CSV: commas, a header row, line feeds."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows(table.rows)
    return text.getvalue()


def main(folder: Path = FOLDER) -> None:
    """Write every file into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in sorted(tables().items()):
        (folder / name).write_text(text_of(table), encoding="utf-8", newline="")
        print(f"{name}: {len(table.rows)} rows")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
