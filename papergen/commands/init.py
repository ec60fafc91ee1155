"""Laying down a new workspace: the starter content of a profile, and the templates that come with papergen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path, PurePosixPath

from papergen.commands.usage import WrongUseError
from papergen.files import Folder, read_file, reason
from papergen.world import MOST_BYTES, packaged_templates

_PACKAGE = Path(__file__).resolve().parent.parent
_TEXTS = (".md", ".yaml", ".csv")
_NOT_IN_NAMES = frozenset(':#"{}[]<>|&*!%`\\\n\t')


class Profile(Enum):
    """The kinds of body that a workspace can be laid down for."""

    PANEL = "panel"
    COUNCIL = "council"
    SCRUTINY = "scrutiny"
    FIRE = "fire"


@dataclass(frozen=True, slots=True)
class Question:
    """A fact that every workspace needs, asked in ``words``; ``example`` is what the starter content says."""

    words: str
    example: str


QUESTIONS: Mapping[Profile, tuple[Question, ...]] = {
    Profile.PANEL: (
        Question("The name of the panel", "Anyshire Police and Crime Panel"),
        Question("The host authority", "Anyshire County Council"),
        Question("The force", "Anyshire Police"),
        Question("The full title of the commissioner", "Police and Crime Commissioner for Anyshire"),
        Question("Who reports to the panel", "Chief Executive Officer"),
    ),
    **{
        profile: (
            Question("The name of the body that meets", name),
            Question("The authority that hosts it", "Anyshire Council"),
            Question("Who reports to it", "Chief Executive"),
            Question("The contact officer", "Jo Smith"),
            Question("Their telephone number", "01632 960 001"),
            Question("Their e-mail address", "jo.smith@anyshire.example"),
        )
        for profile, name in (
            (Profile.COUNCIL, "Anyshire Council Cabinet"),
            (Profile.SCRUTINY, "Anyshire Overview and Scrutiny Committee"),
            (Profile.FIRE, "Anyshire Fire and Rescue Authority"),
        )
    },
}
"""What ``--ask`` asks; a longer example stands before one that it holds."""


def lay_down(folder: Path, *, profile: Profile = Profile.PANEL, answers: Mapping[str, str] | None = None) -> None:
    """Make a workspace in ``folder``; raises ``WrongUseError`` when it is not empty or cannot be written.

    ``answers`` are what stands in place of the examples of the profile's questions.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WrongUseError(f"“{folder}” is not empty.", "Name a folder that does not exist yet.")
    target = Folder(folder.resolve())
    try:
        for file, name in _files(profile):
            data = read_file(file, most=MOST_BYTES)
            target.write(name, _answered(data, answers or {}) if name.endswith(_TEXTS) else data)
        target.make("output")
    except OSError as problem:
        raise WrongUseError(f"“{folder}” could not be made: {reason(problem)}.") from None


def unusable(answer: str) -> str | None:
    """Why an answer cannot stand in the settings, or None."""
    signs = sorted(_NOT_IN_NAMES & set(answer))
    return f"It may not hold {' or '.join(signs)}." if signs else None


def _answered(data: bytes, answers: Mapping[str, str]) -> bytes:
    text = data.decode()
    marks = {example: f"\0{index}\0" for index, example in enumerate(answers)}
    for example, mark in marks.items():
        text = text.replace(example, mark)
    for example, mark in marks.items():
        text = text.replace(mark, answers[example])
    return text.encode()


def _files(profile: Profile) -> Iterator[tuple[Path, str]]:
    """The files of a new workspace, each with its place in it."""
    starter = _PACKAGE / "starter" / profile.value
    for source, name in ((starter, ""), (packaged_templates(), "templates")):
        for file in sorted(source.rglob("*")):
            inside = PurePosixPath(name, *file.relative_to(source).parts)
            hidden = any(part.startswith((".", "__")) for part in inside.parts)
            if file.is_file() and file.suffix != ".py" and not hidden:
                yield file, str(inside)
