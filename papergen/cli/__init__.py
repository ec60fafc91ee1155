"""The command line, a module a command: the only place where anything is printed, and where exit codes are chosen."""
