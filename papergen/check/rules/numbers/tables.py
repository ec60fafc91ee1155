"""Typed tables: their headings, columns that do not follow from each other, and the text beside them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from papergen.check.reading import Reading
from papergen.check.rule import Finding, rule
from papergen.check.rules.numbers.beside_data import DIFFERENT_TIME
from papergen.check.typed_tables import CellFigure, figure_of, wrong_workings
from papergen.data.total_names import heads_sums
from papergen.diagnostics import Severity
from papergen.language.comparisons import DirectionWord, directions
from papergen.language.dates import MONTH_NAME
from papergen.language.joints import joint
from papergen.language.numbers import MOST_NUMBERS, Numeral, Sort, counted_words
from papergen.language.passages import RUNNING, Passage
from papergen.language.words import NEAR_BY, TextPart, near_before, stem, stems
from papergen.model.nodes import Table
from papergen.model.walk import Found, cells_of, plain_text
from papergen.values.period_names import MONTH_NUMBERS
from papergen.values.periods import MONTHS
from papergen.values.quantities import print_number

_LEAST_ROWS = 3
_LEAST = 10
"""Smaller whole numbers meet by chance."""
_NEXT_TO = re.compile(r"[^.;:()\d]{1,30}(?:\()?")
_DIRECTLY = re.compile(r",? \(?(?:(?:is|was|has|had|at|in|for|on|with)(?: at)? (?:the )?)?")
_ELSEWHERE = re.compile(
    r"\b(?:than|against|compared|comparison|above|below|gap|difference|between|behind|ahead|after|from|if|would|will"
    r"|without|excluding|except|apart|other|others|elsewhere|rest|remaining)\b",
    re.IGNORECASE,
)
_MOST = re.compile(
    r"\b(?:(?P<up>biggest|highest|largest|greatest|most(?= (?:common|frequent|[a-z]+s)\b))|lowest|smallest|fewest)"
    r" (?P<of>[a-z-]+(?: (?:of )?[a-z-]+)?)",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\b(?:of (?:the|these|those|its|our)|among|amongst|(?-i:after [A-Z])|apart from|except|excluding|outside|second"
    r"|third|next|joint|one of|other|others|since|ever|yet|record|not|if|would|will|previous|last|per head"
    r"|proportion\w*|relative)\b",
    re.IGNORECASE,
)
_ROSE = re.compile(r"rise|increase|growth|gain|improvement")
_FELL = re.compile(r"fall|drop|decrease|reduction|decline|loss")
_SHARE = re.compile(r"share|rate|percentage|proportion")
_OF_CHANGE = re.compile(r"\b(?:change|difference|growth|rise|increase|variance)\b", re.IGNORECASE)
_UNIT = re.compile(r"£ ?(?:m|million|[’']?000|k)?")
"""What the first heading says of all columns."""
_SCALED = re.compile(r"£[’']?(?P<thousand>000|k\b)|£ ?(?:m\b|million)")


def _typed(reading: Reading) -> Iterator[tuple[Found[Table], str, list[str], list[list[str]]]]:
    """The tables that are typed, each with what it is called and the words of its header and of its rows."""
    for found in (each for each in reading.tables if not each.node.measures):
        header, *rows = cells_of(found.node)
        yield found, found.node.label or "the table", header, rows


def _beside(reading: Reading, key: str) -> Iterator[Passage]:
    """The running text of a section."""
    return (each for each in reading.passages if each.place in RUNNING and each.section.key == key)


@rule("C108", Severity.WARNING, by_file=True)
def find_wrong_workings(reading: Reading) -> Iterator[Finding]:
    """A change, variance, share or score in a table does not follow from the columns before it, as in other rows.

    A row is told once, and not again where its total is wrong already.
    Source: Code of Practice for Statistics (2022), Q3: assured quality
    Example: | Robbery | 91 | 104 | +31 | in a table whose other rows give the difference.
    """
    for found, *_ in _typed(reading):
        for row, (one, two, cell, right) in wrong_workings(found.node):
            gives = print_number(right, cell.decimals) + "%" * ("%" in cell.text)
            parts = f"“{one.text}” and “{two.text}”"
            message = f"“{cell.text}” does not follow from {parts} as the rest of its column does: that is {gives}."
            yield Finding(reading.typed.row_place(row, of=found.at), message, "Correct the number that is wrong.")


@dataclass(frozen=True, slots=True)
class _Column:
    """What a column holds: its heading, the sort of its numbers, what a cell is to be multiplied by, and its cells.

    The cells are those by the labels of the rows, without totals; ``table`` is what the table is called.
    """

    table: str
    heading: str
    sort: Sort
    factor: int
    cells: Mapping[str, CellFigure]

    def has(self, label: str, number: Numeral) -> bool:
        """Whether a number is what stands in the row of a label."""
        cell = self.cells.get(label)
        return cell is not None and abs(abs(cell.worth * self.factor) - abs(number.worth)) <= number.slack


@rule("C109", Severity.WARNING, by_file=True)
def find_numbers_of_other_rows(reading: Reading) -> Iterator[Finding]:
    """A number stands beside the name of one row of a table, and in the table it is another row's.

    A sentence that names one row of a typed table under the same heading, with a number that the table has in the same
    column for another row alone; or that calls a row the highest where another is higher. Sentences that compare, or
    tell of a change or of another time, are left alone. Digits of a cell that changed places are told, and “is now 16”
    beside a row whose last month has another number, “fell by 48” beside a change of +48, or “£330,000 over budget”
    beside a row that is under it, or where another row is so much over.
    Source: Code of Practice for Statistics (2022), Q3: assured quality
    Example: “Netherby, at 87.8%” below a table with 82.8 for Netherby and 87.8 for Brigg Road.
    """
    for key, tables in groupby(_typed(reading), key=lambda each: each[0].section.key):
        here = list(tables)
        labels = Counter(row[0] for *_, rows in here for row in rows)
        names = [each for each, times in labels.items() if times == 1 and re.search(r"[^\W\d_]{3}", each)]
        columns = [each for table in here for each in _columns(*table)] if len(names) <= MOST_NUMBERS else []
        named = re.compile(rf"(?<![\w-])(?:{'|'.join(f'({re.escape(each)})' for each in names)})(?![\w-])", re.I)
        captions = "".join(plain_text(found.node.caption) for found, *_ in here)
        for passage in _beside(reading, key) if names and columns else ():
            for sentence, figures in passage.figures:
                rows = list(named.finditer(passage.text, sentence.start, sentence.end))
                if len(rows) == 1:
                    row = TextPart(names[(rows[0].lastindex or 1) - 1], *rows[0].span())
                    yield from _wrong(passage, sentence, figures, row, columns, captions)


def _columns(
    found: Found[Table], table: str, header: Sequence[str], rows: Sequence[Sequence[str]]
) -> Iterator[_Column]:
    rows = [row for row in rows if not heads_sums(row[0]) and row[0].casefold() not in ("other", "others")]
    caption = plain_text(found.node.caption)
    for at in range(1, len(header)):
        cells = {row[0]: number for row in rows if (number := figure_of(row[at]))}
        if len(cells) >= _LEAST_ROWS:
            of_all = header[0] if _UNIT.fullmatch(header[0]) and not re.search("[%£]", header[at]) else ""
            head = f"{header[at]} {of_all}" if re.search("[%£]", f"{header} {[row[at] for row in rows]}") else caption
            told = head + "".join(row[at] for row in rows)
            sort = Sort.PERCENTAGE if "%" in told else Sort.MONEY if "£" in told or "£" in caption else Sort.COUNT
            scaled = _SCALED.search(f"{head} {caption}") if sort is Sort.MONEY else None
            yield _Column(table, header[at], sort, (1000 if scaled["thousand"] else 10**6) if scaled else 1, cells)


def _wrong(
    passage: Passage,
    sentence: TextPart,
    figures: Sequence[Numeral],
    row: TextPart,
    columns: Sequence[_Column],
    captions: str,
) -> Iterator[Finding]:
    """What a sentence that names one row alone tells wrongly of it."""
    text, inside = passage.text, [each for each in passage.stamps if sentence.holds(each.start, each.end)]
    dates = [
        each.start
        for each in inside
        if not (row.holds(each.start, each.end) or text[each.start : each.end] in captions)
    ]
    is_of_then, words = DIFFERENT_TIME.search(sentence.text), directions(sentence)
    is_told_apart = is_of_then or dates or words or _ELSEWHERE.search(sentence.text)
    for number in (each for each in figures if each.bound is None and not (each.rough or each.ranged or each.in_words)):
        alike = [each for each in columns if each.sort is number.sort and row.text in each.cells]
        its = [each for each in alike if each.has(row.text, number)]
        is_now = not dates and _is_now(text, number, [each.heading for each in alike])
        if len(its) == 1:
            yield from _contrary(passage, words, row.text, number, its[0])
            if not (is_of_then or any(date < number.end for date in dates)):
                yield from _not_most(passage, sentence, row.text, its[0])
        if not (is_of_then or any(date < number.end for date in dates)) and _LEAST * number.slack < number.worth:
            yield from _against_budget(passage, row.text, number, alike)
        for column in () if its else alike:
            has, message = f"“{row.text}”, for which {column.table} has {column.cells[row.text].text}", ""
            others = [] if is_told_apart else [label for label in column.cells if column.has(label, number)]
            if others and _is_next_to(text, row, number, column):
                theirs = f"it has {column.cells[others[0]].text} for “{others[0]}”"
                message, hint = f"“{number.text}” stands beside {has}: {theirs}.", "Correct the number or the name."
            elif (is_now and column is alike[-1]) or _is_mistyped(number.text, column.cells[row.text].text):
                message, hint = f"“{number.text}” is said of {has}.", "Correct the number here or there."
            if message:
                yield Finding((passage, number.start, number.end), message, hint)
                break


_PLANNED = re.compile(r"(?:[a-z]+ )?(?:budget|plan)\b.*", re.IGNORECASE)
_OUTCOME = re.compile(r"(?:forecast|outturn|actual)\b.*", re.IGNORECASE)
_OVER = re.compile(r" (?P<way>over|under|above|below) (?:(?:its|the|their) )?(?:budget|plan)\b", re.IGNORECASE)
_SPENT_BY = re.compile(r"\b(?P<way>over|under)sp(?:ends?|ent|ending)(?: by| of)? $", re.IGNORECASE)


def _against_budget(passage: Passage, row: str, number: Numeral, columns: Sequence[_Column]) -> Iterator[Finding]:
    """“Pay is £330,000 over budget” where it is so much under it, or where that is so of another row."""
    text = passage.text
    said = _OVER.match(text, number.end) or _SPENT_BY.search(text, max(0, number.start - NEAR_BY), number.start)
    planned = next((each for each in columns if _PLANNED.fullmatch(each.heading)), None)
    outcome = next((each for each in columns if _OUTCOME.fullmatch(each.heading)), None)
    if not (said and planned and outcome) or planned.table != outcome.table or row not in outcome.cells:
        return
    over = {
        each: outcome.factor * (abs(outcome.cells[each].worth) - abs(cell.worth))
        for each, cell in planned.cells.items()
        if each in outcome.cells
    }
    meant = [each for each, lies in over.items() if abs(abs(lies) - number.worth) <= number.slack]
    has = f"“{row}”, for which {outcome.table} has {outcome.cells[row].text} and a budget of {planned.cells[row].text}"
    if row in meant and over[row] and (over[row] > 0) != (said["way"].lower() in ("over", "above")):
        where = (passage, *said.span("way"))
        yield Finding(where, f"“{said['way']}” is said of {has}.", "Correct the word or the number.")
    elif meant and row not in meant:
        message = f"“{number.text}” stands beside {has}: it is so of “{meant[0]}”."
        yield Finding((passage, number.start, number.end), message, "Correct the number or the name.")


_BY = re.compile(r"(?: by)? £?")


def _contrary(
    passage: Passage, words: Sequence[DirectionWord], row: str, number: Numeral, column: _Column
) -> Iterator[Finding]:
    """“Theft fell by 48 offences” beside a change of +48."""
    cell = column.cells[row]
    for word in words if cell.signed and _OF_CHANGE.search(column.heading) else ():
        if _BY.fullmatch(passage.text, word.end, number.start) and word.sign * cell.worth < 0:
            message = f"“{word.text}” is said of “{row}”, for which {column.table} has {cell.text}."
            yield Finding((passage, word.start, word.end), message, "Correct the word or the number.")


def _is_mistyped(text: str, cell: str) -> bool:
    """Whether a number has the digits of a cell, some of them swapped: “1,241” for 1,214."""
    one, other = (re.sub(r"\D", "", each) for each in (text, cell))
    return len(one) > _DIGITS and one != other and sorted(one) == sorted(other)


_DIGITS = 3
"""So few digits may be the same by chance."""
_NOW = re.compile(r"\b(?:is|are|stands at) now (?:at )?£?$|\bnow (?:stands? at|at|is|are) £?$")


def _is_now(text: str, number: Numeral, headings: Sequence[str]) -> bool:
    """“and is now 16” beside a table of months whose last has another number."""
    return bool(_NOW.search(near_before(text, number.start))) and len(headings) > 1 and all(map(_TIME.match, headings))


_TIME = re.compile(rf"(?:\d{{1,2}} )?{MONTH_NAME}\b|Q[1-4]\b|(?:19|20)\d\d\b")


def _is_next_to(text: str, row: TextPart, number: Numeral, column: _Column) -> bool:
    """Whether a few words stand between a name and a number, so few that it can hardly speak of something else."""
    first, last = (row.end, number.start) if row.end <= number.start else (number.end, row.start)
    things = stems(" ".join(counted_words(text, number)), least=4)
    is_its = not things.isdisjoint(stems(column.heading))
    if number.worth <= 0 or (number.worth < _LEAST and number.decimals < 1):
        return False
    if number.decimals > 0 or is_its:
        return _NEXT_TO.fullmatch(text, first, last) is not None
    is_alone = not things and not text.startswith(" of ", number.end)
    return is_alone and _DIRECTLY.fullmatch(text, first, last) is not None


def _not_most(passage: Passage, sentence: TextPart, row: str, column: _Column) -> Iterator[Finding]:
    """“The biggest rise was at Central, 9.1%” where another row of the column has more."""
    found = list(_MOST.finditer(sentence.text))
    if len(found) != 1 or _PART.search(sentence.text) or _FELL.match(found[0]["of"].lower()):
        return
    word, of, way = found[0][0].split()[0], found[0]["of"].lower(), 1 if found[0]["up"] else -1
    is_change = _OF_CHANGE.search(column.heading) and _ROSE.match(of)
    is_share = "%" in column.heading and _SHARE.match(of)
    first = max(column.cells, key=lambda label: way * column.cells[label].worth)
    is_beyond = way * (column.cells[first].worth - column.cells[row].worth) > 0
    if is_beyond and (is_change or is_share or not stems(of, least=4).isdisjoint(stems(column.heading))):
        at = sentence.start + found[0].start()
        message = f"“{word}” is said of “{row}”, and {column.table} has {column.cells[first].text} for “{first}”."
        yield Finding((passage, at, at + len(word)), message, "Correct the word, the number or the name.")


_MONTH = re.compile(rf"(?P<month>{MONTH_NAME})\.?(?:[ ’'-]*(?:\d\d|\d{{4}}))?")
_QUARTER = re.compile(r"Q(?:uarter )?([1-4])\b.*|(First|Second|Third|Fourth) quarter\b.*")
_FEWEST_HEADS = 3
"""Headings beside which one that is missing can be told."""
_BEFORE_RECESS = 7
"""The month after which councils do not meet for one."""
_QUARTERS = ("1", "2", "3", "4", "First", "Second", "Third", "Fourth")


@rule("C209", Severity.WARNING, by_file=True)
def find_missing_months(reading: Reading) -> Iterator[Finding]:
    """A month or quarter is missing from the headings of a table, or stands there twice.

    Months or quarters that follow one another at the head of the columns or rows of a typed table, but for one.
    Source: Code of Practice for Statistics (2022), Q3: assured quality
    Example: | Station | Apr | May | Jul | Aug |
    """
    for found, label, header, rows in _typed(reading):
        cells = [cell for row in rows for cell in row[1:]]
        if 2 * sum(figure_of(cell) is not None for cell in cells) < len(cells):
            continue  # meetings are held in some months
        for at, heads in ((found.at, header), (reading.typed.row_place(0, of=found.at), [row[0] for row in rows])):
            for told in filter(None, (_gap(heads, of) for of in (12, 4))):
                hint = "Add what is missing, or correct the headings."
                yield Finding(at, f"{told} in the headings of {label}.", hint)


def _number(head: str, of: int) -> int | None:
    """Which of so many months or quarters a heading names."""
    if of == len(MONTHS):
        month = _MONTH.fullmatch(head)
        return MONTH_NUMBERS[month["month"].lower()] if month else None
    quarter = _QUARTER.fullmatch(head)
    return _QUARTERS.index(quarter[1] or quarter[2]) % of + 1 if quarter else None


def _gap(heads: Sequence[str], of: int) -> str:
    """What is said of the one step from heading to heading that is two or none, where all others are one."""
    numbers = [_number(each, of) for each in heads]
    named = [(number, head) for number, head in zip(numbers, heads, strict=True) if number is not None]
    first = next((at for at, number in enumerate(numbers) if number is not None), 0)
    if len(named) < _FEWEST_HEADS or None in numbers[first : first + len(named)]:
        return ""
    steps = [(at, (two[0] - one[0]) % of, one, two[1]) for at, (one, two) in enumerate(pairwise(named))]
    odd = sorted((step for step in steps if step[1] != 1), key=lambda step: step[1])
    sizes, places = [step[1] for step in odd], [step[0] for step in odd]
    if sizes not in ([0], [2], [0, 2]) or abs(places[0] - places[-1]) > 1 or len(steps) - len(odd) < of // 6:
        return ""
    _, size, (number, before), after = odd[0]
    if size == 0:
        return f"“{before}” stands twice" if before == after else ""
    is_recess = of == len(MONTHS) and number == _BEFORE_RECESS
    return "" if is_recess else f"Between “{before}” and “{after}” one is missing"


_STATE = re.compile(r"(?:current )?(?:state|status|rag(?: rating)?|rating|progress|position)", re.IGNORECASE)
_OF_STATE = joint(
    r"(part=#) of (?:the |our |its |these )?(whole=#)(?: \([^()]*\))?(?: [a-z-]+){0,3}?"
    r" (?:is|are|was|were|(?:has|have) been)(?: now| already| still)? (state=[a-z]+)\b"
)
_COLOURS = ("red", "amber", "green")
_OF_COLOUR = joint(rf"(part=№)(?: [a-z]+){{0,2}}? (state={'|'.join(_COLOURS)})\b")


@rule("C111", Severity.WARNING, by_file=True)
def find_wrong_counts_of_states(reading: Reading) -> Iterator[Finding]:
    """A count of what is done, green or overdue does not agree with the table beside it.

    “Two of the four are done” under the same heading as a typed table of four rows, whose column of states says so of
    another number of them; “Ticketing is amber” where its row says red; and the one colour of
    all that is counted otherwise.
    Source: Code of Practice for Statistics (2022), Q3: assured quality
    Example: “Two of the four tasks are done” below a table with “Done” beside one of four.
    """
    for found, table, header, every in _typed(reading):
        column = next((at for at, head in enumerate(header) if at and _STATE.fullmatch(head)), None)
        rows = [(row[0], row[column].casefold()) for row in every if column and not heads_sums(row[0])]
        states = Counter(stem(word[0]) for _, state in rows if (word := re.match(r"[^\W\d_]+", state)))
        for passage in _beside(reading, found.section.key) if states else ():
            for label, colour in (row for row in rows if row[1] in _COLOURS):
                is_now = rf"\b{re.escape(label)} (?:is|remains|stays) (?:still |now )?({'|'.join(_COLOURS)})\b"
                said = re.search(is_now, passage.text)
                if said and said[1] != colour:
                    message = f"“{said[1]}” is said of “{label}”, and {table} has {colour}."
                    yield Finding((passage, *said.span(1)), message, "Correct the word here or there.")
            colours = {each.says("state"): each.the("part") for each in passage.shape.joints(_OF_COLOUR)}
            told = [(part, state) for state, part in colours.items() if part.worth != states[state]]
            if len(told) != 1 or len(colours) < 3 or sum(states[state] for state in colours) != len(rows):
                told = []
            parts = (each for each in passage.shape.joints(_OF_STATE) if each.the("whole").worth == len(rows))
            said_of = [(each.the("part"), each.says("state")) for each in parts]
            told += [(part, state) for part, state in said_of if states[stem(state)] not in (0, part.worth)]
            for part, state in told:
                message = f"“{part.text}” is said to be how many are {state}, and {table} has {states[stem(state)]}."
                yield Finding((passage, part.start, part.end), message, "Correct the number here or there.")
