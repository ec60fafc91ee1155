"""What several gates look at."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.support.adopting import Adopted, adopt
from tests.support.letterheads import LETTERHEADS


@pytest.fixture(scope="session")
def adopted(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Adopted]:
    """Each letterhead, adopted."""
    return {name: adopt(make(), tmp_path_factory.mktemp(name)) for name, make in LETTERHEADS.items()}
