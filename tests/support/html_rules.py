"""The Nu HTML checker, run over many pages at once."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.support.programs import java, node_file

DATA_IMAGE = ".*image “data:.*blocked by “img-src” directive.*"
"""What the checker says wrongly of every picture that a policy allows with ``img-src data:``; browsers show them."""


def broken_rules(pages: Mapping[str, str], folder: Path) -> dict[str, list[str]]:
    """Every error and warning by the name of its page; a page without any is left out."""
    names: dict[str, str] = {}
    for number, (name, page) in enumerate(pages.items()):
        file = folder / f"page-{number}.html"
        file.write_text(page, encoding="utf-8")
        names[file.as_uri().replace("file:///", "file:/")] = name
    done = subprocess.run(
        [
            *java(),
            "-jar",
            str(node_file("vnu-jar/build/dist/vnu.jar")),
            "--stdout",
            "--exit-zero-always",
            *("--filterpattern", DATA_IMAGE),
            *("--format", "json"),
            *(str(folder / f"page-{number}.html") for number in range(len(pages))),
        ],
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    found: dict[str, list[str]] = {}
    for message in json.loads(done.stdout)["messages"]:
        if message["type"] == "error" or message.get("subType") == "warning":
            name = names[message["url"].replace("file:///", "file:/")]
            found.setdefault(name, []).append(f"{message['message']} {message.get('extract', '')}")
    return found
