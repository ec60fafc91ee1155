"""What papers rest on, by the manifest they were built with or by the content as it is now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from papergen.commands.locate import find_meeting, relative
from papergen.commands.steps import read_meeting
from papergen.commands.usage import WrongUseError
from papergen.files import TooLargeError, read_file, reason
from papergen.language.numbers import State
from papergen.manifest.background import BackgroundPaper, background_papers
from papergen.manifest.evidence import evidence
from papergen.manifest.listing import list_numbers
from papergen.manifest.names import MANIFEST
from papergen.manifest.record import Evidence, Manifest, Number, read_manifest
from papergen.model.serial import UnreadableRecordError
from papergen.world import MOST_BYTES, World


@dataclass(frozen=True, slots=True)
class PaperBasis:
    """What papers rest on, and the hashes that the files had then: none for the content as it is now."""

    evidence: Evidence
    hashes: Mapping[str, str] = field(default_factory=dict)


def basis_of(world: World, meeting: str | None, manifest: Path | None) -> PaperBasis | None:
    """What the papers in ``manifest`` rest on, or else those of ``meeting`` (the newest where none is named).

    None, with findings, when the content has errors.
    """
    if manifest is not None:
        found = load_manifest(manifest)
        return PaperBasis(found, {each.name: each.sha256 for each in found.inputs})
    read = read_meeting(world, find_meeting(world, meeting))
    if read is None or world.diagnostics.has_errors:
        return None
    return PaperBasis(evidence(read.papers, read.session.book))


def load_manifest(place: Path) -> Manifest:
    """The manifest in the file or folder ``place``; raises ``WrongUseError`` when there is none that can be used."""
    file = place / MANIFEST if place.is_dir() else place
    try:
        return read_manifest(read_file(file, most=MOST_BYTES, follow=file == place))
    except TooLargeError:
        message, hint = f"“{relative(file)}” cannot be used: it is larger than any manifest.", ""
    except FileNotFoundError:
        hint = "papergen build writes one beside the papers."
        message = f"There is no {MANIFEST} in “{relative(place)}”."
    except OSError as problem:
        message, hint = f"“{relative(file)}” cannot be read: {reason(problem)}.", ""
    except UnreadableRecordError as problem:
        message, hint = f"“{relative(file)}” cannot be used: it {problem}.", "Build the papers again to have a new one."
    raise WrongUseError(message, hint)


def list_figures(world: World, meeting: str, *, typed: bool = False) -> tuple[Number, ...]:
    """Every number in the papers of ``meeting`` in reading order; with ``typed``, only those that are typed."""
    read = read_meeting(world, meeting)
    papers = () if read is None else read.papers
    return tuple(each for each in list_numbers(papers) if not typed or each.state is State.TYPED)


def draft_background_papers(
    world: World, meeting: str | None, manifest: Path | None
) -> tuple[BackgroundPaper, ...] | None:
    """The sources that the papers rest on, each once; None, with findings, when the content has errors."""
    basis = basis_of(world, meeting, manifest)
    return None if basis is None else tuple(background_papers(basis.evidence.measures))
