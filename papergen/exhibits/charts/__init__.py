"""The kinds of chart, a module a kind: each takes its options and a request, and gives a drawing."""
