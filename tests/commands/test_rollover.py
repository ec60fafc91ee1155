from __future__ import annotations

import pytest

from papergen.diagnostics import Diagnostics
from papergen.workspace.yaml_edit import rewritten
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


PAPERS = """\
date: 2025-11-19
papers:
  budget-report:
    report_of: Chief Finance Officer
    agenda_item: "4(a)"   # as the clerk said
    appendices:
      - {name: Appendix 2, title: Treasury, file: treasury.pdf}
      - name: Appendix 3
        title: Risks
        file: risks.pdf

  estates-report: {agenda_item: 7, report_of: Director}
  leisure-report: {report_of: Director, agenda_item: 8}
  roads-report:
    # the item is not known yet
    agenda_item: 9
"""


def test_settings_inside_others_are_taken_out_with_all_their_lines() -> None:
    folders = ("budget-report", "estates-report", "leisure-report", "roads-report")
    gone: dict[tuple[str | int, ...], str | None] = {
        ("papers", each, key): None for each in folders for key in ("agenda_item", "appendices")
    }
    assert (
        rolled(PAPERS, gone)
        == """\
date: 2025-11-19
papers:
  budget-report:
    report_of: Chief Finance Officer
    # agenda_item: "4(a)"   # as the clerk said
    # appendices:
    #   - {name: Appendix 2, title: Treasury, file: treasury.pdf}
    #   - name: Appendix 3
    #     title: Risks
    #     file: risks.pdf

  estates-report: {report_of: Director}
  leisure-report: {report_of: Director}
  # roads-report:
  #   # the item is not known yet
  #   agenda_item: 9
"""
    )


def test_nothing_is_left_empty() -> None:
    text = "date: 2025-11-19\npapers: {roads: {agenda_item: 9}}\n"
    gone: dict[tuple[str | int, ...], str | None] = {("papers", "roads", "agenda_item"): None}
    assert rolled(text, gone) == "date: 2025-11-19\n# papers: {roads: {agenda_item: 9}}\n"
    assert rolled("date: 2025-11-19\n", gone) == "date: 2025-11-19\n"
