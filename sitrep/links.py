"""Which link targets a report publishes: web pages, mail addresses, places in the page itself."""

import re

_PUBLISHED = re.compile(r"(https?://|mailto:|#)\S+", re.IGNORECASE)


def published(href: str) -> str:
    """`href` if it may be published, or an empty string.

    A list of what is allowed: ``javascript:``, ``data:``, ``file:``, relative paths and
    whatever is invented next are not on it.
    """
    target = href.strip()
    return target if _PUBLISHED.fullmatch(target) else ""
