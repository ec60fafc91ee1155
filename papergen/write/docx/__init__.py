"""Word files: takes a paper and a Word template, and gives a Word file; takes a template, and gives what it uses."""
