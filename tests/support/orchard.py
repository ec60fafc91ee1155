"""A tiny workspace with every kind of file, read, assembled and checked in a moment: for tests by the hundred."""

from __future__ import annotations

import re
import resource
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from papergen.commands.check import check_meeting
from papergen.commands.steps import read_meeting
from papergen.diagnostics import Diagnostic, Diagnostics, Severity
from papergen.model.nodes import Paper, Value
from papergen.model.walk import find
from papergen.workspace.settings import meeting_folder
from papergen.world import World
from tests.support.reading import picture
from tests.support.reflection import everything_in

MEETING = "2016-02-02"
FOLDER = meeting_folder(MEETING)
PAGE = f"{FOLDER}/report/01-page.md"
OTHER_PAGE = f"{FOLDER}/annex/01-other.md"
SECONDS = 20.0
"""Of the processor: many times what any example takes; a reader that is quadratic or worse takes minutes."""
MOST_MEMORY = 1_000_000
"""Kilobytes by which the memory of the process may grow."""

PANEL = """\
name: Orchard Police and Crime Panel
host_authority: Orchard Council
force: Orchard Police
commissioner: {title: Commissioner, short: PCC}
report_of: Chief Executive
policing_areas: [North, South]
most_similar_group: [Avonside, Bredon]
known_words: [Orchard]
checks: {C509: "off"}
papers:
  - {folder: report, kind: report, name: Report, title: Report, template: panel-report}
  - {folder: annex, kind: appendix, name: Appendix A, title: Performance, template: appendix, number_depth: 2}
"""
PLAN = """\
title: Plan
starts: 2013-04-01
ends: 2017-03-31
aims: [{id: safer, title: To keep people safe}]
objectives: [To help victims]
"""
MEETING_SETTINGS = f"""\
date: {MEETING}
reporting_period: {{from: 2015-10-01, to: 2015-12-31}}
report_title: Report
previous_meeting: 2015-12
"""
MEASURES = """\
theft:
  title: Theft
  unit: offences
  file: theft.csv
  source: Constructed
  good: lower
  steps: [{from: 2015-02, reason: Better recording}]
  projections: [{year: 2015/16, low: 90, high: 120, date: 2016-01-10, source: Force}]
violent_theft: {title: Violent theft, unit: offences, file: theft.csv, where: {kind: violent}, source: Constructed}
reached:
  title: Reached in time
  unit: "% of calls"
  kind: percentage
  file: calls.csv
  value: in_time
  of: value
  good: higher
  source: Constructed
compared:
  title: Crime
  unit: offences
  file: crime.csv
  source: Constructed
  peers: {own: Orchard, months: 3, per: population.csv}
"""
FACTS = """\
id,value,unit,date,scope,source,owner
apples,16,people,2015/16 Q3,force,Constructed,Somebody
pears,250000,pounds,2015-12,force,Constructed,Somebody
"""
HEAD = "---\nobjective: 1\nowner: Somebody\nreviewed: 2016-01-25\n---\n\n"
PAGE_TEXT = f"{HEAD}There were {{{{ theft.quarter }}}} offences.\n"
OTHER_TEXT = """\
---
title: Theft
owner: Somebody
reviewed: 2016-01-25
aim: safer
topic: Theft
activity: More patrols
measures: [theft, violent_theft, reached, compared]
---

In all {{ theft.quarter }} were counted, {{ theft.change | up }} on the quarter before ([](#by-quarter)). Of the calls
{{ reached.quarter | percent }} were reached in time. In the group of forces, crime is {{ compared.peers.level }}.

```table
kind: quarters
measures: [theft, violent_theft]
quarters: 3
id: by-quarter
caption: Theft by quarter
```
"""


def _months() -> Iterator[str]:
    for year in (2014, 2015):
        for month in range(1, 13):
            yield f"{year}-{month:02}"


def _data() -> Mapping[str, str]:
    theft = [
        f"{month},{area},{kind},{7 + (index * 5 + len(area)) % 6}"
        for index, month in enumerate(_months())
        for area in ("North", "South")
        for kind in ("violent", "other")
    ]
    calls = [f"{month},{80 + index % 9},{70 + index % 7}" for index, month in enumerate(_months())]
    forces = ("Orchard", "Avonside", "Bredon")
    crime = [
        f"{month},{force},{100 + index % 11 + len(force)}" for index, month in enumerate(_months()) for force in forces
    ]
    people = [
        f"{year},{force},{90_000 + 1000 * len(force)}" for year in ("2013/14", "2014/15", "2015/16") for force in forces
    ]
    return {
        "theft.csv": "\n".join(["month,area,kind,value", *theft]) + "\n",
        "calls.csv": "\n".join(["month,value,in_time", *calls]) + "\n",
        "crime.csv": "\n".join(["month,force,value", *crime]) + "\n",
        "population.csv": "\n".join(["year,force,value", *people]) + "\n",
        "facts.csv": FACTS,
    }


FILES: Mapping[str, str] = {
    "content/panel.yaml": PANEL,
    "content/plan.yaml": PLAN,
    f"{FOLDER}/meeting.yaml": MEETING_SETTINGS,
    "content/measures.yaml": MEASURES,
    PAGE: PAGE_TEXT,
    OTHER_PAGE: OTHER_TEXT,
    **{f"content/data/{name}": text for name, text in _data().items()},
}


@dataclass(frozen=True)
class Outcome:
    """What came of a workspace: its papers, if they could be read, and what was told."""

    papers: tuple[Paper, ...]
    findings: tuple[Diagnostic, ...]

    @property
    def has_errors(self) -> bool:
        return any(found.severity is Severity.ERROR for found in self.findings)

    def words(self, pattern: re.Pattern[str]) -> set[str]:
        """The words of a pattern in any field of any node of the papers, or in a finding."""
        texts = [f"{found.message} {found.hint}" for found in self.findings]
        for paper in self.papers:
            for node, _ in everything_in(paper.sections, beside=True):
                texts += [value for value in _fields(node) if isinstance(value, str)]
        return {word for text in texts for word in pattern.findall(text)}


def _fields(node: object) -> Iterator[object]:
    for name in getattr(type(node), "__slots__", ()):
        value = getattr(node, name)
        yield from value if isinstance(value, tuple) else (value,)


class Orchard:
    """The workspace on disk; each run changes some files and puts them back."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name in FILES:
            self._write(name, None)
        image = root / FOLDER / "images" / "map.png"
        image.parent.mkdir()
        image.write_bytes(picture().data)

    def _write(self, name: str, data: str | bytes | None) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        data = FILES[name] if data is None else data
        path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"))

    def run(self, files: Mapping[str, str | bytes]) -> Outcome:
        """What comes of the workspace with other files: never an exception, in bounded time and memory."""
        for name, data in files.items():
            self._write(name, data)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        started = time.process_time()
        try:
            outcome = self._outcome()
        finally:
            for name in files:
                self._write(name, None)
        assert time.process_time() - started < SECONDS
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory < MOST_MEMORY
        self._hold(outcome, files)
        return outcome

    def _outcome(self) -> Outcome:
        diagnostics = Diagnostics()
        world = World(self.root, diagnostics)
        read = read_meeting(world, MEETING)
        if read is not None:
            diagnostics.extend(check_meeting(read).findings)
        return Outcome(() if read is None else read.papers, tuple(diagnostics))

    def _hold(self, outcome: Outcome, files: Mapping[str, str | bytes]) -> None:
        """What holds of every outcome: papers or an error, and findings whose places are in the files."""
        assert outcome.has_errors or [bool(paper.sections) for paper in outcome.papers] == [True, True]
        if not outcome.has_errors:
            printed = {found.node.expression for found in find(outcome.papers, Value)}
            for name in {PAGE, OTHER_PAGE} - files.keys():
                assert set(re.findall(r"\{\{ (.*?) \}\}", FILES[name])) <= printed
        for found in outcome.findings:
            assert found.at.file
            assert found.message
            assert "Traceback" not in found.message
            text = files.get(found.at.file)
            if isinstance(text, str) and found.at.line:
                lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
                assert found.at.line <= len(lines), found
                assert found.at.column <= len(lines[found.at.line - 1]) + 1, found
