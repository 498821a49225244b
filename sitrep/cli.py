"""The command line: ``sitrep report 2021-W23``.

Every error is one line that begins with ``sitrep:``. Exit status 0 for done, 1 for data that
cannot be used or a report that failed, 2 for a wrong command, 130 after Ctrl-C.
"""

import argparse
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from sitrep import __version__
from sitrep.errors import SitrepError, UsageError, nearest
from sitrep.run.imports import one_thread_for_algebra
from sitrep.run.plan import Plan, Request, make_plan, shown
from sitrep.run.progress import Progress

if TYPE_CHECKING:
    from sitrep.incidents import Store

STOPPED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    one_thread_for_algebra()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # names of places on any terminal
    given = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in given
    try:
        options = _parser().parse_args(given)
        status: int = options.run(options)
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


def _report(options: argparse.Namespace) -> int:
    from sitrep.run.index import write_index
    from sitrep.run.report import make_report

    plan = make_plan(_request(options))
    report = make_report(
        _request(options), progress=Progress(quiet=options.quiet), on_read=_say_rows
    )
    write_index(plan.out, title=plan.settings.report.title)
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


def _check(options: argparse.Namespace) -> int:
    from sitrep.run.check import check

    plan = make_plan(_request(options))
    for line in check(plan.settings, strict=options.strict):
        _say(line)
    return 0


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
    texts = ("week", "data", "profile", "area", "edition", "out", "settings", "engine")
    return Request(
        **{name: (given.get(name) or "").strip() for name in texts if given.get(name)},
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


class _Parser(argparse.ArgumentParser):
    """Names the nearest option or command, and keeps an error to one line."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}; {self.prog} --help shows what there is")

    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:
        options, unknown = self.parse_known_args(args, namespace)
        if unknown:
            known = _known_options(self, getattr(options, "command", None))
            hint = nearest(unknown[0].split("=")[0], known)
            kind = "option" if unknown[0].startswith("-") else "argument"
            self.error(f"there is no {kind} {unknown[0]!r}{hint}")
        return options

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices:
            known = tuple(str(choice) for choice in action.choices)
            what = action.metavar or action.dest
            self.error(f"there is no {what} {value!r}{nearest(str(value), known)}")


def _known_options(parser: argparse.ArgumentParser, command: str | None) -> tuple[str, ...]:
    for action in parser._actions:
        if command and isinstance(action, argparse._SubParsersAction):
            parser = action.choices[command]
    return tuple(name for action in parser._actions for name in action.option_strings)


_EXAMPLES = """examples:
  sitrep report                         the latest complete week of the data
  sitrep report 2021-W23                one week, as HTML and PDF
  sitrep reports 2021-W01..2021-W23     many, side by side
  sitrep check --data my.csv            what is wrong with a file
"""


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="sitrep",
        description="Weekly situation reports of casualties and displacement.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"sitrep {__version__}")
    parser.set_defaults(run=lambda _: parser.print_help() or 0)
    commands = parser.add_subparsers(dest="command", metavar="command", parser_class=_Parser)

    report = _command(
        commands, "report", _report, "make the report of one week, as HTML and PDF",
        "sitrep report 2021-W23", "sitrep report 2021-06-10 --area Idlib --edition internal",
        "sitrep report 2014-W34 --data events.csv --profile ucdp_ged",
    )  # fmt: skip
    report.add_argument(
        "week", nargs="?", default="",
        help="2021-W23, or a day in the week; without one the latest complete week of the data",
    )  # fmt: skip
    _report_options(report)

    reports = _command(
        commands, "reports", _reports, "make the reports of many weeks, side by side",
        "sitrep reports 2021-W01..2021-W23", "sitrep reports 2021-W01 2021-W23 --jobs 4",
    )  # fmt: skip
    reports.add_argument("weeks", nargs="+", help="the first and the last: 2021-W01..2021-W23")
    reports.add_argument(
        "--jobs", type=int, default=os.cpu_count() or 1, metavar="N",
        help="how many at a time; without it one for each processor",
    )  # fmt: skip
    _report_options(reports)

    check = _command(
        commands, "check", _check, "read the data and print what is wrong with it",
        "sitrep check", "sitrep check --data my.csv --profile native",
    )  # fmt: skip
    _data_options(check)

    explore = _command(
        commands, "explore", _explore, "open JupyterLab on the exploring notebook",
        "sitrep explore", "sitrep explore --no-browser",
    )  # fmt: skip
    explore.add_argument("--no-browser", action="store_true", help="only print the address")
    _common_options(explore)
    return parser


def _command(
    commands: Any, name: str, run: Any, summary: str, *examples: str
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(
        name,
        help=summary,
        description=f"{summary[0].upper()}{summary[1:]}.",
        epilog="examples:\n" + "\n".join(f"  {example}" for example in examples),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.set_defaults(run=run)
    return parser


def _report_options(parser: argparse.ArgumentParser) -> None:
    _data_options(parser)
    add = parser.add_argument
    add("--area", default="", metavar="NAME", help="an area of the data, by name or p-code")
    add("--edition", default="", metavar="NAME", help="public or internal")
    add("--langs", default="", metavar='"en"', help="the languages of the documents")
    add("--out", default="", metavar="FOLDER", help="where reports are written")
    add("--engine", default="sitrep", metavar="NAME",
        help="what runs the notebook: sitrep, or nbclient as the reference")  # fmt: skip
    add("--quiet", action="store_true", help="no progress")


def _data_options(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--data", default="", metavar="FILE", help="a CSV of incidents")
    add("--profile", default="", metavar="NAME",
        help="its layout, by name or as a .toml file; without it recognised by the header")  # fmt: skip
    add("--strict", action="store_true", help="refuse data of which any row is rejected")
    _common_options(parser)


def _common_options(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--settings", default="", metavar="FILE", help="settings, instead of sitrep.toml")
    add("--debug", action="store_true", help="show where in the program an error comes from")
