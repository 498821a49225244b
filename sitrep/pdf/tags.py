"""Corrections to the tags that Typst writes, so that a screen reader can read the tables.

Typst 0.15 tags the headers of columns but not those of rows, knows no notes of a table, and says
of a link within the document only to which page it leads.
Nothing that can be seen changes.
"""

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sitrep.pdf.arabic import correct_right_to_left

if TYPE_CHECKING:
    import pikepdf


def correct_tags(pdf: bytes, *, right_to_left: bool = False, to_numbers: str = "") -> bytes:
    """The same pages with row headers tagged, and the notes of a table after it.

    `to_numbers` is said of each link within the document: all lead to the numbers of a chart.
    The first cell of each body row becomes a header of its row. The notes, which are the
    table's footer so that they stay on the page of its last row, become paragraphs. The same
    bytes in give the same bytes out.
    """
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        tables = [e for e in _elements(document.Root.StructTreeRoot) if e.S == "/Table"]
        for table in tables:
            _tag_row_headers(table)
            _move_notes_after(table)
        for page in document.pages if to_numbers else ():
            _tell_links(page, to_numbers)
        if right_to_left:
            correct_right_to_left(document)
        document.save(
            out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate
        )
    return out.getvalue()


def _tell_links(page: "pikepdf.Page", words: str) -> None:
    for note in page.get("/Annots", ()):
        if "/Dest" in note:
            note.Contents = words


def _children(element: "pikepdf.Object") -> list[Any]:
    """The structure elements directly under one, without its marked content."""
    import pikepdf

    content: Any = element.get("/K", [])
    kids = list(content) if isinstance(content, pikepdf.Array) else [content]
    return [kid for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def _elements(root: "pikepdf.Object") -> Iterator[Any]:
    """Every structure element in reading order; tables are not looked into."""
    for child in _children(root):
        yield child
        if child.S != "/Table":
            yield from _elements(child)


def _tag_row_headers(table: "pikepdf.Object") -> None:
    import pikepdf

    for group in _children(table):
        if group.S != "/TBody":
            continue
        for row in _children(group):
            for index, cell in enumerate(_children(row)):
                attributes = _table_attributes(cell)
                # A list of headers would overrule the scopes, and names no row header.
                if "/Headers" in attributes:
                    del attributes["/Headers"]
                if index == 0:
                    cell.S = pikepdf.Name.TH
                    attributes.Scope = pikepdf.Name.Row


def _table_attributes(cell: "pikepdf.Object") -> Any:
    """The cell's dictionary of table attributes, made where there is none."""
    import pikepdf

    known = cell.get("/A", pikepdf.Array())
    attributes = list(known) if isinstance(known, pikepdf.Array) else [known]
    for each in attributes:
        if each.get("/O") == "/Table":
            return each
    cell.A = pikepdf.Array([*attributes, pikepdf.Dictionary(O=pikepdf.Name.Table)])
    return cell.A[-1]


def _move_notes_after(table: "pikepdf.Object") -> None:
    import pikepdf

    footers = [group for group in _children(table) if group.S == "/TFoot"]
    notes = [cell for footer in footers for row in _children(footer) for cell in _children(row)]
    if not notes:
        return
    for note in notes:
        note.S = pikepdf.Name.Div if _children(note) else pikepdf.Name.P
        note.P = table.P
        if "/A" in note:
            del note["/A"]
    table.K = pikepdf.Array([group for group in _children(table) if group.S != "/TFoot"])
    content: Any = table.P.K
    siblings = list(content) if isinstance(content, pikepdf.Array) else [content]
    table.P.K = pikepdf.Array(
        [element for kid in siblings for element in ([kid, *notes] if kid == table else [kid])]
    )
