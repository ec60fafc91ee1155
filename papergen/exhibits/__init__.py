"""Exhibits: the charts and tables that Markdown asks for by kind and measure, one module a kind."""
