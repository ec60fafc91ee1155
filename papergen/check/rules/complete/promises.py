"""What the section on the format of a report promises: its parts by number, and the subjects it names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papergen.check.reading import Reading, once
from papergen.check.rule import Finding, rule
from papergen.diagnostics import Severity
from papergen.language.lexicon import entries
from papergen.language.numbers import IN_WORDS
from papergen.language.passages import Passage, Place
from papergen.language.words import stems
from papergen.model.nodes import Paper
from papergen.model.walk import plain_text, walk_sections
from papergen.values.formats import number_in_words

_FORMAT_TITLE = re.compile(
    r"\b(?:format|structure|layout|arrangement|outline|organisation|scope) of (?:the|this) (?:report|paper)s?\b"
    r"|\bhow (?:the|this) (?:report|paper) is (?:laid out|arranged|organised|organized|structured|set out)\b"
    r"|\bwhat (?:the|this) (?:report|paper) (?:covers|contains|holds|includes)\b|^(?:report )?(?:format|structure)$",
    re.IGNORECASE,
)
_PARTS = re.compile(
    r"\b(?P<kind>[Pp]arts?|PARTS?|[Ss]ections?|[Cc]hapters?)[ \u00a0]"
    r"(?P<first>\d+(?:\.\d+)*)(?P<more>(?:(?:,| and| or|, and)[ \u00a0]\d+(?:\.\d+)*)*)"
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
            here = (
                each for each in reading.passages if each.paper.name == found.paper.name and each.section.key in keys
            )
            yield found.paper, found.node.key, [each for each in here if each.place is not Place.TITLE]


@rule("C404", Severity.WARNING)
def find_lacking_parts(reading: Reading) -> Iterator[Finding]:
    """The format of the report names a part that the paper does not have.

    “Part 4”, “section 9” or “four parts” in the format of the report, when the paper has no such part or number.
    Source: Local Government Act 1972, s. 100B; the paper of February 2016
    Example: “Part 4 gives the accounts” in a report with three parts.
    """
    for paper, _, inside in _formats(reading):
        sections = list(walk_sections(paper.sections))
        titles = [plain_text(section.title) for section in sections]
        parts = {found[1] for title in titles if (found := _PART_TITLE.match(title))}
        numbers = {section.number for section in sections if section.number}
        for passage in inside:
            for found in _PARTS.finditer(passage.text):
                if not passage.typed(*found.span()) or passage.is_linked(*found.span()):
                    continue
                kind = found["kind"].lower().rstrip("s")
                for number in [found["first"], *re.findall(r"\d+(?:\.\d+)*", found["more"])]:
                    if number not in (parts if kind == "part" else numbers):
                        name = f"{kind.capitalize()} {number}"
                        hint = "Point to the section by its id, “[](#…)”, so that its number is right of itself."
                        if kind == "part":
                            hint = f"Write it, under a heading that begins “{name}”; or leave it out of the format."
                        message = f"The format names “{name}”, and the paper has no heading for it."
                        yield Finding((passage, *found.span()), message, hint)
            for found in _HOW_MANY.finditer(passage.text) if parts else ():
                if IN_WORDS.get(found["number"].lower(), found["number"]) not in (len(parts), str(len(parts))):
                    has = f"the paper has {len(parts)} headings that begin “Part”."
                    hint = "Write the part that is missing, or correct the number."
                    yield Finding((passage, *found.span()), f"The format says “{found[0]}”, and {has}", hint)


@rule("C405", Severity.WARNING)
def find_unkept_promises(reading: Reading) -> Iterator[Finding]:
    """The format of the report promises a subject that no section takes up.

    A subject that the format of the report promises (“an update on the grant scheme”) and no section takes up. A
    section takes it up when all the words that matter stand in it.
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
                if not told.isdisjoint(range(start, end)):
                    continue
                if 0 < len(promised) <= _MOST_WORDS and not any(promised <= body for body in bodies):
                    told.update(range(start, end))
                    yield Finding(
                        (passage, start, end),
                        f"The format promises “{subject.strip()}”, and no section speaks of it.",
                        "Write it, or leave it out of the format; if there is nothing to tell, say so where it would"
                        " stand.",
                    )


@once
def _bodies(file: Reading) -> tuple[tuple[tuple[str, str], frozenset[str]], ...]:
    """The stems of the words of each section, its heading among them, with the paper and the section's key."""
    texts: dict[tuple[str, str], list[str]] = {}
    for passage in file.passages:
        texts.setdefault((passage.paper.name, passage.section.key), []).append(passage.text)
    return tuple((at, stems(" ".join(words))) for at, words in texts.items())
