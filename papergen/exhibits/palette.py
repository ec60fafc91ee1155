"""Colours and sizes of every chart.  No meaning is carried by a colour alone.

The colours are told apart by people who do not see red or green (they differ in lightness too), and those of marks and
text have a contrast of 3:1 or more with the page (WCAG 2.2, 1.4.11); ``tests/exhibits/test_palette.py`` works it out.
"""

from __future__ import annotations

INK = "#1a1a1a"
QUIET = "#5c6470"
GRID = "#dfe3e8"
PAGE = "#ffffff"

FORCE = "#1f3864"
OTHERS = "#8a94a6"
PALE = "#c9d1de"
BETTER = "#1d6fa5"
WORSE = "#c2410c"
NEUTRAL = "#6b3fa0"
LIMITS = "#5c6470"
TARGET = "#1d7a74"
TARGET_DASH = (8, 3)

CATEGORIES = ("#1f3864", "#c2410c", "#1d7a74", "#6b3fa0", "#8a6d00", "#5c6470")
"""The colours of measures and categories, in the order in which they are given out."""

FULL_WIDTH = 604
HALF_WIDTH = 290
"""The width of a chart that fills the text column, or stands beside text, in CSS pixels (96 to the inch)."""

TEXT_SIZE = 11
SMALL_TEXT_SIZE = 10
"""The size of letters in CSS pixels: 8.25 and 7.5 points in print."""

FONT = "Arimo"
BAND = "#eef1f5"
"""The band of what is similar to a group."""
