"""One run of papergen in a process that ends, with all its own, as soon as whoever started it is gone.

python -m papergen.commands.apart build 2016-02-02 …      with a pipe as standard input, which is never written to
"""

from __future__ import annotations

import os
import runpy
import signal
import sys
import threading


def end_with_parent() -> None:
    """End this process and every one it started, once the other end of the pipe is closed or its holder has died."""

    def watch() -> None:
        while os.read(0, 1):
            pass
        os.killpg(0, signal.SIGKILL)

    if os.getpgid(0) == os.getpid():  # else the signal would reach others than its own
        threading.Thread(target=watch, daemon=True).start()


if __name__ == "__main__":
    end_with_parent()
    sys.argv[0] = "papergen"
    runpy.run_module("papergen", run_name="__main__")
