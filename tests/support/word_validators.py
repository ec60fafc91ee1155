"""The validators of Word files, each a function from a file's bytes to what it finds; what may stand is named here."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import docx
import docx_plus.lint
import docxtpl_lint
import ooxml_integrity
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from papergen.write.docx.accessibility import paper_faults, template_faults
from papergen.write.docx.story_faults import EMPTY_CELL, HEADER_ROW, TYPED_LIST


@dataclass(frozen=True, kw_only=True)
class Allowed:
    """Findings of docx-plus's linter that may stand: a rule, the message, the style and words it is about, and why."""

    rule: str
    message: str = ".*"
    style: str = ".*"
    words: str = ".*"
    reason: str


_DRIFT = r"Paragraph overrides ((%s)(, )?)+ directly, .*"

ALLOWED = (
    Allowed(
        rule="style-drift",
        message=_DRIFT % "keep with next|keep lines together|page break before|space before|space after",
        reason="what stays together on a page, and the space where a list or a frame ends, follow from the words",
    ),
    Allowed(
        rule="style-drift",
        message=_DRIFT % "left indent|first-line indent|keep with next|space after",
        style="List (Number|Bullet|Continue).*|Recommendations Box",
        reason="a list below a numbered paragraph or among recommendations stands in as far as the words above it",
    ),
    Allowed(
        rule="style-drift",
        message=_DRIFT % "left indent|right indent|space before|space after|keep with next",
        style="Spacer|[Cc]aption|Exhibit Note",
        reason="what belongs to a table in a box stands in the box",
    ),
    Allowed(
        rule="mixed-language",
        message="Run is tagged cy-GB, .*|Run is tagged en-GB, but most of this document is cy-GB; .*",
        reason="a section in Welsh is marked as Welsh, and one in English in a Welsh paper as English",
    ),
    Allowed(
        rule="direct-numbering-override",
        style="List Number.*",
        reason="a numbered list that begins at 1 again is, to Word, a numbering of its own",
    ),
    Allowed(
        rule="list-numbering-continuity",
        style="List Number|List Bullet|[Hh]eading 1|Body Text|Recommendations Box",
        reason="two lists of the paper that follow each other are two, and headings and paragraphs have their own",
    ),
    Allowed(
        rule="manual-list",
        style="toc [1-4]",
        reason="the number of an entry in the contents is the cached result of a field",
    ),
    Allowed(
        rule="manual-list",
        style="Body Text",
        words=r"\([a-z]\) .*",
        reason="resolutions are quoted by letters that an officer types, as Markdown has no lists with letters",
    ),
    Allowed(
        rule="stray-empty-paragraph",
        style="Spacer|Figure( Caption)?",
        reason="the paragraph of a picture holds no words, and the linter counts wrong after wide headings",
    ),
)

RULES_OFF = ("font-outliers", "unused-styles")
"""Matters of taste: a title is the only text of its size, and a template has styles for more than one paper uses."""

_LINK = re.compile(r"External relationship target: (https?://|mailto:|(?:appendix|atodiad)-\d+\.pdf$)")
"""What the security check of openxml-audit says of a link in the text, or to a PDF that lies beside the paper.

A linked picture or template names another file.
"""

_OWN_ALLOWED = {
    TYPED_LIST: r".*“\([a-z]\) .*",
    EMPTY_CELL: ".*“(Service|Column) .*",
    HEADER_ROW: ".*“(Clerk|Care of adults) .*",
}
"""Headings of sections in a table leave the other cells of their row empty, and a table of names has no header."""


def openxml_audit_findings(data: bytes) -> list[str]:
    """What openxml-audit finds against the schemas and constraints of Microsoft 365."""
    import openxml_audit  # takes half a second, which a process that holds no Word file against it is spared

    validator = openxml_audit.OpenXmlValidator(
        file_format=openxml_audit.FileFormat.MICROSOFT_365, max_errors=0, security_validation=True
    )
    with _on_disk(data) as path:
        errors = [error for error in validator.validate(path).errors if not _LINK.match(error.description)]
    return [f"{error.part_uri}: {error.description}" for error in errors]


def ooxml_integrity_findings(data: bytes) -> list[str]:
    """What ooxml-integrity finds, its lightest hints among it."""
    with _on_disk(data) as path:
        return [f"{found.code} {found.part}: {found.message}" for found in ooxml_integrity.check(path)]


def docx_plus_findings(data: bytes) -> list[str]:
    """What the linter of docx-plus finds under all its rules but those of taste, without what may stand."""
    document = docx.Document(BytesIO(data))
    paragraphs = [Paragraph(each, document) for each in document.element.body.iter(qn("w:p"))]
    rules = [rule.id for rule in docx_plus.lint.all_rules() if rule.id not in RULES_OFF]
    found = []
    for each in docx_plus.lint.lint(document, select=rules):
        index = each.location.paragraph_index
        paragraph = None if index is None else paragraphs[index]
        style = "" if paragraph is None or paragraph.style is None else paragraph.style.name or ""
        words = "" if paragraph is None else paragraph.text
        if not any(_stands(allowed, each, style, words) for allowed in ALLOWED):
            found.append(f"{each.rule}: {each.message} ({style}: {words})")
    return found


def _stands(allowed: Allowed, finding: docx_plus.lint.Finding, style: str, words: str) -> bool:
    pairs = ((allowed.message, finding.message), (allowed.style, style), (allowed.words, words))
    return finding.rule == allowed.rule and all(re.fullmatch(wanted, is_, re.DOTALL) for wanted, is_ in pairs)


def own_findings(data: bytes) -> list[str]:
    """What papergen's own checker finds in a paper, in English or in Welsh as its properties say."""
    language = docx.Document(BytesIO(data)).core_properties.language or "en-GB"
    return [
        f"{fault.kind}: {fault.message}"
        for fault in paper_faults(data, language=language, others=("cy-GB", "en-GB"))
        if not re.fullmatch(_OWN_ALLOWED.get(fault.kind, "(?!)"), fault.message)
    ]


def own_template_findings(data: bytes) -> list[str]:
    """What papergen's own checker finds in a template."""
    part = docx.Document(BytesIO(data)).part
    return [f"{fault.kind}: {fault.message}" for fault in template_faults(part, language="en-GB")]


def docxtpl_lint_findings(data: bytes) -> list[str]:
    """What docxtpl-lint finds in a template."""
    return [
        f"{issue.rule} {issue.location}: {issue.snippet}" for issue in docxtpl_lint.lint(data, autoescape=True).issues
    ]


@contextmanager
def _on_disk(data: bytes) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paper.docx"
        path.write_bytes(data)
        yield path
