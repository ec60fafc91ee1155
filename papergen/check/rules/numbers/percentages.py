"""Percentages against the counts they come from, and percentages that do not say of what."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import chain, permutations
from typing import TypeAlias

from papergen.check.reading import Reading
from papergen.check.rule import Finding, rule
from papergen.diagnostics import Severity
from papergen.language.comparisons import clause_of, comparisons
from papergen.language.joints import Shape, joint
from papergen.language.numbers import IN_WORDS, Numeral, Sort
from papergen.language.passages import Passage
from papergen.language.words import near_before, stems
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
    for passage in filter(_has_shares, reading.prose):
        of = _shape(passage)
        for share, words, exact in _wrong(passage, of):
            right = f"{print_number(exact, share.decimals)}%"
            message = f"“{share.text}” does not agree with {words}, which is {right}."
            hint = "Correct the number that is wrong; a percentage of something else goes into a sentence of its own."
            yield Finding((passage, share.start, share.end), message, hint)
        for found in (found for pattern in _POINTS for found in of.joints(pattern)):
            apart, old, new = map(found.the, ("apart", "old", "new"))
            lies = new.worth - old.worth
            if old.worth and abs(lies) == apart.worth and not _prints(apart, 100 * lies / old.worth):
                message = f"“{apart.text}” is how many percentage points lie between {old.text} and {new.text}."
                hint = f"Write “{apart.text.removesuffix('%')} percentage points”."
                yield Finding((passage, apart.start, apart.end), message, hint)


_POINTS = (
    # “78.4%, up 2.3% on the 76.1% of last year”
    joint(r"(new=%)(?:,| –)? \(?(?:up|down)(?: by)? (apart=%) (?:on|from) (?:the )?(old=%)"),
    # “from 76.1% to 78.4%, a 2.3% increase”
    joint(
        r"(old=%)[^¶%]*(new=%)(?:,|:| –| \() ?(?:which is )?an? (apart=%)"
        r" (?:increase|rise|fall|drop|decrease|reduction|improvement)\b(?! points?)"
    ),
    # “from 15.9% to 18.4%, an increase of 2.5 per cent”
    joint(
        r"(old=%)[^¶%]*(new=%)(?:,|:| –| \() ?(?:which is )?an? (?:increase|rise|fall|drop|decrease|reduction"
        r"|improvement) of (apart=%)(?! points?)"
    ),
)
_IN_WORDS = re.compile(
    r"\b(?:(?P<more>(?<!just )over|more than|at least)|(?P<less>(?<!just )under|less than|fewer than|at most))?\s*"
    r"\b(?P<words>(?P<times>an?|one|two|three|four) (?P<part>third|quarter|fifth|tenth)s?|half)"
    r"(?: of [^.,;:()\d]{1,40})? \($",
    re.IGNORECASE,
)
_PARTS = {"third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_ABOUT = 6
"""Points by which a share in words may be off the percentage in brackets behind it."""
_NEARLY = 10
"""Points by which a share may be off and still be meant for the whole that was named before."""
_ROUND_SHARE = 20
"""“Nine out of ten (91%)”: so small a whole is a manner of speaking."""

_OPENS = r"(?:\s*(?:\(|[–—-]\s|, (?=or ))(?:or |about |nearly |just over )?)"
_BESIDE = rf"(?:{_OPENS}|(?:\s+[a-z’-]+){{1,4}}\s*\((?:or |about )?)"
_OUT_OF = r"\s+(?:out )?of (?:the |our |its |their |all )?(?:total of )?"
_NO_MORE = r"[^№%¶]*(?=¶|\Z)"
_SHARES = tuple(
    joint(pattern)
    for pattern in (
        # “88 of 110 patients (84%)”, “14% of all crime: 5,059 of 18,094”, “5,059, 14% of all crime (18,094)”
        rf"(part=№){_OUT_OF}(whole=№){_BESIDE}(share=%)",
        rf"¶[^№%¶]*(alone=(share=%))[^№%¶]*(part=№){_OUT_OF}(whole=№){_NO_MORE}",
        rf"¶[^№%¶]*(part=№){_OUT_OF}(whole=№)[^№%¶]*(alone=(share=%))(?! of ){_NO_MORE}",
        rf"¶[^№%¶]*(part=№)[^№%¶]*(alone=(share=%))\s+of\s[^.,;()№£%¶]{{1,60}}\((?:of )?(whole=№){_NO_MORE}",
        # “They applied for 412 grants and were given 139, a success rate of 33.7%”
        rf"¶[^№%¶]*(whole=№)[^№%¶]*(part=№)[^№%¶]*, an? (?:[a-z]+ )?rate of (alone=(share=%)){_NO_MORE}",
        # “£8.3m of a budget of £19.6m (42%)”
        rf"(part=£) of (?:(?:a|an|the|our|its|their) )?(?:[a-z]+ ){{0,3}}?(?:of )?(whole=£){_BESIDE}(share=%)",
        # “The budget is £86.4m. £15.9m has been spent, 18% of the budget.”
        r"¶(?=[^¶]*¶[^¶]*% of (?:the|that|this) (?P<what>[a-z]{4,})[.,;])(?=[^¶]*\b(?P=what)\b)[^¶£]*(whole=£)[^¶£]*¶"
        r"[^¶£]*(part=£)(?: [a-z]+){1,4}, (?:(?:which|that) is |or )?(share=%) of th(?:e|at|is) (?P=what)(?![^¶]*£)",
        # “The programme is £6.2m. Of this £2.7m has been spent, which is 44%.”
        r"¶[^¶£]*(whole=£)[^¶£]*¶Of (?:this|that|it),? (part=£)[^¶£%]*(?:,|\() ?"
        r"(?:(?:which|that) is |or )?(share=%)(?! of )",
        # “an increase of £1,400 on £28,000, which is 5.0%”
        r"\b(?:increase|rise|growth|cut|reduction|decrease) of (part=£) on (?:the )?(whole=£)(?:,| \() ?"
        r"(?:(?:which|that) is |or )?(share=%)(?! of )",
    )
)
_WENT = joint(r"\bfrom\s+(old=№)\s*to\s*(new=№)")
_FOLLOWS, _PRECEDES = joint(rf"(part=¤)(?={_BESIDE}(share=%))"), joint(rf"(share=%){_OPENS}(part=№)")
_PLAIN = "[^.,;:()£%№¶]{0,60}"
_OWN = (
    joint(rf"(part=№)(?=(?:{_OUT_OF}№|{_PLAIN} and №)?{_PLAIN}\((?:or |about )?(share=%))"),
    joint(r"(share=%) \((part=№)"),
)
_WHOLES = joint(rf"(?<=№)(?:{_OUT_OF}| in (?:every )?)(whole=№)")
_OLDER = joint(
    r"\b(?:(?:up|down) (?:from|on)|against|(?:compared|comparison) (?:with|to))"
    r" (?:(?:an?|the|its) (?:\w+ )?(?:standard|target|budget|plan|trajectory|total|average|figure) of )?(older=#)"
)
_OF_THESE = re.compile(
    r"\AOf (?:these|them|the(?! \d))\b|\AOf (?:this|that) (?:total|number)\b|\d of (?:them|these) \("
)


def _has_shares(passage: Passage) -> bool:
    return any(each.sort is Sort.PERCENTAGE for each in passage.numbers)


def _shape(passage: Passage) -> Shape:
    return passage.shape_of(lambda each: not each.ranged)


def _wrong(passage: Passage, of: Shape) -> tuple[_Wrong, ...]:
    """The percentages that the words, counts and sums beside them do not give."""
    every = (_in_words(passage.text, of), _given(passage.text, of), _beside(passage, of), _of_these(passage, of))
    return tuple(dict.fromkeys((*chain.from_iterable(every), *_changes(passage, of))))


def _in_words(text: str, of: Shape) -> Iterator[_Wrong]:
    """“Two thirds (59%)”; “more than half (71%)” is right."""
    for share in (each for each in of.figures.values() if each.sort is Sort.PERCENTAGE):
        found = _IN_WORDS.search(near_before(text, share.start))
        if found and text.startswith(")", share.end):
            times, part = (found["times"] or "").lower(), (found["part"] or "half").lower()
            exact = Fraction(100 * IN_WORDS.get(times, 1), _PARTS.get(part, 2))
            off = share.worth - exact
            if not (found["more"] and off > 0) and not (found["less"] and off < 0) and abs(off) > _ABOUT:
                yield share, f"“{found['words']}”", exact


def _prints(share: Numeral, exact: Fraction) -> bool:
    return abs(abs(share.worth) - abs(exact)) <= share.slack + 10 * share.rough


def _of(share: Numeral, part: Numeral, whole: Numeral) -> Iterator[_Wrong]:
    exact = 100 * part.worth / whole.worth
    if not _prints(share, exact):
        yield share, f"“{part.text}” of “{whole.text}”", exact


def _given(text: str, of: Shape) -> Iterator[_Wrong]:
    """The shares whose part and whole are told by the words between them."""
    for found in (found for pattern in _SHARES for found in of.joints(pattern)):
        share, part, whole = map(found.the, ("share", "part", "whole"))
        if "alone" in found.every and _is_change(text, share):
            continue
        is_loose = "alone" in found.every or " out of " in found.found[0]
        least, slack = _ROUND_SHARE * is_loose, Fraction(0)
        if part.worth < whole.worth and whole.worth > least and not part.rough:
            if part.sort is Sort.MONEY or part.decimals > 0:
                slack = (part.slack + whole.slack * part.worth / whole.worth) / whole.worth
            if abs(share.worth / 100 - part.worth / whole.worth) > slack:
                yield from _of(share, part, whole)


def _all(of: Shape, role: str, *patterns: re.Pattern[str], beside: str = "") -> dict[Numeral, Numeral]:
    """The figures of a role in the order of some patterns, each with that of another role."""
    return {each.the(role): each.the(beside or role) for pattern in patterns for each in of.joints(pattern)}


def _beside(passage: Passage, of: Shape) -> Iterator[_Wrong]:
    """“134 (92%)” and “92% (134)” of a larger count in the sentence; “47 of the 48 (98%)”."""
    text, wholes, own = passage.text, _all(of, "whole", _WHOLES), _own(of)
    counts = [each for each in of.figures.values() if each.sort is Sort.COUNT]
    counts = [each for each in counts if each in wholes or each not in own]
    went = _all(of, "new", _WENT, beside="old")
    for share, part in _all(of, "share", _PRECEDES, _FOLLOWS, beside="part").items():
        if part.sort is not Sort.COUNT or part in wholes:
            continue
        if old := went.get(part):
            exact = 100 * (part.worth - old.worth) / old.worth if old.worth else share.worth
            if text.startswith(")", share.end) and not _prints(share, exact):
                yield share, f"“{part.text}” after “{old.text}”", exact
            continue
        sentence = passage.sentence_of(part.start, part.end)
        larger = [each for each in counts if each.worth > part.worth and sentence.holds(each.start, each.end)]
        if len(larger) == 1 and not _is_change(text, share) and _is_said_whole(text, part, larger[0], share):
            yield from _of(share, part, larger[0])


_OF_WHOLE = re.compile(r"\bof (?:(?:the|these|those|all|our|its|their) ){0,2}$", re.IGNORECASE)
_OF_THEM = re.compile(r"\bof (?:whom|which|these|those|them)\b", re.IGNORECASE)


def _is_said_whole(text: str, part: Numeral, whole: Numeral, share: Numeral) -> bool:
    """Whether words make a count the whole of another, or a digit alone keeps its percentage from being that."""
    if _OF_WHOLE.search(near_before(text, whole.start)) or _OF_THEM.search(text, whole.end, part.start):
        return True
    right = f"{print_number(100 * part.worth / whole.worth, share.decimals)}%"
    return len(right) == len(share.text) and sum(map(str.__ne__, right, share.text)) == 1


def _own(of: Shape) -> set[Numeral]:
    """“Girls: 53 (83%)”, “83% (53)”: a count with a percentage of its own is another part, and not the whole."""
    parts = _all(of, "part", *_OWN, _FOLLOWS, beside="share")
    return {part for part, share in parts.items() if share.worth != 100}


def _of_these(passage: Passage, of: Shape) -> Iterator[_Wrong]:
    """“… 822. Of these 118 (14.5%) …, 207 (25.2%) … and 96 (11.7%) …”: the others bear out the whole for one.

    One alone is held against every count of the sentence before, and told where it is nearly that of the first.
    """
    wholes, follows = list[Numeral](), _all(of, "share", _FOLLOWS, beside="part").items()
    for sentence, here in passage.figures:
        says_so = _OF_THESE.search(sentence.text)
        parts = [pair for pair in follows if says_so and sentence.holds(pair[1].start, pair[0].end)]
        if len(parts) > 1:
            wrong = [found for whole in wholes[-1:] for each in parts for found in _of(*each, whole)]
            yield from wrong if len(wrong) == 1 else ()
        elif parts:
            wrong = [found for whole in wholes for found in _of(*parts[0], whole)]
            near = [found for found in wrong[:1] if found[2] < 100 and abs(found[2] - parts[0][0].worth) <= _NEARLY]
            yield from near if len(wrong) == len(wholes) else ()
        wholes = [each for each in here if each.sort is Sort.COUNT and each.worth > 0] or wholes


def _is_between(share: Numeral, counts: Sequence[Numeral]) -> bool:
    """Whether a percentage is that of the change between any two of a few counts."""
    worths = [each.worth for each in counts if each.worth]
    return len(worths) < 5 and any(_prints(share, 100 * (one - two) / two) for one, two in permutations(worths, 2))


def _changes(passage: Passage, of: Shape) -> Iterator[_Wrong]:
    """“97, against 139 in the quarter before: a reduction of 30%”."""
    text, own, older = passage.text, _own(of), _all(of, "older", _OLDER)
    follows = _all(of, "share", _FOLLOWS, beside="part")
    for sentence, here in passage.figures:
        every = comparisons(text, sentence, here)
        pairs = [each for each in every if each.old.sort is not Sort.PERCENTAGE and each.old.worth]
        if len(pairs) != 1:
            continue
        old, new, clause = pairs[0].old, pairs[0].new, clause_of(text, sentence, pairs[0])
        after = _OR_BY.match(text, max(old.end, new.end))
        shares = [each for each in here if each.sort is Sort.PERCENTAGE]
        its = [each for each in shares if _is_change(text, each) or (after and after.end() == each.end)]
        shares = its or [each for each in shares if old in older and new not in own and follows.get(each) is old]
        shares = [each for each in shares if clause.holds(each.start, each.end)]
        if len(shares) == 1 and not (shares[0].ranged or old.rough or new.rough):
            (share,), exact = shares, 100 * abs(new.worth - old.worth) / old.worth
            is_share = not _is_change(text, share) and _prints(share, 100 * new.worth / old.worth)
            others = [each for each in here if each.sort is old.sort]
            is_another = len(others) > 2 and _is_between(share, others)
            if not (is_share or is_another or _prints(share, exact)):
                yield share, f"“{new.text}” after “{old.text}”", exact


_OR_BY = re.compile(r"(?: an? (?:year|month|week|head))?,? or (?:by )?\d[\d.]*%(?! of )")
"""“from £281.50 to £294.50 a year, or 4.6%”."""
_CHANGE_AFTER = re.compile(
    r"\s+(?:\w+ )?(?:increase|rise|growth|reduction|decrease|fall|drop|decline|higher|lower|more|fewer|less|up|down"
    r"|above|below)\b"
)
_CHANGE_BEFORE = re.compile(
    r"(?<!est )\b(?:increas\w+|rise|rose|risen|gr(?:ew|own|owth)|reduc\w+|decreas\w+|fall|fell|fallen|drop\w*|declin\w+"
    r"|up|down|more|fewer)\s+(?:of|by|is|was)?\s*"
    r"(?:about |around |just (?:over|under) |nearly |almost )?[(]?$",
    re.IGNORECASE,
)


def _is_change(text: str, share: Numeral) -> bool:
    return bool(_CHANGE_AFTER.match(text, share.end) or _CHANGE_BEFORE.search(near_before(text, share.start)))


_OVER_QUARTER = re.compile(r"\b(?:(?:previous|last|preceding)\s+quarter|quarter before)\b", re.IGNORECASE)
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
    r"\s+of\s+(?:(?:all|total|the)\s+)*(?:(?:(?:recorded|total) )*crimes?(?: recorded)?|offences|incidents)\b",
    re.IGNORECASE,
)
_KIND = r"(?:crimed )?(?:offence|incident|victim|people|person|report|case|collision|casualt(?:y|ie)|crime|complaint)s?"
_TWO_KINDS = re.compile(rf"\b(?P<one>{_KIND})(?: (?:and|or|with)|,| ?[&/]) ?(?P<other>{_KIND})\b", re.IGNORECASE)
_SAYS_KIND = re.compile(r"\b(?:offences?|incidents?|victims?|reports?)\b", re.IGNORECASE)
_NO_TOPIC = stems("were related that with last quarter crime recorded total makes")


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
    by_section = defaultdict[str, str](str)
    for passage in prose:
        by_section[passage.section.key] += f" {passage.text}"
    both = {key for key, words in by_section.items() if _OVER_QUARTER.search(words) and _OVER_YEAR.search(words)}
    for position, passage in enumerate(prose):
        # What is told as wrong needs no base.
        wrong = {share for share, _, _ in _wrong(passage, _shape(passage))} if _has_shares(passage) else set()
        for share in (each for each in passage.numbers if each.sort is Sort.PERCENTAGE and each not in wrong):
            where, sentence = (passage, share.start, share.end), passage.sentence_of(share.start, share.end).text
            is_over_what = any(over.search(sentence) for over in (_OVER_WHAT, _OVER_QUARTER, _OVER_YEAR))
            if passage.section.key in both and _is_change(passage.text, share) and not is_over_what:
                used = "both the quarter before and the year before are used here"
                message = f"“{share.text}” does not say what it is over: {used}."
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
    if _SAYS_KIND.search(told if _TWO_KINDS.search(after) else f"{told} {after}"):
        return ""
    topic, title = (stems(each, least=4) for each in (sentence.text, plain_text(passage.section.title)))
    for other in (each for each in near if each.section.key == passage.section.key):
        for part, here in other.figures:
            counts = [each for each in here if each.sort is Sort.COUNT]
            kinds = _TWO_KINDS.search(part.text)
            if kinds and counts and (topic - _NO_TOPIC) & (stems(part.text, least=4) | title):
                count = [counts[0], *(each for each in counts if each.end <= part.start + kinds.start())][-1]
                return f"“{share.text}{base[0]}” stands near “{count.text}”, which counts {kinds[0].lower()}"
    return ""
