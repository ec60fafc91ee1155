"""A chart for the palette: the block that would be inserted, drawn as it would be in the paper."""

from __future__ import annotations

import base64
from dataclasses import replace
from typing import Any

from papergen.data.binding import measure_facts
from papergen.diagnostics import Diagnostics
from papergen.exhibits.make import ExhibitMaker
from papergen.exhibits.render import Renderer
from papergen.model.nodes import Figure
from papergen.model.walk import find_in, plain_text
from papergen.papers.bind import bind_sections
from papergen.papers.gather import GatheredSection
from papergen.read.section import read_section
from papergen.serve.live import SVG_ALONE
from papergen.session import Memory, Session
from papergen.store.kept import Store
from papergen.work.helpers import Helpers
from papergen.world import World

_FILE = "content/palette.md"


def picture_of(session: Session, block: str, store: Store) -> dict[str, Any]:
    """The first chart of some Markdown as a ``data:`` address with its alternative text, or what is wrong in it."""
    found = Diagnostics()
    apart = replace(session, world=World(session.world.root, found), memory=Memory())
    read = read_section(
        _FILE,
        f"---\ntitle: Palette\n---\n\n{block}\n",
        load_picture=lambda _target, _at: None,
        signs_heading="",
        measures=None,
        diagnostics=found,
    )
    gathered = GatheredSection(read.section, numbered=False, exhibits=read.exhibits, text=block)
    maker = ExhibitMaker(session.book, found, {}, session.inputs)
    bound = bind_sections((gathered,), apart, measure_facts(session.book), maker, session.settings.papers[0])
    figure = next(find_in((each.section for each in bound.sections), Figure), None)
    if found.has_errors or figure is None or figure.at not in bound.charts:
        return {"problems": [f"{each.message} {each.hint}".strip() for each in found]}
    with Helpers() as helpers:
        drawn = Renderer(store, helpers).draw_all({figure.at: bound.charts[figure.at]}, SVG_ALONE)
    svg = base64.b64encode(drawn[figure.at].svg).decode("ascii")
    return {"picture": f"data:image/svg+xml;base64,{svg}", "alternative": plain_text(figure.alternative)}
