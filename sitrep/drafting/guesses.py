"""Which column of a file is which column of the incident table, with the reason for each guess.

The heading decides; what the cells look like can strengthen a guess, weaken it, or stand
in for a heading that says nothing. Of two that fit, the better is taken and the other named.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from sitrep.drafting.cells import Cells, columns_of, latin
from sitrep.drafting.sample import Sample
from sitrep.drafting.words import fit, holds, table, without_noise, words_of
from sitrep.incidents.layout import looks_personal
from sitrep.incidents.profiles import normalised
from sitrep.incidents.table import NAMES, column_named

LEAST = 0.55  # a guess below it is not made
SURE = 0.9
_LOOKS = 0.6  # of what the cells alone say


@dataclass(frozen=True)
class Guess:
    """One column of the file for one of the incident table, from 0 to 1, and why."""

    place: int
    column: str
    score: float
    why: str


@dataclass(frozen=True)
class Reading:
    """What is thought of every column of a file.

    `taken` are the guesses made, by the column of the incident table, in its order;
    `rivals` those that came second, by the place of the file's column; `personal` the places
    of columns that are left out, with the reason.
    """

    cells: tuple[Cells, ...]
    taken: dict[str, Guess]
    rivals: dict[int, Guess]
    personal: dict[int, str]


def read_columns(sample: Sample) -> Reading:
    """The best guess for every column that any guess can be made for."""
    cells = columns_of([row.cells for row in sample.rows], len(sample.headings))
    headings = Counter(map(normalised, sample.headings))
    personal: dict[int, str] = {}
    guesses: list[Guess] = []
    for place, heading in enumerate(sample.headings):
        found = [one for one in _by_heading(place, heading, cells[place]) if one.score >= LEAST]
        found += _part_of_those_before(sample.headings[:place], heading, cells[place])
        found += _by_tag(place, sample.tags[place] if sample.tags else "")
        if why := _personal(heading, cells[place], known=any(one.score >= SURE for one in found)):
            personal[place] = why
        elif heading and headings[normalised(heading)] == 1:
            guesses += found or [g for g in _by_cells(place, cells[place]) if g.score >= LEAST]
    guesses.sort(key=lambda one: (-one.score, one.place))
    return Reading(tuple(cells), *_assigned(guesses), personal)


def _assigned(guesses: list[Guess]) -> tuple[dict[str, Guess], dict[int, Guess]]:
    """Each column of either side at most once, the best first; and who came second."""
    taken: dict[str, Guess] = {}
    for guess in guesses:
        if guess.column not in taken and guess.place not in {g.place for g in taken.values()}:
            taken[guess.column] = guess
    if "killed" not in taken and (civilians := taken.pop("killed_civilians", None)):
        why = f"{civilians.why}, and no column counts all the killed"
        taken["killed"] = replace(civilians, column="killed", why=why)
    used = {guess.place for guess in taken.values()}
    rivals: dict[int, Guess] = {}
    for guess in guesses:
        if guess.place not in used:
            rivals.setdefault(guess.place, guess)
    return {name: taken[name] for name in NAMES if name in taken}, rivals


def _by_heading(place: int, heading: str, cells: Cells) -> Iterator[Guess]:
    if (own := normalised(heading)) in NAMES:
        guess = Guess(place, own, 1, "the heading is its name")
        yield _rough(guess, cells) or guess
        return
    if words_of(heading) in _nothing():
        return
    if count := _count(place, heading):
        yield _weighed(count, cells)
    for column, phrases in _phrases():
        found = fit(heading, phrases)
        if found.score:
            why = f'the heading {found.how} "{found.phrase}"'
            yield _weighed(Guess(place, column, found.score, why), cells)


def _count(place: int, heading: str) -> Guess | None:
    """A count of people: its verb, and perhaps the part of them that is counted."""
    words = table("headings")
    for total, verbs in words["counts"].items():
        verb = holds(heading, tuple(verbs))
        if not verb:
            continue
        if total == "killed" and (phrase := _of_combatants(heading)):
            why = f'the heading holds "{verb}" and "{phrase}"'
            return Guess(place, "combatants_killed", 0.95, why)
        whole = len("".join(without_noise(heading)))
        for part, phrases in words["parts"].items():
            phrase = holds(heading, tuple(phrases))
            column = f"{total}_{part}"
            if phrase and column in NAMES:
                why = f'the heading holds "{verb}" and "{phrase}"'
                return Guess(place, column, 0.95, why)
        said = len("".join(words_of(verb)))
        score = min(1, 0.5 + 0.45 * said / whole)
        return Guess(place, total, score, f'the heading holds "{verb}"')
    return None


def _of_combatants(heading: str) -> str:
    """The words by which a count is one of combatants, or nothing."""
    words = table("headings")["combatants"]
    return "" if holds(heading, tuple(words["but"])) else holds(heading, tuple(words["words"]))


def _part_of_those_before(before: Sequence[str], heading: str, cells: Cells) -> list[Guess]:
    """A part of the people that the nearest column to the left counts: ``dont enfants``."""
    words = table("headings")
    parts = [p for p, phrases in words["parts"].items() if holds(heading, tuple(phrases))]
    if not parts or not holds(heading, tuple(words["of_those_before"]["words"])):
        return []
    for other in reversed(before):
        for total, verbs in words["counts"].items():
            if not holds(other, tuple(verbs)):
                continue
            if (column := f"{total}_{parts[0]}") not in NAMES:
                return []
            why = f'the heading says that they are of those in "{other}"'
            return [_weighed(Guess(len(before), column, 0.8, why), cells)]
    return []


def _weighed(guess: Guess, cells: Cells) -> Guess:
    """The guess, less likely where the cells do not look like it."""
    if not cells.filled or _fits(column_named(guess.column).kind, guess.column, cells):
        return guess
    if rough := _rough(guess, cells):
        return rough
    why = f"{guess.why}, though its cells do not look like it"
    return Guess(guess.place, guess.column, guess.score * 0.5, why)


def _rough(guess: Guess, cells: Cells) -> Guess | None:
    """The guess of a count, somewhat less likely where people read counts that cannot be read."""
    is_count = column_named(guess.column).kind == "count"
    if not is_count or cells.counts or not cells.rough_counts:
        return None
    count = f"{cells.others} of {len(cells.filled)} cells"
    why = f"{guess.why}, though {count} are no whole numbers: their rows are rejected"
    return Guess(guess.place, guess.column, guess.score * 0.8, why)


def _fits(kind: str, column: str, cells: Cells) -> bool:
    match kind:
        case "date":
            # Years, or the numbers that a spreadsheet keeps for days, are for a person to see.
            return cells.dates or (column == "date" and cells.counts)
        case "count":
            return cells.counts
        case "decimal":
            return cells.degrees(90 if column == "latitude" else 180)
        case "choice" | "choices":
            return not (cells.long_text or cells.addresses or cells.dates)
    if column.endswith("_pcode"):
        return not cells.dates
    if column == "incident_id":
        return bool(len(cells.counted) > 0.5 * len(cells.filled))
    if column == "source_url":
        return cells.addresses
    return not (cells.dates or cells.addresses)


def _by_tag(place: int, tag: str) -> list[Guess]:
    """A guess from a tag of HXL, whatever the order and the spacing of its attributes."""
    name, *attributes = "".join(tag.casefold().split()).split("+")
    plain = "+".join([name, *sorted(attributes)])
    column = table("headings")["hxl"].get(plain)
    return [Guess(place, column, 0.97, f"its HXL tag is {plain}")] if column else []


def _by_cells(place: int, cells: Cells) -> Iterator[Guess]:
    """What a column may be whose heading is in no table."""
    if cells.pcode_level:
        yield Guess(place, f"admin{cells.pcode_level}_pcode", _LOOKS, "its cells are p-codes")
    elif cells.dates:
        yield Guess(place, "date", _LOOKS, "its cells are days")
    elif cells.addresses:
        yield Guess(place, "source_url", _LOOKS, "its cells are addresses of pages")
    elif cells.unique and len(cells.values) > 1 and not cells.numbers and _short(cells):
        yield Guess(place, "incident_id", _LOOKS, "every row has one of its own")


def _short(cells: Cells) -> bool:
    return max(map(len, cells.filled)) <= 24 and not any(" " in text for text in cells.filled)


def _personal(heading: str, cells: Cells, *, known: bool) -> str:
    """Why a column is left out as personal data; blank where it is not."""
    if not known and any(map(looks_personal, (normalised(heading), *_spellings(heading)))):
        return "its heading looks like personal data"
    return "its cells look like telephone numbers or e-mail addresses" if cells.personal else ""


def _spellings(heading: str) -> set[str]:
    return {"_".join(words_of(latin(heading)))}


def running_total(heading: str, cells: Cells) -> str:
    """Why a count may be a running total; blank where nothing speaks for it."""
    if phrase := holds(heading, tuple(table("headings")["cumulative"]["words"])):
        return f'its heading holds "{phrase}"'
    return "its counts never fall from one row to the next" if cells.never_fall else ""


@cache
def _nothing() -> frozenset[tuple[str, ...]]:
    return frozenset(map(words_of, table("headings")["nothing"]["words"]))


@cache
def _phrases() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((name, tuple(texts)) for name, texts in table("headings")["columns"].items())
