"""Settings checked against a pydantic model, and what is wrong in them told in the reader's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from papergen import codes
from papergen.diagnostics import Diagnostics, did_you_mean
from papergen.workspace.yaml_source import Path, Yaml
from papergen.workspace.yaml_text import NOTHING, Scalar, is_other_than_typed

M = TypeVar("M", bound=BaseModel)

_WORDS = "where"
"""The setting that holds words of data files: every value under it is taken as it was typed."""


class MisfitError(ValueError):
    """A setting that does not fit the others: its name, and a sentence without its full stop."""

    def __init__(self, setting: str, sentence: str) -> None:
        super().__init__(sentence)
        self.setting, self.sentence = setting, sentence


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
    data = {**source.data, _WORDS: source.as_typed((_WORDS,))} if source.data.get(_WORDS) else source.data
    wrong = {path for path in source.typed if _is_misread(path, source)}
    valid: M | None = None
    texts: set[Path] = set()
    try:
        valid = model.model_validate(data)
    except ValidationError as problem:
        errors = problem.errors(include_url=False)
        split = {path: parts for each in errors for path, parts in _split_by_commas(each["loc"], model, source)}
        for path, parts in split.items():
            _report_split(path, parts, source, diagnostics)
        told = wrong | source.cut | split.keys() | {(*path[:-1], part) for path in split for part in split[path][1:]}
        for error in errors:
            path = _place_of(error["loc"], source)
            texts |= {path} if error["type"].startswith("string") else set()
            if path not in told:
                _report(error, model, source, diagnostics)
    for path in sorted(wrong, key=str):
        _report_misread(path, source, diagnostics, is_text=path in texts)
    for path in _yes_or_no(source.data, ()) if valid is not None else ():
        if is_other_than_typed(valid, path):
            wrong.add(path)
            message = f"“{_name(path)}” cannot be “{source.typed[path].text}”: it must be a number."
            diagnostics.add(codes.SETTING_INVALID, source.place(path), message, "Write the number in digits.")
    return None if wrong else valid


def _is_misread(path: Path, source: Yaml) -> bool:
    """Whether YAML reads the value at ``path``, which is among the data, as something else than was typed."""
    is_there = isinstance(source.data, dict) and path and path[0] in source.data and path[0] != _WORDS
    return bool(is_there and source.typed[path].reads_as)


def _report_misread(path: Path, source: Yaml, diagnostics: Diagnostics, *, is_text: bool) -> None:
    typed = source.typed[path]
    if is_text:
        hint = f"Put it between straight marks: {typed.marked}."
    elif typed.reads_as == NOTHING:
        hint = f"Delete the line; to print the word put it between straight marks: {typed.marked}."
    else:
        hint = "Write the number in plain digits, without zeros before it."
    message = f"“{_name(path)}” cannot be “{typed.text}”, which YAML reads as {typed.reads_as}."
    diagnostics.add(codes.SETTING_INVALID, source.place(path), message, hint)


def valid_part(model: type[M], source: Yaml) -> M:
    """The settings of ``source`` that are valid each by itself; ``model`` must need none."""
    kept: dict[str, object] = {}
    for name, data in source.data.items() if isinstance(source.data, dict) else ():
        if validate(model, replace(source, data={name: data}), diagnostics=Diagnostics()):
            kept[name] = data
    return model.model_validate(kept)


def _yes_or_no(data: object, path: Path) -> Iterator[Path]:
    """The paths of the values that YAML reads as true or false."""
    match data:
        case bool():
            yield path
        case dict():
            for name, each in data.items():
                yield from _yes_or_no(each, (*path, name))
        case list():
            for index, each in enumerate(data):
                yield from _yes_or_no(each, (*path, index))


def _name(path: Path) -> str:
    return ".".join(str(part) for part in path if isinstance(part, str) and "[" not in part) or "the value"


def _report(error: ErrorDetails, model: type[BaseModel], source: Yaml, diagnostics: Diagnostics) -> None:
    path = _place_of(error["loc"], source)
    is_name = error["loc"][-1:] == ("[key]",)
    name, typed = _name(error["loc"]), Scalar(text=str(error["input"])) if is_name else source.typed.get(path)
    match error["type"]:
        case "extra_forbidden":
            known = _known_names(model, path[:-1])
            place = source.places.get((*path, "?key"), source.place(path))
            otherwise = f"The names known here are: {', '.join(known)}." if known else "Delete it."
            hint = did_you_mean(str(path[-1]), known, otherwise)
            diagnostics.add(codes.SETTING_UNKNOWN, place, f"“{path[-1]}” is not a name that papergen knows here.", hint)
        case "missing":
            above = source.typed.get(path[:-1])
            where = "between the braces" if above is not None and above.text.startswith("{") else "on a line of its own"
            hint = f"Add “{error['loc'][-1]}: …” {where}."
            diagnostics.add(codes.SETTING_MISSING, source.place(path), f"“{name}” is not given.", hint)
        case "value_error" if isinstance(misfit := error.get("ctx", {}).get("error"), MisfitError):
            place = source.place((*path, misfit.setting))
            diagnostics.add(codes.SETTING_INVALID, place, f"{misfit.sentence}.", "Correct the one that is wrong.")
        case _:
            diagnostics.add(
                codes.SETTING_INVALID,
                source.place(path),
                f"“{name}” cannot be {_shown(error['input'], typed)}: {_in_words(error)}.",
                _act(error, typed, model, path),
            )


def _split_by_commas(path: Path, model: type[BaseModel], source: Yaml) -> Iterator[tuple[Path, list[str]]]:
    """The value before ``path`` with its parts, if a comma between braces made the name at ``path`` of one of them."""
    typed = source.typed
    if path not in typed or not typed[path].ends_name or path[-1] in _known_names(model, path[:-1]):
        return
    above = path[:-1]
    names = [key[-2] for key in source.places if len(key) > 1 and key[:-2] == above and key[-1] == "?key"]
    stray = [(*above, name) in typed and typed[(*above, name)].ends_name for name in names]
    first = last = names.index(path[-1])
    while first and stray[first]:
        first -= 1
    while last + 1 < len(names) and stray[last + 1]:
        last += 1
    head = (*above, names[first])
    if not stray[first] and head in typed:
        yield head, [typed[head].text, *map(str, names[first + 1 : last + 1])]


def _report_split(path: Path, parts: Sequence[str], source: Yaml, diagnostics: Diagnostics) -> None:
    is_number = all(part.isdecimal() for part in parts)
    whole = Scalar(text=re.sub(r"(?<=\d), (?=\d{3}(?!\d))", ",", ", ".join(parts)))
    diagnostics.add(
        codes.SETTING_INVALID,
        source.places.get((*path, "?key"), source.place(path)),
        f"Between braces a comma begins the next name, so that “{path[-1]}” is not “{whole.text}”.",
        f"Write {''.join(parts)}." if is_number else f"Put it between straight marks: {whole.marked}.",
    )


def _act(error: ErrorDetails, typed: Scalar | None, model: type[BaseModel], path: Path) -> str:
    kind, text = error["type"], typed is not None and typed.text
    if typed is not None and text and kind == "string_type":
        return f"Put it between straight marks: {typed.marked}."
    if text and kind.startswith(("list", "tuple")) and isinstance(error["input"], str):
        return f"Put it on the next line after a dash: “- {text}”."
    if kind.startswith("model") and (names := _known_names(model, path)):
        return f"Write below it, each on a line of its own with spaces before it: {', '.join(names)}."
    if kind == "dict_type":
        return "Write below it each “name: value” on a line of its own, with spaces before it."
    if not text:
        return "Write the value, or delete its name."
    if kind.startswith(("date", "day")) and (day := _day(text)):
        return f"Write {day}."
    if kind.startswith(("int", "float", "decimal")):
        return "Write the number in plain digits."
    names = re.findall(r"'([^']+)'", _in_words(error))
    if meant := [name for name in names if text.lower() in _SAID_OTHERWISE.get(name, ())]:
        return f"Write “{meant[0]}”."
    return did_you_mean(text.lower(), names, "Write one of them." if names else "Change the value.")


_SAID_OTHERWISE = {
    "higher": ("up", "more", "high", "rise", "rising", "increase", "increasing"),
    "lower": ("down", "less", "fewer", "low", "fall", "falling", "decrease", "decreasing", "reduce"),
    "neither": ("none", "no", "either", "both", "unknown"),
}
"""Other words for one that a setting may be."""


_FORMS_OF_DAYS = ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d", "%Y/%m/%d", "%d %B %Y", "%d %b %Y", "%Y-%m-%d %H:%M")


def _day(text: str) -> date | None:
    """The day that ``text`` names as people in Britain write it, or None."""
    plain = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", " ".join(text.split()))
    for form in _FORMS_OF_DAYS:
        with suppress(ValueError):
            return datetime.strptime(plain, form).date()
    return None


def _place_of(loc: tuple[str | int, ...], source: Yaml) -> Path:
    """The path in the file of a pydantic location, which also names members of unions."""
    return loc if loc in source.places else tuple(part for part in loc if _names_a_place(part, loc, source))


def _names_a_place(part: str | int, loc: tuple[str | int, ...], source: Yaml) -> bool:
    """Whether ``part`` of a pydantic location is a name in the file, and not the tag of a union's member."""
    if isinstance(part, int):
        return True
    return any(part in path for path in source.places) or (part == loc[-1] and not part.startswith("["))


def _known_names(model: type[BaseModel], path: Path) -> list[str]:
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


def _shown(value: object, typed: Scalar | None) -> str:
    """What was typed, and in the words of YAML what it made of it where that differs."""
    text = " ".join(typed.text.split()) if typed is not None else "" if value is None else str(value)
    match value:
        case _ if not text:
            return "empty"
        case dict() if typed is None:
            return "a group of names and values"
        case list() if typed is None:
            return "a list"
        case bool():
            more = f", which YAML reads as {str(value).lower()}"
        case _:
            more = ""
    return f"“{text if len(text) <= 60 else text[:57] + '…'}”{more}"


def _in_words(error: ErrorDetails) -> str:
    kind = error["type"]
    if kind == "value_error":
        return str(error.get("ctx", {}).get("error", error["msg"])).rstrip(".")
    if kind.startswith("date"):
        return "it must be a date such as 2016-02-02"
    if kind.startswith("int"):
        return "it must be a whole number"
    if kind.startswith("string"):
        return "it must be text"
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
