from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papergen.diagnostics import Span
from papergen.values.periods import quarter_period
from papergen.values.quantities import Kind, Origin, Quantity, print_number, print_quantity, rounded


def quantity(number: str, kind: Kind = Kind.NUMBER, decimals: int = 0) -> Quantity:
    return Quantity(value=Fraction(number), kind=kind, decimals=decimals)


@pytest.mark.parametrize(
    ("number", "decimals", "printed"),
    [
        ("27.5", 0, "28"),
        ("-27.5", 0, "−28"),
        ("26.5", 0, "27"),
        ("27.4999999999", 0, "27"),
        ("0.5", 0, "1"),
        ("-0.5", 0, "−1"),
        ("0.49", 0, "0"),
        ("-0.49", 0, "0"),
        ("-0.04", 1, "0.0"),
        ("2.675", 2, "2.68"),  # a float would be just below, and print 2.67
        ("-2.675", 2, "−2.68"),
        ("1.005", 2, "1.01"),
        ("1.045", 2, "1.05"),
        ("0.05", 1, "0.1"),
        ("99.95", 1, "100.0"),
        ("999.5", 0, "1,000"),
        ("1/3", 4, "0.3333"),
        ("2/3", 4, "0.6667"),
        ("7", 2, "7.00"),
        ("0", 0, "0"),
        ("0.06", 2, "0.06"),
        ("999", 0, "999"),
        ("1000", 0, "1,000"),
        ("-1234567.5", 0, "−1,234,568"),
        ("1234567.891", 1, "1,234,567.9"),
        ("123456789012345678901234567890", 0, "123,456,789,012,345,678,901,234,567,890"),
    ],
)
def test_a_half_is_rounded_away_from_zero(number: str, decimals: int, printed: str) -> None:
    assert print_number(Fraction(number), decimals) == printed


@pytest.mark.parametrize(
    ("number", "kind", "printed"),
    [
        ("2451", Kind.COUNT, "2,451"),
        ("-13", Kind.COUNT, "−13"),
        ("2044", Kind.PEOPLE, "2,044"),
        ("27.5", Kind.PERCENTAGE, "28%"),
        ("-3.5", Kind.PERCENTAGE, "−4%"),
        ("14", Kind.POINTS, "14 percentage points"),
        ("1", Kind.POINTS, "1 percentage point"),
        ("-1", Kind.POINTS, "−1 percentage point"),
        ("1.4", Kind.POINTS, "1 percentage point"),
        ("0.5", Kind.POINTS, "1 percentage point"),
        ("0", Kind.POINTS, "0 percentage points"),
        ("0.4", Kind.POINTS, "0 percentage points"),
        ("1.5", Kind.POINTS, "2 percentage points"),
        ("500000", Kind.POUNDS, "£500,000"),
        ("-500000", Kind.POUNDS, "−£500,000"),
        ("1234.5", Kind.POUNDS, "£1,234.50"),
        ("-0.07", Kind.POUNDS, "−£0.07"),
        ("10.005", Kind.POUNDS, "£10.01"),
        ("-0.004", Kind.POUNDS, "£0.00"),
        ("12", Kind.MINUTES, "12"),
        ("40", Kind.HOURS, "40"),
        ("3", Kind.RANK, "3"),
    ],
)
def test_a_number_is_printed_as_its_kind(number: str, kind: Kind, printed: str) -> None:
    assert print_quantity(quantity(number, kind)) == printed
    assert str(quantity(number, kind)) == printed


@pytest.mark.parametrize(
    ("number", "kind", "decimals", "printed"),
    [
        ("1234.5", Kind.POUNDS, 0, "£1,235"),
        ("1234.5", Kind.POUNDS, 1, "£1,234.5"),
        ("1000000", Kind.POUNDS, 2, "£1,000,000.00"),
        ("81.15", Kind.PERCENTAGE, 1, "81.2%"),
        ("1.04", Kind.POINTS, 1, "1.0 percentage point"),
        ("1.05", Kind.POINTS, 1, "1.1 percentage points"),
    ],
)
def test_decimals_that_are_asked_for(number: str, kind: Kind, decimals: int, printed: str) -> None:
    assert print_quantity(quantity(number, kind), decimals=decimals) == printed


def test_a_kind_prints_its_own_decimals() -> None:
    assert str(quantity("11.25", Kind.MINUTES, decimals=1)) == "11.3"


def test_two_origins_put_together_name_everything_once() -> None:
    first, second, third = (Span("content/data/a.csv", line) for line in (2, 3, 4))
    q2, q3 = quarter_period(2015, 2), quarter_period(2015, 3)
    one = Origin(measures=("robbery",), periods=(q3,), rows=(first, second))
    other = Origin(measures=("robbery", "theft"), periods=(q2, q3), rows=(second, third))
    assert one + other == Origin(measures=("robbery", "theft"), periods=(q3, q2), rows=(first, second, third))


EXACT = st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**6)
PLACES = st.integers(0, 4)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=6), PLACES)
def test_rounding_is_that_of_the_decimal_module(number: Decimal, places: int) -> None:
    expected = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    assert rounded(Fraction(number), places) == Fraction(expected)


@given(EXACT, PLACES)
def test_what_is_printed_is_the_rounded_number(number: Fraction, places: int) -> None:
    printed = print_number(number, places)
    assert Fraction(printed.replace(",", "").replace("−", "-")) == rounded(number, places)
    assert abs(rounded(number, places) - number) * 2 * 10**places <= 1
    assert ("−" in printed) == (rounded(number, places) < 0)
    assert len(printed.partition(".")[2]) == places


@given(EXACT, PLACES, st.sampled_from(Kind))
def test_every_kind_prints_the_rounded_number(number: Fraction, places: int, kind: Kind) -> None:
    printed = print_quantity(Quantity(value=number, kind=kind), decimals=places)
    plain = printed.removesuffix("%").replace("£", "").replace(",", "").replace("−", "-").split(" ")[0]
    assert Fraction(plain) == rounded(number, places)
    assert printed == print_quantity(Quantity(value=number, kind=kind, decimals=places), decimals=places)
