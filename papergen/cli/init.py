"""``papergen init``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from papergen.cli.options import Quiet

if TYPE_CHECKING:
    from papergen.cli.console import Console
    from papergen.commands.init import Profile

EXAMPLES = "Examples:  papergen init my-panel  ·  papergen init my-council --profile council --ask"


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make; it may exist if it is empty.")],
    profile: Annotated[
        Literal["panel", "council", "scrutiny", "fire"],
        typer.Option(help="The body: a Police and Crime Panel, a council, a scrutiny committee, a fire authority."),
    ] = "panel",
    ask: Annotated[
        bool, typer.Option("--ask", help="Ask for the names that the settings need, and put the answers in.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Lay down a small workspace that builds at once, to change into your own."""
    from papergen.cli.console import Console
    from papergen.commands.init import Profile, lay_down

    console, body = Console(quiet=quiet), Profile(profile)
    lay_down(folder, profile=body, answers=_answers(body, console) if ask else {})
    console.line(f"Made {folder}/ with content/ and templates/.")
    console.line(f"Now run: cd {folder} && papergen build")


def _answers(profile: Profile, console: Console) -> dict[str, str]:
    """What somebody answers, by the example that it stands in place of."""
    from papergen.commands.init import QUESTIONS, unusable

    given: dict[str, str] = {}
    for question in QUESTIONS[profile]:
        answer = typer.prompt(question.words, default=question.example).strip()
        while why := unusable(answer):
            console.line(why)
            answer = typer.prompt(question.words, default=question.example).strip()
        given[question.example] = answer
    return given
