"""Signing sections off, and what the board and the final papers make of it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import docx
import pytest

from papergen.commands.board import Board, BoardRow, Standing, read_board
from papergen.commands.sign import SigningRequest, sign
from papergen.commands.usage import WrongUseError
from papergen.diagnostics import Diagnostic, Diagnostics, Span
from papergen.model.nodes import Paper, PaperKind, Section, Text
from papergen.papers.printed_text import file_sections, printed_digest
from papergen.serve import answers
from papergen.workspace.signatures import read_signatures
from papergen.world import World
from tests.support.builds import built
from tests.support.commands import run
from tests.support.five_sections import FILES
from tests.support.small import MEETING, PANEL, PLAN, lay_down


def signed(root: Path, *sections: str, role: str = "Policy Officer", day: int = 21) -> list[str]:
    """Sign, and give the codes of what stood against it."""
    world = World(root, Diagnostics())
    request = SigningRequest(sections=sections, role=role, when=datetime(2016, 1, day, 10, 30, tzinfo=UTC))
    return [] if sign(world, MEETING, request) else [found.code.id for found in world.diagnostics]


def the_board(root: Path) -> Board:
    board = read_board(World(root, Diagnostics()), MEETING, today=date(2016, 1, 22))
    assert board is not None
    return board


def row(root: Path, key: str) -> BoardRow:
    return next(each for each in the_board(root).rows if each.key == key)


def change(root: Path, name: str, old: str, new: str) -> None:
    path = root / "content" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_board_shows_how_far_each_section_is(tmp_path: Path) -> None:
    root = lay_down(tmp_path, FILES)
    signed(root, "robbery")
    standings = {each.key: each.standing for each in the_board(root).rows}
    assert standings == {
        "purpose": Standing.REVIEWED,
        "robbery": Standing.SIGNED,
        "plans": Standing.CARRIED_OVER,
        "more": Standing.DRAFT,
        "nothing": Standing.MISSING,
    }
    assert row(root, "robbery").owner == "Policy Officer"
    assert row(root, "robbery").changed is not None
    assert [each.day for each in the_board(root).deadlines.due][-1] == date(2016, 1, 25)


def test_the_board_tells_the_objective_of_a_section_and_of_one_that_is_missing(tmp_path: Path) -> None:
    plan = f"{PLAN}objective_name: Goal to 2017\nobjectives: [Fewer thefts, 'Answer 999: quickly']\n"
    thefts = {f"{MEETING}/panel-report/06-thefts.md": "---\nobjective: 1\n---\n\nThere are fewer.\n"}
    told = answers.board(the_board(lay_down(tmp_path, {**FILES, "plan.yaml": plan, **thefts})), date(2016, 1, 22))
    assert [(each["key"], each["heading"], each["objective"], each["title"]) for each in told["rows"][-3:]] == [
        ("nothing", "5 Nothing", None, ""),
        ("thefts", "Goal to 2017 1 – Fewer thefts", 1, ""),
        ("", "Goal to 2017 2: Answer 999: quickly", 2, "Answer 999: quickly"),
    ]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (f"{MEETING}/panel-report/02-robbery.md", "There were", "There have been"),
        ("data/robbery.csv", "2015-12,11", "2015-12,12"),
        (f"{MEETING}/panel-report/02-robbery.md", "title: Robbery", "title: Robberies"),
    ],
)
def test_new_words_and_new_data_under_a_signature_show(name: str, old: str, new: str, tmp_path: Path) -> None:
    root = lay_down(tmp_path, FILES)
    signed(root, "robbery")
    change(root, name, old, new)
    assert row(root, "robbery").standing is Standing.CHANGED
    signed(root, "robbery", day=22)
    assert row(root, "robbery").standing is Standing.SIGNED


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (f"{MEETING}/panel-report/01-purpose.md", "This says", "This tells"),
        (f"{MEETING}/panel-report/02-robbery.md", "owner: Policy Officer", "owner: Someone Else"),
        (f"{MEETING}/panel-report/02-robbery.md", "There were", "There\nwere"),
        ("data/robbery.csv", "2015-07,10", "2015-07,11"),
    ],
)
def test_what_is_not_printed_there_leaves_a_signature_as_it_is(name: str, old: str, new: str, tmp_path: Path) -> None:
    root = lay_down(tmp_path, FILES)
    signed(root, "robbery")
    change(root, name, old, new)
    assert row(root, "robbery").standing is Standing.SIGNED


def test_the_name_of_another_section_may_change_under_a_reference_to_it(tmp_path: Path) -> None:
    root = lay_down(tmp_path, FILES)
    signed(root, "purpose", role="Chief Executive")
    change(root, f"{MEETING}/panel-report/02-robbery.md", "title: Robbery", "title: Robberies")
    assert row(root, "purpose").standing is Standing.SIGNED


def test_signatures_stand_a_line_each_in_the_order_of_sections(tmp_path: Path) -> None:
    root = lay_down(tmp_path, FILES)
    signed(root, "robbery", "more")
    signed(root, "robbery", role="Legal Officer", day=22)
    text = (root / "content" / MEETING / "signatures.yaml").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.startswith("  - ")]
    assert [re.search(r"section: ([\w-]+), role: ([\w ]+),", line).groups() for line in lines] == [  # type: ignore[union-attr]
        ("more", "Policy Officer"),
        ("robbery", "Policy Officer"),
        ("robbery", "Legal Officer"),
    ]
    read = read_signatures(World(root, Diagnostics()), MEETING, Diagnostics())
    assert read is not None
    assert read[1].signed == datetime(2016, 1, 21, 10, 30, tzinfo=UTC)


def test_a_section_with_an_error_is_not_signed_and_others_are(tmp_path: Path) -> None:
    root = lay_down(tmp_path, FILES)
    change(root, f"{MEETING}/panel-report/02-robbery.md", "robbery.quarter", "robery.quarter")
    assert "V102" in signed(root, "robbery")
    assert signed(root, "more") == []


def test_a_broken_file_of_signatures_is_told_and_left(tmp_path: Path) -> None:
    root = lay_down(tmp_path, {**FILES, f"{MEETING}/signatures.yaml": "signatures:\n<<<<<<< mine\n  - {}\n"})
    assert "W110" in signed(root, "robbery")
    assert any(found.code.id == "W110" for found in the_board(root).stops)
    assert (root / "content" / MEETING / "signatures.yaml").read_text(
        encoding="utf-8"
    ) == "signatures:\n<<<<<<< mine\n  - {}\n"


def test_a_section_that_is_not_there_is_a_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(WrongUseError) as told:
        signed(lay_down(tmp_path, FILES), "robery")
    assert "robbery" in told.value.hint


def final_codes(root: Path) -> set[str]:
    """The codes of signatures that are missing when the final papers are asked for."""
    return {found.message for found in built(root, MEETING, final=True).findings if found.code.id == "O109"}


@pytest.mark.slow
def test_final_papers_ask_for_the_signatures_of_listed_owners(tmp_path: Path) -> None:
    clean = {**FILES, "panel.yaml": f"{PANEL}must_sign: [Policy Officer]\n"}
    for name in ("03-plans", "05-nothing"):
        clean.pop(f"{MEETING}/panel-report/{name}.md")
    root = lay_down(tmp_path, clean)
    stops = [found for found in the_board(root).stops if found.code.id == "O109"]
    assert len(stops) == len(final_codes(root)) == 2
    assert '--as "Policy Officer"' in stops[0].hint
    assert "O109" not in {found.code.id for found in built(root, MEETING).findings}
    signed(root, "robbery", "more")
    assert final_codes(root) == set()
    change(root, "data/robbery.csv", "2015-12,11", "2015-12,12")
    assert final_codes(root) == {"The Policy Officer signed, before it changed, the section “Robbery”."}
    built(root, MEETING)
    record = json.loads((root / "output" / "office" / f"{MEETING}.json").read_text(encoding="utf-8"))
    assert [(each["section"], each["role"], each["holds"]) for each in record["signed"]] == [
        ("robbery", "Policy Officer", False),
        ("more", "Policy Officer", True),
    ]
    assert "signatures" not in (root / "output" / MEETING / "manifest.json").read_text(encoding="utf-8")


def test_signatures_are_not_carried_over_to_the_next_meeting(tmp_path: Path) -> None:
    root = lay_down(tmp_path, FILES)
    signed(root, "robbery")
    assert run("new", "2016-04-19", at=root).code == 0
    assert not (root / "content" / "2016-04-19" / "signatures.yaml").exists()


def test_a_role_that_owns_nothing_cannot_be_asked_to_sign(tmp_path: Path) -> None:
    root = lay_down(tmp_path, {**FILES, "panel.yaml": f"{PANEL}must_sign: [Policy Oficer]\n"})
    told: list[Diagnostic] = [found for found in the_board(root).stops if found.code.id == "O109"]
    assert [found.hint for found in told] == ["Did you mean “Policy Officer”?"]


def test_the_commands_tell_of_both(tmp_path: Path) -> None:
    root = lay_down(tmp_path, FILES)
    wrong = run("sign", "robbery", "--as", "Policy Oficer", at=root)
    assert (wrong.code, wrong.stdout) == (2, "")
    assert "Did you mean “Policy Officer”?" in wrong.stderr
    assert not (root / "content" / MEETING / "signatures.yaml").exists()
    done = run("sign", "robbery", "--as", "Policy Officer", "--name", "J Smith", at=root)
    assert (done.code, done.stdout) == (0, "Signed as Policy Officer: Robbery\n")
    board = run("board", "--today", "2016-01-22", at=root)
    assert board.code == 0
    for words in ("in 3 days", "signed off", "carried over", "W130", "What stops the final papers"):
        assert words in board.stdout
    change(root, f"{MEETING}/panel-report/02-robbery.md", "robbery.quarter", "robery.quarter")
    refused = run("sign", "robbery", "--as", "Policy Officer", at=root)
    assert (refused.code, refused.stdout) == (1, "")
    assert "Nothing was signed." in refused.stderr


def test_a_signature_does_not_review_a_section_and_says_so(tmp_path: Path) -> None:
    root = lay_down(tmp_path, FILES)
    done = run("sign", "plans", "robbery", "--as", "Policy Officer", at=root)
    assert done.code == 0
    assert done.stderr.count("still says “reviewed: no”, which stops the final papers.") == 1
    assert "03-plans.md" in done.stderr
    plans = row(root, "plans")
    assert (plans.standing, [each.holds for each in plans.signatures]) == (Standing.CARRIED_OVER, [True])
    assert "W130" in [found.code.id for found in the_board(root).stops]
    change(root, f"{MEETING}/panel-report/03-plans.md", "reviewed: no", "reviewed: 2016-01-21")
    assert row(root, "plans").standing is Standing.SIGNED


def test_the_board_is_read_on_a_narrow_terminal(tmp_path: Path) -> None:
    long = f"---\ntitle: {'Working together ' * 7}\nowner: Policy Officer\n---\n\nWords.\n"
    root = lay_down(tmp_path, {**FILES, f"{MEETING}/panel-report/06-working-together-on-every-kind-of-crime.md": long})
    told = run("board", "--today", "2016-01-22", at=root).stdout
    assert max(map(len, told[told.index("Panel report") : told.index("What stops")].splitlines())) <= 80
    assert "working-together-on-every-kind-of-crime · Policy Officer" in told


def test_a_digest_knows_a_heading_inside_the_file_and_not_the_file_beside_it() -> None:
    title = (Text(text="Robbery"),)
    inner = Section(title=(Text(text="By area"),), level=2, at=Span("a.md", 4))
    other = Section(title=(Text(text="Other"),), level=2, at=Span("b.md", 1))
    outer = Section(title=title, level=1, sections=(inner, other), at=Span("a.md", 1))
    paper = Paper(name="p", kind=PaperKind.REPORT, title="P", template="t", fields={}, sections=(outer,))
    found = {section.at.file: section for _, section in file_sections((paper,))}
    assert [each.at.file for each in found["a.md"].sections] == ["a.md"]
    assert printed_digest(paper, found["a.md"]) != printed_digest(paper, replace(found["a.md"], sections=()))


@pytest.mark.parametrize("role", ["", "   ", "Cl\nerk", "C\x07lerk"])
def test_a_role_is_words_on_one_line(role: str, tmp_path: Path) -> None:
    with pytest.raises(WrongUseError):
        signed(lay_down(tmp_path, FILES), "purpose", role=role)


def test_a_template_that_stops_a_build_stands_on_the_board_and_stops_final_papers(tmp_path: Path) -> None:
    root = lay_down(tmp_path, FILES)
    (root / "templates").mkdir(exist_ok=True)
    broken = docx.Document()
    broken.add_paragraph("No place for the paper.")
    broken.save(str(root / "templates" / "panel-report.docx"))
    assert "T104" in {found.code.id for found in the_board(root).stops}
