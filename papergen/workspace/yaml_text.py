"""YAML as it stands in the file: what was typed, what would be lost of it, and YAML's complaints in plainer words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from papergen.values.words import shortened

_TAG = "tag:yaml.org,2002:"
_WHOLE = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_REMARK = re.compile(r"(?P<gap>[ \t]*,?[ \t]*)#(?P<words>[^\n]*)")
_NEXT_REMARK = re.compile(r"[ \t]*\n[ \t]+#(?=\S)(?P<words>[^\n]*)")
_ESCAPE = re.compile(r"\\(?:\\|[^\\])")
_HARMLESS = re.compile(r'\\["\\/ xuU\n]')
_LONGEST = 60
_VALUE = re.compile(r"(?P<head>[ \t]*(?:- +)*(?:[^\s:#\"'{}\[\]-][^:#\"'{}\[\]]*:[ ]+)?)(?P<value>\S.*?)\s*")
_UNSPACED = re.compile(r"(?P<head>[ \t]*(?:- +)*[A-Za-z_][\w-]*):(?P<value>[^\s:/].*?)\s*")
_CUT_IN_BRACKETS = re.compile(
    r"(?P<head>.*[,:{\[]\s*)(?P<value>[^,:{}\[\]\"'#]*[^,:{}\[\]\"'#\s])(?P<gap>[ \t]+)"
    r"(?P<words>#.*?)(?P<close>[\]}]+)\s*"
)

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
        return between_marks(self.text)


@dataclass(frozen=True, slots=True)
class Remark:
    """Words after a “#” that seem to belong to a value, the lines and columns of it counted from 0."""

    line: int
    column: int
    words: str
    marked: str


def place_of(problem: yaml.MarkedYAMLError) -> yaml.Mark | None:
    """Where what the YAML reader complains of stands: of a name without a colon, not where it was missed."""
    if "could not find expected ':'" in (problem.problem or ""):
        return problem.context_mark or problem.problem_mark
    return problem.problem_mark or problem.context_mark


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
    return Remark(line, column, shortened(f"#{words}", _LONGEST), between_marks(f"{typed} #{words}".strip()))


def problem_in_words(problem: yaml.MarkedYAMLError, text: str) -> tuple[str, str]:
    """What the YAML reader complains of, in plainer words and with the line of the file, and what mends it."""
    complaint = f"{problem.context or ''} {problem.problem or ''}"
    mark = place_of(problem)
    lines = text.split("\n")
    whole = lines[mark.line] if mark is not None and mark.line < len(lines) else ""
    before, sign = (whole[: mark.column], whole[mark.column : mark.column + 1]) if mark is not None else ("", "")
    marked = _marked_value(lines, (problem.context_mark, problem.problem_mark))
    if "mapping values are not" in complaint and ":" not in before:
        complaint = "block mapping"  # the first colon of its line: the line above has none, or has fewer spaces
    if re.match(r"\s*-[^\s-]", whole):
        return f"“{shortened(whole.strip(), _LONGEST)}” has no space after its dash", "Put a space after the dash."
    quoted = f"“{shortened(whole.strip(), _LONGEST)}”" if whole.strip() else "the end"
    for part, words, hint in _COMPLAINTS:
        if re.search(part, complaint) and marked and hint == _SPACES:
            return f"more follows after the end of a value, in {quoted}", f"{_BETWEEN_MARKS[:-1]}: {marked}."
        if re.search(part, complaint):
            return words.format(line=quoted, sign=sign), f"{hint[:-1]}: {marked}." if marked else hint
    return f"{quoted} is not written as settings are", "Write each setting as “name: value” on a line of its own."


@dataclass(frozen=True, slots=True)
class UnspacedColon:
    """A name whose colon has no space after it, the line and column of the colon counted from 0."""

    line: int
    column: int
    typed: str
    mended: str


def unspaced_colon(text: str, mark: yaml.Mark | None) -> UnspacedColon | None:
    """The first of the colons without a space that keep the settings from being read, down to the line of ``mark``."""
    lines = text.split("\n")
    if mark is None or mark.line >= len(lines):
        return None
    mended, first = lines[: mark.line + 1], None
    for number in range(mark.line, -1, -1):
        found = _UNSPACED.fullmatch(lines[number])
        if found is not None:
            mended[number] = f"{found['head']}: {found['value']}"
            typed, right = shortened(lines[number].strip(), _LONGEST), shortened(mended[number].strip(), _LONGEST)
            first = UnspacedColon(number, found.end("head"), typed, right)
        elif number < mark.line and lines[number].strip():
            break
    return first if first is not None and _is_readable(mended) else None


def _marked_value(lines: Sequence[str], marks: Iterable[yaml.Mark | None]) -> str:
    """The value on one of these lines between straight marks, if the settings down to it can be read then."""
    for number in dict.fromkeys(mark.line for mark in marks if mark is not None and mark.line < len(lines)):
        found = _VALUE.fullmatch(lines[number])
        if found is None or _is_readable(lines[: number + 1]):
            continue
        value = found["value"]
        if (value[0] == value[-1] and value[0] in "\"'" and value.count(value[0]) % 2) or re.fullmatch(
            "“[^“”]+”", value
        ):
            value = value[1:-1]
        if _is_readable([*lines[:number], found["head"] + between_marks(value)]):
            return between_marks(value)
    return ""


def _is_readable(lines: Sequence[str]) -> bool:
    try:
        yaml.compose("\n".join(lines), yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError):
        return False
    return True


def remark_in_brackets(problem: yaml.MarkedYAMLError, text: str) -> Remark | None:
    """The remark that takes the end of a value with its bracket away, so that the settings cannot be read."""
    opened, lines = problem.context_mark, text.split("\n")
    if opened is None or "flow" not in (problem.context or ""):
        return None
    for number in range(opened.line, min(len(lines), (problem.problem_mark or opened).line + 1)):
        found = _CUT_IN_BRACKETS.fullmatch(lines[number])
        if found is None:
            continue
        marked = between_marks(found["value"] + found["gap"] + found["words"])
        if _is_readable([*lines[:number], found["head"] + marked + found["close"]]):
            return Remark(number, found.start("words"), shortened(found["words"], _LONGEST), marked)
    return None


_BETWEEN_MARKS = "Put the whole value between straight marks."
_SPACES = (
    "Begin the names, or the dashes, of one group with the same number of spaces, each as “name: value” or “- words” on"
    " a line of its own."
)
_COMPLAINTS = (
    (r"'\\t'", "there is a tab here; use spaces", "Type spaces in place of the tab."),
    ("mapping values are not", "a colon stands here where none may, in {line}", _BETWEEN_MARKS),
    ("mapping keys are not", "a question mark stands here where none may, in {line}", _BETWEEN_MARKS),
    (
        "sequence entries are not",
        "a dash stands here where none may, in {line}",
        "Put the dash of a list on the next line, and a text that begins with one between straight marks.",
    ),
    ("cannot start any token", "no value can begin with “{sign}”, as in {line}", _BETWEEN_MARKS),
    (
        "could not find expected ':'",
        "{line} is no name with a value",
        "Put a colon and the value after the name, or put the line behind the one above.",
    ),
    (
        "found unexpected end of stream|document separator",
        "a mark that was opened is not closed",
        "Close the straight mark after the text.",
    ),
    (
        "unknown escape|hexadecimal numbers",
        "a backslash stands before a letter in {line}",
        "Use single straight marks (') round the text.",
    ),
    ("block scalar", "after “>” or “|” nothing else can stand, as in {line}", _BETWEEN_MARKS),
    ("single document", "a line “---” or “...” ends the settings, and more follows", "Delete that line."),
    ("document start", "a line “---” or “...” ends the settings, and more follows", "Delete that line."),
    ("directive", "no line can begin with “%”, as {line} does", "Delete the sign."),
    ("tag", "no value can begin with “!”, as in {line}", _BETWEEN_MARKS),
    ("anchor", "no value can begin with “&”, as in {line}", _BETWEEN_MARKS),
    ("alias", "no value can begin with “*”, as in {line}", _BETWEEN_MARKS),
    (
        "flow sequence",
        "a list that begins with “[” is not closed with “]”, at {line}",
        "Close it, or put a text that begins with “[” between straight marks.",
    ),
    (
        "flow mapping",
        "a group that begins with “{{” is not closed with “}}”, at {line}",
        "Close it, or put a text that begins with “{” between straight marks.",
    ),
    ("block mapping|block collection", "{line} does not fit the lines above it", _SPACES),
)


def between_marks(text: str) -> str:
    """The text between straight marks, as settings take it."""
    if '"' in text and "'" not in text:
        return f"'{text}'"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
