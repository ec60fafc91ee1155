"""YAML read with the place of every value, and checked against a pydantic model in the reader's own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from papergen import codes
from papergen.diagnostics import Diagnostics, Span, did_you_mean

Path = tuple[str | int, ...]
M = TypeVar("M", bound=BaseModel)

MOST_NESTING = 20
MOST_CHARACTERS = 500_000
"""Many times what a panel needs: reading YAML takes long."""


@dataclass(frozen=True, slots=True)
class Yaml:
    """A YAML document as plain data, with the place of each value by its path (``("objectives", 3)``)."""

    file: str
    data: object
    places: Mapping[Path, Span]

    def place(self, path: Path) -> Span:
        """Where the value at ``path`` stands, or the nearest thing that holds it."""
        while path:
            if path in self.places:
                return self.places[path]
            path = path[:-1]
        return self.places.get((), Span(self.file, 1, 1))

    def each(self) -> Mapping[str | int, Yaml]:
        """The value of each top-level name as a document of its own, with the same places."""
        if not isinstance(self.data, dict):
            return {}
        places: dict[str | int, dict[Path, Span]] = {}
        for path, place in self.places.items():
            if path:
                places.setdefault(path[0], {})[path[1:]] = place
        return {name: Yaml(self.file, data, places.get(str(name), {})) for name, data in self.data.items()}


class MisfitError(ValueError):
    """A setting that does not fit the others: its name, and a sentence without its full stop."""

    def __init__(self, setting: str, sentence: str) -> None:
        super().__init__(sentence)
        self.setting, self.sentence = setting, sentence


class _RefusedError(Exception):
    """Something YAML allows and a settings file may not hold."""

    def __init__(self, mark: yaml.Mark, message: str, hint: str) -> None:
        super().__init__(message)
        self.mark, self.message, self.hint = mark, message, hint


class _Loader(yaml.SafeLoader):
    """YAML's safe types, without aliases: a few lines of them can stand for gigabytes."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:  # noqa: ANN401
        if self.check_event(yaml.AliasEvent):
            event = self.get_event()  # type: ignore[no-untyped-call]
            raise _RefusedError(
                event.start_mark, "An alias (“*name”) is not allowed here.", "Write the value out again."
            )
        return super().compose_node(parent, index)

    def construct_date(self, node: yaml.ScalarNode) -> Any:  # noqa: ANN401
        try:
            return self.construct_yaml_timestamp(node)
        except ValueError:
            raise _RefusedError(
                node.start_mark, f"“{node.value}” is not a day of the calendar.", "Write a date such as 2016-02-02."
            ) from None


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _Loader.construct_date)


def parse_yaml(text: str, *, file: str, first_line: int = 1, diagnostics: Diagnostics) -> Yaml | None:
    """The data of ``text`` with its places, or None with a diagnostic.

    ``first_line`` is the line of the file on which ``text`` begins.  An empty document is an empty mapping.
    """

    def span(mark: yaml.Mark) -> Span:
        return Span(file, mark.line + first_line, mark.column + 1)

    if len(text) > MOST_CHARACTERS:
        diagnostics.add(
            codes.FILE_TOO_LARGE,
            Span(file, first_line, 1),
            f"These settings have {len(text):,} characters; the most that is read is {MOST_CHARACTERS:,}.",
            "Check that it is the file you meant.",
        )
        return None
    places: dict[Path, Span] = {}
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        if node is None:
            return Yaml(file, {}, {(): Span(file, first_line, 1)})
        _record_places(node, (), places, span)
        data = loader.construct_document(node)
    except _RefusedError as refused:
        diagnostics.add(codes.YAML_SYNTAX, span(refused.mark), refused.message, refused.hint)
        return None
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        diagnostics.add(
            codes.YAML_SYNTAX,
            span(mark) if mark else Span(file, first_line, 1),
            f"These settings cannot be understood: {_yaml_problem(problem)}.",
            'Check colons and the spaces at the start of lines; put text with “: ” or “#” between straight marks (").',
        )
        return None
    except (yaml.YAMLError, ValueError, RecursionError) as problem:
        diagnostics.add(
            codes.YAML_SYNTAX,
            Span(file, first_line, 1),
            f"These settings cannot be understood: {str(problem).splitlines()[0]}.",
            "Check dates and numbers, and keep the file simple.",
        )
        return None
    return Yaml(file, data, places)


def _yaml_problem(problem: yaml.MarkedYAMLError) -> str:
    """What the YAML reader complains of, in plainer words where it is one of the usual slips."""
    words = problem.problem or problem.context or "the reason is not known"
    plain = {
        "'\\t'": "there is a tab here; use spaces",
        "mapping values": "a colon stands here where none may",
        "expected <block end>": "this line does not fit the ones above it",
        "found unexpected end of stream": "something that was opened is not closed",
    }
    return next((said for part, said in plain.items() if part in words), words)


def _record_places(node: yaml.Node, path: Path, places: dict[Path, Span], span: Any) -> None:  # noqa: ANN401
    if len(path) > MOST_NESTING:
        raise _RefusedError(node.start_mark, "These settings are nested too deeply.", "Write them more simply.")
    places[path] = span(node.start_mark)
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise _RefusedError(key.start_mark, "A name must be plain text.", "Put the name in quotation marks.")
            name = key.value
            if name in seen:
                raise _RefusedError(key.start_mark, f"“{name}” is given twice.", "Delete one of the two.")
            seen.add(name)
            _record_places(value, (*path, name), places, span)
            places[(*path, name, "?key")] = span(key.start_mark)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _record_places(value, (*path, index), places, span)


def validate(model: type[M], source: Yaml, *, diagnostics: Diagnostics) -> M | None:
    """``source`` as a ``model``, or None with a diagnostic for everything that is wrong in it."""
    if not isinstance(source.data, dict):
        diagnostics.add(
            codes.SETTING_INVALID,
            source.place(()),
            "These settings are not a list of names and values.",
            "Write each as “name: value” on a line of its own.",
        )
        return None
    try:
        return model.model_validate(source.data)
    except ValidationError as problem:
        for error in problem.errors(include_url=False):
            _report(error, model, source, diagnostics)
        return None


def _report(error: ErrorDetails, model: type[BaseModel], source: Yaml, diagnostics: Diagnostics) -> None:
    path = tuple(part for part in error["loc"] if _names_a_place(part, error["loc"], source))
    name = ".".join(str(part) for part in error["loc"] if isinstance(part, str) and "[" not in part) or "the value"
    match error["type"]:
        case "extra_forbidden":
            known = _known_names(model, path[:-1])
            place = source.places.get((*path, "?key"), source.place(path))
            otherwise = f"The names known here are: {', '.join(known)}." if known else "Delete it."
            hint = did_you_mean(str(path[-1]), known, otherwise)
            diagnostics.add(codes.SETTING_UNKNOWN, place, f"“{path[-1]}” is not a name that papergen knows here.", hint)
        case "missing":
            diagnostics.add(
                codes.SETTING_MISSING,
                source.place(path),
                f"“{name}” is not given.",
                f"Add a line “{error['loc'][-1]}: …”.",
            )
        case "value_error" if isinstance(misfit := error.get("ctx", {}).get("error"), MisfitError):
            place = source.place((*path, misfit.setting))
            diagnostics.add(codes.SETTING_INVALID, place, f"{misfit.sentence}.", "Correct the one that is wrong.")
        case _:
            diagnostics.add(
                codes.SETTING_INVALID,
                source.place(path),
                f"“{name}” cannot be {_shown(error['input'])}: {_in_words(error)}.",
                "Change the value.",
            )


def _names_a_place(part: str | int, loc: tuple[str | int, ...], source: Yaml) -> bool:
    """Whether ``part`` of a pydantic location is a name in the file, and not the tag of a union's member."""
    if isinstance(part, int):
        return True
    return any(part in path for path in source.places) or part == loc[-1]


def _known_names(model: type[BaseModel], path: Path) -> list[str]:
    """The names of the settings at ``path`` of ``model``."""
    at: Any = model
    for part in path:
        if isinstance(part, int):
            continue
        field = at.model_fields.get(part) or next((f for f in at.model_fields.values() if f.alias == part), None)
        if field is None:
            return []
        at = _model_in(field.annotation)
        if at is None:
            return []
    return [field.alias or name for name, field in at.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:  # noqa: ANN401
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        found = _model_in(argument)
        if found is not None:
            return found
    return None


def _shown(value: object) -> str:
    text = "empty" if value is None or value == "" else f"“{value}”"
    return text if len(text) <= 60 else text[:57] + "…”"


def _in_words(error: ErrorDetails) -> str:
    kind = error["type"]
    if kind == "value_error":
        return str(error.get("ctx", {}).get("error", error["msg"])).rstrip(".")
    if kind.startswith("date"):
        return "it must be a date such as 2016-02-02"
    if kind.startswith("int"):
        return "it must be a whole number"
    if kind.startswith("string"):
        return "it must be text (in quotation marks if it looks like a number or a date)"
    if kind.startswith(("list", "tuple")):
        return "it must be a list, each item on a line of its own after a dash"
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return "it must be a group of names and values"
    if kind in ("enum", "literal_error"):
        return f"it must be {error.get('ctx', {}).get('expected', 'one of the known words')}"
    if kind == "greater_than_equal":
        return f"it must be {error.get('ctx', {}).get('ge')} or more"
    if kind == "less_than_equal":
        return f"it must be {error.get('ctx', {}).get('le')} or less"
    return error["msg"][:1].lower() + error["msg"][1:]
