"""How much of what the rules find is true, and how much of what is wrong they find.

``python -m tests.check.precision`` prints it.  ``corpus/`` holds pages as officers of other bodies write
them, and ``slips.txt`` all that is wrong in them.  Pages for another meeting than that of Norfolk's papers stand in a
folder named for its day.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from papergen.check.registry import RULES
from papergen.workspace.settings import ReportingPeriod
from tests.check.proof import reading

CORPUS = Path(__file__).parent / "corpus"
NO_RULE = "-"


@dataclass(frozen=True)
class Slip:
    """Something wrong in a page: the code of the rule that should tell it, or ``NO_RULE``, and the words."""

    page: str
    code: str
    words: str


@dataclass(frozen=True)
class Told:
    """A finding in a page, and the slip that it tells, if it tells one."""

    page: str
    code: str
    line: int
    message: str
    slip: Slip | None


@cache
def slips() -> tuple[Slip, ...]:
    """Everything that is wrong in the corpus."""
    lines = (line.strip() for line in (CORPUS / "slips.txt").read_text(encoding="utf-8").splitlines())
    return tuple(Slip(*(part.strip() for part in line.split("|"))) for line in lines if line and line[0] != "#")


@cache
def told() -> tuple[Told, ...]:
    """Every finding of every rule in the corpus, in the order of pages and rules."""
    return tuple(each for page in sorted(CORPUS.rglob("*.md")) for each in _told_of(page))


def _told_of(page: Path) -> list[Told]:
    of = reading(page.read_text(encoding="utf-8"))
    if page.parent != CORPUS:
        day = date.fromisoformat(page.parent.name)
        starts = date(day.year - (day.month < 4), (day.month - 4) // 3 * 3 % 12 + 1, 1)
        ends = date(day.year, (day.month - 1) // 3 * 3 + 1, 1) - timedelta(days=1)
        quarter = ReportingPeriod.model_validate({"from": starts, "to": ends})  # the one before the meeting
        update = {"date": day, "previous_meeting": None, "reporting_period": quarter}
        meeting = of.settings.meeting.model_copy(update=update)
        of = replace(of, settings=replace(of.settings, meeting=meeting))
    wrong = [slip for slip in slips() if slip.page == page.stem]
    every: list[Told] = []
    for found in (found for rule in RULES for found in rule.check(of) if found.at.file in of.texts):
        code = found.code.id
        slip = next((each for each in wrong if each.code == code and each.words in found.message), None)
        if slip is not None:
            wrong.remove(slip)
        every.append(Told(page.stem, code, found.at.line, found.message, slip))
    return every


def false() -> list[Told]:
    """The findings that tell nothing that is wrong."""
    return [each for each in told() if each.slip is None]


def missed() -> list[Slip]:
    """What is wrong and not told."""
    known = {each.slip for each in told()}
    return [slip for slip in slips() if slip not in known]


def table() -> str:
    """What each rule tells rightly and wrongly and what it misses, as docs/precision.md has it."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for each in told():
        counts[each.code]["true" if each.slip else "false"] += 1
    for slip in missed():
        counts[slip.code]["missed"] += 1
    rows = ["| rule | true | false | missed |", "|---|---|---|---|"]
    for code, of in sorted(counts.items()):
        rows.append(f"| {'no rule' if code == NO_RULE else code} | {of['true']} | {of['false']} | {of['missed']} |")
    rows.append(f"| all | {len(told()) - len(false())} | {len(false())} | {len(missed())} |")
    return "\n".join(rows)


def main() -> None:
    """Print the table, and below it what is told wrongly and what is missed."""
    print(table())
    true = len(told()) - len(false())
    print(f"\nOf 100 findings {100 * true / len(told()):.0f} are true.")
    print(f"Of 100 slips {100 * true / len(slips()):.0f} are told.")
    for each in false():
        print(f"false: {each.page}.md, line {each.line}: {each.code} {each.message}")
    for slip in missed():
        print(f"missed: {slip.page}.md: {slip.code} {slip.words}")


if __name__ == "__main__":
    main()
