"""How the command line prints progress, findings and tables: with colour on a terminal, as plain lines in a log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer
from rich.progress import BarColumn, TaskProgressColumn, TextColumn
from rich.progress import Progress as Bar
from rich.table import Column, Table
from rich.text import Text

from papergen.cli.exits import CONTENT_HAS_ERRORS
from papergen.cli.marks import PlainConsole, visible
from papergen.diagnostics import Code, Diagnostic, Diagnostics, Severity

if TYPE_CHECKING:
    from papergen.session import Progress

_MANY = 5
_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


class Console:
    """Prints for one run of a command; ``quiet`` leaves out everything but findings and problems."""

    def __init__(self, *, quiet: bool = False) -> None:
        self.quiet = quiet
        self._out = PlainConsole(highlight=False)
        self._err = PlainConsole(stderr=True, highlight=False)

    @contextmanager
    def progress(self) -> Iterator[Progress]:
        """A function that tells each step: on a terminal a bar with what is being done, in a log a line each."""
        from papergen.session import share_done

        if self._out.is_terminal and not self.quiet:
            columns = (BarColumn(bar_width=24), TaskProgressColumn(), TextColumn("{task.description}", markup=False))
            with Bar(*columns, console=self._out, transient=True) as bar:
                task = bar.add_task("Starting", total=1.0)
                yield lambda step, what: bar.update(
                    task, completed=share_done(step), description=visible(f"{step}: {what}", keep="")
                )
        else:
            yield lambda step, what: self.line(f"{step}: {what}")

    def line(self, words: str, *, style: str = "", whole: bool = False) -> None:
        """One line, never wrapped in a log, and on a terminal only unless it is to stay ``whole``, as a path is."""
        if not self.quiet:
            self._out.print(_plain(words, style), soft_wrap=whole or not self._out.is_terminal)

    def table(self, columns: Sequence[Column], rows: Iterable[Sequence[str]], *, title: str = "") -> None:
        """A table without lines, as wide as it needs to be and no wider than the terminal."""
        if self.quiet:
            return
        table = Table(
            *columns, box=None, pad_edge=False, header_style="bold", title=title or None, title_justify="left"
        )
        for row in rows:
            table.add_row(*(_plain(words) for words in row))
        self._out.print(table)

    def problem(self, words: str, hint: str = "") -> None:
        """A sentence about what went wrong, with what to do."""
        self._err.print(_plain(words), soft_wrap=True)
        if hint:
            self._aside(f"    {hint}")

    def findings(self, diagnostics: Diagnostics) -> None:
        """Every finding, grouped by file, each with its hint; then how many there are."""
        repeated = _repeated(diagnostics)
        for places in repeated.values():
            self._finding(places[0])
            self._aside(f"    The same in {len(places) - 1} more files:")
            for found in places[1:]:
                self._aside(f"    {found.at}")
            self._err.print()
        last = None
        for found in diagnostics:
            if (found.code, found.message) in repeated:
                continue
            if last not in (None, found.at.file):
                self._err.print()
            last = found.at.file
            self._finding(found)
        if len(diagnostics):
            self._err.print()
            self._err.print(Text(_counted(diagnostics)), style="bold")

    def waived(self, found: Diagnostic, reason: str) -> None:
        """A finding that somebody let stand, with the reason."""
        self._aside(f"{found.at} {found.code.id} waived: {reason}")

    def end(self, diagnostics: Diagnostics) -> None:
        """Every finding; errors among them end the command with their exit code."""
        self.findings(diagnostics)
        if diagnostics.has_errors:
            raise typer.Exit(CONTENT_HAS_ERRORS)

    def _finding(self, found: Diagnostic) -> None:
        line = Text()
        line.append(_plain(f"{found.at}" if found.at.file else "papergen", "bold"))
        line.append(f" {found.code.id} ", style=_STYLES[found.severity])
        line.append(_plain(found.message))
        self._err.print(line, soft_wrap=True)
        if found.hint:
            self._aside(f"    {found.hint}")

    def _aside(self, words: str) -> None:
        self._err.print(_plain(words, "dim"), soft_wrap=True)


def _plain(words: str, style: str = "") -> Text:
    """Words as they are, their line breaks as marks but for those at the beginning: no name can feign another line."""
    rest = words.lstrip("\n")
    return Text("\n" * (len(words) - len(rest)) + visible(rest, keep="\t"), style=style)


def _repeated(diagnostics: Diagnostics) -> dict[tuple[Code, str], list[Diagnostic]]:
    """Findings that are no errors and say the same of many files; told one by one they would hide the others."""
    places: dict[tuple[Code, str], list[Diagnostic]] = {}
    for found in diagnostics:
        if found.severity is not Severity.ERROR:
            places.setdefault((found.code, found.message), []).append(found)
    return {what: found for what, found in places.items() if len(found) >= _MANY}


def _counted(diagnostics: Diagnostics) -> str:
    """``"2 errors, 1 note"``."""
    counts = ((diagnostics.count(severity), severity) for severity in reversed(Severity))
    return ", ".join(f"{count} {severity}{'s' if count != 1 else ''}" for count, severity in counts if count)
