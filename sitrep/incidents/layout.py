"""How a file is laid out: its separator, its header, where its rows begin.

Columns are known by their names, never by their position and never by what stands in
them. A header that leaves a doubt is refused.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path

from sitrep.errors import DataError, nearest
from sitrep.incidents.headers import TOP, header_row
from sitrep.incidents.profiles import Profile, all_profiles, normalised
from sitrep.incidents.scan import SEPARATORS
from sitrep.incidents.table import NAMES, REQUIRED
from sitrep.incidents.toml_keys import written

MOST_COLUMNS = 1000
_HEAD = 1024 * 1024

# Columns that hold, or are likely to hold, who somebody is.
_PERSONAL = re.compile(
    r"names?|(.*_)?(first|last|full|given|middle|family|father|mother|victim|victims|person|"
    r"patient|informant|witness|reporter|contact)s?_?names?|victims?|informants?|witness(es)?|"
    r"(.*_)?(phone|telephone|mobile|whatsapp|telegram|e_?mail|passport)(_.*)?|tel|surname|"
    r"(.*_)?(national|identity|id)_(id|card|number|no)|dob|(.*_)?(date_of_birth|birth_?date)|"
    r"contact|#contact(\+.*)?|home_address|الاسم|اسم|اسم_.*|هاتف|رقم_الهاتف|الرقم_الوطني"
)


@dataclass(frozen=True)
class Layout:
    """The header of one file.

    `names` are normalised, blank for a column without a heading; `headings` are as they
    are written. `header_line` and `first_line` (of the first row) count from 1, as a text
    editor does; `header_line` is 0 where a profile gave the header. `above` are the lines
    of rows over it. `hxl_line` is 0 where there is no row of HXL tags; else `tags` are
    these, normalised and blank where there is none. `one_line`: no heading holds a line
    break.
    """

    separator: str
    names: tuple[str, ...]
    headings: tuple[str, ...]
    header_line: int
    first_line: int
    hxl_line: int
    one_line: bool
    above: tuple[int, ...] = ()
    tags: tuple[str, ...] = ()

    def where(self, shown: str) -> str:
        """The header, as a message about the file `shown` begins."""
        return f"{shown}, line {self.header_line}" if self.header_line else shown


def find_layout(path: Path, *, shown: str, profile: Profile | None) -> Layout:
    """Read the header of a UTF-8 file.

    The separator is the one under which most headings are names that `profile` (or, without
    one, any profile) reads.

    Raises
    ------
    DataError
        No header, or no row under it.
    """
    known = known_names(profile)
    layouts = possible_layouts(path, known)
    if not layouts:
        raise DataError(f"{shown}: the file holds blank lines only; export it again")
    best = max(layouts, key=lambda found: (_fit(found, known, profile), -_rank(found)))
    if len(best.names) > MOST_COLUMNS:
        raise DataError(
            f"{shown}, line {best.header_line}: there are {len(best.names):,} columns, more than "
            f"the {MOST_COLUMNS:,} that are read; keep those of the incidents"
        )
    if profile and profile.header and not known & set(best.names):
        return _headed(best, profile, shown)
    if best.first_line == 0:
        raise DataError(
            f"{shown}, line {best.header_line}: there is a header and no row under it; "
            "export the table with its rows"
        )
    return best


def possible_layouts(path: Path, known: set[str] | None = None) -> list[Layout]:
    """The header of a UTF-8 file under each separator; none where it holds blank lines only.

    It is looked for by the `known` names; without them by those of every profile.
    """
    known = known_names(None) if known is None else known
    with path.open("rb") as file:
        head = file.read(_HEAD).decode("utf-8-sig", errors="replace")
    head, skipped = _without_hint(head)
    return [layout for sep in SEPARATORS if (layout := _layout(head, sep, skipped, known))]


def looks_personal(name: str) -> bool:
    """Whether a column of this (normalised) name is likely to hold who somebody is."""
    return _PERSONAL.fullmatch(name) is not None


def check_columns(
    layout: Layout, profile: Profile, *, drop_columns: tuple[str, ...], shown: str
) -> dict[str, int]:
    """Where the columns that `profile` reads stand: their position by normalised name.

    Raises
    ------
    DataError
        A column that is missing, doubled, unknown where all must be known, or that looks
        like personal data, unless it is dropped by name.
    """
    where = layout.where(shown)
    dropped = set(map(normalised, (*drop_columns, *profile.drop_columns)))
    wanted = {normalised(name): name for name in profile.sources}
    for name, heading in zip(layout.names, layout.headings, strict=True):
        if name in dropped:
            continue
        drop = f"drop_columns = [{written(heading.strip())}] in sitrep.toml"
        if looks_personal(name) and name not in wanted:
            raise DataError(
                f"{where}: column {heading!r} looks like personal data, which has no place in a "
                f"report; take it out, or leave it unread: {drop} or in a profile"
            )
        if name and profile.refuse_others and name not in wanted:
            hint = nearest(name, tuple(wanted)) or "; data/README.md lists them."
            raise DataError(
                f"{where}: there is no column {heading!r} in the {profile.title}{hint} Rename it, "
                f"or leave it unread: {drop}"
            )
    _refuse_doubled(layout, set(wanted) - dropped, where)
    places = {name: n for n, name in enumerate(layout.names) if name in wanted}
    places = {name: n for name, n in places.items() if name not in dropped}
    _refuse_missing(layout, profile, places, where)
    return places


def dropped_places(layout: Layout, names: tuple[str, ...]) -> tuple[int, ...]:
    """Where the columns stand that are dropped by name."""
    dropped = set(map(normalised, names))
    return tuple(n for n, name in enumerate(layout.names) if name in dropped)


def _layout(head: str, separator: str, skipped: int, known: set[str]) -> Layout | None:
    """The header under one separator, or None where there is nothing but blank lines.

    The header is the row over a row of HXL tags, or that row itself; without one, the row
    with most of the `known` names.
    """
    records = _records(head, separator)
    top = list(islice(records, TOP))
    if not top:
        return None
    at = next((n for n, (_, _, cells) in enumerate(top) if is_tag_row(cells)), -1)
    over = [n for n, (_, _, cells) in enumerate(top[: max(at, 0)]) if any(map(str.strip, cells))]
    header = over[-1] if over else max(at, 0)
    if at < 0:
        header = header_row([cells for _, _, cells in top], known)
    header_line, end, headings = top[header]
    first_line, _, _ = next(chain(top[max(at, header) + 1 :], records), (0, 0, []))
    tags = [normalised(cell) for cell in top[at][2]] if at >= 0 else []
    width = max(len(headings), len(tags))
    headings = headings + [""] * (width - len(headings))
    return Layout(
        separator,
        tuple(map(normalised, headings)),
        tuple(headings),
        header_line + skipped,
        first_line and first_line + skipped,
        top[at][0] + skipped if over else 0,
        header_line == end,
        above=tuple(
            line + skipped for line, _, cells in top[:header] if any(map(str.strip, cells))
        ),
        tags=tuple(tags + [""] * (width - len(tags))) if tags else (),
    )


def is_tag_row(cells: list[str]) -> bool:
    """Whether these are HXL tags: hashtags such as ``#date +start``, and blanks."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    return bool(filled) and all(re.match(r"#\s*[A-Za-z]", cell) for cell in filled)


def _headed(layout: Layout, profile: Profile, shown: str) -> Layout:
    """The layout of a file without a header, with that of `profile`; its first row is a row."""
    if len(layout.names) != len(profile.header):
        raise DataError(
            f"{shown}: the first line holds none of the column names that the profile "
            f"{profile.name} reads; without them a file of this layout has {len(profile.header)} "
            f"columns, and this one has {len(layout.names)}. Put the names into its first line"
        )
    return replace(
        layout,
        names=profile.header,
        headings=profile.header,
        header_line=0,
        first_line=layout.header_line,
        hxl_line=0,
        above=(),
        tags=(),
    )


def _records(head: str, separator: str) -> Iterator[tuple[int, int, list[str]]]:
    """The first and last line and the cells of each row that is not a blank line."""
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=separator)
    before = 0
    try:
        for record in reader:
            if record:
                yield before + 1, reader.line_num, record
            before = reader.line_num
    except csv.Error:
        return


def _without_hint(head: str) -> tuple[str, int]:
    """`head` without the line ``sep=;`` that some spreadsheets put first."""
    hint = re.match(r'"?sep=.?"?\r?\n', head, re.IGNORECASE)
    return (head[hint.end() :], 1) if hint else (head, 0)


def _fit(layout: Layout, known: set[str], profile: Profile | None) -> tuple[int, bool]:
    """How many names are known; of a file without any, whether a layout has its width."""
    headers = [profile.header] if profile else [p.header for p in all_profiles()]
    names = known & {*layout.names, *layout.tags}
    return len(names), len(layout.names) in {len(header) for header in headers if header}


def _rank(layout: Layout) -> int:
    return SEPARATORS.index(layout.separator)


def known_names(profile: Profile | None) -> set[str]:
    """The (normalised) names that `profile` reads, or that any does, and those of the table."""
    profiles = [profile] if profile else all_profiles()
    return {normalised(name) for p in profiles for name in p.sources}.union(NAMES)


def _refuse_doubled(layout: Layout, wanted: set[str], where: str) -> None:
    for name, count in Counter(layout.names).items():
        if count > 1 and name in wanted:
            raise DataError(
                f"{where}: column {name!r} stands there {count} times; which one is meant cannot "
                "be known: take the others out, or rename them"
            )


def _refuse_missing(layout: Layout, profile: Profile, places: dict[str, int], where: str) -> None:
    for name, column in profile.columns.items():
        needed = name in profile.must_have or (name in REQUIRED and not column.default)
        if column.source and needed and normalised(column.source) not in places:
            others = tuple(n for n in layout.names if n and n not in places)
            hint = nearest(normalised(column.source), others)
            raise DataError(
                f"{where}: column {column.source!r} is missing; every row needs it{hint}"
                if name in REQUIRED
                else f"{where}: column {column.source!r}, which the profile reads, is missing{hint}"
            )
    for source in profile.beside:
        if normalised(source) not in places:
            others = tuple(n for n in layout.names if n and n not in places)
            raise DataError(
                f"{where}: column {source!r}, which the profile reads, is missing"
                f"{nearest(normalised(source), others)}"
            )
    for keep in profile.keep:
        if not keep.negated and normalised(keep.column) not in places:
            raise DataError(
                f"{where}: column {keep.column!r} is missing, by which the layout {profile.name} "
                "tells the rows that count"
            )
    for name in REQUIRED:
        if name not in profile.columns:
            raise DataError(
                f"{where}: the profile {profile.name} does not say where {name} comes from: add "
                f'[columns.{name}] with from = "a column" or value = "a constant"'
            )
