"""The live pages: takes a workspace and whoever may see it, and serves its papers, board and text while they change.

It calls the steps that the command line calls.  Nothing here decides what a paper says.
"""
