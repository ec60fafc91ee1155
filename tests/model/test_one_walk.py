"""Only ``model/walk`` goes through the tree of a paper, and whoever matches over its nodes forgets none."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

import pytest

from papergen.model import nodes
from tests.support.code import MODULES, PACKAGE, tree_of

OTHERS = [path for path in MODULES if "model" not in path.parts and nodes.__name__ in path.read_text(encoding="utf-8")]
"""The modules that name the nodes."""
HOLDING = {"children", "blocks", "items", "sections"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def node_names(tree: ast.Module) -> set[str]:
    """The nodes that a module imports."""
    imports = (each for each in ast.walk(tree) if isinstance(each, ast.ImportFrom) and each.module == nodes.__name__)
    return {name.name for each in imports for name in each.names}


def kinds(pattern: ast.pattern) -> set[str]:
    """The classes that a pattern asks for, of the thing itself and not of what is in it."""
    match pattern:
        case ast.MatchAs(pattern=ast.pattern() as inner):
            return kinds(inner)
        case ast.MatchOr(patterns=patterns):
            return set().union(*map(kinds, patterns))
        case ast.MatchClass(cls=ast.Name(id=name)):
            return {name}
        case _:
            return set()


def open_matches(tree: ast.Module) -> Iterator[int]:
    """The lines of matches over nodes that let one through without a word."""
    names = node_names(tree)
    for each in ast.walk(tree):
        if isinstance(each, ast.Match) and names & set().union(*(kinds(case.pattern) for case in each.cases)):
            last = each.cases[-1].body[-1]
            yield from () if ast.unparse(last).startswith("assert_never(") else (each.lineno,)


def named(part: ast.AST) -> set[str]:
    """The names in a part of the code, with those of attributes."""
    plain = {each.id for each in ast.walk(part) if isinstance(each, ast.Name)}
    return plain | {each.attr for each in ast.walk(part) if isinstance(each, ast.Attribute)}


def opened(part: ast.AST) -> bool:
    """Whether a part of the code reads a field that holds other nodes (and not ``items()`` of a mapping)."""
    called = {id(each.func) for each in ast.walk(part) if isinstance(each, ast.Call)}
    fields = (each for each in ast.walk(part) if isinstance(each, ast.Attribute) and id(each) not in called)
    return any(each.attr in HOLDING for each in fields)


def names_of_held(function: Function) -> set[str]:
    """The names that a function gives to what a node holds: in a loop, or in a pattern."""
    names: set[str] = set()
    for each in ast.walk(function):
        match each:
            case ast.For(target=target, iter=held) | ast.comprehension(target=target, iter=held) if opened(held):
                names |= named(target)
            case ast.MatchClass(kwd_attrs=fields, kwd_patterns=patterns):
                inner = (each for field, each in zip(fields, patterns, strict=True) if field in HOLDING)
                names |= {each.name for each in inner if isinstance(each, ast.MatchAs) and each.name}
    return names


def walks(tree: ast.Module) -> Iterator[str]:
    """The functions that hand what a node holds to themselves, by way of others or not."""
    functions = {each.name: each for each in ast.walk(tree) if isinstance(each, Function)}
    calls = {name: named(function) & functions.keys() for name, function in functions.items()}
    for name, function in functions.items() if node_names(tree) else ():
        leading = {other for other in functions if name in reached(other, calls)}
        held = names_of_held(function)
        for call in (each for each in ast.walk(function) if isinstance(each, ast.Call) and named(each.func) & leading):
            given = (*call.args, *(each.value for each in call.keywords))
            if any(opened(each) or named(each) & held for each in given):
                yield name
                break


def reached(name: str, calls: Mapping[str, set[str]]) -> set[str]:
    """The functions that a function comes to, itself among them."""
    found, new = set[str](), {name}
    while new:
        found |= new
        new = set().union(*(calls[each] for each in new)) - found
    return found


def test_every_match_over_nodes_is_closed() -> None:
    found = {path.relative_to(PACKAGE).as_posix(): list(open_matches(tree_of(path))) for path in OTHERS}
    assert {file: lines for file, lines in found.items() if lines} == {}


def test_no_other_room_walks_by_hand() -> None:
    """Readers go down another tree, and writers make something else of each node: their matches are closed."""
    others = [path for path in OTHERS if path.relative_to(PACKAGE).parts[0] not in {"read", "write"}]
    found = {path.relative_to(PACKAGE).as_posix(): list(walks(tree_of(path))) for path in others}
    assert {file: names for file, names in found.items() if names} == {}


@pytest.mark.parametrize(
    "function",
    [
        "def down(section):\n    return [down(each) for each in section.sections]",
        "def down(section):\n    for each in section.sections:\n        other(each)\n"
        "def other(section):\n    down(section)",
        "def down(inlines):\n    for each in inlines:\n        match each:\n"
        "            case Strong(children=inner):\n                yield from down(inner)",
        "class A:\n    def down(self, block):\n        self.down(blocks=block.blocks)",
    ],
)
def test_a_walk_by_hand_is_seen(function: str) -> None:
    tree = ast.parse(f"from papergen.model.nodes import Section, Strong\n{function}")
    assert list(walks(tree)) == ["down"]
