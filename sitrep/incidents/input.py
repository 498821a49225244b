"""Which file is read, and what is known of it beyond its bytes."""

import codecs
import re
from dataclasses import dataclass, field
from pathlib import Path

from sitrep.errors import DataError, UsageError
from sitrep.incidents.claims import EVERYTHING, Claim, claim_of
from sitrep.incidents.dates import SERIALS
from sitrep.incidents.numerals import THOUSANDS
from sitrep.settings import FurtherInput, Settings

_DIRECTIVES = frozenset("dmyYbBHMSfzZaAjIp%")


@dataclass(frozen=True)
class Input:
    """One file of incidents.

    `path` is absolute, or relative to `root`. `profile` is a name, a TOML file, or blank
    for the layout that the header shows. `encoding` is a code page such as ``cp1256``;
    UTF-8, and UTF-16 with a byte order mark, need none. `date_formats` replaces the
    profile's, but for ``2021-06-10``, which is read wherever no other is meant; so does
    `thousands`, the mark between groups of three digits. `sheet` is that of a workbook;
    blank for the only one with the columns of a layout. `claim` is what it counts where
    there are several.
    """

    path: Path
    profile: str = ""
    encoding: str = ""
    date_formats: tuple[str, ...] = ()
    drop_columns: tuple[str, ...] = ()
    thousands: str = ""
    sheet: str = ""
    root: Path = field(default_factory=Path.cwd)
    claim: Claim = EVERYTHING

    @classmethod
    def from_settings(cls, settings: Settings) -> tuple["Input", ...]:
        """The file that the settings name, and those that count a part beside it."""
        data = settings.data
        aliases = settings.resolve(data.aliases) if data.aliases else None
        return tuple(
            cls(
                path=Path(given.path),
                profile=given.profile,
                encoding=given.encoding,
                date_formats=given.date_formats,
                drop_columns=given.drop_columns,
                thousands=given.thousands,
                sheet=given.sheet,
                root=settings.root,
                claim=claim_of(given, aliases) if isinstance(given, FurtherInput) else EVERYTHING,
            )
            for given in (data.first, *data.further)
        )

    @property
    def file(self) -> Path:
        """Where the file is."""
        return self.root / self.path.expanduser()

    @property
    def shown(self) -> str:
        """The file as messages call it: relative to the project's folder where it is inside."""
        try:
            return self.file.resolve().relative_to(self.root.resolve()).as_posix()
        except ValueError:
            return self.path.as_posix()


def check_input(given: Input) -> None:
    """Refuse what cannot be read whatever its bytes are.

    Raises
    ------
    DataError
        A file that is missing, empty, a folder, or may not be opened.
    UsageError
        An encoding that does not exist, date formats that contradict each other.
    """
    if not given.file.exists():
        raise DataError(f"{given.shown}: there is no such file; name one with DATA=path/to.csv")
    if given.file.is_dir():
        raise DataError(f"{given.shown}: this is a folder; name the CSV file inside it")
    try:
        with given.file.open("rb") as file:
            first = file.read(1)
    except OSError as error:
        raise DataError(f"{given.shown}: the file cannot be read ({error.strerror})") from None
    if not first:
        raise DataError(f"{given.shown}: the file is empty; export it again")
    check_encoding(given.encoding)
    check_date_formats(given.date_formats)
    check_thousands(given.thousands, where="data.thousands")


def check_encoding(name: str) -> None:
    """Raise UsageError unless `name` is blank or a text encoding."""
    try:
        known = not name or codecs.lookup(name)._is_text_encoding
    except LookupError:
        known = False
    if not known:
        raise UsageError(
            f"there is no encoding {name!r}: write the code page, such as cp1256 (Arabic), "
            "cp1252 (Western European) or utf-16-le"
        )


def check_date_formats(formats: tuple[str, ...]) -> None:
    """Raise UsageError for a format that cannot be used, and for two that fight over a cell."""
    for text in formats:
        if text in SERIALS:
            continue
        letters = re.findall(r"%-?(.?)", text)
        if not set(letters) <= _DIRECTIVES or not re.search(r"%-?d.*%-?[mbB]|%-?[mbB].*%-?d", text):
            raise UsageError(
                f'date_formats: {text!r} is no format of a day; write one such as "%d/%m/%Y" '
                "for 07/06/2021"
            )
    if SERIALS.keys() <= set(formats):
        raise UsageError(
            'date_formats: "excel" and "excel-1904" would both read 44354, as different days; '
            "keep the one that the file means"
        )
    orders = [re.sub(r"%-?[dm]", "#", text) for text in formats]
    for text, order in zip(formats, orders, strict=True):
        rivals = [f for f, o in zip(formats, orders, strict=True) if o == order and f != text]
        if rivals:
            raise UsageError(
                f"date_formats: {text!r} and {rivals[0]!r} would both read 07/06/2021, as "
                "different days; keep the one that the file means"
            )


def check_thousands(mark: str, *, where: str) -> None:
    """Raise UsageError unless `mark` can stand between groups of three digits."""
    if mark not in THOUSANDS:
        allowed = ", ".join(f'"{one}"' for one in THOUSANDS)
        raise UsageError(f"{where} cannot be {mark!r}; allowed are {allowed}, the mark in 1,867")
