"""Diagnostics: what is wrong, where, and what to do about it.

Every problem is data until the command line prints it.  A run collects all it can find; nothing here prints or exits.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any


class Severity(IntEnum):
    """How much a finding weighs: an error stops the build, a warning is told, a note informs."""

    NOTE = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of finding.  ``meaning`` completes the sentence "this is reported when …"."""

    id: str
    severity: Severity
    meaning: str


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a file: path relative to the workspace, line and column counted from 1 (0 where unknown)."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [self.file]
        if self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts)


NOWHERE = Span("")


def print_lines(lines: Iterable[int]) -> str:
    """``"523-537,540"``: lines in their order, neighbours put together."""
    runs: list[list[int]] = []
    for line in lines:
        if runs and line == runs[-1][1] + 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def read_lines(text: str) -> Iterator[int]:
    """The lines that ``print_lines`` gives so; raises ``ValueError`` for what it does not."""
    for run in text.split(","):
        first, _, last = run.partition("-")
        yield from range(int(first), int(last or first) + 1)


class Hint(str):
    """A hint that has the words ``meant`` in the place of those ``typed``, on the line of its finding."""

    typed: str
    meant: str

    def __new__(cls, words: str, typed: str = "", meant: str = "") -> Hint:
        hint = super().__new__(cls, words)
        hint.typed, hint.meant = typed, meant
        return hint

    def __add__(self, more: str) -> Hint:
        return Hint(f"{self}{more}", self.typed, self.meant)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: its code, its place, one sentence in the reader's words, and the act that mends it."""

    code: Code
    at: Span
    message: str
    hint: str = ""

    def __post_init__(self) -> None:
        if len(self.message) + len(self.hint) > _LONGEST_QUOTED:
            object.__setattr__(self, "message", _with_short_quotations(self.message))
            object.__setattr__(self, "hint", _with_short_quotations(self.hint))

    @property
    def severity(self) -> Severity:
        return self.code.severity

    def __str__(self) -> str:
        return f"{self.at} {self.code.id} {self.message}"

    @property
    def exchange(self) -> tuple[str, str] | None:
        """The words typed on its line and those meant, where one stands for the other."""
        return (self.hint.typed, self.hint.meant) if isinstance(self.hint, Hint) else None

    def as_data(self) -> list[str | int]:
        """All of it as plain data, which ``from_data`` takes."""
        code, at, exchange = self.code, self.at, self.exchange or ()
        data = (code.id, int(code.severity), code.meaning, at.file, at.line, at.column, self.message, self.hint)
        return [*data, *exchange]

    @classmethod
    def from_data(cls, data: Sequence[Any]) -> Diagnostic:
        """The finding that gave ``data``."""
        code, severity, meaning, file, line, column, message, hint, *exchange = data
        kept = Hint(hint, *exchange) if exchange else hint
        return cls(Code(code, Severity(severity), meaning), Span(file, line, column), message, kept)


_LONGEST_QUOTED = 200
_LONG_QUOTATION = re.compile(rf"“([^”]{{{_LONGEST_QUOTED}}})[^”]+”")


def _with_short_quotations(words: str) -> str:
    """``words`` in which no quotation is longer than anybody reads."""
    return _LONG_QUOTATION.sub("“\\1…”", words) if _LONG_QUOTATION.search(words) else words


class Diagnostics:
    """Collects findings, each once, in the order of files and lines.

    Those collected ``beside`` others are apart from them, and know only what is told there and whether it has an error.
    """

    def __init__(self, beside: Diagnostics | None = None) -> None:
        self._found: dict[Diagnostic, None] = {}
        self._beside = beside

    def add(self, code: Code, at: Span, message: str, hint: str = "") -> None:
        """Record one finding."""
        self._found[Diagnostic(code, at, message, hint)] = None

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        for diagnostic in diagnostics:
            self._found[diagnostic] = None

    def tells(self, code: Code, message: str) -> bool:
        """Whether a finding of that code says this already, at whatever place."""
        if any(each.code is code and each.message == message for each in self._found):
            return True
        return self._beside is not None and self._beside.tells(code, message)

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(sorted(self._found, key=lambda found: (found.at, found.code.id, found.message)))

    def __len__(self) -> int:
        return len(self._found)

    @property
    def has_errors(self) -> bool:
        if any(found.severity is Severity.ERROR for found in self._found):
            return True
        return self._beside is not None and self._beside.has_errors

    def count(self, severity: Severity) -> int:
        return sum(found.severity is severity for found in self._found)


def near_match(wanted: str, known: Iterable[str]) -> str | None:
    """The known name closest to ``wanted``, or None when nothing is near."""
    by_folded = {name.casefold(): name for name in known}
    close = difflib.get_close_matches(wanted.casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[close[0]] if close else None


def did_you_mean(wanted: str, known: Iterable[str], otherwise: str = "") -> str:
    """A hint that names the near match, or ``otherwise``."""
    match = near_match(wanted, known)
    return Hint(f"Did you mean “{match}”?", typed=wanted, meant=match) if match else otherwise
