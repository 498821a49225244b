"""The data dictionary and the Table Schema, written from the declaration.

``python -m sitrep.incidents.schema`` rewrites the table in ``data/README.md`` and
``data/datapackage.json``; a test holds both against what is written here.
"""

import json
import sys
from pathlib import Path
from typing import Any

from sitrep.incidents.table import COLUMNS, Column

BEGIN, END = "<!-- table: begin -->", "<!-- table: end -->"
_TYPES = {
    "text": "text",
    "texts": "text, several with `;`",
    "date": "date",
    "count": "whole number",
    "decimal": "decimal number",
    "choice": "one of a list",
    "choices": "from a list, several with `;`",
}
_FIELD_TYPES = {"date": "date", "count": "integer", "decimal": "number"}


def dictionary() -> str:
    """The data dictionary as a Markdown table: a row a column."""
    rows = [
        "| column | type | meaning | example | allowed | blank means |",
        "|---|---|---|---|---|---|",
        *map(_row, COLUMNS),
    ]
    return "\n".join(rows)


def data_package() -> dict[str, Any]:
    """The Frictionless Data package that describes ``data/incidents.csv``."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "incidents",
        "title": "Incident table",
        "resources": [
            {
                "name": "incidents",
                "path": "incidents.csv",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {
                    "fields": [_field(column) for column in COLUMNS],
                    "missingValues": [""],
                    "primaryKey": [column.name for column in COLUMNS if column.unique],
                },
            }
        ],
    }


def with_dictionary(text: str) -> str:
    """`text` with the table between its two marks replaced by `dictionary`."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{dictionary()}\n{END}{after}"


def write(folder: Path) -> None:
    """Rewrite the two files in `folder`."""
    readme = folder / "README.md"
    readme.write_text(with_dictionary(readme.read_text(encoding="utf-8")), encoding="utf-8")
    package = json.dumps(data_package(), ensure_ascii=False, indent=2)
    (folder / "datapackage.json").write_text(package + "\n", encoding="utf-8")


def _row(column: Column) -> str:
    allowed = ", ".join(f"`{value}`" for value in column.allowed) or _limits(column)
    cells = (
        f"`{column.name}`" + (" (required)" if column.required else ""),
        _TYPES[column.kind],
        column.meaning,
        f"`{column.example}`",
        allowed,
        _blank(column),
    )
    return f"| {' | '.join(cells)} |"


def _limits(column: Column) -> str:
    if column.unique:
        return "each once"
    if column.kind == "date":
        return "a day of the calendar"
    if column.part_of:
        return f"0 to `{column.part_of}`"
    if column.maximum is not None:
        return f"{column.minimum} to {column.maximum}"
    return "0 or more" if column.minimum is not None else ""


def _blank(column: Column) -> str:
    if column.required:
        return "row is rejected"
    if column.default:
        return f"`{column.default}`"
    return "not reported, never zero" if column.kind == "count" else "not recorded"


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.unique:
        constraints["unique"] = True
    if column.minimum is not None:
        constraints["minimum"] = column.minimum
    if column.maximum is not None:
        constraints["maximum"] = column.maximum
    if column.kind == "choice":
        constraints["enum"] = list(column.allowed)
    if column.kind == "choices":
        one = "|".join(column.allowed)
        constraints["pattern"] = f"({one})(;({one}))*"
    field: dict[str, Any] = {
        "name": column.name,
        "type": _FIELD_TYPES.get(column.kind, "string"),
        "description": column.meaning,
        "example": column.example,
    }
    if constraints:
        field["constraints"] = constraints
    return field


if __name__ == "__main__":
    write(Path(sys.argv[1] if len(sys.argv) > 1 else "data"))
