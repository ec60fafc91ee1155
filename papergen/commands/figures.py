"""The numbers in the papers of a meeting, and where each comes from."""

from __future__ import annotations

from papergen.commands.steps import read_meeting
from papergen.language.numbers import State
from papergen.manifest.listing import list_numbers
from papergen.manifest.record import Number
from papergen.world import World


def list_figures(world: World, meeting: str, *, typed: bool = False) -> tuple[Number, ...]:
    """Every number in the papers of ``meeting`` in reading order; with ``typed``, only those that are typed."""
    read = read_meeting(world, meeting)
    papers = () if read is None else read.papers
    return tuple(each for each in list_numbers(papers) if not typed or each.state is State.TYPED)
