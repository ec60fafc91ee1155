"""What papers rest on, by the manifest they were built with or by the content as it is now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from papergen.commands.locate import find_meeting, relative
from papergen.commands.steps import read_meeting
from papergen.commands.usage import WrongUseError
from papergen.files import TooLargeError, read_file
from papergen.manifest.evidence import evidence
from papergen.manifest.record import NAME, Evidence, Manifest, UnreadableManifestError, read_manifest
from papergen.records import dataclass
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
    file = place / NAME if place.is_dir() else place
    try:
        return read_manifest(read_file(file, most=MOST_BYTES, follow=file == place))
    except TooLargeError:
        message, hint = f"“{relative(file)}” cannot be used: it is larger than any manifest.", ""
    except FileNotFoundError:
        message, hint = f"There is no {NAME} in “{relative(place)}”.", "papergen build writes one beside the papers."
    except OSError as problem:
        message, hint = f"“{relative(file)}” cannot be read: {(problem.strerror or 'unknown reason').lower()}.", ""
    except UnreadableManifestError as problem:
        message, hint = f"“{relative(file)}” cannot be used: it {problem}.", "Build the papers again to have a new one."
    raise WrongUseError(message, hint)
