"""What WeasyPrint asks for and warns of while it works: its addresses are answered, and its log becomes diagnostics."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from papergen import codes
from papergen.diagnostics import Diagnostics, Span
from papergen.files import OF_THE_MACHINE
from papergen.model.nodes import Picture
from papergen.write.resources import resource

_PLACE = re.compile(r" at (\d+):(\d+)\b")
_RUNNING = '"string(running-'
_QUOTED = re.compile(r"['\"“]([^'\"”]+)['\"”]")


@dataclass(frozen=True, slots=True)
class SetFile:
    """The file that WeasyPrint is reading, for the places of its messages."""

    file: str
    text: str

    def place_of(self, words: str) -> Span | None:
        """Where ``words`` are written in the file, or None."""
        at = self.text.find(words)
        if at < 0:
            return None
        return Span(self.file, self.text.count("\n", 0, at) + 1, at - self.text.rfind("\n", 0, at))


def place_of_words(words: str, sources: tuple[SetFile, ...]) -> Span:
    """Where ``words`` are written, or the first of the files alone."""
    places = (source.place_of(words) for source in sources if words)
    return next((place for place in places if place is not None), Span(sources[0].file))


def fetcher_of(
    sources: tuple[SetFile, ...],
    pictures: Mapping[str, Picture],
    resources: Mapping[str, tuple[bytes, str]],
    found: Diagnostics,
) -> Any:  # noqa: ANN401 - WeasyPrint is untyped
    """A fetcher that hands out fonts and the pictures of paper and template; other addresses become diagnostics."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Fetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint is untyped
        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:  # noqa: ANN401, ARG002
            held = resources.get(url) or resource(url, pictures)
            if held is not None:
                return URLFetcherResponse(url, held[0], {"Content-Type": held[1]})
            shown = url if len(url) <= 100 else f"{url[:100]}…"
            found.add(
                codes.TEMPLATE_RESOURCE,
                place_of_words(url, sources),
                f"“{shown}” is not fetched: a paper holds its own pictures and the font of papergen only.",
                "Delete it; a picture belongs in the content, as a figure.",
            )
            raise _RefusedError(url)

    return Fetcher()


class _RefusedError(ValueError):
    """An address that is not the paper's own; WeasyPrint goes on without it."""


class _Listener(logging.Handler):
    """Makes a diagnostic of everything WeasyPrint warns of."""

    def __init__(self, sources: tuple[SetFile, ...], found: Diagnostics) -> None:
        super().__init__(logging.WARNING)
        self._sources = sources
        self._found = found

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if any(found.code is codes.TEMPLATE_RESOURCE for found in self._found):
            return  # what follows from an address that was refused and told already
        if message.startswith(_RUNNING):
            return  # said of what will run in a margin before it is there; it is set all the same
        place, quoted = _PLACE.search(message), _QUOTED.search(message)
        if place:
            at = Span(self._sources[0].file, int(place[1]), int(place[2]))
        else:
            at = place_of_words(quoted[1] if quoted else "", self._sources)
        self._found.add(
            codes.TEMPLATE_STYLESHEET,
            at,
            f"WeasyPrint cannot use something here: {message.rstrip('.')}.",
            "Mend or delete it; papers are not written while anything is passed over.",
        )


@contextmanager
def listening(sources: tuple[SetFile, ...], found: Diagnostics) -> Iterator[None]:
    """Turn WeasyPrint's log into diagnostics, and keep fontTools' log off the console, for as long as it lasts.

    An exception becomes a diagnostic too and goes no further, but for a full disk and the like.
    """
    loggers = [(logging.getLogger("weasyprint"), _Listener(sources, found)), (logging.getLogger("fontTools"), None)]
    before = [(logger, logger.propagate) for logger, _ in loggers]
    handlers = [(logger, handler or logging.NullHandler()) for logger, handler in loggers]
    for logger, handler in handlers:
        logger.addHandler(handler)
        logger.propagate = False
    try:
        yield
    except Exception as problem:  # a stylesheet can lead WeasyPrint into errors of its own
        if isinstance(problem, MemoryError) or (isinstance(problem, OSError) and problem.errno in OF_THE_MACHINE):
            raise
        found.add(
            codes.OUTPUT_FAILED,
            Span(sources[0].file),
            f"WeasyPrint stopped: {type(problem).__name__}: {problem}",
            "Undo the last change to the layout or stylesheet, and report it to the makers of papergen.",
        )
    finally:
        for logger, handler in handlers:
            logger.removeHandler(handler)
        for logger, propagate in before:
            logger.propagate = propagate
