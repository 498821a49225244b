"""Markdown text as blocks: headings, paragraphs, lists, tables; quotes become notes.

Raw HTML is shown as the text it is. A picture is its alternative text: a report fetches
nothing. Parsed by mistune 3, whose tree is read here; nothing is rendered by it.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any, Literal, cast

from sitrep.blocks import (
    Block,
    BulletList,
    Column,
    Heading,
    Paragraph,
    Row,
    Run,
    Runs,
    Table,
    text_of,
)
from sitrep.links import published

Node = dict[str, Any]
_STYLES: dict[str, Literal["strong", "emphasis"]] = {"strong": "strong", "emphasis": "emphasis"}


def blocks_of(text: str) -> list[Block]:
    """The blocks of a Markdown text, in its order.

    A heading keeps the level it has there, 1 to 6. Lists within lists become items of the
    one list.
    """
    return [block for node in _parse()(text) for block in _blocks(node)]


@cache
def _parse() -> Callable[[str], list[Node]]:
    import mistune

    return cast(
        Callable[[str], list[Node]], mistune.create_markdown(renderer=None, plugins=["table"])
    )


def _blocks(node: Node) -> Iterator[Block]:
    """The blocks of one node of the tree; nothing for blank lines and thematic breaks."""
    kind = node["type"]
    if kind == "heading":
        yield Heading(node["attrs"]["level"], text_of(_runs(node)).strip())
    elif kind in {"paragraph", "block_text"}:
        yield Paragraph(_runs(node))
    elif kind == "block_html":
        yield Paragraph((Run(node["raw"].strip()),))
    elif kind == "block_code":
        yield Paragraph((Run(node["raw"].rstrip("\n"), "code"),))
    elif kind == "block_quote":
        for block in (block for child in node["children"] for block in _blocks(child)):
            yield replace(block, style="note") if isinstance(block, Paragraph) else block
    elif kind == "list":
        yield BulletList(tuple(_items(node)), ordered=node["attrs"]["ordered"])
    elif kind == "table":
        yield _table(node)


def _items(node: Node) -> Iterator[Runs]:
    """The items of a list: each with its paragraphs in one, then the items within it."""
    for item in node["children"]:
        texts = [_runs(child) for child in item["children"] if child["type"] in _TEXTS]
        yield tuple(run for text in texts for run in (*text, Run(" ")))[:-1]
        for child in item["children"]:
            if child["type"] == "list":
                yield from _items(child)


_TEXTS = ("block_text", "paragraph", "block_html", "block_code")


def _table(node: Node) -> Table:
    head, *bodies = node["children"]
    columns = tuple(
        Column(text_of(_runs(cell)), "right" if cell["attrs"].get("align") == "right" else "left")
        for cell in head["children"]
    )
    rows = tuple(
        Row(tuple(text_of(_runs(cell)) for cell in row["children"]))
        for body in bodies
        for row in body["children"]
    )
    return Table(columns, rows)


def _runs(node: Node, base: Run = Run("")) -> Runs:  # noqa: B008 (a frozen value)
    """The text of a node as runs; `base` holds the style and link around it."""
    if "children" not in node:
        return (_leaf(node, base),) if node.get("raw") or "break" in node["type"] else ()
    if node["type"] in _STYLES:
        base = replace(base, style=_STYLES[node["type"]])
    elif node["type"] == "link":
        base = replace(base, href=published(node["attrs"]["url"]))
    return _joined(run for child in node["children"] for run in _runs(child, base))


def _leaf(node: Node, base: Run) -> Run:
    if node["type"] in {"softbreak", "linebreak"}:
        return replace(base, text=" ")
    if node["type"] == "codespan":
        return replace(base, text=node["raw"], style="code")
    return replace(base, text=node["raw"])


def _joined(runs: Iterator[Run]) -> Runs:
    """Neighbours of the same style and link as one run."""
    joined: list[Run] = []
    for run in runs:
        if joined and replace(joined[-1], text=run.text) == run:
            joined[-1] = replace(run, text=joined[-1].text + run.text)
        else:
            joined.append(run)
    return tuple(joined)
