"""The direction of imports: a module may import only from its own room and from the rooms before it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import papergen

PACKAGE = Path(papergen.__file__).parent

ROOMS = [
    {"__init__", "diagnostics", "periods"},
    {"quantities", "period_names"},
    {"codes"},
    {"world", "model"},
    {"formats"},
    {"expressions"},
    {"workspace", "read"},
    {"data"},
    {"exhibits"},
    {"papers"},
    {"figures"},
    {"check"},
    {"write"},
    {"manifest"},
    {"seal", "build", "rollover", "starting", "template_check"},
    {"verify"},
    {"show", "show_why"},
    {"cli_parts"},
    {"cli_data", "cli_verify"},
    {"cli_figures"},
    {"cli", "__main__"},
]
FORBIDDEN = {
    "write": {"read", "workspace", "papers", "data"},
    "workspace": {"read"},
    "data": {"read"},
    "model": {"world", "expressions"},
}

ORDER = {name: index for index, room in enumerate(ROOMS) for name in room}
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "starter" not in path.parts)


def room_of(dotted: str) -> str:
    parts = dotted.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def imported_rooms(path: Path) -> set[str]:
    """The rooms that a module imports when it runs or is type-checked."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.ImportFrom(module=str(module), names=names) if module.split(".")[0] == "papergen":
                found |= {room_of(module)} if module != "papergen" else {room_of(f"papergen.{n.name}") for n in names}
            case ast.Import(names=names):
                found |= {room_of(each.name) for each in names if each.name.split(".")[0] == "papergen"}
    return {room if room in ORDER else "__init__" for room in found}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_run_one_way(path: Path) -> None:
    room = path.relative_to(PACKAGE).with_suffix("").parts[0]
    assert room in ORDER, f"{room} has no place in the order of rooms"
    wrong = {other for other in imported_rooms(path) if ORDER[other] > ORDER[room]}
    assert not wrong, f"{room} imports {', '.join(sorted(wrong))}"
    assert not imported_rooms(path) & FORBIDDEN.get(room, set())


def test_no_module_imports_the_clock_or_files_but_by_the_door() -> None:
    """Days and files come through ``world``; writers and readers are functions of what they are given."""
    for path in MODULES:
        room = path.relative_to(PACKAGE).parts[0]
        if room not in ("read", "papers", "write", "model.py", "expressions.py", "periods.py"):
            continue
        text = path.read_text(encoding="utf-8")
        for call in ("date.today(", "datetime.now(", "os.environ", "time.time("):
            assert call not in text, f"{path.name} uses {call}"
