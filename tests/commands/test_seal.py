from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from papergen.commands.seal import OutputBusyError, output_lock, recover, swap_in

OLD = {"report.pdf": b"old pdf", "report.docx": b"old docx"}
NEW = {"report.pdf": b"new pdf", "report.docx": b"new docx"}
FOLDERS = frozenset({"partial", "chart-data"})
OURS = frozenset({*OLD, "partial"})


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir()) if file.is_file()}


def test_papers_are_put_in_place(tmp_path: Path) -> None:
    folder = tmp_path / "2016-02-02"
    swap_in(folder, OLD, ours=OURS, folders=FOLDERS, within=tmp_path)
    swap_in(folder, NEW, ours=OURS, folders=FOLDERS, within=tmp_path)
    assert contents(folder) == NEW
    assert [each.name for each in tmp_path.iterdir()] == ["2016-02-02"]


def test_a_paper_that_is_no_longer_made_goes_and_other_files_stay(tmp_path: Path) -> None:
    folder = tmp_path / "2016-02-02"
    swap_in(folder, OLD, ours=OURS, folders=FOLDERS, within=tmp_path)
    (folder / "my notes.txt").write_bytes(b"mine")
    (folder / "signed").mkdir()
    (folder / "signed" / "scan.pdf").write_bytes(b"scan")
    (folder / "partial").mkdir()
    swap_in(folder, {"report.pdf": b"new pdf"}, ours=OURS, folders=FOLDERS, within=tmp_path)
    assert contents(folder) == {"report.pdf": b"new pdf", "my notes.txt": b"mine"}
    assert (folder / "signed" / "scan.pdf").read_bytes() == b"scan"
    assert not (folder / "partial").exists()


def test_a_folder_under_the_name_of_a_paper_is_not_deleted(tmp_path: Path) -> None:
    folder = tmp_path / "2016-02-02"
    (folder / "report.pdf").mkdir(parents=True)
    (folder / "report.pdf" / "mine.txt").write_bytes(b"mine")
    with pytest.raises(OSError):
        swap_in(folder, NEW, ours=OURS, folders=FOLDERS, within=tmp_path)
    assert (folder / "report.pdf" / "mine.txt").read_bytes() == b"mine"


def test_a_build_that_was_killed_between_the_two_moves_is_put_right(tmp_path: Path) -> None:
    folder = tmp_path / "2016-02-02"
    swap_in(folder, OLD, ours=OURS, folders=FOLDERS, within=tmp_path)
    folder.rename(tmp_path / ".2016-02-02.old")
    (tmp_path / ".2016-02-02.new").mkdir()
    recover(folder)
    assert contents(folder) == OLD
    assert [each.name for each in tmp_path.iterdir()] == ["2016-02-02"]


def test_two_builds_do_not_write_at_once(tmp_path: Path) -> None:
    with output_lock(tmp_path, "2016-02-02"), pytest.raises(OutputBusyError), output_lock(tmp_path, "2016-02-02"):
        pass
    with output_lock(tmp_path, "2016-02-02"):
        pass


def test_builds_of_two_meetings_may_write_at_once(tmp_path: Path) -> None:
    with output_lock(tmp_path, "2016-02-02"), output_lock(tmp_path, "2016-04-19"):
        pass


def test_an_output_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "output").write_bytes(b"")
    with pytest.raises(OSError), output_lock(tmp_path / "output", "2016-02-02"):
        pass


SWAPPING = """
import sys
from pathlib import Path
from papergen.commands.seal import swap_in
folder = Path(sys.argv[1])
while True:
    for word in (b"old", b"new"):
        files = {f"paper-{number}.pdf": word * 5000 for number in range(5)}
        swap_in(folder, files, ours=frozenset(files), folders=frozenset(), within=folder.parent)
        print(word, flush=True)
"""


@pytest.mark.slow
@pytest.mark.parametrize("delay", [0.0, 0.003, 0.007, 0.013, 0.021, 0.05])
def test_a_killed_build_leaves_all_the_old_papers_or_all_the_new(delay: float, tmp_path: Path) -> None:
    folder = tmp_path / "2016-02-02"
    process = subprocess.Popen([sys.executable, "-c", SWAPPING, str(folder)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(delay)
    process.kill()
    process.wait()
    process.stdout.close()
    assert len(set(contents(folder).values())) == 1
    assert len(contents(folder)) == 5
