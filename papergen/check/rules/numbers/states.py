"""How many rows of a table are done, green or overdue, beside the sentence that counts them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from papergen.check.reading import Reading
from papergen.check.rule import Finding, rule
from papergen.diagnostics import Severity
from papergen.language.passages import RUNNING
from papergen.language.words import stem
from papergen.model.walk import cells_of

_STATE = re.compile(r"(?:current )?(?:state|status|rag(?: rating)?|rating|progress|position)", re.IGNORECASE)
_OF = re.compile(r" of (?:the |our |its |these )?")
_ARE = re.compile(
    r"(?: \([^()]*\))?(?: [a-z-]+){0,3}? (?:is|are|was|were|(?:has|have) been)(?: now| already| still)?"
    r" (?P<state>[a-z]+)\b"
)


@rule("C111", Severity.WARNING, by_file=True)
def find_wrong_counts_of_states(reading: Reading) -> Iterator[Finding]:
    """A count of what is done, green or overdue does not agree with the table beside it.

    “Two of the four are done” under the same heading as a typed table of four rows, whose column of states says so of
    another number of them.
    Source: Code of Practice for Statistics (2022), Q3: assured quality
    Example: “Two of the four tasks are done” below a table with “Done” beside one of four.
    """
    for found in (each for each in reading.tables if not each.node.measures):
        header, *rows = cells_of(found.node)
        column = next((at for at, head in enumerate(header) if at and _STATE.fullmatch(head)), None)
        states = Counter(_first(row[column]) for row in rows) if column else Counter[str]()
        here = (each for each in reading.passages if each.place in RUNNING and each.section.key == found.section.key)
        for passage in here if states else ():
            for part, whole in pairwise(passage.numbers):
                if whole.worth != len(rows) or not _OF.fullmatch(passage.text, part.end, whole.start):
                    continue
                said = _ARE.match(passage.text, whole.end)
                has = states[stem(said["state"])] if said else 0
                if said and has and has != part.worth:
                    table = found.node.label or "the table"
                    message = f"“{part.text}” is said to be how many are {said['state']}, and {table} has {has}."
                    yield Finding((passage, part.start, part.end), message, "Correct the number here or there.")


def _first(cell: str) -> str:
    """The stem of the first word of a cell, in small letters."""
    word = re.match(r"[^\W\d_]+", cell)
    return stem(word[0].casefold()) if word else ""
