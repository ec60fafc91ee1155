"""Taking an extract into a data file of the workspace, whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from papergen import codes
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


def import_extract(
    world: World,
    file: Path,
    *,
    into: str,
    sheet: str | None,
    constants: Mapping[str, str],
    value_column: str,
    replace: bool,
    meeting: str,
    diagnostics: Diagnostics,
) -> Imported | None:
    """Merge the extract ``file``, which may lie anywhere, into ``content/data/<into>``.

    None with a diagnostic, and the data file as it was, when anything is wrong.
    """
    settings = read_settings(world, meeting, diagnostics)
    data = _extract(file, diagnostics)
    if settings is None or data is None:
        return None
    areas = settings.panel.policing_areas
    extract = read_wide(data, name=file.name, sheet=sheet, areas=areas, diagnostics=diagnostics)
    path = f"{DATA_FOLDER}/{into}"
    existing = world.read_bytes(path) if world.is_file(path) else b""
    if extract is None or existing is None:
        return None
    merged = merge(
        decoded(existing) if existing else None,
        extract,
        constants=constants,
        value_column=value_column,
        replace=replace,
        diagnostics=diagnostics,
        file=path,
    )
    if merged is None or diagnostics.has_errors:
        return None
    try:
        world.folder.write(path, merged.text.encode())
    except OSError as problem:
        diagnostics.add(
            codes.OUTPUT_FAILED,
            Span(path),
            f"The file could not be written: {reason(problem)}.",
            hint(problem, "Check that it is not open in Excel and that you may write there."),
        )
        return None
    return Imported(path, merged)


def _extract(file: Path, diagnostics: Diagnostics) -> bytes | None:
    try:
        return read_file(file, most=MOST_BYTES)
    except TooLargeError:
        why = "it is larger than anything an extract can be"
    except OSError as problem:
        why = reason(problem)
    diagnostics.add(codes.FILE_UNREADABLE, Span(str(file)), f"The extract cannot be read: {why}.", "Check the file.")
    return None
