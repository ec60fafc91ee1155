"""What a command raises when it is used in a way that cannot work."""

from __future__ import annotations


class WrongUseError(Exception):
    """A command was asked for what it cannot do: a sentence that says so, and the act that mends it."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.hint = message, hint
