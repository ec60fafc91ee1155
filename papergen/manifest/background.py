"""The background papers of a report: what it rests on, as the Local Government Act 1972, section 100D, asks for.

Which documents are background papers is for the proper officer to say (section 100D(5)), so that this is a draft for a
clerk and no part of a paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from papergen.manifest.evidence import FACT
from papergen.manifest.record import Measure

HEADING = "Background papers (Local Government Act 1972, section 100D)"


@dataclass(frozen=True, slots=True)
class BackgroundPaper:
    """A source that the papers rest on, the files that hold what was taken from it, and how far their data go."""

    source: str
    files: tuple[str, ...]
    data_to: tuple[str, ...]

    def __str__(self) -> str:
        """One line of the list: the source, how far its data go, and the file to keep for inspection."""
        said = f"{self.source}. " if self.data_to else f"{self.source} "
        data = f"Data to {' and '.join(self.data_to)}, in " if self.data_to else "("
        files = ", ".join(PurePosixPath(file).name for file in self.files)
        return f"{said}{data}{files}{'' if self.data_to else ')'}"


def background_papers(measures: Iterable[Measure]) -> Iterator[BackgroundPaper]:
    """The sources of ``measures``, each once, in their order."""
    by_source: dict[str, list[Measure]] = {}
    for measure in measures:
        by_source.setdefault(" ".join(measure.source.split()).rstrip("."), []).append(measure)
    for source, used in by_source.items():
        yield BackgroundPaper(
            source=source,
            files=tuple(dict.fromkeys(each.file for each in used)),
            data_to=tuple(dict.fromkeys(each.data_to for each in used if each.data_to and each.combine != FACT)),
        )
