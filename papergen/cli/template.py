"""``papergen template check``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from papergen.cli.options import Workspace, open_workspace

if TYPE_CHECKING:
    from papergen.commands.templates import CheckedTemplate
    from papergen.write.docx.preflight import TemplateUse

EXAMPLES = "Examples:  papergen template check  ·  papergen template check appendix.docx"


def check(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="NAME", help="File names in templates/. Otherwise all that the papers use."),
    ] = None,
    workspace: Workspace = None,
) -> None:
    """List the fields and styles that the templates use, lack, or do not know."""
    from papergen.cli.console import Console
    from papergen.commands.locate import find_meeting
    from papergen.commands.templates import check_templates

    world = open_workspace(workspace)
    console = Console()
    for template in check_templates(world, find_meeting(world, None), names or ()):
        console.line(template.file)
        for line in _lines(template):
            console.line(f"  {line}")
    console.end(world.diagnostics)


def _lines(template: CheckedTemplate) -> Iterator[str]:
    from papergen.write.docx.preflight import TemplateUse

    match template.use:
        case None:
            pass
        case TemplateUse() as use:
            if use.used_styles:  # otherwise it could not be opened
                yield from _fields(use.fields, use.unknown_fields)
                yield from _styles(use)
        case use:
            yield from _fields(use.known, use.unknown)


def _fields(known: Iterable[str], unknown: Iterable[str]) -> Iterator[str]:
    yield f"fields: {', '.join(sorted(known)) or 'none'}"
    if strange := sorted(unknown):
        yield f"fields that papergen does not know: {', '.join(strange)}"


def _styles(use: TemplateUse) -> Iterator[str]:
    yield f"styles of its own text: {', '.join(use.used_styles) or 'none'}"
    brought = set(use.missing_styles)
    there = [style for style in use.needed_styles if style not in brought]
    yield f"styles that papers need: {len(there)} of {len(use.needed_styles)} are there"
    if brought:
        yield f"styles that papergen brings: {', '.join(sorted(brought))}"
