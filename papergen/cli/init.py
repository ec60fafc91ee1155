"""``papergen init``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from papergen.cli.options import Quiet

EXAMPLES = "Example:  papergen init my-panel"


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make; it may exist if it is empty.")],
    quiet: Quiet = False,
) -> None:
    """Lay down a small workspace that builds at once, to change into your own."""
    from papergen.cli.console import Console
    from papergen.commands.init import lay_down

    lay_down(folder)
    console = Console(quiet=quiet)
    console.line(f"Made {folder}/ with content/ and templates/.")
    console.line(f"Now run: cd {folder} && papergen build")
