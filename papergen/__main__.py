"""``python -m papergen``."""

from papergen.cli.app import main

main()
