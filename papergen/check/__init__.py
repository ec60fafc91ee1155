"""Checks: what a careful colleague would find in a paper before it goes out, one module a family of rules."""
