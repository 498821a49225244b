"""The file that is named, as a CSV: itself, or one sheet of a workbook written out."""

from pathlib import Path

from sitrep.errors import UsageError
from sitrep.incidents.input import Input
from sitrep.incidents.package import Sheet, is_package
from sitrep.incidents.profiles import Profile, all_profiles


def as_csv(given: Input, named: Profile | None, *, folder: Path) -> Sheet:
    """The file itself, which is the whole of a CSV; of a workbook, a CSV in `folder`.

    Raises
    ------
    DataError, UsageError
        A workbook that cannot be read, or of which it is not known which sheet is meant.
    """
    if not is_package(given.file):
        if given.sheet:
            raise UsageError(
                f"{given.shown} is no .xlsx, so it has no sheet {given.sheet!r}: leave it out"
            )
        declared = given.encoding or (named.encoding if named else "")
        return Sheet(given.file, given.shown, declared)
    from sitrep.incidents.workbook import write_sheet

    return write_sheet(
        given.file,
        sheet=given.sheet or (named.sheet if named else ""),
        profiles=[named] if named else all_profiles(),
        target=folder / "sheet.csv",
        shown=given.shown,
    )
