"""The processes that help a build: started before anything is loaded here, so that they are ready when they are needed.

One lays papers out, and some draw charts; each loads what it works with while content is read here.
"""

from __future__ import annotations

from papergen.commands.request import BuildRequest
from papergen.exhibits import engine
from papergen.work.helpers import Ending, Helpers, Partner
from papergen.write import printed

_MOST_ENGINES = 4
"""Each takes as long to start as ten charts to draw."""


class Crew(Ending):
    """``printer`` lays papers out, ``drawers`` draw charts; a build that may not use processes does both itself."""

    def __init__(self, request: BuildRequest, *, draws: bool) -> None:
        """``draws`` when there will be charts to draw, not one now and then."""
        alone = request.jobs < 2
        self.drawers = Helpers(0 if alone else min(request.jobs - 1, _MOST_ENGINES), engine.begin)
        self.printer = Partner(printed.begin if request.wanted.printed and not alone else None)
        if draws:
            self.drawers.start()

    def dismiss(self) -> None:
        """Let the processes stop, since there is no more work: that takes as long as putting files in place."""
        self.printer.dismiss()
        self.drawers.dismiss()

    def end(self) -> None:
        self.printer.end()
        self.drawers.end()
