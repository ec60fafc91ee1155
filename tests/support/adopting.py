"""Letterheads of bodies that never heard of papergen, adopted by the command alone."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner

from papergen.cli.app import app
from papergen.diagnostics import Diagnostics
from papergen.write.docx.writer import write_docx
from papergen.write.dressing import dress
from papergen.write.pdf.writer import lay_out
from papergen.write.web import WrittenPapers, write_page
from tests.support.builds import REPOSITORY
from tests.support.every_node import FIELDS, every_node_paper

RUN = CliRunner()


@dataclass(frozen=True)
class Adopted:
    """A template that the command made of a letterhead, and the paper with every kind of node in its editions."""

    template: bytes
    word: bytes
    pdf: bytes
    page: str


def adopt(letterhead: bytes, folder: Path) -> Adopted:
    """What the command makes of a letterhead in ``folder``, and the editions in its look."""
    shutil.copytree(REPOSITORY / "papergen" / "starter" / "panel", folder / "panel")
    file = folder / "letterhead.docx"
    file.write_bytes(letterhead)
    done = RUN.invoke(app, ["template", "adopt", str(file), "--workspace", str(folder / "panel")])
    assert done.exit_code == 0, done.output
    assert file.read_bytes() == letterhead
    template = (folder / "panel" / "templates" / "panel-report.docx").read_bytes()
    found, paper = Diagnostics(), every_node_paper()
    made = dress("templates/panel-report.docx", template, fields=FIELDS, fonts={}, diagnostics=found)
    assert made is not None, [str(each) for each in found]
    pages = lay_out(paper, dress=made, diagnostics=found)
    assert pages is not None, [str(each) for each in found]
    pdf = pages.write(found)
    word = write_docx(paper, template=template, page_of=pages.page_of, pages=pages.pages, diagnostics=found)
    page = write_page(paper, dress=made, beside=WrittenPapers((paper,), ()), findings=(), diagnostics=found)
    assert not found.has_errors, [str(each) for each in found]
    assert pdf is not None
    assert word is not None
    assert page is not None
    return Adopted(template, word, pdf.data, page.decode())
