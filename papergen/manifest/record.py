"""What ``manifest.json`` holds, as pydantic models: they write it, read it again and give its JSON schema.

The terms are those of schema.org that RO-Crate uses for a run of a program (its profile “Process Run Crate”): a
``CreateAction`` with an ``object``, an ``instrument`` and a ``result``.  ``docs/manifest.md`` says why.
"""

from __future__ import annotations

import json
import re
from enum import Enum
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from papergen.language.numbers import State
from papergen.model.nodes import PaperKind
from papergen.model.serial import UnreadableRecordError, own_json
from papergen.values.periods import read_interval
from papergen.values.quantities import Kind
from papergen.write.files import Format

MOST_LINES = 5_000_000
"""The lines of a file that a number can rest on: more than any data file can have."""
_MOST_WRITTEN_BYTES = 2_000_000_000
"""What all files of a meeting can have together."""
FORMAT: Literal["papergen manifest 1"] = "papergen manifest 1"

CONTEXT: dict[str, Any] = {
    "@version": 1.1,
    "@vocab": "urn:papergen:manifest:",
    "schema": "http://schema.org/",
    "type": "@type",
    "CreateAction": "schema:CreateAction",
    "File": "schema:MediaObject",
    "SoftwareApplication": "schema:SoftwareApplication",
    "PropertyValue": "schema:PropertyValue",
    "name": "schema:name",
    "title": "schema:name",
    "tools": {"@id": "schema:instrument"},
    "inputs": {"@id": "schema:object"},
    "outputs": {"@id": "schema:result"},
    "version": "schema:softwareVersion",
    "sha256": "schema:sha256",
    "size": "schema:contentSize",
    "pages": "schema:numberOfPages",
    "periods": "schema:temporalCoverage",
    "period": "schema:temporalCoverage",
    "print": "schema:value",
}
"""What the words of the manifest mean to a reader of linked data (JSON-LD); any other word is papergen's own."""


class Role(Enum):
    """What an input is to the papers."""

    CONTENT = "content"
    SETTINGS = "settings"
    DATA = "data"
    PICTURE = "picture"
    TEMPLATE = "template"
    STYLESHEET = "stylesheet"
    FONT = "font"
    CODE = "code"
    MANIFEST = "manifest"


def _relative(name: str) -> str:
    if re.match(r"[A-Za-z]:", name) or not {"", ".", ".."}.isdisjoint(re.split(r"[/\\]", name)) or "\0" in name:
        raise ValueError("it must be the name of a file inside its folder")
    return name


def file_and_lines(rows: str) -> tuple[str, str]:
    """The file and the lines in it that are meant: ``"a.csv"`` and ``"5-7,9"``, or no lines for the whole file."""
    file, _, listed = rows.rpartition(":")
    return (file, listed) if file and re.fullmatch(r"[\d,-]+", listed) else (rows, "")


def _rows(text: str) -> str:
    _, listed = file_and_lines(text)
    if not listed:
        return text
    runs = [re.fullmatch(r"([0-9]{1,7})(?:-([0-9]{1,7}))?", run) for run in listed.split(",")]
    if not all(runs) or sum(int(run[2] or run[1]) - int(run[1]) + 1 for run in runs if run) > MOST_LINES:
        raise ValueError("it must be lines of a file")
    return text


def _each_once(outputs: tuple[Output, ...]) -> tuple[Output, ...]:
    if len({each.name for each in outputs}) < len(outputs):
        raise ValueError("two files have the same name")
    return outputs


def _interval(text: str) -> str:
    period = read_interval(text)
    if period.ends < period.starts:
        raise ValueError("it ends before it starts")
    return text


FileName = Annotated[str, Field(min_length=1), AfterValidator(_relative)]
LinesOfFile = Annotated[str, AfterValidator(_rows)]
Hash = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
MeetingDate = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Interval = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}/\d{4}-\d{2}-\d{2}$"), AfterValidator(_interval)]


class RecordPart(BaseModel):
    """A part of a record: it has no names but its own."""

    model_config = ConfigDict(defer_build=True, extra="forbid", frozen=True)


class Settings(RecordPart):
    """What was asked for, and of which meeting."""

    meeting: MeetingDate
    panel: str
    force: str
    period: Interval | None = None
    final: bool
    papers: tuple[PaperKind, ...] = Field(min_length=1)
    formats: tuple[Format, ...] = Field(min_length=1)
    rules: dict[str, str] = Field(default_factory=dict, description="Weights that panel.yaml gives the rules.")


class Tool(RecordPart):
    """A program, package or library that shapes the files; ``sha256`` is that of papergen's own code."""

    type: Literal["SoftwareApplication"] = "SoftwareApplication"
    name: str
    version: str
    sha256: Hash | None = None


class Input(RecordPart):
    """A file that was read.

    ``name`` is its path in the workspace, or for what comes with papergen or with a package its path there.
    """

    type: Literal["File"] = "File"
    name: FileName
    role: Role
    origin: str = Field(default="workspace", description="workspace, papergen, or the package that brings it")
    sha256: Hash


class Output(RecordPart):
    """A file that was written; ``name`` is its path beside the manifest."""

    type: Literal["File"] = "File"
    name: FileName
    size: int = Field(ge=0)
    pages: int | None = Field(default=None, ge=1)
    sha256: Hash


class Measure(RecordPart):
    """A measure or one-off fact that the papers use."""

    id: str
    title: str
    unit: str
    kind: str
    combine: str = Field(description="sum, mean or last; fact for a one-off fact")
    value: str
    of: str = ""
    where: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    file: FileName
    source: str
    data_to: str = ""


class Number(RecordPart):
    """A number as it is printed, and what it was worked out from.

    ``exact`` is the number before it was rounded (``55/2`` where it is not whole), ``kind`` what it counts or
    measures, and ``how`` the names followed in the expression.
    """

    type: Literal["PropertyValue"] = "PropertyValue"
    paper: str
    section: str = ""
    print: str
    state: State
    expression: str = ""
    how: tuple[str, ...] = ()
    exact: Annotated[str, Field(pattern=r"^(-?\d+(/\d+)?)?$")] = ""
    kind: Kind | None = None
    measures: tuple[str, ...] = ()
    periods: tuple[Interval, ...] = ()
    rows: tuple[LinesOfFile, ...] = Field(default=(), description="file:line-line,line of each file")
    at: str = ""


class Chart(RecordPart):
    """A chart, the numbers that it shows, each once, and the measures and rows that they come from."""

    paper: str
    section: str
    label: str
    title: str
    shows: tuple[str, ...]
    measures: tuple[str, ...]
    rows: tuple[LinesOfFile, ...]
    at: str = ""


class Evidence(RecordPart):
    """What the papers rest on: enough to say where a number comes from."""

    measures: tuple[Measure, ...]
    numbers: tuple[Number, ...]
    charts: tuple[Chart, ...]


class Manifest(Evidence):
    """How the papers of one meeting were made."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, populate_by_name=True, json_schema_extra={"title": "papergen manifest"}
    )

    context: dict[str, Any] = Field(default=CONTEXT, alias="@context")
    type: Literal["CreateAction"] = "CreateAction"
    format: Literal["papergen manifest 1"] = FORMAT
    name: str
    settings: Settings
    tools: tuple[Tool, ...]
    inputs: tuple[Input, ...]
    outputs: Annotated[tuple[Output, ...], AfterValidator(_each_once)]


_ORDER = (
    *("@context", "type", "format", "name", "settings", "tools", "inputs", "outputs"),
    *("measures", "charts", "numbers"),
)


def write_manifest(manifest: Manifest) -> bytes:
    """The manifest as JSON: each file, tool, measure and number on a line of its own, for ``grep`` and ``diff``."""
    data = manifest.model_dump(mode="json", by_alias=True, exclude_defaults=False)
    parts = [f"{_json(key)}: {_value(data[key])}" for key in _ORDER]
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode()


def _value(value: object) -> str:
    if not isinstance(value, list):
        return _json(value)
    given = [{key: each for key, each in record.items() if each not in (None, "", [], {})} for record in value]
    return "[\n" + ",\n".join(f"  {_json(each)}" for each in given) + "\n]" if value else "[]"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def read_manifest(data: bytes) -> Manifest:
    """The manifest in ``data``; raises ``UnreadableRecordError``."""
    own_json(data, FORMAT)
    try:
        manifest = Manifest.model_validate_json(data)
    except ValidationError as problem:
        first = problem.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        if not where:
            raise UnreadableRecordError("is not plain JSON in UTF-8") from None
        if first["type"] == "missing":
            raise UnreadableRecordError(f"has no “{where}”") from None
        raise UnreadableRecordError(
            f"has something at “{where}” that no manifest has: {first['msg'].lower()}"
        ) from None
    if sum(each.size for each in manifest.outputs) > _MOST_WRITTEN_BYTES:
        raise UnreadableRecordError("names more than any papers are")
    if len({(each.origin, each.name) for each in manifest.inputs}) < len(manifest.inputs):
        raise UnreadableRecordError("names a file twice")
    return manifest
