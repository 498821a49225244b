"""What the sample data hold that is not drawn at random: columns, places, published weeks.

Published, and kept exactly: the totals of 2021-W23 (7-13 June 2021: 20 civilians killed, 5 of
them children and 6 women, 36 injured, 1,867 displaced, fifteen villages of the south of Idlib
named) and the attack on Maarat al-Numan of 14 June 2021 (two children and a woman injured).
Made up: how those totals are spread over days and places, and all of 2021-W22.
"""

import csv
from typing import NamedTuple

Row = dict[str, str]
"""Filled cells only; a column that is not there is blank: not reported."""

_PERSONS = ("", "_low", "_high", "_civilians", "_women", "_men", "_children", "_girls", "_boys")
COLUMNS = (
    *("incident_id", "date", "date_end", "date_precision", "reported_on", "updated_on"),
    *("admin1", "admin2", "admin3", "admin1_pcode", "admin2_pcode", "admin3_pcode", "place"),
    *("latitude", "longitude", "place_precision", "attack", "target", "perpetrator"),
    *(f"killed{part}" for part in _PERSONS),
    *(f"injured{part}" for part in _PERSONS if part != "_civilians"),
    *("combatants_killed", "displaced", "displaced_households", "displacement_kind"),
    *("destination_admin2", "source", "source_url", "status", "notes"),
)
PARTS_OF_KILLED = tuple(f"killed{part}" for part in _PERSONS if part)

CASUALTY_SOURCE = "White Helmets"
DISPLACEMENT_SOURCE = "Response Coordination Group"


class Place(NamedTuple):
    """A place of the sample and how often it is hit before and after the ceasefire."""

    name: str
    admin2_pcode: str
    admin3_pcode: str
    admin3: str
    latitude: str
    longitude: str
    before: float
    after: float


# Names and p-codes: OCHA Common Operational Datasets (data/LICENSE.md).
ADMIN1 = {"SY02": "Aleppo", "SY05": "Hama", "SY06": "Lattakia", "SY07": "Idlib"}
ADMIN2 = {
    "SY0200": "Jebel Saman",
    "SY0203": "Afrin",
    "SY0502": "As-Suqaylabiyah",
    "SY0505": "Muhradah",
    "SY0603": "Al-Haffa",
    "SY0700": "Idleb",
    "SY0702": "Al Ma'ra",
    "SY0703": "Harim",
    "SY0704": "Jisr-Ash-Shugur",
    "SY0705": "Ariha",
}

# Points of sub-district centres: OCHA. Points of villages: approximate, to two decimals.
# Blank: the sub-district, or where the village lies, is not known to this project.
_PLACES = """\
name|admin2_pcode|admin3_pcode|admin3|latitude|longitude|before|after
Bara|SY0705|SY070501|Ehsem|35.69|36.54|4|7
Fattira|SY0702|SY070203|Kafr Nobol|||1|4
Iblin|SY0705|SY070501|Ehsem|35.74|36.53|2|4
Ihsim|SY0705|SY070501|Ehsem|35.7212|36.5565|4|5
Kafr Latah|SY0705|SY070500|Ariha|35.80|36.65|3|4
Kafar Aweed|SY0705|||35.66|36.46|2|5
Deir Sunbul|SY0705|SY070501|Ehsem|35.68|36.60|3|4
al-Magarah|SY0705|||||1|3
Mareian|SY0705|SY070501|Ehsem|35.75|36.58|2|3
Fleifel|SY0702|SY070203|Kafr Nobol|||1|5
Sufuhon|SY0702|SY070203|Kafr Nobol|||1|6
Sarja|SY0705|||||2|3
Mantef|SY0705|SY070500|Ariha|||2|3
Ruwaiha|SY0705|SY070500|Ariha|35.74|36.70|3|4
Benin|SY0705|SY070500|Ariha|||2|5
Maarat al-Numan|SY0702|SY070200|Ma'arrat An Nu'man|35.6476|36.6766|14|1
Kafr Nobol|SY0702|SY070203|Kafr Nobol|35.6147|36.5603|8|2
Khan Shaykun|SY0702|SY070201|Khan Shaykun|35.4437|36.6504|2|1
Heish|SY0702|SY070205|Heish|35.5475|36.6440|4|0.5
Saraqab|SY0700|SY070003|Saraqab|35.8611|36.8061|12|2
Idlib|SY0700|SY070000|Idleb|35.9290|36.6353|6|5
Bennsh|SY0700|SY070002|Bennsh|35.9567|36.7142|4|3
Teftnaz|SY0700|SY070004|Teftnaz|35.9977|36.7833|5|2
Maaret Tamsrin|SY0700|SY070005|Maaret Tamsrin|36.0139|36.6727|3|2
Sarmin|SY0700|SY070006|Sarmin|35.9037|36.7238|7|3
Ariha|SY0705|SY070500|Ariha|35.8140|36.6102|9|5
Mhambal|SY0705|SY070502|Mhambal|35.7841|36.4689|3|2
Jisr-Ash-Shugur|SY0704|SY070400|Jisr-Ash-Shugur|35.8142|36.3150|4|5
Badama|SY0704|SY070401|Badama|35.8119|36.1973|2|3
Darkosh|SY0704|SY070402|Darkosh|35.9924|36.3934|1|2
Dana|SY0703|SY070301|Dana|36.2136|36.7696|2|3
Salqin|SY0703|SY070302|Salqin|36.1390|36.4537|1|2
Armanaz|SY0703|SY070305|Armanaz|36.0841|36.5020|1|1
Atareb|SY0200|SY020001|Atareb|36.1379|36.8284|8|3
Haritan|SY0200|SY020003|Haritan|36.2814|37.0886|5|0.5
Daret Azza|SY0200|SY020004|Daret Azza|36.2850|36.8511|5|2
Zarbah|SY0200|SY020005|Zarbah|36.0701|36.9789|6|0.5
Jandairis|SY0203|SY020302|Jandairis|36.3925|36.6896|1|3
Ziyara|SY0502|SY050202|Ziyara|35.6895|36.3380|4|6
Madiq Castle|SY0502|SY050204|Madiq Castle|35.4144|36.3890|2|1
Kafr Zeita|SY0505|SY050501|Kafr Zeita|35.3736|36.6018|2|0.5
Kansaba|SY0603|SY060303|Kansaba|35.7439|36.1636|3|3
"""


def _table(text: str) -> list[Row]:
    """Rows of a table written with bars, blank cells left out."""
    rows = csv.DictReader(text.splitlines(), delimiter="|")
    return [{name: cell for name, cell in row.items() if cell} for row in rows]


def _place(row: Row) -> Place:
    area = row["admin2_pcode"], row.get("admin3_pcode", ""), row.get("admin3", "")
    point = row.get("latitude", ""), row.get("longitude", "")
    return Place(row["name"], *area, *point, float(row["before"]), float(row["after"]))


PLACES = {row["name"]: _place(row) for row in _table(_PLACES)}
VILLAGES = tuple(PLACES)[:15]  # those the published item names, in its order

# Spellings that recorders use for the same village; data/place_aliases.csv resolves them.
SPELLINGS = {
    "Bara": "Al-Bara",
    "Ihsim": "Ehsem",
    "Kafar Aweed": "Kafr Oweid",
    "Maarat al-Numan": "Ma'arrat An Nu'man",
    "Ruwaiha": "Ruweiha",
}


def located(place: Place) -> Row:
    """The cells that say where, down to the village."""
    cells = {
        "admin1": ADMIN1[place.admin2_pcode[:4]],
        "admin2": ADMIN2[place.admin2_pcode],
        "admin3": place.admin3,
        "admin1_pcode": place.admin2_pcode[:4],
        "admin2_pcode": place.admin2_pcode,
        "admin3_pcode": place.admin3_pcode,
        "place": place.name,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "place_precision": "near" if place.latitude else "",
    }
    return {name: cell for name, cell in cells.items() if cell}


# Published totals, spread by hand. A blank is "not reported", S is the Syrian government forces,
# `before` is the number of killed on record until `updated_on`. No row says "man": the sex and
# age of the other nine dead were not published.
_WEEK_23 = (
    "date|place|killed|killed_low|killed_high|killed_women|killed_children|"
    "injured|injured_low|injured_high|target|perpetrator|status|updated_on|before"
    """
2021-06-07|Bara|1|||1||2|||home|S|confirmed||
2021-06-07|Fleifel|0|||||1|||farmland|S|confirmed||
2021-06-07|Sufuhon|0|||||0|||farmland|undetermined|reported||
2021-06-08|Ihsim|1|||||3|||home|S|confirmed||
2021-06-08|Kafar Aweed|1||||1|1|||farmland|S|confirmed||
2021-06-08|Mareian||||||2||||S|reported||
2021-06-08|Fattira|0||||||||farmland||reported||
2021-06-09|Deir Sunbul|1|||1||1|||home|S|confirmed||
2021-06-09|Sarja|2|2|3||1|3|3|4|home|S|confirmed||
2021-06-09|Kafr Latah|0|||||2|||home;farmland|S|confirmed||
2021-06-09|Bara|0|||||1|||farmland|S|confirmed||
2021-06-10|Iblin|5|4|6|2|1|6|5|8|home|S|confirmed|2021-06-12|4
2021-06-10|Ihsim|1|0|1|||2|2|3||undetermined|reported||
2021-06-10|Mantef|1|||1||1|||home|S|confirmed||
2021-06-10|al-Magarah|0|||||1|||farmland|S|confirmed||
2021-06-10|Fleifel||||||0|||farmland||reported||
2021-06-11|Ruwaiha|1|1|2|||2|||farmland|S|confirmed||
2021-06-11|Sufuhon|1||||1|1|||home;farmland|S|confirmed||
2021-06-11|Benin|1|1|2|||1||||S|confirmed||
2021-06-11|Bara|||||||||||reported||
2021-06-12|Mareian|1|||1||2|||home|S|confirmed||
2021-06-12|Kafr Latah|1|0|1|||||||undetermined|reported||
2021-06-12|Ihsim|0|||||1|||home|S|confirmed||
2021-06-12|Fattira|1||||1|0|||farmland|S|confirmed||
2021-06-13|Kafar Aweed|0|||||1|||home|S|confirmed||
2021-06-13|Deir Sunbul|0|||||0|||farmland||reported||
2021-06-13|Iblin|1|||||2|1|3|home|S|confirmed||
"""
)

# 14 killed and 25 injured in the headline grades; a pending and a discounted record beside them,
# one record that came in late and two corrected, so that the week has a history.
_WEEK_22 = (
    "date|place|killed|killed_low|killed_high|killed_women|killed_men|killed_children|"
    "injured|target|perpetrator|status|reported_on|updated_on|before"
    """
2021-05-31|Sufuhon|0||||||1|farmland|S|confirmed|||
2021-05-31|Benin|1||||1||2||S|confirmed|||
2021-06-01|Bara|2|2|3|1||1|3|home|S|confirmed||2021-06-05|1
2021-06-01|Ziyara|1||||1||0|farmland|S|confirmed|||
2021-06-01|Fleifel|0|||||||farmland||reported|||
2021-06-02|Ariha|1||||1||2|market|S|confirmed|||
2021-06-02|Kansaba|0||||||1||S|reported|||
2021-06-02|Kafar Aweed|1|||1|||2|home|S|confirmed|||
2021-06-03|Fattira|||||||1|farmland|undetermined|reported|||
2021-06-03|Ihsim|3|2|3|1||1|4|home|S|confirmed||2021-06-17|2
2021-06-03|Jisr-Ash-Shugur|0||||||2|home|S|confirmed|||
2021-06-04|Mareian|2|||||1|1|home|S|confirmed|2021-06-10||
2021-06-04|Deir Sunbul|0||||||0|farmland||reported|||
2021-06-04|Atareb|2||||||||undetermined|pending|||
2021-06-05|Sarja|1||||||2|home|S|confirmed|||
2021-06-05|Kafr Latah|1|||||1|2||S|confirmed|||
2021-06-05|Badama|0||||||0|||reported|||
2021-06-06|Iblin|1||||||1|home;farmland|S|confirmed|||
2021-06-06|Sufuhon|0||||||1|farmland|S|confirmed|||
2021-06-06|Bara|1|||||||||discounted|||
"""
)

_WEEK_24 = """\
date|place|killed|injured|injured_women|injured_children|target|perpetrator|status|reported_on
2021-06-14|Maarat al-Numan|0|3|1|2||S|confirmed|
2021-06-14|Sufuhon|0|0|||farmland||reported|
2021-06-15|Bara|0|0|||farmland|S|confirmed|
2021-06-15|Fleifel||||||S|reported|
2021-06-15|Ziyara|0||||farmland|undetermined|reported|
2021-06-16|Ihsim|0|0|||home|S|confirmed|
2021-06-16|Fattira|0|0|||farmland|S|confirmed|
2021-06-16|Kansaba||||||S|reported|2021-06-21
2021-06-17|Kafar Aweed|0|0|||home|S|confirmed|
2021-06-17|Deir Sunbul|0|0|||farmland||reported|
2021-06-18|Benin|0|0|||farmland|S|confirmed|
2021-06-18|Iblin|0|0|||home|S|confirmed|
2021-06-18|Sarmin||0||||undetermined|reported|
2021-06-19|Sufuhon|0|0|||farmland|S|confirmed|2021-06-23
2021-06-19|Jisr-Ash-Shugur|0|||||S|reported|
2021-06-20|Ruwaiha|0|0|||farmland|S|confirmed|
2021-06-20|Mareian|0|0|||home;farmland|S|confirmed|
"""

_DISPLACEMENT = """\
date|place|displaced|displacement_kind|destination_admin2
2021-06-01|Bara|380|new|Harim
2021-06-03|Ihsim|325|new|Idleb
2021-06-04|Deir Sunbul|190|new|
2021-06-05|Kafar Aweed|315|new|Harim
2021-06-08|Ihsim|412|new|Harim
2021-06-09|Bara|356|new|Idleb
2021-06-10|Iblin|298|new|Harim
2021-06-11|Kafar Aweed|245|new|
2021-06-11|Sarja|187|new|Idleb
2021-06-12|Deir Sunbul|159|new|Harim
2021-06-12|Kafr Latah|120|return|
2021-06-13|Ruwaiha|210|new|
2021-06-15|Bara|260|new|Harim
2021-06-17|Kafar Aweed|175|new|
2021-06-19|Sufuhon|205|new|Idleb
"""


def published_weeks() -> list[tuple[Row, Row]]:
    """Rows of 2021-W22 to W24 by date, each with the cells it held before its last update."""
    casualties = _table(_WEEK_22) + _table(_WEEK_23) + _table(_WEEK_24)
    rows = [_completed(row, CASUALTY_SOURCE) for row in casualties]
    rows += [_completed(row, DISPLACEMENT_SOURCE) for row in _table(_DISPLACEMENT)]
    return sorted(rows, key=lambda pair: pair[0]["date"])


def _completed(written: Row, source: str) -> tuple[Row, Row]:
    row = {"date_precision": "day", "reported_on": written["date"], "attack": "shelling"}
    row |= {"source": source, "status": "confirmed"} | located(PLACES[written["place"]])
    row |= {name: cell for name, cell in written.items() if name != "before"}
    if row.get("perpetrator") == "S":
        row["perpetrator"] = "Syrian government forces"
    if "before" not in written:
        return row, {}
    return row, dict.fromkeys(PARTS_OF_KILLED, "") | {"killed": written["before"]}
