"""Large files: what is remembered of them, how they lie, what is opened, what is removed."""

import json
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier

import pytest

from sitrep.errors import DataError, UsageError
from sitrep.incidents import (
    Input,
    Store,
    arranging,
    building,
    database,
    known,
    read,
    reading,
    tidying,
)
from sitrep.incidents.known import sha256_of

HEADER = "incident_id,date,admin1,killed,source\n"
LONG_AGO = 1_000_000_000  # seconds: 2001


def text(days: list[str]) -> str:
    rows = (f"T-{n},{day},Idleb,{n},White Helmets\n" for n, day in enumerate(days, start=1))
    return HEADER + "".join(rows)


@pytest.fixture
def given(tmp_path: Path) -> Input:
    path = tmp_path / "incidents.csv"
    path.write_text(text(["2021-06-09", "2021-06-07", "2021-06-08", "2021-06-07"]))
    return Input(path, root=tmp_path)


def stored(given: Input) -> Store:
    return read(given, store=given.root / "store")


class Clock:
    """A file system's clock for `known`, in nanoseconds; and how often a file was hashed."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, tick: int) -> None:
        self.changed, self.hashed, state, hashing = tick, 0, known.state_of, known._hashed

        def state_of(file: Path) -> dict[str, int]:
            return state(file) | {"written": tick, "changed": self.changed}

        def count(file: Path) -> str:
            self.hashed += 1
            return hashing(file)

        monkeypatch.setattr(known, "state_of", state_of)
        monkeypatch.setattr(known, "_hashed", count)


def test_a_large_file_is_hashed_once(given: Input, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch, tick=LONG_AGO * 10**9)
    first = sha256_of(given.file, memory=given.root, large=1)
    assert sha256_of(given.file, memory=given.root, large=1) == first
    assert clock.hashed == 1


def test_a_small_file_is_hashed_each_time(given: Input, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch, tick=LONG_AGO * 10**9)
    for _ in range(2):
        sha256_of(given.file, memory=given.root)
    assert clock.hashed == 2


def test_a_file_that_was_just_written_is_not_believed_to_be_the_same(
    given: Input, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two versions of one size within one tick of the clock look the same to the file system."""
    clock = Clock(monkeypatch, tick=known.time.time_ns())
    first = sha256_of(given.file, memory=given.root, large=1)
    given.file.write_text(given.file.read_text().replace("T-1", "T-9"))
    assert sha256_of(given.file, memory=given.root, large=1) != first
    assert clock.hashed == 2


def test_another_content_of_the_same_size_is_another_hash(
    given: Input, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever its own time was set to afterwards, as `cp -p` does: the entry's time says it."""
    clock = Clock(monkeypatch, tick=LONG_AGO * 10**9)
    first = sha256_of(given.file, memory=given.root, large=1)
    given.file.write_text(given.file.read_text().replace("T-1", "T-9"))
    clock.changed += 1
    assert sha256_of(given.file, memory=given.root, large=1) != first


def test_a_large_file_is_hashed_while_it_is_looked_through_and_read_once(
    given: Input, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = stored(given)
    summary = first.folder / "store.json"
    written = summary.stat().st_mtime_ns
    monkeypatch.setattr(reading, "takes_long", lambda *_args, **_options: True)
    assert stored(given) == first
    assert summary.stat().st_mtime_ns == written
    other = read(given, store=given.root / "other")
    assert (other.sha256, other.folder.name) == (first.sha256, first.folder.name)
    assert other.rows_used == 4


def test_only_a_large_file_that_is_not_known_takes_long(
    given: Input, monkeypatch: pytest.MonkeyPatch
) -> None:
    Clock(monkeypatch, tick=LONG_AGO * 10**9)
    assert not known.takes_long(given.file, memory=given.root)
    assert known.takes_long(given.file, memory=given.root, large=1)
    sha256_of(given.file, memory=given.root, large=1)
    assert not known.takes_long(given.file, memory=given.root, large=1)


def test_a_file_that_is_written_to_while_it_is_read_is_refused(
    given: Input, monkeypatch: pytest.MonkeyPatch
) -> None:
    build = building.build

    def meanwhile(*args: object, **options: object) -> Store:
        given.file.write_text(given.file.read_text() + "T-5,2021-06-10,Idleb,1,White Helmets\n")
        return build(*args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(building, "build", meanwhile)
    with pytest.raises(DataError, match="was written to while it was read"):
        stored(given)
    monkeypatch.undo()
    assert stored(given).rows_read == 5


def test_a_large_table_is_kept_in_the_order_of_days_and_loads_in_that_of_the_file(
    given: Input, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = stored(given)
    monkeypatch.setattr(arranging, "LARGE", 1)
    monkeypatch.setattr(arranging, "_GROUPS_A_DAY", 0)
    sorted_by_day = read(given, store=given.root / "other")
    assert sorted_by_day.first_line == 0  # the table has a column of lines now
    columns = ("incident_id", "date", "killed", "line")
    assert sorted_by_day.load(columns).equals(plain.load(columns))
    assert list(sorted_by_day.load(columns)["line"]) == [2, 3, 4, 5]
    assert sorted_by_day.ids([3]) == {3: "T-2"}


def test_a_file_in_the_order_of_days_is_not_sorted_again(
    given: Input, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arranging, "LARGE", 1)
    assert stored(given).first_line == 2


def test_only_the_days_that_are_asked_for_are_loaded(given: Input) -> None:
    store = stored(given)
    seventh = store.load(("incident_id",), first=date(2021, 6, 7), last=date(2021, 6, 7))
    assert list(seventh["incident_id"]) == ["T-2", "T-4"]
    assert len(store.load(("incident_id",), first=date(2021, 6, 8))) == 2
    assert len(store.load(("incident_id",), last=date(2021, 6, 8), where="killed > 2")) == 2


def stores(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def aged(store: Store) -> None:
    for path in store.folder.iterdir():
        os.utime(path, (LONG_AGO, LONG_AGO))


def test_the_store_of_bytes_that_are_gone_is_removed(given: Input) -> None:
    first = stored(given)
    given.file.write_text(text(["2021-06-09"]))
    aged(first)
    second = stored(given)
    assert stores(given.root / "store") == [second.folder.name]


def test_a_store_that_another_run_may_have_open_is_left(given: Input) -> None:
    first = stored(given)
    given.file.write_text(text(["2021-06-09"]))
    second = stored(given)
    assert stores(given.root / "store") == sorted([first.folder.name, second.folder.name])


def test_the_store_of_a_file_that_is_gone_or_of_an_older_version_is_removed(given: Input) -> None:
    copy = Input(given.root / "copy.csv", root=given.root)
    copy.file.write_bytes(given.file.read_bytes())
    gone, kept = stored(copy), stored(given)
    options = {"file": given.file, "sha256": kept.sha256, "code": reading._code_version()}
    aged(kept)
    aged(gone)
    tidying.tidy(given.root / "store", **options)  # type: ignore[arg-type]
    assert len(stores(given.root / "store")) == 2  # both files are there as they were read
    copy.file.unlink()
    tidying.tidy(given.root / "store", **options)  # type: ignore[arg-type]
    assert stores(given.root / "store") == [kept.folder.name]
    origin = kept.folder / tidying.ORIGIN
    origin.write_text(json.dumps(json.loads(origin.read_text()) | {"code": "before"}))
    aged(kept)
    tidying.tidy(given.root / "store", **options)  # type: ignore[arg-type]
    assert stores(given.root / "store") == []


def test_what_a_killed_run_left_and_what_is_remembered_of_a_file_that_is_gone_are_removed(
    tmp_path: Path,
) -> None:
    left = tmp_path / ".reading-abc"
    left.mkdir()
    (tmp_path / "known-1.json").write_text(json.dumps({"path": str(tmp_path / "gone.csv")}))
    options = {"file": tmp_path / "incidents.csv", "sha256": "", "code": ""}
    tidying.tidy(tmp_path, **options)  # type: ignore[arg-type]
    assert stores(tmp_path) == [".reading-abc"]  # it may be reading still
    os.utime(left, (LONG_AGO, LONG_AGO))
    tidying.tidy(tmp_path, **options)  # type: ignore[arg-type]
    assert stores(tmp_path) == []


def test_stretches_of_days_are_loaded_in_turn_and_a_failure_is_told(given: Input) -> None:
    store = stored(given)
    weeks = [(date(2021, 6, 7), date(2021, 6, 7)), (date(2021, 6, 8), date(2021, 6, 30))]
    tables = store.load_in_turn(["incident_id"], weeks)
    assert [list(table["incident_id"]) for table in tables] == [["T-2", "T-4"], ["T-1", "T-3"]]
    assert list(store.load_in_turn(["incident_id"], [])) == []
    with pytest.raises(UsageError, match="has no column 'nothing'"):
        list(store.load_in_turn(["nothing"], weeks))


def test_threads_that_begin_together_share_one_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_databases", {})
    together = Barrier(4)

    def begin(_n: int) -> object:
        together.wait(timeout=60)
        return database._of_this_process()

    with ThreadPoolExecutor(4) as threads:
        opened = list(threads.map(begin, range(4)))
    assert len(set(map(id, opened))) == 1
    database._close(os.getpid())
    assert database._databases == {}
