"""Many reports side by side: one warm process imports everything and forks one for each.

The data are read once, in a process of their own, so that the warm one has no threads
when it forks. A report that fails does not stop the others.
"""

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING, Any

from sitrep.errors import UsageError
from sitrep.run.apart import in_a_process, result_of, start, stop
from sitrep.run.imports import NOTEBOOK_MODULES, OUTPUT_MODULES, warm_up
from sitrep.run.plan import Plan, Request, make_plan
from sitrep.run.process import prewarm
from sitrep.run.progress import Progress
from sitrep.weeks import Week, parse_week

if TYPE_CHECKING:
    from sitrep.incidents import Store
    from sitrep.run.inspection import Secrets


@dataclass(frozen=True)
class Outcome:
    """What became of one report; `error` is empty for one that was made or is up to date."""

    name: str
    made: bool = False
    error: str = ""

    def __str__(self) -> str:
        return f"{self.name} " + (self.error or ("made" if self.made else "is up to date"))


def make_reports(
    request: Request,
    *,
    first: str,
    last: str,
    jobs: int,
    progress: Progress,
    scheduler: str = "",
    on_read: Callable[["Store", Plan], None] = lambda *_: None,
) -> list[Outcome]:
    """Make the reports of the weeks from `first` to `last`, at most `jobs` at a time.

    With a `scheduler` (``tcp://…``) the workers of its Dask cluster make them instead.

    Raises
    ------
    UsageError, DataError
        What is wrong for all of them: the command, the data, the area.
    """
    from sitrep.run.index import write_index
    from sitrep.run.reading import read_all
    from sitrep.run.report import chosen

    plan = make_plan(replace(request, week=first))
    weeks = weeks_between(first, last, plan)
    progress.stage(f"Reading {plan.settings.data.files}")
    with in_a_process(read_all, plan, progress.quiet) as read:
        warm_up(NOTEBOOK_MODULES + OUTPUT_MODULES)
        store: Store = read()
        secrets: Secrets | None = read()
    on_read(store, plan)
    with in_a_process(chosen, plan, store) as choose:
        _, area = choose()
    name = {week: plan.folder(week, area).name for week in weeks}
    outcomes: list[Outcome] = []
    try:
        for week, result in (
            _elsewhere(weeks, plan, scheduler)
            if scheduler
            else _in_parallel(weeks, request, store, secrets, jobs)
        ):
            error = str(result) if isinstance(result, Exception) else ""
            outcomes.append(Outcome(name[week], made=result is True, error=error))
            progress.step(len(outcomes), len(weeks), unit="report", note=str(outcomes[-1]))
    finally:  # also after Ctrl-C: what was made until then is listed
        progress.close()
        if any(not outcome.error for outcome in outcomes):
            write_index(plan.out, plan.settings, progress=progress)
    return sorted(outcomes, key=lambda outcome: outcome.name)


def weeks_between(first: str, last: str, plan: Plan) -> list[Week]:
    """The weeks from `first` to `last`, both included; UsageError where `last` is earlier."""
    starts_on = plan.settings.counting.week_start
    ends = [parse_week(text, starts_on=starts_on) for text in (first, last)]
    if ends[0] > ends[1]:
        raise UsageError(f"FROM={ends[0]} is after TO={ends[1]}: exchange them")
    return ends[0].until(ends[1])


def make_one(request: Request, store: "Store", secrets: "Secrets | None") -> bool:
    """Make one report of data that have been read; False where it is up to date."""
    from sitrep.issue import find_archive
    from sitrep.run.manifest import inputs, is_up_to_date
    from sitrep.run.report import build, chosen

    plan = make_plan(request)
    week, area = chosen(plan, store)
    archive = find_archive(store, plan.settings, area=area)
    if is_up_to_date(plan.folder(week, area), inputs(plan, store, archive, week=week, area=area)):
        return False
    early = prewarm(plan.settings.root) if request.engine == "sitrep" else nullcontext()
    with early as process:
        progress = Progress(quiet=True)
        build(plan, store, secrets=lambda: secrets, process=process, progress=progress)
    return True


def _elsewhere(weeks: list[Week], plan: Plan, scheduler: str) -> Iterator[tuple[Week, Any]]:
    from sitrep.run.elsewhere import make_elsewhere

    by_name = {str(week): week for week in weeks}
    for name, result in make_elsewhere(plan, list(by_name), scheduler=scheduler):
        yield by_name[name], result


def _in_parallel(
    weeks: list[Week], request: Request, store: "Store", secrets: "Secrets | None", jobs: int
) -> Iterator[tuple[Week, Any]]:
    """Each week with what its process gave back, in the order in which they end."""
    waiting = list(reversed(weeks))
    running: dict[Any, tuple[Week, BaseProcess]] = {}
    try:
        while waiting or running:
            while waiting and len(running) < jobs:
                week = waiting.pop()
                pipe, process = start(make_one, replace(request, week=str(week)), store, secrets)
                running[pipe] = (week, process)
            for ready in wait(list(running)):
                week, process = running.pop(ready)
                yield week, result_of(ready, process)
    finally:
        for _, process in running.values():
            stop(process)
