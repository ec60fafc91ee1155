"""Measures papergen beside the tools that people would pick in its place, in one run on the same content."""
