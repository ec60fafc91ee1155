"""Why a number is printed: every place where it stands, what it was worked out from, and how."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from papergen.diagnostics import read_lines
from papergen.language.numbers import Sort, State, numbers_in
from papergen.manifest.evidence import FACT
from papergen.manifest.record import Chart, Evidence, Measure, Number, file_and_lines
from papergen.values.periods import NBSP, read_interval
from papergen.values.quantities import MINUS

MOST_NEAR = 5
_LONGEST = 20_000
"""Letters of a list from the settings that are still looked through for a number."""

_SIGNS = str.maketrans({NBSP: " ", MINUS: "-", ",": ""})
_APART = re.compile(r"(?<=\d) +(?=%)|(?<=\d) ?(?:pc|p\.c\.)(?!\w)|(?<=£) +")
"""What people write between a number and its mark, or for the mark."""
_SHORT = re.compile(r"(?<=\d) ?(k|m|bn)$", re.IGNORECASE)
_WHOLE = {"k": " thousand", "m": " million", "bn": " billion"}
_MARKS = {Sort.MONEY: "£", Sort.PERCENTAGE: "%", Sort.ORDINAL: "th"}


@dataclass(frozen=True, slots=True)
class Amount:
    """A number by itself: what it comes to, and whether it is pounds, a percentage or a place in an order."""

    value: Fraction
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """Where a number is printed, the charts that show it, and numbers like it when it is nowhere."""

    numbers: tuple[Number, ...]
    charts: tuple[Chart, ...]
    near: tuple[str, ...] = ()


def why(wanted: str, evidence: Evidence) -> Answer:
    """Where ``wanted`` is printed: as it was typed, or the same number in other words, such as “16” for “sixteen”."""
    every = [each for each in evidence.numbers if len(each.print) <= _LONGEST]
    for same in (_is_same, _is_same_value):
        numbers = tuple(each for each in every if same(wanted, each.print))
        charts = tuple(each for each in evidence.charts if any(same(wanted, shown) for shown in each.shows))
        if numbers or charts:
            return Answer(numbers, charts)
    printed = [each.print for each in every]
    printed += [shown for each in evidence.charts for shown in each.shows]
    return Answer((), (), tuple(_near(wanted, dict.fromkeys(printed))))


def _settled(text: str) -> str:
    return " ".join(_joined(text).casefold().split())


def _joined(text: str) -> str:
    """A text with every mark directly beside its number, and signs as they are typed."""
    return _APART.sub(lambda found: "" if not found[0].strip() else "%", text.translate(_SIGNS))


def _is_same(wanted: str, printed: str) -> bool:
    dates = (found.text for found in numbers_in(printed) if found.state is State.DATE)
    if _settled(wanted) in {_settled(each) for each in (printed, *dates)}:
        return True
    amounts = _asked(wanted)
    return len(amounts) == 1 and _may_be(wanted, printed) and amounts <= set(amounts_in(printed))


def _is_same_value(wanted: str, printed: str) -> bool:
    """The bare number with a mark beside it, where nobody prints it bare."""
    amounts, values = _asked(wanted), {each.value for each in amounts_in(printed)}
    return {each.mark for each in amounts} == {""} and _may_be(wanted, printed) and {a.value for a in amounts} <= values


def _asked(wanted: str) -> set[Amount]:
    """The numbers in what somebody asks for, to whom 25m is 25 million."""
    return set(amounts_in(_SHORT.sub(lambda found: _WHOLE[found[1].casefold()], _joined(wanted))))


def _may_be(wanted: str, printed: str) -> bool:
    """Whether the sign that is asked for is the one that is printed; a plus need not be, and none asks for either."""
    sign, other = _settled(wanted)[:1], _settled(printed)[:1]
    return sign == other if sign == "-" else (sign, other) != ("+", "-")


def amounts_in(text: str) -> Iterator[Amount]:
    """The numbers in ``text``, which are not parts of a date."""
    for found in numbers_in(_joined(text)):
        if found.state is not State.DATE:
            yield Amount(abs(found.worth), _MARKS.get(found.sort, ""))


def _near(wanted: str, printed: Iterable[str]) -> list[str]:
    """The numbers most like the one wanted: with digits exchanged, rounded in another way, or mistyped."""
    like = {_settled(each): each for each in printed}
    settled = _settled(wanted)
    near = [each for each in like if each != settled and len(each) == len(settled) and sorted(each) == sorted(settled)]
    amounts = list(amounts_in(wanted))
    if len(amounts) == 1 and (value := amounts[0].value):
        distances = [(abs(found.value - value) / value, each) for each in like for found in amounts_in(each)]
        near += [each for distance, each in sorted(distances) if distance <= Fraction(1, 100)]
    near += difflib.get_close_matches(settled, like, n=MOST_NEAR, cutoff=0.7)
    return [like[each] for each in dict.fromkeys(near)][:MOST_NEAR]


def how(number: Number, measures: Iterable[Measure]) -> str:
    """How a number came about, on one line."""
    known = {measure.id: measure for measure in measures}
    used = [known[name] for name in number.measures if name in known]
    if not number.expression and not number.rows:
        return "typed"
    if not used:
        return "printed by its name, as it was typed in the settings"
    periods = [read_interval(each).name for each in number.periods]
    if all(measure.combine == FACT for measure in used):
        supplied = f"supplied once, for {' and '.join(periods) or 'the meeting'}"
        return supplied if len(used) == 1 else "worked out from facts supplied once"
    if not {"+", "-", "/"}.isdisjoint(number.how):
        return "worked out as the expression says, each part from its rows"
    made = _Made(used[0], periods)
    steps = [_STEPS[step] for step in _STEPS if step in number.how[1:]]
    return steps[-1](made) if steps else str(made)


@dataclass(frozen=True, slots=True)
class _Made:
    """What makes one number of the rows of a measure, and the periods that a number is of."""

    measure: Measure
    periods: list[str]

    @property
    def of_rows(self) -> str:
        if self.measure.of:
            share = ", as a percentage" if self.measure.kind == "percentage" else ""
            return f"the sum of “{self.measure.value}” divided by the sum of “{self.measure.of}”{share}"
        return "the last observation" if self.measure.combine == "last" else f"the {self.measure.combine} of the rows"

    @property
    def period(self) -> str:
        return self.periods[0] if self.periods else ""

    def __str__(self) -> str:
        return f"{self.of_rows}, {self.period}"


def _change(made: _Made) -> str:
    return f"the change to {made.periods[0]} from {made.periods[-1]}, each {made.of_rows}"


def _rolling_average(made: _Made) -> str:
    if made.measure.combine == "last" and not made.measure.of:
        return f"the mean of the observations, {made.period}"
    return f"{made}, divided by its months where it is a count (by its quarters where it is counted by the quarter)"


_STEPS: dict[str, Callable[[_Made], str]] = {
    "judgement": lambda made: f"the judgement of the control limits, for {made.period}",
    "average": lambda made: f"the mean of the months since the last step change, {made.period}",
    "average_before": lambda made: f"the mean of the months before the last step change, {made.period}",
    "quarterly_average": lambda made: f"three times the mean of the months, {made.period}",
    "rolling_average": _rolling_average,
    "per_day": lambda made: f"{made}, divided by its days",
    "per_month": lambda made: f"{made}, divided by its months",
    "share": lambda made: f"{made}, as a percentage of the whole measure",
    "share_of": lambda made: f"{made}, as a percentage of the other measure",
    "change": _change,
    "change_on_last_year": _change,
    "change_from": lambda made: (
        _change(made) if len(made.periods) > 1 else f"{made}, less the same of the other measure"
    ),
    "projection": lambda made: f"the projection for {made.period}",
    "peers": lambda made: f"from the comparison with the most similar group, {made.period}",
}
"""What the parts of an expression say, those that come later in it further down."""


def places(rows: Iterable[str]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Each file in ``rows`` with its lines, which are none where the whole file is meant."""
    for file, listed in map(file_and_lines, rows):
        yield file, tuple(read_lines(listed)) if listed else ()
