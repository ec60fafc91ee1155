"""Percentages against the counts they come from, and percentages that do not say of what."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import chain
from typing import TypeAlias

from papergen.check.reading import Reading
from papergen.check.rule import Finding, rule
from papergen.diagnostics import Severity
from papergen.language.comparisons import comparisons
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
        for each in comparisons(of) if passage.text.count("%") > 1 else ():
            lies = each.new.worth - each.old.worth
            for apart in (size for size, in_points in each.sizes if size.sort is each.old.sort and not in_points):
                is_relative = each.old.worth and _prints(apart, 100 * lies / each.old.worth)
                if apart.sort is Sort.PERCENTAGE and abs(lies) == apart.worth and not is_relative:
                    message = (
                        f"“{apart.text}” is how many percentage points lie between {each.old.text} and {each.new.text}."
                    )
                    hint = f"Write “{apart.text.removesuffix('%')} percentage points”."
                    yield Finding((passage, apart.start, apart.end), message, hint)


_IN_WORDS = re.compile(
    r"\b(?:(?P<more>(?<!just )over|more than|at least)|(?P<less>(?<!just )under|less than|fewer than|at most))?\s*"
    r"\b(?P<words>(?P<times>an?|one|two|three|four) (?P<part>third|quarter|fifth|tenth)s?|half)"
    r"(?: of [^.,;:()\d]{1,40})? \($",
    re.IGNORECASE,
)
_PARTS = {"third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_ABOUT = 6
"""Points by which a share in words may be off the percentage in brackets behind it."""
_ROUND_SHARE = 20
"""“Nine out of ten (91%)”: so small a whole is a manner of speaking."""

_OPENS = r"(?:\s*(?:\(|[–—-]\s|, (?=or ))(?:or |about |nearly |just over )?)"
_BESIDE = rf"(?:{_OPENS}|(?:\s+[a-z’-]+){{1,4}}\s*\((?:or |about )?)"
_OUT_OF = r"\s+(?:out )?of (?:the |our |its |their |all )?(?:total of )?"
_NO_MORE = r"[^№%¶]*(?=¶|\Z)"
_SHARES = tuple(
    joint(pattern)
    for pattern in (
        # “88 of 110 patients (84%)”
        rf"(part=№){_OUT_OF}(whole=№){_BESIDE}(share=%)",
        # “146 of the 158 gave their views, so 92% took part”
        rf"(part=№){_OUT_OF}(whole=№)[^№%¶;:]{{0,80}}, (?:so|which is|that is|or) (share=%)(?! of )",
        # “It had 12,400 calls. Of these, 10,912 (88%) …”
        r"¶[^№¶]*(whole=№)[^¶]*(?:¶[^№¶]*)?¶Of (?:these|them|(?:this|that|the) (?:total|number))\b,?"
        rf" (part=№){_BESIDE}(share=%)",
        # “14% of all crime: 5,059 of 18,094”, “5,059, 14% of all crime (18,094)”
        rf"¶[^№%¶]*(share=%) of [^№%¶]*(part=№){_OUT_OF}(whole=№){_NO_MORE}",
        rf"¶[^№%¶]*(part=№)[^№%¶]*(share=%) of [^.,;()№£%¶]{{1,60}}\((?:of )?(whole=№){_NO_MORE}",
        # “Of the 62 children in it 19, or 31%, came back”, “145 people, of whom 134 (92%) …”, “of 200, 20% (40) …”
        rf"\b[Oo]f (?:(?:the|these|those|all|our|its|their) ){{0,2}}(whole=№)[^№%¶;:]*(part=№){_BESIDE}(share=%)",
        rf"(whole=№)[^№%¶;:]*\bof (?:whom|which|these|those|them),? [^№%¶;:]{{0,30}}(part=№){_BESIDE}(share=%)",
        r"\b[Oo]f (?:(?:the|all|our) )?(whole=№)[^№%¶;:]*(share=%) \((part=№)\)",
        # “It had 87 applications and made 46 disclosures (62.9%)”: a digit off
        r"(near=)(whole=№)[^№%¶]*\band\b[^№%¶]*(part=№)(?: [a-z]+)? \((share=%)(?=\))",
        # “They applied for 412 grants and were given 139, a success rate of 33.7%”
        rf"¶[^№%¶]*(whole=№)[^№%¶]*(part=№)[^№%¶]*, an? (?:[a-z]+ )?rate of (share=%){_NO_MORE}",
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


def _has_shares(passage: Passage) -> bool:
    return any(each.sort is Sort.PERCENTAGE for each in passage.numbers)


def _shape(passage: Passage) -> Shape:
    return passage.shape_of(lambda each: not each.ranged)


def _wrong(passage: Passage, of: Shape) -> tuple[_Wrong, ...]:
    """The percentages that the words, counts and sums beside them do not give."""
    every = (_in_words(passage.text, of), _given(of))
    return tuple(dict.fromkeys((*chain.from_iterable(every), *_changes(of))))


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


def _given(of: Shape) -> Iterator[_Wrong]:
    """The shares whose part and whole are told by the words between them."""
    for found in (found for pattern in _SHARES for found in of.joints(pattern)):
        share, part, whole = map(found.the, ("share", "part", "whole"))
        least, slack = _ROUND_SHARE * (" out of " in found.found[0]), Fraction(0)
        wholes = [each.worth for each in of.figures.values() if each.sort is whole.sort and each.worth]
        fits = [100 * part.worth / each for each in wholes]
        if " rate of " in found.found[0]:  # “288 checked and 12 failed, a pass rate of 95.8%”
            fits += [100 - each for each in fits]
        if any(_prints(share, each) for each in fits):
            continue
        if part.worth < whole.worth and whole.worth > least and not part.rough:
            if part.sort is Sort.MONEY or part.decimals > 0:
                slack = (part.slack + whole.slack * part.worth / whole.worth) / whole.worth
            right = f"{print_number(100 * part.worth / whole.worth, share.decimals)}%"
            is_meant = "near" not in found.every or _is_a_digit_off(right, share.text)
            if is_meant and abs(share.worth / 100 - part.worth / whole.worth) > slack:
                yield from _of(share, part, whole)


def _is_a_digit_off(one: str, other: str) -> bool:
    return len(one) == len(other) and sum(map(str.__ne__, one, other)) == 1


def _changes(of: Shape) -> Iterator[_Wrong]:
    """“97, against 139 in the quarter before: a reduction of 30%”."""
    for each in comparisons(of):
        old, new = each.old, each.new
        for share in (size for size, _ in each.sizes if size.sort is Sort.PERCENTAGE is not old.sort and old.worth):
            exact = 100 * abs(new.worth - old.worth) / old.worth
            if not _prints(share, exact) and not _prints(share, 100 * new.worth / old.worth):
                yield share, f"“{new.text}” after “{old.text}”", exact


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
