"""The reporting period where it is typed: its days, last day or quarter with another year than the meeting's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papergen.check.reading import Subject
from papergen.check.rules.dates.dating import Time, Wording, looks_ahead, times_in
from papergen.language.passages import Passage
from papergen.language.sentences import near_before, sentence_of
from papergen.values.periods import Period, quarter_period

_PAPER = r"(?:this|the(?: following)?) (?:performance |quarterly )?(?:report|paper|appendix|annex)"
_COVERS = re.compile(
    rf"\b(?:reporting period|{_PAPER}\b.{{0,60}}?"
    r"\b(?:covers?|covering|is for|looks at|reports on|relates? to|concerns?)"
    r"|(?:period|quarter|months) (?:reported on|covered|under review))\b"
    r"|^It (?:covers|reports on)\b",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:compar\w+|against|than|beside|earlier|previous|last year|year before|next|same)\b", re.IGNORECASE
)
_ENDS = re.compile(
    r"\b(?:quarter|period|months)\b(?: reported on| covered)?[\s,(]+(?:which |that )?"
    r"(?:up to|to|ending|ended|ends|until)(?: on| in| at)?(?: the end of)?\s$",
    re.IGNORECASE,
)
_ORDINALS = ("first", "second", "third", "fourth")
_QUARTER = re.compile(
    rf"\b(?:(?P<word>{'|'.join(_ORDINALS)})[ -]quarter(?: of|,| \(| for)?(?: the (?:financial )?year)?"
    r"|(?:quarter |Q)(?P<digit>[1-4])(?: of| for|,|:)?)\s(?P<year>\d{4})[/–-]\d\d\b"
    r"|\b(?P<year_first>\d{4})[/–-]\d\d,? (?:quarter |Q)(?P<last>[1-4])\b",
    re.IGNORECASE,
)


def wrong_years(passage: Passage, subject: Subject) -> Iterator[tuple[int, int]]:
    """Where a passage gives the reporting period with a wrong year."""
    for time in times_in(passage, subject):
        if is_wrong_year(time, subject):
            yield time.start, time.end
    yield from _wrong_quarters(passage, subject)


def is_wrong_year(time: Time, subject: Subject) -> bool:
    """Whether a time is the reporting period, or its end, moved by whole years, and told as what is reported on."""
    period = subject.settings.meeting.reporting_period.period
    years = time.period.ends.year - period.ends.year
    if time.assumed or not years:
        return False
    moved = _moved(period, years)
    if time.wording is Wording.SPAN:
        matches = time.period == moved
    else:
        matches = time.period.ends == moved.ends and bool(_ENDS.search(near_before(time.passage.text, time.start)))
    return matches and _is_reported_on(time.passage, time.start, time.end, moved, subject)


def _wrong_quarters(passage: Passage, subject: Subject) -> Iterator[tuple[int, int]]:
    """“The third quarter of 2016/17”, “Q3 2016/17”: the meeting's quarter in another year."""
    period = subject.settings.meeting.reporting_period.period
    if not period.is_quarter:
        return
    for found in _QUARTER.finditer(passage.text):
        word, digit = found["word"], found["digit"] or found["last"]
        number = _ORDINALS.index(word.lower()) + 1 if word else int(digit)
        named = quarter_period(int(found["year"] or found["year_first"]), number)
        if named == period or named.starts.month != period.starts.month or not passage.typed(*found.span()):
            continue
        if _is_reported_on(passage, *found.span(), named, subject):
            yield found.span()


def _is_reported_on(passage: Passage, start: int, end: int, period: Period, subject: Subject) -> bool:
    """Whether a sentence tells of a period as of what is reported on, and not of what is to come or was before."""
    sentence = sentence_of(passage.text, start, end).text
    if period.ends > subject.settings.meeting.date:
        return not looks_ahead(sentence, subject)
    return bool(_COVERS.search(sentence)) and not _COMPARED.search(sentence)


def _moved(period: Period, years: int) -> Period:
    if period.is_months:
        return period.back(-12 * years)
    try:
        return Period(
            period.starts.replace(year=period.starts.year + years), period.ends.replace(year=period.ends.year + years)
        )
    except ValueError:  # 29 February
        return period
