"""Checks: what a careful colleague would find in a paper before it goes out.

Takes the papers of a meeting with everything they were made from (``reading.Reading``) and gives findings, and the
share of their figures that is bound to data.
"""
