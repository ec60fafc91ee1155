"""Data: series, control limits, projections and comparison with other forces; and extracts taken in (``wide``).

Takes the tidy files and measures of a workspace; gives the quantities and facts that its words and exhibits name.
"""
