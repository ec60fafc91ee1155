"""``papergen background-papers``: a heading, a source a line, and what the draft is not."""

from __future__ import annotations

from pathlib import Path

from tests.support.commands import run
from tests.support.orchard import Orchard


def test_the_list_goes_into_a_file_and_the_advice_to_whoever_looks_on(tmp_path: Path) -> None:
    Orchard(tmp_path)
    done = run("background-papers", at=tmp_path)
    assert done.code == 0
    heading, blank, *sources = done.stdout.splitlines()
    assert (heading, blank) == ("Background papers (Local Government Act 1972, section 100D)", "")
    assert sources
    assert all(source.startswith("- ") for source in sources)
    assert done.stderr.startswith("\nThis is a draft, from the data alone.\n")


def test_content_with_errors_gives_no_list(tmp_path: Path) -> None:
    Orchard(tmp_path)
    (tmp_path / "content" / "panel.yaml").unlink()
    done = run("background-papers", at=tmp_path)
    assert (done.code, done.stdout) == (1, "")
    assert "“content/panel.yaml” is not there" in done.stderr
