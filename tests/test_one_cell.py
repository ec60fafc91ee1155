"""One cell of a data file is changed: every sentence that leans on it changes, in both formats, and nothing else."""

from __future__ import annotations

import csv
import dataclasses
import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from papergen.commands.steps import read_meeting
from papergen.diagnostics import Diagnostics, Span
from papergen.model.nodes import Inlines, Paper, Paragraph, Table, Value
from papergen.model.walk import find, plain_text
from papergen.world import World
from tests.support.builds import NORFOLK, Built, built, copy_of_norfolk
from tests.support.parity import pdf_pages, squeezed, word_text

pytestmark = pytest.mark.slow

MEETING = "2018-06-12"
DATA = "content/data/recorded-crime.csv"


@dataclass(frozen=True)
class Cell:
    """The cell “value” of one row, and the number that is put there."""

    quarter: str
    force: str
    offence: str
    number: int

    @property
    def line(self) -> int:
        return next(
            line
            for line, row in enumerate(rows(NORFOLK), 2)
            if (row["quarter"], row["force"], row["offence_subgroup"]) == (self.quarter, self.force, self.offence)
        )

    @property
    def row(self) -> Span:
        return Span(DATA, self.line)

    def put(self, root: Path) -> Path:
        path = root / DATA
        lines = path.read_text(encoding="utf-8").split("\n")
        lines[self.line - 1] = re.sub(r"\d+$", str(self.number), lines[self.line - 1])
        path.write_text("\n".join(lines), encoding="utf-8")
        return root


SHOPLIFTING = Cell("2017/18 Q4", "Norfolk", "Shoplifting", 2076)
OTHERS = [
    Cell("2017/18 Q3", "Norfolk", "Robbery of personal property", 500),
    Cell("2017/18 Q1", "Norfolk", "Homicide", 11),
    Cell("2017/18 Q4", "Norfolk", "Possession of weapons offences", 129),
    Cell("2017/18 Q2", "Suffolk", "Non-domestic burglary", 1),
    Cell("2017/18 Q4", "Gloucestershire", "Trafficking of drugs", 9999),
]


def rows(root: Path) -> list[dict[str, str]]:
    with (root / DATA).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def models(root: Path) -> tuple[Paper, ...]:
    diagnostics = Diagnostics()
    read = read_meeting(World(root, diagnostics), MEETING)
    assert read is not None
    assert not diagnostics.has_errors
    return read.papers


@pytest.fixture(scope="module")
def before(norfolk: Built) -> tuple[Paper, ...]:
    return models(norfolk.root)


# ---------------------------------------------------------------------------------------------------------------------
# The model


def values(papers: tuple[Paper, ...]) -> list[Value]:
    return [found.node for found in find(papers, Value)]


def without_numbers(node: object) -> object:
    """The model with the words and numbers of its values left out, as plain tuples."""
    if isinstance(node, Value):
        node = dataclasses.replace(node, text="", quantity=None)
    if isinstance(node, tuple):
        return tuple(without_numbers(each) for each in node)
    if dataclasses.is_dataclass(node) and not isinstance(node, Span):
        fields = ((field.name, getattr(node, field.name)) for field in dataclasses.fields(node))
        return type(node).__name__, *((name, without_numbers(value)) for name, value in fields)
    return node


@cache
def catalogue() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((NORFOLK / "content" / "measures.yaml").read_text(encoding="utf-8"))
    return found


def counted(data: list[dict[str, str]], measure: str, *quarters: str) -> Fraction:
    """What a measure comes to for Norfolk, worked out from the rows and the catalogue alone."""
    where = catalogue()[measure].get("where", {})
    return Fraction(
        sum(
            int(row["value"])
            for row in data
            if row["force"] == "Norfolk"
            and row["quarter"] in quarters
            and all(row[column] in ([words] if isinstance(words, str) else words) for column, words in where.items())
        )
    )


Q3, Q4 = "2017/18 Q3", "2017/18 Q4"
YEAR = tuple(f"2017/18 Q{quarter}" for quarter in (1, 2, 3, 4))
WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
TIMES = [*WORDS, "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"]


def expected(expression: str, data: list[dict[str, str]]) -> str | None:
    """The figure that an expression prints, in plain Python; None for words and for the other forces."""
    name, _, written = (part.strip() for part in expression.partition("|"))
    measure, _, what = name.partition(".")
    now, earlier = counted(data, measure, Q4), counted(data, measure, Q3)
    if what == "quarter":
        return f"{int(now):,}"
    if what == "previous_quarter":
        return f"{int(earlier):,}"
    if what == 'year("2017/18")':
        year = counted(data, measure, *YEAR)
        return TIMES[int(year)] if written == "words" else f"{int(year):,}"
    if what == "quarter.change":
        return f"{half_up(abs(now - earlier) / earlier * 100)}%"
    if found := re.fullmatch(r"quarter\.share_of\((\w+)\)", what):
        share = now / counted(data, found[1], Q4) * 100
        tenths = half_up(share * 10)
        return f"{tenths // 10}.{tenths % 10}%" if written == "percent(1)" else f"{half_up(share)}%"
    return None


def half_up(number: Fraction) -> int:
    return int(number + Fraction(1, 2))


def check_models(old: tuple[Paper, ...], new: tuple[Paper, ...], cell: Cell, root: Path) -> set[str]:
    """That nothing but the values that rest on ``cell`` differs, and each as it should; the changed expressions."""
    assert without_numbers(old) == without_numbers(new)
    data_before, data_after = rows(NORFOLK), rows(root)
    changed: set[str] = set()
    for one, other in zip(values(old), values(new), strict=True):
        assert one.sources == other.sources
        rests_on_it = cell.row in one.sources
        assert rests_on_it or (one.text, one.quantity) == (other.text, other.quantity), one.expression
        before = expected(one.expression, data_before) if one.measures else None
        after = expected(one.expression, data_after) if one.measures else None
        if before is not None and after is not None:
            assert before in one.text
            assert after in other.text
            assert rests_on_it or before == after
            assert (one.text != other.text) or before == after
        if one.text != other.text:
            changed.add(one.expression)
    return changed


def test_the_values_that_rest_on_the_cell_change_and_nothing_else(before: tuple[Paper, ...], tmp_path: Path) -> None:
    after = models(SHOPLIFTING.put(copy_of_norfolk(tmp_path)))
    expression = "theft.quarter.change | above"
    assert {value.text for value in values(before) if value.expression == expression} == {"4% below"}
    assert {value.text for value in values(after) if value.expression == expression} == {"17% above"}
    assert check_models(before, after, SHOPLIFTING, tmp_path) == {
        "all_crime.quarter",
        "all_crime.quarter.change | increase",
        'all_crime.year("2017/18")',
        "violence.quarter.share_of(all_crime) | percent",
        "theft.quarter.share_of(all_crime) | percent",
        "theft.quarter.change | above",
        "theft.quarter.change | increase",
        "theft.quarter",
        'theft.year("2017/18")',
        "shoplifting.quarter",
        "shoplifting.quarter.change | sign",
        "shoplifting.quarter.share_of(theft) | percent",
        "shoplifting.peers.rank | ordinal",
    }


@pytest.mark.parametrize("cell", OTHERS, ids=lambda cell: f"{cell.force} {cell.offence}")
def test_any_other_cell(cell: Cell, before: tuple[Paper, ...], tmp_path: Path) -> None:
    root = cell.put(copy_of_norfolk(tmp_path))
    changed = check_models(before, models(root), cell, root)
    rest = {value.expression for value in values(before) if cell.row in value.sources}
    assert rest
    assert changed <= rest
    if cell.force != "Norfolk":
        assert {expression.split(".")[1] for expression in rest} == {"peers"}


def test_a_cell_that_no_number_rests_on_changes_nothing(before: tuple[Paper, ...], tmp_path: Path) -> None:
    cell = Cell("2017/18 Q4", "Wiltshire", "Possession of weapons offences", 7777)
    assert not any(cell.row in value.sources for value in values(before))
    root = cell.put(copy_of_norfolk(tmp_path))
    assert models(root) == before


# ---------------------------------------------------------------------------------------------------------------------
# The files


def pieces(papers: tuple[Paper, ...]) -> list[Inlines]:
    """Every paragraph and table cell, in the order of reading."""
    found: list[Inlines] = []
    for each in find(papers, Paragraph, Table):
        match each.node:
            case Paragraph(inlines=inlines):
                found.append(inlines)
            case Table(header=header, rows=rows):
                found += [cell for row in (header, *rows) for cell in row]
    return found


def changed_pieces(old: Paper, new: Paper) -> list[tuple[str, str]]:
    """The words of each paragraph and cell of a paper that differs, before and after."""
    both = zip(map(plain_text, pieces((old,))), map(plain_text, pieces((new,))), strict=True)
    return [(one, other) for one, other in both if one != other]


def test_both_formats_of_both_papers_have_the_new_figures_and_nothing_else_new(norfolk: Built, tmp_path: Path) -> None:
    after = built(SHOPLIFTING.put(copy_of_norfolk(tmp_path / "after")), MEETING)
    for old, new, name, figure in zip(
        norfolk.papers, after.papers, ("panel-report", "annex"), ("14,420", "5,363"), strict=True
    ):
        changed = changed_pieces(old, new)
        assert any(figure in now and figure not in was for was, now in changed)
        check_word(norfolk.data(f"{name}.docx"), after.data(f"{name}.docx"), changed)
        check_pdf(norfolk.data(f"{name}.pdf"), after.data(f"{name}.pdf"), changed)


def check_word(before: bytes, after: bytes, changed: list[tuple[str, str]]) -> None:
    """That the Word paper differs in the lines that changed in the model, and in no other."""
    pairs = zip(word_text(before).lines, word_text(after).lines, strict=True)
    assert sorted((was, now) for was, now in pairs if was != now) == sorted(changed)


def check_pdf(before: bytes, after: bytes, changed: list[tuple[str, str]]) -> None:
    """That the PDF has the new words and no longer the old, and differs in nothing else."""
    old, new = (squeezed("".join(pdf_pages(data))) for data in (before, after))
    for was, now in sorted(((squeezed(was), squeezed(now)) for was, now in changed), key=lambda pair: -len(pair[0])):
        assert was in old
        assert now in new
        if len(was) > 10:  # a cell is a figure alone, which may stand elsewhere
            assert was not in new
            assert now not in old
            old, new = old.replace(was, ""), new.replace(now, "")
    left = [re.sub(r"[\d,%+−]|st|nd|rd|th", "", text) for text in (old, new)]
    assert left[0] == left[1]
