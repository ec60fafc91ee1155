"""``papergen verify``: papers are built again, and what differs is told with the reason."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from papergen.cli.app import app
from papergen.manifest import tools
from papergen.manifest.record import NAME
from papergen.world import packaged_templates
from tests.support.builds import copy_of_norfolk, starter

RUN = CliRunner()
MEETING = "2018-06-12"


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with papers in it, whole and in part."""
    root = copy_of_norfolk(tmp_path_factory.mktemp("clean"))
    for arguments in ([], ["--only", "report", "--only", "html"]):
        done = RUN.invoke(app, ["build", "-q", "-w", str(root), *arguments])
        assert done.exit_code == 0, done.output
    return root


@pytest.fixture
def workspace(clean: Path, tmp_path: Path) -> Path:
    root = tmp_path / "workspace"
    shutil.copytree(clean, root)
    return root


def verified(root: Path, *arguments: str) -> Result:
    done = RUN.invoke(app, ["verify", "--quiet", *arguments, "-w", str(root)])
    assert "Traceback" not in done.output
    return done


def rewrite(manifest: Path, **changes: Any) -> None:
    data = json.loads(manifest.read_bytes())
    manifest.write_text(json.dumps({**data, **changes}), encoding="utf-8")


def replace_in(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def everything(root: Path) -> dict[Path, bytes]:
    return {file: file.read_bytes() for file in root.rglob("*") if file.is_file()}


def test_papers_as_they_were_built_are_identical_and_nothing_is_touched(workspace: Path) -> None:
    before = everything(workspace)
    done = RUN.invoke(app, ["verify", "-w", str(workspace)])
    assert done.exit_code == 0, done.output
    assert "Identical: the 6 files" in done.output
    assert everything(workspace) == before


def test_a_part_of_the_set_is_verified_too(workspace: Path) -> None:
    done = RUN.invoke(app, ["verify", str(workspace / "output" / MEETING / "partial")])
    assert done.exit_code == 0, done.output
    assert "Identical: the file in" in done.output


def test_charts_that_were_kept_are_not_used(with_false_charts: Path) -> None:
    """A false picture among the charts that are kept came into the papers; a second build does not take it."""
    done = verified(with_false_charts)
    assert done.exit_code == 1, done.output
    assert "Different in a second build:" in done.output


@pytest.fixture
def with_false_charts(tmp_path: Path) -> Path:
    root = starter(tmp_path / "panel")
    assert RUN.invoke(app, ["build", "-q", "-w", str(root)]).exit_code == 0
    charts = sorted((root / "output" / ".charts").glob("*.svg"))
    assert charts
    for chart in charts:
        chart.write_bytes(chart.read_bytes().replace(b"</svg>", b"<!-- false --></svg>"))
    assert RUN.invoke(app, ["build", "-q", "-w", str(root)]).exit_code == 0
    return root


def test_a_paper_that_was_edited_afterwards_is_named(workspace: Path) -> None:
    paper = workspace / "output" / MEETING / "annex.docx"
    paper.write_bytes(paper.read_bytes() + b"\0")
    (workspace / "output" / MEETING / "panel-report.pdf").unlink()
    done = verified(workspace)
    assert done.exit_code == 1
    assert "annex.docx was changed after it was written" in done.output
    assert "panel-report.pdf is gone" in done.output
    assert "Different in a second build" not in done.output
    assert "A second build gives what was written then" in done.output


def test_an_edited_paper_with_a_hash_to_match_is_found_out(workspace: Path) -> None:
    folder = workspace / "output" / MEETING
    page = folder / "annex.html"
    page.write_bytes(page.read_bytes().replace(b"139", b"138"))
    outputs = json.loads((folder / NAME).read_bytes())["outputs"]
    for each in outputs:
        if each["name"] == "annex.html":
            each["sha256"] = hashlib.sha256(page.read_bytes()).hexdigest()
    rewrite(folder / NAME, outputs=outputs)
    done = verified(workspace)
    assert done.exit_code == 1
    assert "annex.html comes out in another way now" in done.output


def test_a_number_changed_in_the_manifest_is_found_out(workspace: Path) -> None:
    manifest = workspace / "output" / MEETING / NAME
    replace_in(manifest, '"print": "139"', '"print": "138"')
    done = verified(workspace)
    assert done.exit_code == 1
    assert f"{NAME} was changed after it was written" in done.output


def test_an_input_that_has_changed_is_the_reason(workspace: Path) -> None:
    row = "2017/18 Q4,Norfolk,Robbery,Robbery of personal property,9"
    replace_in(workspace / "content" / "data" / "recorded-crime.csv", f"{row}4", f"{row}5")
    done = verified(workspace)
    assert done.exit_code == 1
    assert "content/data/recorded-crime.csv has changed" in done.output
    assert "annex.docx comes out in another way now" in done.output
    assert "papergen itself is at fault" not in done.output


def test_an_input_that_is_gone_or_new_is_told_and_why_nothing_could_be_built(workspace: Path) -> None:
    (workspace / "content" / "data" / "population.csv").unlink()
    done = verified(workspace)
    assert done.exit_code == 1
    assert "content/data/population.csv is gone" in done.output
    assert "could not be built again" in done.output


def test_a_new_section_and_a_template_of_ones_own_are_reasons(workspace: Path) -> None:
    section = workspace / "content" / MEETING / "panel-report" / "06-thanks.md"
    section.write_text("---\ntitle: Thanks\nowner: Clerk\nreviewed: 2018-06-01\n---\n\nThank you.\n", encoding="utf-8")
    (workspace / "templates").mkdir()
    shutil.copy(packaged_templates() / "paper.css", workspace / "templates" / "paper.css")
    done = verified(workspace)
    assert done.exit_code == 1
    assert f"content/{MEETING}/panel-report/06-thanks.md is new" in done.output
    assert "templates/paper.css is now the workspace's own" in done.output


def test_a_change_without_effect_is_told_and_papers_are_identical(workspace: Path) -> None:
    panel = workspace / "content" / "panel.yaml"
    panel.write_text(panel.read_text(encoding="utf-8") + "# A remark.\n", encoding="utf-8")
    done = RUN.invoke(app, ["verify", "-w", str(workspace)])
    assert done.exit_code == 0, done.output
    assert "content/panel.yaml has changed" in done.output
    assert "without effect" in done.output


def test_another_version_of_a_tool_is_a_reason(workspace: Path) -> None:
    folder = workspace / "output" / MEETING
    recorded = json.loads((folder / NAME).read_bytes())["tools"]
    for each in recorded:
        if each["name"] == "weasyprint":
            each["version"] = "69.0"
        if each["name"] == "papergen":
            each["sha256"] = "0" * 64
    recorded.append({"type": "SoftwareApplication", "name": "plotter", "version": "3.1"})
    rewrite(folder / NAME, tools=recorded)
    (folder / "annex.pdf").write_bytes(b"%PDF-")
    done = verified(workspace)
    assert done.exit_code == 1
    now = {each.name: each.version for each in tools.tools()}
    assert f"weasyprint was 69.0 and is {now['weasyprint']}" in done.output
    assert f"papergen {now['papergen']} has another code than it had" in done.output
    assert "plotter 3.1 is not installed any more" in done.output


def test_papers_for_publication_are_built_again_as_such(workspace: Path) -> None:
    manifest = workspace / "output" / MEETING / NAME
    settings = json.loads(manifest.read_bytes())["settings"]
    assert settings["final"] is False
    rewrite(manifest, settings={**settings, "final": True})
    done = verified(workspace)
    assert done.exit_code == 1
    assert "annex.pdf comes out in another way now" in done.output or "could not be built again" in done.output


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda manifest: manifest.unlink(), "There is no manifest.json"),
        (lambda manifest: manifest.write_bytes(b""), "not JSON"),
        (lambda manifest: manifest.write_bytes(manifest.read_bytes()[:3000]), "cut short"),
        (lambda manifest: manifest.write_text('{"name": "npm"}'), "not written by papergen"),
        (lambda manifest: rewrite(manifest, outputs=[{"name": "../../x", "size": 1, "sha256": "0" * 64}]), "outputs"),
        (lambda manifest: rewrite(manifest, settings={}), "has no “settings.meeting”"),
        (
            lambda manifest: rewrite(
                manifest, settings={**json.loads(manifest.read_bytes())["settings"], "meeting": "2011-01-01"}
            ),
            "papers of the meeting of 2011-01-01",
        ),
    ],
)
def test_a_manifest_that_is_missing_broken_or_foreign_is_told_with_2(spoil: Any, words: str, workspace: Path) -> None:
    spoil(workspace / "output" / MEETING / NAME)
    done = verified(workspace)
    assert done.exit_code == 2, done.output
    assert words in done.output


def test_a_folder_that_is_not_there_is_told_with_2(workspace: Path) -> None:
    done = verified(workspace, str(workspace / "output" / "2017-01-01"))
    assert done.exit_code == 2
    assert "There is no manifest.json" in done.output


def test_the_manifest_itself_may_be_named(workspace: Path) -> None:
    done = verified(workspace, str(workspace / "output" / MEETING / NAME))
    assert done.exit_code == 0, done.output
