"""The options of the command line: their names, their help with examples, their errors."""

import argparse
import os
from typing import Any, NoReturn

from sitrep import __version__
from sitrep.errors import UsageError, nearest


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
  sitrep publish 2021-W23               freeze a reviewed issue
  sitrep quality 2021-W23               how far the data of a week can be trusted
  sitrep profile my.csv                 the first draft of a profile for an unknown layout
  sitrep check my.csv                   what is wrong with a file
"""


def make_parser() -> argparse.ArgumentParser:
    """The parser of `sitrep`; what it parses has the command's name as ``command``."""
    parser = _Parser(
        prog="sitrep",
        description="Weekly situation reports of casualties and displacement.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"sitrep {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="command", parser_class=_Parser)

    report = _command(
        commands, "report", "make the report of one week, as HTML and PDF",
        "sitrep report 2021-W23", "sitrep report 2021-06-10 --area Idlib --edition internal",
        "sitrep report 2014-W34 --data events.csv --profile ucdp_ged",
    )  # fmt: skip
    _one_week(report)

    reports = _command(
        commands, "reports", "make the reports of many weeks, side by side",
        "sitrep reports 2021-W01..2021-W23", "sitrep reports 2021-W01 2021-W23 --jobs 4",
    )  # fmt: skip
    reports.add_argument("weeks", nargs="+", help="the first and the last: 2021-W01..2021-W23")
    reports.add_argument(
        "--jobs", type=int, default=os.cpu_count() or 1, metavar="N",
        help="how many at a time; without it one for each processor",
    )  # fmt: skip
    reports.add_argument(
        "--scheduler", default="", metavar="tcp://…",
        help="a Dask cluster whose workers make them; they need the project's folder",
    )  # fmt: skip
    _report_options(reports)

    publish = _command(
        commands, "publish", "freeze a reviewed issue: later ones compare themselves with it",
        "sitrep publish 2021-W23", "sitrep publish 2021-W23 --area Idlib",
    )  # fmt: skip
    publish.add_argument("week", help="2021-W23, or a day in the week")
    _report_options(publish)

    quality = _command(
        commands, "quality", "report how far the data of one week can be trusted",
        "sitrep quality 2021-W23", "sitrep quality 2021-06-10 --edition internal",
    )  # fmt: skip
    _one_week(quality)

    profile = _command(
        commands, "profile", "write the first draft of a profile for a CSV of an unknown layout",
        "sitrep profile my.csv", "sitrep profile my.csv --out profiles/mine.toml",
    )  # fmt: skip
    _file(profile)
    profile.add_argument("--data", default="", metavar="FILE", help="the same")
    _sheet(profile)
    profile.add_argument(
        "--out", default="", metavar="FILE", help="the profile; without it my.toml beside my.csv"
    )
    profile.add_argument("--overwrite", action="store_true", help="write over a file that is there")
    _common_options(profile)

    check = _command(
        commands, "check", "read the data and say what is wrong with it, as a page and as CSV",
        "sitrep check", "sitrep check my.csv", "sitrep check my.csv --profile my.toml",
    )  # fmt: skip
    _file(check)
    _data_options(check)

    explore = _command(
        commands, "explore", "open JupyterLab on the exploring notebook",
        "sitrep explore", "sitrep explore --no-browser",
    )  # fmt: skip
    explore.add_argument("--no-browser", action="store_true", help="only print the address")
    _common_options(explore)
    return parser


def _command(commands: Any, name: str, summary: str, *examples: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(
        name,
        help=summary,
        description=f"{summary[0].upper()}{summary[1:]}.",
        epilog="examples:\n" + "\n".join(f"  {example}" for example in examples),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    return parser


def _one_week(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "week", nargs="?", default="",
        help="2021-W23, or a day in the week; without one the latest complete week of the data",
    )  # fmt: skip
    _report_options(parser)


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
    add("--data", default="", metavar="FILE", help="a CSV or .xlsx of incidents")
    by = "its layout, by name or as a .toml file; without it recognised by the header"
    add("--profile", default="", metavar="NAME", help=by)
    _sheet(parser)
    add("--strict", action="store_true", help="refuse data of which any row is rejected")
    _common_options(parser)


def _file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", nargs="?", default="", help="a CSV of incidents; --data says the same"
    )


def _sheet(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--sheet", default="", metavar="NAME",
        help="the sheet of an .xlsx; without it the only one with the columns of a layout",
    )  # fmt: skip


def _common_options(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--settings", default="", metavar="FILE", help="settings, instead of sitrep.toml")
    add("--debug", action="store_true", help="show where in the program an error comes from")
