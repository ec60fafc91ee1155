"""What may stand in a ``chart`` or ``table`` block: the keys that every kind has, and the places they were typed."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, model_validator

from papergen.data.book import Book
from papergen.data.series import Series
from papergen.diagnostics import Span
from papergen.model.nodes import Inlines, Text, Width
from papergen.values.chrome import Chrome, chrome, is_english
from papergen.values.facts import FactError
from papergen.values.period_names import parse_period
from papergen.values.periods import Period
from papergen.workspace.fields import SettingsModel, matching
from papergen.workspace.validate import MisfitError


def _one_line(text: str) -> str:
    words = " ".join(text.split())
    if not words:
        raise ValueError("write its words, or delete the line")
    return words


def _period(value: Any) -> Any:  # noqa: ANN401
    period = parse_period(str(value))
    if period is None:
        raise ValueError("it must be a month such as 2013-04, a quarter such as 2015/16 Q3 or a year such as 2014/15")
    return period


def _words(value: Any) -> Any:  # noqa: ANN401
    """Words chosen for each column: one, or a list."""
    if not isinstance(value, dict):
        raise ValueError("it must be columns and words, such as {area: Shropshire}")
    return {
        str(column): tuple(str(word) for word in (words if isinstance(words, list) else [words]))
        for column, words in value.items()
    }


class Names(Enum):
    """What the words of a key name, where they are not free."""

    MEASURE = "measure"
    COLUMN = "column"
    AIM = "aim"


ExhibitLine = Annotated[str, AfterValidator(_one_line)]
MeasureName = Annotated[str, Names.MEASURE]
DataColumn = Annotated[str, AfterValidator(_one_line), Names.COLUMN]
AimName = Annotated[str, AfterValidator(_one_line), Names.AIM]
Id = Annotated[
    str, matching(r"[A-Za-z0-9][A-Za-z0-9_-]*", "it must be letters, digits and hyphens, such as robbery-by-area")
]
StartPeriod = Annotated[Period, BeforeValidator(_period)]
Chosen = Annotated[Mapping[str, tuple[str, ...]], BeforeValidator(_words)]


def refuse_others(key: str, named: Iterable[str], measures: Container[str]) -> None:
    """Raise ``MisfitError`` for a name under ``key`` that is none of the measures."""
    for name in named:
        if name not in measures:
            raise MisfitError(key, f"“{name}” is not one of the measures")


class Options(SettingsModel):
    """The keys of every exhibit.

    ``caption`` says what it shows where the title that its kind writes will not do; ``alternative`` replaces the text
    written for readers who cannot see it; ``note`` adds a sentence below.  ``where`` narrows the measure.
    """

    kind: str
    id: Id | None = None
    caption: ExhibitLine | None = None
    alternative: ExhibitLine | None = None
    note: ExhibitLine | None = None
    width: Width = Width.FULL


class OneMeasure(Options):
    """The keys of an exhibit of one measure."""

    measure: MeasureName
    where: Chosen = Field(default_factory=dict)


class SeveralMeasures(Options):
    """The keys of an exhibit of several measures; ``labels`` gives those of them that need one another name."""

    measures: tuple[MeasureName, ...] = Field(min_length=1)
    labels: Mapping[str, ExhibitLine] = Field(default_factory=dict)
    where: Chosen = Field(default_factory=dict)

    @model_validator(mode="after")
    def _labels_known(self) -> SeveralMeasures:
        refuse_others("labels", self.labels, self.measures)
        return self


class OverTime(BaseModel):
    """The key of a kind that shows what came before too: the month, quarter or year that it ``starts`` with."""

    starts: StartPeriod | None = None


class WithTarget(BaseModel):
    """The key of a chart that shows the targets of its measures: ``target: false`` leaves them out."""

    target: bool = True


@dataclass(frozen=True, slots=True)
class Request:
    """One exhibit to make: the data, where its block begins, and the words round the text.

    ``language`` is that of what papergen writes in it, where the text round it is in another; without ``targets`` no
    series has one.
    """

    book: Book
    at: Span
    words: Chrome = field(default_factory=chrome)
    language: str = ""
    targets: bool = True

    @property
    def told_in(self) -> str:
        """The language of ``words``, where the text round the exhibit is in another."""
        return self.language if is_english(self.words.language) else ""

    def told(self, text: str) -> Inlines:
        """Words made of those of ``words``, in a cell of a table or in its title."""
        return (Text(text=text, language=self.told_in),)

    def named(self, period: Period) -> Inlines:
        """The name of a period, its months and days in the language of the text."""
        return (Text(text=period.name_in(self.words)),)

    def series(self, measure: str, where: Mapping[str, tuple[str, ...]] | None = None) -> Series:
        """The series of a measure; raises ``FactError`` for an unknown one, or one without data."""
        series = self.book.series(measure, where or {})
        if not series.observations:
            raise FactError(f"“{measure}” has no data up to this meeting.", f"Look into {series.file}.")
        settings = series.settings
        return series if self.targets else replace(series, settings=settings.model_copy(update={"target": None}))

    def title(self, measure: str) -> str:
        return self.book.settings(measure).title
