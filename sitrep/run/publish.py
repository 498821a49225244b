"""Publishing a reviewed issue: the report as it goes out, and the archive that keeps it.

The issue is made anew, without the mark of a draft, and stands in the archive before it
stands among the reports: an issue in the archive is published, whatever happens after.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sitrep.archive.issues import (
    INCIDENTS,
    MANIFEST,
    Archive,
    Publication,
    Published,
    file_hash,
    read_archive,
)
from sitrep.errors import DataError
from sitrep.run.apart import in_a_process
from sitrep.run.plan import Plan, Request, make_plan
from sitrep.run.process import prewarm
from sitrep.run.progress import Progress
from sitrep.run.release import disk_errors, locked
from sitrep.run.report import Report, build, chosen
from sitrep.weeks import Week
from sitrep.words import day

if TYPE_CHECKING:
    from sitrep.incidents import Store


@dataclass(frozen=True)
class Issued:
    """An issue that was published, and its report."""

    issue: Published
    report: Report


def publish(
    request: Request,
    *,
    progress: Progress,
    on_read: Callable[["Store", Plan], None] = lambda *_: None,
    today: date | None = None,
) -> Issued:
    """Make the report of a week and freeze it as an issue of its series.

    Raises
    ------
    UsageError, DataError
        As for a report; and for a week that the data do not reach the end of, data frozen
        before those of the last issue, or a clock before its day.
    """
    from sitrep.issue import find_archive
    from sitrep.run.index import write_index
    from sitrep.run.reading import read_all

    plan = make_plan(request)
    with (
        prewarm(plan.settings.root) as process,
        in_a_process(read_all, plan, progress.quiet) as read,
    ):
        progress.stage(f"Reading {plan.settings.data.files}")
        store: Store = read()
        on_read(store, plan)
        week, area = chosen(plan, store)
        series = find_archive(store, plan.settings, area=area).folder
        with _alone(series, progress):
            archive = read_archive(series)
            _check(archive, store, week)
            publication = archive.next(week, published_on=today or date.today())
            keep = partial(_keep, archive, store, week, publication)
            report = build(
                plan, store, secrets=read, process=process, progress=progress,
                published_on=publication.published_on, before_release=keep,
            )  # fmt: skip
            issue = read_archive(series).issues[-1]
    write_index(plan.out, plan.settings, progress=progress)
    return Issued(issue, report)


@contextmanager
def _alone(series: Path, progress: Progress) -> Iterator[None]:
    """One publication at a time: another waits until this one is done."""
    with disk_errors(series):
        series.mkdir(parents=True, exist_ok=True)
        with locked(series, on_wait=lambda: progress.stage("Waiting for another publication")):
            tidy_archive(series)
            yield


def tidy_archive(series: Path) -> None:
    """Remove what a publication that was interrupted has left."""
    for staging in series.glob(".new-*"):
        shutil.rmtree(staging, ignore_errors=True)


def _check(archive: Archive, store: "Store", week: Week) -> None:
    if store.frozen_on is None or store.frozen_on < week.end:
        reach = day(store.frozen_on) if store.frozen_on else "nowhere"
        raise DataError(
            f"{store.file_name} reaches to {reach} and {week} ends on {day(week.end)}: "
            "a week is published when its data reach its end"
        )
    last = archive.last
    if last and store.frozen_on < last.frozen_on:
        raise DataError(
            f"{store.file_name} was frozen on {day(store.frozen_on)}, before the data of the last "
            f"issue ({day(last.frozen_on)}): an issue is made from data as new as those before it"
        )


def _keep(
    archive: Archive, store: "Store", week: Week, publication: Publication, documents: Path
) -> None:
    """Put an issue with its documents and its incidents into the archive, whole or not at all."""
    from sitrep.incidents.freezing import freeze

    assert publication.published_on is not None
    assert store.frozen_on is not None
    name = f"{publication.number:04d}-{week}"
    staging, target = archive.folder / f".new-{name}", archive.folder / name
    staging.mkdir()
    try:
        for path in sorted(documents.iterdir()):
            shutil.copy(path, staging / path.name)
        freeze(store, staging / INCIDENTS, until=week.end)
        issue = Published(
            folder=target,
            number=publication.number,
            edition=publication.edition,
            week=str(week),
            published_on=publication.published_on,
            frozen_on=store.frozen_on,
            previous=archive.state(),
            files={path.name: file_hash(path) for path in sorted(staging.iterdir())},
        )
        (staging / MANIFEST).write_bytes(issue.manifest())
        staging.rename(target)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
