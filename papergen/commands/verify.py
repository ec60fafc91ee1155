"""Verifying papers: they are built again from what their manifest records, and compared byte by byte."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from papergen.commands.build import build
from papergen.commands.check import OUTPUT
from papergen.commands.evidence import load_manifest
from papergen.commands.locate import find_meeting, find_root, relative
from papergen.commands.request import MOST_OUTPUT_BYTES, BuildRequest
from papergen.commands.usage import WrongUseError
from papergen.diagnostics import Diagnostics
from papergen.files import Folder, TooLargeError
from papergen.manifest.names import MANIFEST
from papergen.manifest.record import Manifest, Tool, read_manifest
from papergen.manifest.tools import fonts, tools
from papergen.session import Progress
from papergen.store.kept import Store
from papergen.work.scratch import use_scratch
from papergen.workspace.settings import PANEL_FILE, meeting_folder
from papergen.world import MayRun, World, never
from papergen.write.files import Wanted


@dataclass(frozen=True, slots=True)
class BuiltPapers:
    """Papers that were built: the folder they lie in, their manifest, and the root of their workspace.

    The workspace is the person's ``own`` when they named it or work in it, and not when papers brought it with them.
    """

    root: Path
    folder: Path
    manifest: Manifest
    own: bool


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """What there is now: the hashes of papers by name and of inputs by origin and name, and the programs.

    A file that is gone, or cannot be read, has no hash.
    """

    papers: Mapping[str, str]
    inputs: Mapping[tuple[str, str], str]
    tools: tuple[Tool, ...]


def find_papers(workspace: Path | None, folder: Path | None) -> BuiltPapers:
    """The papers in ``folder``, or those of the newest meeting; raises ``WrongUseError`` when they cannot be verified.

    Their workspace is the one that was named, or the one that the folder lies in, or the one around here.
    """
    folder = folder.parent if folder is not None and folder.is_file() else folder
    root = _root(workspace, folder)
    own = workspace is not None or folder is None or Path.cwd().resolve().is_relative_to(root.resolve())
    folder = folder or root / OUTPUT / find_meeting(World(root, Diagnostics()), None)
    manifest = load_manifest(folder)
    meeting = manifest.settings.meeting
    if not (root / meeting_folder(meeting)).is_dir():
        raise WrongUseError(
            f"These are papers of the meeting of {meeting}, which “{relative(root.resolve())}” does not have.",
            "Name the workspace they were made from with --workspace.",
        )
    return BuiltPapers(root, folder, manifest, own)


def _root(workspace: Path | None, folder: Path | None) -> Path:
    if workspace is None and folder is not None:
        for above in folder.resolve().parents:
            if (above / PANEL_FILE).is_file():
                return above
    return find_root(workspace)


def verify_papers(papers: BuiltPapers, *, progress: Progress, may_run: MayRun = never) -> Verified:
    """Build the papers once more from their workspace, and compare.

    The second build stands in a temporary folder, draws every chart afresh, and leaves nothing behind.  Code of the
    workspace runs in it only when it ``may_run``, and not at all for papers from elsewhere.
    """
    use_scratch()
    root, folder, recorded = papers.root, papers.folder, papers.manifest
    diagnostics = Diagnostics()
    world = World(root, diagnostics, may_run=may_run if papers.own else never)
    again = _rebuild(world, recorded, progress)
    found = compare(recorded, again, look(root, folder, recorded))
    return found if again is not None else replace(found, failed=diagnostics)


def look(root: Path, folder: Path, recorded: Manifest) -> Present:
    """What there is now of what the manifest of the papers in ``folder`` records."""
    return Present(papers=dict(_papers(folder, recorded)), inputs=dict(_inputs_of(root, recorded)), tools=tools())


def _rebuild(world: World, recorded: Manifest, progress: Progress) -> Manifest | None:
    """The manifest of a second build; None with diagnostics when the papers cannot be built."""
    wanted = recorded.settings
    with tempfile.TemporaryDirectory(prefix="papergen-verify-") as place:
        request = BuildRequest(
            meeting=wanted.meeting,
            output=Path(place),
            wanted=Wanted(frozenset(wanted.papers), frozenset(wanted.formats)),
            final=wanted.final,
            store=Store(None),
        )
        written = build(world, request, progress=progress).files
        return read_manifest((request.folder / MANIFEST).read_bytes()) if written else None


def compare(recorded: Manifest, again: Manifest | None, present: Present) -> Verified:
    """What differs between the papers as recorded, a second build (None when there is none) and what there is now."""
    inputs = tuple(_inputs(recorded, again, present))
    changed_tools = tuple(_tools(recorded, present))
    edited = [*_edited(recorded, present)]
    written = {(each.name, each.sha256): each for each in (again.outputs if again is not None else ())}
    outputs = tuple(written.get((each.name, each.sha256), each) for each in recorded.outputs)
    now = again.model_copy(update={"outputs": outputs}) if again is not None else recorded
    if now != recorded and not inputs and not changed_tools:
        edited.append(Difference(MANIFEST, "was changed after it was written"))
    return Verified(
        files=len(recorded.outputs),
        edited=tuple(edited),
        rebuilt=tuple(_rebuilt(recorded, again)) if again is not None else (),
        inputs=inputs,
        tools=changed_tools,
        settings=tuple(_settings(recorded, again)) if again is not None else (),
    )


def _papers(folder: Path, recorded: Manifest) -> Iterator[tuple[str, str]]:
    """The hashes of the papers in a folder, which may have come from anywhere: no link is followed."""
    place = Folder(folder.resolve())
    for each in recorded.outputs:
        with suppress(OSError):
            try:
                data = place.read(each.name, most=min(each.size, MOST_OUTPUT_BYTES))
            except TooLargeError:
                data = b""  # another file than was written, whatever it is
            yield each.name, hashlib.sha256(data).hexdigest()


def _edited(recorded: Manifest, present: Present) -> Iterable[Difference]:
    for each in recorded.outputs:
        sha256 = present.papers.get(each.name)
        if sha256 is None:
            yield Difference(each.name, "is gone, or cannot be read")
        elif sha256 != each.sha256:
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


def _inputs(recorded: Manifest, again: Manifest | None, present: Present) -> Iterable[Difference]:
    """The inputs that are not as they were; new ones are known only when the papers could be built."""
    seen = {each.name for each in recorded.inputs}
    moved = {each.name for each in again.inputs if each.origin != "workspace"} if again is not None else set()
    for each in recorded.inputs:
        sha256 = present.inputs.get((each.origin, each.name))
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
        elif each.origin == "workspace" and (each.origin, each.name) not in present.inputs:
            yield Difference(each.name, "is now the workspace's own")


def _inputs_of(root: Path, recorded: Manifest) -> Iterator[tuple[tuple[str, str], str]]:
    """The hashes of the inputs as they are now."""
    for font in fonts():
        yield (font.origin, font.name), font.sha256
    for each in recorded.inputs:
        world = World(root, Diagnostics())
        match each.origin:
            case "workspace":
                world.read_bytes(each.name)
            case "papergen":
                world.packaged_template(each.name)
        for sha256 in world.reads.values():
            yield (each.origin, each.name), sha256


def _tools(recorded: Manifest, present: Present) -> Iterable[Difference]:
    then, now = ({tool.name: tool for tool in each} for each in (recorded.tools, present.tools))
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
