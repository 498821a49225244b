"""The rooms of the code: imports go one way, in the order that the data walks."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "sitrep"

# Each row may import from its own row and from those above it.
ROOMS = (
    ("__init__", "errors", "commands"),
    ("weeks", "blocks", "style", "links", "folding", "spreadsheets"),
    ("spellings",),
    ("language",),
    ("statistics",),
    ("settings", "areas"),
    ("incidents",),
    ("drafting",),
    ("measures", "records", "spans"),
    ("series", "places"),
    ("cluster", "periods"),
    ("opened",),
    ("breakdowns",),
    ("numbers",),
    ("archive", "unusual", "restated"),
    ("late", "annex"),
    ("withholding",),
    ("tally", "words"),
    ("issue",),
    ("figures", "drawing"),
    ("tables", "sentences"),
    ("charts",),
    ("maps",),
    ("explore", "quality", "checking"),
    ("markdown", "frames"),
    ("document",),
    ("html", "pdf"),
    ("display",),
    ("run",),
    ("cli", "__main__"),
)
ROW = {room: number for number, row in enumerate(ROOMS) for room in row}
# The exporters run a notebook that has no outputs, and the package's front door is lazy.
EXEMPT = {("document", "run"), ("__init__", "display"), ("__init__", "issue")}
MODULES = sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imported_rooms(path: Path) -> set[str]:
    """The rooms of this package that a module imports, also inside functions."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "sitrep":
            found |= {alias.name if alias.name in ROW else "__init__" for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sitrep."):
            found.add((node.module or "").split(".")[1])
        elif isinstance(node, ast.Import):
            found |= {a.name.split(".")[1] for a in node.names if a.name.startswith("sitrep.")}
    return found


def test_every_module_stands_in_a_room() -> None:
    assert {room_of(path) for path in MODULES} <= set(ROW)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_room_imports_only_from_rooms_before_it(path: Path) -> None:
    room = room_of(path)
    for other in imported_rooms(path) - {room}:
        if (room, other) not in EXEMPT:
            assert ROW[other] <= ROW[room], f"{path.name} imports {other}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def test_nothing_reverses_arabic_labels_that_matplotlib_shapes_itself() -> None:
    for name in ("pyproject.toml", "tests/requirements.lock", "environment.yml"):
        text = (ROOT / name).read_text(encoding="utf-8").casefold()
        assert "arabic-reshaper" not in text.replace("_", "-")
        assert "python-bidi" not in text
