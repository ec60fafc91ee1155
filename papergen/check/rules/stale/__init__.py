"""Rules of staleness: words and data that were true of an earlier meeting."""
