"""What tests of exhibits share."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from papergen.data.binding import measure_facts
from papergen.data.book import Book
from papergen.values.facts import Fact
from tests.support.builds import NORFOLK
from tests.support.exhibits import book_of
from tests.support.small import Workspace, workspace

CASES = {
    "measures.yaml": """\
cases: {title: Cases, unit: cases, file: cases.csv, source: Made up}
old_cases: {title: "Cases, old", unit: cases, file: cases.csv, where: {age: old}, source: Made up}
shared: {title: Shared, unit: per cent of all cases, kind: percentage, of: all, file: cases.csv, source: Made up}
days: {title: Days, unit: days, kind: days, combine: mean, file: days.csv, source: Made up}
few: {title: Few, unit: cases, file: few.csv, source: Made up}
late: {title: Late, unit: cases, file: late.csv, source: Made up}
late_shares: {title: Late shares, unit: per cent, kind: percentage, of: all, file: late.csv, source: Made up}
below: {title: Below, unit: cases, file: below.csv, source: Made up}
""",
    "data/cases.csv": "quarter,age,result,value,all\n"
    + "".join(
        f"{quarter},{age},{result},{count},{2 * count}\n"
        for quarter, times in (("2014/15 Q3", 1), ("2015/16 Q2", 2), ("2015/16 Q3", 3))
        for age, result, count in (
            ("old", "held", 60 * times),
            ("old", "closed", 30 * times),
            ("young", "held", 5),
            ("young", "closed", 10),
            ("young", "lost", 10),
        )
    ),
    "data/days.csv": "quarter,kind,value\n2014/15 Q3,fast,2.5\n2015/16 Q3,fast,3.5\n2015/16 Q3,slow,9\n",
    "data/few.csv": "quarter,kind,value\n2015/16 Q3,a,0\n2015/16 Q3,b,0\n",
    "data/late.csv": (
        "quarter,kind,value,all\n2015/16 Q1,a,4,8\n2015/16 Q1,b,1,4\n2015/16 Q2,a,6,8\n2015/16 Q2,b,0,0\n"
    ),
    "data/below.csv": ("quarter,kind,value\n2014/15 Q3,a,5\n2014/15 Q3,b,3\n2015/16 Q3,a,-2\n2015/16 Q3,b,3\n"),
}


@pytest.fixture(scope="session")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Made-up data with gaps and numbers below zero, which a build refuses before any exhibit is made of them."""
    return workspace(tmp_path_factory.mktemp("cases"), CASES)


@pytest.fixture(scope="session")
def sample_book() -> Book:
    """The sample's book."""
    return book_of()


@pytest.fixture(scope="session")
def facts(sample_book: Book) -> Fact:
    """What text and rules ask of the sample's book."""
    return measure_facts(sample_book)


@pytest.fixture(scope="session")
def norfolk_book() -> Book:
    return book_of(NORFOLK, "2018-06-12")


@pytest.fixture
def made_up(tmp_path: Path) -> Book:
    """Norfolk's settings with two forces beside it and twenty made-up quarters."""
    shutil.copytree(NORFOLK, tmp_path, dirs_exist_ok=True)
    data = tmp_path / "content" / "data"
    quarters = [f"{2013 + index // 4}/{14 + index // 4} Q{index % 4 + 1}" for index in range(20)]
    forces = {"Norfolk": 100, "Suffolk": 80, "Wiltshire": 90}
    wobble = (0, 3, -2, 4, -3, 1, -1, 2)
    rows = ["quarter,force,kind,value,asked"]
    for index, quarter in enumerate(quarters):
        for force, base in forces.items():
            own = base * 3 if force == "Norfolk" and index == 19 else base
            value = own + wobble[(index + len(force)) % 8]
            rows += [f"{quarter},{force},bicycles,{value},1000", f"{quarter},{force},gnomes,{value // 2},1000"]
    (data / "made-up.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    panel = tmp_path / "content" / "panel.yaml"
    text = panel.read_text(encoding="utf-8")
    for force in ("Devon and Cornwall", "Gloucestershire", "North Yorkshire", "Warwickshire", "West Mercia"):
        text = text.replace(f"  - {force}\n", "")
    panel.write_text(text, encoding="utf-8")
    measures = []
    common = "  unit: thefts\n  file: made-up.csv\n  source: Made up\n"
    for name, more in {
        "thefts": "  good: lower\n  peers: {own: Norfolk, per: population.csv}\n",
        "recoveries": "  good: higher\n  peers: {own: Norfolk, per: population.csv}\n",
        "sightings": "  good: neither\n  peers: {own: Norfolk, per: population.csv}\n",
        "own_thefts": "  good: lower\n  where: {force: Norfolk}\n",
        "own_bicycles": "  good: lower\n  where: {force: Norfolk, kind: bicycles}\n",
        "share_seen": "  kind: percentage\n  of: asked\n  where: {force: Norfolk}\n",
        "below_zero": "  where: {force: Norfolk}\n",
    }.items():
        measures.append(f"{name}:\n  title: {name.replace('_', ' ').capitalize()}\n{common}{more}")
    file = tmp_path / "content" / "measures.yaml"
    file.write_text(f"{file.read_text(encoding='utf-8')}\n{''.join(measures)}", encoding="utf-8")
    return book_of(tmp_path, "2018-06-12")
