"""Staleness: words carried over from the last meeting, said twice in one paper, or resting on data that have stopped.

What stands as it was, and rightly, is cleared by a sentence “No change, confirmed by NAME or ROLE on DATE.”: under the
heading that the words stand under, or for a whole file as a comment in its front matter (``# No change, …``).  The day
must lie between the last meeting and this one, so that the sentence itself cannot be carried over.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from papergen.check.reading import Subject
from papergen.check.rule import Rule
from papergen.check.rules.stale.confirmations import CONFIRMATION, confirmations, holding, is_confirmed, meeting_before
from papergen.check.sources import file_sections, front_place, is_typed, shown_measures
from papergen.codes import DATA_STOPS
from papergen.data.overview import early_end
from papergen.diagnostics import Code, Diagnostic, Severity, Span
from papergen.language.likeness import Alike, Shared, alike, shared_phrases, shared_sentences, wording
from papergen.language.numbers import MONTH_NAME
from papergen.language.passages import Passage, Place
from papergen.language.sentences import sentences
from papergen.model.nodes import Paper, Section
from papergen.model.walk import plain_text, walk_sections
from papergen.values.periods import print_day

UNCHANGED = Code("C301", Severity.WARNING, "words stand as they did in the papers of the last meeting")
NEARLY_UNCHANGED = Code("C302", Severity.WARNING, "a paragraph is nearly that of the papers of the last meeting")
STANDING = Code("C303", Severity.NOTE, "words that tell no news stand as they did in the papers of the last meeting")
SAID_TWICE = Code("C304", Severity.WARNING, "the same sentence or phrase stands under several objectives or sections")
NOT_CONFIRMED = Code("C306", Severity.WARNING, "a sentence “No change, confirmed by … on …” lacks its name or its day")

_RUNNING = (Place.TEXT, Place.ITEM)
_QUOTED = 60
_STANDING_TITLE = re.compile(
    r"\b(?:purpose|background|introduction|format|structure|about|glossary|definitions?|abbreviations|recommendations?"
    r"|contents|contact|how to read|where the figures come from|notes? on)\b",
    re.IGNORECASE,
)
_NEWS = re.compile(
    rf"\b{MONTH_NAME}\b(?!-)|\b20\d\d\b"
    r"|\b(?i:now|current(?:ly)?|recent(?:ly)?|latest|this (?:quarter|month|year|period)|next|last|since|shortly|soon)\b"
    r"|\b(?i:imminent(?:ly)?|ongoing|under ?way|to date|so far|at present)\b"
)
_DEED = re.compile(
    r"\d|\b(?:will|has|have|had|was|were|being|is to|are to|due|planned|expected|agreed|begun|began|continu\w+"
    r"|progress\w*|nothing|no change|changed?|updated?|new|rose|fell|rising|falling|increas\w+|decreas\w+)\b",
    re.IGNORECASE,
)


def _candidates(passages: Iterable[Passage], standing: frozenset[str]) -> list[Passage]:
    """The paragraphs and list items that an officer wrote, without signs of improvement and the words of the plan."""
    return [
        passage
        for passage in passages
        if passage.place in _RUNNING
        and passage.text.strip() not in standing
        and not CONFIRMATION.search(passage.text.replace("\u00a0", " "))
    ]


def _standing(subject: Subject) -> frozenset[str]:
    plan, panel = subject.settings.plan, subject.settings.panel
    signs = [sign for section in _sections((*subject.papers, *subject.previous)) for sign in section.signs]
    aims = [aim.title for aim in plan.aims]
    banners = [panel.aim_banner.replace("{aim}", aim) for aim in aims]
    return frozenset([*signs, *aims, *banners, *plan.objectives])


def _sections(papers: Iterable[Paper]) -> Iterator[Section]:
    for paper in papers:
        yield from walk_sections(paper.sections)


def _carried_over(subject: Subject) -> list[Alike]:
    standing, held = _standing(subject), holding(subject)
    now = (wording(each) for each in _candidates(subject.passages, standing) if is_typed(subject, each.at))
    before = (wording(each) for each in _candidates(subject.previous_passages, standing))
    return [each for each in alike(now, before) if not is_confirmed(each.now.at, held)]


def _tells_news(passage: Passage) -> bool:
    """Whether a passage is of its time: it tells an event, a date or a deed; where a section explains, dates alone."""
    typed = passage.text
    for bound in reversed(passage.values):
        mark = " now " if bound.value.measures or "meeting.previous" in bound.value.expression else " "
        typed = typed[: bound.start] + mark + typed[bound.end :]
    if _NEWS.search(typed):
        return True
    return not _STANDING_TITLE.search(plain_text(passage.section.title)) and bool(_DEED.search(typed))


def _quote(passage: Passage) -> str:
    text = " ".join(passage.text.split())
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED].rsplit(' ', 1)[0]} …"


def _last_papers(subject: Subject) -> str:
    day = meeting_before(subject)
    return f"the papers of {print_day(day)}" if day is not None else "the papers of the last meeting"


def _confirm_hint(subject: Subject) -> str:
    day = print_day(subject.settings.meeting.date)
    return (
        "Bring it up to date; or, if it still holds, write under the same heading"
        f" “No change, confirmed by …, on …”, with a name or role and a day before the meeting of {day}."
    )


def find_unchanged(subject: Subject) -> Iterator[Diagnostic]:
    """News that stands word for word as it did in the papers of the last meeting, with the same figures.

    A paragraph whose figures come from data of a later period is no such thing.  A section that stands wholly as it was
    is told once.  The line “activity” of the front matter counts too.  Source: the paper of February 2016, which
    carried sentences over from December; Police Reform and Social Responsibility Act 2011, s. 13(1).
    """
    stale = [each for each in _carried_over(subject) if each.share == 1 and _tells_news(each.now)]
    written = defaultdict(list)
    for passage in _candidates(subject.passages, _standing(subject)):
        written[passage.paper.name, passage.section.key].append(passage)
    for (paper, key), found in _by_section(stale).items():
        first = found[0].now
        if len(found) > 1 and len(found) == len(written[paper, key]):
            title = plain_text(first.section.title)
            message = (
                f"All {len(found)} paragraphs and items under “{title}” stand word for word in {_last_papers(subject)}."
            )
            yield Diagnostic(UNCHANGED, first.at, message, _confirm_hint(subject))
            continue
        for each in found:
            message = f"“{_quote(each.now)}” stands word for word in {_last_papers(subject)}."
            yield Diagnostic(UNCHANGED, each.now.at, message, _confirm_hint(subject))
    yield from _unchanged_activities(subject)
    yield from _unchanged_files(subject)


def _unchanged_files(subject: Subject) -> Iterator[Diagnostic]:
    """Files that are those of the last papers, which only their manifest still tells of."""
    held, found = holding(subject), dict[str, Passage]()
    for passage in _candidates(subject.passages, _standing(subject)):
        file = passage.at.file
        if file in subject.unchanged and _tells_news(passage) and not is_confirmed(passage.at, held):
            found.setdefault(file, passage)
    for passage in found.values():
        message = f"This file is byte for byte what the manifest of {_last_papers(subject)} records."
        yield Diagnostic(UNCHANGED, passage.at, message, _confirm_hint(subject))


def _by_section(found: Iterable[Alike]) -> dict[tuple[str, str], list[Alike]]:
    sections: dict[tuple[str, str], list[Alike]] = defaultdict(list)
    for each in found:
        sections[each.now.paper.name, each.now.section.key].append(each)
    return sections


def _unchanged_activities(subject: Subject) -> Iterator[Diagnostic]:
    before = {section.topic: section.activity for section in _sections(subject.previous)}
    held = holding(subject)
    for section in file_sections(subject):
        if section.topic and section.activity and before.get(section.topic) == section.activity:
            at = front_place(subject, section, section.activity, key="activity")
            if not is_confirmed(at, held):
                yield Diagnostic(
                    UNCHANGED,
                    at,
                    f"The activity for “{section.topic}” is that of {_last_papers(subject)}: “{section.activity}”.",
                    "Bring it up to date; or, if it still holds, write above it"
                    " “# No change, confirmed by …, on …”, with a name or role and a day since the last meeting.",
                )


def find_nearly_unchanged(subject: Subject) -> Iterator[Diagnostic]:
    """News that is nearly what it was, nine words in ten and every figure, in the papers of the last meeting.

    A date moved on in an old sentence is the usual case.  Source: as for C301; the likeness is that of Ratcliff and
    Obershelp (1988), over words.
    """
    for each in _carried_over(subject):
        if each.share < 1 and (_tells_news(each.now) or _tells_news(each.before)):
            message = f"“{_quote(each.now)}” is {each.share:.0%} of the words in {_last_papers(subject)}."
            yield Diagnostic(NEARLY_UNCHANGED, each.now.at, message, _confirm_hint(subject))


def find_standing_words(subject: Subject) -> Iterator[Diagnostic]:
    """Explanations, purposes and definitions that stand as they did at the last meeting: worth one look, no more.

    Told once for a section.  Source: as for C301.
    """
    stale = [each for each in _carried_over(subject) if each.share == 1 and not _tells_news(each.now)]
    for found in _by_section(stale).values():
        first = found[0].now
        more = f" and {len(found) - 1} more under this heading" if len(found) > 1 else ""
        message = f"“{_quote(first)}”{more} stand{'' if more else 's'} word for word in {_last_papers(subject)}."
        yield Diagnostic(STANDING, first.at, message, "Read it once more; nothing need be done if it still holds.")


def find_said_twice(subject: Subject) -> Iterator[Diagnostic]:
    """The same sentence in several sections of a paper, or the same ten words in a row under several objectives.

    Source: the paper of February 2016, in which one sentence on a detailed update stood under four of the eleven
    objectives, and told the Panel nothing on three of them.
    """
    held, standing = holding(subject), _standing(subject)
    for paper in subject.papers:
        objectives = dict(_objectives(paper.sections, None))
        passages = [
            each
            for each in _candidates(subject.passages, standing)
            if each.paper is paper and is_typed(subject, each.at)
        ]
        whole = list(shared_sentences(passages))
        told = {(each.passage.at, each.start) for each in whole}
        grouped = ((objectives[each.section.key], each) for each in passages if each.section.key in objectives)
        parts = [each for each in shared_phrases(grouped) if not _is_told(each, told)]
        for each in [*whole, *parts]:
            if not is_confirmed(each.passage.at, held):
                yield _said_twice(subject, each)


def _objectives(sections: Iterable[Section], above: int | None) -> Iterator[tuple[str, int]]:
    for section in sections:
        number = section.objective or above
        if number is not None:
            yield section.key, number
        yield from _objectives(section.sections, number)


def _is_told(shared: Shared, told: set[tuple[Span, int]]) -> bool:
    return any(
        (shared.passage.at, part.start) in told
        for part in sentences(shared.passage.text)
        if part.start < shared.end and shared.start < part.end
    )


def _said_twice(subject: Subject, shared: Shared) -> Diagnostic:
    passage = shared.passage
    words = " ".join(passage.text[shared.start : shared.end].split())
    first_words = re.match(r"(?:\S+\s+){0,3}\S+", passage.text[shared.start :])
    at = subject.place(passage, shared.start, shared.start + (first_words.end() if first_words else 0))
    label = shared.first.section.label.replace("\u00a0", " ")
    where = f"{label}, in {shared.first.at.file}" if label else shared.first.at.file
    message = f"“{words}” stands already under {where}, line {shared.first.at.line}."
    return Diagnostic(
        SAID_TWICE,
        at,
        message,
        "Say here what is new on this subject alone; say what is common to all once, above them.",
    )


def find_stopped_data(subject: Subject) -> Iterator[Diagnostic]:
    """A measure shown in the papers whose data stop before the reporting period ends, and whose settings do not say so.

    Source: Code of Practice for Statistics (2022), Q1: the limits of data are told; the paper of February 2016, in
    which survey results went to June and casualties to November.
    """
    for measure in sorted(shown_measures(subject)):
        if stopped := early_end(subject.book, measure):
            yield stopped


def find_faulty_confirmations(subject: Subject) -> Iterator[Diagnostic]:
    """A confirmation that clears nothing: without who or when, or of a day before the last meeting or after this one.

    Source: house practice; whoever answers for words that stand as they were has read them for this meeting.
    """
    after, until = meeting_before(subject), subject.settings.meeting.date
    for each in confirmations(subject):
        if fault := each.fault(after=after, until=until):
            between = f"since {print_day(after)} and " if after else ""
            yield Diagnostic(
                NOT_CONFIRMED,
                each.at,
                f"“{each.words}” clears nothing: {fault}.",
                f"Write “No change, confirmed by …, on …” with a name or role and a day {between}not after"
                f" {print_day(until)}; or delete it and bring the words up to date.",
            )


_PAPER_OF_2016 = "the published paper of February 2016"
_ACT = "Police Reform and Social Responsibility Act 2011, s. 13(1): the Panel is given what it needs to scrutinise"

RULES: tuple[Rule, ...] = (
    Rule(
        code=UNCHANGED,
        check=find_unchanged,
        source=f"{_ACT}; {_PAPER_OF_2016}",
        example="“Meetings are being held with each partnership.” in February as in December.",
    ),
    Rule(
        code=NEARLY_UNCHANGED,
        check=find_nearly_unchanged,
        source=f"{_ACT}; {_PAPER_OF_2016}",
        example="“The post will be advertised shortly and should be filled by April.”, in December “by February”.",
    ),
    Rule(
        code=STANDING,
        check=find_standing_words,
        source="House practice",
        example="“Most charts show a measure month by month, with its average and two limits.”",
    ),
    Rule(
        code=SAID_TWICE,
        check=find_said_twice,
        source=_PAPER_OF_2016[0].upper() + _PAPER_OF_2016[1:],
        example="“The Panel received a detailed update on this objective in December 2015” under four objectives.",
    ),
    Rule(
        code=DATA_STOPS,
        check=find_stopped_data,
        source="Code of Practice for Statistics (2022), Q1 (Suitable data sources): the limits of data are told",
        example="Counts to November 2015 in a paper on October to December 2015, without “data_to” in measures.yaml.",
    ),
    Rule(
        code=NOT_CONFIRMED,
        check=find_faulty_confirmations,
        source="House practice",
        example="“No change, confirmed by the Policy Officer on 20 November 2015.” in a paper of 2 February 2016.",
    ),
)
