"""Work: processes that share it, records that are quickly made and sent to them, and their temporary files.

Takes functions and what they are called with, and gives what waits for their results; knows nothing of papers.
"""
