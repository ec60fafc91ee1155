"""Signing sections off, and whether what was signed is still what is printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from papergen import codes
from papergen.commands.steps import read_meeting
from papergen.commands.usage import WrongUseError
from papergen.diagnostics import Diagnostic, Diagnostics, Severity, did_you_mean, near_match
from papergen.files import reason
from papergen.manifest.office import SignedSection
from papergen.model.nodes import Paper, Section
from papergen.model.walk import plain_text
from papergen.papers.printed_text import file_sections, printed_digest
from papergen.session import Session
from papergen.workspace.settings import SettingsFiles, meeting_folder
from papergen.workspace.signatures import Signature, latest, read_signatures, signatures_file, write_signatures
from papergen.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningRequest:
    """Which sections are signed, by their ids, as which role, by whom (where that is said), and when."""

    sections: Sequence[str]
    role: str
    name: str | None = None
    when: datetime


@dataclass(frozen=True, slots=True)
class Signed:
    """The sections that were signed, by their headings.

    ``unreviewed`` are the files among them that still say of themselves that nobody has reviewed them for this meeting.
    """

    headings: tuple[str, ...]
    unreviewed: tuple[str, ...] = ()


def sign(world: World, meeting: str, request: SigningRequest) -> Signed | None:
    """Sign sections of ``meeting``; None with diagnostics, and nothing signed, when their text cannot be printed."""
    read = read_meeting(world, meeting)
    return None if read is None else sign_papers(read.session, read.papers, request)


def sign_papers(session: Session, papers: Sequence[Paper], request: SigningRequest) -> Signed | None:
    """Likewise, for papers that were read."""
    world = session.world
    for option, words in (("--as", request.role), ("--name", request.name)):
        if words is not None and (not words.strip() or not words.isprintable()):
            raise WrongUseError(f"{option} is empty, or more than one line.", f'Write it out: {option} "Head of Crime"')
    known = {section.key: (paper, section) for paper, section in file_sections(papers)}
    owners = {section.owner for _, section in known.values() if section.owner}
    meant = [owner for owner in owners if _may_be_meant(request.role, owner)]
    if request.role not in owners and (hint := did_you_mean(request.role, meant)):
        raise WrongUseError(f"No section has the owner “{request.role}”, and nothing was signed.", hint)
    for wanted in request.sections:
        if wanted not in known:
            hint = did_you_mean(wanted, known, "The id of a section is the name of its file, without number and .md.")
            raise WrongUseError(f"There is no section “{wanted}”.", hint)
    chosen = [known[wanted] for wanted in dict.fromkeys(request.sections)]
    if any(_stops(found, session.meeting, chosen) for found in session.diagnostics):
        return None
    before = read_signatures(world, session.meeting, session.diagnostics)
    if before is None:
        return None
    new = [
        Signature(
            section=section.key,
            role=request.role,
            name=request.name,
            signed=request.when.replace(microsecond=0),
            digest=printed_digest(paper, section),
        )
        for paper, section in chosen
    ]
    try:
        write_signatures(world, session.meeting, (*before, *new))
    except OSError as problem:
        file = signatures_file(session.meeting)
        raise WrongUseError(
            f"“{file}” cannot be written: {reason(problem)}.", "Check that you may write there."
        ) from None
    told = {found.at.file for found in session.diagnostics if found.code is codes.NOT_REVIEWED}
    files = (section.at.file for _, section in chosen)
    headings = tuple(plain_text(section.title) for _, section in chosen)
    return Signed(headings, tuple(file for file in files if file in told))


def _may_be_meant(role: str, owner: str) -> bool:
    """Whether each word of a role is nearly the one of the owner: “Legal Officer” is no slip for “Policy Officer”."""
    typed, words = role.split(), owner.split()
    return len(typed) <= len(words) and all(near_match(one, [other]) for one, other in zip(typed, words, strict=False))


def _stops(found: Diagnostic, meeting: str, chosen: Iterable[tuple[Paper, Section]]) -> bool:
    """Whether an error leaves open what the chosen sections print: one in them, or in settings or data."""
    elsewhere = found.at.file.startswith(f"{meeting_folder(meeting)}/") and found.at.file.endswith(".md")
    own = any(section.at.file == found.at.file for _, section in chosen)
    return found.severity is Severity.ERROR and (own or not elsewhere)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureState:
    """The last signature of a role under a section, and whether the section still prints what was signed."""

    signature: Signature
    holds: bool


def signature_states(signatures: Iterable[Signature], paper: Paper, section: Section) -> tuple[SignatureState, ...]:
    """The state of each role's last signature under a section."""
    last = latest(signatures, section.key)
    digest = printed_digest(paper, section) if last else ""
    return tuple(SignatureState(signature=each, holds=each.digest == digest) for each in last)


def unsigned(settings: SettingsFiles, papers: Sequence[Paper], signatures: Sequence[Signature]) -> Iterator[Diagnostic]:
    """A finding for each section whose owner must sign it before publication and has not, or not what it says now."""
    must_sign = settings.panel.must_sign
    owners = {section.owner for _, section in file_sections(papers) if section.owner}
    for paper, section in file_sections(papers):
        if section.owner not in must_sign:
            continue
        states = signature_states(signatures, paper, section)
        own = next((each for each in states if each.signature.role == section.owner), None)
        if own is None or not own.holds:
            what = "has not signed" if own is None else "signed, before it changed,"
            yield Diagnostic(
                codes.NOT_SIGNED,
                section.at,
                f"The {section.owner} {what} the section “{plain_text(section.title)}”.",
                f'Read it as it is printed, then: papergen sign {section.key} --as "{section.owner}"',
            )
    for index, role in enumerate(must_sign):
        if role not in owners:
            yield Diagnostic(
                codes.NOT_SIGNED,
                settings.sources["panel"].place(("must_sign", index)),
                f"“must_sign” names the {role}, who owns no section of these papers.",
                did_you_mean(role, owners, "Take the name out, or give the sections their owner."),
            )


def check_signatures(session: Session, papers: Sequence[Paper]) -> Diagnostics:
    """What stands against publication for want of a signature."""
    found = Diagnostics()
    signatures = read_signatures(session.world, session.meeting, found)
    if signatures is not None:
        found.extend(unsigned(session.settings, papers, signatures))
    return found


def signed_sections(session: Session, papers: Sequence[Paper]) -> Iterator[SignedSection]:
    """The signatures under the sections of papers, for the record of the office; none where their file is broken."""
    signatures = read_signatures(session.world, session.meeting, Diagnostics()) or ()
    for paper, section in file_sections(papers):
        for each in signature_states(signatures, paper, section):
            yield SignedSection(
                section=section.key,
                role=each.signature.role,
                name=each.signature.name or "",
                signed=each.signature.signed,
                holds=each.holds,
            )
