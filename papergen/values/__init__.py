"""Values: what a period, a number or a fact is, and how it is printed.  Takes and gives plain data; reads no files."""
