"""Appendices that are other people's PDF files: read, counted, and listed at the end of the paper they belong to."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Sequence

from papergen import codes
from papergen.diagnostics import Span
from papergen.model.nodes import Attachment, CrossReference, Inlines, Link, List, ListItem, Paragraph, Section, Text
from papergen.papers.gather import GatheredSection
from papergen.session import Session
from papergen.values.chrome import Chrome
from papergen.values.words import slug
from papergen.workspace.paper_settings import AttachmentSettings, PaperSettings
from papergen.workspace.settings import meeting_folder

ATTACHMENTS = "attachments"
_LONGEST_NAME = 100
_ACTING = {
    **dict.fromkeys(("/JS", "/JavaScript"), "a script"),
    "/Launch": "a link that starts a program",
    **dict.fromkeys(("/SubmitForm", "/ImportData", "/XFA"), "a form that sends or takes in data"),
    **dict.fromkeys(("/RichMediaContent", "/Movie", "/Sound", "/3DD"), "sound, film or a model"),
}
"""The keys and actions of a PDF that do more than show pages, in words (ISO 32000-1, 12.6)."""
_CARRYING = frozenset({"/EmbeddedFiles", "/EF"})
"""The keys by which a PDF holds other files (ISO 32000-1, 7.11.4)."""
_NAMED = ("/F", "/UF", "/DOS", "/Mac", "/Unix")
_DATA = (".csv", ".json", ".txt", ".xml")
"""What PDF/A-3 is for: files that open as text and do nothing."""


def attachments_of(session: Session, paper: PaperSettings) -> tuple[Attachment, ...]:
    """The PDF files that are appendices to a paper; one that cannot be handed out is told and left out."""
    found: dict[str, Attachment] = {}
    for index, settings in enumerate(paper.appendices):
        at = session.settings.place(paper.folder, "appendices", index, "file")
        name = f"{slug(settings.name)[:_LONGEST_NAME]}.pdf"
        data = session.world.read_bytes(f"{meeting_folder(session.meeting)}/{ATTACHMENTS}/{settings.file}")
        wrong = None if data is None else _wrong(session, settings, name, data, [*found])
        if wrong is not None:
            session.diagnostics.add(codes.ATTACHMENT_UNREADABLE, at, *wrong)
        elif data is not None:
            if held := ", ".join(_acts(data)[1]):
                session.diagnostics.add(
                    codes.ATTACHMENT_CARRIES,
                    at,
                    f"“{settings.file}” holds {held[:_LONGEST_NAME]} beside its pages, which is handed out with it.",
                    "Look at what is in it; print it as a PDF again if only its pages are meant.",
                )
            sha256 = hashlib.sha256(data).hexdigest()
            pages = _pages(data)
            found[name] = Attachment(
                label=settings.name, title=settings.title, file=name, pages=pages, sha256=sha256, data=data, at=at
            )
    return tuple(found.values())


def _wrong(
    session: Session, settings: AttachmentSettings, name: str, data: bytes, taken: Sequence[str]
) -> tuple[str, str] | None:
    """Why a file cannot be handed out under a name, and what mends it; None where it can."""
    if not _pages(data):
        return f"“{settings.file}” is no PDF that everyone can open.", "Save it as a PDF again, without a password."
    if (acts := _acts(data)[0]) is not None:
        return (
            f"“{settings.file}” holds {acts}, which would be handed out with the papers.",
            "Open it and print it as a PDF again: only its pages are kept then.",
        )
    if name.removesuffix(".pdf") in {each.folder for each in session.settings.papers}:
        return f"“{settings.name}” would have the file name of a paper, {name}.", "Give it another name."
    if name in taken:
        return f"“{settings.name}” would have the file name of another appendix, {name}.", "Give it another name."
    return None


def _pages(data: bytes) -> int:
    """The number of pages, 0 for what is no PDF or needs a password."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return len(pdf.pages)
    except (pikepdf.PdfError, pikepdf.PasswordError, RuntimeError, ValueError):
        return 0


def _acts(data: bytes) -> tuple[str | None, list[str]]:
    """What in a PDF that opens would run, fetch, send or hide something, in a few words; None where nothing would.

    With it come the names of the files of data that it holds.
    """
    import pikepdf

    carries, files = False, set[str]()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        waiting = [each for each in pdf.objects if isinstance(each, pikepdf.Object)]
        while waiting:
            each = waiting.pop()
            if isinstance(each, pikepdf.Array):
                inside = list(each.as_list())
            elif isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
                keys = [*each.keys()]
                for key in (*keys, str(each.get("/S", ""))):
                    if key in _ACTING:
                        return _ACTING[key], []
                carries = carries or not _CARRYING.isdisjoint(keys)
                if "/EF" in keys:
                    files |= {str(each[name]) for name in _NAMED if name in keys} or {""}
                inside = [each[key] for key in keys]
            else:
                continue
            waiting += [one for one in inside if isinstance(one, pikepdf.Object) and not one.is_indirect]
    if carries and not (files and all(name.casefold().endswith(_DATA) for name in files)):
        return "other files", []
    return None, sorted(files)


def appendices_section(
    attachments: Sequence[Attachment], *, papers: Sequence[tuple[str, str, str]], words: Chrome, at: Span
) -> GatheredSection:
    """The list of appendices: ``papers`` of the meeting by id, name and title, then the files, with their pages."""

    def items() -> Iterator[Inlines]:
        for key, name, title in papers:
            yield (CrossReference(target=key, children=(Text(text=name),), at=at), Text(text=f": {title}"))
        for each in attachments:
            about = " " + words.attachment.format(pages=words.pages_of(each.pages))
            link = Link(href=each.file, children=(Text(text=each.title),))
            yield (Text(text=f"{each.label}: "), link, Text(text=about))

    listed = tuple(ListItem(blocks=(Paragraph(inlines=inlines, at=at),)) for inlines in items())
    blocks = (List(ordered=False, items=listed, at=at),)
    section = Section(title=(Text(text=words.appendices),), level=1, key="_appendices", at=at, blocks=blocks)
    return GatheredSection(section, numbered=True)
