"""Names of what lies beside the papers."""

from __future__ import annotations

MANIFEST = "manifest.json"
OFFICE = "office"
"""The folder of the records for the office, in the output and never in a folder that is published."""
