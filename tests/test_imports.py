"""The direction of imports: a room may import only from itself and from the rooms before it."""

from __future__ import annotations

import ast
import re
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.support.code import MODULES, PACKAGE, imported, tree_of

GUIDE = PACKAGE.parent / "docs" / "developer.md"

ROOMS = (
    ("__init__", "work"),
    ("diagnostics", "files"),
    ("codes",),
    ("world",),
    ("store",),
    ("values",),
    ("model", "calendar"),
    ("language",),
    ("workspace",),
    ("read", "data"),
    ("session",),
    ("exhibits",),
    ("papers",),
    ("check",),
    ("write",),
    ("manifest",),
    ("commands",),
    ("serve",),
    ("cli",),
    ("__main__",),
)
FORBIDDEN = {
    "write": {"read", "workspace", "papers", "data"},
    "data": {"read"},
    "read": {"data"},
}

FLOOR = {room: index for index, rooms in enumerate(ROOMS) for room in rooms}


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imported_rooms(path: Path) -> set[str]:
    parts = [name.split(".")[1] for name in imported(path)]
    return {name if name in FLOOR else "__init__" for name in parts}


@pytest.mark.parametrize("room", sorted(FLOOR))
def test_imports_run_one_way(room: str) -> None:
    for path in MODULES:
        if room_of(path) == room:
            wrong = {other for other in imported_rooms(path) if FLOOR[other] > FLOOR[room]}
            wrong |= imported_rooms(path) & FORBIDDEN.get(room, set())
            assert not wrong, f"{path.relative_to(PACKAGE)} imports {', '.join(sorted(wrong))}"


def test_no_modules_import_each_other_in_a_ring() -> None:
    names = {path: ".".join(("papergen", *path.relative_to(PACKAGE).with_suffix("").parts)) for path in MODULES}
    modules = {name.removesuffix(".__init__"): imported(path) for path, name in names.items()}
    within = {name: {each for each in others if each in modules and each != name} for name, others in modules.items()}
    TopologicalSorter(within).prepare()  # raises CycleError with the ring


def test_every_module_stands_in_a_room() -> None:
    assert {room_of(path) for path in MODULES} == set(FLOOR)


def test_every_room_says_what_it_owns() -> None:
    for path in MODULES:
        if path.name == "__init__.py":
            assert ast.get_docstring(tree_of(path)), f"{path} says nothing"


def test_the_guide_for_developers_shows_the_rooms() -> None:
    floors = [" ".join(f"`{room}`" for room in rooms if not room.startswith("__")) for rooms in ROOMS]
    assert " ← ".join(floor for floor in floors if floor) in " ".join(GUIDE.read_text(encoding="utf-8").split())


def test_only_the_command_line_prints() -> None:
    """What prints is imported nowhere else, so that a server or a test can call whatever a command does."""
    for path in MODULES:
        if room_of(path) not in {"cli", "__main__"}:
            text = path.read_text(encoding="utf-8")
            for printing in ("import typer", "from typer", "from rich", "sys.stdout", "sys.stderr", "print("):
                assert not re.search(rf"(?m)^\s*{re.escape(printing)}", text), f"{path.name} has {printing}"


def test_days_and_files_come_by_the_one_door() -> None:
    """Days and files come through ``world``; writers and readers are functions of what they are given."""
    for path in MODULES:
        if room_of(path) in {"values", "model", "language", "read", "papers", "write"}:
            text = path.read_text(encoding="utf-8")
            for call in ("date.today(", "datetime.now(", "os.environ", "time.time("):
                assert call not in text, f"{path.name} uses {call}"
