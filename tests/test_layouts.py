"""Layouts that come with the program: each of their traps on rows made up for it, and real files.

Real rows are never committed: terms of use forbid it for some, and the others have a home.
"""

import csv
import os
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from workbooks import sheet, write_workbook

from sitrep import charts, sentences, tables
from sitrep.errors import DataError
from sitrep.incidents import Input, Store, read
from sitrep.incidents.profiles import all_profiles, built_in, read_profile
from sitrep.issue import Issue
from sitrep.records import records
from sitrep.series import weekly
from sitrep.settings import CountingSettings

IssueOf = Callable[..., Issue]
ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("SITREP_SHARED_DATA", ROOT.parent / "shared" / "data"))
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data are not there")

UCDP = ",".join(read_profile(built_in()["ucdp_ged"]).header)
ACLED = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,"
    "assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,"
    "country,admin1,admin2,admin3,location,latitude,longitude,geo_precision,source,source_scale,"
    "notes,fatalities,tags,timestamp"
)
IDMC = (
    "id,country,iso3,latitude,longitude,centroid,displacement_type,qualifier,figure,"
    "displacement_date,displacement_start_date,displacement_end_date,year,event_name,"
    "event_start_date,event_end_date,category,subcategory,type,subtype,old_id,created_at,"
    "description,link,combined_type"
)
DTM = (
    "id,operation,admin0Name,admin0Pcode,admin1Name,admin1Pcode,admin2Name,admin2Pcode,adminLevel,"
    "numPresentIdpInd,reportingDate,yearReportingDate,monthReportingDate,roundNumber,"
    "displacementReason,numberMales,numberFemales,idpOriginAdmin1Name,idpOriginAdmin1Pcode,"
    "assessmentType,operationStatus"
)


def read_text(folder: Path, text: str, *, profile: str = "") -> Store:
    path = folder / "events.csv"
    path.write_text(text, encoding="utf-8")
    store = read(Input(path, root=folder, profile=profile), store=folder / "store")
    assert store.rows_read == store.rows_used + store.rows_set_aside + store.rows_rejected
    return store


def read_rows(folder: Path, header: str, *rows: dict[str, object], profile: str = "") -> Store:
    """A file with `header`, whose rows say only what a test is about."""
    path, names = folder / "events.csv", header.split(",")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return read_text(folder, path.read_text(encoding="utf-8"), profile=profile)


def days(store: Store, name: str = "date") -> list[str]:
    return [str(day.date()) for day in store.load([name])[name]]


# ACLED


def acled(**cells: object) -> dict[str, object]:
    return {
        "event_id_cnty": "SYR1", "event_date": "16 May 2025", "time_precision": 1,
        "event_type": "Battles", "sub_event_type": "Armed clash", "actor1": "A", "admin1": "Idleb",
        "location": "Ariha", "latitude": 35.8, "longitude": 36.6, "geo_precision": 1,
        "source": "SOHR; SANA", "fatalities": 2, "timestamp": 1747699200, **cells,
    }  # fmt: skip


def test_acled_dates_are_read_as_its_exports_write_them(tmp_path: Path) -> None:
    written = ["16 May 2025", "2023-02-16", "16-02-2023", "02 September 2019"]
    rows = [acled(event_id_cnty=f"S{n}", event_date=day) for n, day in enumerate(written)]
    store = read_rows(tmp_path, ACLED, *rows)
    assert store.profile.name == "acled"
    assert days(store) == ["2025-05-16", "2023-02-16", "2023-02-16", "2019-09-02"]
    assert not store.flagged
    assert not store.rows_rejected


def test_acled_counts_all_victims_and_its_upload_is_the_day_of_the_last_change(
    tmp_path: Path,
) -> None:
    store = read_rows(tmp_path, ACLED, acled(fatalities=0), acled(event_id_cnty="S2"))
    assert store.profile.victims == "all"
    assert days(store, "updated_on") == ["2025-05-20"] * 2  # 1747699200 s: 20 May 2025, 00:00 UTC
    table = store.load(["killed", "injured", "killed_low", "killed_high", "killed_civilians"])
    assert list(table["killed"]) == [0, 2]
    assert table.drop(columns="killed").isna().all(axis=None)
    said = " ".join(store.profile.lacks)
    assert "none killed and none reported" in said
    assert "people injured" in said


def test_acled_headers_in_capitals_are_its_headers(tmp_path: Path) -> None:
    names = dict(zip(ACLED.split(","), ACLED.upper().split(","), strict=True))
    row = {names[name]: cell for name, cell in acled().items()}
    assert read_rows(tmp_path, ACLED.upper(), row).rows_used == 1


def test_acled_precision_decides_about_weeks_points_and_attackers(tmp_path: Path) -> None:
    store = read_rows(
        tmp_path,
        ACLED,
        acled(event_id_cnty="S1", time_precision=3),
        acled(event_id_cnty="S2", time_precision=2, geo_precision=3),
        acled(event_id_cnty="S3", event_type="Violence against civilians", sub_event_type="Attack"),
    )
    assert store.set_aside == {"date too imprecise for a week": 1}
    table = store.load(["date_precision", "place_precision", "perpetrator", "attack"])
    assert list(table["date_precision"]) == ["week", "day"]
    assert list(table["place_precision"]) == ["admin1", "exact"]
    assert table["perpetrator"].isna()[0]  # neither side of a battle is told as the attacker
    assert table["perpetrator"][1] == "A"
    assert list(table["attack"]) == ["ground fighting", "other"]


def test_acled_rows_without_violence_are_set_aside_with_the_reason(tmp_path: Path) -> None:
    store = read_rows(
        tmp_path,
        ACLED,
        acled(event_id_cnty="S1", event_type="Strategic developments", sub_event_type="Agreement"),
        acled(event_id_cnty="S2", event_type="Protests", sub_event_type="Peaceful protest"),
        acled(
            event_id_cnty="S3",
            event_type="Protests",
            sub_event_type="Excessive force against protesters",
        ),
    )
    assert store.set_aside == {
        "strategic development, not an act of violence": 1,
        "protest without deaths by definition": 1,
    }
    assert store.load(["killed"])["killed"].sum() == 2


def test_acled_says_that_its_weeks_begin_on_saturday(tmp_path: Path) -> None:
    assert read_rows(tmp_path, ACLED, acled()).profile.week_start == "saturday"


# UCDP


def ucdp(**cells: object) -> dict[str, object]:
    return {
        "id": 7, "type_of_violence": 1, "where_prec": 1, "where_coordinates": "Ihsim",
        "adm_1": "Idlib governorate", "date_prec": 1, "date_start": "2024-01-05 00:00:00.000",
        "date_end": "2024-01-05 00:00:00.000", "number_of_sources": -1, "deaths_a": 1,
        "deaths_b": 0, "deaths_civilians": 2, "deaths_unknown": 0, "best": 3, "high": 5, "low": 1,
        **cells,
    }  # fmt: skip


def test_ucdp_columns_stand_in_any_order(tmp_path: Path) -> None:
    shuffled = ",".join(sorted(set(UCDP.split(",")) - {"relid", "code_status", "gwnoa"}))
    store = read_rows(tmp_path, shuffled, ucdp())
    table = store.load(["killed", "killed_low", "killed_high", "killed_civilians"])
    assert list(table.iloc[0]) == [3, 1, 5, 2]
    assert store.profile.victims == "all"


def test_a_best_number_of_none_with_a_range_above_it_is_kept(tmp_path: Path) -> None:
    store = read_rows(
        tmp_path, UCDP, ucdp(best=0, low=0, high=4, deaths_civilians=0), ucdp(id=8, date_prec=4)
    )
    assert list(store.load(["killed", "killed_high"]).iloc[0]) == [0, 4]
    assert store.set_aside == {"date too imprecise for a week": 1}


def headerless(folder: Path, **cells: object) -> str:
    read_rows(folder, UCDP, ucdp(**cells), ucdp(id=8))
    return (folder / "events.csv").read_text(encoding="utf-8").split("\n", 1)[1]


def test_a_candidate_file_without_header_is_known_by_its_shape_and_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        read_text(tmp_path, headerless(tmp_path))
    message = str(caught.value)
    assert "events.csv, line 1: a row of data stands where the names of the columns" in message
    assert "PROFILE=ucdp_ged" in message


@pytest.mark.parametrize("start", ["", "\ufeff", "sep=,\n"])
def test_it_is_read_when_the_profile_is_named(tmp_path: Path, start: str) -> None:
    store = read_text(tmp_path, start + headerless(tmp_path), profile="ucdp_ged")
    table = store.load(["incident_id", "killed", "killed_low", "killed_high", "line"])
    assert list(table["incident_id"]) == ["7", "8"]
    assert list(table.iloc[0])[1:4] == [3, 1, 5]
    assert list(table["line"]) == ([2, 3] if start == "sep=,\n" else [1, 2])
    assert store.rows_read == 2


def test_a_cell_with_a_line_break_does_not_lose_the_first_row_without_header(
    tmp_path: Path,
) -> None:
    text = headerless(tmp_path, source_headline="two\nlines")
    store = read_text(tmp_path, text, profile="ucdp_ged")
    assert list(store.load(["incident_id"])["incident_id"]) == ["7", "8"]


def test_a_file_without_header_of_another_width_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="has 49 columns, and this one has 3"):
        read_text(tmp_path, "7,2024-01-05,3\n8,2024-01-06,4\n", profile="ucdp_ged")


# IDMC


def idmc(**cells: object) -> dict[str, object]:
    moment = "2023-11-06T11:00:00.000Z"
    return {
        "id": 126716, "country": "India", "iso3": "IND", "displacement_type": "Conflict",
        "qualifier": "total", "figure": 20, "displacement_date": moment,
        "displacement_start_date": moment, "displacement_end_date": moment,
        "created_at": "2023-11-08T19:37:23.870Z", "link": "https://example.org/1",
        "description": "notes of the desk", **cells,
    }  # fmt: skip


def test_a_moment_of_idmc_is_the_day_it_means(tmp_path: Path) -> None:
    # New Zealand puts its clocks on in September: midnight is 12:00 UTC before, 11:00 after.
    winter = "2023-08-06T12:00:00.000Z"
    store = read_rows(
        tmp_path,
        IDMC,
        idmc(),
        idmc(id=2, displacement_start_date=winter, displacement_end_date=winter),
    )
    assert days(store) == ["2023-11-07", "2023-08-07"]
    assert days(store, "date_end") == ["2023-11-07", "2023-08-07"]
    assert days(store, "reported_on") == ["2023-11-08"] * 2
    # 7 August 2023 is a Monday: a day too early would be the week before.
    assert date(2023, 8, 7).weekday() == 0


def test_idmc_is_a_flow_of_people_and_no_incident(tmp_path: Path) -> None:
    store = read_rows(tmp_path, IDMC, idmc())
    row = store.load(["displaced", "displacement_kind", "source", "source_url", "killed"]).iloc[0]
    assert list(row)[:4] == [20, "new", "IDMC", "https://example.org/1"]
    counted = records(store.load(["date", "displaced", "displacement_kind"]), counting=COUNTING)
    assert not counted["is_incident"].any()
    assert "CC BY-IGO" in store.profile.credit


def test_more_than_so_many_is_the_lowest_number_and_no_highest(tmp_path: Path) -> None:
    qualifiers = ("total", "approximately", "more than")
    rows = [idmc(id=n, qualifier=qualifier) for n, qualifier in enumerate(qualifiers)]
    table = read_rows(tmp_path, IDMC, *rows).load(["displaced", "displaced_low", "displaced_high"])
    assert list(table["displaced"]) == [20, 20, 20]
    assert list(table["displaced_low"].isna()) == [True, True, False]
    assert table["displaced_low"][2] == 20
    assert table["displaced_high"].isna().all()


def test_displacement_by_disasters_is_not_added_to_that_by_conflict(tmp_path: Path) -> None:
    rows = [idmc(), idmc(id=2, displacement_type="Disaster", figure=7)]
    conflict = read_rows(tmp_path, IDMC, *rows)
    assert conflict.set_aside == {"displacement by a disaster, not by conflict": 1}
    assert list(conflict.load(["displaced"])["displaced"]) == [20]
    disasters = read_rows(tmp_path, IDMC, *rows, profile="idmc_idu_disasters")
    assert list(disasters.load(["displaced"])["displaced"]) == [7]
    assert disasters.profile.title.endswith("disasters")


def test_figures_that_only_compare_are_set_aside_where_a_file_has_them(tmp_path: Path) -> None:
    rows = [idmc(role="Recommended figure"), idmc(id=2, role="Triangulation")]
    store = read_rows(tmp_path, f"{IDMC},role", *rows)
    assert store.set_aside == {"figure for comparison, not the recommended one": 1}


def test_a_span_longer_than_a_week_is_not_put_into_a_week(tmp_path: Path) -> None:
    late = "2023-11-13T11:00:00.000Z"  # 7 to 14 November: eight days
    store = read_rows(tmp_path, IDMC, idmc(displacement_end_date=late), idmc(id=2))
    assert store.set_aside == {"date too imprecise for a week": 1}


# IOM DTM


def dtm(**cells: object) -> dict[str, object]:
    return {
        "id": 1, "operation": "Conflict", "admin0Name": "Sudan", "admin1Name": "Kassala",
        "admin1Pcode": "SD11", "admin2Name": "Aroma", "admin2Pcode": "SD11001", "adminLevel": 2,
        "numPresentIdpInd": 100, "reportingDate": "2023-06-30", "roundNumber": 3, **cells,
    }  # fmt: skip


DTM_ROWS = (
    dtm(id=1, adminLevel=0, admin1Name="Not available", admin2Name="Not available",
        admin1Pcode="Not available", admin2Pcode="Not available", numPresentIdpInd=160),
    dtm(id=2, adminLevel=1, admin2Name="Not available", admin2Pcode="Not available",
        numPresentIdpInd=160),
    dtm(id=3),
    dtm(id=4, admin2Name="Kassala Town", admin2Pcode="Not available", numPresentIdpInd=60),
)  # fmt: skip


def test_people_present_are_counted_at_one_level_and_as_a_stock(tmp_path: Path) -> None:
    store = read_rows(tmp_path, DTM, *DTM_ROWS)
    assert store.set_aside == {
        "of another administrative level: the same people are counted at level 2": 2
    }
    table = store.load(["displaced", "displacement_kind", "admin1", "admin2", "admin2_pcode"])
    assert table["displaced"].sum() == 160  # not 480
    assert set(table["displacement_kind"]) == {"stock"}
    assert table["admin2_pcode"].isna()[1]  # `Not available` is a blank, not a code
    weeks = weekly(
        records(store.load(["date", "displaced", "displacement_kind"]), counting=COUNTING)
    )
    sums = weeks.set_index("measure")["value"]
    assert sums["stock"] == 160
    assert not sums.get("displaced", 0) > 0


def test_the_levels_not_taken_are_listed_line_by_line(tmp_path: Path) -> None:
    store = read_rows(tmp_path, DTM, *DTM_ROWS)
    found = [(each.line, each.outcome) for each in store.listed()]
    assert found == [(2, "set aside"), (3, "set aside")]


def test_another_level_is_taken_by_a_profile_of_a_few_lines(tmp_path: Path) -> None:
    (tmp_path / "level1.toml").write_text(
        'extends = "iom_dtm"\ntitle = "governorates"\n[[keep]]\ncolumn = "adminLevel"\n'
        'is = ["1"]\nreason = "of another level"\n',
        encoding="utf-8",
    )
    store = read_rows(tmp_path, DTM, *DTM_ROWS, profile="level1.toml")
    assert store.set_aside == {"of another level": 3}
    assert list(store.load(["displaced"])["displaced"]) == [160]
    assert store.profile.credit == read_profile(built_in()["iom_dtm"]).credit


def test_the_same_id_on_another_level_is_no_repetition(tmp_path: Path) -> None:
    store = read_rows(tmp_path, DTM, dtm(id=1, adminLevel=1), dtm(id=1))
    assert (store.rows_used, store.rows_rejected) == (1, 0)


def test_a_level_column_that_is_missing_is_refused(tmp_path: Path) -> None:
    without = DTM.replace(",adminLevel", "")
    row = {name: cell for name, cell in dtm().items() if name != "adminLevel"}
    with pytest.raises(DataError, match="column 'adminLevel' is missing"):
        read_rows(tmp_path, without, row, profile="iom_dtm")


# HXL


TAGS = "#event+id,#date+start,#adm1+name,#affected+killed,#meta+source"


def test_columns_are_known_by_their_tags(tmp_path: Path) -> None:
    store = read_text(
        tmp_path,
        "No.,When,Where,Dead,Hurt women,By\n"
        "#event +id, #Date +occurred ,#adm1+name,#affected + killed,#affected+f+injured+adults,"
        "#meta+source\n"
        "A,2021-06-07,Idleb,3,1,White Helmets\n",
    )
    assert store.profile.name == "hxl"
    row = store.load(["date", "admin1", "killed", "injured_women", "injured", "source"]).iloc[0]
    assert list(row)[1:4] == ["Idleb", 3, 1]
    assert str(row["date"].date()) == "2021-06-07"
    assert store.load(["injured"])["injured"].isna().all()
    assert store.set_aside == {"row of HXL tags": 1}


def test_the_tags_stand_below_a_preamble(tmp_path: Path) -> None:
    store = read_text(
        tmp_path,
        "Incidents of June,,,,\nfor review,,,,\n\nNo.,When,Where,Dead,By\n"
        f"{TAGS}\nA,2021-06-07,Idleb,3,White Helmets\n",
    )
    assert store.set_aside == {"row above the names of the columns": 2, "row of HXL tags": 1}
    assert list(store.load(["killed"])["killed"]) == [3]
    assert [each.line for each in store.listed()] == [1, 2, 5]


def test_tags_alone_will_do_for_a_header(tmp_path: Path) -> None:
    store = read_text(tmp_path, f"{TAGS}\nA,2021-06-07,Idleb,3,White Helmets\n")
    assert (store.rows_read, store.rows_used) == (1, 1)


def test_tags_that_are_misspelt_or_unknown_are_left_alone_and_listed(tmp_path: Path) -> None:
    store = read_text(
        tmp_path,
        "No.,When,Where,Dead,Hurt,Cost,By\n"
        "#event+id,#date+start,#adm1+name,#affected+killed,#afected+injured,#value+usd,#meta+source\n"
        "A,2021-06-07,Idleb,3,5,70,White Helmets\n",
    )
    assert store.load(["injured"])["injured"].isna().all()  # not zero, and not 5
    flagged = [(each.line, each.column, each.reason) for each in store.listed()][1:]
    assert [line for line, _, _ in flagged] == [2, 2]
    assert flagged[0][1] == "#afected+injured"
    assert "did you mean #affected+injured?" in flagged[0][2]
    assert flagged[1][1:] == (
        "#value+usd",
        "is an HXL tag that this layout does not read; its column is left alone",
    )
    assert (store.rows_read, store.rows_used) == (2, 1)


def test_killed_women_and_girls_are_not_taken_for_all_killed(tmp_path: Path) -> None:
    tags = TAGS.replace("#affected+killed", "#affected+killed+f")
    store = read_text(tmp_path, f"a,b,c,d,e\n{tags}\nA,2021-06-07,Idleb,3,White Helmets\n")
    assert store.load(["killed"])["killed"].isna().all()
    assert "#affected+f+killed" in "".join(store.flagged)
    assert "did you mean" not in "".join(store.flagged)


def test_two_columns_with_one_tag_are_refused(tmp_path: Path) -> None:
    tags = TAGS.replace("#meta+source", "#affected+killed")
    with pytest.raises(DataError, match="stands there 2 times"):
        read_text(tmp_path, f"a,b,c,d,e\n{tags}\nA,2021-06-07,Idleb,3,4\n")


def test_a_layout_by_tags_without_tags_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no row near the top of the file holds any"):
        read_text(tmp_path, "a,b\n1,2\n", profile="hxl")


@pytest.mark.parametrize(
    ("heading", "tag"), [("Victim name", "#value+text"), ("Victim name", ""), ("", "#contact+name")]
)
def test_names_of_people_are_refused_by_their_heading_or_their_tag(
    tmp_path: Path, heading: str, tag: str
) -> None:
    with pytest.raises(DataError, match="looks like personal data"):
        read_text(tmp_path, f"a,b,c,d,e,{heading}\n{TAGS},{tag}\nA,2021-06-07,Idleb,3,W,N\n")


# Minimum and maximum


MIN_MAX = (
    "code,date,location,governorate,killed_min,killed_max,injured_min,injured_max,sources,grade"
)


def harm(**cells: object) -> dict[str, object]:
    return {
        "code": "CS1", "date": "2021-06-07", "location": "Ariha", "governorate": "Idleb",
        "killed_min": 3, "killed_max": 7, "sources": "SN4HR", "grade": "Fair", **cells,
    }  # fmt: skip


def test_the_lowest_number_is_the_headline_and_the_end_of_the_range(tmp_path: Path) -> None:
    store = read_rows(tmp_path, MIN_MAX, harm())
    assert store.profile.name == "min_max"
    table = store.load(["killed", "killed_low", "killed_high", "injured", "killed_range_valid"])
    assert list(table.iloc[0])[:3] == [3, 3, 7]
    assert table["injured"].isna().all()
    assert table["killed_range_valid"].all()


def test_a_profile_of_ones_own_makes_the_highest_the_headline(tmp_path: Path) -> None:
    (tmp_path / "highest.toml").write_text(
        'extends = "min_max"\n[columns.killed]\nfrom = "killed_max"\n', encoding="utf-8"
    )
    store = read_rows(tmp_path, MIN_MAX, harm(), profile="highest.toml")
    assert list(store.load(["killed", "killed_low", "killed_high"]).iloc[0]) == [7, 3, 7]


def test_grades_of_harm_become_grades_of_verification(tmp_path: Path) -> None:
    grades = ["Confirmed", "Fair", "Weak", "Contested", "Discounted", "Unheard"]
    rows = [harm(code=f"CS{n}", grade=grade) for n, grade in enumerate(grades)]
    store = read_rows(tmp_path, MIN_MAX, *rows)
    assert list(store.load(["status"])["status"]) == ["confirmed", "reported", "pending", "pending"]
    assert store.set_aside == {"discounted": 1}
    assert store.rows_rejected == 1  # a grade that is not known is not guessed at


def test_sources_places_and_dates_of_one_cell_are_parted(tmp_path: Path) -> None:
    store = read_rows(
        tmp_path,
        MIN_MAX,
        harm(
            date="2021-06-07 to 2021-06-09",
            location="Ariha (أريحا)",
            governorate="إدلب / Idleb",
            sources="SN4HR, White Helmets | Local, ",
        ),
        harm(code="CS2", date="7 June 2021", location="أريحا", sources=""),
    )
    assert not store.rows_rejected
    assert days(store) == ["2021-06-07", "2021-06-07"]
    assert days(store, "date_end") == ["2021-06-09", "2021-06-07"]
    table = store.load(["place", "admin1", "source"])
    assert list(table["place"]) == ["Ariha", "أريحا"]
    assert list(table["admin1"]) == ["Idleb", "Idleb"]
    assert list(table["source"]) == ["SN4HR;White Helmets;Local", "not recorded"]


# A layout that is not known


def test_a_layout_that_is_not_known_says_what_was_looked_for_and_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        read_text(
            tmp_path, "event_id_cnty,event_date,event_type,deaths\nS1,16 May 2025,Battles,1\n"
        )
    message = str(caught.value)
    assert "events.csv, line 1" in message
    assert "is acled, which needs fatalities as well" in message
    assert message.endswith("sitrep profile events.csv")
    assert "\n" not in message


def test_the_command_for_a_draft_is_make_under_make(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAKELEVEL", "1")
    with pytest.raises(DataError, match=r"make profile DATA=events\.csv$"):
        read_text(tmp_path, "x,y\n1,2\n")


def test_the_command_for_a_draft_names_the_workbook_and_its_sheet_apart(tmp_path: Path) -> None:
    write_workbook(tmp_path / "log.xlsx", {"Log": sheet([["x", "y"], [1, 2]])})
    given = Input(tmp_path / "log.xlsx", sheet="Log", root=tmp_path)
    with pytest.raises(DataError, match=r"sitrep profile log\.xlsx --sheet Log$"):
        read(given, store=tmp_path / "store")


# Real files


COUNTING = CountingSettings()


def monday(text: str) -> date:
    day = date.fromisoformat(text[:10])
    return day - timedelta(days=day.weekday())


@needs_shared
@pytest.mark.parametrize(
    ("name", "tags"), [("ged231_sample_1000.csv", 0), ("hdx_hxl_conflict_data_BGD.csv", 1)]
)
def test_weekly_totals_of_the_ucdp_files_are_those_that_the_csv_module_adds_up(
    tmp_path: Path, name: str, tags: int
) -> None:
    path = SHARED / "ucdp-ged" / name
    expected: dict[date, int] = defaultdict(int)
    with path.open(encoding="utf-8-sig", newline="") as file:
        for event in list(csv.DictReader(file))[tags:]:
            first, last = (
                date.fromisoformat(event[key][:10]) for key in ("date_start", "date_end")
            )
            if event["date_prec"] not in "45" and (last - first).days < 7:
                expected[monday(event["date_start"])] += int(event["best"])
    store = read(Input(path, root=tmp_path), store=tmp_path / "store")
    rows = records(store.load(["date", "killed"]), counting=COUNTING)
    weeks = weekly(rows, only=["killed"])
    found = {
        week.date(): value
        for week, value in zip(weeks["week"], weeks["value"], strict=True)
        if value > 0
    }
    assert found == {week: total for week, total in expected.items() if total}
    assert sum(expected.values()) > 1000


@needs_shared
def test_a_ucdp_file_without_its_header_reads_as_with_it(tmp_path: Path) -> None:
    whole = SHARED / "ucdp-ged" / "ged231_sample_1000.csv"
    text = whole.read_text(encoding="utf-8-sig").split("\n", 1)[1]
    with pytest.raises(DataError, match="without its header"):
        read_text(tmp_path, text)
    bare = read_text(tmp_path, text, profile="ucdp_ged")
    full = read(Input(whole, root=tmp_path), store=tmp_path / "store")
    columns = ["incident_id", "date", "killed", "killed_low", "killed_high", "admin1"]
    assert bare.load(columns).equals(full.load(columns))


@needs_shared
@pytest.mark.parametrize(
    ("profile", "kind"), [("", "Conflict"), ("idmc_idu_disasters", "Disaster")]
)
def test_days_of_the_idmc_file_are_those_that_its_descriptions_name(
    tmp_path: Path, profile: str, kind: str
) -> None:
    path = SHARED / "idmc-idu" / "ind_idmc_idu_events.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        events = {e["id"]: e for e in csv.DictReader(file) if e["displacement_type"] == kind}
    store = read(Input(path, root=tmp_path, profile=profile), store=tmp_path / "store")
    table = store.load(["incident_id", "date", "date_end", "displaced"], include_set_aside=True)
    table = table[table["incident_id"].isin(list(events))]
    assert table["displaced"].sum() == sum(int(event["figure"]) for event in events.values())
    told = 0
    for row in table.itertuples():
        # "India: 9 displacements (in relief camp), 10 October - 10 October. …"
        span = f"{row.date:%d %B} - {row.date_end:%d %B}."
        told += span in events[row.incident_id]["description"]
    assert told == len(events) == len(table)


# Reports of displacement alone


def moved_alone(issue_of: IssueOf, *rows: dict[str, object]) -> Issue:
    """The issue of a layout that has no column of casualties."""
    issue = issue_of(rows, week="2021-W23")
    profile = replace(issue.store.profile, holds_casualties=False)
    return replace(issue, store=replace(issue.store, profile=profile))


def test_only_layouts_of_displacement_hold_no_casualties() -> None:
    alone = {profile.name for profile in all_profiles() if not profile.holds_casualties}
    assert alone == {"idmc_idu", "idmc_idu_disasters", "iom_dtm"}


def test_data_of_displacement_alone_report_no_casualties_as_zero(issue_of: IssueOf) -> None:
    issue = moved_alone(
        issue_of,
        {"date": "2021-06-07", "displaced": 5},
        {"date": "2021-06-08", "displaced": 700, "displacement_kind": "stock"},
    )
    labels = [item.label for item in charts.key_figures(issue).items]
    assert labels == ["People newly displaced", "People living in displacement"]
    said = sentences.highlights(issue).plain_text()
    assert "of displacement alone: they hold no record of casualties" in said
    assert "Five people were newly displaced, as recorded." in said  # by no attack that is recorded
    assert "700 people were living in displacement, as recorded." in said
    assert "killed" not in said
    assert "of displacement alone" in tables.casualties(issue).plain_text()


def test_a_layout_with_casualties_says_that_none_were_recorded(issue_of: IssueOf) -> None:
    issue = issue_of([{"date": "2021-06-07", "displaced": 5}], week="2021-W23")
    assert charts.key_figures(issue).items[0].label == "Civilians killed"
    said = sentences.highlights(issue).plain_text()
    assert "No incidents were recorded in this week" in said
    assert "Five people were newly displaced, as recorded." in said
