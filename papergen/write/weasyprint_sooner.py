"""A hot function of WeasyPrint, in whose place another gives the same result sooner: a twentieth of a layout's time.

It leans on how WeasyPrint 70.0 calls it, and is left out of any other version.  What it keeps of a style lies on the
style: WeasyPrint changes none that a box was laid out with, only copies, which bring nothing of this along.
"""

from __future__ import annotations

import sys
from functools import wraps
from typing import Any

VERSION = "70.0"

_BORDERS = tuple(f"border_{side}_width" for side in ("top", "right", "bottom", "left"))
_LEAST = ("min_width", "min_height")
_SIZES = (
    *(f"{edge}_{side}" for edge in ("margin", "padding") for side in ("top", "right", "bottom", "left")),
    *("width", "height", *_LEAST, "max_width", "max_height"),
)


def work_sooner() -> None:
    """Let a box take its sizes at once where its style gives them all in pixels, whatever it stands in."""
    import weasyprint
    from weasyprint.layout import percent

    whole = percent.resolve_percentages

    @wraps(whole)
    def resolve_percentages(box: Any, containing_block: Any) -> None:  # noqa: ANN401
        style = box.style
        try:
            plain = style.plain_sizes
        except AttributeError:
            plain = style.plain_sizes = _plain_sizes(style)
        if plain is None:
            whole(box, containing_block)
            return
        sizes, borders = plain
        own = vars(box)
        own.update(sizes)
        if style["border_collapse"] == "collapse":  # those of a cell were settled with its neighbours
            borders = {name: width for name, width in borders.items() if name not in own}
        own.update(borders)

    for name, module in [*sys.modules.items()] if weasyprint.__version__ == VERSION else ():
        if name.startswith("weasyprint.layout.") and vars(module).get("resolve_percentages") is whole:
            vars(module)["resolve_percentages"] = resolve_percentages


def _plain_sizes(style: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:  # noqa: ANN401
    from weasyprint.css.properties import Dimension

    sizes: dict[str, Any] = {}
    for name in _SIZES:
        value = style[name]
        if isinstance(value, Dimension) and value.unit != "%":
            sizes[name] = value.value
        elif value == "auto":
            sizes[name] = 0 if name in _LEAST else value
        else:
            return None
    return (sizes, {name: style[name] for name in _BORDERS}) if style["box_sizing"] == "content-box" else None
