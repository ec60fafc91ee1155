"""What is wrong with an extract or the file it goes into, and after many findings only that there is more."""

from __future__ import annotations

from dataclasses import dataclass

from papergen import codes
from papergen.data.text_files import MOST_FINDINGS
from papergen.data.wide.cells import CellPlace, Sheet
from papergen.diagnostics import Code, Diagnostics, Severity, Span


@dataclass
class Telling:
    """Records findings on one file; the errors among them are counted."""

    file: str
    diagnostics: Diagnostics
    errors: int = 0

    @property
    def failed(self) -> bool:
        return self.errors > 0

    def tell(self, code: Code, message: str, hint: str, *, line: int = 0, column: int = 0) -> None:
        if code.severity is Severity.ERROR:
            self.errors += 1
            if self.errors == MOST_FINDINGS + 1:
                message, hint = "There is more that is wrong from here on.", "Mend what is listed first."
            elif self.errors > MOST_FINDINGS:
                return
        self.diagnostics.add(code, Span(self.file, line, column), message, hint)

    def at(self, sheet: Sheet, place: CellPlace, code: Code, what: str, hint: str) -> None:
        """Record what is wrong with one cell; ``what`` follows its name."""
        row, column = sheet.place(place)
        self.tell(code, f"{sheet.cell(place)} {what}.", hint, line=row + 1, column=column + 1)

    def headless(self, headings: str) -> None:
        """Record that a listing has no row of headings, and what one could be."""
        hint = f"Write one above them, with a name for each column, such as {headings}, and take it in with --tidy."
        self.tell(codes.EXTRACT_SHAPE, "The rows have no headings above them.", hint)
