"""The names of the columns of an extract, and the names that the panel knows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from papergen.data.tables import PERIOD_COLUMNS
from papergen.data.wide.cells import folded
from papergen.data.wide.headings import UNIT, lead_in

Areas = Mapping[str, str]
"""The policing areas by what all spellings of their names have in common."""

FORCE_HEADINGS = ("force", "police_force", "police_force_area", "force_name", "police_force_name", "force_area")
_FORCE_WORD = re.compile(r"\s+(?:police|constabulary|force|total|overall)\b", re.IGNORECASE)
_NOTE_OR_UNIT = re.compile(r"\s*[(\[](?:notes?\b|£|%)[^)\]]*[)\]]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class KnownNames:
    """The names of policing areas and of forces that the panel knows, by what all their spellings have in common.

    ``own`` are the spellings of the force that the areas make up: “anyshire police”, “anyshire”.
    """

    areas: Areas
    forces: Areas
    own: frozenset[str] = frozenset()

    @classmethod
    def of(cls, areas: Sequence[str], forces: Sequence[str], own: str = "") -> KnownNames:
        spelt = {folded(own), folded(_FORCE_WORD.sub("", own))} - {""} if own else set()
        return cls({folded(area): area for area in areas}, {folded(force): force for force in forces}, frozenset(spelt))

    def is_sum_of_areas(self, text: str) -> bool:
        """Whether a name among areas is that of all of them together."""
        return folded(text) not in self.areas and folded(_FORCE_WORD.sub("", text)) in self.own

    @property
    def all(self) -> Mapping[str, str]:
        return {**self.forces, **self.areas}


def name_columns(
    headings: Mapping[int, str], texts: Mapping[int, Sequence[str]], known: KnownNames, given: Iterator[str]
) -> dict[int, str]:
    """The names of columns of words by their headings and by what they hold (in the form of ``folded``).

    Columns of policing areas are called “area” and those of forces “force”, whatever their headings say; one that has
    no name takes the next of those that are ``given``.
    """
    names = {column: column_name(text) for column, text in headings.items()}
    names = {column: "" if _WHEN.fullmatch(name) else name for column, name in names.items()}
    names.update({column: "force" for column, name in names.items() if name in FORCE_HEADINGS})
    if any(name in ("area", "policing_area") for name in names.values()):
        names.update({column: "area" for column, name in names.items() if name == "policing_area"})
    else:
        areas = {column: sum(text in known.areas for text in texts[column]) for column in names}
        forces = {column: sum(text in known.forces for text in texts[column]) for column in names}
        by_areas = max(names, key=lambda column: (areas[column], -column), default=None)
        if by_areas is not None and areas[by_areas] and areas[by_areas] >= forces[by_areas]:
            names[by_areas] = "area"
        elif blank := [column for column, name in names.items() if not name and forces[column]]:
            names[blank[0]] = "force"
    is_alone = list(names.values()) == [""]
    return {column: name or next(given, "area" if is_alone else "") for column, name in names.items()}


_WHEN = re.compile(
    r"(?:(?:fin|financial|fiscal|calendar|academic|school|reporting)_)?"
    r"(?:months?|quarters?|qtr|half(?:_years?)?|halves|years?|yr|fy|weeks?|dates?|periods?|w_[ce])"
    r"(?:_(?:beginning|commencing|ended|ending|starting|to))?"
)
"""Names of columns that say when, in which names across or down are named by nothing."""


def column_name(text: str) -> str:
    """A heading as the name of a column: small letters and underscores; empty for one that says when."""
    text = UNIT.sub("", _NOTE_OR_UNIT.sub("", text))
    name = "" if lead_in(text) else re.sub(r"\W+", "_", text.lower()).strip("_")
    return "" if name in (*PERIOD_COLUMNS, "months", "quarters", "dates", "years") else name
