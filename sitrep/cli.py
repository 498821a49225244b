"""The command line: ``sitrep report 2021-W23``.

Every error is one line that begins with ``sitrep:``. Exit status 0 for done, 1 for data that
cannot be used or a report that failed, 2 for a wrong command, 130 after Ctrl-C.
"""

import argparse
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from sitrep.errors import SitrepError, UsageError
from sitrep.run.imports import one_thread_for_algebra
from sitrep.run.options import make_parser
from sitrep.run.plan import (
    DATA_QUALITY,
    SITUATION_REPORT,
    Kind,
    Plan,
    Request,
    make_plan,
    shown,
)
from sitrep.run.progress import Progress

if TYPE_CHECKING:
    from sitrep.incidents import Store

STOPPED = 130


def run() -> NoReturn:
    """The program: one command, then the end of the process.

    At once, without taking apart what was imported, which would cost a tenth of a report's
    time: files are closed and processes stopped by those who opened them, not by the end.
    """
    try:
        status = main()
    except SystemExit as error:  # argparse's --help and --version
        status = error.code if isinstance(error.code, int) else 1
    with suppress(OSError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(status)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    one_thread_for_algebra()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # names of places on any terminal
    given = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in given
    try:
        parser = make_parser()
        options = parser.parse_args(given)
        status = _COMMANDS[options.command](options) if options.command else _help(parser)
    except SitrepError as error:
        if debug:
            raise
        print(f"sitrep: {error}", file=sys.stderr)  # noqa: T201
        return error.exit_status
    except KeyboardInterrupt:
        if debug:
            raise
        print("sitrep: stopped; earlier reports are as they were", file=sys.stderr)  # noqa: T201
        return STOPPED
    except BrokenPipeError:  # what read our output has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0
    return status


def _report(options: argparse.Namespace, kind: Kind = SITUATION_REPORT) -> int:
    from sitrep.run.report import make_report

    request = replace(_request(options), kind=kind)
    report = make_report(request, progress=Progress(quiet=options.quiet), on_read=_say_rows)
    for path in report.documents:
        _say(shown(path))
    return 0


def _reports(options: argparse.Namespace) -> int:
    from sitrep.run.many import make_reports

    if options.jobs < 1:
        raise UsageError("--jobs is the number of reports made at a time: 1 or more")
    first, last = _ends(options.weeks)
    outcomes = make_reports(
        _request(options),
        first=first,
        last=last,
        jobs=options.jobs,
        scheduler=options.scheduler.strip(),
        progress=Progress(quiet=options.quiet),
        on_read=_say_rows,
    )
    failed = [outcome for outcome in outcomes if outcome.error]
    made = sum(outcome.made for outcome in outcomes)
    fresh = len(outcomes) - made - len(failed)
    _say(f"{made} made, {fresh} up to date, {len(failed)} failed")
    for outcome in failed:
        print(f"sitrep: {outcome.name}: {outcome.error}", file=sys.stderr)  # noqa: T201
    return 1 if failed else 0


def _publish(options: argparse.Namespace) -> int:
    from sitrep.run.publish import publish

    if not options.week.strip():
        raise UsageError("name the week to publish: make publish WEEK=2021-W23")
    issued = publish(_request(options), progress=Progress(quiet=options.quiet), on_read=_say_rows)
    for path in issued.report.documents:
        _say(shown(path))
    issue = issued.issue
    edition = f", edition {issue.edition}" if issue.edition > 1 else ""
    _say(f"published as issue {issue.number}{edition}: {shown(issue.folder)}")
    return 0


def _check(options: argparse.Namespace) -> int:
    from sitrep.run.check import check

    request = replace(_request(options), data=_file(options))
    plan = make_plan(request)
    for line in check(plan.settings, asked=request):
        _say(line)
    return 0


def _profile(options: argparse.Namespace) -> int:
    from sitrep.run.profile import write_profile

    lines = write_profile(
        _file(options), sheet=options.sheet.strip(), out=options.out.strip(), over=options.overwrite
    )
    for line in lines:
        _say(line)
    return 0


def _file(options: argparse.Namespace) -> str:
    """The file of a command that takes it with or without ``--data``."""
    named: list[str] = [name.strip() for name in (options.file, options.data) if name.strip()]
    if len(set(named)) > 1:
        raise UsageError(f"two files are named, {named[0]} and {named[1]}: name one")
    return named[0] if named else ""


def _explore(options: argparse.Namespace) -> int:
    plan = make_plan(Request(settings=options.settings))
    notebook = plan.notebook.with_name("explore.ipynb")
    if not notebook.is_file():
        raise UsageError(f"there is no {shown(notebook)}")
    jupyter = Path(sys.executable).with_name("jupyter")
    program = str(jupyter) if jupyter.is_file() else shutil.which("jupyter")
    if not program:
        raise UsageError("JupyterLab is not installed here: make explore sets it up")
    browser = ["--no-browser"] if options.no_browser else []
    sys.stdout.flush()
    os.execv(program, [program, "lab", *browser, str(notebook)])  # noqa: S606


def _request(options: argparse.Namespace) -> Request:
    given: dict[str, Any] = vars(options)
    names = ("week", "data", "profile", "sheet", "area", "edition", "out", "settings", "engine")
    texts: dict[str, Any] = {name: given[name].strip() for name in names if given.get(name)}
    return Request(
        **texts,
        languages=tuple((given.get("langs") or "").replace(",", " ").split()),
        strict=options.strict,
    )


def _ends(weeks: list[str]) -> tuple[str, str]:
    """``2021-W01..2021-W23``, or the two ends as two words."""
    ends = weeks[0].split("..") if len(weeks) == 1 else weeks
    if len(ends) != 2 or not all(ends):
        raise UsageError(
            "two weeks are needed, the first and the last: sitrep reports 2021-W01..2021-W23, "
            "or make reports FROM=2021-W01 TO=2021-W23"
        )
    return ends[0].strip(), ends[1].strip()


def _say_rows(store: "Store", plan: Plan) -> None:
    from sitrep.run.reading import summary

    for line in summary(store, plan.settings):
        _say(line)


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


def _help(parser: argparse.ArgumentParser) -> int:
    parser.print_help()
    return 0


_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "report": _report,
    "reports": _reports,
    "publish": _publish,
    "quality": partial(_report, kind=DATA_QUALITY),
    "profile": _profile,
    "check": _check,
    "explore": _explore,
}
