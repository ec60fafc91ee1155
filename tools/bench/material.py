"""What the peer is given: the words of each paper as Markdown, and the specification of each chart as Vega-Lite.

python -m bench.material WORKSPACE MEETING FOLDER
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from papergen.commands.build import read_papers
from papergen.diagnostics import Diagnostics
from papergen.exhibits.render import Drawn, Renderer
from papergen.model.nodes import Picture
from papergen.world import World
from papergen.write.markdown import paper_markdown

CHARTS = "charts"


class _Recorder(Renderer):
    """Keeps specifications in place of drawing them; the name of each stands where its picture would."""

    def __init__(self, charts: Path) -> None:
        super().__init__(None)
        self.charts = charts
        self.names: set[bytes] = set()

    def draw(self, spec: Mapping[str, Any]) -> Drawn:
        name = f"{len(self.names) + 1:04}"
        (self.charts / f"{name}.json").write_text(json.dumps(spec), encoding="utf-8")
        self.names.add(name.encode())
        return Drawn(b"", name.encode(), 1, 1)


def write_material(root: Path, meeting: str, folder: Path) -> None:
    """Write into ``folder`` what the peer needs for the papers of ``meeting``."""
    charts = folder / CHARTS
    charts.mkdir(parents=True)
    recorder = _Recorder(charts)
    papers = read_papers(
        World(root, Diagnostics()),
        meeting,
        renderer=recorder,
        draft=True,
        diagnostics=Diagnostics(),
        progress=lambda _step, _what: None,
    )

    def address(picture: Picture) -> str:
        if picture.data in recorder.names:
            return f"{CHARTS}/{picture.data.decode()}"
        file = folder / f"{picture.sha256}.{picture.media_type.rpartition('/')[2]}"
        file.write_bytes(picture.data)
        return file.name

    for paper in papers:
        (folder / f"{paper.name}.md").write_text(paper_markdown(paper, address=address), encoding="utf-8")


if __name__ == "__main__":
    write_material(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
