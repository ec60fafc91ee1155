"""Checking a meeting: the rules, the weights the workspace gives them, and the findings that somebody has waived."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from papergen import codes
from papergen.check.reading import Reading, waivers_of
from papergen.check.registry import RULES
from papergen.check.rule import Rule
from papergen.check.rules.complete.completeness import find_measures_not_shown
from papergen.diagnostics import Diagnostic, Severity, did_you_mean
from papergen.model.nodes import Waiver
from papergen.workspace.settings import SettingsFiles

OFF = "off"


@dataclass(frozen=True, slots=True)
class Waived:
    """A finding that is let stand, and the waiver that lets it."""

    found: Diagnostic
    waiver: Waiver


@dataclass(frozen=True, slots=True)
class Checked:
    """What the rules found in what they read of a meeting, and what of it was waived."""

    reading: Reading
    findings: tuple[Diagnostic, ...]
    waived: tuple[Waived, ...]


def check(reading: Reading, *, rules: Iterable[Rule] = RULES) -> Checked:
    """The findings of the rules, weighed as the workspace's settings say and without those that are waived."""
    waivers = list(waivers_of(reading.papers))
    by_file: defaultdict[str, list[Waiver]] = defaultdict(list)
    for each in waivers:
        by_file[each.at.file].append(each)
    findings: list[Diagnostic] = []
    waived: list[Waived] = []
    for found in weighed(dict.fromkeys(found for rule in rules for found in rule.check(reading)), reading.settings):
        own = (each for each in by_file[found.at.file] if each.code == found.code.id)
        waiver = next((each for each in own if not each.ends or each.at.line <= found.at.line <= each.ends), None)
        if waiver is None:
            findings.append(found)
        else:
            waived.append(Waived(found, waiver))
    used = {each.waiver for each in waived}
    # One of a file left out of these papers may be needed, or one for what cannot be told beside an error.
    needed = find_measures_not_shown.code.id if reading.lost_measures else ""
    unused = (each for each in waivers if each not in used and each.at.file not in reading.shortened)
    findings += _unused(each for each in unused if each.code != needed)
    return Checked(reading, tuple(findings), tuple(waived))


def weighed(findings: Iterable[Diagnostic], settings: SettingsFiles) -> Iterator[Diagnostic]:
    """The findings with the severities that ``checks`` in ``panel.yaml`` gives, without those it turns off."""
    given = settings.panel.checks
    for found in findings:
        weight = given.get(found.code.id)
        if weight == OFF:
            continue
        severity = found.severity if weight is None else Severity[weight.upper()]
        yield found if severity is found.severity else replace(found, code=replace(found.code, severity=severity))


def unknown_codes(settings: SettingsFiles) -> Iterator[Diagnostic]:
    """A finding for each code in ``checks`` that no rule has."""
    for code in settings.panel.checks:
        if code not in _CODES:
            yield Diagnostic(codes.SETTING_UNKNOWN, settings.sources["panel"].place(("checks", code)), *_no_code(code))


_CODES = [rule.code.id for rule in RULES]


def _no_code(code: str) -> tuple[str, str]:
    hint = did_you_mean(code, _CODES, "papergen explain lists the codes of the rules.")
    return f"“{code}” is not the code of a rule.", hint


def _unused(waivers: Iterable[Waiver]) -> Iterator[Diagnostic]:
    for waiver in waivers:
        unused = f"Nothing is waived here: {waiver.code} finds nothing in this place.", "Delete the waiver."
        yield Diagnostic(codes.WAIVER_UNUSED, waiver.at, *(unused if waiver.code in _CODES else _no_code(waiver.code)))
