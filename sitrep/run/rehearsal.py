"""A tiny document with a block of every kind, to set before the real one.

Templates are compiled, Markdown is parsed, fonts are opened and letters shaped for the first
time: a tenth of a second that passes while the notebook still runs.
"""

from typing import Any

from sitrep import markdown
from sitrep.blocks import (
    Aside,
    BulletList,
    Chart,
    Column,
    Document,
    KeyFigure,
    KeyFigures,
    Masthead,
    Row,
    Run,
    Table,
    note,
)

_PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="92pt" height="20pt" viewBox="0 0 92 20">'
    '<path d="M 0 0 L 9 0 L 9 9 z" style="fill: #c5cdd1"/></svg>'
)


def every_kind_of_block() -> Document:
    """A document that is thrown away."""
    runs = (Run("Words in bold", "strong"), Run(" and in grey, 1234567890.", "muted"))
    figure = KeyFigure("Label", "1,867", "17–24", "+6", "Source", "casualties", _PICTURE, "Words")
    table = Table(
        (Column("Label", "left"), Column("number")),
        (Row(("Total", "20"), strong=True), Row(("part", "9"), indent=1, rule=True)),
        notes=("Note.",),
    )
    masthead = Masthead("Name", "Title", "Subtitle", ("Fact",), runs, "Foot", "en", "", "Words")
    sides: dict[str, Any] = {
        "kind": "columns",
        "weights": [2, 1],
        "parts": [[BulletList((runs,)).to_json()], [Aside("Title", (runs,)).to_json()]],
    }
    rest = (
        KeyFigures((figure, figure)),
        *markdown.blocks_of("## Heading\n\nWords, some **in bold**."),
        Chart("Title", "subtitle", _PICTURE, "Words", "Caption."),
        table,
        note("Note."),
    )
    blocks = [masthead.to_json(), sides, *(block.to_json() for block in rest)]
    return Document("en", "Title", "Words", "Name", "", "Foot", blocks)
