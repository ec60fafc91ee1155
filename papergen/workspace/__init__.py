"""The workspace: panel and plan settings, meetings, and the names under which their facts are printed."""
