"""What stands on pages besides the text: running heads and feet, and the heads of tables where they come again.

Here this gap is closed: WeasyPrint leaves them out of the tree and marks them as text all the same (#1836).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import pikepdf

from papergen.write.pdf.repairs.tree import MarkedContent

# As pydyf writes it, one operand on a line.
_MARKED = re.compile(rb"/(?:Span|Figure)\s*<<\s*/MCID\s+(\d+)\s*>>\s*BDC\b")


def mark_artifacts(pdf: pikepdf.Pdf, artifacts: Mapping[MarkedContent, str]) -> None:
    """Make artifacts of marked content that is no part of the text, with the properties that tell what it is."""
    for index, page in enumerate(pdf.pages):
        properties = {mark.number: words for mark, words in artifacts.items() if mark.page == index}
        if not properties:
            continue
        found: set[int] = set()

        def as_artifact(
            match: re.Match[bytes], properties: dict[int, str] = properties, found: set[int] = found
        ) -> bytes:
            number = int(match[1])
            if number not in properties:
                return match[0]
            found.add(number)
            return f"/Artifact\n<<{properties[number]}>>\nBDC".encode()

        stream = page.obj.Contents
        stream.write(_MARKED.sub(as_artifact, stream.read_bytes()))
        if found != set(properties):
            raise ValueError(f"page {index + 1} does not hold its marked content as it is looked for")
