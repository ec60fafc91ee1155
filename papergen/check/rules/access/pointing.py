"""Access to what the text points at: by its name, not by colour or place alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papergen.check.reading import Reading
from papergen.check.rule import Finding, rule
from papergen.diagnostics import Severity

_COLOUR = (
    r"(?:(?:dark|light|pale|bright|deep)[ -])?"
    r"(?:red|green|blue|orange|purple|yellow|gr[ea]y|black|pink|brown|amber|mauve|turquoise)"
)
_SHAPE = (
    r"(?:(?:solid|dotted|dashed|broken|thick|thin|shaded|vertical|horizontal|trend|control) )?"
    r"(?:lines?|bars?|dots?|points?|columns?|bands?|curves?|markers?|arrows?|segments?|slices?|shading|diamonds?|"
    r"circles?|squares?|triangles?|cells?|rows?|text|figures|numbers|shaded|highlights?|"
    r"area of the (?:chart|graph|map))"
)
_COLOUR_ALONE = re.compile(
    rf"\b(?<!double )(?<!thin )(?:{_COLOUR}(?:(?: and|,| or|/) {_COLOUR})* {_SHAPE}\b(?! \()"
    rf"|(?:shown|marked|highlighted|printed|coloured|shaded|drawn|plotted|displayed|set|indicated) (?:in )?{_COLOUR}\b"
    rf"|{_SHAPE} in {_COLOUR}\b|(?:those|ones?|months|quarters|areas|years) in {_COLOUR}\b"
    rf"|the {_COLOUR} ones?\b(?! \())",
    re.IGNORECASE,
)
_THING = (
    r"(?:tables?|charts?|figures?|graphs?|maps?|diagrams?|lists?|pictures?|images?|boxe?s?|paragraphs?|sections?|"
    r"details?|examples?|exhibits?|bullet points?|points?|summary|breakdown|text|notes?|recommendations?|headings?)"
)
_TOLD = (
    r"(?:see|as|shown|set out|listed|given|described|detailed|outlined|noted|mentioned|stated|discussed|explained|"
    r"summarised|presented|found|provided|illustrated|displayed|reported|printed|referred to|refer to|indicated)"
)
_STOPS_THERE = (
    r"(?=\s*(?:[.,;:)!?]|$|–)|\s+(?:and|but|shows?|gives?|lists?|sets out|describes?|is|are|was|were|which|that|for|"
    r"has|have|to|illustrates?|compares?|provides?|summarises?|includes?|contains?|outlines?)\b)"
)
_PLACE_ALONE = re.compile(
    r"\b(?:overleaf|over ?page|over the page)\b"
    rf"|\b(?:{_TOLD}|{_THING}) (?:on the |to the )?(?:left|right|opposite|alongside|adjacent)\b{_STOPS_THERE}"
    rf"|\b(?:on|to|at|in) the (?:top |bottom |far |upper |lower |extreme )*(?:left|right)(?:-| )hand\b"
    rf"(?: side| {_THING}| columns?)?"
    rf"|\b(?:left|right)(?:-| )hand (?:side|{_THING}|columns?|bars?|lines?|panels?|axis)\b"
    rf"|\b(?:on|to|at|in) the (?:top |bottom |far |upper |lower )*(?:left|right)\b"
    rf"(?:(?=\s*[.,;:)])|(?= of the (?:page|{_THING}))|(?= (?:shows?|is the|are the)\b))"
    rf"|\b(?:top|bottom|upper|lower) (?:left|right)\b|\b(?:top|bottom) (?:{_THING})\b(?! of)"
    r"|\bon the (?:next|previous|following|facing|opposite|preceding) pages?\b"
    r"|\b(?:next|facing|opposite|previous) page\b",
    re.IGNORECASE,
)
_ABOVE_BELOW = re.compile(
    rf"\b(?:{_TOLD}|{_THING}) (?:immediately |directly |just |further )?(?:above|below)\b{_STOPS_THERE}"
    r"|\b(?:above|below)[- ]mentioned\b"
    rf"|\bthe (?:above|below) {_THING}\b"
    r"|\b(?:the|all of the|any of the) above\b(?=\s*[.,;:)]|$| (?:shows?|are|is|was|were)\b)",
    re.IGNORECASE,
)
_NAMED = re.compile(r"\b(?:Table|Figure|Chart|section|Appendix|Annex|Part|Objective|paragraph|page|Box) (?:\d|[A-Z]\b)")


@rule(
    "C641",
    Severity.WARNING,
    meaning="something is pointed out by its colour alone",
    source="WCAG 2.2, success criterion 1.4.1 (Use of Color); technique G14",
    example="The red line shows last year.",
)
def find_colour_alone(reading: Reading) -> Iterator[Finding]:
    """A line, bar or mark that is named by its colour, such as "the red line".

    "the red line (2014/15)" also says what the line is, and passes.
    """
    yield from _pointed_out(
        reading,
        _COLOUR_ALONE,
        "“{words}” is named by its colour, which some readers cannot see and black print does not show.",
        "Say what it stands for, such as “this year’s line”, or add that in brackets.",
        unless_named=False,
    )


@rule(
    "C642",
    Severity.WARNING,
    meaning="something is pointed out by its place on the page alone",
    source="WCAG 2.2, success criterion 1.3.3 (Sensory Characteristics); failure F14",
    example="The chart overleaf shows the trend.",
)
def find_place_alone(reading: Reading) -> Iterator[Finding]:
    """Something that is said to be overleaf, on the left or right, at the top or on another page.

    Where the sentence names it as well, by a cross-reference or as “Table 2”, nothing is found.
    """
    yield from _pointed_out(
        reading,
        _PLACE_ALONE,
        "“{words}” tells only a reader of the printed page where to look.",
        "Name it by a cross-reference, such as [](#its-id), which prints “Table 2” or “section 3”.",
    )


@rule(
    "C643",
    Severity.NOTE,
    meaning="something is pointed out as above or below and not named",
    source="WCAG 2.2, success criterion 1.3.3 (Sensory Characteristics); technique G96",
    example="See the table below.",
)
def find_above_and_below(reading: Reading) -> Iterator[Finding]:
    """Something that is said to stand above or below and is not named.

    WCAG lets "above" and "below" stand where the order makes them plain, so this is a note.  Amounts above or below
    others are not meant: "above average", "people below the limit".
    """
    yield from _pointed_out(
        reading,
        _ABOVE_BELOW,
        "“{words}” points to something by its place and does not name it.",
        "Name it by a cross-reference, such as [](#its-id), or write “this” or “the following”.",
    )


def _pointed_out(
    reading: Reading, pattern: re.Pattern[str], message: str, hint: str, *, unless_named: bool = True
) -> Iterator[Finding]:
    for passage in reading.passages:
        for found in pattern.finditer(passage.text):
            sentence = passage.sentence_of(*found.span())
            start, end = sentence.start, sentence.end
            named = any(first < end and start < last for first, last, _ in passage.references)
            if unless_named and (named or _NAMED.search(sentence.text)):
                continue
            if passage.typed(found.start(), found.end()):
                yield Finding((passage, *found.span()), message.format(words=found[0]), hint)
