"""Taking an extract into a data file of the workspace, whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from papergen import codes
from papergen.commands.usage import WrongUseError
from papergen.data.tables import decoded
from papergen.data.wide import Merge, merge, read_wide
from papergen.diagnostics import Diagnostics, Span
from papergen.files import TooLargeError, hint, read_file, reason
from papergen.workspace.measures import DATA_FOLDER
from papergen.workspace.settings import read_settings
from papergen.world import MOST_BYTES, World


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did to the file at ``path``, relative to the workspace."""

    path: str
    merge: Merge


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRequest:
    """What to take in: the extract, the data file in ``content/data/`` that takes its rows, and how.

    ``constants`` are columns that are the same for the whole extract; numbers go into ``value_column``; ``sheet`` is
    needed where an extract has several.  Values that are there already and differ stay, unless ``replace`` is true.
    """

    file: Path
    into: str
    sheet: str | None = None
    constants: Mapping[str, str] = field(default_factory=dict)
    value_column: str = "value"
    replace: bool = False


def import_extract(world: World, meeting: str, request: ImportRequest) -> Imported | None:
    """Merge an extract, which may lie anywhere, into a data file.

    None with a finding, and the data file as it was, when anything is wrong; raises ``WrongUseError`` for names that
    cannot be right.
    """
    _refuse_names(request)
    diagnostics = world.diagnostics
    settings = read_settings(world, meeting, diagnostics)
    data = _extract(request.file, diagnostics)
    if settings is None or data is None:
        return None
    areas = settings.panel.policing_areas
    extract = read_wide(data, name=request.file.name, sheet=request.sheet, areas=areas, diagnostics=diagnostics)
    path = f"{DATA_FOLDER}/{request.into}"
    existing = world.read_bytes(path) if world.is_file(path) else b""
    if extract is None or existing is None:
        return None
    merged = merge(
        decoded(existing) if existing else None,
        extract,
        constants=request.constants,
        value_column=request.value_column,
        replace=request.replace,
        diagnostics=diagnostics,
        file=path,
    )
    if merged is None or diagnostics.has_errors or not _put(world, path, merged.text):
        return None
    return Imported(path, merged)


def _refuse_names(request: ImportRequest) -> None:
    if not request.file.is_file():
        raise WrongUseError(f"“{request.file}” is not there.", "Check its name and folder.")
    if not request.into.endswith(".csv") or Path(request.into).name != request.into:
        raise WrongUseError(
            f"“{request.into}” is no name for a data file.",
            "Give a name such as robbery.csv; it goes into content/data/.",
        )


def _put(world: World, path: str, text: str) -> bool:
    """Put ``text`` in place of the file in one step; False with a finding, and the file as it was, when that fails."""
    try:
        world.folder.write(path, text.encode())
    except OSError as problem:
        world.diagnostics.add(
            codes.OUTPUT_FAILED,
            Span(path),
            f"The file could not be written: {reason(problem)}.",
            hint(problem, "Check that it is not open in Excel and that you may write there."),
        )
        return False
    return True


def _extract(file: Path, diagnostics: Diagnostics) -> bytes | None:
    try:
        return read_file(file, most=MOST_BYTES)
    except TooLargeError:
        why = "it is larger than anything an extract can be"
    except OSError as problem:
        why = reason(problem)
    diagnostics.add(codes.FILE_UNREADABLE, Span(str(file)), f"The extract cannot be read: {why}.", "Check the file.")
    return None
