"""Papers: the steps from the text of files to numbered papers.

Takes what was read in a session; gives papers with their values filled in, cross-references resolved, charts drawn.
"""
