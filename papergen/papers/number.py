"""Numbering: sections, tables, figures and footnotes are counted, and everything gets its key."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from papergen import codes
from papergen.diagnostics import Diagnostics, Span
from papergen.model.nodes import (
    Block,
    Box,
    BoxKind,
    Figure,
    Footnote,
    InLanguage,
    Inline,
    List,
    ListItem,
    Paragraph,
    Section,
    Table,
)
from papergen.model.numerals import Numerals, numeral
from papergen.model.walk import Within, plain_text, rebuild
from papergen.papers.gather import GatheredSection
from papergen.values.chrome import Chrome, NumberedLabel, is_english
from papergen.values.words import slug
from papergen.workspace.paper_settings import PaperSettings


def number_sections(
    gathered: tuple[GatheredSection, ...],
    *,
    settings: PaperSettings,
    words: Chrome,
    diagnostics: Diagnostics,
    numerals: tuple[Numerals, ...] = (),
) -> tuple[Section, ...]:
    """The sections with their numbers, keys unique within the paper, tables, figures and footnotes counted.

    ``numerals`` are those of each level of headings; without them they count in figures.

    A section that stands for an objective carries the objective's number and none of its own.  Paragraphs are numbered
    as the paper asks; those numbered within a section and the headings inside it share one count, so that no number
    stands twice.
    """
    return _Numbering(settings, words, diagnostics, numerals).sections(gathered, holder="", prefix="", numbered=True)


_ASKING = BoxKind.RECOMMENDATIONS


class _Numbering:
    def __init__(
        self, settings: PaperSettings, words: Chrome, diagnostics: Diagnostics, numerals: tuple[Numerals, ...]
    ) -> None:
        self._settings = settings
        self._words = words
        self._language = "" if is_english(settings.in_language) else settings.in_language
        self._diagnostics = diagnostics
        self._keys: dict[str, Span] = {}
        self._numerals = numerals
        self._counts: Counter[str] = Counter()
        self._tables = self._figures = self._footnotes = 0

    def _next(self, prefix: str) -> str:
        """The next number below ``prefix``: "2.4." gives "2.4.1"."""
        self._counts[prefix] += 1
        level = prefix.count(".")
        numerals = self._numerals[level] if level < len(self._numerals) else Numerals.FIGURES
        if not prefix and self._settings.heading_numbers == "letters":
            numerals = Numerals.CAPITALS
        return f"{prefix}{numeral(numerals, self._counts[prefix])}"

    def sections(
        self, gathered: tuple[GatheredSection, ...], *, holder: str, prefix: str, numbered: bool
    ) -> tuple[Section, ...]:
        """The sections of one level; headings inside a file come before the files inside its folder."""
        result: list[Section] = []
        for found in gathered:
            is_counted = numbered and found.numbered and found.section.objective is None
            number = self._next(prefix) if is_counted and found.section.level <= self._settings.number_depth else ""
            within = f"{number}." if number else prefix
            section = self._section(found.section, holder=holder, number=number, within=within)
            inside = self.sections(found.parts, holder=section.key, prefix=within, numbered=bool(number))
            result.append(replace(section, sections=inside))
        return tuple(result)

    def _section(self, section: Section, *, holder: str, number: str, within: str) -> Section:
        key = self._key(section.key, f"{holder}-{slug(plain_text(section.title))}", section.at)
        title = self._words.title.format(words=plain_text(section.title))
        label = section.label or (NumberedLabel.of(self._words, "section", number) if number else title)

        before: str = ""  # what the items of a list are named after: the last numbered paragraph

        def block(found: Block, standing: Within) -> Block:
            nonlocal before
            in_text = all(isinstance(each, Section | InLanguage) for each in standing.holders)
            if isinstance(found, Paragraph) and in_text and not found.unnumbered:
                if number := self._next_paragraph(within):
                    before = NumberedLabel.of(self._words, "paragraph", number)
                    found = replace(found, number=number, label=before)
            elif isinstance(found, Table) and found.caption:
                self._tables += 1
                found = replace(found, number=self._tables, labelled_in=self._language)
            elif isinstance(found, Figure) and found.caption:
                self._figures += 1
                found = replace(found, number=self._figures, labelled_in=self._language)
            elif isinstance(found, List):
                for item in found.items:
                    if item.key:
                        self._key(item.key, "", found.at)
                found = self._labelled(found, *((before, "point") if in_text else _named_after(standing)))
            return replace(found, key=self._key(found.key, f"{key}-{standing.index}", found.at))

        def inline(found: Inline) -> Inline:
            if isinstance(found, Footnote):
                self._footnotes += 1
                return replace(found, number=self._footnotes)
            return found

        # Those inside are numbered in their turn.
        own = replace(section, key=key, number=number, label=label, sections=())
        return rebuild(own, block=block, inline=inline)

    def _next_paragraph(self, within: str) -> str:
        if self._settings.paragraphs == "section":
            return self._next(within) if within else ""
        if self._settings.paragraphs != "paper":
            return ""
        self._counts["paragraphs"] += 1
        return str(self._counts["paragraphs"])

    def _key(self, own: str, otherwise: str, at: Span) -> str:
        """The key of what stands at ``at``: its own, or the next free name like ``otherwise``."""
        key, count = own or otherwise, 1
        while not own and key in self._keys:
            count += 1
            key = f"{otherwise}-{count}"
        if key in self._keys:
            self._diagnostics.add(
                codes.ID_TWICE,
                at,
                f"The id “{key}” is taken already, at {self._keys[key]}.",
                "Give one of the two another id (a file's id is its name without the number).",
            )
        self._keys[key] = at
        return key

    def _labelled(self, found: List, inside: str, alone: str) -> List:
        """The list with its items labelled: "paragraph 4.2(b)" ``inside`` of what is named so, and else by ``alone``.

        ``alone`` is the kind of label of items that stand by themselves; empty for a list whose items have no names.
        """
        if not (inside or alone):
            return found

        def label(index: int) -> str:
            mark = found.mark(index).strip("()")
            # Figures that stand behind others are told apart by brackets; a bullet has no mark to be named by.
            mark = f"({mark})" if mark and (found.marks or inside) else mark
            if mark and isinstance(inside, NumberedLabel):
                return NumberedLabel.of(self._words, inside.kind, f"{inside.number}{mark}")
            return NumberedLabel.of(self._words, alone, mark) if mark and alone else ""

        return replace(found, items=tuple(replace(each, label=label(index)) for index, each in enumerate(found.items)))


def _named_after(standing: Within) -> tuple[str, str]:
    """The name of what a list stands in, and the kind of label of its items where that has none."""
    holder = standing.holders[-1]
    if isinstance(holder, ListItem):
        return holder.label, ""
    return "", "recommendation" if isinstance(holder, Box) and holder.kind is _ASKING else ""
