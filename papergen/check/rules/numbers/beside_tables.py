"""What the text says of typed tables beside it: numbers, changes, ranks and counts of rows that are otherwise there."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice

from papergen.check.grids import Cell, Grid, grids
from papergen.check.reading import Reading
from papergen.check.rule import Finding, rule
from papergen.check.rules.numbers.beside_data import DIFFERENT_TIME
from papergen.data.total_names import heads_sums
from papergen.diagnostics import Severity
from papergen.language.comparisons import directions
from papergen.language.dates import Stamp
from papergen.language.numbers import IN_WORDS, MOST_NUMBERS, Numeral, counted_words
from papergen.language.passages import RUNNING, Passage
from papergen.language.words import TextPart, near_before, stem, stems
from papergen.model.nodes import Table
from papergen.model.walk import Found, cells_of
from papergen.values.formats import number_in_words

_LEAST = 10
"""Smaller whole numbers meet by chance."""
_FEWEST_ROWS = 3
"""Rows of which one may be called the first, or whose number may be mistaken."""
_DIGITS = 3
"""So many digits are not swapped by chance."""
_UNIT = re.compile(r",? \(.*|, .{1,8}$")
"""What stands behind the name of a row: “Crossings (000)”, “Tolls, £”."""
_NEXT_TO = re.compile(r"[^.;:()\d]{1,30}(?:\()?")
_DIRECTLY = re.compile(r",? \(?(?:(?:is|was|has|had|at|in|for|on|with)(?: at)? (?:the )?)?")
_ELSEWHERE = re.compile(
    r"\b(?:than|against|compared|comparison|above|below|gap|difference|between|behind|ahead|after|from|if|would|will"
    r"|without|excluding|except|apart|other|others|elsewhere|rest|remaining)\b",
    re.IGNORECASE,
)
_NOW = re.compile(r"\b(?:is|are|stands at) now (?:at )?£?$|\bnow (?:stands? at|at|is|are) £?$")
_BEGINS = re.compile(r"(?:^|[,;:(] |\b(?:and|but|in|at|of|for|on|that|while) )(?:the |its |our |number of )*$", re.I)
_WENT = re.compile(r"(?:[’']s|, which)?(?: (?!and\b|or\b|but\b|from\b|of\b|in\b)[a-z]+){0,2} ")
_CAME_OUT = re.compile(r"(?:[’']s)?(?: (?!and\b|or\b|but\b)[a-z]+){0,5} ")
_BY = re.compile(r"(?: by| of)? £?")
_AGAINST_BUDGET = re.compile(
    r"\b(?:(?P<up>over|above)|under|below)(?: (?:(?:its|the|their) )?(?:budget|plan)\b|-?sp(?:ends?|ent|ending)\b)",
    re.I,
)
_CLAUSE = re.compile(r"[,;:]|\b(?:because|since|following|owing|due|as|after)\b")
_OF_WHOLE = re.compile(r" of (?:the |all )?(?:whole|total)\b")
_TO = re.compile(r"\bfrom £?[\d,.]+%?[^.;:()\d]{0,30} to £?$")
_OF_BUDGET = re.compile(r"(?: of the)? ")
_BEFORE = re.compile(r"\b(?:last|previous|before|earlier)\b")
_MOST = re.compile(
    r"\b(?P<word>(?P<up>biggest|highest|largest|greatest|most(?! of\b))|(?P<down>lowest|smallest|fewest)|worst|weakest)"
    r"\b(?: (?P<thing>[a-z-]+))?",
    re.IGNORECASE,
)
_FALL = re.compile(r"fall|drop|decrease|reduction|decline|loss")
_PART = re.compile(
    r"\b(?:of (?:the|these|those|its|our)|among|amongst|(?-i:after [A-Z])|apart from|except|excluding|outside|second"
    r"|third|next|joint|one of|other|others|since|ever|yet|record|not|if|would|will|previous|last|per head"
    r"|proportion\w*|relative)\b",
    re.IGNORECASE,
)
_IS = re.compile(r"[^.,;:()\d]{0,40}\b(?:is|was|are|were|had|has|saw|received|remains?|stays?)\b[^.,;:()\d]{0,40}")
_IS_THAT = re.compile(r"(?: [a-z-]+){0,3} (?:is|was|are|were)(?: in| at| on| for)? (?:the )?")


@dataclass(frozen=True)
class _Named:
    """The name of a row in a sentence, the rows of tables that go by it, and whether no other of theirs is named."""

    passage: Passage
    sentence: TextPart
    name: TextPart
    rows: Sequence[tuple[Grid, str]]
    is_alone: bool

    @cached_property
    def numbers(self) -> tuple[Numeral, ...]:
        """The figures of the sentence that say exactly what is so."""
        here = (here for part, here in self.passage.figures if part is self.sentence)
        return tuple(
            each for each in next(here, ()) if each.bound is None and not (each.rough or each.ranged or each.in_words)
        )

    def is_of_then(self, end: int) -> bool:
        """Whether the sentence, to the end of the clause that ends behind a place, speaks of another time."""
        text, start = self.passage.text, self.sentence.start
        after = _CLAUSE.search(text, end, self.sentence.end)
        end = after.start() if after else self.sentence.end
        known = " ".join(part for grid, _ in self.rows for part in (grid.words, *grid.rows))
        dates = (text[each.start : each.end] for each in self.passage.stamps if self.has(each) and each.end <= end)
        return bool(DIFFERENT_TIME.search(text, start, end)) or any(each not in known for each in dates)

    def has(self, part: Numeral | Stamp) -> bool:
        """Whether the sentence has a number or date that is no part of the name."""
        return self.sentence.holds(part.start, part.end) and not self.name.holds(part.start, part.end)

    def finding(self, start: int, end: int, grid: Grid, row: str, has: str) -> Finding:
        """What is said of a row, and what the table has."""
        message = f"“{self.passage.text[start:end]}” is said of “{row}”, for which {grid.table} has {has}."
        return Finding((self.passage, start, end), message, "Correct it here or in the table.")


@rule("C109", Severity.WARNING, by_file=True)
def find_what_rows_do_not_have(reading: Reading) -> Iterator[Finding]:
    """A sentence that names one row of a typed table says otherwise than the table.

    A number that is in its column for another row alone, that has the digits of its cell with two of them swapped, or
    that stands before “in 2025” or behind “is now” where that column has another; a row that “fell”, “rose by 48” or is
    “£330,000 over budget” where the table has it the other way, or another change; a row called the highest that is so
    in no column. Sentences that compare or tell of another time are left alone, and whatever is right by any two cells
    of the row.
    Source: Code of Practice for Statistics (2022), Q3: assured quality
    Example: “Netherby, at 87.8%” below a table with 82.8 for Netherby and 87.8 for Brigg Road.
    """
    found = (each for named in _named(reading) for find in _FINDERS for each in find(named))
    yield from {each.where: each for each in found}.values()


def _named(reading: Reading) -> Iterator[_Named]:
    """The names of rows in the running text, with the rows of the tables of its section or, else, of the file.

    Sentences without a name may tell of the totals of their section.
    """
    by_name = defaultdict[str, list[tuple[Grid, str]]](list)
    every = [grid for found in _typed(reading) for grid in grids(found)]
    for grid in every:
        for row in grid.rows:
            name = _UNIT.sub("", row).casefold()
            if re.search(r"[^\W\d_]{2}", name) and (row not in grid.sums or "total" in name):
                by_name[name].append((grid, row))
    every_sum = [(grid, row) for grid in every for row in grid.sums if not grid.is_turned]
    names = sorted(map(re.escape, by_name), key=len, reverse=True)[:MOST_NUMBERS]
    named = re.compile(rf"(?<![\w-])(?:{'|'.join(names)})(?![\w-])", re.IGNORECASE)
    for passage in (each for each in reading.passages if each.place in RUNNING) if names else ():
        for sentence in passage.sentences:
            found = [*named.finditer(passage.text, sentence.start, sentence.end)]
            for each in found:
                rows = by_name[each[0].casefold()]
                own = [pair for pair in rows if pair[0].section == passage.section.key] or rows
                others = {name for other in found if (name := other[0].casefold()) != each[0].casefold()}
                beside = {id(grid) for name in others for grid, _ in by_name[name]}
                is_alone = beside.isdisjoint(id(grid) for grid, _ in own)
                yield _Named(passage, sentence, TextPart(each[0], *each.span()), own, is_alone)
            is_named = any(not grid.is_turned for each in found for grid, _ in by_name[each[0].casefold()])
            sums = [each for each in every_sum if each[0].section == passage.section.key and not is_named]
            if sums:
                yield _Named(passage, sentence, TextPart("", sentence.start, sentence.start), sums, is_alone=False)


def _typed(reading: Reading) -> Iterator[Found[Table]]:
    return (each for each in reading.tables if not each.node.measures)


def _wrong_ways(named: _Named) -> Iterator[Finding]:
    """“CR6 has gone up”, “premises were underspent” where it was the other way; “tolls rose by £2,255” where not so."""
    text, name, sentence = named.passage.text, named.name, named.sentence
    if not _BEGINS.search(text[sentence.start : name.start]):
        return
    words = [(each.start, each.end, each.sign, False) for each in directions(sentence) if name.text]
    over = _AGAINST_BUDGET.finditer(text, name.end, sentence.end)
    for start, end, sign, of_budget in (*words, *((*each.span(), 1 if each["up"] else -1, True) for each in over)):
        before = (each for each in named.numbers if of_budget and _OF_BUDGET.fullmatch(text, each.end, start))
        after = (each for each in named.numbers if _BY.fullmatch(text, end, each.start))
        number = next(chain(before, after), None)
        first = min(start, number.start) if number else start
        if name.text and not (_CAME_OUT if of_budget else _WENT).fullmatch(text, name.end, first):
            continue
        of = [(grid, row, of) for grid, row in named.rows if (of := grid.changes(row, of_budget=of_budget))]
        changes = [each for _, _, changes in of for each in changes]
        is_so = number is not None and any(grid.bears_out(row, number) for grid, row, _ in of)
        last = max(end, number.end) if number else end
        is_of_then = _BEFORE.search(sentence.text) if of_budget else named.is_of_then(last)
        others = sum(any(grid.bears_out(row, each) for grid, row, _ in of) for each in named.numbers)
        if not of or not (is_so or (name.text and not is_of_then and others < 2)):  # of two that are right C103 tells
            continue
        if (is_so or not number) and all(each.worth * sign < 0 for each in changes):
            yield named.finding(start, end, *of[0][:2], changes[0].text)
        elif number and not is_so and any(each.is_near(number) for each in changes):
            yield named.finding(number.start, number.end, *of[0][:2], changes[0].text)


def _wrong_numbers(named: _Named) -> Iterator[Finding]:
    """The numbers said of a row that it does not have, where what it has is plain."""
    said = named.sentence.text
    is_compared = directions(named.sentence) or _ELSEWHERE.search(said) or named.is_of_then(named.sentence.end)
    is_apart = bool(is_compared) or not named.is_alone
    for number in filter(named.has, named.numbers):
        if not any(grid.bears_out(row, number) for grid, row in named.rows):
            for grid, row, has in islice(_meant(named, number, is_apart=is_apart), 1):
                yield named.finding(number.start, number.end, grid, row, has)


def _meant(named: _Named, number: Numeral, *, is_apart: bool) -> Iterator[tuple[Grid, str, str]]:
    """What a wrong number is meant for: “1,241” for 1,214, “52% of the whole” for 42%, Brigg Road’s 87.8% for 82.8%."""
    text, name = named.passage.text, named.name
    for grid, row in named.rows:
        shares = sorted(grid.shares(row), key=lambda each: abs(each.worth - number.worth)) if name.text else []
        for cell in (each for each in shares if each.is_near(number)):
            if _OF_WHOLE.match(text, number.end) or _is_mistyped(number, cell):
                yield grid, row, cell.text
        for at, cell in ((at, cell) for at, cell in enumerate(grid.rows[row]) if cell and cell.sort is number.sort):
            if _is_mistyped(number, cell, least=_DIGITS + (not name.text)) or _is_of_column(
                named, number, grid, at, cell
            ):
                yield grid, row, cell.text
            elif not is_apart and len(grid.rows) >= _FEWEST_ROWS and _is_next_to(text, name, number, grid.heads[at]):
                others = (
                    (other, its) for other, line in grid.rows.items() if (its := line[at]) and its.is_said(number)
                )
                yield from ((grid, row, f"{cell.text}: it has {its.text} for “{other}”") for other, its in others)


def _is_of_column(named: _Named, number: Numeral, grid: Grid, at: int, cell: Cell) -> bool:
    """Whether a number is said of a column: “457 in 2025”, and “is now 16” or “from 12 to 16” of the last time."""
    before = near_before(named.passage.text, number.start)
    is_last = _NOW.search(before) or (_TO.search(before) and not named.is_of_then(number.end))
    is_in = re.compile(rf" in {re.escape(grid.heads[at])}\b").match(named.passage.text, number.end)
    return bool(named.name.text and cell.is_near(number) and (is_in or (is_last and at in grid.last)))


def _is_mistyped(number: Numeral, cell: Cell, *, least: int = _DIGITS) -> bool:
    """Whether a number has the digits of a cell with two of them swapped: “1,241” for 1,214, “£8.56m” for 8,650."""
    texts = [re.sub(r"\D", "", each) for each in (number.text, cell.text)]
    digits = max(_DIGITS, *(len(each.rstrip("0")) for each in texts))
    one, other = (each.ljust(digits, "0")[:digits] for each in texts)
    apart = [at for at in range(digits) if one[at] != other[at]]
    is_swap = len(apart) == 2 and one[apart[0]] + one[apart[1]] == other[apart[1]] + other[apart[0]]
    return is_swap and apart[1] == apart[0] + 1 and cell.is_near(number) and min(map(len, texts)) >= least


def _is_next_to(text: str, row: TextPart, number: Numeral, heading: str) -> bool:
    """Whether a few words stand between a name and a number, so few that it can hardly speak of something else."""
    first, last = (row.end, number.start) if row.end <= number.start else (number.end, row.start)
    things = stems(" ".join(counted_words(text, number)), least=4)
    if number.worth <= 0 or (number.worth < _LEAST and number.decimals < 1):
        return False
    if number.decimals > 0 or not things.isdisjoint(stems(heading)):
        return _NEXT_TO.fullmatch(text, first, last) is not None
    is_alone = not things and not text.startswith(" of ", number.end)
    return is_alone and _DIRECTLY.fullmatch(text, first, last) is not None


def _wrong_ranks(named: _Named) -> Iterator[Finding]:
    """“Beck Lane was worst” where another row is first, and another last, in every column."""
    text, name, (grid, row) = named.passage.text, named.name, named.rows[0]
    found = [*_MOST.finditer(text, named.sentence.start, named.sentence.end)]
    if (
        len(found) != 1
        or _PART.search(named.sentence.text)
        or grid.is_turned
        or grid.section != named.passage.section.key
    ):
        return
    (most,) = found
    if _IS.fullmatch(text, name.end, most.start()) or _IS_THAT.fullmatch(text, most.end("word"), name.start):
        thing = (most["thing"] or "").lower()
        way = 0 if _FALL.match(thing) else 1 if most["up"] else -1 if most["down"] else 0
        firsts = [grid.firsts(row, way, thing, named.numbers) for grid, row in named.rows]
        if all(firsts):
            others = "” or “".join(dict.fromkeys(firsts[0]))
            message = f"“{most['word']}” is said of “{row}”, and by {grid.table} it is “{others}”."
            where = (named.passage, *most.span("word"))
            yield Finding(where, message, "Correct the word, the number or the name.")


_FINDERS = (_wrong_ways, _wrong_numbers, _wrong_ranks)


_SMALL = rf"(?:\d{{1,2}}|one|none|no|{'|'.join(map(number_in_words, range(2, 31)))})"
_WORTHS = IN_WORDS | {"one": 1, "none": 0, "no": 0}
_OF_ALL = rf" of (?:the |our |its |these )?(?P<whole>{_SMALL})\b"
_STATE = re.compile(r"(?:(?:current )?(?:state|status|rag|rating|progress|position)|assurance)\b.*", re.IGNORECASE)
_IN_STATE = (
    rf"\b(?P<part>{_SMALL})(?:{_OF_ALL})?(?P<thing>(?: (?!of\b|to\b|and\b)[a-z]+){{0,2}}?)"
    r" (?P<is>(?:is|are|was|were|(?:has|have) been)(?: now| already| still| given| rated)? )?(?P<state>%s)\b"
    r"(?! (?:to|or)\b)"
)
_ROWS = re.compile(
    rf"\b(?:[Tt]here (?:are|were)|(?:now )?has|holds|lists|[Aa]ll) (?P<part>{_SMALL})(?: [a-z]+)?"
    r" (?P<thing>[a-z]+s)\b(?=[.,]| in the table)"
)
_YES_NO = frozenset({"yes", "no"})
_COLOURS = frozenset({"red", "amber", "green"})
_COLOUR = re.compile(r" (?:is|remains|stays) (?:still |now )?(red|amber|green)\b")


@rule("C111", Severity.WARNING, by_file=True)
def find_wrong_counts_of_rows(reading: Reading) -> Iterator[Finding]:
    """A count of the rows of a table, or of what is done, green or overdue in it, does not agree with it.

    “Two of the four are done” under the same heading as a typed table of four rows, whose column of states says so of
    another number of them; “There are eight risks” where it has seven; “Ticketing is amber” where its row says red.
    Source: Code of Practice for Statistics (2022), Q3: assured quality
    Example: “Two of the four tasks are done” below a table with “Done” beside one of four.
    """
    for found in _typed(reading):
        header, *every = cells_of(found.node)
        table, rows = found.node.label or "the table", [row for row in every if not heads_sums(row[0])]
        cells = [[row[at].casefold() for row in rows] for at in range(len(header))]
        kinds = [bool(_STATE.fullmatch(head) or _YES_NO.issuperset(cells[at])) for at, head in enumerate(header)]
        at = next((at for at in range(len(header) - 1, 0, -1) if kinds[at]), 0)
        states = (
            {
                row[0]: header[at].casefold() if state == "yes" else state
                for row, state in zip(rows, cells[at], strict=True)
            }
            if at
            else {}
        )
        things = stems(" ".join(header[:2]))
        here = (each for each in reading.passages if each.place in RUNNING and each.section.key == found.section.key)
        for passage in here:
            told = [*_wrong_colours(passage.text, states)]
            for sentence in passage.sentences:
                told += _wrong_counts(passage.text, sentence, [*states.values()], len(rows), things)
            for start, end, what, has in told:
                message = f"“{passage.text[start:end]}” is said {what}, and {table} has {has}."
                yield Finding((passage, start, end), message, "Correct it here or in the table.")


def _wrong_colours(text: str, states: Mapping[str, str]) -> Iterator[tuple[int, int, str, object]]:
    """“Ticketing is amber” where it is red in the table."""
    for label, state in states.items():
        said = re.search(rf"\b{re.escape(label)}{_COLOUR.pattern}", text) if state in _COLOURS else None
        if said and said[1] != state:
            yield *said.span(1), f"of “{label}”", state


def _wrong_counts(
    text: str, sentence: TextPart, states: Sequence[str], rows: int, things: frozenset[str]
) -> Iterator[tuple[int, int, str, object]]:
    """Where a count stands of rows, or of those in one state while the others are right, with how many there are."""
    words = [found[0] for each in states if (found := re.match(r"[^\W\d_]+", each)) and found[0] != each]
    counts = Counter(filter(None, (*states, *words)))
    names = sorted(map(re.escape, counts), key=len, reverse=True)
    pattern = re.compile(_IN_STATE % "|".join(names), re.IGNORECASE)
    said = [*pattern.finditer(text, sentence.start, sentence.end)] if names else []
    wrong = [(each, counts[each["state"].casefold()]) for each in said]
    wrong = [(each, has) for each, has in wrong if _small(each["part"]) != has]
    whole = re.compile(rf"\b(?i:of) {_OF_ALL.removeprefix(' of ')}").search(text, sentence.start, sentence.end)
    if len(wrong) == 1 and _small(wrong[0][0]["part"]) <= rows:
        of_rows = wrong[0][0]["is"] and not things.isdisjoint(stems(wrong[0][0]["thing"]))
        if _small(whole["whole"]) == rows if whole else len(said) > 1 or of_rows:
            ((each, has),) = wrong
            yield *each.span("part"), f"to be how many are {each['state']}", has
    for each in _ROWS.finditer(text, sentence.start, sentence.end) if rows > _FEWEST_ROWS else ():
        if stem(each["thing"]) in things and abs(_small(each["part"]) - rows) == 1:
            yield *each.span("part"), "to be how many there are", rows


def _small(number: str) -> int:
    return int(number) if number.isdigit() else _WORTHS[number.lower()]
