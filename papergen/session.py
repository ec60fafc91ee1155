"""One meeting that is being worked on: what every step is given, in place of parameters that travel."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias, TypeVar

from papergen.data.book import Book
from papergen.diagnostics import Diagnostic, Diagnostics
from papergen.language.passages import Passage
from papergen.workspace.settings import SettingsFiles
from papergen.world import World

Progress: TypeAlias = Callable[[str, str], None]
"""Takes each step as it begins, and in a few words what it is at."""


_SHARES = {
    "Mark": 0.0,
    "Read": 0.02,
    "Bind": 0.2,
    "Assemble": 0.35,
    "Check": 0.4,
    "Draw": 0.5,
    "Write": 0.6,
    "Seal": 0.97,
}


def share_done(step: str) -> float:
    """About how much of a build is done when a step begins, from 0 to 1."""
    return _SHARES.get(step, 0.0)


def no_progress(_step: str, _what: str) -> None:
    """Progress that nobody follows."""


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Memory:
    """What the text of a file came to, with its findings: it holds while the settings and the data are the same."""

    kept: dict[tuple[str, ...], tuple[Any, tuple[Diagnostic, ...]]] = field(default_factory=dict)
    asked: set[tuple[str, ...]] = field(default_factory=set)
    passages: dict[Hashable, Passage] = field(default_factory=dict)

    def once(self, key: tuple[str, ...], session: Session, make: Callable[[Session], T]) -> T:
        """What ``make`` gives, or gave before for the same key; its findings are told each time."""
        self.asked.add(key)
        if key not in self.kept:
            apart = replace(session, world=session.world.quietly(Diagnostics(beside=session.diagnostics)))
            made = make(apart)
            self.kept[key] = made, tuple(apart.diagnostics)
        result: T
        result, findings = self.kept[key]
        session.diagnostics.extend(findings)
        return result

    def forget(self) -> None:
        """Drop what was not asked for since this was called last."""
        for key in self.kept.keys() - self.asked:
            del self.kept[key]
        self.asked.clear()


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A meeting of a workspace: its files, its settings, its data, and where findings and progress go.

    ``meeting`` is the name of its folder; ``inputs`` is the hash of the settings, the data and papergen's own code;
    ``draft`` is False for papers that are to be published.  ``memory`` is shared by the sessions of one workspace that
    differ in the text of their files alone.
    """

    world: World
    meeting: str
    settings: SettingsFiles
    book: Book
    inputs: str = ""
    draft: bool = True
    progress: Progress = no_progress
    memory: Memory = field(default_factory=Memory)

    @property
    def diagnostics(self) -> Diagnostics:
        return self.world.diagnostics
