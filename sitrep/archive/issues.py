"""The published issues of one series: read, checked, numbered.

A series holds the issues that may be compared: of one layout, one area, one edition, with
weeks that begin on one day. Its folder holds a folder an issue, ``0003-2021-W23``, in the order
of publication. Each manifest names the hash of the one before it, so that nothing in between
can be taken out, put in or changed without being seen.
"""

import csv
import hashlib
import json
import re
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from sitrep.areas import slug
from sitrep.errors import DataError, UsageError
from sitrep.numbers import KEY, MISSING, Number, from_csv, measure_of

MANIFEST, NUMBERS, INCIDENTS = "issue.json", "numbers.csv", "incidents.parquet"
_FOLDER = re.compile(r"\d{4,}-\d{4}-W\d{2}")


@dataclass(frozen=True)
class Publication:
    """Which issue of its series this is.

    `number` counts the issues of the series from 1; `edition` counts the publications of
    one week. `published_on` is None for a draft: number and edition are then those it would
    get.
    """

    number: int = 1
    edition: int = 1
    published_on: date | None = None

    @property
    def is_draft(self) -> bool:
        return self.published_on is None


@dataclass(frozen=True)
class Published:
    """One published issue; `frozen_on` is the day up to which its data spoke."""

    folder: Path
    number: int
    edition: int
    week: str
    published_on: date
    frozen_on: date
    previous: str  # hash of the manifest before; "" for the first
    files: dict[str, str]  # name to hash

    @property
    def incidents(self) -> Path:
        """The frozen incidents; see `sitrep.incidents.freezing`."""
        return self.folder / INCIDENTS

    @cached_property
    def numbers(self) -> dict[tuple[str, ...], Number]:
        """The numbers as printed, by week, measure, breakdown and group."""
        with (self.folder / NUMBERS).open(encoding="utf-8", newline="") as file:
            rows = ({**row, "measure": measure_of(row)} for row in csv.DictReader(file))
            return {tuple(row[name] for name in KEY): from_csv(row) for row in rows}

    def get(self, measure: str, week: object) -> Number:
        """A total as printed; `MISSING` where the issue has none."""
        return self.numbers.get((str(week), measure, "", ""), MISSING)

    def manifest(self) -> bytes:
        """What is written as `issue.json`: the same bytes for the same issue."""
        content = {key: value for key, value in asdict(self).items() if key != "folder"}
        return (json.dumps(content, default=str, ensure_ascii=False, indent=1) + "\n").encode()


@dataclass(frozen=True)
class Archive:
    """The published issues of a series, in the order of publication."""

    folder: Path
    issues: tuple[Published, ...] = ()

    @property
    def last(self) -> Published | None:
        return self.issues[-1] if self.issues else None

    def first_of(self, week: object) -> Published | None:
        """The first publication of a week: its first count."""
        return next((issue for issue in self.issues if issue.week == str(week)), None)

    def next(self, week: object, *, published_on: date | None = None) -> Publication:
        """What an issue of `week` is, or would be, if it is the next to be published.

        Raises
        ------
        UsageError
            A day before the last publication: issues are never back-dated.
        """
        if published_on and self.last and published_on < self.last.published_on:
            raise UsageError(
                f"the last issue was published on {self.last.published_on}, and today is "
                f"{published_on}: set the clock right; an issue is never back-dated"
            )
        editions = sum(issue.week == str(week) for issue in self.issues)
        return Publication(len(self.issues) + 1, editions + 1, published_on)

    def state(self) -> str:
        """The hash of the last manifest, which stands for all of them; "" without one."""
        return file_hash(self.last.folder / MANIFEST) if self.last else ""


def series_name(layout: str, *, area: str, edition: str, week_start: str = "monday") -> str:
    """``native``, ``native-idlib-internal-saturday``: the folder of a series.

    Weeks that begin on other days have the same names, so they are another series.
    """
    parts = (
        slug(Path(layout).stem),
        slug(area),
        "" if edition == "public" else edition,
        "" if week_start == "monday" else week_start,
    )
    return "-".join(part for part in parts if part)


def read_archive(folder: Path) -> Archive:
    """The issues in the folder of a series; none where there is no such folder.

    Raises
    ------
    DataError
        An issue that is not as it was published.
    """
    if not folder.is_dir():
        return Archive(folder)
    found = sorted(path for path in folder.iterdir() if _FOLDER.fullmatch(path.name))
    issues: list[Published] = []
    previous = ""
    for number, path in enumerate(found, start=1):
        issue = _read(path)
        if issue.number != number or issue.previous != previous:
            raise _changed(path, "an issue before it was taken out, added or changed")
        issues.append(issue)
        previous = file_hash(path / MANIFEST)
    return Archive(folder, tuple(issues))


def file_hash(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read(folder: Path) -> Published:
    try:
        content: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        days = {key: date.fromisoformat(content[key]) for key in ("published_on", "frozen_on")}
        issue = Published(folder=folder, **{**content, **days})
        for name in (NUMBERS, INCIDENTS):
            if file_hash(folder / name) != issue.files[name]:
                raise _changed(folder, f"{name} was changed")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _changed(folder, f"it cannot be read ({error})") from None
    return issue


def _changed(folder: Path, how: str) -> DataError:
    return DataError(
        f"{folder}: this published issue is not as it was published: {how}; put the folder "
        "back as it was, or take the whole archive away to go on without one"
    )
