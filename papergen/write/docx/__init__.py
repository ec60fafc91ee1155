"""Word files: takes a paper and a Word template, and gives a Word file; takes a template, and gives what it uses."""

from papergen.write.docx.preflight import TemplateUse, check_template
from papergen.write.docx.writer import write_docx

__all__ = ["TemplateUse", "check_template", "write_docx"]
