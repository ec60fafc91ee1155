"""Plain words: abbreviations, capitals, British spelling, and brackets and quotation marks without their partner."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher, get_close_matches
from functools import lru_cache
from itertools import chain, groupby, islice, zip_longest
from textwrap import shorten

from papergen.check.kinds import MOST_IN_A_PASSAGE
from papergen.check.reading import Reading, once
from papergen.check.rule import Finding, rule
from papergen.diagnostics import Hint, Severity
from papergen.language.abbreviations import MEANINGS, Use, begin, known_to, means, not_spelt_out, uses
from papergen.language.lexicon import entries
from papergen.language.passages import RUNNING, Passage, Place
from papergen.language.spelling import COMMON_WORDS, british, british_form, is_rare
from papergen.language.words import SPEECH, Word, near_before, part_at
from papergen.values.periods import MONTHS

_LIST = "known_words in content/panel.yaml"


@rule("C501", Severity.WARNING)
def find_abbreviations(reading: Reading) -> Iterator[Finding]:
    """An abbreviation is not spelt out where a paper first uses it.

    Letters are told where papergen knows what they stand for in public bodies, where the paper spells them out later,
    or where the words beside them show that they are short for words (“two SIDs”, “the EQRU”); others may be names.
    Headings, tables and captions may use them before the text spells them out. The heading or caption above may do so,
    or the name of the body. What everybody knows, or all in the body's field, needs no spelling out.
    Source: WCAG 2.2, success criterion 3.1.4 (Abbreviations); GOV.UK style guide, “Abbreviations and acronyms”
    Example: The ROCU forms part of the regional approach. (Nothing has said what ROCU stands for.)
    """
    panel = reading.settings.panel
    names = "; ".join(filter(None, (panel.name, panel.force, panel.host_authority)))
    known = known_words(reading) | known_to(names)
    for paper, found in _uses(reading).items():
        spelt = {each.word for each in found if each.spelt}
        shouted = {use.word for run in _shouted(found) for use in run} - spelt
        own = {use.word for use in found if begin(names, use.word) or means(names, use.word)}
        for use, later in not_spelt_out(found, known | shouted | own):
            words = " or ".join(f"“{each} ({use.word})”" for each in MEANINGS.get(use.word, ()))
            words = f"{words} if that is meant" if words else f"the words in full and “({use.word})” after them"
            hint = f"Write {words}, or add it to {_LIST}."
            if later is not None:
                at = reading.place(later.passage, later.start, later.end)
                hint = f"It is spelt out only in {at.file}, line {at.line}: spell it out here instead."
            message = f"“{use.word}” is not spelt out where {use.passage.paper.title or paper} first uses it."
            yield Finding((use.passage, use.start, use.end), message, hint)


@once
def _uses(reading: Reading) -> Mapping[str, tuple[Use, ...]]:
    """The abbreviations of each paper by its name."""
    by_paper = groupby(reading.passages, key=lambda passage: passage.paper.name)
    return {paper: tuple(uses(tuple(passages))) for paper, passages in by_paper}


_MOST_WORDS = 45
_WORDS = re.compile(r"\w+(?:[’'.,&/-]\w+)*")
_FIRST_WORDS = re.compile(r"\s*\S+(?: \S+){0,4}")


@rule("C502", Severity.NOTE, by_file=True)
def find_long_sentences(reading: Reading) -> Iterator[Finding]:
    """A sentence has more than 45 words, a value counting as one, where 25 are enough.

    Source: WCAG 2.2, success criterion 3.1.5 (Reading Level); GOV.UK style guide, “Sentence length”: 25 words
    Example: A sentence of 46 words or more.
    """
    for passage in (each for each in reading.passages if each.place in (*RUNNING, Place.FOOTNOTE)):
        words = [found.span() for found in _WORDS.finditer(passage.text) if passage.typed(*found.span())]
        words += ((value.start, value.end) for value in passage.values)
        for part, count in Counter(part_at(passage.sentences, *word) for word in words).items():
            if part and count > _MOST_WORDS and (first := _FIRST_WORDS.match(passage.text, part.start)):
                message = f"The sentence that begins “{first[0]} …” has {count} words."
                yield Finding((passage, *first.span()), message, "Make two or three sentences of it, or a list.")


@rule("C503", Severity.NOTE)
def find_capitals(reading: Reading) -> Iterator[Finding]:
    """Words are set in capitals for emphasis.

    Many readers of a screen hear them letter by letter. Headings are for the rules of access.
    Source: GOV.UK style guide, “Capitalisation”: block capitals are hard to read
    Example: Members are asked NOT to publish the figures.
    """
    known = known_words(reading)
    for every in _uses(reading).values():
        names = known | {use.word for use in every if use.spelt}
        found = (use for use in every if use.word not in names and use.passage.place is not Place.TITLE)
        for first, *_, last in ((run[0], *run) for run in _shouted(found)):
            text, words = first.passage.text, first.passage.text[first.start : last.end]
            if _NAMED_IN_CAPITALS.search(text[: first.start]):
                continue
            hint = f"Write “{words.lower()}”, in bold if it must stand out; spell it out if it is short for words."
            yield Finding((first.passage, first.start, last.end), f"“{words}” is set in capitals.", hint)


_NAMED_IN_CAPITALS = re.compile(r"\b(?:exercise|operation|op|project)\W+$", re.IGNORECASE)
"""What stands before a name that forces set in capitals: “Exercise WHITE RAVEN”."""
_EMPHATIC = frozenset(entries("emphatic"))


def _shouted(uses: Iterable[Use]) -> Iterator[list[Use]]:
    """The words in capitals for emphasis, those that follow one another together.

    One alone is an abbreviation, if not by its list or ending.
    """
    runs: list[list[Use]] = []
    for use in uses:
        last = runs[-1][-1] if runs else None
        if last and use.passage is last.passage and not use.passage.text[last.end : use.start].strip():
            runs[-1].append(use)
        else:
            runs.append([use])
    for run in runs:
        words = [use.word for use in run]
        long = [word for word in words if len(word) > 4 and british().knows(word.lower())]
        is_emphatic, is_alone = not _EMPHATIC.isdisjoint(words), len(words) == 1
        is_verb = words[0].endswith(("ED", "ING", "LY", "TION", "MENT"))
        is_plain = is_alone or all(british().knows(word.lower()) for word in words)
        if is_plain and (is_emphatic or (long and (is_verb or not is_alone))):
            yield run


@rule("C508", Severity.WARNING, by_file=True)
def find_american_spelling(reading: Reading) -> Iterator[Finding]:
    """A word is spelt the American way, or with “-ize” for “-ise”.

    Source: GOV.UK style guide, “American and UK English”; New Hart’s Rules (2014), chapter 21
    Example: The organization of the control center
    """
    for passage, word in spelt_words(reading):
        for part, at in word.parts:
            form = british_form(part)
            if form is None or part.casefold() in own_words(reading) or (part[:1].isupper() and not word.begins):
                continue
            if not (form.lower().startswith("programme") and _COMPUTER.search(near_before(passage.text, at))):
                message = f"“{part}” is spelt the American way."
                yield Finding((passage, at, at + len(part)), message, f"Write “{form}”.")


_COMPUTER = re.compile(r"\b(?:computer|software)\W+(?:\w+\W+)?$", re.IGNORECASE)


_MOST_SUGGESTED = 60
"""Beyond so many unknown words a text is not English, and looking for near words would only take time."""


@rule("C509", Severity.WARNING)
def find_misspellings(reading: Reading) -> Iterator[Finding]:
    """A word is not in the British dictionary, nor among the panel's own words.

    These are the words of panel.yaml, plan.yaml and meeting.yaml and of the titles of measures. A word with a capital
    inside a sentence is taken for a name; one in quotation marks of its own, or like none of the dictionary's, for a
    term; several that are quoted, or three of a sentence, for dialect or another tongue. Sentences in another language
    are told once in a file.
    Source: SCOWL's British dictionary for Hunspell, en_GB-ise
    Example: The preceeding quarter
    """
    own, dictionary = own_words(reading), british()
    names = frozenset[str]().union(*map(_names, reading.parts))
    used = frozenset[str]().union(*map(_used_words, reading.parts))
    doubtful = list(chain.from_iterable(map(_doubtful_words, reading.parts)))
    foreign = [found for file in reading.parts if (found := [each for each in file.passages if each.foreign])]
    yield from (_other_language(reading, found) for found in foreign)

    def is_known(part: str) -> bool:
        return _is_known(part, own, names)

    spoken = _dialect(doubtful, is_known)
    not_english = {passage.section.key for found in foreign for passage in found}
    seen: set[tuple[str, str]] = set()
    for passage, word in doubtful:
        if "-" in word.text and dictionary.knows(word.text.replace("-", "")):
            continue
        for part, at in word.parts:
            month = _month_meant(passage.text, at, part)
            if (passage.at.file, part) in seen or (not month and (is_known(part) or british_form(part))):
                continue
            if month:
                seen.add((passage.at.file, part))
                meant = Hint(f"Did you mean “{month}”?", part, month)
                yield Finding((passage, at, at + len(part)), f"“{part}” is no month.", meant)
                continue
            may_be_name = part[:1].isupper()
            if may_be_name and not (word.begins or passage.place is Place.TITLE or _may_be_office(part)):
                continue
            is_title = passage.place is Place.TITLE and passage.section.key in not_english
            surely = may_be_name and passage.place is Place.CELL
            is_alone = word.text == passage.text.strip() and not _may_be_office(part)
            # “Whitt” in a list of places is no slip for “Whit”, nor “Allways” in one of suppliers for “Always”.
            if is_title or (surely and (is_alone or len(part) < _SHORT_NAME)):
                continue
            near = dictionary.near(part, used=used, surely=surely) if len(seen) < _MOST_SUGGESTED else None
            # A name may go on after a word that begins a sentence: “Humber and Wolds”; “Teh Panel” is a slip.
            goes_on = near and near.lower() not in COMMON_WORDS and _NAME_GOES_ON.match(passage.text, word.end)
            unlikely = near is None or not dictionary.knows(near.lower()) or goes_on
            if may_be_name and unlikely and near not in _OFFICES:
                continue
            if (near is None and _VOWEL.search(part)) or (passage, word.start) in spoken:
                continue
            seen.add((passage.at.file, part))
            add = f"add it to {_LIST}."
            hint = Hint(f"Did you mean “{near}”? If not, {add}", part, near) if near else f"Correct it, or {add}"
            message = f"“{part}” is not a word that the dictionary knows."
            yield Finding((passage, at, at + len(part)), message, hint)


def _month_meant(text: str, at: int, word: str) -> str | None:
    """The month that a word between a day and a year is like: “9 Apirl 2026”."""
    is_dated = _DAY.search(near_before(text, at)) and _YEAR.match(text, at + len(word))
    return next(iter(get_close_matches(word, MONTHS, 1, 0.7)), None) if is_dated else None


_DAY, _YEAR = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)?[ \u00a0]$"), re.compile(r"[ \u00a0](?:19|20)\d\d\b")


@once
def _names(file: Reading) -> frozenset[str]:
    """The words with a capital inside a sentence."""
    inside = (word for _, word in spelt_words(file) if not word.begins)
    parts = (part for word in inside for part, _ in word.parts if part[:1].isupper())
    return frozenset(part for part in parts if not _may_be_office(part))


@once
def _doubtful_words(file: Reading) -> tuple[tuple[Passage, Word], ...]:
    """The words that are known only if they are names."""
    own, every = own_words(file), spelt_words(file)
    return tuple(each for each in every if not all(_is_known(part, own, ()) for part, _ in each[1].parts))


def _other_language(reading: Reading, foreign: Sequence[Passage]) -> Finding:
    """What is told of all passages of a file in other languages, at the first."""
    first, more = foreign[0].foreign[0], len(foreign) - 1
    quoted = shorten(first.text, 40, placeholder=" …")
    others = f", nor is more of this file, in {more} other places" if more > 1 else ""
    message = f"“{quoted}” is not in English{others}."
    hint = "Translate it; or say what language it is in, with “::: language cy” above it for Welsh and “:::” below; or"
    hint = f"{hint} let it stand, with “waive: {{C509: reason}}” in the front matter."
    return Finding(reading.place(foreign[0], first.start, first.end), message, hint)


_OFFICES = frozenset(entries("offices"))


@lru_cache(10_000)
def _may_be_office(part: str) -> bool:
    """Whether a name may be one of the words that papers write with a capital, with a slip in it: “Goverment”."""
    same_ends = (each for each in _OFFICES if len(part) > 5 and (part[0], part[-1]) == (each[0], each[-1]))
    alike = (each for each in same_ends if abs(len(part) - len(each)) < 2)
    return any(SequenceMatcher(None, part, each).ratio() > 0.85 for each in alike)


def _dialect(spelt: Iterable[tuple[Passage, Word]], is_known: Callable[[str], bool]) -> frozenset[tuple[Passage, int]]:
    """The unknown words of a sentence with three, or two if it is speech or short: slips are not so thick."""
    unknown = [(passage, word.start) for passage, word in spelt if not all(is_known(part) for part, _ in word.parts)]
    said: dict[tuple[Passage, int, bool], list[int]] = {}
    for passage, at in unknown:
        is_quoted = any(found.start() < at < found.end() for found in SPEECH.finditer(passage.text))
        sentence = passage.sentence_of(at, at)
        is_thick = is_quoted or sentence.text.count(" ") < _FEW
        said.setdefault((passage, 0 if is_quoted else sentence.start, is_thick), []).append(at)
    return frozenset((key[0], at) for key, found in said.items() if len(found) > 2 - key[2] for at in found)


_FEW = 4
"""Words of a sentence of which two that are unknown make one of another language: “Roedd e’n help.”"""


_SHORT_NAME = 6
"""Letters of a word with a capital in a cell from which on it is like others by more than chance."""
_NAME_GOES_ON = re.compile(r"(?:['’]s)?(?:,? (?:and|&|on|upon|le|the|of|in|cum) (?:the )?| |-)[A-Z]")
_VOWEL = re.compile(r"[aeiouy]", re.IGNORECASE)


@once
def spelt_words(reading: Reading) -> tuple[tuple[Passage, Word], ...]:
    """The words that may be misspelt, each with its passage."""
    return tuple((passage, word) for passage in reading.passages for word in passage.spelt)


_used_words = once(lambda file: frozenset(word.text.casefold() for _, word in spelt_words(file)))


_PUT_TOGETHER = (
    re.compile(r"(?:un|re|pre|de|non)(.{3,}(?:ed|ing|able))"),
    re.compile(
        r"(?:agro|anti|bio|counter|cyber|geo|hydro|inter|micro|multi|neuro|over|psycho|semi|socio|super|under)(.{4,})"
    ),
    re.compile(
        r"(.{4,})(?:bank|bed|board|fill|holder|house|keeper|land|light|lighting|marsh|place|scale|side|space|way|work"
        r"|worker)s?"
    ),
)
"""Words put together: “unvalidated” and “recommissioning” of a verb, “overreliance” and “floorspace” of a noun."""
_NO_WORDS = frozenset(["non", "pre", "sub", "pro", "mid", "out", "off", "eco", "bio", "tri", "tba", "tbc", "tbd"])
"""Beginnings of words, and what C403 tells of."""


def _is_known(word: str, own: Collection[str], names: Collection[str]) -> bool:
    if british().knows(word):
        return True
    plain = word.removesuffix("s") if word.endswith(("’s", "'s")) else word
    plain = plain.removesuffix("’").removesuffix("'")
    small = plain.casefold()
    is_own = small in own or small.removesuffix("s") in own or plain in names
    if is_own or len(plain) < 3 or small in _NO_WORDS or british().knows(plain):
        return True
    of = (found[1] for each in _PUT_TOGETHER if (found := each.fullmatch(small)))
    is_made = is_rare(small) or any(each not in COMMON_WORDS and british().knows(each) for each in of)
    return is_made and not british_form(word)


def known_words(reading: Reading) -> set[str]:
    """The words that the panel says are right, each by itself too."""
    return {word for each in reading.settings.panel.known_words for word in (each, *each.split())}


@once
def own_words(reading: Reading) -> frozenset[str]:
    """The words of the settings, their keys among them, and of the titles of measures, in small letters."""
    settings, measures = reading.settings, reading.book.measures.settings.values()
    texts = [each.model_dump_json().replace("\\n", " ") for each in (settings.panel, settings.plan, settings.meeting)]
    texts += [f"{each.title} {each.unit} {each.source}" for each in measures]
    return frozenset(word.casefold() for text in texts for word in re.findall(r"[^\W\d_]+(?:[’'][^\W\d_]+)*", text))


_PAIRS = {"(": ")", "[": "]", "{": "}", "“": "”"}
_OPENS = {closing: opening for opening, closing in _PAIRS.items()}
_MARK = re.compile(r"[(){}\[\]“”]")
_MARKS = {"(": "bracket", "[": "square bracket", "{": "brace"}


@rule("C505", Severity.WARNING, by_file=True)
def unmatched_marks(reading: Reading) -> Iterator[Finding]:
    """A bracket or quotation mark has no partner in its paragraph, cell or heading.

    Marks that cross, as in “(see [x)]”, are told too. A quotation of several paragraphs may open each of
    them and close the last.
    Source: New Hart’s Rules (2014), chapters 4 (Punctuation) and 9 (Quotations)
    Example: 47 of 48 indicators were green (achieved or likely to be achieved. The other was amber.
    """
    passages = reading.passages
    for passage, after in zip_longest(passages, passages[1:]):
        for mark, at, what in islice(_unmatched(passage.text), MOST_IN_A_PASSAGE):
            if mark in "“‘" and after is not None and after.text[:1] == mark:
                continue
            start, end, words = _beside(passage.text, mark, at)
            name = _MARKS.get(_OPENS.get(mark, mark), "quotation mark")
            hint = "Close it where the words in it end." if what.startswith("opened") else "Add its partner."
            yield Finding((passage, start, end), f"The {name} at “{words}” is {what}.", hint)


def _unmatched(text: str) -> Iterator[tuple[str, int, str]]:
    """Each mark without a partner, or with one outside the marks around it, where it stands, and what it is."""
    opened, crossed = defaultdict[str, list[int]](list), set[int]()
    for mark, at in ((found[0], found.start()) for found in _MARK.finditer(text)):
        if mark in _PAIRS:
            opened[mark].append(at)
        elif opened[_OPENS[mark]]:
            begins = opened[_OPENS[mark]].pop()
            crossed |= {places[-1] for places in opened.values() if places and places[-1] > begins}
            if begins in crossed:
                yield mark, at, "opened within other marks and closed after them"
        elif not (mark == ")" and re.search(r"(?:^|[\s,;:])[A-Za-z0-9]{1,4}$", text[max(0, at - 6) : at])):
            yield mark, at, "closed and never opened"
    yield from ((mark, at, "opened and never closed") for mark, places in opened.items() for at in places)
    closes = max((found.start() for found in re.finditer(r"’(?![^\W\d_])", text)), default=-1)
    for found in re.finditer(r"(?<![\w’”)])‘(?!\d)", text):
        if closes < found.start():
            yield "‘", found.start(), "opened and never closed"
    straight: list[int] = []
    for found in re.finditer('"', text):  # after a figure one closes a quotation, or stands for inches
        if len(straight) % 2 or not text[found.start() - 1 : found.start()].isdigit():
            straight.append(found.start())
    if len(straight) % 2:
        yield '"', straight[-1], "without its partner"


def _beside(text: str, mark: str, at: int) -> tuple[int, int, str]:
    """The words at a mark: where they begin and end as they are found in the file, and as they are quoted."""
    if mark in _OPENS:
        start = max(text.rfind(" ", 0, at) + 1, at - 40)
        return start, at + 1, text[start : at + 1]
    after = re.match(r"\S+(?: \S+){0,2}", text[at : at + 40])
    words = after[0] if after else text[at]
    return at, at + len(words.split(" ")[0]), words
