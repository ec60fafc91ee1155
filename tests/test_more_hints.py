"""Findings of templates, of unreadable files, of a workspace's own code and of kept pages, with their hints done.

``tests/test_hints.py`` has those of content.
"""

from __future__ import annotations

import io
import os
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest

from papergen import codes
from papergen.codes import all_codes
from papergen.commands.check import check_papers
from papergen.commands.data import check_data
from papergen.commands.kept_findings import kept_findings
from papergen.commands.printing import print_templates
from papergen.commands.steps import read_meeting
from papergen.commands.templates import check_templates
from papergen.diagnostics import Diagnostic, Diagnostics, Severity
from papergen.exhibits.render import Renderer
from papergen.papers.draw import with_pictures
from papergen.store.kept import Store
from papergen.world import MOST_BYTES, World
from papergen.write.docx.adopt import adopt
from papergen.write.files import Format
from papergen.write.kept_prints import keep_printed, print_key
from papergen.write.printed import Printed
from tests.support.extracts import TWO, WIDE, Rows, as_csv, reading, sheets
from tests.support.laid_over import LaidOver
from tests.support.letterheads import NEW_FONT, crest, describe, own_font, saved
from tests.support.small import MEETING, PANEL, lay_down
from tests.support.word import changed, replaced, template
from tests.test_hints import BASE, CASES, DATA, MEASURE, MEASURES, MONTHS, PANEL_FILE, Files, chart

WORD = "templates/panel-report.docx"
BODY = "{{p body }}"
EMPTY = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
LINK = (
    '<Relationship Id="rId999" TargetMode="External" Target="file:///map.png"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/>'
)
STYLES = "word/styles.xml"


def before_body(xml: str) -> bytes:
    """The template with some XML at its beginning."""
    return changed("word/document.xml", lambda found: found.replace("<w:body>", f"<w:body>{xml}", 1))


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay_down(tmp_path_factory.mktemp("more"), {})


TEMPLATES: list[tuple[str, Files, *tuple[Files, ...]]] = [
    ("T101", {WORD: b"no Word file"}, {WORD: template()}),
    ("T102", {WORD: replaced(BODY, "{{p body }")}, {WORD: template()}),
    (
        "T103",
        {WORD: before_body(EMPTY.format("{{ meeting.dat }}"))},
        {WORD: before_body(EMPTY.format("{{ meeting.date }}"))},
    ),
    ("T104", {WORD: replaced(BODY, "")}, {WORD: template()}),
    ("T104", {WORD: before_body(EMPTY.format(BODY))}, {WORD: template()}),
    (
        "T105",
        {WORD: replaced('w:type="character" w:styleId="Strong"', 'w:type="paragraph" w:styleId="Strong"', part=STYLES)},
        {WORD: template()},
    ),
    (
        "T106",
        {
            WORD: changed(
                "word/_rels/document.xml.rels", lambda xml: xml.replace("</Relationships>", f"{LINK}</Relationships>")
            )
        },
        {WORD: template()},
    ),
    ("T108", {WORD: template(), "templates/fonts/own.ttf": b"no font"}, {"templates/fonts/own.ttf": None}),
    (
        "T109",
        {WORD: before_body(EMPTY.format("1. Typed") + EMPTY.format("2. Typed"))},
        {WORD: template()},
    ),
    (
        "T110",
        {WORD: before_body('<w:p><w:ins w:id="900" w:author="A"><w:r><w:t>New</w:t></w:r></w:ins></w:p>')},
        {WORD: before_body(EMPTY.format("New"))},
    ),
    (
        "T110",
        {WORD: before_body("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>Hidden</w:t></w:r></w:p>")},
        {WORD: template()},
    ),
    (
        "T113",
        {WORD: before_body('<w:p><w:pPr><w:pStyle w:val="Heading3"/></w:pPr><w:r><w:t>Means</w:t></w:r></w:p>')},
        {WORD: before_body(EMPTY.format("Means"))},
    ),
    ("W132", {"templates/appendix.docx": template("appendix")}, {WORD: template()}),
    ("O104", {WORD: before_body(EMPTY.format("漢"))}, {WORD: before_body(EMPTY.format("Han"))}),
]


def of_templates(root: Path, *files: Files) -> list[Diagnostic]:
    laid: dict[str, str | bytes | None] = {}
    for each in files:
        laid |= each
    world = LaidOver(root, laid, Diagnostics())
    check_templates(world, MEETING)
    return list(world.diagnostics)


@pytest.mark.parametrize(("code", "faulty", "mended"), [(each[0], each[1], each[2:]) for each in TEMPLATES])
def test_a_hint_on_a_template_mends(code: str, faulty: Files, mended: tuple[Files, ...], root: Path) -> None:
    before = of_templates(root, faulty)
    assert code in {each.code.id for each in before}, [f"{each} {each.hint}" for each in before]
    for files in mended:
        after = of_templates(root, faulty, files)
        assert [f"{each} {each.hint}" for each in after if each.severity > Severity.NOTE] == []


def house(*, footer: str = "", adopted: bool = False) -> bytes:
    """A letterhead that has a place for papers, as Word saved it or as it was adopted."""
    made = docx.Document()
    made.sections[0].footer.paragraphs[0].text = footer
    made.add_paragraph("Testshire County Council")
    made.add_paragraph(BODY)
    data = saved(made)
    written = adopt("x.docx", data, mapped={}, place=None, diagnostics=Diagnostics()) if adopted else None
    return data if written is None else written.data


def with_picture(data: bytes) -> bytes:
    """The template with a picture in its header, whose bytes are these."""
    made = docx.Document(io.BytesIO(template()))
    line = made.sections[0].header.paragraphs[0]
    run = line.add_run()
    run.add_picture(io.BytesIO(crest()))
    describe(line, "Crest of Testshire")
    next(each for each in run.part.package.iter_parts() if each.blob == crest())._blob = data
    return saved(made)


def of_text(xml: str) -> bytes:
    """The template with this in the look of its text."""
    name = '<w:name w:val="Body Text"/>'
    return changed(STYLES, lambda styles: re.sub(f"({name}.*?<w:rPr>)", rf"\1{xml}", styles, count=1, flags=re.DOTALL))


PAGES = '<w:sdt><w:sdtPr><w:alias w:val="Team"/></w:sdtPr><w:sdtContent><w:p>{}</w:p></w:sdtContent></w:sdt>'
LOOKS: list[tuple[str, Files, *tuple[Files, ...]]] = [
    ("T111", {WORD: house()}, {WORD: house(adopted=True)}),
    ("T111", {WORD: house()}, {WORD: house(footer="{{ paper.status }}")}),
    ("T112", {WORD: before_body(PAGES.format("<w:r><w:t>Team</w:t></w:r>"))}, {WORD: template()}),
    ("T114", {WORD: of_text(f'<w:rFonts w:ascii="{NEW_FONT}"/>')}, {"templates/fonts/council.ttf": own_font()}),
    ("T115", {WORD: of_text('<w:color w:val="E0E0E0"/>')}, {WORD: of_text('<w:color w:val="202020"/>')}),
    ("T116", {WORD: with_picture(crest()[:200])}, {WORD: with_picture(crest())}),
]


@pytest.mark.parametrize(("code", "faulty", "mended"), [(each[0], each[1], each[2:]) for each in LOOKS])
def test_a_hint_on_the_look_of_a_template_does_what_it_says(
    code: str, faulty: Files, mended: tuple[Files, ...], root: Path
) -> None:
    before = Counter(each.code.id for each in of_templates(root, faulty))
    for files in mended:
        after = of_templates(root, faulty, files)
        found = Counter(each.code.id for each in after)
        assert found[code] < before[code], [f"{each} {each.hint}" for each in after]
        assert not found - before


STEPS = "  steps: [{from: 2015-01, reason: More officers}]\n"


@pytest.mark.parametrize(
    ("code", "value", "lines"),
    [
        ("D115", lambda at: (90 if at < 24 else 150) + at % 5, STEPS),
        (
            "D116",
            lambda at: 40 + 20 * abs(6 - at % 12) + at % 5,
            "  seasonal: true\n",
        ),
    ],
)
def test_a_hint_on_a_series_does_what_it_says(code: str, value: Callable[[int], int], lines: str, root: Path) -> None:
    rows = "month,value\n" + "".join(f"{month},{value(at)}\n" for at, month in enumerate(MONTHS))

    def found(measures: str) -> set[str]:
        world = LaidOver(root, {**BASE, DATA: rows, MEASURES: measures}, Diagnostics())
        check_data(world, MEETING)
        return {each.code.id for each in world.diagnostics}

    assert found(MEASURE) == {code}
    assert found(MEASURE + lines) == set()


OWN_CHART: Files = {**chart("kind: dots\nmeasure: thefts\nid: chart"), PANEL_FILE: PANEL + "exhibits: [dots]\n"}
CODE = "def dots(options, request):\n    {}\n"
PARTS = {
    "spec": "lambda: {'data': {'values': []}, 'mark': 'bar'}",
    "title": "'Dots'",
    "alternative": "'Dots.'",
    "measures": "('thefts',)",
    "data": "ChartData(columns=('Month',), rows=(('May',),))",
    "rows": "()",
}


def given(**parts: str) -> str:
    """Code whose drawing has these parts instead."""
    named = ", ".join(f"{name}={value}" for name, value in {**PARTS, **parts}.items())
    return (
        "from papergen.exhibits.drawing import Drawing\nfrom papergen.model.nodes import ChartData\n"
        f"def dots(options, request):\n    return Drawing({named})\n"
    )


DRAWN = given()
NO_WORDS = "class E(Exception):\n        def __str__(self): raise ValueError\n    raise E"


@pytest.mark.parametrize(
    ("code", "lines", "agreed"),
    [
        ("E107", DRAWN, False),
        ("E106", CODE.format("raise ValueError"), True),
        ("E106", CODE.format("return ("), True),
        ("E106", CODE.format("raise GeneratorExit"), True),
        ("E106", CODE.format(NO_WORDS), True),
        ("E106", "raise BaseException\n", True),
        ("E106", given(spec="lambda: 5"), True),
        ("E106", given(spec="lambda: {'mark': object()}"), True),
        ("E102", given(spec="lambda: None"), True),
        ("E102", CODE.format("return 'a picture'"), True),
        ("E102", given(title="5"), True),
        ("E102", given(rows="('x',)"), True),
        ("E102", given(data="ChartData(columns=('A', 'B'), rows=(('May',),))"), True),
        ("E102", given(spec="lambda: {'data': {'values': [{}]}, 'mark': {'type': 'text', 'text': 'x'}}"), True),
        ("D114", given(measures="('nope',)"), True),
    ],
)
def test_a_hint_on_code_of_a_workspace_mends(code: str, lines: str, agreed: bool, root: Path) -> None:
    def found(lines: str, *, agreed: bool) -> list[str]:
        world = LaidOver(root, {**BASE, **OWN_CHART, "exhibits.py": lines}, Diagnostics())
        world.may_run = lambda *_: agreed
        read_meeting(world, MEETING)
        return sorted((each.code.id for each in world.diagnostics), key=lambda code: code != "E105")

    assert found(lines, agreed=agreed) == (["E105", code] if agreed else [code])
    assert found(DRAWN, agreed=True) == ["E105"], "only that it ran"


@pytest.mark.parametrize(
    ("code", "spoil"),
    [
        ("W102", os.mkfifo),
        ("W105", lambda path: path.write_bytes(b" " * (MOST_BYTES + 1))),
    ],
)
def test_a_hint_on_a_file_mends(code: str, spoil: Callable[[Path], None], tmp_path: Path) -> None:
    files = {name.removeprefix("content/"): data for name, data in BASE.items() if data is not None}
    root = lay_down(tmp_path, files)

    def found() -> list[str]:
        world = World(root, Diagnostics())
        read_meeting(world, MEETING)
        return [each.code.id for each in world.diagnostics]

    kept = (root / DATA).read_bytes()
    (root / DATA).unlink()
    spoil(root / DATA)
    assert found() == [code]
    (root / DATA).unlink()
    (root / DATA).write_bytes(kept)
    assert found() == []


@pytest.mark.parametrize("link", ["data", MEETING, f"{MEETING}/panel-report", "plan.yaml"])
def test_a_link_that_leads_outside_is_told_once_for_all_that_lies_behind_it(link: str, tmp_path: Path) -> None:
    files = {name.removeprefix("content/"): data for name, data in BASE.items() if data is not None}
    root = lay_down(tmp_path / "workspace", files)
    (root / "content" / link).rename(tmp_path / "elsewhere")
    (root / "content" / link).symlink_to(tmp_path / "elsewhere")
    found = check_papers(World(root, Diagnostics()), MEETING).findings
    assert [(each.code.id, each.at.file) for each in found] == [("W103", f"content/{link}")]


SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50">'
    '<text transform="translate({},20)">Thefts</text></svg>'
)
PNG = b"\x89PNG....IEND\xaeB`\x82"


def test_cut_words_of_a_chart_and_a_heading_alone_are_told_where_a_build_kept_them(root: Path, tmp_path: Path) -> None:
    files = {**BASE, **chart("kind: control\nmeasure: thefts\nid: chart")}
    meeting = read_meeting(LaidOver(root, files, Diagnostics()), MEETING)
    assert meeting is not None
    store = Store(tmp_path)
    alone = Diagnostic(codes.HEADING_ALONE, meeting.papers[0].sections[0].at, "It stands alone.", "Put it overleaf.")

    def built(x: int, *findings: Diagnostic) -> list[str]:
        """What is kept of a build whose chart has its word at ``x``, and which found this."""
        for asked in meeting.charts.values():
            for kind, data in (("specification", b"k"), ("svg", b""), ("png", PNG), ("pdf", b"%PDF")):
                store.put(f"{kind} {asked.key if kind == 'specification' else 'k'}", data or SVG.format(x).encode())
        for paper in with_pictures(meeting.papers, Renderer(store).kept(meeting.charts)):
            templates = print_templates(meeting.session.world, paper, word=True)
            assert templates is not None
            key = print_key(paper, templates, frozenset(Format))
            keep_printed(store, key, Printed((), 1, findings))
        return [each.code.id for each in kept_findings(meeting, store)]

    assert list(kept_findings(meeting, store)) == []
    assert built(90, alone) == ["E108", "O113"]
    assert built(10) == []
    assert [
        each.code.id for each in check_papers(LaidOver(root, files, Diagnostics()), MEETING, store=store).findings
    ] == []


SHROPSHIRE = ["Shropshire", 20, 21]
HEAD, HEREFORDSHIRE = WIDE[0], WIDE[1]
BY_YEAR: Rows = [["Area", "Apr-15", "May-15", "2015/16"], ["Herefordshire", 10, 11, 21], ["Shropshire", 20, 21, 41]]
STARRED: Rows = [HEAD, ["Herefordshire*", 10, 11], SHROPSHIRE]
EXTRACTS: list[tuple[str, bytes | Rows, bytes | Rows, dict[str, Any]]] = [
    ("D201", b"", WIDE, {}),
    ("D201", b'"Area,Apr-15\n', WIDE, {}),
    ("D202", sheets(One=WIDE, Two=WIDE), sheets(One=WIDE, Two=WIDE), {"sheet": "Two"}),
    ("D203", [["Area", "x"], ["Herefordshire", 1]], WIDE, {}),
    ("D204", [["Area", "Apr-15", "Apr-15"], *WIDE[1:]], WIDE, {}),
    ("D205", [*WIDE, ["", 5, 6]], [*WIDE, ["Total", 30, 32]], {}),
    ("D205", [*WIDE, SHROPSHIRE], WIDE, {}),
    ("D206", [HEAD, HEREFORDSHIRE, ["Shropshire", 20, None]], [HEAD, HEREFORDSHIRE, ["Shropshire", 20, 0]], {}),
    ("D207", [*WIDE, ["Total", 30, 33]], [*WIDE, ["Total", 30, 32]], {}),
    ("D207", [*WIDE, ["Total", 30, 33]], [*WIDE, ["Total", 30, 33]], {"leave_out": frozenset({"total"})}),
    ("D208", BY_YEAR, [row[:3] for row in BY_YEAR], {}),
    ("D209", WIDE[:2], WIDE, {}),
    ("D212", STARRED, WIDE, {}),
    ("D206", [HEAD, HEREFORDSHIRE, ["Shropshire", 20, "n"]], WIDE, {}),
]


@pytest.mark.parametrize(("code", "faulty", "mended", "choices"), EXTRACTS)
def test_a_hint_on_an_extract_mends(
    code: str, faulty: bytes | Rows, mended: bytes | Rows, choices: dict[str, Any]
) -> None:
    def found(extract: bytes | Rows, **choices: Any) -> list[str]:
        data = extract if isinstance(extract, bytes) else as_csv(extract)
        name = "extract.xlsx" if data.startswith(b"PK") else "extract.csv"
        return [f"{each.code.id} {each.hint}" for each in reading(data, name=name, areas=TWO, **choices)[1]]

    assert code in {each[:4] for each in found(faulty)}
    assert found(mended, **choices) == []


TRIED = {
    *("D115", "D116", "E105", "E106", "E107", "E108", "O113", "W102", "W105"),
    *(case[0] for case in (*CASES, *TEMPLATES, *LOOKS, *EXTRACTS)),
}
ELSEWHERE = {
    "C": "rules, whose hints tests/check follows",
    "M": "Markdown, whose hints tests/read follows",
    "D210": "a note, whose hint says that there is nothing to do",
    "D211": "told of two files: tests/data/test_wide_merge.py",
    "D213": "told of the command line: tests/cli/test_data.py",
    "D117": "a note on data, which asks to look at the chart alone",
    "O105": "told of pages: tests/commands/test_check.py",
    "O111": "told of pages: tests/commands/test_check.py",
    "O112": "told of pages: tests/commands/test_check.py",
    "O107": "told of any warning: tests/commands/test_adopt.py",
    "O109": "signatures: tests/commands/test_sign.py",
    "O101": "a disk that is full or may not be written: tests/commands/test_faults.py",
    "O102": "papergen's own fault: tests/write",
    "O103": "a library of the machine: tests/test_reproducible.py",
    "O106": "what a Word file cannot hold: tests/write/docx",
    "O108": "papergen's own fault: tests/write/docx/test_accessibility.py",
    "O110": "papergen's own fault: tests/serve/test_live.py",
    "T107": "a stylesheet: tests/commands/test_check.py",
    "W140": "the day of the calendar: tests/cli/test_deadlines.py",
    "W141": "the day of the calendar: tests/cli/test_deadlines.py",
}
"""Where else the hints of codes are tried, by how the codes begin; or why they are not."""


def test_the_hint_of_every_code_is_tried() -> None:
    ids = {each.id for each in all_codes()}
    assert [each for each in sorted(ids - TRIED) if not each.startswith(tuple(ELSEWHERE))] == []
    assert [each for each in ELSEWHERE if each in TRIED] == []
