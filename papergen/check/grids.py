"""What typed tables say of their rows: under each heading, and by what follows from two of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations

from papergen.check.typed_tables import figure_of, wrong_totals
from papergen.data.total_names import heads_sums
from papergen.language.dates import MONTH_NAME
from papergen.language.numbers import Numeral, Sort
from papergen.language.words import stems
from papergen.model.nodes import Table
from papergen.model.walk import Found, cells_of, plain_text
from papergen.values.period_names import MONTH_NUMBERS
from papergen.values.quantities import print_number

_UNIT = re.compile(r"£[’']?(?P<thousand>000|k\b)|£ ?(?P<million>m\b|million)|[£%]|\bper cent\b")
_PLANNED = re.compile(r"(?:[a-z]+ )?(?:budget|plan)\b.*", re.IGNORECASE)
_OUTCOME = re.compile(r"(?:draft )?(?:forecast|outturn|actual)\b.*", re.IGNORECASE)
_OF_CHANGE = re.compile(r"\b(?:change|difference|growth|rise|increase)\b|\+/[−–-]", re.IGNORECASE)
_ROSE = re.compile(r"rise|increase|growth|gain|improvement")
_SHARE = re.compile(r"share|rate|percentage|proportion")
_VARIANCE = re.compile(r"\b(?:variance|over or under)\b", re.IGNORECASE)
_TIME = re.compile(
    rf"\b(?:(?P<year>(?:19|20)\d\d|\d\d(?=/\d\d\b))(?:[/–-]\d\d)?"
    rf"|(?P<month>{MONTH_NAME})|Q(?:uarter )?(?P<quarter>[1-4]))\b"
)
_NO_THING = re.compile(
    r"[\W\d]+|\b(?:at|in|base(?:line)?|end(?:ed)?|m|now|number|of|q|quarter|score|the|to|year)\b", re.IGNORECASE
)
_THEN = re.compile(r"(?:last|previous)\b(?: (?:time|year|quarter|month))?|before", re.IGNORECASE)
_NOW = re.compile(r"(?:current |this )?(?:now|score|time|year|quarter|month)", re.IGNORECASE)
MOST_COLUMNS = 15
"""Columns of a table that are held against each other."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of a table, or one that follows from two; ``worth`` is in single pounds, things or per cent."""

    text: str
    worth: Fraction
    slack: Fraction
    sort: Sort
    signed: bool = False

    def is_said(self, number: Numeral) -> bool:
        """Whether a number of the text is this, as near as both are printed."""
        return self._is_like(number) and abs(abs(self.worth) - abs(number.worth)) <= number.slack + self.slack

    def is_near(self, number: Numeral) -> bool:
        """Whether a number may be meant for this one: at least half of it, and at most twice."""
        return self._is_like(number) and abs(self.worth) <= 2 * abs(number.worth) <= 4 * abs(self.worth)

    def _is_like(self, number: Numeral) -> bool:
        """Whether both count the same sort of thing; percentage points may be a count."""
        return number.sort is self.sort or (number.sort is Sort.COUNT and self.sort is Sort.PERCENTAGE)


@dataclass(frozen=True)
class Grid:
    """A typed table by its headings and rows, or turned by them; ``rows`` are by their names, ``sums`` those of totals.

    ``words`` are its caption and headings, ``section`` the key of what it stands in.  Totals that are wrong are blank.
    """

    table: str
    section: str
    words: str
    heads: tuple[str, ...]
    rows: Mapping[str, tuple[Cell | None, ...]]
    sums: frozenset[str]
    is_turned: bool

    @cached_property
    def times(self) -> tuple[tuple[int, int], ...]:
        """The columns of an earlier time and of the last that tell of one thing."""
        series = defaultdict[str, list[tuple[tuple[int, int], int]]](list)
        for at, head in enumerate(self.heads):
            year = month = 0
            for found in _TIME.finditer(head):
                year = int(found["year"] or year)
                month = MONTH_NUMBERS[found["month"].lower()] if found["month"] else int(found["quarter"] or month)
            if year or month:
                series[_NO_THING.sub("", _TIME.sub("", head)).casefold()].append(((year, month), at))
        ordered = (sorted(each) if all(key[0] for key, _ in each) else each for each in series.values())
        return (*((at, each[-1][1]) for each in ordered for _, at in each[:-1]), *self._step(_THEN, _NOW))

    @property
    def last(self) -> frozenset[int]:
        """The columns that tell what is so now."""
        return frozenset(
            {now for _, now in self.times} | {at for at, head in enumerate(self.heads) if _NOW.fullmatch(head)}
        )

    def _step(self, then: re.Pattern[str], now: re.Pattern[str]) -> Iterator[tuple[int, int]]:
        one, other = ([at for at, head in enumerate(self.heads) if each.fullmatch(head)] for each in (then, now))
        if len(one) == len(other) == 1:
            yield one[0], other[0]

    def changes(self, row: str, *, of_budget: bool = False) -> tuple[Cell, ...]:
        """By how much a row went up since each earlier time, or came out above its budget; none below zero."""
        cells, given = self.rows[row], _VARIANCE if of_budget else _OF_CHANGE
        steps = self._step(_PLANNED, _OUTCOME) if of_budget else self.times
        pairs = [(one, two) for then, now in steps if (one := cells[then]) and (two := cells[now])]
        told = (each for each, head in zip(cells, self.heads, strict=True) if each and given.search(head))
        found = (each for one, two in pairs if one.sort is two.sort for each in (_less(one, two), *_growth(one, two)))
        return (*found, *told) if all(min(one.worth, two.worth) >= 0 for one, two in pairs) else ()

    def shares(self, row: str) -> Iterator[Cell]:
        """What share a row is of each total of its column, the last column first."""
        cells = [*enumerate(self.rows[row])][::-1]
        pairs = ((cell, self.rows[each][at]) for each in self.sums for at, cell in cells if cell)
        yield from (share for one, two in pairs if two and one is not two for share in [*_follow(one, two)][1:2])

    def bears_out(self, row: str, number: Numeral) -> bool:
        """Whether a row has a number, or two of its cells, or one and the total of its column, give it."""
        cells = self.rows[row][:MOST_COLUMNS]
        whole = [(self.rows[each][at], cell) for each in self.sums for at, cell in enumerate(cells) if cell]
        pairs = [*combinations(filter(None, cells), 2), *((one, two) for one, two in whole if one and two)]
        given = (way for two in pairs for way in _follow(*two))
        return any(each.is_said(number) for each in (*filter(None, cells), *given))

    def firsts(self, row: str, way: int, thing: str, numbers: Sequence[Numeral]) -> list[str]:
        """The rows that are first (``way`` is 1), last (-1) or either (0) by column; none where ``row`` is one of them.

        The columns are those of a thing that have one of the numbers in that row or, else, all and how they changed.
        """
        lines = {name: line for name, line in self.rows.items() if name not in self.sums and name.casefold() != "other"}
        heads = enumerate(self.heads)
        columns = [(head, {name: cell for name, line in lines.items() if (cell := line[at])}) for at, head in heads]
        for then, now in self.times:
            both = [(name, line[then], line[now]) for name, line in lines.items()]
            steps = {name: (_less(one, two), *_growth(one, two)) for name, one, two in both if one and two}
            columns += [("change", {name: step[at] for name, step in steps.items()}) for at in (0, -1)]
        columns = [(head, column) for head, column in columns if row in column]
        its = [pair for pair in columns if _is_of(thing, *pair) and any(map(pair[1][row].is_said, numbers))]
        worths = [{name: cell.worth for name, cell in column.items()} for _, column in its or columns]
        ends = [end for end, is_meant in ((max, way >= 0), (min, way <= 0)) if is_meant]
        firsts = [name for each in worths for end in ends for name in each if each[name] == end(each.values())]
        return [] if row in firsts else firsts


def _is_of(thing: str, head: str, column: Mapping[str, Cell]) -> bool:
    """Whether “largest rise”, “highest rate” or “most visits” may speak of a column."""
    if _ROSE.match(thing):
        return bool(_OF_CHANGE.search(head))
    is_share = _SHARE.match(thing) and all(cell.sort is Sort.PERCENTAGE for cell in column.values())
    return bool(is_share) or not stems(thing, least=4).isdisjoint(stems(head))


def _less(one: Cell, two: Cell) -> Cell:
    worth = two.worth - one.worth
    return Cell(f"{one.text} and {two.text}", worth, one.slack + two.slack, one.sort, signed=True)


def _growth(one: Cell, two: Cell) -> list[Cell]:
    """By what share a number grew, where it is no share itself."""
    return [*_follow(one, two)][4:]


def _follow(one: Cell, two: Cell) -> Iterator[Cell]:
    """What two cells give: by how much they differ, and what share each is of the other, or what it grew by."""
    if one.sort is two.sort:
        yield _less(one, two)
        for part, whole in ((one, two), (two, one)):
            if whole.worth and one.sort is not Sort.PERCENTAGE:
                share = 100 * part.worth / whole.worth
                slack = 100 * (part.slack + whole.slack * abs(part.worth / whole.worth)) / abs(whole.worth)
                for worth in (share, share - 100):
                    yield Cell(f"{print_number(worth, 1)}%", worth, slack, Sort.PERCENTAGE)


def grids(found: Found[Table]) -> Iterator[Grid]:
    """A typed table, and the same turned so that its headings are the names of rows."""
    head, *rows = cells_of(found.node)
    if not rows:
        return
    caption = plain_text(found.node.caption)
    cells = [
        [_cell(text, (top, row[0], head[0], caption)) for text, top in zip(row, head, strict=True)] for row in rows
    ]
    for row, column, *_ in wrong_totals(found.node):
        cells[row][column] = None
    labels, lines = [row[0] for row in rows], [tuple(line[1:]) for line in cells]
    ways = ((labels, head[1:], lines), (head[1:], labels, [*zip(*lines, strict=True)]))
    for is_turned, (names, heads, lines) in enumerate(ways):
        own = {each: line for each, line in zip(names, lines, strict=True) if any(line)}
        sums, words = frozenset(filter(heads_sums, own)), f"{caption} {' '.join(head)}"
        yield Grid(found.node.label or "the table", found.section.key, words, tuple(heads), own, sums, bool(is_turned))


def _cell(text: str, beside: Sequence[str]) -> Cell | None:
    """The number of a cell, in the unit that stands in it or, else, in the first of the headings beside it."""
    figure = figure_of(text)
    unit = next((found for each in (text, *beside) if (found := _UNIT.search(each))), None)
    sort = Sort.COUNT if unit is None else Sort.MONEY if "£" in unit[0] else Sort.PERCENTAGE
    factor = 1 if unit is None else 1000 if unit["thousand"] else 10**6 if unit["million"] else 1
    return Cell(text, figure.worth * factor, figure.slack * factor, sort, figure.signed) if figure else None
