"""Settings: what is read, what is refused and in which words."""

from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from sitrep.errors import DataError, ReportError, UsageError, nearest
from sitrep.settings import Settings, find_settings, read_settings

ROOT = Path(__file__).parents[1]


@pytest.fixture
def settings_from(tmp_path):
    def read(text, encoding="utf-8"):
        path = tmp_path / "sitrep.toml"
        path.write_bytes(text.encode(encoding))
        return read_settings(path)

    return read


def test_the_file_of_the_project_writes_out_every_default():
    ours, default = read_settings(ROOT / "sitrep.toml"), Settings(root=ROOT)
    assert ours.counting == default.counting
    assert ours.files == default.files
    said = (ROOT / "sitrep.toml").read_text(encoding="utf-8")
    for section in (default.report, default.counting, default.data, default.files):
        for item in fields(section):
            assert f"\n{item.name} = " in said or f"[data.{item.name}]" in said, item.name


def test_without_a_file_the_defaults_hold(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert find_settings() is None
    assert read_settings().counting.week_start == "monday"


def test_the_nearest_file_above_is_found(tmp_path, settings_from):
    settings_from('[report]\ntitle = "Above"\n')
    below = tmp_path / "notebooks" / "deep"
    below.mkdir(parents=True)
    assert find_settings(below) == (tmp_path / "sitrep.toml").resolve()


def test_what_is_written_is_read(settings_from, tmp_path):
    settings = settings_from(
        '[counting]\npersons_per_household = 5\nprotected_sources = ["A clinic"]\n'
        '[[data.baselines]]\nname = "the ceasefire"\ndate = 2020-03-06\n'
    )
    assert settings.counting.persons_per_household == 5.0
    assert isinstance(settings.counting.persons_per_household, float)
    assert settings.counting.protected_sources == ("A clinic",)
    [baseline] = settings.data.baselines
    assert (baseline.name, baseline.date) == ("the ceasefire", date(2020, 3, 6))
    assert settings.root == tmp_path.resolve()
    assert settings.resolve("data/x.csv") == tmp_path.resolve() / "data" / "x.csv"
    assert settings.resolve("/elsewhere/x.csv") == Path("/elsewhere/x.csv")


def test_a_byte_order_mark_is_read_past(settings_from):
    assert settings_from('\ufeff[report]\ntitle = "Notepad"\n').report.title == "Notepad"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[report]\ntitel = "x"', r"\[report\]: there is no setting 'titel'; did you mean 'title'"),
        ("[reprot]", "there is no setting 'reprot'; did you mean 'report'"),
        ("[report]\nzzz = 1", "no setting 'zzz'; known are organisation, title"),
        ("[report]\ntitle = 5", r"\[report\] title = 5 should be text in quotation marks"),
        ('[report]\nchart_weeks = "52"', "should be a whole number"),
        ("[report]\nchart_weeks = 52.0", "should be a whole number"),
        ("[report]\nchart_weeks = true", "should be a whole number"),
        ("[counting]\nmax_rejected_share = true", "should be a number"),
        ("[data]\nillustrative = 1", "should be true or false"),
        ('[report]\nlanguages = "en"', "is a list: write it in square brackets"),
        ("[report]\nlanguages = [1]", "should be text in quotation marks"),
        ("report = 5", r"\[report\] is a section"),
        ('[report]\nedition = "pubic"', "report.edition cannot be 'pubic'; did you mean 'public'"),
        ('[report]\nedition = "zz"', "allowed are public, internal"),
        ('[report]\nlanguages = ["xx"]', "report.languages cannot be 'xx'; allowed are en"),
        ('[counting]\nweek_start = "Monday"', "did you mean 'monday'"),
        ('[counting]\nheadline_grades = ["discounted"]', "cannot be 'discounted'"),
        ("[report]\nchart_weeks = 7", "is from 8 to 260, not 7"),
        ("[report]\nchart_weeks = 261", "is from 8 to 260, not 261"),
        ("[counting]\nmax_rejected_share = 1.1", "a share from 0 to 1"),
        ("[counting]\nmax_rejected_share = nan", "a share from 0 to 1"),
        ("[counting]\nprovisional_weeks = -1", "not negative"),
        ("[counting]\npersons_per_household = -0.5", "not negative"),
        ("[counting]\npersons_per_household = nan", "persons_per_household"),
        ("[counting]\npersons_per_household = inf", "persons_per_household"),
        ('[[data.baselines]]\nname = "x"', "needs a 'date'"),
        ('[[data.baselines]]\nname = "x"\ndate = "2020-03-06"', "a date such as 2020-03-06"),
        ('[[data.baselines]]\nname = "x"\ndate = 2020-03-06T10:00:00', "a date such as"),
        ('[[data.context]]\ntext = "x"', "needs a 'source'"),
        ('[[data.context]]\ntext = "x"\nsurce = "y"', "no setting 'surce'; did you mean 'source'"),
        ("[report\n", "not a TOML file"),
        ('[report]\ntitle = "a"\ntitle = "b"', "not a TOML file"),
    ],
)
def test_what_is_wrong_is_refused_in_words(settings_from, text, said):
    with pytest.raises(UsageError, match=said) as raised:
        settings_from(text)
    assert "sitrep.toml" in str(raised.value)


@pytest.mark.parametrize("address", ["example.org", "javascript:alert(1)", "https://a b/", "/here"])
def test_an_address_is_one_on_the_web(settings_from, address):
    with pytest.raises(UsageError, match=r"report\.address"):
        settings_from(f"[report]\naddress = '{address}'\n")
    assert settings_from("[report]\naddress = 'https://example.org/r'\n").report.address


def test_two_baselines_of_one_day_are_refused(settings_from):
    # Both would be called 2020-03-06/2021-06-13 in numbers.csv.
    twice = "".join(f'[[data.baselines]]\nname = "{name}"\ndate = 2020-03-06\n' for name in "ab")
    with pytest.raises(UsageError, match="2020-03-06"):
        settings_from(twice)


def test_a_file_that_is_not_utf_8_is_refused(settings_from):
    with pytest.raises(UsageError, match="not a TOML file"):
        settings_from('[report]\ntitle = "é"\n', encoding="cp1252")


def test_a_named_file_that_is_missing_or_a_folder_is_refused(tmp_path):
    with pytest.raises(UsageError, match=r"nowhere\.toml: the settings cannot be read"):
        read_settings(tmp_path / "nowhere.toml")
    with pytest.raises(UsageError, match="the settings cannot be read"):
        read_settings(tmp_path)


OWN = """
[data]
path = "data/incidents.csv"
profile = "native"
area = "North"
illustrative = true
boundaries = "areas.geojson"
[[data.baselines]]
name = "the ceasefire"
date = 2020-03-06
"""


def test_what_describes_one_file_is_not_said_of_another(settings_from):
    other = settings_from(OWN).for_data("other.csv", "ucdp_ged").data
    assert (other.path, other.profile) == ("other.csv", "ucdp_ged")
    assert (other.area, other.boundaries, other.baselines) == ("", "", ())
    assert not other.illustrative


def test_another_file_takes_no_profile_from_the_settings(settings_from):
    assert settings_from(OWN).for_data("other.csv").data.profile == ""


@pytest.mark.parametrize("path", ["", "data/incidents.csv", "./data/../data/incidents.csv"])
def test_the_settings_own_file_keeps_what_is_said_of_it(settings_from, path):
    settings = settings_from(OWN)
    assert settings.for_data(path).data.baselines == settings.data.baselines
    assert settings.for_data(path).data.profile == "native"
    assert settings.for_data(path, "mine.toml").data.profile == "mine.toml"
    assert settings.for_data(path).data.area == "North"


def test_reporting_and_counting_hold_for_every_file(settings_from):
    settings = settings_from('[counting]\nweek_start = "sunday"\n' + OWN)
    assert settings.for_data("other.csv").counting.week_start == "sunday"


def test_the_nearest_name_is_offered_only_when_it_is_near():
    assert nearest("IDLIB", ["Idlib", "Hama"]) == "; did you mean 'Idlib'?"
    assert nearest("Damascus", ["Idlib", "Hama"]) == ""
    assert nearest("x", []) == ""


def test_a_wrong_command_exits_with_2_and_wrong_data_with_1():
    assert [kind.exit_status for kind in (UsageError, DataError, ReportError)] == [2, 1, 1]
