"""References in plain words, to what the papers of the meeting do not have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from papergen.check.reading import Reading, once
from papergen.check.rule import Finding, rule
from papergen.diagnostics import Severity
from papergen.language.passages import Passage
from papergen.language.sentences import near_before
from papergen.model.nodes import Figure, List, ListItem, Paper, Paragraph, Section, Table
from papergen.model.walk import find, plain_text, walk_sections

_APPENDIX = re.compile(
    r"\b(?P<kind>Appendix|Appendices|Annexe?|Annexes)[ \u00a0](?P<first>[A-Z]|\d{1,2})\b(?!\.\d|[’'])"
    r"(?P<more>(?:(?:,| and| or| to)[ \u00a0](?:[A-Z]|\d{1,2})\b)*)"
)
_ELSEWHERE = re.compile(r"\s*(?:\([^)]*\)\s*)?(?:,\s*)?(?:of|to)\s+(?!(?:this|these|the present)\b)[\w‘“]")
_NUMBER = r"(?:\d{1,3}(?:\.\d{1,3})*(?:\([a-z]{1,4}\))*|[A-Z](?:\.\d{1,3})*|\([a-z]{1,4}\))(?![\w%£’'-]|\.\d)"
_NUMBERED = re.compile(
    r"\b(?P<kind>[Ss]ection|[Pp]ara(?:graph)?|[Tt]able|[Ff]igure|[Rr]ecommendation)s?\.?[ \u00a0]"
    rf"(?P<first>{_NUMBER})(?P<more>(?:(?:,| and| or| to|–|-)[ \u00a0]?{_NUMBER})*)"
)
_POINTS = re.compile(r"(?:\b(?:see|in|at|from|with|and|to|shown by)|\()\W*$", re.IGNORECASE)
_SEE = re.compile(r"\b(?:see|in|at)\W*$", re.IGNORECASE)
_LAW = re.compile(
    r"\b(?:Act|Bill|Regulations?|Order|Schedule|Rules|Code|Directive|Convention|Agreement|Constitution|Circular|Guide"
    r"|Guidance|Standing Orders|Protocol|Lease|code of practice|[Cc]ontract|[Hh]andbook|[Mm]anual|[Pp]olicy)\b"
)
_OF_LAW = re.compile(r"\s+(?:agreement|contribution|officer|notice|order|money|monies|funding|payment|power|dut)")


@rule("C410", Severity.WARNING)
def find_lacking_appendices(reading: Reading) -> Iterator[Finding]:
    """The text names an appendix that is not among the papers.

    “Appendix B” in the text, when no paper and no heading of the meeting has that name, or its folder is empty. An
    appendix of somebody else's document (“Annex 2 to the circular”) is let pass.
    Source: Local Government Act 1972, s. 100B(1) and (2): what belongs to the reports is open to inspection
    Example: “The figures are in Appendix C” when only Appendix A is made.
    """
    built = set(_names_of_appendices(reading.papers))
    for passage in reading.passages:
        for found in _APPENDIX.finditer(passage.text):
            kind = "Annex" if found["kind"].startswith("Annex") else "Appendix"
            for mark in (found["first"], *re.findall(r"\b(?:[A-Z]|\d{1,2})\b", found["more"])):
                name = f"{kind} {mark}"
                if name not in built and not _is_elsewhere(passage, *found.span()):
                    yield Finding(
                        (passage, *found.span()),
                        f"“{name}” is named here, and no paper of this meeting has that name.",
                        f"Add it to the papers in content/panel.yaml with its folder; otherwise correct “{name}” to"
                        " what is meant, or say whose document it stands in.",
                    )


def _is_elsewhere(passage: Passage, start: int, end: int) -> bool:
    before = near_before(passage.text, start).rstrip()
    of_others = before.endswith(("’s", "s’", "'s")) or _ELSEWHERE.match(passage.text, end)
    return bool(of_others) or passage.is_linked(start, end)


def _names_of_appendices(papers: Iterable[Paper]) -> Iterator[str]:
    for paper in (each for each in papers if each.sections):
        titles = (plain_text(section.title) for section in walk_sections(paper.sections))
        attached = (each.label for each in paper.attachments)
        for name in (paper.fields.get("paper.name", ""), paper.title, *attached, *titles):
            if found := re.match(r"(Appendix|Annex)e?[ \u00a0]([A-Z]|\d{1,2})\b", name):
                yield f"{found[1]} {found[2]}"


@rule("C412", Severity.WARNING)
def find_lacking_numbers(reading: Reading) -> Iterator[Finding]:
    """The text names a section, paragraph, table, figure or recommendation that is not there.

    “See paragraph 4.7” or “recommendation 3” where nothing in the papers of the meeting has that number. What belongs
    to an Act or to somebody else's document (“section 9 of the Act”, “the inspectors’ recommendation 3”) is let pass.
    A reference by id, such as “[](#savings)”, prints the right number by itself.
    Source: WCAG 2.2, success criterion 1.3.1 (Info and Relationships); reports whose numbers moved while the words
    that pointed to them stayed
    Example: “see paragraph 4.7” in a report whose section 4 ends with 4.5.
    """
    there = frozenset[str]().union(*map(_labels, reading.parts))
    every = list(chain.from_iterable(map(_numbered, reading.parts)))
    of_law = {(passage.section.key, _kind(found)) for passage, found in every if _is_of_law(passage, found)}
    for passage, found in every:
        kind = _kind(found)
        if (passage.section.key, kind) in of_law or not _is_meant(passage, found, kind, there):
            continue
        for number in re.findall(_NUMBER, f"{found['first']}{found['more']}"):
            if not there & {f"{each} {number}" for each in _KIN.get(kind, (kind,))}:
                yield Finding(
                    (passage, found.start(), found.end()),
                    f"“{kind} {number}” is named here, and no paper of this meeting has it.",
                    "Correct the number, or name what is meant by its id, such as “[](#its-id)”, which prints the"
                    " number that it has; where it stands in somebody else’s document, say in which.",
                )


@once
def _numbered(file: Reading) -> tuple[tuple[Passage, re.Match[str]], ...]:
    """Each “section 4” that was typed."""
    found = ((passage, each) for passage in file.prose for each in _NUMBERED.finditer(passage.text))
    return tuple((passage, each) for passage, each in found if passage.typed(*each.span()))


_KIN = {"section": ("section", "paragraph"), "paragraph": ("paragraph", "section")}
"""People call a numbered paragraph a section, and the other way round."""


def _kind(found: re.Match[str]) -> str:
    return {"para": "paragraph"}.get(found["kind"].lower(), found["kind"].lower())


def _is_of_law(passage: Passage, found: re.Match[str]) -> bool:
    """“Paragraph 9 of Schedule 1 to the Act”: “paragraph 10” under the same heading is one of that law too."""
    of = _ELSEWHERE.match(passage.text, found.end())
    return of is not None and _LAW.search(passage.text, of.start(), of.end() + 40) is not None


def _is_meant(passage: Passage, found: re.Match[str], kind: str, there: frozenset[str]) -> bool:
    """Whether words point to something in these papers, and not to a law or a document of others."""
    sentence = passage.sentence_of(found.start(), found.end()).text
    if _is_elsewhere(passage, found.start(), found.end()) or _LAW.search(sentence):
        return False
    before = passage.text[: found.start()]
    match kind:
        case "section":
            return bool(_POINTS.search(before)) and not _OF_LAW.match(passage.text, found.end())
        case "recommendation":
            own = "recommendation \\d" if found["first"][:1].isdigit() else "recommendation "
            return bool(_SEE.search(before)) or any(re.match(own, each) for each in there)
        case "table" | "figure" if found["kind"].islower():
            return bool(_POINTS.search(before))
        case _:
            return True


@once
def _labels(reading: Reading) -> frozenset[str]:
    """What the papers number, as references print it, in small letters: “table 2”, “paragraph 4.2(b)”, “section a”."""
    labels = [found.node.label for found in find(reading.papers, Section, Table, Figure)]
    labels += [found.node.label for found in find(reading.papers, Paragraph, ListItem)]
    titles = (plain_text(found.node.title) for found in reading.sections)
    for title in titles:
        if named := re.match(r"(?:Section|Part|Table)[ \u00a0][\dA-Z.]*[\dA-Z]", title):
            labels.append(named[0])
        elif typed := re.match(r"(\d{1,3}(?:\.\d{1,3})*)\.?[ \u00a0]", title):
            labels.append(f"section {typed[1]}")
    texts = (plain_text(found.node.inlines) for found in find(reading.papers, Paragraph))
    labels += (
        f"paragraph {typed[1]}" for text in texts if (typed := re.match(r"(\d{1,3}(?:\.\d{1,3})+)\.?[ \u00a0]", text))
    )
    for listed in (found.node for found in find(reading.papers, List) if found.node.ordered):
        labels += (f"paragraph {listed.start + step}" for step in range(len(listed.items)))
    words = (f"{label[:1].lower()}{label[1:]}" for label in labels if label)
    return frozenset(word.replace("\u00a0", " ") for word in words)
