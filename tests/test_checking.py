"""The page of a check: what it says of a file, for its keeper, and that hostile text is inert."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import write_csv
from test_cli import SHOWN, write_notebook
from test_index import Page

from sitrep.checking import Checked, as_csv, document, open_check
from sitrep.cli import main
from sitrep.html.render import render_html
from sitrep.incidents import Input, read_together
from sitrep.settings import DataSettings, FileInput, Settings
from sitrep.spellings import near_pairs, nearest_names

ROWS: list[dict[str, Any]] = [
    {"admin2": "Ariha", "place": "Kafr Latah", "killed": "3", "notes": "call the driver"},
    {"admin2": "Ariha", "place": "Kafar Latah", "killed": "-1"},
    {"admin2": "Arihaa", "place": "Bara", "killed": "1,867"},
    {"admin2": "أريحا", "place": "Camp 1", "status": "discounted"},
    {"admin2": "Harim", "admin2_pcode": "SY0799", "place": "Camp 2"},
]
AREA = {
    "adm2_name": "Ariha", "adm2_name1": "أريحا", "adm2_pcode": "SY0705",
    "adm1_name": "Idleb", "adm1_name1": "إدلب", "adm1_pcode": "SY07",
}  # fmt: skip


def checked(folder: Path, rows: list[dict[str, Any]], **data: Any) -> Checked:
    write_csv(folder / "list.csv", rows)
    settings = Settings(root=folder, data=DataSettings(path="list.csv", **data))
    return opened(settings)


def opened(settings: Settings) -> Checked:
    stores = settings.resolve(settings.files.store)
    return open_check(read_together(Input.from_settings(settings), store=stores), settings)


def page(found: Checked) -> Page:
    return Page(render_html(document(found)))


def test_cells_of_a_file_of_which_no_row_is_used_are_shown_as_they_stand(tmp_path: Path) -> None:
    found = checked(tmp_path, [{"killed": "-1", "place": "Bara"}, {"killed": "few"}])
    assert found.store.rows_used == 0
    samples = {use.column.name: use.samples for use in found.files[0].uses}
    assert samples["killed"] == (("-1", "-1"), ("few", "few"))
    assert samples["place"] == (("Bara", "Bara"),)


def boundaries(folder: Path, *areas: dict[str, str]) -> str:
    features = [{"type": "Feature", "properties": area, "geometry": None} for area in areas]
    text = json.dumps({"type": "FeatureCollection", "features": features})
    (folder / "areas.geojson").write_text(text, encoding="utf-8")
    return "areas.geojson"


def table_rows(shown: Page, caption: str) -> list[list[str]]:
    """The cells of the table under a caption, row by row; "" is the table of the rows."""
    found: list[list[str]] = []
    inside = False
    for element in shown.elements:
        if element["tag"] == "caption":
            inside = element["text"] == caption
        elif element["tag"] == "table":
            inside = False
        elif inside and element["tag"] == "th" and element.get("role") == "rowheader":
            found.append([element["text"]])
        elif inside and element["tag"] == "td" and found:
            found[-1].append(element["text"])
    return found


def test_rows_read_are_those_used_set_aside_and_rejected(tmp_path: Path) -> None:
    shown = page(checked(tmp_path, ROWS))
    # Of five rows one has a negative count, and one is discounted.
    assert "Rows read 5 = used 3 + set aside 1 + rejected 1." in shown.texts("p")
    assert "killed is negative; a count is 0 or more, blank if not reported" in shown.texts("th")


def test_a_rejected_row_has_its_line_column_and_value(tmp_path: Path) -> None:
    rejected = table_rows(page(checked(tmp_path, ROWS)), "Rejected: not in any number")
    assert [row[:3] for row in rejected] == [["line\u00a03", "killed", "-1"]]
    looked_at = table_rows(page(checked(tmp_path, ROWS)), "Used, and worth a look")
    assert [row[:3] for row in looked_at] == [["line\u00a04", "killed", "1,867"]]


def test_each_column_says_where_it_comes_from_how_full_it_is_and_how_it_was_read(
    tmp_path: Path,
) -> None:
    (tmp_path / "own.toml").write_text(
        'victims = "all"\ndate_formats = ["%d/%m/%Y"]\ndrop_columns = ["victim name"]\n'
        '[columns.incident_id]\nfrom = "No"\n[columns.date]\nfrom = "Day"\n'
        '[columns.admin1]\nvalue = "Idleb"\n[columns.source]\nvalue = "WH"\n'
        '[columns.attack]\nfrom = "Weapon"\nvalues = { gun = "shooting" }\n',
        encoding="utf-8",
    )
    (tmp_path / "list.csv").write_text(
        "No,Day,Weapon,victim name,Weather\n1,07/06/2021,gun,Ali,sun\n2,08/06/2021,,Omar,sun\n"
    )
    settings = Settings(root=tmp_path, data=DataSettings(path="list.csv", profile="own.toml"))
    found = opened(settings)
    (file,) = found.files
    uses = {use.column.name: use for use in file.uses}
    assert uses["date"].heading == "Day"
    assert uses["date"].samples == (("07/06/2021", "2021-06-07"), ("08/06/2021", "2021-06-08"))
    assert (uses["attack"].filled, uses["attack"].samples) == (1, (("gun", "shooting"),))
    assert (uses["admin1"].heading, uses["admin1"].constant) == ("", "Idleb")
    assert (file.unread, file.dropped) == (("Weather",), ("victim name",))
    text = render_html(document(found))
    assert "07/06/2021 → 2021-06-07" in text
    assert "by the profile that was named: own.toml" in text
    assert "Ali" not in text


def test_two_files_are_told_apart(tmp_path: Path) -> None:
    write_csv(tmp_path / "fled.csv", [{"displaced": "40", "notes": "x"}, {"displaced": "few"}])
    found = checked(tmp_path, ROWS, displacement=FileInput(path="fled.csv"))
    assert [file.name for file in found.files] == ["list.csv", "fled.csv"]
    assert [use.filled for use in found.files[1].uses if use.column.name == "displaced"] == [1]
    shown = page(found)
    assert shown.texts("h3") == ["list.csv", "fled.csv"]
    assert [row[:4] for row in table_rows(shown, "Rejected: not in any number")] == [
        ["list.csv", "line\u00a03", "killed", "-1"],
        ["fled.csv", "line\u00a03", "displaced", "few"],
    ]


def test_the_page_says_by_which_columns_the_layout_was_known(tmp_path: Path) -> None:
    texts = page(checked(tmp_path, ROWS)).texts("p")
    assert any("columns by which that layout is known, incident_id and date" in t for t in texts)


def test_notes_are_nowhere_on_the_page_or_in_its_csv(tmp_path: Path) -> None:
    found = checked(tmp_path, ROWS)
    assert "driver" not in render_html(document(found)) + as_csv(found)


def test_hostile_text_is_inert_and_nothing_is_fetched(tmp_path: Path) -> None:
    hostile = '<script>alert(1)</script><img src="https://example.org/x.png" onerror="x">'
    rows = [{"place": hostile, "admin2": hostile, "killed": hostile}, {"place": hostile}]
    text = render_html(document(checked(tmp_path, [*rows, {"place": f"{hostile} 2"}])))
    shown = Page(text)
    assert not shown.all("script")
    assert not shown.all("img")
    assert hostile not in text
    assert "default-src 'none'" in text


def test_names_are_held_against_the_boundaries_by_code_then_by_name(tmp_path: Path) -> None:
    found = checked(tmp_path, ROWS, boundaries=boundaries(tmp_path, AREA))
    # The Arabic name is the same district; a code that is not there decides against the name.
    assert [(one.name, one.code, one.rows) for one in found.unmatched] == [
        ("Arihaa", "", 1),
        ("Harim", "SY0799", 1),
    ]
    assert found.unmatched[0].nearest == ("Ariha (SY0705)",)
    assert ["Arihaa", "admin2", "–", "1", "Ariha (SY0705)"] in table_rows(
        page(found), "Not in the boundaries"
    )


def test_a_name_of_the_alias_table_is_matched(tmp_path: Path) -> None:
    (tmp_path / "aliases.csv").write_text("alias,name,pcode\nArihaa,Ariha,SY0705\n")
    found = checked(tmp_path, ROWS, boundaries=boundaries(tmp_path, AREA), aliases="aliases.csv")
    assert [one.name for one in found.unmatched] == ["Harim"]


def test_near_spellings_of_one_district_are_listed_and_not_merged(tmp_path: Path) -> None:
    found = checked(tmp_path, [*ROWS, {"admin2": "Ariha", "place": "Kafar Latah"}])
    assert [(pair.level, pair.area, pair.names) for pair in found.pairs] == [
        ("place", "Ariha", ("Kafar Latah", "Kafr Latah")),
        ("admin2", "Idleb", ("Ariha", "Arihaa")),
    ]


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("Kafr Latah", "Kafar Latah", True),
        ("كفر لاته", "كفرلاتا", True),
        ("Maarat al-Numan", "Maaret an Numan", True),
        ("Camp 1", "Camp 2", False),
        ("Bara", "Benin", False),
    ],
)
def test_what_is_spelt_alike(one: str, other: str, near: bool) -> None:
    assert list(near_pairs([one, other])) == ([(one, other)] if near else [])


def test_the_nearest_names_come_first() -> None:
    known = ["Harim", "Ariha", "Al Bab", "Afrin"]
    assert nearest_names("Arriha", known)[0] == "Ariha"
    assert nearest_names("xyz", known) == []


def test_the_csv_says_the_same_a_row_a_thing(tmp_path: Path) -> None:
    found = checked(tmp_path, ROWS)
    rows = list(csv.reader(io.StringIO(as_csv(found))))
    assert ["rows", "read", "list.csv", "5", ""] in rows
    assert ["rows", "set aside", "list.csv", "1", "discounted"] in rows
    assert any(row[:4] == ["column", "killed", "killed", "2"] for row in rows)


def test_the_page_is_in_the_first_language_of_the_settings(tmp_path: Path) -> None:
    found = checked(tmp_path, ROWS)
    report = replace(found.settings.report, languages=("ar", "en"))
    arabic = replace(found, settings=replace(found.settings, report=report))
    (html,) = page(arabic).all("html")
    assert (html["lang"], html["dir"]) == ("ar", "rtl")


def test_from_an_unknown_file_to_a_report_with_two_commands_and_an_editor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "sitrep.toml").write_text("")
    write_notebook(tmp_path, SHOWN)
    (tmp_path / "قائمة.csv").write_text(
        "رقم الحادث;التاريخ;المحافظة;عدد القتلى;اسم الضحية;المصدر\n"
        "1;13/06/2021;إدلب;20;أحمد;الدفاع المدني\n2;07/06/2021;إدلب;;;الدفاع المدني\n",
        encoding="utf-16",
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SITREP_START", "fork")
    assert main(["check", "قائمة.csv"]) == 1
    assert "sitrep profile" in capsys.readouterr().err
    assert main(["profile", "قائمة.csv"]) == 0
    assert "sitrep check قائمة.csv --profile قائمة.toml" in capsys.readouterr().out.replace("'", "")
    draft = tmp_path / "قائمة.toml"
    draft.write_text(
        draft.read_text(encoding="utf-8").replace('= "QUESTION"', '= "civilians"'), "utf-8"
    )
    assert main(["check", "قائمة.csv", "--profile", "قائمة.toml"]) == 0
    out = capsys.readouterr().out
    assert "2 rows read = 2 used + 0 set aside + 0 rejected" in out
    assert "page: check.html, and as CSV check.csv" in out
    assert "20" in (tmp_path / "check.html").read_text(encoding="utf-8")
    status = main(["report", "--data", "قائمة.csv", "--profile", "قائمة.toml", "--quiet"])
    assert status == 0
    assert (tmp_path / "reports" / "2021-W23" / "situation-report.en.pdf").is_file()


def test_the_page_of_another_file_does_not_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sitrep.toml").write_text("")
    write_notebook(tmp_path, SHOWN)
    write_csv(tmp_path / "good.csv", ROWS[:1])
    (tmp_path / "bad.csv").write_text("a,b\n1,2\n")
    monkeypatch.chdir(tmp_path)
    assert main(["check", "good.csv"]) == 0
    assert (tmp_path / "check.html").is_file()
    assert main(["check", "bad.csv"]) == 1
    assert not (tmp_path / "check.html").exists()
    assert not (tmp_path / "check.csv").exists()


def test_a_file_named_in_two_ways_is_one_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["check", "one.csv", "--data", "two.csv"]) == 2
    assert "two files are named, one.csv and two.csv: name one" in capsys.readouterr().err
