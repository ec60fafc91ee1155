"""Papers that need not be built again: nothing that they were made from is another, and they lie as they were written.

What they were made from is taken as a whole: every file and name under ``content/`` and ``templates/``, the manifests
of other meetings, papergen's own code, and every package and library that shapes the papers.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from papergen.commands.request import Build, BuildRequest
from papergen.diagnostics import Diagnostic
from papergen.files import TooLargeError, read_file
from papergen.manifest.names import MANIFEST
from papergen.model.serial import NAME as MODEL
from papergen.store.code import programs
from papergen.world import CODE_FILE, MOST_BYTES, World
from papergen.write.files import MadeFile

MOST_OUTPUT_BYTES = 200_000_000


@dataclass(frozen=True, slots=True)
class LastBuild:
    """A build whose papers are as they would be built now, and what it found."""

    build: Build
    findings: tuple[Diagnostic, ...]


def last_build(world: World, request: BuildRequest) -> LastBuild | None:
    """The build that wrote the papers, where another would write the same; None where that is not certain."""
    kept = request.store.get(_key(world, request))
    if kept is None:
        return None
    record: dict[str, Any] = json.loads(kept)
    inputs = inputs_of(world, request)
    if inputs is None or record["inputs"] != list(inputs):
        return None
    folder, files = request.folder, []
    try:
        for name, sha256, pages, seconds, early in record["files"]:
            data = read_file(folder / name, most=MOST_OUTPUT_BYTES, follow=False)
            if hashlib.sha256(data).hexdigest() != sha256:
                return None
            files.append(MadeFile(name, data, pages, seconds, tuple(early)))
        for name, sha256 in record["beside"]:
            data = read_file(request.output / name, most=MOST_OUTPUT_BYTES, follow=False)
            if hashlib.sha256(data).hexdigest() != sha256:
                return None
    except (OSError, TooLargeError):
        return None
    return LastBuild(Build(folder, tuple(files)), tuple(Diagnostic.from_data(each) for each in record["findings"]))


def was_built(world: World, request: BuildRequest) -> bool:
    """Whether a build like this one was made before, so that most of what it draws is kept."""
    return request.store.get(_key(world, request)) is not None


def remember(world: World, request: BuildRequest, build: Build, inputs: tuple[str, ...] | None) -> None:
    """Keep what a build came to, for ``last_build``; ``inputs`` are those before it began (see ``inputs_of``)."""
    if inputs is None or inputs != inputs_of(world, request):
        return  # something was changed meanwhile
    record = {
        "inputs": inputs,
        "files": [
            (each.name, hashlib.sha256(each.data).hexdigest(), each.pages, each.seconds, each.early)
            for each in build.files
        ],
        "beside": [(name, _sha256(request.output / name)) for name in _beside(request)],
        "findings": [each.as_data() for each in world.diagnostics],
    }
    request.store.put(_key(world, request), json.dumps(record).encode())


def _beside(request: BuildRequest) -> tuple[str, ...]:
    folder = request.folder.relative_to(request.output).as_posix()
    return (f"{folder}/{MANIFEST}", f"{folder}/{MODEL}", request.record)


def _key(world: World, request: BuildRequest) -> str:
    wanted = sorted(each.value for each in (*request.wanted.kinds, *request.wanted.formats))
    return "\n".join(
        ["build", str(world.root), str(request.output.resolve()), request.meeting, str(request.final), *wanted]
    )


def inputs_of(world: World, request: BuildRequest) -> tuple[str, ...] | None:
    """Everything that papers could be made from, a line each with its hash or version; None where that is unknown."""
    if request.store.folder is None or (world.root / CODE_FILE).exists():
        return None  # code of the workspace may look at anything
    try:
        return tuple(_lines(world, request))
    except (OSError, TooLargeError, UnicodeError):
        return None


def changed_inputs(world: World, request: BuildRequest) -> tuple[str, ...] | None:
    """The names of what is another, new or gone since the build before; None where there was none to compare with."""
    kept, inputs = request.store.get(_key(world, request)), inputs_of(world, request)
    if kept is None or inputs is None:
        return None
    before, now = set(json.loads(kept)["inputs"]), set(inputs)
    return tuple(sorted({line.rpartition(" ")[0] for line in before ^ now}))


def _lines(world: World, request: BuildRequest) -> Iterator[str]:
    yield from programs()
    for top in ("content", "templates"):
        yield from _tree(world.root / top, world.root)
    output = world.root / "output"
    for manifest in sorted(output.glob(f"*/{MANIFEST}")):
        if manifest.parent.name != request.meeting:
            yield f"output {manifest.parent.name} {_sha256(manifest)}"


def _tree(folder: Path, root: Path) -> Iterator[str]:
    """Every name below a folder, with the hash of each file; raises ``OSError`` for a link or what is no file."""
    for path in _below(folder):
        yield f"{path.relative_to(root).as_posix()} {'folder' if path.is_dir() else _sha256(path)}"


def _below(folder: Path) -> Iterable[Path]:
    if not folder.is_dir():
        return
    for entry in sorted(os.scandir(folder), key=lambda each: each.name):
        if entry.is_symlink():
            raise OSError(f"{entry.name} is a link")
        yield Path(entry.path)
        if entry.is_dir():
            yield from _below(Path(entry.path))


def _sha256(path: Path) -> str:
    return hashlib.sha256(read_file(path, most=MOST_BYTES, follow=False)).hexdigest()
