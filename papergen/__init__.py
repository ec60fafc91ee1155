"""Papergen: takes Markdown, settings and data, and gives the papers of a Police and Crime Panel."""

__version__ = "0.1.0"
