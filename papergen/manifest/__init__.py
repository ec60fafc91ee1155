"""The manifest: what papers were made from, by what, and where each of their numbers comes from.

Takes papers, settings, data and the files that were written; gives the record of them, and answers from it.
"""
