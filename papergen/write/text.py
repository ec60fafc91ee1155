"""The text writer: the words of a paper in reading order, for comparing papers with each other and with their files."""

from __future__ import annotations

from dataclasses import dataclass

from papergen.model.nodes import Paper
from papergen.model.walk import Place, Run, flatten, plain_text


@dataclass(frozen=True, slots=True)
class PaperText:
    """The words of a paper: ``lines`` of its body and ``notes`` of its footnotes, each in reading order.

    A line is a heading (without its number), a paragraph, a cell or a caption.  An asked-for line break is a
    ``\\n``, and the mark of the first footnote is ``[^1]``.
    """

    lines: tuple[str, ...]
    notes: tuple[str, ...]


def paper_text(paper: Paper) -> PaperText:
    """The words of ``paper`` below its title block and its contents list."""
    runs = [run for run in flatten((paper,)) if run.place is not Place.ALTERNATIVE]
    return PaperText(
        lines=tuple(_line(run) for run in runs if not run.in_note),
        notes=tuple(_line(run) for run in runs if run.in_note),
    )


def _line(run: Run) -> str:
    words = plain_text(run.inlines, line_break="\n", mark="[^{}]")
    return f"{run.label}: {words}" if run.place is Place.CAPTION else words
