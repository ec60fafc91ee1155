"""One meeting that is being worked on: what every step is given, in place of parameters that travel."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias, TypeVar

from papergen.data.book import Book
from papergen.diagnostics import Diagnostic, Diagnostics
from papergen.workspace.settings import SettingsFiles
from papergen.world import World

Progress: TypeAlias = Callable[[str, str], None]
"""Takes each step as it begins, and in a few words what it is at."""


_SHARES = {
    "Mark": 0.0,
    "Read": 0.02,
    "Bind": 0.2,
    "Assemble": 0.35,
    "Draw": 0.4,
    "Check": 0.45,
    "Write": 0.6,
    "Seal": 0.97,
}
"""A build has its charts drawn while the rules look."""


def share_done(step: str) -> float:
    """About how much of a build is done when a step begins, from 0 to 1."""
    return _SHARES.get(step, 0.0)


def step_line(step: str, what: str) -> str:
    """A step and what it is at, as a line."""
    return f"{step}: {what}"


def read_step(line: str) -> tuple[str, str] | None:
    """The step and what it is at in a line that ``step_line`` gave; None for another line."""
    step, _, what = line.partition(": ")
    return (step, what) if step in _SHARES and what else None


def no_progress(_step: str, _what: str) -> None:
    """Progress that nobody follows."""


T = TypeVar("T")


Key: TypeAlias = tuple[Hashable, ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    """What was made, what was found on the way, and the keys of what was asked for inside it."""

    made: Any
    findings: tuple[Diagnostic, ...]
    inside: frozenset[Key]


@dataclass(frozen=True, slots=True)
class Memory:
    """What parts of the papers came to before: it holds while the settings and the data are the same.

    ``kept`` are results with their findings, ``latest`` results with what they were made of.
    """

    kept: dict[Key, _Kept] = field(default_factory=dict)
    latest: dict[Key, tuple[object, Any]] = field(default_factory=dict)
    asked: set[Key] = field(default_factory=set)

    def once(self, key: Key, session: Session, make: Callable[[Session], T]) -> T:
        """What ``make`` gives, or gave before for the same key; its findings are told each time."""
        if key not in self.kept:
            apart = replace(session, world=session.world.quietly(Diagnostics(beside=session.diagnostics)))
            before = frozenset(self.asked)
            made = make(apart)
            self.kept[key] = _Kept(made, tuple(apart.diagnostics), frozenset(self.asked - before))
        kept = self.kept[key]
        self.asked.update((key, *kept.inside))
        session.diagnostics.extend(kept.findings)
        result: T = kept.made
        return result

    def unless_changed(self, key: Key, given: object, make: Callable[[], T]) -> T:
        """What ``make`` gives, or gave when this was asked for last, if it was ``given`` the same then."""
        self.asked.add(key)
        if key not in self.latest or self.latest[key][0] != given:
            self.latest[key] = given, make()
        result: T = self.latest[key][1]
        return result

    def forget(self) -> None:
        """Drop what was not asked for since this was called last."""
        for every in (self.kept, self.latest):
            for key in every.keys() - self.asked:
                del every[key]
        self.asked.clear()


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A meeting of a workspace: its files, its settings, its data, and where findings and progress go.

    ``meeting`` is the name of its folder; ``inputs`` is the hash of the settings, the facts and papergen's own code;
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
