"""The way into a folder of reports: ``index.html``, which lists them all, and ``feed.xml``.

Both are made from the manifests of the reports alone, and from no clock: the same reports
give the same bytes. Neither fetches anything, and the page works without a server.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from sitrep.run.progress import Progress
from sitrep.run.release import write_whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sitrep.run.index.listed import Listed
    from sitrep.settings import Settings

PAGE, FEED = "index.html", "feed.xml"


def write_index(out: Path, settings: "Settings", *, progress: Progress) -> Path:
    """Write the page and the feed of all reports in `out`; returns where the page is.

    A report whose manifest cannot be read is left out, and `progress` says so.
    """
    from sitrep.run.index.listed import read_folder

    issues, unreadable = read_folder(out, starts_on=settings.counting.week_start)
    if unreadable:
        names = ", ".join(map(repr, unreadable))
        progress.stage(f"Left out of {PAGE}, as manifest.json cannot be read: {names}")
    for name, content in rendered(issues, settings).items():
        write_whole(out / name, content)
    return out / PAGE


def rendered(issues: "Sequence[Listed]", settings: "Settings") -> dict[str, bytes]:
    """The feed and the page of `issues`, by their names."""
    from sitrep.run.index.feed import feed
    from sitrep.run.index.page import page

    return {FEED: feed(issues, settings), PAGE: page(issues, settings).encode()}
