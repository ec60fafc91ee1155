"""What several commands take, and the group that tells a wrong use of any."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, get_type_hints

import typer
from typer.core import TyperGroup

from papergen.cli.exits import WRONG_USE

if TYPE_CHECKING:
    from papergen.cli.console import Console
    from papergen.world import World

MeetingName = Annotated[
    str | None,
    typer.Argument(
        metavar="MEETING", help="The meeting's date, as its folder in content/ is named. Otherwise the newest."
    ),
]
Workspace = Annotated[
    Path | None,
    typer.Option(
        "--workspace",
        "-w",
        metavar="DIR",
        help="The folder that holds content/. Otherwise this folder, or the nearest above it that does.",
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but findings.")]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        metavar="NUMBER",
        min=1,
        help="How many processes may share the work. Otherwise as many as the machine has processors.",
    ),
]
Today = Annotated[
    str | None, typer.Option("--today", metavar="DATE", help="Reckon as on that day, such as 2016-01-20.")
]
ManifestFile = Annotated[
    Path | None,
    typer.Option(
        "--manifest",
        metavar="FILE",
        help="Answer from the manifest.json of papers that were built, instead of from the content as it is now.",
    ),
]


T = TypeVar("T")


def taking(options: type[T]) -> Callable[[Callable[[T], None]], Callable[..., None]]:
    """Makes a command of many options from a function of one record, whose fields they are."""

    def command(function: Callable[[T], None]) -> Callable[..., None]:
        @wraps(function)
        def run(**given: Any) -> None:  # noqa: ANN401 - typer holds each to the type of its field
            function(options(**given))

        types, signature = get_type_hints(options, include_extras=True), inspect.signature(options)
        parameters = (each.replace(annotation=types[each.name]) for each in signature.parameters.values())
        vars(run)["__signature__"] = inspect.Signature(tuple(parameters))
        return run

    return command


class Commands(TyperGroup):
    """A group of commands that tells a wrong use in a sentence, and ends with its exit code.

    Its help is plain text: what draws boxes takes longer to load than all else that help needs.
    """

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - of typer's own copy of click
        """Without arguments the help is printed, which what tells of a wrong use would leave out."""
        if not args:
            typer.echo(ctx.get_help())
            raise typer.Exit(WRONG_USE)
        return super().parse_args(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        self.rich_markup_mode = None
        super().format_help(ctx, formatter)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401, ARG002
        """Each command with the whole first paragraph of its help."""
        with formatter.section("Commands"):
            paragraphs = {name: (each.help or "").split("\n\n")[0] for name, each in self.commands.items()}
            formatter.write_dl([(name, " ".join(words.split())) for name, words in paragraphs.items()])

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - the context is of typer's own copy of click
        from papergen.commands.usage import WrongUseError

        try:
            return super().invoke(ctx)
        except WrongUseError as problem:
            from papergen.cli.console import Console

            Console().problem(problem.message, problem.hint)
            raise typer.Exit(WRONG_USE) from None


def as_day(written: str, example: str) -> date:
    """The day that was typed; ``WrongUseError``, with an ``example`` of what to type, for what is none."""
    from papergen.commands.usage import WrongUseError
    from papergen.values.period_names import parse_day

    day = parse_day(written) if re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", written) else None
    if day is None:
        raise WrongUseError(f"“{written}” is not a date.", f"Write year, month and day: {example}")
    return day


def as_today(written: str | None) -> date:
    """The day to reckon from: the one that was typed, or today."""
    return date.today() if written is None else as_day(written, "--today 2016-01-20")


def begin(workspace: Path | None, meeting: str | None = None, *, quiet: bool = False) -> tuple[World, str, Console]:
    """The workspace as ``open_workspace`` gives it, its meeting that was named or the newest, and what prints."""
    from papergen.cli.console import Console
    from papergen.commands.locate import find_meeting

    world = open_workspace(workspace)
    return world, find_meeting(world, meeting), Console(quiet=quiet)


def open_workspace(workspace: Path | None) -> World:
    """The workspace that was named, or the one around here, with no findings yet.

    Its own code runs when the person has agreed to it, and is told of before.
    """
    from papergen.cli.console import Console
    from papergen.commands.locate import find_root
    from papergen.commands.trust import Consent
    from papergen.diagnostics import Diagnostics
    from papergen.world import World

    return World(find_root(workspace), Diagnostics(), may_run=Consent(Console().problem))
