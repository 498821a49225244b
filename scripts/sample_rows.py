"""Draw one made-up record: a row of casualties, or a row of displacement alone.

The two come from different sources and are never the same row. Every share below is made up,
chosen so that the whole looks like a real register; only sums, roots and powers that are exact
in floating point are used here, so that another machine draws the same rows.
"""

from bisect import bisect
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import accumulate
from math import sqrt
from random import Random
from typing import NamedTuple

from sample_facts import (
    CASUALTY_SOURCE,
    DISPLACEMENT_SOURCE,
    PLACES,
    SPELLINGS,
    VILLAGES,
    Row,
    located,
)

FIRST_DAY, LAST_DAY = date(2019, 12, 1), date(2021, 6, 30)
CEASEFIRE = date(2020, 3, 6)
PLAIN_FROM = date(2021, 4, 1)  # from here on no spans, odd spellings or dates to the month
PEOPLE_A_STEP = 40.0  # unit of the size of a movement after the offensive
PEOPLE_A_HOUSEHOLD = 5.2


class Record(NamedTuple):
    """A row as it stands, and the cells that its last update changed, as they were before."""

    row: Row
    earlier: Row


class Odds:
    """A list of texts drawn by weight."""

    def __init__(self, weights: Iterable[tuple[str, float]]) -> None:
        pairs = list(weights)
        self.values = [value for value, _ in pairs]
        self.bounds = list(accumulate(weight for _, weight in pairs))

    def pick(self, rng: Random) -> str:
        """One value; takes exactly one number from `rng`."""
        return self.values[bisect(self.bounds, rng.random() * self.bounds[-1])]


PLACE = {
    True: Odds((place.name, place.before) for place in PLACES.values()),
    False: Odds((place.name, place.after) for place in PLACES.values()),
}
_RARE = (("ground fighting", 4), ("explosive device", 4), ("shooting", 3), ("mine or remnant", 4))
ATTACK = {
    True: Odds((("shelling", 43), ("air strike", 43), *_RARE, ("other", 1), ("not recorded", 3))),
    False: Odds((("shelling", 66), ("air strike", 8), *_RARE, ("other", 2), ("not recorded", 4))),
}
_BY_THE_GOVERNMENT = ("Syrian government forces", 70.0)
_BY_OTHERS = (("non-state armed group", 5.0), ("undetermined", 9.0), ("", 10.0))
_JOINT = ("joint: Syrian government and Russian forces", 7.0)
PERPETRATOR = {
    "shelling": Odds((_BY_THE_GOVERNMENT, _JOINT, *_BY_OTHERS)),
    "air strike": Odds((("Russian forces", 80.0), _BY_THE_GOVERNMENT, _JOINT, *_BY_OTHERS[1:])),
    "": Odds((("undetermined", 50.0), ("non-state armed group", 20.0), ("", 40.0))),
}
_TARGETS = (("home", 36), ("farmland", 14), ("market", 3), ("school", 3), ("hospital", 1.5))
_MORE_TARGETS = (("camp", 1), ("place of worship", 1.5), ("rescue team", 1.5), ("other", 4))
TARGET = Odds((*_TARGETS, *_MORE_TARGETS, ("", 34)))
STATUS = Odds((("confirmed", 68), ("reported", 26), ("pending", 5), ("discounted", 1)))
MOVE_STATUS = Odds((("confirmed", 48), ("reported", 50), ("pending", 2)))
MOVE_KIND = Odds((("new", 90), ("return", 7), ("stock", 3)))
DESTINATION = Odds((("Harim", 30), ("Idleb", 15), ("A'zaz", 8), ("Afrin", 8), ("", 45)))
PERSON = Odds((("women", 25), ("men", 30), ("girls", 7), ("boys", 10), ("child", 8), ("", 20)))
DELAY = Odds((str(days), 40 / (1 + days * days)) for days in range(57))  # days to the record
DEATHS = {  # heavy tailed, up to 40 people in the offensive and to 12 after it
    True: Odds((str(n), 1 / (n * n * sqrt(n))) for n in range(1, 41)),
    False: Odds((str(n), 1 / (n * n * sqrt(n))) for n in range(1, 13)),
}
INJURIES = Odds((str(n), 1 / (n * n)) for n in range(1, 41))
_STEPS = [(str(n), 1 / (n * sqrt(n))) for n in range(1, 41)]
STEPS = Odds(_STEPS)  # size of a movement, in units
MEAN_STEPS = sum(int(n) * weight for n, weight in _STEPS) / sum(weight for _, weight in _STEPS)


def is_offensive(day: date) -> bool:
    """Before the ceasefire of 6 March 2020."""
    return day < CEASEFIRE


def casualty(rng: Random, day: date, unit: float) -> Record:
    """A record of people killed and injured on `day`; `unit` is of no use here."""
    attack = ATTACK[is_offensive(day)].pick(rng)
    kind = attack if attack in PERPETRATOR else ""
    row = _when(rng, day) | _where(rng, day) | {"attack": attack, "target": _targets(rng)}
    row["perpetrator"] = PERPETRATOR[kind].pick(rng)
    row |= _casualties(rng, is_offensive(day))
    row["source"] = _source(rng, day)
    row["status"] = STATUS.pick(rng)
    if attack == "ground fighting" and rng.random() < 0.3:
        row["combatants_killed"] = DEATHS[False].pick(rng)
    return _with_history(rng, row)


def displacement(rng: Random, day: date, unit: float) -> Record:
    """A record of displacement alone; in the offensive a step of its size is `unit` people."""
    offensive = is_offensive(day)
    attack = "air strike" if offensive and rng.random() < 0.4 else "shelling"
    row = _when(rng, day) | _where(rng, day) | {"attack": attack}
    steps = int(STEPS.pick(rng)) * (0.6 + 0.8 * rng.random())
    people = 1 + int(steps * (unit if offensive else PEOPLE_A_STEP))
    row["displacement_kind"] = "new" if offensive else MOVE_KIND.pick(rng)
    known = rng.random()
    if known < 0.2:
        row["displaced_households"] = str(1 + int(people / PEOPLE_A_HOUSEHOLD))
    if offensive or known >= 0.05:
        row["displaced"] = str(people)
    row["destination_admin2"] = DESTINATION.pick(rng)
    row |= {"source": DISPLACEMENT_SOURCE, "status": MOVE_STATUS.pick(rng)}
    return Record(row, {})


def _when(rng: Random, day: date) -> Row:
    row = {"date": day.isoformat(), "date_precision": "day"}
    last, oddity = day, rng.random()
    if oddity > 0.9:
        del row["date_precision"]
    elif day < PLAIN_FROM and oddity < 0.008:
        last = day + timedelta(1 + int(rng.random() * 9))
        row["date_end"] = last.isoformat()
    elif day < PLAIN_FROM and oddity < 0.02:
        precision = "week" if oddity < 0.012 else "month" if oddity < 0.019 else "year"
        row |= {"date": _rounded(day, precision).isoformat(), "date_precision": precision}
    row["reported_on"] = _reported_on(rng, last).isoformat()
    return row


def _rounded(day: date, precision: str) -> date:
    """The first day of the week, month or year, as a recorder writes it, within the span."""
    if precision == "week":
        return max(FIRST_DAY, day - timedelta(day.weekday()))
    return max(FIRST_DAY, day.replace(day=1, month=1 if precision == "year" else day.month))


def _reported_on(rng: Random, day: date) -> date:
    """Mostly within three days, never after the data were frozen on the last day."""
    reported = day + timedelta(int(DELAY.pick(rng)))
    if reported <= LAST_DAY:
        return reported
    return day + timedelta(int(rng.random() * ((LAST_DAY - day).days + 1)))


def _where(rng: Random, day: date) -> Row:
    place = PLACES[PLACE[is_offensive(day)].pick(rng)]
    row, detail = located(place), rng.random()
    if detail < 0.06:
        return {name: row[name] for name in ("admin1", "admin2", "admin1_pcode", "admin2_pcode")}
    if detail < 0.15:
        return _without_place(row)
    if detail > 0.97 and day < PLAIN_FROM:
        row["place"] = SPELLINGS.get(place.name, place.name)
    if 0.15 < detail < 0.16 and day < PLAIN_FROM and row["admin1"] == "Idlib":
        row["admin1"] = "Idleb" if detail < 0.155 else "Edlib"
        row = {name: cell for name, cell in row.items() if not name.endswith("_pcode")}
    return row


def _without_place(row: Row) -> Row:
    """Known to the sub-district: its centre stands for it, the point of a village does not."""
    dropped = {"place"}
    if row["place"] in VILLAGES:
        dropped |= {"latitude", "longitude", "place_precision"}
    row = {name: cell for name, cell in row.items() if name not in dropped}
    return row | {"place_precision": "admin3"} if "latitude" in row else row


def _targets(rng: Random) -> str:
    first = TARGET.pick(rng)
    if not first or rng.random() > 0.06:
        return first
    second = TARGET.pick(rng)
    return f"{first};{second}" if second not in ("", first) else first


def _source(rng: Random, day: date) -> str:
    drawn = rng.random()
    if drawn < 0.85 or is_offensive(day):
        return CASUALTY_SOURCE
    return f"{CASUALTY_SOURCE};Local councils network" if drawn < 0.88 else "Local councils network"


def _casualties(rng: Random, offensive: bool) -> Row:
    row: Row = {}
    killed, drawn = 0, rng.random()
    if drawn >= 0.12:
        killed = int(DEATHS[offensive].pick(rng)) if drawn > 0.76 else 0
        row |= _figures(rng, "killed", killed)
    drawn = rng.random()
    if drawn >= 0.15:
        injured = int(INJURIES.pick(rng)) if drawn > 0.5 or killed > 2 else 0
        row |= _figures(rng, "injured", injured + killed // 2)
    return row


def _figures(rng: Random, measure: str, count: int) -> Row:
    row = {measure: str(count)}
    if rng.random() < (0.45 if count else 0.1):
        spread = 2 + count // 3
        row[f"{measure}_low"] = str(max(0, count - int(rng.random() * spread)))
        row[f"{measure}_high"] = str(count + int(rng.random() * spread))
    if count and rng.random() < 0.45:
        row |= _parts(rng, measure, count)
    return row


def _parts(rng: Random, measure: str, count: int) -> Row:
    """Sex and age of some of `count` people; those of no known sex and age are left out."""
    people = Counter(PERSON.pick(rng) for _ in range(count))
    people["children"] = people["girls"] + people["boys"] + people["child"]
    parts = ("women", "men", "children", "girls", "boys")
    zeros = rng.random() < 0.3
    return {f"{measure}_{part}": str(people[part]) for part in parts if people[part] or zeros}


def _with_history(rng: Random, row: Row) -> Record:
    """One record in ten is updated later: another number of killed, or another grade."""
    if rng.random() > 0.1:
        return Record(row, {})
    updated = date.fromisoformat(row["reported_on"]) + timedelta(1 + int(rng.random() * 30))
    if updated > LAST_DAY:
        return Record(row, {})
    earlier = {"status": "pending", "updated_on": ""}
    if row.get("killed", "0") != "0":
        earlier = {name: "" for name in row if name.startswith("killed")}
        earlier |= {"killed": str(int(row["killed"]) - 1), "updated_on": ""}
    row["updated_on"] = updated.isoformat()
    return Record(row, earlier)
