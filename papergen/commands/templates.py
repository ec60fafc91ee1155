"""Checking the templates of a workspace: what each uses, lacks, and does not know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from papergen import codes
from papergen.commands.usage import WrongUseError
from papergen.data.facts_file import read_facts
from papergen.diagnostics import Diagnostics, Span, did_you_mean
from papergen.values.facts import Fact
from papergen.workspace.measures import read_measures
from papergen.workspace.names import paper_facts, settings_facts, template_fields
from papergen.workspace.settings import PANEL_FILE, SettingsFiles, read_settings
from papergen.world import WORD_ENDING, World

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
    from papergen.commands.dresses import check_file, template_files, used_files

    known, used = template_files(settings.templates), used_files(world, settings.templates)
    fields = template_words(world, settings)
    found: list[CheckedTemplate] = []
    for typed in names or used:
        name = f"{typed}{WORD_ENDING}" if f"{typed}{WORD_ENDING}" in used else typed
        if name not in used:
            diagnostics.add(
                codes.FILE_MISSING,
                Span(f"templates/{name}"),
                "There is no such template." if name in known else "No paper uses a template of this name.",
                did_you_mean(name, used, f"The papers use: {', '.join(used)}."),
            )
        elif (data := world.template(name)) is not None:
            found.append(CheckedTemplate(f"templates/{name}", check_file(world, name, data, fields)))
    return tuple(found)


def named_template(typed: str, used: Sequence[str]) -> str:
    """The template of ``used`` that somebody means, with or without “.docx”; raises ``WrongUseError`` for another."""
    name = typed.removesuffix(WORD_ENDING)
    if name not in used:
        hint = did_you_mean(name, used, f"The papers use: {', '.join(used)}.")
        raise WrongUseError(f"No paper uses a template “{typed}”.", hint)
    return name


def template_words(world: World, settings: SettingsFiles, supplied: Fact | None = None) -> dict[str, str]:
    """The words of every field that a template may print, those of a draft of the first paper.

    ``supplied`` are the facts of the workspace, where they were read already.
    """
    paper = settings.papers[0]
    facts = paper_facts(paper, settings, title="", draft=True, source_note="", at=Span(PANEL_FILE))
    if supplied is None:
        quietly, day = Diagnostics(), settings.meeting.date
        supplied = read_facts(world, day, measures=read_measures(world, quietly), diagnostics=quietly)
    return {**template_fields({**supplied.parts, **settings_facts(settings), **facts}), "paper.head": ""}
