"""What a page is told besides the papers: the person's own editor, where a section may begin, what stands where."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from papergen.commands.usage import WrongUseError
from papergen.data.tables import parse_table
from papergen.diagnostics import Diagnostic, Diagnostics, Span
from papergen.exhibits.pieces.by_column import check_words
from papergen.serve import answers
from papergen.serve.editors import editor_address
from papergen.serve.live import LiveMeeting
from papergen.serve.people import Person
from papergen.store.kept import Store
from papergen.values.facts import FactError
from papergen.world import never
from tests.check.proof import findings, words_alone
from tests.support.five_sections import FILES
from tests.support.serving import serving
from tests.support.small import MEETING, lay_down

REPORT = f"content/{MEETING}/panel-report"


@pytest.mark.parametrize(
    ("wanted", "address"),
    [
        ("vscode", "vscode://file/srv/our%20papers/{file}:{line}"),
        ("zed", "zed://file/srv/our%20papers/{file}:{line}"),
        ("ours+x://open?file=/{file}&line={line}", "ours+x://open?file=/srv/our%20papers/{file}&line={line}"),
    ],
)
def test_an_editor_is_an_address_that_only_the_browser_follows(wanted: str, address: str) -> None:
    assert editor_address(wanted, Path("/srv/our papers")) == address


@pytest.mark.parametrize(
    "wanted",
    [
        *("vim", "vscode://file/", "https://evil.example/?{file}", "javascript:alert('{file}')"),
        *("data:text/html,{file}", "file:///{file}", "JavaScript://{file}", "code --goto {file}", "x://{file}\nx"),
    ],
)
def test_what_is_no_editor_is_refused(wanted: str) -> None:
    with pytest.raises(WrongUseError):
        editor_address(wanted, Path("/srv"))


def test_a_name_written_nearly_right_is_asked_for() -> None:
    with pytest.raises(WrongUseError) as refused:
        editor_address("vs-code", Path("/srv"))
    assert refused.value.hint == "Did you mean “vscode”?"


@pytest.mark.parametrize("behind", [None, "https://papers.example.gov.uk"])
def test_only_whoever_starts_the_pages_has_their_editor(behind: str | None, tmp_path: Path) -> None:
    root = lay_down(tmp_path / "panel", FILES)
    people = {"ann": Person("Ann")}
    with serving(root, tmp_path / "config", behind=behind, editor="vscode", people=people) as served:
        host = {"Host": behind.partition("//")[2]} if behind else {}
        for token, own in ((served.token, True), ("ann", False)):
            cookie = served.ask(f"/start?token={token}", headers=host).headers["set-cookie"].partition(";")[0]
            page = unescape(served.ask("/", headers={"Cookie": cookie, **host}).body.decode())
            assert (str(root) in page) == (own and behind is None)


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> LiveMeeting:
    areas = {f"{MEETING}/panel-report/07-areas/index.md": "---\ntitle: Areas\n---\n\nWords.\n\n## Areas again\n"}
    root = lay_down(tmp_path_factory.mktemp("told"), {**FILES, **areas})
    made = LiveMeeting(root, MEETING, True, never, Store(None))
    made.render(today=date(2016, 1, 22))
    return made


def test_a_section_may_begin_at_the_end_of_each_folder(live: LiveMeeting) -> None:
    rendering = live.latest
    assert rendering is not None
    assert rendering.meeting is not None
    assert answers.vocabulary(rendering.meeting, {})["folders"] == [
        {"folder": REPORT, "title": "Panel report", "next": 8},
        {"folder": f"{REPORT}/07-areas", "title": "6 Areas", "next": 1},
    ]


def test_a_table_that_was_given_an_id_can_be_referred_to_and_one_that_was_not_cannot(tmp_path: Path) -> None:
    table = "\n\n| A | B |\n|---|---:|\n| one | 1 |\n"
    text = f"---\ntitle: Robbery\n---\n\nTable: By area {{#by-area}}{table}\nTable: By month{table}"
    live = LiveMeeting(
        lay_down(tmp_path, {**FILES, f"{MEETING}/panel-report/02-robbery.md": text}), MEETING, True, never, Store(None)
    )
    rendering = live.render(today=date(2016, 1, 22))
    assert rendering.meeting is not None
    told = answers.vocabulary(rendering.meeting, {})["references"]
    assert [each for each in told if each["title"].startswith("Table")] == [
        {"id": "by-area", "title": "Table 1: By area"}
    ]


def test_the_nearest_that_stands_at_a_line_is_told_first(live: LiveMeeting) -> None:
    rendering = live.latest
    assert rendering is not None
    found = answers.places(rendering, f"{REPORT}/07-areas/index.md", 8)
    assert [each["key"] for each in found][:1] == ["areas-areas-again"]
    assert found[-1] == {"paper": "panel-report", "key": "areas"}
    assert answers.places(rendering, "content/nothing.md", 8) == []


def test_a_misspelling_is_mended_by_what_was_meant() -> None:
    (found,) = findings("C509", words_alone("The preceeding years were better."))
    assert mends(found) == ("preceeding", "preceding")


def test_the_word_that_is_wrong_is_mended_and_not_another_that_is_quoted() -> None:
    with pytest.raises(FactError) as told:
        check_words(["Nort"], ["North", "South"], "area")
    found = Diagnostic(told.value.code, Span("a.md", 3), told.value.message, told.value.hint)
    assert found.message.startswith("The column “area” has no “Nort”")
    for each in (
        found,
        deepcopy(found),
        Diagnostic.from_data(json.loads(json.dumps(found.as_data()))),
    ):
        assert each == found
        assert mends(each) == ("Nort", "North")


def test_a_column_is_given_the_name_that_papergen_needs() -> None:
    found = Diagnostics()
    data = b"month,valeu\n2015-10,4\n"
    assert parse_table(data, "data.csv", numbers=("value",), areas=(), diagnostics=found) is None
    assert [mends(each) for each in found] == [("valeu", "value")]


def mends(found: Diagnostic) -> tuple[str, str] | None:
    fix = answers.finding(found, date(2016, 1, 22))["fix"]
    return fix and (fix["from"], fix["to"])
