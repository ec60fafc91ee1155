"""Parts and totals: those that a sentence or a table gives together and that do not add up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations, pairwise
from typing import TypeAlias

from papergen.check.reading import Reading
from papergen.check.rule import Finding, rule
from papergen.check.typed_tables import figure_of, wrong_totals
from papergen.diagnostics import Severity, Span
from papergen.language.comparisons import comparisons
from papergen.language.joints import Joint, Shape, joint
from papergen.language.numbers import IN_WORDS, SCALES, Numeral, Sort
from papergen.language.passages import Passage
from papergen.model.nodes import List, Paragraph
from papergen.model.walk import plain_text
from papergen.values.formats import number_in_words
from papergen.values.quantities import print_number

MOST_PARTS = 8
_ALL, _ABOUT, _NEARLY = Fraction(1), Fraction(1, 4), Fraction(1, 20)
"""How far off their total parts may lie, as a share of it, that are meant for it."""
_Sum: TypeAlias = tuple[Numeral, Sequence[Numeral]]
"""A total and its parts."""


@rule("C104", Severity.WARNING, by_file=True)
def wrong_sums(reading: Reading) -> Iterator[Finding]:
    """Parts do not add up to the total that is given with them, or a difference is not that of its two numbers.

    A total with parts that come to another number, in a sentence or in a table with a row or column “Total”, and “13
    more than the 2,301” after a number that is not so many more. Every total is added up again, a closing balance,
    and a last row such as “Net assets” where another of its columns adds up.
    “Eleven penalties of £400 each, £4,800 in all”, an underspend that is not what is left of the budget before it, and
    “Five headings:” or “three of them red:” above a list of four are told too; so are shares below which 100% stands,
    and a count above a list of its parts. What the text says is rounded may be off by that.
    Source: Code of Practice for Statistics (2022), Q3: assured quality
    Example: “127 vacancies; 33 of these are filled for a time, the remaining 49 are not”: 33 and 49 are 82.
    """
    for passage in reading.prose:
        if sum(len(here) for _, here in passage.figures) > 1:
            of = passage.shape_of(lambda each: not (each.ranged or each.rough))
            for total, parts in dict(reversed([*_sums(of)])).items():  # a total is told once
                come_to, is_share = _sum(parts), total.sort is Sort.PERCENTAGE
                if abs(come_to - total.worth) > _slack((*parts, total), always=is_share):
                    right, at = _printed(come_to, (total, *parts)), (passage, total.start, total.end)
                    yield _finding(at, total.text, (each.text for each in parts), right)
            yield from _of_hundred(passage, of)
            yield from _differences(passage, of)
            yield from _products(passage, of)
    for found in reading.tables:
        for row, column, cells, come_to in wrong_totals(found.node):
            label, shown = plain_text(found.node.rows[row][0]), plain_text(found.node.rows[row][column])
            decimals = max((figure.decimals for part in cells if (figure := figure_of(part))), default=0)
            here = (each.text for each in reading.passages if each.section.key == found.section.key)
            total_of, may_be_off = figure_of(shown.strip()), len(cells) * any(map(_ROUNDED.search, here))
            if total_of and 2 * abs(come_to - total_of.worth) * 10**total_of.decimals <= may_be_off:
                continue
            where = reading.typed.nth_place(shown, label.count(shown), of=reading.typed.row_place(row, of=found.at))
            unit = re.sub(r".*?(bn|[km])?\Z", r"\1", shown.strip())
            right = print_number(come_to / SCALES.get(unit, 1), decimals)
            yield _finding(where, shown, cells, f"{'£' * shown.startswith('£')}{right}{unit}")

    yield from _short_lists(reading)


_SUMMED = "(?:sums|numbers|figures|amounts|counts|totals?|pounds?)"
_ROUNDED = re.compile(
    rf"\b{_SUMMED}\b[^.]{{0,80}}\bround(?:ed|ing)\b|\bround(?:ed|ing)\b[^.]{{0,80}}\b{_SUMMED}\b", re.IGNORECASE
)
"""“Sums are rounded to the pound”: so much as they may come to by that is no slip in a table under that heading."""
_ANNOUNCED = re.compile(
    rf"(?<!least )(?<!most )(?<!than )\b(?P<number>{'|'.join(map(number_in_words, range(2, 13)))}) "
    r"(?:(?:[a-z]+ ){0,2}(?:actions|aims|areas|aspects|causes|changes|conditions|elements|factors|findings|groups"
    r"|headings|issues|items|measures|objectives|options|parts|points|priorities|projects|questions|reasons"
    r"|recommendations|risks|stages|steps|strands|tasks|themes|topics|ways)(?: (?:are|were|below))?"
    r"|of (?:them|these|which|whom)(?: (?:are|were))?(?: [a-z]+){1,2}):\s*\Z",
    re.IGNORECASE,
)


def _short_lists(reading: Reading) -> Iterator[Finding]:
    """“Under five headings:” above a list of four."""
    for found in reading.sections:
        for before, after in pairwise(found.node.blocks):
            if isinstance(before, Paragraph) and isinstance(after, List):
                text, has = plain_text(before.inlines), len(after.items)
                told = _ANNOUNCED.search(text)
                if told and IN_WORDS[told["number"].lower()] != has:
                    nth = text.count(told["number"], 0, told.start())
                    where = reading.typed.nth_place(told["number"], nth, of=before.at)
                    message = f"“{told[0].strip()}” stands above a list of {number_in_words(has)}."
                    yield Finding(where, message, "Correct the number, or bring the list up to it.")
                yield from _listed(reading, before, after)


_LEADS = re.compile(r"(?<![\w.,£])(?P<total>£?\d[\d,]*)(?: [A-Za-z’-]+){0,12}:\s*\Z")
_CLOSES_ITEM = re.compile(r": (£?\d[\d,]*)\s*\Z")


def _listed(reading: Reading, before: Paragraph, after: List) -> Iterator[Finding]:
    """“1,216 had been claimed:” above a list of places, each with its count."""
    led = _LEADS.search(plain_text(before.inlines))
    texts = [plain_text(block.inlines) for item in after.items for block in item.blocks if isinstance(block, Paragraph)]
    ends = [found[1] for each in texts if (found := _CLOSES_ITEM.search(each))]
    figures = [figure for each in ends if (figure := figure_of(each))]
    total = figure_of(led["total"]) if led else None
    if led and total and len(figures) == len(texts) == len(after.items) > 2 and not re.search(_OPEN, led[0]):
        come_to = sum((each.worth for each in figures), Fraction(0))
        if 0 < abs(come_to - total.worth) <= _NEARLY * total.worth:
            where = reading.typed.nth_place(total.text, led.string.count(total.text) - 1, of=before.at)
            yield _finding(where, total.text, ends, print_number(come_to))


def _finding(where: Span | tuple[Passage, int, int], total: str, parts: Iterable[str], come_to: str) -> Finding:
    message = f"The total is “{total}”, and its parts ({' + '.join(parts)}) come to {come_to}."
    return Finding(where, message, "Correct the number that is wrong, or say why the parts do not add up.")


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


_WORDS = r"(?:[^¶()№£]|\([^()¶]*\))*?"
"""Words to the next count or sum that does not stand in brackets."""
_OF_WHICH = r"\b(?:of (?:which|whom|these|those|them)|including)\b"
_REST = r"\b(?:the|and) (?:remaining|remainder|rest|others?)(?:,? (?:of )?(?:which|whom|the|were|was|are))?\s*¤"
_OPEN = r"\b(?:including|such as|for example|among|average|mean|mainly|mostly|in particular|notably|at least|from)\b"
_BESIDE = r"\b(?:last|before|more|fewer|less|than|previous|earlier|target|against|compared|up|down|of which)\b"
_STATE = (
    r"№(?: (?!more|fewer)[a-z]+)?(?: (?:are|were|have been))?(?: now| still)?"
    r" (?:completed?|done|finished|closed|implemented|in hand|in progress"
    r"|under way|open|outstanding|overdue|on track|delayed|late|green|amber|red|not (?:yet )?(?:begun|started))\b"
)
_AND = r"(?:,|,? and) "
_ITEM = r" (?!more|fewer)[^.;:()\d¶№£%]{2,50}"
_LIST = rf"(parts=№(?:{_ITEM}, №)+?{_ITEM},? and №)(?![^¶]*№)"
_SUMS = tuple(
    (furthest, joint(pattern))
    for furthest, pattern in (
        # “127 vacancies; 33 of these were filled, the remaining 94 …”, of the sentence or of the one before
        (_ALL, rf"¶{_WORDS}(total=¤)(?=[^¶]*?{_OF_WHICH})(parts=(?:{_WORDS}¤)+?{_WORDS}{_REST})"),
        (_NEARLY, rf"¶(?![^¶]*{_OF_WHICH})(parts=(?:{_WORDS}¤){{2,}}?{_WORDS}{_REST})"),
        # “153 offences: 100 in towns, 40 in villages and 10 elsewhere”
        (
            _ABOUT,
            rf"¶(?![^¶]*(?:{_OPEN}|;))(?:[^¶№£:]|:(?! ))*(total=¤)(?:[^¶№£:]|:(?! ))*: "
            rf"(parts=(?:{_WORDS}¤)+?{_WORDS}\band (?:the (?:other|remaining) )?¤)(?!{_WORDS}¤)",
        ),
        # “£172,000 over two years (£84,500 in 2018/19 and £86,500 in 2019/20)”
        (_ABOUT, rf"(total=¤)(?![^¶)]*{_OPEN})‥\((?![^)]*{_BESIDE})(parts=[^()№£%\d]{{0,30}}¤[^)]*)\)"),
        # “£3.8m, of which £2.2m from estates, £0.9m from fleet and £0.6m from elsewhere”
        (
            _NEARLY,
            r"(total=¤)[^¶№£]*?(?:\bof (?:which|whom)\b|; (?=(?:in )?¤ of (?:these|those|them)\b))"
            r"(parts=[^¶;:()]*\band (?:in )?(?:the (?:other|remaining|last) )?¤)(?![^¶]*¤)",
        ),
        # “The cost was £98,500. Of this £60,000 came from the levy, £25,000 from the county and £13,000 from friends.”
        (_NEARLY, r"(?<=¶)(parts=Of (?:this|these|which)\b[^;:()¶]*\band [^,;:()¶]*)(?=¶|\Z)"),
        # “Nine recommendations; seven are complete and three are in hand.”
        (_ABOUT, rf"(some=)(parts=(?:{_STATE}{_AND})+{_STATE})(?!{_AND})"),
        # “It has 14 actions, 10 complete, 3 in progress and 1 not begun.”
        (
            _ABOUT,
            rf"(total=№)[^¶№£%,:]{{1,60}}[,:] (parts=(?:{_STATE}, )+{_STATE},? and {_STATE})"
            r"(?=\.?\s*(?:\Z|¶[^¶№]*(?:¶|\Z)))",
        ),
        # “17 orders: 12 partial, 6 full”
        (_ABOUT, rf"¶(total=№)(some=)[^¶№£%:]{{1,40}}: (parts=№{_ITEM}(?:, №{_ITEM})+)(?=¶|\Z)"),
        # “… £184,000. It is made up of housing (£96,000), drivers (£61,000) and fees not received (£27,000).”
        (_ABOUT, r"\b(?:made up of|consists of|comprises)\b(parts=(?:[^¶£]*\(£\)){2,})(?![^¶]*£)"),
        # “The Panel examined 60 records. It rated 44 green, 12 amber and 5 red.”
        (_NEARLY, rf"¶[^¶№]*{_LIST}"),
        (_NEARLY, rf"(total=№)(some=)[^¶№]*{_LIST}"),
        # “£406,482 from the district and £213,964 from the borough, together £620,446”, “… in all”
        (
            _ABOUT,
            r"(?<=¶)[^¶£]*(parts=£[^¶£]*\band [^¶£]*£)[^¶£]*, (?=together £|£ (?:in all|in total|altogether))"
            r"(?:together )?(total=£)",
        ),
        # “£128,000 is met from the grant (£80,000) and by the board (£48,000)”
        (_ABOUT, r"(total=£)[^¶£]*\b(?:met|paid|funded) (?:from|by)\b(parts=(?:[^¶£]*\(£\)){2,})(?![^¶]*£)"),
        # “80% …, namely shoplifting (46%), other theft (19%) and damage (15%)”
        (_ABOUT, r"¶[^¶%]*(total=%)[^¶%]*(?:\bnamely\b|:|\bmade up of\b)(parts=(?:[^¶%]*\(%\)){2,})(?![^¶]*%)"),
    )
)


def _sums(of: Shape) -> Iterator[_Sum]:
    """The totals of a text with their parts, which may stand in the sentence after.

    Where the joint has no total, it is one of the last two figures of their sort before; parts that may be but some are
    told only where they come to more.
    """
    for furthest, pattern in _SUMS:
        for found in of.joints(pattern):
            parts = found.every["parts"]
            totals = found.every.get("total") or _before(of, found, parts[0].sort)[-2:]
            total = min(totals, key=lambda each: abs(_sum(parts) - each.worth), default=None)
            if len(parts) > 1 and total and all(each.sort is total.sort and each.worth < total.worth for each in parts):
                over = _sum(parts) - total.worth
                is_meant = abs(over) <= max(_ALL, furthest * total.worth)
                if len(parts) == 2 and furthest == _NEARLY:
                    # What is counted twice overlaps; a digit that is wrong is off by ten or a hundred.
                    is_meant = is_meant and over > 0 and (total.sort is Sort.MONEY or over in (10, 100, 1000))
                if is_meant and (over > 0 or "some" not in found.every):
                    yield total, parts
    for found in of.joints(_MAKING):  # “102 volunteers. There are 107 more, which brings the total to 209”
        total = found.the("total")
        parts = _before(of, found, total.sort)[-MOST_PARTS:]
        worths = [part.worth for part in parts]
        sums = {sum(some) for size in range(2, len(parts) + 1) for some in combinations(worths, size)}
        if sums and total.worth not in sums:
            yield total, parts


_MAKING = joint(
    r"\b(?:making|makes|made|bringing|brings|brought|giving|gives|taking|takes)\b‥\b(?:total|in all)\b‥(total=#)"
)


def _before(of: Shape, found: Joint, sort: Sort) -> tuple[Numeral, ...]:
    """The figures of a sort that stand before a joint."""
    return tuple(each for at, each in of.figures.items() if at < found.at and each.sort is sort)


_SPLIT = joint(r"(split=(parts=(?:%\s*:\s*|№:)%))")
_SHARES = joint(rf"(parts=%(?:{_ITEM}, %)+?{_ITEM},? and %)")


def _of_hundred(passage: Passage, of: Shape) -> Iterator[Finding]:
    """Shares of a whole: “a 40%:60% split”, “71% agreed, 17% disagreed and 14% had no view”."""
    for found in (*of.joints(_SHARES), *passage.shape.joints(_SPLIT)):
        run = found.every["parts"]
        off = abs(_sum(run) - 100)
        if len(run) * run[-1].slack < off and (off <= 5 or found.says("split")):
            shares = (f"{part.text.removesuffix('%')}%" for part in run)
            yield _finding((passage, run[0].start, run[-1].end), "100%", shares, f"{print_number(_sum(run))}%")


_BUDGET = r"\b(?i:budget(?:ed)?|income|grants?|awarded|available|received)\b"
_APART = tuple(
    joint(pattern)
    for pattern in (
        # “The budget was £18.4m. Spending was £17.9m, an underspend of £0.5m.”
        rf"(?<=¶)[^¶£]*(budget={_BUDGET})[^¶£]*(old=£)[^¶£]*¶(?![^¶]*{_BUDGET})[^¶£]*(new=£)[^¶£]*(?:(?:,|:| –|\() an?"
        r" (?:under|over)spend of |[;,] (?:and )?the (?:balance|remainder|rest),? (?:of )?)(apart=£)(?![^¶]*£)",
        # “£1,480,000 was given. £612,000 of it has been spent, leaving £868,000.”
        r"(?<=¶)[^¶£]*(old=£)[^£]{0,160}(new=£)[^£]{0,80}(budget=, leaving|[a-z] the remainder,)"
        r" (apart=£)(?![^¶£]*£)",
        # “214 of 338 statements had been sent, leaving 124”
        r"(new=№) of (?:the )?(old=№)[^¶№]{0,60}, leaving (apart=№)",
        # “In Haverdale 84.2% do; it was 88.7% before. That is a fall of 4.5 percentage points.”
        r"(?<=¶)[^¶%]*(new=%)[^¶%]*(old=%)[^¶%]*¶(?:That|This) is an? (?:rise|increase|fall|drop|decrease) of (apart=№)"
        r" percentage point",
        # “It had £9.4m in 2025/26. It is told to expect £8.1m, which is £1.3m less.”
        r"(?<=¶)[^¶£]*(old=£)[^¶£]*¶[^¶£]*(new=£)[^¶£]*, (?:which|that) (budget=is|was) (apart=£)"
        r" (?:(?P<up>more|higher)|less|lower)(?=\.?\s*(?:¶|\Z))",
        # “187 joined and 141 left, so that the number rose by 46”
        r"(new=№) (?:[a-z]+ )?(?:joined|started|opened|began) and (old=№) (?:[a-z]+ )?(?:left|ended|closed)\b"
        r"[^¶№£%]{0,60}(?:\bby|\bnet [a-z]+ of) (apart=№)",
    )
)


def _differences(passage: Passage, of: Shape) -> Iterator[Finding]:
    """Differences that are not those of the two numbers beside them."""
    apart: list[tuple[Numeral, Numeral, Numeral, int]] = []
    for found in (found for pattern in _APART for found in of.joints(pattern)):
        size, old, new = map(found.the, ("apart", "old", "new"))
        lies, way = abs(new.worth - old.worth), (1 if found.says("up") else -1) if "up" in found.every else 0
        if not found.says("budget") or 4 * abs(lies - size.worth) <= max(lies, size.worth):
            apart.append((size, old, new, way))
    for each in comparisons(of):
        way = sum(word.sign for word in each.words if word.says_than)
        apart += [(size, each.old, each.new, way) for size in each.differences]
    for size, old, new, way in apart:
        lies, where = abs(new.worth - old.worth), (passage, size.start, size.end)
        if (new.worth - old.worth) * way < 0:
            less = "less" if way > 0 else "more"
            message = f"“{new.text}” is {less} than {old.text}, and it is said to be the other way."
            yield Finding(where, message, "Correct the word or the number that is wrong.")
        elif abs(lies - size.worth) > _slack((size, new, old)):
            between = _printed(lies, (old, new)).removesuffix("%")
            message = f"“{size.text}” is said to lie between {old.text} and {new.text}, and that is {between}."
            yield Finding(where, message, "Correct the number that is wrong.")


_PRODUCT = joint(r"(count=№)‥ (?:of|at) (each=#) each\b…(total=(?P=each)),? (?:in all|in total|altogether)\b")


def _products(passage: Passage, of: Shape) -> Iterator[Finding]:
    """“Eleven penalties of £400 each were given, £4,400 in all.”"""
    for found in of.joints(_PRODUCT):
        count, each, total = map(found.the, ("count", "each", "total"))
        come_to = count.worth * each.worth
        if abs(come_to - total.worth) > count.worth * each.slack + total.slack:
            printed = _printed(come_to, (each, total))
            message = f"“{total.text}” is said to be {count.text.lower()} times {each.text}, and that is {printed}."
            yield Finding((passage, total.start, total.end), message, "Correct the number that is wrong.")
