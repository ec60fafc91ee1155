"""What the line below an exhibit says of numbers that are provisional or held back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from papergen.data.series import Series
from papergen.exhibits.drawing import Drawing, Rows, Told
from papergen.exhibits.options import OneMeasure, Options, Request, SeveralMeasures
from papergen.model.nodes import Value
from papergen.model.walk import find_in
from papergen.values.chrome import Chrome
from papergen.values.facts import FactError
from papergen.values.periods import Period
from papergen.values.quantities import Quantity
from papergen.values.states import NumberState

MARKS = {NumberState.PROVISIONAL: "(p)", NumberState.REVISED: "(r)", NumberState.ESTIMATED: "(e)"}
"""What stands beside a number in a cell of a table."""
MOST_NAMED = 4


def marked(text: str, quantity: Quantity) -> str:
    """A number with the marks of its states."""
    return " ".join([text, *(MARKS[state] for state in quantity.origin.states if state in MARKS)])


def state_notes(options: Options, made: Drawing | Rows, request: Request) -> tuple[str, ...]:
    """Which numbers of a chart are provisional or held back, and what the marks in a table mean."""
    if isinstance(made, Rows):
        numbers = (each.quantity for row in made.rows for cell in row for each in find_in(cell, Value) if each.quantity)
        there = {state for number in numbers for state in number.origin.states}
        said = dict(zip(NumberState, request.words.states, strict=True))
        explained = [f"{mark} {said[state]}" for state, mark in MARKS.items() if state in there]
        return (Told(f"{', '.join(explained).capitalize()}."),) if explained else ()
    where = options.where if isinstance(options, OneMeasure | SeveralMeasures) else {}
    notes: list[str] = []
    for measure in made.measures:
        try:
            notes += _of_chart(request.book.series(measure, where), made, request.words)
        except FactError:
            continue
    return tuple(dict.fromkeys(notes))


def _of_chart(series: Series, made: Drawing, words: Chrome) -> Iterator[str]:
    lines = {span.line for span in made.rows if span.file == series.file}
    shown = [each for each in series.observations if lines.intersection(each.lines)]
    for state in MARKS:
        periods = [each.period for each in shown if state in each.states]
        if periods and state is not NumberState.REVISED:
            yield _sentence(periods, state, words)
    if shown:
        first, last = shown[0].period.starts, shown[-1].period.ends
        hidden = [each for each in series.withheld if first <= each.period.starts <= last]
        for state in dict.fromkeys(each.state for each in hidden):
            yield _sentence([each.period for each in hidden if each.state is state], state, words)


def _sentence(periods: Sequence[Period], state: NumberState, words: Chrome) -> Told:
    """ "The number for May 2015 is provisional.", "The numbers for 6 periods from May 2015 to … are held back."."""
    one, some, many = words.numbers_are
    names = [period.name_in(words) for period in periods]
    sentence = one if len(names) == 1 else some if len(names) <= MOST_NAMED else many
    return Told(
        sentence.format(
            periods=words.listed(tuple(names)),
            number=len(names),
            first=names[0],
            last=names[-1],
            state=words.states[list(NumberState).index(state)],
        )
    )
