"""Papers that need not be built again: nothing that they were made from is another, and they lie as they were written.

What they were made from is what the build asked: each file that it read, each name that it looked for and did not find,
and each folder that it listed, with papergen's own code and every package and library that shapes the papers.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from papergen.commands.request import MOST_OUTPUT_BYTES, Build, BuildRequest
from papergen.diagnostics import Diagnostic, Diagnostics
from papergen.files import TooLargeError, read_file
from papergen.manifest.names import MANIFEST
from papergen.model.serial import NAME as MODEL
from papergen.store.code import own_code, programs
from papergen.world import CODE_FILE, MOST_BYTES, Asked, World
from papergen.write.files import MadeFile
from papergen.write.pdf.fullness import EarlyPage


@dataclass(frozen=True, slots=True)
class LastBuild:
    """A build whose papers are as they would be built now, and what it found."""

    build: Build
    findings: tuple[Diagnostic, ...]


def last_build(world: World, request: BuildRequest, changed: tuple[str, ...] | None) -> LastBuild | None:
    """The build that wrote the papers, where another would write the same; None where that is not certain.

    ``changed`` is what ``changed_inputs`` gives.
    """
    record = _record(world, request) if changed == () else None
    if record is None:
        return None
    folder, files = request.folder, []
    try:
        for name, sha256, pages, seconds, early in record["files"]:
            data = read_file(folder / name, most=MOST_OUTPUT_BYTES, follow=False)
            if hashlib.sha256(data).hexdigest() != sha256:
                return None
            files.append(MadeFile(name, data, pages, seconds, tuple(EarlyPage(**page) for page in early)))
        for name, sha256 in record["beside"]:
            data = read_file(request.output / name, most=MOST_OUTPUT_BYTES, follow=False)
            if hashlib.sha256(data).hexdigest() != sha256:
                return None
    except (OSError, TooLargeError):
        return None
    return LastBuild(Build(folder, tuple(files)), tuple(Diagnostic.from_data(each) for each in record["findings"]))


def _record(world: World, request: BuildRequest) -> dict[str, Any] | None:
    kept = request.store.get(_key(world, request))
    record: dict[str, Any] | None = None if kept is None else json.loads(kept)
    return record


def remember(world: World, request: BuildRequest, build: Build) -> None:
    """Keep what a build came to, for ``last_build``, unless something was changed meanwhile."""
    record: dict[str, Any] = {
        "written by": own_code(),
        "programs": programs(),
        "asked": [(*question, answer) for question, answer in sorted(world.asked.items())],
    }
    # Code of the workspace may look at anything.
    if request.store.folder is None or (world.root / CODE_FILE).exists() or any(_differing(world, record)):
        return
    folder = request.folder.relative_to(request.output).as_posix()
    beside = (f"{folder}/{MANIFEST}", f"{folder}/{MODEL}", request.record)
    record |= {
        "files": [
            (each.name, hashlib.sha256(each.data).hexdigest(), each.pages, each.seconds, [*map(asdict, each.early)])
            for each in build.files
        ],
        "beside": [(name, _sha256(request.output / name)) for name in beside],
        "findings": [each.as_data() for each in world.diagnostics],
    }
    request.store.put(_key(world, request), json.dumps(record).encode())


def changed_inputs(world: World, request: BuildRequest) -> tuple[str, ...] | None:
    """The names of what is another, new or gone since the build before; None where there was none to compare with."""
    record = _record(world, request)
    return None if record is None else tuple(sorted(set(_differing(world, record))))


def will_draw(changed: tuple[str, ...] | None) -> bool:
    """Whether there will be charts to draw, from what is changed since the build before: most are kept else."""
    from papergen.workspace.measures import DATA_FOLDER  # settings take long to load, for papers that are as they were

    return changed is None or any(name.startswith(f"{DATA_FOLDER}/") for name in changed)


def _differing(world: World, record: Mapping[str, Any]) -> Iterator[str]:
    """The names of whatever is answered otherwise now than a record says."""
    if record.get("written by") != own_code():  # then the record may have another form
        yield "papergen"
        return
    if (world.root / CODE_FILE).exists():
        yield CODE_FILE
    yield from (name for name, _ in {*map(tuple, record["programs"])} ^ {*programs()})
    yield from differing(world.root, ((Asked(*question), answer) for *question, answer in record["asked"]))


def differing(root: Path, asked: Iterable[tuple[Asked, str]]) -> Iterator[str]:
    """The names of the files and folders of a workspace about which a question is answered otherwise now."""
    world = World(root, Diagnostics())
    for question, before in asked:
        now = world.answer(question)
        if now == before:
            continue
        names = {*before.split("\n")} ^ {*now.split("\n")} if question.what == "names" else {}
        yield from (f"{question.path}/{name}" for name in names) if names else (question.path,)


def _key(world: World, request: BuildRequest) -> str:
    wanted = sorted(each.value for each in (*request.wanted.kinds, *request.wanted.formats))
    return "\n".join(
        ["build", str(world.root), str(request.output.resolve()), request.meeting, str(request.final), *wanted]
    )


def _sha256(path: Path) -> str:
    return hashlib.sha256(read_file(path, most=MOST_BYTES, follow=False)).hexdigest()
