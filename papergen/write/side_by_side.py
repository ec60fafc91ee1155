"""Pictures of the editions of a paper, side by side: what a clerk sees of a change to a template."""

from __future__ import annotations

import io
import logging
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops, ImageDraw, ImageFont

_DOTS = 110
_MOST_PAGES = 3
_SCREEN_WIDTH = 820
_MARGIN = 24
_LABEL = 44
_SECONDS = 90
_GREY, _DARK = "#d5d9e0", "#1a1a1a"


def pictures_of_editions(*, pdf: bytes, word: bytes, page: bytes) -> dict[str, Image.Image]:
    """The editions as pictures by their names; Word's only where LibreOffice can draw it."""
    drawn = {"PDF": _pages(pdf), "Web page": _trimmed(_pages(_printed_screen(page)))}
    as_pdf = _through_office(word)
    return {"Word": _pages(as_pdf), **drawn} if as_pdf else drawn


def side_by_side(pictures: Mapping[str, Image.Image]) -> bytes:
    """One PNG of several pictures with their names above them."""
    height = max(each.height for each in pictures.values()) + _LABEL + _MARGIN
    width = sum(each.width + _MARGIN for each in pictures.values()) + _MARGIN
    sheet = Image.new("RGB", (width, height), _GREY)
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(size=22)
    left = _MARGIN
    for name, each in pictures.items():
        draw.text((left, 10), name, fill=_DARK, font=font)
        sheet.paste(each, (left, _LABEL))
        left += each.width + _MARGIN
    made = io.BytesIO()
    sheet.save(made, "PNG", optimize=True)
    return made.getvalue()


def _pages(data: bytes) -> Image.Image:
    """The first pages of a PDF, one below the other."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        count = min(len(document), _MOST_PAGES)
        drawn = [document[number].render(scale=_DOTS / 72).to_pil().convert("RGB") for number in range(count)]
    finally:
        document.close()
    sheet = Image.new("RGB", (max(each.width for each in drawn), sum(each.height + 8 for each in drawn) - 8), _GREY)
    top = 0
    for each in drawn:
        sheet.paste(each, (0, top))
        top += each.height + 8
    return sheet


def _trimmed(picture: Image.Image) -> Image.Image:
    white = Image.new("RGB", picture.size, "#ffffff")
    filled = ImageChops.difference(picture, white).crop((0, 0, picture.width - 1, picture.height)).getbbox()
    return picture if filled is None else picture.crop((0, 0, picture.width, min(filled[3] + _MARGIN, picture.height)))


def _printed_screen(page: bytes) -> bytes:
    """A web page as a PDF of what a screen shows of it, without asking for anything."""
    import weasyprint
    from weasyprint.urls import URLFetcher

    class OnlyItsOwn(URLFetcher):  # type: ignore[misc]  # WeasyPrint is untyped
        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:  # noqa: ANN401
            if not url.startswith("data:"):
                raise ValueError("a page holds all that it shows")
            return super().fetch(url, headers)

    title = ".title { font-size: 2.25rem !important }"  # WeasyPrint has no clamp()
    paper = f"{title} @page {{ size: {_SCREEN_WIDTH}px {round(_SCREEN_WIDTH * 1.414)}px; margin: 0 }}"
    logger = logging.getLogger("weasyprint")
    level = logger.level
    logger.setLevel(logging.CRITICAL)  # rules for browsers that a printer passes over
    try:
        html = weasyprint.HTML(string=page.decode(), media_type="screen", url_fetcher=OnlyItsOwn())
        data: bytes = html.write_pdf(stylesheets=[weasyprint.CSS(string=paper)])
    finally:
        logger.setLevel(level)
    return data


def _through_office(word: bytes) -> bytes:
    """A Word file as LibreOffice prints it; nothing where LibreOffice is not there or takes too long."""
    program = shutil.which("soffice")
    if program is None:
        return b""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "paper.docx"
        file.write_bytes(word)
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        command = [program, "--headless", profile, "--convert-to", "pdf", "--outdir", folder, str(file)]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)  # noqa: S603 - found on the path
            return file.with_suffix(".pdf").read_bytes()
        except (OSError, subprocess.SubprocessError):
            return b""
