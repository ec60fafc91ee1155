"""Rules of disclosure: numbers and words from which somebody could be told."""
