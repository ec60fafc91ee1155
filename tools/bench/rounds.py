"""The rounds: each kind of work beside the peer's whole job, one right after the other, turn about."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.change import change_cell, change_word
from bench.grow import grow
from bench.measure import Usage, run

ROOT = Path(__file__).resolve().parent.parent.parent
TOOLS = ROOT / "tools"
MEETING = "2016-02-02"
SECTION = "appendix-a/02-summary-of-performance/04-harm-reduction/01-crime-recorded/04-robbery.md"
DATA_FILE, ROW = "recorded-crime.csv", "2015-12,Shropshire,robbery"

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One line of the table: what is done, and what is to be reached, in the words of the table."""

    name: str
    goal: str


COLD = Work(name="cold", goal="≤ 0.8 × peer, ≤ 250 MB a process")
UNCHANGED = Work(name="nothing changed", goal="≤ 0.06 × peer")
WORD = Work(name="one word changed in one section", goal="≤ 0.3 × peer")
CELL = Work(name="one CSV cell changed", goal="≤ 0.4 × peer")
CHECK = Work(name="`check`, nothing kept", goal="≤ 0.12 × peer")
HELP = Work(name="`--help`", goal="≤ 0.16 s")
WARM = Work(name="read and check again after one word, one warm process", goal="≤ 0.15 CPU s")
PAIRED = (COLD, UNCHANGED, WORD, CELL, CHECK)
ALONE = (HELP, WARM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """What papergen and the peer took, one right after the other."""

    papergen: Usage
    peer: Usage

    @property
    def ratio(self) -> float:
        return self.papergen.wall / self.peer.wall


@dataclass(frozen=True, slots=True, kw_only=True)
class Grown:
    """A workspace so many times over: what is in it, and what its papers cost, memory sampled."""

    times: int
    sections: int
    charts: int
    rows: int
    pair: Pair


@dataclass(frozen=True, slots=True)
class Place:
    """A workspace, what the peer needs for the same papers, and the folders for results, all below ``folder``."""

    folder: Path
    source: Path

    @property
    def workspace(self) -> Path:
        return self.folder / "workspace"

    @property
    def section(self) -> Path:
        return self.workspace / "content" / MEETING / SECTION

    def prepare(self) -> None:
        """Write what the peer is given, and lay the workspace down."""
        self.restore()
        material = self.folder / "material"
        self._module("material", self.workspace, MEETING, material)

    def restore(self) -> None:
        """Make the workspace what it was, and forget everything that was kept."""
        shutil.rmtree(self.workspace, ignore_errors=True)
        for name in ("content", "templates"):
            if (self.source / name).is_dir():
                shutil.copytree(self.source / name, self.workspace / name)
        self.forget()

    def forget(self) -> None:
        """Delete everything that papergen kept or wrote."""
        shutil.rmtree(self.folder / "output", ignore_errors=True)
        shutil.rmtree(self.folder / "cache" / "papergen", ignore_errors=True)

    @property
    def environment(self) -> dict[str, str]:
        paths = [str(TOOLS), *filter(None, [os.environ.get("PYTHONPATH")])]
        kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        return {**kept, "XDG_CACHE_HOME": str(self.folder / "cache"), "PYTHONPATH": os.pathsep.join(paths)}

    def papergen(self, *arguments: str | Path, sampled: bool) -> Usage:
        """What a command of papergen costs."""
        return self._python("papergen", *arguments, sampled=sampled)

    def _module(self, name: str, *arguments: str | Path, sampled: bool = False) -> Usage:
        return self._python(f"bench.{name}", *arguments, sampled=sampled)

    def _python(self, module: str, *arguments: str | Path, sampled: bool) -> Usage:
        command = [sys.executable, "-m", module, *map(str, arguments)]
        return run(command, cwd=self.workspace, environment=self.environment, sampled=sampled)

    def peer(self, *, sampled: bool) -> Usage:
        """What the peer's whole job costs, in a fresh folder."""
        folder = self.folder / "peer"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.folder / "material", folder)
        return self._module("peer", folder, sampled=sampled)

    def work(self, work: Work, *, sampled: bool = False) -> Usage:
        """What one kind of work costs; each begins where the one before it in ``PAIRED`` ended."""
        if work is COLD:
            self.restore()
        elif work is WORD:
            change_word(self.section)
        elif work is CELL:
            change_cell(self.workspace / "content/data" / DATA_FILE, ROW)
        elif work is CHECK:
            self.forget()
            return self.papergen("check", MEETING, sampled=sampled)
        elif work is HELP:
            return self.papergen("--help", sampled=sampled)
        elif work is WARM:
            return self._warm()
        return self.papergen("build", MEETING, "--quiet", "--output", self.folder / "output", sampled=sampled)

    def _warm(self) -> Usage:
        result = self.folder / "warm.json"
        usage = self._module("warm", self.workspace, MEETING, self.section, result)
        costs: list[dict[str, float]] = json.loads(result.read_text(encoding="utf-8"))
        wall, cpu = (median(each[kind] for each in costs) for kind in ("wall", "cpu"))
        return Usage(wall=wall, cpu=cpu, largest=usage.largest)

    def pair(self, work: Work, *, peer_first: bool, sampled: bool = False) -> Pair:
        """One kind of work and the peer's whole job, one right after the other."""
        if peer_first:
            other = self.peer(sampled=sampled)
            return Pair(papergen=self.work(work, sampled=sampled), peer=other)
        own = self.work(work, sampled=sampled)
        return Pair(papergen=own, peer=self.peer(sampled=sampled))


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Everything that one run measured; ``memory`` are one cold build and one peer's job, sampled and not timed."""

    paired: dict[Work, tuple[Pair, ...]]
    alone: dict[Work, tuple[Usage, ...]]
    memory: Pair
    grown: tuple[Grown, ...]


def measure(folder: Path, *, rounds: int, sizes: tuple[int, ...], say: Say) -> Measured:
    """Run everything below ``folder``; the first builds, which warm the machine, are those whose memory is sampled."""
    place = Place(folder / "sample", ROOT)
    place.prepare()
    say("memory")
    memory = place.pair(COLD, peer_first=True, sampled=True)
    paired: dict[Work, tuple[Pair, ...]] = dict.fromkeys(PAIRED, ())
    alone: dict[Work, tuple[Usage, ...]] = dict.fromkeys(ALONE, ())
    for number in range(rounds):
        for work in PAIRED:
            say(f"round {number + 1} of {rounds}: {work.name}")
            paired[work] += (place.pair(work, peer_first=number % 2 == 0),)
        for work in ALONE:
            say(f"round {number + 1} of {rounds}: {work.name}")
            alone[work] += (place.work(work),)
    grown: list[Grown] = []
    for size in sizes:
        say(f"{size} times the content")
        grown.append(_grown(folder / f"times-{size}", size))
    return Measured(paired=paired, alone=alone, memory=memory, grown=tuple(grown))


def _grown(folder: Path, times: int) -> Grown:
    source = folder / "source"
    grow(ROOT, source, MEETING, times=times)
    place = Place(folder, source)
    place.prepare()
    content = source / "content"
    return Grown(
        times=times,
        sections=sum(1 for _ in (content / MEETING).rglob("*.md")),
        charts=sum(1 for _ in (folder / "material/charts").glob("*.json")),
        rows=sum(len(file.read_bytes().splitlines()) - 1 for file in (content / "data").glob("*.csv")),
        pair=place.pair(COLD, peer_first=True, sampled=True),
    )
