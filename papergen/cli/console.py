"""How the command line shows progress, findings and results: with colour on a terminal, as plain lines in a log."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from papergen.diagnostics import Code, Diagnostic, Diagnostics, Severity
from papergen.session import no_progress

if TYPE_CHECKING:
    from papergen.check.run import Waived
    from papergen.data.backtest import Backtest
    from papergen.data.imports import Imported
    from papergen.data.overview import MeasureOverview
    from papergen.manifest.record import Number
    from papergen.session import Progress
    from papergen.write.files import MadeFile

_MANY = 5
_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


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
            yield no_progress
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

    def written(self, files: Sequence[MadeFile], folder: Path, *, draft: bool) -> None:
        """A table of what was written."""
        if self.quiet:
            return
        table = Table(box=None, pad_edge=False, header_style="bold")
        table.add_column("File", overflow="fold")
        for heading in ("Pages", "Size", "Seconds"):
            table.add_column(heading, justify="right", no_wrap=True)
        papers = [file for file in files if not file.name.endswith(".csv")]
        for file in papers:
            size = f"{len(file.data) / 1000:,.0f} kB"
            table.add_row(file.name, str(file.pages or ""), size, f"{file.seconds:.1f}")
        from papergen.manifest.record import NAME

        kind = "Drafts" if draft else "Final papers"
        self.out.print(Text(f"{kind} written to {folder}/"), soft_wrap=True)
        self.out.print(table)
        if charts := len(files) - len(papers):
            self.line(f"The data of {charts} chart{'s' if charts != 1 else ''} are in {folder}/chart-data/.")
        self.line(f"What the papers were made from is in {folder}/{NAME}.")
        if any(file.name.endswith(".docx") for file in files):
            self.out.print(Text("Pages of a Word paper are those of its PDF.", style="dim"))

    def waived(self, waived: Sequence[Waived]) -> None:
        """The findings that somebody let stand, with the reasons."""
        for each in waived:
            found = each.found
            self.err.print(
                Text(f"{found.at} {found.code.id} waived: {each.waiver.reason}", style="dim"), soft_wrap=True
            )

    def numbers(self, listed: Sequence[Number]) -> None:
        """A table of the numbers of each paper, by section, and how many of each kind there are."""
        from papergen.language.numbers import State

        for paper, of_paper in groupby(listed, key=lambda each: each.paper):
            table = Table(box=None, pad_edge=False, header_style="bold", title=paper, title_justify="left")
            table.add_column("Section", overflow="fold", ratio=3)
            table.add_column("Number", overflow="fold", ratio=2)
            table.add_column("", no_wrap=True)
            table.add_column("Comes from", overflow="fold", ratio=4)
            table.add_column("Rows, or where it stands", overflow="fold", ratio=4)
            last = ""
            for each in of_paper:
                section = each.section if each.section != last else ""
                last = each.section
                where = "; ".join(each.rows) or each.at
                row = (section, each.print, each.state.value, each.expression, where.replace("content/", ""))
                table.add_row(*(Text(words) for words in row))
            self.out.print(table)
            self.out.print()
        counts = {state: sum(each.state is state for each in listed) for state in State}
        self.line(", ".join(f"{count} {state.value}" for state, count in counts.items() if count) or "No numbers.")

    def numbers_as_csv(self, listed: Sequence[Number]) -> None:
        """The same as CSV, a line for each number."""
        from papergen.manifest.record import period_of

        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(("paper", "section", "number", "state", "expression", "measures", "periods", "rows", "at"))
        for each in listed:
            measures, periods = "; ".join(each.measures), "; ".join(period_of(period).name for period in each.periods)
            where = ("; ".join(each.rows), each.at)
            writer.writerow(
                (each.paper, each.section, each.print, each.state.value, each.expression, measures, periods, *where)
            )

    def measures(self, found: Sequence[MeasureOverview]) -> None:
        """A table of the measures with what their data come to."""
        if self.quiet or not found:
            return
        table = Table(box=None, pad_edge=False, header_style="bold")
        for heading in ("Measure", "Observations", "From", "To", "Judgement"):
            table.add_column(heading, overflow="fold", justify="right" if heading == "Observations" else "left")
        for each in found:
            table.add_row(
                *(
                    Text(words)
                    for words in (each.measure, str(each.observations), each.first, each.last, each.judgement)
                )
            )
        self.out.print(table)

    def imported(self, done: Imported, path: Path, *, replaced: bool) -> None:
        """What an import did, and every value that differs."""
        for each in done.merge.differing:
            what = ", ".join((each.period, *each.labels))
            verb = "was" if replaced else "stays"
            self.line(f"{what}: {verb} {each.old} (row {each.line}); the extract has {each.new} ({each.cell})")
        different = len(done.merge.differing)
        self.line(f"{path}: {done.merge.added} rows added, {done.merge.same} the same, {different} different.")
        if different and not replaced:
            self.problem("Values that differ were left as they are.", "To take those of the extract, add --replace.")

    def backtests(self, found: Sequence[tuple[str, Backtest]]) -> None:
        """A table of how the projections of each measure held."""
        table = Table(box=None, pad_edge=False, header_style="bold")
        table.add_column("Measure", overflow="fold")
        for heading in ("Projections", "Year inside the range", "Median error"):
            table.add_column(heading, justify="right")
        for measure, test in found:
            coverage, error = test.coverage, test.median_error
            table.add_row(
                Text(measure),
                str(len(test.rows)),
                "–" if coverage is None else f"{coverage:.0%}",
                "–" if error is None else f"{error:.1f}%",
            )
        self.out.print(table)
        self.line("A projection's range is meant to hold the year's total 80 times in 100.")

    def problem(self, words: str, hint: str = "") -> None:
        """A sentence about a wrong use of the command, with what to do."""
        self.err.print(Text(words), soft_wrap=True)
        if hint:
            self.err.print(Text(f"    {hint}", style="dim"), soft_wrap=True)
