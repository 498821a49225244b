"""Numbers and dates as people and spreadsheets write them: read where certain, else refused."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from babel.dates import get_month_names

from sitrep.errors import UsageError
from sitrep.incidents import Finding, Input, Store, read
from sitrep.incidents.months import months

StoreOf = Callable[[Iterable[dict[str, Any]]], Store]


def read_cells(folder: Path, column: str, cells: Iterable[str], **options: Any) -> Store:
    """A file separated by semicolons, one row for each cell of `column`."""
    dated = "" if column == "date" else "2021-06-07"
    head = "incident_id;admin1;source;date" + (f";{column}" if dated else "")
    rows = [f"{n};Idleb;WH;{dated}{';' * bool(dated)}{cell}" for n, cell in enumerate(cells)]
    path = folder / "incidents.csv"
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    store = read(Input(path, root=folder, **options), store=folder / "store")
    assert store.rows_read == store.rows_used + store.rows_set_aside + store.rows_rejected
    assert store.rows_read == len(rows)
    return store


def found(store: Store) -> list[tuple[int, str]]:
    return [(finding.line, finding.outcome) for finding in store.listed()]


SURE = ["1,867", "1 867", "1\u00a0867", "1\u202f867", "1'867", "١٬٨٦٧", "1,867", "۱٬۸۶۷"]


def test_a_mark_of_thousands_that_can_be_nothing_else_is_read_and_flagged(tmp_path: Path) -> None:
    store = read_cells(tmp_path, "displaced", [*SURE, "1.867.000"])
    assert list(store.load(["displaced"])["displaced"]) == [1867] * len(SURE) + [1_867_000]
    assert found(store) == [(n + 2, "flagged") for n in range(len(SURE) + 1)]


def test_digits_of_every_script_and_decimals_of_zero_are_plain_numbers(tmp_path: Path) -> None:
    # 13.0 is how a program writes 13 in a column that has blank cells.
    store = read_cells(tmp_path, "killed", ["١٢", "۱۲", "12.0", "12,00", "12\u00a0", "٠"])
    assert list(store.load(["killed"])["killed"]) == [12, 12, 12, 12, 12, 0]
    assert not list(store.listed())


UNSURE = ["1.867", "1.000"]
WRONG = ["1,86", "1.8", "0,867", "1,867,00", "1.867,000", "1,867 000", "2,5", "١٫٥", "−3", "٣-٤"]


def test_a_number_that_could_be_two_is_refused_with_what_to_declare(tmp_path: Path) -> None:
    store = read_cells(tmp_path, "displaced", UNSURE + WRONG)
    findings: list[Finding] = list(store.listed())
    assert {finding.outcome for finding in findings} == {"rejected"}
    for finding in findings[: len(UNSURE)]:
        assert 'declare thousands = "." in sitrep.toml' in finding.reason
    assert store.rows_used == 0


@pytest.mark.parametrize(
    ("mark", "cells", "others"),
    [
        (".", ["1.867", "1.867.000", "1 867", "7"], ["1,867", "1.8", "1,867,000", "13.0"]),
        (",", ["1,867", "1,867,000", "1\u202f867"], ["1.867", "1,8", "1.867.000", "13,0"]),
        (" ", ["1 867", "1\u00a0867"], ["1,867", "1.867"]),
    ],
)
def test_a_declared_mark_is_read_in_silence_and_the_other_is_a_fraction(
    tmp_path: Path, mark: str, cells: list[str], others: list[str]
) -> None:
    store = read_cells(tmp_path, "displaced", cells + others, thousands=mark)
    assert found(store) == [(n + len(cells) + 2, "rejected") for n in range(len(others))]
    expected = [float("".join(filter(str.isdigit, cell))) for cell in cells]
    assert list(store.load(["displaced"])["displaced"]) == expected


def test_a_mark_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"data.thousands cannot be ';'; allowed are"):
        read_cells(tmp_path, "killed", ["1"], thousands=";")


def test_degrees_are_read_with_a_comma_and_in_arabic(tmp_path: Path) -> None:
    cells = ["35,91", "35.91", "٣٥٫٩١", "-35,91", "−35,910"]
    rows = [f"{n};2021-06-07;Idleb;WH;near;36,5;{cell}" for n, cell in enumerate(cells)]
    head = "incident_id;date;admin1;source;place_precision;longitude;latitude"
    path = tmp_path / "incidents.csv"
    path.write_text("\n".join([head, *rows]), encoding="utf-8")
    store = read(Input(path, root=tmp_path), store=tmp_path / "store")
    assert list(store.load(["latitude"])["latitude"]) == [35.91, 35.91, 35.91, -35.91, -35.91]
    assert not list(store.listed())


def test_degrees_that_lost_their_mark_are_refused(tmp_path: Path) -> None:
    # A spreadsheet makes 35.912.345 of 35.912345 where the point is a mark of thousands.
    store = read_cells(tmp_path, "latitude", ["35.912.345", "35912345", "35,912,345", "935,1"])
    assert [finding.outcome for finding in store.listed()] == ["rejected"] * 4


def test_the_order_of_day_and_month_has_to_be_declared(tmp_path: Path) -> None:
    cells = ["7/6/2021", "٧/٦/٢٠٢١", "7.6.21", "25/6/2021", "07-06-2021"]
    store = read_cells(tmp_path, "date", cells)
    reasons = [finding.reason for finding in store.listed()]
    assert [reason.split(";")[0] for reason in reasons] == [
        "does not say which is the day and which the month"
    ] * len(cells)
    assert '["%d/%m/%Y"] in sitrep.toml if the day stands first, ["%m/%d/%Y"]' in reasons[0]
    assert '["%d.%m.%y"]' in reasons[2]
    assert '["%d-%m-%Y"]' in reasons[4]


def days(store: Store) -> list[str]:
    return [str(day.date()) for day in store.load(["date"])["date"]]


def test_a_declared_order_reads_short_and_arabic_dates(tmp_path: Path) -> None:
    cells = ["7/6/2021", "٧/٦/٢٠٢١", "۲۰۲۱-۰۶-۰۷", "07/06/2021", "٢٠٢١-٠٦-٠٧"]
    assert days(read_cells(tmp_path, "date", cells, date_formats=("%d/%m/%Y",))) == (
        ["2021-06-07"] * 5
    )


def test_the_number_that_a_spreadsheet_keeps_for_a_date_is_known_and_refused(
    tmp_path: Path,
) -> None:
    store = read_cells(tmp_path, "date", ["44354", "44354.5", "٤٤٣٥٤"])
    for finding in store.listed():
        assert finding.outcome == "rejected"
        assert 'declare date_formats = ["excel"]' in finding.reason


@pytest.mark.parametrize(("name", "number"), [("excel", "44354"), ("excel-1904", "42892")])
def test_declared_numbers_of_days_are_read(tmp_path: Path, name: str, number: str) -> None:
    # 7 June 2021 is 44354 days after 30 December 1899, and 42892 after 1 January 1904.
    store = read_cells(
        tmp_path, "date", [number, "2021-06-07", f"{number}.5"], date_formats=(name,)
    )
    assert days(store) == ["2021-06-07", "2021-06-07"]
    (finding,) = store.listed()
    assert finding.reason == "holds a time of day; write the day alone"


def test_two_ways_of_counting_days_exclude_each_other(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="would both read 44354"):
        read_cells(tmp_path, "date", ["44354"], date_formats=("excel", "excel-1904"))


def test_names_of_months_are_read_where_a_format_has_them(tmp_path: Path) -> None:
    cells = [
        "7 June 2021", "7 Jun 2021", "7 juin 2021", "7 Haziran 2021", "7 حزيران 2021",
        "٧ يونيو ٢٠٢١", "7 جوان 2021",
    ]  # fmt: skip
    store = read_cells(tmp_path, "date", [*cells, "7 Juni 2021"], date_formats=("%d %B %Y",))
    assert days(store) == ["2021-06-07"] * len(cells)
    assert found(store) == [(len(cells) + 2, "rejected")]
    two = ["7 كانون الثاني 2021", "7 janv. 2021", "7 aout 2021", "7 Ağustos 2021"]
    store = read_cells(tmp_path, "date", two, date_formats=("%d %b %Y",))
    assert days(store) == ["2021-01-07", "2021-01-07", "2021-08-07", "2021-08-07"]


@pytest.mark.parametrize("locale", ["en", "fr", "tr", "ar", "ar_SY", "ar_DZ"])
@pytest.mark.parametrize("width", ["wide", "abbreviated"])
def test_the_names_of_months_are_those_of_the_unicode_consortium(locale: str, width: str) -> None:
    names = get_month_names(width, locale=locale)
    assert {months()[name.lower().rstrip(".")] - month for month, name in names.items()} == {0}
