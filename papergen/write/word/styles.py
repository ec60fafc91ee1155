"""The styles that papers need from a Word template, found there by the names that a clerk sees in Word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from papergen.write.word.xml import Element, qn


class StyleKind(Enum):
    """What a style applies to, as the file format calls it."""

    PARAGRAPH = "paragraph"
    CHARACTER = "character"
    TABLE = "table"
    NUMBERING = "numbering"


DEEPEST_HEADING = 5
DEEPEST_LIST = 3
DEEPEST_CONTENTS = 4

HEADINGS = tuple(f"Heading {level}" for level in range(1, DEEPEST_HEADING + 1))
CONTENTS = tuple(f"TOC {level}" for level in range(1, DEEPEST_CONTENTS + 1))


def list_style(name: str, depth: int) -> str:
    """``"List Bullet"``, ``"List Bullet 2"``, ``"List Bullet 3"`` for depths 1, 2, 3."""
    return name if depth == 1 else f"{name} {depth}"


NEEDED: Mapping[str, StyleKind] = {
    **dict.fromkeys(
        (
            *HEADINGS,
            "Body Text",
            *(list_style(name, n) for name in ("List Bullet", "List Number", "List Continue") for n in (1, 2, 3)),
            "Quote",
            "Caption",
            "Figure",
            "Note Box",
            "Note Box Title",
            "Signs Box",
            "Signs Box Title",
            "Aim Box",
            "Table Text",
            "Table Heading",
            "Table End",
            "Section End",
            "Footnote Text",
            "TOC Heading",
            *CONTENTS,
        ),
        StyleKind.PARAGRAPH,
    ),
    **dict.fromkeys(("Strong", "Emphasis", "Hyperlink", "Cross Reference", "Footnote Reference"), StyleKind.CHARACTER),
    "Committee Table": StyleKind.TABLE,
    **dict.fromkeys(
        (
            "Committee Headings",
            "Committee Bullets",
            "Committee Numbers",
            "Committee Box Bullets",
            "Committee Box Numbers",
        ),
        StyleKind.NUMBERING,
    ),
}
"""Every style that the writer names, with its kind."""


@dataclass(frozen=True, slots=True)
class TemplateStyles:
    """The styles of a template: id and kind by name, names compared without regard to capitals, as Word does."""

    by_name: Mapping[str, tuple[str, StyleKind]]

    def id(self, name: str) -> str:
        """The id of a style that the template was checked to have."""
        return self.by_name[name.casefold()][0]

    def missing(self, names: Iterable[str]) -> list[str]:
        """Those of ``names`` that the template lacks."""
        return [name for name in names if name.casefold() not in self.by_name]

    def of_other_kind(self, needed: Mapping[str, StyleKind]) -> list[str]:
        """The needed styles that are there under their name, but for something else."""
        return [
            name
            for name, kind in needed.items()
            if name.casefold() in self.by_name and self.by_name[name.casefold()][1] is not kind
        ]


def template_styles(styles: Element) -> TemplateStyles:
    """The styles of a template's ``styles.xml``."""
    found: dict[str, tuple[str, StyleKind]] = {}
    kinds = {kind.value: kind for kind in StyleKind}
    for style in styles.iter(qn("w:style")):
        name = style.find(qn("w:name"))
        key, kind = style.get(qn("w:styleId")), style.get(qn("w:type"), "paragraph")
        if name is not None and key and kind in kinds:
            found[(name.get(qn("w:val")) or "").casefold()] = (key, kinds[kind])
    return TemplateStyles(found)
