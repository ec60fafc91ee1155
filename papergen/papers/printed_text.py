"""The text of a section as it is printed: what a signature holds for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace

from papergen.model.nodes import Figure, Inlines, Paper, Section
from papergen.model.walk import Place, find_in, flatten, plain_text, walk_files
from papergen.values.words import one_line


def file_sections(papers: Iterable[Paper]) -> Iterator[tuple[Paper, Section]]:
    """The sections that are files, each with its paper and with the headings inside its file, but no other file."""
    seen: set[str] = set()
    for paper in papers:
        for section in walk_files(paper.sections):
            if section.at.file.endswith(".md") and section.at.file not in seen:
                seen.add(section.at.file)
                yield paper, section


def printed_digest(paper: Paper, section: Section) -> str:
    """The SHA-256, in hexadecimal digits, of the words, numbers, pictures and chart data of a section of ``paper``.

    New data under the same words change it.  What follows from other sections alone does not: the numbers of headings,
    captions and notes, and the words by which a reference names its target.
    """
    own = hashlib.sha256()
    for line in _lines(paper, section):
        own.update(f"{one_line(line)}\n".encode())
    return own.hexdigest()


def _lines(paper: Paper, section: Section) -> Iterator[str]:
    for run in flatten((replace(paper, sections=(section,)),)):
        if run.place is not Place.ALTERNATIVE:
            yield f"{run.place.value}: {_words(run.inlines)}"
    for figure in find_in((section,), Figure):
        yield f"figure: {_words(figure.alternative)}"
        if figure.data is not None:
            yield from ("\t".join(row) for row in (figure.data.columns, *figure.data.rows))
        elif figure.picture is not None:
            yield figure.picture.sha256
    judgement = section.judgement
    yield f"judgement: {judgement.words if judgement else ''}"
    yield f"activity: {_words(section.activity)}"


def _words(inlines: Inlines) -> str:
    return plain_text(inlines, mark="[note]", reference="[{}]")
