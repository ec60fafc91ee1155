"""Makes a checkout ready to run: Debian's libraries first, then ``.venv`` from the pins in ``constraints.txt``.

The Makefile calls it before everything else.  It needs Python alone, does nothing when all is there, and starts the
environment afresh when an earlier run was cut short, the pins have changed, or the folder or its Python has moved.
"""

from __future__ import annotations

import argparse
import base64
import ctypes
import fcntl
import hashlib
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PINS = ROOT / "constraints.txt"
PROJECT = ROOT / "pyproject.toml"
PINS_STAMP = VENV / ".pins-installed"
PROJECT_STAMP = VENV / ".project-installed"

# Checkers of web pages that only the tests use: version and hash of the archive, as ``npm view … dist.integrity`` says.
NODE_PACKAGES = {
    "axe-core": ("4.14.1", "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ=="),
    "vnu-jar": ("26.9.27", "TkQd5DFfOaWC9ebtvozTsrH2Vaod3jYg+vrOeREzIXxBexLz9+rS2DNtjn7+RPUiZhgli0SghgBX6RJRNea0KA=="),
}
NODE_FOLDER = VENV / "node_modules"
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")

FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")


def has_library(name: str) -> bool:
    """True when the shared library can be loaded, however it was installed."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def has_ensurepip() -> bool:
    """True when this Python can make a virtual environment; Debian keeps that part in a package of its own."""
    found = importlib.util.find_spec("ensurepip")
    return found is not None and found.origin is not None


def has_writer() -> bool:
    """True when LibreOffice can open Word files."""
    soffice = shutil.which("soffice")
    return soffice is not None and (Path(soffice).resolve().parent / "libswlo.so").exists()


def has_liberation_fonts() -> bool:
    """True when LibreOffice has a font with the widths of Arial."""
    return any(any(Path(folder).expanduser().rglob("LiberationSans-Regular.ttf")) for folder in FONT_FOLDERS)


def has_browser() -> bool:
    """True when there is a Chromium that runs without a screen."""
    return any(shutil.which(name) for name in BROWSERS)


def venv_package() -> str:
    """Debian's package with ``ensurepip`` for this Python."""
    system = Path("/usr/bin/python3")
    this = f"python3.{sys.version_info.minor}"
    return "python3-venv" if system.exists() and system.resolve().name == this else f"{this}-venv"


def needs(*, tests: bool, environment: bool) -> dict[str, Callable[[], bool]]:
    """Debian's packages by name, each with the test that tells whether what it brings is there already."""
    wanted: dict[str, Callable[[], bool]] = {
        "libpango-1.0-0": lambda: has_library("libpango-1.0.so.0"),
        "libpangoft2-1.0-0": lambda: has_library("libpangoft2-1.0.so.0"),
        "libharfbuzz-subset0": lambda: has_library("libharfbuzz-subset.so.0"),
    }
    if environment:
        wanted[venv_package()] = has_ensurepip
    if tests:
        wanted["libreoffice-writer-nogui"] = has_writer
        wanted["fonts-liberation"] = has_liberation_fonts
        wanted["chromium-headless-shell"] = has_browser
        wanted["default-jre-headless"] = lambda: shutil.which("java") is not None
        if not node_packages_are_ready():
            wanted["npm"] = lambda: shutil.which("npm") is not None
    return wanted


def missing(wanted: dict[str, Callable[[], bool]]) -> list[str]:
    """The packages of which nothing is there yet."""
    importlib.invalidate_caches()
    return [package for package, is_there in wanted.items() if not is_there()]


def administrator() -> list[str] | None:
    """What to put before a command to run it as the administrator, or None when that is not allowed here."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], stderr=subprocess.DEVNULL, check=False).returncode == 0:
        return [sudo, "-n"]
    return None


def install_debian_packages(wanted: dict[str, Callable[[], bool]]) -> None:
    """Install what is missing, or stop and say what to run."""
    packages = missing(wanted)
    if not packages:
        return
    names = ", ".join(packages)
    sudo = "sudo " if shutil.which("sudo") and os.geteuid() else ""
    install = f"apt-get install --no-install-recommends {' '.join(packages)}"
    command = f"{sudo}apt-get update && {sudo}{install}"
    if shutil.which("apt-get") is None:
        sys.exit(
            f"papergen needs what these Debian packages bring, and there is no apt-get here: {names}.\n"
            "Install the same libraries and programs by this machine's own means, then run make again."
        )
    before = administrator()
    if before is None:
        sys.exit(
            f"papergen needs Debian packages that are not installed, and you may not install them: {names}.\n"
            "Ask whoever looks after this machine to run this, then run make again:\n\n"
            f"    {command}\n"
        )
    print(f"Installing Debian packages: {names}", flush=True)
    before = [*before, "env", "DEBIAN_FRONTEND=noninteractive"]
    apt = [*before, "apt-get", "-q", "-y", "-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=3"]
    steps = (
        # Finishes an installation that was cut short; apt-get refuses to go on before that.
        [*before, "dpkg", "--configure", "-a"],
        [*apt, "update"],
        [*apt, "install", "--no-install-recommends", *packages],
    )
    results = [subprocess.run(step, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False) for step in steps]
    still = missing(wanted)
    if still:
        reason = f"apt-get ended with exit code {results[-1].returncode}" if results[-1].returncode else "see above"
        sys.exit(
            f"These Debian packages could not be installed ({reason}): {', '.join(still)}.\n"
            f"Run this as root to see why, then run make again:\n\n    {command}\n"
        )


def digest(*parts: str | bytes) -> str:
    """One line that changes when any of the parts does."""
    return hashlib.sha256(b"\0".join(part.encode() if isinstance(part, str) else part for part in parts)).hexdigest()


def pins_digest() -> str:
    """What a finished environment must be stamped with: an environment holds its own path and that of its Python."""
    return digest(str(VENV), str((VENV / "bin" / "python").resolve()), PINS.read_bytes())


def project_digest() -> str:
    """What the project's own installation must be stamped with."""
    return digest(PROJECT.read_bytes())


def stamped(stamp: Path, wanted: str) -> bool:
    """True when the step that writes ``stamp`` has been finished for ``wanted``."""
    try:
        return stamp.read_text(encoding="ascii") == wanted
    except (OSError, UnicodeDecodeError):
        return False


def environment_is_ready() -> bool:
    """True when ``.venv`` is whole and stands where it was made."""
    return (VENV / "bin" / "python").exists() and stamped(PINS_STAMP, pins_digest())


def run(*command: str, otherwise: str) -> None:
    """Run one step, or stop with ``otherwise`` and the command."""
    environment = {
        **os.environ,
        # Settings of the machine's own that would change what is installed, or where.
        "PIP_CONSTRAINT": os.devnull,
        "PIP_USER": "0",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_NO_INPUT": "1",
    }
    for name in ("PYTHONHOME", "PYTHONPATH", "PIP_TARGET", "PIP_PREFIX", "PIP_REQUIRE_HASHES"):
        environment.pop(name, None)
    if subprocess.run(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, check=False).returncode:
        sys.exit(f"{otherwise}\nWhat failed was:\n\n    {shlex.join(command)}\n")


def install_pins() -> None:
    """Make ``.venv`` afresh and put into it exactly what ``constraints.txt`` names."""
    print("Setting up .venv with the pinned Python packages; the first time takes a minute or two.", flush=True)
    run(sys.executable, "-m", "venv", "--clear", str(VENV), otherwise="The folder .venv could not be made.")
    run(
        *(str(VENV / "bin" / "python"), "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes"),
        *("--only-binary", ":all:", "--requirement", str(PINS)),
        otherwise="The pinned Python packages could not be installed. Check the network, then run make again.",
    )
    PINS_STAMP.write_text(pins_digest(), encoding="ascii")


def install_project() -> None:
    """Install papergen itself so that changes to its code count at once; everything it needs is there already."""
    run(
        *(str(VENV / "bin" / "python"), "-m", "pip", "install", "--quiet", "--no-index", "--no-deps"),
        *("--no-build-isolation", "--editable", "."),
        otherwise="papergen could not be installed into .venv.",
    )
    PROJECT_STAMP.write_text(project_digest(), encoding="ascii")


def node_packages_are_ready() -> bool:
    """True when every checker of web pages is there in its version."""
    return all(stamped(NODE_FOLDER / name / ".installed", version) for name, (version, _) in NODE_PACKAGES.items())


def install_node_packages() -> None:
    """Fetch the archives of the checkers of web pages, compare their hashes and unpack them."""
    for name, (version, wanted) in NODE_PACKAGES.items():
        with tempfile.TemporaryDirectory() as folder:
            run(
                *("npm", "pack", f"{name}@{version}", "--silent", "--ignore-scripts", "--pack-destination", folder),
                otherwise=f"The checker {name} could not be fetched. Check the network, then run make again.",
            )
            archive = next(Path(folder).glob("*.tgz"))
            found = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode("ascii")
            if found != wanted:
                sys.exit(f"The archive of {name} {version} is not the one that was pinned: its hash is {found}.")
            run("tar", "-xzf", str(archive), "-C", folder, otherwise=f"The archive of {name} could not be unpacked.")
            shutil.rmtree(NODE_FOLDER / name, ignore_errors=True)
            shutil.copytree(Path(folder) / "package", NODE_FOLDER / name)
            (NODE_FOLDER / name / ".installed").write_text(version, encoding="ascii")


def main() -> None:
    """Set up what the Makefile's target needs."""
    parser = argparse.ArgumentParser(description="Make this checkout ready to run.")
    parser.add_argument("--tests", action="store_true", help="also install what only the tests need")
    tests: bool = parser.parse_args().tests

    folder = os.open(ROOT, os.O_RDONLY)
    with suppress(OSError):  # Some shared folders cannot be locked.
        fcntl.flock(folder, fcntl.LOCK_EX)  # A second make waits here until the first has set up.
    install_debian_packages(needs(tests=tests, environment=not environment_is_ready()))
    if not environment_is_ready():
        install_pins()
    if not stamped(PROJECT_STAMP, project_digest()):
        install_project()
    if tests and not node_packages_are_ready():
        install_node_packages()


if __name__ == "__main__":
    main()
