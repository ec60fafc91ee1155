"""``papergen template``: ``check``, ``adopt`` and ``preview``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from papergen.cli.options import Workspace, begin

if TYPE_CHECKING:
    from papergen.commands.templates import CheckedTemplate
    from papergen.write.docx.preflight import TemplateUse

EXAMPLES = "Examples:  papergen template check  ·  papergen template check appendix.docx"


ADOPT_EXAMPLES = (
    "Examples:  papergen template adopt letterhead.docx  ·  papergen template adopt letterhead.docx --as appendix"
    ' --map "Heading 1=House Heading"'
)


def adopt(
    letterhead: Annotated[Path, typer.Argument(metavar="FILE", help="A Word file of your own; it stays as it is.")],
    as_template: Annotated[
        str, typer.Option("--as", metavar="NAME", help="The template to make, such as appendix.")
    ] = "panel-report",
    mapped: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="STYLE=YOURS",
            help="A style of papers that shall look like one of yours. May be given more than once.",
        ),
    ] = None,
    body: Annotated[
        str | None,
        typer.Option(
            "--body",
            metavar="WORDS",
            help="The first words of the paragraph in whose place the paper goes. Otherwise where sample text begins.",
        ),
    ] = None,
    crest: Annotated[
        str | None,
        typer.Option(
            "--crest",
            metavar="WORDS",
            help="What a picture shows that has no alternative text, such as “Crest of Anyshire”.",
        ),
    ] = None,
    workspace: Workspace = None,
) -> None:
    """Make the template of a paper from your own letterhead.

    What it lacks is brought in its font and colour, sample text is taken out, and what was done is listed.
    """
    from papergen.commands.adopt import adopt_letterhead
    from papergen.commands.templates import check_templates

    world, meeting, console = begin(workspace)
    pairs = dict(_style_and_theirs(each) for each in mapped or ())
    done = adopt_letterhead(world, meeting, letterhead, as_template=as_template, mapped=pairs, place=body, crest=crest)
    if done is None:
        console.findings(world.diagnostics)
        console.fail("Nothing was changed.")
    console.line(f"Made {done.file} from {letterhead}, which is as it was.")
    if done.before:
        console.line(f"The template that was there is kept as {done.before}.")
    for each in done.done:
        console.line(f"  {each}")
    check_templates(world, meeting, (Path(done.file).name,))
    console.end(world.diagnostics)


def _style_and_theirs(typed: str) -> tuple[str, str]:
    """``("Heading 1", "House Heading")`` from ``"Heading 1=House Heading"``."""
    from papergen.commands.usage import WrongUseError

    ours, _, theirs = (part.strip() for part in typed.partition("="))
    if not (ours and theirs):
        raise WrongUseError(f"“{typed}” is not a style and yours.", 'Write it as --map "Heading 1=House Heading".')
    return ours, theirs


PREVIEW_EXAMPLES = "Examples:  papergen template preview  ·  papergen template preview appendix"


def preview(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="The template to look at. Otherwise that of the first paper.")
    ] = None,
    workspace: Workspace = None,
) -> None:
    """Show what a template looks like: one paper with every style, in all editions, side by side."""
    from papergen.commands.preview import preview_template

    world, newest, console = begin(workspace)
    done = preview_template(world, newest, name)
    console.findings(world.diagnostics)
    if done is None:
        console.fail("Nothing was written.")
    (picture, *others), shown = done
    console.line(f"{picture} shows the template in {len(shown)} editions: {', '.join(shown)}.")
    if "Word" not in shown:
        console.line("For a picture of the Word edition install LibreOffice, or open the Word file itself.")
    console.line(f"Beside it are {', '.join(others)}.")


def check(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="NAME", help="File names in templates/. Otherwise all that the papers use."),
    ] = None,
    workspace: Workspace = None,
) -> None:
    """List the fields and styles that the templates use, lack, or do not know."""
    from papergen.commands.templates import check_templates

    world, newest, console = begin(workspace)
    for template in check_templates(world, newest, names or ()):
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
