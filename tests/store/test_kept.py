"""The store: what was kept comes back whole or not at all, and no more is kept than is meant to be."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from papergen.store.kept import Store, cache_folder


def entry(folder: Path) -> Path:
    (path,) = (path for path in folder.glob("??/*") if path.is_file())
    return path


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), st.binary(max_size=200))
def test_what_is_kept_comes_back(tmp_path: Path, key: str, data: bytes) -> None:
    store = Store(tmp_path)
    assert store.put(key, data) == data
    assert store.get(key) == data
    assert store.get(key.ljust(41, ".")) is None


def cut_short(entry: bytes) -> bytes:
    return entry[:-1]


def without_its_data(entry: bytes) -> bytes:
    return entry[:20]


def with_other_data(entry: bytes) -> bytes:
    return entry[:-1] + b"x"


def empty(_entry: bytes) -> bytes:
    return b""


@pytest.mark.parametrize("spoil", [cut_short, without_its_data, with_other_data, empty])
def test_an_entry_that_is_not_as_it_was_written_is_none(tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
    store = Store(tmp_path)
    store.put("key", b"a chart")
    path = entry(tmp_path)
    path.write_bytes(spoil(path.read_bytes()))
    assert store.get("key") is None


def test_an_entry_in_the_place_of_another_is_none(tmp_path: Path) -> None:
    one, other = Store(tmp_path / "one"), Store(tmp_path / "other")
    one.put("key", b"a chart")
    other.put("another key", b"another chart")
    entry(tmp_path / "other").write_bytes(entry(tmp_path / "one").read_bytes())
    assert other.get("another key") is None


def test_nothing_is_read_written_or_deleted_through_a_link(tmp_path: Path) -> None:
    store, mine = Store(tmp_path / "store"), tmp_path / "mine"
    store.put("key", b"a chart")
    path = entry(tmp_path / "store")
    for place in (path, path.parent):
        place.rename(mine)
        place.symlink_to(mine)
        before = {each: each.read_bytes() for each in (mine, *mine.glob("*")) if each.is_file()}
        assert store.get("key") is None
        store.put("key", b"another chart")
        store.prune(0)
        assert {each: each.read_bytes() for each in before} == before
        place.unlink(missing_ok=True)
        mine.rename(place)


@pytest.mark.parametrize("beside", ["{0}.new", "{0}.{1}"])
def test_a_link_to_a_file_of_mine_is_not_written_through(beside: str, tmp_path: Path) -> None:
    (tmp_path / "mine").write_bytes(b"mine")
    store = Store(tmp_path / "store")
    store.put("key", b"a chart")
    path = entry(tmp_path / "store")
    path.with_name("." + beside.format(path.name, os.getpid())).symlink_to(tmp_path / "mine")
    store.put("key", b"another chart")
    assert (tmp_path / "mine").read_bytes() == b"mine"
    assert store.get("key") == b"another chart"


def test_a_folder_that_is_a_link_as_a_whole_is_where_its_user_wants_it(tmp_path: Path) -> None:
    (tmp_path / "large disk").mkdir()
    (tmp_path / "store").symlink_to(tmp_path / "large disk")
    store = Store(tmp_path / "store")
    store.put("key", b"a chart")
    assert store.get("key") == b"a chart"


@pytest.mark.parametrize("whose", ["anybody's", "another's"])
def test_where_others_may_write_nothing_is_kept(whose: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path / "store")
    store.put("key", b"a chart")
    if whose == "anybody's":
        (tmp_path / "store").chmod(0o777)
    else:
        monkeypatch.setattr(os, "geteuid", lambda: tmp_path.stat().st_uid + 1)
    assert store.get("key") is None
    store.put("other", b"another chart")
    store.prune(0)
    assert entry(tmp_path / "store")


def test_a_new_folder_is_its_users_alone(tmp_path: Path) -> None:
    Store(tmp_path / "a" / "store").put("key", b"a chart")
    assert (tmp_path / "a" / "store").stat().st_mode & 0o077 == 0


def test_what_is_no_entry_is_never_cleared_away(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put("key", b"a chart")
    path = entry(tmp_path)
    others = [tmp_path / "Q1" / "report.docx", tmp_path / "ab" / "notes", path.with_name(f"{path.name}.docx")]
    for other in others:
        other.parent.mkdir(exist_ok=True)
        other.write_bytes(b"mine")
    path.with_name(f".{path.name}.new").write_bytes(b"left")
    store.prune(0)
    assert sorted(each for each in tmp_path.rglob("*") if each.is_file()) == sorted(others)


def test_without_a_folder_or_room_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for store in (Store(None), Store(tmp_path / "file")):
        assert store.put("key", b"a chart") == b"a chart"
        assert store.get("key") is None
        store.prune()


def test_what_was_used_longest_ago_goes_first(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for age, key in enumerate(("new", "middle", "old")):
        before = set(tmp_path.glob("??/*"))
        store.put(key, bytes(1000))
        (made,) = set(tmp_path.glob("??/*")) - before
        os.utime(made, (1_000_000 - age, 1_000_000 - age))
    assert store.get("old") == bytes(1000)  # which is a use
    store.prune(2100)
    assert [store.get(key) is not None for key in ("new", "middle", "old")] == [True, False, True]
    store.prune(0)
    assert not list(tmp_path.glob("??/*"))


def test_the_folder_is_that_of_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "papergen"
    monkeypatch.setenv("XDG_CACHE_HOME", "not/absolute")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache_folder() == tmp_path / ".cache" / "papergen"


def test_what_is_too_large_is_made_again(tmp_path: Path) -> None:
    Store(tmp_path).put("key", bytes(1000))
    store = Store(tmp_path, most_entry=500)
    assert store.get("key") is None
    store.put("other", bytes(490))
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and path.stat().st_size not in (1032,)]
