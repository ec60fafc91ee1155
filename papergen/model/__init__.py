"""The model: the tree of a paper (``nodes``) and the only walks over it (``walk``)."""
