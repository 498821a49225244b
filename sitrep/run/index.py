"""``reports/index.html``: every issue, newest first, as one small page without script."""

from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sitrep.run.manifest import read_manifest
from sitrep.run.plan import SITUATION_REPORT
from sitrep.run.release import write_whole
from sitrep.style import colours

NAME = "index.html"
_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
body {{ font: 16px/1.5 "Noto Sans", system-ui, sans-serif; color: {ink}; background: {paper};
  max-width: 44rem; margin: 2rem auto; padding: 0 1rem }}
h1 {{ font-size: 1.5rem; line-height: 1.2 }}
ul {{ list-style: none; padding: 0 }}
li {{ border-top: 1px solid {rule}; padding: .5rem 0; display: flex; flex-wrap: wrap; gap: 0 1rem }}
strong {{ min-width: 11rem }}
a {{ color: {accent} }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
{issues}
</main>
</body>
</html>
"""


def write_index(out: Path, *, title: str) -> Path:
    """Write the page of all reports in `out`; returns where it is."""
    issues = [
        (folder, found)
        for folder in sorted(out.iterdir(), reverse=True)
        if not folder.name.startswith(".") and (found := read_manifest(folder))
    ]
    items = [_item(folder.name, found) for folder, found in issues]
    listed = f"<ul>\n{''.join(items)}</ul>" if items else "<p>There is no report yet.</p>"
    page = _PAGE.format(title=escape(title), issues=listed, **colours())
    write_whole(out / NAME, page.encode())
    return out / NAME


def _item(folder: str, found: dict[str, Any]) -> str:
    kind = found["inputs"].get("report", SITUATION_REPORT.name)
    parameters = found["inputs"]["parameters"]
    name = " · ".join(
        part
        for part in (
            parameters["week"],
            "" if kind == SITUATION_REPORT.name else kind,
            parameters["area"],
            "" if parameters["edition"] == "public" else f"{parameters['edition']} edition",
        )
        if part
    )
    links = [
        f'<a href="{quote(folder)}/{quote(file)}">{escape(_label(file))}</a>'
        for file in found["files"]
        if Path(file).suffix in (".html", ".pdf", ".csv")
    ]
    return f"<li><strong>{escape(name)}</strong> {' '.join(links)}</li>\n"


def _label(file: str) -> str:
    """``situation-report.en.pdf`` is "PDF (en)", ``numbers.csv`` "CSV"."""
    stem, kind = file.rsplit(".", 1)
    language = stem.rpartition(".")[2] if "." in stem else ""
    return kind.upper() + (f" ({language})" if language else "")
