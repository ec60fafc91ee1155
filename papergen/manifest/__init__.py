"""The manifest: what the papers of a meeting were made from, by what, and where each of their numbers comes from."""
