"""PDF files of others that would act in the hands of a reader, lie about their pages, or take another file's name."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.support.orchard import FOLDER, PANEL, Orchard
from tests.support.pdf_objects import pdf


def told(root: Path, data: bytes, *names: str, code: str = "P106") -> list[str]:
    """What is told of a file that panel.yaml makes an appendix under each of some names."""
    orchard = Orchard(root)
    file = root / FOLDER / "attachments" / "x.pdf"
    file.parent.mkdir()
    file.write_bytes(data)
    listed = ", ".join(f"{{name: '{name}', title: T, file: x.pdf}}" for name in names)
    text = PANEL.replace("template: panel-report}", f"template: panel-report, appendices: [{listed}]}}")
    outcome = orchard.run({"content/panel.yaml": text})
    return [found.message for found in outcome.findings if found.code.id == code]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (pdf("<< /S /JavaScript /JS (app.alert) >>", more="/OpenAction 4 0 R"), "a script"),
        (pdf(more="/Names << /JavaScript << /Names [(x) << /S /JavaScript /J#53 (x) >>] >> >>"), "a script"),
        (pdf(more="/OpenAction << /S /Launch /F (calc.exe) >>"), "starts a program"),
        (pdf(more="/AA << /WC << /S /SubmitForm /F (https://a.example) >> >>"), "sends or takes in data"),
        (pdf(more="/Names << /EmbeddedFiles << /Names [] >> >>"), "other files"),
        (pdf("<< /Type /Filespec /EF << >> >>", more="/X [[[4 0 R]]]"), "other files"),
        (pdf("<< /Type /Filespec /F (a.xml) /UF (a.exe) /EF << >> >>", more="/AF [4 0 R]"), "other files"),
        (pdf().replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]"), "no PDF"),
        (pdf().replace(b"/Kids [3 0 R]", b"/Kids 7 /X (aa)"), "no PDF"),
        (pdf().replace(b"/Pages 2 0 R", b"/Pagez 2 0 R"), "no PDF"),
        (b"%PDF-1.7\n" + os.urandom(9_999), "no PDF"),
    ],
)
def test_an_appendix_shows_pages_and_does_no_more(data: bytes, words: str, tmp_path: Path) -> None:
    (message,) = told(tmp_path, data, "Appendix B")
    assert words in message


@pytest.mark.parametrize("data", [pdf(), pdf("[" * 10_000 + "]" * 10_000, more="/X 4 0 R")])
def test_an_appendix_of_pages_alone_is_taken(data: bytes, tmp_path: Path) -> None:
    assert told(tmp_path, data, "Appendix B") == []


def test_an_appendix_that_holds_data_is_taken_and_told(tmp_path: Path) -> None:
    held = "<< /Type /Filespec /F (a.csv) /UF (Figures.XML) /EF << >> >>"
    data = pdf(held, more="/AF [4 0 R] /Names << /EmbeddedFiles << /Names [(x) 4 0 R] >> >>")
    (message,) = told(tmp_path / "a", data, "Appendix B", code="P107")
    assert "Figures.XML, a.csv" in message
    assert told(tmp_path / "b", data, "Appendix B") == []


@pytest.mark.parametrize("name", ["Appendix-B", "APPENDIX B", "Appéndix b", "report", "Annex"])
def test_an_appendix_takes_the_name_of_no_other_file(name: str, tmp_path: Path) -> None:
    (message,) = told(tmp_path, pdf(), "Appendix B", name)
    assert name in message
