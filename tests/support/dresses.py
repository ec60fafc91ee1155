"""The dress that papergen's own Word templates give papers, worked out once for all tests."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from papergen.diagnostics import Diagnostics
from papergen.world import packaged_templates
from papergen.write.dress import Dress
from papergen.write.dressing import dress
from tests.support.every_node import FIELDS


@cache
def own_dress(template: str = "panel-report") -> Dress:
    """The dress of a template that comes with papergen."""
    diagnostics = Diagnostics()
    name = f"{template}.docx"
    made = dress(
        f"templates/{name}",
        (packaged_templates() / name).read_bytes(),
        fields=FIELDS,
        fonts={},
        diagnostics=diagnostics,
    )
    assert [str(found) for found in diagnostics] == []
    assert made is not None
    return made


def changed_dress(
    template: str = "panel-report",
    *,
    layout: str | None = None,
    stylesheet: str = "",
    web_layout: str | None = None,
    web_stylesheet: str = "",
) -> Dress:
    """The same with a layout in the place of its own, or a stylesheet after it."""
    made = replace(own_dress(template), exceptions=stylesheet, web_exceptions=web_stylesheet)
    if layout is not None:
        made = replace(made, layout=layout, layout_file=f"templates/{template}.html")
    if web_layout is not None:
        made = replace(made, web_layout=web_layout, web_layout_file=f"templates/{template}.web.html")
    return made
