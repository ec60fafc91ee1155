"""Writers: the document model as Word, HTML, PDF and plain text."""
