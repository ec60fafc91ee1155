from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papergen.diagnostics import Diagnostics
from papergen.workspace.settings import MeetingSettings, PanelSettings, PlanSettings
from papergen.workspace.validate import validate
from papergen.workspace.yaml_source import Yaml, parse_yaml

MEETING = """\
date: 2016-02-02
reporting_period:
  from: 2015-10-01
  to: 2015-12-31
report_title: Monitoring report
"""


def found(text: str, model: type = MeetingSettings) -> list[str]:
    diagnostics = Diagnostics()
    source = parse_yaml(text, file="m.yaml", diagnostics=diagnostics)
    if source is not None:
        validate(model, source, diagnostics=diagnostics)
    return [f"{each.at.line}:{each.at.column} {each.code.id} {each.message} {each.hint}" for each in diagnostics]


def test_good_settings_are_read() -> None:
    diagnostics = Diagnostics()
    source = parse_yaml(MEETING + "previous_meeting: 2015-12\n", file="m.yaml", diagnostics=diagnostics)
    assert isinstance(source, Yaml)
    settings = validate(MeetingSettings, source, diagnostics=diagnostics)
    assert settings is not None
    assert settings.date == date(2016, 2, 2)
    assert str(settings.previous_meeting) == "December 2015"
    assert source.place(("reporting_period", "to")).line == 4
    assert not len(diagnostics)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (MEETING + "agenda_itm: 7\n", ["6:1 W111", "Did you mean “agenda_item”?"]),
        (MEETING + "agenda_item: seven\n", ["6:14 W113", "whole number"]),
        (MEETING + "agenda_item: 0\n", ["6:14 W113", "1 or more"]),
        (MEETING.replace("2016-02-02", "2016-02-30"), ["1:7 W110", "“2016-02-30” is not a day"]),
        (MEETING.replace("2016-02-02", "soon"), ["1:7 W113", "a date such as"]),
        (MEETING.replace("  to: 2015-12-31\n", ""), ["3:3 W112", "“reporting_period.to” is not given"]),
        (MEETING.replace("  to:", "  too:"), ["W111", "Did you mean “to”?"]),
        (
            MEETING.replace("2015-12-31", "2015-09-30"),
            ["4:7 W113 The period ends on 2015-09-30, before it starts on 2015-10-01."],
        ),
        (MEETING + "previous_meeting: last winter\n", ["6:19 W113", "a month such as 2015-12"]),
        (MEETING + "date: 2016-02-03\n", ["6:1 W110", "“date” is given twice"]),
        ("date:\t2016-02-02\n", ["1:6 W110", "there is a tab here"]),
        ("title: a: b\n", ["1:9 W110", "a colon stands here"]),
        ("date: [1, 2\n", ["W110", "cannot be understood"]),
        ("- one\n- two\n", ["1:1 W113", "not a list of names and values"]),
        ("a: &x [1]\nb: *x\n", ["1:4 W110", "“&x”"]),
        ("b: *x\n", ["1:4 W110", "“*x”"]),
        ("a: " + "[" * 30 + "]" * 30, ["W110", "nested too deeply"]),
        ("a: !!python/object/apply:os.system ['true']\n", ["W110"]),
        ("report_title: {{ plan.title }}\n", ["1:15 W110", "needs marks round it"]),
        ("? [a, b]\n: 1\n", ["1:3 W110", "A name must be plain text"]),
        ("report_title: 'a\n\n  b'\n" + MEETING.replace("report_title: Monitoring report\n", ""), ["one line"]),
    ],
)
def test_what_is_wrong_is_told_with_its_place(text: str, expected: list[str]) -> None:
    messages = "\n".join(found(text))
    for words in expected:
        assert words in messages


def test_everything_wrong_is_told_in_one_run() -> None:
    messages = found("date: soon\nagenda_itm: 7\nfirst_page: none\n")
    assert len(messages) == 3, messages


def test_a_paper_that_is_wrong_names_its_line() -> None:
    text = (
        "name: A\nhost_authority: B\nforce: C\nreport_of: D\ncommissioner: {title: E}\n"
        "papers:\n  - {folder: Bad Name, kind: repport, name: X, title: Y, template: z}\n"
    )
    messages = "\n".join(found(text, PanelSettings))
    assert "7:14 W113 “papers.folder” cannot be “Bad Name”" in messages
    assert "7:30 W113" in messages
    assert "'report' or 'appendix'" in messages


def test_a_plan_that_ends_before_it_starts() -> None:
    (told,) = found("title: P\nstarts: 2017-01-01\nends: 2016-01-01\n", PlanSettings)
    assert told.startswith("3:7 W113 The plan ends on 2016-01-01, before it starts on 2017-01-01.")


@given(st.text(max_size=300))
def test_no_text_raises(text: str) -> None:
    found(text)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=20),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(st.sampled_from([*MeetingSettings.model_fields, "from", "to", "x"]), inner, max_size=4)
        ),
        max_leaves=12,
    )
)
def test_no_data_raises(data: object) -> None:
    import json

    found(json.dumps(data))
