"""The same inputs give the same bytes: in another folder, for another user, on another day, with another hash seed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from papergen.commands.build import build
from papergen.commands.request import BuildRequest
from papergen.diagnostics import Diagnostics
from papergen.world import World
from papergen.write.files import Format, Wanted
from tests.support.builds import REPOSITORY, Built, copy_of_fourshire, copy_of_sample, starter

pytestmark = pytest.mark.slow

# What Python runs before everything else: the clock says another day, to the year and with other seconds.
ANOTHER_DAY = """
import datetime, time

SECONDS = 987_654_321
real = {name: getattr(time, name) for name in ("time", "time_ns", "localtime", "gmtime")}
time.time = lambda: real["time"]() + SECONDS
time.time_ns = lambda: real["time_ns"]() + SECONDS * 10**9
time.localtime = lambda seconds=None: real["localtime"](time.time() if seconds is None else seconds)
time.gmtime = lambda seconds=None: real["gmtime"](time.time() if seconds is None else seconds)


class Any(type):
    def __instancecheck__(cls, instance):
        return isinstance(instance, datetime.datetime.__base__)


class Later(datetime.datetime, metaclass=Any):
    @classmethod
    def now(cls, tz=None):
        return super().now(tz) + datetime.timedelta(seconds=SECONDS)

    @classmethod
    def utcnow(cls):
        return cls.now()

    today = utcnow


datetime.datetime = Later
"""

# A machine that has all of Debian's libraries but the one that makes subsets of fonts.
NO_SUBSETTING = """
import cffi

opened = cffi.FFI.dlopen


def dlopen(self, name, *flags):
    if "harfbuzz-subset" in str(name):
        raise OSError(f"cannot load library {name!r}")
    return opened(self, name, *flags)


cffi.FFI.dlopen = dlopen
"""

# A user's own wishes for the look of every font.
FONT_WISHES = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <match target="font">
    <edit name="embolden" mode="assign"><bool>true</bool></edit>
    <edit name="hintstyle" mode="assign"><const>hintfull</const></edit>
    <edit name="antialias" mode="assign"><bool>false</bool></edit>
  </match>
</fontconfig>
"""


def listing(folder: Path) -> dict[str, bytes]:
    """Every file below ``folder`` but the charts that are kept for the next build."""
    files = (file for file in sorted(folder.rglob("*")) if file.is_file())
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in files
        if file.relative_to(folder).parts[0][0] != "."
    }


def papergen(*arguments: str, at: Path, start: str, home: Path) -> subprocess.CompletedProcess[str]:
    """Run papergen as somebody else, somewhere else: nothing of this environment but the program search path."""
    site, fonts = home / "site", home / ".config" / "fontconfig"
    for folder in (site, fonts):
        folder.mkdir(parents=True, exist_ok=True)
    (site / "sitecustomize.py").write_text(start, encoding="utf-8")
    (fonts / "fonts.conf").write_text(FONT_WISHES, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "papergen", *arguments],
        cwd=at,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": f"{site}{os.pathsep}{REPOSITORY}",
            "PYTHONHASHSEED": "4711",
            "HOME": str(home),
            "USER": "somebody-else",
            "LOGNAME": "somebody-else",
            "TZ": "Pacific/Kiritimati",
            "LC_ALL": "POSIX",
            "COLUMNS": "60",
            "SOURCE_DATE_EPOCH": "1",
        },
        umask=0o077,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return [name for name in sorted(one.keys() | other.keys()) if one.get(name) != other.get(name)]


def built_elsewhere(workspace: Path, home: Path, *options: str) -> dict[str, bytes]:
    done = papergen("build", "--quiet", *options, at=workspace / "content", start=ANOTHER_DAY, home=home)
    assert done.returncode == 0, done.stderr
    return listing(workspace / "output")


def test_the_other_day_is_another_day(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(ANOTHER_DAY, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", "import time, datetime; print(time.localtime().tm_year, datetime.datetime.now().year)"],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    here = subprocess.run(["date", "+%Y"], capture_output=True, text=True, check=True).stdout
    assert {int(year) - int(here) for year in done.stdout.split()} <= {31, 32}


def test_the_second_workspace_comes_out_the_same_with_a_cold_and_a_warm_cache(fourshire: Built, tmp_path: Path) -> None:
    workspace = copy_of_fourshire(tmp_path / "another folder – with spaces")
    for _ in range(2):
        assert differing(listing(fourshire.root / "output"), built_elsewhere(workspace, tmp_path / "home")) == []


# Sections of the sample that hold all kinds of exhibits that it has, and lead to no others.
WITH_EVERY_KIND = (
    "appendix-a/00-summary.md",
    "*/01-community/02-hate-crime.md",
    "*/02-victims/0*.md",
    "*/03-vulnerability/03-repeat-missing-persons.md",
    "*/01-crime-recorded/04-robbery.md",
    "*/04-harm-reduction/03-anti-social-behaviour.md",
    "*/05-demand-reduction/01-response-times.md",
    "*/06-workforce/01-sickness.md",
    "*/06-workforce/03-recruitment.md",
    "*/06-workforce/04-assaults-on-duty.md",
    "*/07-integrity/02-conducts.md",
    "panel-report/01-purpose.md",
    "panel-report/07-recommendation.md",
)


def part_of_sample(folder: Path) -> Path:
    """The sample with few sections, among them every kind of exhibit."""
    meeting = copy_of_sample(folder) / "content" / "2016-02-02"
    for file in meeting.rglob("*.md"):
        if file.name != "index.md" and not any(file.match(pattern) for pattern in WITH_EVERY_KIND):
            file.unlink()
    for index in sorted(meeting.rglob("index.md"), reverse=True):  # the innermost folders first
        if list(index.parent.iterdir()) == [index]:
            shutil.rmtree(index.parent)
    return folder


def kinds(root: Path) -> set[str]:
    texts = (file.read_text(encoding="utf-8") for file in (root / "content" / "2016-02-02").rglob("*.md"))
    return {kind for text in texts for kind in re.findall(r"(?m)^kind: \w+", text)}


def test_every_kind_of_exhibit_comes_out_the_same(tmp_path: Path) -> None:
    """In the model and on the web; that Word papers and PDFs made from these are the same shows the workspace above."""
    here = part_of_sample(tmp_path / "here")
    assert kinds(here) == kinds(REPOSITORY)
    request = BuildRequest(
        meeting="2016-02-02", output=here / "output", wanted=Wanted(formats=frozenset({Format.HTML}))
    )
    assert build(World(here, Diagnostics()), request).files
    elsewhere = part_of_sample(tmp_path / "another folder – with spaces")
    found = built_elsewhere(elsewhere, tmp_path / "home", "--only", "html")
    assert differing(listing(here / "output"), found) == []
    assert {"model.json", "appendix-a.html"} <= {Path(name).name for name in found}


def test_a_change_of_one_byte_in_any_file_is_seen(fourshire: Built) -> None:
    files = listing(fourshire.root / "output")
    names = {Path(name).name for name in files}
    office = f"{fourshire.folder.name}.json"
    assert {*fourshire.files, "manifest.json", "model.json", office} == names
    for name, data in files.items():
        assert differing(files, {**files, name: data[:-1] + bytes([data[-1] ^ 1])}) == [name]
        assert differing(files, {other: files[other] for other in files if other != name}) == [name]


def test_without_the_library_that_makes_subsets_no_papers_are_written(tmp_path: Path) -> None:
    workspace = starter(tmp_path / "workspace")
    done = papergen("build", "--quiet", at=workspace, start=NO_SUBSETTING, home=tmp_path / "home")
    assert done.returncode == 1
    assert " O103 " in done.stderr
    assert "libharfbuzz-subset0" in done.stderr
    assert not (workspace / "output" / "2026-03-12").exists()
