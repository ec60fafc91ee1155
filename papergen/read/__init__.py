"""Reading: front matter and Markdown to the document model."""
