"""Marks in settings, whose texts are printed as they are typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from papergen import codes
from papergen.diagnostics import Diagnostics
from papergen.read.marks import foreign_marks, stray_in_words
from papergen.values.words import one_line, shortened
from papergen.workspace.yaml_source import Path, Yaml

_OF_MARKDOWN = re.compile(
    r"(?<![\w*])(\*{1,3}|__)(?=[^\s*_])[^*_\n]*?(?<=[^\s*_])\1(?![\w*])|</?[a-z][a-z\d]{0,9}(?:\s[^<>]*)?/?>"
    r"|!?\[[^\[\]\n]+\]\([^()\s]+\)|\A#{1,6}\s|\\(?=[*_#\[\]`~^])"
)
_AS_DATA_HAVE_IT = ("where", "known_words")
_LONGEST = 20


def tell_of_marks(sources: Iterable[Yaml], diagnostics: Diagnostics) -> None:
    """Report each text of some settings in which a mark of a text stands: it would be printed with it."""
    for source in sources:
        for path, text in _texts(source.data, ()):
            at = _mark_in(text)
            if at is not None:
                words = shortened(one_line(text[at:]), _LONGEST)
                shown = f"“{words}”" if words.isprintable() else f"The sign U+{ord(text[at]):04X}"
                message = f"{shown} would be printed as it stands: a setting has no marks."
                hint = "Delete the mark, or type the sign that is meant, such as ² or ×."
                diagnostics.add(codes.STRAY_MARKUP, source.place(path), message, hint)


def _mark_in(text: str) -> int | None:
    """Where the first mark of a text stands; None where there is none, or where it holds values."""
    if "{{" in text:
        return None
    places = [each.position for each in (*foreign_marks(text), *stray_in_words(text))]
    places += [each.start() for each in _OF_MARKDOWN.finditer(text)]
    return min(places, default=None)


def _texts(data: object, path: Path) -> Iterator[tuple[Path, str]]:
    match data:
        case str():
            yield path, data.replace("{aim}", "(aim)") if path[-1:] == ("aim_banner",) else data
        case dict():
            for name, each in data.items():
                if name not in _AS_DATA_HAVE_IT:
                    yield from _texts(each, (*path, name))
        case list():
            for index, each in enumerate(data):
                yield from _texts(each, (*path, index))
