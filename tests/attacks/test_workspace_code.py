"""Code of a workspace runs only after whoever looks at it has agreed to that very text, and never unannounced."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from typer.testing import Result

from papergen.commands.steps import read_meeting
from papergen.commands.trust import RECORD, agreed, hash_of, settings_folder
from papergen.diagnostics import Diagnostics
from papergen.world import World
from tests.support.commands import invoke
from tests.support.orchard import FILES, MEETING, PAGE, Orchard

pytestmark = pytest.mark.slow

CODE = "open({ran!r}, 'a').close()\ndef evil(options, request): ...\n"
COMMANDS = [
    ["check"],
    ["build", "--only", "html"],
    ["figures"],
    ["figures", "--why", "16"],
    ["background-papers"],
]


class Place:
    """A workspace with code of its own, which leaves a mark when it runs."""

    def __init__(self, root: Path) -> None:
        self.root, self.ran = root / "workspace", root / "ran"
        Orchard(self.root)
        self.write(CODE.format(ran=str(self.ran)))
        panel = self.root / "content" / "panel.yaml"
        panel.write_text(f"exhibits: [evil]\n{FILES['content/panel.yaml']}", encoding="utf-8")

    def write(self, code: str) -> None:
        (self.root / "exhibits.py").write_text(code, encoding="utf-8")

    def run(self, *arguments: str) -> Result:
        return invoke(*arguments, "-w", str(self.root))

    def hash(self) -> str:
        return hash_of((self.root / "exhibits.py").read_text(encoding="utf-8"))


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    return Place(tmp_path)


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_runs_what_nobody_agreed_to(command: list[str], place: Place) -> None:
    done = place.run(*command)
    assert done.exit_code == 1, done.output
    assert not place.ran.exists()
    assert "E107" in done.output
    assert "papergen trust" in done.output
    assert done.output.count("E10") == 1


@pytest.mark.parametrize("command", COMMANDS)
def test_what_was_agreed_to_is_told_before_it_runs(command: list[str], place: Place) -> None:
    assert place.run("trust", "--agree", place.hash()[:12]).exit_code == 0
    done = place.run(*command)
    assert place.ran.exists()
    assert "E107" not in done.output
    assert done.stderr.startswith("The workspace's own code runs: exhibits.py, to which you have agreed")
    assert done.stderr.count("own code runs") == 1


def test_a_letter_that_changes_asks_again(place: Place) -> None:
    place.run("trust", "--agree", place.hash()[:12])
    place.write(CODE.format(ran=str(place.ran)) + "# more\n")
    assert "E107" in place.run("check").output
    assert not place.ran.exists()


def test_the_text_is_shown_before_anybody_agrees(place: Place) -> None:
    place.write("def evil(options, request): ...  # \x1b[2J\u202e\n")
    shown = place.run("trust")
    assert shown.exit_code == 1  # a control sign, which no text of a workspace may hold
    place.write("def evil(options, request): ...  # \u202e hidden\n")
    shown = place.run("trust")
    assert "def evil(options, request)" in shown.output
    assert "<U+202E>" in shown.output
    assert f"papergen trust --agree {place.hash()[:12]}" in shown.output
    assert agreed() == frozenset()


@pytest.mark.parametrize("typed", ["", "0" * 12, "zz", "short"])
def test_another_hash_is_no_agreement(typed: str, place: Place) -> None:
    assert place.run("trust", "--agree", typed).exit_code == 2
    assert agreed() == frozenset()


def test_an_agreement_can_be_withdrawn(place: Place) -> None:
    place.run("trust", "--agree", place.hash())
    assert agreed() == {place.hash()}
    place.run("trust", "--withdraw")
    assert agreed() == frozenset()
    assert "E107" in place.run("check").output


@pytest.mark.parametrize(
    "line", ["sys.stdout = sys.stderr = None", "sys.stdout.close()", "sys.stdout = sys.__stdout__ = 5", "print('mine')"]
)
@pytest.mark.parametrize("at", ["import sys\n{line}\ndef evil(o, r): ...", "import sys\ndef evil(o, r):\n    {line}"])
def test_the_code_has_streams_of_its_own(line: str, at: str, place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    place.write(at.format(line=line))
    streams, diagnostics = (sys.stdout, sys.stderr), Diagnostics()
    world = World(place.root, diagnostics, may_run=lambda _file, _text: True)
    page = place.root / PAGE
    page.write_text(f"{FILES[PAGE]}\n```chart\nkind: evil\n```\n", encoding="utf-8")
    read_meeting(world, MEETING)
    assert (sys.stdout, sys.stderr) == streams
    assert capsys.readouterr().out == ""
    assert {found.code.id for found in diagnostics} >= {"E105"}


def test_the_name_of_a_folder_is_no_agreement_to_other_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    inner = tmp_path / f"a\n{'0' * 64}  b"
    inner.mkdir()
    place = Place(inner)
    place.run("trust", "--agree", place.hash())
    assert agreed() == {place.hash()}


def test_it_is_kept_among_the_persons_own_settings(place: Place, tmp_path: Path) -> None:
    place.run("trust", "--agree", place.hash())
    assert settings_folder() == tmp_path / "settings" / "papergen"
    assert (settings_folder() / RECORD).read_text(encoding="utf-8").startswith(place.hash())
    assert not [path for path in place.root.rglob("*") if path.name == RECORD]


def test_a_workspace_that_nobody_was_asked_about_runs_nothing(place: Place) -> None:
    assert not World(place.root, Diagnostics()).may_run("exhibits.py", "x = 1")


def test_papers_from_elsewhere_are_verified_without_their_code(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.run("trust", "--agree", place.hash())
    assert place.run("build", "--only", "html").exit_code == 0
    place.ran.unlink()
    received = tmp_path / "received"
    shutil.copytree(place.root, received)
    monkeypatch.chdir(tmp_path)
    folder = received / "output" / MEETING / "partial"
    done = invoke("verify", str(folder))
    assert done.exit_code == 1
    assert "E107" in done.output
    assert not place.ran.exists()
    own = invoke("verify", str(folder), "-w", str(received))
    assert place.ran.exists()
    assert "own code runs" in own.stderr
    assert "Identical" in own.output


def test_a_workspace_without_code_says_so(tmp_path: Path) -> None:
    Orchard(tmp_path)
    done = invoke("trust", "-w", str(tmp_path))
    assert done.exit_code == 0
    assert "no code of its own" in done.output
