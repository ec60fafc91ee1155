"""The next meeting: settings rolled on by a reporting period, files carried over and marked as not yet reviewed."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import PurePosixPath

from papergen import codes
from papergen.commands.usage import WrongUseError
from papergen.diagnostics import Span
from papergen.files import hint, reason
from papergen.papers.attachments import ATTACHMENTS
from papergen.read.section import with_front_matter_key
from papergen.values.periods import Period, print_day
from papergen.workspace.settings import meeting_folder, meetings, read_settings
from papergen.workspace.signatures import signatures_file
from papergen.workspace.yaml_edit import rewritten
from papergen.workspace.yaml_source import Path
from papergen.world import World


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


def roll_over(world: World, last: str, day: date) -> tuple[Period | None, int] | None:
    """Lay down the meeting of ``day`` from the meeting ``last``: its reporting period and its number of files.

    The files are those of Markdown.  None with diagnostics, and nothing made, where that cannot be.
    """
    diagnostics = world.diagnostics
    settings = read_settings(world, last, diagnostics)
    if settings is None:
        return None
    reported = settings.meeting.reporting_period
    period = reported.period.next() if reported else None
    target = meeting_folder(str(day))
    if period is not None and period.ends >= day:
        diagnostics.add(
            codes.PERIOD_NOT_OVER,
            Span(f"{target}/meeting.yaml"),
            f"The next reporting period, {period}, is not over on the day of the meeting, {print_day(day)}.",
            "Check the date of the meeting and the reporting period in the new meeting.yaml.",
        )
    left = (signatures_file(last), f"{meeting_folder(last)}/{ATTACHMENTS}/")
    files = (path for path in _files(world, meeting_folder(last)) if not path.startswith(left))
    carried = {path: world.read_bytes(path) for path in files}
    if diagnostics.has_errors:
        return None
    changes: dict[Path, str | None] = {
        ("date",): str(day),
        ("previous_meeting",): last,
        ("first_page",): None,
        ("agenda_item",): None,
    }
    if period is not None:
        changes[("reporting_period", "from")] = str(period.starts)
        changes[("reporting_period", "to")] = str(period.ends)
    for folder in settings.meeting.papers:
        changes[("papers", folder, "agenda_item")] = changes[("papers", folder, "appendices")] = None
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
        world.folder.rename(made, target)
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
    return period, count


def _files(world: World, folder: str) -> list[str]:
    found: list[str] = []
    for name in world.names(folder):
        path = f"{folder}/{name}"
        found.extend(_files(world, path) if world.is_folder(path) else [path])
    return found
