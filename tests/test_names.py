"""No name of a public type means two things, and no fixture hides another."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.support.builds import REPOSITORY
from tests.support.code import MODULES, PACKAGE, tree_of


def types_of(module: Path) -> Iterator[str]:
    """The public classes and aliases of types that a module defines; names in capitals are constants."""
    for statement in tree_of(module).body:
        names: list[str] = []
        match statement:
            case ast.ClassDef(name=name):
                names = [name]
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                names = [name]
        yield from (name for name in names if name[0].isupper() and not name.isupper())


def test_no_public_type_name_means_two_things() -> None:
    homes = defaultdict(list)
    for module in MODULES:
        for name in types_of(module):
            homes[name].append(module.relative_to(PACKAGE.parent).as_posix())
    assert {name: where for name, where in homes.items() if len(where) > 1} == {}
    assert homes["Value"] == ["papergen/model/nodes.py"]


def fixtures_of(module: Path) -> set[str]:
    functions = [each for each in tree_of(module).body if isinstance(each, ast.FunctionDef)]
    return {each.name for each in functions if any("fixture" in ast.unparse(mark) for mark in each.decorator_list)}


def test_no_fixture_hides_another_of_a_conftest_above_it() -> None:
    shared = {path.parent: fixtures_of(path) for path in (REPOSITORY / "tests").rglob("conftest.py")}
    assert "sample" in shared[REPOSITORY / "tests"]
    for module in (REPOSITORY / "tests").rglob("*.py"):
        above = [folder for folder in module.parents[module.name == "conftest.py" :] if folder in shared]
        assert [name for folder in above for name in fixtures_of(module) & shared[folder]] == [], module
