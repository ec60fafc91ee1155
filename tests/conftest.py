from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Generator
from functools import cache, partial
from pathlib import Path

import pytest
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from papergen.work.collecting import collect_seldom
from tests.support.builds import (
    Built,
    built,
    copy_of_fourshire,
    copy_of_harbour,
    copy_of_norfolk,
    copy_of_sample,
    starter,
)
from tests.support.examples import EXAMPLES

# Shared machines are slow at times; the time limit of the whole run stands for all.
settings.register_profile("papergen", deadline=None, max_examples=3 * EXAMPLES)
settings.load_profile("papergen")


_KEPT = "PAPERGEN_TESTS_CACHE"


def pytest_configure(config: pytest.Config) -> None:
    """What builds keep lies in a folder that all processes of the tests share, and not in that of whoever runs them."""
    if _KEPT not in os.environ:
        os.environ[_KEPT] = tempfile.mkdtemp(prefix="papergen-tests-")
        config.add_cleanup(partial(shutil.rmtree, os.environ[_KEPT], ignore_errors=True))
    os.environ["XDG_CACHE_HOME"] = os.environ[_KEPT]
    collect_seldom()


QUICK = 2.0
"""Seconds that a quick test may take: it stays far below, also where it is the first to load something."""

BUILT = {"sample", "fourshire", "harbour", "norfolk", "laid_down"}
_USES_BUILT = re.compile(rf"\b({'|'.join(BUILT)}): Built\b|: Mapping\[str, Adopted\]")


class ByFile(LoadFileScheduling):  # type: ignore[misc]
    """The tests of a file run in one process, and so do all files that share a built meeting or adopted letterheads."""

    def _split_scope(self, nodeid: str) -> str:
        return _scope(self.config.rootpath, nodeid.partition("::")[0])


@cache
def _scope(root: Path, file: str) -> str:
    return "built" if _USES_BUILT.search((root / file).read_text(encoding="utf-8")) else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFile | None:
    return ByFile(config, log) if config.getvalue("dist") == "loadfile" else None


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Thousands of tests that were collected stay to the end, so Python need not look through them again and again."""
    collect_seldom()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that needs a built meeting is slow; files that need the sample run first, then others with slow tests."""
    slow: dict[str, int] = {}
    for item in items:
        needed = BUILT & set(getattr(item, "fixturenames", ()))
        if needed:
            item.add_marker(pytest.mark.slow)
        if item.get_closest_marker("slow"):
            slow[_file(item)] = max(slow.get(_file(item), 0), 2 if "sample" in needed else 1)
    items.sort(key=lambda item: -slow.get(_file(item), 0))


def _file(item: pytest.Item) -> str:
    return item.nodeid.partition("::")[0]


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """Let a quick test fail, where those alone are run, that takes longer than `make check` has time for."""
    started = sum(os.times()[:4])
    done = yield
    taken = sum(os.times()[:4]) - started
    if taken > QUICK and pyfuncitem.config.option.markexpr == "not slow":
        pytest.fail(f"took the processor {taken:.1f} s: make it quicker, or mark it slow", pytrace=False)
    return done


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The sample meeting, built once for all tests."""
    return built(copy_of_sample(tmp_path_factory.mktemp("sample")), "2016-02-02")


@pytest.fixture(scope="session")
def fourshire(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The meeting of the second workspace, built once for all tests."""
    return built(copy_of_fourshire(tmp_path_factory.mktemp("fourshire")), "2022-09-20")


@pytest.fixture(scope="session")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The meeting of the third workspace, a council's, built once for all tests."""
    return built(copy_of_harbour(tmp_path_factory.mktemp("harbour")), "2025-11-19")


@pytest.fixture(scope="session")
def norfolk(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The meeting of the workspace with real figures, built once for all tests."""
    return built(copy_of_norfolk(tmp_path_factory.mktemp("norfolk")), "2018-06-12")


@pytest.fixture(scope="session")
def laid_down(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The meeting that ``papergen init`` lays down, built once for all tests."""
    return built(starter(tmp_path_factory.mktemp("starter")), "2026-03-12")
