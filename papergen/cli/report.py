"""Findings in the forms that editors, GitHub and code-scanning tools read."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from papergen import __version__
from papergen.check.share import Share
from papergen.diagnostics import Diagnostic, Severity

_SARIF = "https://json.schemastore.org/sarif-2.1.0.json"


def as_json(findings: Iterable[Diagnostic], share: Share | None) -> str:
    """An object with the findings and how many of the printed figures are bound to data.

    Each finding has its code, severity, file, line, column, message and hint.  ``figures`` is null where the papers
    could not be read.
    """

    def fields(found: Diagnostic) -> dict[str, str | int]:
        weight = {"code": found.code.id, "severity": str(found.severity)}
        return {**weight, **asdict(found.at), "message": found.message, "hint": found.hint}

    figures = share and {"bound": share.bound, "printed": share.figures, "percentage": float(share.percentage)}
    return json.dumps({"findings": [*map(fields, findings)], "figures": figures}, ensure_ascii=False, indent=2)


def as_github(findings: Iterable[Diagnostic]) -> str:
    """Workflow commands, which GitHub shows beside the lines of a change."""

    def escaped(text: str, *, in_property: bool = False) -> str:
        text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
        return text.replace(":", "%3A").replace(",", "%2C") if in_property else text

    lines = []
    for found in findings:
        places = [("file", found.at.file), ("line", str(found.at.line or 1))]
        places += [("col", str(found.at.column))] if found.at.column else []
        places.append(("title", found.code.id))
        level = "notice" if found.severity is Severity.NOTE else str(found.severity)
        where = ",".join(f"{name}={escaped(value, in_property=True)}" for name, value in places)
        lines.append(f"::{level} {where}::{escaped(f'{found.message} {found.hint}'.strip())}")
    return "\n".join(lines)


def as_sarif(findings: Iterable[Diagnostic]) -> str:
    """A SARIF 2.1.0 log (OASIS) with one run."""
    found = list(findings)
    codes = {each.code.id: {"text": f"This is reported when {each.code.meaning}."} for each in found}
    rules = [{"id": code, "shortDescription": meaning} for code, meaning in codes.items()]
    driver = {"name": "papergen", "version": __version__, "rules": rules}
    run = {"tool": {"driver": driver}, "results": [_result(each) for each in found]}
    return json.dumps({"$schema": _SARIF, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _result(found: Diagnostic) -> dict[str, Any]:
    region = {"startLine": found.at.line or 1, **({"startColumn": found.at.column} if found.at.column else {})}
    place = {"physicalLocation": {"artifactLocation": {"uri": found.at.file or "content"}, "region": region}}
    told = {"message": {"text": f"{found.message} {found.hint}".strip()}, "locations": [place]}
    return {"ruleId": found.code.id, "level": str(found.severity), **told}
