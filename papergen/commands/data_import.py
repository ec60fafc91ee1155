"""Taking an extract into a data file of the workspace, whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from papergen import codes
from papergen.commands.seal import put_file
from papergen.commands.usage import WrongUseError
from papergen.data.tables import PERIOD_COLUMNS
from papergen.data.text_files import decoded
from papergen.data.wide import Choices, Listed, Merge, WideExtract, merge, read_listing, read_wide
from papergen.data.wide.choices import NO_CHOICES
from papergen.data.wide.names import KnownNames
from papergen.diagnostics import Diagnostics, Span, near_match
from papergen.files import TooLargeError, read_file, reason
from papergen.values.periods import Period
from papergen.values.states import print_cell
from papergen.workspace.measures import DATA_FILE_NAME, DATA_FOLDER, read_measures
from papergen.workspace.settings import PanelSettings, read_settings
from papergen.world import MOST_BYTES, World


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, or would do, to the file at ``path``, relative to the workspace.

    ``understood`` says in sentences how the extract was read; ``is_percentages`` that its numbers are, and ``is_used``
    that a measure takes its numbers from that file.
    """

    path: str
    merge: Merge
    understood: tuple[str, ...] = ()
    is_percentages: bool = False
    is_used: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRequest:
    """What to take in: the extract, the data file in ``content/data/`` that takes its rows, and how.

    ``constants`` are columns that are the same for the whole extract, one of which may say when; numbers go into
    ``value_column``.  ``listed`` is given for a file with one row an observation, or one an event.  Values that are
    there already and differ stay, unless ``replace`` is true; with ``dry_run`` nothing is written.
    """

    file: Path
    into: str
    constants: Mapping[str, str] = field(default_factory=dict)
    value_column: str = "value"
    choices: Choices = NO_CHOICES
    listed: Listed | None = None
    replace: bool = False
    dry_run: bool = False


def import_extract(world: World, meeting: str, request: ImportRequest) -> Imported | None:
    """Merge an extract, which may lie anywhere, into a data file.

    None with a finding, and the data file as it was, when anything is wrong; raises ``WrongUseError`` for names that
    cannot be right.
    """
    _refuse_names(world, request)
    when, constants = _when(request)
    diagnostics = world.diagnostics
    settings = read_settings(world, meeting, diagnostics)
    data = _extract(request.file, diagnostics)
    if settings is None or data is None:
        return None
    extract = _read(data, request, settings.panel, when, diagnostics)
    path = f"{DATA_FOLDER}/{request.into}"
    existing = world.read_bytes(path) if world.is_file(path) else b""
    if extract is None or existing is None:
        return None
    merged = merge(
        decoded(existing) if existing else None,
        extract,
        constants=constants,
        value_column=request.value_column,
        overwrite=request.replace,
        diagnostics=diagnostics,
        file=path,
    )
    if merged is None or diagnostics.has_errors:
        return None
    if not request.dry_run and not put_file(world, path, merged.text.encode(), "in Excel"):
        return None
    measures = read_measures(world, Diagnostics()).settings.values()
    is_used = any(measure.file == request.into for measure in measures)
    return Imported(path, merged, (*extract.understood, _ends(extract)), extract.is_percentages, is_used)


def _ends(extract: WideExtract) -> str:
    """The first and the last number that were read, each with its cell, so that a person can look them up."""
    said = [
        f"{', '.join((row.period, *row.labels))}: {print_cell(row.value, row.state)}{f' ({row.cell})' * bool(row.cell)}"
        for row in (extract.rows[0], extract.rows[-1])
    ]
    return f"The first number is {said[0]}, the last {said[1]}." if len(extract.rows) > 1 else f"It is {said[0]}."


def _read(
    data: bytes, request: ImportRequest, panel: PanelSettings, when: Period | None, diagnostics: Diagnostics
) -> WideExtract | None:
    """The observations of the extract, as the request says it is laid out."""
    forces = tuple(dict.fromkeys(name for name in (panel.force, *panel.most_similar_group) if name))
    name, areas = request.file.name, panel.policing_areas
    choices = replace(request.choices, when=when)
    known = KnownNames.of(areas, forces, panel.force or "")
    if request.listed is None:
        return read_wide(data, name=name, known=known, choices=choices, diagnostics=diagnostics)
    return read_listing(data, name=name, known=known, choices=choices, listed=request.listed, diagnostics=diagnostics)


def _when(request: ImportRequest) -> tuple[Period | None, dict[str, str]]:
    """The period that a constant says the whole extract is of, and the other constants."""
    when: Period | None = None
    for column, word in request.constants.items():
        if column in PERIOD_COLUMNS:
            read, must_be = PERIOD_COLUMNS[column]
            when = read(word)
            if when is None:
                raise WrongUseError(f"“{word}” is no {column}.", f"Write {must_be}.")
        elif (near := near_match(column, PERIOD_COLUMNS)) and PERIOD_COLUMNS[near][0](word):
            raise WrongUseError(f"“{column}” is no column that says when.", f"Write --set {near}={word}.")
    return when, {column: word for column, word in request.constants.items() if column not in PERIOD_COLUMNS}


def _refuse_names(world: World, request: ImportRequest) -> None:
    if not request.file.is_file():
        raise WrongUseError(f"“{request.file}” is not there.", "Check its name and folder.")
    if not DATA_FILE_NAME.fullmatch(request.into):
        raise WrongUseError(
            f"“{request.into}” is no name for a data file.",
            "Give a name such as robbery.csv; it goes into content/data/.",
        )
    alike = (each for each in world.names(DATA_FOLDER) if each.casefold() == request.into.casefold())
    if (there := next(alike, request.into)) != request.into:
        raise WrongUseError(
            f"There is a data file “{there}” already, which many machines take for “{request.into}”.",
            f"Write --into {there}, or give the new file another name.",
        )


def _extract(file: Path, diagnostics: Diagnostics) -> bytes | None:
    try:
        return read_file(file, most=MOST_BYTES)
    except TooLargeError:
        why = "it is larger than anything an extract can be"
    except OSError as problem:
        why = reason(problem)
    diagnostics.add(codes.FILE_UNREADABLE, Span(str(file)), f"The extract cannot be read: {why}.", "Check the file.")
    return None
