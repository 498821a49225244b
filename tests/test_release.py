"""A report appears whole or not at all, and the earlier one stays until then."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sitrep.errors import ReportError
from sitrep.run import release as room
from sitrep.run.release import release, tidy, write_whole


def make(target: Path, text: str) -> None:
    with release(target) as folder:
        (folder / "report.txt").write_text(text)


def fail_half_way(target: Path, failure: BaseException) -> None:
    with release(target) as folder:
        (folder / "report.txt").write_text("half")
        raise failure


def contents(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_first_report_appears_and_nothing_else_is_left(tmp_path: Path) -> None:
    make(tmp_path / "reports" / "2021-W23", "first")
    assert contents(tmp_path) == {"reports/2021-W23/report.txt": "first"}


def test_a_second_report_replaces_the_first_with_all_its_files(tmp_path: Path) -> None:
    make(tmp_path / "2021-W23", "first")
    (tmp_path / "2021-W23" / "of-the-first.txt").write_text("gone afterwards")
    make(tmp_path / "2021-W23", "second")
    assert contents(tmp_path) == {"2021-W23/report.txt": "second"}


@pytest.mark.parametrize("failure", [ValueError("a defect"), KeyboardInterrupt()])
def test_a_failure_in_the_middle_leaves_the_earlier_report(
    tmp_path: Path, failure: BaseException
) -> None:
    make(tmp_path / "2021-W23", "first")
    with pytest.raises(type(failure)):
        fail_half_way(tmp_path / "2021-W23", failure)
    assert contents(tmp_path) == {"2021-W23/report.txt": "first"}


def test_a_full_disk_says_so_and_leaves_the_earlier_report(tmp_path: Path) -> None:
    make(tmp_path / "2021-W23", "first")
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    with (
        pytest.raises(ReportError, match="is full: make room and run it again"),
        release(tmp_path / "2021-W23"),
    ):
        raise full
    assert contents(tmp_path) == {"2021-W23/report.txt": "first"}


def test_a_swap_that_fails_between_its_renames_puts_the_earlier_report_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path / "2021-W23", "first")
    rename = Path.rename

    def refuse_the_new(path: Path, target: Path) -> Path:
        if ".new-" in path.name:
            raise PermissionError(errno.EACCES, "denied", str(target))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refuse_the_new)
    with pytest.raises(ReportError, match="close what has it open"):
        make(tmp_path / "2021-W23", "second")
    assert contents(tmp_path) == {"2021-W23/report.txt": "first"}


def test_the_next_run_recovers_a_swap_that_was_killed_between_its_renames(tmp_path: Path) -> None:
    make(tmp_path / "2021-W23", "first")
    (tmp_path / "2021-W23").rename(tmp_path / ".2021-W23.old")
    tidy(tmp_path)
    assert contents(tmp_path) == {"2021-W23/report.txt": "first"}


def test_the_next_run_drops_the_old_report_where_the_swap_was_done(tmp_path: Path) -> None:
    make(tmp_path / "2021-W23", "second")
    (tmp_path / ".2021-W23.old").mkdir()
    (tmp_path / ".2021-W23.old" / "report.txt").write_text("first")
    tidy(tmp_path)
    assert contents(tmp_path) == {"2021-W23/report.txt": "second"}


@pytest.mark.skipif(room.fcntl is None, reason="folders cannot be locked on Windows")
def test_what_a_dead_run_left_is_removed_and_what_a_living_one_writes_is_not(
    tmp_path: Path,
) -> None:
    program = (
        "import os, sys\nfrom pathlib import Path\nfrom sitrep.run.release import release\n"
        "with release(Path(sys.argv[1])) as folder:\n"
        "    (folder / 'report.txt').write_text('half')\n    os._exit(9)\n"
    )
    killed = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "2021-W22")], check=False
    )
    assert killed.returncode == 9
    assert len(list(tmp_path.glob(".2021-W22.new-*"))) == 1
    with release(tmp_path / "2021-W23") as folder:
        tidy(tmp_path)
        assert [path.name for path in tmp_path.iterdir()] == [folder.name]
    assert [path.name for path in tmp_path.iterdir()] == ["2021-W23"]


def test_a_file_is_written_whole_and_a_full_disk_leaves_the_earlier_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "rejected.csv"
    write_whole(path, b"first")

    def half(path: Path, content: bytes) -> int:
        path.open("wb").write(content[:3])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", half)
    with pytest.raises(ReportError, match="is full"):
        write_whole(path, b"second")
    assert contents(tmp_path) == {"rejected.csv": "first"}
