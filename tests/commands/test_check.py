"""What would stop a build is told by the check before it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from papergen import codes
from papergen.commands.check import check_papers
from papergen.diagnostics import Code, Diagnostic, Diagnostics, Severity
from papergen.work.helpers import Helpers
from papergen.workspace.settings import meetings
from papergen.world import World
from tests.support.builds import starter
from tests.support.code import MODULES, PACKAGE, imported, tree_of
from tests.support.small import MEETING, lay_down


@pytest.mark.slow
def test_a_field_that_a_template_has_wrong_is_told(tmp_path: Path) -> None:
    root = starter(tmp_path / "starter")
    world = World(root, Diagnostics())
    (meeting,) = meetings(world)
    assert not check_papers(world, meeting).findings.has_errors
    layout = root / "templates" / "panel-report.html"
    layout.write_text("<h1>{{ paper.title }}</h1>\n<p>{{ meeting.dat }}</p>\n{{ body }}\n", encoding="utf-8")
    found = [each for each in check_papers(World(root, Diagnostics()), meeting).findings if each.code.id == "T103"]
    assert found
    assert {each.hint for each in found} == {"Did you mean “meeting.date”?"}


FRONT = "---\ntitle: Purpose\nowner: Somebody\n---\n\n"
WIDE = "\n".join(("| A " * 18 + "|", "|---" * 18 + "|", "| 1,234,567 " * 18 + "|"))
HALF = (
    WIDE.replace("| A " * 18, "| A " * 9)
    .replace("|---" * 18, "|---" * 9)
    .replace("| 1,234,567 " * 18, "| 1,234,567 " * 9)
)
LONG = "**CommitteeRoomOneCountyHallAnyshireVersion**TwentyFinalCorrectedOnceMoreAndAgainByAllOfThoseWhoWereThereToo"
PLAIN = LONG.replace("*", "")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "told", "mended"),
    [
        (f"漢字 words.\n\n{WIDE}", [("O104", 6), ("O105", 8)], f"Han words.\n\n{HALF}\n\n{HALF}"),
        (f"| {'many words ' * 900}| B |\n|---|---|\n| 1 | 2 |", [("O112", 6)], "many words " * 900),
        (
            f"| A | B | C |\n|---|---|---|\n| {LONG * 2} | {LONG * 2} | 3 |",
            [("O105", 6)],
            f"| A | B | C |\n|---|---|---|\n| {PLAIN * 2} | {PLAIN * 2} | 3 |",
        ),
        (f"In {LONG}.", [("O111", 6)], f"In {LONG.replace('Version', 'Version ')}."),
        (f"In {LONG.replace('*', '')}, £ and – words.\n\n{WIDE.replace(',234,567', '')}", [], ""),
    ],
)
def test_what_no_page_has_room_or_a_letter_for_is_told_and_its_hint_mends(
    words: str, told: list[tuple[str, int]], mended: str, tmp_path: Path
) -> None:
    def on_pages(words: str) -> list[Diagnostic]:
        root = lay_down(tmp_path, {f"{MEETING}/panel-report/01-purpose.md": f"{FRONT}{words}\n"})
        return [each for each in check_papers(World(root, Diagnostics()), MEETING).findings if each.code.id[0] == "O"]

    found = on_pages(words)
    assert [(each.code.id, each.at.line) for each in found] == told
    assert not mended or on_pages(mended) == []
    hints = [each.hint for each in found if each.code.id == "O105"]
    assert all(each == "Divide it into two tables." or "CommitteeRoom" in each for each in hints)


@pytest.mark.slow
def test_another_process_finds_the_same_in_templates_and_on_pages(tmp_path: Path) -> None:
    root = lay_down(tmp_path, {f"{MEETING}/panel-report/01-purpose.md": f"{FRONT}漢 {LONG}.\n\n{WIDE}\n"})
    (root / "templates").mkdir()
    (root / "templates" / "paper.css").write_text("p { colr: red }", encoding="utf-8")
    alone = check_papers(World(root, Diagnostics()), MEETING).findings
    with Helpers(1) as helpers:
        beside = check_papers(World(root, Diagnostics()), MEETING, helpers=helpers).findings
    assert {"O104", "O105", "T107"} <= {each.code.id for each in alone}
    assert [each.as_data() for each in beside] == [each.as_data() for each in alone]


BUILD_ALONE = {
    "O101": "the disk is full, or another build is writing",
    "O107": "papers for publication were asked for, and there are warnings, which the check tells",
    "O109": "papers for publication were asked for, and somebody has not signed, which the board tells",
}
"""The codes that a build tells and a check may never tell, and why."""


def reached(command: str) -> set[Path]:
    """The modules of the package that one of its commands may come to use."""
    found: set[Path] = set()
    more = {PACKAGE / "commands" / f"{command}.py"}
    while more:
        found |= more
        named = {name for path in more for name in imported(path)}
        more = {path for path in MODULES if ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts) in named}
        more -= found
    return found


def test_a_build_tells_nothing_that_a_check_may_not_tell_before_it() -> None:
    of_build, of_check = ({path: tree_of(path) for path in reached(name)} for name in ("build", "check"))
    ids = {name: each.id for name, each in vars(codes).items() if isinstance(each, Code)}
    used = {
        ids[node.args[0].attr]
        for path in of_build.keys() - of_check.keys()
        for node in ast.walk(of_build[path])
        if isinstance(node, ast.Call) and node.args
        if isinstance(node.args[0], ast.Attribute) and node.args[0].attr in ids
    }
    assert used == BUILD_ALONE.keys()


CATALOGUE = "".join(
    f"{name}: {{title: {name.title()}, unit: offences, source: Returns, file: {name}.csv}}\n"
    for name in ("robbery", "theft")
)
PURPOSE = f"{MEETING}/panel-report/01-purpose.md"
WAIVED = "---\ntitle: Purpose\nmeasures: [robbery]\nwaive: {C408: It comes}\n---\n\nThis says why.\n"
ROWS = "month,value\n" + "".join(f"2015-{month:02},10\n" for month in range(7, 13))


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({}, [("C408", "robbery"), ("C409", "theft")]),
        ({f"{MEETING}/panel-report/02-more.md": "{{ robbery.quarte }}"}, [("C409", "theft")]),
        ({"data/robbery.csv": "month,value\n2015-12,x\n"}, [("C409", "theft")]),
        ({"data/theft.csv": "month,value\n2015-12,x\n"}, [("C408", "robbery")]),
        ({f"{MEETING}/panel-report/02-more.md": b"\xff"}, []),
        ({f"{MEETING}/panel-report/02-more.md": "{{ robbery.quarte }}", PURPOSE: WAIVED}, [("C409", "theft")]),
        ({PURPOSE: WAIVED.replace("C408", "C409")}, [("C408", "robbery"), ("M120", ""), ("C409", "theft")]),
    ],
)
def test_a_measure_that_an_error_keeps_from_being_shown_is_not_told(
    changed: dict[str, str | bytes], told: list[tuple[str, str]], tmp_path: Path
) -> None:
    files: dict[str, str | bytes] = {
        "measures.yaml": CATALOGUE,
        "data/robbery.csv": ROWS,
        "data/theft.csv": ROWS,
        PURPOSE: WAIVED.replace("waive: {C408: It comes}\n", ""),
    }
    found = check_papers(
        World(lay_down(tmp_path, files | changed), Diagnostics()), MEETING, select=("C408", "C409", "M120")
    )
    assert [(each.code.id, "".join(re.findall("“(.*)”", each.message))) for each in found.findings] == told


LAYOUT = "<h1>{{ paper.title }}</h1>\n{{ body }}\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "faulty", "code", "mended"),
    [
        ("panel-report.html", LAYOUT.replace("title", "titel"), "T103", LAYOUT),
        ("panel-report.html", "<!-- {{ body }} -->", "T104", "{{ body }}"),
        ("panel-report.html", LAYOUT + "{{ body }}", "T104", LAYOUT),
        ("panel-report.html", "{% if paper.title %}{{ body }}", "T102", "{% if paper.title %}{{ body }}{% endif %}"),
        ("panel-report.html", LAYOUT + '<img src="crest.png" alt="x">', "T106", LAYOUT),
        ("paper.css", "@import url(https://example.org/a.css);", "T106", "p { color: black }"),
        ("paper.css", "p { colr: red }", "T107", "p { color: red }"),
        ("web.css", "@import 'a.css';", "T106", "p { color: red }"),
    ],
)
def test_faults_of_layouts_and_stylesheets_are_told_before_a_build(
    name: str, faulty: str, code: str, mended: str, tmp_path: Path
) -> None:
    root = lay_down(tmp_path, {f"{MEETING}/panel-report/01-purpose.md": f"{FRONT}Words.\n"})
    (root / "templates").mkdir()
    for text, told in ((faulty, [code]), (mended, [])):
        (root / "templates" / name).write_text(text, encoding="utf-8")
        found = check_papers(World(root, Diagnostics()), MEETING).findings
        assert [each.code.id for each in found if each.severity is Severity.ERROR] == told
        assert "W132" not in {each.code.id for each in found}
        assert not [each for each in found if "Jinja" in each.message or "expected" in each.message]
