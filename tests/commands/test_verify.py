"""``papergen verify``: papers are built again, and what differs is told with the reason."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from papergen.commands.verify import Present, Verified, compare
from papergen.language.numbers import State
from papergen.manifest.names import MANIFEST
from papergen.manifest.record import Input, Manifest, Number, Output, Role, Settings, Tool
from papergen.model.nodes import PaperKind
from papergen.store.kept import Store
from papergen.write.files import Format
from tests.support.builds import Built, starter
from tests.support.commands import Done, run

pytestmark = pytest.mark.slow

MEETING = "2026-03-12"
PURPOSE = f"content/{MEETING}/panel-report/01-purpose.md"


# ---------------------------------------------------------------------------------------------------------------------
# Two manifests and what there is now


def sha(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()


SETTINGS = Settings(
    meeting=MEETING,
    panel="Panel",
    force="Force",
    period="2025-10-01/2025-12-31",
    final=False,
    papers=(PaperKind.REPORT,),
    formats=(Format.PDF,),
)
DATA = Input(name="content/data/calls.csv", role=Role.DATA, sha256=sha("calls"))
SHEET = Input(name="templates/paper.css", role=Role.STYLESHEET, origin="papergen", sha256=sha("sheet"))
PAGER = Tool(name="weasyprint", version="70.0")
OWN = Tool(name="papergen", version="0.1.0", sha256=sha("code"))


def paper(words: str, name: str = "report.pdf") -> Output:
    return Output(name=name, size=len(words), pages=1, sha256=sha(words))


RECORDED = Manifest(
    name="Papers",
    settings=SETTINGS,
    tools=(OWN, PAGER),
    inputs=(DATA, SHEET),
    outputs=(paper("report"),),
    measures=(),
    charts=(),
    numbers=(),
)
PRESENT = Present(
    papers={"report.pdf": sha("report")},
    inputs={(each.origin, each.name): each.sha256 for each in RECORDED.inputs},
    tools=RECORDED.tools,
)


def changed(**changes: object) -> Manifest:
    return RECORDED.model_copy(update=changes)


def present(**changes: Any) -> Present:
    parts: dict[str, Any] = {"papers": PRESENT.papers, "inputs": PRESENT.inputs, "tools": PRESENT.tools}
    return Present(**{**parts, **changes})


def differences(found: Verified) -> dict[str, list[str]]:
    """What differs, in words, by what it is; nothing that does not."""
    parts = ("edited", "rebuilt", "inputs", "tools", "settings")
    return {part: words for part in parts if (words := [str(each) for each in getattr(found, part)])}


def test_what_is_the_same_is_identical() -> None:
    found = compare(RECORDED, RECORDED, PRESENT)
    assert differences(found) == {}
    assert found.identical
    assert found.files == 1


@pytest.mark.parametrize(
    ("papers", "what"),
    [({"report.pdf": sha("edited")}, "was changed after it was written"), ({}, "is gone, or cannot be read")],
)
def test_a_paper_that_was_edited_afterwards_is_named(papers: dict[str, str], what: str) -> None:
    found = compare(RECORDED, RECORDED, present(papers=papers))
    assert differences(found) == {"edited": [f"report.pdf {what}"]}
    assert not found.identical


@pytest.mark.parametrize(
    ("outputs", "rebuilt"),
    [
        ((paper("other"),), ["report.pdf comes out in another way now"]),
        ((), ["report.pdf would not be written any more"]),
        ((paper("report"), paper("x", "annex.pdf")), ["annex.pdf would be written now and was not then"]),
    ],
)
def test_files_that_a_second_build_gives_otherwise_are_named(outputs: tuple[Output, ...], rebuilt: list[str]) -> None:
    found = compare(RECORDED, changed(outputs=outputs), PRESENT)
    assert differences(found) == {"rebuilt": rebuilt}
    assert not found.identical


def test_a_number_changed_in_the_manifest_is_found_out() -> None:
    number = Number(paper="report", print="139", state=State.TYPED)
    found = compare(changed(numbers=(number.model_copy(update={"print": "138"}),)), changed(numbers=(number,)), PRESENT)
    assert differences(found) == {"edited": [f"{MANIFEST} was changed after it was written"]}


def test_a_size_or_a_count_of_pages_changed_in_the_manifest_is_found_out() -> None:
    output = RECORDED.outputs[0]
    for changes in ({"size": output.size + 1}, {"pages": 99}):
        recorded = changed(outputs=(output.model_copy(update=changes), *RECORDED.outputs[1:]))
        assert differences(compare(recorded, RECORDED, PRESENT)) == {
            "edited": ["manifest.json was changed after it was written"]
        }


def test_a_change_of_an_input_is_told_and_its_numbers_are_no_fault_of_the_manifest() -> None:
    number = Number(paper="report", print="139", state=State.BOUND)
    again = changed(numbers=(number,), inputs=(DATA.model_copy(update={"sha256": sha("new")}), SHEET))
    now = present(inputs={**PRESENT.inputs, ("workspace", DATA.name): sha("new")})
    assert differences(compare(RECORDED, again, now)) == {"inputs": [f"{DATA.name} has changed"]}


def test_an_input_that_is_gone_is_told_where_nothing_could_be_built() -> None:
    found = compare(RECORDED, None, present(inputs={("papergen", SHEET.name): sha("other sheet")}))
    assert differences(found) == {
        "inputs": [f"{DATA.name} is gone, or cannot be read", f"{SHEET.name} of papergen has changed"]
    }


def test_a_new_section_and_a_template_of_ones_own_are_reasons() -> None:
    section = Input(name="content/06-thanks.md", role=Role.CONTENT, sha256=sha("thanks"))
    own = SHEET.model_copy(update={"origin": "workspace"})
    found = compare(RECORDED, changed(inputs=(DATA, own, section)), PRESENT)
    assert differences(found) == {"inputs": [f"{SHEET.name} is now the workspace's own", "content/06-thanks.md is new"]}


def test_a_template_of_ones_own_that_is_gone_says_what_was_taken_instead() -> None:
    own = SHEET.model_copy(update={"origin": "workspace"})
    found = compare(changed(inputs=(DATA, own)), RECORDED, PRESENT)
    assert differences(found) == {
        "inputs": [f"{SHEET.name} is gone, or cannot be read; the one that comes with papergen was taken"]
    }


def test_another_version_of_a_tool_is_a_reason() -> None:
    plotter = Tool(name="plotter", version="3.1")
    now = (OWN.model_copy(update={"sha256": sha("other")}), PAGER.model_copy(update={"version": "71.0"}))
    found = compare(
        changed(tools=(OWN, PAGER, plotter)), RECORDED, present(tools=(*now, Tool(name="qpdf", version="12")))
    )
    assert differences(found) == {
        "tools": [
            "papergen 0.1.0 has another code than it had, under the same version",
            "weasyprint was 70.0 and is 71.0",
            "plotter 3.1 is not installed any more",
            "qpdf 12 is new",
        ]
    }
    assert found.identical


def test_settings_that_differ_are_told() -> None:
    found = compare(RECORDED, changed(settings=SETTINGS.model_copy(update={"force": "Other"})), PRESENT)
    assert differences(found)["settings"] == ["force was “Force” and is “Other”"]


# ---------------------------------------------------------------------------------------------------------------------
# The command


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the web page of its report in it, for publication."""
    root = starter(tmp_path_factory.mktemp("clean") / "panel")
    done = run("build", "-q", "--final", "--only", "report", "--only", "html", at=root)
    assert done.code == 0, done.stderr
    return root


@pytest.fixture
def workspace(clean: Path, tmp_path: Path) -> Path:
    return shutil.copytree(clean, tmp_path / "workspace")


def verified(root: Path, *arguments: str) -> Done:
    return run("verify", str(folder_of(root)), *arguments, at=root)


def folder_of(root: Path) -> Path:
    return root / "output" / MEETING / "partial"


def rewrite(manifest: Path, **changes: Any) -> None:
    data = json.loads(manifest.read_bytes())
    manifest.write_text(json.dumps({**data, **changes}), encoding="utf-8")


def everything(root: Path) -> dict[Path, bytes]:
    return {file: file.read_bytes() for file in root.rglob("*") if file.is_file()}


@pytest.mark.slow
def test_papers_as_they_were_built_are_identical_and_nothing_is_touched(
    laid_down: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is kept for the next build is not taken: false charts and pages do not come into the second build."""
    root = shutil.copytree(laid_down.root, tmp_path / "workspace")
    monkeypatch.setattr(Store, "get", lambda store, _: b"false" if store.folder else None)
    before = everything(root)
    done = run("verify", at=root)
    assert done.code == 0, done.stderr
    assert "Identical: the 8 files" in done.stdout
    assert everything(root) == before


def test_a_part_for_publication_is_built_again_as_such(workspace: Path) -> None:
    panel = workspace / "content" / "panel.yaml"
    panel.write_text(panel.read_text(encoding="utf-8") + "# A remark.\n", encoding="utf-8")
    done = verified(workspace)
    assert done.code == 0, done.stderr
    assert f"Identical: the 2 files in output/{MEETING}/partial/ (final) come out the same" in done.stdout
    assert "Changed since, and without effect on the papers:" in done.stderr
    assert "content/panel.yaml has changed" in done.stderr


def test_a_page_that_was_edited_and_then_its_hash_too_is_found_out(workspace: Path) -> None:
    folder = folder_of(workspace)
    page = folder / "panel-report.html"
    page.write_bytes(page.read_bytes().replace(b"</main>", b"Edited.</main>"))
    done = verified(workspace)
    assert done.code == 1
    assert "panel-report.html was changed after it was written" in done.stderr
    assert "Different in a second build" not in done.stderr
    assert "A second build gives what was written then." in done.stderr

    outputs = json.loads((folder / MANIFEST).read_bytes())["outputs"]
    hashes = {each["name"]: each for each in outputs}
    hashes[page.name] |= {"sha256": hashlib.sha256(page.read_bytes()).hexdigest(), "size": page.stat().st_size}
    rewrite(folder / MANIFEST, outputs=outputs)
    done = verified(workspace)
    assert done.code == 1
    assert "panel-report.html comes out in another way now" in done.stderr
    assert "papergen itself is at fault" in done.stderr


def test_an_input_that_has_changed_is_the_reason(workspace: Path) -> None:
    file = workspace / PURPOSE
    file.write_text(file.read_text(encoding="utf-8") + "\nOne more sentence.\n", encoding="utf-8")
    done = verified(workspace)
    assert done.code == 1
    assert f"{PURPOSE} has changed" in done.stderr
    assert "panel-report.html comes out in another way now" in done.stderr
    assert "papergen itself is at fault" not in done.stderr


def test_why_nothing_could_be_built_is_told(workspace: Path) -> None:
    (workspace / "content" / "data" / "emergency-calls.csv").unlink()
    done = verified(workspace)
    assert done.code == 1
    assert "content/data/emergency-calls.csv is gone" in done.stderr
    assert "They could not be built again:" in done.stderr


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
def test_a_manifest_that_is_missing_broken_or_foreign_is_told_with_2(
    spoil: Callable[[Path], object], words: str, workspace: Path
) -> None:
    spoil(folder_of(workspace) / MANIFEST)
    done = verified(workspace)
    assert done.code == 2, done.stdout
    assert words in done.stderr


def test_a_folder_that_is_not_there_is_told_with_2(workspace: Path) -> None:
    done = run("verify", f"output/{MEETING}/nowhere", at=workspace)
    assert done.code == 2
    assert "There is no manifest.json" in done.stderr


def test_the_manifest_itself_may_be_named(workspace: Path) -> None:
    done = run("verify", str(folder_of(workspace) / MANIFEST), at=workspace)
    assert done.code == 0, done.stderr
