"""What stands in a settings file is what is read and printed, or a finding quotes it as it was typed."""

from __future__ import annotations

import re

import pytest

from papergen.diagnostics import Diagnostic, Diagnostics
from papergen.read.front_matter import FrontMatter, read_front_matter, split_front_matter
from papergen.workspace.measures import MeasureSettings
from papergen.workspace.settings import MeetingSettings
from papergen.workspace.validate import validate
from papergen.workspace.yaml_source import parse_yaml

MEETING = """\
date: 2016-02-02
reporting_period: {from: 2015-10-01, to: 2015-12-31}
"""


def front_matter(yaml: str) -> tuple[FrontMatter | None, list[Diagnostic]]:
    diagnostics = Diagnostics()
    front, _ = read_front_matter("x.md", split_front_matter(f"---\n{yaml}\n---\n"), diagnostics)
    return front, list(diagnostics)


def meeting(yaml: str) -> tuple[MeetingSettings | None, list[Diagnostic]]:
    diagnostics = Diagnostics()
    source = parse_yaml(MEETING + yaml + "\n", file="meeting.yaml", diagnostics=diagnostics)
    return (validate(MeetingSettings, source, diagnostics=diagnostics) if source else None), list(diagnostics)


def measure(yaml: str) -> tuple[MeasureSettings | None, list[Diagnostic]]:
    diagnostics = Diagnostics()
    text = f"title: T\nunit: offences\nfile: t.csv\nsource: S\n{yaml}\n"
    source = parse_yaml(text, file="measures.yaml", diagnostics=diagnostics)
    return (validate(MeasureSettings, source, diagnostics=diagnostics) if source else None), list(diagnostics)


@pytest.mark.parametrize(
    ("yaml", "place", "lost"),
    [
        ("title: Grade #1 calls", (2, 14), "#1 calls"),
        ("title: T\nsigns:\n  - Fewer calls\n  - Calls to zone #4 at night", (5, 19), "#4 at night"),
        ("owner: Head of Policy # since May", (2, 23), "# since May"),
        ("title: Robbery\n  #4 doubled", (3, 3), "#4 doubled"),
        ("title: #1 priority", (2, 8), "#1 priority"),
        ("activity: Über #1\r\ntitle: T", (2, 16), "#1"),
    ],
)
def test_words_after_a_hash_in_front_matter_are_told(yaml: str, place: tuple[int, int], lost: str) -> None:
    _, (found,) = front_matter(yaml.replace("\r\n", "\n"))
    assert (found.code.id, found.at.line, found.at.column) == ("W114", *place)
    assert found.message.startswith(f"“{lost}” would be lost")


def test_the_hint_keeps_all_words() -> None:
    _, (found,) = front_matter("title: Grade #1 “calls” # now")
    marked = re.search(r"marks: (.+?); a remark", found.hint)
    assert marked
    front, after = front_matter(f"title: {marked[1]}")
    assert after == []
    assert front is not None
    assert front.title == "Grade #1 “calls” # now"


@pytest.mark.parametrize(
    "yaml",
    [
        "reviewed: 2016-01-25 # by the head of policy",
        "# a remark\ntitle: T",
        'title: "Grade #1"',
        'title: "T" # said so',
        "title: C#4",
        "waive:\n  # why\n  C201: It is so.",
    ],
)
def test_remarks_that_take_no_words_may_stand(yaml: str) -> None:
    assert front_matter(yaml)[1] == []


def test_settings_may_have_remarks_after_a_value_but_no_words_of_it() -> None:
    settings, found = meeting("report_title: Report # as agreed")
    assert settings is not None
    assert found == []
    _, (cut,) = meeting("report_title: Report #2 on progress")
    assert cut.code.id == "W114"
    _, (cut,) = measure("owner: Zone #4")
    assert cut.code.id == "W114"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("NO", "false"),
        ("on", "true"),
        ("12:30", "750"),
        ("1:30.5", "90.5"),
        ("017", "15"),
        ("0x1F", "31"),
        ("0b11", "3"),
        ("1_000", "1000"),
        ("null", "nothing"),
        ("~", "nothing"),
        (".nan", "no number"),
    ],
)
def test_what_yaml_made_of_a_text_is_told_with_the_text(typed: str, read: str) -> None:
    _, (found,) = front_matter(f"title: {typed}")
    assert found.message.startswith(f"“title” cannot be “{typed}”, which YAML reads as {read}")
    assert f'straight marks: "{typed}".' in found.hint
    front, after = front_matter(f'title: "{typed}"')
    assert after == []
    assert front is not None
    assert front.title == typed


@pytest.mark.parametrize("typed", ["2016", "2016-02-02", "1.10", "01.10", "1e3", "+4"])
def test_numbers_and_days_in_place_of_a_text_are_quoted_as_typed(typed: str) -> None:
    front, found = front_matter(f"title: {typed}")
    if found:
        assert found[0].message == f"“title” cannot be “{typed}”: it must be text."
        assert found[0].hint == f'Put it between straight marks: "{typed}".'
    else:
        assert front is not None
        assert front.title == typed


@pytest.mark.parametrize("typed", ["017", "010", "1:30", "0x1F", "yes", "1_000"])
def test_a_number_is_not_read_as_another(typed: str) -> None:
    settings, (found,) = meeting(f"report_title: R\nagenda_item: {typed}")
    assert settings is None
    assert (found.code.id, found.at.line) == ("W113", 4)
    assert f"“{typed}”" in found.message


def test_words_of_data_files_are_taken_as_typed() -> None:
    settings, found = measure("where: {code: 017, area: [1.10, NO, 2016-01-01], kind: null}")
    assert found == []
    assert settings is not None
    assert settings.where["code"] == ("017",)
    assert settings.where["area"] == ("1.10", "NO", "2016-01-01")


@pytest.mark.parametrize(
    ("yaml", "says", "hint"),
    [
        ("title: &amp", "“&amp”", "straight marks"),
        ("title: *bold* words", "*bold*", "straight marks"),
        ("title: !important", "“!important”", "straight marks"),
        ("title: !!str 5", "“!!str”", "straight marks"),
        ("title: a: b", "“title: a: b”", "straight marks"),
        ("title: @home", "“@”", "straight marks"),
        ("title: `code`", "“`”", "straight marks"),
        ("title: > Robbery", "“title: > Robbery”", "straight marks"),
        ("title: [draft] Robbery", "“title: [draft] Robbery”", '"[draft] Robbery"'),
        ("title: - dash", "“title: - dash”", '"- dash"'),
        ('title: "A" b', '“title: "A" b”', "'\"A\" b'"),
        ("title: A\nowner", "“owner” is no name with a value", "Put a colon"),
        ("title: A\nsigns:\n- Fewer: calls", "“Fewer: calls”", '"Fewer: calls"'),
        ("title: {{ x }} b", "“title: {{ x }} b”", '"{{ x }} b"'),
        ("title: A\nsigns: one", "“one”", "“- one”"),
        ("title: {a", "is not closed", "Close it"),
        ('title: "C:\\new"', "“\\n”", "single straight marks"),
        ("title: 'it's'", "“title: 'it's'”", '"it\'s"'),
        ("title:\tT", "a tab", "spaces"),
        ("<<: {title: T}", "“<<”", "known here"),
        ("title: A\n...\ntitle: B", "“---” or “...”", "Delete"),
        ("title: A\ntitle: B", "“title” is given twice", "Delete"),
        ("title: A\n owner: B", "“owner: B”", "spaces"),
        ("title A\nowner: B", "“owner: B” does not fit the lines above", "name: value"),
        ("%title: A", "“%title: A”", ""),
    ],
)
def test_what_cannot_be_read_is_told_in_the_words_of_the_file(yaml: str, says: str, hint: str) -> None:
    _, found = front_matter(yaml)
    assert len(found) == 1, found
    assert says in found[0].message, found[0]
    assert hint in found[0].hint, found[0]
    for word in ("token", "mapping", "scalar", "block", "stream", "expected", "tag:yaml", "constructor", "None"):
        assert word not in found[0].message


@pytest.mark.parametrize(
    "yaml",
    [
        "title: a: b",
        "title: - dash",
        'title: "A" b',
        "title: 'it's'",
        "title: [draft] Robbery",
        "title: [x]",
        "title: @home",
        "title: > Robbery",
        "title: {{ x }} b",
        "title: A\nsigns:\n  - [x] done",
        "title: A\nsigns:\n  - Fewer: calls",
        "title: A\nwaive: {C402: a, b}",
        "title: A\nwaive: {C402: a, b, c, C501: d}",
        "title: A\nwaive: {C402: reason # remark}",
        "title: A\nwaive: {C402: reason, # remark\n  C501: more}",
    ],
)
def test_a_text_put_between_marks_as_the_hint_says_is_read(yaml: str) -> None:
    _, (found,) = front_matter(yaml)
    marked = re.search(r"straight marks: (.+?)(?:\.|; a remark.*)$", found.hint)
    assert marked, found.hint
    line = yaml.split("\n")[found.at.line - 2]
    bare = marked[1][1:-1]
    wrong = next(each for each in (f"'{bare}'", bare, bare.replace(" #", ", #")) if each in line)
    rest = "," if ", #" in wrong else ""
    _, after = front_matter(yaml.replace(line, line.replace(wrong, marked[1] + rest)))
    assert after == []


def test_a_comma_in_braces_is_explained() -> None:
    _, found = measure("peers: {own: Norfolk, and Suffolk}")
    assert [each.code.id for each in found] == ["W113"]
    assert "a comma begins the next name, so that “own” is not “Norfolk, and Suffolk”" in found[0].message
    _, (number,) = measure("peers: {own: Norfolk, per: 1,000}")
    assert number.hint == "Write 1000."


def test_the_near_match_of_a_closed_set_is_named() -> None:
    _, (found,) = measure("kind: Percent")
    assert found.hint == "Did you mean “percentage”?"


def test_names_are_as_typed() -> None:
    _, (found,) = measure("no: 5")
    assert found.message.startswith("“no” is not a name")
    _, (found,) = measure("1_0: 5")
    assert found.message.startswith("“1_0” is not a name")


def test_a_wrong_title_is_told_once_and_takes_nothing_else_with_it() -> None:
    front, found = front_matter("title: 12:30\nowner: Head of Policy\naim: safety")
    assert [each.code.id for each in found] == ["W113"]
    assert front is not None
    assert (front.title, front.owner, front.aim) == ("x", "Head of Policy", "safety")
