"""Records are dataclasses as the standard library has them, and every frozen one of papergen is such a record."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import re
from dataclasses import FrozenInstanceError, field, replace
from functools import cached_property

import pytest

from papergen.work.records import dataclass
from tests.support.code import MODULES


@dataclass(frozen=True, slots=True)
class Place:
    file: str
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    title: str
    at: Place = Place("a.md")
    parts: list[int] = field(default_factory=list, compare=False, repr=False)
    told: str = field(default="…", init=False)

    def __post_init__(self) -> None:
        if not self.title:
            raise ValueError("no title")


@dataclass(frozen=True)
class Reading:
    words: str
    _made: dict[str, int] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def length(self) -> int:
        return len(self.words)


@dataclass(frozen=True, slots=True)
class Empty:
    """Nothing."""


@dataclass(frozen=True, slots=True)
class Inside(Place):
    column: int = 0


def test_a_record_is_made_compared_and_written_as_a_dataclass() -> None:
    place = Place("a.md", 3)
    assert (place.file, place.line) == ("a.md", 3)
    assert place == Place("a.md", line=3) != Place("a.md")
    assert hash(place) == hash(Place("a.md", 3))
    assert repr(place) == "Place(file='a.md', line=3)"
    assert Place("a.md") != Inside("a.md")
    assert (Empty(), repr(Empty()), hash(Empty())) == (Empty(), "Empty()", hash(()))
    assert Inside("a.md", 2, 5) == Inside(file="a.md", line=2, column=5)
    match place:
        case Place(file, line):
            assert (file, line) == ("a.md", 3)
    assert place.__eq__(3) is NotImplemented


def test_fields_have_their_defaults_and_what_follows_is_done() -> None:
    one, two = Section(title="A"), Section(title="A", parts=[1])
    assert one == two
    assert one.parts == []
    assert one.parts is not Section(title="A").parts
    assert repr(one) == "Section(title='A', at=Place(file='a.md', line=0), told='…')"
    assert replace(two, title="B").parts == [1]
    assert [each.name for each in dataclasses.fields(one)] == ["title", "at", "parts", "told"]
    with pytest.raises(ValueError, match="no title"):
        replace(one, title="")
    with pytest.raises(TypeError, match=r"Section\.__init__\(\) missing 1 required keyword-only argument: 'title'"):
        Section()  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Section("A")  # type: ignore[call-arg]


def test_nothing_of_a_record_is_changed() -> None:
    for each, name in ((Place("a.md"), "file"), (Reading("a b"), "words"), (Empty(), "more")):
        with pytest.raises(FrozenInstanceError):
            setattr(each, name, "")
        with pytest.raises(FrozenInstanceError):
            delattr(each, name)


@pytest.mark.parametrize("record", [Place("a.md", 3), Section(title="A"), Reading("a b"), Empty(), Inside("a", 1, 2)])
def test_a_record_comes_back_from_another_process(record: object) -> None:
    for back in (pickle.loads(pickle.dumps(record)), copy.copy(record), copy.deepcopy(record)):  # noqa: S301
        assert back == record
        assert repr(back) == repr(record)


def test_a_record_without_slots_keeps_what_it_works_out() -> None:
    reading = Reading("a b")
    assert reading.length == 3
    assert vars(reading)["length"] == 3


def test_every_frozen_dataclass_of_papergen_is_a_record() -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in MODULES if path.name != "records.py"}
    frozen = {name: text for name, text in texts.items() if "@dataclass(frozen=True" in text}
    assert len(frozen) > 100
    assert [name for name, text in frozen.items() if re.search(r"(?m)^from dataclasses .*\bdataclass\b", text)] == []
