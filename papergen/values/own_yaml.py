"""What comes with papergen as YAML: words, days and patterns."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def read_own_yaml(path: Path) -> Any:  # noqa: ANN401 - its readers know its form
    """The data of a file of papergen's own: the reader in C takes a tenth of the time, and every command reads some."""
    import yaml

    loader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
    return yaml.load(path.read_text(encoding="utf-8"), loader)  # noqa: S506 - either is safe
