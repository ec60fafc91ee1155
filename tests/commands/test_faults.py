"""Every write of a build fails in turn: the folder then holds all the old papers or all the new ones."""

from __future__ import annotations

import errno
import os
import re
import resource
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from papergen.commands.seal import change_places, swap_in
from papergen.exhibits import engine
from tests.support.commands import run
from tests.support.orchard import FILES, MEETING, PAGE, Orchard

# ---------------------------------------------------------------------------------------------------------------------
# Faults


@dataclass
class Faults:
    """Counts what is done to the files below ``root``, and lets the operation of one number fail.

    Python tells of every opening, renaming and deleting before it is done, wherever in the program that is.  ``done``
    are the operations, for the message of a failing test.
    """

    root: Path | None = None
    nth: int = 0
    error: Callable[[], BaseException] | None = None
    done: list[str] = field(default_factory=list)

    @contextmanager
    def counted(self, root: Path, nth: int, error: Callable[[], BaseException] | None) -> Iterator[None]:
        """Operations below ``root``, of which the ``nth`` raises ``error``."""
        self.root, self.nth, self.error, self.done = root.resolve(), nth, error, []
        try:
            yield
        finally:
            self.root = None

    def step(self, what: str, *, only_interrupts: bool = False) -> None:
        self.done.append(what)
        if len(self.done) == self.nth and self.error is not None:
            problem = self.error()
            if not (only_interrupts and isinstance(problem, OSError)):
                raise problem

    def hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.root is None or event not in _EVENTS or not self._holds(arguments[0]):
            return
        if event != "open" or arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            self.step(f"{event} {Path(arguments[0]).name}")

    def _holds(self, path: object) -> bool:
        """Whether a path is one of those that are counted; what is deleted with its folder is named without it."""
        if self.root is None or not isinstance(path, str | Path):
            return False
        return not os.path.isabs(path) or Path(path).parent.resolve().is_relative_to(self.root)  # noqa: PTH117

    def __str__(self) -> str:
        return f"{self.nth}: {self.done[self.nth - 1] if self.nth <= len(self.done) else 'none'}"


_EVENTS = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.chmod", "os.utime", "os.truncate", "os.link"}
FAULTS = Faults()
sys.addaudithook(FAULTS.hear)


class Interrupt(BaseException):
    """Somebody stopped the program."""


def error(number: int) -> Callable[[], BaseException]:
    return lambda: OSError(number, os.strerror(number))


ERRORS: dict[str, Callable[[], BaseException]] = {
    "no room": error(errno.ENOSPC),
    "not allowed": error(errno.EACCES),
    "broken disk": error(errno.EIO),
    "interrupt": Interrupt,
}


# ---------------------------------------------------------------------------------------------------------------------
# Putting files in place

OLD = {name: f"old {name}".encode() * 9 for name in ("report.pdf", "report.docx", "manifest.json", "chart-data/1.csv")}
NEW = {name: data.replace(b"old", b"new") for name, data in OLD.items()} | {"annex.html": b"new annex"}
MINE = {"notes.txt": b"mine", "signed/scan.txt": b"mine too"}
OURS = frozenset({*OLD, *NEW})
FOLDERS = frozenset({"chart-data", "partial"})
MOST = 200


def write(path: Path, data: bytes) -> None:
    """Make a file in steps that may fail: with nothing in it, a part, all of it, and all of it on the disk."""
    with path.open("xb") as file:
        file.write(data[:3])
        FAULTS.step(f"write {path.name}")
        file.write(data[3:])
        FAULTS.step(f"sync {path.name}")
    FAULTS.step(f"close {path.name}")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.slow
@pytest.mark.parametrize("in_one_step", [True, False], ids=["exchange", "renames"])
@pytest.mark.parametrize("problem", ERRORS)
def test_after_a_fault_at_any_write_the_papers_are_all_old_or_all_new(
    problem: str, in_one_step: bool, tmp_path: Path
) -> None:
    folder = tmp_path / MEETING

    def exchange(one: Path, other: Path) -> bool:
        FAULTS.step("exchange", only_interrupts=True)
        done = in_one_step and FAULTS.nth != len(FAULTS.done) and change_places(one, other)
        FAULTS.step("exchanged", only_interrupts=True)
        return done

    outcomes = []
    for nth in range(1, MOST):
        swap_in(folder, OLD, ours=OURS, folders=FOLDERS, within=tmp_path)
        for name, data in MINE.items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(data)
        assert contents(folder) == {**OLD, **MINE}
        assert [each.name for each in tmp_path.iterdir()] == [MEETING], "something is left of the fault before"
        stopped: BaseException | None = None
        with FAULTS.counted(tmp_path, nth, ERRORS[problem]):
            try:
                swap_in(folder, NEW, ours=OURS, folders=FOLDERS, within=tmp_path, write=write, exchange=exchange)
            except (OSError, Interrupt) as raised:
                stopped = raised
        found = contents(folder)
        match stopped:
            case None:
                assert found == {**NEW, **MINE}, FAULTS
            case Interrupt():
                assert found in ({**OLD, **MINE}, {**NEW, **MINE}), FAULTS
            case _:
                assert found == {**OLD, **MINE}, FAULTS
        outcomes.append(stopped is None)
        if nth > len(FAULTS.done):
            break
    assert nth > 40
    assert nth < MOST - 1, "there are more operations than the test tries"
    assert outcomes[-1]
    assert outcomes.count(False) > 20


# ---------------------------------------------------------------------------------------------------------------------
# The command

CHART = "\n```chart\nkind: control\nmeasure: theft\n```\n"


def words(root: Path, what: str) -> None:
    (root / PAGE).write_text(f"{FILES[PAGE]}\n{what}\n{CHART}", encoding="utf-8")


@pytest.mark.slow
def test_a_build_that_cannot_write_says_so_and_the_last_papers_stay(tmp_path: Path) -> None:
    """Each kind of operation on each kind of file fails once."""
    root, output, kept = tmp_path / "workspace", tmp_path / "output", tmp_path / "kept"
    papers = output / MEETING / "partial"
    Orchard(root)
    build = ("build", "--quiet", "--only", "html", "--output", str(output))
    words(root, "The new words.")
    with FAULTS.counted(output, 0, None):
        assert run(*build, at=root).code == 0
    steps = [re.sub(r"[\w-]+(?=\.\w+$)", "*", step) for step in FAULTS.done]
    new = contents(papers)
    shutil.rmtree(output)
    words(root, "The old words.")
    assert run(*build, at=root).code == 0
    old = contents(papers)
    assert old.keys() == new.keys()
    assert old != new
    shutil.copytree(output, kept)

    words(root, "The new words.")
    codes = []
    for nth in sorted({steps.index(step) + 1 for step in steps}):
        with FAULTS.counted(output, nth, error(errno.ENOSPC)):
            done = run(*build, at=root)
        codes.append(done.code)
        told = re.findall(r"^\S+ (O\d{3}) ", done.stderr, re.MULTILINE)
        assert (done.code, told) in ((0, []), (1, ["O101"])), f"{FAULTS}\n{done.stderr}"
        assert contents(papers) == (old if done.code else new), FAULTS
        shutil.rmtree(output)
        shutil.copytree(kept, output)
    assert codes.count(1) > 3


@pytest.mark.slow
@pytest.mark.parametrize(("problem", "most"), [(errno.ENOSPC, 40), (errno.EACCES, 2), (errno.EIO, 2)])
def test_a_full_folder_for_temporary_files_is_told(
    problem: int, most: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "workspace"
    Orchard(root)
    words(root, "Words.")
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    codes = []
    for nth in range(1, most):
        with FAULTS.counted(temporary, nth, error(problem)):
            done = run("build", "--quiet", at=root)
        codes.append(done.code)
        if done.code == 0:
            break
        assert re.findall(r"^\S+ (O\d{3}) ", done.stderr, re.MULTILINE) == ["O101"], done.stderr
        assert not (root / "output" / MEETING).exists()
    assert set(codes) == ({0, 1} if problem == errno.ENOSPC else {1})


@pytest.mark.slow
def test_charts_that_the_engine_has_no_addresses_for_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "workspace"
    Orchard(root)
    words(root, "Words.")
    monkeypatch.setattr(resource, "getrlimit", lambda _: (3 * 2**29, 3 * 2**29))
    engine._engine.cache_clear()
    done = run("build", "--quiet", "--only", "html", "--cache", str(tmp_path / "cache"), at=root)
    assert (done.code, re.findall(r"^papergen (O\d{3}) ", done.stderr, re.MULTILINE)) == (1, ["O101"])
    assert "where “ulimit -v” allows 1.5 GB of addresses" in done.stderr


@pytest.mark.slow
def test_a_file_larger_than_the_machine_allows_is_no_fault_of_the_stylesheet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "workspace"
    Orchard(root)

    def refuse(*_: object, **__: object) -> None:
        raise error(errno.EFBIG)()

    monkeypatch.setattr("weasyprint.HTML.render", refuse)
    done = run("build", "--quiet", "--only", "pdf", at=root)
    assert (done.code, re.findall(r" (O\d{3}) ", done.stderr)) == (1, ["O101"])
    assert "could not be made: file too large" in done.stderr
