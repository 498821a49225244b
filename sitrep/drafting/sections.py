"""The sections of a draft, ``[columns.date]`` and so on: where a column may come from, and why."""

from collections.abc import Iterator

from sitrep.drafting import toml
from sitrep.drafting.cells import Cells
from sitrep.drafting.guesses import SURE, Guess, Reading, running_total
from sitrep.drafting.habits import timezone
from sitrep.drafting.sample import Sample
from sitrep.drafting.translations import (
    CHOSEN,
    MOST_VALUES,
    needs_translation,
    translations,
)
from sitrep.incidents.questions import QUESTION
from sitrep.incidents.table import column_named

_MISSING = {
    "incident_id": "which column holds an id of each incident? It must be the recorder's own, one "
    "for each row, and never used again: changes are told by it. If there is none, add a column of "
    'ids to the file, and write from = "that column" here.',
    "date": "which column holds the day of the event?",
    "admin1": "in which governorate were the incidents? Write the one, or "
    'from = "a column" in place of this line.',
    "source": "who reported these incidents? Write the organisation, or "
    'from = "a column" in place of this line.',
}


def section(sample: Sample, guess: Guess, reading: Reading) -> Iterator[str]:
    declared, cells = column_named(guess.column), reading.cells[guess.place]
    yield from toml.comment(f"{declared.meaning[0].upper()}{declared.meaning[1:]}.")
    yield from toml.comment(
        f"Guessed: {guess.why}; {seen_in(cells, notes=guess.column == 'notes')}."
    )
    if guess.score < SURE:
        yield from toml.comment(
            f"{QUESTION}: right? If not, take this section out or name another column."
        )
    for rival in reading.rivals.values():
        if rival.column == guess.column and rival.score >= SURE - 0.1:
            other = heading_of(sample, rival.place)
            yield from toml.comment(f"{QUESTION}: or is it {other}? There {rival.why}.")
    if guess.column == "incident_id" and cells.filled and (twice := cells.repeated):
        yield from toml.comment(
            f"{QUESTION}: {toml.quoted(twice)} stands on several rows. Rows that differ under "
            "one id are rejected: is one row an incident here?"
        )
    yield from _from(sample.headings[guess.place], declared.kind, guess.column, cells)
    if declared.kind == "date":
        yield from timezone(cells)
    yield from _values(guess.column, cells)


def _from(heading: str, kind: str, column: str, cells: Cells) -> Iterator[str]:
    """Where the column comes from; a count that may be a running total is left to a person."""
    why = running_total(heading, cells) if kind == "count" else ""
    if why:
        yield from toml.comment(
            f"{QUESTION}: is it a running total? {why[0].upper()}{why[1:]}, and adding up running "
            "totals counts everybody many times. If each row counts its own event alone, write "
            f"from = {toml.text(heading)}; if it is a running total, write that and add "
            f'[cumulative] with totals = ["{column}"] (data/README.md).'
        )
    blank = cells.no_figures if kind == "count" else ()
    if blank:
        seen = ", ".join(f"{toml.quoted(one)} ({cells.counted[one]:,})" for one in blank)
        yield from toml.comment(
            f"{QUESTION}: which of these cells, with rows, say that the source gives no figure? "
            f"{seen}. If all do, write blank = {toml.texts(blank)}; if one says that there was "
            "nobody, leave it out, and write 0 in its place in the file."
        )
    yield f"[columns.{column}]"
    yield f"from = {toml.text(QUESTION if why else heading)}"
    if blank:
        yield f"blank = {toml.texts([QUESTION])}"


def _values(column: str, cells: Cells) -> Iterator[str]:
    if column == "perpetrator" and cells.counted and len(cells.counted) <= MOST_VALUES:
        names = ", ".join(toml.quoted(one) for one in sorted(cells.counted))
        yield from toml.comment(
            f'Kept as reported: {names}. Where the source could not tell, write "undetermined": '
            "[columns.perpetrator.values] would translate, and has to list every value."
        )
    if column not in CHOSEN or not needs_translation(column, cells.counted):
        return
    allowed = ", ".join(column_named(column).allowed)
    yield from toml.comment(f'Allowed are: {allowed}. "" leaves the cell blank: not recorded.')
    found = translations(column, cells.counted)
    if any(one.why for one in found[:MOST_VALUES]):
        yield from toml.comment(f"{QUESTION}: are the marked translations right?")
    yield f"[columns.{column}.values]"
    for one in found[:MOST_VALUES]:
        rows = f"{one.rows:,} {'row' if one.rows == 1 else 'rows'}"
        note = f"{rows}; {toml.on_one_line(one.why)}" if one.why else rows
        yield f"{toml.key(one.cell)} = {toml.text(one.value)}  # {note}"
    if (rest := len(found) - MOST_VALUES) > 0:
        yield from toml.comment(
            f"{QUESTION}: {rest:,} more values are not listed. What do all others become?"
        )
        yield f'"*" = {toml.text(QUESTION)}'


def missing(column: str) -> Iterator[str]:
    yield from toml.comment(f"{QUESTION}: {_MISSING[column]}")
    yield f"[columns.{column}]"
    if column in ("incident_id", "date"):
        yield f"from = {toml.text(QUESTION)}"
    else:
        yield f"value = {toml.text(QUESTION)}"


def points(reading: Reading) -> Iterator[str]:
    if {"latitude", "longitude"} <= set(reading.taken) and "place_precision" not in reading.taken:
        yield from toml.comment(
            f"{QUESTION}: what do the points stand for? exact (the place itself), near (one near "
            "it), admin3, admin2 or admin1 (the middle of an area). Until it is said here, no "
            "point is used; take the # away and write one."
        )
        yield "# [columns.place_precision]"
        yield '# value = "near"'


def heading_of(sample: Sample, place: int) -> str:
    heading = sample.headings[place]
    return toml.quoted(heading) if heading else f"column {place + 1}, which has no heading"


def seen_in(cells: Cells, *, notes: bool = False, unread: bool = False) -> str:
    """How many cells are filled, and with what; notes are for the team, and not shown."""
    if not cells.filled:
        return "all cells are blank"
    filled = f"{len(cells.filled):,} of {len(cells.values):,} cells filled"
    if cells.unique:
        filled += ", no two alike"
    if notes:
        return filled
    if unread and cells.free_text:
        return f"{filled}; text that may hold names, so none of it is shown"
    return f"{filled}, such as {', '.join(map(toml.quoted, cells.samples))}"
