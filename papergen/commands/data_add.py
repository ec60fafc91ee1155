"""Adding a measure to ``content/measures.yaml``, whose comments and order stay as they are."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import yaml

from papergen import codes
from papergen.commands.seal import put_file
from papergen.commands.usage import WrongUseError
from papergen.data.checks import check_measure
from papergen.data.tables import PERIOD_COLUMNS, read_table
from papergen.data.text_files import decoded, text_rows
from papergen.diagnostics import Diagnostics, Span, did_you_mean
from papergen.values.states import parse_cell
from papergen.values.words import capital
from papergen.workspace.measures import DATA_FOLDER, MEASURES_FILE, Measures, parse_measures, read_measures
from papergen.workspace.settings import read_settings
from papergen.world import World

FIRST = ("title", "unit", "kind", "decimals")
MOST_ROWS_LOOKED_AT = 200

_PLAIN = re.compile(r"[A-Za-z][\w ./&’'()£%-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureToAdd:
    """What is known of a new measure: its id, its data file and other settings, by their names in measures.yaml.

    ``where`` are the words that choose its rows, by column.
    """

    id: str
    file: str
    where: Mapping[str, Sequence[str]] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)


def add_measure(world: World, meeting: str, adding: MeasureToAdd) -> str | None:
    """Add a measure, and give its entry as it stands in the file; None with a finding where it would not be right.

    Raises ``WrongUseError`` for an id or a data file that cannot be.
    """
    diagnostics = world.diagnostics
    settings = read_settings(world, meeting, diagnostics)
    before = read_measures(world, diagnostics)
    if adding.id in before.settings or adding.id in before.unread:
        place = before.place(adding.id, "?key")
        raise WrongUseError(f"There is a measure “{adding.id}” already ({place}).", "Give the new one another id.")
    files = [name for name in world.names(DATA_FOLDER) if name.endswith(".csv")]
    if adding.file not in files:
        there = f"There are: {', '.join(files) or 'none'}."
        raise WrongUseError(f"There is no data file “{adding.file}”.", did_you_mean(adding.file, files, there))
    if settings is None or before.is_broken:
        return None
    raw = (world.read_bytes(MEASURES_FILE) or b"") if world.is_file(MEASURES_FILE) else b""
    entry = _entry(adding, _value_column(world, adding))
    end = b"\r\n" if b"\r\n" in raw else b"\n"
    whole = (raw.rstrip() + end + end if raw.strip() else raw) + entry.encode().replace(b"\n", end)
    after = parse_measures(whole.decode("utf-8-sig"), diagnostics)
    if adding.id not in after.settings or any(after.settings.get(each) != old for each, old in before.settings.items()):
        if not diagnostics.has_errors:
            _tell_unfit(diagnostics)
        return None
    fits = _fits(world, adding, after, settings.panel.policing_areas)
    return entry if fits and put_file(world, MEASURES_FILE, whole, "elsewhere") else None


def _tell_unfit(diagnostics: Diagnostics) -> None:
    diagnostics.add(
        codes.SETTING_INVALID,
        Span(MEASURES_FILE, 1, 1),
        "The measures are not written one below another, so that none can be added at the end.",
        "Begin each with its id and a colon on a line of its own, such as “robbery:”.",
    )


def _fits(world: World, adding: MeasureToAdd, measures: Measures, areas: Sequence[str]) -> bool:
    """Whether the data file has what the measure asks for."""
    settings = measures.settings[adding.id]
    numbers = [column for column in (settings.value, settings.of) if column]
    table = read_table(
        world, f"{DATA_FOLDER}/{adding.file}", numbers=numbers, areas=areas, diagnostics=world.diagnostics
    )
    if table is None:
        return False
    check_measure(adding.id, measures, table, world.diagnostics)
    return not world.diagnostics.has_errors


def _value_column(world: World, adding: MeasureToAdd) -> str:
    """The column of numbers: the one that is named, “value”, or the only one there is."""
    if value := adding.settings.get("value"):
        return value
    data = world.read_bytes(f"{DATA_FOLDER}/{adding.file}")
    rows = text_rows(decoded(data or b""))[:MOST_ROWS_LOOKED_AT]
    header, body = (rows[0], rows[1:]) if rows else ([], [])
    numbers = [
        name
        for index, name in enumerate(header)
        if name not in PERIOD_COLUMNS and body and all(len(row) > index and parse_cell(row[index]) for row in body)
    ]
    if "value" in numbers or not numbers:
        return "value"
    if len(numbers) > 1 and "of" not in adding.settings:
        raise WrongUseError(
            f"Several columns of {adding.file} hold numbers: {', '.join(numbers)}.", f"Say which: --value {numbers[0]}."
        )
    return next(name for name in numbers if name != adding.settings.get("of"))


def _entry(adding: MeasureToAdd, value: str) -> str:
    """The entry of a measure as a person would write it."""
    title = adding.settings.get("title") or capital(adding.id.replace("_", " "))
    where = ", ".join(f"{column}: {_words(words)}" for column, words in adding.where.items())
    given = {**adding.settings, "title": title}
    lines = {
        **{name: _scalar(given[name]) for name in FIRST if name in given},
        "file": _scalar(adding.file),
        **({"where": f"{{{where}}}"} if where else {}),
        **({"value": value} if value != "value" else {}),
        **{name: _scalar(text) for name, text in adding.settings.items() if name not in (*FIRST, "value")},
    }
    return f"{adding.id}:\n" + "".join(f"  {name}: {text}\n" for name, text in lines.items())


def _words(words: Sequence[str]) -> str:
    return _scalar(words[0]) if len(words) == 1 else f"[{', '.join(map(_scalar, words))}]"


def _scalar(text: str) -> str:
    """A text as YAML has it: plain where nothing in it means something, or between straight marks."""
    is_number = re.fullmatch(r"-?\d+(?:\.\d+)?", text) is not None
    is_plain = _PLAIN.fullmatch(text) is not None and yaml.safe_load(text) == text and "," not in text
    return text if is_number or is_plain else json.dumps(text, ensure_ascii=False)
