"""Language: the sentences, words, numbers and dates of a paper, read from its passages once.

Takes papers or plain text and gives passages and what stands in them; knows no settings and no data.
"""
