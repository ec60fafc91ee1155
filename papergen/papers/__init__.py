"""Papers: sections gathered from files, numbered, and their cross-references resolved."""
