"""What the heading of a column or row says: a month, a quarter, a year, or that it is a total."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from papergen.data.wide.cells import SheetCell, words
from papergen.values.period_names import (
    MONTH_NUMBERS,
    parse_american_day,
    parse_day,
    parse_half,
    parse_month,
    parse_quarter,
    parse_span,
    parse_week,
    parse_year,
)
from papergen.values.periods import Period, month_of, months_period
from papergen.values.states import NumberState, split_state

OPEN_YEAR = re.compile(r"\d{4}-?\d{2}")
"""What may be a month or a financial year: 2011-12, 202312."""
_YEARS = range(1990, 2100)
_NOTE = re.compile(r"\s*(?:\*+|†+|‡+|[¹²³⁴⁵⁶⁷⁸⁹]+|[(\[](?:note\s*)?\d{1,2}[)\]]|\[[a-df-oqs-z]\])$", re.IGNORECASE)
_STATE = re.compile(
    r"(?P<text>.*\S)\s*[(\[](?:(?P<mark>[pre])|(?P<word>provisional|revised|estimated?))[)\]]", re.IGNORECASE
)
UNIT = re.compile(r"\s*[(\[]?£\s*['’]?(?:000s?|k|m|thousands?|millions?)?[)\]]?$", re.IGNORECASE)
"""The unit of the numbers below a heading: “£000”, “(£m)”."""
_TIME = re.compile(r"(?<=\d)[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[ap]m)?Z?$", re.IGNORECASE)
_GLUED = re.compile(r"(?P<text>.*\d)\s?(?P<mark>\d)")
_MAY_BE_AGES = re.compile(r"\d{2}\s*[–-]\s*\d{2}")
_BEFORE = re.compile(r"(?:(?:as )?at|in|on|for|during|mid)[ -]+(?:the )?(?=.*\d)", re.IGNORECASE)
_LEAD = re.compile(
    r"(?:.*\s)?(?P<lead>(?:(?:\d{1,2}|twelve|three) ?(?:m(?:on|n)?ths|m)|year|yr|quarter|qtr|half[- ]year|week)"
    r" (?:to|ending|ended|up to|commencing|beginning|starting)(?: \d{1,2} [a-z]{3,9})?"
    r"|w/[ce]|(?:as )?at \d{1,2} [a-z]{3,9}|(?P<strict>financial year|academic year))(?: date)?[: ]*",
    re.IGNORECASE,
)
_TO_DATE = re.compile(r"\b(?:year|quarter|half[- ]year|week)[- ]to[- ]date", re.IGNORECASE)
_MONTHS = r"[A-Za-z]{3,9}\.?\s*(?:-|–|to)\s*[A-Za-z]{3,9}\.?"
_QUARTER_ALONE = re.compile(r"Q(?:uarter|tr)?\s*([1-4])|([1-4])(?:st|nd|rd|th) quarter", re.IGNORECASE)
_MONTHS_ALONE = re.compile(r"([A-Za-z]{3,9})\.?(?:\s*(?:-|–|to)\s*([A-Za-z]{3,9})\.?)?")
_EXPLAINED = re.compile(rf"(?P<before>.*?)\s*\((?P<months>{_MONTHS})\)\s*(?P<after>.*)")
_NO_WORDS = re.compile(
    r"(?:to(?! date)|and|from|up to|&|-|–)(?!\w).*|.*(?<!\w)(?:to|and|from|&)|.*\b[PMQHWT]\d{1,2}\b.*",
    re.IGNORECASE,
)
"""What stands beside a period in a heading, and makes it another one: “P1 2024/25”, “2024/25 Q1 & Q2”."""
_LENGTH = re.compile(
    r"(?:\b\d+ ?)?\b(?:m(?:on|n)?ths?|m|quarters?|qtrs?|half|years?|yrs?|weeks?|MAT|rolling|moving)\b|\d+m\b",
    re.IGNORECASE,
)
_OWN_LENGTH = {1: "month", 3: "quarter", 6: "half"}
_YEAR_OR_NOT = re.compile(r"Q(?:uarter)?\s*[1-4][ ,]*\d{4}", re.IGNORECASE)


NAME_MONTHS = "Write the names of months, such as April, or months with their year, such as 2025-04."
NAME_WEEKS = "Write weeks as 2025-W01, or by their first day, such as w/c 30/12/2024."


@dataclass(frozen=True, slots=True)
class PeriodHeading:
    """The month, quarter or year that a heading names, and the day where one was given.

    ``is_sure`` is false of what could as well be a count, an age or an hour; ``state`` is that of all numbers under
    it.  ``words`` are those beside the period, as in “2024/25 Budget”.
    """

    period: Period
    day: date | None = None
    is_sure: bool = True
    state: NumberState | None = None
    words: str = ""

    @property
    def is_in_mid_month(self) -> bool:
        return self.day is not None and self.day not in (self.period.starts, self.period.ends)


def written(period: Period) -> str:
    """A period as tidy files write it: ``"2015-04"``, ``"2015/16 Q3"``, and a day or a week by its first day."""
    if period.is_month:
        return f"{period.starts:%Y-%m}"
    return period.starts.isoformat() if period.days in (1, 7) else period.name


def length_of(period: Period) -> int:
    """How many months a period has; 0 for a day and -1 for a week, which may touch two."""
    return {1: 0, 7: -1}.get(period.days, period.length)


def period_column(periods: Sequence[Period]) -> str:
    """The column of a tidy file that can say all of these periods."""
    lengths = {(length_of(each), each.is_months, each.days == 1, each.days == 7) for each in periods}
    if len(lengths) > 1 or not lengths:
        return "period"
    first = periods[0]
    if first.days in (1, 7):
        return "date" if first.days == 1 else "week"
    if not first.is_months:
        return "period"
    if all(each.is_quarter for each in periods):
        return "quarter"
    return {1: "month", 6: "half", 12: "year"}.get(first.length, "period")


def heading(value: SheetCell, notes: Collection[str] = (), *, lead: str = "") -> PeriodHeading | None:
    """What a heading names, or None when it is no period; a number may be 201504, 20150401 or Excel's for a first.

    ``notes`` are the marks of the notes below the table, which may stand glued to it; ``lead`` are the words that
    lead to it, as ``lead_in`` gives them.
    """
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date) and not lead:
        return _of_day(value)
    # Most cells are counts and names; they are passed over at once.
    if isinstance(value, bool | time | timedelta) or not (isinstance(value, str | date) or value >= _YEARS[0]):
        return None
    text = words(value)
    if len(text) > 60 or not any(map(str.isdecimal, text)):
        return None
    if lead:
        strict = lead.endswith(" year")
        found = _named(f"{lead} {text}".removeprefix("at ")) or (None if strict else heading(value, notes))
        return replace(found, is_sure=True) if found else None
    found = _named(text)
    if found is None and notes and (glued := _GLUED.fullmatch(text)) and glued["mark"] in notes:
        found = _named(glued["text"])
    return found if found and found.period.starts.year in _YEARS else None


def heading_with_words(value: SheetCell) -> PeriodHeading | None:
    """The period of a heading that has words before or after it: “2024/25 Budget”, “Offences Apr-25”, “May 2024/25”.

    None where the words say that the period is another one, or longer.
    """
    parts = UNIT.sub("", value).split() if isinstance(value, str) else []
    for length in range(len(parts) - 1, 0, -1):
        for named, others in ((parts[:length], parts[length:]), (parts[-length:], parts[:-length])):
            said = " ".join(others).strip(" -–:,()")
            found = heading(" ".join(named).strip(" -–:,()"))
            if found is None or not found.is_sure or not any(map(str.isalpha, said)) or any(map(heading, said.split())):
                continue
            if is_part_of_a_year(said) and (part := in_year(said, found.period)):
                return replace(found, period=part)
            other = _LENGTH.search(said) if found.period.length < 12 else None
            is_own = other and other[0].lower() == _OWN_LENGTH.get(found.period.length)
            if _NO_WORDS.fullmatch(said) or (other and not is_own):
                return None
            return replace(found, words=said)
    return None


def lead_in(text: str) -> str:
    """The words that lead to the headings beside or below them: ``"12 months to"``, ``"at 31 March"``; or none."""
    found = None if _TO_DATE.search(text) else _LEAD.fullmatch(text)
    return " ".join(found["lead"].lower().removeprefix("as ").split()) if found else ""


@lru_cache(maxsize=4096)
def _named(text: str) -> PeriodHeading | None:
    text, state = _bare(text)
    if explained := _EXPLAINED.fullmatch(text):
        year = parse_year(f"{explained['before']} {explained['after']}".strip(" ,-")) or parse_year(
            _QUARTER_ALONE.sub("", f"{explained['before']} {explained['after']}").strip(" ,-")
        )
        period = in_year(explained["months"], year) if year else None
        return PeriodHeading(period, state=state) if period else None
    is_month = OPEN_YEAR.fullmatch(text) and parse_month(text)
    found: PeriodHeading | None = None
    if not is_month and (period := parse_quarter(text) or parse_year(text) or parse_half(text) or year_of(text)):
        found = PeriodHeading(period)
    elif day := parse_day(text):
        # Any other number of five digits is more likely a count.
        found = _of_day(day) if day.day == 1 or len(text) != 5 else None
    elif month := parse_month(text):
        found = PeriodHeading(months_period(month, month))
    elif (not text[:1].isdecimal() or "W" in text.upper()) and (week := parse_week(text)):
        found = PeriodHeading(week)
    elif span := parse_span(text):
        found = PeriodHeading(span)
    is_sure = not ((text.isdecimal() and len(text) < 8) or _MAY_BE_AGES.fullmatch(text))
    return replace(found, is_sure=is_sure, state=state) if found else None


def year_of(text: str) -> Period | None:
    """The financial year of ``2011-12`` or ``201112``, which may be months too."""
    return parse_year(f"{text[:4]}-{text[-2:]}") if OPEN_YEAR.fullmatch(text) else None


def either_year(year: int) -> tuple[str, str]:
    """What is unclear about a financial or academic year that is named by one year, and what mends it."""
    before, after = f"{year - 1}/{year % 100:02}", f"{year}/{(year + 1) % 100:02}"
    return f"is a year that begins or ends in {year}", f"Write it as {before} or as {after}."


def either_quarter(text: str, year: int) -> tuple[str, str]:
    """What is unclear about a quarter of a year such as 2024, and what mends it."""
    what = f"is “{text}”, a quarter of the calendar year or of the financial year"
    financial = f"{year - 1}/{year % 100:02} or {year}/{(year + 1) % 100:02}"
    return what, f"Write the year as “calendar year {year}”, or as the financial year {financial}."


def may_be_ages(text: str) -> bool:
    """Whether a heading may be a year, an age or an hour: ``"16-17"``."""
    return _MAY_BE_AGES.fullmatch(text) is not None


def _bare(text: str) -> tuple[str, NumberState | None]:
    """A heading without “at” or “mid-” before it, and without the unit, the notes and the state behind it."""
    state: NumberState | None = None
    before = ""
    while text != before:
        before = text
        text, found = split_state(_NOTE.sub("", UNIT.sub("", text) or text))
        if in_brackets := _STATE.fullmatch(text):
            text, found = in_brackets["text"], NumberState((in_brackets["mark"] or in_brackets["word"])[0].lower())
        state = found or state
    return _BEFORE.sub("", _TIME.sub("", text), count=1), state


def _of_day(day: date) -> PeriodHeading:
    return PeriodHeading(months_period(month_of(day), month_of(day)), day)


def month_first(text: str) -> tuple[str, str] | None:
    """What is wrong with a day such as 04/13/2025, and what mends it; None for another text."""
    day = parse_american_day(_TIME.sub("", text))
    return (f"is “{text}”, with the month first", f"Write days as {day} or {day:%d/%m/%Y}.") if day else None


def is_part_of_a_year(text: str) -> bool:
    """Whether a heading is a month or quarter without its year: ``"Q1"``, ``"Apr"``, ``"Q1 (Apr-Jun)"``."""
    if explained := _EXPLAINED.fullmatch(text):
        text = explained["months"]
    if _QUARTER_ALONE.fullmatch(text):
        return True
    found = _MONTHS_ALONE.fullmatch(text)
    return found is not None and all(each is None or each.lower() in MONTH_NUMBERS for each in found.groups())


def is_bare_quarter(text: str) -> bool:
    """Whether a heading is a quarter by its number alone, without its months: ``"Q1"``, ``"1st quarter"``."""
    return _QUARTER_ALONE.fullmatch(text) is not None


def in_year(text: str, year: Period) -> Period | None:
    """The month or quarter that ``text`` names within ``year``; None where it is none of that year's."""
    if explained := _EXPLAINED.fullmatch(text):
        text = explained["months"]
    if quarter := _QUARTER_ALONE.fullmatch(text):
        first = month_of(year.starts).plus(3 * int(quarter[1] or quarter[2]) - 3)
        found = months_period(first, first.plus(2), year.year_from)
        return found if year.length == 12 and year.holds(found) else None
    named = _MONTHS_ALONE.fullmatch(text)
    if named is None:
        return None
    numbers = [MONTH_NUMBERS.get(each.lower(), 0) for each in named.groups() if each]
    months = (month_of(year.starts).plus(index) for index in range(year.length))
    begins = next((each for each in months if each.month == numbers[0]), None)
    if begins is None:
        return None
    span = months_period(begins, begins.plus((numbers[-1] - numbers[0]) % 12), year.year_from)
    return span if year.holds(span) else None


def may_be_either_quarter(text: str) -> bool:
    """Whether a heading is a quarter of the calendar or the financial year: ``"Q3 2015"``."""
    return _YEAR_OR_NOT.fullmatch(text) is not None


def is_surely_period(value: SheetCell) -> bool:
    """Whether a cell is a period and could hardly be a count: a date, a text such as Apr-15 or 2015/16, or 20150401."""
    found = heading(value)
    return found is not None and found.is_sure
