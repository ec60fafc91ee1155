"""The look that all charts share: thin grid, horizontal text, no frame, one font."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from papergen.exhibits.lazily import alt
from papergen.exhibits.palette import (
    CATEGORIES,
    FONT,
    FULL_WIDTH,
    GRID,
    HALF_WIDTH,
    INK,
    PAGE,
    QUIET,
    SMALL_TEXT_SIZE,
    TEXT_SIZE,
)
from papergen.model.nodes import Width

CONFIG: dict[str, Any] = {
    "font": FONT,
    "background": PAGE,
    "padding": 2,
    "view": {"stroke": None},
    "axis": {
        "domain": False,
        "grid": True,
        "gridColor": GRID,
        "gridWidth": 0.6,
        "labelColor": INK,
        "labelFontSize": SMALL_TEXT_SIZE,
        "labelLimit": 220,
        "tickColor": GRID,
        "titleColor": QUIET,
        "titleFontSize": SMALL_TEXT_SIZE,
        "titleFontWeight": "normal",
        "titlePadding": 6,
    },
    # Numbers and dates are never too long; to know whether they are the engine measures each of them once more.
    "axisQuantitative": {"labelLimit": 0},
    "axisTemporal": {"labelLimit": 0},
    "axisX": {"grid": False, "domain": True, "domainColor": QUIET, "labelAngle": 0},
    "axisY": {"titleAngle": 0, "titleAlign": "left", "titleAnchor": "start", "titleY": -8, "titleX": 0},
    "header": {"labelColor": INK, "labelFontSize": TEXT_SIZE, "labelFontWeight": "normal", "title": None},
    "legend": {"labelColor": INK, "labelFontSize": SMALL_TEXT_SIZE, "titleColor": QUIET, "titleFontWeight": "normal"},
    "range": {"category": list(CATEGORIES)},
    "text": {"color": INK, "fontSize": SMALL_TEXT_SIZE},
    "line": {"strokeWidth": 1.6, "strokeJoin": "round"},
    "numberFormat": ",~f",
}


def width_of(width: Width) -> int:
    """The width in CSS pixels of a chart that fills the column, or half of it."""
    return HALF_WIDTH if width is Width.HALF else FULL_WIDTH


def layered(layers: Iterable[alt.Chart], *, width: float, height: float) -> dict[str, Any]:
    """Charts over one another as plain data; Altair's own class copies each of them four times over."""
    datasets: dict[str, Any] = {}
    context = {"datasets": datasets, "top_level": False}
    drawn = [layer.to_dict(validate=False, context=context) for layer in layers]
    return {"layer": drawn, "width": width, "height": height, "datasets": datasets}


def themed(chart: alt.TopLevelMixin | dict[str, Any]) -> dict[str, Any]:
    """The specification of ``chart`` as plain data in the look of all charts, fitted to its own width."""
    spec = chart if isinstance(chart, dict) else chart.to_dict(validate=False)
    spec.setdefault("$schema", alt.SCHEMA_URL)
    spec["config"] = CONFIG
    if "datasets" in spec:
        spec["datasets"] = {name: list(records) for name, records in spec["datasets"].items()}
    spec.setdefault("autosize", {"type": "fit-x", "contains": "padding"})
    return spec
