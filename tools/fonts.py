"""Makes the fonts that charts and pages are set in from Arimo, each style a font of its own.

The engine of charts reads every font file that it knows whenever it draws, and its PNG takes a variable font at its
regular weight, so that bold words come out regular: it has two fonts with the letters that names and numbers need.  The
PDF has four with every letter: to take the styles out of a variable font again for each paper takes a fifth of the
time of writing it.  Run again when fontpkg-arimo has a new release; tests hold the files against what this makes.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import fontpkg_arimo
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

PACKAGE = Path(__file__).resolve().parent.parent / "papergen"
OF_CHARTS, OF_PAGES = Path("exhibits/fonts"), Path("write/print_fonts")
UPRIGHT, SLANTED = "Arimo[wght].ttf", "Arimo-Italic[wght].ttf"
STYLES = {
    "Arimo-Regular.ttf": (UPRIGHT, 400),
    "Arimo-Bold.ttf": (UPRIGHT, 700),
    "Arimo-Italic.ttf": (SLANTED, 400),
    "Arimo-BoldItalic.ttf": (SLANTED, 700),
}

_LETTERS = [*range(0x20, 0x530), *range(0x1E00, 0x2600)]
"""Latin, Greek and Cyrillic; punctuation, arrows, signs and shapes."""


def make_fonts(folder: Path) -> None:
    """Write all fonts into their places below ``folder``."""
    for name, (file, _) in STYLES.items():
        for place in (OF_CHARTS, OF_PAGES) if file == UPRIGHT else (OF_PAGES,):
            (folder / place).mkdir(parents=True, exist_ok=True)
            make_font(folder / place / name, place, name)


def make_font(path: Path, place: Path, name: str) -> None:
    """Write the font of this name that belongs in ``place`` to ``path``."""
    file, weight = STYLES[name]
    font = TTFont(variable(file), recalcTimestamp=False)
    subsetter = Subsetter(Options(hinting=False, layout_features=["*"], name_IDs=["*"]))
    subsetter.populate(unicodes=_LETTERS if place == OF_CHARTS else list(font.getBestCmap()))
    subsetter.subset(font)
    instantiateVariableFont(font, {"wght": weight}, updateFontNames=True).save(path)


def note_widths(folder: Path) -> None:
    """Write down how wide the letters of upright pages are, from the fonts below ``folder``, in their own units."""
    noted: dict[str, object] = {}
    for style in ("Regular", "Bold"):
        with TTFont(folder / OF_PAGES / f"Arimo-{style}.ttf") as font:
            widths = font["hmtx"].metrics
            noted["units"] = font["head"].unitsPerEm
            noted[style] = {letter: widths[name][0] for letter, name in font.getBestCmap().items()}
    (folder / OF_PAGES / "widths.json").write_text(json.dumps(noted, separators=(",", ":")) + "\n", encoding="utf-8")


def variable(file: str) -> Path:
    """The font of every weight that styles are taken out of."""
    return Path(fontpkg_arimo.ROOT) / "files" / file


if __name__ == "__main__":
    place = Path(sys.argv[1]) if len(sys.argv) > 1 else PACKAGE
    make_fonts(place)
    note_widths(place)
