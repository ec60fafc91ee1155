"""The command line, a module a command: takes what was typed, prints what came of it, and gives an exit code.

Nowhere else is anything printed.
"""
