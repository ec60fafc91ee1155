"""A body of another kind has its own word for everything, and no word of a police panel is printed or told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from papergen.commands.check import check_meeting
from papergen.commands.steps import Meeting, read_meeting
from papergen.diagnostics import Diagnostics
from papergen.model.nodes import Figure
from papergen.model.walk import find, find_in, flatten, plain_text, walk_sections
from papergen.values.words import plural, with_another
from papergen.world import World
from tests.support.builds import copy_of_harbour

OF_A_POLICE_PANEL = re.compile(
    r"\b(?:polic\w*|PCC|commissioner|forces?|constabular\w*|panel(?!\.yaml)|objective|(?<!the )plan\b(?!\.yaml)|aim"
    r"|topic)\b",
    re.IGNORECASE,
)
QUARTERS = [f"{year}/{(year + 1) % 100:02} Q{quarter}" for year in (2022, 2023, 2024, 2025) for quarter in (1, 2, 3, 4)]
NAMES = ("Harbour Fire Service", "Anyshire", "Otherfolk", "Farland")
GROUNDS = ("North Quay", "Old Town")

PANEL = """\
name: Harbour Fire Authority
force_name: authority
area_name: station ground
policing_areas: [North Quay, Old Town]
most_similar_group: [Anyshire, Otherfolk, Farland]
summary_headings: [Service, What the figures say, What is done]
signs_heading: What good would look like
aim_banner: "Theme: {aim}"
exception_word: unusual
papers:
  - {folder: report, kind: report, name: Report, title: Fires, template: panel-report, mark_exceptions: true,
     chart_data: true}
"""
REPORT = """\
---
title: Fires
owner: Area Manager
reviewed: 2025-11-10
aim: safe
topic: Fires
activity: Visits go on
signs: [Fewer fires]
measures: [fires]
---

```table
kind: summary
aim: safe
```

```chart
kind: peers
measure: rate
```

```chart
kind: matrix
measures: [rate]
```

```chart
kind: areas
measure: fires
```

```chart
kind: comparison
measures: [fires]
```

```table
kind: cross
measure: fires
rows: area
columns: quarter
```

```table
kind: ranked
measure: fires
by: area
period: latest
```
"""
MEASURES = """\
fires: {title: Fires, unit: fires, file: fires.csv, good: lower, source: Incident records}
rate: {title: Fires among others, unit: fires per 1000 people, file: among.csv, good: lower, source: Fire statistics,
  peers: {own: Harbour Fire Service, per: people.csv, months: 12}}
"""


@pytest.fixture(scope="module")
def fire(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_of_harbour(tmp_path_factory.mktemp("fire"))
    content = root / "content"
    for folder in ("budget-report", "estates-report", "appendix-1", "adroddiad", "attachments"):
        for path in sorted((content / "2025-11-19" / folder).iterdir()):
            path.unlink()
        (content / "2025-11-19" / folder).rmdir()
    plan = "title: Safer Harbour\nstarts: 2024-04-01\nends: 2028-03-31\nobjective_name: Priority\n"
    rows = [f"{quarter},{{}},{20 + at % 3}\n" for at, quarter in enumerate(QUARTERS[:14])]
    files = {
        "panel.yaml": PANEL,
        "plan.yaml": f"{plan}aims: [{{id: safe, title: Safe homes}}]\nobjectives: []\n",
        "measures.yaml": MEASURES,
        "2025-11-19/meeting.yaml": "date: 2025-11-19\nreporting_period: {from: 2025-07-01, to: 2025-09-30}\n",
        "2025-11-19/report/01-fires.md": REPORT,
        "data/fires.csv": "quarter,area,value\n" + "".join(row.format(name) for name in GROUNDS for row in rows),
        "data/among.csv": "quarter,force,value\n" + "".join(row.format(name) for name in NAMES for row in rows),
        "data/people.csv": "year,force,value\n" + "".join(f"2024/25,{name},{90000 + len(name)}\n" for name in NAMES),
    }
    for name, text in files.items():
        path = content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def read(root: Path) -> tuple[Meeting, list[str]]:
    world = World(root, Diagnostics())
    meeting = read_meeting(world, "2025-11-19")
    assert meeting is not None
    found = (*world.diagnostics, *check_meeting(meeting).findings)
    return meeting, [f"{each.message} {each.hint}" for each in found]


def printed(meeting: Meeting) -> Iterator[str]:
    for run in flatten(meeting.papers):
        yield plain_text(run.inlines)
    for paper in meeting.papers:
        for figure in find_in(paper.sections, Figure):
            if figure.data is not None:
                yield from (" ".join(row) for row in (figure.data.columns, *figure.data.rows))
        yield from (section.label for section in walk_sections(paper.sections))


def test_nothing_that_is_printed_is_a_word_of_a_police_panel(fire: Path) -> None:
    meeting, told = read(fire)
    assert [each for each in told if OF_A_POLICE_PANEL.search(each)] == []
    words = list(printed(meeting))
    assert [each for each in words if OF_A_POLICE_PANEL.search(each)] == []
    text = "\n".join(words)
    for own in ("authorities", "Authority", "station ground", "Theme: Safe homes", "What the figures say"):
        assert own in text
    assert len(list(find(meeting.papers, Figure))) == 4


def test_nor_is_any_in_what_is_told(fire: Path) -> None:
    report = fire / "content/2025-11-19/report/01-fires.md"
    text = report.read_text(encoding="utf-8")
    try:
        report.write_text(text.replace("kind: areas\nmeasure: fires", "kind: areas\nmeasure: rate"), encoding="utf-8")
        _, told = read(fire)
        assert "“rate” has no data by station ground. Its file needs a column “area”." in told
        report.write_text(text.replace("aim: safe", "objective: 3", 1).replace("title: Fires\n", ""), encoding="utf-8")
        _, told = read(fire)
        assert any("The plan has no priority 3." in each for each in told)
    finally:
        report.write_text(text, encoding="utf-8")


def test_another_word_takes_its_place_in_one_and_many() -> None:
    assert [plural(each) for each in ("service", "authority", "borough", "bus", "quay")] == [
        *("services", "authorities", "boroughs", "buses", "quays")
    ]
    sentence = "The force’s rate beside other forces’ rates. Forces differ."
    assert with_another(sentence, "force", "authority") == (
        "The authority’s rate beside other authorities’ rates. Authorities differ."
    )
    assert with_another(sentence, "force", "force") == sentence
