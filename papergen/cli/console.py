"""How the command line prints progress, findings and tables: with colour on a terminal, as plain lines in a log."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

import typer
from rich.cells import cell_len
from rich.progress import BarColumn, TaskProgressColumn, TextColumn
from rich.progress import Progress as Bar
from rich.table import Table
from rich.text import Text

from papergen.cli.exits import CONTENT_HAS_ERRORS
from papergen.cli.marks import PlainConsole, visible
from papergen.diagnostics import Diagnostic, Diagnostics, Severity, print_lines
from papergen.values.words import so_many

if TYPE_CHECKING:
    from rich.console import JustifyMethod

    from papergen.session import Progress

_MANY, _VERY_MANY, _MOST_TOLD = 5, 20, 100
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
        from papergen.session import share_done, step_line

        if self._out.is_terminal and not self.quiet:
            columns = (BarColumn(bar_width=24), TaskProgressColumn(), TextColumn("{task.description}", markup=False))
            with Bar(*columns, console=self._out, transient=True) as bar:
                task = bar.add_task("Starting", total=1.0)
                yield lambda step, what: bar.update(
                    task, completed=share_done(step), description=visible(step_line(step, what), keep="")
                )
        else:
            yield lambda step, what: self.line(step_line(step, what))

    def line(self, words: str, *, style: str = "", whole: bool = False) -> None:
        """One line, never wrapped in a log, and on a terminal only unless it is to stay ``whole``, as a path is."""
        if not self.quiet:
            self._out.print(_plain(words, style), soft_wrap=whole or not self._out.is_terminal, overflow="ignore")

    def table(
        self,
        headings: Sequence[str],
        rows: Iterable[Sequence[str]],
        *,
        right: Collection[str] = (),
        whole: Collection[str] = (),
        title: str = "",
    ) -> None:
        """A table without lines, as wide as it needs to be and no wider than the terminal; no word is broken.

        Where its words do not fit beside each other, a log has longer lines, and a terminal the last column below.
        Under ``right`` headings stand numbers, under ``whole`` ones what stays on one line.
        """
        if self.quiet:
            return
        cells = [tuple(_plain(words) for words in row) for row in rows]
        columns = zip(map(Text, headings), *cells, strict=True)
        words = ([word for each in column for word in each.plain.split()] for column in columns)
        widths = [max(map(cell_len, each), default=0) for each in words]
        room = sum(widths) + 2 * (len(widths) - 1)
        if self._out.is_terminal and room > self._out.width:
            self._below(title, cells)
            return
        table = Table(box=None, pad_edge=False, header_style="bold", title=title or None, title_justify="left")
        for name, width in zip(headings, widths, strict=True):
            side: JustifyMethod = "right" if name in right else "left"
            table.add_column(name, justify=side, no_wrap=name in whole, min_width=width, overflow="fold")
        for row in cells:
            table.add_row(*row)
        self._out.print(table, width=max(room, self._out.width), crop=False)

    def _below(self, title: str, rows: Iterable[Sequence[Text]]) -> None:
        if title:
            self._out.print(Text(title, style="italic"))
        for *before, last in rows:
            self._out.print(Text("  ").join(each for each in before if each), soft_wrap=True)
            self._out.print(Text("    ") + last, soft_wrap=True)

    def problem(self, words: str, hint: str = "") -> None:
        """A sentence about what went wrong, with what to do."""
        self._err.print(_plain(words), soft_wrap=True)
        if hint:
            self._aside(f"    {hint}")

    def fail(self, words: str, hint: str = "") -> NoReturn:
        """A sentence about what must be mended first, which ends the command with its exit code."""
        self.problem(words, hint)
        raise typer.Exit(CONTENT_HAS_ERRORS)

    def findings(self, diagnostics: Diagnostics) -> None:
        """Every finding, grouped by file, each with its hint; then how many there are.

        Many that say the same are told once, with the places of the others, and very many of one kind a line each.
        """
        repeated = _repeated(diagnostics)
        for found in repeated:
            self._finding(found[0])
            self._aside(f"    {len(found) - 1} more like it:")
            for line in _others(found[0], found[1:]):
                self._aside(f"    {line}")
            self._err.print()
        told = {each for found in repeated for each in found}
        last = None
        for each in diagnostics:
            if each in told:
                continue
            if last not in (None, each.at.file):
                self._err.print()
            last = each.at.file
            self._finding(each)
        if len(diagnostics):
            if last is not None:
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


def _repeated(diagnostics: Diagnostics) -> list[list[Diagnostic]]:
    """The findings that say the same of many places, or are very many of one kind: each alone would hide others."""
    same: dict[tuple[str, str], list[Diagnostic]] = {}
    alike: dict[str, list[Diagnostic]] = {}
    for found in diagnostics:
        same.setdefault((found.code.id, found.message), []).append(found)
    for (code, _), each in same.items():
        if len(each) < _MANY:
            alike.setdefault(code, []).extend(each)
    groups = [each for each in same.values() if len(each) >= _MANY]
    return groups + [sorted(each, key=lambda found: found.at) for each in alike.values() if len(each) >= _VERY_MANY]


def _others(first: Diagnostic, findings: Sequence[Diagnostic]) -> Iterator[str]:
    """A line for each file with its lines, or for each place with what is said there where that differs."""
    if any(each.message != first.message for each in findings):
        for each in findings[:_MOST_TOLD]:
            yield f"{each.at} {each.message}{'' if each.hint == first.hint else f' {each.hint}'}"
        if len(findings) > _MOST_TOLD:
            yield f"and {len(findings) - _MOST_TOLD:,} more"
        return
    files: dict[str, list[int]] = {}
    for each in findings:
        files.setdefault(each.at.file, []).append(each.at.line)
    for file, lines in files.items():
        yield f"{file}:{print_lines(dict.fromkeys(lines))}" if all(lines) else file


def _counted(diagnostics: Diagnostics) -> str:
    """``"2 errors, 1 note"``."""
    counts = ((diagnostics.count(severity), severity) for severity in reversed(Severity))
    return ", ".join(so_many(count, str(severity)) for count, severity in counts if count)
