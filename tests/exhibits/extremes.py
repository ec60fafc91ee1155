"""Data that push words of a chart together or over its edge: each shape with a measure or more, in a tiny workspace."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from papergen.commands.steps import Meeting, read_meeting
from papergen.diagnostics import Diagnostics
from papergen.values.periods import Month
from papergen.world import World
from tests.support.orchard import PLAN

MEETING = "2016-02-02"
AREAS = ("North", "South and the Long Valley beyond the River", "East")
KINDS = (
    "Vehicle",
    "Other theft that is not classified elsewhere in the rules",
    "Burglary of a dwelling",
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
)
FORCES = (
    *("Orchard", "Avonside", "Bredon and Malvern Hills Constabulary", "Cotswold", "Dean", "Evesham"),
    *("Fen", "Gower", "Hythe", "Ilmington", "Jura"),
)
MONTHS = tuple(Month(2012, 4).plus(index) for index in range(45))


def shaped(name: str, month: int, part: int) -> int:
    """The number of a part in a month, in the data of the shape that is called so."""
    match name:
        case "zeros":
            return 0
        case "sevens":
            return 7
        case "usual":
            return 120 + month * 7 % 31 + part * 9
        case "large":
            return 128_456_789 + month * 7_919 % 31_000 + part
        case "spread":
            return int(10 ** (month % 9))
        case _:
            return 90_000_000 if month == len(MONTHS) - 1 else 3


SHAPES = ("zeros", "sevens", "usual", "large", "spread", "last")
"""Each has a measure by month, area and kind of offence, and shares, pounds and others' figures from the same data."""
EXTREMES = ("zeros", "large", "spread", "last")

PANEL = f"""\
name: Orchard Police and Crime Panel
host_authority: Orchard Council
force: Orchard Police
commissioner: {{title: Commissioner, short: PCC}}
report_of: Chief Executive
policing_areas: {list(AREAS)}
most_similar_group: {list(FORCES)}
papers:
  - {{folder: report, kind: report, name: Report, title: Report, template: panel-report}}
"""
MEETING_SETTINGS = f"""\
date: {MEETING}
reporting_period: {{from: 2015-10-01, to: 2015-12-31}}
report_title: Report
previous_meeting: 2015-12
"""


def _iso(month: Month) -> str:
    return f"{month.year}-{month.month:02d}"


def _files() -> Iterator[tuple[str, str]]:
    """The data files: path and text."""
    for name in SHAPES:
        parts = [(area, kind) for area in AREAS for kind in KINDS]
        rows = [
            f"{_iso(month)},{area},{kind},{shaped(name, number, index % 4)},{shaped(name, number, index % 4) * 2 or 1}"
            for number, month in enumerate(MONTHS)
            for index, (area, kind) in enumerate(parts)
        ]
        yield f"{name}.csv", "\n".join(["month,area,kind,value,all", *rows, ""])
        rows = [
            f"{_iso(month)},{force},{shaped(name, number, index)}"
            for number, month in enumerate(MONTHS)
            for index, force in enumerate(FORCES)
        ]
        yield f"{name}-group.csv", "\n".join(["month,force,value", *rows, ""])
    yield (
        "people.csv",
        "\n".join(["year,force,value", *(f"{year},{f},900000" for year in range(2011, 2017) for f in FORCES)]),
    )
    rows = [
        f"{_iso(month)},Kind of offence number {kind} of the hundred,{kind % 7 + kind}"
        for month in MONTHS
        for kind in range(100)
    ]
    yield "hundred.csv", "\n".join(["month,kind,value", *rows, ""])
    yield (
        "one.csv",
        "month,area,kind,value,all\n" + "\n".join(f"2015-12,{a},{k},4,8" for a in AREAS for k in KINDS) + "\n",
    )
    yield (
        "none.csv",
        "month,area,kind,value,all\n" + "\n".join(f"2015-12,{a},{k},0,8" for a in AREAS for k in KINDS) + "\n",
    )


def _measures() -> Iterator[str]:
    for name in (*SHAPES, "one", "none"):
        long = f"{name.capitalize()}, as recorded by the force and its partners in the county"
        yield f"{name}: {{title: {name.title()}, unit: offences, file: {name}.csv, good: lower, source: Count {name}}}"
        yield f'{name}_long: {{title: "{long}", unit: offences, file: {name}.csv, good: lower, source: Made {name}}}'
        yield f"{name}_pounds: {{title: Costs, unit: pounds, kind: pounds, file: {name}.csv, source: Costed {name}}}"
        yield (
            f'{name}_share: {{title: Share of {name}, unit: "% of all", kind: percentage, file: {name}.csv,'
            " value: value, of: all, source: Made up}"
        )
        if name in SHAPES:
            yield (
                f"{name}_group: {{title: {name.capitalize()} in the group, unit: offences, file: {name}-group.csv,"
                " good: lower, source: Made up, peers: {own: Orchard, per: people.csv}}"
            )
    yield "hundred: {title: A hundred kinds, unit: offences, file: hundred.csv, good: lower, source: Made up}"


def extreme_meeting(root: Path) -> Meeting:
    """The meeting of a workspace at ``root`` with all these measures."""
    files = {
        "content/panel.yaml": PANEL,
        "content/plan.yaml": PLAN,
        f"content/{MEETING}/meeting.yaml": MEETING_SETTINGS,
        f"content/{MEETING}/report/01-page.md": "---\ntitle: Page\n---\n\nWords.\n",
        "content/measures.yaml": "\n".join([*_measures(), ""]),
        **{f"content/data/{name}": text for name, text in _files()},
    }
    for path, text in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    diagnostics = Diagnostics()
    read = read_meeting(World(root, diagnostics), MEETING)
    assert read is not None, [str(each) for each in diagnostics]
    return read


def asked() -> Iterator[str]:
    """A chart of every kind for every shape that bears on it, in the half width; in the full one for the extremes."""
    for width, names in (("full", EXTREMES), ("half", (*SHAPES, "one", "none"))):
        for name in names:
            for measure in (name, f"{name}_pounds", f"{name}_share"):
                yield f"kind: control\nmeasure: {measure}\nwidth: {width}"
            yield f"kind: seasonal\nmeasure: {name}\nwidth: {width}"
            yield f"kind: trend\nmeasure: {name}_pounds\nrolling: 3\nwidth: {width}"
            yield f"kind: control\nmeasure: {name}\nprojection: true\nwidth: {width}"
            yield f"kind: comparison\nmeasures: [{name}, {name}_long]\nwidth: {width}"
            yield f"kind: stages\nmeasures: [{name}, {name}_long, large]\nwidth: {width}"
        for name in ("zeros", "large", "last"):
            yield f"kind: areas\nmeasure: {name}_pounds\nwidth: {width}"
            yield f"kind: breakdown\nmeasure: {name}\nby: kind\nwidth: {width}"
            yield f"kind: categories\nmeasure: {name}\nby: kind\nwidth: {width}"
            yield f"kind: comparison\nmeasures: [{name}, usual, large]\nwidth: {width}"
            yield f"kind: strength\nmeasures: [{name}, {name}_long]\nwidth: {width}"
            yield f"kind: outcomes\nmeasures: [{name}, {name}_long]\nby: kind\norder: {list(KINDS)}\nwidth: {width}"
            yield f"kind: snapshot\nmeasures: [{name}, {name}_long, usual]\nof: usual\nwidth: {width}"
            yield f"kind: peers\nmeasure: {name}_group\nwidth: {width}"
            yield f"kind: matrix\nmeasure: {name}_group\nwidth: {width}"
        yield f"kind: matrix\nmeasures: {[f'{name}_group' for name in SHAPES]}\nwidth: {width}"
        yield f"kind: breakdown\nmeasure: hundred\nby: kind\nwidth: {width}"
        yield f"kind: categories\nmeasure: hundred\nby: kind\nmost: 40\nwidth: {width}"
        yield f"kind: breakdown\nmeasure: hundred\nby: kind\nmost: 100\nwidth: {width}"
