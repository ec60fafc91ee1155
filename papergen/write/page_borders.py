"""The lines around pages, as a picture behind each: a border of CSS would stand between the text and the header."""

from __future__ import annotations

import hashlib

from papergen.write.css import points
from papergen.write.looks import PageLook
from papergen.write.shell import PICTURE_ADDRESS, Shell


def border_css(page: PageLook) -> str:
    """What draws the lines around pages of one look; nothing where there are none.

    It is fixed, since WeasyPrint lays out other grounds of a page from its margins on.
    """
    if not page.border:
        return ""
    drawn = f"url({_address(_picture(page))})"
    return f"background: {drawn} 0 0 / {points(page.width)} {points(page.height)} no-repeat fixed;"


def border_pictures(shell: Shell) -> dict[str, tuple[bytes, str]]:
    """The pictures that the pages of a shell are drawn with, by their addresses."""
    pages = (shell.page, shell.page.turned(), *(each.page for each in shell.before))
    pictures = (_picture(each) for each in pages if each.border)
    return {_address(each): (each, "image/svg+xml") for each in pictures}


def _address(picture: bytes) -> str:
    return f"{PICTURE_ADDRESS}{hashlib.sha256(picture).hexdigest()}"


def _picture(page: PageLook) -> bytes:
    far = {side: edge.room for side, edge in page.border.items()}
    left, top = far.get("left", 0.0), far.get("top", 0.0)
    wide, high = page.width - left - far.get("right", 0.0), page.height - top - far.get("bottom", 0.0)
    lines = []
    for side, edge in page.border.items():
        at = (wide - edge.width if side == "right" else 0.0, high - edge.width if side == "bottom" else 0.0)
        size = (wide, edge.width) if side in {"top", "bottom"} else (edge.width, high)
        place = f'x="{left + at[0]:.2f}" y="{top + at[1]:.2f}" width="{size[0]:.2f}" height="{size[1]:.2f}"'
        lines.append(f'<rect {place} fill="{edge.colour}"/>')
    of_all = f'width="{page.width:.2f}pt" height="{page.height:.2f}pt" viewBox="0 0 {page.width:.2f} {page.height:.2f}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {of_all}>{"".join(lines)}</svg>'.encode()
