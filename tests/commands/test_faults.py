"""Every write of a build fails in turn: the folder then holds all the old papers or all the new ones."""

from __future__ import annotations

import errno
import io
import os
import re
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from papergen.check.rules.numbers.beside_data import Share
from papergen.check.run import Checked
from papergen.cli import app as cli
from papergen.commands import build, seal
from papergen.commands.build import Meeting, read_meeting
from papergen.diagnostics import Diagnostics
from papergen.exhibits import render
from papergen.model.nodes import Paper
from papergen.world import World
from papergen.write import docx, pdf, web
from tests.support.builds import say_nothing
from tests.support.orchard import FILES, MEETING, OTHER_PAGE, PAGE, Orchard

# ---------------------------------------------------------------------------------------------------------------------
# Faults


@dataclass
class Faults:
    """Counts what is done to the files below ``root``, and lets the operation of one number fail.

    Python tells of every opening, renaming and deleting before it is done, wherever in the program that is; writing,
    closing and syncing are counted at the open file.  ``done`` are the operations, for the message of a failing test.
    """

    root: Path | None = None
    nth: int = 0
    error: Callable[[], BaseException] | None = None
    done: list[str] = field(default_factory=list)

    def begin(self, root: Path, nth: int, error: Callable[[], BaseException] | None) -> None:
        self.root, self.nth, self.error, self.done = root.resolve(), nth, error, []

    def step(self, what: str, *, only_interrupts: bool = False) -> None:
        self.done.append(what)
        if len(self.done) == self.nth and self.error is not None:
            problem = self.error()
            if not (only_interrupts and isinstance(problem, OSError)):
                raise problem

    def holds(self, path: object) -> bool:
        """Whether a path is one of those that are counted; what is deleted with its folder is named without it."""
        if self.root is None or not isinstance(path, str | Path):
            return False
        return not os.path.isabs(path) or Path(path).is_relative_to(self.root)  # noqa: PTH117

    def hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.root is None or event not in _EVENTS or not self.holds(arguments[0]):
            return
        if event != "open" or arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            self.step(f"{event} {Path(arguments[0]).name}")


_EVENTS = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.chmod", "os.utime", "os.truncate", "os.link"}
FAULTS = Faults()
sys.addaudithook(FAULTS.hear)


class _File(io.FileIO):
    """A file whose writing, syncing and closing are operations that may fail."""

    def write(self, data: Any) -> int:
        if FAULTS.holds(str(self.name)):
            FAULTS.step(f"write {Path(str(self.name)).name}")
        return super().write(data)

    def close(self) -> None:
        was_open = not self.closed
        super().close()
        if was_open and FAULTS.holds(str(self.name)):
            FAULTS.step(f"close {Path(str(self.name)).name}")


@contextmanager
def counted(patch: pytest.MonkeyPatch, *, in_one_step: bool) -> Iterator[None]:
    """Files and folders whose every operation is counted; the two folders change places in one step, or in two."""
    real_open, real_sync, real_exchange = io.open, os.fsync, seal._exchange

    def opened(path: Any, mode: str = "r", *arguments: Any, **options: Any) -> Any:
        if mode in ("wb", "xb") and FAULTS.holds(os.fspath(path)):
            return io.BufferedWriter(_File(os.fspath(path), mode))
        return real_open(path, mode, *arguments, **options)

    def synced(number: int) -> None:
        FAULTS.step("fsync")
        real_sync(number)

    def exchanged(one: Path, other: Path) -> bool:
        FAULTS.step("exchange", only_interrupts=True)
        done = in_one_step and FAULTS.nth != len(FAULTS.done) and real_exchange(one, other)
        FAULTS.step("exchanged", only_interrupts=True)
        return done

    patch.setattr(io, "open", opened)
    patch.setattr(os, "fsync", synced)
    patch.setattr(seal, "_exchange", exchanged)
    try:
        yield
    finally:
        FAULTS.root = None


# ---------------------------------------------------------------------------------------------------------------------
# A build whose papers are made at once: only its reading and writing of files are real


@dataclass(frozen=True)
class _LaidOut:
    paper: Paper
    pages: int = 1
    page_of: tuple[()] = ()

    def write(self, _diagnostics: Diagnostics) -> pdf.PdfFile:
        return pdf.PdfFile(made(self.paper, "pdf"), 1, {})


def made(paper: Paper, kind: str) -> bytes:
    """The bytes of a paper: others for other words."""
    return f"{kind} {paper.sections!r}".encode() * 3


class _Engine:
    """Draws nothing, at once."""

    def vegalite_to_svg(self, _spec: str) -> str:
        return "<svg></svg>"

    def svg_to_png(self, _svg: str, **_options: int) -> bytes:
        return b"\x89PNG" + bytes(20) + b"IEND\xaeB`\x82"


CHART = "\n```chart\nkind: control\nmeasure: theft\n```\n"


@pytest.fixture(scope="module")
def meetings(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Meeting, Meeting]:
    """The tiny workspace, and its meeting before and after a change."""
    root = tmp_path_factory.mktemp("orchard")
    Orchard(root)
    found = []
    for words in ("old", "new"):
        for page in (PAGE, OTHER_PAGE):
            (root / page).write_text(f"{FILES[page]}\nThe {words} words.\n{CHART}", encoding="utf-8")
        diagnostics = Diagnostics()
        read = read_meeting(
            World(root, diagnostics), MEETING, draft=True, diagnostics=diagnostics, progress=say_nothing
        )
        assert read is not None
        assert not diagnostics.has_errors, [str(each) for each in diagnostics]
        found.append(read)
    return root, found[0], found[1]


@pytest.fixture
def run(
    meetings: tuple[Path, Meeting, Meeting], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[Meeting, Path], tuple[int, str]]:
    """``papergen build`` of a meeting into a folder: the exit code and what was printed."""
    root, _, _ = meetings
    monkeypatch.setattr(render, "_engine", _Engine)
    monkeypatch.setattr(build, "check_meeting", lambda *_, **__: Checked((), (), Share(0, 0)))
    monkeypatch.setattr(pdf, "lay_out", lambda paper, **_: _LaidOut(paper))
    monkeypatch.setattr(docx, "write_docx", lambda paper, **_: made(paper, "docx"))
    monkeypatch.setattr(web, "write_page", lambda paper, **_: made(paper, "html"))

    def build_of(meeting: Meeting, output: Path) -> tuple[int, str]:
        def read(_world: World, _name: str, *, renderer: render.Renderer, **_: Any) -> Meeting:
            renderer.draw({"words": repr(meeting.papers)[:99]})
            return meeting

        monkeypatch.setattr(build, "read_meeting", read)
        monkeypatch.setattr(sys, "argv", ["papergen", "build", "-q", "-w", str(root), "-o", str(output)])
        handlers = [signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)]
        try:
            cli.main()
            code: Any = 0
        except SystemExit as ended:
            code = ended.code
        finally:
            FAULTS.root = None
            for each, handler in zip((signal.SIGINT, signal.SIGTERM), handlers, strict=True):
                signal.signal(each, handler)
        captured = capsys.readouterr()
        return int(code or 0), captured.out + captured.err

    return build_of


def papers(output: Path) -> dict[str, bytes]:
    """What lies in the meeting's folder."""
    folder = output / MEETING
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def leftovers(output: Path) -> list[str]:
    """What lies beside the papers and the charts that are kept, and is none of either."""
    beside = [path.name for path in output.iterdir() if path.name not in (MEETING, ".lock", ".charts")]
    return beside + [path.name for path in (output / ".charts").iterdir() if path.name.startswith(".")]


def error(number: int) -> Callable[[], BaseException]:
    return lambda: OSError(number, os.strerror(number))


ERRORS: dict[str, Callable[[], BaseException]] = {
    "no room": error(errno.ENOSPC),
    "not allowed": error(errno.EACCES),
    "broken disk": error(errno.EIO),
    "interrupt": cli._Stopped,
}
MOST = 400


EACH = [(problem, True) for problem in ERRORS] + [("no room", False), ("interrupt", False)]


@pytest.mark.parametrize(
    ("problem", "in_one_step"), EACH, ids=[f"{problem}, {'exchange' if one else 'renames'}" for problem, one in EACH]
)
def test_after_a_fault_at_any_write_the_papers_are_all_old_or_all_new(
    problem: str,
    in_one_step: bool,
    meetings: tuple[Path, Meeting, Meeting],
    run: Callable[[Meeting, Path], tuple[int, str]],
    tmp_path: Path,
) -> None:
    _, old_meeting, new_meeting = meetings
    output = tmp_path / "output"
    assert run(old_meeting, output)[0] == 0
    old = papers(output)
    (output / MEETING / "signed").mkdir()
    (output / MEETING / "signed" / "scan.txt").write_bytes(b"mine")
    kept = {"signed/scan.txt": b"mine"}
    assert run(new_meeting, output)[0] == 0
    new = {name: data for name, data in papers(output).items() if name not in kept}
    assert len(new) > 6
    assert old.keys() == new.keys()
    assert all(old[name] != new[name] for name in new if name.endswith((".pdf", ".docx", ".html")))

    codes = []
    for nth in range(1, MOST):
        assert run(old_meeting, output)[0] == 0
        assert papers(output) == {**old, **kept}
        assert leftovers(output) == []
        for drawn in (output / ".charts").iterdir():
            drawn.unlink()
        with pytest.MonkeyPatch.context() as patch, counted(patch, in_one_step=in_one_step):
            FAULTS.begin(output, nth, ERRORS[problem])
            code, printed = run(new_meeting, output)
        where = f"{nth}: {FAULTS.done[nth - 1] if nth <= len(FAULTS.done) else 'none'}\n{printed}"
        codes.append(code)
        found = papers(output)
        assert found in ({**old, **kept}, {**new, **kept}), where
        told = re.findall(r"^\S+ ([A-Z]\d{3}) ", printed, re.MULTILINE)
        assert "Traceback" not in printed, where
        match code:
            case 0:
                assert found == {**new, **kept}, where
                assert told == [], where
            case 1:
                assert problem != "interrupt", where
                assert found == {**old, **kept}, where
                assert told == ["O101"], where
            case _:
                assert (problem, code) == ("interrupt", cli.INTERRUPTED), where
                assert told == [], where
        if nth > len(FAULTS.done):
            break
    assert nth > 40
    assert nth < MOST - 1, "there are more operations than the test tries"
    assert codes[-1] == 0
    assert codes.count(cli.INTERRUPTED if problem == "interrupt" else 1) > 20


@pytest.mark.parametrize("problem", [errno.ENOSPC, errno.EACCES, errno.EIO])
def test_a_full_folder_for_temporary_files_is_told(
    problem: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "workspace"
    Orchard(root)
    (root / PAGE).write_text(f"{FILES[PAGE]}\nWords.\n{CHART}", encoding="utf-8")
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.setattr(sys, "argv", ["papergen", "build", "-q", "-w", str(root)])
    codes = []
    for nth in range(1, 40):  # the first build of a process makes more files than a later one
        render._engine.cache_clear()
        FAULTS.begin(temporary, nth, error(problem))
        try:
            cli.main()
            codes.append(0)
        except SystemExit as ended:
            codes.append(int(ended.code or 0))
        finally:
            FAULTS.root = None
        printed = "".join(capsys.readouterr())
        if codes[-1]:
            assert codes[-1] == 1, printed
            assert re.findall(r"^\S+ (O\d{3}) ", printed, re.MULTILINE) == ["O101"], printed
            assert not (root / "output" / MEETING).exists()
        else:
            break
    assert codes[-1] == 0
    assert 1 in codes
