"""The names under which the facts of the panel, the plan, the meeting and a paper are printed.

The same names serve Markdown and both kinds of template.
"""

from __future__ import annotations

from collections.abc import Mapping

from papergen.diagnostics import Span
from papergen.values.chrome import ENGLISH, Chrome, chrome
from papergen.values.facts import Fact, flatten
from papergen.values.formats import FactValue, print_fact
from papergen.workspace.paper_settings import PaperSettings
from papergen.workspace.settings import NO_PLAN, SettingsFiles

_IN_TEMPLATES = ("page", "of", "report_of", "agenda_item", "meeting_of", "to_top")
"""The words round the text that templates print."""


def settings_facts(settings: SettingsFiles, language: str = ENGLISH) -> dict[str, Fact]:
    """The facts of the panel, the plan (where there is one) and the meeting; of what a body does not have, no words."""
    words = chrome(language)
    panel, plan, meeting, pcc = settings.panel, settings.plan, settings.meeting, settings.panel.commissioner

    def fact(file: str, value: FactValue | None, *path: str | int, parts: Mapping[str, Fact] | None = None) -> Fact:
        source = settings.sources[file]
        return Fact(value, source.place(path), parts or {}, is_whole=path not in source.cut)

    def plain(file: str, settings: object, *names: str) -> dict[str, Fact]:
        values = {name: getattr(settings, name) for name in names}
        return {name: fact(file, "" if value is None else value, name) for name, value in values.items()}

    def own(file: str, given: Mapping[str, FactValue]) -> dict[str, Fact]:
        return {name: fact(file, value, "facts", name) for name, value in given.items()}

    facts = {
        "panel": Fact(
            parts={
                **own("panel", panel.facts),
                **plain("panel", panel, "name", "host_authority", "force"),
                "commissioner": fact("panel", pcc.title if pcc else "", "commissioner", "title"),
                "pcc": fact("panel", pcc.short if pcc else "", "commissioner", "short"),
                **plain("panel", panel, "report_of", "alliance_partner", "policing_areas", "most_similar_group"),
            }
        ),
        "meeting": Fact(
            parts={
                **own("meeting", meeting.facts),
                "date": fact("meeting", meeting.date, "date"),
                "period": _period(settings, words),
                "previous": fact("meeting", meeting.previous_meeting or "", "previous_meeting"),
                **plain("meeting", meeting, "report_title", "agenda_item", "first_page"),
            }
        ),
    }
    if plan is not NO_PLAN:
        facts["plan"] = Fact(
            parts={
                **plain("plan", plan, "title", "starts", "ends"),
                "varied": fact("plan", tuple(print_fact(day, words) for day in plan.varied), "varied"),
                "aims": fact("plan", tuple(aim.title for aim in plan.aims), "aims"),
                "aim": Fact(
                    parts={
                        aim.id: fact("plan", aim.title, "aims", index, "title") for index, aim in enumerate(plan.aims)
                    }
                ),
                "objectives": fact(
                    "plan",
                    None,
                    "objectives",
                    parts={
                        str(index + 1): fact("plan", title, "objectives", index)
                        for index, title in enumerate(plan.objectives)
                    },
                ),
            }
        )
    return facts


def _period(settings: SettingsFiles, words: Chrome) -> Fact:
    source, path, period = settings.sources["meeting"], ("reporting_period",), settings.meeting.period
    facts = {
        "starts": Fact(period.starts, source.place((*path, "from"))),
        "ends": Fact(period.ends, source.place((*path, "to"))),
        "quarter": Fact(period.quarter_in(words), source.place(path)),
        "months": Fact(period.months_in(words), source.place(path)),
    }
    if settings.meeting.reporting_period is None:
        return Fact("", source.place(path), {name: Fact("", fact.at) for name, fact in facts.items()})
    return Fact(period, source.place(path), facts)


def paper_facts(
    paper: PaperSettings, settings: SettingsFiles, *, title: str, draft: bool, source_note: str, at: Span
) -> dict[str, Fact]:
    """The facts of one paper, but for the words of its head."""
    panel = settings.panel
    of, item = paper.report_of or panel.report_of, paper.agenda_item or settings.meeting.agenda_item
    words = settings.words(paper)
    return {
        "words": Fact(
            parts={
                **{name: Fact(getattr(words, name), at) for name in _IN_TEMPLATES},
                "host": Fact(words.host.format(host=panel.host_authority) if panel.host_authority else "", at),
            }
        ),
        "paper": Fact(
            parts={
                "name": Fact(paper.name, at),
                "title": Fact(title, at),
                "status": Fact(words.draft if draft else "", at),
                "source_note": Fact(source_note, at),
                "report_of": Fact(of or "", settings.place(paper.folder, "report_of")),
                "author": Fact(paper.author or "", settings.place(paper.folder, "author")),
                "agenda_item": Fact(item or "", settings.place(paper.folder, "agenda_item")),
            }
        ),
    }


def template_fields(facts: Mapping[str, Fact], language: str = ENGLISH) -> dict[str, str]:
    """The printed words of every fact that a template may name, by dotted name."""
    words = chrome(language)
    return {name: print_fact(fact.value, words) for name, fact in flatten(facts) if fact.value is not None}
