from __future__ import annotations

import pytest

from papergen.commands.new import rewritten
from papergen.diagnostics import Diagnostics
from papergen.workspace.yaml_source import Yaml, parse_yaml

MEETING = """\
# The day of the meeting.
date: 2016-02-02   # a Tuesday
reporting_period: {from: 2015-10-01, to: 2015-12-31}
report_title: "Report: the third quarter"
agenda_item: 7

# At the end, a comment.
"""


def rolled(text: str, changes: dict[tuple[str | int, ...], str | None]) -> str:
    source = parse_yaml(text, file="m.yaml", diagnostics=Diagnostics())
    assert isinstance(source, Yaml)
    return rewritten(text, source, changes)


def test_values_change_and_everything_else_stays() -> None:
    done = rolled(
        MEETING,
        {
            ("date",): "2016-04-19",
            ("reporting_period", "from"): "2016-01-01",
            ("reporting_period", "to"): "2016-03-31",
            ("previous_meeting",): "2016-02-02",
            ("agenda_item",): None,
            ("first_page",): None,
        },
    )
    assert done == (
        "# The day of the meeting.\n"
        "date: 2016-04-19   # a Tuesday\n"
        "reporting_period: {from: 2016-01-01, to: 2016-03-31}\n"
        'report_title: "Report: the third quarter"\n'
        "# agenda_item: 7\n"
        "\n"
        "# At the end, a comment.\n"
        "previous_meeting: 2016-02-02\n"
    )


@pytest.mark.parametrize("written", ["2016-02-02", '"2016-02-02"', "'2016-02-02'"])
def test_a_value_in_quotation_marks_is_replaced_whole(written: str) -> None:
    assert rolled(f"date: {written}\n", {("date",): "2016-04-19"}) == "date: 2016-04-19\n"
