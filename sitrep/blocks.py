"""The parts that a report is made of.

A block is what a cell of the notebook shows and what both templates set: plain data
that can be written as JSON, with the words a reader needs who cannot see it. Blocks
know nothing of HTML or Typst.
"""

from dataclasses import dataclass, field, is_dataclass
from typing import Any, ClassVar, Literal

MIME = "application/vnd.sitrep.block+json"

Tone = Literal["casualties", "displacement", "ink"]


@dataclass(frozen=True)
class Run:
    """A stretch of text in one style; `href` makes it a link."""

    text: str
    style: Literal["", "strong", "emphasis", "code", "muted"] = ""
    href: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Block:
    """Base of all blocks. `kind` names the block in its JSON."""

    kind: ClassVar[str]

    def to_json(self) -> dict[str, Any]:
        """The block as plain lists, dicts and text."""
        return {"kind": self.kind, **_plain(self)}

    def plain_text(self) -> str:
        """What a terminal shows, and a reader without pictures."""
        return self.kind


@dataclass(frozen=True)
class Masthead(Block):
    """What it is and of which week (left); issue, status, frozen at, next issue (right)."""

    kind = "masthead"
    organisation: str
    title: str
    subtitle: str  # area, week and its dates
    facts: tuple[str, ...]
    banner: Runs  # one line across the page, empty for none
    footer: str  # on every page
    lang: str
    date: str  # ISO date of the issue: the document's date, never the clock's
    description: str  # one sentence, for the document's metadata
    digits: Literal["latn", "arab"] = "latn"  # those of the page numbers
    paper: Literal["a4", "letter"] = "a4"
    accent: str = ""  # "#rrggbb" in place of our own; empty for ours
    logo: str = ""  # an SVG, said by the organisation's name; empty for none

    def plain_text(self) -> str:
        return f"{self.organisation}\n{self.title}\n{self.subtitle}"


@dataclass(frozen=True)
class Heading(Block):
    kind = "heading"
    level: int  # 2 or 3: 1 is the masthead's
    text: str

    def plain_text(self) -> str:
        return self.text


@dataclass(frozen=True)
class Paragraph(Block):
    kind = "paragraph"
    runs: Runs
    style: Literal["body", "note"] = "body"

    def plain_text(self) -> str:
        return text_of(self.runs)


def note(text: str) -> Paragraph:
    """A small grey paragraph of plain text."""
    return Paragraph((Run(text),) if text else (), "note")


@dataclass(frozen=True)
class BulletList(Block):
    kind = "list"
    items: tuple[Runs, ...]
    ordered: bool = False

    def plain_text(self) -> str:
        return "\n".join(f"- {text_of(item)}" for item in self.items)


@dataclass(frozen=True)
class Aside(Block):
    """The one box of the page."""

    kind = "aside"
    title: str
    paragraphs: tuple[Runs, ...]

    def plain_text(self) -> str:
        return "\n".join((self.title, *(text_of(runs) for runs in self.paragraphs)))


@dataclass(frozen=True)
class KeyFigure:
    label: str
    value: str
    range: str  # "20-24", beside the value; empty where unknown
    change: str  # in words
    sources: str
    tone: Tone
    svg: str  # sparkline
    alt: str


@dataclass(frozen=True)
class KeyFigures(Block):
    kind = "key_figures"
    items: tuple[KeyFigure, ...]

    def plain_text(self) -> str:
        return "\n".join(f"{item.label}: {item.value} ({item.change})" for item in self.items)


@dataclass(frozen=True)
class Column:
    label: str
    align: Literal["left", "right"] = "right"


@dataclass(frozen=True)
class Row:
    """Cells as text; the first is the row's header."""

    cells: tuple[str, ...]
    indent: int = 0
    strong: bool = False
    rule: bool = False  # a thin rule above


@dataclass(frozen=True)
class Table(Block):
    kind = "table"
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    title: str = ""
    notes: tuple[str, ...] = ()

    def plain_text(self) -> str:
        lines = [" | ".join(column.label for column in self.columns)]
        lines += [" | ".join(row.cells) for row in self.rows]
        return "\n".join((*([self.title] if self.title else []), *lines, *self.notes))


@dataclass(frozen=True)
class Chart(Block):
    """A picture with its title, its words and its source."""

    kind = "chart"
    title: str
    subtitle: str  # after the title, lighter; may be empty
    svg: str
    alt: str  # what a reader would take from it; never empty
    caption: str  # notes and source
    table: Table | None = None  # of what it draws; the analyst's own has none
    numbers: str = "numbers.csv"  # the attachment that holds them; empty for the analyst's own

    def __post_init__(self) -> None:
        if not self.alt.strip():
            raise ValueError(f"the chart {self.title!r} has no alternative text")

    def plain_text(self) -> str:
        return f"{self.title}\n{self.alt}\n{self.caption}"


@dataclass(frozen=True)
class Attachment(Block):
    """A text file that travels with the document: `numbers.csv`."""

    kind = "attachment"
    name: str
    media_type: str
    description: str
    text: str

    def plain_text(self) -> str:
        return f"{self.name}: {self.description}"


@dataclass(frozen=True)
class Columns(Block):
    """Blocks side by side: `weights` are the parts of the width."""

    kind = "columns"
    weights: tuple[int, ...]
    parts: tuple[tuple[dict[str, Any], ...], ...]


@dataclass(frozen=True)
class Document:
    """A whole report for a template: metadata and blocks as JSON, in reading order."""

    lang: str
    title: str
    description: str
    author: str
    date: str  # ISO, may be empty
    footer: str
    blocks: list[dict[str, Any]] = field(default_factory=list)
    attachments: list[dict[str, Any]] = field(default_factory=list)
    digits: str = "latn"  # that numbers are written in
    paper: str = "a4"  # or "letter"
    accent: str = ""  # the publisher's own: `sitrep.style.colours(accent)` has all colours


def _plain(value: Any) -> Any:
    """Dataclasses as dicts. Like `asdict`, which copies each text of a table's thousand cells."""
    if is_dataclass(value):
        return {name: _plain(each) for name, each in vars(value).items()}
    return tuple(map(_plain, value)) if isinstance(value, tuple) else value


def text_of(runs: Runs) -> str:
    """The runs as one text without styles."""
    return "".join(run.text for run in runs)
