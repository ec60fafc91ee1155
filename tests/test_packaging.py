"""The wheel, the pins and the set-up: what a fresh machine gets."""

from __future__ import annotations

import importlib.metadata
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from hatchling.build import build_wheel
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

pytestmark = pytest.mark.slow

REPOSITORY = Path(__file__).resolve().parent.parent
PINS = (REPOSITORY / "constraints.txt").read_text(encoding="utf-8")


def files_of(folder: Path, prefix: str) -> dict[str, bytes]:
    """The files of a folder that are the project's own, by their path below it."""
    return {
        f"{prefix}/{file.relative_to(folder).as_posix()}": file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and not file.name.startswith((".", "~$")) and "__pycache__" not in file.parts
    }


# ---------------------------------------------------------------------------------------------------------------------
# The wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    before = Path.cwd()
    os.chdir(REPOSITORY)  # The build backend reads the project from the folder it is called in.
    try:
        return folder / build_wheel(str(folder))
    finally:
        os.chdir(before)


def test_the_wheel_holds_the_templates_and_the_starter_once(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        templates = files_of(REPOSITORY / "templates", "papergen/templates")
        starter = files_of(REPOSITORY / "papergen" / "starter", "papergen/starter")
        assert templates
        assert starter
        for name, data in {**templates, **starter}.items():
            assert names.count(name) == 1
            assert archive.read(name) == data
    assert {name for name in names if "templates/" in name} == set(templates)


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"papergen"}
    kinds = {Path(name).suffix for name in names if name.startswith("papergen/")}
    assert kinds <= {
        ".py",
        ".typed",
        ".md",
        ".yaml",
        ".png",
        ".docx",
        ".html",
        ".js",
        ".css",
        ".csv",
        ".dic",
        ".aff",
        ".ttf",
        ".txt",
        ".json",
    }


def test_the_wheel_brings_every_licence_and_says_that_it_is_typed(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        (metadata,) = (archive.read(name).decode() for name in names if name.endswith(".dist-info/METADATA"))
    licences = {name.partition(".dist-info/licenses/")[2] for name in names if ".dist-info/licenses/" in name}
    assert licences == {
        "LICENSE",
        "NOTICE",
        "papergen/exhibits/fonts/LICENSE.txt",
        "papergen/write/print_fonts/LICENSE.txt",
        "papergen/language/dictionary/LICENSE.txt",
        "papergen/language/dictionary/LICENSE.libreoffice.txt",
        "papergen/serve/page/codemirror.LICENSES.txt",
    }
    assert "License-Expression: MIT" in metadata.splitlines()
    assert "papergen/py.typed" in names


def test_an_installed_papergen_lays_down_a_workspace_that_builds(wheel: Path, tmp_path: Path) -> None:
    installed = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(installed)
    environment = {**os.environ, "PYTHONPATH": str(installed)}

    def run(*arguments: str, folder: Path) -> str:
        done = subprocess.run(
            [sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    found = run("-c", "import papergen.world as w; print(w.packaged_templates())", folder=tmp_path)
    assert Path(found.strip()) == installed / "papergen" / "templates"
    run("-m", "papergen", "init", "anyshire", folder=tmp_path)
    run("-m", "papergen", "build", "--quiet", folder=tmp_path / "anyshire")
    papers = {file.name for file in (tmp_path / "anyshire" / "output" / "2026-03-12").iterdir()}
    assert {f"{paper}.{kind}" for paper in ("panel-report", "appendix-a") for kind in ("docx", "pdf")} <= papers


# ---------------------------------------------------------------------------------------------------------------------
# The pins


def pins() -> list[tuple[Requirement, list[str]]]:
    """Each pin with its hashes."""
    found: list[tuple[Requirement, list[str]]] = []
    for pin in PINS.replace("\\\n", " ").splitlines():
        requirement, *hashes = pin.split("--hash=")
        if requirement.strip():
            found.append((Requirement(requirement.strip()), [each.strip() for each in hashes]))
    return found


def asked_for() -> list[Requirement]:
    """What the project needs to be built, to run and to be tested."""
    with (REPOSITORY / "pyproject.toml").open("rb") as file:
        settings = tomllib.load(file)
    project = settings["project"]
    lines = [*settings["build-system"]["requires"], *project["dependencies"], *project["optional-dependencies"]["dev"]]
    return [Requirement(line) for line in lines]


def test_the_pins_name_no_address_and_no_folder() -> None:
    assert not re.search(r"://|\bfile:|--(extra-)?index|--find-links|--trusted-host|^-| @ |^#", PINS, re.MULTILINE)
    assert "/" not in PINS


def test_every_pin_is_one_release_with_hashes() -> None:
    for requirement, hashes in pins():
        assert [each.operator for each in requirement.specifier] == ["=="], requirement
        assert hashes, requirement
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", each) for each in hashes), requirement


@pytest.mark.parametrize("wanted", asked_for(), ids=lambda wanted: wanted.name)
def test_everything_asked_for_is_pinned_to_a_release_that_fits(wanted: Requirement) -> None:
    name = canonicalize_name(wanted.name)
    releases = [next(iter(pin.specifier)).version for pin, _ in pins() if canonicalize_name(pin.name) == name]
    assert len(releases) == 1
    assert wanted.specifier.contains(releases[0])


def test_the_pins_are_all_that_the_environment_needs() -> None:
    """Pins are installed without looking at what each needs in turn, so they must be complete by themselves."""
    pinned = {canonicalize_name(pin.name) for pin, _ in pins()}
    lacking: list[str] = []
    waiting = [(requirement, "") for requirement in asked_for()]
    seen: set[tuple[str, str]] = set()
    while waiting:
        wanted, extra = waiting.pop()
        if wanted.marker and not wanted.marker.evaluate({"extra": extra}):
            continue
        name = canonicalize_name(wanted.name)
        if name not in pinned:
            lacking.append(name)
            continue
        for each in {"", *wanted.extras} - {extra for known, extra in seen if known == name}:
            seen.add((name, each))
            needs = importlib.metadata.requires(name) or []
            waiting.extend((Requirement(line), each) for line in needs)
    assert not lacking


# ---------------------------------------------------------------------------------------------------------------------
# The set-up


def test_a_machine_without_a_package_is_told_its_name_and_the_command(tmp_path: Path) -> None:
    """The tests need LibreOffice; on this machine's bare path there is none, and apt-get cannot install it."""
    checkout, programs = tmp_path / "checkout", tmp_path / "programs"
    for folder in (checkout / "tools", programs):
        folder.mkdir(parents=True)
    for name in ("tools/set_up.py", "constraints.txt", "pyproject.toml"):
        (checkout / name).write_bytes((REPOSITORY / name).read_bytes())
    for name in ("apt-get", "dpkg"):
        (programs / name).write_text('#!/bin/sh\necho "ran $0 $*"\nexit 100\n', encoding="utf-8")
        (programs / name).chmod(0o755)
    (programs / "env").symlink_to("/usr/bin/env")
    done = subprocess.run(
        [sys.executable, str(checkout / "tools" / "set_up.py"), "--tests"],
        env={"PATH": str(programs), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "libreoffice-writer-nogui" in done.stderr
    assert "apt-get update && apt-get install --no-install-recommends" in done.stderr
    assert not (checkout / ".venv").exists()
