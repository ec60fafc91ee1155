"""Gathering: a paper's folder of Markdown files becomes its sections, in the order of their numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from papergen import codes
from papergen.diagnostics import Diagnostics, Severity, Span, did_you_mean
from papergen.model.nodes import Box, BoxKind, Paragraph, Section, Text, Value
from papergen.model.walk import rebuild
from papergen.read.context import ExhibitBlock
from papergen.read.section import ReadFile
from papergen.workspace.settings import PLAN_FILE, SettingsFiles
from papergen.world import WORD_FILE_HINT, World

INDEX = "index.md"
DEEPEST_HEADING = 5

_ENTRY = re.compile(r"(?P<number>\d{2,})-(?P<id>[a-z0-9]+(?:-[a-z0-9]+)*)(?P<ending>\.md)?")


@dataclass(frozen=True, slots=True)
class GatheredSection:
    """A section as its file gives it, before numbering; a file name that starts ``00-`` makes ``numbered`` False.

    ``exhibits`` are those that the file asks for, until Bind makes them; ``text`` is what the file holds.
    """

    section: Section
    numbered: bool
    inside: tuple[GatheredSection, ...] = ()
    exhibits: tuple[ExhibitBlock, ...] = ()
    text: str = ""

    @property
    def parts(self) -> tuple[GatheredSection, ...]:
        """What stands inside it: the headings in its file, then the files in its folder."""
        return (*(GatheredSection(heading, numbered=True) for heading in self.section.sections), *self.inside)

    def changed(self, change: Callable[[Section], Section]) -> GatheredSection:
        """The section, and those inside it, as ``change`` makes them."""
        inside = tuple(each.changed(change) for each in self.inside)
        return replace(self, section=change(self.section), inside=inside)


def walk_gathered(gathered: Iterable[GatheredSection]) -> Iterator[GatheredSection]:
    """Every section in reading order, each before those inside it."""
    for found in gathered:
        yield found
        yield from walk_gathered(found.inside)


ReadSection = Callable[[str, str], ReadFile]


def gather(
    world: World, folder: str, *, read: ReadSection, settings: SettingsFiles, banner: str
) -> tuple[GatheredSection, ...]:
    """The sections of the paper in ``folder``, whose values have no text yet.

    ``read(path, text)`` gives the section of one file.  Folders become sections that hold others; the text of a folder
    stands in its ``index.md``.  ``banner`` are the words of the banner of an aim, with ``{aim}`` where the aim goes.
    """
    diagnostics = world.diagnostics
    gathering = _Gathering(world, read, settings, banner)
    if not world.is_folder(folder):
        if not world.leads_outside(folder):
            message, hint = "The folder of this paper is not there.", "Make it, with its files."
            diagnostics.add(codes.FILE_MISSING, Span(folder), message, hint)
        return ()
    if world.is_file(f"{folder}/{INDEX}"):
        told = "The folder of a paper has no text of its own."
        act = "Rename the file, for example to 01-introduction.md."
        diagnostics.add(codes.FILE_NAME, Span(f"{folder}/{INDEX}"), told, act)
    if not world.names(folder):
        message, hint = "This paper has no files.", "Add one, for example 01-purpose.md."
        diagnostics.add(codes.FILE_MISSING, Span(folder), message, hint)
    return gathering.folder(folder, level=1)


@dataclass(frozen=True, slots=True)
class _Gathering:
    world: World
    read: ReadSection
    settings: SettingsFiles
    banner: str

    @property
    def diagnostics(self) -> Diagnostics:
        return self.world.diagnostics

    def folder(self, folder: str, *, level: int) -> tuple[GatheredSection, ...]:
        entries: dict[int, tuple[str, str]] = {}
        for name in self.world.names(folder):
            path = f"{folder}/{name}"
            if name == INDEX or self.world.leads_outside(path):
                continue
            matched = _ENTRY.fullmatch(name)
            is_folder = self.world.is_folder(path)
            if matched is None or is_folder is (matched["ending"] is not None):
                self.diagnostics.add(
                    codes.FILE_NAME,
                    Span(path),
                    f"“{name}” has no place in the order of the paper.",
                    WORD_FILE_HINT
                    if name.lower().endswith((".docx", ".doc", ".odt", ".rtf"))
                    else "Name it with a number, a hyphen and small letters, such as 04-robbery.md"
                    " (a folder likewise, without .md), or move it elsewhere.",
                )
                continue
            number = int(matched["number"])
            if number in entries:
                message = f"“{name}” has the same number as “{entries[number][1].rsplit('/', 1)[-1]}”."
                hint = "Give each its own number."
                self.diagnostics.add(codes.FILE_NAME, Span(path), message, hint)
                continue
            entries[number] = (matched["id"], path)
        sections = (self._section(key, path, level, order) for order, (key, path) in sorted(entries.items()))
        return tuple(section for section in sections if section is not None)

    def _section(self, key: str, path: str, level: int, order: int) -> GatheredSection | None:
        is_folder = self.world.is_folder(path)
        file = f"{path}/{INDEX}" if is_folder else path
        if is_folder and not self.world.is_file(file):
            message = f"The folder “{path.rsplit('/', 1)[-1]}” has no {INDEX} to give its title."
            hint = f"Add {INDEX} with a title in its front matter."
            self.diagnostics.add(codes.FILE_MISSING, Span(file), message, hint)
            return None
        text = self.world.read_text(file)
        if text is None:
            return None
        read = self.read(file, text)
        section = self._settle(replace(read.section, key=key), file, read.place)
        day = self.settings.meeting.date
        if section.reviewed is not None and section.reviewed > day:
            message = f"This file is marked as reviewed on {section.reviewed}, after the meeting of {day}."
            hint = "Correct the year, or the day."
            self.diagnostics.add(codes.REVIEWED_LATER, read.place("reviewed"), message, hint)
        inside = self.folder(path, level=level + 1) if is_folder else ()
        is_wrong = any(each.at.file == file and each.severity is Severity.ERROR for each in self.diagnostics)
        if not section.blocks and not section.sections and not inside and not is_wrong:
            message = "There is nothing under this heading."
            hint = "Write its text, or delete the file."
            self.diagnostics.add(codes.EMPTY_SECTION, section.at, message, hint)
        return GatheredSection(self._shift(section, level - 1), order > 0, inside, read.exhibits, text)

    def _settle(self, section: Section, file: str, place: Callable[[str], Span]) -> Section:
        """The section with the title of its objective and the banner of its aim."""
        section = self._with_objective(section)
        if not section.title:
            self.diagnostics.add(
                codes.SETTING_MISSING,
                Span(file, 1, 1),
                "This file gives no title.",
                "Begin it with front matter: a line “---”, below it “title: …” and “owner: …”, and a line “---” again.",
            )
            section = replace(section, owner=section.owner or "…")  # told in the same hint
        return self._with_aim(section, place)

    def _with_objective(self, section: Section) -> Section:
        plan, number = self.settings.plan, section.objective
        if number is None:
            return section
        if not 1 <= number <= len(plan.objectives):
            self.diagnostics.add(
                codes.OBJECTIVE_UNKNOWN,
                section.at,
                f"The plan has no {plan.objective_name.lower()} {number}.",
                f"Its objectives are numbered 1 to {len(plan.objectives)} in content/plan.yaml."
                if plan.objectives
                else f"Write a “title: …” in place of “objective: {number}”: {PLAN_FILE} gives no objectives.",
            )
            return replace(section, title=section.title or (Text(text=f"{plan.objective_name} {number}"),))
        if section.title:
            message = f"This file gives a title of its own beside “objective: {number}”, whose title is in the plan."
            hint = "Leave one of the two out."
            self.diagnostics.add(codes.SETTING_INVALID, section.at, message, hint)
        name = f"{plan.objective_name} {number}"
        title = Value(text="", expression=f"plan.objectives[{number}]", at=section.at)
        return replace(section, title=(Text(text=f"{name} – "), title), label=name)

    def _with_aim(self, section: Section, place: Callable[[str], Span]) -> Section:
        aims = {aim.id for aim in self.settings.plan.aims}
        if section.aim is None:
            return section
        if section.aim not in aims:
            known = f"Its aims are: {', '.join(sorted(aims))}." if aims else ""
            message = f"The plan has no aim “{section.aim}”."
            hint = did_you_mean(section.aim, aims, known or "Delete the line: content/plan.yaml gives no aims.")
            self.diagnostics.add(codes.AIM_UNKNOWN, place("aim"), message, hint)
            return section
        before, _, after = self.banner.partition("{aim}")
        aim = Value(text="", expression=f'plan.aim["{section.aim}"]', at=section.at)
        words = (Text(text=before), aim, Text(text=after))
        banner = Paragraph(inlines=tuple(word for word in words if word != Text(text="")), at=section.at)
        box = Box(kind=BoxKind.AIM, blocks=(banner,), at=section.at)
        return replace(section, blocks=(box, *section.blocks))

    def _shift(self, section: Section, levels: int) -> Section:
        def shifted(found: Section) -> Section:
            level = found.level + levels
            if level > DEEPEST_HEADING:
                message = f"This heading would stand at level {level}; a paper has {DEEPEST_HEADING}."
                hint = "Use fewer folders inside each other, or a higher heading."
                self.diagnostics.add(codes.HEADING_LEVEL, found.at, message, hint)
            return replace(found, level=level)

        return rebuild(section, section=shifted)
