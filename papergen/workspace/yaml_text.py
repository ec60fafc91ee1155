"""YAML as it stands in the file: what was typed, what would be lost of it, and YAML's complaints in plainer words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

_TAG = "tag:yaml.org,2002:"
_WHOLE = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_REMARK = re.compile(r"(?P<gap>[ \t]*)#(?P<words>[^\n]*)")
_NEXT_REMARK = re.compile(r"[ \t]*\n[ \t]+#(?=\S)(?P<words>[^\n]*)")
_ESCAPE = re.compile(r"\\(?:\\|[^\\])")
_HARMLESS = re.compile(r'\\["\\/ xuU\n]')
_LONGEST = 60

NOTHING = "nothing"
"""What YAML reads “null” and “~” as."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scalar:
    """A value as it was typed, without the marks round it.

    ``reads_as`` says what YAML makes of it where that is something else altogether.  With ``ends_name`` there is none,
    but a name that stands alone between braces.
    """

    text: str
    reads_as: str = ""
    ends_name: bool = False

    @property
    def marked(self) -> str:
        """The text between straight marks."""
        return _marked(self.text)


@dataclass(frozen=True, slots=True)
class Remark:
    """Words after a “#” that seem to belong to a value, the lines and columns of it counted from 0."""

    line: int
    column: int
    words: str
    marked: str


def scalar_of(node: yaml.ScalarNode, text: str) -> Scalar:
    """The value of ``node`` as it stands in ``text``, and what YAML reads it as."""
    if node.style:
        return Scalar(text=node.value)
    typed = text[node.start_mark.index : node.end_mark.index]
    reads_as = ""
    match node.tag.removeprefix(_TAG):
        case "int" if not _WHOLE.fullmatch(typed):
            reads_as = str(yaml.SafeLoader("").construct_yaml_int(node))
        case "float" if ":" in typed or "_" in typed:
            reads_as = f"{yaml.SafeLoader('').construct_yaml_float(node):g}"
        case "float" if not any(character.isdigit() for character in typed):
            reads_as = "a number without an end" if "inf" in typed.casefold() else "no number"
        case "null" if typed:
            reads_as = NOTHING
    return Scalar(text=typed, reads_as=reads_as)


def is_other_than_typed(valid: Any, path: tuple[str | int, ...]) -> bool:  # noqa: ANN401
    """Whether the yes or no typed at ``path`` became a number in the settings ``valid``."""
    for part in path:
        if isinstance(valid, Mapping | tuple | list):
            valid = valid[part]  # type: ignore[index]
        else:
            fields = type(valid).model_fields
            name = next((name for name, field in fields.items() if part in (name, field.alias)), None)
            valid = None if name is None else getattr(valid, name)
    return isinstance(valid, int | float) and not isinstance(valid, bool)


def misread_escape(node: yaml.ScalarNode, text: str) -> str:
    """The first backslash between double marks that stands for something else, such as a new line; or nothing."""
    if node.style != '"':
        return ""
    typed = text[node.start_mark.index : node.end_mark.index]
    return next((found[0] for found in _ESCAPE.finditer(typed) if not _HARMLESS.match(found[0])), "")


def remark_after(node: yaml.ScalarNode, text: str, *, may_remark: bool) -> Remark | None:
    """The remark after a text that was typed without marks, where it seems to be more of the text.

    It does where a word or number follows “#” at once, and everywhere where values ``may_remark`` not.
    """
    if node.style or node.tag not in (f"{_TAG}str", f"{_TAG}null"):
        return None
    # The mark of an empty value stands directly after the colon or dash.
    end = node.end_mark.index
    found = _REMARK.match(text, end)
    if found is None and not may_remark and node.tag == f"{_TAG}str":
        found = _NEXT_REMARK.match(text, end)
    if found is None:
        return None
    words = found["words"].rstrip()
    if not words.strip() or (may_remark and (words[0].isspace() or not words[0].isalnum())):
        return None
    start = found.start("words") - 1
    line = text.count("\n", 0, start)
    column = start - (text.rfind("\n", 0, start) + 1)
    typed = " ".join(text[node.start_mark.index : end].split())
    return Remark(line, column, _shortened(f"#{words}"), _marked(f"{typed} #{words}".strip()))


def problem_in_words(problem: yaml.MarkedYAMLError, text: str) -> tuple[str, str]:
    """What the YAML reader complains of, in plainer words and with the line of the file, and what mends it."""
    complaint = f"{problem.context or ''} {problem.problem or ''}"
    mark = problem.problem_mark or problem.context_mark
    lines = text.split("\n")
    whole = lines[mark.line] if mark is not None and mark.line < len(lines) else ""
    before, sign = (whole[: mark.column], whole[mark.column : mark.column + 1]) if mark is not None else ("", "")
    if "mapping values are not" in complaint and ":" not in before:
        complaint = "block mapping"  # the first colon of its line: the line above has none, or has fewer spaces
    quoted = f"“{_shortened(whole.strip())}”" if whole.strip() else "the end"
    for part, words, hint in _COMPLAINTS:
        if part in complaint:
            return words.format(line=quoted, sign=sign), hint
    return f"{quoted} is not written as settings are", "Write each setting as “name: value” on a line of its own."


_BETWEEN_MARKS = 'Put the whole value between straight marks (").'
_SPACES = "Begin the names of one group with the same number of spaces, each as “name: value” on a line of its own."
_COMPLAINTS = (
    ("'\\t'", "there is a tab here; use spaces", "Type spaces in place of the tab."),
    ("mapping values are not", "a colon stands here where none may, in {line}", _BETWEEN_MARKS),
    ("mapping keys are not", "a question mark stands here where none may, in {line}", _BETWEEN_MARKS),
    ("sequence entries are not", "a dash stands here where none may, in {line}", "Put the dash on the next line."),
    ("cannot start any token", "no value can begin with “{sign}”, as in {line}", _BETWEEN_MARKS),
    (
        "could not find expected ':'",
        "{line} is no name with a value",
        "Put a colon after the name, or join it to the line above with spaces before it.",
    ),
    (
        "found unexpected end of stream",
        "a mark that was opened is not closed",
        "Close the straight mark after the text.",
    ),
    ("document separator", "a mark that was opened is not closed", "Close the straight mark after the text."),
    ("unknown escape", "a backslash stands before a letter in {line}", "Use single straight marks (') round the text."),
    (
        "hexadecimal numbers",
        "a backslash stands before a letter in {line}",
        "Use single straight marks (') round the text.",
    ),
    ("block scalar", "after “>” or “|” nothing else can stand, as in {line}", _BETWEEN_MARKS),
    ("single document", "a line “---” or “...” ends the settings, and more follows", "Delete that line."),
    ("document start", "a line “---” or “...” ends the settings, and more follows", "Delete that line."),
    ("directive", "no line can begin with “%”, as {line} does", _BETWEEN_MARKS),
    ("tag", "no value can begin with “!”, as in {line}", _BETWEEN_MARKS),
    ("anchor", "no value can begin with “&”, as in {line}", _BETWEEN_MARKS),
    ("alias", "no value can begin with “*”, as in {line}", _BETWEEN_MARKS),
    (
        "flow sequence",
        "a list that begins with “[” is not closed with “]”, at {line}",
        "Close it; text that begins with “[” stands between straight marks.",
    ),
    (
        "flow mapping",
        "a group that begins with “{{” is not closed with “}}”, at {line}",
        "Close it; text that begins with “{” stands between straight marks.",
    ),
    ("block mapping", "{line} does not fit the lines above it", _SPACES),
    ("block collection", "{line} does not fit the lines above it", _SPACES),
)


def _marked(text: str) -> str:
    return (
        f"'{text}'" if '"' in text and "'" not in text else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    )


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
