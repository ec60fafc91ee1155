"""What the values of settings may be, and how each is told that it may not."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict

from papergen.values.chrome import ENGLISH, languages
from papergen.values.periods import YEARS, Month


def _one_line(text: str) -> str:
    if not text.strip():
        raise ValueError("it is empty")
    if "\n" in text.strip():
        raise ValueError("it must stand on one line")
    return " ".join(text.split())


def matching(pattern: str | re.Pattern[str], otherwise: str) -> AfterValidator:
    """What takes texts that are as the pattern has it, and tells of any other in the words ``otherwise``."""

    def check(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError(otherwise)
        return text

    return AfterValidator(check)


def _of_our_time(day: date | Month) -> date | Month:
    if day.year not in YEARS:
        raise ValueError(f"it must be from {YEARS[0]} to {YEARS[-1]}")
    return day


def _as_day_or_month(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, str) and (found := re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", value)):
        value = Month(int(found[1]), int(found[2]))
    if type(value) is date or isinstance(value, Month):
        return _of_our_time(value)
    raise ValueError("it must be a day such as 2015-12-01 or a month such as 2015-12")


def _agenda_item(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, str) and re.fullmatch(r"[1-9]\d{0,2}[A-Za-z]?(\.\d{1,3})*(\([a-z0-9]{1,4}\))*", value):
        return value
    if type(value) is int and value >= 1:
        return str(value)
    raise ValueError('it must be a whole number of 1 or more, or a text such as "4(a)" or "7.2" between straight marks')


def _language(text: str) -> str:
    if text.partition("-")[0] not in languages():
        raise ValueError(f"it must be a language that papergen has words of: {', '.join(languages())}")
    return ENGLISH if text == "en" else text


def _own_fact(value: Any) -> Any:  # noqa: ANN401
    if type(value) in (int, date):
        return value
    if isinstance(value, str):
        return _one_line(value)
    raise ValueError("it must be words, a whole number or a day")


Line = Annotated[str, AfterValidator(_one_line)]
FolderName = Annotated[
    str, matching(r"[a-z0-9]+(-[a-z0-9]+)*", "it must be small letters, digits and hyphens, such as appendix-a")
]
PythonName = Annotated[
    str, matching(r"[a-z][a-z0-9_]*", "it must be small letters, digits and underscores, and begin with a letter")
]
Language = Annotated[str, AfterValidator(_language)]
PdfName = Annotated[str, matching(r"(?i)\w[\w .,()-]*\.pdf", "it must be the name of a PDF file, such as strategy.pdf")]
AgendaItem = Annotated[str, BeforeValidator(_agenda_item)]
OwnFact = Annotated[str | int | date, BeforeValidator(_own_fact)]
Day = Annotated[date, AfterValidator(_of_our_time)]
DayOrMonth = Annotated[date | Month, BeforeValidator(_as_day_or_month)]


class SettingsModel(BaseModel):
    """Settings with no names but those that are known."""

    model_config = ConfigDict(
        defer_build=True, extra="forbid", frozen=True, arbitrary_types_allowed=True, populate_by_name=True
    )
