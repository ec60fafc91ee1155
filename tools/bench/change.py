"""The two smallest changes that people make: a word in a section, a cell in a data file."""

from __future__ import annotations

from pathlib import Path

WORDS = ("closely", "daily", "often", "quickly", "together", "slowly")


def change_word(file: Path) -> None:
    """Put a word before the last one of ``file``, or another one in the place of the one that was put there."""
    before, _, last = file.read_text(encoding="utf-8").rstrip("\n").rpartition(" ")
    start, _, word = before.rpartition(" ")
    if word in WORDS:
        changed = f"{start} {WORDS[(WORDS.index(word) + 1) % len(WORDS)]} {last}"
    else:
        changed = f"{before} {WORDS[0]} {last}"
    file.write_text(f"{changed}\n", encoding="utf-8")


def change_cell(file: Path, row: str) -> None:
    """Add one to the last cell of the last row of ``file`` that begins with ``row``."""
    before, _, after = file.read_text(encoding="utf-8").rpartition(f"\n{row},")
    value, line_end, rest = after.partition("\n")
    file.write_text(f"{before}\n{row},{int(value) + 1}{line_end}{rest}", encoding="utf-8")
