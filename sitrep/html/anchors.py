"""The places of a page that links lead to: its headings."""

import re
from typing import Any

BlockJSON = dict[str, Any]


def anchored(blocks: list[BlockJSON]) -> tuple[list[BlockJSON], list[BlockJSON]]:
    """The blocks with an ``id`` in every heading, and the headings of the second level."""
    taken: set[str] = set()
    contents: list[BlockJSON] = []

    def anchor(block: BlockJSON) -> BlockJSON:
        match block["kind"]:
            case "columns":
                parts = [[anchor(inner) for inner in part] for part in block["parts"]]
                return {**block, "parts": parts}
            case "heading":
                heading = {**block, "id": _free_id(block["text"], taken)}
                if heading["level"] == 2:
                    contents.append(heading)
                return heading
        return block

    return [anchor(block) for block in blocks], contents


def _free_id(text: str, taken: set[str]) -> str:
    """An id made of the words of `text` that is not yet `taken`; it is taken then."""
    words = re.sub(r"\W+", "-", text.casefold()).strip("-") or "section"
    name, count = words, 1
    while name in taken:
        count += 1
        name = f"{words}-{count}"
    taken.add(name)
    return name
