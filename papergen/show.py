"""How the command line shows progress, findings and results: with colour on a terminal, as plain lines in a log."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from papergen.diagnostics import Code, Diagnostic, Diagnostics, Severity

if TYPE_CHECKING:
    from papergen.build import Progress, WrittenFile

_MANY = 5
_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


def _say_nothing(_step: str, _what: str) -> None:
    pass


class Show:
    """Prints for one run of a command.  ``quiet`` leaves out everything but findings."""

    def __init__(self, *, quiet: bool = False) -> None:
        self.quiet = quiet
        self.out = Console(highlight=False)
        self.err = Console(stderr=True, highlight=False)

    @contextmanager
    def progress(self) -> Iterator[Progress]:
        """A function that tells each step: on a terminal one moving line, in a log a line each."""
        if self.quiet:
            yield _say_nothing
        elif self.out.is_terminal:
            with self.out.status("Starting") as status:
                yield lambda step, what: status.update(Text(f"{step}: {what}"))
        else:
            yield lambda step, what: self.line(f"{step}: {what}")

    def line(self, words: str) -> None:
        """One plain line, never wrapped in a log."""
        if not self.quiet:
            self.out.print(Text(words), soft_wrap=not self.out.is_terminal)

    def findings(self, diagnostics: Diagnostics) -> None:
        """Every finding, grouped by file, each with its hint; then how many there are."""
        repeated = self._repeated(diagnostics)
        for places in repeated.values():
            self._finding(places[0])
            self.err.print(Text(f"    The same in {len(places) - 1} more files:", style="dim"), soft_wrap=True)
            for found in places[1:]:
                self.err.print(Text(f"    {found.at}", style="dim"), soft_wrap=True)
            self.err.print()
        last = None
        for found in diagnostics:
            if (found.code, found.message) in repeated:
                continue
            if last not in (None, found.at.file):
                self.err.print()
            last = found.at.file
            self._finding(found)
        if len(diagnostics):
            counts = [
                f"{count} {severity}{'s' if count != 1 else ''}"
                for severity in (Severity.ERROR, Severity.WARNING, Severity.NOTE)
                if (count := diagnostics.count(severity))
            ]
            self.err.print()
            self.err.print(Text(", ".join(counts)), style="bold")

    def _repeated(self, diagnostics: Diagnostics) -> dict[tuple[Code, str], list[Diagnostic]]:
        """Findings that are no errors and say the same of many files; told one by one they would hide the others."""
        places: dict[tuple[Code, str], list[Diagnostic]] = {}
        for found in diagnostics:
            if found.severity is not Severity.ERROR:
                places.setdefault((found.code, found.message), []).append(found)
        return {what: found for what, found in places.items() if len(found) >= _MANY}

    def _finding(self, found: Diagnostic) -> None:
        line = Text()
        line.append(f"{found.at}" if found.at.file else "papergen", style="bold")
        line.append(f" {found.code.id} ", style=_STYLES[found.severity])
        line.append(found.message)
        self.err.print(line, soft_wrap=True)
        if found.hint:
            self.err.print(Text(f"    {found.hint}", style="dim"), soft_wrap=True)

    def written(self, files: Sequence[WrittenFile], folder: Path, *, draft: bool) -> None:
        """A table of what was written."""
        if self.quiet:
            return
        table = Table(box=None, pad_edge=False, header_style="bold")
        table.add_column("File", overflow="fold")
        for heading in ("Pages", "Size", "Seconds"):
            table.add_column(heading, justify="right", no_wrap=True)
        for file in files:
            table.add_row(file.path.name, str(file.pages), f"{file.size / 1000:,.0f} kB", f"{file.seconds:.1f}")
        kind = "Drafts" if draft else "Final papers"
        self.out.print(Text(f"{kind} written to {folder}/"), soft_wrap=True)
        self.out.print(table)
        if any(file.path.suffix == ".docx" for file in files):
            self.out.print(Text("Pages of a Word paper are those of its PDF.", style="dim"))

    def problem(self, words: str, hint: str = "") -> None:
        """A sentence about a wrong use of the command, with what to do."""
        self.err.print(Text(words), soft_wrap=True)
        if hint:
            self.err.print(Text(f"    {hint}", style="dim"), soft_wrap=True)
