"""Tests of reading Markdown."""
