"""Which layout a file has: by the names of its columns, else by its HXL tags.

What stands in the rows is never taken for an answer. A file without a header whose first
row has the shape of a known layout is told so, and read when the profile is named.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sitrep.commands import command
from sitrep.errors import DataError, nearest
from sitrep.incidents.input import Input
from sitrep.incidents.layout import Layout, find_layout
from sitrep.incidents.profiles import Profile, all_profiles, normalised
from sitrep.incidents.table import COLUMNS
from sitrep.incidents.tags import with_tags


def read_header(
    path: Path, given: Input, named: Profile | None, *, shown: str
) -> tuple[Layout, Profile]:
    """The layout of a UTF-8 file, and its profile: `named`, or the one that is recognised.

    `given` is what the person named, of which `path` may be a copy.

    Raises
    ------
    DataError
        No header, no row under it, or no profile that knows it.
    """
    draft = command("profile", given.shown, sheet=given.sheet)
    layout = find_layout(path, shown=shown, profile=named)
    profile = named or recognise(layout, shown=shown, draft=draft)
    return with_tags(layout, profile, shown=shown, draft=draft), profile


def recognise(layout: Layout, *, shown: str, draft: str) -> Profile:
    """The profile whose `recognise` columns all stand in the header.

    Of several the one that asks for most. Where none does and there is a row of HXL tags,
    the profile that goes by these. `draft` is the command that writes the draft of a profile.

    Raises
    ------
    DataError
        No profile fits: the message says what was looked for, and what to do.
    """
    profiles = all_profiles()
    if known := by_header(layout.names, profiles):
        return known
    if layout.tags:
        return next(profile for profile in profiles if profile.by_tags)
    for profile in profiles:
        if has_shape(layout.headings, profile):
            raise DataError(
                f"{layout.where(shown)}: a row of data stands where the names of the columns "
                f"should; it looks like the {profile.title} without its header. Put the names "
                f"into the first line, or have them taken in the order of that layout: "
                f"PROFILE={profile.name}"
            )
    raise DataError(f"{layout.where(shown)}: {_unknown(layout, profiles, draft)}")


def by_header(names: tuple[str, ...], profiles: Sequence[Profile]) -> Profile | None:
    """The profile known by these (normalised) names, of several the one that asks for most."""
    fitting = [p for p in profiles if p.recognise and set(p.recognise) <= set(names)]
    return max(fitting, key=lambda profile: len(profile.recognise), default=None)


def has_shape(cells: tuple[str, ...], profile: Profile) -> bool:
    """Whether `cells` could be a row of `profile`'s layout in the order of its `header`.

    As many of them; a day where it has days, and digits or nothing where it has counts.
    """
    if not profile.header or len(cells) != len(profile.header):
        return False
    row = dict(zip(profile.header, (cell.strip() for cell in cells), strict=True))
    kinds = {column.name: column.kind for column in COLUMNS}
    read = [
        (kinds[name], row.get(normalised(column.source), ""))
        for name, column in profile.columns.items()
        if column.source
    ]
    days = [text for kind, text in read if kind == "date"]
    counts = [text for kind, text in read if kind == "count"]
    return (
        any(_is_day(text, profile.date_formats) for text in days)
        and any(counts)
        and all(text.isdecimal() or not text for text in counts)
    )


def _is_day(text: str, formats: tuple[str, ...]) -> bool:
    for form in formats:
        try:
            datetime.strptime(text, form)
        except ValueError:
            continue
        return True
    return False


def _unknown(layout: Layout, profiles: Sequence[Profile], draft: str) -> str:
    """What was looked for, the layout that comes nearest, and what to do."""
    header = set(layout.names)
    named = f"name a profile: PROFILE=profile.toml, or have the draft of one written: {draft}"
    closest = max(profiles, key=lambda profile: _nearness(profile, header))
    if not any(_nearness(closest, header)):
        return (
            "none of the columns is known. The first line must hold their names, such as "
            "incident_id, date, admin1, killed, source (data/README.md lists them). Layouts that "
            f"are recognised: {', '.join(p.name for p in profiles)}. Rename the columns, {named}"
        )
    missing = [name for name in closest.recognise if name not in header]
    hints = "".join(nearest(name, layout.names) for name in missing[:1])
    return (
        f"no layout has these columns. The nearest of {', '.join(p.name for p in profiles)} is "
        f"{closest.name}, which needs {', '.join(missing)} as well{hints}. Rename the columns, "
        f"{named}"
    )


def _nearness(profile: Profile, header: set[str]) -> tuple[float, int]:
    """The share of the names that a layout is known by, and how many it reads at all."""
    asked = set(profile.recognise)
    read = {*map(normalised, profile.sources)}
    return len(asked & header) / max(len(asked), 1), len(read & header) if asked else 0
