"""References: to parts, subjects, appendices and numbers that the papers of the meeting do not have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from papergen.check.reading import Reading, once
from papergen.check.rule import Finding, rule
from papergen.diagnostics import Severity
from papergen.language.lexicon import entries
from papergen.language.numbers import IN_WORDS
from papergen.language.passages import Passage, Place
from papergen.language.words import near_before, stems
from papergen.model.nodes import Figure, List, ListItem, Paper, Paragraph, Section, Table
from papergen.model.walk import find, plain_text, walk_sections
from papergen.values.formats import number_in_words

_FORMAT_TITLE = re.compile(
    r"\b(?:format|structure|layout|arrangement|outline|organisation|scope) of (?:the|this) (?:report|paper)s?\b"
    r"|\bhow (?:the|this) (?:report|paper) is (?:laid out|arranged|organised|organized|structured|set out)\b"
    r"|\bwhat (?:the|this) (?:report|paper) (?:covers|contains|holds|includes)\b|^(?:report )?(?:format|structure)$",
    re.IGNORECASE,
)
_PARTS = re.compile(
    r"\b(?P<kind>[Pp]arts?|PARTS?|[Ss]ections?|[Cc]hapters?)[ \u00a0]"
    r"\d+(?:\.\d+)*(?:(?:,| and| or|, and)[ \u00a0]\d+(?:\.\d+)*)*"
    r"(?!\s+of\s+(?!th(?:is|e)\s+(?:report|paper)))"
)
_HOW_MANY = re.compile(
    r"(?<!\bfirst )(?<!\blast )(?<!\bother )(?<!\bnext )(?<!\bthese )(?<!\bthose )"
    rf"\b(?P<number>{'|'.join(map(number_in_words, range(2, 13)))}|[2-9]|1[0-2])[ \u00a0](?:main )?parts\b",
    re.IGNORECASE,
)
_PART_TITLE = re.compile(r"part[ \u00a0](\d+)\b", re.IGNORECASE)

_PROMISE = re.compile(
    r"\b(?:(?:updates?|information|details?|accounts?|reports?|commentary|figures|data|news|outlines?|overviews?|summary"
    r"|summaries|progress|briefings?|latest|position|items?|(?:an?|the|further|this) (?:sections?|parts?|chapters?))"
    r"(?: is| are)?(?: also)?(?: given| provided)? (?:on|of|about|for)"
    r"|(?:outlines|covers|describes|sets out|summarises|explains|reports on|deals with|looks at|discusses|introduces"
    r"|lists|tells (?:of|which|what|how|about|members (?:of|about|what|which))))"
    r"(?= (?P<what>[^.,;:()–—]+))",
    re.IGNORECASE,
)
_TOLD_THERE = re.compile(
    r"(?:^|[.;:–—]\s+)(?P<what>[^.,;:()–—]{3,80}?) (?:is|are|will be) (?:then |also )?"
    r"(?:given|provided|set out|reported|described|covered|listed|included|summarised|outlined|shown|found|discussed"
    r"|presented)\b",
    re.IGNORECASE,
)
_STOP = re.compile(r"\s+(?:and|or|as well as|together with|that|which|who|whose|by|since|not|it|in|from|during)\s+")
_MOST_WORDS = 3


_GENERAL = stems(" ".join(entries("general")))


def _formats(reading: Reading) -> Iterator[tuple[Paper, str, list[Passage]]]:
    """Each section that tells the format of its paper: the paper, the section's key and its passages."""
    for found in reading.sections:
        if _FORMAT_TITLE.search(plain_text(found.node.title)):
            keys = {each.key for each in walk_sections((found.node,))}
            own = (each for each in reading.passages if each.paper.name == found.paper.name)
            inside = [each for each in own if each.section.key in keys and each.place is not Place.TITLE]
            yield found.paper, found.node.key, inside


@rule("C404", Severity.WARNING)
def find_parts_not_there(reading: Reading) -> Iterator[Finding]:
    """The format of the report names a part, or a number of parts, that the paper does not have.

    Source: Local Government Act 1972, s. 100B; the paper of February 2016
    Example: “Part 4 gives the accounts” in a report with three parts.
    """
    for paper, _, inside in _formats(reading):
        sections = list(walk_sections(paper.sections))
        parts = {found[1] for each in sections if (found := _PART_TITLE.match(plain_text(each.title)))}
        numbers = {section.number for section in sections if section.number}
        for passage in inside:
            for found in _PARTS.finditer(passage.text):
                if not passage.typed(*found.span()) or passage.is_linked(*found.span()):
                    continue
                kind = found["kind"].lower().rstrip("s")
                there = parts if kind == "part" else numbers
                for number in (each for each in re.findall(r"\d+(?:\.\d+)*", found[0]) if each not in there):
                    name = f"{kind.capitalize()} {number}"
                    hint = "Point to the section by its id, “[](#…)”, so that its number is right of itself."
                    if kind == "part":
                        hint = f"Write it, under a heading that begins “{name}”; or leave it out of the format."
                    message = f"The format names “{name}”, and the paper has no heading for it."
                    yield Finding((passage, *found.span()), message, hint)
            for found in _HOW_MANY.finditer(passage.text) if parts else ():
                has = len(parts)
                if IN_WORDS.get(found["number"].lower(), found["number"]) not in (has, str(has)):
                    message = f"The format says “{found[0]}”, and the paper has {has} headings that begin “Part”."
                    hint = "Write the part that is missing, or correct the number."
                    yield Finding((passage, *found.span()), message, hint)


@rule("C405", Severity.WARNING)
def find_unkept_promises(reading: Reading) -> Iterator[Finding]:
    """The format of the report promises a subject that no section takes up.

    A section takes it up when all the words that matter stand in it.
    Source: The paper of February 2016, whose format promised an update on the grant scheme that was never given
    Example: “Part 1 … and an update on the grant scheme”, when no section speaks of it.
    """
    for paper, key, inside in _formats(reading):
        bodies = [body for file in reading.parts for at, body in _bodies(file) if at != (paper.name, key)]
        for passage in inside:
            told: set[int] = set()
            for found in (*_PROMISE.finditer(passage.text), *_TOLD_THERE.finditer(passage.text)):
                # Up to the next joining word: a second promise is found by itself.
                subject = _STOP.split(found["what"], maxsplit=1)[0].rstrip()
                start, end = found.start("what"), found.start("what") + len(subject)
                promised = stems(subject, least=3) - _GENERAL
                is_new = told.isdisjoint(range(start, end)) and 0 < len(promised) <= _MOST_WORDS
                if is_new and not any(promised <= body for body in bodies):
                    told.update(range(start, end))
                    message = f"The format promises “{subject.strip()}”, and no section speaks of it."
                    hint = "Write it, or leave it out of the format; if there is nothing to tell, say so where it would"
                    yield Finding((passage, start, end), message, f"{hint} stand.")


@once
def _bodies(file: Reading) -> tuple[tuple[tuple[str, str], frozenset[str]], ...]:
    """The stems of the words of each section, its heading among them, with the paper and the section's key."""
    texts: dict[tuple[str, str], list[str]] = {}
    for passage in file.passages:
        texts.setdefault((passage.paper.name, passage.section.key), []).append(passage.text)
    return tuple((at, stems(" ".join(words))) for at, words in texts.items())


_APPENDIX = re.compile(
    r"\b(?:Appendix|Appendices|Annexe?|Annexes)[ \u00a0](?:[A-Z]|\d{1,2})\b(?!\.\d|[’'])"
    r"(?:(?:,| and| or| to)[ \u00a0](?:[A-Z]|\d{1,2})\b)*"
)
_ELSEWHERE = re.compile(r"\s*(?:\([^)]*\)\s*)?(?:,\s*)?(?:of|to)\s+(?!(?:this|these|the present)\b)[\w‘“]")
_NUMBER = r"(?:\d{1,3}(?:\.\d{1,3})*(?:\([a-z]{1,4}\))*|[A-Z](?:\.\d{1,3})*|\([a-z]{1,4}\))(?![\w%£’'-]|\.\d)"
_NUMBERED = re.compile(
    r"\b(?P<kind>[Ss]ection|[Pp]ara(?:graph)?|[Tt]able|[Ff]igure|[Rr]ecommendation)s?\.?[ \u00a0]"
    rf"(?P<first>{_NUMBER})(?P<more>(?:(?:,| and| or| to|–|-)[ \u00a0]?{_NUMBER})*)"
)
_POINTS = re.compile(
    r"(?:\b(?:see|in|at|from|with|and|to|shown by)|\()\W*"
    rf"(?:(?:section|para(?:graph)?|table|figure|recommendation)s?[ \u00a0]{_NUMBER}\W*)*$",
    re.IGNORECASE,
)
_SAYS = re.compile(r"\s+(?:says?|shows?|tells?|explains?|describes?|sets?[ \u00a0]out|gives?|lists?)\b")
_AS = re.compile(r"\bas\W*$", re.IGNORECASE)
_SEE = re.compile(r"\b(?:see|in|at)\W*$", re.IGNORECASE)
_LAW = re.compile(
    r"\b(?:Act|Bill|Regulations?|Order|Schedule|Rules|Code|Directive|Convention|Agreement|Constitution|Circular|Guide"
    r"|Guidance|Standing Orders|Protocol|Lease|code of practice|[Cc]ontract|[Hh]andbook|[Mm]anual|[Pp]olicy)\b"
)


@rule("C410", Severity.WARNING)
def find_lacking_appendices(reading: Reading) -> Iterator[Finding]:
    """The text names an appendix that is not among the papers.

    No paper and no heading of the meeting has that name, or its folder is empty. An appendix of somebody else's
    document (“Annex 2 to the circular”) is let pass.
    Source: Local Government Act 1972, s. 100B(1) and (2): what belongs to the reports is open to inspection
    Example: “The figures are in Appendix C” when only Appendix A is made.
    """
    built = _appendices_of(reading.papers)
    for passage in reading.passages:
        for found in _APPENDIX.finditer(passage.text):
            kind = "Annex" if found[0].startswith("Annex") else "Appendix"
            for name in (f"{kind} {mark}" for mark in re.findall(r"\b(?:[A-Z]|\d{1,2})\b", found[0])):
                if name not in built and not _is_elsewhere(passage, *found.span(), _names(reading)):
                    yield Finding(
                        (passage, *found.span()),
                        f"“{name}” is named here, and no paper of this meeting has that name.",
                        f"Add it to the papers in content/panel.yaml with its folder; otherwise correct “{name}” to"
                        " what is meant, or say whose document it stands in.",
                    )


@once
def _names(reading: Reading) -> tuple[str, ...]:
    """The names and titles of the papers, in small letters, but for those of one word, which others have too."""
    names = (name for paper in reading.papers for name in (paper.fields.get("paper.name", ""), paper.title))
    return tuple(name.casefold() for name in names if len(name.split()) > 1)


def _is_elsewhere(passage: Passage, start: int, end: int, own: tuple[str, ...]) -> bool:
    """Whether what is named belongs to a document that is none of the papers, whose names are ``own``."""
    before = near_before(passage.text, start).rstrip()
    of = _ELSEWHERE.match(passage.text, end)
    owner = passage.text[of.end() - 1 :].casefold().replace("\u00a0", " ").removeprefix("the ") if of else ""
    if owner.startswith(own):
        return False
    return bool(of) or before.endswith(("’s", "s’", "'s")) or passage.is_linked(start, end)


@rule("C412", Severity.WARNING)
def find_lacking_numbers(reading: Reading) -> Iterator[Finding]:
    """The text names a section, paragraph, table, figure or recommendation that is not there.

    What belongs to an Act or to somebody else's document (“section 9 of the Act”, “the inspectors’ recommendation 3”)
    is let pass. A reference by id, such as “[](#savings)”, prints the right number by itself.
    Source: WCAG 2.2, success criterion 1.3.1 (Info and Relationships); reports whose numbers moved while the words
    that pointed to them stayed
    Example: “see paragraph 4.7” in a report whose section 4 ends with 4.5.
    """
    there = frozenset[str]().union(*map(_labels, reading.parts))
    every = list(chain.from_iterable(map(_numbered, reading.parts)))
    # “Paragraph 9 of Schedule 1 to the Act”: “paragraph 10” under that heading is one of the law too, “4.10” is not.
    others = ((each, found, _ELSEWHERE.match(each.text, found.end())) for each, found in every)
    law = ((each, found) for each, found, of in others if of and _LAW.search(each.text, of.start(), of.end() + 40))
    of_law = {(passage.section.key, _kind(found), "." in found["first"]) for passage, found in law}
    for passage, found in every:
        kind = _kind(found)
        is_of_law = (passage.section.key, kind, "." in found["first"]) in of_law
        if is_of_law or not _is_meant(passage, found, there, _names(reading)):
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
    return tuple(each for each in found if each[0].typed(*each[1].span()))


_KIN = {"section": ("section", "paragraph"), "paragraph": ("paragraph", "section")}
"""People call a numbered paragraph a section, and the other way round."""


def _kind(found: re.Match[str]) -> str:
    return {"para": "paragraph"}.get(found["kind"].lower(), found["kind"].lower())


def _is_meant(passage: Passage, found: re.Match[str], there: frozenset[str], own: tuple[str, ...]) -> bool:
    """Whether words point to something in these papers, and not to a law or a document of others."""
    sentence = passage.sentence_of(found.start(), found.end()).text
    if _is_elsewhere(passage, found.start(), found.end(), own) or _LAW.search(sentence):
        return False
    before = near_before(passage.text, found.start())
    match _kind(found):
        case "section" if found["first"][:1].isupper() and not any(re.match("section [A-Z]", each) for each in there):
            return False  # a part of a ground or a form
        case "section":
            said = _AS.search(before) and _SAYS.match(passage.text, found.end())
            is_law = re.match(r"\d{3}", found["first"])
            return bool(said or _POINTS.search(before)) and not is_law
        case "recommendation":
            alike = "recommendation \\d" if found["first"][:1].isdigit() else "recommendation "
            return bool(_SEE.search(before)) or any(re.match(alike, each) for each in there)
        case "table" | "figure" if found["kind"].islower():
            return bool(_POINTS.search(before) or _SAYS.match(passage.text, found.end()))
        case _:
            return True


_NAMED = re.compile(r"(Appendix|Annex)e?[ \u00a0]([A-Z]|\d{1,2})\b")
_TYPED = re.compile(r"(\d{1,3}(?:\.\d{1,3})*)\.?[ \u00a0]")


@once
def _labels(file: Reading) -> frozenset[str]:
    """What papers number, as references print it, in small letters: “table 2”, “paragraph 4.2(b)”, “section a”."""
    labels = [found.node.label for found in find(file.papers, Section, Table, Figure)]
    labels += [found.node.label for found in find(file.papers, Paragraph, ListItem)]
    titles = [plain_text(found.node.title) for found in find(file.papers, Section)]
    begun = [*titles, *(plain_text(found.node.inlines) for found in find(file.papers, Paragraph))]
    typed = ((words, found[1]) for words in begun if (found := _TYPED.match(words)))
    labels += (f"section {number}" for words, number in typed if "." in number or words in titles)
    for listed in (found.node for found in find(file.papers, List) if found.node.ordered):
        labels += (f"paragraph {listed.start + step}" for step in range(len(listed.items)))
    words = (f"{label[:1].lower()}{label[1:]}" for label in labels if label)
    return frozenset(word.replace("\u00a0", " ") for word in words)


def _appendices_of(papers: Sequence[Paper]) -> frozenset[str]:
    """“Appendix A” and “Annex 2”: the papers that have sections, their headings and what is attached to them."""
    names: list[str] = []
    for paper in (each for each in papers if each.sections):
        names += (paper.fields.get("paper.name", ""), paper.title, *(each.label for each in paper.attachments))
        names += (plain_text(section.title) for section in walk_sections(paper.sections))
    return frozenset(f"{named[1]} {named[2]}" for name in names if (named := _NAMED.match(name)))
