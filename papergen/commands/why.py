"""Why a number is printed: its places, how it was worked out, and the rows behind it with their words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from papergen.commands.evidence import PaperBasis, basis_of
from papergen.manifest.record import Chart, Measure, Number
from papergen.manifest.why import how, places, why
from papergen.world import World

MOST_ROWS = 20
_MOST_DIGITS = 7


@dataclass(frozen=True, slots=True)
class RowsOfFile:
    """Rows of a file that a number was worked out from.

    ``shown`` are the first of them with their words, ``left`` the lines of those that are not shown.  Where ``unread``
    is true the file is not what it was, or the whole of it is meant, and only ``lines`` are given.
    """

    file: str
    lines: tuple[int, ...]
    heading: str = ""
    shown: tuple[tuple[int, str], ...] = ()
    left: tuple[int, ...] = ()
    unread: bool = False


@dataclass(frozen=True, slots=True)
class SameNumber:
    """The places of a number that was worked out in one way, the measures it uses, how it was made and its rows.

    ``typed_at`` is set for a number that is typed: its place, with the words of its line.
    """

    places: tuple[Number, ...]
    measures: tuple[Measure, ...] = ()
    how: str = ""
    rows: tuple[RowsOfFile, ...] = ()
    typed_at: str = ""


@dataclass(frozen=True, slots=True)
class Why:
    """Where a number is printed and why, and the charts that show it; ``near`` has numbers like one that is nowhere.

    ``changed`` are the files whose rows cannot be shown: they have changed since, or are gone.
    """

    numbers: tuple[SameNumber, ...] = ()
    charts: tuple[Chart, ...] = ()
    near: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """The number of places where it is printed."""
        return sum(len(each.places) for each in self.numbers)


def why_printed(world: World, meeting: str | None, manifest: Path | None, asked: str) -> Why | None:
    """Why ``asked`` is printed in the papers; None, with findings, when the content has errors."""
    basis = basis_of(world, meeting, manifest)
    return None if basis is None else why_in(world, basis, asked)


def why_in(world: World, basis: PaperBasis, asked: str, *, at: str = "") -> Why:
    """Why ``asked`` is printed in the papers of ``basis``; of those that are printed ``at`` a place, where one is."""
    answer = why(asked, basis.evidence)
    here = tuple(number for number in answer.numbers if number.at == at)
    alike: dict[object, list[Number]] = {}
    for number in here or answer.numbers:
        made_of = (number.print, number.expression, number.rows) if number.rows else number
        alike.setdefault(made_of, []).append(number)
    files = _Files(world.quietly(), basis.hashes)
    numbers = tuple(_same(each, basis, files) for each in alike.values())
    return Why(numbers, answer.charts, answer.near, tuple(files.changed))


def _same(numbers: Sequence[Number], basis: PaperBasis, files: _Files) -> SameNumber:
    number = numbers[0]
    if not number.rows:
        return SameNumber(tuple(numbers), typed_at=_typed_at(number, files))
    known = {measure.id: measure for measure in basis.evidence.measures}
    measures = tuple(known[name] for name in number.measures if name in known)
    return SameNumber(tuple(numbers), measures, how(number, measures), tuple(_rows(number, files)))


def _rows(number: Number, files: _Files) -> Iterator[RowsOfFile]:
    room = MOST_ROWS
    for file, lines in places(number.rows):
        text = files.lines(file)
        if text is None or not lines:
            yield RowsOfFile(file, lines, unread=True)
            continue
        shown = tuple((line, text[line - 1].strip() if line <= len(text) else "") for line in lines[:room])
        yield RowsOfFile(file, lines, text[0] if file.endswith(".csv") else "", shown, lines[room:])
        room = max(room - len(lines), 0)


def _typed_at(number: Number, files: _Files) -> str:
    """The place of a typed number with its line; a paragraph is known by its first line only."""
    file, _, place = number.at.partition(":")
    line = place.partition(":")[0]
    first = int(line) if line.isdecimal() and len(line) <= _MOST_DIGITS else 1
    for at, text in enumerate((files.lines(file) or [])[max(first - 1, 0) :], first):
        if number.print.replace("\u00a0", " ") in text.replace("\u00a0", " "):
            return f"{file}:{at}: {text.strip()}"
    return number.at


@dataclass(slots=True)
class _Files:
    """The files of a workspace that are as they were when the papers were made, by the ``hashes`` they had then."""

    world: World
    hashes: Mapping[str, str]
    texts: dict[str, list[str] | None] = field(default_factory=dict)

    def lines(self, file: str) -> list[str] | None:
        if file not in self.texts:
            text = self.world.read_text(file)
            now = self.world.reads.get(file)
            unchanged = self.hashes.get(file, now) == now
            self.texts[file] = text.split("\n") if text is not None and unchanged else None
        return self.texts[file]

    @property
    def changed(self) -> list[str]:
        return [file for file, lines in self.texts.items() if lines is None]
