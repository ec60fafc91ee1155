"""The record for the office: who keeps up what, and what was signed, let stand or overruled, by whom and why.

It lies outside the folder that is published, and names the manifest of the papers that it belongs to.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from papergen.manifest.listing import heading_of
from papergen.manifest.record import Hash, MeetingDate, RecordPart
from papergen.model.nodes import Paper, Section
from papergen.model.walk import find
from papergen.session import Session
from papergen.world import Asked, AskedOf

if TYPE_CHECKING:
    from papergen.check.run import Waived

FORMAT: Literal["papergen office record 1"] = "papergen office record 1"


class WaivedFinding(RecordPart):
    """A finding that was let stand: by whoever keeps up the section it is in, and why."""

    code: str
    message: str
    at: str = ""
    reason: str
    by: str = ""


class Overruled(RecordPart):
    """A judgement of the data that was replaced by somebody's own words, and why."""

    paper: str
    section: str
    rule: str
    words: str
    reason: str
    by: str = ""
    at: str = ""


class Owner(RecordPart):
    """Who keeps up a file of the papers, a measure or a one-off fact."""

    of: str
    owner: str


class SignedSection(RecordPart):
    """A signature under a section: as which role, by whom, when, and whether the papers say what was signed."""

    section: str
    role: str
    name: str = ""
    signed: datetime
    holds: bool


class LookedFor(RecordPart):
    """What was asked of the workspace besides the files that were read, and what was answered."""

    what: AskedOf
    path: str
    before: str = ""
    answer: str

    @property
    def asked(self) -> Asked:
        return Asked(self.what, self.path, self.before)


class OfficeRecord(RecordPart):
    """What the office keeps of the papers whose manifest has the hash ``manifest``.

    ``looked_for`` are the folders that were listed, with the names in them, and the files and folders that were looked
    for, whether they were there or not: papers are made anew when one of them is another.
    """

    format: Literal["papergen office record 1"] = FORMAT
    meeting: MeetingDate
    manifest: Hash
    waived: tuple[WaivedFinding, ...]
    overruled: tuple[Overruled, ...]
    owners: tuple[Owner, ...]
    signed: tuple[SignedSection, ...] = ()
    looked_for: tuple[LookedFor, ...] = ()


def make_office_record(
    session: Session,
    papers: Sequence[Paper],
    *,
    waived: Iterable[Waived],
    signed: Iterable[SignedSection],
    manifest: bytes,
) -> bytes:
    """The record of papers that were made in ``session``, as JSON."""
    owners = {found.at.file: found.node.owner for found in find(papers, Section) if found.node.owner}
    record = OfficeRecord(
        meeting=str(session.settings.meeting.date),
        manifest=hashlib.sha256(manifest).hexdigest(),
        waived=tuple(_waived(waived, owners)),
        overruled=tuple(_overruled(papers)),
        signed=tuple(signed),
        looked_for=tuple(
            LookedFor(**asked._asdict(), answer=answer)
            for asked, answer in sorted(session.world.asked.items())
            if asked.what != "bytes"
        ),
        owners=tuple(Owner(of=name, owner=owner) for name, owner in {**owners, **_owners_of_data(session)}.items()),
    )
    return f"{record.model_dump_json(indent=2)}\n".encode()


def _owners_of_data(session: Session) -> Mapping[str, str]:
    """Who keeps up each measure and one-off fact."""
    measures = {name: each.owner for name, each in session.book.measures.settings.items() if each.owner}
    owned = ((name, fact.parts.get("owner")) for name, fact in session.book.facts.parts.items())
    facts = {name: str(owner.value) for name, owner in owned if owner is not None}
    return {**measures, **facts}


def _waived(waived: Iterable[Waived], owners: Mapping[str, str]) -> Iterator[WaivedFinding]:
    for each in waived:
        found, file = each.found, each.waiver.at.file
        yield WaivedFinding(
            code=found.code.id,
            message=found.message,
            at=str(found.at),
            reason=each.waiver.reason,
            by=owners.get(file, ""),
        )


def _overruled(papers: Iterable[Paper]) -> Iterator[Overruled]:
    for found in find(papers, Section):
        judgement = found.node.judgement
        if judgement is not None and judgement.overruled:
            yield Overruled(
                paper=found.paper.name,
                section=heading_of(found.node),
                rule=judgement.value.text,
                words=judgement.words,
                reason=judgement.overruled,
                by=found.node.owner or "",
                at=str(judgement.at),
            )
