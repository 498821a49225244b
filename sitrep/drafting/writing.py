"""The draft of a profile as text: what was guessed, why, and what a person has to answer."""

from collections.abc import Iterator
from pathlib import PurePath

from sitrep.drafting import toml
from sitrep.drafting.cells import latin
from sitrep.drafting.dates import DateFormats, date_formats
from sitrep.drafting.guesses import Reading
from sitrep.drafting.habits import is_moment, kept_rows, thousands
from sitrep.drafting.sample import CODE_PAGES, Sample
from sitrep.drafting.sections import heading_of, missing, points, section, seen_in
from sitrep.incidents.questions import QUESTION
from sitrep.incidents.table import REQUIRED

ASKS = f"# {QUESTION}:"
_SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab"}
# What a layout without any of these columns does not have, as reports say it.
_LACKS = {
    "people killed": ("killed",),
    "people injured": ("injured",),
    "sex and age of the killed": ("killed_women", "killed_men", "killed_children"),
    "displacement": ("displaced", "displaced_households"),
    "kind of attack": ("attack",),
    "what was hit": ("target",),
    "who attacked": ("perpetrator",),
    "grades of verification": ("status",),
    "when a record came in": ("reported_on",),
}
_DAYS = ("date", "date_end", "reported_on", "updated_on")


def profile_text(sample: Sample, reading: Reading, *, name: str) -> str:
    """The whole draft."""
    days = date_formats(_days(sample, reading))
    parts = [
        _opening(sample, name),
        _victims(sample, reading),
        _lacks(reading),
        _encoding(sample),
        _sheet(sample),
        _dates(days),
        thousands(sample, reading),
        _personal(sample, reading),
        *(section(sample, reading.taken[one], reading) for one in reading.taken),
        *(missing(one) for one in REQUIRED if one not in reading.taken),
        points(reading),
        kept_rows(sample, reading),
        _others(sample, reading),
    ]
    return "\n\n".join("\n".join(lines) for part in parts if (lines := list(part))) + "\n"


def _opening(sample: Sample, name: str) -> Iterator[str]:
    file = toml.quoted(PurePath(sample.shown).name)
    yield from toml.comment(
        f"Draft of a profile for {file}, written by `sitrep profile`: which of its "
        "columns is which of the incident table (data/README.md has these). Look at every guess. "
        f'Lines that begin with QUESTION ask what the file does not tell; a value "{QUESTION}" has '
        "to be replaced before anything is read with this profile."
    )
    rows = f"{len(sample.rows):,} rows{'' if sample.whole else ' at its beginning'}"
    yield from toml.comment(
        f"Looked at: {rows}; separator: {_SEPARATORS[sample.separator]}; "
        f"{len(sample.headings)} columns."
    )
    yield f"name = {toml.text(name)}"
    yield f"title = {toml.text(name)}  # as reports name the layout"
    yield 'credit = ""  # whom the publisher asks to be named'
    yield 'other_columns = "ignore"'


def _victims(sample: Sample, reading: Reading) -> Iterator[str]:
    civil = [
        sample.headings[guess.place]
        for column, guess in reading.taken.items()
        if column == "killed_civilians"
    ]
    if civil and "killed" in reading.taken:
        yield from toml.comment(
            f"All victims: {toml.quoted(civil[0])} seems to be the civilians among them."
        )
        yield 'victims = "all"'
    elif "killed" in reading.taken or "injured" in reading.taken or civil:
        yield from toml.comment(
            f'{QUESTION}: whose deaths and injuries does the file count? Write "civilians", or '
            '"all" if combatants are among them.'
        )
        yield f"victims = {toml.text(QUESTION)}"
    else:
        yield 'victims = "civilians"  # no column of killed or injured was found'


def _lacks(reading: Reading) -> Iterator[str]:
    lacks = [phrase for phrase, any_of in _LACKS.items() if not set(any_of) & set(reading.taken)]
    if lacks:
        yield "# What the layout does not have; reports say so."
        yield f"lacks = {toml.texts(lacks)}"


def _encoding(sample: Sample) -> Iterator[str]:
    if not sample.encoding:
        return
    page = f"{sample.encoding} ({CODE_PAGES.get(sample.encoding, 'as declared')})"
    if sample.certain:
        yield from toml.comment(f"The file is not UTF-8; read as {page} its words are known ones.")
        yield f"encoding = {toml.text(sample.encoding)}"
    else:
        pages = ", ".join(f'"{one}" ({name})' for one, name in CODE_PAGES.items())
        yield from toml.comment(
            f"{QUESTION}: the file is not UTF-8. In which code page was it saved? One of {pages}, "
            f"or save it as UTF-8 and take this line out. Below it was read as {page}."
        )
        yield f"encoding = {toml.text(QUESTION)}"


def _sheet(sample: Sample) -> Iterator[str]:
    """Which sheet of several this is a draft for."""
    if sample.sheet:
        others = ", ".join(map(toml.quoted, sample.other_sheets))
        yield from toml.comment(f"The workbook has other sheets, which are not read: {others}.")
        yield f"sheet = {toml.text(sample.sheet)}"


def _days(sample: Sample, reading: Reading) -> Iterator[tuple[int, str]]:
    for column in _DAYS:
        if guess := reading.taken.get(column):
            for row in sample.rows:
                if not is_moment(text := latin(row.cells[guess.place])):  # a zone tells its day
                    yield row.line, text


def _dates(days: DateFormats) -> Iterator[str]:
    for reason in days.reasons:
        yield from toml.comment(f"Settled: {reason}.")
    for asked, answers in days.questions:
        choice = " or ".join(map(toml.text, answers))
        yield from toml.comment(f"{QUESTION}: {toml.on_one_line(asked)}. Write {choice}.")
    open_ones = [QUESTION] * len(days.questions)
    if days.formats or open_ones:
        yield f"date_formats = {toml.texts([*days.formats, *open_ones])}"
    else:
        yield "# Days are read as 2021-06-10; others are read only if their order is declared:"
        yield '# date_formats = ["%d/%m/%Y"]'


def _personal(sample: Sample, reading: Reading) -> Iterator[str]:
    if not reading.personal:
        return
    yield from toml.comment(
        "Left unread, and not shown here, as they look like personal data, which has no place in a "
        "report:"
    )
    for place, why in reading.personal.items():
        yield from toml.comment(f"- {heading_of(sample, place)}: {why}")
    if not {"killed", "injured", "displaced"} & set(reading.taken):
        yield from toml.comment(
            f"{QUESTION}: is each row a person? Then add [group], which makes incidents of people "
            "(data/README.md)."
        )
    named = [sample.headings[place] for place in reading.personal if sample.headings[place]]
    yield f"drop_columns = {toml.texts(named)}"


def _others(sample: Sample, reading: Reading) -> Iterator[str]:
    used = {guess.place for guess in reading.taken.values()} | set(reading.personal)
    rest = [place for place in range(len(sample.headings)) if place not in used]
    if not rest:
        return
    yield from toml.comment("Columns of the file that are not read. To read one, add a section:")
    yield "# [columns.killed]"
    yield '# from = "the heading"'
    for place in rest:
        seen = seen_in(reading.cells[place], unread=True)
        yield from toml.comment(f"- {heading_of(sample, place)}: {seen}{_hint(reading, place)}")


def _hint(reading: Reading, place: int) -> str:
    """What a column that is not read might be all the same."""
    cells, could = reading.cells[place], reading.rivals.get(place)
    if could and cells.filled:
        return f"; might be {could.column}: {could.why}"
    if cells.points:
        return "; points: part them into a column of latitudes and one of longitudes"
    return "; whole numbers: if they count people, say which" if cells.counts else ""
