"""The reporting period where it is typed: its days, last day or quarter with another year than the meeting's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papergen.check.reading import Reading
from papergen.check.rule import Finding, rule
from papergen.check.rules.dates.dating import Time, TimeWording, looks_ahead, times
from papergen.diagnostics import Severity
from papergen.language.passages import Passage
from papergen.language.sentences import near_before
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
ORDINALS = ("first", "second", "third", "fourth")
_QUARTER = re.compile(
    rf"\b(?:(?P<word>{'|'.join(ORDINALS)})[ -]quarter(?: of|,| \(| for)?(?: the (?:financial )?year)?"
    r"|(?:quarter |Q)(?P<digit>[1-4])(?: of| for|,|:)?)\s(?P<year>\d{4})[/–-]\d\d\b"
    r"|\b(?P<year_first>\d{4})[/–-]\d\d,? (?:quarter |Q)(?P<last>[1-4])\b",
    re.IGNORECASE,
)


@rule("C206", Severity.ERROR, by_file=True)
def wrong_years(reading: Reading) -> Iterator[Finding]:
    """The reporting period is printed with another year than the meeting’s.

    The reporting period, its last day or its quarter with another year than that of the meeting's settings. A later
    year is always told, unless the sentence looks ahead; an earlier one where the sentence says what the paper covers
    and compares nothing.
    Source: Police Reform and Social Responsibility Act 2011, s. 13(1): information for the Panel; the paper of
    February 2016, whose period was a year wrong
    Example: “1 October to 31 December 2016” for a reporting period that ended on 31 December 2015.
    """
    period = reading.settings.meeting.period
    places = (time.where for time in times(reading) if is_wrong_year(time, reading))
    for passage, start, end in (*places, *_wrong_quarters(reading)):
        message = f"“{passage.text[start:end]}” is the reporting period with another year: the meeting’s is {period}."
        yield Finding((passage, start, end), message, "Write {{ meeting.period }} in its place, or correct the year.")


def is_wrong_year(time: Time, reading: Reading) -> bool:
    """Whether a time is the reporting period, or its end, moved by whole years, and told as what is reported on."""
    period = reading.settings.meeting.period
    years = time.period.ends.year - period.ends.year
    if time.assumed or not years or reading.settings.meeting.reporting_period is None:
        return False
    moved = _moved(period, years)
    if time.wording is TimeWording.SPAN:
        matches = time.period == moved
    else:
        matches = time.period.ends == moved.ends and bool(_ENDS.search(near_before(time.passage.text, time.start)))
    return matches and _is_reported_on(time.sentence, moved, reading)


def _wrong_quarters(reading: Reading) -> Iterator[tuple[Passage, int, int]]:
    """“The third quarter of 2016/17”, “Q3 2016/17”: the meeting's quarter in another year."""
    period = reading.settings.meeting.period
    for passage in reading.passages if period.is_quarter else ():
        for found in _QUARTER.finditer(passage.text):
            word, digit = found["word"], found["digit"] or found["last"]
            number = ORDINALS.index(word.lower()) + 1 if word else int(digit)
            named = quarter_period(int(found["year"] or found["year_first"]), number)
            if named == period or named.starts.month != period.starts.month or not passage.typed(*found.span()):
                continue
            if _is_reported_on(passage.sentence_of(*found.span()).text, named, reading):
                yield passage, *found.span()


def _is_reported_on(sentence: str, period: Period, reading: Reading) -> bool:
    """Whether a sentence tells of a period as of what is reported on, and not of what is to come or was before."""
    if period.ends > reading.settings.meeting.date:
        return not looks_ahead(sentence, reading)
    return bool(_COVERS.search(sentence)) and not _COMPARED.search(sentence)


def _moved(period: Period, years: int) -> Period:
    if period.is_months:
        return period.back(-12 * years)
    starts, ends = period.starts, period.ends
    try:
        return Period(starts.replace(year=starts.year + years), ends.replace(year=ends.year + years))
    except ValueError:  # 29 February
        return period
