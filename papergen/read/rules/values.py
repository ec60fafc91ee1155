"""``{{ … }}`` in running text: one token, made before any other rule can take a character of it."""

from __future__ import annotations

from markdown_it.rules_inline import StateInline


def value(state: StateInline, silent: bool) -> bool:
    """Make a ``value`` token whose content is the expression, or ``value_unclosed`` where no ``}}`` follows."""
    start = state.pos
    if not state.src.startswith("{{", start):
        return False
    end = value_end(state.src, start, state.posMax)
    closed = end > start
    if not silent:
        token = state.push("value" if closed else "value_unclosed", "", 0)
        token.content = state.src[start + 2 : end - 2] if closed else "{{"
    state.pos = end if closed else start + 2
    return True


def escaped_value(state: StateInline, silent: bool) -> bool:
    """Make printed words of ``\\{{ … }}``: the braces and all that stands between them."""
    start = state.pos
    if not state.src.startswith("\\{{", start):
        return False
    end = value_end(state.src, start + 1, state.posMax)
    if end == start + 1:
        end += 2
    if not silent:
        token = state.push("text_special", "", 0)
        token.content = state.src[start + 1 : end]
    state.pos = end
    return True


def value_end(text: str, start: int, last: int | None = None) -> int:
    """The position after the value that begins at ``start`` in ``text``, or ``start`` when none begins there."""
    if not text.startswith("{{", start):
        return start
    end = text.find("}}", start + 2, last)
    return start if end < 0 or text.find("{{", start + 2, end) >= 0 else end + 2
