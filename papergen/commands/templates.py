"""Checking the templates of a workspace: what each uses, lacks, and does not know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from papergen import codes
from papergen.diagnostics import Diagnostics, Span, did_you_mean
from papergen.workspace.names import paper_facts, settings_facts, template_fields
from papergen.workspace.settings import PANEL_FILE, read_settings
from papergen.world import World

if TYPE_CHECKING:
    from papergen.write.docx.preflight import TemplateUse
    from papergen.write.layout import LayoutUse


def check_templates(world: World, meeting: str, names: Sequence[str], *, diagnostics: Diagnostics) -> Iterator[str]:
    """Lines that say what each template uses; what is wrong with one is in ``diagnostics``.

    ``names`` are file names in ``templates/``; without any, the templates of all the papers are checked.
    """
    from papergen.write.docx.preflight import check_template
    from papergen.write.layout import check_layout
    from papergen.write.web.page import LAYOUT_ENDING, SLOTS, STYLESHEET
    from papergen.write.web.policy import check_layout_asks, check_stylesheet_asks

    settings = read_settings(world, meeting, diagnostics)
    if settings is None:
        return
    paper = settings.panel.papers[0]
    facts = settings_facts(settings) | paper_facts(paper, title="", draft=True, source_note="", at=Span(PANEL_FILE))
    fields = template_fields(facts)
    endings = (".docx", ".html", LAYOUT_ENDING)
    used = {f"{each.template}{ending}": None for each in settings.panel.papers for ending in endings}
    used[STYLESHEET] = None
    for name in names or used:
        if name not in used:
            diagnostics.add(
                codes.FILE_MISSING,
                Span(f"templates/{name}"),
                "No paper uses a template of this name.",
                did_you_mean(name, used, f"The papers use: {', '.join(used)}."),
            )
            continue
        data = world.template(name)
        if data is None:
            continue
        if name.endswith(".docx"):
            yield from _word_lines(
                name, check_template(f"templates/{name}", data, fields=fields, diagnostics=diagnostics)
            )
            continue
        file, text = f"templates/{name}", data.decode("utf-8", errors="replace")
        if name == STYLESHEET:
            yield file
            check_stylesheet_asks(file, text, diagnostics)
            continue
        slots = SLOTS if name.endswith(LAYOUT_ENDING) else frozenset[str]()
        if slots:
            check_layout_asks(file, text, diagnostics)
        yield from _layout_lines(name, check_layout(file, text, fields=fields, more=slots, diagnostics=diagnostics))


def _word_lines(name: str, use: TemplateUse) -> Iterator[str]:
    yield f"templates/{name}"
    if not use.used_styles:  # it could not be opened
        return
    yield f"  fields: {', '.join(sorted(use.fields)) or 'none'}"
    if use.unknown_fields:
        yield f"  fields that papergen does not know: {', '.join(sorted(use.unknown_fields))}"
    yield f"  styles of its own text: {', '.join(use.used_styles) or 'none'}"
    missing = set(use.missing_styles)
    there = [style for style in use.needed_styles if style not in missing]
    yield f"  styles that papers need: {len(there)} of {len(use.needed_styles)} are there"
    if missing:
        yield f"  styles that it lacks: {', '.join(sorted(missing))}"


def _layout_lines(name: str, use: LayoutUse | None) -> Iterator[str]:
    yield f"templates/{name}"
    if use is None:
        return
    yield f"  fields: {', '.join(sorted(use.known)) or 'none'}"
    if use.unknown:
        yield f"  fields that papergen does not know: {', '.join(sorted(use.unknown))}"
