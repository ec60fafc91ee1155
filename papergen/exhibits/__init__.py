"""Exhibits: the charts and tables that Markdown asks for by kind and measure.

Takes the keys of a block and the data of a meeting; gives a drawing or the rows of a table, with its words.
"""
