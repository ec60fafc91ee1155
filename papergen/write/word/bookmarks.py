"""Bookmarks: a place in the Word paper for every section, table and figure, by its key."""

from __future__ import annotations

import re
from collections.abc import Iterable

from papergen.write.word.xml import Element, element

LONGEST = 40
"""What Word allows for the name of a bookmark."""


class Bookmarks:
    """The bookmarks of one paper; names are unique, start with a letter and hold no hyphen."""

    def __init__(self, keys: Iterable[str], labelled: Iterable[str]) -> None:
        self._names: dict[str, str] = {}
        self._labels: dict[str, str] = {}
        self._taken: set[str] = set()
        self._count = 0
        for key in keys:
            self._names[key] = self._unique(key)
        for key in labelled:
            self._names[key] = self._unique(key)
            self._labels[key] = self._unique(f"_Ref_{key}")

    def _unique(self, key: str) -> str:
        plain = re.sub(r"[^A-Za-z0-9_]", "_", key)
        plain = plain if re.match(r"[A-Za-z_]", plain) else f"s_{plain}"
        name, count = plain[:LONGEST], 1
        while name.casefold() in self._taken:
            count += 1
            ending = f"_{count}"
            name = plain[: LONGEST - len(ending)] + ending
        self._taken.add(name.casefold())
        return name

    def name(self, key: str) -> str | None:
        """The bookmark around what has this key."""
        return self._names.get(key)

    def label(self, key: str) -> str | None:
        """The bookmark around the words “Table 2” in the caption of what has this key."""
        return self._labels.get(key)

    def around(self, name: str | None, content: Iterable[Element]) -> list[Element]:
        """``content`` between the marks of a bookmark, or as it is where there is none."""
        if name is None:
            return list(content)
        number = str(self._count)
        self._count += 1
        start = element("w:bookmarkStart", {"w:id": number, "w:name": name})
        return [start, *content, element("w:bookmarkEnd", {"w:id": number})]
