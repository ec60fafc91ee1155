"""The sample meeting with slips put into it: read and checked once, and then only what a slip changes."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from papergen.check.reading import Reading, in_files
from papergen.check.registry import RULES
from papergen.check.run import Waived, check
from papergen.codes import WAIVER_UNUSED
from papergen.commands.steps import assemble, read_meeting
from papergen.diagnostics import Diagnostic, Diagnostics
from papergen.model.nodes import Paper
from papergen.model.walk import walk_sections
from papergen.session import Session
from papergen.workspace.settings import read_settings
from papergen.world import World
from tests.support.builds import WORKSPACES, copy_of_sample

MEETING = "2016-02-02"
FOLDER = f"content/{MEETING}"

Edit = tuple[str, str]
"""Words of a file, and what takes their place."""


@dataclass(frozen=True, repr=False)  # a test that fails would print the whole reading, of which nobody saw the end
class Found:
    """What came of a meeting with changes: the findings of reading it and of the rules, and what the rules saw."""

    findings: tuple[Diagnostic, ...]
    waived: tuple[Waived, ...]
    reading: Reading

    def line_of(self, file: str, words: str) -> int:
        """The line at which words stand in a file of the meeting."""
        text = self.reading.texts[f"{FOLDER}/{file}"]
        return text.count("\n", 0, text.index(words)) + 1

    @property
    def places(self) -> list[tuple[str, int, str]]:
        """The file of the meeting, the line and the code of each finding, in order."""
        return sorted((each.at.file.removeprefix(f"{FOLDER}/"), each.at.line, each.code.id) for each in self.findings)

    def lines(self, code: str, file: str) -> list[int]:
        """The lines of a file of the meeting at which a code is reported."""
        return sorted(
            each.at.line for each in self.findings if each.code.id == code and each.at.file == f"{FOLDER}/{file}"
        )


class Sample:
    """A copy of the sample workspace that is read once; what files came to is kept from then on until they change.

    With ``before``, the papers of a meeting before it are those of the last one.
    """

    def __init__(self, root: Path, *, before: str | None = None) -> None:
        self.root = sample_after_december(root) if before else copy_of_sample(root)
        self._world = World(self.root, Diagnostics())
        read = read_meeting(self._world, MEETING)
        assert read is not None
        assert not list(self._world.diagnostics)
        self._read = read
        self._previous: tuple[Paper, ...] = ()
        if before is not None:
            settings = read_settings(self._world, before, self._world.diagnostics)
            assert settings is not None
            book = read.session.book.for_meeting(self._world, settings, self._world.diagnostics)
            session = Session(world=self._world, meeting=before, settings=settings, book=book)
            self._previous = assemble(session).papers

    def text(self, file: str) -> str:
        """What a file of the meeting holds."""
        return (self.root / FOLDER / file).read_text(encoding="utf-8")

    def with_edits(self, edits: Mapping[str, Edit], *, codes: str = "C") -> Found:
        """What is found when words in files of the meeting are others; of the rules, those whose code begins so.

        The words must stand in the file once; none stand for its end.
        """
        before = {file: self.text(file) for file in edits}
        for file, (old, new) in edits.items():
            if old:
                assert before[file].count(old) == 1, f"“{old}” stands {before[file].count(old)} times in {file}"
            after = before[file].replace(old, new) if old else f"{before[file]}\n{new}\n"
            (self.root / FOLDER / file).write_text(after, encoding="utf-8")
        try:
            return self._found(codes)
        finally:
            for file, text in before.items():
                (self.root / FOLDER / file).write_text(text, encoding="utf-8")

    def _found(self, codes: str) -> Found:
        diagnostics = Diagnostics()
        world = World(self.root, diagnostics)
        papers = assemble(replace(self._read.session, world=world)).papers
        files = {section.at.file for paper in papers for section in walk_sections(paper.sections)}
        texts = {file: world.read_text(file) or "" for file in sorted(files) if world.is_file(file)}
        session = self._read.session
        whole = Reading(papers, session.settings, session.book, self._previous, texts)
        reading = in_files(whole, session.memory)
        rules = [rule for rule in RULES if rule.code.id.startswith(codes)]
        checked = check(reading, rules=rules)
        found = [each for each in checked.findings if each.code is not WAIVER_UNUSED or codes == "C"]
        return Found((*diagnostics, *found), checked.waived, reading)


def sample_after_december(root: Path) -> Path:
    """The sample workspace with the meeting of December 2015 before it."""
    copy_of_sample(root)
    shutil.copytree(WORKSPACES / "december-2015", root, dirs_exist_ok=True)
    return root
