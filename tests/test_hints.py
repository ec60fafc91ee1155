"""Every finding that a workspace can give, and its hint done as told: the finding is gone, and none has come for it."""

from __future__ import annotations

import io
import struct
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from zlib import crc32

import pytest
from PIL import Image

from papergen.commands.check import check_meeting
from papergen.commands.steps import read_meeting
from papergen.diagnostics import Diagnostic, Diagnostics
from tests.support.builds import WORKSPACES
from tests.support.laid_over import LaidOver
from tests.support.pdf_objects import pdf
from tests.support.small import MEETING, PANEL, lay_down

Files = Mapping[str, str | bytes | None]

HERE = f"content/{MEETING}"
TEXT = f"{HERE}/panel-report/01-purpose.md"
AIM = f"{HERE}/panel-report/02-first.md"
PANEL_FILE, PLAN_FILE, MEASURES = "content/panel.yaml", "content/plan.yaml", "content/measures.yaml"
MEETING_FILE = f"{HERE}/meeting.yaml"
DATA = "content/data/thefts.csv"
FACTS = "content/data/facts.csv"

PLAN = """\
title: Plan
starts: 2013-04-01
ends: 2017-03-31
aims:
  - {id: safe, title: To keep people safe}
objectives:
  - To reduce theft
"""
MEASURE = """\
thefts:
  title: Thefts
  unit: thefts
  file: thefts.csv
  source: Constructed
"""
SETTINGS = f"date: {MEETING}\nreporting_period: {{from: 2015-10-01, to: 2015-12-31}}\nreport_title: Report\n"
MONTHS = tuple(f"{year}-{month:02}" for year in (2013, 2014, 2015) for month in range(1, 13))
ROWS = "month,value\n" + "".join(f"{month},{50 + int(month[-2:])}\n" for month in MONTHS)
ZERO = "month,value\n" + "".join(f"{month},{0 if month < '2015-10' else 5}\n" for month in MONTHS)
FACT = "id,value,unit,date,scope,source,owner\n"


def page(body: str, front: str = "") -> str:
    return f"---\ntitle: Purpose\nowner: Somebody\n{front}---\n\n{body}\n"


def text(body: str, front: str = "") -> Files:
    """A file of the report with these words, which print the one measure too."""
    return {TEXT: page(f"{body}\n\n{{{{ thefts.quarter }}}} thefts in all.", front)}


def _picture() -> bytes:
    made = io.BytesIO()
    Image.new("1", (8, 8)).save(made, "PNG")
    return made.getvalue()


PICTURE = _picture()
_HEAD = b"IHDR" + struct.pack(">II", 20_000, 20_000) + PICTURE[24:29]
TOO_LARGE = PICTURE[:12] + _HEAD + struct.pack(">I", crc32(_HEAD)) + PICTURE[33:]
"""A picture that says it has 20,000 pixels each way, which is all that is read of one that is too large."""


def chart(lines: str) -> Files:
    return text(f"See [](#chart).\n\n```chart\n{lines}\n```")


def measure(lines: str, **data: str) -> Files:
    return {MEASURES: MEASURE + lines, **{f"content/data/{name}.csv": rows for name, rows in data.items()}}


BASE: Files = {
    PLAN_FILE: PLAN,
    MEASURES: MEASURE,
    DATA: ROWS,
    AIM: "---\nobjective: 1\nowner: Somebody\n---\n\nThefts fell in the market.\n",
    **text("Words."),
}
OTHER = page("More.").replace("Purpose", "Other")

PDF = WORKSPACES / "harbour/content/2025-11-19/attachments/treasury-update.pdf"
ATTACHED: Files = {
    MEETING_FILE: SETTINGS
    + "papers:\n  panel-report:\n    appendices:\n      - {name: Appendix A, title: Plan, file: plan.pdf}\n"
}
TOPIC = "aim: safe\ntopic: Thefts\nactivity: Patrols\nmeasures: [thefts]\n"
SUMMARY = text("See [](#brief).\n\nTable: What was done {#brief}\n\n```table\nkind: summary\naim: safe\n```")

NUMBERED = {
    PANEL_FILE: PANEL.replace("template: panel-report", "template: panel-report, number_depth: 2, paragraphs: section")
}

CASES: list[tuple[str, Files, *tuple[Files, ...]]] = [
    # Files and settings
    ("W101", {MEASURES: MEASURE.replace("thefts.csv", "theft.csv")}, {}),
    ("W101", {f"{HERE}/panel-report/03-more/04-x.md": OTHER}, {f"{HERE}/panel-report/03-more/index.md": OTHER}),
    (
        "W101",
        {PANEL_FILE: PANEL + "  - {folder: annex, kind: appendix, name: Annex, title: Annex, template: appendix}\n"},
        {f"{HERE}/annex/01-x.md": OTHER},
    ),
    ("W103", {**text("![A map](../../../map.png)")}, {**text("![A map](map.png)"), f"{HERE}/map.png": PICTURE}),
    ("W104", {TEXT: b"---\ntitle: A\n---\ncaf\xe9"}, {}),
    ("W104", {TEXT: page("a\x07b")}, {}),
    (
        "W106",
        {f"{HERE}/panel-report/More.md": OTHER},
        {f"{HERE}/panel-report/More.md": None, f"{HERE}/panel-report/04-more.md": OTHER},
    ),
    ("W106", {f"{HERE}/panel-report/04-annex.docx": b"PK\x03\x04\xff"}, {f"{HERE}/panel-report/04-annex.docx": None}),
    (
        "W104",
        {f"{HERE}/panel-report/04-annex.md": b"PK\x03\x04\xff"},
        {f"{HERE}/panel-report/04-annex.md": None},
    ),
    (
        "W106",
        {f"{HERE}/panel-report/01-other.md": OTHER},
        {f"{HERE}/panel-report/01-other.md": None, f"{HERE}/panel-report/03-other.md": OTHER},
    ),
    (
        "W106",
        {f"{HERE}/panel-report/index.md": OTHER},
        {f"{HERE}/panel-report/index.md": None, f"{HERE}/panel-report/04-introduction.md": OTHER},
    ),
    ("W107", {f"{HERE}/notes/a.md": OTHER}, {f"{HERE}/notes/a.md": None}),
    ("W107", {f"{HERE}/stray.md": OTHER}, {f"{HERE}/stray.md": None, f"{HERE}/panel-report/05-stray.md": OTHER}),
    ("W107", {"content/2016-02-30/meeting.yaml": SETTINGS}, {"content/2016-02-30/meeting.yaml": None}),
    ("W107", {"content/february/meeting.yaml": SETTINGS}, {"content/february/meeting.yaml": None}),
    ("W108", text("1" * 5000), text("1,000")),
    (
        "W108",
        {FACTS: FACT + f"grant,{'9' * 5000},pounds,2015-12,force,Survey,Somebody\n"},
        {FACTS: FACT + "grant,many,text,2015-12,force,Survey,Somebody\n"},
    ),
    ("W110", {PANEL_FILE: PANEL + "source_note: a: b\n"}, {PANEL_FILE: PANEL + 'source_note: "a: b"\n'}),
    ("W111", {PANEL_FILE: PANEL + "surce_note: a\n"}, {PANEL_FILE: PANEL + "source_note: a\n"}),
    ("W112", {MEASURES: MEASURE.replace("  unit: thefts\n", "")}, {MEASURES: MEASURE}),
    ("W112", {TEXT: "Words."}, {TEXT: "---\ntitle: A\nowner: B\n---\nWords.\n"}),
    ("W113", {PLAN_FILE: PLAN.replace("2013-04-01", "April")}, {}),
    ("W113", {MEASURES: MEASURE + "Robbery-1: {}\n"}, {}),
    (
        "W113",
        {AIM: "---\nobjective: 1\ntitle: Mine\nowner: B\n---\n\nWords.\n"},
        {AIM: "---\nobjective: 1\nowner: B\n---\n\nWords.\n"},
        {
            AIM: "---\ntitle: Mine\nowner: B\n---\n\nWords.\n",
            f"{HERE}/panel-report/03-x.md": "---\nobjective: 1\nowner: B\n---\n\nWords were said.\n",
        },
    ),
    (
        "W113",
        {FACTS: FACT + "Grant-1,4,pounds,2015-12,force,Survey,Somebody\n"},
        {FACTS: FACT + "ocu_grant,4,pounds,2015-12,force,Survey,Somebody\n"},
    ),
    (
        "W113",
        {FACTS: FACT + "grant,4,pounds,2015-12,town,Survey,Somebody\n"},
        {FACTS: FACT + "grant,4,pounds,2015-12,force,Survey,Somebody\n"},
        {FACTS: FACT + "grant,4,pounds,2015-12,alliance,Survey,Somebody\n"},
    ),
    ("W114", {PANEL_FILE: PANEL + "source_note: Zone #4\n"}, {PANEL_FILE: PANEL + 'source_note: "Zone #4"\n'}),
    ("W115", {PANEL_FILE: PANEL + "source_note: “Police”\n"}, {PANEL_FILE: PANEL + 'source_note: "Police"\n'}),
    (
        "W115",
        text("Words.", "topic: ‘Thefts’\nactivity: None\n"),
        text("Words.", "topic: '‘Thefts’'\nactivity: None\n"),
    ),
    ("W113", text("Words.", "reviewed: 05/01/2016\n"), text("Words.", "reviewed: 2016-01-05\n")),
    (
        "W120",
        {
            f"{HERE}/panel-report/03-more.md": "---\nobjective: 1\nowner: B\n---\n\nWords.\n",
            PLAN_FILE: PLAN + "  - To help victims\n",
        },
        {f"{HERE}/panel-report/03-more.md": "---\nobjective: 2\nowner: B\n---\n\nWords.\n"},
    ),
    (
        "W121",
        {f"{HERE}/panel-report/03-more.md": "---\nobjective: 9\nowner: B\n---\n\nWords.\n"},
        {f"{HERE}/panel-report/03-more.md": None},
    ),
    ("W122", {AIM: None}, {f"{HERE}/panel-report/05-first.md": "---\nobjective: 1\nowner: B\n---\n\nThefts fell.\n"}),
    ("W123", text("Words.", "aim: other\n"), text("Words.", "aim: safe\n")),
    (
        "W123",
        {
            **text("Words.", "aim: other\n"),
            PLAN_FILE: PLAN.replace("aims:\n  - {id: safe, title: To keep people safe}\n", ""),
        },
        text("Words."),
    ),
    ("W124", {MEETING_FILE: SETTINGS.replace("02-02", "02-03")}, {}),
    (
        "W124",
        {MEETING_FILE: SETTINGS + "previous_meeting: 2016-04\n"},
        {MEETING_FILE: SETTINGS + "previous_meeting: 2015-12\n"},
    ),
    ("W131", {MEETING_FILE: SETTINGS.replace("2015-12-31", "2016-12-31")}, {}),
    ("W133", text("Words.", "reviewed: 2016-03-01\n"), text("Words.", "reviewed: 2016-02-01\n")),
    ("W130", text("Words.", "reviewed: no\n"), text("Words.", "reviewed: 2016-02-01\n")),
    # Values
    ("V101", text("{{ thefts. }}"), text("{{ thefts.quarter }}")),
    ("V102", text("{{ thets.quarter }}"), text("{{ thefts.quarter }}")),
    ("V102", text("{{ thefts.quartr }}"), text("{{ thefts.quarter }}")),
    ("V102", text("{{ meeting }}"), text("{{ meeting.date }}")),
    ("V103", text("{{ thefts.change.percent | persent }}"), text("{{ thefts.change.percent | percent }}")),
    ("V103", text("{{ thefts.quarter | nmber }}"), text("{{ thefts.quarter | number }}")),
    ("V103", text("{{ thefts.quarter | percnt }}"), text("{{ thefts.quarter }}")),
    ("V103", text("{{ thefts.quarter | rose }}"), text("{{ thefts.quarter | number }}")),
    ("V101", text("{{ thefts.month(2015-12) }}"), text('{{ thefts.month("2015-12") }}')),
    ("V101", text("{{ thefts.month(“2015-12”) }}"), text('{{ thefts.month("2015-12") }}')),
    ("V101", text("{{ thefts.during(October 2015) }}"), text('{{ thefts.during("October 2015") }}')),
    (
        "V103",
        text("{{ thefts.quarter - thefts.previous_quarter | more }}"),
        text("{{ (thefts.quarter - thefts.previous_quarter) | more }}"),
    ),
    (
        "V103",
        text("{{ thefts.quarter + thefts.previous_quarter | number }}"),
        text("{{ (thefts.quarter + thefts.previous_quarter) | number }}"),
    ),
    (
        "V104",
        {DATA: ZERO, **text("{{ thefts.change | rose }}")},
        {DATA: ZERO, **text("{{ thefts.change.number | rose }}")},
    ),
    ("V104", {DATA: ZERO, **text("{{ thefts.change.percent }}")}, {DATA: ZERO, **text("{{ thefts.change.number }}")}),
    ("V103", text("{{ meeting.date | percent }}"), text("{{ meeting.date }}")),
    (
        "V104",
        {
            **measure("", thefts=ROWS.replace(",6", ",0")),
            **text("{{ thefts.quarter / (thefts.quarter - thefts.quarter) }}"),
        },
        text("Words."),
    ),
    ("V101", text("{{ thefts.months('2015-11, '2015-12') }}"), text('{{ thefts.months("2015-11", "2015-12") }}')),
    ("V101", text("{{ thefts.month('2015-12) }}"), text("{{ thefts.month('2015-12') }}")),
    ("V101", text("{{{ thefts.quarter }}}"), text("{{ thefts.quarter }}")),
    ("V101", text("{{ thefts quarter }}"), text("{{ thefts.quarter }}")),
    ("V101", text("{{ “thefts.quarter” }}"), text("{{ thefts.quarter }}")),
    ("V101", text("{{ 5 }}"), text("5")),
    ("V105", text("{{ thefts.change.percent }}% more."), text("{{ thefts.change.percent }} more.")),
    ("V105", text("By **{{ thefts.change.percent }}** per cent."), text("By **{{ thefts.change.percent }}**.")),
    ("V105", text("{{ thefts.quarter }}% of them."), text("{{ thefts.quarter }} of them.")),
    ("V105", text("£{{ thefts.quarter }} in all."), text("{{ thefts.quarter }} in all.")),
    ("V105", text("{{ thefts.quarter }}0 in all."), text("{{ thefts.quarter }} in all.")),
    ("V105", text("1{{ thefts.quarter }} in all."), text("1 or {{ thefts.quarter }} in all.")),
    ("V105", text("{{ thefts.quarter }}{{ thefts.quarter }}"), text("{{ thefts.quarter }} and {{ thefts.quarter }}")),
    # Data
    ("D101", {DATA: ""}, {DATA: ROWS}),
    ("D101", {DATA: "month,value\n"}, {DATA: ROWS}),
    ("D101", {DATA: b"\x00\x01"}, {DATA: ROWS}),
    ("D101", {DATA: ROWS + '"2016-01,5\n'}, {DATA: ROWS}),
    ("D102", {DATA: ROWS.replace("value", "valu")}, {DATA: ROWS}),
    ("D102", {DATA: ROWS.replace("month", "when")}, {DATA: ROWS}),
    ("D102", {DATA: ROWS.replace("month,value", "month,value,value").replace("\n2", ",1\n2")}, {DATA: ROWS}),
    ("D103", {DATA: ROWS.replace("2014-06,56", "2014-06,56,7")}, {DATA: ROWS}),
    ("D103", {DATA: ROWS.replace("2014-06,56", "2014-06,")}, {DATA: ROWS}),
    ("D104", {DATA: ROWS.replace("2014-06,56", "2014-06,many")}, {DATA: ROWS}),
    (
        "D104",
        {FACTS: FACT + "grant,many,pounds,2015-12,force,Survey,Somebody\n"},
        {FACTS: FACT + "grant,4,pounds,2015-12,force,Survey,Somebody\n"},
        {FACTS: FACT + "grant,many,text,2015-12,force,Survey,Somebody\n"},
    ),
    ("D105", {DATA: ROWS.replace("2014-06", "June")}, {DATA: ROWS}),
    ("D106", {DATA: ROWS + "2014-06,56\n"}, {DATA: ROWS}),
    ("D107", {DATA: ROWS.replace("2014-06,56\n", "")}, {DATA: ROWS}),
    (
        "D108",
        {DATA: ROWS.replace("\n2", ",Nrth\n2").replace("value,Nrth", "value,area").rstrip() + ",Nrth\n"},
        {DATA: ROWS.replace("\n2", ",North\n2").replace("value,North", "value,area").rstrip() + ",North\n"},
    ),
    ("D109", {DATA: ROWS.replace("2014-06,56", "2014-06,-56")}, {DATA: ROWS}),
    ("D110", {MEASURES: MEASURE + "  where: {kind: Bicycle}\n"}, {MEASURES: MEASURE}),
    ("D112", {"content/data/other.csv": ROWS}, {"content/data/other.csv": None}),
    (
        "D113",
        {FACTS: FACT + "thefts,4,pounds,2015-12,force,Survey,Somebody\n"},
        {FACTS: FACT + "grant,4,pounds,2015-12,force,Survey,Somebody\n"},
    ),
    ("D114", text("Words.", "measures: [theft]\n"), text("Words.", "measures: [thefts]\n")),
    # Exhibits
    ("E101", chart("kind: pie\nmeasure: thefts"), chart("kind: control\nmeasure: thefts\nid: chart")),
    ("D114", chart("kind: control\nmeasure: theft"), chart("kind: control\nmeasure: thefts\nid: chart")),
    ("W111", chart("kind: control\nmeasure: thefts\ncolour: red"), chart("kind: control\nmeasure: thefts\nid: chart")),
    ("W110", chart("kind: control\nmeasure:thefts"), chart("kind: control\nmeasure: thefts\nid: chart")),
    ("R101", text("See [](#nothing)."), text("See [](#purpose).")),
    (
        "R101",
        text("See [](#nothing).\n\nTable: A {#notings}\n\n| A |\n|---|\n| 1 |"),
        text("See [](#notings).\n\nTable: A {#notings}\n\n| A |\n|---|\n| 1 |"),
    ),
    ("R102", text("## A {#purpose}\n\nWords."), text("## A {#reason}\n\nWords.")),
    ("R102", text("Table: A {#purpose}\n\n| A |\n|---|\n| b |"), text("Table: A {#table-a}\n\n| A |\n|---|\n| b |")),
    ("R103", {**NUMBERED, **text("## 1.1 Means\n\nWords.")}, {**NUMBERED, **text("## Means\n\nWords.")}),
    ("R103", {**NUMBERED, **text("**1.1** Words.")}, {**NUMBERED, **text("Words.")}),
    ("R103", text("1. Recommendation 1: one"), text("1. one")),
    (
        "R103",
        text("See [](#a).\n\nTable: Table 1: A {#a}\n\n| A |\n|---|\n| b |"),
        text("See [](#a).\n\nTable: A {#a}\n\n| A |\n|---|\n| b |"),
    ),
    (
        "E102",
        chart("kind: control\nmeasure: thefts\nid: chart\nstarts: 2030-01"),
        chart("kind: control\nmeasure: thefts\nid: chart"),
    ),
    (
        "E103",
        SUMMARY,
        {**SUMMARY, f"{HERE}/panel-report/03-x.md": page("Thefts fell.", TOPIC).replace("Purpose", "Thefts")},
    ),
    (
        "E104",
        {**SUMMARY, f"{HERE}/panel-report/03-x.md": page("Thefts fell.", TOPIC.replace("activity: Patrols\n", ""))},
        {f"{HERE}/panel-report/03-x.md": page("Thefts fell.", TOPIC).replace("Purpose", "Thefts")},
    ),
    # Pictures and appendices
    ("P106", {**ATTACHED, f"{HERE}/attachments/plan.pdf": b"no"}, {f"{HERE}/attachments/plan.pdf": PDF.read_bytes()}),
    (
        "P107",
        {**ATTACHED, f"{HERE}/attachments/plan.pdf": pdf("<< /F (a.csv) /EF << >> >>", more="/AF [4 0 R]")},
        {f"{HERE}/attachments/plan.pdf": PDF.read_bytes()},
    ),
    ("W101", ATTACHED, {f"{HERE}/attachments/plan.pdf": PDF.read_bytes()}),
    ("P101", text("![A map](images/map.png)"), {f"{HERE}/images/map.png": PICTURE}),
    ("P102", {**text("![A map](map.png)"), f"{HERE}/map.png": b"no"}, {f"{HERE}/map.png": PICTURE}),
    ("P103", {**text("![](map.png)"), f"{HERE}/map.png": PICTURE}, text("![A map](map.png)")),
    ("P104", {**text("![A map](map.png)"), f"{HERE}/map.png": TOO_LARGE}, {f"{HERE}/map.png": PICTURE}),
    (
        "P105",
        text("![A map](https://example.org/map.png)"),
        {**text("![A map](images/map.png)"), f"{HERE}/images/map.png": PICTURE},
    ),
]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small workspace in which nothing is wrong."""
    root = lay_down(tmp_path_factory.mktemp("hints"), {})
    assert [str(each) for each in found(root, {})] == []
    return root


def found(root: Path, *files: Files) -> list[Diagnostic]:
    """What ``check`` finds in the small workspace with these files over it."""
    laid: dict[str, str | bytes | None] = {}
    for each in (BASE, *files):
        laid |= each
    world = LaidOver(root, laid, Diagnostics())
    meeting = read_meeting(world, MEETING)
    if meeting is not None:
        world.diagnostics.extend(check_meeting(meeting).findings)
    return list(world.diagnostics)


@pytest.mark.parametrize(("code", "faulty", "mended"), [(each[0], each[1], each[2:]) for each in CASES])
def test_a_hint_done_as_told_mends(code: str, faulty: Files, mended: tuple[Files, ...], root: Path) -> None:
    before = found(root, faulty)
    assert code in {each.code.id for each in before}, [f"{each} {each.hint}" for each in before]
    for files in mended:
        whole = {} if not files else {**faulty, **files}
        after = found(root, whole)
        new = Counter(each.code.id for each in after) - Counter(each.code.id for each in before)
        assert [f"{each} {each.hint}" for each in after if each.code.id in {code, *new}] == []


@pytest.mark.parametrize(
    "files",
    [
        text("## 1.1 Means\n\n1.1 Words.\n\n- 1. one\n- 2. two"),
        {**NUMBERED, **text("## 2016 in figures\n\n4.2 million people. 999 calls.\n\n{{ thefts.quarter }} Thefts.")},
        text("See [](#a).\n\nTable: 1 April to 30 June {#a}\n\n| A |\n|---|\n| b |"),
    ],
)
def test_a_number_is_left_alone_where_none_is_printed_before_it(files: Files, root: Path) -> None:
    assert "R103" not in {each.code.id for each in found(root, files)}


@pytest.mark.parametrize(
    ("code", "files"),
    [
        ("E102", chart("kind: control\nmeasure: thefts\nid: chart\nstarts: 2030-01")),
        ("E101", chart("kind: pie\nmeasure: thefts\nid: chart")),
        ("D114", chart("kind: control\nmeasure: thets\nid: chart")),
        ("W111", chart("kind: control\nmeasure: thefts\nidd: chart")),
        ("P101", text("See [](#m).\n\n![A map](nope.png)\n\nFigure: A {#m}")),
        ("W104", {**text("See [](#first)."), AIM: b"caf\xe9"}),
        ("W110", {**text("See [](#first)."), AIM: "---\nobjective: 1: 2\n---\n\nWords."}),
        ("D104", {DATA: ROWS.replace("2014-06,56", "2014-06,many")}),
        ("W101", {DATA: None}),
        ("W101", {MEASURES: MEASURE.replace("thefts.csv", "theft.csv")}),
        ("W120", {f"{HERE}/panel-report/03-more.md": "---\nobjective: 1\nowner: Somebody\n---\n\nMore words.\n"}),
        ("D110", measure("  where: {kind: Robbery}\n")),
        ("R101", text("See [](#tabel).\n\nTable: A {#table}\n\n| A |\n|---|\n| b |")),
        (
            "D104",
            {DATA: ROWS.replace("2014-06,56", "2014-06,many"), **chart("kind: control\nmeasure: thefts\nid: chart")},
        ),
        ("W110", chart("kind: control\nmeasure:thefts\nid: chart")),
        ("M107", text("See [](#a).\n\n```chart\nkind: control\nmeasure: thefts\nid: a\n\nWords.")),
        ("M104", text("See [](#a).\n\nTable:A {#a}\n\n| A |\n|---|\n| 1 |")),
        ("V102", text("In {{ meeting.date }} and {{ thets.quarter }} and more.")),
        ("V102", text("| A | B |\n|---|---|\n| North | {{ thets.quarter }} |\n| South | 2 |")),
        ("V102", text("It was ({{ thets.quarter }}) in all.")),
        ("V101", text("It was {{ thefts.quarter in all.")),
        ("M103", text("#")),
        ("W114", {TEXT: page("Words.\n\n{{ thefts.quarter }} thefts.").replace("title: Purpose", "title: # Purpose")}),
        ("W114", {MEETING_FILE: SETTINGS.replace("Report\n", "#4 plan\n"), **text("{{ meeting.report_title }} ends.")}),
        ("D104", {DATA: ROWS.replace("2014-06,56", "2014-06,many"), **text("It took {{ thefts.quarter }}; no more.")}),
        ("M113", text("[TOC]")),
        ("M113", text("> [!NOTE]\n> Words.")),
        ("C631", text("See [](#a).\n\nTable: A {#a}\n\n| A | | |\n|---|---|---|\n| b | c | d |")),
        ("W115", text("Words.", "aim: “safe”\n")),
        ("W113", text("Words.", "signs:\n- 12:30\n")),
        ("V101", text("It was thefts.quarter }} in all.")),
        ("W112", {f"{HERE}/panel-report/03-more.md": "Words without front matter.\n"}),
        (
            "W110",
            {MEASURES: MEASURE.replace("unit: thefts", "unit: % of all"), **chart("measure: thefts\nid: chart")},
        ),
    ],
)
def test_one_cause_is_told_once(code: str, files: Files, root: Path) -> None:
    assert [each.code.id for each in found(root, files)] == [code]


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("Thefts per km^2^", "Thefts per km²"),
        ("CO~2~ of thefts", "CO₂ of thefts"),
        ("Thefts of 2*3 bags", "Thefts of 2×3 bags"),
        ("Thefts **solved** in time", "Thefts solved in time"),
        ('"*Thefts*"', "Thefts"),
        ("Thefts <b>solved</b>", "Thefts solved"),
        ('"[Thefts](https://example.org)"', "Thefts"),
        ("Thefts \\* solved", "Thefts* solved, R&D; 5 * 4, a_b <5 and >7"),
        ("h2. Thefts", "Thefts"),
        ("The\u200bfts", "Thefts"),
    ],
)
def test_a_mark_in_a_setting_is_told_for_it_is_printed(typed: str, mended: str, root: Path) -> None:
    def told(title: str) -> list[str]:
        return [f"{each.code.id} {each.at}" for each in found(root, {MEASURES: MEASURE.replace("Thefts", title)})]

    assert told(typed) == [f"M113 {MEASURES}:2:10"]
    assert told(mended) == []


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("thefts.month(“2015-12”)", 'Write straight quotation marks: {{ thefts.month("2015-12") }}.'),
        ("thefts.month(December 2015)", 'Write straight quotation marks: {{ thefts.month("December 2015") }}.'),
        ("thefts.area(North)", 'Put words between straight marks: "North".'),
        ("thefts.quarter - 1 | more", "Put the change in brackets: {{ (thefts.quarter - 1) | more }}."),
    ],
)
def test_a_hint_gives_the_mended_value(value: str, hint: str, root: Path) -> None:
    assert [each.hint for each in found(root, text(f"{{{{ {value} }}}}"))] == [hint]


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("up", "Write “higher”."),
        ("Fewer", "Write “lower”."),
        ("none", "Write “neither”."),
        ("lowr", "Did you mean “lower”?"),
        ("green", "Write one of them."),
    ],
)
def test_a_word_that_is_none_of_a_few_has_a_hint_that_names_one(typed: str, hint: str, root: Path) -> None:
    told = found(root, measure(f"  good: {typed}\n"))
    assert [each.hint for each in told if each.code.id == "W113"] == [hint]


def test_no_message_quotes_more_than_anybody_reads(root: Path) -> None:
    (one,) = found(root, {DATA: ROWS + "x" * 100_000 + ",5\n"})
    assert one.code.id == "D105"
    assert one.message == f"“{'x' * 200}…” is no month."
