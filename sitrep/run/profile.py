"""``sitrep profile``: the first draft of a profile for a file whose layout is not known."""

from collections.abc import Iterator
from pathlib import Path

from sitrep.commands import command
from sitrep.errors import UsageError
from sitrep.run.plan import shown
from sitrep.run.release import write_whole
from sitrep.settings import FILE_NAME


def write_profile(
    data: str, *, sheet: str = "", out: str = "", over: bool = False
) -> Iterator[str]:
    """Write the draft beside the file, or to `out`; lines of text that say what to do next.

    `sheet` is that of a workbook; `over`: whether a file that is there already is written over.

    Raises
    ------
    UsageError
        No file is named, or the draft would take the place of another file.
    DataError
        A file of which no draft can be made.
    """
    from sitrep.drafting import draft
    from sitrep.incidents import Input

    if not data:
        raise UsageError("name the file: sitrep profile my.csv, or make profile DATA=my.csv")
    source = Path(data).expanduser()
    target = Path(out).expanduser() if out else source.with_suffix(".toml")
    _refuse_target(target, over=over)
    made = draft(Input(source, sheet=sheet), name=target.stem)
    write_whole(target, made.text.encode())
    left_out = f", {made.left_out} left out as personal data" if made.left_out else ""
    yield (
        f"{shown(target)}: {made.guessed} of {len(made.headings)} columns have a guess{left_out}; "
        f"{_count(made.questions, 'question')} to answer"
    )
    if known := _known_layout(made.headings):
        yield f"the header is that of {known}, which is read without a profile of your own:"
        yield f"  {command('check', data, sheet=sheet)}"
    yield "open it in an editor, look at each guess, answer what begins with QUESTION; then type"
    yield f"  {command('check', data, profile=shown(target))}"


def _refuse_target(target: Path, *, over: bool) -> None:
    if target.name == FILE_NAME:
        raise UsageError(
            f"{FILE_NAME} is the name of the settings: name the draft, --out mine.toml"
        )
    if target.suffix != ".toml":
        raise UsageError(f"a profile is a TOML file: name it {target.with_suffix('.toml').name}")
    if target.exists() and not over:
        raise UsageError(
            f"{shown(target)} is there already and is kept as it is: name another file with --out, "
            "or write over it with --overwrite"
        )


def _known_layout(headings: tuple[str, ...]) -> str:
    from sitrep.incidents.profiles import all_profiles, normalised
    from sitrep.incidents.recognition import by_header

    known = by_header(tuple(map(normalised, headings)), all_profiles())
    return known.title if known else ""


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
