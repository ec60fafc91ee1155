"""The next meeting: settings rolled on by a reporting period, files carried over and marked as not yet reviewed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from papergen import codes
from papergen.commands.usage import WrongUseError
from papergen.diagnostics import Span
from papergen.files import hint, reason
from papergen.read.section import with_front_matter_key
from papergen.values.periods import Period, print_day
from papergen.workspace.settings import meeting_folder, meetings, read_settings
from papergen.workspace.signatures import signatures_file
from papergen.workspace.yaml_source import Path, Yaml
from papergen.world import World


@dataclass(frozen=True, slots=True)
class NewMeeting:
    """What was laid down: the reporting period of the new meeting and the number of Markdown files carried over."""

    period: Period
    files: int


def last_before(world: World, day: date) -> str:
    """The meeting from which that of ``day`` is laid down; ``WrongUseError`` when there is none, or one already."""
    known = meetings(world)
    earlier = [name for name in known if name < str(day)]
    if str(day) in known:
        raise WrongUseError(f"There is a meeting of {day} already.", "Nothing was changed.")
    if not earlier:
        raise WrongUseError(
            f"There is no meeting before {day} to carry over.", "Meetings are folders in content/, named by date."
        )
    return earlier[-1]


def roll_over(world: World, last: str, day: date) -> NewMeeting | None:
    """Lay down the meeting of ``day`` from the meeting ``last``, or return None with diagnostics and nothing made."""
    diagnostics = world.diagnostics
    settings = read_settings(world, last, diagnostics)
    if settings is None:
        return None
    period = settings.meeting.reporting_period.period.next()
    target = meeting_folder(str(day))
    if period.ends >= day:
        diagnostics.add(
            codes.PERIOD_NOT_OVER,
            Span(f"{target}/meeting.yaml"),
            f"The next reporting period, {period}, is not over on the day of the meeting, {print_day(day)}.",
            "Check the date of the meeting and the reporting period in the new meeting.yaml.",
        )
    files = (path for path in _files(world, meeting_folder(last)) if path != signatures_file(last))
    carried = {path: world.read_bytes(path) for path in files}
    if diagnostics.has_errors:
        return None
    changes: dict[Path, str | None] = {
        ("date",): str(day),
        ("previous_meeting",): last,
        ("reporting_period", "from"): str(period.starts),
        ("reporting_period", "to"): str(period.ends),
        ("first_page",): None,
        ("agenda_item",): None,
    }
    above, _, name = target.rpartition("/")
    made = f"{above}/.{name}.new"
    count = 0
    try:
        world.folder.remove(made)
        for path, old in carried.items():
            inside, data = PurePosixPath(path).relative_to(meeting_folder(last)), old or b""
            if str(inside) == "meeting.yaml":
                text = rewritten(data.decode("utf-8-sig"), settings.sources["meeting"], changes)
                world.folder.write(f"{made}/{inside}", text.encode())
            elif inside.suffix == ".md":
                text = with_front_matter_key(data.decode("utf-8-sig", "surrogateescape"), "reviewed", "no")
                world.folder.write(f"{made}/{inside}", text.encode("utf-8", "surrogateescape"))
                count += 1
            else:
                world.folder.write(f"{made}/{inside}", data)
        world.folder.path(made).rename(world.folder.path(target))
    except OSError as problem:
        diagnostics.add(
            codes.OUTPUT_FAILED,
            Span(target),
            f"The new meeting could not be made: {reason(problem)}.",
            hint(problem, "Check that you may write in content/ and that there is room on the disk."),
        )
        return None
    finally:
        with suppress(OSError):
            world.folder.remove(made)
    return NewMeeting(period, count)


def _files(world: World, folder: str) -> list[str]:
    found: list[str] = []
    for name in world.names(folder):
        path = f"{folder}/{name}"
        found.extend(_files(world, path) if world.is_folder(path) else [path])
    return found


def rewritten(text: str, source: Yaml, changes: Mapping[Path, str | None]) -> str:
    """``text`` with the values at the paths in ``changes`` replaced, and all else, comments included, as it was.

    A value that is not there is added at the end, and None takes a setting out of use by making its line a comment;
    both only for settings that are not inside others.
    """
    lines = text.split("\n")
    added: list[str] = []
    by_place = sorted(changes.items(), key=lambda item: source.places.get(item[0], Span("")), reverse=True)
    for path, value in by_place:
        place = source.places.get(path)
        if place is None:
            if value is not None:
                added.append(f"{path[-1]}: {value}")
            continue
        line = lines[place.line - 1]
        before, after = line[: place.column - 1], line[place.column - 1 :]
        if value is None:
            lines[place.line - 1] = f"# {line.lstrip()}"
        else:
            matched = re.match(r"\"[^\"]*\"|'[^']*'|[^\s,}#]+", after)
            lines[place.line - 1] = f"{before}{value}{after[matched.end() if matched else 0 :]}"
    while lines and not lines[-1].strip():
        lines.pop()
    return "\n".join([*lines, *added, ""])
