"""The Word writer: the document model as a .docx file in a clerk's own template."""

from papergen.write.word.writer import write_docx

__all__ = ["write_docx"]
