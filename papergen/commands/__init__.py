"""What each command does, a module a command: takes a workspace and what was asked, and gives what came of it.

Nothing here prints: findings are collected in the workspace's diagnostics, and a wrong use is raised (``usage``).
"""
