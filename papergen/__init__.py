"""Papergen writes the papers of a Police and Crime Panel from Markdown, settings and data."""

__version__ = "0.1.0"
