"""Numbering: sections, tables, figures and footnotes are counted, and everything gets its key."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from papergen import codes
from papergen.diagnostics import Diagnostics, Span
from papergen.model.nodes import Block, Figure, Footnote, Inline, Section, Table
from papergen.model.walk import plain_text, rebuild
from papergen.papers.gather import GatheredSection


def slug(words: str) -> str:
    """``"by-policing-area"`` for "By policing area"."""
    folded = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-") or "section"


def number_sections(
    gathered: tuple[GatheredSection, ...], *, depth: int, diagnostics: Diagnostics
) -> tuple[Section, ...]:
    """The sections with numbers down to ``depth``, keys unique within the paper, tables, figures and footnotes counted.

    A section that stands for an objective carries the objective's number and none of its own.
    """
    return _Numbering(depth, diagnostics).sections(gathered, holder="", prefix="", numbered=True)


class _Numbering:
    def __init__(self, depth: int, diagnostics: Diagnostics) -> None:
        self._depth = depth
        self._diagnostics = diagnostics
        self._keys: dict[str, Span] = {}
        self._tables = self._figures = self._footnotes = 0

    def sections(
        self, gathered: tuple[GatheredSection, ...], *, holder: str, prefix: str, numbered: bool
    ) -> tuple[Section, ...]:
        """The sections of one level; headings inside a file come before the files inside its folder."""
        counted = 0
        result: list[Section] = []
        for found in gathered:
            number = ""
            if numbered and found.numbered and found.section.objective is None and found.section.level <= self._depth:
                counted += 1
                number = f"{prefix}{counted}"
            section = self._section(found.section, holder=holder, number=number)
            headings = tuple(GatheredSection(heading, numbered=True) for heading in found.section.sections)
            inside = self.sections(
                (*headings, *found.inside), holder=section.key, prefix=f"{number}.", numbered=bool(number)
            )
            result.append(replace(section, sections=inside))
        return tuple(result)

    def _section(self, section: Section, *, holder: str, number: str) -> Section:
        if section.key:
            self._take(section.key, section.at)
        else:
            section = replace(section, key=self._free(f"{holder}-{slug(plain_text(section.title))}", section.at))
        label = section.label or (f"section {number}" if number else f"‘{plain_text(section.title)}’")

        def block(found: Block, index: int) -> Block:
            if isinstance(found, Table) and found.caption:
                self._tables += 1
                found = replace(found, number=self._tables)
            elif isinstance(found, Figure) and found.caption:
                self._figures += 1
                found = replace(found, number=self._figures)
            if found.key:
                self._take(found.key, found.at)
                return found
            return replace(found, key=self._free(f"{section.key}-{index}", found.at))

        def inline(found: Inline) -> Inline:
            if isinstance(found, Footnote):
                self._footnotes += 1
                return replace(found, number=self._footnotes)
            return found

        own = replace(section, number=number, label=label, sections=())  # those inside are numbered in their turn
        return rebuild(own, block=block, inline=inline)

    def _take(self, key: str, at: Span) -> None:
        if key in self._keys:
            self._diagnostics.add(
                codes.ID_TWICE,
                at,
                f"The id “{key}” is taken already, at {self._keys[key]}.",
                "Give one of the two another id (a file's id is its name without the number).",
            )
        self._keys[key] = at

    def _free(self, wanted: str, at: Span) -> str:
        """``wanted``, or the next free name like it, taken for what stands at ``at``."""
        key, count = wanted, 1
        while key in self._keys:
            count += 1
            key = f"{wanted}-{count}"
        self._keys[key] = at
        return key
