"""The web edition: takes a paper, a layout and a stylesheet, and gives one page of HTML that asks for nothing else."""

from papergen.write.web.page import Edition, WrittenPapers, check_composed, compose_page, write_page

__all__ = ["Edition", "WrittenPapers", "check_composed", "compose_page", "write_page"]
