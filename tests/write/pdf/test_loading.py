"""What pages are laid out with is loaded by one process."""

from __future__ import annotations

import subprocess
import sys

import pytest

LOADED = """
import ctypes.util, subprocess
look, start = ctypes.util.find_library, subprocess.Popen.__init__
started = []
subprocess.Popen.__init__ = lambda self, *given, **more: (started.append(given), start(self, *given, **more))[1]
from papergen.write.printed import begin
begin()
from weasyprint.text.ffi import harfbuzz_subset
print(len(started), ctypes.util.find_library is look, harfbuzz_subset is not None)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="libraries have other names elsewhere")
def test_no_other_process_looks_for_the_libraries() -> None:
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "True", "True"]
