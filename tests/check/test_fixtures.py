"""What each rule finds and what it leaves alone, as Markdown: ``fixtures/C103.md`` holds the cases of C103.

A case begins with one or more lines that say what to expect, and goes on with a section of the annex of Norfolk's
meeting of 12 June 2018, which reports on January to March 2018:

``%%% finds: WORDS``
    one finding, which stands where the words do; a second such line, and there are two.  ``finds in FILE: WORDS`` where
    they stand in another file of the workspace, such as ``measures.yaml``.
``%%% says: MESSAGE`` and ``%%% hint: HINT``
    what the finding above says, in full.
``%%% mend: OLD => NEW``
    the hint of the first finding done as told: with these words in place of those, it is gone and there is no new one.
    A second such line belongs to the same mend, and ``or mend`` begins another that the hint leaves open; ``mend in
    FILE`` changes a file of ``content/``, and ``\\n`` stands for a new line.
``%%% leaves alone``
    no finding; ``leaves alone in FILE: WORDS``, none in the line of that file where the words stand.
``%%% reading finds: CODE``
    an error that is told while the words are read.

After ``%%% in the annex`` and ``%%% in the report`` stand more sections, after ``%%% at the last meeting`` one of the
annex of 13 March 2018.  A section may have front matter; it is called “Words” and owned by somebody where that does not
say.  A new case begins at the next line of expectation that stands below other words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pytest

from papergen.check.reading import Reading, in_files
from papergen.check.registry import RULES
from papergen.check.run import check
from papergen.diagnostics import Diagnostic
from papergen.session import Memory
from tests.check.proof import ANNEX, REPORT, findings, reading_of, workspace_text
from tests.support.hints import form_of

FIXTURES = Path(__file__).parent / "fixtures"
_LINE = re.compile(r"%%% (?P<what>[a-z ]+?)(?: in (?P<file>[\w./-]+))?(?:: (?P<words>.*))?")
_PLACES = {"in the annex": ANNEX, "in the report": REPORT, "at the last meeting": ""}


@dataclass
class Case:
    """One case of a file, which begins at ``line``."""

    code: str
    line: int
    finds: list[tuple[str, str]] = field(default_factory=list)
    says: list[str] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    not_in: list[tuple[str, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    sections: list[tuple[str, list[str]]] = field(default_factory=list)
    mends: list[list[tuple[str, str]]] = field(default_factory=list)

    @cached_property
    def whole(self) -> Reading:
        """What the rules see of it."""
        return self.reading()

    def reading(self, mend: Sequence[tuple[str, str]] = ()) -> Reading:
        """What they see with the changes of a mend."""
        sections = [(paper, "\n".join(lines)) for paper, lines in self.sections]
        now = [(paper, text) for paper, text in sections if paper]
        before = [(ANNEX, text) for paper, text in sections if not paper]
        settings: dict[str, str] = {}
        for file, words in mend:
            old, _, new = (part.replace("\\n", "\n") for part in f"{words} ".partition(" => "))
            new = new.removesuffix(" ")
            if file:
                settings[file] = replaced(settings.get(file) or workspace_text(file), old, new) if old else new
            else:
                index = next((at for at, (_, text) in enumerate(now) if old in text), 0)
                now[index] = (now[index][0], replaced(now[index][1], old, new))
        return reading_of(now, before=before, problems=() if mend else self.problems, settings=settings)


def replaced(text: str, old: str, new: str) -> str:
    assert old in text, f"{old!r} does not stand in {text!r}"
    return text.replace(old, new, 1)


def cases() -> list[Case]:
    """The cases of all files."""
    found: list[Case] = []
    for path in sorted(FIXTURES.glob("*.md")):
        begins = True
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not line.startswith("%%% "):
                if found and found[-1].code == path.stem:
                    found[-1].sections[-1][1].append(line)
                    begins = True
                continue
            parts = _LINE.fullmatch(line)
            assert parts, f"{path.name}, line {number}: {line}"
            what, file, words = parts["what"], parts["file"] or "", parts["words"] or ""
            if f"{what} in {file}" in _PLACES or what in _PLACES:
                found[-1].sections.append((_PLACES.get(what, _PLACES.get(f"{what} in {file}", "")), []))
                continue
            if begins:
                found.append(Case(path.stem, number, sections=[(ANNEX, [])]))
                begins = False
            _expect(found[-1], what, file, words)
    return found


def _expect(case: Case, what: str, file: str, words: str) -> None:
    match what:
        case "finds":
            case.finds.append((file, words))
        case "says":
            case.says.append(words)
        case "hint":
            case.hints.append(words)
        case "mend" if case.mends:
            case.mends[-1].append((file, words))
        case "mend" | "or mend":
            case.mends.append([(file, words)])
        case "leaves alone":
            case.not_in += [(file, words)] if file else []
        case "reading finds":
            case.problems.append(words)
        case _:
            raise AssertionError(f"line {case.line}: “%%% {what}”")


CASES = cases()


@pytest.mark.parametrize("case", CASES, ids=[f"{case.code}-{case.line}" for case in CASES])
def test_a_case(case: Case) -> None:
    of = case.whole
    found = findings(case.code, of)
    assert set(findings(case.code, in_files(of, Memory()))) == set(found)  # by itself, file by file
    shown = "\n".join(f"{each} {each.hint}" for each in found)
    assert all(each.message.endswith(".") and each.hint.endswith((".", "?", "”.")) for each in found), shown
    here = [each for each in found if each.at.file in of.texts]
    expected = [words for file, words in case.finds if not file]
    assert len(here) == len(expected), shown
    for words, each in zip(expected, here, strict=True):
        assert stands_at(of.texts[each.at.file], each, words), f"{words} / {shown}"
    elsewhere = [(file, words) for file, words in case.finds if file]
    for file, words in (*elsewhere, *case.not_in):
        there = [each for each in found if each.at.file == f"content/{file}"]
        told = any(stands_at(workspace_text(file), each, words) for each in there)
        assert told == ((file, words) in elsewhere), shown
    assert case.says == [each.message for each in found][: len(case.says)]
    assert case.hints == [each.hint for each in found][: len(case.hints)]


MENDS = [(case, mend) for case in CASES for mend in case.mends]


@pytest.mark.parametrize(("case", "mend"), MENDS, ids=[f"{case.code}-{case.line}-{mend[0][1]}" for case, mend in MENDS])
def test_a_hint_done_as_told_mends(case: Case, mend: list[tuple[str, str]]) -> None:
    before = Counter(each.code.id for each in check(case.whole).findings)
    after = check(case.reading(mend)).findings
    new = Counter(each.code.id for each in after) - before
    assert [f"{each} {each.hint}" for each in after if each.code.id in new] == []
    assert sum(each.code.id == case.code for each in after) < before[case.code]


@pytest.mark.slow
def test_every_hint_of_a_rule_is_followed_once() -> None:
    given: set[tuple[str, str]] = set()
    followed: set[tuple[str, str]] = set()
    for case in CASES:
        if case.finds:
            found = [(case.code, form_of(each.hint)) for each in findings(case.code, case.whole)]
            given.update(found)
            followed.update(found[:1] if case.mends else ())
    assert given - followed - {(code, form_of(hint)) for code, hint in NOT_FOLLOWED.items()} == set()


NOT_FOLLOWED = {
    # It says that nothing need be done.
    "C303": "Read it once more; nothing need be done if it still holds.",
}


def stands_at(text: str, found: Diagnostic, words: str) -> bool:
    """Whether a finding stands at words: in their line, and at their column where it gives one."""
    line = text.split("\n")[found.at.line - 1].replace("&nbsp;", " ")
    return line[found.at.column - 1 :].startswith(words) if found.at.column else words in line


def test_every_rule_has_a_case_that_finds_and_one_that_leaves_alone() -> None:
    finding = {case.code for case in CASES if case.finds}
    leaving = {case.code for case in CASES if not case.finds}
    codes = {rule.code.id for rule in RULES}
    assert codes - finding == set()
    assert codes - leaving == set()
    assert {path.stem for path in FIXTURES.iterdir()} == codes


def test_no_two_cases_are_the_same() -> None:
    texts = Counter((case.code, str(case.sections)) for case in CASES)
    assert [text for text, count in texts.items() if count > 1] == []
