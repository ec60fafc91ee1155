"""Word files: writing a paper into a Word template, and checking such a template."""

from papergen.write.docx.preflight import TemplateUse, check_template
from papergen.write.docx.writer import write_docx

__all__ = ["TemplateUse", "check_template", "write_docx"]
