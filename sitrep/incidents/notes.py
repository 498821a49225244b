"""The notes of a file, which the store does not keep, to look a report through for them."""

import csv
import tempfile
from pathlib import Path

from sitrep.incidents.building import open_source
from sitrep.incidents.input import Input
from sitrep.incidents.profiles import find_profile, normalised


def read_notes(given: Input) -> frozenset[str]:
    """Every note of a file that `reading.read` has accepted, each once.

    A row that does not fit the header is read as far as it goes.
    """
    named = find_profile(given.profile, root=given.root) if given.profile else None
    with tempfile.TemporaryDirectory() as work:
        source = open_source(given, named, Path(work))
        column = source.profile.columns.get("notes")
        name = normalised(column.source) if column else ""
        if not name or name not in source.layout.names:
            return frozenset()
        place = source.layout.names.index(name)
        with source.path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.reader(file, delimiter=source.layout.separator)
            cells = frozenset(row[place] for row in rows if len(row) > place)
    return cells - {source.layout.headings[place]}
