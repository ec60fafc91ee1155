"""Fields of a letterhead that would change by themselves: their words stay, and those of dates are the meeting's."""

from __future__ import annotations

from collections.abc import Iterator

from papergen.write.docx.adopt_words import run_of
from papergen.write.docx.allowed import FIELDS
from papergen.write.docx.stories import Story
from papergen.write.docx.word_fields import fields_in, fields_of_runs, kind_of
from papergen.write.docx.xml import Element, attribute, found, remove

_DATES = frozenset({"DATE", "TIME", "SAVEDATE", "CREATEDATE", "PRINTDATE"})
_OF_THE_OFFICE = frozenset(
    {
        *("FILENAME", "TEMPLATE", "AUTHOR", "USERNAME", "USERINITIALS", "USERADDRESS", "LASTSAVEDBY", "COMMENTS"),
        *("EDITTIME", "REVNUM", "NUMWORDS", "NUMCHARS", "FILESIZE"),
    }
)
"""Fields that tell of the file itself, and of who wrote it."""


def unlinked(told: list[Story]) -> Iterator[str]:
    """Fields that change by themselves become their words; those of dates the date of the meeting."""
    for story in told:
        for simple in found(story.root, ".//w:fldSimple"):
            kind = kind_of(attribute(simple, "w:instr") or "")
            if kind not in FIELDS:
                yield _frozen(kind, simple, [*simple], [])
        for instruction, runs in fields_of_runs(story.root):
            if (kind := kind_of(instruction)) not in FIELDS:
                shown = [run for run in runs if found(run, "w:t")]
                yield _frozen(kind, runs[0], shown, [run for run in runs if run not in shown])
        for each in fields_in(story.root):
            if kind_of(each.instruction) not in FIELDS:  # over several paragraphs, or never closed
                remove(each.marks)
                yield f"The field {kind_of(each.instruction) or 'without a name'} is gone."


def _frozen(kind: str, at: Element, shown: list[Element], gone: list[Element]) -> str:
    """Put plain words in the place of a field; what became of it, in a sentence."""
    if kind in _DATES:
        at.addprevious(run_of("{{ meeting.date }}", like=shown[0] if shown else None))
        gone = [*gone, *shown]
        told = f"The field {kind} prints the date of the meeting."
    elif kind in _OF_THE_OFFICE:
        gone = [*gone, *shown]
        told = f"The field {kind} is gone, which would tell of the file or of who wrote it."
    else:
        for run in shown:
            at.addprevious(run)
        became = "is plain words" if shown else "is gone"
        told = f"The field {kind or 'without a name'} {became}, as it would change by itself."
    remove([*gone, *([at] if at not in shown else [])])
    return told
