from __future__ import annotations

import pytest
from hypothesis import settings

from tests.support.builds import Built, built, copy_of_fourshire, copy_of_sample

# Shared machines are slow at times; the time limit of the whole run stands for all.
settings.register_profile("papergen", deadline=None)
settings.load_profile("papergen")


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The sample meeting, built once for all tests."""
    return built(copy_of_sample(tmp_path_factory.mktemp("sample")), "2016-02-02")


@pytest.fixture(scope="session")
def fourshire(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The meeting of the second workspace, built once for all tests."""
    return built(copy_of_fourshire(tmp_path_factory.mktemp("fourshire")), "2022-09-20")
