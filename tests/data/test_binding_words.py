"""Words, judgements, projections, similar groups and parts of parts by name, worked out a second time by hand."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest

from papergen.diagnostics import Span
from papergen.values.periods import Month, months_period, year_period
from tests.data.known_numbers import (
    BURGLARY,
    LAST_YEAR,
    Q3,
    RATED,
    SEASON,
    TO_DATE,
    TWELVE,
    UP_TO_NOW,
    burglary,
    shown,
    total,
)
from tests.support.small import Workspace


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("burglary.title", "Burglary"),
        ("burglary.unit", "offences"),
        ("burglary.source", "Crime system"),
        ("burglary.data_to", "31\u00a0December 2015"),
        ("early.data_to", "30\u00a0November 2015"),
        ("late.data_to", "31\u00a0January 2016"),
        ("yearly.data_to", "31\u00a0March 2015"),
        ("burglary.latest.period", "December 2015"),
        ("burglary.latest.period | months", "December 2015"),
        ("burglary.quarter.period", "1\u00a0October to 31\u00a0December 2015"),
        ("burglary.quarter.period | quarter", "third quarter of 2015/16"),
        ("yearly.latest.period", "1\u00a0April 2014 to 31\u00a0March 2015"),
        ("yearly.latest.period | months", "April 2014 to March 2015"),
        ("volunteers", "102"),
        ("volunteers + watchers", "209"),
        ("(watchers - volunteers) | more", "5 more than"),
        ("(volunteers - watchers) | more", "5 fewer than"),
        ("grant", "£500,000"),
        ("grant.source", "Home Office"),
    ],
)
def test_words_days_and_facts(expression: str, text: str, orchard: Workspace) -> None:
    assert orchard.text(expression) == text


def test_a_sum_of_facts_comes_from_the_lines_of_both(orchard: Workspace) -> None:
    value = orchard.value("volunteers + watchers")
    assert value.sources == (Span("content/data/facts.csv", 2), Span("content/data/facts.csv", 3))
    assert value.measures == ("volunteers", "watchers")


def test_the_words_of_a_measure_come_from_the_catalogue(orchard: Workspace) -> None:
    (source,) = orchard.value("burglary.title").sources
    assert (source.file, source.line) == ("content/measures.yaml", 1)


@pytest.mark.parametrize(
    ("expression", "text", "lines"),
    [
        ("spike.judgement", "Increased volumes", range(2, 47)),
        ("spike.judgement.reason", "November 2015: above the upper limit.", range(2, 47)),
        ("quiet.judgement", "No significant change", range(14, 47)),  # from April 2013, where the measure starts
        ("season.judgement", "Continued decline in volumes", range(2, 47)),
    ],
)
def test_a_judgement_rests_on_the_rows_that_are_judged(
    expression: str, text: str, lines: range, orchard: Workspace
) -> None:
    value = orchard.value(expression)
    assert value.text == text
    assert [source.line for source in value.sources] == list(lines)
    assert value.measures == (expression.split(".", maxsplit=1)[0],)


def test_a_seasonal_measure_has_no_average_of_its_months(orchard: Workspace) -> None:
    code, message, hint = orchard.problem("season.average")
    assert (code, message) == ("V104", "“season” is judged by its season, so it has no average of its months.")
    assert ".rolling_average" in hint
    assert orchard.problem("season.quarterly_average")[:2] == (code, message)
    assert orchard.text("season.rolling_average") == shown(total(SEASON, TWELVE).total / 12)


def test_the_analysts_own_projection_is_the_latest_before_the_meeting(orchard: Workspace) -> None:
    before = burglary(LAST_YEAR)
    assert orchard.quantity("own_range.projection.low").value == before.total * Fraction(955, 1000)
    assert orchard.quantity("own_range.projection.high").value == before.total * Fraction(112, 100)
    assert orchard.text("own_range.projection.low_change | increase") == "a reduction of 5%"
    assert orchard.text("own_range.projection.high_change | increase") == "an increase of 12%"
    assert orchard.text("own_range.projection.basis") == "Force analysts, 20\u00a0January 2016"
    assert orchard.text("own_range.projection.year") == "2015/16"
    first, *rows = orchard.value("own_range.projection.low").sources
    assert first == Span("content/measures.yaml", 17, 7)
    assert {row.line for row in rows} == before.lines


def test_one_projected_figure_is_a_point_and_one_change(orchard: Workspace) -> None:
    before = burglary(LAST_YEAR).total
    assert orchard.text("own_figure.projection.point") == "31,000"
    assert orchard.quantity("own_figure.projection.change").value == (31000 - before) / before * 100
    code, _, hint = orchard.problem("own_range.projection.change")
    assert code == "V102"
    assert "low_change" in hint


def test_a_projection_worked_out_rests_on_all_rows_up_to_now(orchard: Workspace) -> None:
    low, point, high = (orchard.quantity(f"burglary.projection.{name}").value for name in ("low", "point", "high"))
    to_date = burglary(TO_DATE).total

    def past(first: Month, last: Month, years: int) -> Fraction:
        """The same months of so many years before; the data begin in April 2012."""
        months = [months_period(first.plus(-12 * back), last.plus(-12 * back)) for back in range(1, years + 1)]
        return sum((burglary(each).total for each in months), Fraction())

    left = Month(2016, 1), Month(2016, 3)
    by_year = to_date * past(*left, 3) / past(Month(2015, 4), Month(2015, 12), 3)
    by_twelve_months = burglary(TWELVE).total * past(*left, 2) / past(Month(2015, 1), Month(2015, 12), 2)
    quarter = Month(2015, 10), Month(2015, 12)
    by_quarter = burglary(months_period(*quarter)).total * past(*left, 3) / past(*quarter, 3)
    assert float(point - to_date) == pytest.approx(math.cbrt(by_year * by_twelve_months * by_quarter))
    assert to_date < low < point < high
    before = burglary(LAST_YEAR).total
    assert orchard.quantity("burglary.projection.low_change").value == (low - before) / before * 100
    assert {source.line for source in orchard.value("burglary.projection.low").sources} == burglary(UP_TO_NOW).lines
    assert orchard.value("burglary.projection.low").periods == (year_period(2015),)
    assert "data to December 2015" in orchard.text("burglary.projection.basis")


def rate(force: str) -> Fraction:
    return Fraction(total(RATED, TWELVE, force).total * 1000, 100_000)


OTHERS = ("Avonside", "Bredon", "Clee")


@pytest.mark.parametrize(
    ("expression", "number"),
    [
        ("rated.peers.rank", Fraction(4)),
        ("rated.peers.of", Fraction(4)),
        ("rated.peers.rate", rate("Orchard")),
        ("rated.peers.gap_to_top", rate("Orchard") - rate("Avonside")),
    ],
)
def test_a_force_beside_its_group(expression: str, number: Fraction, orchard: Workspace) -> None:
    quantity, value = orchard.quantity(expression), orchard.value(expression)
    assert quantity.value == number
    assert value.periods == (TWELVE,)
    assert value.measures == ("rated",)
    twelve = {("content/data/rated.csv", line) for line in total(RATED, TWELVE).lines}
    people = {("content/data/population.csv", line) for line in range(6, 10)}  # those of mid-2015
    assert {(source.file, source.line) for source in value.sources} == twelve | people


def test_level_and_movement_in_the_group(orchard: Workspace) -> None:
    assert orchard.text("rated.peers.level") == "above"
    assert orchard.text("rated.peers.top") == "Avonside"
    assert orchard.text("rated.peers.movement") == "deteriorating"
    assert orchard.text("rated.peers.period | months") == "January to December 2015"
    assert "Similar: where 95 of 100 forces" in orchard.text("rated.peers.method")


def test_movement_rests_on_every_month_and_not_only_on_the_last_twelve(orchard: Workspace) -> None:
    sources = {(source.file, source.line) for source in orchard.value("rated.peers.movement").sources}
    counted = {("content/data/rated.csv", line) for line in total(RATED, UP_TO_NOW).lines}
    people = {("content/data/population.csv", line) for line in range(2, 10)}
    assert sources == counted | people


def test_a_measure_with_peers_counts_its_own_force_alone(orchard: Workspace) -> None:
    own = total(RATED, Q3, "Orchard")
    assert orchard.quantity("rated.quarter").value == own.total
    assert {source.line for source in orchard.value("rated.quarter").sources} == own.lines
    assert orchard.quantity('rated.by(force="Clee").quarter').value == total(RATED, Q3, "Clee").total


def test_a_measure_may_be_narrowed_by_one_column_after_another(orchard: Workspace) -> None:
    both_ways = total([row for row in BURGLARY if "North" in row.words], Q3, "Homes")
    for expression in (
        'burglary.area("North").by(kind="Homes")',
        'burglary.by(kind="Homes").area("North")',
        'burglary.by(kind="Homes", area="North")',
    ):
        assert orchard.quantity(f"{expression}.quarter").value == both_ways.total
        assert {source.line for source in orchard.value(f"{expression}.quarter").sources} == both_ways.lines


def test_a_part_of_a_part_is_a_share_of_that_part(orchard: Workspace) -> None:
    north = burglary(Q3, "North")
    homes = total([row for row in BURGLARY if "North" in row.words], Q3, "Homes")
    assert orchard.quantity('burglary.area("North").by(kind="Homes").share').value == homes.total / north.total * 100
    towns = burglary(Q3, "North", "South")
    share_of_towns = orchard.quantity('burglary.by(area=["North", "South"]).area("North").share').value
    assert share_of_towns == north.total / towns.total * 100


@pytest.mark.parametrize(
    "expression",
    [
        'burglary.area("North").area("South").share',
        'burglary.by(kind="Homes").by(kind="Shops").quarter',
        'burglary.by(area=["North", "South"]).by(area=["South", "Telford & Wrekin"]).quarter',
        'homes.by(kind="Shops").quarter',
    ],
)
def test_a_measure_narrowed_to_nothing_is_refused(expression: str, orchard: Workspace) -> None:
    code, message, hint = orchard.problem(expression)
    assert code == "V104"
    assert "“Shops”" in message or "“South”" in message or "“Telford & Wrekin”" in message
    assert hint
