"""The peer's whole job in one process: the same papers from the same words and charts, by other tools.

vl-convert draws each chart as SVG and PNG from its Vega-Lite specification, in the font of the papers; pandoc makes
Word and HTML files from the Markdown; pandoc and typst make PDF files that ask for the standards of papergen's own.

    python -m bench.peer FOLDER      FOLDER holds *.md and charts/*.json
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import fontpkg_arimo
import pypandoc
import typst
import vl_convert

# As papergen draws: two pixels of a PNG for each CSS pixel.
PIXEL_RATIO = 2
TYPST = (
    "--to=typst",
    "--variable=mainfont:Arimo",
    "--variable=papersize:a4",
    "--variable=header-includes:#show figure.caption: it => it.body",
    f"--lua-filter={Path(__file__).with_name('alternatives.lua')}",
)


def main(folder: Path) -> None:
    """Draw the charts, then write each paper as Word, HTML and PDF."""
    fonts = Path(fontpkg_arimo.ROOT) / "files"
    vl_convert.register_font_directory(str(fonts))
    for spec in sorted((folder / "charts").glob("*.json")):
        svg = vl_convert.vegalite_to_svg(spec.read_text(encoding="utf-8"))
        spec.with_suffix(".svg").write_text(svg, encoding="utf-8")
        spec.with_suffix(".png").write_bytes(vl_convert.svg_to_png(svg, scale=PIXEL_RATIO, ppi=72))
    for paper in sorted(folder.glob("*.md")):
        pandoc(paper, "docx", "--default-image-extension=png")
        pandoc(paper, "html", "--default-image-extension=svg", "--embed-resources")
        pandoc(paper, "typ", "--default-image-extension=svg", *TYPST)
        typst.compile(
            paper.with_suffix(".typ"),
            output=paper.with_suffix(".pdf"),
            font_paths=[fonts],
            ignore_system_fonts=True,
            pdf_standards=["ua-1", "a-2a"],
        )


def pandoc(paper: Path, ending: str, *options: str) -> None:
    """Write ``paper`` as a file with another ending, with a contents list and numbers as its words give them."""
    command = [pypandoc.get_pandoc_path(), paper.name, "--from=markdown-smart", "--standalone", "--toc", *options]
    subprocess.run([*command, f"--output={paper.stem}.{ending}"], cwd=paper.parent, check=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
