"""``papergen sign``."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from papergen.cli.options import Quiet, Workspace, begin

EXAMPLES = (
    'Examples:  papergen sign robbery --as "Policy Officer"  ·  papergen sign purpose format --as "Chief Executive"'
)


def sign(
    sections: Annotated[list[str], typer.Argument(metavar="SECTION…", help="The ids of sections, such as robbery.")],
    role: Annotated[str, typer.Option("--as", metavar="ROLE", help="The role that signs, as “owner” names it.")],
    name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="Who holds the role.")] = None,
    meeting: Annotated[
        str | None, typer.Option("--meeting", metavar="MEETING", help="The meeting's date. Otherwise the newest.")
    ] = None,
    quiet: Quiet = False,
    workspace: Workspace = None,
) -> None:
    """Sign sections off: for their text as it is printed now, with its numbers.

    The signatures stand in signatures.yaml in the meeting's folder. When the text or the data under it change, the
    section shows as “signed, then changed” on the board. To take a signature back, delete its line there.
    """
    from papergen.commands.sign import SigningRequest
    from papergen.commands.sign import sign as sign_sections

    world, chosen, console = begin(workspace, meeting, quiet=quiet)
    request = SigningRequest(sections=sections, role=role, name=name, when=datetime.now(UTC))
    signed = sign_sections(world, chosen, request)
    if signed is None:
        console.findings(world.diagnostics)
        console.fail("Nothing was signed.")
    for heading in signed.headings:
        console.line(f"Signed as {role}: {heading}")
    for file in signed.unreviewed:
        console.problem(
            f"“{file}” still says “reviewed: no”, which stops the final papers.",
            "Write the day on which it was read for this meeting: “reviewed: " + str(request.when.date()) + "”.",
        )
