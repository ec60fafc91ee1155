"""Rules of numbers: those that disagree with the data or with each other."""
