"""Kinds of chart that a workspace adds: functions in its own ``exhibits.py``, named in ``panel.yaml``.

This is the one place where code of a workspace runs, and it runs only after whoever builds has agreed to that very
text.  It stands at the root, never under ``content/``; its hash is recorded with everything else that was read.
"""

from __future__ import annotations

import inspect
import json
import os
import re
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import replace
from typing import Any

from pydantic import ConfigDict

from papergen import codes
from papergen.diagnostics import Diagnostics, Span, did_you_mean
from papergen.exhibits.drawing import Drawing
from papergen.exhibits.engine import draw as drawing_of
from papergen.exhibits.kinds import CHARTS, ExhibitKind
from papergen.exhibits.options import Options, Request
from papergen.exhibits.palette import FONT
from papergen.files import OF_THE_MACHINE
from papergen.model.nodes import ChartData
from papergen.model.vector import size_of
from papergen.values.facts import FactError, UnreadError
from papergen.values.words import joined, shortened
from papergen.workspace.settings import SettingsFiles
from papergen.world import CODE_FILE, World

_LONGEST = 200
_FAMILY = re.compile(r'<text[^>]* font-family="([^"]*)"')
_OWN = "A kind of the workspace’s own"

Draw = Callable[[Mapping[str, Any], Request], Drawing]


class WorkspaceOptions(Options):
    """The keys of a kind of the workspace's own: those that every kind has, and any others it asks for."""

    model_config = ConfigDict(extra="allow", frozen=True, arbitrary_types_allowed=True)


def workspace_charts(world: World, settings: SettingsFiles, diagnostics: Diagnostics) -> Mapping[str, ExhibitKind]:
    """The kinds that ``exhibits`` in ``panel.yaml`` names; with a diagnostic, when their code cannot be used."""
    names = settings.panel.exhibits
    if not names:
        return {}
    kinds = {name: ExhibitKind(WorkspaceOptions, _unmade, _OWN) for name in names if name not in CHARTS}
    code = world.read_text(CODE_FILE, at=settings.sources["panel"].place(("exhibits",)))
    if code is None:
        return kinds
    if not world.may_run(CODE_FILE, code):
        told = f"The kinds of chart {', '.join(names)} need code of the workspace to run, which you have not agreed to."
        act = "Read it and agree to it with: papergen trust"
        diagnostics.add(codes.WORKSPACE_UNAGREED, Span(CODE_FILE), told, act)
        return kinds
    told = f"The workspace's own code ran, for the kinds of chart {', '.join(names)}."
    act = "Read it before you build a workspace that somebody else has made."
    diagnostics.add(codes.WORKSPACE_CODE, Span(CODE_FILE), told, act)
    module: dict[str, Any] = {"__name__": "exhibits", "__file__": CODE_FILE}
    try:
        with _own_streams():
            exec(compile(code, CODE_FILE, "exec"), module)  # noqa: S102 - what the settings ask for; see above
    except KeyboardInterrupt:
        raise
    except BaseException as problem:
        _tell(problem, diagnostics)
        return kinds
    for index, name in enumerate(names):
        draw, at = module.get(name), settings.sources["panel"].place(("exhibits", index))
        if name in CHARTS:
            message, hint = f"“{name}” is a kind of chart that papergen has.", "Give yours another name."
        elif not callable(draw):
            known = [key for key, value in module.items() if callable(value) and not key.startswith("_")]
            message = f"{CODE_FILE} has no function “{name}”."
            hint = did_you_mean(name, known, f"Write “def {name}(options, request):” there.")
        else:
            said = inspect.getdoc(draw) or _OWN
            kinds[name] = ExhibitKind(WorkspaceOptions, _guarded(name, draw, diagnostics), said)
            continue
        diagnostics.add(codes.EXHIBIT_KIND, at, message, hint)
    return kinds


def _unmade(_options: WorkspaceOptions, request: Request) -> Drawing:
    """No drawing: what is missing is told of the code itself."""
    raise UnreadError(str(request.at))


def _guarded(name: str, draw: Draw, diagnostics: Diagnostics) -> Callable[[WorkspaceOptions, Request], Drawing]:
    """The workspace's function, whose mistakes become findings."""

    def make(options: WorkspaceOptions, request: Request) -> Drawing:
        try:
            with _own_streams():
                made = draw(options.model_extra or {}, request)
                spec = made.spec() if isinstance(made, Drawing) else None
            drawn = "" if spec is None else drawing_of(json.dumps(spec))
        except (FactError, KeyboardInterrupt):
            raise
        except BaseException as problem:
            if isinstance(problem, OSError) and problem.errno in OF_THE_MACHINE:
                raise
            _tell(problem, diagnostics)
            raise UnreadError(str(request.at)) from None
        if not isinstance(made, Drawing) or spec is None or size_of(drawn.encode()) is None:
            message = f"“{name}” of {CODE_FILE} gave no Drawing with a specification that can be drawn."
            raise FactError(message, "Let it return papergen.exhibits.drawing.Drawing.")
        if others := {*_FAMILY.findall(drawn)} - {FONT}:
            message = f"The words of the chart that “{name}” of {CODE_FILE} gave are in {joined(sorted(others))}."
            raise FactError(
                message, f"Charts are in {FONT}: let the spec be “lambda: themed(chart)”, from papergen.exhibits.theme."
            )
        for measure in made.measures if _are_texts(made.measures) else ():
            request.book.settings(measure)
        if unfit := [part for part, fits in _FITS.items() if not fits(getattr(made, part))]:
            message = f"The Drawing that “{name}” of {CODE_FILE} gave has something else as its {joined(unfit)}."
            raise FactError(message, "The guide for developers shows a function with every part of a Drawing.")
        return replace(made, spec=lambda: spec)

    return make


@contextmanager
def _own_streams() -> Iterator[None]:
    """What the code prints goes to standard error, and what it does to its streams is done to no other."""
    with open(os.dup(2), "w", encoding="utf-8") as own, redirect_stdout(own), redirect_stderr(own):  # noqa: PTH123
        yield


def _are_texts(given: object) -> bool:
    return isinstance(given, tuple) and all(isinstance(each, str) for each in given)


def _is_data(given: object) -> bool:
    if not isinstance(given, ChartData) or not _are_texts(given.columns) or not isinstance(given.rows, tuple):
        return False
    return all(_are_texts(row) and len(row) == len(given.columns) for row in given.rows)


_FITS: Mapping[str, Callable[[object], bool]] = {
    "title": lambda given: isinstance(given, str),
    "alternative": lambda given: isinstance(given, str),
    "measures": _are_texts,
    "data": _is_data,
    "notes": _are_texts,
    "rows": lambda given: isinstance(given, tuple) and all(isinstance(each, Span) for each in given),
}
"""Whether a part of a Drawing is what it must be."""


def _tell(problem: BaseException, diagnostics: Diagnostics) -> None:
    """Report what went wrong in the workspace's code, at its line."""
    lines = [frame.lineno for frame in traceback.extract_tb(problem.__traceback__) if frame.filename == CODE_FILE]
    line = problem.lineno if isinstance(problem, SyntaxError) else lines[-1] if lines else 0
    message = f"The workspace's own code stopped: {type(problem).__name__}{_said(problem)}"
    hint = "Mend it there; papergen itself is in order."
    diagnostics.add(codes.WORKSPACE_FAULT, Span(CODE_FILE, line or 0), message, hint)


def _said(problem: BaseException) -> str:
    """What an error of anybody's says of itself, after a colon; nothing where it cannot."""
    try:
        return f": {shortened(' '.join(str(problem).splitlines()[:2]), _LONGEST)}"
    except Exception:
        return ""
