"""What a build is asked for, and what it came to."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from papergen.manifest.names import OFFICE
from papergen.model.nodes import Paper
from papergen.store.kept import Store, cache_folder
from papergen.write.files import MadeFile, Wanted

PARTIAL = "partial"
MOST_OUTPUT_BYTES = 200_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildRequest:
    """What to build: which meeting, which of its papers and formats, where to, and whether it is for publication.

    ``store`` holds what earlier builds kept; up to ``jobs`` processes share the work.
    """

    meeting: str
    output: Path
    wanted: Wanted = field(default_factory=Wanted)
    final: bool = False
    store: Store = field(default_factory=lambda: Store(cache_folder()))
    jobs: int = 1

    @property
    def folder(self) -> Path:
        """Where the papers go; a part of the set never lies among the whole set."""
        folder = self.output / self.meeting
        return folder if self.wanted.everything else folder / PARTIAL

    @property
    def record(self) -> str:
        """The name of the record for the office, below the output: never in a folder that is published."""
        return f"{OFFICE}/{self.meeting}{'' if self.wanted.everything else f'-{PARTIAL}'}.json"


@dataclass(frozen=True, slots=True)
class Build:
    """What a build came to: the files that it put into ``folder`` (none where it stopped), and the papers in them."""

    folder: Path
    files: tuple[MadeFile, ...] = ()
    papers: tuple[Paper, ...] = ()
