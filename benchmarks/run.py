"""Speed and memory of whole commands, side by side in one run: ``python benchmarks/run.py``.

What is compared runs in turn, A B C A B C, so that a busy spell of the machine meets all of
it; what counts are the ratios within each round, not the seconds. README.md says more.
"""

import argparse
import compileall
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
BENCHMARKS = ROOT / "benchmarks"
WORK = BENCHMARKS / "made"
WEEK = "2021-W23"
PACKAGES = ("pandas", "matplotlib", "duckdb", "typst", "papermill", "nbconvert", "weasyprint")
PROJECT = ("sitrep.toml", "notebooks", "data")  # what a report is made from


@dataclass(frozen=True)
class Run:
    """What one command took, children included; `peak` is that of its largest process."""

    seconds: float
    busy: float  # seconds of processor time, on all cores together
    peak: float  # megabytes


@dataclass(frozen=True)
class Command:
    """A command to be measured; `words` makes it for a fresh folder, in which it runs."""

    name: str
    words: Callable[[Path], list[str]]
    inputs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Target:
    """What a ratio of two commands should be."""

    above: Command
    below: Command
    unit: str  # a field of Run
    limit: float
    at_most: bool = True

    def line(self, runs: dict[str, list[Run]]) -> str:
        pairs = zip(runs[self.above.name], runs[self.below.name], strict=True)
        ratios = [getattr(a, self.unit) / getattr(b, self.unit) for a, b in pairs]
        found = median(ratios)
        met = found <= self.limit if self.at_most else found >= self.limit
        what = {"peak": "peak memory", "busy": "processor time"}.get(self.unit, "time")
        bound = f"{'at most' if self.at_most else 'at least'} {self.limit:g}"
        return (
            f"{f'{what}: {self.above.name} / {self.below.name}':<58}"
            f"{found:5.2f} ({min(ratios):.2f}-{max(ratios):.2f})   {bound}: "
            f"{'met' if met else 'MISSED'}"
        )


SITREP = Command(
    "sitrep report",
    lambda out: [sys.executable, "-m", "sitrep", "report", WEEK, "--quiet", "--out", str(out)],
    inputs=PROJECT,
)
IMPORTS = Command(
    "the imports alone", lambda _: [sys.executable, "-c", "import pandas, matplotlib.pyplot"]
)
ORDINARY = Command(
    "the ordinary way", lambda out: ["sh", "benchmarks/ordinary/run.sh", WEEK, str(out)],
    inputs=("data", "benchmarks/ordinary"),
)  # fmt: skip
COLD = (
    Target(SITREP, IMPORTS, "seconds", 2),
    Target(ORDINARY, SITREP, "seconds", 6, at_most=False),
)


def reading(path: Path) -> tuple[Target, ...]:
    """The targets of reading the file `path`."""
    script, bare = str(BENCHMARKS / "read_incidents.py"), str(BENCHMARKS / "read_pandas.py")
    ours = Command("read, check and sum", lambda out: [sys.executable, script, str(path), str(out)])
    theirs = Command("pandas.read_csv", lambda _: [sys.executable, bare, str(path)])
    return tuple(Target(ours, theirs, unit, 1) for unit in ("seconds", "peak"))


def large() -> tuple[tuple[Target, ...], tuple[Target, ...]]:
    """The targets of ten million rows: reading them, and what is made of their store."""
    path, stores = WORK / "large.csv", WORK / "stores"

    def step(name: str, what: str, folder: Path | None = None) -> Command:
        words = [sys.executable, "-m", "benchmarks.large", what, str(path)]
        return Command(name, lambda out: [*words, str(folder or out)])

    if not path.is_file():
        print(f"Making {path.relative_to(ROOT)}, once: two minutes, 2.1 GB; delete it afterwards")
        WORK.mkdir(exist_ok=True)
        measure(step("making the file", "make"))
    check, count = step("check and store", "check"), step("SELECT count(*)", "count")
    copy = step("DuckDB's bare copy", "copy")
    series, group = step("weekly by district", "series", stores), step("GROUP BY", "group", stores)
    return (
        (
            *(Target(check, count, unit, 2) for unit in ("seconds", "busy", "peak")),
            *(Target(check, copy, unit, 2) for unit in ("seconds", "busy")),
        ),
        tuple(Target(series, group, unit, 1.2) for unit in ("seconds", "busy", "peak")),
    )


def compare_large(rounds: int) -> None:
    reading, using = large()
    title = "Ten million incidents, 2.1 GB of CSV"
    compare(title, reading, rounds=rounds, warmed=(reading[0].below,))
    compare("Their store, all weeks by district", using, rounds=rounds, warmed=(using[0].below,))
    week = [sys.executable, "-m", "benchmarks.large", "week", WORK / "large.csv", WORK / "stores"]
    for _ in range(rounds):
        subprocess.run(week, cwd=ROOT, env=environment(), check=True)


def sample(rows: int) -> Path:
    """The sample's generator at length; made once, the same bytes every time."""
    path = WORK / f"incidents-{rows}.csv"
    if not path.is_file():
        print(f"Making {path.relative_to(ROOT)}, once: a minute for a million rows")
        WORK.mkdir(exist_ok=True)
        part = path.with_suffix(".part")
        make = [sys.executable, "scripts/make_sample.py", "--rows", str(rows), "--out", str(part)]
        subprocess.run(make, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        part.rename(path)
    return path


def measure(command: Command) -> Run:
    """Run a command in a folder of its own, with a copy of its inputs and nothing kept."""
    with tempfile.TemporaryDirectory(prefix="sitrep-benchmark-") as name:
        folder = Path(name)
        for item in command.inputs:
            source, target = ROOT / item, folder / item
            if source.is_dir():
                shutil.copytree(source, target)
            else:
                shutil.copy(source, target)
        log = folder / "log"
        with log.open("wb") as output:
            started = perf_counter()
            process = subprocess.Popen(
                command.words(folder / "out"),
                cwd=folder, env=environment(), stdout=output, stderr=output,
            )  # fmt: skip
            _, status, usage = os.wait4(process.pid, 0)
            seconds = perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(f"{command.name} failed:\n{log.read_text(errors='replace')}")
    kilobytes = usage.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return Run(seconds, usage.ru_utime + usage.ru_stime, kilobytes / 1000)


def environment() -> dict[str, str]:
    """This process's, with bytecode written and read, and this package found."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPATH": str(ROOT), "PYTHON": sys.executable}


def compare(
    title: str, targets: tuple[Target, ...], *, rounds: int, warmed: tuple[Command, ...] = ()
) -> None:
    """Measure in rounds and print; `warmed` are run once before, without others all of them."""
    commands = {c.name: c for target in targets for c in (target.above, target.below)}
    for command in warmed or commands.values():
        measure(command)  # not counted: files into memory, bytecode of dependencies
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            runs[name].append(measure(command))
    print(f"\n{title}: medians of {rounds} (lowest-highest)")
    for name, found in runs.items():
        cells = (
            spread([run.seconds for run in found], "s", places=2),
            spread([run.busy for run in found], "s busy", places=2),
            spread([run.peak for run in found], "MB", places=0),
        )
        print("".join(f"{cell:<27}" for cell in (name, *cells)).rstrip())
    for target in targets:
        print(target.line(runs))


def spread(values: list[float], unit: str, *, places: int) -> str:
    low, middle, high = (f"{f(values):.{places}f}" for f in (min, median, max))
    return f"{middle} {unit} ({low}-{high})"


def machine() -> str:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    here = [name for name in PACKAGES if importlib.util.find_spec(name)]
    versions = ", ".join(f"{name} {version(name)}" for name in here)
    load = f"load {os.getloadavg()[0]:.1f}"
    system = f"{platform.system()} {platform.machine()}, {cores} cores, {load}"
    return f"{system}; Python {platform.python_version()}, {versions}"


def main() -> None:
    parser = argparse.ArgumentParser(description="Speed against the ordinary way, as ratios.")
    parser.add_argument("--runs", type=int, default=5, help="rounds that are counted (5)")
    parser.add_argument(
        "--only",
        choices=("cold", "read", "large"),
        help="one comparison; `large` takes minutes, and is made only when named",
    )
    parser.add_argument("--rows", type=int, default=1_000_000, help="of the file read (a million)")
    options = parser.parse_args()
    if options.only != "large" and not importlib.util.find_spec("weasyprint"):
        sys.exit("WeasyPrint is not installed here: pip install -r benchmarks/requirements.txt")
    compileall.compile_dir(ROOT / "sitrep", quiet=1)
    print(machine())
    if options.only == "large":
        compare_large(options.runs)
        return
    if options.only != "read":
        compare(f"One cold report of {WEEK}, HTML and PDF", COLD, rounds=options.runs)
    if options.only != "cold":
        path = sample(options.rows)
        title = f"{options.rows:,} incidents, {path.stat().st_size / 1e6:.0f} MB of CSV"
        compare(title, reading(path), rounds=options.runs)


if __name__ == "__main__":
    main()
