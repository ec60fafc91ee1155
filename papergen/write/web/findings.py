"""Findings in a draft: each beside the block that it concerns, and all of them at the head of the page."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from html import escape
from operator import itemgetter

from papergen.diagnostics import Diagnostic
from papergen.model.nodes import Paper
from papergen.model.walk import keys
from papergen.values.chrome import ENGLISH
from papergen.values.words import so_many
from papergen.write.elements import element


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding with its number on the page."""

    number: int
    found: Diagnostic

    @property
    def id(self) -> str:
        return f"_finding-{self.number}"


@dataclass(frozen=True, slots=True)
class DraftFindings:
    """The findings of a paper: by the key of the block or section that they stand beside, and those without a place."""

    placed: dict[str, tuple[Shown, ...]] = field(default_factory=dict)
    unplaced: tuple[Shown, ...] = ()

    def beside(self, key: str) -> str:
        """The boxes that stand after the block or heading with ``key``."""
        return "".join(f"\n{_box(shown)}" for shown in self.placed.get(key, ()) if key)

    def head(self) -> str:
        """What a draft says of itself before anything else, with a link to each finding."""
        placed = sorted((shown for each in self.placed.values() for shown in each), key=lambda shown: shown.number)
        count = len(placed) + len(self.unplaced)
        words = so_many(count, "finding") if count else "no findings"
        said = element("strong", "Draft") + f" Not for publication: {words} of papergen check."
        parts = [element("p", said)]
        if placed:
            items = "\n".join(
                element("li", f'<a href="#{shown.id}">{_heading(shown)}</a>: {escape(shown.found.message)}')
                for shown in placed
            )
            parts.append(element("ul", items, ["finding-list"]))
        if self.unplaced:
            parts += [element("p", "In settings, data or templates:")]
            parts += [_box(shown) for shown in self.unplaced]
        return element("section", "\n".join(parts), ["draft-head"], {"aria-label": "Draft", "lang": ENGLISH})


def place_findings(paper: Paper, findings: Iterable[Diagnostic], other_files: Collection[str]) -> DraftFindings:
    """The findings that concern ``paper``, each at the last block that begins at its line or before.

    Those in ``other_files``, the Markdown of the other papers, are left out; they stand on the pages of those.
    """
    starts: dict[str, list[tuple[int, str]]] = {}
    for key, at in keys(paper):
        if at.file:
            starts.setdefault(at.file, []).append((at.line, key))
    for each in starts.values():
        each.sort(key=itemgetter(0))
    placed: dict[str, tuple[Shown, ...]] = {}
    unplaced: list[Shown] = []
    wanted = (found for found in findings if found.at.file in starts or found.at.file not in other_files)
    for number, found in enumerate(wanted, 1):
        shown = Shown(number, found)
        if found.at.file in starts:
            key = _nearest(starts[found.at.file], found.at.line)
            placed[key] = (*placed.get(key, ()), shown)
        else:
            unplaced.append(shown)
    return DraftFindings(placed, tuple(unplaced))


def files_of(paper: Paper) -> frozenset[str]:
    """The Markdown files that a paper was made from."""
    return frozenset(at.file for _, at in keys(paper) if at.file)


def _nearest(starts: list[tuple[int, str]], line: int) -> str:
    """The key that begins last at ``line`` or before; what stands before all of them belongs to the first."""
    return starts[max(bisect_right(starts, line, key=itemgetter(0)) - 1, 0)][1]


def _heading(shown: Shown) -> str:
    found = shown.found
    return f"{escape(found.code.id)} ({found.severity})"


def _box(shown: Shown) -> str:
    found = shown.found
    said = f"{element('strong', f'Draft: {_heading(shown)}')} {escape(found.message, quote=False)}"
    parts = [element("p", said)]
    if found.hint:
        parts.append(element("p", escape(found.hint, quote=False)))
    parts.append(element("p", element("code", escape(str(found.at), quote=False)), ["finding-place"]))
    label = f"Finding {shown.number}"
    return element(
        "div", "".join(parts), ["finding"], {"id": shown.id, "role": "note", "aria-label": label, "lang": ENGLISH}
    )
