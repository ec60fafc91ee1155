"""Manifests of papers from elsewhere, which name lines and files by the million, or none at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from papergen.commands.evidence import PaperBasis
from papergen.commands.why import why_in
from papergen.diagnostics import Diagnostics
from papergen.language.numbers import State
from papergen.manifest.record import (
    Evidence,
    Input,
    Manifest,
    Number,
    Output,
    Role,
    Settings,
    read_manifest,
    write_manifest,
)
from papergen.manifest.why import Answer, why
from papergen.model.nodes import PaperKind
from papergen.model.serial import UnreadableRecordError
from papergen.world import World
from papergen.write.files import Format

LISTED = "x.csv:" + ",".join(["1-9999999"] * 9)


@pytest.mark.parametrize("rows", ["x.csv:1-9999999999999", "x.csv:" + "9" * 5000, "x.csv:1-5,,7", "x.csv:9,5-", LISTED])
def test_a_number_rests_on_no_more_lines_than_a_file_can_have(rows: str) -> None:
    with pytest.raises(ValidationError, match="lines of a file"):
        Number(paper="report", print="42", state=State.BOUND, rows=(rows,))


@pytest.mark.parametrize("rows", ["x.csv:1-4999999", "x.csv:9,5-7", "x.csv", "content/panel.yaml:3"])
def test_lines_of_a_file_are_taken(rows: str) -> None:
    assert Number(paper="report", print="42", state=State.BOUND, rows=(rows,)).rows == (rows,)


MEETING = Settings(
    meeting="2016-02-02", panel="x", force="x", final=True, papers=(PaperKind.REPORT,), formats=(Format.HTML,)
)
OUTPUT = Output(name="x.html", size=1, sha256="0" * 64)
INPUT = Input(name="x.md", role=Role.CONTENT, sha256="0" * 64)
PARTS = {"name": "x", "settings": MEETING, "tools": (), "measures": (), "charts": ()}
WHOLE = Manifest.model_validate({**PARTS, "inputs": (INPUT,), "numbers": (), "outputs": (OUTPUT,)})


def test_each_file_is_named_once() -> None:
    assert read_manifest(write_manifest(WHOLE)) == WHOLE
    with pytest.raises(ValidationError, match="the same name"):
        Manifest.model_validate({**PARTS, "inputs": (), "numbers": (), "outputs": (OUTPUT, OUTPUT)})


@pytest.mark.parametrize("name", ["./x.html", "a//x.html", "a/.", "../x", "/x", "C:x", "a\\..\\x", "", "x\0"])
def test_a_file_has_one_name_in_its_folder(name: str) -> None:
    with pytest.raises(ValidationError):
        Output(name=name, size=1, sha256="0" * 64)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"outputs": (OUTPUT.model_copy(update={"size": 3_000_000_000}),)}, "more than any papers"),
        ({"inputs": (INPUT, INPUT)}, "a file twice"),
    ],
)
def test_a_manifest_that_would_keep_a_reader_busy_is_refused(changes: dict[str, object], told: str) -> None:
    with pytest.raises(UnreadableRecordError, match=told):
        read_manifest(write_manifest(WHOLE.model_copy(update=changes)))


def test_a_list_as_long_as_settings_may_have_is_read_and_keeps_nobody_busy() -> None:
    long = Number(paper="report", print="12 Forces, " * 50_000, state=State.BOUND)
    read = read_manifest(write_manifest(WHOLE.model_copy(update={"numbers": (long,)})))
    assert read.numbers == (long,)
    assert why("12", Evidence(measures=(), numbers=read.numbers, charts=())) == Answer((), ())


@pytest.mark.parametrize("data", [b"\xef\xbb\xbf", b'{"@context": ' + b"[" * 900 + b"]" * 900 + b", "])
def test_what_is_no_plain_json_is_told_so(data: bytes) -> None:
    written = write_manifest(WHOLE)
    with pytest.raises(UnreadableRecordError, match="plain JSON"):
        read_manifest(data + written if data[0] != ord("{") else data + written[1:])


@pytest.mark.parametrize("at", ["", ":", "x.md:abc", "x.md:" + "9" * 5000, "x.md:0", "x.md:٣"])
def test_why_of_a_number_at_no_line_is_answered(at: str, tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text("41\n", encoding="utf-8")
    basis = PaperBasis(
        Evidence(measures=(), numbers=(Number(paper="report", print="42", state=State.TYPED, at=at),), charts=())
    )
    answer = why_in(World(tmp_path, Diagnostics()), basis, "42")
    assert [each.typed_at for each in answer.numbers] == [at]
