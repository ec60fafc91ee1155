"""``papergen data add``: add a measure to measures.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import typer

from papergen.cli.options import Quiet, Workspace, begin, taking

EXAMPLES = (
    "Example:  papergen data add robbery --file recorded-crime.csv --unit offences --where crime_type=robbery"
    ' --good lower --source "Anyshire Police recorded crime"'
)


_SETTINGS = ("title", "unit", "kind", "value", "of", "combine", "good", "source", "owner")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMeasureOptions:
    """A field for each setting that most measures have."""

    measure: Annotated[str, typer.Argument(metavar="ID", help="Its id: small letters, digits and underscores.")]
    file: Annotated[str, typer.Option("--file", metavar="NAME.csv", help="Its data file in content/data/.")]
    unit: Annotated[str, typer.Option("--unit", metavar="WORDS", help="What is counted, such as offences.")]
    source: Annotated[str, typer.Option("--source", metavar="WORDS", help="Where the data come from.")]
    title: Annotated[
        str | None, typer.Option("--title", metavar="WORDS", help="Its name in the papers. Otherwise its id in words.")
    ] = None
    kind: Annotated[
        str | None, typer.Option("--kind", metavar="KIND", help="What its numbers are. Otherwise a count.")
    ] = None
    where: Annotated[
        list[str] | None,
        typer.Option(
            "--where", metavar="COLUMN=WORD", help="Which rows of the file it takes. May be given more than once."
        ),
    ] = None
    value: Annotated[
        str | None, typer.Option("--value", metavar="COLUMN", help="Its column of numbers, where there are several.")
    ] = None
    of: Annotated[str | None, typer.Option("--of", metavar="COLUMN", help="The column it is divided by.")] = None
    combine: Annotated[
        str | None, typer.Option("--combine", metavar="HOW", help="sum, mean, or last for a stock. Otherwise sum.")
    ] = None
    good: Annotated[
        str | None, typer.Option("--good", metavar="WAY", help="The better direction: higher, lower or neither.")
    ] = None
    owner: Annotated[str | None, typer.Option("--owner", metavar="WORDS", help="Who answers for it.")] = None
    quiet: Quiet = False
    workspace: Workspace = None


@taking(NewMeasureOptions)
def add(given: NewMeasureOptions) -> None:
    """Add a measure at the end of content/measures.yaml, whose comments and order stay as they are.

    Its data file is read first; nothing is written unless the measure and the file fit.
    """
    from papergen.cli.data_import import pair
    from papergen.commands.data_add import MeasureToAdd, add_measure
    from papergen.workspace.measures import MEASURES_FILE

    chosen: dict[str, list[str]] = {}
    for each in given.where or ():
        column, word = pair(each, "a column and its word", "--where crime_type=robbery")
        chosen.setdefault(column, []).append(word)
    settings = {name: getattr(given, name) for name in _SETTINGS}
    adding = MeasureToAdd(
        id=given.measure,
        file=given.file,
        where=chosen,
        settings={name: word for name, word in settings.items() if word is not None},
    )
    world, newest, console = begin(given.workspace, quiet=given.quiet)
    entry = add_measure(world, newest, adding)
    console.findings(world.diagnostics)
    if entry is None:
        console.fail("Nothing was changed.")
    console.line(f"Added to {MEASURES_FILE}:")
    for line in entry.splitlines():
        console.line(f"  {line}")
