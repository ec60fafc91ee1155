"""Figures: typed numbers beside the data, and numbers that do not agree with each other."""

from __future__ import annotations

from collections.abc import Iterator

from papergen.check.findings import PROSE, told
from papergen.check.reading import Subject
from papergen.check.rule import Rule
from papergen.check.rules.numbers.beside_data import Share, contradictions, share_bound, typed_twice
from papergen.check.rules.numbers.directions import wrong_directions
from papergen.check.rules.numbers.percentages import unsaid_bases, wrong_percentages
from papergen.check.rules.numbers.sums import wrong_sums, wrong_sums_in_tables
from papergen.check.rules.numbers.totals import different_totals
from papergen.diagnostics import Code, Diagnostic, Severity

__all__ = ["RULES", "Share", "share_bound"]

TYPED_TWICE = Code("C101", Severity.WARNING, "a typed number is the same as one that the data give nearby")
CONTRADICTS = Code("C102", Severity.WARNING, "a typed number differs from the data for the same thing nearby")
PERCENTAGE_WRONG = Code("C103", Severity.WARNING, "a percentage does not agree with the counts in its sentence")
PARTS_DIFFER = Code("C104", Severity.WARNING, "parts do not add up to the total that is given with them")
DIRECTION_WRONG = Code("C105", Severity.WARNING, "a word says “up” where the numbers went down, or the other way round")
BASE_UNSAID = Code(
    "C106", Severity.WARNING, "a percentage does not say of what, or over what, where there are two answers"
)
TOTALS_DIFFER = Code("C107", Severity.WARNING, "the report and the appendix give different numbers for the same thing")


def find_typed_twice(subject: Subject) -> Iterator[Diagnostic]:
    """A typed number that a measure gives: one printed in the same file, or one that the section declares.

    Small counts and round percentages meet by chance, so they are told only where the sentence speaks of the measure.
    Source: the Code of Practice for Statistics (2022), Q3: figures can be traced to their source.
    """
    yield from told(subject, TYPED_TWICE, typed_twice(subject))


def find_contradictions(subject: Subject) -> Iterator[Diagnostic]:
    """A typed number that is not what the data give for the same thing in the same period, though near it.

    Source: the Code of Practice for Statistics (2022), Q3: figures are checked against their source.
    """
    yield from told(subject, CONTRADICTS, contradictions(subject))


def find_wrong_percentages(subject: Subject) -> Iterator[Diagnostic]:
    """A percentage in brackets after a count, or of a change between two counts, that the counts do not give.

    Source: the Code of Practice for Statistics (2022), Q3; house practice: both numbers are worked out again.
    """
    yield from told(subject, PERCENTAGE_WRONG, wrong_percentages(subject))


def find_wrong_sums(subject: Subject) -> Iterator[Diagnostic]:
    """A total with parts that come to another number, in a sentence or in a table with a row or column “Total”.

    Source: the Code of Practice for Statistics (2022), Q3; house practice: every total is added up again.
    """
    found = [wrong for passage in subject.passages if passage.place in PROSE for wrong in wrong_sums(passage)]
    found += [wrong for paper in subject.papers for wrong in wrong_sums_in_tables(paper)]
    for wrong in found:
        yield Diagnostic(
            PARTS_DIFFER,
            subject.place(wrong.passage, wrong.start, wrong.end),
            f"The total is “{wrong.total}”, and its parts ({' + '.join(wrong.parts)}) come to {wrong.sum}.",
            "Correct the number that is wrong, or say why the parts do not add up.",
        )


def find_wrong_directions(subject: Subject) -> Iterator[Diagnostic]:
    """A word such as “rose” or “reduction” beside numbers that went the other way, or before a negative change.

    Source: the Code of Practice for Statistics (2022), V3: what is said of figures follows from them.
    """
    yield from told(subject, DIRECTION_WRONG, wrong_directions(subject))


def find_unsaid_bases(subject: Subject) -> Iterator[Diagnostic]:
    """A percentage that leaves open what it is of, or what it is over, where the section gives two possibilities.

    “14% of all recorded crime was domestic abuse” beside 5,059 offences and crimed incidents, which are 28% of it: the
    share counts offences, the number counts more.  “Up 4%” where the section compares with the quarter before and with
    last year.  Source: the published paper of February 2016; Government Statistical Service, *Writing about statistics*
    (2018).
    """
    yield from told(subject, BASE_UNSAID, unsaid_bases(subject))


def find_different_totals(subject: Subject) -> Iterator[Diagnostic]:
    """The same thing counted in the report and in an appendix, for the same time, with two numbers.

    Source: the Police Reform and Social Responsibility Act 2011, s. 13(1): the information that the Panel is given;
    house practice: one number for one thing.
    """
    yield from told(subject, TOTALS_DIFFER, different_totals(subject))


RULES: tuple[Rule, ...] = (
    Rule(
        code=TYPED_TWICE,
        check=find_typed_twice,
        source="Code of Practice for Statistics (2022), Q3: figures can be traced to their source",
        example="“139 robberies” typed in the section on robbery, where {{ robbery.quarter }} prints 139.",
    ),
    Rule(
        code=CONTRADICTS,
        check=find_contradictions,
        source="Code of Practice for Statistics (2022), Q3: figures are checked against their source",
        example="“193 robbery offences in the quarter” typed, where {{ robbery.quarter }} prints 139.",
    ),
    Rule(
        code=PERCENTAGE_WRONG,
        check=find_wrong_percentages,
        source="Code of Practice for Statistics (2022), Q3: assured quality",
        example="“145 people, of whom 134 (29%) were victims once”: 134 of 145 is 92%.",
    ),
    Rule(
        code=PARTS_DIFFER,
        check=find_wrong_sums,
        source="Code of Practice for Statistics (2022), Q3: assured quality",
        example="“127 vacancies; 33 of these are filled for a time, the remaining 49 are not”: 33 and 49 are 82.",
    ),
    Rule(
        code=DIRECTION_WRONG,
        check=find_wrong_directions,
        source="Code of Practice for Statistics (2022), V3: what is said follows from the figures",
        example="“Reports rose to 883, compared with 920 in the quarter before”.",
    ),
    Rule(
        code=BASE_UNSAID,
        check=find_unsaid_bases,
        source="Government Statistical Service, “Writing about statistics” (2018); the paper of February 2016",
        example="“14% of all recorded crime was domestic abuse” beside 5,059 offences and crimed incidents (28%).",
    ),
    Rule(
        code=TOTALS_DIFFER,
        check=find_different_totals,
        source="Police Reform and Social Responsibility Act 2011, s. 13(1): information for the Panel; house practice",
        example="“209 police volunteers” in the report and “290 police volunteers” in the appendix.",
    ),
)
