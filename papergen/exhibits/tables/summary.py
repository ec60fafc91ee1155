"""Summary: the topics of an aim, in rows that assembling fills once every section has been read."""

from __future__ import annotations

from papergen.exhibits.drawing import Rows
from papergen.exhibits.options import AimName, Options, Request
from papergen.model.nodes import Alignment, Text
from papergen.values.words import lowered


class SummaryOptions(Options):
    """The keys of a summary: the id of the aim whose topics it lists."""

    aim: AimName


def lay_out(_options: SummaryOptions, request: Request) -> Rows:
    """The summary without its rows."""
    headings = request.words.summary
    return Rows(
        header=tuple((Text(text=heading),) for heading in headings),
        rows=(),
        alignments=(Alignment.LEFT,) * len(headings),
        title=request.words.summary_title.format(topic=lowered(headings[0])),
        measures=(),
    )
