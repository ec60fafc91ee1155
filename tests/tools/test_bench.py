"""The benchmark's own parts: what it measures with, and the workspaces that it constructs."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from bench.change import change_cell, change_word
from bench.grow import grow
from bench.measure import CommandFailedError, Usage, run
from bench.report import as_markdown
from bench.rounds import CELL, COLD, DATA_FILE, HELP, MEETING, ROW, SECTION, TOOLS, Grown, Measured, Pair

from papergen.commands.steps import read_meeting
from papergen.diagnostics import Diagnostics
from papergen.model.nodes import Figure, Paper, Section
from papergen.model.walk import find, plain_text
from papergen.world import World
from tests.support.builds import NORFOLK, REPOSITORY

pytestmark = pytest.mark.slow

MEASURES = """
import dataclasses, json, os, sys
from pathlib import Path
from bench.measure import adopt_orphans, run
adopt_orphans()
usage = run([sys.executable, "-c", sys.argv[1]], cwd=Path.cwd(), environment=os.environ, sampled=True)
print(json.dumps(dataclasses.asdict(usage)))
"""
IN_A_CHILD = "import subprocess, sys; subprocess.run([sys.executable, '-c', {!r}], check=True)"
OUTLIVES = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', {!r}])"
HOLDS_100_MB = "import time; held = bytearray(b'x') * 100_000_000; time.sleep(0.5)"
HALF_A_SECOND = "import time\nwhile time.process_time() < 0.5: pass"


def measured(program: str) -> Usage:
    """What a program costs, measured by a process as small as the benchmark's own."""
    done = subprocess.run([sys.executable, "-c", MEASURES, program], capture_output=True, check=True, cwd=TOOLS)
    return Usage(**json.loads(done.stdout))


def test_memory_of_children_is_counted() -> None:
    usage = measured(IN_A_CHILD.format(HOLDS_100_MB))
    assert usage.wall >= 0.5
    assert 100_000_000 < usage.largest < 150_000_000
    assert usage.together is not None
    assert 100_000_000 < usage.together < 150_000_000


def test_what_outlives_a_command_is_counted() -> None:
    assert measured(OUTLIVES.format(HALF_A_SECOND)).cpu >= 0.5


def test_a_command_that_fails_is_told_with_its_words() -> None:
    with pytest.raises(CommandFailedError, match="no such meeting"):
        run([sys.executable, "-c", "raise SystemExit('no such meeting')"], cwd=TOOLS, environment=os.environ)


def test_a_word_and_a_cell_of_the_sample_are_changed(tmp_path: Path) -> None:
    section, data = tmp_path / "section.md", tmp_path / "data.csv"
    words = (REPOSITORY / "content" / MEETING / SECTION).read_text(encoding="utf-8")
    rows = (REPOSITORY / "content/data" / DATA_FILE).read_text(encoding="utf-8")
    section.write_text(words, encoding="utf-8")
    data.write_text(rows, encoding="utf-8")
    seen = {words}
    for _ in range(3):
        change_word(section)
        seen.add(section.read_text(encoding="utf-8"))
        assert len(section.read_text(encoding="utf-8").split()) == len(words.split()) + 1
    assert len(seen) == 4
    change_cell(data, ROW)
    changed = [
        (old, new)
        for old, new in zip(rows.split("\n"), data.read_text(encoding="utf-8").split("\n"), strict=True)
        if old != new
    ]
    ((old, new),) = changed
    assert old.startswith(f"{ROW},")
    assert int(new.removeprefix(f"{ROW},")) == int(old.removeprefix(f"{ROW},")) + 1


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("grown") / "workspace"
    grow(NORFOLK, root, "2018-06-12", times=3)
    return root


def papers_of(root: Path) -> tuple[Paper, ...]:
    diagnostics = Diagnostics()
    read = read_meeting(World(root, diagnostics), "2018-06-12")
    assert read is not None
    assert not diagnostics.has_errors, [str(found) for found in diagnostics]
    return read.papers


def test_a_grown_workspace_has_every_section_and_chart_again(grown: Path) -> None:
    def counted(root: Path) -> tuple[int, int, int]:
        papers = papers_of(root)
        sections, charts = list(find(papers, Section)), list(find(papers, Figure))
        rows = sum(len(file.read_bytes().splitlines()) - 1 for file in (root / "content/data").glob("*.csv"))
        return len(sections), len(charts), rows

    assert counted(grown) == tuple(3 * count for count in counted(NORFOLK))


def test_the_data_of_a_copy_are_the_data_so_many_times(grown: Path) -> None:
    original = NORFOLK / "content/data/recorded-crime.csv"
    copy = grown / "content/data/recorded-crime-3.csv"
    with original.open(encoding="utf-8") as old, copy.open(encoding="utf-8") as new:
        for before, after in zip(csv.reader(old), csv.reader(new), strict=True):
            assert after == [*before[:-1], str(3 * int(before[-1])) if before[-1].isdigit() else before[-1]]


def test_copies_say_which_they_are(grown: Path) -> None:
    titles = [plain_text(section.title) for paper in papers_of(grown) for section in paper.sections]
    assert any(title.endswith("(3)") for title in titles)
    assert (grown / "content/measures.yaml").read_text(encoding="utf-8").startswith("# Constructed for measuring speed")


def usage(seconds: float) -> Usage:
    return Usage(wall=seconds, cpu=2 * seconds, largest=100_000_000, together=150_000_000)


def test_ratios_are_medians_of_pairs() -> None:
    pairs = tuple(Pair(papergen=usage(own), peer=usage(other)) for own, other in ((1, 10), (9, 10), (4, 20)))
    grown = tuple(
        Grown(
            times=times,
            sections=times,
            charts=times,
            rows=1000 * times,
            pair=Pair(papergen=usage(times), peer=usage(2)),
        )
        for times in (1, 4)
    )
    text = as_markdown(
        Measured(paired={COLD: pairs, CELL: pairs[:1]}, alone={HELP: (usage(0.25),)}, memory=pairs[0], grown=grown),
        "On this machine.",
    )
    assert "| cold | 4.00 s | 10.00 s | 0.20 (0.10–0.90) | 8.00 s | 20.00 s | 100 MB |" in text
    assert "| one CSV cell changed | 1.00 s | 10.00 s | 0.10 |" in text
    assert "| `--help` | 0.25 s | – | – | 0.50 s |" in text
    assert "| 4 × | 4 | 4 | 4,000 | 4.0 s | 4.0 × | 2.0 s | 1.0 × | 2.00 | 100 MB | 150 MB |" in text
