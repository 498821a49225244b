"""conda's environment, the lock and the Makefile agree with pyproject.toml."""

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from conftest import LONGEST

ROOT = Path(__file__).parent.parent
# What conda-forge calls differently. The fonts and Typst come from PyPI there too.
CONDA_NAMES = {"duckdb": "python-duckdb", "matplotlib": "matplotlib-base"}
FOR_CONDA_ALONE = {"python>=3.11", "pip", "make", "setuptools>=77", "-e ."}


def project() -> dict[str, object]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


# What a report needs, and that with what the tests need besides.
LOCKS = {"requirements.lock": False, "tests/requirements.lock": True}


def asked_for(*, with_tests: bool = True) -> list[str]:
    table = project()
    for_tests = table["dependency-groups"]["dev"] if with_tests else []  # type: ignore[index]
    return [*table["project"]["dependencies"], *for_tests]  # type: ignore[index]


def name_of(requirement: str) -> str:
    return re.split(r"[<>=!~ ;\[]", requirement, maxsplit=1)[0]


def test_conda_gets_the_same_packages_in_the_same_ranges() -> None:
    lines = (ROOT / "environment.yml").read_text(encoding="utf-8").splitlines()
    start = lines.index("dependencies:")
    listed = {
        match[1] for line in lines[start:] if (match := re.fullmatch(r" +- ([^:]+)", line))
    } - FOR_CONDA_ALONE
    expected = {
        requirement.replace(
            name_of(requirement), CONDA_NAMES.get(name_of(requirement), name_of(requirement)), 1
        )
        for requirement in asked_for()
    }
    assert listed == expected


def pinned(name: str) -> dict[str, str]:
    lock = (ROOT / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", lock, flags=re.MULTILINE))


@pytest.mark.parametrize(("name", "with_tests"), LOCKS.items())
def test_a_lock_pins_everything_that_is_asked_for_and_what_builds_the_package(
    name: str, with_tests: bool
) -> None:
    asked = {name_of(requirement).lower() for requirement in asked_for(with_tests=with_tests)}
    assert asked | {"setuptools"} <= pinned(name).keys()


def test_the_tests_run_on_the_versions_that_reports_are_made_with() -> None:
    reports, tests = (pinned(name) for name in LOCKS)
    assert reports.items() <= tests.items()
    assert {"pytest", "pyarrow", "playwright"}.isdisjoint(reports)


@pytest.mark.parametrize("name", LOCKS)
def test_every_line_of_a_lock_has_hashes_and_no_place_is_named_in_it(name: str) -> None:
    lock = (ROOT / name).read_text(encoding="utf-8")
    pins = re.findall(r"^[a-z0-9._-]+==.*?(?=^\S|\Z)", lock, flags=re.MULTILINE | re.DOTALL)
    assert len(pins) > 50
    assert all("--hash=sha256:" in pin for pin in pins)
    assert not re.search(r"://|--index|--find-links|(?<![\w.-])/\w+/", lock)


def run_make(*arguments: str, folder: Path) -> str:
    """Run make with a `sitrep` that prints what it is given, an argument a line."""
    python = folder / "conda" / "bin" / "python"
    python.parent.mkdir(parents=True, exist_ok=True)
    python.write_text('#!/bin/sh\nfor argument; do printf "<%s>\\n" "$argument"; done\n')
    python.chmod(0o755)
    finished = subprocess.run(
        ["make", "--no-print-directory", "-f", str(ROOT / "Makefile"), *arguments],
        cwd=folder,
        env={
            "PATH": os.environ["PATH"],
            "CONDA_PREFIX": str(folder / "conda"),
            "HOME": str(folder),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    return finished.stdout


def given(printed: str) -> list[str]:
    return re.findall(r"<(.*?)>\n", printed, flags=re.DOTALL)


@pytest.mark.parametrize(
    "value",
    [
        "2021-W23; touch pwned",
        "$(shell touch pwned)",
        "$$(touch pwned)",
        "`touch pwned`",
        "$(touch pwned)",
        '" && touch pwned && "',
        "' && touch pwned && '",
        "two words",
        "--help",
    ],
)
def test_a_hostile_week_reaches_the_program_as_it_stands_and_runs_nothing(
    tmp_path: Path, value: str
) -> None:
    printed = run_make("report", f"WEEK={value}", folder=tmp_path)
    assert given(printed) == ["-m", "sitrep", "report", "--", value]
    assert not (tmp_path / "pwned").exists()


def test_only_the_variables_that_are_set_are_passed_on(tmp_path: Path) -> None:
    printed = run_make("report", "DATA=my file.csv", "LANGS=en ar", "AREA=", folder=tmp_path)
    assert given(printed) == ["-m", "sitrep", "report", "--data=my file.csv", "--langs=en ar"]


def test_two_weeks_are_passed_on_as_one_range(tmp_path: Path) -> None:
    printed = run_make("reports", "FROM=2021-W01", "TO=2021-W23", folder=tmp_path)
    assert given(printed) == ["-m", "sitrep", "reports", "--", "2021-W01..2021-W23"]


def test_help_lists_every_target_with_an_example(tmp_path: Path) -> None:
    listed = run_make("help", folder=tmp_path).splitlines()
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z]+):", makefile, flags=re.MULTILINE)
    assert [line.split()[1] for line in listed] == targets
    assert len(targets) >= 10
    assert all(
        f"make {target}" in line.split(None, 2)[2]
        for target, line in zip(targets, listed, strict=True)
        if target != "help"
    )


def test_the_makefile_stays_short() -> None:
    assert len((ROOT / "Makefile").read_text(encoding="utf-8").splitlines()) < 80


def test_the_files_of_tests_that_are_begun_first_are_there() -> None:
    assert all((ROOT / "tests" / f"{name}.py").is_file() for name in LONGEST)
