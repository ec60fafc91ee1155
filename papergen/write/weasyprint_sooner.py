"""Hot functions of WeasyPrint, in whose place others give the same results sooner: a tenth of the time of a layout.

They lean on how WeasyPrint 70.0 calls them, and are left out of any other version.  What they keep of a style lies on
the style: WeasyPrint changes none that a box was laid out with, only copies, which bring nothing of this along.
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
_DEPENDENT = frozenset({"page", "position", "float", "display"})


def work_sooner() -> None:
    """Put them in place; WeasyPrint is loaded, and nothing is laid out yet."""
    import weasyprint

    if weasyprint.__version__ == VERSION:
        _used_sizes()
        _initial_values()
        _described_fonts()


def _used_sizes() -> None:
    """A box takes its sizes at once where its style gives them all in pixels, whatever it stands in."""
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

    _put_in_place_of(whole, resolve_percentages)


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


def _initial_values() -> None:
    """A style has the initial value at once of what no rule sets, no element inherits and nothing else bears on."""
    from weasyprint.css import ComputedStyle
    from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
    from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES

    initial = {
        name: value
        for name, value in INITIAL_VALUES.items()
        if name not in INHERITED | INITIAL_NOT_COMPUTED | _DEPENDENT and not name.startswith("text_decoration_")
    }
    logical = {name: function(block="ttb", inline="ltr") for name, function in PHYSICAL_FUNCTIONS.items()}
    whole = ComputedStyle.__missing__

    @wraps(whole)
    def missing(style: Any, name: str) -> Any:  # noqa: ANN401
        if name in initial and name not in style.cascaded:
            also = logical.get(name)
            if also is None or (also not in style.cascaded and style["direction"] == "ltr"):
                value = style[name] = initial[name]
                return value
        return whole(style, name)

    ComputedStyle.__missing__ = missing


def _described_fonts() -> None:
    """The font of a style is described once."""
    from weasyprint.text import fonts

    whole = fonts.get_font_description

    @wraps(whole)
    def get_font_description(style: Any) -> Any:  # noqa: ANN401
        try:
            return style.described_font
        except AttributeError:
            described = style.described_font = whole(style)
            return described

    _put_in_place_of(whole, get_font_description)


def _put_in_place_of(whole: object, sooner: object) -> None:
    for module in [module for name, module in sys.modules.items() if name.startswith("weasyprint.")]:
        for name in [name for name, value in vars(module).items() if value is whole]:
            setattr(module, name, sooner)
