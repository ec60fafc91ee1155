"""The kinds of table, a module a kind: each takes its options and a request, and gives rows."""
