"""Many panels at once: each set of papers built by ``build-all``, then by itself, and all their bytes compared."""

from __future__ import annotations

import hashlib
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from construct_panels import construct_panels

from bench.measure import Usage, run
from bench.rounds import Place, Say
from papergen.commands.build_all import find_jobs
from papergen.commands.init import lay_down


@dataclass(frozen=True, slots=True, kw_only=True)
class Panels:
    """What many sets cost ``together``, what ``alone`` one after the other, and the files that are not the same."""

    panels: int
    meetings: int
    files: int
    together: Usage
    alone: tuple[Usage, ...]
    differ: tuple[str, ...]


def measure_panels(folder: Path, *, panels: int, meetings: int, say: Say) -> Panels:
    """Build so many panels, each like the workspace of ``papergen init`` with a name and data of its own."""
    source, root = folder / "source", folder / "panels"
    lay_down(source)
    construct_panels(source, root, panels=panels, meetings=meetings)
    place, jobs = Place(folder, source), find_jobs([root])
    say(f"{len(jobs)} sets of papers together")
    papergen = [sys.executable, "-m", "papergen"]
    together = run(
        [*papergen, "build-all", str(root), "--quiet"], cwd=folder, environment=place.environment, sampled=True
    )
    alone: list[Usage] = []
    for number, job in enumerate(jobs, 1):
        say(f"set {number} of {len(jobs)} by itself")
        place.forget()
        output = folder / "alone" / job.root.relative_to(root.resolve())
        build = ["build", job.meeting, "--workspace", str(job.root), "--output", str(output), "--quiet"]
        alone.append(run([*papergen, *build], cwd=folder, environment=place.environment))
    before = {f"{each.name}/{name}": sha256 for each in root.iterdir() for name, sha256 in papers_of(each / "output")}
    after = {f"{each.name}/{name}": sha256 for each in (folder / "alone").iterdir() for name, sha256 in papers_of(each)}
    shutil.rmtree(folder)
    return Panels(
        panels=panels,
        meetings=meetings,
        files=len(before),
        together=together,
        alone=tuple(alone),
        differ=differing(before, after),
    )


def papers_of(output: Path) -> Iterator[tuple[str, str]]:
    """The path and the hash of every file of the papers below an output folder, but for logs and locks."""
    for file in sorted(output.rglob("*")):
        name = file.relative_to(output)
        if file.is_file() and file.suffix != ".log" and not name.parts[0].startswith("."):
            yield name.as_posix(), hashlib.sha256(file.read_bytes()).hexdigest()


def differing(one: Mapping[str, str], other: Mapping[str, str]) -> tuple[str, ...]:
    """The names of files that are not the same in both, or only in one."""
    return tuple(sorted({name for name, _ in one.items() ^ other.items()}))
