"""Settings changed in the text of a YAML file, with all else, comments included, as it was."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

import yaml

from papergen.diagnostics import Span
from papergen.workspace.yaml_source import Path, Yaml


def rewritten(text: str, source: Yaml, changes: Mapping[Path, str | None]) -> str:
    """``text`` with the values at the paths in ``changes`` replaced.

    A value that is not there is added at the end, which is only for settings that are not inside others.  None takes a
    setting out of use: its lines become comments.
    """
    lines = text.split("\n")
    added: list[str] = []
    by_place = sorted(changes.items(), key=lambda item: source.places.get(item[0], Span("")), reverse=True)
    for path, value in by_place:
        place = source.places.get(path)
        if value is None:
            continue
        if place is None:
            added.append(f"{path[-1]}: {value}")
            continue
        line = lines[place.line - 1]
        before, after = line[: place.column - 1], line[place.column - 1 :]
        matched = re.match(r"\"[^\"]*\"|'[^']*'|[^\s,}#]+", after)
        lines[place.line - 1] = f"{before}{value}{after[matched.end() if matched else 0 :]}"
    lines = _without("\n".join(lines), {path for path, value in changes.items() if value is None}).split("\n")
    while lines and not lines[-1].strip():
        lines.pop()
    return "\n".join([*lines, *added, ""])


def _without(text: str, paths: Collection[Path]) -> str:
    """``text`` with the settings at ``paths`` out of use, and those that would be left with nothing in them."""
    whole = yaml.compose(text, Loader=yaml.SafeLoader)
    if isinstance(whole, yaml.MappingNode):
        for key, value, in_braces in reversed(list(_out_of_use(whole, (), paths))):
            text = _deleted(text, key, value) if in_braces else _commented(text, key, value)
    return text


def _out_of_use(
    holder: yaml.MappingNode, above: Path, paths: Collection[Path]
) -> Iterator[tuple[yaml.Node, yaml.Node, bool]]:
    """The key and the value of each setting to take out, in the order of the text, and whether it stands in braces."""
    for key, value in holder.value:
        path = (*above, key.value)
        if path in paths or _is_emptied(value, path, paths):
            yield key, value, bool(holder.flow_style)
        elif isinstance(value, yaml.MappingNode):
            yield from _out_of_use(value, path, paths)


def _is_emptied(node: yaml.Node, path: Path, paths: Collection[Path]) -> bool:
    if not isinstance(node, yaml.MappingNode) or not node.value:
        return False
    inside = ((each, (*path, key.value)) for key, each in node.value)
    return all(below in paths or _is_emptied(each, below, paths) for each, below in inside)


def _commented(text: str, key: yaml.Node, value: yaml.Node) -> str:
    lines = text.split("\n")
    first, column, last = key.start_mark.line, key.start_mark.column, value.end_mark.line
    while last > first and not lines[last][: value.end_mark.column if last == value.end_mark.line else None].strip():
        last -= 1
    for number in range(first, last + 1):
        lines[number] = f"{lines[number][:column]}# {lines[number][column:]}"
    return "\n".join(lines)


def _deleted(text: str, key: yaml.Node, value: yaml.Node) -> str:
    before, after = text[: key.start_mark.index], text[value.end_mark.index :]
    if found := re.match(r"\s*,\s*", after):
        return before + after[found.end() :]
    return re.sub(r"\s*,\s*\Z", "", before) + after
