"""Pipes, devices, sockets and files without an end are told and never waited for."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from papergen.diagnostics import Diagnostics
from papergen.files import LinkError, NoFileError, TooLargeError, read_file
from papergen.world import World
from tests.support.builds import built
from tests.support.commands import invoke
from tests.support.orchard import FOLDER, MEETING, PAGE, Orchard
from tests.support.within import within

pytestmark = pytest.mark.slow

Plant = Callable[[Path], None]


def pipe(path: Path) -> None:
    os.mkfifo(path)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def unix_socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the address of a socket has room for a hundred letters
    try:
        with socket.socket(socket.AF_UNIX) as bound:
            bound.bind(path.name)
    finally:
        os.chdir(here)


def sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(2**40)


PLANTS: list[Plant] = [pipe, device, unix_socket, sparse]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    Orchard(tmp_path)
    return tmp_path


@pytest.fixture(autouse=True)
def _in_moments() -> Iterator[None]:
    with within(seconds=60):
        yield


@pytest.mark.parametrize("plant", PLANTS)
@pytest.mark.parametrize("follow", [True, False])
def test_only_files_with_an_end_are_read(plant: Plant, follow: bool, tmp_path: Path) -> None:
    plant(tmp_path / "x")
    with pytest.raises((NoFileError, LinkError, TooLargeError)):
        read_file(tmp_path / "x", most=1000, follow=follow)


def test_a_file_that_says_it_is_empty_is_read_to_its_limit() -> None:
    with pytest.raises(TooLargeError):
        read_file(Path("/proc/self/maps"), most=100)


@pytest.mark.parametrize(
    ("plant", "name"),
    [
        *((plant, PAGE) for plant in PLANTS),
        (device, "content/panel.yaml"),
        (pipe, f"{FOLDER}/meeting.yaml"),
        (unix_socket, "content/data/theft.csv"),
        (sparse, "content/data/facts.csv"),
        (sparse, f"{FOLDER}/images/map.png"),
        (pipe, "templates/panel-report.docx"),
    ],
)
def test_what_is_no_file_is_told_by_its_name(plant: Plant, name: str, workspace: Path) -> None:
    if name.endswith(".png"):
        page = workspace / PAGE
        page.write_text(f"{page.read_text(encoding='utf-8')}\n![A map](images/map.png)\n", encoding="utf-8")
    (workspace / name).unlink(missing_ok=True)
    (workspace / name).parent.mkdir(exist_ok=True)
    plant(workspace / name)
    command = ["template", "check"] if name.startswith("templates/") else ["check"]
    done = invoke(*command, "-w", str(workspace))
    assert done.exit_code in (1, 2), done.output
    assert isinstance(done.exception, SystemExit)
    assert name.rsplit("/", 1)[-1] in done.output


@pytest.mark.parametrize(
    "command",
    [["figures"], ["figures", "--why", "16"], ["background-papers"], ["data", "check"], ["new", "2016-04-19"]],
)
@pytest.mark.parametrize("name", ["content/panel.yaml", "content/data/theft.csv"])
def test_no_command_waits_for_a_pipe(command: list[str], name: str, workspace: Path) -> None:
    (workspace / name).unlink()
    os.mkfifo(workspace / name)
    done = invoke(*command, "-w", str(workspace))
    assert done.exit_code == (0 if command[0] == "new" and name.endswith(".csv") else 1), done.output
    assert name in done.output or not done.exit_code


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("papers")
    Orchard(root)
    assert built(root, MEETING).files
    return root


@pytest.mark.parametrize(
    ("name", "plant"),
    [
        *((name, plant) for name in ("manifest.json", "panel-report.html") for plant in PLANTS),
        ("chart-data", PLANTS[0]),
    ],
)
def test_papers_that_were_received_are_verified_in_moments(plant: Plant, name: str, papers: Path) -> None:
    folder = papers / "output" / MEETING
    kept = folder / f"kept-{name}"
    there = (folder / name).exists()
    if there:
        (folder / name).rename(kept)
    plant(folder / name)
    try:
        done = invoke("verify", str(folder))
    finally:
        (folder / name).unlink()
        if there:
            kept.rename(folder / name)
    assert done.exit_code in ((2,) if name == "manifest.json" else (1,) if there else (0, 1)), done.output
    assert name in done.output or not there


def test_an_extract_that_is_a_pipe_is_not_waited_for(workspace: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "extract.csv")
    done = invoke("data", "import", str(tmp_path / "extract.csv"), "--into", "x.csv", "-w", str(workspace))
    assert done.exit_code == 2, done.output


def test_a_pipe_by_the_door_is_told_with_what_to_do(workspace: Path) -> None:
    (workspace / PAGE).unlink()
    os.mkfifo(workspace / PAGE)
    world = World(workspace, Diagnostics())
    assert world.read_text(PAGE) is None
    (found,) = world.diagnostics
    assert found.code.id == "W102"
    assert "no ordinary file" in found.message
    assert found.hint
