"""Plain words: abbreviations, long sentences, capitals, doubled words, punctuation, and British spelling."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import groupby, islice

from papergen.check.reading import Subject
from papergen.check.rule import Rule
from papergen.check.rules.words.grammar import grammar_slips
from papergen.check.rules.words.punctuation import Slip, doubled_marks, name_of_mark, unmatched, wrong_spaces
from papergen.diagnostics import Code, Diagnostic, Severity
from papergen.language.abbreviations import not_spelt_out, uses
from papergen.language.passages import Passage, Place
from papergen.language.sentences import RUNNING, Word, near_before, sentences, without_addresses, words
from papergen.language.spelling import british, british_form

ABBREVIATION = Code("C501", Severity.WARNING, "an abbreviation is not spelt out where a paper first uses it")
LONG_SENTENCE = Code("C502", Severity.NOTE, "a sentence is far too long to be read once")
CAPITALS = Code("C503", Severity.NOTE, "words are set in capitals for emphasis")
DOUBLED_WORD = Code("C504", Severity.WARNING, "a word stands twice in a row")
UNMATCHED = Code(
    "C505", Severity.WARNING, "a bracket or quotation mark is opened and not closed, or closed and not opened"
)
SPACING = Code("C506", Severity.WARNING, "a space is missing, or stands where none belongs")
DOUBLED_MARK = Code("C507", Severity.WARNING, "a mark of punctuation stands twice, or beside one that it cannot follow")
AMERICAN = Code("C508", Severity.WARNING, "a word is spelt the American way")
SPELLING = Code("C509", Severity.WARNING, "a word is not in the British dictionary, nor among the panel's own words")
GRAMMAR = Code("C510", Severity.WARNING, "a small word or the form of a verb cannot be right")

_LIST = "known_words in content/panel.yaml"

MOST_WORDS = 45
"""Words in a sentence: nearly twice the 25 that GOV.UK sets as its limit."""


# ---------------------------------------------------------------------------------------------------------------------
# Abbreviations, sentences and capitals


def find_abbreviations(subject: Subject) -> Iterator[Diagnostic]:
    """An abbreviation that is not spelt out where a paper first uses it (WCAG 2.2, 3.1.4; GOV.UK style guide).

    Headings, tables and captions may use it before the text spells it out.
    """
    known = _known_words(subject)
    for paper, group in groupby(subject.passages, key=lambda passage: passage.paper.name):
        passages = list(group)
        found = list(uses(passages))
        shouted = {each.word for each in found if _is_shouted(each.word)} - {each.word for each in found if each.spelt}
        for use, later in not_spelt_out(passages, known | shouted):
            hint = f"Write the words in full and “({use.word})” after them, or add it to {_LIST}."
            if later is not None:
                at = subject.place(later.passage, later.start, later.end)
                hint = f"It is spelt out only in {at.file}, line {at.line}: spell it out here instead."
            yield Diagnostic(
                ABBREVIATION,
                subject.place(use.passage, use.start, use.end),
                f"“{use.word}” is not spelt out where {use.passage.paper.title or paper} first uses it.",
                hint,
            )


def find_long_sentences(subject: Subject) -> Iterator[Diagnostic]:
    """A sentence of more than 45 words, a value counting as one (GOV.UK style guide: 25 words are enough)."""
    for passage in subject.passages:
        if passage.place not in RUNNING:
            continue
        for part in sentences(passage.text):
            start, end = part.start, part.end
            values = [bound for bound in passage.values if start <= bound.start and bound.end <= end]
            typed = passage.text[start:end]
            for bound in reversed(values):
                typed = f"{typed[: bound.start - start]}1{typed[bound.end - start :]}"
            count = len(re.findall(r"\w+(?:[’'.,&/-]\w+)*", typed))
            if count > MOST_WORDS:
                first = re.match(r"\S+(?: \S+){0,4}", passage.text[start:end])
                opening = first[0] if first else ""
                yield Diagnostic(
                    LONG_SENTENCE,
                    subject.place(passage, start, start + len(opening)),
                    f"The sentence that begins “{opening} …” has {count} words.",
                    "Make two or three sentences of it, or a list.",
                )


_EMPHATIC = frozenset({"ALL", "ANY", "BOTH", "EVERY", "MUST", "NEVER", "NO", "NOT", "ONLY", "VERY"})


def _is_shouted(word: str) -> bool:
    return word in _EMPHATIC or (len(word) > 4 and british().knows(word.lower()))


def find_capitals(subject: Subject) -> Iterator[Diagnostic]:
    """Words of the dictionary in capitals, which are no abbreviation (GOV.UK style guide: "Do not use block capitals").

    Many readers of a screen hear them letter by letter.  Headings are for the rules of access.
    """
    known = _known_words(subject)
    for _, group in groupby(subject.passages, key=lambda passage: passage.paper.name):
        found = [use for use in uses(group) if use.word not in known and use.passage.place is not Place.TITLE]
        names = {use.word for use in found if use.spelt}
        for use in found:
            if use.word not in names and _is_shouted(use.word) and use.passage.typed(use.start, use.end):
                yield Diagnostic(
                    CAPITALS,
                    subject.place(use.passage, use.start, use.end),
                    f"“{use.word}” is set in capitals.",
                    f"Write “{use.word.lower()}”, in bold if it must stand out; spell it out if it is short for words.",
                )


# ---------------------------------------------------------------------------------------------------------------------
# Slips of the keyboard

_MOST_IN_A_PASSAGE = 20
"""Beyond so many slips of one kind in a paragraph it is not prose, and more findings would help nobody."""

_TWICE = re.compile(r"(?<![\w’'-])([^\W\d_]+)\s+(\1)(?![\w’'-])", re.IGNORECASE)
_MAY_STAND_TWICE = frozenset({"had", "that"})


def find_doubled_words(subject: Subject) -> Iterator[Diagnostic]:
    """A word that stands twice in a row, but for "had had", "that that" and doubled names."""
    for passage in subject.passages:
        for found in islice(_TWICE.finditer(passage.text), _MOST_IN_A_PASSAGE):
            name = found[1][0].isupper() and found[2][0].isupper()
            if name or found[1].lower() in _MAY_STAND_TWICE or not passage.typed(found.start(), found.end()):
                continue
            yield Diagnostic(
                DOUBLED_WORD,
                subject.place(passage, found.start(), found.end()),
                f"“{found[0]}” says “{found[2]}” twice.",
                "Delete one of the two.",
            )


def find_unmatched_marks(subject: Subject) -> Iterator[Diagnostic]:
    """A bracket or quotation mark without its partner in the same paragraph, cell or heading.

    A quotation of several paragraphs may open each of them and close the last (New Hart's Rules, chapter 9).
    """
    passages = subject.passages
    for passage, after in zip(passages, (*passages[1:], None), strict=True):
        for slip in islice(unmatched(passage.text), _MOST_IN_A_PASSAGE):
            if slip.words[:1] in "“‘" and after is not None and after.text[:1] == slip.words[:1]:
                continue
            yield Diagnostic(
                UNMATCHED,
                subject.place(passage, slip.start, slip.end),
                f"The {name_of_mark(slip.words)} at “{slip.words}” is {slip.better}.",
                "Close it where the words in it end." if slip.better.startswith("opened") else "Add its partner.",
            )


def find_spaces(subject: Subject) -> Iterator[Diagnostic]:
    """A missing space, such as “1October” or “word.Next”, or one that does not belong, such as “( word”."""
    yield from _slips(subject, SPACING, wrong_spaces, "“{words}” has a space missing or in the wrong place.")


def find_doubled_marks(subject: Subject) -> Iterator[Diagnostic]:
    """Punctuation that stands twice, such as “,,” or “..”, or beside a mark that it cannot follow, such as “,.”."""
    yield from _slips(subject, DOUBLED_MARK, doubled_marks, "“{words}” has a mark of punctuation too many.")


def _slips(subject: Subject, code: Code, find: Callable[[str], Iterator[Slip]], message: str) -> Iterator[Diagnostic]:
    for passage in subject.passages:
        for slip in islice(find(without_addresses(passage.text)), _MOST_IN_A_PASSAGE):
            at = subject.place(passage, slip.start, slip.end)
            yield Diagnostic(code, at, message.format(words=slip.words), f"Write “{slip.better}”.")


# ---------------------------------------------------------------------------------------------------------------------
# Spelling


def find_american_spelling(subject: Subject) -> Iterator[Diagnostic]:
    """A word in American spelling, and "-ize" for "-ise" (GOV.UK style guide: "American and UK English")."""
    known = {word.casefold() for word in _own_words(subject)}
    for passage in subject.passages:
        for word in _spelt_words(passage):
            for part, at in word.parts:
                form = None if part.casefold() in known else british_form(part, british())
                if form is None or (_is_computer_program(passage, at) and form.lower().startswith("programme")):
                    continue
                if part[:1].isupper() and not word.begins:
                    continue
                yield Diagnostic(
                    AMERICAN,
                    subject.place(passage, at, at + len(part)),
                    f"“{part}” is spelt the American way.",
                    f"Write “{form}”.",
                )


def _is_computer_program(passage: Passage, at: int) -> bool:
    return bool(re.search(r"\b(?:computer|software)\W+(?:\w+\W+)?$", near_before(passage.text, at), re.IGNORECASE))


_MOST_SUGGESTED = 60
"""Beyond so many unknown words a text is not English, and looking for near words would only take time."""


def find_misspellings(subject: Subject) -> Iterator[Diagnostic]:
    """A word that neither the British dictionary nor the workspace knows (dictionary: SCOWL's en_GB-ise).

    The workspace knows the words of panel.yaml, plan.yaml and meeting.yaml and of the titles of measures.  A word with
    a capital inside a sentence is taken for a name.  A word in quotation marks of its own is taken for a term.
    """
    own = {word.casefold() for word in _own_words(subject)}
    dictionary = british()
    spelt = [(passage, word) for passage in subject.passages for word in _spelt_words(passage)]
    names = {part for _, word in spelt if not word.begins for part, _ in word.parts if part[:1].isupper()}
    used = Counter(word.text.casefold() for _, word in spelt)
    seen: set[tuple[str, str]] = set()
    for passage, word in spelt:
        if "-" in word.text and dictionary.knows(word.text.replace("-", "")):
            continue
        for part, at in word.parts:
            if (passage.at.file, part) in seen or _is_known(part, own, names) or british_form(part, dictionary):
                continue
            may_be_name = part[:1].isupper()
            if may_be_name and not (word.begins or passage.place is Place.TITLE):
                continue
            near = dictionary.near(part, used=used) if len(seen) < _MOST_SUGGESTED else None
            if may_be_name and (near is None or not dictionary.knows(near.lower())):
                continue
            seen.add((passage.at.file, part))
            add = f"add it to {_LIST}"
            yield Diagnostic(
                SPELLING,
                subject.place(passage, at, at + len(part)),
                f"“{part}” is not a word that the dictionary knows.",
                f"Did you mean “{near}”? If not, {add}." if near else f"Correct it, or {add}.",
            )


def _spelt_words(passage: Passage) -> Iterator[Word]:
    """The words of a passage that are no abbreviations, no names in the middle of capitals, and not quoted terms."""
    quoted: set[int] = set()
    for found in re.finditer(r"[‘“][^‘’“”]{1,30}[’”]", passage.text):
        if found[0].count(" ") < 3:
            quoted.update(range(*found.span()))
    for word in words(passage):
        inner = word.text.split("-")[0][1:]
        if inner.islower() or len(word.text) == 1 or "-" in word.text or "’" in word.text or "'" in word.text:
            if re.search(r"[^\W\d_][A-Z]", word.text) or (word.start in quoted and word.end in quoted):
                continue
            yield word


def _is_known(word: str, own: set[str], names: set[str]) -> bool:
    plain = re.sub(r"[’']s?$", "", word)
    if len(plain) < 3 or plain.casefold() in own or plain in names:
        return True
    dictionary = british()
    return dictionary.knows(word) or dictionary.knows(plain) or plain.casefold().removesuffix("s") in own


def _known_words(subject: Subject) -> set[str]:
    known: set[str] = set()
    for each in subject.settings.panel.known_words:
        known |= {each, *each.split()}
    return known


def _own_words(subject: Subject) -> set[str]:
    """The words of the settings and of the titles of measures."""
    settings = subject.settings
    texts: list[object] = [settings.panel.model_dump(), settings.plan.model_dump(), settings.meeting.model_dump()]
    texts += [(measure.title, measure.unit, measure.source) for measure in subject.book.measures.settings.values()]
    return {word for text in _texts(texts) for word in re.findall(r"[^\W\d_]+(?:[’'][^\W\d_]+)*", text)}


def _texts(values: object) -> Iterator[str]:
    if isinstance(values, str):
        yield values
    elif isinstance(values, dict):
        for value in values.values():
            yield from _texts(value)
    elif isinstance(values, list | tuple):
        for value in values:
            yield from _texts(value)


def find_grammar_slips(subject: Subject) -> Iterator[Diagnostic]:
    """Slips that no dictionary finds: “has show”, “is been”, “It 2015”, “should of”, “to has”, “a increase”."""
    for passage in subject.passages:
        for slip in grammar_slips(passage.text):
            if passage.typed(slip.start, slip.end) or slip.words.lower().startswith("it "):
                at = subject.place(passage, slip.start, slip.end)
                yield Diagnostic(GRAMMAR, at, f"“{slip.words}” cannot be right.", slip.better)


_HARTS = "New Hart's Rules (2014)"
_STYLE = "GOV.UK style guide"

RULES: tuple[Rule, ...] = (
    Rule(
        code=ABBREVIATION,
        check=find_abbreviations,
        source=f"WCAG 2.2, success criterion 3.1.4 (Abbreviations); {_STYLE}, “Abbreviations and acronyms”",
        example="The ROCU forms part of the regional approach. (Nothing has said what ROCU stands for.)",
    ),
    Rule(
        code=LONG_SENTENCE,
        check=find_long_sentences,
        source=f"WCAG 2.2, success criterion 3.1.5 (Reading Level); {_STYLE}, “Sentence length”: 25 words",
        example="A sentence of 46 words or more.",
    ),
    Rule(
        code=CAPITALS,
        check=find_capitals,
        source=f"{_STYLE}, “Capitalisation”: block capitals are hard to read",
        example="Members are asked NOT to publish the figures.",
    ),
    Rule(
        code=DOUBLED_WORD,
        check=find_doubled_words,
        source="Proofreading: BS 5261-2:2005, the mark for deletion",
        example="The force met the the Panel in December.",
    ),
    Rule(
        code=UNMATCHED,
        check=find_unmatched_marks,
        source=f"{_HARTS}, chapters 4 (Punctuation) and 9 (Quotations)",
        example="47 of 48 indicators were green (achieved or likely to be achieved. The other was amber.",
    ),
    Rule(
        code=SPACING,
        check=find_spaces,
        source=f"{_HARTS}, chapters 2 and 4",
        example="This report covers 1October to 31 December.",
    ),
    Rule(
        code=DOUBLED_MARK,
        check=find_doubled_marks,
        source=f"{_HARTS}, chapter 4 (Punctuation)",
        example="The committee met in October,, and again in December..",
    ),
    Rule(
        code=AMERICAN,
        check=find_american_spelling,
        source=f"{_STYLE}, “American and UK English”; {_HARTS}, chapter 21",
        example="The organization of the control center",
    ),
    Rule(
        code=SPELLING,
        check=find_misspellings,
        source="SCOWL's British dictionary for Hunspell, en_GB-ise",
        example="The preceeding quarter",
    ),
    Rule(
        code=GRAMMAR,
        check=find_grammar_slips,
        source=f"{_STYLE}; the published paper of February 2016 held “has show” and “It 2015”",
        example="Demand analysis has show that the way must change. It 2015 the area was selected.",
    ),
)
