"""The next meeting: settings rolled on by a reporting period, files carried over and marked as not yet reviewed."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from papergen import codes
from papergen.diagnostics import Diagnostics, Span
from papergen.read.section import with_front_matter_key
from papergen.values.periods import Period, print_day
from papergen.workspace.settings import meeting_folder, read_settings
from papergen.workspace.yaml_source import Path, Yaml
from papergen.world import World


@dataclass(frozen=True, slots=True)
class NewMeeting:
    """What was laid down: the reporting period of the new meeting and the number of Markdown files carried over."""

    period: Period
    files: int


def roll_over(world: World, last: str, day: date, *, diagnostics: Diagnostics) -> NewMeeting | None:
    """Lay down the meeting of ``day`` from the meeting ``last``, or return None with diagnostics and nothing made."""
    settings = read_settings(world, last, diagnostics)
    if settings is None:
        return None
    period = settings.meeting.reporting_period.period.next()
    target = world.root / meeting_folder(str(day))
    if period.ends >= day:
        diagnostics.add(
            codes.PERIOD_NOT_OVER,
            Span(f"{meeting_folder(str(day))}/meeting.yaml"),
            f"The next reporting period, {period}, is not over on the day of the meeting, {print_day(day)}.",
            "Check the date of the meeting and the reporting period in the new meeting.yaml.",
        )
    carried = {path: world.read_bytes(path) for path in _files(world, meeting_folder(last))}
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
    made = target.with_name(f".{target.name}.new")
    shutil.rmtree(made, ignore_errors=True)
    count = 0
    try:
        for path, data in carried.items():
            inside = PurePosixPath(path).relative_to(meeting_folder(last))
            new = made / inside
            new.parent.mkdir(parents=True, exist_ok=True)
            if str(inside) == "meeting.yaml":
                text = (data or b"").decode("utf-8-sig")
                new.write_text(rewritten(text, settings.sources["meeting"], changes), encoding="utf-8")
            elif inside.suffix == ".md":
                text = (data or b"").decode("utf-8-sig", errors="surrogateescape")
                text = with_front_matter_key(text, "reviewed", "no")
                new.write_bytes(text.encode("utf-8", errors="surrogateescape"))
                count += 1
            else:
                new.write_bytes(data or b"")
        made.rename(target)
    except OSError as problem:
        diagnostics.add(
            codes.OUTPUT_FAILED,
            Span(meeting_folder(str(day))),
            f"The new meeting could not be made: {(problem.strerror or str(problem)).lower()}.",
            "Check that you may write in content/ and that there is room on the disk.",
        )
        return None
    finally:
        shutil.rmtree(made, ignore_errors=True)
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
