"""Canonical bytes: the same parts give the same file on any day."""

from __future__ import annotations

import io
import zipfile

_FIRST = ("[Content_Types].xml", "_rels/.rels")
_BEGINNING = (1980, 1, 1, 0, 0, 0)


def canonical(data: bytes) -> bytes:
    """The same archive with its parts in a fixed order and without times."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(packed, "w") as target:
        names = set(source.namelist())
        for name in (*_FIRST, *sorted(names.difference(_FIRST))):
            info = zipfile.ZipInfo(name, _BEGINNING)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            target.writestr(info, source.read(name), compresslevel=9)
    return packed.getvalue()
