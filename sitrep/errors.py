"""What can be wrong with a command or with data, in one sentence that says what to do.

The command line prints these without a traceback. Anything else that is raised is a
defect of the program, and keeps its traceback.
"""


class SitrepError(Exception):
    """A message for the person who runs the report."""

    exit_status = 1


class UsageError(SitrepError):
    """The command or the settings are wrong: an unknown option, week 54, a misspelt area."""

    exit_status = 2


class DataError(SitrepError):
    """The data cannot be used: a missing file, columns that are not there, too many rejects."""

    exit_status = 1


class ReportError(SitrepError):
    """A report could not be made though command and data were right: a failed cell, a full disk."""

    exit_status = 1


def nearest(name: str, known: "list[str] | tuple[str, ...]") -> str:
    """``"; did you mean 'x'?"`` for the known name nearest to `name`, or an empty string."""
    import difflib

    lowered = {candidate.casefold(): candidate for candidate in known}
    close = difflib.get_close_matches(name.casefold(), lowered, n=1, cutoff=0.6)
    return f"; did you mean {lowered[close[0]]!r}?" if close else ""
