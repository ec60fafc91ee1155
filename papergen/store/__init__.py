"""The store: results kept by the hash of everything that they depend on, never by name or time.

Takes a key and bytes, and gives the bytes back for the same key; whoever asks must be able to make them again.
"""
