"""Parts and totals: those that a sentence or a table gives together and that do not add up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import accumulate, combinations, pairwise
from typing import TypeAlias

from papergen.check.reading import Reading
from papergen.check.rule import Finding, rule
from papergen.check.typed_tables import wrong_totals
from papergen.diagnostics import Severity, Span
from papergen.language.comparisons import DIFFERENCE, comparisons
from papergen.language.numbers import IN_WORDS, SCALES, Numeral, Sort
from papergen.language.passages import Passage
from papergen.language.words import NEAR_BY, TextPart
from papergen.model.nodes import List, Paragraph
from papergen.model.walk import plain_text
from papergen.values.formats import number_in_words
from papergen.values.quantities import print_number

_OF_WHICH = re.compile(
    r"\b(?:of (?:which|whom|these|those|them)|(?:\d|[a-z]) (?:of (?:which|whom|these|those|them))|including)\b",
    re.IGNORECASE,
)
_REST = re.compile(
    r"\b(?:the|and) (?:remaining|remainder|rest|other|others)(?:,? (?:of )?(?:which|whom|the|were|was|are))?\s*$",
    re.IGNORECASE,
)
_MAKING = re.compile(
    r"\b(?:making|makes|made|bringing|brings|brought|giving|gives|taking|takes)\b[^.;\d]{0,30}"
    r"\b(?:total|in all)\b[^.;\d]{0,20}$",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\b(?:including|such as|for example|among|average|mean|mainly|mostly|in particular|notably|at least|from)\b",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)(?:%\s*:\s*|:)(\d+(?:\.\d+)?)%")
MOST_PARTS = 8
_Sum: TypeAlias = tuple[Numeral, Sequence[Numeral]]
"""A total and its parts."""


@rule("C104", Severity.WARNING, by_file=True)
def wrong_sums(reading: Reading) -> Iterator[Finding]:
    """Parts do not add up to the total that is given with them, or a difference is not that of its two numbers.

    A total with parts that come to another number, in a sentence or in a table with a row or column “Total”, and “13
    more than the 2,301” after a number that is not so many more. Every total is added up again, and a closing balance.
    “Eleven penalties of £400 each, £4,800 in all”, an underspend that is not what is left of the budget before it, and
    “Five headings:” or “three of them red:” above a list of four are told too.
    Source: Code of Practice for Statistics (2022), Q3: assured quality
    Example: “127 vacancies; 33 of these are filled for a time, the remaining 49 are not”: 33 and 49 are 82.
    """
    for passage in reading.prose:
        before: list[Numeral] = []
        last: list[Numeral] = []
        for sentence, every in passage.figures:
            here = [each for each in every if not each.ranged and not each.rough]
            sums = dict(reversed([*_sums(passage.text, sentence, here, before)]))  # a total is told once
            for total, parts in sums.items():
                yield from _wrong(passage, total, parts)
            yield from _of_hundred(passage, sentence, here)
            yield from _differences(passage, sentence, here)
            yield from _products(passage, here)
            yield from _variances(passage, sentence, here, last)
            before, last = before + here, here
    for found in reading.tables:
        for row, column, cells, come_to in wrong_totals(found.node):
            label, shown = plain_text(found.node.rows[row][0]), plain_text(found.node.rows[row][column])
            where = reading.typed.nth_place(shown, label.count(shown), of=reading.typed.row_place(row, of=found.at))
            decimals = max((len(part.partition(".")[2]) for part in cells), default=0)
            yield _finding(where, shown, cells, print_number(come_to, decimals))

    yield from _short_lists(reading)


_ANNOUNCED = re.compile(
    rf"(?<!least )(?<!most )(?<!than )\b(?P<number>{'|'.join(map(number_in_words, range(2, 13)))}) (?:[a-z]+ ){{0,2}}"
    r"(?:actions|aims|areas|aspects|causes|changes|conditions|elements|factors|findings|groups|headings|issues|items|"
    r"measures|objectives|options|parts|points|priorities|projects|questions|reasons|recommendations|risks|stages|steps|"
    r"strands|tasks|themes|topics|ways)(?: (?:are|were|below))?:\s*\Z"
    rf"|\b(?P<some>{'|'.join(map(number_in_words, range(2, 13)))}) of (?:them|these|which|whom)(?: (?:are|were))?"
    r"(?: [a-z]+){1,2}:\s*\Z",
    re.IGNORECASE,
)


def _short_lists(reading: Reading) -> Iterator[Finding]:
    """“Under five headings:” above a list of four."""
    for found in reading.sections:
        for before, after in pairwise(found.node.blocks):
            if isinstance(before, Paragraph) and isinstance(after, List):
                text, has = plain_text(before.inlines), len(after.items)
                told = _ANNOUNCED.search(text)
                which = told.lastgroup if told else None
                if told and which and IN_WORDS[told[which].lower()] != has:
                    number, earlier = told[which], text[: told.start(which)]
                    where = reading.typed.nth_place(number, earlier.count(number), of=before.at)
                    message = f"“{told[0].strip()}” stands above a list of {number_in_words(has)}."
                    hint = "Correct the number, or bring the list up to it."
                    yield Finding(where, message, hint)


def _finding(where: Span | tuple[Passage, int, int], total: str, parts: Iterable[str], come_to: str) -> Finding:
    message = f"The total is “{total}”, and its parts ({' + '.join(parts)}) come to {come_to}."
    return Finding(where, message, "Correct the number that is wrong, or say why the parts do not add up.")


def _wrong(passage: Passage, total: Numeral, parts: Sequence[Numeral]) -> Iterator[Finding]:
    come_to, is_share = _sum(parts), total.sort is Sort.PERCENTAGE
    if abs(come_to - total.worth) > _slack((*parts, total), always=is_share):
        printed = _printed(come_to, (total, *parts))
        yield _finding((passage, total.start, total.end), total.text, (each.text for each in parts), printed)


def _printed(worth: Fraction, like: Sequence[Numeral]) -> str:
    """A number as the first of some numbers is printed: “£97.4m”."""
    first, decimals = like[0], max(each.decimals for each in like)
    unit = re.search(r"[ a-z]*$", first.text.lower())
    factor = SCALES.get(unit[0].strip(), 1) if unit else 1
    pounds, after = "£" * (first.sort is Sort.MONEY), unit[0] if unit and factor > 1 else ""
    number = print_number(worth / factor, max(0, decimals + len(str(factor)) - 1))
    return f"{pounds}{number}{after}{'%' * (first.sort is Sort.PERCENTAGE)}"


def _sum(numbers: Iterable[Numeral]) -> Fraction:
    return sum((each.worth for each in numbers), Fraction(0))


def _slack(numbers: Sequence[Numeral], *, always: bool = False) -> Fraction:
    """How far a sum may lie off: whole counts are exact."""
    is_rounded = always or any(each.decimals for each in numbers)
    return sum((each.slack for each in numbers), Fraction(0)) if is_rounded else Fraction(0)


def _is_about(total: Numeral, parts: Sequence[Numeral]) -> bool:
    """Whether parts come so near to a total that they are meant for it."""
    return abs(_sum(parts) - total.worth) * 4 <= total.worth


def _sums(text: str, sentence: TextPart, here: Sequence[Numeral], before: Sequence[Numeral]) -> Iterator[_Sum]:
    """The totals of a sentence with their parts, which may stand in the sentences before it."""
    counts = [each for each in here if each.sort is not Sort.PERCENTAGE]
    if len(counts) > 2:
        yield from _with_rest(text, sentence, counts, [each for each in before if each.sort is counts[0].sort])
        yield from _after_colon(text, sentence, counts)
        yield from _in_brackets(text, counts)
        yield from _of_which(text, sentence, counts)
        if before and _OF_THIS.match(sentence.text) and all(each.sort is before[-1].sort for each in counts):
            is_near = abs(_sum(counts) - before[-1].worth) <= _FURTHEST * before[-1].worth
            yield from [(before[-1], counts)] if is_near else ()
    yield from _made_up(text, sentence, counts, [each for each in before if each.sort is not Sort.PERCENTAGE])
    yield from _by_state(text, counts, before)
    shares = [each for each in here if each.sort is Sort.PERCENTAGE]
    if len(shares) > 2:
        yield from _parted(text, shares)
    for run in _runs(text, listed := [each for each in here if each.sort is Sort.COUNT]):
        known = (*before, *(each for each in listed if each.end < run[0].start))
        wholes = [each for each in known if each.sort is Sort.COUNT][-2:]
        over = {each: _sum(run) - each.worth for each in wholes}
        # A list in the same sentence may leave out some, and a short one.
        near = [each for each in wholes if abs(over[each]) <= _FURTHEST * each.worth or over[each] == 1]
        near = [each for each in near if each in before or over[each] > 0]
        # The list may go on: “…, and three cases are under investigation”.
        after = (each.worth for each in listed if each.start > run[-1].start)
        sums = set(accumulate(after, initial=_sum(run)))
        if near and sums.isdisjoint(each.worth for each in near):
            yield near[-1], run


_STATE = re.compile(
    r"(?: (?:are|were|have been))?(?: now| still)? (?:completed?|done|finished|closed|implemented|in hand|in progress"
    r"|under way|open|outstanding|overdue|on track|delayed|late|green|amber|red|not (?:yet )?(?:begun|started))\b"
    r"(?P<joint>(?:,|,? and) )?"
)


def _by_state(text: str, here: Sequence[Numeral], before: Sequence[Numeral]) -> Iterator[_Sum]:
    """“Nine recommendations; seven are complete and three are in hand.”"""
    parts = [(each, state) for each in here if each.sort is Sort.COUNT and (state := _STATE.match(text, each.end))]
    ends = [state.end() if state["joint"] else 0 for _, state in parts]
    some = [each for each, _ in parts]
    known = [
        each for each in (*before, *here) if len(some) > 1 and each.end < some[0].start and each.sort is Sort.COUNT
    ]
    if known and ends == [*(each.start for each in some[1:]), 0] and _sum(some) - known[-1].worth in (1, 2):
        yield known[-1], some


def _outside_brackets(text: str, start: int, numbers: Sequence[Numeral]) -> list[Numeral]:
    return [each for each in numbers if text.count("(", start, each.start) == text.count(")", start, each.start)]


def _with_rest(text: str, sentence: TextPart, here: Sequence[Numeral], earlier: Sequence[Numeral]) -> Iterator[_Sum]:
    """“127 vacancies; 33 of these were filled, the remaining 94 …”, of the sentence or of the one before."""
    for last in here:
        before = _outside_brackets(text, sentence.start, [each for each in here if each.start < last.start])
        mark = _OF_WHICH.search(text, sentence.start, last.start)
        if len(before) > 1 and _REST.search(text[sentence.start : last.start]):
            total, *parts = *before, last
            if mark and total.start <= mark.start() and all(each.worth < total.worth for each in parts):
                yield total, parts
            elif (
                not mark and earlier and abs(_sum((*before, last)) - earlier[-1].worth) <= _FURTHEST * earlier[-1].worth
            ):
                yield earlier[-1], (*before, last)


def _of_which(text: str, sentence: TextPart, here: Sequence[Numeral]) -> Iterator[_Sum]:
    """“£3.8m, of which £2.2m from estates, £0.9m from fleet and £0.6m from elsewhere”: parts that all but give it.

    Two that come to less may leave out the rest.
    """
    for mark in _WHICH.finditer(text, sentence.start, sentence.end):
        before = [each for each in here if each.end <= mark.start()]
        parts = [each for each in here if each.start >= mark.end()]
        if before and len(parts) > 1 and all(each.sort is before[-1].sort for each in parts):
            joined = re.search(r"\band (?:the (?:other|remaining|last) )?£?$", text[parts[-2].end : parts[-1].start])
            listed = not re.search("[;:()]", text[mark.end() : parts[-1].start])
            over = _sum(parts) - before[-1].worth
            is_near = abs(over) <= _FURTHEST * before[-1].worth
            if len(parts) == 2:  # what is counted twice overlaps; a digit that is wrong is off by ten or a hundred
                is_near = is_near and over > 0 and (parts[0].sort is Sort.MONEY or over in (10, 100, 1000))
            if joined and listed and is_near:
                yield before[-1], parts


_OF_THIS = re.compile(r"Of (?:this|these|which)\b[^;:()]*\band (?:[^,;:()]|,(?=\d))*\Z")
_WHICH = re.compile(r"\bof (?:which|whom)\b|; (?=£?[\d,.]+ of (?:these|those|them)\b)")


def _after_colon(text: str, sentence: TextPart, here: Sequence[Numeral]) -> Iterator[_Sum]:
    """“153 offences: 100 in towns, 40 in villages and 10 elsewhere”."""
    colon = sentence.text.find(": ")
    if colon < 0 or _OPEN.search(sentence.text) or sentence.text.count(";"):
        return
    colon += sentence.start
    before = [each for each in here if each.end <= colon]
    after = _outside_brackets(text, colon, [each for each in here if each.start > colon])
    if len(before) == 1 and len(after) > 1 and before[0].sort is after[0].sort:
        ends = re.search(r"\band\s+(?:the (?:other|remaining)\s+)?£?$", text[colon : after[-1].start])
        yield from [(before[0], after)] if ends and _is_about(before[0], after) else []


_OPENS = re.compile(r"[^().;:\d£]{0,40}\((?=[^()\d£]{0,30}£?\d)")
_SET_BESIDE = re.compile(
    r"\b(?:last|before|more|fewer|less|than|previous|earlier|target|against|compared|up|down|of which)\b"
)


def _in_brackets(text: str, here: Sequence[Numeral]) -> Iterator[_Sum]:
    """“£172,000 over two years (£84,500 in 2018/19 and £86,500 in 2019/20)”."""
    for total in here:
        opens = _OPENS.match(text, total.end)
        closes = text.find(")", opens.end()) if opens else -1
        if not opens or _OPEN.search(text, total.start, closes) or _SET_BESIDE.search(text, opens.end(), closes):
            continue
        parts = [each for each in here if opens.end() <= each.start and each.end <= closes]
        alike = len(parts) > 1 and all(each.sort is total.sort and each.worth < total.worth for each in parts)
        if alike and _is_about(total, parts):
            yield total, parts


def _made_up(text: str, sentence: TextPart, here: Sequence[Numeral], before: Sequence[Numeral]) -> Iterator[_Sum]:
    """“102 volunteers. There are 107 more, which brings the total to 209”."""
    for total in (each for each in here if _MAKING.search(text[sentence.start : each.start])):
        known = (each for each in (*before, *here) if each.end <= total.start and each.sort is total.sort)
        parts = list(known)[-MOST_PARTS:]
        worths = [part.worth for part in parts]
        sums = {sum(some) for size in range(2, len(parts) + 1) for some in combinations(worths, size)}
        if sums and total.worth not in sums:
            yield total, parts


def _parted(text: str, shares: Sequence[Numeral]) -> Iterator[_Sum]:
    """“80% …, namely shoplifting (46%), other theft (19%) and damage (15%)”."""
    total, rest = shares[0], shares[1:]
    opened = re.search(r"\bnamely\b|:|\bmade up of\b", text[total.end : rest[0].start])
    alone = all(f"{text[each.start - 1]}{text[each.end :][:1]}" == "()" and each.worth < total.worth for each in rest)
    if opened and alone and abs(_sum(rest) - total.worth) <= 20:
        yield total, rest


_NEXT_LISTED = re.compile(r" (?!more|fewer)[^%.;:()£\d]{2,50}(?:,|(?P<last>,? and)) ")
_NEAR_IN_LIST = 38
"""Letters between two counts of a list at most."""
_FURTHEST = Fraction(1, 20)


def _runs(text: str, numbers: Sequence[Numeral]) -> Iterator[list[Numeral]]:
    """Three or more numbers that are listed: “71% agreed, 17% disagreed and 14% had no view”."""
    run: list[Numeral] = []
    for each in numbers:
        is_near = run and (each.sort is Sort.PERCENTAGE or each.start - run[-1].end < _NEAR_IN_LIST)
        joint = _NEXT_LISTED.fullmatch(text, run[-1].end, each.start) if is_near else None
        run = [*run, each] if joint else [each]
        if joint and len(run) > 2 and joint["last"]:
            yield run


def _of_hundred(passage: Passage, sentence: TextPart, here: Sequence[Numeral]) -> Iterator[Finding]:
    """Shares of a whole: “a 40%:60% split”, and those that are listed."""
    for found in _SPLIT.finditer(sentence.text):
        come_to = Fraction(found[1]) + Fraction(found[2])
        if abs(come_to - 100) > 1:
            where = (passage, sentence.start + found.start(), sentence.start + found.end())
            yield _finding(where, "100%", (f"{found[1]}%", f"{found[2]}%"), f"{print_number(come_to)}%")
    for run in _runs(passage.text, [each for each in here if each.sort is Sort.PERCENTAGE]):
        if len(run) * run[0].slack < abs(_sum(run) - 100) <= 5:
            where = (passage, run[0].start, run[-1].end)
            yield _finding(where, "100%", (part.text for part in run), f"{print_number(_sum(run))}%")


_A_CHANGE_OF = re.compile(
    r"(?:,|:| –|\() (?:an? |which is an? )?(?:\w+ )?"
    r"(?:increase|rise|growth|reduction|decrease|fall|drop|improvement|(?:under|over)spend|shortfall|surplus) of £?$"
)
_THAN_PLANNED = re.compile(
    r" (?:[a-z]+ )?(?:(?P<up>more|higher)|less|fewer|lower) than (?:expected|planned|budgeted|forecast|hoped)\b"
)
_MUCH = re.compile(r"[^.;:]{0,40}, (?:which (?:is|was) )?£?")


def _differences(passage: Passage, sentence: TextPart, here: Sequence[Numeral]) -> Iterator[Finding]:
    """“2,314 officers, 13 more than the 2,301 of June”; “from 412 to 361, a fall of 51”."""
    text, pairs = passage.text, list(comparisons(passage.text, sentence, here))
    for before, apart in pairwise(here):
        than = next((each for each in pairs if each.new.start == apart.start), None)
        if than and before.sort is than.old.sort and (words := DIFFERENCE.match(text, apart.end)):
            if _MUCH.fullmatch(text, before.end, apart.start):
                yield from _not_apart(passage, apart, before, than.old, way=1 if words["up"] else -1)
        elif len(pairs) == 1 and (than_planned := _THAN_PLANNED.match(text, apart.end)):
            if apart.sort is pairs[0].old.sort and text[: apart.start].endswith((": ", ", ", "– ", "(")):
                yield from _not_apart(passage, apart, pairs[0].new, pairs[0].old, way=1 if than_planned["up"] else -1)
        elif len(pairs) == 1 and apart.start > max(pairs[0].old.end, pairs[0].new.end):
            old = pairs[0].old
            of_points = old.sort is Sort.PERCENTAGE and text.startswith(" percentage point", apart.end)
            is_its = of_points or apart.sort is old.sort is not Sort.PERCENTAGE
            if is_its and _A_CHANGE_OF.search(text[sentence.start : apart.start]):
                yield from _not_apart(passage, apart, pairs[0].new, old)


_BUDGET = re.compile(r"\b(?:budget(?:ed)?|income|grants?|awarded|available|received)\b", re.IGNORECASE)
_VARIES = re.compile(
    r"(?:,|:| –|\() (?:an? |which is an? )?(?:under|over)spend of £?$"
    r"|[;,] (?:and )?the (?:balance|remainder|rest),? (?:of )?£?$"
)


def _variances(
    passage: Passage, sentence: TextPart, here: Sequence[Numeral], before: Sequence[Numeral]
) -> Iterator[Finding]:
    """“The budget was £18.4m. Spending was £17.9m, an underspend of £0.5m.”"""
    old = [each for each in before if each.sort is Sort.MONEY]
    sums = [each for each in here if each.sort is Sort.MONEY]
    if len(old) == 1 and len(sums) == 2 and _VARIES.search(passage.text, sums[0].end, sums[1].start):
        says_budget = _BUDGET.search(passage.text, max(0, old[0].start - NEAR_BY), old[0].start)
        lies = abs(sums[0].worth - old[0].worth)
        is_near = 4 * abs(lies - sums[1].worth) <= max(lies, sums[1].worth)
        if says_budget and is_near and not _BUDGET.search(sentence.text):
            yield from _not_apart(passage, sums[1], sums[0], old[0])


_EACH = re.compile(r"[^.,;:()\d]{0,40} (?:of|at) £?$")
_IN_ALL = re.compile(r",? (?:in all|in total|altogether)\b")


def _products(passage: Passage, here: Sequence[Numeral]) -> Iterator[Finding]:
    """“Eleven penalties of £400 each were given, £4,400 in all.”"""
    text = passage.text
    for count, each, total in zip(here, here[1:], here[2:], strict=False):
        is_each = _EACH.fullmatch(text, count.end, each.start) and text.startswith(" each", each.end)
        alike = count.sort is Sort.COUNT and each.sort is total.sort
        if is_each and alike and _IN_ALL.match(text, total.end):
            come_to = count.worth * each.worth
            if abs(come_to - total.worth) > count.worth * each.slack + total.slack:
                printed = _printed(come_to, (each, total))
                message = f"“{total.text}” is said to be {count.text.lower()} times {each.text}, and that is {printed}."
                yield Finding((passage, total.start, total.end), message, "Correct the number that is wrong.")


def _not_apart(passage: Passage, apart: Numeral, now: Numeral, old: Numeral, *, way: int = 0) -> Iterator[Finding]:
    lies = abs(now.worth - old.worth)
    if (now.worth - old.worth) * way < 0:
        message = (
            f"“{now.text}” is {'less' if way > 0 else 'more'} than {old.text}, and it is said to be the other way."
        )
        yield Finding((passage, apart.start, apart.end), message, "Correct the word or the number that is wrong.")
        return
    if abs(lies - apart.worth) > _slack((apart, now, old)):
        between = _printed(lies, (old, now)).removesuffix("%")
        message = f"“{apart.text}” is said to lie between {old.text} and {now.text}, and that is {between}."
        yield Finding((passage, apart.start, apart.end), message, "Correct the number that is wrong.")
