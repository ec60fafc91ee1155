"""Who may see the live pages, and how they show it: a link with a token, which becomes a cookie."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

import yaml

from papergen.commands.trust import settings_folder
from papergen.commands.usage import WrongUseError
from papergen.diagnostics import Diagnostics
from papergen.files import Folder, TooLargeError, read_file
from papergen.workspace.fields import Line, SettingsModel, matching
from papergen.workspace.validate import validate
from papergen.workspace.yaml_source import parse_yaml

COOKIE = "papergen"
_KEY_BYTES = 32
_SESSION_SECONDS = 14 * 24 * 3600
_MOST_BYTES = 200_000


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at the live pages; without a name it is whoever started them."""

    name: str = ""
    may_write: bool = True


TokenHash = Annotated[str, matching("[0-9a-f]{64}", "delete the line: papergen serve writes it, and prints a new link")]


class Colleague(SettingsModel):
    """A colleague: what they may do, and the hash of the token of their link, which papergen writes."""

    name: Line
    may: Literal["read", "write"] = "read"
    token: TokenHash | None = None


class _Colleagues(SettingsModel):
    colleagues: tuple[Colleague, ...]


@dataclass(frozen=True, slots=True)
class Doorkeeper:
    """Turns tokens into cookies and cookies into people.

    ``tokens`` are people by the hash of their token.  A cookie is signed with ``key``, so that it outlives a restart;
    it ends with the token that it was given for, and after two weeks.
    """

    key: bytes
    tokens: Mapping[str, Person] = field(default_factory=dict)
    owner_key: str = "owner"

    def admit(self, token: str, now: float) -> str | None:
        """The cookie for a token; None for one that is nobody's."""
        found = hash_of(token)
        known = next((each for each in self.tokens if hmac.compare_digest(each, found)), None)
        if known is None:
            return None
        who = self.owner_key if not self.tokens[known].name else known
        words = f"{who}.{int(now) + _SESSION_SECONDS}"
        return f"{words}.{self._signed(words)}"

    def person(self, cookie: str, now: float) -> Person | None:
        """Whose cookie it is; None for one that is forged, too old, or of a person who may no longer come."""
        words, _, signature = cookie.rpartition(".")
        who, _, until = words.partition(".")
        if not hmac.compare_digest(signature.encode(), self._signed(words).encode()) or not until.isdecimal():
            return None
        if int(until) < now:
            return None
        if who == self.owner_key:
            return next((each for each in self.tokens.values() if not each.name), None)
        return self.tokens.get(who)

    def _signed(self, words: str) -> str:
        return base64.urlsafe_b64encode(hmac.digest(self.key, words.encode(), "sha256")).decode().rstrip("=")


def hash_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_token() -> str:
    """A token that nobody can guess."""
    return secrets.token_urlsafe(32)


def signing_key(root: Path) -> bytes:
    """The key that cookies for the workspace at ``root`` are signed with; it is made once, for this user alone."""
    name = f"serve-{hashlib.sha256(str(root).encode()).hexdigest()[:16]}.key"
    place = settings_folder()
    try:
        kept = read_file(place / name, most=_MOST_BYTES, follow=False)
    except (OSError, TooLargeError):
        kept = b""
    if len(kept) == _KEY_BYTES:
        return kept
    made = secrets.token_bytes(_KEY_BYTES)
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    Folder(place.resolve()).write(name, made)
    (place / name).chmod(0o600)
    return made


def read_colleagues(file: Path) -> tuple[tuple[Colleague, ...], dict[str, str]]:
    """The colleagues in a file, each with a hash, and the new tokens by name of those who had none until now.

    The hashes of new tokens are written into the file.  Raises ``WrongUseError`` for a file that cannot be used.
    """
    found = Diagnostics()
    try:
        text = read_file(file, most=_MOST_BYTES).decode()
    except (OSError, TooLargeError, UnicodeDecodeError):
        raise WrongUseError(f"“{file}” cannot be read.", "Name a file with the colleagues in it.") from None
    source = parse_yaml(text, file=file.name, diagnostics=found)
    read = None if source is None else validate(_Colleagues, source, diagnostics=found)
    if read is None:
        first = next(iter(found), None)
        raise WrongUseError(str(first or f"“{file}” has no colleagues."), first.hint if first else "")
    names = [each.name for each in read.colleagues]
    if len(names) != len(set(names)):
        raise WrongUseError(f"“{file}” has the same name twice.", "Give each colleague a name of their own.")
    new = {each.name: new_token() for each in read.colleagues if each.token is None}
    colleagues = tuple(
        each.model_copy(update={"token": hash_of(new[each.name])}) if each.name in new else each
        for each in read.colleagues
    )
    if new:
        lines = yaml.safe_dump(
            {"colleagues": [each.model_dump() for each in colleagues]}, sort_keys=False, allow_unicode=True
        )
        head = "# Who may come to the live pages. Delete a line “token” to give somebody a new link.\n"
        Folder(file.absolute().parent).write(file.name, f"{head}{lines}".encode())
    return colleagues, new
