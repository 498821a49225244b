"""What is known of a file that has been read: its layout, columns, findings and places."""

import csv
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from sitrep.areas import read_aliases
from sitrep.checking.unmatched import NearPair, Unmatched, near_spellings, unmatched
from sitrep.incidents import Finding, Input, Profile, Store, read
from sitrep.incidents.building import Source, open_source
from sitrep.incidents.database import connected
from sitrep.incidents.profiles import find_profile, normalised
from sitrep.incidents.records import LONGEST_CELL
from sitrep.incidents.shapes import MADE
from sitrep.incidents.sql import literal
from sitrep.incidents.table import COLUMNS, Column
from sitrep.language import Language
from sitrep.maps.boundaries import read_areas
from sitrep.settings import Settings

SAMPLES = 3  # cells shown of each column
_FIRST_ROWS = 500  # that they are taken from
MOST_FINDINGS = 40


@dataclass(frozen=True)
class Use:
    """One column of the incident table: where it comes from, how full it is, sample cells.

    `heading` is blank for a constant, which is `constant`. `filled` is None for a column that
    the table does not keep. `samples` are cells as written, and as read.
    """

    column: Column
    heading: str
    constant: str
    filled: int | None
    samples: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class File:
    """One file, and what its layout takes of it; `named` is the profile that was asked for."""

    name: str
    profile: Profile
    named: str
    uses: tuple[Use, ...]
    unread: tuple[str, ...]  # headings
    dropped: tuple[str, ...]  # headings left unread by name
    sheet: str  # of a workbook
    other_sheets: tuple[str, ...]


@dataclass(frozen=True)
class Checked:
    """What a report would be made from, and what was found in it."""

    store: Store
    settings: Settings
    files: tuple[File, ...]
    findings: tuple[Finding, ...]  # the first of rejected rows, then of rows that are used
    unmatched: tuple[Unmatched, ...]
    pairs: tuple[NearPair, ...]

    @property
    def language(self) -> Language:
        """That of the page: the first of the settings."""
        return self.settings.language(self.settings.report.languages[0])


def open_check(store: Store, settings: Settings) -> Checked:
    """What there is to say of data that have been read."""
    data = settings.data
    aliases = read_aliases(settings.resolve(data.aliases) if data.aliases else None)
    areas = read_areas(settings.resolve(data.boundaries)) if data.boundaries else ()
    given = Input.from_settings(settings)
    stores = settings.resolve(settings.files.store)
    alone = len(given) == 1
    return Checked(
        store=store,
        settings=settings,
        files=tuple(_file(one, store if alone else read(one, store=stores)) for one in given),
        findings=_first_findings(store),
        unmatched=tuple(unmatched(store, areas, aliases)),
        pairs=tuple(near_spellings(store, aliases)),
    )


def _file(given: Input, store: Store) -> File:
    named = find_profile(given.profile, root=given.root) if given.profile else None
    with tempfile.TemporaryDirectory() as work:
        source = open_source(given, named, Path(work))
        uses = tuple(_uses(store, source))
    profile = source.profile
    dropped = set(map(normalised, (*given.drop_columns, *profile.drop_columns)))
    read_past = set(map(normalised, profile.sources)) | dropped
    headings = [(normalised(one), one.strip()) for one in source.layout.headings if one.strip()]
    return File(
        name=store.file_name,
        profile=profile,
        named=given.profile,
        uses=uses,
        unread=tuple(text for name, text in headings if name not in read_past),
        dropped=tuple(text for name, text in headings if name in dropped),
        sheet=source.sheet,
        other_sheets=source.other_sheets,
    )


def _first_findings(store: Store) -> tuple[Finding, ...]:
    found: dict[str, list[Finding]] = {"rejected": [], "flagged": []}
    for finding in store.listed():
        kept = found.get(finding.outcome)
        if kept is not None and len(kept) < MOST_FINDINGS:
            kept.append(finding)
    return (*found["rejected"], *found["flagged"])


def _uses(store: Store, source: Source) -> Iterator[Use]:
    places = {name: n for n, name in enumerate(source.layout.names) if name}
    rows = dict(islice(_records(source), _FIRST_ROWS))
    values = _values(store, rows)
    for column in COLUMNS:
        origin = source.profile.columns.get(column.name)
        place = places.get(normalised(origin.source)) if origin else None
        if origin is None or origin.constant == MADE or (place is None and not origin.constant):
            continue
        # Notes are for the team: they are counted nowhere, and shown nowhere.
        cells = {} if place is None else {line: cells[place] for line, cells in rows.items()}
        # Where no row is used cells are shown as they stand: what is wrong with them is to be seen.
        read_as = values.get(column.name, {}) if any(values.values()) else cells
        samples = _samples(cells, read_as) if column.kept else ()
        heading = "" if place is None else source.layout.headings[place].strip()
        filled = store.completeness.get(column.name)
        yield Use(column, heading, origin.constant, filled, tuple(samples))


def _records(source: Source) -> Iterator[tuple[int, list[str]]]:
    """The first line and the cells of each row that fits the header."""
    csv.field_size_limit(LONGEST_CELL)
    with source.path.open(encoding="utf-8-sig", newline="") as file:
        reader, before = csv.reader(file, delimiter=source.layout.separator), 0
        try:
            for cells in reader:
                if before + 1 >= source.layout.first_line and len(cells) == len(
                    source.layout.names
                ):
                    yield before + 1, cells
                before = reader.line_num
        except csv.Error:
            return


def _values(store: Store, rows: Mapping[int, list[str]]) -> dict[str, dict[int, str]]:
    """What these lines were read as, by column and line; lines that are not used are missing."""
    names = [column.name for column in COLUMNS if column.kept]
    read = ", ".join(f"CAST({name} AS VARCHAR)" for name in names)
    last = literal(str(max(rows, default=0)))
    with connected() as connection:
        found = connection.execute(
            f"SELECT line, {read} FROM ({store.rows}) WHERE line <= {last}::BIGINT"  # noqa: S608
        ).fetchall()
    return {
        name: {line: values[n] for line, *values in found if values[n] is not None}
        for n, name in enumerate(names)
    }


def _samples(cells: Mapping[int, str], values: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    """The first cells that differ, each with what it was read as."""
    seen: dict[str, str] = {}
    for line, cell in cells.items():
        if cell.strip() and line in values:
            seen.setdefault(cell.strip(), values[line])
    yield from islice(seen.items(), SAMPLES)
