"""The notes of a file, which the store does not keep, to look a report through for them."""

import codecs
import csv
import tempfile
from pathlib import Path

from sitrep.errors import SitrepError
from sitrep.incidents.building import open_source
from sitrep.incidents.input import Input
from sitrep.incidents.profiles import Profile, find_profile, normalised
from sitrep.incidents.recognition import read_header


def read_notes(given: Input) -> frozenset[str]:
    """Every note of a file that `reading.read` has accepted, each once.

    A row that does not fit the header is read as far as it goes.
    """
    named = find_profile(given.profile, root=given.root) if given.profile else None
    if _has_none(given, named):
        return frozenset()
    with tempfile.TemporaryDirectory() as work:
        source = open_source(given, named, Path(work))
        column = source.profile.columns.get("notes")
        name = normalised(column.source) if column else ""
        if not name or name not in source.layout.names:
            return frozenset()
        place = source.layout.names.index(name)
        with source.path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.reader(file, delimiter=source.layout.separator)
            return frozenset(
                row[place]
                for row in rows
                if rows.line_num >= source.layout.first_line and len(row) > place
            )


def _has_none(given: Input, named: Profile | None) -> bool:
    """Whether the header alone shows that there are no notes: a large file is not read for it."""
    encoding = given.encoding or (named.encoding if named else "")
    with given.file.open("rb") as file:
        marked = file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"PK")
    if marked or (encoding and codecs.lookup(encoding).name not in ("utf-8", "utf-8-sig")):
        return False
    try:
        layout, profile = read_header(given.file, given, named, shown=given.shown)
    except SitrepError:  # the whole file tells
        return False
    column = profile.fitted(layout.names).columns.get("notes")
    return column is None or normalised(column.source) not in layout.names
