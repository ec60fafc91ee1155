"""What the palette puts in: every kind of chart and table that there is, filled in so that it fits, and its looks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from itertools import count, islice
from typing import Literal, TypeAlias, assert_never, get_args, get_origin

import yaml
from pydantic.fields import FieldInfo

from papergen.commands.steps import Meeting
from papergen.diagnostics import Diagnostics, Span
from papergen.exhibits.kinds import CHARTS, TABLES, ExhibitKind
from papergen.exhibits.make import ExhibitMaker, Made
from papergen.exhibits.options import Names, Options
from papergen.exhibits.render import Renderer
from papergen.exhibits.workspace import workspace_charts
from papergen.model.nodes import Graphic, Inlines, Table
from papergen.model.walk import find_in, keys, plain_text
from papergen.read.context import ExhibitBlock
from papergen.serve.answers import Plain
from papergen.serve.live import SVG_ALONE
from papergen.session import Session
from papergen.store.kept import Store
from papergen.values.facts import FactError
from papergen.values.words import capital, slug
from papergen.work.helpers import Helpers
from papergen.write.elements import data_address

Filled: TypeAlias = dict[str, object]
"""What is filled in, by key."""

_AT = Span("content/palette.md", 2)
_OF_EVERY_KIND = frozenset(Options.model_fields) - {"width"}
_MOST_TRIES = 120
_MOST_TOGETHER = 6
_MOST_FILLED, _MOST_LETTERS, _MOST_DIGITS = 60, 200, 6
_TIMES = ("quarter",)
"""What stands for a column where no column of the data will do."""


class Control(Enum):
    """How a key is filled in."""

    CHOICE = "choice"
    SEVERAL = "several"
    YES_OR_NO = "yes"
    NUMBER = "number"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class ExhibitKey:
    """A key of a kind: how it is filled in, if it must be, what it has otherwise, and what its words name or are."""

    name: str
    control: Control
    needed: bool
    usual: object = None
    names: Names | None = None
    words: tuple[object, ...] = ()


def keys_of(kind: ExhibitKind) -> tuple[ExhibitKey, ...]:
    """The keys of a kind that can be filled in one by one, those first that it needs.

    A kind that takes any keys, as those of a workspace's own do, is asked for with a measure.
    """
    given = {name: each for name, each in kind.options.model_fields.items() if name not in _OF_EVERY_KIND}
    found = [key for name, each in given.items() if (key := _key(name, each)) is not None]
    if kind.options.model_config.get("extra") == "allow":
        found.append(ExhibitKey("measure", Control.CHOICE, True, names=Names.MEASURE))
    return tuple(sorted(found, key=lambda key: not key.needed))


def _key(name: str, given: FieldInfo) -> ExhibitKey | None:
    parts = [*_parts(given.annotation), *given.metadata]
    origins = {get_origin(part) for part in parts}
    names = next((part for part in parts if isinstance(part, Names)), None)
    needed = given.is_required()
    usual = None if needed else given.get_default(call_default_factory=True)
    usual = usual.value if isinstance(usual, Enum) else usual
    literal = next((get_args(part) for part in parts if get_origin(part) is Literal), ())
    listed = next((part for part in parts if isinstance(part, type) and issubclass(part, Enum)), ())
    words = (*literal, *(each.value for each in listed))
    if names is not None:
        return ExhibitKey(name, Control.SEVERAL if tuple in origins else Control.CHOICE, needed, usual, names)
    if tuple in origins or Mapping in origins:
        return None
    if words:
        return ExhibitKey(name, Control.CHOICE, needed, usual, words=words)
    if bool in parts:
        return ExhibitKey(name, Control.YES_OR_NO, needed, usual)
    return ExhibitKey(name, Control.NUMBER if int in parts else Control.WORDS, needed, usual)


def _parts(annotation: object) -> Iterator[object]:
    """A type, with the types and marks inside it."""
    yield annotation
    for each in (*get_args(annotation), *getattr(annotation, "__metadata__", ())):
        if get_origin(annotation) is not Literal:
            yield from _parts(each)


@dataclass(frozen=True)
class Palette:
    """What can be put into the papers of a meeting; ``near`` are the measures that the text is about."""

    meeting: Meeting
    store: Store
    near: tuple[str, ...] = ()

    @property
    def session(self) -> Session:
        return self.meeting.session

    @cached_property
    def kinds(self) -> Mapping[str, Mapping[str, ExhibitKind]]:
        """The kinds of chart and of table that there are, those of the workspace's own among them."""
        world = self.session.world.quietly(Diagnostics())
        return {
            "chart": {**CHARTS, **workspace_charts(world, self.session.settings, world.diagnostics)},
            "table": TABLES,
        }

    def told(self) -> Plain:
        """Each kind with what it shows."""
        return {
            block: [{"name": name, "says": kind.says} for name, kind in kinds.items()]
            for block, kinds in self.kinds.items()
        }

    def shown(self, block: str, name: str, filled: Filled) -> Plain:
        """A ``chart`` or ``table`` of a kind: its keys with what may be chosen, its text, and what it looks like.

        Where nothing is filled in yet, that is the first of what the data have that fits.
        """
        kind = self.kinds.get(block, {}).get(name)
        if kind is None:
            return {"problems": [f"There is no kind of {block} “{name}”."]}
        asked = tuple(key for key in keys_of(kind) if block == "chart" or key.name != "width")
        typed = {key.name: _typed(key, filled[key.name]) for key in asked if key.name in filled}
        chosen = {name: value for name, value in typed.items() if value is not None}
        chosen = chosen or self._fitting(block, name, asked)
        made = self._made(block, text := _text(name, chosen), found := Diagnostics())
        looks = self._looks(made) if made else {"problems": [f"{each.message} {each.hint}".strip() for each in found]}
        about = next((_first(chosen[key.name]) for key in asked if key.names is not None and key.name in chosen), "")
        told = [self._told(key, chosen) for key in asked]
        return {
            "keys": told,
            "text": text,
            "id": self._free(slug(" ".join(dict.fromkeys((about, name))).replace("_", " "))),
            **looks,
        }

    def _fitting(self, block: str, name: str, asked: tuple[ExhibitKey, ...]) -> Filled:
        """What can be filled in so that the kind can be made; where nothing fits, the first of each."""
        naming = [key for key in asked if key.names is not None]
        ways = self._ways([key for key in naming if key.needed] or naming[:1], {})
        first: Filled = {}
        for filled in islice(ways, _MOST_TRIES):
            first = first or filled
            if self._made(block, _text(name, filled), Diagnostics()) is not None:
                return filled
        return first

    def _ways(self, wanted: list[ExhibitKey], filled: Filled) -> Iterator[Filled]:
        """Every way to fill in the keys, those nearest to the text first."""
        if not wanted:
            yield filled
            return
        key, *rest = wanted
        several = key.names is Names.MEASURE and key.control is Control.SEVERAL
        for each in self._together(filled) if several else self._choices(key, filled):
            yield from self._ways(rest, {**filled, key.name: each})

    def _choices(self, key: ExhibitKey, filled: Filled) -> list[str]:
        """What a key may name, the most likely first."""
        match key.names:
            case Names.AIM:
                return [each.id for each in self.session.settings.plan.aims]
            case Names.COLUMN:
                return [*self._columns(filled), *_TIMES]
            case Names.MEASURE:
                known = self.session.book.measures.settings
                files = {known[name].file for value in filled.values() if (name := _first(value)) in known}
                return sorted(
                    self._alike(filled),
                    key=lambda name: (
                        key.name not in name.split("_"),
                        name not in self.near,
                        # Beside other measures it is mostly a whole, of which they are parts.
                        bool(files) and (known[name].file not in files, bool(known[name].where)),
                    ),
                )
            case None:
                return []
            case _:
                assert_never(key.names)

    def _alike(self, filled: Filled) -> list[str]:
        """The measures in the unit of the one that is filled in already, or all of them."""
        known = self.session.book.measures.settings
        there = [name for value in filled.values() if (name := _first(value)) in known]
        units = {known[name].unit for name in there}
        return [name for name, each in known.items() if name not in there and (not units or each.unit in units)]

    def _together(self, filled: Filled) -> Iterator[list[str]]:
        """Several measures that may stand together: those of the text, or of one unit and file, or one alone."""
        alike, known = self._alike(filled), self.session.book.measures.settings
        near = [name for name in self.near if name in alike]
        if len(near) > 1:
            yield near[:_MOST_TOGETHER]
        groups: dict[tuple[str, str, bool], list[str]] = {}
        for name in (*near, *alike):
            groups.setdefault((known[name].unit, known[name].file, bool(known[name].where)), []).append(name)
        for group in groups.values():
            yield list(dict.fromkeys(group))[:_MOST_TOGETHER]
        yield from ([name] for name in (*near, *alike))

    def _columns(self, filled: Filled) -> list[str]:
        """The columns of words in the data of the measure that is filled in, those first that it is not narrowed by."""
        known = self.session.book.measures.settings
        measure = next((known[name] for value in filled.values() if (name := _first(value)) in known), None)
        if measure is None:
            return []
        used = {name for name in filled.values() if isinstance(name, str)}
        try:
            columns = [each for each in self.session.book.table(measure.file).texts if each not in used]
        except FactError:
            return []
        return sorted(columns, key=lambda column: column in measure.where)

    def _made(self, block: str, text: str, found: Diagnostics) -> Made | None:
        session = self.session
        words = session.settings.words(session.settings.papers[0])
        maker = ExhibitMaker(session.book, found, self.kinds["chart"], session.inputs, words)
        made = maker.make(ExhibitBlock(block, text, _AT))
        return None if found.has_errors else made

    def _looks(self, made: Made) -> Plain:
        caption = plain_text(made.exhibit.caption)
        if isinstance(made.exhibit, Table):
            rows = [[_cell(words) for words in row] for row in made.exhibit.rows]
            return {"caption": caption, "head": [plain_text(words) for words in made.exhibit.header], "rows": rows}
        if made.chart is None:
            return {"problems": []}
        with Helpers() as helpers:
            drawn = Renderer(self.store, helpers).draw_all({_AT: made.chart}, SVG_ALONE)
        return {
            "caption": caption,
            "picture": data_address(drawn[_AT].svg, "image/svg+xml"),
            "alternative": plain_text(made.exhibit.alternative),
        }

    def _told(self, key: ExhibitKey, chosen: Filled) -> Plain:
        known = self.session.book.measures.settings
        others = {name: value for name, value in chosen.items() if name != key.name}
        names = self._choices(key, others if key.names is Names.COLUMN else {}) if key.names else []
        return {
            "name": key.name,
            "label": capital(key.name.replace("_", " ")),
            "control": key.control.value,
            "needed": key.needed,
            "value": chosen.get(key.name, key.usual),
            "choices": [
                *([] if key.needed or key.usual is not None else [{"id": "", "title": ""}]),
                *({"id": name, "title": known[name].title if name in known else name} for name in names),
                *({"id": word, "title": str(word).replace("_", " ")} for word in key.words),
            ],
        }

    def _free(self, wanted: str) -> str:
        """``wanted``, or the next like it that no paper has as an id."""
        taken = {key for paper in self.meeting.papers for key, _ in keys(paper)}
        names = (f"{wanted}-{number}" if number > 1 else wanted for number in count(1))
        return next(name for name in names if name not in taken)


def _cell(words: Inlines) -> Plain:
    """The words of a cell, and the small drawings in it."""
    drawn = ((each.said, data_address(each.picture.vector, "image/svg+xml")) for each in find_in(words, Graphic))
    graphics = [{"picture": address, "said": said} for said, address in drawn]
    return {"words": plain_text(tuple(each for each in words if not isinstance(each, Graphic))), "graphics": graphics}


def _first(value: object) -> str:
    return str(value[0]) if isinstance(value, list) and value else value if isinstance(value, str) else ""


def _typed(key: ExhibitKey, value: object) -> object:
    """What a page filled in, as the key has it; None for what it has anyway, or cannot have."""
    typed: object = None
    match key.control, value:
        case Control.CHOICE, _ if key.words:
            typed = next((word for word in key.words if str(word) == str(value)), None)
        case Control.SEVERAL, list():
            typed = [each[:_MOST_LETTERS] for each in value if isinstance(each, str)][:_MOST_FILLED] or None
        case Control.YES_OR_NO, bool():
            typed = value
        case Control.NUMBER, str() if value.isdecimal() and len(value) < _MOST_DIGITS:
            typed = int(value)
        case ((Control.CHOICE | Control.WORDS), str()):
            typed = " ".join(value.split())[:_MOST_LETTERS] or None
    return None if typed == key.usual else typed


def _text(name: str, filled: Filled) -> str:
    return "".join(f"{key}: {_yaml(value)}\n" for key, value in {"kind": name, **filled}.items())


def _yaml(value: object) -> str:
    written = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=1000)
    return written.removesuffix("...\n").strip()
