"""The words that papergen itself prints round what people write: a file of them for each language."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from papergen.values.chrome.exhibits import ExhibitWords
from papergen.values.own_yaml import read_own_yaml

ENGLISH = "en-GB"

_FILES = {path.stem: path for path in sorted(Path(__file__).parent.glob("*.yaml"))}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chrome(ExhibitWords):
    """The words of one language, each by what it is for; braces in them stand where something is put in.

    ``pages`` are the words for one page and for several, and ``months_after_to`` those of a month that follows ``to``.
    """

    language: str
    contents: str
    table: str
    figure: str
    section: str
    title: str
    paragraph: str
    recommendation: str
    point: str
    notes: str
    note: str
    back_to_note: str
    of_page: str
    appendices: str
    pages: tuple[str, ...]
    attachment: str
    chart_data: str
    data_of: str
    summary: tuple[str, ...]
    summary_title: str
    signs: str
    aim: str
    exception: str
    only_exceptions: str
    draft: str
    final: str
    page: str
    of: str
    report_of: str
    agenda_item: str
    skip: str
    to_top: str
    meeting_of: str
    host: str
    editions: str
    chart: str
    this_chart: str
    data_shown: str
    data_as_csv: str
    description: str
    months: tuple[str, ...]
    months_after_to: tuple[str, ...]
    weekdays: tuple[str, ...]
    quarters: tuple[str, ...]
    to: str
    last_of_list: str
    more: str
    provisional: str
    estimated: str

    def pages_of(self, count: int) -> str:
        """``"1 page"``, ``"12 pages"``."""
        return self.pages[count != 1].format(number=count)

    def listed(self, words: tuple[str, ...], most: int = sys.maxsize - 1) -> str:
        """``"burglary, robbery and theft"``, or at most so many and how many more; nothing for no words."""
        if len(words) > most + 1:
            words = (*words[:most], self.more.format(number=len(words) - most))
        first = ", ".join(words[:-1])
        return f"{first}{self.last_of_list}{words[-1]}" if first else "".join(words)


class NumberedLabel(str):
    """What something is called by its number, such as "section 3", which keeps both for texts in other languages.

    ``kind`` is the name of the words in ``Chrome``.
    """

    kind: str
    number: str

    @classmethod
    def of(cls, words: Chrome, kind: str, number: str) -> NumberedLabel:
        """The label in these words; that of tables and figures is their word with the number behind it."""
        form: str = getattr(words, kind)
        label = cls(form.format(number=number) if "{number}" in form else f"{form} {number}")
        label.kind, label.number = kind, number
        return label


def said_in(language: str, label: str) -> str:
    """A label in the words of a language: "adran 3" for "section 3"; a name, which has no number, stays as it is."""
    return NumberedLabel.of(chrome(language), label.kind, label.number) if isinstance(label, NumberedLabel) else label


def is_english(language: str) -> bool:
    """Whether a language, as BCP 47 names it, is English; no name stands for English too."""
    return language.partition("-")[0] in ("", "en")


def languages() -> tuple[str, ...]:
    """The languages that there are words of, by their short names."""
    return tuple(_FILES)


@cache
def chrome(language: str = ENGLISH) -> Chrome:
    """The words of a language, ``"cy"`` or ``"cy-GB"``; those of English where there are none."""
    path = _FILES.get(language.partition("-")[0], _FILES["en"])
    given = read_own_yaml(path)
    words: dict[str, Any] = {key: tuple(each) if isinstance(each, list) else each for key, each in given.items()}
    return Chrome(**words)
