"""Data of a workspace made into other data of the same shape: constructed, and never anybody's figures."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from pathlib import Path

_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def write_scaled(source: Path, target: Path, *, times: int) -> None:
    """Write the CSV file ``source`` to ``target`` with every number of its numeric columns so many times as large.

    Sums, shares and the order of sizes stay as they are, so that every sentence about them still holds.
    """
    with source.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    numeric = [
        all(_NUMBER.fullmatch(row[column]) or not row[column] for row in rows) and any(row[column] for row in rows)
        for column in range(len(header))
    ]
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        for row in rows:
            writer.writerow(
                str(Decimal(cell) * times) if is_number and cell else cell
                for cell, is_number in zip(row, numeric, strict=True)
            )
