from __future__ import annotations

import pytest
from hypothesis import settings

from tests.support.builds import Built, built, copy_of_fourshire, copy_of_norfolk, copy_of_sample, starter

# Shared machines are slow at times; the time limit of the whole run stands for all.
settings.register_profile("papergen", deadline=None)
settings.load_profile("papergen")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that share the built sample run first and in one process; each other file in one process, slow ones first.

    A test that needs a built meeting is slow.
    """
    sharing: set[str] = set()
    slow: set[str] = set()
    for item in items:
        needed = set(getattr(item, "fixturenames", ()))
        if needed & {"sample", "fourshire", "norfolk", "laid_down"}:
            item.add_marker(pytest.mark.slow)
        if "sample" in needed:
            sharing.add(item.location[0])
        if item.get_closest_marker("slow"):
            slow.add(item.location[0])
    for item in items:
        file = item.location[0]
        item.add_marker(pytest.mark.xdist_group("sample" if file in sharing else file))
    items.sort(key=lambda item: (item.location[0] not in sharing, item.location[0] not in slow))


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The sample meeting, built once for all tests."""
    return built(copy_of_sample(tmp_path_factory.mktemp("sample")), "2016-02-02")


@pytest.fixture(scope="session")
def fourshire(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The meeting of the second workspace, built once for all tests."""
    return built(copy_of_fourshire(tmp_path_factory.mktemp("fourshire")), "2022-09-20")


@pytest.fixture(scope="session")
def norfolk(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The meeting of the workspace with real figures, built once for all tests."""
    return built(copy_of_norfolk(tmp_path_factory.mktemp("norfolk")), "2018-06-12")


@pytest.fixture(scope="session")
def laid_down(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The meeting that ``papergen init`` lays down, built once for all tests."""
    return built(starter(tmp_path_factory.mktemp("starter")), "2026-03-12")
