"""The settings of one paper: what every meeting has of it, and what one meeting says in place of that."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from papergen.values.chrome import ENGLISH
from papergen.workspace.fields import AgendaItem, FolderName, Language, Line, PdfName, SettingsModel
from papergen.workspace.validate import MisfitError

ABSENT = "absent because "


def _presence(value: Any) -> Any:  # noqa: ANN401
    words = " ".join(value.split()) if isinstance(value, str) else ""
    if words in ("required", "optional") or (words.startswith(ABSENT) and words != ABSENT):
        return words
    raise ValueError("it must be required, optional, or “absent because” with the reason")


Presence = Annotated[str, BeforeValidator(_presence)]
"""``required``, ``optional``, or ``absent because …`` with the reason."""


class AttachmentSettings(SettingsModel):
    """An appendix that is somebody else's PDF file, in the folder ``attachments`` of the meeting."""

    name: Line
    title: Line
    file: PdfName


class _OfMeetings(SettingsModel):
    """What may be said of a paper for every meeting, or for one."""

    report_of: Line | None = None
    author: Line | None = None
    agenda_item: AgendaItem | None = None
    head: Mapping[Line, str | None] = Field(default_factory=dict)
    parts: Mapping[Line, Presence] = Field(default_factory=dict)
    appendices: tuple[AttachmentSettings, ...] = ()


class PaperChanges(_OfMeetings):
    """What a meeting says of one of its papers, in place of what holds for every meeting."""

    title: Line | None = None


class PaperSettings(_OfMeetings):
    """One of the papers of every meeting: its folder, what it is, its template, its head and how it is numbered.

    ``head`` are the lines of facts at the head of the paper, each with its label; ``parts`` the headings that the
    body's own template asks for, each with whether it must be there.  An ``optional`` paper is left out of a meeting
    that has no folder for it.
    """

    folder: FolderName
    kind: Literal["report", "appendix"]
    name: Line
    title: Line
    template: FolderName
    language: Language | None = None
    mark_exceptions: bool = False
    chart_data: bool = False
    number_depth: int = Field(default=1, ge=0, le=6)
    heading_numbers: Literal["figures", "letters"] = "figures"
    paragraphs: Literal["section", "paper"] | None = None
    contents_depth: int = Field(default=0, ge=0, le=4)
    optional: bool = False

    @model_validator(mode="after")
    def _headings_are_numbered(self) -> PaperSettings:
        if self.paragraphs == "section" and not self.number_depth:
            raise MisfitError(
                "paragraphs", "“section” numbers paragraphs by their headings, and no heading is numbered"
            )
        return self

    @property
    def in_language(self) -> str:
        """The language that the paper is written in."""
        return self.language or ENGLISH

    def with_changes(self, changes: PaperChanges, *, language: str) -> PaperSettings:
        """The paper as one meeting has it: lines of the head and parts are added or replaced one by one.

        ``language`` is the panel's, for a paper that names none.
        """
        given = {name: value for name, value in changes if value not in (None, ())}
        given["language"] = self.language or language
        merged = {"head": {**self.head, **changes.head}, "parts": {**self.parts, **changes.parts}}
        return self.model_copy(update={**given, **merged})
