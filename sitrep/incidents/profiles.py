"""What an outside layout calls the columns of the incident table: one TOML file each.

A profile is data. It knows nothing of separators or encodings found in a file, and it
decides nothing about rows.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sitrep.errors import DataError, UsageError, nearest
from sitrep.incidents.keys import condition as _condition
from sitrep.incidents.keys import known_keys as _known_keys
from sitrep.incidents.keys import one_of as _one_of
from sitrep.incidents.keys import section as _section
from sitrep.incidents.keys import text as _text
from sitrep.incidents.keys import texts as _texts
from sitrep.incidents.numerals import THOUSANDS
from sitrep.incidents.questions import refuse_questions
from sitrep.incidents.shapes import MADE, Cumulative, Group, Shape, read_shape
from sitrep.incidents.table import KEPT, NAMES

FOLDER = Path(__file__).parent / "profiles"
KEYS = (
    "name",
    "title",
    "victims",
    "credit",
    "lacks",
    "date_formats",
    "thousands",
    "sheet",
    "other_columns",
    "drop_columns",
    "encoding",
    "same_names",
    "recognise",
    "columns",
    "cumulative",
    "group",
)


@dataclass(frozen=True)
class SourceColumn:
    """Where the cells of one column of the incident table come from.

    Either `source`, a column of the file, or `constant`. `values` translates cells; one
    that is not in it is rejected unless ``"*"`` says what all others become. `default`
    stands for blanks. Outside `when` (a column of the file and the cells it must hold)
    the cell is blank.
    """

    source: str = ""
    constant: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    default: str = ""
    when: tuple[str, tuple[str, ...]] | None = None


@dataclass(frozen=True)
class Profile:
    """One layout.

    `victims` is whose deaths its counts are, ``civilians`` or ``all``; `lacks` are plain
    phrases for what it does not hold. `thousands`, the mark between groups of three digits,
    and `sheet`, of a workbook, are blank where they are not declared. `refuse_others`: a
    column that is not read is an error. `names_all`: a column that is named must be in the
    file, as in a profile that a user wrote for one file; those that come with the program
    fit several versions.
    `drop_columns` are left unread by name, such as names of people.
    `shape`: what a row is, where it is not an incident.
    """

    name: str
    title: str
    victims: str
    credit: str = ""
    lacks: tuple[str, ...] = ()
    date_formats: tuple[str, ...] = ()
    thousands: str = ""
    sheet: str = ""
    refuse_others: bool = False
    drop_columns: tuple[str, ...] = ()
    encoding: str = ""
    recognise: tuple[str, ...] = ()
    columns: Mapping[str, SourceColumn] = field(default_factory=dict)
    names_all: bool = False
    shape: Shape | None = None

    @property
    def sources(self) -> tuple[str, ...]:
        """Every column of the file that this profile reads, each once."""
        return _sources(self.columns.values(), self.beside)

    @property
    def kept_sources(self) -> tuple[str, ...]:
        """Those of `sources` from which something reaches the typed table."""
        kept = (self.columns[c.name] for c in KEPT if c.name in self.columns)
        return _sources(kept, self.beside)

    @property
    def beside(self) -> tuple[str, ...]:
        """Columns of the file that the shape reads, beside those of the table."""
        return tuple(self.shape.cells.values()) if self.shape else ()

    @property
    def cumulative(self) -> Cumulative | None:
        """How running totals are read, where there are any."""
        return self.shape if isinstance(self.shape, Cumulative) else None

    @property
    def group(self) -> Group | None:
        """How people are grouped to incidents, where a row is one person."""
        return self.shape if isinstance(self.shape, Group) else None


def built_in() -> dict[str, Path]:
    """The profiles that come with the program, by name."""
    return {path.stem: path for path in sorted(FOLDER.glob("*.toml"))}


def normalised(name: str) -> str:
    """A column name as it is compared: ``"Incident ID"`` and ``incident_id`` are the same."""
    return "_".join(name.strip("\ufeff \t\r\n\u00a0").casefold().replace("-", " ").split())


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
    """The profile in a TOML file.

    Raises
    ------
    UsageError
        A file that is missing or not TOML, a key that is not known, a value that no
        profile can hold.
    """
    import tomllib

    shown = shown or path.name
    try:
        written = path.read_text(encoding="utf-8-sig")
        table = tomllib.loads(written)
    except OSError as error:
        raise UsageError(f"{shown}: the profile cannot be read ({error.strerror})") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{shown}: not a TOML file: {error}") from None
    refuse_questions(table, written, where=shown)
    _known_keys(table, KEYS, where=shown)
    columns = {
        name: _source_column(entry, f"{shown}: [columns.{name}]")
        for name, entry in _section(table, "columns", shown).items()
    }
    _known_keys(columns, NAMES, where=f"{shown}: [columns]")
    if table.get("same_names", False):
        columns = {name: SourceColumn(source=name) for name in NAMES} | columns
    shape = read_shape(table, shown)
    _refuse_contradictions(shape, columns, shown)
    made = {name: SourceColumn(constant=MADE) for name in (shape.made if shape else ())}
    if isinstance(shape, Group) and "incident_id" not in columns:
        made["incident_id"] = SourceColumn(constant=MADE)
    return Profile(
        name=_text(table, "name", shown) or path.stem,
        title=_text(table, "title", shown) or path.stem,
        victims=_one_of(table, "victims", ("civilians", "all"), shown),
        credit=_text(table, "credit", shown),
        lacks=_texts(table, "lacks", shown),
        date_formats=_texts(table, "date_formats", shown),
        thousands=_one_of(table, "thousands", THOUSANDS, shown),
        sheet=_text(table, "sheet", shown),
        refuse_others=_one_of(table, "other_columns", ("ignore", "refuse"), shown) == "refuse",
        drop_columns=_texts(table, "drop_columns", shown),
        encoding=_text(table, "encoding", shown),
        recognise=tuple(map(normalised, _recognise(table, shown))),
        columns=columns | made,
        shape=shape,
        names_all=path.parent != FOLDER and not table.get("same_names", False),
    )


def recognise(header: tuple[str, ...], *, where: str) -> Profile:
    """The profile whose `recognise` columns all stand in `header` (normalised names).

    Of several the one that asks for most. Sniffing the rows is never tried.

    Raises
    ------
    DataError
        No profile fits: the message names the nearest one and what it misses.
    """
    profiles = [read_profile(path) for path in built_in().values()]
    fitting = [p for p in profiles if p.recognise and set(p.recognise) <= set(header)]
    if fitting:
        return max(fitting, key=lambda profile: len(profile.recognise))
    known = [(len({*map(normalised, p.sources)} & set(header)), p) for p in profiles]
    count, closest = max(known, key=lambda pair: pair[0])
    if not count:
        raise DataError(
            f"{where}: none of the columns is known. The first line must hold their names, such "
            "as incident_id, date, admin1, killed, source (data/README.md lists them); for "
            "another layout let `sitrep profile FILE` write the first draft of a profile, and name "
            "it: PROFILE=profile.toml"
        )
    missing = [name for name in closest.recognise if name not in header]
    hints = "".join(nearest(name, header) for name in missing[:1])
    raise DataError(
        f"{where}: no layout has these columns. The nearest is {closest.name}, which needs "
        f"{', '.join(missing)} as well{hints}. Rename the columns, or let `sitrep profile FILE` "
        "write the first draft of a profile, and name it: PROFILE=profile.toml"
    )


def _sources(columns: Iterable[SourceColumn], beside: tuple[str, ...]) -> tuple[str, ...]:
    read = [name for c in columns for name in (c.source, c.when[0] if c.when else "")]
    return tuple(dict.fromkeys(name for name in (*read, *beside) if name))


def _refuse_contradictions(
    shape: Shape | None, columns: Mapping[str, SourceColumn], shown: str
) -> None:
    """A column that is made may not be named, one that is taken the difference of must be."""
    if shape is None:
        return
    for name in shape.made:
        if name in columns:
            raise UsageError(f"{shown}: {name} is made of other columns: take [columns.{name}] out")
    needed = (*shape.by, *(shape.totals if isinstance(shape, Cumulative) else ()), "date")
    for name in needed:
        if name not in columns:
            raise UsageError(f'{shown}: add [columns.{name}] with from = "a column"')


def _source_column(entry: Any, where: str) -> SourceColumn:
    if not isinstance(entry, dict):
        raise UsageError(f'{where} is a section: write from = "a column" under it')
    _known_keys(entry, ("from", "value", "values", "default", "when"), where=where)
    source, constant = _text(entry, "from", where), _text(entry, "value", where)
    if bool(source) == bool(constant):
        raise UsageError(f'{where} needs one of from = "a column" and value = "a constant"')
    translations = _section(entry, "values", where)
    values = {key: _text(translations, key, f"{where} values") for key in translations}
    return SourceColumn(
        source, constant, values, _text(entry, "default", where), _condition(entry, "when", where)
    )


def _recognise(table: Mapping[str, Any], where: str) -> tuple[str, ...]:
    section = _section(table, "recognise", where)
    _known_keys(section, ("columns",), where=f"{where}: [recognise]")
    return _texts(section, "columns", f"{where}: [recognise]")
