"""What is markup and does not look it: a list, a quotation or emphasis that an author hardly meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from papergen import codes
from papergen.diagnostics import Code, Diagnostics, Span
from papergen.read.rules.places import offset
from papergen.read.source import Source
from papergen.read.stray import counted_on

_HIGH = 100
"""A list of papers hardly begins at so high a number; a year does."""

_COPYRIGHT = re.compile(r"(?:19|20)\d\d\b|Crown|Copyright|.{0,60}\b(?:19|20)\d\d\W*$")
_OF_A_NOTE = re.compile(r"Provisional|Estimate|Note|Source|Exclu|Inclu|Figures|Data|Subject to|Rounded|Revised|As at\b")
_EMPHASISED = re.compile(r"\*+[^*\s](?:[^*]*[^*\s])?\*+")
_STAR = re.compile(r"(?<=[\w)%’”])\*(?=[\s.,;:)]|$)")
"""A star after a word, which a note below explains."""
_LETTERS = re.compile(r"[^\W\d_] [^\W\d_]")
_AMOUNT = re.compile(r"[£€$]?\d")
_EMPHASIS = ("em_open", "em_close", "strong_open", "strong_close")


def unmeant_marks(tokens: Sequence[Token]) -> Iterator[tuple[Token, Code, str, str]]:
    """The tokens of a text whose marks would print other than as they look, with the code, message and hint of each."""
    for token in _emphasis_in_numbers(tokens):
        mark = token.markup
        yield (
            token,
            codes.UNMEANT_MARKUP,
            f"“{mark}” beside a digit makes emphasis here, and would not be printed.",
            f"For a multiplication sign write ×; to print it put a backslash before each “{mark[0]}”.",
        )
    for token in _emphasis_across_words(tokens):
        yield (
            token,
            codes.UNMEANT_MARKUP,
            f"“{token.markup}” in a word or name makes emphasis here up to the next one, and would not be printed.",
            f"To print it put a backslash before each “{token.markup[0]}”.",
        )
    for token in _uneven_emphasis(tokens):
        yield (
            token,
            codes.STRAY_MARKUP,
            f"“{token.content}” would be printed: one side of the words has two marks, the other one.",
            "Write “**” on both sides, or “*” on both. To print it as it stands, put a backslash before it.",
        )
    for token in _cut_paths(tokens):
        yield (
            token,
            codes.UNMEANT_MARKUP,
            f"“{token.markup}” in the path would be printed as “{token.content}”.",
            "Write two backslashes for each one of the path.",
        )


def _emphasis_in_numbers(tokens: Sequence[Token]) -> Iterator[Token]:
    """The tokens that open or close emphasis inside a number, so that its marks are lost: 2*3*4 prints 234.

    One mark needs a digit on one side and a letter or digit on the other, a double one digits on both.
    """
    words = [token for token in tokens if token.type != "text" or token.content]
    is_told = False
    for before, token, after in zip([None, *words], words, [*words[1:], None], strict=False):
        if token.type not in _EMPHASIS or is_told:
            is_told = is_told and not token.type.endswith("_close")
            continue
        last = before.content[-1:] if before else ""
        first = after.content[:1] if after else ""
        digits = last.isdigit() + first.isdigit()
        if last.isalnum() and first.isalnum() and digits >= len(token.markup):
            is_told = token.type.endswith("_open")
            yield token


def _emphasis_across_words(tokens: Sequence[Token]) -> Iterator[Token]:
    """The tokens that open emphasis inside one word and close it inside another, or in a name: d**n, h**l; @_jane_."""
    words = [token for token in tokens if token.type != "text" or token.content]
    opened: list[tuple[Token, str, int]] = []
    for number, (before, token, after) in enumerate(zip([None, *words], words, [*words[1:], None], strict=False)):
        if token.type not in _EMPHASIS:
            continue
        beside = f"{before.content[-1:] if before else ''} {after.content[:1] if after else ''}"
        if token.type.endswith("_open"):
            opened.append((token, beside, number))
        elif opened:
            opens, around, first = opened.pop()
            is_inside = _LETTERS.fullmatch(around) and _LETTERS.fullmatch(beside)
            is_wide = any(" " in each.content for each in words[first:number])
            is_name = token.markup[0] == "_" and (around[0] in "@#" or beside.endswith("@"))
            if (is_inside and is_wide) or is_name:
                yield opens


def _uneven_emphasis(tokens: Sequence[Token]) -> Iterator[Token]:
    """The marks left over beside emphasis that has two of them on one side and one on the other: **words*."""
    words = [token for token in tokens if token.type != "text" or token.content]
    for first, mark, last in zip([None, *words], words, [*words[1:], None], strict=False):
        beside = first if mark.type == "em_open" else last if mark.type == "em_close" else None
        if beside and beside.type == "text" and beside.content == mark.markup:
            yield beside


_PATH = re.compile(r"(?:^|[\s(“‘\"'])[A-Za-z]:[\w.~$()\\-]*$")
_LONGEST_PATH = 260
_BEFORE_PATH = re.compile(r"(?:^|[\s(“‘\"'])$")


def _cut_paths(tokens: Sequence[Token]) -> Iterator[Token]:
    r"""The first backslash of each path that would not be printed: \\server\share prints \server\share."""
    before, is_told = "", False
    for token, after in zip(tokens, [*tokens[1:], None], strict=False):
        if token.type not in ("text", "text_special"):
            before, is_told = "", False
            continue
        if " " in token.content:
            is_told = False
        if token.info == "escape" and token.content != token.markup and not is_told:
            named = after is not None and after.type == "text" and after.content[:1].isalnum()
            is_double = token.content == "\\"
            begins = is_double and named and _BEFORE_PATH.search(before)
            if begins or (not is_double and _PATH.search(before)):
                is_told = True
                yield token
        before = (before + token.content)[-_LONGEST_PATH:]


def is_unclosed(block: Token, names: Sequence[str]) -> bool:
    """Whether a block between backticks goes on to the end of what it stands in, or over the start of the next one."""
    first, after = block.map or (0, 0)
    starts = re.search(rf"^[ \t]*```[ \t]*(?:{'|'.join(names)})\b", block.content, re.MULTILINE)
    lines = block.content.count("\n") + (block.content[-1:] not in ("", "\n"))
    return after - first < lines + 2 or starts is not None


@dataclass(slots=True)
class _OpenList:
    """A list that is not closed yet: the number typed before each item, and the words that it begins with.

    ``is_note`` says that it stands where the note of a star does.
    """

    token: Token
    is_note: bool = False
    numbers: list[int] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


def tell_unmeant(tokens: Sequence[Token], source: Source, diagnostics: Diagnostics) -> None:
    """Tell of lists and quotations that a number, a year or a sign at the start of a paragraph made by itself."""
    opened: list[_OpenList] = []
    last = 0
    has_star = False
    for index, token in enumerate(tokens):
        match token.type:
            case "paragraph_close" if label := _begins_list(tokens, index):
                told = f"The paragraphs from “{label}” on are no list."
                act = "Put each letter in brackets, such as (a)."
                diagnostics.add(codes.STRAY_MARKUP, source.at(offset(tokens[index - 2])), told, act)
            case "inline":
                words = _EMPHASISED.sub("", token.content)
                has_star = has_star or token.content == "*" or _STAR.search(words) is not None
            case "ordered_list_open" | "bullet_list_open":
                opened.append(_OpenList(token, is_note=has_star or (index > 0 and _is_table(tokens[index - 1]))))
            case "list_item_open":
                opened[-1].numbers += [int(token.info)] if token.info.isdecimal() else []
                opened[-1].words.append(_first_words(tokens, index))
            case "ordered_list_close":
                listed = opened.pop()
                if listed.numbers and listed.token.markup and listed.words[0] and _is_unmeant(listed.numbers, last):
                    _tell_list(listed, source.at(offset(listed.token)), diagnostics)
                is_alone = listed.numbers == [3] and last != 2 and not listed.token.markup
                if is_alone and _COPYRIGHT.match(listed.words[0]):
                    hint = "For the sign write ©; to print the letter put a backslash before the bracket."
                    _tell(source.at(offset(listed.token)), "“(c)” begins a list here.", hint, diagnostics)
                last = listed.numbers[0] + len(listed.numbers) - 1 if listed.numbers else last
            case "bullet_list_close":
                listed = opened.pop()
                _tell_sign(listed, source.at(offset(listed.token)), diagnostics)
            case "blockquote_open" if _AMOUNT.match(_first_words(tokens, index)):
                _tell(
                    source.at(offset(token)),
                    "“>” before a number begins a quotation, and would not be printed.",
                    "Write “more than” in its place; to print it put a backslash before it.",
                    diagnostics,
                )


def _begins_list(tokens: Sequence[Token], closes: int) -> str:
    """“a.”, where the paragraph that closes begins so and the next one with “b.”; else nothing."""
    after = tokens[closes + 1] if len(tokens) > closes + 1 else None
    if after is None or after.type != "paragraph_open" or after.level != tokens[closes].level:
        return ""
    label = counted_on(tokens[closes - 1].content, tokens[closes + 2].content)
    return label if label in ("a.", "i.") else ""


def _is_unmeant(numbers: Sequence[int], last: int) -> bool:
    """Whether a list hardly begins with such a number: a year, or one number that does not follow the list before."""
    if numbers[0] >= _HIGH:
        return True
    return len(numbers) == 1 and numbers[0] > 1 and numbers[0] != last + 1


def _tell_list(listed: _OpenList, at: Span, diagnostics: Diagnostics) -> None:
    number, mark = listed.numbers[0], listed.token.markup
    message = f"“{number}{mark}” begins a list at {number}."
    _tell(at, message, f"Where it begins a sentence, write “{number}\\{mark}”.", diagnostics)


def _tell_sign(listed: _OpenList, at: Span, diagnostics: Diagnostics) -> None:
    mark = listed.token.markup
    if any(map(_AMOUNT.match, listed.words)) and (mark == "+" or len(listed.words) == 1):
        sign = {"-": "−"}.get(mark, f"\\{mark}")
        _tell(
            at,
            f"“{mark}” before a number begins an item of a list, and would not be printed.",
            f"To print it write “{sign}” in its place; else begin with a word, or write a sentence.",
            diagnostics,
        )
    elif mark == "*" and len(listed.words) == 1:
        (words,) = listed.words
        message = "“*” begins an item of a list here, and would not be printed."
        if _STAR.search(_EMPHASISED.sub("", words)):
            _tell(at, message, "For italic words put it directly before the first; for a list write “-”.", diagnostics)
        elif listed.is_note or _OF_A_NOTE.match(words):
            _tell(at, message, "For a note write “\\*” in its place; for a list write “-”.", diagnostics)


def _is_table(token: Token) -> bool:
    return token.type == "table_close" or (token.type == "fence" and token.info.strip() == "table")


def _tell(at: Span, message: str, hint: str, diagnostics: Diagnostics) -> None:
    diagnostics.add(codes.UNMEANT_MARKUP, at, message, hint)


def _first_words(tokens: Sequence[Token], index: int) -> str:
    """The text of the paragraph that what opens at ``index`` begins with, or nothing."""
    return tokens[index + 2].content if len(tokens) > index + 2 and tokens[index + 2].type == "inline" else ""
