"""An executed notebook as a document: its Markdown cells and the blocks its cells show.

Everything else that cells put out (streams, raw HTML, JavaScript, pictures without a
block) is not published: that is what makes hostile text in a CSV harmless, and the HTML
and the PDF equal. Tags lay cells out: ``left`` and ``right`` are halves, ``main`` and
``aside``, in either order, three fifths and two; ``remove-cell`` keeps a cell out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sitrep import markdown
from sitrep.blocks import MIME, Block, Columns, Document, Heading, Masthead
from sitrep.errors import ReportError
from sitrep.language import ENGLISH, LANGUAGES, Language, speaking, translated_prose
from sitrep.style import recoloured

if TYPE_CHECKING:
    from nbformat import NotebookNode

BlockJSON = dict[str, Any]
KINDS = frozenset(block.kind for block in Block.__subclasses__())
SIDES = {"left": ("right", (1, 1)), "main": ("aside", (3, 2)), "aside": ("main", (2, 3))}
_SIDE_TAGS = ("left", "right", "main", "aside")


@dataclass(frozen=True)
class _Part:
    """Blocks of neighbouring cells with the same layout tag ("" for full width)."""

    side: str
    blocks: tuple[BlockJSON, ...]


def from_notebook(nb: "NotebookNode", *, name: str = "") -> Document:
    """The document of an executed notebook.

    Parameters
    ----------
    nb : NotebookNode
        A notebook in nbformat 4.
    name : str
        Its file name without ending: the title, where neither a masthead nor a heading of
        the first level gives one.

    Returns
    -------
    Document
        Its first block is always a masthead; attachments stand both in `blocks`, where the
        reader learns of them, and in `attachments`.

    Raises
    ------
    ReportError
        A cell failed, or a block is of no known kind or a chart without alternative text.
    """
    with speaking(_language(nb)):
        blocks = _laid_out(_parts(nb))
    mastheads = [block for block in blocks if block["kind"] == "masthead"]
    masthead = mastheads[0] if mastheads else _masthead_without(blocks, name)
    body = [block for block in blocks if block["kind"] != "masthead"]
    if not mastheads and body and _is_title(body[0]):
        body = body[1:]
    return Document(
        lang=masthead["lang"],
        title=" · ".join(text for text in (masthead["title"], masthead["subtitle"]) if text),
        description=masthead["description"],
        author=masthead["organisation"],
        date=masthead["date"],
        footer=masthead["footer"],
        digits=masthead.get("digits", "latn"),
        paper=masthead.get("paper", "a4"),
        accent=masthead.get("accent", ""),
        blocks=_recoloured([masthead, *_outlined(body)], masthead.get("accent", "")),
        attachments=[block for block in walk(blocks) if block["kind"] == "attachment"],
    )


def _recoloured(blocks: list[BlockJSON], accent: str) -> list[BlockJSON]:
    """The blocks with every chart in the publisher's own colour, the analyst's own charts too."""

    def walk_all(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {name: walk_all(item, name) for name, item in value.items()}
        if isinstance(value, list | tuple):
            return [walk_all(item, key) for item in value]
        return recoloured(value, accent) if key == "svg" else value

    return [walk_all(block) for block in blocks] if accent else blocks


def _language(nb: "NotebookNode") -> Language:
    """The language of the masthead that a cell shows: that of the whole document."""
    for cell in nb.cells:
        for output in cell.get("outputs", ()):
            block = output.get("data", {}).get(MIME, {})
            if block.get("kind") == Masthead.kind:
                return LANGUAGES.get(block["lang"], ENGLISH)
    return ENGLISH


def executed(nb: "NotebookNode", resources: dict[str, Any]) -> "NotebookNode":
    """The notebook itself if any of its cells has been run, else a copy that has been run.

    It runs in the folder that nbconvert's `resources` name, or in the current one.
    """
    code = [cell for cell in nb.cells if cell.cell_type == "code"]
    if not code or any(cell.get("outputs") or cell.get("execution_count") for cell in code):
        return nb
    from sitrep.run.engine import execute

    folder = (resources.get("metadata") or {}).get("path") or "."
    return execute(nb, cwd=Path(folder).resolve())


def walk(blocks: list[BlockJSON]) -> Iterator[BlockJSON]:
    """All blocks in reading order, those within columns too."""
    for block in blocks:
        yield block
        if block["kind"] == "columns":
            for part in block["parts"]:
                yield from walk(part)


def _parts(nb: "NotebookNode") -> list[_Part]:
    """The cells that show something, those of the same side together."""
    cells = [
        _Part(_side(cell), tuple(_cell_blocks(cell, number)))
        for number, cell in enumerate(nb.cells, start=1)
        if "remove-cell" not in _tags(cell)
    ]
    filled = (cell for cell in cells if cell.blocks)
    return [
        _Part(side, tuple(block for cell in group for block in cell.blocks))
        for side, group in groupby(filled, key=lambda cell: cell.side)
    ]


def _laid_out(parts: list[_Part]) -> list[BlockJSON]:
    """Blocks in order; a left part followed by its right one as one block of columns."""
    blocks: list[BlockJSON] = []
    waiting = list(reversed(parts))
    while waiting:
        part = waiting.pop()
        other, weights = SIDES.get(part.side, ("", ()))
        if other and waiting and waiting[-1].side == other:
            blocks.append(Columns(weights, (part.blocks, waiting.pop().blocks)).to_json())
        else:
            blocks += part.blocks
    return blocks


def _tags(cell: "NotebookNode") -> list[str]:
    return list(cell.metadata.get("tags", ()))


def _side(cell: "NotebookNode") -> str:
    return next((tag for tag in _tags(cell) if tag in _SIDE_TAGS), "")


def _cell_blocks(cell: "NotebookNode", number: int) -> Iterator[BlockJSON]:
    if cell.cell_type == "markdown":
        yield from (b.to_json() for b in markdown.blocks_of(translated_prose(cell.source)))
    elif cell.cell_type == "code":
        last: BlockJSON = {}
        for output in cell.get("outputs", ()):
            block = _output_block(output, number)
            # pyplot shows a figure that a cell's last line has shown already
            if block and block != last:
                yield block
                last = block


def _output_block(output: "NotebookNode", number: int) -> BlockJSON:
    """The block that an output carries; an empty one if it carries none."""
    if output["output_type"] == "error":
        raise ReportError(
            f"cell {number} of the notebook failed: {output['ename']}: {output['evalue']}"
        )
    block: BlockJSON = dict(output.get("data", {}).get(MIME, {}))
    for each in walk([block]) if block else ():
        _checked(each, number)
    return block


def _checked(block: BlockJSON, number: int) -> None:
    if block.get("kind") not in KINDS:
        raise ReportError(f"cell {number} of the notebook shows an unknown block: {block!r:.80}")
    if block["kind"] == "chart" and not str(block.get("alt", "")).strip():
        raise ReportError(
            f"cell {number} of the notebook shows the chart {block.get('title', '')!r} without "
            'alternative text; give it one (for a matplotlib figure: figure.set_label("..."))'
        )


def _is_title(block: BlockJSON) -> bool:
    return bool(block["kind"] == "heading" and block["level"] == 1)


def _masthead_without(blocks: list[BlockJSON], name: str) -> BlockJSON:
    """The masthead of a notebook that shows none."""
    headings = (block["text"] for block in blocks if _is_title(block))
    title = next(headings, "") or name.replace("_", " ").strip() or "Report"
    return Masthead(
        organisation="",
        title=title,
        subtitle="",
        facts=(),
        banner=(),
        footer=title,
        lang="en",
        date="",
        description=title,
    ).to_json()


def _outlined(blocks: list[BlockJSON], *, seen: bool = False) -> list[BlockJSON]:
    """Headings at level 2 or 3, none at 3 before the first: level 1 is the masthead's."""
    outlined: list[BlockJSON] = []
    for block in blocks:
        if block["kind"] == "heading":
            block = Heading(3 if seen and block["level"] > 2 else 2, block["text"]).to_json()
        elif block["kind"] == "columns":
            parts = [_outlined(list(part), seen=seen) for part in block["parts"]]
            block = {**block, "parts": parts}
        seen = seen or any(inner["kind"] == "heading" for inner in walk([block]))
        outlined.append(block)
    return outlined
