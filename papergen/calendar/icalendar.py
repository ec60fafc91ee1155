"""Deadlines as an iCalendar file (RFC 5545), which every diary program takes in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from papergen.calendar.deadlines import Deadline
from papergen.calendar.working_days import ONE_DAY

_MOST_OCTETS = 75


def icalendar(found: Iterable[Deadline], *, panel: str, meeting: date, made: date) -> bytes:
    """A file with an all-day event for each deadline; ids stay, so that a later file takes the place of this one."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//papergen//deadlines//EN", "CALSCALE:GREGORIAN"]
    for each in found:
        lines += _event(each, panel, meeting, made)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)).encode()


def _event(deadline: Deadline, panel: str, meeting: date, made: date) -> Iterator[str]:
    stage = deadline.stage.value
    yield "BEGIN:VEVENT"
    yield f"UID:{stage.lower().replace(' ', '-')}-{meeting}-{''.join(filter(str.isalnum, panel))}@papergen"
    yield f"DTSTAMP:{made:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{deadline.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{deadline.day + ONE_DAY:%Y%m%d}"
    yield f"SUMMARY:{_text(f'{stage}: {panel}, {meeting.day} {meeting:%B %Y}')}"
    yield f"DESCRIPTION:{_text(f'{deadline.reason} {deadline.source}')}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _text(words: str) -> str:
    """Words as a value, on one line: three signs have a meaning of their own there, and those nobody sees may have."""
    words = "".join(letter if letter.isprintable() else " " for letter in words)
    for sign in ("\\", ";", ","):
        words = words.replace(sign, f"\\{sign}")
    return words


def _folded(line: str) -> Iterator[str]:
    """A line in pieces of at most 75 octets, each after the first behind a space; no letter is cut in two."""
    piece, size = "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > _MOST_OCTETS:
            yield piece
            piece, size = " ", 1
        piece, size = piece + letter, size + octets
    yield piece
