"""What tests of the manifest share."""

from __future__ import annotations

import pytest

from papergen.manifest.names import MANIFEST
from papergen.manifest.record import Manifest, read_manifest
from tests.support.builds import Built


def manifest_of(build: Built) -> Manifest:
    """The manifest of a build, read."""
    return read_manifest(next((build.root / "output").rglob(MANIFEST)).read_bytes())


@pytest.fixture(scope="session")
def recorded(sample: Built) -> Manifest:
    """The sample's manifest."""
    return manifest_of(sample)
