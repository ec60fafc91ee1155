"""Rules of plain words: spelling, punctuation, grammar and length."""
