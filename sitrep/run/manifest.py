"""What a report was made from: what tells whether it is up to date, and how to make it again.

No clock, no host, no place on a machine: the same input gives the same manifest.
"""

import hashlib
import json
from dataclasses import asdict, replace
from datetime import date
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from platform import python_version
from typing import TYPE_CHECKING, Any

import sitrep
from sitrep.run.plan import Plan
from sitrep.weeks import Week

if TYPE_CHECKING:
    from sitrep.archive.issues import Archive
    from sitrep.incidents import Store

NAME = "manifest.json"
_LIBRARIES = (
    "duckdb", "fontpkg-ibm-plex-sans-arabic", "fontpkg-noto-sans", "ipython", "matplotlib",
    "mistune", "nbconvert", "numpy", "pandas", "papermill", "pikepdf", "pillow", "pypdfium2",
    "typst",
)  # fmt: skip
_CODE = (".py", ".toml", ".mplstyle", ".j2", ".css", ".typ")


def warm_up() -> None:
    """Find out what does not depend on the report: the package's own code and the versions."""
    _code_hash()
    _versions()


def inputs(
    plan: Plan,
    store: "Store",
    archive: "Archive",
    *,
    week: Week,
    area: str,
    published_on: date | None = None,
) -> dict[str, Any]:
    """All that a report's bytes follow from, as JSON: two reports with equal inputs are equal."""
    parameters = plan.parameters(week=week, area=area, lang="", published_on=published_on)
    if Path(parameters["data"]).is_absolute():
        parameters["data"] = Path(parameters["data"]).name
    del parameters["lang"]
    return {
        "report": plan.kind.name,
        "parameters": {**parameters, "languages": list(plan.languages)},
        "data": {"file": store.file_name, "sha256": store.sha256, "layout": store.profile.name},
        "archive": archive.state(),
        "settings": _settings_hash(plan),
        "notebook": _file_hash(plan.notebook),
        "code": {"version": sitrep.__version__, "sha256": _code_hash()},
        "engine": plan.request.engine,
        "versions": _versions(),
    }


def manifest(
    made_from: dict[str, Any], issue: dict[str, Any], store: "Store", folder: Path
) -> bytes:
    """The manifest of the files in `folder`; `issue` is what it says of itself (`run.facts`)."""
    rows = {
        "read": store.rows_read,
        "used": store.rows_used,
        "set_aside": store.rows_set_aside,
        "rejected": store.rows_rejected,
    }
    files = {path.name: _file_hash(path) for path in sorted(folder.iterdir())}
    content = {"inputs": made_from, "issue": issue, "rows": rows, "files": files}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a report; empty where there is none that can be read."""
    try:
        content = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def is_up_to_date(folder: Path, made_from: dict[str, Any]) -> bool:
    """Whether the report in `folder` was made from the same, and none of its files has changed."""
    found = read_manifest(folder)
    if not found or found.get("inputs") != made_from:
        return False
    files: dict[str, str] = found.get("files", {})
    return all(
        (folder / name).is_file() and _file_hash(folder / name) == sha256
        for name, sha256 in files.items()
    )


def _settings_hash(plan: Plan) -> str:
    """The settings and the files that they name, without the folders they lie in."""
    data = plan.settings.data
    values = asdict(replace(plan.settings, root=Path(), data=replace(data, path="")))
    report = plan.settings.report
    profiles = (data.profile, *(each.profile for each in data.further))
    files = (data.aliases, data.boundaries, *profiles, report.names, report.logo)
    named = [plan.settings.resolve(name) for name in files]
    contents = [_file_hash(path) for path in named if path.is_file()]
    # Where things are kept changes nothing in them.
    del values["root"], values["files"], values["report"]["out"], values["report"]["address"]
    return _hash(json.dumps([values, contents], default=str, sort_keys=True).encode())


@cache
def _code_hash() -> str:
    """All files of the package that decide what a report says and how it looks."""
    home = Path(sitrep.__file__).parent
    files = sorted(path for path in home.rglob("*") if path.suffix in _CODE)
    parts = [f"{path.relative_to(home).as_posix()} {_file_hash(path)}" for path in files]
    return _hash("\n".join(parts).encode())


@cache
def _versions() -> dict[str, str]:
    found = {"python": python_version()}
    for library in _LIBRARIES:
        try:
            found[library] = version(library)
        except PackageNotFoundError:
            found[library] = "unknown"
    return found


def _file_hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
