"""Writing papers with the templates of the repository, and looking into the XML of what came out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from lxml import etree

from papergen.diagnostics import Diagnostics
from papergen.model.nodes import Paper
from papergen.write.docx.writer import write_docx
from tests.support.builds import REPOSITORY
from tests.support.every_node import every_node_paper, paper_of, paragraph

TEMPLATES = REPOSITORY / "templates"

PREFIXES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
    "rel": "http://schemas.openxmlformats.org/package/2006/relationships",
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "ep": "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
}


@cache
def template(name: str = "panel-report") -> bytes:
    return (TEMPLATES / f"{name}.docx").read_bytes()


def changed(part: str, change: Callable[[str], str], *, name: str = "panel-report") -> bytes:
    """A template with one of its parts rewritten."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template(name))) as source, zipfile.ZipFile(made, "w") as target:
        for each in source.namelist():
            data = source.read(each)
            if each == part:
                text = data.decode()
                data = change(text).encode()
                assert data != text.encode(), "the change changed nothing"
            target.writestr(each, data)
    return made.getvalue()


def replaced(old: str, new: str, *, part: str = "word/document.xml") -> bytes:
    """A template with some XML in it replaced by other XML."""
    return changed(part, lambda text: text.replace(old, new))


@dataclass(frozen=True)
class Word:
    """A Word file that was written."""

    data: bytes

    @cached_property
    def parts(self) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    def tree(self, part: str = "word/document.xml") -> etree._Element:
        return etree.fromstring(self.parts[part])

    def all(self, path: str, part: str = "word/document.xml") -> list[etree._Element]:
        """The elements at an XPath of one part."""
        return [each for each in self._found(path, part) if isinstance(each, etree._Element)]

    def values(self, path: str, part: str = "word/document.xml") -> list[str]:
        """The attributes or texts at an XPath of one part."""
        return [str(each) for each in self._found(path, part)]

    def _found(self, path: str, part: str) -> list[object]:
        found = self.tree(part).xpath(path, namespaces=PREFIXES)
        assert isinstance(found, list)
        return list(found)

    def paragraphs(self, style: str | None = None, part: str = "word/document.xml") -> list[str]:
        """The words of the paragraphs, of one style id where it is given."""
        which = f"[w:pPr/w:pStyle/@w:val='{style}']" if style else ""
        return [words_of(paragraph) for paragraph in self.all(f"//w:p{which}", part)]

    def styles(self) -> list[str]:
        """The style ids of the blocks of the body, tables as "tbl", from the first heading on."""
        found = [
            "tbl" if block.tag.endswith("}tbl") else value(block, "w:pPr/w:pStyle/@w:val")
            for block in self.all("//w:body/*[not(self::w:sectPr)]")
        ]
        return found[next(index for index, style in enumerate(found) if style.startswith("Heading")) :]


def value(element: etree._Element, path: str) -> str:
    """The attribute at an XPath from an element, or nothing."""
    return str(element.xpath(f"string({path})", namespaces=PREFIXES))


def words_of(paragraph: etree._Element) -> str:
    found = paragraph.xpath(".//w:t/text()", namespaces=PREFIXES)
    assert isinstance(found, list)
    return "".join(str(text) for text in found)


def written(
    paper: Paper, *, with_template: bytes | None = None, page_of: Mapping[str, int] | None = None, pages: int = 3
) -> Word:
    """The Word file of a paper, which must give no diagnostics."""
    diagnostics = Diagnostics()
    data = write_docx(
        paper,
        template=template(paper.template) if with_template is None else with_template,
        page_of=page_of or {},
        pages=pages,
        diagnostics=diagnostics,
    )
    assert [(found.code.id, found.message) for found in diagnostics] == []
    assert data is not None
    return Word(data)


@cache
def simple() -> Word:
    """A paper of one paragraph, written once for all tests that only look at it."""
    return written(paper_of(paragraph("x")))


@cache
def every_node() -> Word:
    """The paper with every kind of node, written once likewise; it has the pages of its sections."""
    return written(every_node_paper(), page_of={"text-and-lists": 1, "everything": 2, "money": 3})


def refused(paper: Paper, *, with_template: bytes | None = None) -> Diagnostics:
    """The diagnostics of a paper that must not be written."""
    diagnostics = Diagnostics()
    data = write_docx(
        paper,
        template=template(paper.template) if with_template is None else with_template,
        page_of={},
        pages=1,
        diagnostics=diagnostics,
    )
    assert data is None
    assert diagnostics.has_errors
    return diagnostics
