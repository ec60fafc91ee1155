"""What each command does: takes a workspace and what was asked, gives what came of it, and never prints."""
