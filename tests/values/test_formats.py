from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papergen.values.formats import FORMATS, NUMBER_FORMATS, formatted, number_in_words, ordinal, print_fact
from papergen.values.periods import ACADEMIC, CALENDAR, Month, Period, months_period, quarter_period, year_period
from papergen.values.quantities import Kind, Quantity, rounded


def percent(number: str) -> Quantity:
    return Quantity(value=Fraction(number), kind=Kind.PERCENTAGE)


def change(number: str, kind: Kind = Kind.PERCENTAGE, decimals: int = 0) -> Quantity:
    return Quantity(value=Fraction(number), kind=kind, decimals=decimals, is_change=True)


def count(number: str) -> Quantity:
    return Quantity(value=Fraction(number), kind=Kind.COUNT)


# ---------------------------------------------------------------------------------------------------------------------
# Directions


UP, DOWN, SAME, LITTLE_UP, LITTLE_DOWN = "27.5", "-3.5", "0", "0.3", "-0.3"
DIRECTIONS = {
    "increase": (
        "an increase of 28%",
        "a reduction of 4%",
        "no change",
        "an increase of less than 1%",
        "a reduction of less than 1%",
    ),
    "rose": ("rose by 28%", "fell by 4%", "did not change", "rose by less than 1%", "fell by less than 1%"),
    "up": ("up 28%", "down 4%", "unchanged", "up less than 1%", "down less than 1%"),
    "direction": ("up", "down", "unchanged", "up", "down"),
    "above": ("28% above", "4% below", "level with", "less than 1% above", "less than 1% below"),
    "higher": (
        "28% higher than",
        "4% lower than",
        "the same as",
        "less than 1% higher than",
        "less than 1% lower than",
    ),
    "more": ("28% more than", "4% fewer than", "as many as", "less than 1% more than", "less than 1% fewer than"),
    "sign": ("+28%", "−4%", "0%", "+0.3%", "−0.3%"),
    "percent": ("28%", "4%", "0%", "less than 1%", "less than 1%"),
}


@pytest.mark.parametrize("name", DIRECTIONS)
def test_direction_words_follow_the_sign(name: str) -> None:
    numbers = (UP, DOWN, SAME, LITTLE_UP, LITTLE_DOWN)
    assert tuple(formatted(name, change(number)) for number in numbers) == DIRECTIONS[name]


def test_every_format_with_a_direction_is_here() -> None:
    directed = {name for name in FORMATS if formatted(name, change(UP)) != formatted(name, change("-27.5"))}
    assert directed <= {*DIRECTIONS, "number"}
    assert directed >= set(DIRECTIONS) - {"percent"}


@pytest.mark.parametrize(
    ("name", "value", "decimals", "printed"),
    [
        ("increase", change("13", Kind.COUNT), None, "an increase of 13"),
        ("more", change("-1234", Kind.PEOPLE), None, "1,234 fewer than"),
        ("more", replace(change("-50"), of=Kind.COUNT), None, "50% fewer than"),
        ("more", replace(change("-50"), of=Kind.POUNDS), None, "50% less than"),
        ("more", replace(change("0"), of=Kind.MINUTES), None, "as much as"),
        ("more", change("-1.5", Kind.NUMBER, 1), None, "1.5 less than"),
        ("rose", change("-14", Kind.POINTS), None, "fell by 14 percentage points"),
        ("rose", change("1", Kind.POINTS), None, "rose by 1 percentage point"),
        ("up", change("-0.2", Kind.POINTS), None, "down less than 1 percentage point"),
        ("increase", change("-0.3"), 1, "a reduction of 0.3%"),
        ("increase", change("0.04"), 1, "an increase of less than 0.1%"),
        ("above", change("-1250.5", Kind.POUNDS), None, "£1,250.50 below"),
        ("higher", change("0.75", Kind.RATE, 1), None, "0.8 higher than"),
        ("higher", change("0.04", Kind.RATE, 1), None, "less than 0.1 higher than"),
        ("sign", change("14", Kind.POINTS), None, "+14 percentage points"),
        ("sign", change("0.25", Kind.POUNDS), None, "+£0.25"),
        ("sign", change("-0.25", Kind.POUNDS), None, "−£0.25"),
        ("increase", change("0.25", Kind.POUNDS), None, "an increase of £0.25"),
        ("increase", change("-0.001", Kind.POUNDS), None, "a reduction of less than £0.01"),
        ("sign", change("0.04"), 1, "+0.04%"),
        ("sign", change("0.05"), 1, "+0.1%"),
        ("points", change("-14", Kind.POINTS), None, "14 percentage points"),
        ("pounds", change("-5", Kind.POUNDS), None, "£5"),
        ("number", change("-13.5"), 1, "−13.5"),
    ],
)
def test_directions_of_other_kinds(name: str, value: Quantity, decimals: int | None, printed: str) -> None:
    assert formatted(name, value, decimals) == printed


def test_only_a_change_has_a_direction() -> None:
    for name in ("increase", "rose", "up", "above", "higher", "more", "direction"):
        assert formatted(name, count("13")) is None
    assert formatted("sign", count("13")) == "+13"


UPWARDS = {"increase", "rose", "rise", "up", "above", "higher", "more"}
DOWNWARDS = {"less", "reduction", "fell", "fall", "down", "below", "lower", "fewer"}
LEVEL = {"as much as", "no change", "did not change", "unchanged", "level with", "the same as", "as many as"}
SIZES = st.fractions(min_value=-1000, max_value=1000, max_denominator=10_000)


@given(SIZES, st.sampled_from(Kind), st.none() | st.integers(0, 4))
def test_direction_words_never_disagree_with_the_sign(size: Fraction, kind: Kind, decimals: int | None) -> None:
    value = Quantity(value=size, kind=kind, is_change=True)
    for name in ("increase", "rose", "up", "above", "higher", "more", "direction"):
        printed = formatted(name, value, decimals)
        assert printed is not None
        words = set(re.sub(r"less than (?=[£\d])", "", printed).split())
        assert bool(words & UPWARDS) == (size > 0)
        assert bool(words & DOWNWARDS) == (size < 0)
        assert (printed in LEVEL) == (size == 0)
        assert "−" not in printed
        assert "+" not in printed
        assert not any(word.strip("£%,") in ("0", "0.0", "0.00") for word in words)
    signed = formatted("sign", value, decimals)
    assert signed is not None
    assert not (signed.startswith("+") and size <= 0)
    assert not (signed.startswith("−") and size >= 0)


# ---------------------------------------------------------------------------------------------------------------------
# Numbers


@pytest.mark.parametrize(
    ("name", "value", "decimals", "printed"),
    [
        ("number", percent("81.15"), None, "81"),
        ("number", percent("0.04"), 1, "less than 0.1"),
        ("number", percent("0"), 1, "0.0"),
        ("number", percent("81.15"), 1, "81.2"),
        ("number", Quantity(value=Fraction(500_000), kind=Kind.POUNDS), None, "500,000"),
        ("percent", percent("81.15"), None, "81%"),
        ("percent", percent("81.15"), 1, "81.2%"),
        ("percent", percent("-3"), None, "−3%"),
        ("percent", count("81"), None, None),
        ("points", percent("81"), None, None),
        ("pounds", Quantity(value=Fraction("12.5"), kind=Kind.POUNDS), None, "£12.50"),
        ("pounds", count("12"), None, None),
        ("words", count("16"), None, "sixteen"),
        ("words", count("0"), None, "zero"),
        ("words", count("999"), None, "nine hundred and ninety-nine"),
        ("words", count("1000"), None, None),
        ("words", count("-3"), None, None),
        ("words", count("3.5"), None, None),
        ("words", change("-3", Kind.COUNT), None, "three"),
        ("words", change("2.7"), None, "three"),  # as every other format rounds it
        ("words", change("-27.5"), None, "twenty-eight"),
        ("words", change("999.5"), None, None),
        ("ordinal", count("3"), None, "3rd"),
        ("ordinal", count("0"), None, None),
        ("ordinal", count("-3"), None, None),
        ("ordinal", count("2.5"), None, None),
        ("fraction", count("50"), None, None),
    ],
)
def test_numbers(name: str, value: Quantity, decimals: int | None, printed: str | None) -> None:
    assert formatted(name, value, decimals) == printed


WORDS = {
    0: "zero", 1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine",
    10: "ten", 11: "eleven", 12: "twelve", 13: "thirteen", 14: "fourteen", 15: "fifteen", 16: "sixteen",
    17: "seventeen", 18: "eighteen", 19: "nineteen", 20: "twenty", 21: "twenty-one", 30: "thirty", 40: "forty",
    42: "forty-two", 50: "fifty", 60: "sixty", 70: "seventy", 80: "eighty", 90: "ninety", 99: "ninety-nine",
    100: "one hundred", 101: "one hundred and one", 110: "one hundred and ten", 115: "one hundred and fifteen",
    120: "one hundred and twenty", 342: "three hundred and forty-two", 900: "nine hundred",
}  # fmt: skip


def test_numbers_in_words() -> None:
    assert {number: number_in_words(number) for number in WORDS} == WORDS


def test_every_number_in_words_says_that_number() -> None:
    """Read back by adding up its words, from 0 to 999."""
    values = {word: number for number, word in WORDS.items() if "-" not in word and " " not in word}
    for number in range(1000):
        found = 0
        for word in number_in_words(number).replace("-", " ").replace(" and ", " ").split():
            found = found * 100 if word == "hundred" else found + values[word]
        assert found == number
    assert len({number_in_words(number) for number in range(1000)}) == 1000


@pytest.mark.parametrize(
    ("numbers", "ending"),
    [
        ((1, 21, 101, 121, 1001), "st"),
        ((2, 22, 102, 1002), "nd"),
        ((3, 23, 103), "rd"),
        ((4, 10, 11, 12, 13, 14, 20, 30, 100, 111, 112, 113, 211, 1011, 1012, 1013), "th"),
    ],
)
def test_ordinals(numbers: tuple[int, ...], ending: str) -> None:
    assert [ordinal(number) for number in numbers] == [f"{number}{ending}" for number in numbers]


FRACTIONS = {
    "a tenth": "10", "a fifth": "20", "a quarter": "25", "a third": "100/3", "two-fifths": "40", "half": "50",
    "three-fifths": "60", "two-thirds": "200/3", "three-quarters": "75", "four-fifths": "80", "nine-tenths": "90",
}  # fmt: skip


@pytest.mark.parametrize(("words", "exact"), FRACTIONS.items())
def test_a_share_near_a_simple_fraction_is_told_as_one(words: str, exact: str) -> None:
    share, most, over = Fraction(exact), Fraction(1 if words == "half" else 2), Fraction(201, 100)
    for printed, number in ((words, share), (words, share - most), (words, share + most), (words, -share)):
        assert formatted("fraction", Quantity(value=number, kind=Kind.PERCENTAGE)) == printed
    for number in (share - over, share + over):
        assert formatted("fraction", Quantity(value=number, kind=Kind.PERCENTAGE)) != words


@pytest.mark.parametrize(
    "number", ["0", "7.9", "12.1", "22.5", "29", "45", "55", "70", "71", "85", "92.1", "100", "150"]
)
def test_a_share_that_is_near_none_is_not_told_as_one(number: str) -> None:
    assert formatted("fraction", percent(number)) is None


# ---------------------------------------------------------------------------------------------------------------------
# Days, months and words


DAY = date(2016, 2, 2)
THIRD = quarter_period(2015, 3)


@pytest.mark.parametrize(
    ("name", "value", "printed"),
    [
        ("day", DAY, "2\u00a0February 2016"),
        ("weekday", DAY, "Tuesday 2\u00a0February 2016"),
        ("month", DAY, "February 2016"),
        ("month", Month(2016, 2), "February 2016"),
        ("month", months_period(Month(2015, 12), Month(2015, 12)), "December 2015"),
        ("month", THIRD, None),
        ("year", DAY, "2016"),
        ("year", Month(2016, 2), "2016"),
        ("months", THIRD, "October to December 2015"),
        ("quarter", THIRD, "third quarter of 2015/16"),
        ("lower_first", "To do good", "to do good"),
        ("upper_first", "sixteen", "Sixteen"),
        ("upper_first", "", ""),
        ("upper_first", DAY, None),
        ("day", "2016-02-02", None),
        ("number", "13", None),
        ("words", "13", None),
        ("quarter", DAY, None),
    ],
)
def test_days_months_and_words(name: str, value: str | date | Month | Period, printed: str | None) -> None:
    assert formatted(name, value) == printed


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (DAY, "2\u00a0February 2016"),
        (Month(2015, 12), "December 2015"),
        (THIRD, "1\u00a0October to 31\u00a0December 2015"),
        (months_period(Month(2015, 12), Month(2015, 12)), "December 2015"),
        (year_period(2014), "1\u00a0April 2014 to 31\u00a0March 2015"),
        (months_period(Month(2014, 4), Month(2017, 3)), "2014/15 to 2016/17"),
        (months_period(Month(2015, 1), Month(2015, 12), CALENDAR), "2015"),
        (months_period(Month(2015, 10), Month(2015, 12), CALENDAR), "2015 Q4"),
        (months_period(Month(2015, 9), Month(2016, 8), ACADEMIC), "2015/16 (academic)"),
        (Period(date(2015, 12, 28), date(2016, 1, 3)), "week from 28\u00a0December 2015"),
        ((), ""),
        (("North",), "North"),
        (("North", "South"), "North and South"),
        (("North", "South", "East"), "North, South and East"),
        (6, "6"),
        (change("-28"), "28%"),
        (percent("-28"), "−28%"),
        (change("-14", Kind.POINTS), "14 percentage points"),
    ],
)
def test_what_is_printed_without_a_format(
    value: str | int | date | Month | Period | tuple[str, ...] | Quantity, printed: str
) -> None:
    assert print_fact(value) == printed


@given(SIZES, st.sampled_from(Kind), st.booleans(), st.none() | st.integers(0, 4))
def test_no_format_raises_and_all_print_one_number(
    size: Fraction, kind: Kind, is_change: bool, decimals: int | None
) -> None:
    value = Quantity(value=size, kind=kind, is_change=is_change)
    places = 0 if decimals is None else decimals
    for name in FORMATS:
        printed = formatted(name, value, decimals)
        assert printed != ""
        shown = rounded(size / 1_000_000 if name == "millions" else size, places)
        if printed and name in NUMBER_FORMATS and shown and not (kind is Kind.POUNDS and not decimals):
            assert f"{abs(shown).__float__():,.{places}f}" in printed


@pytest.mark.parametrize(
    ("name", "value", "decimals", "text"),
    [
        ("percent", percent("0.3"), None, "less than 1%"),
        ("percent", percent("0.03"), 1, "less than 0.1%"),
        ("percent", percent("99.7"), None, "more than 99%"),
        ("percent", percent("99.97"), 1, "more than 99.9%"),
        ("percent", percent("100"), None, "100%"),
        ("percent", percent("0"), None, "0%"),
        ("more", change("-1.5", Kind.POUNDS), None, "£1.50 less than"),
        ("more", change("-3", Kind.COUNT), None, "3 fewer than"),
        ("fraction", percent("48"), None, "nearly half"),
        ("fraction", percent("52"), None, "just over half"),
    ],
)
def test_a_number_is_printed_for_what_it_is(name: str, value: Quantity, decimals: int | None, text: str) -> None:
    assert formatted(name, value, decimals) == text


def test_an_average_that_is_not_0_is_not_printed_as_0() -> None:
    assert print_fact(Quantity(value=Fraction(1, 4), kind=Kind.COUNT)) == "less than 1"
    assert print_fact(Quantity(value=Fraction(0), kind=Kind.COUNT)) == "0"
