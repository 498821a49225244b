"""The user's own words in other languages: names of places and sources, titles, notes.

A CSV with a column `text`, as it stands in the data or in the settings, and a column for each
language under its code (`ar`, `fr`): a blank cell leaves the text as it is in that language.
"""

import csv
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from sitrep.errors import DataError
from sitrep.language.languages import LANGUAGES

TEXT = "text"


def read_names(path: Path, code: str) -> Mapping[str, str]:
    """Text to its words in the language `code`. Read again only when the file has changed.

    Raises
    ------
    DataError
        A file that is not there, not UTF-8, or not of such columns; a text that stands twice.
    """
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        changed = 0
    return _read(path, changed).get(code, {})


@cache
def _read(path: Path, changed: int) -> dict[str, dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            codes = [name for name in reader.fieldnames or () if name != TEXT]
            _refuse_columns(path, reader.fieldnames or (), codes)
            found: dict[str, dict[str, str]] = {code: {} for code in codes}
            seen: set[str] = set()
            for row in reader:
                text = (row[TEXT] or "").strip()
                if not text or text in seen:
                    what = "stands twice" if text else "is blank"
                    raise DataError(f"{path}, line {reader.line_num}: the text {text!r} {what}")
                seen.add(text)
                for code in codes:
                    if words := (row[code] or "").strip():
                        found[code][text] = words
            return found
    except FileNotFoundError:
        raise DataError(
            f"{path}: the table of names that sitrep.toml names is not there; "
            'write names = "" for none'
        ) from None
    except UnicodeDecodeError:
        raise DataError(f"{path}: the table of names is not UTF-8; save it as UTF-8") from None


def _refuse_columns(path: Path, columns: Sequence[str], codes: list[str]) -> None:
    unknown = [code for code in codes if code not in LANGUAGES]
    if TEXT not in columns or unknown:
        raise DataError(
            f"{path}, line 1: the columns of a table of names are {TEXT} and codes of languages "
            f"({', '.join(LANGUAGES)})" + (f", not {', '.join(unknown)}" if unknown else "")
        )
