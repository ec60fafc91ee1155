"""Tables of slips: what each changes in a text that is right, and the finding that it must give."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

SIGNS = {"⏎": "\n", "⇥": "\t", "␇": "\a"}
"""What stands in a table for the ends of lines, tabs and control characters of the text."""


@dataclass(frozen=True, kw_only=True)
class Slip:
    """A text with something wrong in it: the line and column, code, and words of the sentence and the hint told."""

    name: str
    text: str
    place: str
    code: str
    message: str
    hint: str


def slips(file: Path, right: str) -> tuple[Slip, ...]:
    """The slips of a Markdown table: each replaces words of the ``right`` text (⇒), adds to it (+) or is a text (=)."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return tuple(_slip(line, right) for line in lines if line.startswith("| ") and not line.startswith("| Slip |"))


def _slip(line: str, right: str) -> Slip:
    name, change, place, code, message, hint = line[2:-2].split(" | ")
    for sign, meant in SIGNS.items():
        change = change.replace(sign, meant)
    old, replaces, new = change.partition(" ⇒ ")
    assert not replaces or old in right, name
    text = right.replace(old, new, 1) if replaces else right * change.startswith("+") + change[2:]
    return Slip(name=name, text=text, place=place, code=code, message=message, hint=hint)
