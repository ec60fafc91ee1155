"""Signatures: who signed which section of a meeting off, when, and the digest of what it said then.

They stand in a file of the meeting, a line each in the order of sections, for people to read and git to merge.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Annotated

import yaml

from papergen.diagnostics import Diagnostics
from papergen.workspace.fields import Line, SettingsModel, matching
from papergen.workspace.settings import meeting_folder
from papergen.workspace.validate import validate
from papergen.workspace.yaml_source import parse_yaml
from papergen.world import World

NAME = "signatures.yaml"

_HEAD = """\
# Who signed which section off, when, and the digest of its text as it was printed then. “papergen sign” writes this
# file. Each line is a signature: where two copies differ, keep the lines of both.
signatures:
"""


class Signature(SettingsModel):
    """A role, held by ``name`` where that is given, signed ``section`` when its text had ``digest``."""

    section: Line
    role: Line
    name: Line | None = None
    signed: datetime
    digest: Annotated[
        str, matching("[0-9a-f]{64}", "it must be a digest of 64 small letters and digits, as papergen sign writes it")
    ]


class _File(SettingsModel):
    signatures: tuple[Signature, ...] = ()


def signatures_file(meeting: str) -> str:
    """``"content/2016-02-02/signatures.yaml"``."""
    return f"{meeting_folder(meeting)}/{NAME}"


def read_signatures(world: World, meeting: str, diagnostics: Diagnostics) -> tuple[Signature, ...] | None:
    """The signatures of a meeting; None with diagnostics when the file cannot be used.

    They are no input of the papers, so that what is read here is not recorded as such.
    """
    file = signatures_file(meeting)
    apart = World(world.root, diagnostics, asked=world.asked)
    if not apart.is_file(file):
        return ()
    text = apart.read_text(file)
    source = None if text is None else parse_yaml(text, file=file, diagnostics=diagnostics)
    read = None if source is None else validate(_File, source, diagnostics=diagnostics)
    return None if read is None else read.signatures


def write_signatures(world: World, meeting: str, signatures: Iterable[Signature]) -> None:
    """Write the file of a meeting's signatures; raises ``OSError``."""
    ordered = sorted(signatures, key=lambda each: (each.section, each.signed, each.role))
    text = _HEAD + "".join(f"  - {_line(each)}\n" for each in ordered)
    world.folder.write(signatures_file(meeting), text.encode())


def _line(signature: Signature) -> str:
    written = {
        "section": signature.section,
        "role": signature.role,
        **({"name": signature.name} if signature.name else {}),
        "signed": f"{signature.signed.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "digest": signature.digest,
    }
    dumped: str = yaml.safe_dump(written, default_flow_style=True, sort_keys=False, allow_unicode=True, width=10_000)
    return dumped.strip()


def latest(signatures: Iterable[Signature], section: str) -> tuple[Signature, ...]:
    """The last signature of each role under a section."""
    by_role: dict[str, Signature] = {}
    for each in sorted((each for each in signatures if each.section == section), key=lambda each: each.signed):
        by_role[each.role] = each
    return tuple(by_role.values())
