"""``papergen explain``."""

from __future__ import annotations

from typing import Annotated

import typer

EXAMPLES = "Examples:  papergen explain C201  ·  papergen explain"


def explain(
    code: Annotated[str | None, typer.Argument(metavar="CODE", help="A code. Otherwise all are listed.")] = None,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="Print every rule with its source and example, as a page.")
    ] = False,
) -> None:
    """Say what a code means, why it matters, and what it finds."""
    from papergen.cli.console import Console
    from papergen.commands.explain import explain as explained
    from papergen.commands.explain import known_codes, rules_page

    console = Console()
    if markdown:
        for line in rules_page().splitlines():
            console.line(line, whole=True)
        return
    if code is None:
        for each in known_codes().values():
            console.line(f"{each.id}  {each.severity}  {each.meaning}")
        return
    found, rule = explained(code)
    console.line(f"{found.id} ({found.severity}): reported when {found.meaning}.")
    if rule is not None:
        if rule.why:
            console.line(rule.why)
        console.line(f"Source: {rule.source}")
        console.line(f"Example: {rule.example}")
