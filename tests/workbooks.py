"""Workbooks as .xlsx files, their XML written by hand: a library would write only good ones."""

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_FIRST_DAY = date(1899, 12, 30)


@dataclass(frozen=True)
class Formula:
    """A cell with a formula and what it gave; ``None`` where it never ran."""

    result: float | str | None = None


@dataclass(frozen=True)
class Error:
    """A cell that shows an error."""

    text: str


def cell(place: str, value: Any) -> str:
    """The XML of one cell."""
    if value is None:
        return f'<c r="{place}" s="0"/>'
    if isinstance(value, Error):
        return f'<c r="{place}" t="e"><f>1/0</f><v>{value.text}</v></c>'
    if isinstance(value, Formula):
        kind = ' t="str"' if isinstance(value.result, str) else ""
        shown = "" if value.result is None else f"<v>{value.result}</v>"
        return f'<c r="{place}"{kind}><f>A1</f>{shown}</c>'
    if isinstance(value, date):
        return f'<c r="{place}" s="1"><v>{(value - _FIRST_DAY).days}</v></c>'
    if isinstance(value, (int, float)):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'


def sheet(
    rows: Sequence[Sequence[Any]], *, hidden: Sequence[int] = (), merged: Sequence[str] = ()
) -> str:
    """The XML of one sheet, its rows counted from 1."""
    written = []
    for number, row in enumerate(rows, start=1):
        cells = "".join(cell(f"{chr(65 + n)}{number}", value) for n, value in enumerate(row))
        shown = ' hidden="1"' if number in hidden else ""
        written.append(f'<row r="{number}"{shown}>{cells}</row>')
    ranges = "".join(f'<mergeCell ref="{place}"/>' for place in merged)
    merges = f"<mergeCells>{ranges}</mergeCells>" if merged else ""
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(written)}</sheetData>{merges}</worksheet>'
    )


def write_workbook(path: Path, sheets: Mapping[str, str], *, hidden: Sequence[str] = ()) -> Path:
    """Write a workbook whose sheets have these names and this XML."""
    ids = dict(enumerate(sheets, start=1))
    states = {name: ' state="hidden"' if name in hidden else "" for name in sheets}
    book = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{n}"{states[name]} r:id="rId{n}"/>'
        for n, name in ids.items()
    )
    kind = f"{_RELATIONS}/worksheet"
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{kind}" Target="worksheets/sheet{n}.xml"/>' for n in ids
    )
    styles = (
        f'<styleSheet xmlns="{_MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
        "</styleSheet>"
    )
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" '
            f'ContentType="{types}.sheet.main+xml"/></Types>',
        )
        package.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        package.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>{book}</sheets></workbook>',
        )
        package.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}<Relationship Id="rId0" '
            f'Type="{_RELATIONS}/styles" Target="styles.xml"/></Relationships>',
        )
        package.writestr("xl/styles.xml", styles)
        for n, name in ids.items():
            package.writestr(f"xl/worksheets/sheet{n}.xml", sheets[name])
    return path
