"""The model: the tree of a paper (``nodes``) and the only walks over it (``walk``).

Takes and gives nodes; knows neither where they were read nor how they are written.
"""
