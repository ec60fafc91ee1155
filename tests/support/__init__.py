"""Helpers of the tests: workspaces to build, papers as models, and readers of what was written."""
