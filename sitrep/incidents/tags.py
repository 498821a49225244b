"""HXL tags: the row that holds them, wherever it stands, and the columns known by them.

A row of hashtags stands under the header, before the data; in some files a preamble comes
first. Nothing requires it.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from sitrep.errors import DataError, nearest
from sitrep.incidents.findings import Finding
from sitrep.incidents.layout import Layout
from sitrep.incidents.profiles import Profile, normalised

NOT_READ = "is an HXL tag that this layout does not read; its column is left alone"
NEARLY = "is no HXL tag that this layout reads; its column is left alone; did you mean {tag}?"


def with_tags(layout: Layout, profile: Profile, *, shown: str, draft: str) -> Layout:
    """`layout` with the tags that `profile` reads as the names of their columns.

    A column without a heading is called by its tag, read or not.

    Raises
    ------
    DataError
        No row of tags, for a profile that goes by them.
    """
    if not profile.by_tags:
        return layout
    if not layout.tags:
        raise DataError(
            f"{shown}: the layout {profile.name} knows columns by their HXL tags, and no row near "
            "the top of the file holds any, such as #date or #affected+killed; name another "
            f"profile, or write the draft of one: {draft}"
        )
    wanted = set(map(normalised, profile.sources))
    names = tuple(
        tag if tag in wanted or not name else name
        for name, tag in zip(layout.names, layout.tags, strict=True)
    )
    return replace(layout, names=names)


def unread(layout: Layout, profile: Profile, *, shown: str) -> list[Finding]:
    """A finding for each tag of the file that a profile that goes by tags does not read."""
    if not profile.by_tags:
        return []
    wanted = set(map(normalised, profile.sources))
    others = dict.fromkeys(tag for tag in layout.tags if tag and tag not in wanted)
    return [
        Finding(shown, layout.hxl_line, tag, "", "flagged", _reason(tag, wanted)) for tag in others
    ]


def _reason(tag: str, wanted: Sequence[str] | set[str]) -> str:
    """Only a tag whose words are not those of another is taken for one that is misspelt."""
    near = re.search("'(.*)'", nearest(tag, sorted(t for t in wanted if t.startswith("#"))))
    if near and _words(tag) != _words(near[1]) and _is_misspelt(tag, near[1]):
        return NEARLY.format(tag=near[1])
    return NOT_READ


def _is_misspelt(tag: str, near: str) -> bool:
    """As many words, and each nearly the other's; more attributes are another meaning."""
    ours, theirs = _words(tag), _words(near)
    return len(ours) == len(theirs) and all(
        a == b or nearest(a, [b]) for a, b in zip(ours, theirs, strict=True)
    )


def _words(tag: str) -> list[str]:
    return tag.split("+")
