"""The number in a cell, the state it has, or what the cell has instead."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from papergen.data.wide.cells import SheetCell, words
from papergen.data.wide.choices import Choices
from papergen.values.cell_numbers import parse_number
from papergen.values.states import ALONE, NumberState, split_state
from papergen.values.words import shortened

USUAL_DECIMALS, SMALL_DECIMALS = 6, 9
"""The places to which computed numbers are rounded: those of 0.001 and more, and smaller ones."""

_DASH = re.compile(r"-+|–|—|\.")
_BELOW = re.compile(r"(?:<|less than|fewer than|under)\s*\d+", re.IGNORECASE)
_NOTE = re.compile(r"\s*(?:\*+|†+|‡+|[¹²³⁴⁵⁶⁷⁸⁹]+|\[(?:(?:note\s*)?\d{1,2}|b|u|w|s|ns|f|er)\])$", re.IGNORECASE)
"""Marks behind a number: of notes, and those of the Government Statistical Service for breaks and the like."""
_NOTE_IN_BRACKETS = re.compile(r"(?P<number>.*\d)\s*\((?P<mark>\d{1,2})\)")
_BRACKETS = re.compile(r"(£?)\((£?)\s*([^()]*)\)(%?)")
_SCALED = re.compile(r"(?P<number>[-+(]*£.*\d)\s*(?P<scale>k|m|bn|thousand|million|billion)(?P<end>\)?)", re.IGNORECASE)
_SCALES = {"k": 3, "t": 3, "m": 6, "b": 9}
_MINUS = re.compile(r"^[\u2212–—-]\s*(?=[£\d])|\u2212")
_PER_CENT = re.compile(r"(?<=\d)\s*(?:per ?cent|pct)$", re.IGNORECASE)
_TINY = re.compile(r"-?\d(?:\.\d+)?E-\d{1,2}", re.IGNORECASE)
_CUT_SHORT = re.compile(r"-?\d(?:\.\d+)?E\+?\d{1,2}", re.IGNORECASE)
_THOUSANDS = re.compile(r"£['’]?000s?")
_MINUS_LAST = re.compile(r"^(£?\d[\d,. ]*)-$")
_SIGN_FIRST = re.compile(r"([-+])\s*£\s*(\d.*)")

_COMMA = re.compile(r"\d+,(?:\d{1,2}|\d{4,})|0,\d+|\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}")
_POINT = re.compile(r"\d+\.(?:\d{1,2}|\d{4,})|0\.\d+|\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}")
_EITHER = re.compile(r"\d{1,3}[.,]\d{3}")


@dataclass(frozen=True, slots=True)
class CellNumber:
    """What a cell says: its number, or None for one that is not given; its state; and what was done to read it."""

    value: Decimal | None
    state: NumberState | None = None
    mark: str = ""
    is_percentage: bool = False
    is_rounded: bool = False
    is_in_brackets: bool = False
    note: str = ""
    is_scaled: bool = False


@dataclass(frozen=True, slots=True)
class CellProblem:
    """Why a cell is no number, in words that follow its name, and what to do.

    One that is common stands for all cells with the same cause, whatever each of them holds.
    """

    what: str
    hint: str
    is_common: bool = False

    @property
    def kind(self) -> str:
        """What all cells have in common that are told of once."""
        return self.hint if self.is_common else self.what


@dataclass(frozen=True, slots=True)
class NumberReader:
    """Reads the numbers of a sheet as its analyst and its notes (by their marks) say."""

    choices: Choices
    notes: Collection[str] = ()
    decimal_comma: bool = False

    def read(self, value: SheetCell, *, percent: bool = False) -> CellNumber | CellProblem:
        """The number in a cell, to the 15 digits that Excel keeps; ``percent`` is true of one shown as a percentage."""
        if isinstance(value, bool | time | timedelta | date):
            return CellProblem(f"holds “{value}”, which is no number", "Format the cell as a number, and check it.")
        if isinstance(value, str):
            return self._text(_plain_text(value))
        found = Decimal(f"{value:.15g}")
        if not found.is_finite():
            return CellProblem(f"holds “{value}”, which is no number", "Correct it.")
        percent = percent or self.choices.are_shares is True
        return self._rounded(CellNumber(found * 100 if percent else found, is_percentage=percent), f"{value:.15g}")

    def _text(self, text: str) -> CellNumber | CellProblem:
        meaning = self.choices.marks.get(text.casefold())
        if meaning is not None:
            return CellNumber(meaning, mark=text) if isinstance(meaning, Decimal) else CellNumber(None, meaning, text)
        if not text:
            hint = "Write 0 if none was counted, or [x] if there is no number (for all of them --mark blank=0)."
            return CellProblem("has nothing in it", hint)
        if text.casefold() == "nil":
            return CellNumber(Decimal(0), mark=text)
        alone = ALONE.get(text.casefold()) or (NumberState.HELD_BACK if _BELOW.fullmatch(text) else None)
        if alone is not None:
            return CellNumber(None, alone, text)
        if _DASH.fullmatch(text):
            what = f"holds “{text}”, which may stand for none or for a number held back"
            return CellProblem(what, f"Say which: --mark {text}=0, or --mark {text}=c.")
        return self._written(text)

    def _written(self, text: str) -> CellNumber | CellProblem:
        plain, state = split_state(_NOTE.sub("", text))
        plain = _NOTE.sub("", plain)
        in_brackets = _NOTE_IN_BRACKETS.fullmatch(plain)
        has_note = _NOTE.search(text) is not None
        if in_brackets and in_brackets["mark"] in self.notes:
            plain, has_note = in_brackets["number"], True
        plain, scale = _unscaled(plain)
        bracketed = _BRACKETS.fullmatch(plain)
        if bracketed:
            plain = f"-{bracketed[3].strip()}{bracketed[4]}"
        percent = plain.endswith("%")
        plain = _SIGN_FIRST.sub(r"\1\2", _MINUS_LAST.sub(r"-\1", plain.removesuffix("%").strip()))
        if self.decimal_comma:
            plain = plain.replace(".", "\0").replace(",", ".").replace("\0", ",")
        number = Decimal(plain) if _TINY.fullmatch(plain) else parse_number(plain)
        if number is None:
            is_common = re.fullmatch(r"[\d,:]+", plain) is not None
            return CellProblem(f"holds “{shortened(text)}”, which is no number", what_to_write(text, plain), is_common)
        share = self.choices.are_shares is True and not percent
        found = CellNumber(
            number.scaleb(scale) * (100 if share else 1),
            state,
            is_percentage=percent or share,
            is_in_brackets=bracketed is not None,
            note=text if has_note else "",
            is_scaled=scale != 0,
        )
        return self._rounded(found, text)

    def _rounded(self, cell: CellNumber, text: str) -> CellNumber | CellProblem:
        number = cell.value or Decimal(0)
        if number.adjusted() > 15:
            return CellProblem(f"holds {shortened(text)}, which has more digits than a figure needs", "Round it.")
        places = self.choices.decimals
        if places is None:
            places = USUAL_DECIMALS if abs(number) >= Decimal("0.001") else SMALL_DECIMALS
        kept = plain(number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))
        return replace(cell, value=kept, is_rounded=kept != number)


def _plain_text(value: str) -> str:
    """The text of a cell with a hyphen for every minus sign and % for per cent."""
    return _PER_CENT.sub("%", _MINUS.sub("-", words(value)))


def _unscaled(text: str) -> tuple[str, int]:
    """``("£1.2", 6)`` for ``£1.2m``: the number and its power of ten."""
    found = _SCALED.fullmatch(text)
    return (f"{found['number']}{found['end']}", _SCALES[found["scale"][0].lower()]) if found else (text, 0)


def what_to_write(text: str, plain: str = "") -> str:
    """What mends a cell that is no number."""
    if re.fullmatch(r"\d+,\d+", plain):
        return "Write 12.5 for twelve and a half, or say that the sign is a comma: --decimal comma."
    if _CUT_SHORT.fullmatch(plain):
        return "Excel has cut it short: format its cells as numbers, and save the file again."
    if re.fullmatch(r"\d+:\d\d(?::\d\d)?", text):
        return "Write a time as a number of minutes, hours or days, such as 12.5."
    if len(text) <= 6 and not any(map(str.isdecimal, text)):
        return f'Say what it stands for, such as held back, not available or none: --mark "{text}=c", =x or =0.'
    return "Write the number alone, such as 1234 or 12.5."


def decimal_comma(texts: Iterable[str], *, is_continental: bool) -> bool | str:
    """Whether numbers have a comma as their decimal sign; or, of a number that may be either, that number.

    Only a file that programs write where the comma is the decimal sign (``is_continental``: with semicolons) has it.
    """
    if not is_continental:
        return False
    either = ""
    comma = point = False
    for text in texts:
        number = text.strip().lstrip("-+£(").rstrip("%)")
        comma = comma or _COMMA.fullmatch(number) is not None
        point = point or _POINT.fullmatch(number) is not None
        either = either or (number if _EITHER.fullmatch(number) else "")
    if comma != point:
        return comma
    return either or (comma and "1,5 and 1.5")


def plain(number: Decimal) -> Decimal:
    """The same number without trailing zeros, an exponent, or a minus before zero."""
    return number.quantize(Decimal(1)) + 0 if number == number.to_integral_value() else number.normalize()


def is_numberish(value: SheetCell, *, letters: bool = False) -> bool:
    """Whether a cell is, or stands for, a number: 12, "1,234", "5%", "-", "12 (p)", "(450)".

    With ``letters``, words and letters stand for one too, as in "c"; elsewhere they may be names.
    """
    if not isinstance(value, str):
        return not isinstance(value, bool | date | time | timedelta)
    text = _plain_text(value)
    if _THOUSANDS.fullmatch(text):
        return False
    if _DASH.fullmatch(text) or _BELOW.fullmatch(text):
        return True
    if text.casefold() in ALONE or text.casefold() == "nil":
        return letters or not text.isalpha()
    text = _MINUS_LAST.sub(r"\1", _unscaled(_NOTE.sub("", split_state(_NOTE.sub("", text))[0]))[0])
    if not text[-1:].isdecimal() and text[-1:] not in ("%", ")"):
        return False
    text = text.strip("()%£+- ").replace("£", "")
    if _TINY.fullmatch(text) or _CUT_SHORT.fullmatch(text):
        return True
    return parse_number(text) is not None or parse_number(text.replace(".", "").replace(",", ".")) is not None
