"""Verifying papers: they are built again from what their manifest records, and compared byte by byte."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from papergen.commands.build import BuildRequest, Format, Progress, build
from papergen.diagnostics import Diagnostics
from papergen.files import Folder, TooLargeError, read_file
from papergen.manifest.record import NAME, Input, Manifest, read_manifest
from papergen.manifest.tools import fonts, tools
from papergen.world import MOST_BYTES, World

MOST_OUTPUT_BYTES = 200_000_000


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is not as the manifest records it: its name, and what became of it."""

    name: str
    what: str

    def __str__(self) -> str:
        return f"{self.name} {self.what}"


@dataclass(frozen=True, slots=True)
class Verified:
    """What a second build showed.

    ``edited`` are files that are not as they were written, ``rebuilt`` those that come out in another way now.  The
    rest say why that may be: ``inputs``, ``tools`` and ``settings`` that differ.  ``failed`` holds what stopped the
    second build.  ``files`` counts what was compared.
    """

    files: int
    edited: tuple[Difference, ...] = ()
    rebuilt: tuple[Difference, ...] = ()
    inputs: tuple[Difference, ...] = ()
    tools: tuple[Difference, ...] = ()
    settings: tuple[Difference, ...] = ()
    failed: Diagnostics = field(default_factory=Diagnostics)

    @property
    def identical(self) -> bool:
        return not self.edited and not self.rebuilt and not self.failed.has_errors


def verify_papers(root: Path, folder: Path, recorded: Manifest, *, progress: Progress) -> Verified:
    """Build the papers in ``folder`` once more from the workspace at ``root``, and compare.

    The second build stands in a temporary folder, draws every chart afresh, and leaves nothing behind.
    """
    wanted = recorded.settings
    diagnostics = Diagnostics()
    world = World(root, diagnostics)
    with tempfile.TemporaryDirectory(prefix="papergen-verify-") as place:
        request = BuildRequest(
            meeting=wanted.meeting,
            output=Path(place),
            kinds=frozenset(wanted.papers),
            formats=frozenset(Format(each) for each in wanted.formats),
            final=wanted.final,
        )
        written = build(world, request, diagnostics=diagnostics, progress=progress)
        again = read_manifest((request.folder / NAME).read_bytes()) if written else None
        same_record = written and (request.folder / NAME).read_bytes() == _bytes(folder, NAME, MOST_BYTES)
    inputs = tuple(_inputs(root, recorded, again))
    changed_tools = tuple(_tools(recorded))
    settings = tuple(_settings(recorded, again)) if again is not None else ()
    edited = [*_edited(folder, recorded)]
    if again is not None and not same_record and not inputs and not changed_tools and _recorded(again, recorded):
        edited.append(Difference(NAME, "was changed after it was written"))
    return Verified(
        files=len(recorded.outputs),
        edited=tuple(edited),
        rebuilt=tuple(_rebuilt(recorded, again)) if again is not None else (),
        inputs=inputs,
        tools=changed_tools,
        settings=settings,
        failed=diagnostics if again is None else Diagnostics(),
    )


def _recorded(again: Manifest, recorded: Manifest) -> bool:
    """Whether the two manifests differ in more than the files that were written."""
    without: Mapping[str, object] = {"outputs": ()}
    return again.model_copy(update=without) != recorded.model_copy(update=without)


def _bytes(folder: Path, name: str, most: int) -> bytes | None:
    """The bytes of a file in the folder of papers, which may have come from anywhere: no link is followed."""
    try:
        return read_file(Folder(folder.resolve()).path(name), most=most, follow=False)
    except OSError:
        return None


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _edited(folder: Path, recorded: Manifest) -> Iterable[Difference]:
    for each in recorded.outputs:
        try:
            data = _bytes(folder, each.name, min(each.size, MOST_OUTPUT_BYTES))
        except TooLargeError:
            data = b""
        if data is None:
            yield Difference(each.name, "is gone, or cannot be read")
        elif _hash(data) != each.sha256:
            yield Difference(each.name, "was changed after it was written")


def _rebuilt(recorded: Manifest, again: Manifest) -> Iterable[Difference]:
    then = {each.name: each.sha256 for each in recorded.outputs}
    now = {each.name: each.sha256 for each in again.outputs}
    for name in sorted(then.keys() | now.keys()):
        if name not in now:
            yield Difference(name, "would not be written any more")
        elif name not in then:
            yield Difference(name, "would be written now and was not then")
        elif then[name] != now[name]:
            yield Difference(name, "comes out in another way now")


def _inputs(root: Path, recorded: Manifest, again: Manifest | None) -> Iterable[Difference]:
    """The inputs that are not as they were; new ones are known only when the papers could be built."""
    now = {(each.origin, each.name): each.sha256 for each in _as_they_are(root, recorded)}
    seen = {each.name for each in recorded.inputs}
    moved = {each.name for each in again.inputs if each.origin != "workspace"} if again is not None else set()
    for each in recorded.inputs:
        sha256 = now.get((each.origin, each.name))
        if sha256 is None:
            instead = "; the one that comes with papergen was taken" if each.name in moved else ""
            yield Difference(each.name, f"is gone, or cannot be read{instead}")
        elif sha256 != each.sha256:
            yield Difference(
                each.name, "has changed" if each.origin == "workspace" else f"of {each.origin} has changed"
            )
    for each in again.inputs if again is not None else ():
        if each.name not in seen:
            yield Difference(each.name, "is new")
        elif each.origin == "workspace" and (each.origin, each.name) not in now:
            yield Difference(each.name, "is now the workspace's own")


def _as_they_are(root: Path, recorded: Manifest) -> Iterable[Input]:
    yield from fonts()
    for each in recorded.inputs:
        world = World(root, Diagnostics())
        match each.origin:
            case "workspace":
                world.read_bytes(each.name)
            case "papergen":
                world.packaged_template(each.name)
        for sha256 in world.reads.values():
            yield each.model_copy(update={"sha256": sha256})


def _tools(recorded: Manifest) -> Iterable[Difference]:
    then, now = ({tool.name: tool for tool in each} for each in (recorded.tools, tools()))
    for name in [*then, *(name for name in now if name not in then)]:
        if name not in now:
            yield Difference(name, f"{then[name].version} is not installed any more")
        elif name not in then:
            yield Difference(name, f"{now[name].version} is new")
        elif then[name].version != now[name].version:
            yield Difference(name, f"was {then[name].version} and is {now[name].version}")
        elif then[name].sha256 != now[name].sha256:
            yield Difference(name, f"{now[name].version} has another code than it had, under the same version")


def _settings(recorded: Manifest, again: Manifest) -> Iterable[Difference]:
    then, now = (each.settings.model_dump(mode="json") for each in (recorded, again))
    for name, value in then.items():
        if now[name] != value:
            yield Difference(name, f"was “{value}” and is “{now[name]}”")
