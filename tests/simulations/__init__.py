"""Simulated series, and how well what papergen says of them holds."""
