"""The only door to the workspace's files and to the templates that come with papergen.

Everything that papergen reads goes through a ``World``, which refuses to leave the workspace and keeps a record of what
was read.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Literal, NamedTuple

from papergen import codes
from papergen.diagnostics import Diagnostics, Span, did_you_mean
from papergen.files import Folder, TooLargeError, hint, read_file, reason

CODE_FILE = "exhibits.py"
"""The file of a workspace's own code, at its root."""
MOST_FOLDERS = 30
"""How deep a folder may lie in a workspace."""
MOST_TEXT_BYTES = 2_000_000
MOST_BYTES = 50_000_000

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_WORD_FILE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How the files of Word begin, new and old."""
WORD_FILE_HINT = (
    "It is a Word file: paste its text into a section in the browser’s editor (papergen serve), or save it as a PDF in"
    " attachments/; then move it out of this folder."
)
"""What to do with a file of a word processor among the texts of a paper."""


WORD_ENDING = ".docx"
"""That of the file of a Word template."""


def packaged_templates() -> Path:
    """The folder of the templates that come with papergen: beside the package's code, or in a checkout beside it."""
    package = Path(__file__).resolve().parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


AskedOf = Literal["file", "folder", "bytes", "names"]


class Asked(NamedTuple):
    """A question put to a workspace, and about which path; ``names`` may be only those that sort ``before`` one."""

    what: AskedOf
    path: str
    before: str = ""


MayRun = Callable[[str, str], bool]
"""Asked with the name and the text of code of a workspace, just before it would run."""


def never(_file: str, _text: str) -> bool:
    """No code runs: what holds where nobody has been asked."""
    return False


@dataclass
class World:
    """One workspace on disk, rooted at the folder that holds ``content/``.

    Paths are given relative to the root, with forward slashes.  ``reads`` maps each path that was read to the SHA-256
    of its bytes; ``packaged`` are those of them that came with papergen and not from the workspace.  ``asked`` holds
    every question that was put to the workspace with its answer: also what was not there, and what a folder holds.
    ``may_run`` says whether code of the workspace may run, which it may not where nobody has been asked.
    """

    root: Path
    diagnostics: Diagnostics
    reads: dict[str, str] = field(default_factory=dict)
    packaged: set[str] = field(default_factory=set)
    asked: dict[Asked, str] = field(default_factory=dict)
    may_run: MayRun = never

    def __post_init__(self) -> None:
        self.root = self.root.resolve()

    def quietly(self, diagnostics: Diagnostics | None = None) -> World:
        """The same door with findings of its own; what is read through it is recorded here too."""
        return World(
            self.root,
            Diagnostics() if diagnostics is None else diagnostics,
            self.reads,
            self.packaged,
            self.asked,
            self.may_run,
        )

    def include(self, other: World) -> None:
        """Record here too what was read and asked through another door."""
        for path, digest in other.reads.items():
            self.reads.setdefault(path, digest)
        for question, answer in other.asked.items():
            self._note(question, answer)

    def answer(self, question: Asked) -> str:
        """What is answered to a question now."""
        match question.what:
            case "file":
                self.is_file(question.path)
            case "folder":
                self.is_folder(question.path)
            case "bytes":
                self.read_bytes(question.path)
            case "names":
                self.names(question.path, before=question.before)
        return self.asked[question]

    def _note(self, question: Asked, answer: str) -> None:
        """Record an answer; one that is another than before will never be given again."""
        if self.asked.setdefault(question, answer) != answer:
            self.asked[question] = "changed meanwhile"

    @property
    def folder(self) -> Folder:
        """The workspace as a folder to write into, where links are refused that may be read through."""
        return Folder(self.root)

    def _inside(self, path: str) -> Path | None:
        """Where a path leads, through links too; None when that is outside, or round and round."""
        written = self.root / PurePosixPath(path)
        try:
            resolved = written.resolve()
            looping = resolved != Path(os.path.normpath(written)) and _loops(written)
        except (OSError, RuntimeError, ValueError):  # a link to itself, or a name that no file can have
            return None
        return resolved if resolved.is_relative_to(self.root) and not looping else None

    def is_file(self, path: str) -> bool:
        """Whether something stands there that is no folder; reading tells of a pipe, or a link that leads nowhere."""
        found = os.path.lexists(self.root / path) and not self._is_folder(path)
        self._note(Asked("file", path), "yes" if found else "no")
        return found

    def is_folder(self, path: str) -> bool:
        found = self._is_folder(path)
        self._note(Asked("folder", path), "yes" if found else "no")
        return found

    def _is_folder(self, path: str) -> bool:
        inside = self._inside(path)
        return inside is not None and os.path.isdir(inside)  # noqa: PTH112 - pathlib raises where it may not look

    def leads_outside(self, path: str) -> bool:
        """Whether a link leads from here out of the workspace, or in a circle, which is then told."""
        leads = (self.root / path).is_symlink() and self._inside(path) is None
        if leads:
            self._tell_outside(path, Span(path))
        return leads

    def changed(self, path: str) -> datetime | None:
        """When a file was last written; None where that cannot be told."""
        inside = self._inside(path)
        try:
            return None if inside is None else datetime.fromtimestamp(inside.stat().st_mtime, UTC)
        except OSError:
            return None

    def names(self, path: str, *, before: str = "") -> list[str]:
        """The names in a folder, sorted, without hidden files and editors' backups; none if it is not there.

        With ``before`` only those that sort before it.
        """
        question = Asked("names", path, before)
        inside = self._inside(path)
        if inside is None or not self._is_folder(path):
            self.leads_outside(path)
            self._note(question, "")
            return []
        if path.count("/") > MOST_FOLDERS:
            told = f"Below this folder more than {MOST_FOLDERS} folders lie within one another."
            act = "Move what is needed further up, and delete the rest."
            self.diagnostics.add(codes.FILE_UNREADABLE, Span("/".join(path.split("/")[:4])), told, act)
            self._note(question, "unread")
            return []
        try:
            found = sorted(entry.name for entry in inside.iterdir() if not entry.name.startswith((".", "~$", "#")))
            found = [name for name in found if not before or name < before]
            self._note(question, "\n".join(found))
            return found
        except OSError as problem:
            told = f"The folder “{path}” cannot be read: {reason(problem)}."
            act = "Check that it is a folder that you may open."
            self.diagnostics.add(codes.FILE_UNREADABLE, Span(path), told, act)
            self._note(question, "unread")
            return []

    def read_bytes(self, path: str, *, at: Span | None = None, most: int = MOST_BYTES) -> bytes | None:
        """The bytes of a file, or None with a diagnostic at ``at`` (by default at the file itself)."""
        data = self._read(path, at or Span(path), most)
        self._note(Asked("bytes", path), "unread" if data is None else hashlib.sha256(data).hexdigest())
        return data

    def _read(self, path: str, place: Span, most: int) -> bytes | None:
        inside = self._inside(path)
        if inside is None:
            self._tell_outside(path, place)
            return None
        try:
            data = Folder(self.root).read(inside.relative_to(self.root).as_posix(), most=most)
        except TooLargeError as problem:
            size = problem.size / 1_000_000
            told = f"“{path}” is {size:,.1f} MB; the most that is read is {most / 1_000_000:,.0f} MB."
            act = "Check that it is the file you meant, or split it."
            self.diagnostics.add(codes.FILE_TOO_LARGE, place, told, act)
            return None
        except FileNotFoundError:
            self.diagnostics.add(codes.FILE_MISSING, place, f"“{path}” is not there.", "Check its name and folder.")
            return None
        except OSError as problem:
            told = f"“{path}” cannot be read: {reason(problem)}."
            act = hint(problem, "Check that it is a file that you may open.")
            self.diagnostics.add(codes.FILE_UNREADABLE, place, told, act)
            return None
        # By the name that leads there, however it was written (“../images/map.png”, a link within the workspace).
        self.reads[inside.relative_to(self.root).as_posix()] = hashlib.sha256(data).hexdigest()
        return data

    def _tell_outside(self, path: str, place: Span) -> None:
        """Tell of the link that leads there, once for all that lies behind it."""
        above = (each.as_posix() for each in reversed(PurePosixPath(path).parents))
        link = next((each for each in above if (self.root / each).is_symlink() and self._inside(each) is None), path)
        place = Span(link) if place == Span(path) else place
        message = f"“{link}” leads outside the workspace, or in a circle."
        hint_copy = (
            "Put the file itself there in place of the link, or copy it into the meeting's folder and name it so."
        )
        self.diagnostics.add(codes.FILE_OUTSIDE, place, message, hint_copy)

    def read_text(self, path: str, *, at: Span | None = None) -> str | None:
        """The text of a UTF-8 file with its line ends made ``\\n`` and a byte order mark dropped, or None."""
        data = self.read_bytes(path, at=at, most=MOST_TEXT_BYTES)
        if data is None:
            return None
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as problem:
            before = data[: problem.start]
            line = before.count(b"\n") + 1
            is_word_file = path.endswith(".md") and data.startswith(_WORD_FILE)
            self.diagnostics.add(
                codes.FILE_ENCODING,
                Span(path, line, problem.start - (before.rfind(b"\n") + 1) + 1),
                "The file is not UTF-8 text.",
                WORD_FILE_HINT if is_word_file else "Save it again with the encoding “UTF-8”.",
            )
            return None
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if found := _CONTROL.search(text):
            line = text.count("\n", 0, found.start()) + 1
            self.diagnostics.add(
                codes.FILE_ENCODING,
                Span(path, line, found.start() - text.rfind("\n", 0, found.start())),
                f"There is a control character here (U+{ord(found[0]):04X}) that nobody can see.",
                "Delete it; it often comes with text that was copied from another program.",
            )
            return None
        return text

    def template(self, name: str) -> bytes | None:
        """The bytes of a template: the workspace's own in ``templates/``, or else the one that comes with papergen."""
        path = f"templates/{name}"
        if self.is_file(path):
            return self.read_bytes(path)
        packaged = packaged_templates() / name
        if packaged.is_file():
            if own := [each for each in self.names("templates") if each.endswith(packaged.suffix)]:
                hint_own = f"Make your own with “papergen template adopt FILE --as {PurePosixPath(name).stem}”."
                told = f"templates/ has no {name}, so the one that comes with papergen is used."
                act = did_you_mean(name, [each for each in own if each != name], hint_own)
                self.diagnostics.add(codes.TEMPLATE_OWN, Span(path), told, act)
            return self.packaged_template(path)
        known = sorted({*self.names("templates"), *(entry.name for entry in packaged_templates().iterdir())})
        self.diagnostics.add(
            codes.FILE_MISSING, Span(path), "The template is not there.", f"There are: {', '.join(known)}."
        )
        return None

    def packaged_template(self, path: str) -> bytes | None:
        """The bytes of a template that comes with papergen, whatever the workspace has; None when it has none."""
        packaged = packaged_templates() / PurePosixPath(path).name
        if not packaged.is_file():
            return None
        data = read_file(packaged, most=MOST_BYTES)
        self.reads[path] = hashlib.sha256(data).hexdigest()
        self.packaged.add(path)
        return data


def _loops(path: Path) -> bool:
    """Whether a link on the way leads back to a folder that was passed already."""
    passed: list[Path] = []
    for part in (*reversed(path.parents), path):
        leads = part.resolve()
        if leads in passed and part.is_symlink():
            return True
        passed.append(leads)
    return False
