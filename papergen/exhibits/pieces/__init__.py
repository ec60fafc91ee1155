"""Pieces that several kinds of exhibit share: axes, lettering, lines, cells, and numbers set side by side."""
