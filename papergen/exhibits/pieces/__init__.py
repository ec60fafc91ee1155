"""Pieces that several kinds of exhibit share: takes series and words, and gives axes, letters, lines and cells."""
