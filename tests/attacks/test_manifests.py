"""Manifests of papers from elsewhere, which name lines and files by the million, or none at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from papergen.commands.evidence import PaperBasis
from papergen.commands.why import why_in
from papergen.diagnostics import Diagnostics
from papergen.language.numbers import State
from papergen.manifest.record import Evidence, Manifest, Number, Output, Settings
from papergen.model.nodes import PaperKind
from papergen.world import World

LISTED = "x.csv:" + ",".join(["1-9999999"] * 9)


@pytest.mark.parametrize("rows", ["x.csv:1-9999999999999", "x.csv:" + "9" * 5000, "x.csv:1-5,,7", "x.csv:9,5-", LISTED])
def test_a_number_rests_on_no_more_lines_than_a_file_can_have(rows: str) -> None:
    with pytest.raises(ValidationError, match="lines of a file"):
        Number(paper="report", print="42", state=State.BOUND, rows=(rows,))


@pytest.mark.parametrize("rows", ["x.csv:1-4999999", "x.csv:9,5-7", "x.csv", "content/panel.yaml:3"])
def test_lines_of_a_file_are_taken(rows: str) -> None:
    assert Number(paper="report", print="42", state=State.BOUND, rows=(rows,)).rows == (rows,)


def test_each_file_is_named_once() -> None:
    meeting = Settings(
        meeting="2016-02-02", panel="x", force="x", final=True, papers=(PaperKind.REPORT,), formats=("html",)
    )
    output = Output(name="x.html", size=1, sha256="0" * 64)
    parts = {"name": "x", "settings": meeting, "tools": (), "inputs": (), "measures": (), "numbers": (), "charts": ()}
    assert Manifest.model_validate({**parts, "outputs": (output,)}).outputs == (output,)
    with pytest.raises(ValidationError, match="the same name"):
        Manifest.model_validate({**parts, "outputs": (output, output)})


@pytest.mark.parametrize("at", ["", ":", "x.md:abc", "x.md:" + "9" * 5000, "x.md:0", "x.md:٣"])
def test_why_of_a_number_at_no_line_is_answered(at: str, tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text("41\n", encoding="utf-8")
    basis = PaperBasis(
        Evidence(measures=(), numbers=(Number(paper="report", print="42", state=State.TYPED, at=at),), charts=())
    )
    answer = why_in(World(tmp_path, Diagnostics()), basis, "42")
    assert [each.typed_at for each in answer.numbers] == [at]
