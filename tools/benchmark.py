"""Measures papergen beside pandoc, typst and vl-convert on the same content, and prints tables in Markdown.

    python tools/benchmark.py [--rounds 3] [--sizes 1,4,16] [--json FILE]
    python tools/benchmark.py --panels 43x4       only many panels, built together and one by one

It needs the extra ``bench``.  What is measured, and how, is told in docs/performance.md and docs/scaling.md.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from bench.measure import CommandFailedError, adopt_orphans
from bench.panels import measure_panels
from bench.report import as_json, as_markdown, machine, panels_as_markdown
from bench.rounds import measure


def main() -> None:
    """Measure, print, and write the JSON where it is wanted."""
    parser = argparse.ArgumentParser(description="Measure papergen beside the tools people would pick in its place.")
    parser.add_argument("--rounds", type=int, default=3, help="how often each kind of work is measured (3)")
    parser.add_argument("--sizes", default="1,4,16", help="how many times the content, with commas (1,4,16)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write every run to a file")
    parser.add_argument("--panels", metavar="NxM", help="measure only so many panels of so many meetings each")
    options = parser.parse_args()
    sizes = tuple(int(size) for size in options.sizes.split(",") if size)
    load = os.getloadavg()[0]
    adopt_orphans()
    with tempfile.TemporaryDirectory(prefix="papergen-bench-") as folder:
        try:
            if options.panels:
                panels, meetings = map(int, options.panels.split("x"))
                many = measure_panels(Path(folder) / "many", panels=panels, meetings=meetings, say=say)
                print(panels_as_markdown(many, machine(load, 1)))
                sys.exit(1 if many.differ else 0)
            measured = measure(Path(folder), rounds=options.rounds, sizes=sizes, say=say)
        except CommandFailedError as problem:
            sys.exit(str(problem))
    first_line = machine(load, options.rounds)
    if options.json is not None:
        options.json.write_text(as_json(measured, first_line), encoding="utf-8")
    print(as_markdown(measured, first_line))


def say(what: str) -> None:
    """Tell a patient person what is going on."""
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
