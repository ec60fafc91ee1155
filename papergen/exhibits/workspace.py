"""Kinds of chart that a workspace adds: functions in its own ``exhibits.py``, named in ``panel.yaml``.

This is the one place where code of a workspace runs, and it runs only after whoever builds has agreed to that very
text.  It stands at the root, never under ``content/``; its hash is recorded with everything else that was read.
"""

from __future__ import annotations

import inspect
import traceback
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from pydantic import ConfigDict

from papergen import codes
from papergen.diagnostics import Diagnostics, Span, did_you_mean
from papergen.exhibits.drawing import Drawing
from papergen.exhibits.kinds import CHARTS, ExhibitKind
from papergen.exhibits.options import Options, Request
from papergen.values.facts import FactError, UnreadError
from papergen.workspace.settings import SettingsFiles
from papergen.world import CODE_FILE, World

_OWN = "A kind of the workspace’s own"

Draw = Callable[[Mapping[str, Any], Request], Drawing]


class WorkspaceOptions(Options):
    """The keys of a kind of the workspace's own: those that every kind has, and any others it asks for."""

    model_config = ConfigDict(extra="allow", frozen=True, arbitrary_types_allowed=True)


def workspace_charts(world: World, settings: SettingsFiles, diagnostics: Diagnostics) -> Mapping[str, ExhibitKind]:
    """The kinds that ``exhibits`` in ``panel.yaml`` names; none, with a diagnostic, when their code cannot be used."""
    names = settings.panel.exhibits
    if not names:
        return {}
    code = world.read_text(CODE_FILE, at=settings.sources["panel"].place(("exhibits",)))
    if code is None:
        return {}
    if not world.may_run(CODE_FILE, code):
        diagnostics.add(
            codes.WORKSPACE_UNAGREED,
            Span(CODE_FILE),
            f"The kinds of chart {', '.join(names)} need code of the workspace to run, which you have not agreed to.",
            "Read it and agree to it with: papergen trust",
        )
        return {name: ExhibitKind(WorkspaceOptions, _unmade, _OWN) for name in names if name not in CHARTS}
    diagnostics.add(
        codes.WORKSPACE_CODE,
        Span(CODE_FILE),
        f"The workspace's own code ran, for the kinds of chart {', '.join(names)}.",
        "Read it before you build a workspace that somebody else has made.",
    )
    module: dict[str, Any] = {"__name__": "exhibits", "__file__": CODE_FILE}
    try:
        exec(compile(code, CODE_FILE, "exec"), module)  # noqa: S102 - what the settings ask for; see above
    except (Exception, SystemExit) as problem:  # whatever the code raises is its author's to hear of
        _tell(problem, diagnostics)
        return {}
    kinds: dict[str, ExhibitKind] = {}
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

    def stopped(problem: Exception | SystemExit) -> FactError:
        _tell(problem, diagnostics)
        hint = "Mend the function; the place is in the other finding."
        return FactError(f"“{name}” of {CODE_FILE} stopped.", hint)

    def make(options: WorkspaceOptions, request: Request) -> Drawing:
        try:
            made = draw(options.model_extra or {}, request)
        except FactError:
            raise
        except (Exception, SystemExit) as problem:
            raise stopped(problem) from None
        if not isinstance(made, Drawing):
            raise FactError(
                f"“{name}” of {CODE_FILE} gave no Drawing.", "Let it return papergen.exhibits.drawing.Drawing."
            )
        try:
            spec = made.spec()
        except Exception as problem:
            raise stopped(problem) from None
        return replace(made, spec=lambda: spec)

    return make


def _tell(problem: Exception | SystemExit, diagnostics: Diagnostics) -> None:
    """Report what went wrong in the workspace's code, at its line."""
    lines = [frame.lineno for frame in traceback.extract_tb(problem.__traceback__) if frame.filename == CODE_FILE]
    line = problem.lineno if isinstance(problem, SyntaxError) else lines[-1] if lines else 0
    diagnostics.add(
        codes.WORKSPACE_FAULT,
        Span(CODE_FILE, line or 0),
        f"The workspace's own code stopped: {type(problem).__name__}: {problem}",
        "Mend it there; papergen itself is in order.",
    )
