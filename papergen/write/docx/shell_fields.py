"""Fields in the shell of a Word template: where the reading of one stands, and what differs from page to page."""

from __future__ import annotations

import re
from dataclasses import dataclass

from papergen.write.docx.word_fields import kind_of
from papergen.write.docx.xml import Element, attribute, is_a
from papergen.write.looks import Letters
from papergen.write.shell import PageCount, RunningHeading

_RUNNING = re.compile(r'STYLEREF\s+"?(?:heading )?([1-5])"?(?:\s|$)', re.IGNORECASE)


@dataclass
class FieldReading:
    """Where the reading of a field stands: its instruction, and whether its result is printed by itself."""

    depth: int = 0
    code: str = ""
    in_result: bool = False
    counted: bool = False

    @property
    def is_silent(self) -> bool:
        """Whether what stands here is an instruction, or a number that a page counts itself."""
        return (self.depth > 0 and not self.in_result) or self.counted

    def passes(self, child: Element) -> str:
        """Take note of a child of a run; the instruction of the field, once its result begins."""
        if is_a(child, "w:instrText"):
            self.code += child.text or ""
        if not is_a(child, "w:fldChar"):
            return ""
        match attribute(child, "w:fldCharType"):
            case "begin":
                self.depth, self.code, self.in_result, self.counted = self.depth + 1, "", False, False
            case "separate":
                self.in_result, self.counted = True, of_the_page(self.code, Letters()) is not None
                return self.code
            case "end":
                self.depth, self.in_result, self.counted = max(self.depth - 1, 0), False, False
        return ""


def of_the_page(instruction: str, letters: Letters) -> PageCount | RunningHeading | None:
    """What a field prints that differs from page to page; None for any other field."""
    match kind_of(instruction):
        case "PAGE":
            return PageCount(of_all=False, letters=letters)
        case "NUMPAGES" | "SECTIONPAGES":
            return PageCount(of_all=True, letters=letters)
        case "STYLEREF":
            named = _RUNNING.match(instruction.strip())
            return None if named is None else RunningHeading(int(named[1]), letters)
        case _:
            return None
