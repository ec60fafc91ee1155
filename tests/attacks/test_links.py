"""Links in a workspace never lead a write or a deletion to a file outside it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from papergen.commands.data_import import ImportRequest, import_extract
from papergen.commands.new import roll_over
from papergen.commands.seal import OutputBusyError, output_lock, recover, swap_in
from papergen.commands.steps import read_meeting
from papergen.diagnostics import Diagnostics
from papergen.files import Folder, LinkError, NoFileError, create
from papergen.world import World, packaged_templates
from tests.support.commands import invoke
from tests.support.orchard import FOLDER, MEETING, PAGE, Orchard

PAPERS = {"report.pdf": b"pdf", "chart-data/report-figure-01.csv": b"1"}


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder of somebody's own, outside the workspace."""
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / "letter.txt").write_bytes(b"mine")
    (folder / "robbery.csv").write_bytes(b"month,area,value\n2015-01,North,1\n")
    return folder


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    root = tmp_path / "workspace"
    Orchard(root)
    return root


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def swap(output: Path, name: str = MEETING, *, write: Callable[[Path, bytes], None] = create) -> None:
    with output_lock(output, MEETING):
        swap_in(
            output / name,
            PAPERS,
            ours=frozenset({"report.pdf"}),
            folders=frozenset({"chart-data", "partial"}),
            within=output,
            write=write,
        )


# ---------------------------------------------------------------------------------------------------------------------
# The folder of the papers


def link_the_lock(output: Path, outside: Path) -> None:
    output.mkdir()
    (output / f".{MEETING}.lock").symlink_to(outside / "letter.txt")


def link_the_lock_to_nothing(output: Path, outside: Path) -> None:
    output.mkdir()
    (output / f".{MEETING}.lock").symlink_to(outside / "new.txt")


def link_the_meeting(output: Path, outside: Path) -> None:
    output.mkdir()
    (output / MEETING).symlink_to(outside, target_is_directory=True)


def link_the_output(output: Path, outside: Path) -> None:
    output.symlink_to(outside, target_is_directory=True)


@pytest.mark.parametrize("plant", [link_the_lock, link_the_lock_to_nothing, link_the_meeting, link_the_output])
@pytest.mark.parametrize("name", [MEETING, f"{MEETING}/partial"])
def test_a_link_in_the_way_of_papers_is_refused_however_often(
    plant: Callable[[Path, Path], None], name: str, outside: Path, tmp_path: Path
) -> None:
    before = contents(outside)
    output = tmp_path / "output"
    plant(output, outside)
    for _ in range(2):
        with pytest.raises(LinkError, match=r"“[^”]+” is a link to another place"):
            swap(output, name)
        assert contents(outside) == before
    (output if output.is_symlink() else next(each for each in output.iterdir() if each.is_symlink())).unlink()
    swap(output, name)
    assert contents(output / name) == PAPERS


@pytest.mark.parametrize("left", [f".{MEETING}.new", f".{MEETING}.old"])
@pytest.mark.parametrize("with_papers", [True, False])
def test_a_link_where_a_stopped_build_leaves_its_folder_goes_as_a_link(
    left: str, with_papers: bool, outside: Path, tmp_path: Path
) -> None:
    before = contents(outside)
    output = tmp_path / "output"
    output.mkdir()
    if with_papers:
        swap(output)
    (output / left).symlink_to(outside, target_is_directory=True)
    recover(output / MEETING)
    assert not os.path.lexists(output / left)
    assert (output / MEETING).exists() is with_papers
    (output / left).symlink_to(outside, target_is_directory=True)
    swap(output)
    assert contents(output / MEETING) == PAPERS
    assert contents(outside) == before


def test_links_among_papers_are_replaced_or_kept_and_never_followed(outside: Path, tmp_path: Path) -> None:
    before = contents(outside)
    output = tmp_path / "output"
    swap(output)
    for name in ("report.pdf", "partial", "mine"):
        (output / MEETING / name).unlink(missing_ok=True)
        (output / MEETING / name).symlink_to(outside / "letter.txt" if name == "report.pdf" else outside)
    (output / MEETING / "chart-data" / "report-figure-01.csv").unlink()
    (output / MEETING / "chart-data").rmdir()
    (output / MEETING / "chart-data").symlink_to(outside)
    swap(output)
    papers = output / MEETING
    assert {name: (papers / name).read_bytes() for name in PAPERS} == PAPERS
    assert [path.name for path in papers.iterdir() if path.is_symlink()] == ["mine"]
    assert contents(outside) == before


@pytest.mark.parametrize("plant", [os.mkfifo, os.mkdir])
def test_a_lock_that_is_no_file_is_refused_and_not_waited_for(plant: Callable[[Path], None], tmp_path: Path) -> None:
    plant(tmp_path / f".{MEETING}.lock")
    with pytest.raises(NoFileError), output_lock(tmp_path, MEETING):
        pass


def test_a_pipe_among_papers_is_told_and_the_papers_stay(tmp_path: Path) -> None:
    output = tmp_path / "output"
    swap(output)
    (output / MEETING / "mine").mkdir()
    os.mkfifo(output / MEETING / "mine" / "pipe")
    with pytest.raises(NoFileError):
        swap(output)
    assert (output / MEETING / "report.pdf").read_bytes() == b"pdf"


def test_a_lock_that_is_held_is_still_told(tmp_path: Path) -> None:
    with output_lock(tmp_path, MEETING), pytest.raises(OutputBusyError), output_lock(tmp_path, MEETING):
        pass


@pytest.mark.parametrize("at", ["content/data", "content"])
def test_a_folder_that_becomes_a_link_in_mid_write_leads_nowhere(
    at: str, workspace: Path, outside: Path, tmp_path: Path
) -> None:
    (outside / "data").mkdir()
    before = contents(outside)

    def swapped(path: Path, data: bytes) -> None:
        (workspace / at).rename(tmp_path / "moved")
        (workspace / at).symlink_to(outside, target_is_directory=True)
        create(path, data)

    Folder(workspace).write("content/data/robbery.csv", b"new", new=swapped)
    moved = tmp_path / "moved" / ("robbery.csv" if at == "content/data" else "data/robbery.csv")
    assert moved.read_bytes() == b"new"
    assert contents(outside) == before
    for act in (Folder(workspace).remove, Folder(workspace).make, partial(Folder(workspace).read, most=9)):
        with pytest.raises(LinkError):
            act("content/data/robbery.csv")
    with pytest.raises(LinkError):
        Folder(workspace).rename("content/data/robbery.csv", "robbery.csv")
    assert contents(outside) == before


@pytest.mark.parametrize("at", ["", MEETING, f".{MEETING}.new", f".{MEETING}.new/chart-data"])
def test_papers_never_follow_a_folder_that_becomes_a_link(at: str, outside: Path, tmp_path: Path) -> None:
    output = tmp_path / "output"
    swap(output)
    before = contents(outside)

    def swapped(path: Path, data: bytes) -> None:
        if path.name == "report-figure-01.csv":
            (output / at).rename(tmp_path / "moved")
            (output / at).symlink_to(outside, target_is_directory=True)
        create(path, data)

    with suppress(OSError):
        swap(output, write=swapped)
    assert contents(outside) == before


# ---------------------------------------------------------------------------------------------------------------------
# What is written into the workspace


@pytest.mark.parametrize("linked", ["content/data", "content/data/robbery.csv", "content/data/.robbery.csv.new"])
def test_an_import_through_a_link_changes_nothing_outside(
    linked: str, workspace: Path, outside: Path, tmp_path: Path
) -> None:
    before = contents(outside)
    place = workspace / linked
    if place.is_dir():
        for file in place.iterdir():
            (outside / file.name).write_bytes(file.read_bytes())
            file.unlink()
        place.rmdir()
        before = contents(outside)
        place.symlink_to(outside, target_is_directory=True)
    else:
        place.symlink_to(outside / "robbery.csv")
    extract = tmp_path / "extract.csv"
    extract.write_text("Area,2015-10,2015-11\nNorth,1,2\nSouth,3,4\n", encoding="utf-8")
    diagnostics = Diagnostics()
    done = import_extract(World(workspace, diagnostics), MEETING, ImportRequest(file=extract, into="robbery.csv"))
    assert contents(outside) == before
    assert (done is not None) is linked.endswith(".new")
    if done is None:
        assert diagnostics.has_errors
    else:
        assert b"South" in (workspace / "content/data/robbery.csv").read_bytes()


@pytest.mark.parametrize("place", ["content", f"content/.{'2016-04-19'}.new"])
def test_a_new_meeting_is_never_laid_down_elsewhere(place: str, workspace: Path, outside: Path) -> None:
    if place == "content":
        (workspace / "content").rename(outside / "content")
    before = contents(outside)
    (workspace / place).symlink_to(outside / "content" if place == "content" else outside)
    diagnostics = Diagnostics()
    made = roll_over(World(workspace, diagnostics), MEETING, date(2016, 4, 19))
    assert contents(outside) == before
    assert (made is None) is (place == "content")
    assert diagnostics.has_errors is (made is None)


@pytest.mark.parametrize("stands", ["a link", "a link to nothing", "a file"])
def test_what_stands_in_the_place_of_a_folder_is_named(stands: str, workspace: Path, outside: Path) -> None:
    taken = workspace / "content" / "2016-04-19"
    if stands == "a file":
        taken.write_bytes(b"mine")
    else:
        taken.symlink_to(outside if stands == "a link" else outside / "nothing")
    before, diagnostics = contents(outside), Diagnostics()
    assert roll_over(World(workspace, diagnostics), MEETING, date(2016, 4, 19)) is None
    (told,) = diagnostics
    assert "“2016-04-19” stands there, and is no folder." in told.message
    assert told.hint == "Move it elsewhere."
    assert contents(outside) == before


@pytest.mark.parametrize("leads", [".", "..", "../..", "05-loop"])
def test_a_link_that_leads_in_a_circle_is_told_at_once(leads: str, workspace: Path) -> None:
    (workspace / FOLDER / "report" / "05-loop").symlink_to(leads)
    diagnostics = Diagnostics()
    made = roll_over(World(workspace, diagnostics), MEETING, date(2016, 4, 19))
    assert made is None
    assert [(found.code.id, found.at.file.rsplit("/", 1)[-1]) for found in diagnostics if found.code.id == "W103"] == [
        ("W103", "05-loop")
    ]
    assert not (workspace / "content" / "2016-04-19").exists()


def test_two_folders_that_lead_to_each_other_are_no_endless_paper(workspace: Path) -> None:
    for name, other in (("05-one", "06-two"), ("06-two", "05-one")):
        folder = workspace / FOLDER / "report" / name
        folder.mkdir()
        (folder / "index.md").write_text("---\ntitle: A title\n---\n\nWords.\n", encoding="utf-8")
        for number in (7, 8):
            (folder / f"0{number}-other").symlink_to(f"../{other}")
    world = World(workspace, Diagnostics())
    inside = f"{FOLDER}/report/05-one/07-other/07-other"
    assert world.is_folder(inside.removesuffix("/07-other"))
    assert not world.is_folder(inside)


@pytest.mark.parametrize(
    "name", ["templates", "content/data", f"{FOLDER}/report", f"{FOLDER}/report/02-more", "content/2016-04-19", PAGE]
)
def test_what_leads_outside_is_told_once_and_not_taken_for_missing(name: str, workspace: Path, outside: Path) -> None:
    place = workspace / name
    if place.exists():
        place.rename(outside / "moved")
    place.symlink_to(outside / "moved" if (outside / "moved").exists() else outside)
    world = World(workspace, Diagnostics())
    read_meeting(world, MEETING)
    world.template("appendix.docx")
    told = {(found.code.id, found.at.file) for found in world.diagnostics if found.at.file.startswith(name)}
    missing = {found.code.id for found in world.diagnostics} & {"W101", "W102", "W106", "W107"}
    assert told - {("W103", "content/data/facts.csv")} == {("W103", name)}
    assert not missing


def test_a_letterhead_is_not_adopted_through_a_link(workspace: Path, outside: Path) -> None:
    shutil.rmtree(workspace / "templates", ignore_errors=True)
    (workspace / "templates").symlink_to(outside)
    before = contents(outside)
    letterhead = packaged_templates() / "appendix.docx"
    done = invoke("template", "adopt", str(letterhead), "--as", "appendix", "-w", str(workspace))
    assert done.exit_code == 1, done.output
    assert "“templates” is a link to another place" in done.output
    assert contents(outside) == before


def test_a_link_within_the_workspace_may_be_read_through(workspace: Path) -> None:
    (workspace / FOLDER / "report" / "02-again.md").symlink_to(workspace / PAGE)
    assert World(workspace, Diagnostics()).read_text(f"{FOLDER}/report/02-again.md")


@pytest.mark.parametrize("name", ["../letter.txt", "/etc/papergen", "a/../../letter.txt"])
def test_a_name_that_leads_out_is_no_name_to_write_to(name: str, workspace: Path) -> None:
    with pytest.raises(LinkError):
        Folder(workspace).write(name, b"")


# ---------------------------------------------------------------------------------------------------------------------
# The commands


@pytest.mark.slow
def test_the_command_tells_of_a_link_and_how_to_mend_it(workspace: Path, outside: Path) -> None:
    (workspace / "output").symlink_to(outside, target_is_directory=True)
    done = subprocess.run(
        [sys.executable, "-m", "papergen", "build", "--only", "html", "-w", str(workspace)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "is a link" in done.stderr
    assert "--output" in done.stderr
    assert sorted(contents(outside)) == ["letter.txt", "robbery.csv"]


def nested(folder: Path, *, depth: int = 1200) -> None:
    """Folders within folders, as deep as a path can name and deeper than a program can follow step by step."""
    folder.mkdir()
    here = Path.cwd()
    os.chdir(folder)
    try:
        for _ in range(depth):
            Path("a").mkdir()
            os.chdir("a")
    finally:
        os.chdir(here)


@pytest.mark.slow
def test_folders_without_end_are_told_and_hold_no_build_up_for_ever(workspace: Path, tmp_path: Path) -> None:
    output = tmp_path / "output"
    swap(output)
    nested(output / MEETING / "mine")
    with pytest.raises(OSError, match="“mine” holds folders within folders"):
        swap(output)
    assert {name: (output / MEETING / name).read_bytes() for name in PAPERS} == PAPERS
    (output / MEETING / "mine").rename(output / f".{MEETING}.new")
    with pytest.raises(OSError, match="holds folders within folders"):
        swap(output)
    nested(workspace / FOLDER / "report" / "05-deep")
    diagnostics = Diagnostics()
    assert roll_over(World(workspace, diagnostics), MEETING, date(2016, 4, 19)) is None
    assert [found.code.id for found in diagnostics] == ["W102"]
    subprocess.run(["rm", "-rf", str(output), str(workspace)], check=True)
