"""How the command line tells why a number is printed: its places, and the rows behind each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from papergen.language.numbers import State
from papergen.manifest.record import Evidence, Number
from papergen.manifest.why import Answer, how, places

if TYPE_CHECKING:
    from papergen.cli.console import Show
    from papergen.world import World

MOST_ROWS = 20


class WhyTeller:
    """Tells the places of a number; ``hashes`` are those that the files had when the papers were made, where known."""

    def __init__(self, world: World, hashes: Mapping[str, str], rests_on: Evidence, show: Show) -> None:
        self._world, self._hashes, self._show = world.quietly(), hashes, show
        self._measures = {measure.id: measure for measure in rests_on.measures}
        self._texts: dict[str, list[str] | None] = {}

    def tell(self, asked: str, answer: Answer) -> None:
        places = len(answer.numbers)
        if places:
            self._show.line(f"“{asked}” is printed in {'one place' if places == 1 else f'{places} places'}.")
        alike: dict[object, list[Number]] = {}
        for number in answer.numbers:
            made_of = (number.print, number.expression, number.rows) if number.rows else number
            alike.setdefault(made_of, []).append(number)
        for numbers in alike.values():
            self._numbers(numbers)
        for chart in answer.charts:
            measures = ", ".join(chart.measures)
            self._show.line(f"\nShown in {chart.label} of {chart.paper}, {chart.section}: {chart.title} ({measures})")
            self._show.line(f"    {chart.at}; rows {'; '.join(chart.rows)}")
        for file, lines in self._texts.items():
            if lines is None:
                self._show.line(f"\n{file} has changed since, or is gone: its lines are not shown.")

    def _numbers(self, numbers: list[Number]) -> None:
        """The places of one number that was worked out in one way, and that way once."""
        number = numbers[0]
        self._show.line("")
        for each in numbers:
            self._show.line(f"{each.print} – {each.paper}, {each.section}{f' ({each.at})' if each.rows else ''}")
        if not number.rows:
            kind = "a date that is typed" if number.state is State.DATE else "typed"
            self._show.line(f"    {kind} at {self._typed_at(number)}")
            return
        measures = [self._measures[name] for name in number.measures if name in self._measures]
        if number.expression:
            self._show.line(f"    {{{{ {number.expression} }}}}")
        if measures:
            self._show.line(f"    {'; '.join(f'{each.title} ({each.unit})' for each in measures)}")
        self._show.line(f"    {how(number, measures)}")
        for source in dict.fromkeys(each.source for each in measures):
            self._show.line(f"    Source: {source}")
        self._rows(number)

    def _rows(self, number: Number) -> None:
        left = MOST_ROWS
        for file, lines in places(number.rows):
            text = self._lines(file)
            if text is None or not lines:
                self._show.line(f"    {file}{':' if lines else ''}{','.join(map(str, lines))}")
                continue
            if file.endswith(".csv"):
                self._show.line(f"    {file}: {text[0]}")
            for line in lines[:left]:
                row = text[line - 1].strip() if line <= len(text) else ""
                self._show.line(f"    {file}:{line}  {row}")
            if len(lines) > left:
                self._show.line(f"    … and {len(lines) - left} more rows of {file}, up to row {lines[-1]}")
            left = max(left - len(lines), 0)

    def _typed_at(self, number: Number) -> str:
        """The place of a typed number with its line; a paragraph is known by its first line only."""
        file, _, place = number.at.partition(":")
        first = int(place.partition(":")[0] or 1)
        for line, text in enumerate((self._lines(file) or [])[first - 1 :], first):
            if number.print.replace("\u00a0", " ") in text.replace("\u00a0", " "):
                return f"{file}:{line}: {text.strip()}"
        return number.at

    def _lines(self, file: str) -> list[str] | None:
        """The lines of a file of the workspace, or None where they are not those that the papers were made from."""
        if file not in self._texts:
            text = self._world.read_text(file)
            now = self._world.reads.get(file)
            unchanged = self._hashes.get(file, now) == now
            self._texts[file] = text.split("\n") if text is not None and unchanged else None
        return self._texts[file]
