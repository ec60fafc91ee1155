"""``python -m papergen``."""

import sys
from pathlib import Path

# Python looks for modules in the folder it is run in first; one there named like a library is not that library.
if sys.path and Path(sys.path[0]) == Path.cwd() != Path(__file__).resolve().parent.parent:
    sys.path.pop(0)

from papergen.cli.app import main

main()
