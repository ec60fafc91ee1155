"""What the peer is given: the words of each paper as Markdown, and the specification of each chart as Vega-Lite.

python -m bench.material WORKSPACE MEETING FOLDER
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from bench.markdown import paper_markdown
from papergen.commands.steps import read_meeting
from papergen.diagnostics import Diagnostics
from papergen.model.nodes import Figure
from papergen.world import World

CHARTS = "charts"


def write_material(root: Path, meeting: str, folder: Path) -> None:
    """Write into ``folder`` what the peer needs for the papers of ``meeting``."""
    charts = folder / CHARTS
    charts.mkdir(parents=True)
    read = read_meeting(World(root, Diagnostics()), meeting)
    if read is None:
        raise SystemExit("the settings of the meeting could not be read")
    names = {at: f"{number:04}" for number, at in enumerate(read.charts, 1)}
    for at, chart in read.charts.items():
        (charts / f"{names[at]}.json").write_text(json.dumps(chart.spec()), encoding="utf-8")

    def address(figure: Figure) -> str:
        if figure.at in names:
            return f"{CHARTS}/{names[figure.at]}"
        picture = figure.drawn
        file = folder / f"{picture.sha256}.{picture.media_type.rpartition('/')[2]}"
        file.write_bytes(picture.data)
        return file.name

    for paper in read.papers:
        (folder / f"{paper.name}.md").write_text(paper_markdown(paper, address=address), encoding="utf-8")


if __name__ == "__main__":
    write_material(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
