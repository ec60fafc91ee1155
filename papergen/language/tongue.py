"""The sentences of a text that are in another language than English."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import zip_longest

from papergen.language.lexicon import entries
from papergen.language.spelling import british
from papergen.language.words import Word

_FEWEST = 4
"""Words of a sentence whose language can be told."""


def is_foreign(words: Sequence[Word]) -> bool:
    """Whether the words of a sentence are those of another language.

    They are where half or more of them are small words of other languages or no words of English, and less than a
    quarter are small words of English.  Names count as neither.
    """
    small = [
        word.text.casefold().replace("'", "’")
        for word, after in zip_longest(words, words[1:])
        if (word.begins or word.text[:1].islower())
        and not (word.text in small_words() and after is not None and after.text[:1].isupper())
    ]
    if len(small) < _FEWEST:
        return False
    other = sum(each in small_words() or not british().knows(each) for each in small)
    return 2 * other >= len(small) > 4 * sum(each in common_words() for each in small)


@cache
def small_words() -> frozenset[str]:
    """The small words of other languages, many of which are parts of names: “de”, “van der”, “y”."""
    return frozenset(entries("not-english"))


@cache
def common_words() -> frozenset[str]:
    """The commonest small words of English."""
    return frozenset(entries("english"))
