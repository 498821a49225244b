"""Published issues are kept as they were, and the ledger leads from their numbers to today's."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from conftest import ROOT, Row, write_csv
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitrep import measures as m
from sitrep import records, sentences, tables
from sitrep.archive.issues import INCIDENTS, NUMBERS, Publication, read_archive, series_name
from sitrep.archive.ledger import COUNTED, Ledger, compare, contributions
from sitrep.blocks import Attachment, Table
from sitrep.errors import DataError, UsageError
from sitrep.issue import Issue
from sitrep.run import publish as room
from sitrep.run.plan import Request
from sitrep.run.progress import Progress
from sitrep.run.publish import publish
from sitrep.settings import CountingSettings

DAY = date(2021, 6, 14)
ROWS: list[Row] = [
    {"incident_id": "A", "date": "2021-05-26", "killed": 1, "admin2": "Ariha"},
    {"incident_id": "B", "date": "2021-06-01", "killed": 2, "injured": 4, "admin2": "Ariha"},
    {"incident_id": "C", "date": "2021-06-02", "killed": 5, "admin2": "Harim"},
    {"incident_id": "D", "date": "2021-06-03", "displaced": 100, "admin2": "Harim"},
    {"incident_id": "Z", "date": "2021-06-14", "killed": 0},
]


class Desk:
    """A folder as a user has it: data that change, issues that are published."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def new(cls, folder: Path) -> "Desk":
        source = ROOT / "notebooks" / "situation_report.ipynb"
        (folder / "notebooks").mkdir()
        shutil.copy(source, folder / "notebooks")
        (folder / "sitrep.toml").write_text('[data]\npath = "incidents.csv"\n')
        return cls(folder)

    def copy(self, folder: Path) -> "Desk":
        """The same with its archive in another folder, the data as `ROWS` again."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        copied = Desk(folder)
        copied.write(ROWS)
        return copied

    def write(self, rows: Iterable[Row]) -> None:
        write_csv(self.folder / "incidents.csv", rows)

    def publish(self, week: str = "2021-W22", *, today: date = DAY) -> Path:
        request = Request(week=week, settings=str(self.folder / "sitrep.toml"),
                          out=str(self.folder / "reports"))  # fmt: skip
        return publish(request, progress=Progress(quiet=True), today=today).issue.folder

    def issued(self, number: int) -> Path:
        """The folder of a published issue."""
        return self.folder / "archive" / "native" / f"{number:04}-2021-W22"

    def issue(self, week: str = "2021-W23") -> Issue:
        from sitrep import open_issue

        return open_issue(week, settings=str(self.folder / "sitrep.toml"))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the test works in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def desk(here: Path) -> Desk:
    return Desk.new(here)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk with 2021-W22 published from `ROWS`; tests write other rows, and publish nothing."""
    desk = Desk.new(tmp_path_factory.mktemp("desk"))
    desk.write(ROWS)
    with contextlib.chdir(desk.folder):
        desk.publish()
    return desk


@pytest.fixture(scope="module")
def published_twice(published: Desk, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The same with a second edition, for copies alone."""
    desk = published.copy(tmp_path_factory.mktemp("twice"))
    with contextlib.chdir(desk.folder):
        desk.publish()
    return desk


@pytest.fixture
def once(published: Desk, here: Path) -> Desk:
    """A desk of the test's own with 2021-W22 published from `ROWS`."""
    return published.copy(here)


@pytest.fixture
def twice(published_twice: Desk, here: Path) -> Desk:
    """The same with a second edition."""
    return published_twice.copy(here)


def changed(key: str, **cells: Any) -> list[Row]:
    return [{**row, **cells} if row["incident_id"] == key else row for row in ROWS]


def lines(issue: Issue) -> list[tuple[str, str, str]]:
    ledger = issue.revisions.ledger
    assert ledger is not None
    names = ["incident_id", "outcome", "reason"]
    return list(ledger.lines[names].itertuples(index=False, name=None))


# --- publishing


def test_an_issue_keeps_its_numbers_its_documents_and_its_incidents(published: Desk) -> None:
    (issue,) = read_archive(published.folder / "archive" / "native").issues
    assert (issue.number, issue.edition, issue.week, issue.published_on) == (1, 1, "2021-W22", DAY)
    names = {path.name for path in issue.folder.iterdir()}
    assert {NUMBERS, INCIDENTS, "situation-report.en.pdf", "situation-report.en.html"} <= names
    # B and C: 2 and 5 killed; A is of the week before.
    assert issue.get("killed", "2021-W22").value == 7
    from sitrep.incidents.freezing import frozen_rows
    from sitrep.incidents.loading import load_rows

    frozen = load_rows(f"FROM ({frozen_rows(issue.incidents)})", ["incident_id"])
    assert list(frozen["incident_id"]) == list("ABCD")


def test_the_published_report_is_no_draft_and_a_later_one_of_the_same_week_is(once: Desk) -> None:
    html = (once.issued(1) / "situation-report.en.html").read_text()
    assert "Published on 14 June 2021" in html
    assert "Draft" not in html
    assert once.issue("2021-W22").publication == Publication(2, 2, None)


def test_publishing_a_week_again_makes_a_second_edition_and_both_stay(once: Desk) -> None:
    first = once.issued(1)
    before = {path.name: path.read_bytes() for path in first.iterdir()}
    once.write(changed("B", killed=3))
    second = once.publish(today=date(2021, 6, 21))
    assert (first.name, second.name) == ("0001-2021-W22", "0002-2021-W22")
    assert {path.name: path.read_bytes() for path in first.iterdir()} == before
    assert "edition 2 of this week" in (second / "situation-report.en.html").read_text()
    archive = read_archive(second.parent)
    # The first count stays the first edition's: 2 + 5.
    assert archive.first_of("2021-W22") == archive.issues[0]


def test_an_issue_is_never_back_dated(once: Desk) -> None:
    with pytest.raises(UsageError, match="never back-dated"):
        once.publish(today=date(2021, 6, 13))
    once.write(ROWS[:-1])  # data that reach only to 3 June
    with pytest.raises(DataError, match="a week is published when its data reach its end"):
        once.publish()
    once.write([*ROWS[:-1], {"incident_id": "Y", "date": "2021-06-08"}])
    with pytest.raises(DataError, match="before the data of the last issue"):
        once.publish()


def test_a_publication_that_is_interrupted_leaves_the_archive_as_it_was(
    once: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    series = once.folder / "archive" / "native"
    before = sorted(path.relative_to(series) for path in series.rglob("*"))
    report = (once.folder / "reports" / "2021-W22" / "manifest.json").read_bytes()

    def interrupted(path: Path) -> str:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(room, "file_hash", interrupted)
        with pytest.raises(KeyboardInterrupt):
            once.publish()
    assert sorted(path.relative_to(series) for path in series.rglob("*")) == before
    assert (once.folder / "reports" / "2021-W22" / "manifest.json").read_bytes() == report
    # One that was killed leaves its folder; the next publication removes it.
    (series / ".new-0002-2021-W22").mkdir()
    assert once.publish().name == "0002-2021-W22"
    assert not list(series.glob(".new-*"))


def test_of_two_publications_at_once_one_waits_for_the_other(desk: Desk) -> None:
    desk.write(ROWS)
    command = [sys.executable, "-m", "sitrep", "publish", "2021-W22"]
    both = [
        subprocess.Popen(
            command,
            cwd=desk.folder,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        for _ in range(2)
    ]
    said = [process.communicate()[0] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert sum("published as issue 1:" in text for text in said) == 1
    assert sum("published as issue 2, edition 2:" in text for text in said) == 1
    assert len(read_archive(desk.folder / "archive" / "native").issues) == 2


@pytest.mark.parametrize("name", [NUMBERS, INCIDENTS, "issue.json"])
def test_an_issue_that_was_changed_afterwards_is_refused(twice: Desk, name: str) -> None:
    first = twice.issued(1)
    content = bytearray((first / name).read_bytes())
    content[len(content) // 2] ^= 1
    (first / name).write_bytes(bytes(content))
    with pytest.raises(DataError, match="is not as it was published"):
        twice.issue()


def test_an_issue_that_was_taken_out_is_missed(twice: Desk) -> None:
    twice.issued(1).rename(twice.folder / "elsewhere")
    with pytest.raises(DataError, match="taken out"):
        twice.issue()


def test_layouts_areas_and_editions_are_series_of_their_own() -> None:
    assert series_name("native", area="", edition="public") == "native"
    assert series_name("layouts/my.toml", area="Jisr-Ash-Shugur", edition="internal") == (
        "my-jisr-ash-shugur-internal"
    )
    # 2021-W23 from a Saturday and from a Monday are other days.
    assert series_name("native", area="", edition="public", week_start="saturday") == (
        "native-saturday"
    )


def test_the_manifest_of_an_issue_is_plain_json(published: Desk) -> None:
    content = json.loads((published.issued(1) / "issue.json").read_text())
    assert content["previous"] == ""
    assert content["published_on"] == "2021-06-14"


# --- the ledger


def test_one_changed_cell_is_one_line(published: Desk) -> None:
    published.write(changed("B", killed=3))
    issue = published.issue()
    assert lines(issue) == [("B", "changed", "corrected")]
    number = issue.numbers
    assert number.value("killed_published", "2021-W22") == 7
    assert number.value("killed_correction", "2021-W22") == 1
    assert number.value("killed", "2021-W22") == 8
    assert number.get("killed_backfill", "2021-W22") is None


def test_nothing_changed_is_no_line(published: Desk) -> None:
    published.write(ROWS)
    assert lines(published.issue()) == []


def test_late_corrected_and_deleted_records_are_told_apart(published: Desk) -> None:
    late = {"incident_id": "L", "date": "2021-06-06", "killed": 4, "reported_on": "2021-06-20"}
    slow = {"incident_id": "M", "date": "2021-06-05", "killed": 1, "reported_on": "2021-06-06"}
    published.write([*(row for row in ROWS if row["incident_id"] != "C"), late, slow])
    issue = published.issue()
    assert lines(issue) == [
        ("C", "deleted", "no longer in the data"),
        ("L", "added", "reported after that issue"),
        ("M", "added", "entered after that issue"),
    ]
    # 7 as published, 4 + 1 late, less the 5 of C: 7 again.
    steps = [issue.numbers.value(f"killed_{kind}", "2021-W22") for kind in
             ("published", "backfill", "correction")]  # fmt: skip
    assert steps == [7, 5, -5]
    assert issue.numbers.value("killed", "2021-W22") == 7


def test_a_record_that_moves_to_another_week_is_taken_away_there_and_added_here(
    published: Desk,
) -> None:
    published.write(changed("B", date="2021-05-30"))
    issue = published.issue()
    assert lines(issue) == [("B", "changed", "corrected")]
    assert issue.numbers.value("killed_correction", "2021-W22") == -2
    assert issue.numbers.value("killed_correction", "2021-W21") == 2


def test_a_record_moved_beyond_the_published_week_is_gone_from_it(published: Desk) -> None:
    published.write(changed("B", date="2021-06-09"))
    assert lines(published.issue()) == [("B", "deleted", "moved to a later week")]


def test_a_discounted_record_says_so(published: Desk) -> None:
    published.write(changed("C", status="discounted"))
    assert lines(published.issue()) == [("C", "deleted", "discounted")]


def test_a_pending_record_leaves_the_totals_and_stays_in_the_ledger(published: Desk) -> None:
    published.write(changed("C", status="pending"))
    issue = published.issue()
    assert lines(issue) == [("C", "changed", "corrected")]
    assert issue.numbers.value("killed_correction", "2021-W22") == -5


def test_other_data_are_not_compared(published: Desk) -> None:
    published.write([{"incident_id": "other", "date": "2021-06-10", "killed": 1}])
    issue = published.issue()
    assert issue.revisions.ledger is None
    assert len(issue.revisions.archive.issues) == 1


def test_without_an_archive_the_issue_is_a_draft_that_compares_todays_counts(desk: Desk) -> None:
    desk.write(ROWS)
    issue = desk.issue()
    assert issue.publication == Publication(1, 1, None)
    assert issue.revisions.ledger is None
    assert issue.numbers.get("killed_first", "2021-W23") is None


def test_first_counts_are_those_of_the_first_publication(published: Desk) -> None:
    published.write(
        [*changed("B", killed=3), {"incident_id": "N", "date": "2021-06-09", "killed": 9}]
    )
    issue = published.issue()
    # W22 was first counted with 7, and holds 8 today; W23 is counted with 9 for the first time.
    assert issue.numbers.value("killed_first", "2021-W22") == 7
    assert issue.numbers.value("killed_first_change", "2021-W23") == 2
    assert issue.numbers.value("killed_change", "2021-W23") == 1


CELLS = st.fixed_dictionaries(
    {
        "date": st.sampled_from(["2021-05-25", "2021-06-01", "2021-06-06", "2021-06-08"]),
        "killed": st.one_of(st.none(), st.integers(0, 9)),
        "injured": st.one_of(st.none(), st.integers(0, 9)),
        "displaced": st.one_of(st.none(), st.integers(0, 900)),
        "displacement_kind": st.sampled_from(["new", "return", "stock"]),
        "status": st.sampled_from(["confirmed", "reported", "pending", "discounted"]),
        "admin2": st.sampled_from(["Ariha", "Harim", None]),
    }
)
# Few records, or many at once: a table of twenty takes no longer to compare than one of two.
STATES = st.one_of(
    st.dictionaries(st.sampled_from("ABC"), CELLS, max_size=3),
    st.dictionaries(st.sampled_from("ABCDEFGHIJKLMNOPQRST"), CELLS, min_size=8, max_size=20),
)


def table(state: dict[str, Row]) -> pd.DataFrame:
    rows = [{"incident_id": key, **cells} for key, cells in state.items()]
    frame = pd.DataFrame(rows, columns=["incident_id", *CELLS_NAMES])
    frame["date"] = pd.to_datetime(frame["date"])
    numbers = ["killed", "injured", "displaced"]
    return frame.assign(**{name: frame[name].astype(float) for name in numbers})


CELLS_NAMES = ("date", "killed", "injured", "displaced", "displacement_kind", "status", "admin2")


def counted(frame: pd.DataFrame) -> pd.DataFrame:
    graded = records.records(frame, counting=CountingSettings())
    return contributions(graded[graded["status"].isin(("confirmed", "reported"))])


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(STATES, STATES)
def test_the_sum_of_the_ledger_is_the_difference_of_the_totals_for_every_measure(
    before: dict[str, Row], after: dict[str, Row]
) -> None:
    old, new = table(before), table(after)
    sums = [counted(old), counted(new)]
    ledger = compare(old, new, counted_before=sums[0], counted_after=sums[1])
    filled = [each.fillna({"admin2": m.NOT_RECORDED, **NOTHING}) for each in sums]
    for by in ((), ("week",), ("admin2",), ("week", "admin2")):
        totals = [total(each, by) for each in filled]
        difference = totals[1].sub(totals[0], fill_value=0)
        told = total(ledger.sums(by), by).reindex(difference.index, fill_value=0.0)
        assert (told == difference).all(axis=None), (by, told, difference)
    same = compare(old, old, counted_before=sums[0], counted_after=sums[0])
    assert len(same) == 0


NOTHING = dict.fromkeys(COUNTED, 0.0)


def total(each: pd.DataFrame, by: tuple[str, ...]) -> pd.DataFrame:
    return each.groupby(list(by) or (lambda _: 0))[list(COUNTED)].sum()


def test_every_record_that_is_not_as_it_was_is_one_line() -> None:
    row = dict.fromkeys(CELLS_NAMES) | {"date": "2021-06-01", "status": "reported", "killed": 1}
    old = table({"same": row, "gone": row, "other": row})
    new = table({"same": row, "new": row, "other": row | {"admin2": "Harim"}})
    found = compare(old, new, counted_before=counted(old), counted_after=counted(new))
    assert isinstance(found, Ledger)
    told = found.lines.set_index("incident_id")["outcome"].to_dict()
    assert told == {"gone": "deleted", "new": "added", "other": "changed"}
    fields = found.lines.set_index("incident_id")["fields"].to_dict()
    assert fields["other"] == ("admin2",)


# --- what the report says of it


def test_the_tables_lead_from_the_published_number_to_todays(published: Desk) -> None:
    late = {"incident_id": "L", "date": "2021-06-06", "killed": 4, "admin2": "Harim"}
    published.write([*changed("B", killed=1), late])
    issue = published.issue()
    numbers = tables.revised_numbers(issue)
    assert isinstance(numbers, Table)
    # 7 as published, 4 late, 2 corrected to 1; one incident more.
    assert [row.cells for row in numbers.rows] == [
        ("2021-W22 · Civilians killed", "7", "+4", "−1", "10"),
        ("2021-W22 · Incidents", "2", "+1", "0", "3"),
    ]
    districts = tables.revised_districts(issue)
    assert isinstance(districts, Table)
    assert {row.cells[0]: row.cells[2] for row in districts.rows} == {"Ariha": "−1", "Harim": "+4"}
    ledger = tables.ledger(issue)
    assert isinstance(ledger, Table)
    assert [row.cells for row in ledger.rows] == [
        ("B", "2021-W22", "Ariha", "corrected: killed 2 to 1"),
        ("L", "2021-W22", "Harim", "entered after that issue: killed 4"),
    ]
    assert sentences.revisions(issue).plain_text() == (
        "Since issue 1 (2021-W22, published on 14 June 2021), up to the end of that week: one "
        "record added, one record changed and no records deleted."
    )


def test_the_public_edition_does_not_print_a_cell_finer_than_a_total(published: Desk) -> None:
    published.write(changed("B", killed_women=1, notes="a name"))
    issue = published.issue()
    ledger = tables.ledger(issue)
    assert isinstance(ledger, Table)
    assert ledger.rows[0].cells[-1] == "corrected: sex and age of the killed"
    file = sentences.revisions_file(issue)
    assert isinstance(file, Attachment)
    assert "a name" not in file.text
    assert "killed_women_" not in file.text


def test_without_an_archive_the_reason_is_said(desk: Desk) -> None:
    desk.write(ROWS)
    issue = desk.issue()
    assert (
        "No issue of these data has been published yet" in sentences.revisions(issue).plain_text()
    )
    assert tables.ledger(issue).plain_text() == ""
