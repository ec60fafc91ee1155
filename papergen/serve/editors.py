"""The editor of whoever starts the pages: opened by the browser itself, at an address that only that person's page has.

The server starts no program for it: a click leads to an address such as ``vscode://file/…``, which the browser hands to
the program that has asked for such addresses, after it has asked the person.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

from papergen.commands.usage import WrongUseError
from papergen.diagnostics import did_you_mean

EDITORS = {
    "vscode": "vscode://file/{file}:{line}",
    "vscodium": "vscodium://file/{file}:{line}",
    "cursor": "cursor://file/{file}:{line}",
    "zed": "zed://file/{file}:{line}",
}
_ADDRESS = re.compile(r"([a-z][a-z0-9+.-]*):[!-~]+")
_NO_EDITORS = frozenset(
    {"http", "https", "javascript", "data", "blob", "file", "about", "view-source", "ws", "wss", "ftp"}
)


def editor_address(wanted: str, root: Path) -> str:
    """The address that opens a file of the workspace at ``root``: its path there is put for ``{file}``, and a line.

    ``wanted`` is the name of an editor, or an address of another with ``{file}`` in it.  Raises ``WrongUseError``.
    """
    address = EDITORS.get(wanted, wanted)
    scheme = _ADDRESS.fullmatch(address)
    if scheme is None or scheme[1] in _NO_EDITORS or "{file}" not in address:
        raise WrongUseError(
            f"“{wanted}” is no editor that a browser can open.",
            did_you_mean(
                wanted,
                EDITORS,
                f"Name one of {', '.join(EDITORS)}, or the address that yours answers to, such as {EDITORS['vscode']}",
            ),
        )
    return address.replace("{file}", f"{quote(root.as_posix().removeprefix('/'))}/{{file}}")
