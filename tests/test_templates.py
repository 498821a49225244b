"""Templates are compiled once, and never from what they no longer are."""

import os
from pathlib import Path

import pytest

from sitrep.html.templates import environment


@pytest.fixture(autouse=True)
def _as_python_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.dont_write_bytecode", False)


def filled(folder: Path, **values: str) -> str:
    return environment(folder).get_template("a.j2").render(**values)


def kept(folder: Path) -> list[Path]:
    return sorted((folder / "__pycache__").glob("*.jinja"))


def test_a_template_is_compiled_once_and_anew_when_it_changes(tmp_path: Path) -> None:
    (tmp_path / "a.j2").write_text("one {{ word }}")
    assert filled(tmp_path, word="<b>") == "one &lt;b&gt;"
    [compiled] = kept(tmp_path)
    before = compiled.stat().st_mtime_ns
    assert filled(tmp_path, word="b") == "one b"
    assert compiled.stat().st_mtime_ns == before
    (tmp_path / "a.j2").write_text("two {{ word }}")
    assert filled(tmp_path, word="b") == "two b"


def test_what_is_damaged_is_compiled_anew(tmp_path: Path) -> None:
    (tmp_path / "a.j2").write_text("one")
    assert filled(tmp_path) == "one"
    kept(tmp_path)[0].write_bytes(b"nothing of Jinja's")
    assert filled(tmp_path) == "one"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_read_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.j2").write_text("one")
    tmp_path.chmod(0o500)
    assert filled(tmp_path) == "one"


def test_a_file_in_the_place_of_the_folder_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "a.j2").write_text("one")
    (tmp_path / "__pycache__").write_text("")
    assert filled(tmp_path) == "one"


def test_nothing_is_kept_where_python_keeps_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    (tmp_path / "a.j2").write_text("one")
    assert filled(tmp_path) == "one"
    assert not (tmp_path / "__pycache__").exists()
