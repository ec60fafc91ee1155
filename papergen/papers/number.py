"""Numbering: sections, tables, figures and footnotes are counted, and everything gets its key."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import assert_never

from papergen import codes
from papergen.diagnostics import Diagnostics, Span
from papergen.model.nodes import (
    Beside,
    Block,
    BlockQuote,
    Blocks,
    Box,
    BoxKind,
    Figure,
    Footnote,
    InLanguage,
    Inline,
    Landscape,
    List,
    ListItem,
    PageBreak,
    Paragraph,
    Section,
    Table,
)
from papergen.model.numerals import Numerals, numeral
from papergen.model.walk import plain_text, rebuild
from papergen.papers.gather import GatheredSection
from papergen.values.chrome import Chrome, is_english
from papergen.values.slugs import slug
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
            headings = tuple(GatheredSection(heading, numbered=True) for heading in found.section.sections)
            inside = self.sections((*headings, *found.inside), holder=section.key, prefix=within, numbered=bool(number))
            result.append(replace(section, sections=inside))
        return tuple(result)

    def _section(self, section: Section, *, holder: str, number: str, within: str) -> Section:
        if section.key:
            self._take(section.key, section.at)
        else:
            section = replace(section, key=self._free(f"{holder}-{slug(plain_text(section.title))}", section.at))
        title = self._words.title.format(words=plain_text(section.title))
        label = section.label or (self._words.section.format(number=number) if number else title)

        def block(found: Block, index: int) -> Block:
            if isinstance(found, Table) and found.caption:
                self._tables += 1
                found = replace(found, number=self._tables, labelled_in=self._language)
            elif isinstance(found, Figure) and found.caption:
                self._figures += 1
                found = replace(found, number=self._figures, labelled_in=self._language)
            elif isinstance(found, List):
                for item in found.items:
                    if item.key:
                        self._take(item.key, found.at)
            elif isinstance(found, Box) and found.kind is BoxKind.RECOMMENDATIONS:
                found = replace(found, blocks=_labelled(found.blocks, self._words.recommendation))
            if found.key:
                self._take(found.key, found.at)
                return found
            return replace(found, key=self._free(f"{section.key}-{index}", found.at))

        def inline(found: Inline) -> Inline:
            if isinstance(found, Footnote):
                self._footnotes += 1
                return replace(found, number=self._footnotes)
            return found

        blocks = self._paragraphs(section.blocks, within)
        # Those inside are numbered in their turn.
        own = replace(section, number=number, label=label, blocks=blocks, sections=())
        return rebuild(own, block=block, inline=inline)

    def _paragraphs(self, blocks: Blocks, within: str) -> Blocks:
        """The blocks with their paragraphs numbered, and the items of lists named after the paragraph before them."""
        paper_wide = self._settings.paragraphs == "paper"
        numbering = paper_wide or (self._settings.paragraphs == "section" and within)
        result: list[Block] = []
        before = ""
        for block in blocks:
            match block:
                case Paragraph(unnumbered=False) if numbering:
                    number = str(self._next_paragraph()) if paper_wide else self._next(within)
                    before = self._words.paragraph.format(number=number)
                    result.append(replace(block, number=number, label=before))
                case InLanguage(blocks=inside):
                    result.append(replace(block, blocks=self._paragraphs(inside, within)))
                case List():
                    of = f"{before}{{number}}" if before else self._words.point
                    result += _labelled((block,), of, inside=bool(before))
                case Paragraph() | Table() | Figure() | BlockQuote() | Box() | Beside() | PageBreak() | Landscape():
                    result.append(block)
                case _:
                    assert_never(block)
        return tuple(result)

    def _next_paragraph(self) -> int:
        self._counts["paragraphs"] += 1
        return self._counts["paragraphs"]

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


def _labelled(blocks: Blocks, of: str, *, inside: bool = False) -> Blocks:
    """The blocks in which the items of lists are labelled: "recommendation 2", "paragraph 4.2(b)", "(i)" inside it.

    ``of`` has ``{number}`` where the mark goes; it is ``inside`` of something that has a number of its own.
    """

    def item(found: List, index: int) -> ListItem:
        each, mark = found.items[index], found.mark(index).strip("()")
        # Figures that stand behind others are told apart by brackets; a bullet has no mark to be named by.
        mark = f"({mark})" if mark and (found.marks or inside) else mark
        label = of.format(number=mark) if mark else ""
        within = _labelled(each.blocks, f"{label}{{number}}", inside=True) if label else each.blocks
        return replace(each, label=label, blocks=within)

    return tuple(
        replace(block, items=tuple(item(block, index) for index in range(len(block.items))))
        if isinstance(block, List)
        else block
        for block in blocks
    )
