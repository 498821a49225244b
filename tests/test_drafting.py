"""The draft of a profile: what is guessed from headings and cells, what is asked and hidden."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from sitrep.drafting import Draft, draft
from sitrep.drafting.dates import date_formats, shape_of
from sitrep.drafting.translations import translations
from sitrep.drafting.words import table
from sitrep.errors import DataError, UsageError
from sitrep.incidents import COLUMNS, Input, read
from sitrep.incidents.profile_file import KEYS
from sitrep.incidents.profiles import read_profile
from sitrep.incidents.table import NAMES
from sitrep.run.profile import write_profile


def drafted(folder: Path, text: str, *, encoding: str = "utf-8") -> Draft:
    (folder / "list.csv").write_text(text, encoding=encoding)
    return draft(Input(folder / "list.csv", root=folder), name="list")


def parsed(made: Draft) -> dict[str, Any]:
    return tomllib.loads(made.text)


def sources(made: Draft) -> dict[str, str]:
    """The columns of the table to the headings they come from."""
    columns = parsed(made)["columns"]
    return {name: entry["from"] for name, entry in columns.items() if "from" in entry}


ENGLISH = (
    "Event ID,Incident Date,Governorate,District,Village,Type of attack,Civilians killed,"
    "Women killed,Total injured,Families displaced,Reported by,Weather\n"
    "E1,2021-06-07,Idleb,Ariha,Bara,Airstrike,3,1,4,12,White Helmets,sun\n"
    "E2,2021-06-08,Idleb,Ariha,Iblin,Artillery shelling,,,2,,White Helmets,sun\n"
)
LOG = (  # not the words of any profile
    "Case number,Jour,Muhafaza,Town,Weapon used,Deaths,Injuries,Information source\n"
    "C1,2021-06-07,Idleb,Bara,Airstrike,3,4,White Helmets\n"
    "C2,2021-06-08,Idleb,Iblin,Airstrike,,2,White Helmets\n"
)
ARABIC = (
    "رقم الحادث;تاريخ الحادث;المحافظة;المنطقة;القرية;نوع الهجوم;عدد القتلى;القتلى من النساء;"
    "عدد الجرحى;عدد النازحين;المصدر;حالة التحقق;اسم الضحية;رقم الهاتف;الطقس\n"
    "ح-1;07/06/2021;إدلب;أريحا;البارة;قصف مدفعي;3;1;5;120;الدفاع المدني;مؤكد;أحمد;0933123456;\n"
    "ح-2;25/06/2021;إدلب;أريحا;إبلين;غارات جوية;1;;2;;الدفاع المدني;قيد التحقق;خالد;0933123457;\n"
)


def test_english_headings_are_told_by_the_table_of_words(tmp_path: Path) -> None:
    assert sources(drafted(tmp_path, ENGLISH)) == {
        "incident_id": "Event ID",
        "date": "Incident Date",
        "admin1": "Governorate",
        "admin2": "District",
        "place": "Village",
        "attack": "Type of attack",
        "killed": "Civilians killed",
        "killed_women": "Women killed",
        "injured": "Total injured",
        "displaced_households": "Families displaced",
        "source": "Reported by",
    }


@pytest.mark.parametrize(
    "above",
    [
        "Daily log of people killed,,,,,,,\n",  # a title, of which one word is a heading's
        "Daily log\nPrinted on,2021-06-09\n\n",  # narrower than the table
        ",,Where,,,People,,\n",  # merged headings
    ],
)
def test_headings_are_looked_for_under_titles_and_merged_headings(
    tmp_path: Path, above: str
) -> None:
    made = drafted(tmp_path, above + LOG)
    assert sources(made) == {
        "incident_id": "Case number",
        "date": "Jour",
        "admin1": "Muhafaza",
        "place": "Town",
        "attack": "Weapon used",
        "killed": "Deaths",
        "injured": "Injuries",
        "source": "Information source",
    }
    profile = tmp_path / "list.toml"
    profile.write_text(made.text.replace('"QUESTION"', '"civilians"'), encoding="utf-8")
    given = Input(tmp_path / "list.csv", profile=str(profile), root=tmp_path)
    store = read(given, store=tmp_path / "store")
    lines = above.count("\n")
    assert (store.header_line, store.first_line) == (lines + 1, lines + 2)
    assert (store.rows_used, store.rows_rejected) == (2, 0)


def test_headings_in_no_table_of_words_are_those_of_the_first_row_that_is_half_filled(
    tmp_path: Path,
) -> None:
    made = drafted(tmp_path, "Liste\nwann,wo,tot,verletzt\n2021-06-07,Bara,2,3\n")
    assert sources(made)["date"] == "wann"
    assert '# - "verletzt"' in made.text


def test_arabic_headings_in_a_code_page_of_windows_are_told_as_well(tmp_path: Path) -> None:
    made = drafted(tmp_path, ARABIC, encoding="cp1256")
    assert sources(made) == {
        "incident_id": "رقم الحادث",
        "date": "تاريخ الحادث",
        "admin1": "المحافظة",
        "admin2": "المنطقة",
        "place": "القرية",
        "attack": "نوع الهجوم",
        "killed": "عدد القتلى",
        "killed_women": "القتلى من النساء",
        "injured": "عدد الجرحى",
        "displaced": "عدد النازحين",
        "source": "المصدر",
        "status": "حالة التحقق",
    }
    profile = parsed(made)
    assert profile["encoding"] == "cp1256"
    assert profile["date_formats"] == ["%d/%m/%Y"]
    assert profile["columns"]["attack"]["values"] == {
        "قصف مدفعي": "shelling",
        "غارات جوية": "air strike",
    }
    assert profile["columns"]["status"]["values"]["قيد التحقق"] == "pending"


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Nombre de morts", "killed"),
        ("Femmes blessées", "injured_women"),
        ("Date de l'incident", "date"),
        ("Gouvernorat", "admin1"),
        ("Yaralı sayısı", "injured"),
        ("Ölen çocuklar", "killed_children"),
        ("Olay tarihi", "date"),
        ("İlçe", "admin2"),
        ("admin2Pcode", "admin2_pcode"),
        ("killed_min", "killed_low"),
        ("الحد الأعلى للقتلى", "killed_high"),
        ("Distrct", "admin2"),
        ("Admin Level 1", "admin1"),
        ("Administrative level 2", "admin2"),
        ("Deaths (non-civ)", "combatants_killed"),
        ("Deaths of non-combatants", "killed"),
        ("Soldiers killed", "combatants_killed"),
        ("country", ""),
        ("year", ""),
    ],
)
def test_a_heading_of_another_language_or_spelling_is_told_or_left(
    tmp_path: Path, heading: str, column: str
) -> None:
    cell = {"date": "2021-06-07", "admin1": "Idleb", "admin2": "Ariha", "admin2_pcode": "SY0705"}
    made = drafted(tmp_path, f"{heading},other\n{cell.get(column, '3')},x\n")
    assert {name for name, source in sources(made).items() if source == heading} == (
        {column} if column else set()
    )


@pytest.mark.parametrize(
    ("headings", "parts"),
    [
        ("Tués;dont femmes;dont enfants;Blessés;dont enfants (blessés)",
         {"killed_women": "dont femmes", "killed_children": "dont enfants",
          "injured_children": "dont enfants (blessés)"}),
        ("Killed;Injured;of which women", {"injured_women": "of which women"}),
        ("عدد القتلى;منهم أطفال;عدد الجرحى", {"killed_children": "منهم أطفال"}),
        ("Killed;Women;Injured", {}),  # whether of the killed alone is not said
        ("of which women;Killed", {}),
        ("Displaced;of which women;of which civilians", {}),
    ],
)  # fmt: skip
def test_a_part_is_of_the_people_counted_to_its_left_where_it_says_so(
    tmp_path: Path, headings: str, parts: dict[str, str]
) -> None:
    cells = ";".join("31142"[: headings.count(";") + 1])
    found = sources(drafted(tmp_path, f"{headings}\n{cells}\n"))
    assert {name: source for name, source in found.items() if name in SEX_AND_AGE} == parts


SEX_AND_AGE = [name for name in NAMES if name.endswith(("_women", "_children"))]


def test_without_an_arabic_letter_an_old_file_is_taken_for_a_western_one(tmp_path: Path) -> None:
    text = "Date;Localité;Tués\n2021-06-07;Bara;3\n"
    made = drafted(tmp_path, text, encoding="cp1252")
    assert parsed(made)["encoding"] == "QUESTION"  # French looks the same in all of them
    assert "read as cp1252 (Western European)" in made.text.replace("\n# ", " ")


def test_civilians_are_those_killed_where_no_column_counts_all_and_a_part_where_one_does(
    tmp_path: Path,
) -> None:
    alone = drafted(tmp_path, "Deaths (civ);Deaths (non-civ)\n3;1\n")
    assert "killed_civilians" not in sources(alone)
    assert sources(alone)["killed"] == "Deaths (civ)"
    beside = sources(drafted(tmp_path, "Killed;Civilians killed\n4;3\n"))
    assert (beside["killed"], beside["killed_civilians"]) == ("Killed", "Civilians killed")


def test_counts_with_other_signs_are_guessed_and_the_cells_that_cannot_be_read_are_said(
    tmp_path: Path,
) -> None:
    made = drafted(tmp_path, "Injured;IDPs;Place\n3+;approx. 40;x\n4;;y\n1-2;120;z\n")
    assert sources(made)["injured"] == "Injured"
    assert sources(made)["displaced"] == "IDPs"
    said = made.text.replace("\n# ", " ")
    assert "though 2 of 3 cells are no whole numbers: their rows are rejected" in said
    assert "though 1 of 2 cells are no whole numbers: their rows are rejected" in said


def test_times_of_day_are_shown_since_they_are_nobodys_name(tmp_path: Path) -> None:
    made = drafted(tmp_path, "Zeit;Killed\n14:22;3\n08:10:00;2\n7:05 PM;1\n")
    assert 'such as "14:22", "08:10:00"' in made.text.replace("\n# ", " ")


def test_points_in_one_cell_are_to_be_parted(tmp_path: Path) -> None:
    text = 'Coordinates;Killed\n"35.70, 36.54";3\n35.69 36.55;2\n'
    said = drafted(tmp_path, text).text.replace("\n# ", " ")
    assert "points: part them into a column of latitudes and one of longitudes" in said


def test_cells_stand_in_for_headings_that_say_nothing(tmp_path: Path) -> None:
    made = drafted(tmp_path, "a,b,c,d\nSY07,SY0705,2021-06-07,x-1\nSY07,SY0706,2021-06-08,x-2\n")
    assert sources(made) == {
        "incident_id": "d", "date": "c", "admin1_pcode": "a", "admin2_pcode": "b",
    }  # fmt: skip


def test_tags_of_hxl_are_told_in_any_order_and_spacing(tmp_path: Path) -> None:
    made = drafted(tmp_path, "k,f\n#affected + killed,#affected+killed +f\n3,1\n")
    assert sources(made)["killed"] == "k"
    assert sources(made)["killed_women"] == "f"


@pytest.mark.parametrize(
    ("days", "formats", "asked"),
    [
        (["07/06/2021", "25/06/2021"], ("%d/%m/%Y",), 0),
        (["06/07/2021", "06/25/2021"], ("%m/%d/%Y",), 0),
        (["07/06/2021", "08/06/2021"], (), 1),
        (["25/06/2021", "06/25/2021"], (), 1),  # both orders in one file
        (["7.6.21", "25.6.21"], ("%d.%m.%y",), 0),
        (["2021-06-07"], (), 0),
        (["2021/06/07"], ("%Y/%m/%d",), 0),
        (["7 June 2021"], ("%d %B %Y",), 0),
        (["2021-06-07 00:00:00"], ("%Y-%m-%d %H:%M:%S",), 0),
        (["2021-06-07T11:00:00.000Z"], (), 1),
        (["44354"], (), 1),  # the number that a spreadsheet keeps for 7 June 2021
    ],
)
def test_the_order_of_day_and_month_is_settled_by_the_data_or_asked(
    days: list[str], formats: tuple[str, ...], asked: int
) -> None:
    found = date_formats(enumerate(days, start=2))
    assert found.formats == formats
    assert len(found.questions) == asked


def test_what_settles_the_order_is_named_with_its_line() -> None:
    (reason,) = date_formats([(2, "07/06/2021"), (17, "25/06/2021")]).reasons
    assert "25/06/2021 on line 17" in reason


@pytest.mark.parametrize("text", ["32/01/2021", "12", "2021", "Idleb", "1/2"])
def test_what_is_no_day_has_no_shape(text: str) -> None:
    assert shape_of(text) == ""


def test_a_draft_with_open_questions_is_refused_with_the_line(tmp_path: Path) -> None:
    made = drafted(tmp_path, "Incident id,Event date,Deaths\nA,07/06/2021,3\n")
    (tmp_path / "list.toml").write_text(made.text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"list.toml, line \d+: victims is a question .* of 4"):
        read_profile(tmp_path / "list.toml")
    answered = made.text.replace('victims = "QUESTION"', 'victims = "civilians"')
    (tmp_path / "list.toml").write_text(answered, encoding="utf-8")
    with pytest.raises(UsageError, match=r"date_formats is a question"):
        read_profile(tmp_path / "list.toml")
    # Whose deaths, which order of days, which governorate, who reported.
    assert made.questions == 4


def test_personal_columns_are_left_out_and_none_of_their_cells_is_shown(tmp_path: Path) -> None:
    made = drafted(tmp_path, ARABIC)
    assert parsed(made)["drop_columns"] == ["اسم الضحية", "رقم الهاتف"]
    assert "أحمد" not in made.text
    assert "0933123456" not in made.text
    assert made.left_out == 2


def test_text_that_may_hold_names_is_not_shown_whatever_its_heading(tmp_path: Path) -> None:
    made = drafted(
        tmp_path,
        "id,Martyr,Contact point,Remarks,Weather\n1,Ali Hasan,+963 933 123 456,call Ali,sun\n"
        "2,Omar Said,+963 933 123 457,call Omar,sun\n",
    )
    for hidden in ("Ali", "Omar", "933"):
        assert hidden not in made.text
    assert '"sun"' in made.text
    assert parsed(made)["drop_columns"] == ["Contact point"]


@pytest.mark.parametrize(
    ("day", "written"),
    [
        ("7 June 2021", "%d %B %Y"),
        ("7-Jun-2021", "%d-%b-%Y"),
        ("JUNE 7, 2021", "%B %d, %Y"),
        ("Mon 7 June 2021", "%a %d %B %Y"),
        ("Monday, Jun 7, 2021", "%A, %b %d, %Y"),
        ("7 juin 2021", "%d %B %Y"),
        ("7 Haziran 2021", "%d %B %Y"),
        ("7 حزيران 2021", "%d %B %Y"),
        ("٧ حزيران ٢٠٢١", "%d %B %Y"),
    ],
)
def test_days_with_the_name_of_a_month_are_told_in_each_language_and_read(
    tmp_path: Path, day: str, written: str
) -> None:
    made = drafted(tmp_path, f"id;Day;province;source;Deaths\n1;{day};Idleb;SCD;3\n")
    assert parsed(made)["date_formats"] == [written]
    assert sources(made)["date"] == "Day"
    answered = made.text.replace('victims = "QUESTION"', 'victims = "civilians"')
    (tmp_path / "list.toml").write_text(answered, encoding="utf-8")
    given = Input(tmp_path / "list.csv", root=tmp_path, profile="list.toml")
    assert str(read(given, store=tmp_path / "store").first_date) == "2021-06-07"


@pytest.mark.parametrize("text", ["7 people 2021", "lundi 7 juin 2021", "Camp 7 June 2021"])
def test_what_would_not_be_read_as_a_day_is_none(text: str) -> None:
    assert shape_of(text) == ""


def test_rows_that_tell_of_the_killed_are_no_headings(tmp_path: Path) -> None:
    rows = "".join(
        f"{n},2021-06-0{n},Three people killed in the market of the town,Killed and wounded at a "
        "school of the village\n"
        for n in (1, 2)
    )
    made = drafted(tmp_path, f"nummer,wann,was,wo\n{rows}")
    assert made.headings == ("nummer", "wann", "was", "wo")


def test_cells_that_say_that_there_is_no_figure_are_asked_about_and_read_as_blank(
    tmp_path: Path,
) -> None:
    counts = ("3", "-", "لا يوجد", "0", "Unknown", "n/a", "-")
    rows = "".join(f"{n},2021-06-{n:02d},Idleb,SCD,{c}\n" for n, c in enumerate(counts, start=1))
    made = drafted(tmp_path, f"id,date,province,source,Deaths\n{rows}")
    killed = parsed(made)["columns"]["killed"]
    assert killed == {"from": "Deaths", "blank": ["QUESTION"]}
    asked = " ".join(made.text.split()).replace("# ", "")
    assert 'no figure? "-" (2), "لا يوجد" (1), "Unknown" (1), "n/a" (1).' in asked
    answer = 'blank = ["-", "لا يوجد", "Unknown", "n/a"]'
    assert f"If all do, write {answer};" in asked
    answered = made.text.replace('victims = "QUESTION"', 'victims = "civilians"')
    answered = answered.replace('blank = ["QUESTION"]', answer)
    (tmp_path / "list.toml").write_text(answered, encoding="utf-8")
    given = Input(tmp_path / "list.csv", root=tmp_path, profile="list.toml")
    table = read(given, store=tmp_path / "store").load(["killed"])
    assert [None if count != count else count for count in table["killed"]] == [
        3, None, None, 0, None, None, None,
    ]  # fmt: skip


def test_names_in_a_column_of_deaths_are_no_counts_whatever_stands_beside_them(
    tmp_path: Path,
) -> None:
    rows = "".join(f"{n},2021-06-0{n},{cell}\n" for n, cell in enumerate(("-", "2", "Ann"), 1))
    made = drafted(tmp_path, f"id,date,Deaths\n{rows}")
    assert "killed" not in parsed(made)["columns"]
    assert "Ann" not in made.text


def test_a_running_total_is_asked_about_and_not_added_up(tmp_path: Path) -> None:
    rows = "".join(f"{n},2021-06-{n:02d},{n * n}\n" for n in range(1, 12)) + "12,2021-06-12,-\n"
    by_cells = drafted(tmp_path, f"id,date,killed people\n{rows}")
    by_heading = drafted(tmp_path, "id,date,killed_cum\n1,2021-06-07,3\n")
    for made in (by_cells, by_heading):
        assert parsed(made)["columns"]["killed"]["from"] == "QUESTION"
        assert '[cumulative] with totals = ["killed"]' in " ".join(made.text.split()).replace(
            "# ", ""
        )


def test_a_list_of_people_is_asked_about(tmp_path: Path) -> None:
    assert (
        "is each row a person?" in drafted(tmp_path, "id,date,victim name\n1,2021-06-07,A\n").text
    )
    assert "is each row a person?" not in drafted(tmp_path, ARABIC).text


def test_what_is_near_an_allowed_value_is_marked_and_what_is_not_is_left_blank() -> None:
    found = {
        one.cell: one for one in translations("attack", {"قصف": 3, "Airstrikes": 1, "knife": 2})
    }
    assert found["قصف"][1:] == ("shelling", "", 3)
    assert found["Airstrikes"].value == "air strike"
    assert "right?" in found["Airstrikes"].why
    assert found["knife"].value == ""
    assert [one.rows for one in translations("attack", {"a": 1, "b": 5})] == [5, 1]


def test_several_targets_in_one_cell_are_translated_part_by_part() -> None:
    (one,) = translations("target", {"منزل؛ مدرسة": 1})
    assert one.value == "home;school"


@pytest.mark.parametrize(
    "cell", ['"]\n[columns.killed]\nfrom = "x', "back\\slash", "a # b", "\x7f\x01", "\u202etxt"]
)
def test_hostile_headings_and_cells_stay_within_their_quotation_marks(
    tmp_path: Path, cell: str
) -> None:
    quoted = '"' + cell.replace('"', '""') + '"'
    made = drafted(
        tmp_path, f"id,date,attack,{quoted}\n1,2021-06-07,{quoted},x\n2,2021-06-08,{quoted},x\n"
    )
    profile = parsed(made)
    assert set(profile) <= set(KEYS)
    assert set(profile["columns"]) == {"incident_id", "date", "attack", "admin1", "source"}
    assert "\u202e" not in made.text


def test_every_column_of_the_words_exists_and_every_value_is_allowed() -> None:
    headings, values = table("headings"), table("values")
    allowed = {column.name: column.allowed for column in COLUMNS}
    assert {*headings["columns"], *headings["counts"], *headings["hxl"].values()} <= set(NAMES)
    assert {f"killed_{part}" for part in headings["parts"]} <= set(NAMES)
    for column, words in values.items():
        assert set(words) <= set(allowed[column])


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_the_one_that_fits_the_rows(tmp_path: Path, separator: str) -> None:
    made = drafted(tmp_path, ENGLISH.replace(",", separator))
    assert len(sources(made)) == 11


def test_a_file_without_rows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no header with a row under it"):
        drafted(tmp_path, "a,b\n")


def test_a_draft_never_takes_the_place_of_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "list.csv").write_text(ENGLISH, encoding="utf-8")
    (tmp_path / "list.toml").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match=r"list\.toml is there already"):
        list(write_profile("list.csv"))
    assert (tmp_path / "list.toml").read_text() == "mine"
    lines = list(write_profile("list.csv", out="other.toml"))
    assert lines[-1].strip() == "sitrep check list.csv --profile other.toml"
    monkeypatch.setenv("MAKELEVEL", "1")
    lines = list(write_profile("list.csv", over=True))
    assert lines[-1].strip() == "make check DATA=list.csv PROFILE=list.toml"
    assert "[columns.date]" in (tmp_path / "list.toml").read_text()
    with pytest.raises(UsageError, match="name of the settings"):
        list(write_profile("sitrep.csv"))


def test_a_known_layout_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own.csv").write_text("incident_id,date,admin1,source\n1,2021-06-07,Idleb,WH\n")
    assert any("incident table of the project" in line for line in write_profile("own.csv"))


def test_a_draft_once_answered_reads_the_file(tmp_path: Path) -> None:
    made = drafted(tmp_path, ARABIC, encoding="cp1256")
    answered = made.text.replace('victims = "QUESTION"', 'victims = "civilians"')
    (tmp_path / "list.toml").write_text(answered, encoding="utf-8")
    given = Input(tmp_path / "list.csv", root=tmp_path, profile="list.toml")
    store = read(given, store=tmp_path / "store")
    assert (store.rows_read, store.rows_used) == (2, 2)
    table = store.load(["killed", "killed_women", "attack", "displaced", "status"])
    assert table["killed"].sum() == 4
    assert list(table["attack"]) == ["shelling", "air strike"]
    assert list(table["status"]) == ["confirmed", "pending"]
    assert str(store.first_date) == "2021-06-07"


LISTED = "incident_id,date,admin1,source,displaced,latitude,country\n"


def with_cells(folder: Path, **cells: list[str]) -> Draft:
    """The draft for rows that differ in these cells."""
    size = max(map(len, cells.values()))
    plain = {"date": "2021-06-07", "displaced": "3", "latitude": "35.91", "country": "Syria"}
    rows = [
        [f"A{n}", *('"' + cells.get(name, [plain[name]] * size)[n] + '"' if name in plain else name
                    for name in LISTED.strip().split(",")[1:])]
        for n in range(size)
    ]  # fmt: skip
    return drafted(folder, LISTED + "".join(",".join(row) + "\n" for row in rows))


@pytest.mark.parametrize(
    ("cells", "mark", "said"),
    [
        ({"displaced": ["1,867", "12"]}, ",", 'as in "1,867" in "displaced"'),
        ({"displaced": ["1 867"]}, " ", "can be nothing else"),
        ({"displaced": ["1.867.000"]}, ".", "a fraction has one"),
        ({"displaced": ["1.867"], "latitude": ["35,91"]}, ".", '"35,91" has a decimal comma'),
        ({"displaced": ["1.867"]}, "QUESTION", "thousands, or a fraction?"),
        ({"displaced": ["1.867", "1,867"]}, "QUESTION", "several marks"),
        ({"displaced": ["1867"]}, None, ""),
    ],
)
def test_the_mark_of_thousands_is_settled_by_the_cells_or_asked(
    tmp_path: Path, cells: dict[str, list[str]], mark: str | None, said: str
) -> None:
    made = with_cells(tmp_path, **cells)
    assert parsed(made).get("thousands") == mark
    assert said in uncommented(made)


def uncommented(made: Draft) -> str:
    """The words of a draft on one line, without the marks of comments."""
    return " ".join(made.text.replace("\n# ", " ").split())


def test_a_moment_is_a_day_only_in_a_timezone(tmp_path: Path) -> None:
    made = with_cells(tmp_path, date=["2021-06-07T11:00:00Z", "2021-06-07T22:30:00Z"])
    assert parsed(made)["columns"]["date"]["timezone"] == "QUESTION"
    assert "It is 2021-06-07 in UTC, and 2021-06-08 three hours east" in uncommented(made)
    assert "date_formats" not in parsed(made)
    made = with_cells(tmp_path, date=["2021-06-07T00:00:00.000Z", "2021-06-08T00:00:00.000Z"])
    assert parsed(made)["columns"]["date"]["timezone"] == "UTC"
    made = with_cells(tmp_path, date=["2021-06-07"])
    assert "timezone" not in parsed(made)["columns"]["date"]


def test_the_number_of_a_spreadsheet_is_asked_about_with_both_its_days(tmp_path: Path) -> None:
    made = with_cells(tmp_path, date=["44354"])
    assert parsed(made)["date_formats"] == ["QUESTION"]
    assert "2021-06-07 by 'excel', 2025-06-08 by 'excel-1904'" in uncommented(made)
    answered = made.text.replace('["QUESTION"]', '["excel"]').replace(
        'victims = "QUESTION"', 'victims = "civilians"'
    )
    (tmp_path / "list.toml").write_text(answered, encoding="utf-8")
    given = Input(tmp_path / "list.csv", root=tmp_path, profile="list.toml")
    assert str(read(given, store=tmp_path / "store").first_date) == "2021-06-07"


def test_a_column_that_may_tell_which_rows_count_is_asked_about(tmp_path: Path) -> None:
    made = with_cells(tmp_path, country=["Syria", "Syria", "Iraq"])
    assert '"country" has 2 values, with rows: "Syria" (2), "Iraq" (1)' in uncommented(made)
    assert "keep" not in parsed(made)  # it is a person's to say
    answered = made.text.replace('victims = "QUESTION"', 'victims = "civilians"')
    for line in ("[[keep]]", "column =", "is =", "reason ="):
        answered = answered.replace(f"# {line}", line)
    (tmp_path / "list.toml").write_text(answered, encoding="utf-8")
    given = Input(tmp_path / "list.csv", root=tmp_path, profile="list.toml")
    assert read(given, store=tmp_path / "store").set_aside == {"another country": 1}
    assert "[[keep]]" not in with_cells(tmp_path, country=["Syria", "Syria"]).text
