"""The rules that papergen adds to CommonMark, one module each.

A rule only makes tokens: what is wrong is noted in their ``meta`` and reported where the tokens become the model.
"""
