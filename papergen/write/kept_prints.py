"""Printed papers that are kept from one build to the next, by the hash of all that they are made of.

That is the paper as a model with its pictures, its templates, and every program that has a part in it.  No smaller part
of a paper could be kept: notes, counters and the numbers of pages cross every cut.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from papergen.diagnostics import Diagnostic, Severity
from papergen.model.nodes import Paper
from papergen.model.serial import write_model
from papergen.store.code import programs
from papergen.store.kept import Store
from papergen.write.files import Format, MadeFile
from papergen.write.pdf.fullness import EarlyPage
from papergen.write.printed import Printed, PrintTemplates
from papergen.write.resources import pictures_of


def print_key(paper: Paper, templates: PrintTemplates, formats: Iterable[Format]) -> str:
    """The name under which a printed paper is kept."""
    own = hashlib.sha256()
    for part in _parts(paper, templates, formats):
        own.update(hashlib.sha256(part).digest())
    return f"printed {own.hexdigest()}"


def _parts(paper: Paper, templates: PrintTemplates, formats: Iterable[Format]) -> Iterator[bytes]:
    yield "\n".join([*map(" ".join, programs()), *sorted(each.value for each in formats)]).encode()
    yield write_model((paper,))
    for address, picture in pictures_of(paper).items():
        yield address.encode()
        yield from (picture.data, picture.vector, picture.page)
    dress = templates.dress
    yield dress.layout.encode()
    yield dress.stylesheet.encode()
    yield dress.exceptions.encode()
    yield "\n".join([dress.layout_file, *sorted(dress.resources)]).encode()
    yield repr((dress.page, dress.size, dress.headings)).encode()
    yield templates.word or b""


def find_printed(store: Store, key: str) -> Printed | None:
    """The paper that was kept under a name; None where there is none, or something else."""
    kept = store.get(key)
    if kept is None:
        return None
    try:
        return _read(kept)
    except (ValueError, TypeError, LookupError):
        return None


def _read(kept: bytes) -> Printed:
    head, _, rest = kept.partition(b"\n")
    told = json.loads(head)
    files: list[MadeFile] = []
    for name, size, pages, early in told["files"]:
        files.append(MadeFile(name, rest[:size], pages, early=tuple(EarlyPage(**each) for each in early)))
        rest = rest[size:]
    return Printed(tuple(files), told["pages"], tuple(map(Diagnostic.from_data, told["findings"])))


def keep_printed(store: Store, key: str, printed: Printed) -> Printed:
    """Keep a paper that was printed, where it is whole, and give it back."""
    if printed.pages and all(each.severity < Severity.ERROR for each in printed.findings):
        head = {
            "files": [(each.name, len(each.data), each.pages, [*map(asdict, each.early)]) for each in printed.files],
            "pages": printed.pages,
            "findings": [each.as_data() for each in printed.findings],
        }
        store.put(key, b"\n".join([json.dumps(head).encode(), b"".join(each.data for each in printed.files)]))
    return printed
