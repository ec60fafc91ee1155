"""What each column of an extract holds: the numbers of a period, a total, or the names of the rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from papergen import codes
from papergen.data.total_names import AREA, beside_total, is_total, may_be_total
from papergen.data.wide.band import Band, band_below_periods, band_without_periods
from papergen.data.wide.cells import CellPlace, Sheet, folded, words
from papergen.data.wide.choices import Choices
from papergen.data.wide.headings import (
    NAME_MONTHS,
    NAME_WEEKS,
    PeriodHeading,
    either_quarter,
    either_year,
    heading,
    is_bare_quarter,
    is_part_of_a_year,
    length_of,
    written,
)
from papergen.data.wide.names import KnownNames, name_columns
from papergen.data.wide.numbers import is_numberish
from papergen.data.wide.report import Telling
from papergen.data.wide.shape import Shaped
from papergen.diagnostics import Code
from papergen.values.period_names import parse_american_day
from papergen.values.periods import Period, print_day
from papergen.values.states import NOT_FINAL, NumberState

STATES = {state.value: state for state in (*NOT_FINAL, NumberState.REVISED)}
"""What may stand in a column of its own beside numbers: p, r, e."""


@dataclass(slots=True)
class SheetColumns:
    """The columns of a sheet whose months stand across in row ``header`` and whose numbers begin in row ``first``.

    ``periods`` are the columns of numbers, earliest first; ``extras`` the words of their other headings, in columns of
    the tidy file called ``extra_names``; ``totals`` the columns that each total sums, of which ``longer`` are called
    nothing but a period; ``labels`` the names that the other columns have in the tidy file.  ``parts`` is the column
    that names a month or quarter of the year above each number.  ``states`` are those of all the numbers in a column,
    and ``marks`` the column beside each that says so number by number.
    ``rows`` are the filled columns of each row below the headings; ``in_all`` what all headings say beside the period.
    """

    sheet: Sheet
    header: int
    first: int
    telling: Telling
    choices: Choices
    notes: frozenset[str] = frozenset()
    rows: dict[int, list[int]] = field(default_factory=dict)
    periods: dict[int, Period] = field(default_factory=dict)
    extras: dict[int, tuple[str, ...]] = field(default_factory=dict)
    extra_names: tuple[str, ...] = ()
    totals: dict[int, tuple[int, ...]] = field(default_factory=dict)
    labels: dict[int, str] = field(default_factory=dict)
    parts: int | None = None
    marks: dict[int, int] = field(default_factory=dict)
    longer: frozenset[int] = frozenset()
    states: dict[int, NumberState] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    in_all: str = ""

    @property
    def first_name(self) -> int:
        """The first column that says what the numbers of a row are."""
        return min([*self.labels, *([] if self.parts is None else [self.parts])])

    def total_name(self, column: int) -> str:
        """What a column of sums is called: the heading that says it is a total, or else its period."""
        return next(filter(may_be_total, self.extras.get(column, ())), self.sheet.words((self.header, column)))

    def has_numbers(self, row: int) -> bool:
        cells = [self.sheet.cells[row, column] for column in self.rows[row] if column in self.periods]
        return any(is_numberish(cell, letters=True) for cell in cells)

    def tell(self, place: CellPlace, code: Code, what: str, hint: str) -> None:
        self.telling.at(self.sheet, place, code, what, hint)

    def leave_out(self, column: int, text: str, why: str) -> None:
        """Warn that a column is left out; ``why`` says what it does."""
        line = "row" if self.sheet.flipped else "column"
        what = f"heads a {line} {f'“{text}”' if text else 'without a heading'} that {why}, so it is left out"
        hint = "Nothing to do if it is not wanted; otherwise head it with its period."
        self.tell((self.header, column), codes.EXTRACT_LEFT_OUT, what, hint)


def find_columns(shaped: Shaped, known: KnownNames, choices: Choices, telling: Telling) -> SheetColumns:
    """The columns of a sheet with periods across, or all of one period, with a diagnostic for each that is unclear."""
    band = band_below_periods(shaped) if choices.when is None else band_without_periods(shaped, choices.when)
    sheet = shaped.sheet
    columns = SheetColumns(sheet, band.header, band.first, telling, choices, shaped.notes)
    columns.rows = {row: list(cells) for row, cells in sheet.rows().items() if row >= band.first}
    _find_periods(columns, band, known)
    if not columns.periods:
        if not telling.failed:
            place = (band.header, min(band.headings))
            columns.tell(place, codes.EXTRACT_SHAPE, "heads no numbers but sums", "Export it again.")
        return columns
    taken = {*columns.periods, *columns.totals, *band.headings}
    observed = [
        row
        for row, filled in columns.rows.items()
        if columns.has_numbers(row)
        and not any(may_be_total(sheet.words((row, at))) for at in filled if at not in taken)
    ]
    _find_labels(columns, band, observed, known)
    if not columns.labels and columns.parts is None and not telling.failed:
        what = "has no names of areas beside its numbers"
        hint = "Name the area of each row in the first column."
        columns.tell((band.header, min(taken)), codes.EXTRACT_SHAPE, what, hint)
    # the last months when no row has anything in them: an extract laid out for the whole year
    with_numbers = {column for row in observed for column in columns.rows[row]}
    while observed and len(columns.periods) > 1 and (last := list(columns.periods)[-1]) not in with_numbers:
        what = f"is {written(columns.periods.pop(last))}, for which no row has a number, so it is left out"
        place = (columns.header, last)
        columns.tell(place, codes.EXTRACT_LEFT_OUT, what, "Nothing to do if it is still to come.")
    return columns


def _find_periods(columns: SheetColumns, band: Band, known: KnownNames) -> None:
    """Sort the headings into periods and totals; tell of one that stands there twice or is a day in mid-month."""
    if band.open_year is not None:
        year = int(columns.sheet.words((band.header, band.open_year)))
        columns.tell((band.header, band.open_year), codes.EXTRACT_HEADING, *either_year(year))
    if band.open_month is not None:
        what = f"is month {columns.sheet.words(band.open_month)} of a year that does not begin in January"
        columns.tell(band.open_month, codes.EXTRACT_HEADING, what, NAME_MONTHS)
    if band.open_quarter is not None:
        _tell_quarter(columns, band.open_quarter, band.open_quarter[1])
    band = replace(band, headings=_as_days(columns, band.headings))
    if columns.telling.failed:
        return
    beside = {each.words for each in band.headings.values()}
    columns.in_all = beside.pop() if len(beside) == 1 else ""
    lengths = Counter(length_of(each.period) for each in band.headings.values())
    length = min(lengths, key=lambda each: (-lengths[each], each)) if lengths else 0
    summing = _summing(columns, band, known)
    seen: dict[tuple[Period, tuple[str, ...]], int] = {}
    twice: list[tuple[int, int]] = []
    for column, each in band.headings.items():
        place, extra = (band.header, column), band.extras.get(column, ())
        words = (columns.sheet.words(place), *extra)
        if any(folded(word) in columns.choices.leave_out for word in words if word):
            columns.left_out.append(" ".join(words))
            continue
        if length_of(each.period) != length or column in band.sums or column in summing:
            continue
        columns.periods[column], columns.extras[column] = each.period, extra
        if each.state is not None:
            columns.states[column] = each.state
        first = seen.setdefault((each.period, extra), column)
        if first != column:
            twice.append((column, first))
    week = _week_below(columns, twice)
    if week is not None:
        what = f"is week {columns.sheet.words(week)}, which may begin on any day"
        columns.tell(week, codes.EXTRACT_HEADING, what, NAME_WEEKS)
    elif twice:
        column, first = twice[0]
        more = f"; {len(twice) - 1} more {'is' if len(twice) == 2 else 'are'} like it" if len(twice) > 1 else ""
        is_there = f"as {columns.sheet.cell((columns.header, first))} is already"
        what = f"is {written(columns.periods[column])}, {is_there}{more}"
        hint = "Correct one, or put a second table on a sheet of its own." if more else "Correct one, or delete it."
        columns.tell((band.header, column), codes.EXTRACT_HEADING, what, hint)
    columns.periods = dict(sorted(columns.periods.items(), key=lambda item: (item[1].starts, item[0])))
    _find_totals(columns, band, summing)


def _week_below(columns: SheetColumns, twice: Sequence[tuple[int, int]]) -> CellPlace | None:
    """The number of a week below a year that stands over several; None where none does."""
    for _, column in twice:
        below = next((row for row in sorted(columns.rows) if (row, column) in columns.sheet.cells), -1)
        corner = next(iter(columns.sheet.row(below).values()), "")
        if isinstance(corner, str) and folded(corner).startswith("week"):
            return below, column
    return None


def _as_days(columns: SheetColumns, headings: Mapping[int, PeriodHeading]) -> Mapping[int, PeriodHeading]:
    """The headings as days, where some are days within a month; or as they are, with a diagnostic where that is odd."""
    days = {column: each.day for column, each in headings.items() if each.day is not None}
    odd = [column for column, each in headings.items() if each.is_in_mid_month]
    if not odd:
        return headings
    place, told = (columns.header, odd[0]), [columns.sheet.words((columns.header, column)) for column in days]
    turned = [parse_american_day(text) for text in told]
    if len(turned) > 1 and len(set(turned)) == len(turned) and all(day and day.day == 1 for day in turned):
        what = f"is {told[0]}: the headings are days of {days[odd[0]]:%B} or, the American way round, months"
        columns.tell(place, codes.EXTRACT_HEADING, what, "Write months as 2025-04, or days as 2025-04-30.")
    elif len({(day.year, day.month) for day in days.values()}) == len(set(days.values())) and len(days) > 1:
        more = f"; {len(odd) - 1} more {'is' if len(odd) == 2 else 'are'} like it" if len(odd) > 1 else ""
        what = f"is {print_day(days[odd[0]])}, a day within the month{more}"
        hint = "Excel reads “Apr-15” as 15 April: write the month as 2015-04, or as its first or last day."
        columns.tell(place, codes.EXTRACT_HEADING, what, hint)
    else:
        return {
            column: each if (day := days.get(column)) is None else replace(each, period=Period(day, day))
            for column, each in headings.items()
        }
    return headings


def _summing(columns: SheetColumns, band: Band, known: KnownNames) -> frozenset[int]:
    """The columns whose other headings name a total; beside those of areas or forces “Force” does so too."""
    beside = [
        AREA if any(folded(extra[index]) in known.all for extra in band.extras.values()) else ""
        for index in range(len(band.extra_rows))
    ]
    return frozenset(
        column
        for column, extra in band.extras.items()
        if any(
            is_total(word, of) and folded(word) not in columns.choices.keep
            for word, of in zip(extra, beside, strict=True)
        )
    )


def _find_totals(columns: SheetColumns, band: Band, summing: frozenset[int]) -> None:
    """Find the columns that sum others: by the longer period that heads them, or by their name."""
    sheet = columns.sheet
    for column, each in band.headings.items():
        if column in columns.periods:
            continue
        extra = band.extras.get(column, ())
        text = sheet.words((band.header, column))
        if any(folded(word) in columns.choices.leave_out for word in (text, *extra) if word):
            continue
        if column in summing:
            columns.extras[column] = extra
            columns.totals[column] = tuple(at for at, period in columns.periods.items() if period == each.period)
            continue
        within = [
            at for at, period in columns.periods.items() if each.period.holds(period) and columns.extras[at] == extra
        ]
        if column in band.sums or sum(columns.periods[at].days for at in within) == each.period.days:
            columns.totals[column] = tuple(within)
            columns.longer |= {column} - band.sums
        elif within or each.period.length > next(iter(columns.periods.values()), each.period).length:
            columns.leave_out(column, text, "sums months that are not all there")
        else:
            columns.leave_out(column, text, "is of another length than the others")
    for column in band.named:
        text = band.named[column]
        if column in columns.periods or column in columns.totals or not may_be_total(text):
            continue
        if folded(text) in columns.choices.leave_out:
            columns.left_out.append(text)
        elif any(is_numberish(sheet.cells[row, column]) for row in columns.rows if (row, column) in sheet.cells):
            of = heading(beside_total(text))
            within = [at for at, period in columns.periods.items() if of is None or of.period.holds(period)]
            if of is not None and sum(columns.periods[at].days for at in within) != of.period.days:
                columns.leave_out(column, text, "sums months that are not all there")
            else:
                columns.totals[column] = tuple(within)


def _find_labels(columns: SheetColumns, band: Band, observed: Sequence[int], known: KnownNames) -> None:
    """Name the columns of words before the first month and the other rows of headings; tell of other columns."""
    texts = _texts(columns, band, observed)
    if all(period.length == 12 for period in columns.periods.values()):
        columns.parts = next((at for at, each in texts.items() if all(map(is_part_of_a_year, each))), None)
        _tell_open_quarter(columns, observed)
        texts.pop(-1 if columns.parts is None else columns.parts, None)
    given = iter(columns.choices.names)
    names = name_columns({at: band.named.get(at, "") for at in texts}, texts, known, given)
    for column, name in names.items():
        if not re.fullmatch(r"[a-z]\w*", name):
            what = f"gives a column the name “{name}”, which is none" if name else "names no column"
            hint = "Write what the column holds, such as Crime type; or say so with --names crime_type."
            columns.tell((columns.header, column), codes.EXTRACT_HEADING, what, hint)
    extras = band.extra_names(given)
    if not all(extras):
        row = band.extra_rows[extras.index("")]
        what = f"begins another row of headings (“{columns.sheet.words((row, min(band.headings)))}”) without a name"
        hint = "Name such rows from above, each for what it tells apart, such as --names sex --names outcome."
        columns.tell((row, 0), codes.EXTRACT_HEADING, what, hint)
    taken = Counter(filter(None, (*names.values(), *extras)))
    for name in [name for name, count in taken.items() if count > 1 and not columns.telling.failed]:
        column = max((at for at, each in names.items() if each == name), default=columns.first)
        what = f"names a second column “{name}”"
        columns.tell((columns.header, column), codes.EXTRACT_HEADING, what, "Name it differently, or delete it.")
    columns.labels, columns.extra_names = names, extras


def _tell_open_quarter(columns: SheetColumns, observed: Sequence[int]) -> None:
    """Tell of a quarter by its number beside years such as 2024, which nothing calls calendar years."""
    sheet, at = columns.sheet, columns.parts
    is_said = any("calendar" in sheet.words(place).lower() for place in sheet.cells if place[0] <= columns.header)
    if at is None or is_said or columns.choices.when is not None:
        return
    quarter = next(((row, at) for row in observed if is_bare_quarter(sheet.words((row, at)))), None)
    if quarter:
        _tell_quarter(columns, quarter, min(columns.periods))


def _tell_quarter(columns: SheetColumns, place: CellPlace, last: int) -> None:
    """Tell of a quarter of either kind of year where one such as 2024, the nearest up to column ``last``, heads it."""
    sheet = columns.sheet
    heads = (sheet.words((columns.header, column)) for column in reversed(sheet.row(columns.header)) if column <= last)
    year = next((text for text in heads if re.fullmatch(r"\d{4}", text)), None)
    if year is not None:
        columns.tell(place, codes.EXTRACT_HEADING, *either_quarter(sheet.words(place), int(year)))


def _texts(columns: SheetColumns, band: Band, observed: Sequence[int]) -> dict[int, list[str]]:
    """The columns of words before the first month, which name the rows; tell of a column of numbers that is no month.

    Where there are none, the first column names the rows by numbers, such as 101 and 999.
    """
    sheet, first = columns.sheet, min(columns.periods)
    taken = {*columns.periods, *columns.totals, *band.headings}
    texts: dict[int, list[str]] = {}
    others: list[tuple[int, str]] = []
    for column in sorted({column for row in observed for column in columns.rows[row]} - taken):
        text = band.named.get(column, "")
        values = [sheet.cells[row, column] for row in observed if (row, column) in sheet.cells]
        if text and folded(text) in columns.choices.leave_out:
            columns.left_out.append(text)
        elif not text and column - 1 in columns.periods and {*map(words, values)} <= STATES.keys():
            columns.marks[column - 1] = column
        elif column > first or all(is_numberish(value) or not isinstance(value, str) for value in values):
            others.append((column, text))
        else:
            texts[column] = [folded(sheet.words((row, column))) for row in observed]
    if not texts and others and others[0][0] < first:
        column, _ = others.pop(0)
        texts[column] = [folded(sheet.words((row, column))) for row in observed]
    for column, text in others:
        columns.leave_out(column, text, "names no rows and is headed by no month or quarter")
    return texts
