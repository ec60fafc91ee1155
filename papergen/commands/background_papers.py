"""A draft of the list of background papers, from the sources that the papers of a meeting use."""

from __future__ import annotations

from pathlib import Path

from papergen.commands.evidence import basis_of
from papergen.manifest.background import BackgroundPaper, background_papers
from papergen.world import World


def draft_background_papers(
    world: World, meeting: str | None, manifest: Path | None
) -> tuple[BackgroundPaper, ...] | None:
    """The sources that the papers rest on, each once; None, with findings, when the content has errors."""
    basis = basis_of(world, meeting, manifest)
    return None if basis is None else tuple(background_papers(basis.evidence.measures))
