"""The command as people use it: what it does, what it says, and what it answers to a wrong use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main
from typer.core import TyperGroup

from papergen.cli.app import app
from tests.support.builds import REPOSITORY, starter
from tests.support.commands import run

MEETING = "2026-03-12"
CHART = "appendix-a-figure-02.csv"


def listing(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace made by ``papergen init``."""
    folder = tmp_path_factory.mktemp("cli") / "my-panel"
    made = run("init", str(folder), at=folder.parent)
    assert made.code == 0, made.stderr
    return folder


@pytest.fixture(scope="module")
def papers(workspace: Path) -> Path:
    """The workspace, built once."""
    done = run("build", at=workspace)
    assert done.code == 0, done.stderr
    return workspace


@pytest.mark.slow
def test_a_build_writes_both_papers_in_both_formats(papers: Path) -> None:
    written = {file.name for file in (papers / "output" / MEETING).iterdir()}
    editions = {f"{name}.{kind}" for name in ("panel-report", "appendix-a") for kind in ("docx", "pdf", "html")}
    assert written == editions | {"chart-data", "manifest.json", "model.json"}
    assert {file.name for file in (papers / "output" / MEETING / "chart-data").iterdir()} == {CHART}


@pytest.mark.slow
def test_quiet_says_nothing_when_nothing_is_wrong(workspace: Path, tmp_path: Path) -> None:
    done = run("build", "--quiet", "--only", "report", "--output", str(tmp_path), at=workspace)
    assert (done.code, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.slow
def test_a_part_goes_to_its_own_folder_and_the_whole_set_stays_whole(papers: Path) -> None:
    before = listing(papers / "output" / MEETING)
    done = run("build", "--only", "appendix", "--only", "docx", at=papers / "content" / MEETING)
    assert done.code == 0, done.stderr
    after = listing(papers / "output" / MEETING)
    new = {"partial/appendix-a.docx", f"partial/chart-data/{CHART}", "partial/manifest.json", "partial/model.json"}
    assert set(after) - set(before) == new
    assert {name: after[name] for name in before} == before
    assert after["partial/appendix-a.docx"] == before["appendix-a.docx"]


@pytest.mark.slow
def test_errors_are_all_told_and_the_last_papers_stay(papers: Path) -> None:
    before = listing(papers / "output")
    folder = papers / "content" / MEETING / "panel-report"
    purpose, index = folder / "01-purpose.md", folder / "02-objectives" / "index.md"
    texts = {file: file.read_text(encoding="utf-8") for file in (purpose, index)}
    try:
        purpose.write_text(texts[purpose] + "\nThis is <b>bold</b>.\n", encoding="utf-8")
        index.write_text(texts[index] + "\nThe meeting is on {{ meeting.dat }}.\n", encoding="utf-8")
        done = run("build", at=papers)
    finally:
        for file, text in texts.items():
            file.write_text(text, encoding="utf-8")
    assert done.code == 1
    line = texts[purpose].count("\n") + 2
    assert f"content/{MEETING}/panel-report/01-purpose.md:{line}:9 M101" in done.stderr
    line = texts[index].count("\n") + 2
    assert f"content/{MEETING}/panel-report/02-objectives/index.md:{line}:" in done.stderr
    assert "Did you mean “date”?" in done.stderr
    assert listing(papers / "output") == before


@pytest.mark.slow
def test_nothing_in_content_is_passed_over_without_a_word(tmp_path: Path) -> None:
    folder = starter(tmp_path / "panel")
    meeting = folder / "content" / MEETING
    (folder / "content" / "2026-6-11").mkdir()
    (meeting / "08-extra.md").write_text("---\ntitle: Extra\n---\n\nWords.\n", encoding="utf-8")
    (meeting / "panel-reports").mkdir()
    settings = meeting / "meeting.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(
        text.replace("date: 2026-03-12", "date: 2026-03-13").replace("2025-12-11\n", "2026-12-11\n"), encoding="utf-8"
    )
    done = run("build", at=folder)
    assert done.code == 1
    assert "content/2026-6-11 W107" in done.stderr
    assert f"content/{MEETING}/08-extra.md W107" in done.stderr
    assert "Did you mean “panel-report”?" in done.stderr
    assert done.stderr.count("W124") == 2


def test_settings_files_and_templates_are_all_looked_at_in_one_run(tmp_path: Path) -> None:
    folder = starter(tmp_path / "panel")
    plan = folder / "content" / "plan.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("title:", "titel:", 1), encoding="utf-8")
    done = run("build", at=folder)
    assert "content/plan.yaml:" in done.stderr
    assert "Did you mean “title”?" in done.stderr

    with (folder / "content" / MEETING / "panel-report" / "01-purpose.md").open("a", encoding="utf-8") as file:
        file.write("\nThis is <b>bold</b>.\n")
    done = run("build", at=folder)
    assert "W111" in done.stderr
    assert "M101" in done.stderr

    plan.write_text(plan.read_text(encoding="utf-8").replace("titel:", "title:", 1), encoding="utf-8")
    (folder / "templates" / "appendix.docx").write_bytes(b"not a Word file")
    done = run("build", at=folder)
    assert done.code == 1
    assert "M101" in done.stderr
    assert "templates/appendix.docx T101" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["build", "2026-03-11"], "Did you mean “2026-03-12”?"),
        (["build", "--only", "everything"], "everything"),
        (["biuld"], "biuld"),
        (["build", "--workspace", "nowhere"], "has no folder content/"),
        (["new", "soon"], "is not a date"),
        (["new", MEETING], "There is a meeting"),
        (["new", "2001-01-01"], "no meeting before"),
        (["init", "."], "is not empty"),
    ],
)
def test_wrong_usage_is_told_with_2(arguments: list[str], expected: str, workspace: Path) -> None:
    done = run(*arguments, at=workspace)
    assert done.code == 2, done.stderr
    assert expected in done.stderr


def test_outside_a_workspace_the_way_in_is_named(tmp_path: Path) -> None:
    done = run("build", at=tmp_path)
    assert done.code == 2
    assert "papergen init" in done.stderr


@pytest.mark.parametrize(
    ("output", "expected"),
    [("taken", "is a file"), ("content", "what papers are made from"), ("templates/new", "what papers are made from")],
)
def test_an_output_folder_that_cannot_be_right_is_refused(output: str, expected: str, workspace: Path) -> None:
    (workspace / "taken").write_bytes(b"")
    before = listing(workspace / "content")
    done = run("build", "--output", output, at=workspace)
    assert done.code == 2
    assert expected in done.stderr
    assert listing(workspace / "content") == before


@pytest.mark.slow
def test_an_output_folder_that_cannot_be_made_is_told(workspace: Path) -> None:
    (workspace / "taken").write_bytes(b"")
    done = run("build", "--only", "html", "--output", "taken/inside", at=workspace)
    assert done.code == 1
    assert "O101" in done.stderr


def test_a_workspace_without_its_panel_says_so(tmp_path: Path) -> None:
    folder = starter(tmp_path / "panel")
    (folder / "content" / "panel.yaml").unlink()
    done = run("build", at=folder)
    assert done.code == 1
    assert "“content/panel.yaml” is not there" in done.stderr


@pytest.mark.slow
def test_a_renamed_template_and_a_review_in_the_future_are_told(tmp_path: Path) -> None:
    folder = starter(tmp_path / "panel")
    (folder / "templates" / "appendix.docx").rename(folder / "templates" / "Appendix.docx")
    purpose = folder / "content" / MEETING / "panel-report" / "01-purpose.md"
    text = purpose.read_text(encoding="utf-8")
    purpose.write_text(re.sub(r"(?m)^reviewed: .*$", "reviewed: 2062-01-01", text), encoding="utf-8")
    done = run("build", "--only", "appendix", "--only", "docx", at=folder)
    assert done.code == 0, done.stderr
    assert "templates/appendix.docx W132" in done.stderr
    assert "Did you mean “Appendix.docx”?" in done.stderr
    assert "01-purpose.md:4:11 W133" in done.stderr


def commands(group: object, *path: str) -> Iterator[tuple[str, ...]]:
    """Every command and group below a group, itself first, each by its words."""
    yield path
    for name, command in group.commands.items() if isinstance(group, TyperGroup) else ():
        yield from commands(command, *path, name)


COMMANDS = list(commands(typer.main.get_command(app)))


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_has_an_example_and_fits_the_terminal(command: tuple[str, ...], tmp_path: Path) -> None:
    done = run(*command, "--help", at=tmp_path)
    assert done.code == 0
    assert max(len(line) for line in done.stdout.splitlines()) <= 80
    assert "papergen" in done.stdout
    if not any(longer[: len(command)] == command for longer in COMMANDS if longer != command):
        assert "Example" in done.stdout


def test_help_tells_whole_sentences_of_every_command_with_and_without_the_option(tmp_path: Path) -> None:
    asked, alone = run("--help", at=tmp_path), run(at=tmp_path)
    assert (alone.code, alone.stdout) == (2, asked.stdout)
    words = " ".join(asked.stdout.split())
    for name, command in typer.main.get_command(app).commands.items():  # type: ignore[attr-defined]
        assert f"{name} {' '.join(command.help.partition(chr(10) * 2)[0].split())}" in words


def test_every_command_is_in_the_readme_and_every_option_in_the_clerks_guide() -> None:
    texts = {name: (REPOSITORY / name).read_text(encoding="utf-8") for name in ("README.md", "docs/clerk.md")}
    group = typer.main.get_command(app)
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        assert f"papergen {name}" in texts["README.md"], f"README.md lacks papergen {name}"
        for parameter in command.params:
            for option in parameter.opts:
                if option.startswith("--") and option != "--help":
                    assert option in texts["docs/clerk.md"], f"docs/clerk.md lacks {option} of papergen {name}"


@pytest.mark.slow
def test_the_next_meeting_is_laid_down_marked_and_builds(tmp_path: Path) -> None:
    folder = starter(tmp_path / "panel")
    with (folder / "content" / MEETING / "meeting.yaml").open("a") as settings_file:
        settings_file.write("first_page: 90\n")
    last = listing(folder / "content" / MEETING)
    done = run("new", "2026-06-11", at=folder)
    assert done.code == 0, done.stderr
    assert listing(folder / "content" / MEETING) == last
    new = listing(folder / "content" / "2026-06-11")
    assert new.keys() == last.keys()
    for name, data in new.items():
        if name.endswith(".md"):
            assert b"\nreviewed: no\n" in data, name
        elif name != "meeting.yaml":
            assert data == last[name]
    settings = new["meeting.yaml"].decode()
    assert "\ndate: 2026-06-11\n" in f"\n{settings}"
    assert "previous_meeting: 2026-03-12" in settings
    assert "# first_page: 90" in settings

    again = run("new", "2026-06-11", at=folder)
    assert again.code == 2
    assert listing(folder / "content" / "2026-06-11") == new

    early = run("build", at=folder)
    assert early.code == 1, "the data of the new quarter are not there yet"
    assert "“emergency_calls” has no complete data for 2025/26 Q4." in early.stderr
    with (folder / "content" / "data" / "emergency-calls.csv").open("a", encoding="utf-8") as file:
        for month in ("2026-01", "2026-02", "2026-03"):
            file.write(f"{month},North Anyshire,2400,2200\n{month},South Anyshire,2000,1800\n")
    built = run("build", "--only", "html", at=folder)
    assert built.code == 0, built.stderr
    assert (folder / "output" / "2026-06-11" / "partial" / "appendix-a.html").is_file()
    for name in new:
        if name.endswith(".md"):
            assert f"content/2026-06-11/{name}:" in built.stderr
    assert built.stderr.count("W130") == 1
