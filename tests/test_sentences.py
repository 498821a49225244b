"""What the report says: the published facts, one and none, silence, and what it may not say."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from wordings import not_allowed

from sitrep import charts, explore, maps, sentences, tables
from sitrep.settings import Baseline, Context
from sitrep.weeks import parse_week
from sitrep.words import figure, mean_figure

VILLAGES = (
    "Bara", "Fattira", "Iblin", "Ihsim", "Kafr Latah", "Kafar Aweed", "Deir Sunbul", "al-Magarah",
    "Mareian", "Fleifel", "Sufuhon", "Sarja", "Mantef", "Ruwaiha", "Benin",
)  # fmt: skip
MONTH = "(January|February|March|April|May|June|July|August|September|October|November|December)"


def said(issue):
    """Every sentence of the report, one a line."""
    blocks = (
        sentences.highlights(issue), sentences.how_to_read(issue), sentences.who(issue),
        sentences.without_week(issue),
    )  # fmt: skip
    return "\n".join(block.plain_text() for block in blocks)


def highlights(issue):
    return sentences.highlights(issue).plain_text()


def lead(issue):
    return highlights(issue).splitlines()[0].removeprefix("- ")


# The published week


def test_the_published_facts_are_said(sample):
    text = highlights(sample)
    assert "20 civilians were recorded killed and 36 injured" in text
    assert "Five of the dead were children and six were women" in text
    assert "not recorded for the other nine" in text
    assert "1,867 people were newly displaced" in text
    assert "White Helmets" in text
    assert "Response Coordination Group" in text
    for village in VILLAGES:
        assert village in text
    assert "Shelling was reported as the cause of all 27 incidents" in text


def test_the_nine_others_are_never_called_men(sample):
    assert not re.search(r"\bmen\b", said(sample).replace("women", ""))


def test_the_published_week_keeps_its_wording(sample, golden):
    golden("sentences-2021-W23.txt", said(sample) + "\n")


def test_the_week_after_has_three_injured_and_none_killed(sample_week):
    # On 14 June two children and a woman were injured in Maarat al-Numan.
    text = lead(sample_week("2021-W24"))
    assert text.startswith("No civilians were recorded killed and three injured in ")


# One, none, many


def test_one_is_singular(issue_of):
    issue = issue_of([{"killed": 1, "injured": 1, "place": "Bara", "admin2": "Ariha"}])
    text = said(issue)
    assert "One civilian was recorded killed and one injured in one incident." in text
    assert "Sex and age of the dead are not recorded." in text
    assert "One place was hit, in Ariha district." in text
    assert "One source reported this week" in text
    assert "the 1 dead" not in text


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"killed": 1, "killed_children": 1}, "One of the dead was a child."),
        ({"killed": 1, "killed_girls": 1}, "One of the dead was a child."),
        ({"killed": 2, "killed_women": 1, "killed_men": 1},
         "One of the dead was a woman and one was a man."),
        ({"killed": 3, "killed_women": 2}, "Two of the dead were women; sex and age are not "
         "recorded for the other one."),
        ({"killed": 12, "killed_men": 12}, "12 of the dead were men."),
        ({"killed": 3, "killed_children": 2, "killed_girls": 1, "killed_boys": 1},
         "Two of the dead were children; "),
    ],
)  # fmt: skip
def test_the_victims_are_counted_in_words(issue_of, row, words):
    assert words in lead(issue_of([row]))


def test_one_person_displaced_and_one_record_without_a_week(issue_of):
    rows = [{"displaced": 1}, {"killed": 0}, {"date_precision": "month", "killed": 3}]
    issue = issue_of(rows)
    assert "One person was newly displaced" in highlights(issue)
    assert sentences.without_week(issue).plain_text().startswith("One record is dated to a month")


def test_one_since_the_baseline_is_singular(issue_of):
    since = {"baselines": (Baseline("the ceasefire", date(2021, 6, 7)),)}
    issue = issue_of([{"killed": 1, "injured": 1, "displaced": 1}], data=since)
    assert "Since the ceasefire: 1 civilian recorded killed, 1 injured" in highlights(issue)
    assert "1 person newly displaced" in highlights(issue)


def test_no_displacement_is_no_sentence_of_zero_people(issue_of):
    assert "Zero" not in highlights(issue_of([{"killed": 1, "displaced": 0}]))


def test_none_is_said_as_none(issue_of):
    text = lead(issue_of([{"killed": 0, "injured": 0}, {"killed": 0, "injured": 0}]))
    assert text.startswith("No civilians were recorded killed")
    assert "zero" not in text


def test_one_provisional_week_is_singular(issue_of):
    rows = [{"killed": 1, "reported_on": "2021-06-14"}]
    issue = issue_of(rows, counting={"provisional_weeks": 1})
    assert "less than one week old" in said(issue)


def test_people_are_people_where_the_input_counts_all_victims(issue_of):
    text = said(issue_of([{"killed": 2}], victims="all"))
    assert "Two people were recorded killed" in text
    assert "civilian" not in text
    assert "One person was recorded killed" in said(issue_of([{"killed": 1}], victims="all"))


# Blank and nothing


def test_a_week_of_blanks_says_that_there_was_no_figure(issue_of):
    rows = [{"date": "2021-05-31", "killed": 3, "injured": 3}, {"killed": None, "injured": None}]
    text = lead(issue_of(rows))
    assert text.startswith("No figure of civilians killed was recorded in one incident.")


def test_blank_deaths_beside_known_injuries_make_a_sentence(issue_of):
    text = lead(issue_of([{"killed": None, "injured": 3}]))
    assert "No figure of civilians killed was recorded and three injured" not in text
    assert "three" in text


def test_a_week_without_incidents_says_so_and_who_would_have_recorded_them(issue_of):
    rows = [{"date": "2021-05-24", "source": "White Helmets"},
            {"date": "2021-06-14", "source": "Nobody"}]  # fmt: skip
    text = said(issue_of(rows, week="2021-W23"))
    assert text.startswith("- No incidents were recorded in this week")
    assert "(White Helmets)" in text
    assert "does not mean that none occurred" in text
    assert "No source reported this week" in text


def test_displacement_without_incidents_says_both(issue_of):
    text = highlights(issue_of([{"displaced": 100, "source": "Camp desk"}]))
    assert "No incidents were recorded" in text
    assert "100 people were newly displaced" in text


@pytest.mark.parametrize(
    ("area", "row"),
    [
        ("", {"status": "pending"}),  # no record of a grade that totals hold
        ("Harim", {"date": "2021-06-21", "admin2": "Harim"}),  # the area's only record is later
        ("Harim", {"date": "2019-06-03", "admin2": "Harim"}),  # ... or long ago
    ],
)
def test_nothing_at_all_is_still_a_report(issue_of, area, row):
    rows = [{"killed": 3, "admin2": "Ariha", "status": "pending"}, {"killed": 1, **row}]
    assert "No incidents were recorded" in said(issue_of(rows, week="2021-W23", area=area))


# Places


def test_places_in_two_districts_are_not_all_in_one(issue_of):
    issue = issue_of([{"place": "Bara", "admin2": "Ariha"}, {"place": "Salqin", "admin2": "Harim"}])
    assert "Two places were hit: Bara and Salqin." in highlights(issue)


def test_two_places_of_one_name_are_told_apart(issue_of):
    named = (("Bara", "Ariha"), ("Bara", "Harim"), ("Salqin", "Harim"))
    rows = [{"place": name, "admin2": district} for name, district in named]
    text = highlights(issue_of(rows))
    assert "Three places were hit: Bara (Ariha), Bara (Harim) and Salqin." in text


def test_two_incidents_of_one_cause_are_both(issue_of):
    text = highlights(issue_of([{"attack": "shelling"}] * 2))
    assert "Shelling was reported as the cause of both incidents." in text


def test_a_total_that_nobody_gave_is_called_so(issue_of):
    since = {"baselines": (Baseline("the ceasefire", date(2021, 6, 7)),)}
    issue = issue_of([{"killed": None, "injured": 2}], data=since)
    assert "Since the ceasefire: no figure of civilians killed and 2 injured." in highlights(issue)


def test_a_place_of_no_known_district_is_not_put_into_one(issue_of):
    issue = issue_of([{"place": "Bara", "admin2": "Ariha"}, {"place": "Somewhere"}])
    assert "all in Ariha" not in highlights(issue)


def test_sixteen_places_are_counted_not_named(issue_of):
    rows = [{"place": f"Village {letter}", "admin2": "Ariha"} for letter in "ABCDEFGHIJKLMNOP"]
    text = highlights(issue_of(rows))
    assert "16 places were hit, all in Ariha district." in text
    assert "Village" not in text


# Causes, single incidents


def test_a_cause_is_named_where_it_was_given_for_more_than_half(issue_of):
    def of(*kinds):
        return highlights(issue_of([{"attack": kind} for kind in kinds]))

    assert "Shelling was reported as the cause of two of the three incidents." in of(
        "shelling", "shelling", "air strike"
    )
    assert "cause" not in of("shelling", "shelling", "air strike", "air strike")
    assert "cause" not in of("not recorded", "not recorded", "not recorded")
    assert "cause" not in of("shelling", "", "")


def test_other_is_not_named_as_a_cause(issue_of):
    assert "Other was" not in highlights(issue_of([{"attack": "other"}] * 3))


@pytest.mark.parametrize(
    ("deaths", "sentence"),
    [
        ((4, 12), "One incident accounts for 12 of the 16 dead."),
        ((4, 4, 4, 4), "One incident accounts for four of the 16 dead."),
        ((3, 1), ""),  # too few to speak of
        ((4, 4, 4, 4, 4), ""),  # less than a quarter
        ((12,), ""),  # there is no other
    ],
)
def test_one_incident_is_named_where_it_holds_a_quarter_of_the_dead(issue_of, deaths, sentence):
    text = highlights(issue_of([{"killed": count} for count in deaths]))
    assert sentence in text
    assert ("accounts" in text) == bool(sentence)


# Who reported


def week_after(*sources, **row):
    """A record of each source in W22, and one row in W23."""
    before = [{"date": "2021-05-31", "killed": 1, "source": name} for name in sources]
    start = {"date": "2021-05-03", "killed": 0, "source": "First"}  # so that four weeks are covered
    return [start, *before, {"date": "2021-06-07", "killed": 1, **row}]


def reporting(issue):
    [line] = [line for line in said(issue).splitlines() if "reported this week" in line]
    return line


def test_a_source_that_fell_silent_is_named(issue_of):
    text = reporting(issue_of(week_after("A desk", "B desk", source="B desk")))
    assert (
        "One source reported this week; A desk, who did in the four weeks before, did not" in text
    )


def test_no_source_that_reported_is_called_silent(issue_of):
    text = reporting(issue_of(week_after("A desk", source="A desk; B desk")))
    assert text.endswith("Two sources reported this week.")


@pytest.mark.parametrize(
    "row",
    [
        {"displaced": 5, "displacement_kind": "return"},
        {"displaced": 5000, "displacement_kind": "stock"},
        {"displaced_households": 20},
    ],
)
def test_a_source_of_returns_stock_or_households_has_reported(issue_of, row):
    rows = [*week_after("Camp desk", source="A desk"),
            {"date": "2021-05-31", "displaced": 9, "source": "Camp desk"},
            {"date": "2021-06-08", "source": "Camp desk", **row}]  # fmt: skip
    assert "Camp desk, who did" not in reporting(issue_of(rows, week="2021-W23"))


def test_every_source_that_fell_silent_is_named_or_counted(issue_of):
    names = [f"Desk {letter}" for letter in "ABCDEF"]
    text = reporting(issue_of(week_after(*names, source="G desk")))
    unnamed = [name for name in names if name not in text]
    assert not unnamed or "others" in text


def test_reading_the_sentences_changes_no_number(issue_of):
    moved = {"date": "2021-05-31", "displaced": 9, "source": "Camp desk"}
    issue = issue_of([moved, *week_after("A desk")])
    groups = ("incidents", issue.periods.four_label, "source")
    before = list(issue.numbers.groups(*groups))
    assert said(issue) == said(issue)
    assert issue.numbers.groups(*groups) == before


# How final


def test_a_week_that_the_data_do_not_reach_the_end_of_says_so(issue_of):
    issue = issue_of([{"date": "2021-06-08", "killed": 1}])
    assert "The data end on 8 June 2021, before the week does." in said(issue)
    assert "Provisional" in sentences.masthead(issue).facts[1]


@pytest.mark.parametrize(
    ("frozen", "settled"), [("2021-06-13", False), ("2021-07-03", False), ("2021-07-04", True)]
)
def test_a_week_has_settled_three_weeks_after_its_end(issue_of, frozen, settled):
    # W23 ends on 13 June; three weeks later is 4 July.
    issue = issue_of([{"killed": 1, "reported_on": frozen}])
    assert ("Counts settled" in sentences.masthead(issue).facts[1]) == settled
    assert ("still filling up" in said(issue)) != settled


def test_ranges_are_said_for_how_many_incidents_they_are_known(issue_of):
    rows = [{"killed": 5, "killed_low": 4, "killed_high": 6}, {"killed": 5}, {"killed": 5}]
    assert "a range of deaths was known for 1 of 3 incidents" in said(issue_of(rows))
    assert "range" not in said(issue_of([{"killed": 5}])).lower()


def test_sex_and_age_are_said_with_their_denominator(issue_of):
    # 6 women and 5 children of 20; nothing of the 36 injured.
    rows = [{"killed": 20, "killed_women": 6, "killed_children": 5, "injured": 36}]
    assert sentences.who(issue_of(rows)).plain_text() == (
        "Sex or age is recorded for 11 of the 20 dead. "
        "Neither sex nor age is recorded for any of the 36 injured."
    )


def test_every_figure_that_is_said_of_a_small_week_is_in_its_numbers(issue_of):
    # Small, so that no other number of the table is there by chance.
    rows = [{"killed": 20, "killed_women": 6, "killed_children": 5, "injured": 36,
             "killed_low": 17, "killed_high": 24, "displaced": 1867}]  # fmt: skip
    issue = issue_of(rows)
    assert figures_in(said(issue)) <= known_figures(issue)


def test_the_masthead_says_area_week_days_and_next_issue(sample):
    masthead = sentences.masthead(sample)
    assert masthead.subtitle == (
        "North-west Syria · week 2021-W23, Monday 7 to Sunday 13 June 2021"
    )
    assert "Draft of issue 1 · English" in masthead.facts
    assert "Next issue 21 June 2021" in masthead.facts  # the Monday after W24
    assert "Data frozen 30 June 2021" in masthead.facts
    assert masthead.date == "2021-06-30"


def test_made_up_data_are_called_so(sample, sample_week, issue_of):
    def banner(issue):
        return "".join(run.text for run in sentences.masthead(issue).banner)

    assert "The totals of this week are those that were published" in banner(sample)
    assert "every incident in this report is made up" in banner(sample_week("2021-W20"))
    draft = "Draft, not published."
    assert banner(issue_of([{"killed": 1}])) == draft


def test_context_is_printed_in_its_weeks_with_its_source(issue_of):
    context = (Context("A truce holds.", "the press"), Context("X.", "y", weeks=("2021-W22",)))
    issue = issue_of([{"killed": 1}], data={"context": context})
    heading, intro, items = sentences.context(issue)
    assert heading.plain_text() == "Context"
    assert "what others published" in intro.plain_text()
    assert items.plain_text() == "- A truce holds. The press."
    assert sentences.context(issue_of([{"killed": 1}])) == ()


def test_provenance_names_file_hash_and_licence(sample):
    text = sentences.provenance(sample).plain_text()
    assert "incidents.csv" in text
    assert sample.store.sha256 in text
    assert "CC BY 4.0" in text


def test_the_numbers_travel_with_the_document(sample):
    attached = sentences.numbers_file(sample)
    assert (attached.name, attached.media_type) == ("numbers.csv", "text/csv")
    assert attached.text == sample.numbers.to_csv()


# What may be said, over sixty weeks


def pictured(issue) -> Iterator[str]:
    """The words of charts, maps and tables, cells apart."""
    made = [charts.who(issue), charts.attacks(issue), charts.districts(issue), maps.places(issue),
            charts.completeness(issue), charts.weekly(issue, "killed")]  # fmt: skip
    tabled = (tables.casualties(issue), tables.perpetrators(issue), tables.grades(issue))
    yield from (block.plain_text() for block in (*made, *tabled))
    for key in charts.key_figures(issue).items:
        yield f"{key.label} {key.value} {key.range} {key.change} {key.sources} {key.alt}"


def known_figures(issue):
    columns = ["value", "low", "high", "incidents", "not_reported", "sources"]
    values = {abs(v) for v in issue.numbers.table[columns].to_numpy(float).ravel() if v == v}
    return {write(value) for value in values for write in (figure, mean_figure)}


def figures_in(text):
    """The numbers written in figures, but for weeks, days, months and settings."""
    for pattern in (r"\d{4}-W\d{2}", rf"\d{{1,2}} {MONTH} \d{{4}}", rf"{MONTH} \d{{4}}"):
        text = re.sub(pattern, " ", text)
    return set(re.findall(r"\d[\d,]*(?:\.\d+)?", text))


WEEKS = [str(parse_week("2020-W05") + step) for step in range(0, 72, 2)]


@pytest.fixture(scope="module")
def past(sample_week):
    """Issues of earlier weeks, from the records of the last one."""
    whole = sample_week("2021-W25")
    return lambda week: explore.narrowed(whole, first=str(parse_week(week) - 4), last=week)


@pytest.mark.parametrize("weeks", [WEEKS[::2], WEEKS[1::2]], ids=["even", "odd"])
def test_what_is_said_in_every_week_is_allowed_and_in_the_numbers(past, weeks):
    wrong = []
    for week in weeks:
        issue = past(week)
        text = said(issue) + sentences.masthead(issue).plain_text()
        wrong += [(week, found) for found in not_allowed(text)]
        strange = figures_in(said(issue)) - known_figures(issue)
        wrong += [(week, number, "is not in the numbers") for number in sorted(strange)]
    assert not wrong


@pytest.mark.parametrize("week", ["2021-W23", "2021-W24", "2020-W10"])
def test_what_charts_and_tables_say_is_allowed(sample_week, week):
    for text in pictured(sample_week(week)):
        assert not not_allowed(text)


def test_a_number_that_is_not_in_the_table_would_be_found(sample):
    assert figures_in("In 2021-W23, on 7 June 2021, 1,867 and 4,321.5") == {"1,867", "4,321.5"}
    assert "4,321.5" not in known_figures(sample)
    assert "1,867" in known_figures(sample)


def test_names_from_the_file_are_repeated_as_they_are(issue_of):
    name = "<b>$x_1$ & إدلب"
    issue = issue_of([{"place": name, "source": name, "killed": 1}])
    assert name in said(issue)
    issue = replace(issue, area=name)
    assert name in sentences.masthead(issue).plain_text()
