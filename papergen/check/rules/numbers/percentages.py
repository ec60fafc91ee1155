"""Percentages against the counts they come from, and percentages that do not say of what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise, permutations
from typing import TypeAlias

from papergen.check.reading import Reading
from papergen.check.rule import Finding, rule
from papergen.diagnostics import Severity
from papergen.language.comparisons import clause_of, comparisons
from papergen.language.numbers import Numeral, Sort
from papergen.language.passages import Passage
from papergen.language.words import TextPart, near_before
from papergen.model.walk import plain_text
from papergen.values.quantities import print_number

_Wrong: TypeAlias = tuple[Numeral, str, Fraction]
"""A percentage, the counts that do not give it, and what they do give."""


@rule("C103", Severity.WARNING, by_file=True)
def wrong_percentages(reading: Reading) -> Iterator[Finding]:
    """A percentage does not agree with the counts in its sentence.

    A percentage in brackets after a count or a sum of money, or of a change between two counts, that the counts do not
    give; one in brackets after “two thirds” that is another; and “up 2.3% on 76.1%” for percentage points.
    Source: Code of Practice for Statistics (2022), Q3: assured quality
    Example: “145 people, of whom 134 (29%) were victims once”: 134 of 145 is 92%.
    """
    for passage in reading.prose:
        for share, words, exact in _wrong(passage):
            right = f"{print_number(exact, share.decimals)}%"
            message = f"“{share.text}” does not agree with {words}, which is {right}."
            hint = "Correct the number that is wrong; a percentage of something else goes into a sentence of its own."
            yield Finding((passage, share.start, share.end), message, hint)
        yield from _points(passage)


_UP_BY = re.compile(r"(?:,| –)? \(?(?:up|down)(?: by)? ")
_ON = re.compile(r" (?:on|from) (?:the )?")
_A_CHANGE = re.compile(r"(?:,|:| –| \() ?(?:which is )?an? ")
_OF_SIZE = re.compile(r" (?:increase|rise|fall|drop|decrease|reduction|improvement)\b(?! points?)")


def _points(passage: Passage) -> Iterator[Finding]:
    """“78.4%, up 2.3% on the 76.1% of last year”: the difference of two percentages is one of points."""
    text, shares = passage.text, [each for each in passage.numbers if each.sort is Sort.PERCENTAGE]
    for one, two, three in zip(shares, shares[1:], shares[2:], strict=False):
        is_said = _UP_BY.fullmatch(text, one.end, two.start) and _ON.fullmatch(text, two.end, three.start)
        is_change = _A_CHANGE.fullmatch(text, two.end, three.start) and _OF_SIZE.match(text, three.end)
        went = is_change and any(
            {pair.old, pair.new} == {one, two}
            for part, here in passage.figures
            for pair in comparisons(text, part, here)
        )
        if not (is_said or went):
            continue
        now, apart, old = (one, two, three) if is_said else (two, three, one)
        lies = now.worth - old.worth
        if old.worth and abs(lies) == apart.worth and not _prints(apart, 100 * lies / old.worth):
            message = f"“{apart.text}” is how many percentage points lie between {old.text} and {now.text}."
            hint = f"Write “{apart.text.removesuffix('%')} percentage points”."
            yield Finding((passage, apart.start, apart.end), message, hint)


def _wrong(passage: Passage) -> Iterator[_Wrong]:
    """The percentages that the counts of their sentence do not give."""
    text, wholes, before, sums = passage.text, list[Numeral](), "", list[Numeral]()
    yield from _in_words(text, [each for each in passage.numbers if each.sort is Sort.PERCENTAGE])
    for sentence, here in passage.figures:
        shares = [each for each in here if each.sort is Sort.PERCENTAGE]
        counts = [each for each in here if each.sort is Sort.COUNT and not each.ranged]
        ratio = {end for pair in pairwise(counts) if _is_ratio(text, *pair) for end in pair}
        counts = [each for each in counts if each not in ratio]
        if shares:
            every = (*_beside(text, counts, shares), *_of_all(text, counts, shares), *_changes(text, sentence, here))
            known = _of_these(text, wholes, counts, shares) if _OF_THESE.search(sentence.text) else ()
            yield from dict.fromkeys((*every, *known))
        wholes = [each for each in here if each.sort is Sort.COUNT and each.worth > 0] or wholes
        money = [each for each in here if each.sort is Sort.MONEY and not each.ranged]
        yield from _of_money(text, money, shares, before, sums)
        before, sums = sentence.text, money


_IN_WORDS = re.compile(
    r"\b(?:(?P<more>(?<!just )over|more than|at least)|(?P<less>(?<!just )under|less than|fewer than|at most))?\s*"
    r"\b(?P<words>(?:an?|one|two|three|four) (?P<part>third|quarter|fifth|tenth)s?|half)(?: of [^.,;:()\d]{1,40})? \($",
    re.IGNORECASE,
)
_PARTS = {"third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_TIMES = {"two": 2, "three": 3, "four": 4}
_ABOUT = 6
"""Points by which a share in words may be off the percentage in brackets behind it."""


def _in_words(text: str, shares: Sequence[Numeral]) -> Iterator[_Wrong]:
    """“Two thirds (59%)”; “more than half (71%)” is right."""
    for share in shares:
        found = _IN_WORDS.search(near_before(text, share.start))
        if found and text.startswith(")", share.end):
            words = found["words"]
            exact = Fraction(
                100 * _TIMES.get(words.split()[0].lower(), 1), _PARTS.get((found["part"] or "half").lower(), 2)
            )
            off = share.worth - exact
            if not (found["more"] and off > 0) and not (found["less"] and off < 0) and abs(off) > _ABOUT:
                yield share, f"“{words}”", exact


def _prints(share: Numeral, exact: Fraction) -> bool:
    return abs(abs(share.worth) - abs(exact)) <= share.slack + 10 * share.rough


def _of(share: Numeral, part: Numeral, whole: Numeral) -> Iterator[_Wrong]:
    exact = 100 * part.worth / whole.worth
    if not _prints(share, exact):
        yield share, f"“{part.text}” of “{whole.text}”", exact


_OF_SUM = re.compile(r" of (?:(?:a|an|the|our|its|their) )?(?:[a-z]+ ){0,3}?(?:of )?")
_SPENT = re.compile(r"(?: [a-z]+){1,4}, (?:(?:which|that) is |or )?")
_OF_THE = re.compile(r" of (?:the|that|this) (?P<what>[a-z]{4,})(?=[.,;])")


def _of_money(
    text: str, here: Sequence[Numeral], shares: Sequence[Numeral], before: str, sums: Sequence[Numeral]
) -> Iterator[_Wrong]:
    """“£8.3m of a budget of £19.6m (42%)”; “The budget is £86.4m. £15.9m has been spent, 18% of the budget”."""
    for share in (each for each in shares if not each.ranged):
        pairs = [pair for pair in pairwise(here) if _OF_SUM.fullmatch(text, pair[0].end, pair[1].start)]
        pairs = [(part, whole) for part, whole in pairs if _follows(text, whole, share)]
        said = _OF_THE.match(text, share.end) if len(here) == len(sums) == 1 else None
        if said and re.search(rf"\b{said['what']}\b", before) and _SPENT.fullmatch(text, here[0].end, share.start):
            pairs = [(here[0], sums[0])]
        for part, whole in (pair for pair in pairs if 0 < pair[0].worth < pair[1].worth):
            exact = 100 * part.worth / whole.worth
            slack = exact * (part.slack / part.worth + whole.slack / whole.worth)
            if abs(share.worth - exact) > slack and not (part.rough or whole.rough):
                yield from _of(share, part, whole)


def _beside(text: str, counts: Sequence[Numeral], shares: Sequence[Numeral]) -> Iterator[_Wrong]:
    """“134 (92%)” and “92% (134)” of a larger count in the sentence; “47 of the 48 (98%)”."""
    for share in (each for each in shares if not each.ranged):
        part = next((each for each in counts if _is_beside(text, each, share)), None)
        if part is None or _is_whole(text, part, counts):
            continue
        if old := next((each for each in counts if _went(text, each, part)), None):
            exact = 100 * (part.worth - old.worth) / old.worth if old.worth else share.worth
            if text.startswith(")", share.end) and not _prints(share, exact):
                yield share, f"“{part.text}” after “{old.text}”", exact
            continue
        larger = (each for each in counts if each.worth > part.worth)
        wholes = [each for each in larger if _is_whole(text, each, counts) or not _has_share(text, each, shares)]
        if len(wholes) == 1 and not _is_change(text, share) and _is_said_whole(text, part, wholes[0], share):
            yield from _of(share, part, wholes[0])


_OF_WHOLE = re.compile(r"\bof (?:(?:the|these|those|all|our|its|their) ){0,2}$", re.IGNORECASE)
_OF_THEM = re.compile(r"\bof (?:whom|which|these|those|them)\b", re.IGNORECASE)


def _is_said_whole(text: str, part: Numeral, whole: Numeral, share: Numeral) -> bool:
    """Whether words make a count the whole of another, or a digit alone keeps its percentage from being that."""
    if _OF_WHOLE.search(near_before(text, whole.start)) or _OF_THEM.search(text, whole.end, part.start):
        return True
    right = f"{print_number(100 * part.worth / whole.worth, share.decimals)}%"
    return len(right) == len(share.text) and sum(map(str.__ne__, right, share.text)) == 1


def _of_these(
    text: str, wholes: Sequence[Numeral], counts: Sequence[Numeral], shares: Sequence[Numeral]
) -> Iterator[_Wrong]:
    """“… 822. Of these 118 (14.5%) …, 207 (25.2%) … and 96 (11.7%) …”: the others bear out the whole for one.

    One alone is held against every count of the sentence before, and told where it is nearly that of the first.
    """
    parts = [(share, part) for share in shares for part in counts if _follows(text, part, share)]
    if len(parts) > 1:
        wrong = [found for whole in wholes[-1:] for each in parts for found in _of(*each, whole)]
        yield from wrong if len(wrong) == 1 else ()
    elif len(parts) == 1:
        wrong = [found for whole in wholes for found in _of(*parts[0], whole)]
        near = [found for found in wrong[:1] if found[2] < 100 and abs(found[2] - parts[0][0].worth) <= _NEARLY]
        yield from near if len(wrong) == len(wholes) else ()


_OF_THESE = re.compile(r"\AOf the(?:se|m)?\b|\AOf (?:this|that) (?:total|number)\b|\d of (?:them|these) \(")
_NEARLY = 10
"""Points by which a share may be off and still be meant for the whole that was named before."""


def _is_older(text: str, count: Numeral, counts: Sequence[Numeral]) -> bool:
    """“6,402 crimes, up from 5,990 (6.9%)”: the percentage is that of the change."""
    return any(each.end < count.start for each in counts) and bool(_SET_AGAINST.search(near_before(text, count.start)))


_SET_AGAINST = re.compile(
    r"\b(?:(?:up|down) (?:from|on)|against|(?:compared|comparison) (?:with|to))"
    r" (?:(?:an?|the|its) (?:\w+ )?(?:standard|target|budget|plan|trajectory|total|average|figure) of )?£?$"
)


def _is_whole(text: str, count: Numeral, counts: Sequence[Numeral]) -> bool:
    """“221 of 290 (76%)”: the percentage is that of the count before."""
    return any(_OUT_OF.fullmatch(text, each.end, count.start) for each in counts)


def _has_share(text: str, count: Numeral, shares: Sequence[Numeral]) -> bool:
    """“Girls: 53 (83%)”, “83% (53)”: a count with a percentage of its own is another part, and not the whole."""
    own = [each for each in shares if each.worth != 100]
    behind = any(_follows(text, count, each) or _IN_BRACKETS.fullmatch(text, count.end, each.start) for each in own)
    return behind or any(text[each.end : count.start] == " (" for each in own)


_IN_EVERY = re.compile(r" (?:in|out of) (?:every )?")
_IN_BRACKETS = re.compile(r"[^.,;:()£%]{0,60}\((?:or |about )?")


def _is_ratio(text: str, part: Numeral, whole: Numeral) -> bool:
    """“Nine in ten (91%)”: a manner of speaking, and no counts."""
    return whole.worth <= _ROUND_SHARE and _IN_EVERY.fullmatch(text, part.end, whole.start) is not None


def _went(text: str, old: Numeral, new: Numeral) -> bool:
    """“down from 344 to 301 (12.5%)”: the percentage is that of the change."""
    return text[: old.start].rstrip().endswith("from") and text[old.end : new.start].strip() == "to"


_OUT_OF = re.compile(r"\s+(?:out )?of (?:the |our |its |their |all )?(?:total of )?")
_OF_IN_BRACKETS = re.compile(r"\s+of\s[^.,;()]{1,60}\((?:of )?")
_ROUND_SHARE = 20
"""“Nine out of ten (91%)”: so small a whole is a manner of speaking."""


def _of_all(text: str, counts: Sequence[Numeral], shares: Sequence[Numeral]) -> Iterator[_Wrong]:
    """“88 of 110 patients (84%)”, “14% of all crime: 5,059 of 18,094”, “5,059, 14% of all crime (18,094)”."""
    alone = shares[0] if len(shares) == 1 and len(counts) == 2 and not _is_change(text, shares[0]) else None
    for part, whole in pairwise(counts):
        share = next((each for each in shares if _follows(text, whole, each)), alone)
        if share is alone and share and text.startswith(" of ", share.end) and share.start > whole.end:
            continue  # “three of the 22 wards have 54% of the complaints”
        if share is None or share.ranged or part.rough or part.worth >= whole.worth or whole.worth <= _ROUND_SHARE:
            continue
        is_bracketed = part.end <= share.start and _OF_IN_BRACKETS.fullmatch(text, share.end, whole.start) is not None
        if is_bracketed or _OUT_OF.fullmatch(text, part.end, whole.start):
            yield from _of(share, part, whole)


def _is_beside(text: str, count: Numeral, share: Numeral) -> bool:
    first, second = sorted((count, share), key=lambda each: each.start)
    between = text[first.end : second.start]
    if re.fullmatch(r"\s*(?:\(|[–—-]\s|, (?=or ))(?:or |about |nearly |just over )?", between):
        return True
    return first is count and bool(re.fullmatch(r"(?:\s+[a-z’-]+){1,4}\s*\((?:or |about )?", between))


def _is_between(share: Numeral, counts: Sequence[Numeral]) -> bool:
    """Whether a percentage is that of the change between any two of a few counts."""
    worths = [each.worth for each in counts if each.worth]
    return len(worths) < 5 and any(_prints(share, 100 * (one - two) / two) for one, two in permutations(worths, 2))


def _follows(text: str, count: Numeral, share: Numeral) -> bool:
    return share.start > count.end and _is_beside(text, count, share)


def _changes(text: str, sentence: TextPart, here: Sequence[Numeral]) -> Iterator[_Wrong]:
    """“97, against 139 in the quarter before: a reduction of 30%”."""
    every = comparisons(text, sentence, here)
    pairs = [each for each in every if each.old.sort is not Sort.PERCENTAGE and each.old.worth]
    if len(pairs) != 1:
        return
    old, new, clause = pairs[0].old, pairs[0].new, clause_of(text, sentence, pairs[0])
    shares = [each for each in here if each.sort is Sort.PERCENTAGE]
    is_older = _is_older(text, old, here) and not _has_share(text, new, shares)
    last = max(old.end, new.end)
    after = _OR_BY.match(text, last)
    its = [each for each in shares if _is_change(text, each) or (after and after.end() == each.end)]
    shares = its or [each for each in shares if is_older and _follows(text, old, each)]
    shares = [each for each in shares if clause.holds(each.start, each.end)]
    if len(shares) == 1 and not (shares[0].ranged or old.rough or new.rough):
        (share,), exact = shares, 100 * abs(new.worth - old.worth) / old.worth
        is_share = not _is_change(text, share) and _prints(share, 100 * new.worth / old.worth)
        others = [each for each in here if each.sort is old.sort]
        is_another = len(others) > 2 and _is_between(share, others)
        if not (is_share or is_another or _prints(share, exact)):
            yield share, f"“{new.text}” after “{old.text}”", exact


_OR_BY = re.compile(r",? or (?:by )?\d[\d.]*%(?! of )")
"""“from £281.50 to £294.50, or 4.6%”."""
_CHANGE_AFTER = re.compile(
    r"\s+(?:\w+ )?(?:increase|rise|growth|reduction|decrease|fall|drop|decline|higher|lower|more|fewer|less|up|down"
    r"|above|below)\b"
)
_CHANGE_BEFORE = re.compile(
    r"\b(?:increas\w+|rise|rose|risen|gr(?:ew|own|owth)|reduc\w+|decreas\w+|fall|fell|fallen|drop\w*|declin\w+|up|down|more|fewer)\s+(?:of|by|is|was)?\s*"
    r"(?:about |around |just (?:over|under) |nearly |almost )?[(]?$",
    re.IGNORECASE,
)


def _is_change(text: str, share: Numeral) -> bool:
    return bool(_CHANGE_AFTER.match(text, share.end) or _CHANGE_BEFORE.search(near_before(text, share.start)))


_OVER_QUARTER = re.compile(
    r"\b(?:previous|last|quarter before|preceding)\s+quarter\b|\bquarter before\b", re.IGNORECASE
)
_OVER_YEAR = re.compile(
    r"\b(?:last year|year before|previous year|a year (?:ago|earlier)|year-on-year|same (?:quarter|period|months)"
    r"|(?:on|over|of|than|in) (?:19|20)\d\d/\d\d)\b",
    re.IGNORECASE,
)
_OVER_WHAT = re.compile(
    r"\b(?:than|compared|against|since|from|between|over|beside|on (?:the|last|20)|in comparison|to date|year-on-year"
    r"|(?:above|below|up on|down on) (?:the|last|those|that|20|its)|projec\w+|expect\w+|average)\b",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"\s+of\s+(?:all\s+|total\s+|the\s+)*(?:(?:recorded |total )?(?:recorded )?crimes?|crimes? recorded|offences"
    r"|incidents)\b",
    re.IGNORECASE,
)
_KIND = r"(?:crimed )?(?:offence|incident|victim|people|person|report|case|collision|casualt(?:y|ie)|crime|complaint)s?"
_TWO_KINDS = re.compile(rf"\b(?P<one>{_KIND})(?: (?:and|or|with)|,| ?[&/]) ?(?P<other>{_KIND})\b", re.IGNORECASE)
_SAYS_KIND = re.compile(r"\b(?:offences?|incidents?|victims?|reports?)\b", re.IGNORECASE)
_NO_TOPIC = {"were", "related", "that", "with", "last", "quarter", "crime", "crimes", "recorded", "total", "makes"}


@rule("C106", Severity.WARNING, by_file=True)
def unsaid_bases(reading: Reading) -> Iterator[Finding]:
    """A percentage does not say of what, or over what, where there are two answers.

    A percentage that leaves open what it is of, or what it is over, where the section gives two possibilities. “14% of
    all recorded crime was domestic abuse” beside 5,059 offences and crimed incidents, which are 28% of it: the share
    counts offences, the number counts more. “Up 4%” where the section compares with the quarter before and with last
    year.
    Source: Government Statistical Service, “Writing about statistics” (2018); the paper of February 2016
    Example: “14% of all recorded crime was domestic abuse” beside 5,059 offences and crimed incidents (28%).
    """
    prose = reading.prose
    words = " ".join(passage.text for passage in prose)
    two_times = bool(_OVER_QUARTER.search(words) and _OVER_YEAR.search(words))
    for position, passage in enumerate(prose):
        wrong = {share for share, _, _ in _wrong(passage)}  # told as wrong: they need no base
        for share in (each for each in passage.numbers if each.sort is Sort.PERCENTAGE and each not in wrong):
            where, sentence = (passage, share.start, share.end), passage.sentence_of(share.start, share.end).text
            is_over_what = any(over.search(sentence) for over in (_OVER_WHAT, _OVER_QUARTER, _OVER_YEAR))
            if two_times and _is_change(passage.text, share) and not is_over_what:
                both = "both the quarter before and the year before are used here"
                message = f"“{share.text}” does not say what it is over: {both}."
                hint = "Write “than in the quarter before”, “than a year before” or the months themselves."
                yield Finding(where, message, hint)
            if unsaid := _unsaid_count(passage, share, prose[max(0, position - 1) : position + 2]):
                hint = "Say whether the percentage is of offences alone or of all that is counted."
                yield Finding(where, f"{unsaid}, and does not say which of them it counts.", hint)


def _unsaid_count(passage: Passage, share: Numeral, near: Sequence[Passage]) -> str:
    """“14% of all recorded crime” where the same thing is counted near by as “offences and crimed incidents”."""
    base = _ALL.match(passage.text, share.end)
    if base is None:
        return ""
    sentence = passage.sentence_of(share.start, base.end())
    after = next((part.text for part in passage.sentences if part.start >= sentence.end), "")
    told = _TWO_KINDS.sub("", passage.text[sentence.start : share.start]) + passage.text[base.end() : sentence.end]
    if _SAYS_KIND.search(told) or (_SAYS_KIND.search(after) and not _TWO_KINDS.search(after)):
        return ""
    topic, title = _words(sentence.text) - _NO_TOPIC, _words(plain_text(passage.section.title))
    for other in (each for each in near if each.section.key == passage.section.key):
        for part, here in other.figures:
            counts = [each for each in here if each.sort is Sort.COUNT]
            kinds = _TWO_KINDS.search(part.text)
            if kinds and counts and topic & (_words(part.text) | title):
                count = [counts[0], *(each for each in counts if each.end <= part.start + kinds.start())][-1]
                return f"“{share.text}{base[0]}” stands near “{count.text}”, which counts {kinds[0].lower()}"
    return ""


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]{4,}", text.lower()))
