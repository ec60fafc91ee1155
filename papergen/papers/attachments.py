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
from papergen.values.slugs import slug
from papergen.workspace.paper_settings import AttachmentSettings, PaperSettings
from papergen.workspace.settings import meeting_folder

ATTACHMENTS = "attachments"


def attachments_of(session: Session, paper: PaperSettings) -> tuple[Attachment, ...]:
    """The PDF files that are appendices to a paper; one that cannot be handed out is told and left out."""
    found = (_read(session, paper, each, index) for index, each in enumerate(paper.appendices))
    return tuple(each for each in found if each is not None)


def _read(session: Session, paper: PaperSettings, settings: AttachmentSettings, index: int) -> Attachment | None:
    at = session.settings.place(paper.folder, "appendices", index, "file")
    path = f"{meeting_folder(session.meeting)}/{ATTACHMENTS}/{settings.file}"
    data = session.world.read_bytes(path)
    pages = 0 if data is None else _pages(data)
    if data is None or not pages:
        if data is not None:
            session.diagnostics.add(
                codes.ATTACHMENT_UNREADABLE,
                at,
                f"“{settings.file}” is no PDF that everyone can open.",
                "Save it as a PDF again, without a password.",
            )
        return None
    name = f"{slug(settings.name)}.pdf"
    if name.removesuffix(".pdf") in {each.folder for each in session.settings.papers}:
        message = f"“{settings.name}” would have the file name of a paper, {name}."
        session.diagnostics.add(codes.ATTACHMENT_UNREADABLE, at, message, "Give it another name.")
        return None
    sha256 = hashlib.sha256(data).hexdigest()
    return Attachment(
        label=settings.name, title=settings.title, file=name, pages=pages, sha256=sha256, data=data, at=at
    )


def _pages(data: bytes) -> int:
    """The number of pages, 0 for what is no PDF or needs a password."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return len(pdf.pages)
    except (pikepdf.PdfError, pikepdf.PasswordError):
        return 0


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
