"""Every kind of bad input gets one clear answer, exit code 1, no traceback, and leaves the last papers as they were."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from papergen.write.docx.template import MOST_UNPACKED_BYTES
from tests.support.commands import run
from tests.support.orchard import FOLDER, MEETING, Orchard

pytestmark = pytest.mark.slow

WARNINGS = {"W132"}
"""Told beside the error: that templates/ now holds one template, and not the others."""

Spoil = Callable[[Path], None]


def page(root: Path) -> Path:
    return root / FOLDER / "report" / "02-more.md"


def text(write: str | bytes) -> Spoil:
    """Something added at the end of a file of the report."""

    def spoil(root: Path) -> None:
        added = write.encode() if isinstance(write, str) else write
        page(root).write_bytes(page(root).read_bytes() + b"\n\n" + added + b"\n")

    return spoil


def file(path: str, data: str | bytes) -> Spoil:
    """A file of the workspace written anew."""

    def spoil(root: Path) -> None:
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data.encode() if isinstance(data, str) else data)

    return spoil


def front_matter(lines: str) -> Spoil:
    """Lines added to the front matter of a file of the report."""

    def spoil(root: Path) -> None:
        words = page(root).read_text(encoding="utf-8")
        page(root).write_text(words.replace("---\n", f"---\n{lines}\n", 1), encoding="utf-8")

    return spoil


def template(change: Callable[[dict[str, bytes]], None]) -> Spoil:
    """The report's Word template with its parts changed."""

    def spoil(root: Path) -> None:
        from papergen.world import packaged_templates

        (root / "templates").mkdir(exist_ok=True)
        parts: dict[str, bytes] = {}
        with zipfile.ZipFile(packaged_templates() / "panel-report.docx") as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        change(parts)
        with zipfile.ZipFile(
            root / "templates" / "panel-report.docx", "w", zipfile.ZIP_DEFLATED, compresslevel=1
        ) as archive:
            for name, data in parts.items():
                archive.writestr(name, data)

    return spoil


def in_document(old: bytes, new: bytes) -> Spoil:
    def change(parts: dict[str, bytes]) -> None:
        assert old in parts["word/document.xml"]
        parts["word/document.xml"] = parts["word/document.xml"].replace(old, new, 1)

    return template(change)


def entity(parts: dict[str, bytes]) -> None:
    document = parts["word/document.xml"]
    head, rest = document.split(b"?>", 1)
    doctype = b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    parts["word/document.xml"] = (
        head + b"?>" + doctype + rest.replace(b"<w:body>", b"<w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p>", 1)
    )


def bomb(parts: dict[str, bytes]) -> None:
    parts["word/media/bomb.bin"] = b"\0" * (MOST_UNPACKED_BYTES + 1)


def big_picture() -> bytes:
    buffer = io.BytesIO()
    Image.new("1", (20_000, 2_001)).save(buffer, "PNG")
    return buffer.getvalue()


def picture(data: Callable[[], bytes]) -> Spoil:
    """A picture in the text, with its file."""

    def spoil(root: Path) -> None:
        file(f"{FOLDER}/images/wall.png", data())(root)
        text("![A wall](images/wall.png)")(root)

    return spoil


def linked(parts: dict[str, bytes]) -> None:
    rels = parts["word/_rels/document.xml.rels"]
    link = (
        b'<Relationship Id="rId999" TargetMode="External" Target="file:///etc/passwd"'
        b' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/>'
    )
    parts["word/_rels/document.xml.rels"] = rels.replace(b"</Relationships>", link + b"</Relationships>")


def style_of_another_kind(parts: dict[str, bytes]) -> None:
    strong = b'<w:style w:type="%s" w:styleId="Strong">'
    assert strong % b"character" in parts["word/styles.xml"]
    parts["word/styles.xml"] = parts["word/styles.xml"].replace(strong % b"character", strong % b"paragraph")


def catalogue(change: Callable[[str], str]) -> Spoil:
    """The catalogue of measures changed."""

    def spoil(root: Path) -> None:
        target = root / "content" / "measures.yaml"
        target.write_text(change(target.read_text(encoding="utf-8")), encoding="utf-8")

    return spoil


def second_objective(root: Path) -> None:
    words = "---\nobjective: 1\nowner: Somebody\nreviewed: 2016-01-21\n---\n\nWords.\n"
    file(f"{FOLDER}/report/91-again.md", words)(root)


ADDRESS = "https://example.org/x.css"
LAYOUT = '<html><body>{{ body }}<img src="file:///etc/passwd" alt="x"></body></html>'
ALIASES = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]"

ONE_ROW = "month,value\n2015-12,5\n"
ONE_MEASURE = "\nlonely: {title: Lonely, unit: people, file: lonely.csv, source: Constructed}\n"
FIELD = b"{{ meeting.dat }}</w:t></w:r></w:p><w:p><w:r><w:t>{{p body }}"


def one_observation(root: Path) -> None:
    catalogue(lambda text: text + ONE_MEASURE)(root)
    file("content/data/lonely.csv", ONE_ROW)(root)
    text("There were {{ lonely.latest }}, {{ lonely.change | up }} on the quarter before.")(root)


def wrong_fact(root: Path) -> None:
    header = "id,value,unit,date,scope,source,owner\n"
    file("content/data/facts.csv", f"{header}apples,many,people,2015-12,force,Survey,Somebody\n")(root)
    text("There were {{ apples }} apples, {{ apples + apples }} with the others.")(root)


CASES: list[tuple[str, Spoil, str]] = [
    ("a file that is not UTF-8", text(b"caf\xe9"), "W104"),
    ("a NUL", text(b"a\x00b"), "W104"),
    ("a control character", text(b"a\x07b"), "W104"),
    ("a Markdown file of 5 MB", text("word " * 1_000_000), "W105"),
    ("deeply nested lists", text("\n".join(f"{'  ' * depth}- item" for depth in range(60))), "M109"),
    ("front matter that is not YAML", front_matter("owner: [unclosed"), "W110"),
    ("an unknown key", front_matter("ownr: Somebody"), "W111"),
    ("a YAML alias bomb", front_matter(ALIASES), "W110"),
    ("a template that is not a Word file", file("templates/panel-report.docx", b"not a zip"), "T101"),
    ("a zip bomb", template(bomb), "T101"),
    ("a broken tag", in_document(b"{{p body }}", b"{{p body "), "T102"),
    ("an external entity", template(entity), "T101"),
    ("an image outside the workspace", text("![A wall](../../../../../etc/hostname)"), "W103"),
    ("an image by URL", text("![A wall](https://example.org/wall.png)"), "P105"),
    ("a huge image", picture(big_picture), "P104"),
    ("an image that is none", picture(lambda: b"no"), "P102"),
    ("an expression that loops", text("{{ [x for x in y] }}"), "V101"),
    ("an expression that divides by zero", text("{{ theft.quarter / (theft.quarter - theft.quarter) }}"), "V104"),
    ("an expression that reaches for Python", text("{{ theft.__class__.__mro__ }}"), "V102"),
    ("a duplicate objective", second_objective, "W120"),
    ("a YAML alias bomb in settings", file("content/panel.yaml", ALIASES), "W110"),
    ("measures that are not YAML", catalogue(lambda text: f"{text}\n\tx: ["), "W110"),
    (
        "a measure with an unknown key",
        catalogue(lambda text: text.replace("  unit:", "  colour: red\n  unit:", 1)),
        "W111",
    ),
    ("a measure without its file", lambda root: (root / "content/data/theft.csv").unlink(), "W101"),
    ("a measure with one observation", one_observation, "V104"),
    ("a fact that is no number", wrong_fact, "D104"),
    ("a Word template with an unknown field", in_document(b"{{p body }}", FIELD), "T103"),
    ("a Word template with a style of another kind", template(style_of_another_kind), "T105"),
    ("a Word template that links to a local file", template(linked), "T106"),
    ("data that are cut short", file("content/data/theft.csv", "month,area,val"), "D102"),
    ("data that are no text", file("content/data/theft.csv", b"\x00\x01\x02"), "D101"),
    ("an exhibit of an unknown kind", text("```chart\nkind: pie\nmeasure: theft\n```"), "E101"),
    ("an exhibit of an unknown measure", text("```chart\nkind: control\nmeasure: thefft\n```"), "D114"),
    ("a style sheet that asks for the network", file("templates/paper.css", f"@import url({ADDRESS});"), "T106"),
    ("a layout that asks for a local file", file("templates/panel-report.html", LAYOUT), "T106"),
]


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = Orchard(tmp_path_factory.mktemp("clean")).root
    page(root).write_text(
        "---\ntitle: More\nowner: Somebody\nreviewed: 2016-01-25\n---\n\nMore words.\n", encoding="utf-8"
    )
    done = run("build", "-q", at=root)
    assert done.code == 0, done.stdout + done.stderr
    return root


def papers(root: Path) -> dict[str, bytes]:
    folder = root / "output" / MEETING
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


@pytest.mark.parametrize(("spoil", "code"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_one_clear_answer_and_the_old_papers_stay(spoil: Spoil, code: str, clean: Path, tmp_path: Path) -> None:
    root = tmp_path / "workspace"
    shutil.copytree(clean, root)
    before = papers(root)
    spoil(root)
    done = run("build", "-q", at=root)
    assert done.code == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    told = re.findall(r"^[^ ].*? ([A-Z]\d{3}) ", done.stdout + done.stderr, re.MULTILINE)
    assert [each for each in told if each not in WARNINGS] == [code], done.stdout + done.stderr
    assert papers(root) == before


def test_a_tag_split_across_runs_is_read_as_one(clean: Path, tmp_path: Path) -> None:
    root = tmp_path / "workspace"
    shutil.copytree(clean, root)
    in_document(b"{{p body }}", b"{{p bo</w:t></w:r><w:r><w:t>dy }}")(root)
    done = run("build", "-q", "--only", "docx", at=root)
    assert done.code == 0, done.stdout + done.stderr


def test_an_output_folder_in_which_nothing_may_be_written(clean: Path) -> None:
    done = run("build", "-q", "-o", "/proc/papers", at=clean)
    assert done.code == 1
    assert done.stderr.count(" O101 ") == 1
    assert "Traceback" not in done.stdout + done.stderr
