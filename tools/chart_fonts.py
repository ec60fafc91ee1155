"""Makes the two fonts that charts are drawn with: the regular and the bold of Arimo, each a small font of its own.

The engine of charts reads every font file that it knows whenever it draws, and its PNG takes a variable font at its
regular weight, so that bold words come out regular.  Two static fonts with the letters that names and numbers need mend
both.  Run again when fontpkg-arimo has a new release; a test holds the files against what this makes.
"""

from __future__ import annotations

import sys
from pathlib import Path

import fontpkg_arimo
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

FOLDER = Path(__file__).resolve().parent.parent / "papergen" / "exhibits" / "fonts"
WEIGHTS = {"Arimo-Regular.ttf": 400, "Arimo-Bold.ttf": 700}

# Latin, Greek and Cyrillic; punctuation, arrows, signs and shapes.
_LETTERS = (range(0x20, 0x530), range(0x1E00, 0x2600))


def make_fonts(folder: Path) -> None:
    """Write the fonts into ``folder``."""
    for name, weight in WEIGHTS.items():
        font = TTFont(Path(fontpkg_arimo.ROOT) / "files" / "Arimo[wght].ttf", recalcTimestamp=False)
        subsetter = Subsetter(Options(hinting=False, layout_features=["*"], name_IDs=["*"]))
        subsetter.populate(unicodes=[letter for letters in _LETTERS for letter in letters])
        subsetter.subset(font)
        instantiateVariableFont(font, {"wght": weight}, updateFontNames=True).save(folder / name)


if __name__ == "__main__":
    make_fonts(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
