"""What each command does, a module a command, and the steps they share: takes what was asked, gives what came of it.

Nothing here prints: findings are collected in the workspace's diagnostics, and a wrong use is raised (``usage``).
"""
