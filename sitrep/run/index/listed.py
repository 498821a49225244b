"""The issues that lie in a folder of reports, as their manifests tell of them.

A manifest is read as what somebody else may have written: its texts are only ever text,
its files only those that lie beside it, and one that does not fit is not listed.
"""

import math
import os
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sitrep.errors import UsageError
from sitrep.numbers import HIDDEN, WITHHELD, Number
from sitrep.run.manifest import NAME, read_manifest
from sitrep.run.plan import SITUATION_REPORT
from sitrep.weeks import Week, parse_week

# Characters that neither HTML nor XML can hold: controls, halves of pairs, non-characters.
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_DOCUMENT = re.compile(r".+\.([a-z]{2,3})\.(html|pdf)")


@dataclass(frozen=True)
class Listed:
    """One report in the folder. What an older manifest does not say is blank."""

    folder: str  # as it stands in an address
    week: Week
    kind: str
    part: str  # the area that was asked for; "" for the whole
    area: str
    edition: str
    series: str  # the layout of its data, which makes a series with area and edition
    published_on: date | None
    frozen_on: date | None
    number: int  # in its series, and of its week: those it has, or would get
    count: int
    victims: str
    illustrative: bool
    published_totals: bool
    titles: dict[str, str]  # by language
    leads: dict[str, str]
    numbers: dict[str, Number]  # by measure
    places: tuple[str, ...]
    files: tuple[str, ...]

    @property
    def documents(self) -> dict[str, dict[str, str]]:
        """The addresses of the documents: language to ``html`` and ``pdf``."""
        found: dict[str, dict[str, str]] = {}
        for name in self.files:
            if match := _DOCUMENT.fullmatch(name):
                found.setdefault(match[1], {})[match[2]] = self.address(name)
        return found

    @property
    def updated(self) -> date | None:
        """The day it was published; of a draft, that of its data."""
        return self.published_on or self.frozen_on

    def address(self, file: str) -> str:
        """Where a file is, seen from the folder of reports."""
        return f"{self.folder}/{quote(file)}"


def read_folder(out: Path, *, starts_on: str) -> tuple[list[Listed], list[str]]:
    """The issues in `out`, newest week first, and the folders whose manifest does not fit."""
    issues, unreadable = [], []
    for folder in sorted(out.iterdir()):
        if folder.name.startswith(".") or not (folder / NAME).is_file():
            continue
        try:
            issues.append(_listed(folder, read_manifest(folder), starts_on))
        except (KeyError, TypeError, ValueError, AttributeError, UsageError):
            unreadable.append(folder.name)
    issues.sort(key=lambda one: (one.kind != SITUATION_REPORT.name, one.folder))
    return sorted(issues, key=lambda one: one.week, reverse=True), unreadable


def _listed(folder: Path, manifest: dict[str, Any], starts_on: str) -> Listed:
    inputs, issue = manifest["inputs"], manifest.get("issue", {})
    parameters, documents = inputs["parameters"], issue.get("documents", {})
    present = {path.name for path in folder.iterdir() if path.is_file()}
    return Listed(
        folder=quote(os.fsencode(folder.name)),
        # An older manifest does not say on which day its week begins.
        week=parse_week(parameters["week"], starts_on=_text(issue.get("week_start", starts_on))),
        kind=_text(inputs.get("report", SITUATION_REPORT.name)),
        part=_text(parameters["area"]),
        area=_text(issue.get("area", parameters["area"])),
        edition=_text(parameters["edition"]),
        series=_text(inputs["data"]["layout"]),
        published_on=_day(parameters.get("published_on", "")),
        frozen_on=_day(issue.get("frozen_on", "")),
        number=int(issue.get("number", 0)),
        count=int(issue.get("edition", 0)),
        victims=_text(issue.get("victims", "")),
        illustrative=bool(issue.get("illustrative")),
        published_totals=bool(issue.get("published_totals")),
        titles={_text(lang): _text(said["title"]) for lang, said in documents.items()},
        leads={_text(lang): _text(said["lead"]) for lang, said in documents.items()},
        numbers={_text(name): _number(row) for name, row in issue.get("numbers", {}).items()},
        places=tuple(_text(place) for place in issue.get("places", ())),
        files=tuple(name for name in manifest["files"] if name in present),
    )


def _text(value: Any) -> str:
    """`value`, which has to be text, without what no page can hold."""
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not text")
    return _NOT_TEXT.sub("\ufffd", value)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _number(row: list[str]) -> Number:
    """Value, low and high as in ``numbers.csv``; blank is not reported."""
    if row[0] == WITHHELD:
        return HIDDEN
    value, low, high = (float(text) if text else math.nan for text in row)
    return Number(value, low, high, math.nan, math.nan, math.nan)
