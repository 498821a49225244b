"""The sample data hold the published facts, and the script makes them the same every time.

Read with the csv module alone: nothing of the package stands between the file and the check.
"""

import csv
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "data" / "incidents.csv"
CEASEFIRE = date(2020, 3, 6)
VILLAGES = (
    "Bara, Fattira, Iblin, Ihsim, Kafr Latah, Kafar Aweed, Deir Sunbul, al-Magarah, Mareian, "
    "Fleifel, Sufuhon, Sarja, Mantef, Ruwaiha, Benin"
)
Row = dict[str, str]


def make(path: Path, *options: str) -> Path:
    script = [sys.executable, str(ROOT / "scripts" / "make_sample.py"), "--out", str(path)]
    subprocess.run([*script, *options], check=True, capture_output=True)
    return path


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def day_of(row: Row) -> date | None:
    try:
        return date.fromisoformat(row["date"])
    except ValueError:
        return None


def between(rows: list[Row], first: date, last: date) -> list[Row]:
    return [row for row in rows if (day := day_of(row)) and first <= day <= last]


def week(rows: list[Row], monday: date) -> list[Row]:
    """The rows of seven days that count in a headline: confirmed and reported."""
    days = between(rows, monday, monday + timedelta(6))
    return [row for row in days if row["status"] in ("confirmed", "reported")]


def total(rows: list[Row], column: str) -> int:
    return sum(int(row[column]) for row in rows if row[column])


def casualties(rows: list[Row]) -> list[Row]:
    return [row for row in rows if not row["displacement_kind"]]


def newly_displaced(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row["displacement_kind"] == "new"]


def breaks_a_rule(row: Row) -> bool:
    """Parts above the whole, or a range that does not hold the best figure."""
    for measure in ("killed", "injured"):
        cells = {name: int(cell) for name, cell in row.items() if cell and measure in name[:7]}
        part = {name.removeprefix(measure): number for name, number in cells.items()}
        whole = part.get("", 0)
        people = sum(part.get(f"_{name}", 0) for name in ("women", "men", "children"))
        minors = part.get("_girls", 0) + part.get("_boys", 0)
        low, high = part.get("_low", whole), part.get("_high", whole)
        if people > whole or minors > part.get("_children", minors) or not low <= whole <= high:
            return True
    return False


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return read(SAMPLE)


@pytest.fixture(scope="module")
def as_of_14_june(tmp_path_factory: pytest.TempPathFactory) -> list[Row]:
    path = tmp_path_factory.mktemp("sample") / "known.csv"
    return read(make(path, "--known-on", "2021-06-14"))


def test_the_script_makes_the_committed_file_byte_for_byte(tmp_path: Path) -> None:
    once, again = make(tmp_path / "once.csv"), make(tmp_path / "again.csv")
    assert once.read_bytes() == again.read_bytes() == SAMPLE.read_bytes()


def test_the_file_is_plain_utf_8_and_not_too_large() -> None:
    content = SAMPLE.read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    assert len(content) < 1_400_000


def test_it_spans_december_2019_to_june_2021(rows: list[Row]) -> None:
    days = [day for row in rows if (day := day_of(row))]
    assert len(rows) == 6000
    assert (min(days), max(days)) == (date(2019, 12, 1), date(2021, 6, 30))
    recorded = [row[name] for row in rows for name in ("reported_on", "updated_on")]
    assert max(recorded) <= "2021-06-30"


@pytest.mark.parametrize("source", ["rows", "as_of_14_june"])
def test_the_published_week_holds_the_published_totals(
    source: str, request: pytest.FixtureRequest
) -> None:
    rows = week(request.getfixturevalue(source), date(2021, 6, 7))
    hit = casualties(rows)
    measures = ("killed", "killed_children", "killed_women", "killed_men", "injured")
    assert [total(hit, name) for name in measures] == [20, 5, 6, 0, 36]
    assert {row["source"] for row in hit} == {"White Helmets"}
    assert {row["attack"] for row in hit} == {"shelling"}
    assert {row["place"] for row in hit} == set(VILLAGES.split(", "))
    assert total(newly_displaced(rows), "displaced") == 1867
    moved = {row["source"] for row in newly_displaced(rows)}
    assert moved == {"Response Coordination Group"}
    assert sum(row["displaced"] == "120" for row in rows if row["displacement_kind"] == "return")


def test_the_published_week_has_a_range_around_its_deaths(rows: list[Row]) -> None:
    hit = casualties(week(rows, date(2021, 6, 7)))
    low = sum(int(row["killed_low"] or row["killed"] or 0) for row in hit)
    high = sum(int(row["killed_high"] or row["killed"] or 0) for row in hit)
    # Sarja 2-3, Iblin 4-6 of 5, Ihsim 0-1, Ruwaiha 1-2, Benin 1-2, Kafr Latah 0-1 of 1
    assert (low, high) == (17, 24)


def test_the_week_after_holds_the_attack_on_maarat_al_numan_alone(rows: list[Row]) -> None:
    hit = casualties(week(rows, date(2021, 6, 14)))
    [attack] = [row for row in hit if row["injured"] not in ("", "0")]
    assert (attack["date"], attack["place"]) == ("2021-06-14", "Maarat al-Numan")
    persons = ("killed", "injured", "injured_children", "injured_women")
    assert [attack[name] for name in persons] == ["0", "3", "2", "1"]
    assert attack["source"] == "White Helmets"
    assert total(hit, "killed") == 0


def test_the_week_before_was_lower(rows: list[Row]) -> None:
    before = week(rows, date(2021, 5, 31))
    assert (total(before, "killed"), total(before, "injured")) == (14, 25)
    assert total(newly_displaced(before), "displaced") == 1210


def test_records_drop_at_the_ceasefire(rows: list[Row]) -> None:
    eight_weeks = timedelta(56)
    before = casualties(between(rows, CEASEFIRE - eight_weeks, CEASEFIRE - timedelta(1)))
    after = casualties(between(rows, CEASEFIRE, CEASEFIRE + eight_weeks - timedelta(1)))
    assert len(before) > 10 * len(after)


def test_almost_a_million_people_were_displaced_by_the_offensive(rows: list[Row]) -> None:
    offensive = newly_displaced(between(rows, date(2019, 12, 1), date(2020, 3, 31)))
    counted = [row for row in offensive if row["status"] in ("confirmed", "reported")]
    assert 900_000 < total(counted, "displaced") < 1_000_000


def test_displacement_and_casualties_are_never_in_one_row(rows: list[Row]) -> None:
    for row in rows:
        moved = bool(row["displaced"] or row["displaced_households"])
        assert moved == bool(row["displacement_kind"])
        assert not (moved and (row["killed"] or row["injured"]))


def test_only_the_planted_rows_are_wrong_and_none_near_the_published_weeks(
    rows: list[Row],
) -> None:
    bad_dates = [row for row in rows if day_of(row) is None]
    bad_counts = [row for row in rows if row["killed"] and not row["killed"].isdigit()]
    no_source = [row for row in rows if not row["source"]]
    unusable = bad_dates + bad_counts + no_source
    assert sorted(row["killed"] for row in bad_counts) == ["-2", "about 10"]
    assert [row["date"] for row in bad_dates] == ["2021-02-31"]
    assert len(unusable) == 4
    flagged = [row for row in rows if row not in unusable and breaks_a_rule(row)]
    assert len(flagged) == 2
    assert max(row["date"] for row in unusable + flagged) < "2021-05-03"


def test_five_rows_are_copies_and_one_contradicts_its_id(rows: list[Row]) -> None:
    times = Counter(row["incident_id"] for row in rows)
    twice = [identifier for identifier, count in times.items() if count > 1]
    kinds = [len({str(r) for r in rows if r["incident_id"] == name}) for name in twice]
    assert sorted(kinds) == [1, 1, 1, 1, 1, 2]


def test_what_was_known_on_a_day_has_nothing_from_later(
    rows: list[Row], as_of_14_june: list[Row]
) -> None:
    late = [row for row in rows if row["date"] <= "2021-06-14" < row["reported_on"]]
    changed = [row for row in rows if row["reported_on"] <= "2021-06-14" < row["updated_on"]]
    assert late
    assert changed
    known = {row["incident_id"]: row for row in as_of_14_june}
    assert not [row for row in late if row["incident_id"] in known]
    assert all(known[row["incident_id"]] != row for row in changed)
    stamps = [row[name] for row in as_of_14_june for name in ("reported_on", "updated_on")]
    assert max(stamps) <= "2021-06-14"


def test_no_column_is_for_a_persons_name(rows: list[Row]) -> None:
    personal = ("name", "phone", "email", "contact", "victim", "informant", "address")
    assert not [column for column in rows[0] if any(word in column for word in personal)]
