"""Connections over which no whole request comes are closed, so that they keep nobody out."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from uvicorn.protocols.http.h11_impl import H11Protocol


class BoundedProtocol(H11Protocol):
    """HTTP as uvicorn speaks it, which by itself waits for the rest of a request for ever."""

    seconds: ClassVar[float] = 10.0
    """The longest that the lines of a request may take, from the connection or the answer before it."""
    most: ClassVar[int] = 200
    """How many connections there may be; where another comes, the one that was silent for longest gives way to it."""
    _late: asyncio.TimerHandle | None = None
    _heard = 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        super().connection_made(transport)
        self._heard = self.loop.time()
        self._late = self.loop.call_later(self.seconds, self._give_up)
        if len(self.connections) >= self.most:
            others = (each for each in self.connections if isinstance(each, BoundedProtocol) and each is not self)
            waiting = (each for each in others if not each._is_answering)
            silent = min(waiting, key=lambda each: each._heard, default=None)
            if silent is not None:
                self.connections.discard(silent)  # it is told of its end later, when many more may have come
                silent._give_up()

    def data_received(self, data: bytes) -> None:
        self._heard = self.loop.time()
        super().data_received(data)
        if self._is_answering:
            self._wait_no_more()
        elif self._late is None:
            self._late = self.loop.call_later(self.seconds, self._give_up)

    def connection_lost(self, exc: Exception | None) -> None:
        self._wait_no_more()
        super().connection_lost(exc)

    @property
    def _is_answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _wait_no_more(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _give_up(self) -> None:
        # A socket of the page has another protocol by then.
        if self.transport.get_protocol() is self:
            self.transport.close()
