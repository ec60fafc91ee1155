"""A build of what was built already: nothing is made again, and whatever could make a difference is seen."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from papergen.cli.build import _explain_pages
from papergen.cli.console import Console
from papergen.commands import unchanged
from papergen.commands.build import build
from papergen.commands.request import Build, BuildRequest
from papergen.commands.unchanged import LastBuild, changed_inputs, differing, last_build, remember, will_draw
from papergen.diagnostics import Diagnostics
from papergen.model.nodes import PaperKind
from papergen.store.kept import Store
from papergen.world import World
from papergen.write.files import Format, MadeFile, Wanted
from papergen.write.kept_prints import find_printed, keep_printed
from papergen.write.pdf.fullness import EarlyPage
from papergen.write.printed import Printed
from tests.support.builds import starter
from tests.support.commands import run

MEETING = "2026-03-12"
PDFS = ("panel-report.pdf", "appendix-a.pdf")
HTML = Wanted(formats=frozenset({Format.HTML}))


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> BuildRequest:
    """The starter workspace, built as pages of HTML."""
    root = starter(tmp_path_factory.mktemp("starter") / "workspace")
    store = Store(tmp_path_factory.mktemp("store"))
    request = BuildRequest(meeting=MEETING, output=root / "output", wanted=HTML, store=store)
    assert build(World(root, Diagnostics()), request).files
    return request


def root_of(request: BuildRequest) -> Path:
    return request.output.parent


def again(request: BuildRequest) -> LastBuild | None:
    world = World(root_of(request), Diagnostics())
    return last_build(world, request, changed_inputs(world, request))


def test_what_was_built_is_as_it_was(done: BuildRequest) -> None:
    found = again(done)
    assert found is not None
    assert found.build.folder == done.folder
    assert {each.name: each.data for each in found.build.files} == {
        each.name: (done.folder / each.name).read_bytes() for each in found.build.files
    }
    assert {"panel-report.html", "appendix-a.html"} <= {each.name for each in found.build.files}


def test_pages_that_end_early_are_told_again_as_they_were(done: BuildRequest, tmp_path: Path) -> None:
    page, name = EarlyPage(page=2, filled=0.4, following="Table 1", needs=0.7), "panel-report.html"
    made = MadeFile(name, (done.folder / name).read_bytes(), 3, 0.5, (page,))
    request = replace(done, store=Store(tmp_path))
    remember(World(root_of(done), Diagnostics()), request, Build(done.folder, (made,)))
    found = again(request)
    assert found is not None
    assert found.build.files == (made,)
    assert find_printed(request.store, "paper") is None
    keep_printed(request.store, "paper", Printed((made,), 3, ()))
    kept = find_printed(request.store, "paper")
    assert kept is not None
    assert kept.files == (replace(made, seconds=0.0),)


@pytest.mark.parametrize(
    ("following", "told"), [(None, ""), ("Table 1", "Text that may stand before such a chart or table fills the page.")]
)
def test_what_fills_a_page_is_said_where_a_chart_or_table_comes_next(
    following: str | None, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    page = EarlyPage(page=2, filled=0.4, following=following, needs=None if following is None else 0.7)
    _explain_pages([MadeFile("what comes next.pdf", b"", 3, early=(page,))], Console())
    first, *others = capsys.readouterr().out.splitlines()
    assert first == f"what comes next.pdf: {page}."
    assert others == ([told] if told else [])


def inputs(root: Path) -> list[Path]:
    return [path for top in ("content", "templates") for path in sorted((root / top).rglob("*")) if path.is_file()]


def test_every_file_that_papers_are_made_from_is_seen(done: BuildRequest) -> None:
    files = inputs(root_of(done))
    assert len(files) > 10
    for path in files:
        before = path.read_bytes()
        path.write_bytes(before + b" ")
        assert again(done) is None, path
        path.unlink()
        assert again(done) is None, path
        path.write_bytes(before)
    assert again(done) is not None


def add_a_section(root: Path) -> Path:
    path = root / "content" / MEETING / "panel-report" / "90-more.md"
    path.write_text("---\ntitle: More\n---\n\nWords.\n", encoding="utf-8")
    return path


def add_a_data_file(root: Path) -> Path:
    path = root / "content" / "data" / "more.csv"
    path.write_text("month,value\n2026-01,3\n", encoding="utf-8")
    return path


def add_a_template(root: Path) -> Path:
    path = root / "templates" / "web.css"
    path.write_text("p { color: black }\n", encoding="utf-8")
    return path


def add_a_folder(root: Path) -> Path:
    path = root / "content" / "2026-06-11"
    path.mkdir()
    return path


def add_a_link(root: Path) -> Path:
    path = root / "content" / "link.md"
    path.symlink_to(root / "content" / "panel.yaml")
    return path


def add_code(root: Path) -> Path:
    path = root / "exhibits.py"
    path.write_text("", encoding="utf-8")
    return path


def add_earlier_papers(root: Path) -> Path:
    path = root / "output" / "2025-12-11"
    path.mkdir()
    (path / "manifest.json").write_text("{}", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "add",
    [add_a_section, add_a_data_file, add_a_template, add_a_folder, add_a_link, add_code, add_earlier_papers],
)
def test_what_is_added_is_seen(done: BuildRequest, add: Callable[[Path], Path]) -> None:
    added = add(root_of(done))
    try:
        assert again(done) is None
    finally:
        shutil.rmtree(added) if added.is_dir() else added.unlink()
    assert again(done) is not None


def test_what_no_paper_is_made_from_is_not_looked_at(done: BuildRequest, tmp_path: Path) -> None:
    root = root_of(done)
    more = [root / "templates" / "more.html", root / "content" / MEETING / "images" / "unused.png", root / "notes.txt"]
    for path in more:
        path.write_text("Nothing.", encoding="utf-8")
    try:
        assert again(done) is not None
        cold = replace(done, output=tmp_path / "output", store=Store(tmp_path / "store"))
        built = build(World(root, Diagnostics()), cold).files
        assert {each.name: each.data for each in built} == {
            each.name: (done.folder / each.name).read_bytes() for each in built
        }
    finally:
        for path in more:
            path.unlink()


def test_papers_that_were_touched_are_built_again(done: BuildRequest) -> None:
    beside = [done.folder / "manifest.json", done.folder / "model.json", done.output / done.record]
    for path in (done.folder / "panel-report.html", *beside):
        before = path.read_bytes()
        path.write_bytes(before + b" ")
        assert again(done) is None, path
        path.write_bytes(before)
    assert again(done) is not None


def test_another_request_is_another_build(done: BuildRequest, tmp_path: Path) -> None:
    for other in (
        replace(done, final=True),
        replace(done, wanted=Wanted()),
        replace(done, wanted=Wanted(kinds=frozenset({PaperKind.REPORT}), formats=HTML.formats)),
        replace(done, store=Store(None)),
        replace(done, store=Store(tmp_path)),
    ):
        assert again(other) is None


@pytest.mark.parametrize("name", ["python", "papergen", "pydantic", "harfbuzz-subset", "papergen's panel-report.docx"])
def test_another_papergen_package_library_or_template_may_make_other_papers(
    done: BuildRequest, tmp_path: Path, name: str
) -> None:
    world, request = World(root_of(done), Diagnostics()), replace(done, store=Store(tmp_path))
    kept = done.store.get(unchanged._key(world, done))
    assert kept is not None
    record = json.loads(kept)
    record["programs"] = [(each, "another" if each == name else which) for each, which in record["programs"]]
    request.store.put(unchanged._key(world, request), json.dumps(record).encode())
    assert changed_inputs(world, request) == (name,)
    assert again(request) is None


@pytest.mark.slow
def test_a_word_in_one_paper_leaves_the_other_as_it_is_and_the_command_explains_it(tmp_path: Path) -> None:
    root = starter(tmp_path / "workspace")
    command = ("build", "--only", "pdf", "--explain", "--jobs", "1", "--cache")
    first = run(*command, str(tmp_path / "store"), at=root)
    assert "There is no build of these papers to compare with." in first.stdout
    section = sorted((root / "content" / MEETING / "panel-report").glob("*.md"))[0]
    section.write_text(section.read_text(encoding="utf-8") + "\nOne more sentence.\n", encoding="utf-8")
    then = run(*command, str(tmp_path / "store"), at=root)
    told = {line.split()[0]: line.rindex("1") for line in then.stdout.splitlines() if ": pages  " in line}
    assert told["appendix-a:"] < told["panel-report:"]  # “1” stands under “Kept”, and under “Made”
    assert f"Not as it was at the build before: {section.relative_to(root).as_posix()}." in then.stdout
    kept = {name: (root / "output" / MEETING / "partial" / name).read_bytes() for name in PDFS}
    cold = run(*command, str(tmp_path / "another"), at=root)
    assert (first.code, then.code, cold.code) == (0, 0, 0)
    assert {name: (root / "output" / MEETING / "partial" / name).read_bytes() for name in PDFS} == kept


def test_what_is_changed_during_a_build_is_seen(tmp_path: Path) -> None:
    root = starter(tmp_path / "workspace")
    request = BuildRequest(meeting=MEETING, output=root / "output", wanted=HTML, store=Store(tmp_path / "store"))

    def change(step: str, _what: str) -> None:
        if step == "Write":
            add_a_data_file(root)

    assert build(World(root, Diagnostics()), request, progress=change).files
    assert again(request) is None


@pytest.mark.slow
def test_the_command_says_that_nothing_has_changed_and_tells_the_findings_again(tmp_path: Path) -> None:
    root = starter(tmp_path / "workspace")
    first = next(path for path in inputs(root) if path.suffix == ".md")
    first.write_text(first.read_text(encoding="utf-8") + "\nThe the words.\n", encoding="utf-8")
    command = ("build", "--only", "html", "--cache", str(tmp_path / "store"))
    before, after = run(*command, at=root), run(*command, at=root)
    assert (before.code, after.code) == (0, 0)
    assert after.stderr == before.stderr
    assert "C504" in after.stderr
    assert after.stdout.startswith("Nothing that these papers are made from has changed since they were built.")
    assert after.stdout.partition("File")[2] == before.stdout.partition("File")[2]


@pytest.mark.parametrize("record", [{}, {"inputs": {"content/panel.yaml": "0"}}, {"programs": ["papergen 0"]}])
def test_the_record_of_another_papergen_counts_as_none(
    done: BuildRequest, tmp_path: Path, record: dict[str, object]
) -> None:
    world, request = World(root_of(done), Diagnostics()), replace(done, store=Store(tmp_path))
    request.store.put(unchanged._key(world, request), json.dumps(record).encode())
    assert changed_inputs(world, request) == ("papergen",)
    assert last_build(world, request, ("papergen",)) is None


@pytest.mark.parametrize(
    ("changed", "draws"),
    [(None, True), (("content/data/robbery.csv", "x.md"), True), (("content/panel.yaml", "content/x.md"), False)],
)
def test_engines_are_started_where_charts_will_be_drawn(changed: tuple[str, ...] | None, draws: bool) -> None:
    assert will_draw(changed) is draws


def test_what_was_saved_between_two_readings_is_asked_again(tmp_path: Path) -> None:
    (tmp_path / "panel.yaml").write_text("before")
    world, later = World(tmp_path, Diagnostics()), World(tmp_path, Diagnostics())
    world.read_bytes("panel.yaml")
    (tmp_path / "panel.yaml").write_text("after")
    later.read_bytes("panel.yaml")
    first = world.reads["panel.yaml"]
    world.include(later)
    assert world.reads["panel.yaml"] == first
    assert [*differing(tmp_path, world.asked.items())] == ["panel.yaml"]
