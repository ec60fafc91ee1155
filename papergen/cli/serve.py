"""``papergen serve``."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from papergen.cli.options import MeetingName, Workspace, begin

EXAMPLES = "Examples:  papergen serve  ·  papergen serve 2016-02-02 --no-browser"


def serve(
    meeting: MeetingName = None,
    port: Annotated[
        int, typer.Option("--port", metavar="NUMBER", min=0, max=65535, help="The port; 0 for any that is free.")
    ] = 8754,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Whether to open the page in the browser.")
    ] = True,
    colleagues: Annotated[
        Path | None,
        typer.Option(
            "--colleagues", metavar="FILE", help="Who else may come, each by a link of their own; only behind a proxy."
        ),
    ] = None,
    behind: Annotated[
        str | None,
        typer.Option(
            "--behind-proxy", metavar="ADDRESS", help="The https address at which a proxy that ends TLS is reached."
        ),
    ] = None,
    poll: Annotated[
        bool, typer.Option("--poll", help="Look for changed files by reading, as shared network folders need.")
    ] = False,
    editor: Annotated[
        str | None,
        typer.Option(
            "--editor",
            metavar="NAME",
            envvar="PAPERGEN_EDITOR",
            help="Your own editor, which a click on a paragraph then opens: vscode, vscodium, cursor, zed, or the"
            " address of another with {file} and {line}.",
        ),
    ] = None,
    workspace: Workspace = None,
) -> None:
    """Show the papers of a meeting beside their text while you write, with the board, in the browser.

    It listens on this machine alone. Ctrl-C ends it.
    """
    from papergen.commands.usage import WrongUseError

    try:
        from papergen.serve.run import ServeRequest, prepare
    except ImportError as problem:
        raise WrongUseError(
            f"papergen serve needs packages that are not installed ({problem.name}).",
            "Install them with: pip install 'papergen[serve]'",
        ) from None
    world, chosen, console = begin(workspace, meeting)
    request = ServeRequest(root=world.root, port=port, colleagues=colleagues, behind=behind, poll=poll, editor=editor)
    prepared = prepare(request, world.may_run)
    own = f"{prepared.links.own}&meeting={chosen}"
    console.line(f"The papers are at {own}", whole=True)
    for name, link in prepared.links.colleagues.items():
        console.line(f"{name}: {link}", whole=True)
    console.line("Ctrl-C ends it.")
    if browser:
        webbrowser.open(own)
    prepared.run()
