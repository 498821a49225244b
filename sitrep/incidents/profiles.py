"""What an outside layout calls the columns of the incident table: one TOML file each.

A profile is data. It knows nothing of separators or encodings found in a file, and it
decides nothing about rows but which of them count. `data/README.md` tells an author what
every key means.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from pathlib import Path

from sitrep.errors import UsageError, nearest
from sitrep.incidents.shapes import Cumulative, Group, Rows, Shape
from sitrep.incidents.table import KEPT

FOLDER = Path(__file__).parent / "profiles"


@dataclass(frozen=True)
class SourceColumn:
    """Where the cells of one column of the incident table come from.

    Either `source`, a column of the file, or `constant`; `others` are columns that stand
    for `source` where the file does not have it. The keys below are applied in this order:
    cells in `blank` are blank; of a cell that `split` parts, `part` is taken; a moment is
    the day that it falls on in `timezone`; `values` translates cells, and one that is not
    in it is rejected unless ``"*"`` says what all others become; outside `when` (a column
    of the file and the cells it must hold) the cell is blank; `default` stands for blanks.
    """

    source: str = ""
    constant: str = ""
    others: tuple[str, ...] = ()
    blank: tuple[str, ...] = ()
    split: tuple[str, ...] = ()
    part: str = ""
    timezone: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    when: tuple[str, tuple[str, ...]] | None = None
    default: str = ""

    @property
    def asks(self) -> tuple[str, ...]:
        """The columns of the file that decide about a cell."""
        return tuple(name for name in (self.source, self.when[0] if self.when else "") if name)

    @property
    def as_text(self) -> bool:
        """Whether a cell is looked at as text, whatever it is cast to afterwards."""
        return bool(self.blank or self.split or self.part or self.timezone or self.values)


@dataclass(frozen=True)
class Keep:
    """Which rows count: those whose `column` is one of `cells`, or, if `negated`, none of them.

    `reason` is why the others are set aside.
    """

    column: str
    cells: tuple[str, ...]
    negated: bool
    reason: str


@dataclass(frozen=True)
class Profile:
    """One layout.

    `victims` is whose deaths its counts are, ``civilians`` or ``all``; `lacks` are plain
    phrases for what it does not hold, `notes` sentences on what its numbers mean.
    `week_start` is the day on which the publisher's own weeks begin, blank if it has none.
    `thousands`, the mark between groups of three digits, and `sheet`, of a workbook, are
    blank where they are not declared. `refuse_others`: a column that is not read is an
    error. `drop_columns` are left unread by name, such as names of people. `header` are the
    columns of a file without a header, in their order. `must_have` are columns of the
    incident table that the file must be able to fill, as those that a user wrote for one
    file; profiles that come with the program fit several versions. `shape`: what a row is,
    where it is not an incident.
    """

    name: str
    title: str
    victims: str
    credit: str = ""
    lacks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    week_start: str = ""
    date_formats: tuple[str, ...] = ()
    thousands: str = ""
    sheet: str = ""
    refuse_others: bool = False
    drop_columns: tuple[str, ...] = ()
    encoding: str = ""
    recognise: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    keep: tuple[Keep, ...] = ()
    columns: Mapping[str, SourceColumn] = field(default_factory=dict)
    must_have: tuple[str, ...] = ()
    shape: Shape | None = None

    @property
    def sources(self) -> tuple[str, ...]:
        """Every column of the file that this profile reads, each once."""
        return self._sources(self.columns.values())

    @property
    def kept_sources(self) -> tuple[str, ...]:
        """Those of `sources` from which something reaches the typed table."""
        return self._sources(self.columns[c.name] for c in KEPT if c.name in self.columns)

    @property
    def beside(self) -> tuple[str, ...]:
        """Columns of the file that the shape reads, beside those of the table."""
        return tuple(self.shape.cells.values()) if self.shape else ()

    @property
    def rows(self) -> Rows:
        """What a row of the file is."""
        return self.shape.rows if self.shape else "incidents"

    @property
    def cumulative(self) -> Cumulative | None:
        """How running totals are read, where there are any."""
        return self.shape if isinstance(self.shape, Cumulative) else None

    @property
    def group(self) -> Group | None:
        """How people are grouped to incidents, where a row is one person."""
        return self.shape if isinstance(self.shape, Group) else None

    @property
    def holds_casualties(self) -> bool:
        """Whether it has a number of people killed or injured: else it is of displacement alone."""
        return "killed" in self.columns or "injured" in self.columns

    @property
    def by_tags(self) -> bool:
        """Whether columns are known by their HXL tags."""
        return any(name.startswith("#") for name in self.sources)

    def fitted(self, names: Iterable[str]) -> "Profile":
        """This profile for a file with the columns `names` (normalised): no column has `others`.

        Of several the first that is there stands; of none, the first.
        """
        there = set(names)
        return replace(
            self, columns={name: _fitted(column, there) for name, column in self.columns.items()}
        )

    def _sources(self, columns: Iterable[SourceColumn]) -> tuple[str, ...]:
        read = [name for column in columns for name in (*column.asks, *column.others)]
        kept = [keep.column for keep in self.keep]
        return tuple(name for name in dict.fromkeys([*read, *kept, *self.beside]) if name)


def built_in() -> dict[str, Path]:
    """The profiles that come with the program, by name."""
    return {path.stem: path for path in sorted(FOLDER.glob("*.toml"))}


@cache
def all_profiles() -> tuple[Profile, ...]:
    """The profiles that come with the program, read."""
    return tuple(read_profile(path) for path in built_in().values())


@lru_cache(maxsize=10_000)
def normalised(name: str) -> str:
    """A column name as it is compared: ``"Incident ID"`` and ``incident_id`` are the same.

    So are ``"#affected +killed +f"`` and ``#affected+f+killed``: attributes of HXL tags
    have no order.
    """
    plain = "_".join(name.strip("\ufeff \t\r\n\u00a0").casefold().replace("-", " ").split())
    if not plain.startswith("#"):
        return plain
    tag, *attributes = re.split(r"_*\+_*", re.sub("^#_*", "#", plain))
    return "+".join([tag, *sorted(attributes)])


def find_profile(name: str, *, root: Path) -> Profile:
    """The built-in profile `name`, or the one in the file `name`, relative to `root`.

    Raises
    ------
    UsageError
        No such profile or file, or one that cannot be read.
    """
    known = built_in()
    if name in known:
        return read_profile(known[name])
    if name.endswith(".toml"):
        return read_profile(root / Path(name).expanduser(), shown=name)
    hint = nearest(name, tuple(known)) or f"; there are {', '.join(known)}"
    raise UsageError(f"there is no profile {name!r}{hint}, or give a file: profile.toml")


def read_profile(path: Path, *, shown: str = "") -> Profile:
    """The profile in a TOML file; see `profile_file.read`."""
    from sitrep.incidents.profile_file import read

    return read(path, shown=shown or path.name)


def _fitted(column: SourceColumn, there: set[str]) -> SourceColumn:
    given = [name for name in (column.source, *column.others) if normalised(name) in there]
    return replace(column, source=given[0] if given else column.source, others=())
