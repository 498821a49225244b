"""Many reports on the workers of a Dask cluster, each made there by the ordinary command.

A worker needs the project's folder under the same path (a file system that all of them
mount), and this package. It opens the store that was made here, so it reads no CSV; nothing
of the data travels through the scheduler, only weeks and options.
"""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sitrep.errors import ReportError, UsageError
from sitrep.run.plan import Plan

_SHARED = (
    "workers need the folder of the project under the same path, on a file system that all of "
    "them mount, and sitrep installed"
)


def options(plan: Plan) -> list[str]:
    """The command-line options that make the reports of `plan` on another machine."""
    asked, root = plan.request, plan.settings.root
    given = {
        "--data": str(root / plan.settings.data.path) if asked.data else "",
        "--profile": asked.profile,
        "--sheet": asked.sheet,
        "--area": asked.area,
        "--edition": asked.edition,
        "--langs": " ".join(asked.languages),
        "--out": str(plan.out.absolute()),
        "--settings": str(Path(asked.settings).absolute()) if asked.settings else "",
        "--engine": asked.engine,
    }
    texts = [f"{name}={value}" for name, value in given.items() if value]
    return [*texts, *(["--strict"] if asked.strict else [])]


def make_elsewhere(
    plan: Plan, weeks: Sequence[str], *, scheduler: str
) -> Iterator[tuple[str, bool | ReportError]]:
    """Each week with whether its report was made (else it is up to date), as they end.

    Raises
    ------
    UsageError
        No scheduler answers, it has no worker, or a worker does not see the project's folder.
    """
    from sitrep.cluster import connected

    with connected(scheduler) as client:
        import distributed

        root = plan.settings.root
        _refuse_apart(client, root, scheduler)
        tasks = {
            client.submit(make_here, week, options(plan), str(root), pure=False, retries=1): week
            for week in weeks
        }
        ended: Any = distributed.as_completed
        for task in ended(tasks):
            error = task.exception()
            status = ReportError(str(error)) if error else _outcome(*task.result())
            yield tasks[task], status


def make_here(week: str, given: list[str], root: str) -> tuple[int, str, str]:
    """On a worker: the command, in a process of its own; its exit status and what it said."""
    words = [sys.executable, "-m", "sitrep", "reports", "--quiet", "--jobs=1", *given]
    done = subprocess.run(  # noqa: S603  a list, which no shell reads
        [*words, "--", f"{week}..{week}"], cwd=root, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout, done.stderr


def sees(folder: str) -> bool:
    """On a worker: whether the project's folder is there."""
    return (Path(folder) / "notebooks").is_dir()


def _refuse_apart(client: Any, root: Path, scheduler: str) -> None:
    try:
        found = client.run(sees, str(root))
    except Exception as error:  # a worker without this package answers with any of several
        raise UsageError(f"a worker cannot run sitrep ({error}); {_SHARED}") from None
    if not found:
        raise UsageError(f"the scheduler at {scheduler} has no worker; start one: dask worker")
    blind = sorted(worker for worker, there in found.items() if not there)
    if blind:
        raise UsageError(f"{', '.join(blind)} cannot see {root}; {_SHARED}")


def _outcome(status: int, said: str, errors: str) -> bool | ReportError:
    if status == 0:
        return said.rstrip().rpartition("\n")[2].startswith("1 made")
    lines = errors.strip().splitlines() or [f"exit status {status}"]
    return ReportError(lines[-1].removeprefix("sitrep: "))
