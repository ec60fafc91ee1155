"""Targets: by period, against them, ratings with a tolerance, and assurance from the control limits."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.small import Workspace, workspace

MONTHS = [f"{year}-{month:02}" for year in (2014, 2015) for month in range(1, 13)]
COUNTS = "month,area,value\n" + "".join(f"{month},North,{10 + at % 3}\n" for at, month in enumerate(MONTHS))
SHARES = "month,value,all\n" + "".join(f"{month},{88 + at % 3},100\n" for at, month in enumerate(MONTHS))
MONEY = "year,kind,value\n2014/15,plan,98000\n2014/15,spent,98450.5\n"
MEASURES = """\
theft: {title: Theft, unit: offences, file: theft.csv, source: S, good: lower, target: {value: 12, tolerance: 1}}
stepped: {title: Stepped, unit: offences, file: theft.csv, source: S, good: lower,
  target: {value: 12, by: {2015-10: 5, 2015-12: 22}}}
yearly: {title: Yearly, unit: offences, file: theft.csv, source: S, good: lower, target: {by: {2014/15: 130}}}
reached: {title: Reached, unit: per cent of calls, kind: percentage, of: all, file: reached.csv, source: S,
  good: higher,
  target: {value: 80, by: {2015/16: 90, 2015/16 Q3: 88.5}, tolerance: 2}}
high: {title: High, unit: per cent of calls, kind: percentage, of: all, file: reached.csv, source: S, good: higher,
  target: 99}
low: {title: Low, unit: per cent of calls, kind: percentage, of: all, file: reached.csv, source: S, good: higher,
  target: 50}
planned: {title: Plan, unit: £000, kind: pounds, file: money.csv, where: {kind: plan}, source: S}
spent: {title: Spent, unit: £000, kind: pounds, file: money.csv, where: {kind: spent}, source: S, good: lower,
  target: {value: 98200, tolerance: 300}}
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    files = {"data/theft.csv": COUNTS, "data/reached.csv": SHARES, "data/money.csv": MONEY}
    found = workspace(tmp_path_factory.mktemp("targets"), {"measures.yaml": MEASURES, **files})
    assert found.told == []
    return found


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("theft.latest.target", "12"),
        ("theft.quarter.target", "36"),
        ("theft.quarter.against_target | above", "3 below"),
        ("theft.quarter.rating", "Met"),
        ("stepped.quarter.target", "39"),
        ("stepped.previous_quarter.target", "36"),
        ('yearly.year("2014/15").target', "130"),
        ('yearly.year("2014/15").against_target | sign', "+2"),
        ('yearly.year("2014/15").rating', "Missed"),
        ("reached.quarter.target", "88.5%"),
        ('reached.month("2015-08").target', "90%"),
        ('reached.month("2015-02").target', "80%"),
        ("reached.quarter.rating", "Met"),
        ("reached.previous_quarter.rating", "Nearly met"),
        ("reached.previous_quarter.against_target | sign", "−1 percentage point"),
        ("low.assurance", "consistently meets the target"),
        ("high.assurance", "consistently misses the target"),
        ("reached.assurance", "meets or misses the target by chance"),
        ("spent.latest.target", "£98,200,000"),
        ("spent.latest.rating", "Nearly met"),
        ("spent.latest | millions", "£98.5 million"),
        ("spent.latest | millions(2)", "£98.45 million"),
        ("(spent.latest - planned.latest)", "£450,500"),
    ],
)
def test_what_is_said_of_targets_and_money(expression: str, text: str, data: Workspace) -> None:
    assert data.text(expression) == text


@pytest.mark.parametrize("part", ["target", "against_target", "rating"])
def test_a_measure_without_a_target_for_the_period_says_so(part: str, data: Workspace) -> None:
    assert data.problem(f"yearly.quarter.{part}") == (
        "V104",
        "“yearly” has no target for 2015/16 Q3.",
        "Give one for it under “by” in the “target” of “yearly” in content/measures.yaml.",
    )
    assert data.problem(f"planned.latest.{part}")[0] == "V102"
    assert data.problem("yearly.assurance")[1].startswith("“yearly” has no target for December 2015")


@pytest.mark.parametrize(
    ("target", "good", "words"),
    [
        ("90", "neither", "A target needs “good: higher” or “good: lower”"),
        ("{tolerance: 2}", "higher", "A target needs a “value”, or one “by” each period"),
        ("{value: 90, tolerance: -2}", "higher", "or more"),
        ("{by: {soon: 90}}", "higher", "it must be a month such as 2015-11"),
        ("{valu: 90}", "higher", "“valu” is not a name that papergen knows here"),
    ],
)
def test_a_target_that_cannot_be_is_told(target: str, good: str, words: str, tmp_path: Path) -> None:
    line = f"theft: {{title: T, unit: u, file: theft.csv, source: S, good: {good}, target: {target}}}\n"
    found = workspace(tmp_path, {"measures.yaml": line, "data/theft.csv": COUNTS})
    assert [each.message for each in found.findings if words in each.message]


def test_a_part_of_what_is_added_up_has_no_target_of_the_whole(data: Workspace) -> None:
    code, message, _ = data.problem('spent.by(kind="spent").latest.target')
    assert (code, message) == (
        "V104",
        "“spent (spent)” has no target: that of “spent” is of all that is added up.",
    )
