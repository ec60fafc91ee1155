"""Workspaces, templates and papers that somebody made to do harm: each kind with examples of its own."""
