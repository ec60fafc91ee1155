"""One-off facts, ``content/data/facts.csv``: grants, limits and counts supplied once, used by name like a measure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from papergen import codes
from papergen.data.text_files import read_records
from papergen.diagnostics import Diagnostics, Severity, Span
from papergen.values.cell_numbers import parse_number
from papergen.values.facts import Fact
from papergen.values.period_names import parse_period
from papergen.values.periods import Period
from papergen.values.quantities import LONG_NUMBER, MOST_DIGITS, Kind, Origin, Quantity
from papergen.workspace.measures import DATA_FOLDER, ID, RESERVED, Measures
from papergen.world import World

FACTS_FILE = f"{DATA_FOLDER}/facts.csv"
COLUMNS = ("id", "value", "unit", "date", "scope", "source", "owner")
SCOPES = ("force", "alliance")

_KINDS = {kind.value: kind for kind in Kind} | {"percent": Kind.PERCENTAGE, "%": Kind.PERCENTAGE}


def read_facts(world: World, meeting: date, *, measures: Measures, diagnostics: Diagnostics) -> Fact:
    """The facts, as parts by their id.

    One that stands there for several dates is that of the latest on or before ``meeting``.
    """
    if not world.is_file(FACTS_FILE):
        return Fact()
    told = diagnostics.count(Severity.ERROR)
    facts: dict[str, tuple[Period, Fact]] = {}
    seen: dict[tuple[str, Period], int] = {}
    records = read_records(world, FACTS_FILE, columns=COLUMNS, diagnostics=diagnostics)
    if not records and diagnostics.count(Severity.ERROR) > told:
        return Fact(is_whole=False)
    for record in records:
        at = Span(FACTS_FILE, record.line)
        name, period = record.cells["id"], parse_period(record.cells["date"])
        if not ID.fullmatch(name) or name in RESERVED:
            diagnostics.add(
                codes.SETTING_INVALID,
                at,
                f"“{name}” cannot be the id of a fact.",
                "Use small letters, digits and underscores, beginning with a letter, such as ocu_grant.",
            )
            continue
        if period is None:
            facts[name] = (Period(date.max, date.max), Fact(is_whole=False))
            diagnostics.add(
                codes.DATA_PERIOD,
                at,
                f"“{record.cells['date']}” is no date.",
                "Write a day, a month such as 2015-12, a quarter such as 2015/16 Q3 or a year such as 2015/16.",
            )
            continue
        if name in measures.settings or (name, period) in seen:
            where = f"row {seen[name, period]}" if (name, period) in seen else "content/measures.yaml, as a measure"
            diagnostics.add(codes.FACT_TWICE, at, f"“{name}” stands in {where} already.", "Give it another id.")
            continue
        seen[name, period] = record.line
        fact = _fact(name, period, at, record.cells, diagnostics) or Fact(is_whole=False)
        if period.starts > meeting or (name in facts and facts[name][0].starts > period.starts):
            continue
        facts[name] = (period, fact)
    return Fact(parts={name: fact for name, (_, fact) in facts.items()})


def _fact(name: str, period: Period, at: Span, cells: Mapping[str, str], diagnostics: Diagnostics) -> Fact | None:
    for column in ("value", "source", "owner"):
        if not cells[column]:
            diagnostics.add(codes.DATA_ROW, at, f"The fact “{name}” has no {column}.", "Fill it in.")
            return None
    if cells["scope"] not in SCOPES:
        diagnostics.add(
            codes.SETTING_INVALID, at, f"The scope “{cells['scope']}” is not known.", "Write force or alliance."
        )
        return None
    parts = {column: Fact(cells[column], at) for column in ("unit", "scope", "source", "owner") if cells[column]}
    parts["date"] = Fact(period.starts if period.days == 1 else period, at)
    origin = Origin(measures=(name,), periods=(period,), rows=(at,))
    if cells["unit"] == "text":
        return Fact(cells["value"], at, parts, origin=origin)
    if LONG_NUMBER.search(cells["value"]):
        diagnostics.add(
            codes.NUMBER_TOO_LONG,
            at,
            f"The fact “{name}” is a number of more than {MOST_DIGITS} digits.",
            "Write the number in full, or its words with “text” as the unit.",
        )
        return None
    number = parse_number(cells["value"])
    if number is None:
        diagnostics.add(
            codes.DATA_NUMBER,
            at,
            f"“{cells['value']}” is no number.",
            "Write the number alone; for words write “text” as the unit.",
        )
        return None
    decimals = max(0, -int(number.as_tuple().exponent))
    kind = _KINDS.get(cells["unit"], Kind.COUNT)
    return Fact(Quantity(value=Fraction(number), kind=kind, decimals=decimals, origin=origin), at, parts)
