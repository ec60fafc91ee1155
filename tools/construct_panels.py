"""Writes workspaces of many panels and meetings to try building them all: constructed, and nobody's figures.

    python tools/construct_panels.py FOLDER [--panels 43] [--meetings 4] [--source WORKSPACE]

Each panel has the words of the source, by default the sample in this checkout, under a name of its own.  Its data are
the source's times its number, so that no two have the same charts.  Its meetings are a week apart, on the same period.
"""

from __future__ import annotations

import argparse
import re
import shutil
from datetime import date, timedelta
from pathlib import Path

from bench.scaled import write_scaled

ROOT = Path(__file__).resolve().parent.parent
NOTE = "# Constructed for trying many panels: the words and settings of another workspace.\n"


def construct_panels(source: Path, folder: Path, *, panels: int, meetings: int) -> None:
    """Write so many workspaces below ``folder``, named panel-01 and so on, each with so many meetings."""
    newest = max(entry.name for entry in (source / "content").iterdir() if re.fullmatch(r"\d{4}-\d\d-\d\d", entry.name))
    for number in range(1, panels + 1):
        root = folder / f"panel-{number:02}"
        content = root / "content"
        content.mkdir(parents=True)
        for file in (source / "content").glob("*.yaml"):
            shutil.copyfile(file, content / file.name)
        settings = (content / "panel.yaml").read_text(encoding="utf-8")
        named = re.sub(r"^(name: .*)$", rf"\1 ({number})", settings, count=1, flags=re.MULTILINE)
        (content / "panel.yaml").write_text(NOTE + named, encoding="utf-8")
        for other in ("images", "data"):
            if (source / "content" / other).is_dir():
                shutil.copytree(source / "content" / other, content / other)
        for file in (content / "data").glob("*.csv"):
            if file.name != "facts.csv":
                write_scaled(source / "content/data" / file.name, file, times=number)
        for week in range(meetings):
            _meeting(source / "content" / newest, content, week)
        if (source / "templates").is_dir():
            shutil.copytree(source / "templates", root / "templates")


def _meeting(source: Path, content: Path, week: int) -> None:
    day = date.fromisoformat(source.name) + timedelta(weeks=week)
    shutil.copytree(source, content / str(day))
    settings = content / str(day) / "meeting.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(re.sub(r"^date: .*$", f"date: {day}", text, flags=re.MULTILINE), encoding="utf-8")


def main() -> None:
    """Read the command line and write the workspaces."""
    parser = argparse.ArgumentParser(description="Write workspaces of many panels, constructed from another one.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--panels", type=int, default=43)
    parser.add_argument("--meetings", type=int, default=4)
    parser.add_argument("--source", type=Path, default=ROOT)
    options = parser.parse_args()
    construct_panels(options.source, options.folder, panels=options.panels, meetings=options.meetings)


if __name__ == "__main__":
    main()
