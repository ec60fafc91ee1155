"""Reading: takes front matter and Markdown with the place of everything, and gives sections of the model."""
