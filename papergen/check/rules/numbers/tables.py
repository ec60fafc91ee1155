"""Typed tables: their headings, columns that do not follow from each other, and the text beside them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from papergen.check.reading import Reading
from papergen.check.rule import Finding, rule
from papergen.check.rules.numbers.beside_data import DIFFERENT_TIME
from papergen.check.typed_tables import CellFigure, figure_of, wrong_workings
from papergen.data.total_names import heads_sums
from papergen.diagnostics import Severity
from papergen.language.comparisons import directions
from papergen.language.dates import MONTH_NAME
from papergen.language.numbers import MOST_NUMBERS, Numeral, Sort, counted_words
from papergen.language.passages import RUNNING, Passage
from papergen.language.words import TextPart, near_before, stem, stems
from papergen.model.nodes import Table
from papergen.model.walk import Found, cells_of, plain_text
from papergen.values.period_names import MONTH_NUMBERS
from papergen.values.periods import MONTHS
from papergen.values.quantities import print_number
from papergen.work.records import dataclass

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
_SCALED = re.compile(r"£[’']?(?P<thousand>000|k\b)|£ ?(?:m\b|million)")


def _typed(reading: Reading) -> Iterator[tuple[Found[Table], list[str], list[list[str]]]]:
    """The tables that are typed, each with the words of its header and of its rows."""
    for found in (each for each in reading.tables if not each.node.measures):
        header, *rows = cells_of(found.node)
        yield found, header, rows


@rule("C108", Severity.WARNING, by_file=True)
def find_wrong_workings(reading: Reading) -> Iterator[Finding]:
    """A change, variance, share or score in a table does not follow from the columns before it, as in other rows.

    A row is told once, and not again where its total is wrong already.
    Source: Code of Practice for Statistics (2022), Q3: assured quality
    Example: | Robbery | 91 | 104 | +31 | in a table whose other rows give the difference.
    """
    for found, *_ in _typed(reading):
        for row, (one, two, cell, right) in wrong_workings(found.node):
            parts, gives = (
                f"“{one.text}” and “{two.text}”",
                print_number(right, cell.decimals) + "%" * ("%" in cell.text),
            )
            message = f"“{cell.text}” does not follow from {parts} as the rest of its column does: that is {gives}."
            yield Finding(reading.typed.row_place(row, of=found.at), message, "Correct the number that is wrong.")


@dataclass(frozen=True, slots=True)
class _Column:
    """What a column holds: its heading, the sort of its numbers, what a cell is to be multiplied by, and its cells.

    The cells are those by the labels of the rows, without totals.
    """

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
    beside a row whose last month has another number, or “fell by 48” beside a change of +48.
    Source: Code of Practice for Statistics (2022), Q3: assured quality
    Example: “Netherby, at 87.8%” below a table with 82.8 for Netherby and 87.8 for Brigg Road.
    """
    typed = [found for found in reading.tables if not found.node.measures]
    prose = [passage for passage in reading.passages if passage.place in RUNNING]
    for key, tables in groupby(typed, key=lambda found: found.section.key):
        nodes = [found.node for found in tables]
        labels = [row[0] for node in nodes for row in cells_of(node)[1:]]
        names = {label for label in labels if labels.count(label) == 1 and re.search(r"[^\W\d_]{3}", label)}
        named = {each: re.compile(rf"(?<![\w-]){re.escape(each)}(?![\w-])", re.IGNORECASE) for each in names}
        is_prose = 0 < len(names) <= MOST_NUMBERS
        columns = [(node, column) for node in nodes for column in _columns(node)] if is_prose else []
        for passage in (each for each in prose if columns and each.section.key == key):
            for sentence, here in passage.figures:
                rows = [(label, found) for label, name in named.items() for found in name.finditer(sentence.text)]
                if len(rows) == 1:
                    label, found = rows[0]
                    row = TextPart(label, sentence.start + found.start(), sentence.start + found.end())
                    yield from _wrong(passage, sentence, here, row, columns)


def _columns(table: Table) -> Iterator[_Column]:
    header, *rows = cells_of(table)
    rows = [row for row in rows if not heads_sums(row[0]) and row[0].casefold() not in ("other", "others")]
    caption = plain_text(table.caption)
    for at in range(1, len(header)):
        cells = {row[0]: number for row in rows if (number := figure_of(row[at]))}
        if len(cells) >= _LEAST_ROWS:
            head = header[at] if re.search("[%£]", f"{header} {[row[at] for row in rows]}") else caption
            told = head + "".join(row[at] for row in rows)
            sort = Sort.PERCENTAGE if "%" in told else Sort.MONEY if "£" in told or "£" in caption else Sort.COUNT
            scaled = _SCALED.search(f"{head} {caption}") if sort is Sort.MONEY else None
            yield _Column(header[at], sort, (1000 if scaled["thousand"] else 10**6) if scaled else 1, cells)


def _wrong(
    passage: Passage,
    sentence: TextPart,
    here: Sequence[Numeral],
    row: TextPart,
    columns: Sequence[tuple[Table, _Column]],
) -> Iterator[Finding]:
    """What a sentence that names one row alone tells wrongly of it."""
    caption = "".join(plain_text(table.caption) for table, _ in columns)
    inside = ((each.start, each.end) for each in passage.stamps if sentence.holds(each.start, each.end))
    dates = [start for start, end in inside if not row.holds(start, end) and passage.text[start:end] not in caption]
    is_of_then = DIFFERENT_TIME.search(sentence.text)
    is_told_apart = is_of_then or dates or _ELSEWHERE.search(sentence.text) or directions(sentence)
    for number in (each for each in here if each.bound is None and not (each.rough or each.ranged or each.in_words)):
        alike = [(table, each) for table, each in columns if each.sort is number.sort and row.text in each.cells]
        its = [(table, each) for table, each in alike if each.has(row.text, number)]
        if len(its) == 1:
            yield from _contrary(passage, sentence, row, number, *its[0])
        if len(its) == 1 and not (is_of_then or any(date < number.end for date in dates)):
            yield from _not_most(passage, sentence, row, *its[0])
        for table, column in () if its or is_told_apart else alike:
            others = [label for label in column.cells if column.has(label, number)]
            if others and _is_next_to(passage.text, row, number, column):
                own, label = column.cells[row.text].text, table.label or "the table"
                theirs = f"it has {column.cells[others[0]].text} for “{others[0]}”"
                message = f"“{number.text}” stands beside “{row.text}”, for which {label} has {own}: {theirs}."
                yield Finding((passage, number.start, number.end), message, "Correct the number or the name.")
                break
        for table, column in () if its else alike:
            own = column.cells[row.text].text
            is_now = not dates and _is_now(passage.text, number, [each.heading for _, each in alike])
            if (is_now and column is alike[-1][1]) or _is_mistyped(number.text, own):
                message = f"“{number.text}” is said of “{row.text}”, for which {table.label or 'the table'} has {own}."
                yield Finding((passage, number.start, number.end), message, "Correct the number here or there.")
                break


_BY = re.compile(r"(?: by)? £?")


def _contrary(
    passage: Passage, sentence: TextPart, row: TextPart, number: Numeral, table: Table, column: _Column
) -> Iterator[Finding]:
    """“Theft fell by 48 offences” beside a change of +48."""
    cell = column.cells[row.text]
    for word in directions(sentence) if cell.signed and _OF_CHANGE.search(column.heading) else ():
        if _BY.fullmatch(passage.text, word.end, number.start) and word.sign * cell.worth < 0:
            label = table.label or "the table"
            message = f"“{word.text}” is said of “{row.text}”, for which {label} has {cell.text}."
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


def _not_most(passage: Passage, sentence: TextPart, row: TextPart, table: Table, column: _Column) -> Iterator[Finding]:
    """“The biggest rise was at Central, 9.1%” where another row of the column has more."""
    found = list(_MOST.finditer(sentence.text))
    if len(found) != 1 or _PART.search(sentence.text):
        return
    word, of, heading = found[0][0].split()[0], found[0]["of"].lower(), column.heading
    is_change = _OF_CHANGE.search(heading) and _ROSE.match(of)
    is_share = "%" in heading and _SHARE.match(of)
    way = 1 if found[0]["up"] else -1
    first = max(column.cells, key=lambda label: way * column.cells[label].worth)
    is_beyond = way * (column.cells[first].worth - column.cells[row.text].worth) > 0
    if (
        is_beyond
        and not _FELL.match(of)
        and (is_change or is_share or not stems(of, least=4).isdisjoint(stems(heading)))
    ):
        shown, label, at = column.cells[first].text, table.label or "the table", sentence.start + found[0].start()
        message = f"“{word}” is said of “{row.text}”, and {label} has {shown} for “{first}”."
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
    for found, header, rows in _typed(reading):
        cells = [cell for row in rows for cell in row[1:]]
        if 2 * sum(figure_of(cell) is not None for cell in cells) < len(cells):
            continue  # meetings are held in some months
        label = found.node.label or "the table"
        for at, heads in ((found.at, header), (reading.typed.row_place(0, of=found.at), [row[0] for row in rows])):
            for of in (12, 4):
                if told := _gap([_number(each, of) for each in heads], heads, of):
                    hint = "Add what is missing, or correct the headings."
                    yield Finding(at, f"{told} in the headings of {label}.", hint)


def _number(head: str, of: int) -> int | None:
    """Which of so many months or quarters a heading names."""
    if of == len(MONTHS):
        month = _MONTH.fullmatch(head)
        return MONTH_NUMBERS[month["month"].lower()] if month else None
    quarter = _QUARTER.fullmatch(head)
    return _QUARTERS.index(quarter[1] or quarter[2]) % of + 1 if quarter else None


def _gap(numbers: Sequence[int | None], heads: Sequence[str], of: int) -> str:
    """What is said of the one step from heading to heading that is two or none, where all others are one."""
    named = [(number, head) for number, head in zip(numbers, heads, strict=True) if number is not None]
    first = next((at for at, number in enumerate(numbers) if number is not None), 0)
    if len(named) < _FEWEST_HEADS or None in numbers[first : first + len(named)]:
        return ""
    steps = [((two - one) % of, before, after) for (one, before), (two, after) in pairwise(named)]
    twice = [at for at, (step, before, after) in enumerate(steps) if step == 0 and before == after]
    odd = [at for at, (step, *_) in enumerate(steps) if step != 1]
    told, jumps = odd[0] if odd else 0, [steps[at][0] for at in odd if at not in twice]
    if len(steps) - len(odd) < of // 6 or len(odd) > 2 or odd[-1:] > [told + 1] or jumps not in ([], [2]):
        return ""
    if twice:
        return f"“{steps[twice[0]][1]}” stands twice"
    if odd and of == len(MONTHS) and _number(steps[told][1], of) == _BEFORE_RECESS:
        return ""
    return f"Between “{steps[told][1]}” and “{steps[told][2]}” one is missing" if odd else ""


_STATE = re.compile(r"(?:current )?(?:state|status|rag(?: rating)?|rating|progress|position)", re.IGNORECASE)
_OF = re.compile(r" of (?:the |our |its |these )?")
_ARE = re.compile(
    r"(?: \([^()]*\))?(?: [a-z-]+){0,3}? (?:is|are|was|were|(?:has|have) been)(?: now| already| still)?"
    r" (?P<state>[a-z]+)\b"
)


@rule("C111", Severity.WARNING, by_file=True)
def find_wrong_counts_of_states(reading: Reading) -> Iterator[Finding]:
    """A count of what is done, green or overdue does not agree with the table beside it.

    “Two of the four are done” under the same heading as a typed table of four rows, whose column of states says so of
    another number of them; and “Ticketing is amber” where its row says red.
    Source: Code of Practice for Statistics (2022), Q3: assured quality
    Example: “Two of the four tasks are done” below a table with “Done” beside one of four.
    """
    for found, header, every in _typed(reading):
        rows = [row for row in every if not heads_sums(row[0])]
        column = next((at for at, head in enumerate(header) if at and _STATE.fullmatch(head)), None)
        states = Counter(_first(row[column]) for row in rows) if column else Counter[str]()
        here = (each for each in reading.passages if each.place in RUNNING and each.section.key == found.section.key)
        for passage in here if states else ():
            yield from _other_colours(passage, rows, column or 0, found.node.label or "the table")
            for part, whole in pairwise(passage.numbers):
                if whole.worth != len(rows) or not _OF.fullmatch(passage.text, part.end, whole.start):
                    continue
                said = _ARE.match(passage.text, whole.end)
                has = states[stem(said["state"])] if said else 0
                if said and has and has != part.worth:
                    table = found.node.label or "the table"
                    message = f"“{part.text}” is said to be how many are {said['state']}, and {table} has {has}."
                    yield Finding((passage, part.start, part.end), message, "Correct the number here or there.")


_COLOURS = ("red", "amber", "green")


def _other_colours(passage: Passage, rows: Sequence[Sequence[str]], column: int, table: str) -> Iterator[Finding]:
    """“Ticketing is amber” beside a row that says red."""
    for label, colour in ((row[0], row[column].casefold()) for row in rows if row[column].casefold() in _COLOURS):
        said = re.search(
            rf"\b{re.escape(label)} (?:is|remains|stays) (?:still |now )?({'|'.join(_COLOURS)})\b", passage.text
        )
        if said and said[1] != colour:
            message = f"“{said[1]}” is said of “{label}”, and {table} has {colour}."
            yield Finding((passage, *said.span(1)), message, "Correct the word here or there.")


def _first(cell: str) -> str:
    """The stem of the first word of a cell, in small letters."""
    word = re.match(r"[^\W\d_]+", cell)
    return stem(word[0].casefold()) if word else ""
