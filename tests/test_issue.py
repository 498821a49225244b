"""Which week, which area, which edition; what an issue knows of its sources."""

from dataclasses import replace
from datetime import date

import pytest

from sitrep.errors import DataError, UsageError
from sitrep.issue import PROTECTED, check_area, choose_week, open_issue
from sitrep.settings import CountingSettings, ReportSettings, Settings

ALIASES = "alias,name,pcode\nIdleb,Idlib,SY07\nIdlib,Idlib,SY07\n"


@pytest.fixture(scope="module")
def store(store_of):
    """Data from Wednesday 2 June to Thursday 17 June 2021, the latter in the week of 14 June."""
    return store_of(
        [
            {"date": "2021-06-02", "killed": 1},
            {"date": "2021-06-10", "killed": 2},
            {"date": "2021-06-15", "reported_on": "2021-06-17", "killed": 4},
        ]
    )


def frozen(store, day, last="2021-06-15"):
    return replace(
        store, frozen_on=date.fromisoformat(day), last_date=date.fromisoformat(last)
    )  # fmt: skip


# The week


def test_without_a_week_it_is_the_latest_that_the_data_cover_to_its_end(store):
    assert str(choose_week("", store, Settings())) == "2021-W23"
    assert str(choose_week("", frozen(store, "2021-06-19"), Settings())) == "2021-W23"  # Saturday
    assert str(choose_week("", frozen(store, "2021-06-20"), Settings())) == "2021-W24"  # Sunday


def test_without_a_week_data_of_one_incomplete_week_give_that_week(store):
    assert str(choose_week("", frozen(store, "2021-06-04"), Settings())) == "2021-W22"


@pytest.mark.parametrize("text", ["2021-W23", "2021-06-07", "2021-06-13"])
def test_a_week_or_a_day_in_it(store, text):
    assert str(choose_week(text, store, Settings())) == "2021-W23"


def test_the_week_that_is_still_running_can_be_asked_for(store):
    assert str(choose_week("2021-W24", store, Settings())) == "2021-W24"


def test_the_configured_week_is_chosen(store):
    sunday = Settings(counting=CountingSettings(week_start="sunday"))
    assert choose_week("2021-06-13", store, sunday).start == date(2021, 6, 13)


@pytest.mark.parametrize("text", ["2021-W21", "2021-W25", "2031-W01", "1999-12-31"])
def test_a_week_outside_the_data_is_refused_with_the_weeks_there_are(store, text):
    with pytest.raises(DataError, match=r"2 June 2021 \(2021-W22\) to 17 June 2021 \(2021-W24\)"):
        choose_week(text, store, Settings())


def test_what_is_no_week_is_a_wrong_command(store):
    with pytest.raises(UsageError, match="2021-W54"):
        choose_week("2021-W54", store, Settings())


def test_data_without_a_usable_row_are_refused(store):
    empty = replace(store, first_date=None, frozen_on=None)
    with pytest.raises(DataError, match="no row can be put into a week"):
        choose_week("", empty, Settings())


# Opening one


def test_an_issue_is_opened_from_a_settings_file(tmp_path, store):
    (tmp_path / "aliases.csv").write_text(ALIASES, encoding="utf-8")
    (tmp_path / "incidents.csv").write_text(
        "incident_id,date,admin1,admin1_pcode,killed,source\n1,2021-06-07,Idleb,SY07,3,A\n"
        "2,2021-06-07,Hama,SY05,4,A\n",
        encoding="utf-8",
    )
    path = tmp_path / "sitrep.toml"
    path.write_text(
        '[data]\npath = "incidents.csv"\naliases = "aliases.csv"\narea = "The north"\n'
        '[files]\nstore = "kept"\n',
        encoding="utf-8",
    )
    issue = open_issue(settings=str(path))
    assert (str(issue.week), issue.area, issue.edition) == ("2021-W23", "The north", "public")
    assert issue.numbers.value("killed", issue.week) == 7
    idlib = open_issue("2021-06-08", area="Idleb", settings=str(path))
    assert (idlib.area, idlib.numbers.value("killed", idlib.week)) == ("Idlib", 3)
    assert open_issue(settings=str(path), edition="internal").edition == "internal"
    with pytest.raises(UsageError, match="no area 'Homs'"):
        open_issue(area="Homs", settings=str(path))


@pytest.mark.parametrize("edition", ["pubic", "Internal"])
def test_an_edition_that_there_is_not_is_refused(tmp_path, edition):
    # Whatever is not "public" would show what the public edition hides.
    (tmp_path / "incidents.csv").write_text(
        "incident_id,date,admin1,killed,source\n1,2021-06-07,Idleb,3,A\n", encoding="utf-8"
    )
    (tmp_path / "sitrep.toml").write_text('[data]\npath = "incidents.csv"\n', encoding="utf-8")
    with pytest.raises(UsageError, match="edition"):
        open_issue(edition=edition, settings=str(tmp_path / "sitrep.toml"))


def test_the_area_is_checked_before_anything_is_computed(store):
    with pytest.raises(UsageError, match="did you mean 'Idleb'"):
        check_area("Idlebb", store, Settings())
    assert check_area("idleb", store, Settings()) == "Idleb"


def test_an_issue_holds_no_record_after_its_week(issue_of):
    rows = [{"date": "2021-06-13", "killed": 1}, {"date": "2021-06-14", "killed": 10}]
    issue = issue_of(rows, week="2021-W23")
    assert issue.records["killed"].sum() == 1


def test_an_area_of_the_data_is_cut_out(issue_of):
    rows = [{"admin2": "Ariha", "killed": 1}, {"admin2": "Harim", "killed": 10}]
    issue = issue_of(rows, area="ariha")
    assert issue.area == "Ariha"
    assert issue.numbers.value("killed", issue.week) == 1


def test_without_an_area_the_title_names_the_file(issue_of):
    assert issue_of([{"killed": 1}]).area.startswith("All areas of incidents-")


# Whose deaths, what there is


def test_the_victims_follow_the_input(issue_of):
    assert issue_of([{"killed": 1}]).victims == "civilians"
    assert issue_of([{"killed": 1}], victims="all").victims == "people"


def test_a_measure_is_there_when_any_record_has_it(issue_of):
    issue = issue_of([{"killed": 0, "injured": None}])
    assert issue.has("killed")
    assert not issue.has("injured")


def test_sources_are_those_that_gave_a_figure_those_with_most_first(issue_of):
    issue = issue_of(
        [
            {"killed": 1, "source": "Few"},
            {"killed": 1, "source": "Many"},
            {"killed": 1, "source": "Many"},
            {"killed": None, "source": "Silent on deaths"},
        ]
    )
    assert issue.sources("killed") == ["Many", "Few"]
    assert issue.sources("displaced") == []


# Editions

HIDDEN = {"protected_sources": ("Clinic A", "Clinic B")}
ROWS = [
    {"killed": 1, "source": "Clinic A; White Helmets"},
    {"killed": 1, "source": "Clinic B"},
    {"killed": 1, "source": "Clinic A;Clinic B"},
    {"killed": 1, "source": "Clinic ABC"},
]


def sources_of(issue):
    return {
        group: issue.numbers.value("incidents", issue.week, breakdown="source", group=group)
        for group in issue.numbers.groups("incidents", issue.week, "source")
    }


def test_a_protected_source_is_not_named_in_public(issue_of):
    issue = issue_of(ROWS, counting=HIDDEN)
    assert set(sources_of(issue)) == {PROTECTED, "White Helmets", "Clinic ABC"}
    assert "Clinic A;" not in "".join(issue.records["source"].astype(str))
    assert "Clinic B" not in issue.numbers.to_csv()


def test_an_incident_of_two_protected_sources_is_one_incident_of_theirs(issue_of):
    assert sources_of(issue_of(ROWS, counting=HIDDEN))[PROTECTED] == 3


def test_a_protected_source_is_named_at_the_recorders_own_desk(issue_of):
    issue = issue_of(ROWS, counting=HIDDEN, report={"edition": "internal"})
    assert set(sources_of(issue)) == {"Clinic A", "Clinic B", "White Helmets", "Clinic ABC"}


def test_points_follow_the_edition(issue_of):
    rows = [
        {"killed": 1, "place": place, "latitude": "35.12345", "longitude": "36.54321",
         "place_precision": precision, "target": target}
        for place, precision, target in (
            ("Hospital", "exact", "hospital"), ("Village", "near", "home"), ("Farm", "exact", ""),
        )
    ]  # fmt: skip
    public = issue_of(rows).points.set_index("place")["latitude"].to_dict()
    internal = issue_of(rows, report={"edition": "internal"}).points
    assert public == {"Village": 35.12, "Farm": 35.12345}
    assert set(internal["place"]) == {"Hospital", "Village", "Farm"}


def test_notes_never_reach_an_issue(issue_of):
    issue = issue_of([{"killed": 1, "notes": "call Umm Ali"}], report={"edition": "internal"})
    assert "notes" not in issue.records
    assert "Umm Ali" not in issue.numbers.to_csv()


def test_the_default_edition_is_the_public_one():
    assert ReportSettings().edition == "public"
