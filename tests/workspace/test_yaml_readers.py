"""PyYAML's reader in C, which is the quicker, and that in Python give the same values at the same places."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from papergen.diagnostics import Diagnostics
from papergen.workspace.yaml_source import Yaml, parse_yaml

PARTS = (
    *(
        *("a", "b: ", "c:", "- ", "-", "1", " ", "\n", "\n  ", " # x", "#x", "[", "]", "{", "}", ",", ", ", "'"),
        '"',
        "%",
        "!",
    ),
    *(
        *("&a", "*a", "|\n", " >\n", "? ", "?", "@", "\\n", "é", "2016-02-02", "null", "~", ": ", "a: b\n"),
        *("  d: e\n", "- f\n"),
    ),
    *("---", "...", "<<: ", "\\", "0x1", "1_0", "http://x.y:1/", "\t"),
)


def read(text: str) -> tuple[Yaml | None, tuple[str, ...]]:
    found = Diagnostics()
    return parse_yaml(text, file="f", diagnostics=found), tuple(map(repr, found))


@pytest.mark.skipif(not yaml.__with_libyaml__, reason="PyYAML was built without its reader in C")
@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=14).map("".join))
def test_both_readers_agree(text: str) -> None:
    quick = read(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml, "__with_libyaml__", False)
        assert quick == read(text)
