"""Making the manifest of a build from what was read, what was found, and what was written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from papergen.manifest.record import Evidence, Input, Manifest, Output, Role, Settings, write_manifest
from papergen.manifest.tools import fonts, tools
from papergen.model.nodes import PaperKind
from papergen.session import Session
from papergen.values.periods import print_day
from papergen.world import World
from papergen.write.files import MadeFile, Wanted

_ENDINGS = {".md": Role.CONTENT, ".yaml": Role.SETTINGS, ".csv": Role.DATA, ".py": Role.CODE, ".json": Role.MANIFEST}


def make_manifest(session: Session, rests_on: Evidence, *, wanted: Wanted, files: Sequence[MadeFile]) -> bytes:
    """The manifest of ``files``, which were made from what the session's ``world`` has read.

    They are what was ``wanted``; ``rests_on`` is what all the papers of the meeting rest on.
    """
    settings = session.settings
    day = settings.meeting.date
    manifest = Manifest(
        name=f"Papers for the {settings.panel.name}, {print_day(day)}".replace("\u00a0", " "),
        settings=Settings(
            meeting=str(day),
            panel=settings.panel.name,
            force=settings.panel.force or "",
            period=settings.meeting.period.interval if settings.meeting.reporting_period else None,
            final=not session.draft,
            papers=tuple(kind for kind in PaperKind if kind in wanted.kinds),
            formats=tuple(sorted(wanted.formats, key=lambda each: each.value)),
            rules=dict(sorted(settings.panel.checks.items())),
        ),
        tools=tools(),
        inputs=(*inputs_of(session.world), *fonts()),
        outputs=tuple(
            Output(
                name=each.name,
                size=len(each.data),
                pages=each.pages or None,
                sha256=hashlib.sha256(each.data).hexdigest(),
            )
            for each in sorted(files, key=lambda each: each.name)
        ),
        measures=rests_on.measures,
        numbers=rests_on.numbers,
        charts=rests_on.charts,
    )
    return write_manifest(manifest)


def inputs_of(world: World) -> Iterator[Input]:
    """Everything that was read, by name, with what it is to the papers."""
    for name, sha256 in sorted(world.reads.items()):
        origin = "papergen" if name in world.packaged else "workspace"
        yield Input(name=name, role=_role(name), origin=origin, sha256=sha256)


def _role(name: str) -> Role:
    path = PurePosixPath(name)
    if path.parts[0] == "templates":
        return Role.STYLESHEET if path.suffix == ".css" else Role.TEMPLATE
    return _ENDINGS.get(path.suffix, Role.PICTURE)
