"""Where a link leads: to an address outside, to a place in the papers, or nowhere a reader could follow."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markdown_it.common.normalize_url import normalizeLink

_WEB = re.compile(r"https?://[^/?#\s]", re.IGNORECASE)
_MAIL = re.compile(r"mailto:[^@\s]+@[^@\s]", re.IGNORECASE)
_OF_A_NOTE = re.compile(r"\d{1,3}|[A-Za-z*†]")
_OF_A_LAW = re.compile(r"[A-Za-z]|[ivxl]{1,5}|\d{1,3}")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Address:
    """An address on the web or of a mailbox, ready to be followed."""

    href: str


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """The id of a section, table, figure or paper."""

    id: str


@dataclass(frozen=True, slots=True)
class Unusable:
    """An address that cannot be followed from a paper, and the act that mends it."""

    hint: str


def leads_to(written: str, *, label: str = "") -> Address | LinkTarget | Unusable:
    """Where a link with the address ``written`` leads; ``label`` is the name by which it is defined elsewhere."""
    written = written.strip()
    if written.startswith("#") and len(written) > 1:
        return LinkTarget(written[1:])
    if "{{" in written:
        return Unusable("Write the address out; only the words of a link may hold values.")
    if _WEB.match(written) or _MAIL.match(written):
        return Address(normalizeLink(written))
    if not written or written == "#":
        return Unusable("Write the address, or “#” and the id of a section, table or figure.")
    if "@" in written and not _SCHEME.match(written):
        return Unusable(f"Write it as mailto:{written}.")
    if _SCHEME.match(written):
        return Unusable("Write the words alone, or an address that begins with https://, http:// or mailto:.")
    if written.startswith("www."):
        return Unusable(f"Write it in full, https://{written}.")
    if _OF_A_NOTE.fullmatch(label):
        return Unusable("For a footnote write [^1] here and “[^1]: …” below; for a link, an address such as https://…")
    if _OF_A_LAW.fullmatch(written):
        return Unusable(f"To print “({written})” as it stands, put a backslash before “[”.")
    return Unusable("Write “#” and the id of a section, table or figure, or an address that begins with https://.")
