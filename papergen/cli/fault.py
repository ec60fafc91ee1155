"""What papergen tells of a fault of its own: enough to find it, and nothing of the machine or its people."""

from __future__ import annotations

import site
import sys
import sysconfig
import tempfile
import traceback
from collections.abc import Iterator
from pathlib import Path

import papergen
from papergen.work.scratch import PREFIX

REPORT = "papergen-fault.txt"


def fault_report(problem: BaseException) -> str:
    """The traceback of ``problem`` with no path of this machine: files go by their names below the package."""
    words = "".join(traceback.format_exception(problem))
    for path, name in sorted(_places(), key=lambda place: -len(place[0])):
        words = words.replace(path, name)
    return f"papergen {papergen.__version__}\n{words}"


def _places() -> Iterator[tuple[str, str]]:
    """Every folder that a report could name, with what stands for it."""
    temporary = Path(tempfile.gettempdir())
    packages = {*site.getsitepackages(), sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    known = [
        (Path(papergen.__file__).parent.parent, ""),
        *((Path(each), "packages/") for each in packages),
        *((Path(sysconfig.get_path(each)), "python/") for each in ("stdlib", "platstdlib")),
        (Path(sys.prefix), "python/"),
        (Path(sys.base_prefix), "python/"),
        (Path.cwd(), "./"),
        (temporary, "temporary/"),
        *([(temporary.parent, "temporary/")] if temporary.name.startswith(PREFIX) else []),
        (Path.home(), "~/"),
    ]
    for folder, name in known:
        for each in {folder, folder.resolve()}:
            if each != each.parent:
                yield f"{each}/", name
                yield str(each), name.rstrip("/") or "."
