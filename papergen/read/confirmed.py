"""Sentences “No change, confirmed by NAME or ROLE on DATE.”: who and when, and the lines that each speaks for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papergen.diagnostics import Span
from papergen.language.dates import stamps
from papergen.read.typed import TypedFiles
from papergen.records import dataclass
from papergen.values.periods import Period
from papergen.values.words import one_line

_INSIDE = r"(?:[^.\n]|(?<=[\s(][A-Z])\.|(?<=Mr|Ms|Dr)\.)"
CONFIRMATION = re.compile(
    r"\bno(?:\s+(?:significant|material|further|other))?\s+changes?\b[\s,;:–—-]*(?:\w+\s+){0,4}?confirmed\b"
    rf"(?P<rest>{_INSIDE}*(?:\n(?!\s*\n){_INSIDE}*){{0,2}})",
    re.IGNORECASE,
)
_BY_SOMEBODY = re.compile(r"\bby\s+[^\W\d_].*?(?:\s*,)?\s+on\b", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A sentence that confirms words: the lines it speaks for, whether it says who, and its day, if it has one."""

    words: str
    at: Span
    lines: range
    by_somebody: bool
    day: Period | None


def confirmations(files: TypedFiles) -> Iterator[Confirmation]:
    """Every confirmation: for what stands under its heading or, from front matter, for the whole file."""
    for file, text in files.texts.items():
        plain = text.replace("&nbsp;", "      ").replace("\u00a0", " ")
        for found in CONFIRMATION.finditer(plain):
            line = plain.count("\n", 0, found.start()) + 1
            at = Span(file, line, found.start() - plain.rfind("\n", 0, found.start()))
            in_front = line < files.body_line(file)
            lines = range(1, text.count("\n") + 2) if in_front else files.under_heading(at)
            days = (each.period(each.year) for each in stamps(one_line(found["rest"])) if each.day and each.year)
            by_somebody = bool(_BY_SOMEBODY.search(found["rest"]))
            yield Confirmation(one_line(found[0]), at, lines, by_somebody, next(days, None))
