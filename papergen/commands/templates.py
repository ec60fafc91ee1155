"""Checking the templates of a workspace: what each uses, lacks, and does not know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from papergen import codes
from papergen.data.facts_file import read_facts
from papergen.diagnostics import Diagnostics, Span, did_you_mean
from papergen.workspace.measures import read_measures
from papergen.workspace.names import paper_facts, settings_facts, template_fields
from papergen.workspace.settings import PANEL_FILE, SettingsFiles, read_settings
from papergen.world import World

if TYPE_CHECKING:
    from papergen.write.docx.preflight import TemplateUse
    from papergen.write.layout import LayoutUse


@dataclass(frozen=True, slots=True)
class CheckedTemplate:
    """A template, and what it uses: None for a stylesheet, and for a layout that cannot be read."""

    file: str
    use: TemplateUse | LayoutUse | None


def check_templates(world: World, meeting: str, names: Sequence[str] = ()) -> tuple[CheckedTemplate, ...]:
    """What each template uses; what is wrong with one is in the findings of ``world``.

    ``names`` are file names in ``templates/``; without any, the templates of all the papers are checked.
    """
    diagnostics = world.diagnostics
    settings = read_settings(world, meeting, diagnostics)
    if settings is None:
        return ()
    used = templates_of(settings)
    fields = _fields(world, settings)
    found: list[CheckedTemplate] = []
    for name in names or used:
        if name not in used:
            diagnostics.add(
                codes.FILE_MISSING,
                Span(f"templates/{name}"),
                "No paper uses a template of this name.",
                did_you_mean(name, used, f"The papers use: {', '.join(used)}."),
            )
        elif (data := world.template(name)) is not None:
            found.append(CheckedTemplate(f"templates/{name}", _check(name, data, fields, diagnostics)))
    return tuple(found)


def templates_of(settings: SettingsFiles) -> tuple[str, ...]:
    """The file names of the templates that the papers use, each once, and of the stylesheet of the web pages."""
    from papergen.write.web.page import LAYOUT_ENDING, STYLESHEET

    endings = (".docx", ".html", LAYOUT_ENDING)
    papers = (f"{each.template}{ending}" for each in settings.papers for ending in endings)
    return tuple(dict.fromkeys((*papers, STYLESHEET)))


def _fields(world: World, settings: SettingsFiles) -> Mapping[str, str]:
    paper = settings.papers[0]
    facts = paper_facts(paper, settings, title="", draft=True, source_note="", at=Span(PANEL_FILE))
    quietly, day = Diagnostics(), settings.meeting.date
    supplied = read_facts(world, day, measures=read_measures(world, quietly), diagnostics=quietly)
    return {**template_fields({**supplied.parts, **settings_facts(settings), **facts}), "paper.head": ""}


def _check(
    name: str, data: bytes, fields: Mapping[str, str], diagnostics: Diagnostics
) -> TemplateUse | LayoutUse | None:
    """What one template uses, with findings for what is wrong in it."""
    from papergen.write.docx.preflight import check_template
    from papergen.write.pdf import check_print_layout
    from papergen.write.web.page import LAYOUT_ENDING, STYLESHEET, check_web_layout
    from papergen.write.web.policy import check_stylesheet_asks

    file = f"templates/{name}"
    if name.endswith(".docx"):
        return check_template(file, data, fields=fields, diagnostics=diagnostics)
    text = data.decode("utf-8", errors="replace")
    if name == STYLESHEET:
        check_stylesheet_asks(file, text, diagnostics)
        return None
    check = check_web_layout if name.endswith(LAYOUT_ENDING) else check_print_layout
    return check(file, text, fields=fields, diagnostics=diagnostics)
