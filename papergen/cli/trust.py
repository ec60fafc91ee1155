"""``papergen trust``."""

from __future__ import annotations

from typing import Annotated

import typer

from papergen.cli.exits import CONTENT_HAS_ERRORS
from papergen.cli.options import Workspace, open_workspace

EXAMPLES = "Examples:  papergen trust  ·  papergen trust --agree 3f2a9c1b04d7  ·  papergen trust --withdraw"


def trust(
    agree: Annotated[
        str | None,
        typer.Option(
            "--agree", metavar="HASH", help="Let this code run from now on; the hash is the one that is shown below it."
        ),
    ] = None,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Let this code run no more.")] = False,
    workspace: Workspace = None,
) -> None:
    """Show the code that a workspace brings for kinds of chart of its own, and agree to it.

    Code of a workspace can do whatever you can do on this machine. It runs only after you have agreed to that very
    text; when a letter of it changes, you are asked again.
    """
    from papergen.cli.console import Console
    from papergen.commands import trust as settings
    from papergen.commands.usage import WrongUseError
    from papergen.files import reason
    from papergen.world import CODE_FILE

    world = open_workspace(workspace)
    console = Console()
    code = settings.workspace_code(world)
    if code is None:
        console.findings(world.diagnostics)
        if world.diagnostics.has_errors:
            raise typer.Exit(CONTENT_HAS_ERRORS)
        console.line(f"This workspace has no code of its own (no {CODE_FILE}).")
        return
    if agree is not None and (len(agree) < settings.FEWEST_DIGITS or not code.sha256.startswith(agree.lower())):
        raise WrongUseError(
            f"“{agree}” is not the hash of {CODE_FILE} as it is now.", "Run papergen trust, and read the code again."
        )
    try:
        if withdraw:
            settings.withdraw(code)
        elif agree is not None:
            settings.agree(world, code)
    except OSError as problem:
        raise WrongUseError(f"That could not be written down: {reason(problem)}.") from None
    if withdraw:
        console.line(f"{CODE_FILE} will not run.")
    elif agree is not None:
        console.line(f"{CODE_FILE} ({code.sha256[:12]}) will run when papers of this workspace are built or looked at.")
    else:
        for number, line in enumerate(code.text.split("\n"), 1):
            console.line(f"{number:4}  {line}")
        state = "You have agreed to it." if code.agreed else "It does not run, since you have not agreed to it."
        console.line(f"\n{CODE_FILE}, {code.sha256[:12]}. {state}")
        if not code.agreed:
            console.line(f"When you have read it and trust it: papergen trust --agree {code.sha256[:12]}")
