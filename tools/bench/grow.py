"""A workspace with its sections, charts, measures and rows so many times over, constructed from another one.

Every copy after the first has measures, data files, ids and headings of its own.  Its data are the original's times the
number of the copy (but for populations), so that charts differ and every sentence still holds.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bench.scaled import write_scaled

NOTE = "# Constructed for measuring speed: the measures of another workspace, {times} times over.\n"
SOURCE = "Constructed"
WAIVED = {"C304": "Constructed for measuring speed: the sentence is a copy"}

_ENTRY = re.compile(r"(?P<number>\d{2,})-(?P<id>[a-z0-9-]+?)(?P<ending>\.md)?")
_FRONT_MATTER = re.compile(r"\A---\n(.*?)^---\n", re.DOTALL | re.MULTILINE)
_BLOCK = re.compile(r"^```(chart|table)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_BRACES = re.compile(r"\{\{.*?\}\}", re.DOTALL)
# A name in an expression; words in quotes and what stands after a dot are matched too, and left alone.
_NAME = re.compile(r"\"[^\"]*\"|'[^']*'|\.\w+|[a-z]\w*")
_MEASURE_KEYS = frozenset({"measure", "measures", "of", "marked", "labels"})


def grow(source: Path, target: Path, meeting: str, *, times: int) -> None:
    """Write to ``target`` the workspace at ``source`` with one meeting, ``times`` times over."""
    target.mkdir(parents=True)
    for folder in ("content", "templates"):
        if (source / folder).is_dir():
            shutil.copytree(source / folder, target / folder)
    content = target / "content"
    for other in content.glob("????-??-??"):
        if other.name != meeting:
            shutil.rmtree(other)
    measures_file = content / "measures.yaml"
    measures: dict[str, Any] = yaml.safe_load(measures_file.read_text(encoding="utf-8"))
    plan: dict[str, Any] = yaml.safe_load((content / "plan.yaml").read_text(encoding="utf-8"))
    papers = sorted(each for each in (content / meeting).iterdir() if each.is_dir())
    grown = dict(measures)
    for number in range(2, times + 1):
        copy = _Copy(number, frozenset(measures), frozenset(_ids(papers)), tuple(plan["objectives"]))
        populations = frozenset(_population_files(measures))
        for file in populations | {each["file"] for each in measures.values()}:
            times_so_large = 1 if file in populations else number
            write_scaled(source / "content/data" / file, content / "data" / copy.file(file), times=times_so_large)
        grown |= {copy.measure(key): copy.settings(each) for key, each in measures.items()}
        for paper in papers:
            copy.folder(source / "content" / meeting / paper.name, paper, top=True)
    measures_file.write_text(NOTE.format(times=times) + _dumped(grown), encoding="utf-8")


class _Dumper(yaml.SafeDumper):
    """Writes out in full what stands in several places: a workspace may not use aliases."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
        return True


def _dumped(keys: dict[str, Any]) -> str:
    return yaml.dump(keys, Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=None, width=100_000)


def _population_files(measures: dict[str, Any]) -> Iterator[str]:
    for each in measures.values():
        if per := each.get("peers", {}).get("per"):
            yield per


def _ids(papers: list[Path]) -> Iterator[str]:
    """Every id that a reference can name: those of files, tables, figures and headings."""
    for paper in papers:
        for entry in paper.rglob("*"):
            if found := _ENTRY.fullmatch(entry.name):
                yield found["id"]
            if entry.suffix == ".md":
                text = entry.read_text(encoding="utf-8")
                yield from re.findall(r"\{#([\w-]+)", text)
                yield from re.findall(r"^id: ([\w-]+)$", text, re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Copy:
    """One copy: how its measures, files, ids and words are called."""

    number: int
    measures: frozenset[str]
    ids: frozenset[str]
    objectives: tuple[str, ...]

    def measure(self, key: str) -> str:
        return f"{key}_{self.number}" if key in self.measures else key

    def id(self, key: str) -> str:
        return f"{key}-copy{self.number}" if key in self.ids else key

    def file(self, name: str) -> str:
        return f"{name.removesuffix('.csv')}-{self.number}.csv"

    def settings(self, measure: dict[str, Any]) -> dict[str, Any]:
        """The settings of a measure's copy."""
        names = {"title": f"{measure['title']} ({self.number})", "file": self.file(measure["file"])}
        changed = {**measure, **names, "source": SOURCE}
        if "per" in measure.get("peers", {}):
            changed["peers"] = {**measure["peers"], "per": self.file(measure["peers"]["per"])}
        if "projections" in measure:
            changed["projections"] = [self._projection(each) for each in measure["projections"]]
        if "steps" in measure:
            changed["steps"] = [{**each, "reason": SOURCE} for each in measure["steps"]]
        if "target" in measure and "of" not in measure:
            changed["target"] = measure["target"] * self.number
        if "chart" in measure:
            changed["chart"] = self._values(measure["chart"])
        return changed

    def _projection(self, projection: dict[str, Any]) -> dict[str, Any]:
        times = 1 if projection.get("as") == "percentage" else self.number
        return {**projection, "source": SOURCE, **{key: projection[key] * times for key in ("low", "high")}}

    def folder(self, source: Path, target: Path, *, top: bool = False) -> None:
        """Write a copy of every entry of a paper's folder, or of one inside it."""
        target.mkdir(exist_ok=True)
        for entry in sorted(source.iterdir()):
            name = self._name(entry.name, top=top)
            if entry.is_dir():
                self.folder(entry, target / name)
            elif entry.suffix == ".md":
                (target / name).write_text(self._text(entry.read_text(encoding="utf-8")), encoding="utf-8")
            else:
                shutil.copyfile(entry, target / entry.name)

    def _name(self, name: str, *, top: bool) -> str:
        found = _ENTRY.fullmatch(name)
        if found is None:
            return name
        number = int(found["number"]) + 100 * (self.number - 1) if top else int(found["number"])
        return f"{number:02}-{self.id(found['id'])}{found['ending'] or ''}"

    def _text(self, text: str) -> str:
        text = _FRONT_MATTER.sub(lambda found: f"---\n{self._front_matter(found[1])}---\n", text, count=1)
        text = _BLOCK.sub(lambda found: f"```{found[1]}\n{self._yaml(found[2])}```", text)
        return self._words(text)

    def _front_matter(self, lines: str) -> str:
        keys: dict[str, Any] = yaml.safe_load(lines)
        objective = keys.pop("objective", None)
        title = self.objectives[objective - 1] if objective else keys.get("title")
        keys |= {"title": f"{title} ({self.number})"} if title else {}
        keys["waive"] = {**keys.get("waive", {}), **WAIVED}
        keys |= {"topic": f"{keys['topic']} ({self.number})"} if "topic" in keys else {}
        return _dumped(self._values(keys))

    def _yaml(self, lines: str) -> str:
        keys: dict[str, Any] = yaml.safe_load(lines)
        keys |= {"id": self.id(keys["id"])} if "id" in keys else {}
        return _dumped(self._values(keys))

    def _values(self, keys: dict[str, Any]) -> dict[str, Any]:
        """The settings of an exhibit or of front matter, with the names of this copy's measures."""
        return {key: self._value(each) if key in _MEASURE_KEYS else each for key, each in keys.items()}

    def _value(self, value: Any) -> Any:  # noqa: ANN401 - as YAML gives it
        match value:
            case str():
                return self.measure(value)
            case list():
                return [self._value(each) for each in value]
            case dict():
                return {self.measure(key): each for key, each in value.items()}
            case _:
                return value

    def _words(self, text: str) -> str:
        """Text with the names of this copy in its expressions, its references and its ids."""
        text = _BRACES.sub(lambda found: _NAME.sub(lambda name: self.measure(name[0]), found[0]), text)
        return re.sub(r"(?<=\(#)[\w-]+(?=\))|(?<=\{#)[\w-]+", lambda found: self.id(found[0]), text)
