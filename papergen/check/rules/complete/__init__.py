"""Rules of completeness: what is promised or expected and is not there."""
