"""Matrix: where measures stand against the most similar group (three levels) and how they move (three movements)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import Field, model_validator

from papergen.data.comparison import GroupComparison, compare
from papergen.data.peers import LEAST_POINTS, Level, Movement
from papergen.exhibits.charts.peers import decimals_for, group_title, method_notes, without_group
from papergen.exhibits.charts.stages import short_titles
from papergen.exhibits.drawing import Drawing, Told
from papergen.exhibits.options import ExhibitLine, MeasureName, Options, Request, refuse_others
from papergen.exhibits.palette import FORCE, OTHERS, PAGE, QUIET
from papergen.exhibits.pieces.axes import ChartRecord, boxed, chart
from papergen.exhibits.pieces.lettering import LINE_HEIGHT, MARGIN, fixed, lettered, text_width, words_at_pixel, wrapped
from papergen.exhibits.theme import width_of
from papergen.model.nodes import ChartData, Width
from papergen.values.chrome import Chrome, is_english
from papergen.values.facts import FactError
from papergen.values.formats import ordinal
from papergen.values.quantities import Kind, print_number
from papergen.values.words import capital, joined, listed
from papergen.workspace.validate import MisfitError

HEADING = 30
LEAST_ROW = 30
PAD = 7
BETWEEN = 4
LEVELS = (Level.ABOVE, Level.SIMILAR, Level.BELOW)
MOVEMENTS = (Movement.IMPROVING, Movement.NO_CHANGE, Movement.DETERIORATING)

MatrixCell = tuple[Level, Movement]


class MatrixOptions(Options):
    """The keys of a matrix: one ``measure`` or several ``measures``, each with ``peers`` in the catalogue."""

    measure: MeasureName | None = None
    measures: tuple[MeasureName, ...] = ()
    labels: Mapping[str, ExhibitLine] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _fits(self) -> MatrixOptions:
        if self.measure is not None and self.measures:
            raise MisfitError("measures", "Give either “measure” or “measures”")
        if self.measure is None and not self.measures:
            raise MisfitError("kind", "A matrix needs a “measure”, or several as “measures”")
        refuse_others("labels", self.labels, self.all)
        return self

    @property
    def all(self) -> tuple[str, ...]:
        return self.measures or ((self.measure,) if self.measure else ())


@dataclass(frozen=True, slots=True)
class _Placed:
    measure: str
    name: str
    found: GroupComparison

    @property
    def cell(self) -> MatrixCell | None:
        level, movement = self.found.comparison.level, self.found.movement
        return None if level is None or movement is None else (level, movement)


def draw(options: MatrixOptions, request: Request) -> Drawing:
    """The matrix with the names of the measures in their cells, or of the force where there is one measure."""
    titles = [without_group(request.title(measure)) for measure in options.all]
    subject, names = short_titles(titles)
    placed = [
        _Placed(measure, options.labels.get(measure, name), compare(request.book, measure))
        for measure, name in zip(options.all, names, strict=True)
    ]
    cells = {cell: [each for each in placed if each.cell == cell] for cell in dict.fromkeys(e.cell for e in placed)}
    unplaced = cells.pop(None, [])
    if not cells:
        raise FactError(
            f"“{unplaced[0].measure}” has no place in the matrix: {_why(unplaced[0])}.", "Show it with “kind: peers”."
        )
    words: dict[MatrixCell, list[str]] = {
        cell: _own_words(request, inside) if len(placed) == 1 else [each.name for each in inside]
        for cell, inside in cells.items()
        if cell is not None
    }
    told = request.words
    periods = list(dict.fromkeys(each.found.period.months_in(told) for each in placed))
    own = placed[0].found.peers[0].force
    word = capital(request.book.force_name)
    named = subject or (names[0] if len(placed) == 1 else own)
    what = told.level_and_movement
    if not subject and len(placed) > 1:
        what = told.of_measures.format(words=what, number=len(placed))
    said_periods = list(dict.fromkeys(each.found.period.months for each in placed))
    return Drawing(
        spec=lambda: _chart(words, told, options.width),
        title=Told(f"{group_title(named, told)}: {what}, {told.listed(tuple(periods))}"),
        alternative=_alternative(group_title(named), said_periods, words, unplaced, own),
        measures=options.all,
        data=ChartData(
            columns=(
                *(told.measure, told.period, word, told.group_average),
                *(told.similar_rates, told.rank, told.level, told.movement),
            ),
            rows=tuple(_row(each, request) for each in placed),
        ),
        notes=tuple(_notes(placed, unplaced, request)),
        rows=tuple(dict.fromkeys(row for each in placed for row in (*each.found.rows, *each.found.trend_rows))),
    )


def _own_words(request: Request, inside: Sequence[_Placed]) -> list[str]:
    """The force with its number and rank."""
    each = inside[0]
    comparison = each.found.comparison
    is_named = is_english(request.words.language)  # "3rd" in English, and the number alone in another language
    rank = ordinal(comparison.rank) if is_named else str(comparison.rank)
    rank = request.words.rank_of.format(rank=rank, number=comparison.of)
    return [each.found.peers[0].force, f"{_number(each, request, comparison.own_rate)}, {rank}"]


def _number(each: _Placed, request: Request, value: Any) -> str:  # noqa: ANN401
    settings = request.book.settings(each.measure)
    if value is None:
        return ""
    return print_number(value, decimals_for(each.found, settings)) + ("%" if settings.kind is Kind.PERCENTAGE else "")


def _why(each: _Placed) -> str:
    if each.found.comparison.level is None:
        return "its level is not judged"
    return "it shows special cause, and neither direction is better"


def _chart(words: Mapping[MatrixCell, Sequence[str]], told: Chrome, width: Width) -> dict[str, Any]:
    """Nine cells; those that hold something are dark with light words, and as tall as their words need."""
    whole = width_of(width) - 2 * MARGIN
    left = max(text_width(label, bold=True) for label in map(capital, told.levels)) + 14
    column = (whole - left) / len(MOVEMENTS)
    lines = {
        cell: [line for name in names for line in ("", *wrapped(name, column - 2 * PAD, bold=True))][1:]
        for cell, names in words.items()
    }
    rects: list[ChartRecord] = []
    letters: list[ChartRecord] = [words_at_pixel(told.movement_against_group, left, 6, colour=QUIET)]
    letters.append(words_at_pixel(told.level, 0, 6, colour=QUIET))
    for index, movement in enumerate(MOVEMENTS):
        held = any(cell[1] is movement for cell in words)
        middle = left + (index + 0.5) * column
        letters.append(words_at_pixel(capital(told.movements[index]), middle, HEADING - 9, align="center", bold=held))
    y = float(HEADING)
    for level, level_words in zip(LEVELS, told.levels, strict=True):
        height = max([LEAST_ROW, *(_height(held) + 2 * PAD for cell, held in lines.items() if cell[0] is level)])
        held_here = any(cell[0] is level for cell in words)
        letters.append(words_at_pixel(capital(level_words), 0, y + height / 2, bold=held_here))
        for index, movement in enumerate(MOVEMENTS):
            inside = lines.get((level, movement))
            x = left + index * column
            rects.append(
                {
                    "level": level.value,
                    "movement": movement.value,
                    "words": "; ".join(words.get((level, movement), ())),
                    "x": x,
                    "end": x + column,
                    "y": y,
                    "bottom": y + height,
                    "colour": PAGE if inside is None else FORCE,
                }
            )
            letters.extend(_in_cell(inside or [], x + column / 2, y + (height - _height(inside or [])) / 2))
        y += height
    cells = boxed(chart(rects).mark_rect(stroke=OTHERS, strokeWidth=1))
    return fixed([cells, *lettered(letters)], whole, y + 1)


def _height(lines: Sequence[str]) -> float:
    """The height of lines in a cell; an empty one is the narrow gap between two names."""
    return sum(LINE_HEIGHT if line else BETWEEN for line in lines)


def _in_cell(lines: Sequence[str], x: float, y: float) -> Iterator[ChartRecord]:
    for line in lines:
        if line:
            yield words_at_pixel(line, x, y + LINE_HEIGHT / 2, align="center", bold=True, colour=PAGE)
        y += LINE_HEIGHT if line else BETWEEN


def _row(each: _Placed, request: Request) -> tuple[str, ...]:
    comparison, movement, told = each.found.comparison, each.found.movement, request.words
    similar = ""
    if comparison.low is not None:
        similar = f"{_number(each, request, comparison.low)} {told.to} {_number(each, request, comparison.high)}"
    return (
        each.name,
        each.found.period.months_in(told),
        _number(each, request, comparison.own_rate),
        _number(each, request, comparison.group_average),
        similar,
        told.rank_of.format(rank=comparison.rank, number=comparison.of),
        told.levels[LEVELS.index(comparison.level)] if comparison.level else told.not_judged,
        told.movements[MOVEMENTS.index(movement)] if movement else told.neither_is_better,
    )


def _notes(placed: Sequence[_Placed], unplaced: Sequence[_Placed], request: Request) -> Iterator[str]:
    yield from method_notes([each.found.comparison for each in placed])
    few = [each for each in placed if len(request.series(each.measure).observations) < LEAST_POINTS]
    if len(few) < len(placed):
        yield (
            f"Movement: special cause at the end of a control chart of the {request.book.force_name}’s rate"
            " over the plain mean of the others."
        )
    if few:
        named = "" if len(few) == len(placed) else f" for {listed([each.name for each in few])}"
        yield f"No movement can be called yet{named}, as that needs {LEAST_POINTS} months or quarters of data."
    for each in unplaced:
        yield f"{each.name} has no place in it: {_why(each)}."


def _alternative(
    about: str,
    periods: Sequence[str],
    words: Mapping[MatrixCell, Sequence[str]],
    unplaced: Sequence[_Placed],
    force: str,
) -> str:
    first = f"Matrix of level against the group and movement for {about}, {joined(periods)}"
    said = [
        f"{listed(list(names)) if force not in names else ', '.join(names)}: {level.value}"
        f"{' to' if level is Level.SIMILAR else ''} the group, {movement.value}"
        for (level, movement), names in words.items()
    ]
    left = f" Not placed: {listed([each.name for each in unplaced])}." if unplaced else ""
    return f"{first}. {capital('; '.join(said))}.{left}"
