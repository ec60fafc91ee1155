"""What tests of data share."""

from __future__ import annotations

import pytest

from tests.data.known_numbers import FILES
from tests.support.small import Workspace, workspace


@pytest.fixture(scope="session")
def orchard(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The workspace of known numbers, read once."""
    found = workspace(tmp_path_factory.mktemp("orchard"), FILES)
    assert [str(each) for each in found.findings] == []
    return found
