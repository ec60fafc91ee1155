"""``papergen background-papers``."""

from __future__ import annotations

from papergen.cli.options import ManifestFile, MeetingName, Workspace, open_workspace

EXAMPLES = "Example:  papergen background-papers > background-papers.md"


def background_papers(meeting: MeetingName = None, manifest: ManifestFile = None, workspace: Workspace = None) -> None:
    """Draft the list of background papers from the sources that the papers of a meeting use.

    Each source is listed once, with the files to keep for inspection. Which of them belong in the published list is for
    the proper officer to say.
    """
    from papergen.cli.console import Console
    from papergen.commands.evidence import draft_background_papers
    from papergen.manifest.background import HEADING

    world = open_workspace(workspace)
    console = Console()
    drafted = draft_background_papers(world, meeting, manifest)
    if drafted is None:
        console.end(world.diagnostics)
        return
    console.line(HEADING)
    console.line("")
    for each in drafted:
        console.line(f"- {each}")
    console.problem(
        "\nThis is a draft, from the data alone.",
        "Leave out published works and exempt information, and add what else the report was based on.",
    )
