"""What was measured, as tables in Markdown and as JSON."""

from __future__ import annotations

import dataclasses
import json
import os
import platform
import subprocess
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median

from bench.measure import Usage
from bench.panels import Panels
from bench.rounds import ROOT, Grown, Measured, Pair, Work

_PACKAGES = ("vl-convert-python", "weasyprint", "typst")
_MEGABYTE = 1_000_000


def machine(load: float, rounds: int) -> str:
    """One line: when, on what machine, how busy it was before, and with which versions."""
    import pypandoc

    often = f"medians of {rounds} rounds" if rounds > 1 else "once"
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    packages = ", ".join(f"{package} {version(package)}" for package in _PACKAGES)
    tools = f"Python {platform.python_version()}, pandoc {pypandoc.get_pandoc_version()}, {packages}"
    return (
        f"Measured {datetime.now(tz=UTC):%Y-%m-%d}, {often}: {_processor()}, {os.cpu_count()} cores,"
        f" {memory:.0f} GB; {platform.system()} {platform.release()}; load before the first round {load:.1f};"
        f" papergen {_revision()}; {tools}."
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine())


def _revision() -> str:
    """The version of papergen, and the commit of a checkout."""
    command = ["git", "-C", str(ROOT), "describe", "--always", "--dirty"]
    try:
        commit = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return version("papergen")
    return f"{version('papergen')} ({commit})"


def as_markdown(measured: Measured, first_line: str) -> str:
    """The tables, ready to stand in docs/performance.md."""
    parts = [first_line, _table(_WORK_HEADER, _work_rows(measured))]
    parts += [_memory_line(measured.memory)]
    parts += [_table(_GROWN_HEADER, _grown_rows(measured.grown))] if measured.grown else []
    return "\n\n".join(parts) + "\n"


def panels_as_markdown(measured: Panels, first_line: str) -> str:
    """The table and the sentence on bytes, ready to stand in docs/scaling.md."""
    together, alone = measured.together, measured.alone
    count = len(alone)
    rows = (
        (
            "together, by `build-all`",
            *(f"{together.wall:.0f} s", f"{together.wall / count:.1f} s", f"{together.cpu / count:.1f} s"),
            *(_megabytes(together.largest), _megabytes(together.together)),
        ),
        (
            "one after the other, with nothing kept",
            *(f"{sum(map(_wall, alone)):.0f} s", _middle(alone, _wall), _middle(alone, _cpu)),
            *(_megabytes(max(each.largest for each in alone)), "–"),
        ),
    )
    what = f"{measured.panels} panels, {count} sets of papers"
    same = (
        f"These files differ: {', '.join(measured.differ)}."
        if measured.differ
        else f"Each of their {measured.files:,} files has the same bytes both ways."
    )
    header = (what, "in all", "a set", "CPU a set", "largest process", "all processes")
    return "\n\n".join((first_line, _table(header, iter(rows)), same)) + "\n"


def as_json(measured: Measured, first_line: str) -> str:
    """Every run, in seconds and bytes."""

    def plain(lines: dict[Work, tuple[Pair, ...]] | dict[Work, tuple[Usage, ...]]) -> dict[str, object]:
        return {work.name: [dataclasses.asdict(run) for run in runs] for work, runs in lines.items()}

    return json.dumps(
        {
            "machine": first_line,
            "paired": plain(measured.paired),
            "alone": plain(measured.alone),
            "memory": dataclasses.asdict(measured.memory),
            "grown": [dataclasses.asdict(each) for each in measured.grown],
        },
        indent=2,
    )


_WORK_HEADER = (
    "Work",
    "papergen",
    "peer’s whole job",
    "papergen ÷ peer",
    "CPU",
    "peer’s CPU",
    "largest process",
    "to reach",
)
_GROWN_HEADER = (
    "Content",
    "sections",
    "charts",
    "rows",
    "papergen",
    "to the first",
    "peer",
    "to the first",
    "papergen ÷ peer",
    "largest process",
    "all processes",
)


def _work_rows(measured: Measured) -> Iterator[tuple[str, ...]]:
    for work, pairs in measured.paired.items():
        ratios = sorted(pair.ratio for pair in pairs)
        spread = f" ({ratios[0]:.2f}–{ratios[-1]:.2f})" if len(ratios) > 1 else ""
        own, peer = [pair.papergen for pair in pairs], [pair.peer for pair in pairs]
        yield (
            work.name,
            *(_middle(own, _wall), _middle(peer, _wall), f"{median(ratios):.2f}{spread}"),
            *(_middle(own, _cpu), _middle(peer, _cpu), _megabytes(max(each.largest for each in own)), work.goal),
        )
    for work, runs in measured.alone.items():
        largest = _megabytes(max(each.largest for each in runs))
        yield work.name, _middle(runs, _wall), "–", "–", _middle(runs, _cpu), "–", largest, work.goal


def _memory_line(pair: Pair) -> str:
    own, peer = pair.papergen, pair.peer
    return (
        f"Memory at its peak, cold: papergen {_megabytes(own.largest)} in its largest process and"
        f" {_megabytes(own.together)} in all at one moment; the peer {_megabytes(peer.largest)} and"
        f" {_megabytes(peer.together)}."
    )


def _grown_rows(grown: Sequence[Grown]) -> Iterator[tuple[str, ...]]:
    first = grown[0].pair
    for each in grown:
        own, peer = each.pair.papergen, each.pair.peer
        yield (
            f"{each.times} ×",
            *(f"{count:,}" for count in (each.sections, each.charts, each.rows)),
            *(f"{own.wall:.1f} s", f"{own.wall / first.papergen.wall:.1f} ×"),
            *(f"{peer.wall:.1f} s", f"{peer.wall / first.peer.wall:.1f} ×", f"{each.pair.ratio:.2f}"),
            *(_megabytes(own.largest), _megabytes(own.together)),
        )


def _wall(usage: Usage) -> float:
    return usage.wall


def _cpu(usage: Usage) -> float:
    return usage.cpu


def _middle(runs: Sequence[Usage], figure: Callable[[Usage], float]) -> str:
    return f"{median(map(figure, runs)):.2f} s"


def _megabytes(size: int | None) -> str:
    return "–" if size is None else f"{size / _MEGABYTE:.0f} MB"


def _table(header: Sequence[str], rows: Iterator[tuple[str, ...]]) -> str:
    rule = ["---", *["---:"] * (len(header) - 1)]
    return "\n".join(f"| {' | '.join(row)} |" for row in (header, rule, *rows))
