"""From a CSV file to a store: every row used, set aside, or rejected, none lost.

The rows are cast in one pass on DuckDB. Rows with something to look at are looked at
again, cell by cell, and what becomes of them is kept beside the table.
"""

import shutil
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sitrep.errors import DataError
from sitrep.incidents.arranging import ROWS_TOGETHER, arranged
from sitrep.incidents.findings import ABOVE, HIDDEN, HXL, Finding
from sitrep.incidents.input import Input
from sitrep.incidents.known import LARGE, sha256_of
from sitrep.incidents.layout import Layout, check_columns, dropped_places
from sitrep.incidents.opened import as_csv
from sitrep.incidents.profiles import Profile, normalised
from sitrep.incidents.query import Plan, absent, csv_source, first_pass
from sitrep.incidents.recognition import read_header
from sitrep.incidents.records import copy_records
from sitrep.incidents.scan import Scan, prepare, separators
from sitrep.incidents.sql import literal
from sitrep.incidents.store import Store, open_store, release
from sitrep.incidents.tags import unread
from sitrep.incidents.verdicts import Pass, conclude
from sitrep.incidents.watching import watched

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# Fewer than DuckDB's own 122,880: the threads that write wait less for one another.
_FEW_TOGETHER = 40_960
_MANY = 512 * 1024 * 1024  # bytes of a file of which groups are of the usual size


@dataclass(frozen=True)
class Source:
    """A file ready to be read: where it is, its header, what is true of its bytes.

    `shown` is what messages call it; `hidden` are lines that a workbook does not show, `sheet` and
    `other_sheets` those of its sheets that is read, and that are not.
    """

    path: Path
    shown: str
    hidden: tuple[int, ...]
    scan: Scan
    layout: Layout
    profile: Profile
    sheet: str = ""
    other_sheets: tuple[str, ...] = ()


def build(
    given: Input,
    named: Profile | None,
    *,
    sha256: str,
    store: Path,
    folder_of: Callable[[str], Path],
    on_progress: Callable[[float], None] | None = None,
) -> Store:
    """Read and check a file into the folder in `store` that its SHA-256 stands for.

    Where hashing it takes long, so that `sha256` is empty, it is looked through meanwhile; then
    what an earlier run made of it may turn up after all. See `reading.read` for the errors.
    """
    store.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=".reading-", dir=store))
    try:
        with ThreadPoolExecutor(1) as beside:
            hashing = None if sha256 else beside.submit(sha256_of, given.file, memory=store)
            source = open_source(given, named, work)
        sha256 = hashing.result() if hashing else sha256
        folder = folder_of(sha256)
        if hashing and (found := open_store(folder)):
            return found
        built = work / "store"
        built.mkdir()
        with _connect(work) as connection:
            with watched(connection, on_progress if _is_long(source.path) else None):
                cast = arranged(connection, _cast(connection, given, source, work=work))
            conclude(connection, cast, built=built, sha256=sha256, file_name=given.file.name)
        release(built, folder)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    finished = open_store(folder)
    if finished is None:
        raise DataError(f"{given.shown}: what was read could not be kept in {store}")
    return finished


def _is_long(path: Path) -> bool:
    """Whether reading a file takes so long that somebody wonders."""
    return path.stat().st_size > LARGE


def open_source(given: Input, named: Profile | None, work: Path) -> Source:
    """The file, or a copy of it in UTF-8 in `work`, with its layout."""
    sheet = as_csv(given, named, folder=work)
    shown = sheet.shown
    path, scan = prepare(sheet.path, encoding=sheet.encoding, shown=shown, folder=work)
    layout, profile = read_header(path, given, named, shown=shown)
    fitted = profile.fitted(layout.names)
    return Source(path, shown, sheet.hidden, scan, layout, fitted, sheet.name, sheet.others)


def _connect(work: Path) -> "DuckDBPyConnection":
    import duckdb

    # Rows are numbered by their place in the table, so they must stay in the file's order.
    return duckdb.connect(
        config={
            # Together with Python's own tenth of a gigabyte, below one: what does not fit is
            # put on the disk beside the store, and is gone with the folder it is in.
            "memory_limit": "1GB",
            "temp_directory": str(work / "spilled"),
            "preserve_insertion_order": "true",
            # A list of values would become a join, and joins do not keep rows in their order.
            "disabled_optimizers": "in_clause",
            "autoinstall_known_extensions": "false",
        }
    )


def _cast(connection: "DuckDBPyConnection", given: Input, source: Source, *, work: Path) -> Pass:
    """The first pass: the quick way where every line is a row, else the careful way."""
    layout, scan = source.layout, source.scan
    places = check_columns(
        layout, source.profile, drop_columns=given.drop_columns, shown=source.shown
    )
    kept = set(map(normalised, source.profile.kept_sources))
    quick = scan.plain and layout.one_line
    plan = Plan(
        profile=source.profile,
        formats=given.date_formats or source.profile.date_formats,
        places={name: n for name, n in places.items() if name in kept},
        width=len(layout.names),
        nameless=tuple(n for n, name in enumerate(layout.names) if not name),
        clean=scan.clean,
        one_line=quick and not scan.has_tabs_in_cells(layout.separator),
        ascii=scan.ascii,
        hashes=scan.hashes,
        trimmed=scan.trimmed,
        thousands=given.thousands or source.profile.thousands,
        unread=dropped_places(layout, (*given.drop_columns, *source.profile.drop_columns)),
    )
    table = work / "cast.parquet"
    if quick:
        skip = layout.first_line - 1
        sql = csv_source(
            plan, str(source.path), separator=layout.separator, skip=skip, numbered=False
        )
        rows, misfits = _copy(
            connection, first_pass(plan, sql, numbered=False), table, source=source.path
        )
        found = separators(source.path, scan, layout.separator, skip=skip)
        if rows == scan.lines - skip and not misfits and found == rows * (plan.width - 1):
            above = _over_the_rows(source)
            lines = layout.first_line, layout.header_line
            return Pass(plan, table, source.shown, rows, *lines, above, absent(plan))
    return _cast_carefully(connection, source, plan, work=work)


def _cast_carefully(
    connection: "DuckDBPyConnection", source: Source, plan: Plan, *, work: Path
) -> Pass:
    layout, copy, table = source.layout, work / "rows.csv", work / "cast.parquet"
    records = copy_records(
        source.path, layout=layout, target=copy, shown=source.shown, unread=plan.unread
    )
    careful = replace(plan, one_line=False, trimmed=False)
    sql = csv_source(careful, str(copy), separator=",", skip=0, numbered=True)
    rows, misfits = _copy(connection, first_pass(careful, sql, numbered=True), table, source=copy)
    if rows != records.copied or misfits:
        raise DataError(
            f"{source.shown}: {records.copied} rows were found and {rows} could be read; the file "
            "holds a row that is too long, or bytes that are not text"
        )
    others, blank = _over_the_rows(source) + records.others, absent(careful)
    return Pass(careful, table, source.shown, rows, 0, layout.header_line, others, blank)


def _over_the_rows(source: Source) -> list[Finding]:
    """Rows above the header, the row of HXL tags, hidden rows, and tags that are not read."""
    layout = source.layout
    lines = [(line, ABOVE) for line in layout.above]
    lines += [(layout.hxl_line, HXL)] if layout.hxl_line else []
    found = [Finding(source.shown, line, "", "", "set aside", reason) for line, reason in lines]
    hidden = [line for line in source.hidden if line >= layout.first_line]
    found += [Finding(source.shown, line, "", "", "flagged", HIDDEN) for line in hidden]
    return found + unread(layout, source.profile, shown=source.shown)


def _copy(
    connection: "DuckDBPyConnection", sql: str, target: Path, *, source: Path
) -> tuple[int, int]:
    """Write a query's rows to Parquet in their order; how many, and how many did not fit."""
    import duckdb

    connection.execute("DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans")
    together = ROWS_TOGETHER if source.stat().st_size > _MANY else _FEW_TOGETHER
    try:
        connection.execute(
            f"COPY ({sql}) TO {literal(str(target))} "
            f"(FORMAT parquet, COMPRESSION lz4_raw, ROW_GROUP_SIZE {together}, "
            # Texts that are nearly all different, such as ids, are given up on early.
            f"DICTIONARY_SIZE_LIMIT {together // 20}, WRITE_BLOOM_FILTER false)"
        )
    except duckdb.InvalidInputException:
        # Quotation marks or line ends that its parser cannot make sense of.
        return 0, 1
    except duckdb.IOException as error:
        raise OSError(str(error).splitlines()[0]) from error
    written = connection.fetchall()[0][0]
    (misfits,) = connection.execute("SELECT count(*) FROM reject_errors").fetchall()
    return written, misfits[0]
