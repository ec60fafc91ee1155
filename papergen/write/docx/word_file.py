"""What every part of a Word file that is being written shares: ids, bookmarks, pictures, styles and numbering."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import Part

from papergen import codes
from papergen.diagnostics import NOWHERE, Diagnostics, Span
from papergen.model.nodes import Paper, Picture
from papergen.write.docx.numbering import Numbering
from papergen.write.docx.template_styles import TemplateStyles
from papergen.write.docx.xml import Element, el, unwritable, val
from papergen.write.resources import WORD_FONT, in_font

LONGEST_BOOKMARK = 40

WORD_LANGUAGES = {"cy": "cy-GB", "gd": "gd-GB", "ga": "ga-IE", "fr": "fr-FR", "de": "de-DE", "es": "es-ES"}
"""Word knows a language with its country."""

_EXTENSIONS = {"image/png": "png", "image/jpeg": "jpg", "image/svg+xml": "svg"}


class Bookmarks:
    """Names and ids of bookmarks; a name comes from the key alone, so that it is the same in the next draft."""

    def __init__(self, keys: Iterable[str], *, taken: Iterable[str] = (), last_id: int = 0) -> None:
        self._last_id = last_id
        self._names: dict[str, str] = {}
        folded = {name.casefold() for name in taken}
        for key in keys:
            name = _bookmark_name(key)
            if name.casefold() in folded:
                name = _bookmark_name(key, unique=True)
            folded.add(name.casefold())
            self._names[key] = name

    def name(self, key: str) -> str | None:
        """The bookmark of a key, or None when nothing in the paper has that key."""
        return self._names.get(key)

    def around(self, key: str, elements: list[Element]) -> list[Element]:
        """``elements`` with the bookmark of ``key`` around them."""
        name = self._names.get(key)
        if name is None:
            return elements
        self._last_id += 1
        start = el("w:bookmarkStart", {"w:id": self._last_id, "w:name": name})
        return [start, *elements, el("w:bookmarkEnd", {"w:id": self._last_id})]


def _bookmark_name(key: str, *, unique: bool = False) -> str:
    """Letters, digits and underscores only, starting with a letter, at most 40: what Word takes for a name."""
    name = "at_" + re.sub(r"[^A-Za-z0-9]+", "_", key).strip("_")
    if unique or len(name) > LONGEST_BOOKMARK:
        name = f"{name[: LONGEST_BOOKMARK - 9]}_{hashlib.sha256(key.encode('utf-8', 'replace')).hexdigest()[:8]}"
    return name


@dataclass
class WordFile:
    """The file that is being written; ``language`` is that of what is written now, empty for the paper's."""

    paper: Paper
    styles: TemplateStyles
    numbering: Numbering
    bookmarks: Bookmarks
    diagnostics: Diagnostics
    language: str = ""
    _pictures: dict[str, Part] = field(default_factory=dict)

    @contextmanager
    def in_language(self, language: str) -> Iterator[None]:
        """Mark what is written as being in ``language``, or in what it was in where that is empty."""
        before = self.language
        self.language = WORD_LANGUAGES.get(language, language) if language else before
        yield
        self.language = before

    def style(self, name: str) -> Element:
        return val("w:pStyle", self.styles.id_of(name))

    def picture_id(self, part: Part, picture: Picture) -> str:
        """The relationship of ``part`` to the bytes of ``picture``, which are stored once."""
        stored = self._pictures.get(picture.sha256)
        package = part.package
        if stored is None and package is not None:
            name = package.next_partname(f"/word/media/image%d.{_EXTENSIONS.get(picture.media_type, 'png')}")
            stored = Part(name, picture.media_type, picture.data, package)
            self._pictures[picture.sha256] = stored
        return part.relate_to(stored, RT.IMAGE) if stored is not None else ""

    def vector_id(self, part: Part, picture: Picture) -> str:
        """The relationship of ``part`` to ``picture`` as SVG, or nothing for a picture that is not there as SVG."""
        if not picture.vector:
            return ""
        data = in_font(picture.vector, WORD_FONT)
        sha256 = hashlib.sha256(data).hexdigest()
        return self.picture_id(part, replace(picture, data=data, media_type="image/svg+xml", sha256=sha256))

    def checked(self, text: str, at: Span = NOWHERE) -> str:
        """``text`` without what XML cannot hold, and a diagnostic when there was any."""
        character = unwritable(text)
        if character is None:
            return text
        printable = "".join(letter if letter.isprintable() else "�" for letter in text)
        shown = printable if len(printable) <= 40 else f"{printable[:40]}…"
        self.diagnostics.add(
            codes.OUTPUT_UNWRITABLE,
            at,
            f"“{shown}” has a character (U+{ord(character):04X}) that a Word file cannot hold.",
            "Delete it; it often comes with text that was copied from another program.",
        )
        return "".join(letter for letter in text if unwritable(letter) is None)
